import { fileOf } from '#lib/domain/case-file/one-child.ts';
import type { CaseFile } from '#lib/domain/case-file/case-file.ts';
import { identityEntries } from '#lib/domain/case-file/hold-facts.ts';
import type { DeskEntry } from '#lib/domain/decision/decision.ts';
import { disclose, mayApprove, type NoticeFault, type PublicDisclosure } from '#lib/domain/disclosure/disclose.ts';
import { decidesNotices } from '#lib/domain/disclosure/roles.ts';
import type { ChildId, EntryId } from '#lib/domain/ids.ts';
import { exitState } from '#lib/domain/leaving/exit-state.ts';
import { comesOfAgeOn } from '#lib/domain/notice/coming-of-age.ts';
import { noticeState, openDrafts, standingDecisions } from '#lib/domain/notice/notice-state.ts';
import type { NoticeDraft, NoticeTakeDown } from '#lib/domain/notice/notice.ts';
import { publicNumber } from '#lib/domain/notice/public-number.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import { writeAudit } from '../audit/audit.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import type { ProgramDatabase, Session } from '../db/connection.ts';
import type { NoticeBoard } from './board.ts';
import type { PhotoFault } from './public-photos.ts';
import { numberIsTaken } from './public-tables.ts';
import { closeItems } from '../inbox/inbox.ts';
import { markOf, publishDecided, type Press } from './publish.ts';

/** The file changed since the person looked at it: nothing was written, and the words typed are still in the form. */
export interface StaleFile {
	readonly type: 'file_changed';
	readonly version: number;
}

/** The registry's log, as far as decisions need it (server/entry-log). */
export interface DecisionLog {
	/** The case file and its version, if the user's house may see the child. */
	read(
		user: SignedInUser,
		childId: ChildId
	): Promise<{ readonly caseFile: CaseFile; readonly version: number } | undefined>;
	/**
	 * Appends the entries if the file is still at `expected`. `also` runs in the same transaction, with the file as it is
	 * with the new entries; when it throws, nothing was decided.
	 */
	append(
		user: SignedInUser,
		childId: ChildId,
		expected: number,
		entries: readonly DeskEntry[],
		also: (session: Session, grown: CaseFile) => Promise<void>
	): Promise<Result<EntryId, StaleFile>>;
}

export type DecisionFault =
	| { readonly type: 'not_yours_to_decide' }
	| { readonly type: 'child_unknown' }
	| StaleFile
	/** The draft that was looked at is not the newest any more, or was decided already. */
	| { readonly type: 'draft_gone' }
	| { readonly type: 'author_cannot_approve' }
	| { readonly type: 'notice_faults'; readonly faults: readonly NoticeFault[] }
	| { readonly type: 'photos_missing'; readonly photos: readonly PhotoFault[] }
	| { readonly type: 'not_published' }
	/** Publication ends with the file: whoever has left is searched for no more. */
	| { readonly type: 'child_has_left' }
	/** An adult is not searched for in public. */
	| { readonly type: 'came_of_age' };

/** What the desk decides with. `random` gives fresh random bytes, `today` the civil day at the registry. */
export interface DecisionDesk {
	readonly database: ProgramDatabase;
	readonly log: DecisionLog;
	readonly press: Press;
	readonly board: NoticeBoard;
	readonly random: (bytes: number) => Uint8Array;
	readonly today: () => CivilDate;
}

/**
 * What the public would see of a draft; writes nothing. For who decides alone: the words of a draft are free, and with them
 * anybody could ask of a file what the own role does not read.
 */
export async function previewNotice(
	desk: DecisionDesk,
	user: SignedInUser,
	childId: ChildId,
	draft: NoticeDraft
): Promise<Result<PublicDisclosure, DecisionFault>> {
	const found = await openFile(desk, user, childId);
	return found.ok ? ok(disclose(found.value.caseFile, 'public', desk.press.policy, draft)) : found;
}

/** Writes a draft that another person can approve. Every earlier draft is replaced by it. */
export async function draftNotice(
	desk: DecisionDesk,
	user: SignedInUser,
	childId: ChildId,
	expected: number,
	draft: NoticeDraft
): Promise<Result<EntryId, DecisionFault>> {
	const found = await openFile(desk, user, childId, expected);
	if (!found.ok) return found;
	if (exitState(found.value.caseFile).left) return err({ type: 'child_has_left' });
	return desk.log.append(
		user,
		childId,
		expected,
		[
			{
				type: 'notice.drafted',
				payload: { draft },
				replaces: openDrafts(found.value.caseFile),
				occurredOn: desk.today()
			}
		],
		(session) => audited(session, user, childId, 'notice.drafted')
	);
}

/**
 * Makes a draft public: by another person than its author, with every guard of rule book 5 checked against the file as
 * it is now, and exactly the draft that was looked at.
 */
export async function approveNotice(
	desk: DecisionDesk,
	user: SignedInUser,
	childId: ChildId,
	expected: number,
	draftId: EntryId
): Promise<Result<EntryId, DecisionFault>> {
	const found = await openFile(desk, user, childId, expected);
	if (!found.ok) return found;
	const { caseFile } = found.value;
	if (exitState(caseFile).left) return err({ type: 'child_has_left' });
	const state = noticeState(caseFile);
	if (state.draft?.entryId !== draftId) return err({ type: 'draft_gone' });
	if (!mayApprove(state.draft.origin.staffId, user.id)) return err({ type: 'author_cannot_approve' });
	const adultOn = comesOfAgeOn(caseFile, desk.press.policy);
	if (adultOn !== undefined && adultOn <= desk.today()) return err({ type: 'came_of_age' });
	const { faults, notice } = disclose(caseFile, 'public', desk.press.policy, state.draft.draft);
	if (faults.length > 0) return err({ type: 'notice_faults', faults });

	const number = state.publicNumber ?? (await freshNumber(desk));
	const occurredOn = desk.today();
	// The pictures first: they take seconds, and a transaction must not wait for them. Unlisted they are nobody's to see.
	const missing: PhotoFault[] = [];
	for (const { sha256 } of notice.photos) {
		const made = await desk.press.photos.derive(draftId, sha256, markOf(number, occurredOn), desk.press.originals);
		if ('type' in made) missing.push(made);
	}
	if (missing.length > 0) return err({ type: 'photos_missing', photos: missing });
	let gone: readonly string[] = [];
	const decided = await desk.log.append(
		user,
		childId,
		expected,
		[
			{
				type: 'notice.approved',
				payload: { approval: { draft: draftId, publicNumber: number, identitySeen: [...identityEntries(caseFile)] } },
				replaces: standingDecisions(caseFile),
				occurredOn
			}
		],
		async (session, grown) => {
			gone = (await publishDecided(session, desk.press, grown)).gone;
			await audited(session, user, childId, 'notice.approved');
		}
	);
	if (decided.ok) await shownToAll(desk, gone);
	return decided;
}

/** A file is read and locked within milliseconds: that it changed in between so often has another cause than tablets. */
const takeDownAttempts = 20;

/**
 * Takes the notice off: page, pictures and search hits. One person is enough, for haste protects a child here; for the
 * same reason it asks for no version: what tablets brought since the person looked does not stop it.
 */
export async function takeDownNotice(
	desk: DecisionDesk,
	user: SignedInUser,
	childId: ChildId,
	takeDown: NoticeTakeDown
): Promise<Result<EntryId, DecisionFault>> {
	for (let attempt = 1; ; attempt++) {
		const found = await openFile(desk, user, childId);
		if (!found.ok) return found;
		const { caseFile, version } = found.value;
		if (!noticeState(caseFile).published) return err({ type: 'not_published' });
		let gone: readonly string[] = [];
		const decided = await desk.log.append(
			user,
			childId,
			version,
			[
				{
					type: 'notice.taken_down',
					payload: { takeDown },
					replaces: standingDecisions(caseFile),
					occurredOn: desk.today()
				}
			],
			async (session, grown) => {
				gone = (await publishDecided(session, desk.press, grown)).gone;
				await closeItems(session, { code: 'notice_twice', refs: { childId } });
				await audited(session, user, childId, 'notice.taken_down', { reason: takeDown.reason });
			}
		);
		if (!decided.ok && attempt < takeDownAttempts) continue;
		if (decided.ok) await shownToAll(desk, gone);
		return decided;
	}
}

/** First what is read of the notices, then the files that nothing names any more. */
async function shownToAll(desk: DecisionDesk, gone: readonly string[]): Promise<void> {
	await desk.board.refresh();
	await desk.press.photos.remove(gone);
}

/** May this person decide about notices at all? */
export function decides(user: Pick<SignedInUser, 'role'>): boolean {
	return decidesNotices.includes(user.role);
}

/** @param expected the version the person looked at; left out where the file as it is now is meant */
async function openFile(
	desk: DecisionDesk,
	user: SignedInUser,
	childId: ChildId,
	expected?: number
): Promise<Result<{ readonly caseFile: CaseFile; readonly version: number }, DecisionFault>> {
	// Rights before existence: a refusal must not tell whether there is such a child.
	if (!decides(user)) return err({ type: 'not_yours_to_decide' });
	const found = await desk.log.read(user, childId);
	if (!found) return err({ type: 'child_unknown' });
	if (expected !== undefined && found.version !== expected) {
		return err({ type: 'file_changed', version: found.version });
	}
	// Every file of a child has a notice of its own, and each comes down by its own.
	return ok({ ...found, caseFile: fileOf(found.caseFile, childId) });
}

async function freshNumber(desk: DecisionDesk): Promise<string> {
	for (;;) {
		const number = publicNumber(desk.random(5));
		if (!(await desk.database.inScope({ kind: 'public' }, (session) => numberIsTaken(session, number)))) return number;
	}
}

async function audited(
	session: Session,
	user: SignedInUser,
	childId: ChildId,
	action: 'notice.drafted' | 'notice.approved' | 'notice.taken_down',
	details: Readonly<Record<string, string>> = {}
): Promise<void> {
	await writeAudit(session, { institutionId: user.institutionId, userId: user.id, action, childId, details });
}
