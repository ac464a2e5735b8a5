import { filesOf, type CaseFile } from '#lib/domain/case-file/case-file.ts';
import { fileOf } from '#lib/domain/case-file/one-child.ts';
import { childHold } from '#lib/domain/case-file/child-hold.ts';
import { decideCase, type CaseCommand } from '#lib/domain/decision/decide-case.ts';
import type {
	Actor,
	CaseFault,
	CaseGround,
	DecisionMeans,
	DeskEntry,
	RegistryKnowledge
} from '#lib/domain/decision/decision.ts';
import { uuidV7, type ChildId, type EntryId, type ItemId } from '#lib/domain/ids.ts';
import { exitState } from '#lib/domain/leaving/exit-state.ts';
import { noticeState } from '#lib/domain/notice/notice-state.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import { writeAudit, type AuditAction } from '../audit/audit.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import type { Session } from '../db/connection.ts';
import type { PostgresDecisionLog } from '../entry-log/decision-log.ts';
import type { NoticeBoard } from '../notices/board.ts';
import type { StaleFile } from '../notices/decisions.ts';
import { publishDecided, type Press } from '../notices/publish.ts';
import { rowRules } from '../read-models/child-rows.ts';
import { isAdopterOf } from './adopters.ts';
import { tellOfStages } from '../inbox/stage-tasks.ts';
import { closeProfile } from '../matching/profiles.ts';
import { sha256Of } from '../sha256.ts';
import { registryKnowledge } from './registry-knowledge.ts';
import { tellOfDecision } from './tell-of-decision.ts';

/** What decisions about a child are made with. `random` gives fresh random bytes, `today` the civil day at the registry. */
export interface CaseDesk {
	readonly log: PostgresDecisionLog;
	readonly press: Press;
	readonly board: Pick<NoticeBoard, 'refresh'>;
	readonly random: (bytes: number) => Uint8Array;
	readonly now: () => Date;
	readonly today: () => CivilDate;
}

export type CaseDecisionFault = CaseFault | StaleFile | { readonly type: 'child_unknown' };

/**
 * Takes one decision about a child: reads and judges under the file's lock, appends, keeps the public tables true, and
 * writes the audit, all in one transaction.
 *
 * @param expected the version the person looked at: what came since then is to be looked at first
 */
export async function decideAboutChild(
	desk: CaseDesk,
	user: SignedInUser,
	childId: ChildId,
	expected: number,
	command: CaseCommand
): Promise<Result<readonly EntryId[], CaseDecisionFault>> {
	return decided(desk, user, childId, expected, async (ground, session) => {
		const judged = decideCase(ground, actorOf(user), command, meansOf(desk));
		// Who adopts is the registry's own knowledge: a step names a row that is there, and so begins with leaving-desk.ts.
		if (judged.ok && command.command === 'record_adoption_step' && !(await isAdopterOf(session, childId, command)))
			return err({ type: 'not_there', what: 'adoption' });
		return judged;
	});
}

export function actorOf(user: SignedInUser): Actor {
	return { staffId: user.id, institutionId: user.institutionId, role: user.role };
}

export function meansOf(desk: Pick<CaseDesk, 'now' | 'random'>): DecisionMeans {
	return {
		newItemId: () => uuidV7(desk.now().getTime(), desk.random(10)) as ItemId,
		sha256: sha256Of
	};
}

/**
 * The same road for entries that another module judged, such as a paper brought to the desk.
 *
 * @param judge may look things up in the session, which is the registry's own
 * @param also runs in the same transaction once the entries are stored; when it throws, nothing was decided
 */
export async function decided<Fault extends { readonly type: string } = never>(
	desk: CaseDesk,
	user: SignedInUser,
	childId: ChildId,
	expected: number,
	judge: (
		ground: CaseGround,
		session: Session
	) => Result<readonly DeskEntry[], CaseFault | Fault> | Promise<Result<readonly DeskEntry[], CaseFault | Fault>>,
	also: (session: Session) => Promise<void> = async () => undefined
): Promise<Result<readonly EntryId[], CaseDecisionFault | Fault>> {
	const readable = await desk.log.read(user, childId);
	if (!readable) return err({ type: 'child_unknown' });
	let gone: readonly string[] = [];
	const taken = await desk.log.decide<CaseDecisionFault | Fault, readonly DeskEntry[]>(
		user,
		childId,
		async (session, { caseFile, version }) => {
			const judged = await judge(await groundOf(session, caseFile, desk.today()), session);
			// Rights before the version: a refusal of a right must not depend on what others did meanwhile.
			if (!judged.ok && judged.error.type === 'not_yours_to_decide') return judged;
			if (version !== expected) return err({ type: 'file_changed', version });
			if (!judged.ok) return judged;
			return ok({
				entries: judged.value,
				result: judged.value,
				also: async (inSession: Session, grown: CaseFile) => {
					// Every file of a child has a notice of its own; a child who left is searched for by none of them.
					for (const { childId: each } of filesOf(grown)) {
						const file = fileOf(grown, each);
						if (noticeState(file).publicNumber !== undefined)
							gone = [...gone, ...(await publishDecided(inSession, desk.press, file)).gone];
					}
					for (const entry of judged.value) {
						await audited(inSession, user, childId, entry);
						await tellOfDecision(inSession, user, childId, entry);
					}
					if (exitState(grown).left) await closeProfile(inSession, { side: 'child', id: childId });
					await also(inSession);
					await tellOfStages(inSession, desk.today(), [childId]);
				}
			});
		}
	);
	if (!taken.ok) return taken;
	if (gone.length > 0 || taken.value.value.some(({ type }) => type.startsWith('notice.'))) {
		await desk.board.refresh();
		await desk.press.photos.remove(gone);
	}
	return ok(taken.value.entryIds);
}

/** Everything a decision about a child is judged on, as it is in this transaction. */
export async function groundOf(session: Session, caseFile: CaseFile, today: CivilDate): Promise<CaseGround> {
	const { hold, policy } = childHold(caseFile, today, await rowRules(session));
	const registry: RegistryKnowledge = await registryKnowledge(session, caseFile.childId);
	return { caseFile, hold, policy, today, registry };
}

const auditOf: { readonly [T in DeskEntry['type']]?: AuditAction } = {
	'notice.taken_down': 'notice.taken_down',
	'flag.raised': 'flag.raised',
	'flag.cleared': 'flag.cleared',
	'date.confirmed': 'date.confirmed',
	'review.signed': 'review.signed',
	'review.returned': 'review.returned',
	'guardianship.changed': 'guardianship.changed',
	'adoption.recorded': 'adoption.recorded',
	'exit.proposed': 'exit.proposed',
	'exit.confirmed': 'exit.confirmed',
	'exit.withdrawn': 'exit.withdrawn',
	'document.recorded': 'document.recorded',
	'item.withdrawn': 'document.withdrawn'
};

async function audited(session: Session, user: SignedInUser, childId: ChildId, entry: DeskEntry): Promise<void> {
	const action = auditOf[entry.type];
	if (action === undefined) return;
	await writeAudit(session, {
		institutionId: user.institutionId,
		userId: user.id,
		action,
		childId,
		details: detailsOf(entry)
	});
}

/** Codes only. */
function detailsOf(entry: DeskEntry): Readonly<Record<string, string>> {
	switch (entry.type) {
		case 'flag.raised':
			return { flag: entry.payload.flag.flag };
		case 'review.signed':
			return { verdict: entry.payload.verdict, snapshot: entry.payload.snapshot };
		case 'guardianship.changed':
			return { ground: entry.payload.guardianship.ground };
		case 'adoption.recorded':
			return { step: entry.payload.adoption.step };
		case 'exit.proposed':
			return { reason: entry.payload.exit.reason };
		case 'document.recorded':
			return { code: entry.payload.document.code };
		default:
			return {};
	}
}
