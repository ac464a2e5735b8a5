import type { CaseFile } from '#lib/domain/case-file/case-file.ts';
import { holdFacts } from '#lib/domain/case-file/hold-facts.ts';
import { foldClaim, type ClaimState } from '#lib/domain/claim/claim.ts';
import {
	decideClaim,
	mayDo,
	type CaseFileWord,
	type ClaimActor,
	type ClaimCommand,
	type ClaimFault,
	type ClaimGround
} from '#lib/domain/claim/decide-claim.ts';
import type { ClaimEvent } from '#lib/domain/claim/events.ts';
import { claimsOnFile, standingOpening } from '#lib/domain/claim/on-file.ts';
import { phaseOf } from '#lib/domain/claim/phase.ts';
import { compareStatement } from '#lib/domain/claim/screening.ts';
import { familyStatementSchema, type FamilyStatement } from '#lib/domain/claim/statement.ts';
import type { DeskEntry } from '#lib/domain/decision/decision.ts';
import { decidesClaims } from '#lib/domain/disclosure/roles.ts';
import type { ChildId, ClaimId, InstitutionId, StaffId } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import { writeAudit, type AuditAction } from '../audit/audit.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import type { ProgramDatabase, Session } from '../db/connection.ts';
import { groundOf } from '../decisions/case-desk.ts';
import type { PostgresDecisionLog } from '../entry-log/decision-log.ts';
import { scopeOf } from '../notices/case-reading.ts';
import type { StaleFile } from '../notices/decisions.ts';
import { tellOfStages } from '../inbox/stage-tasks.ts';
import { OperatorError } from '../operator-error.ts';
import { appendClaimEvents, lockClaim, readClaimEvents, type StaleClaim } from './claim-log.ts';
import { writeClaimRow } from './claim-rows.ts';
import { tellOfClaim, type ClaimInbox } from './claim-tasks.ts';
import { readPublishedFacts } from '../notices/published-facts.ts';

/*
 * A claim is worked here: one command, one transaction. The child's file is locked first, then the claim; both are judged as
 * they are under the locks, so that a screening and a review of the same child cannot pass each other by.
 */

/** What the desk works claims with. `today` is the civil day at the registry. */
export interface ClaimDesk {
	readonly database: ProgramDatabase;
	readonly log: Pick<PostgresDecisionLog, 'decide'>;
	readonly inbox: ClaimInbox;
	readonly now: () => Date;
	readonly today: () => CivilDate;
}

export type ClaimDeskFault = ClaimFault | StaleClaim | StaleFile | { readonly type: 'claim_unknown' };

export interface WorkedClaim {
	/** The count of the claim's events now. */
	readonly version: number;
	readonly claim: ClaimState;
}

/**
 * Gives one command over a claim.
 *
 * @param expected the version of the claim the person looked at
 * @param caseExpected the version of the child's file, where what was looked at in it must not have changed
 */
export async function workClaim(
	desk: ClaimDesk,
	user: SignedInUser,
	claimId: ClaimId,
	expected: number,
	command: ClaimCommand,
	caseExpected?: number
): Promise<Result<WorkedClaim, ClaimDeskFault>> {
	const actor: ClaimActor = { kind: 'person', userId: user.id, institutionId: user.institutionId, role: user.role };
	// Rights before existence: a refusal must not tell whether there is such a claim.
	if (!mayDo(actor, command.type)) return err({ type: 'not_yours_to_decide' });
	return worked(desk, user, actor, claimId, command, { expected, caseExpected });
}

export type FamilyWithdrawal = 'withdrawn' | 'no_child' | 'refused';

/**
 * Ends a claim that names a child because its family withdraws it: its event and the entry in the child's file, in one
 * transaction. `no_child`: the claim names none, so that no file is to be told, and the caller writes the event. `refused`:
 * kin was confirmed, or the claim has ended.
 */
export async function withdrawByFamily(desk: ClaimDesk, claimId: ClaimId): Promise<FamilyWithdrawal> {
	const { childId } = await headOf(desk, claimId, registry);
	if (!childId) return 'no_child';
	const author = await clockAuthor(desk.database);
	const done = await worked(desk, author, { kind: 'family' }, claimId, { type: 'withdraw' }, {});
	return done.ok ? 'withdrawn' : 'refused';
}

/**
 * Ends the blocks of claims whose sample did not come by its last day. Run it again and again: what has lapsed already, or
 * whose sample came meanwhile, is left alone.
 *
 * @returns how many lapsed
 */
export async function lapseOverdue(desk: ClaimDesk): Promise<number> {
	const { rows } = await desk.database.inScope(registry, (session) =>
		session.query<{ id: ClaimId }>('SELECT id FROM claims WHERE sample_due < $1 ORDER BY sample_due, id', [
			desk.today()
		])
	);
	if (rows.length === 0) return 0;
	const author = await clockAuthor(desk.database);
	let lapsed = 0;
	for (const { id } of rows) {
		const done = await worked(desk, author, { kind: 'clock' }, id, { type: 'lapse' }, {});
		if (done.ok) lapsed += 1;
	}
	return lapsed;
}

const registry = { kind: 'registry' } as const;

/** Whom entries name that the registry's own clock wrote, or a family that has no account: nobody with a sign-in. */
export const registryClock = '00000000-0000-7000-8000-0000000c10c4' as StaffId;

/**
 * In the name of the registry's office; where a house runs the registry by itself, in the name of the first house.
 *
 * @throws OperatorError when there is no house at all
 */
async function clockAuthor(database: ProgramDatabase): Promise<SignedInUser> {
	const { rows } = await database.inScope(registry, (session) =>
		session.query<{ id: InstitutionId; name: string; nameEn: string }>(
			`SELECT id, name, name_en AS "nameEn" FROM institutions
			ORDER BY kind = 'registry' DESC, created_at, id LIMIT 1`
		)
	);
	const house = rows[0];
	if (!house) throw new OperatorError('There is no house yet; add one with `lampkeep institution add`.');
	return {
		id: registryClock,
		name: '',
		// What the clock may do is asked of the actor, not of a role; the role only opens every file.
		role: 'registry_officer',
		institutionId: house.id,
		institutionName: house.name,
		institutionNameEn: house.nameEn
	};
}

/** The versions somebody looked at; the registry's clock and a family look at what is there. */
interface Seen {
	readonly expected?: number;
	readonly caseExpected?: number | undefined;
}

async function worked(
	desk: ClaimDesk,
	author: SignedInUser,
	actor: ClaimActor,
	claimId: ClaimId,
	command: ClaimCommand,
	seen: Seen
): Promise<Result<WorkedClaim, ClaimDeskFault>> {
	const head = await headOf(desk, claimId, scopeOf(author));
	if (!head.there) return err({ type: 'claim_unknown' });
	const childId = command.type === 'link' ? command.childId : head.childId;
	const work: Work = { desk, author, actor, claimId, command, seen };
	if (!childId) {
		return desk.database.inScope(registry, async (session) => {
			const judged = await judge(session, work, head.childId, undefined);
			if (!judged.ok) return judged;
			await record(session, work, judged.value);
			return ok({ version: judged.value.claim.version, claim: judged.value.claim });
		});
	}
	if (!(await mayRead(desk, author, childId))) return err({ type: 'claim_unknown' });
	const decided = await desk.log.decide<ClaimDeskFault, WorkedClaim>(author, childId, async (session, file) => {
		const judged = await judge(session, work, head.childId, file);
		if (!judged.ok) return judged;
		const { claim, words, number } = judged.value;
		return ok({
			entries: words.map((word) => entryOf(word, file.caseFile, claimId, number, desk.today())),
			result: { version: claim.version, claim },
			also: async (inSession: Session) => {
				await record(inSession, work, judged.value);
				await tellOfStages(inSession, desk.today(), [childId]);
			}
		});
	});
	return decided.ok ? ok(decided.value.value) : decided;
}

interface Work {
	readonly desk: ClaimDesk;
	readonly author: SignedInUser;
	readonly actor: ClaimActor;
	readonly claimId: ClaimId;
	readonly command: ClaimCommand;
	readonly seen: Seen;
}

interface Judgement {
	readonly before: ClaimState;
	readonly claim: ClaimState;
	readonly number: string;
	readonly events: readonly ClaimEvent[];
	readonly words: readonly CaseFileWord[];
}

/** Locks the claim and judges the command on what is there under the locks; writes nothing. */
async function judge(
	session: Session,
	{ desk, actor, claimId, command, seen }: Work,
	childSeen: ChildId | undefined,
	file: { readonly caseFile: CaseFile; readonly version: number } | undefined
): Promise<Result<Judgement, ClaimDeskFault>> {
	const version = await lockClaim(session, claimId);
	const { rows } = await session.query<{ number: string; childId: ChildId | null }>(
		'SELECT number, child_id AS "childId" FROM claims WHERE id = $1',
		[claimId]
	);
	const claim = foldClaim(await readClaimEvents(session, claimId));
	const row = rows[0];
	if (version === undefined || !row || !claim) return err({ type: 'claim_unknown' });
	// Linked or unlinked since we looked for the child: another file would have to be locked.
	if ((row.childId ?? undefined) !== childSeen) return err({ type: 'claim_changed', version });
	if (seen.expected !== undefined && version !== seen.expected) return err({ type: 'claim_changed', version });
	if (file && seen.caseExpected !== undefined && file.version !== seen.caseExpected) {
		return err({ type: 'file_changed', version: file.version });
	}
	const ground = await claimGround(session, claimId, command, file?.caseFile, desk.today());
	const decided = decideClaim(claim, actor, command, ground);
	if (!decided.ok) return decided;
	const { events, caseFile: words, claim: grown } = decided.value;
	return ok({ before: claim, claim: grown, number: row.number, events, words });
}

/** Events, row, audit and inbox, in the transaction of the judgement. */
async function record(
	session: Session,
	{ desk, author, actor, claimId }: Work,
	{ before, claim, events }: Judgement
): Promise<void> {
	const person = actor.kind === 'person' ? { userId: author.id, institutionId: author.institutionId } : undefined;
	const moment = { at: desk.now(), on: desk.today(), ...(person && { by: person }) };
	const appended = await appendClaimEvents(session, claimId, before.version, events, moment);
	// The claim is locked: nobody else came between.
	if (!appended.ok) throw new Error(`claim ${claimId} changed while it was locked`);
	await writeClaimRow(session, claimId, claim);
	const childId = claim.childId ?? before.childId;
	for (const event of events) {
		await writeAudit(session, {
			institutionId: author.institutionId,
			...(person && { userId: author.id }),
			action: auditOf[event.type],
			...(childId && { childId }),
			details: { claim: claimId, ...detailsOf(event) }
		});
	}
	await tellOfClaim(desk.inbox, session, claimId, before, claim);
}

/** What a command is judged on beside the claim, as it is in this transaction. */
async function claimGround(
	session: Session,
	claimId: ClaimId,
	command: ClaimCommand,
	caseFile: CaseFile | undefined,
	today: CivilDate
): Promise<ClaimGround> {
	const nothing: ClaimGround = {
		today,
		phase: 'before_certificate',
		knew: [],
		signers: [],
		documents: [],
		openBefore: 0
	};
	if (!caseFile) return nothing;
	const { hold } = await groundOf(session, caseFile, today);
	const { documents } = holdFacts(caseFile, today);
	const screening = command.type === 'screen';
	return {
		today,
		phase: phaseOf(hold, documents),
		documents,
		signers: command.type === 'signDecision' ? await signersFor(session, caseFile.childId) : [],
		knew: screening ? await knownToFamily(session, claimId, caseFile) : [],
		openBefore: screening ? await openBefore(session, claimId) : 0
	};
}

async function knownToFamily(session: Session, claimId: ClaimId, caseFile: CaseFile): Promise<readonly string[]> {
	const statement = await readStatement(session, claimId);
	if (!statement) return [];
	return compareStatement(statement.statement, caseFile, await readPublishedFacts(session, caseFile.childId)).knew;
}

/** The newest version of what a family says; undefined once it was erased. */
export async function readStatement(
	session: Session,
	claimId: ClaimId
): Promise<{ readonly statement: FamilyStatement; readonly version: number; readonly savedAt: string } | undefined> {
	const { rows } = await session.query<{ statement: unknown; version: number; savedAt: string }>(
		`SELECT statement, version, saved_at AS "savedAt" FROM claim_statements WHERE claim_id = $1
		ORDER BY version DESC LIMIT 1`,
		[claimId]
	);
	const row = rows[0];
	return row && { ...row, statement: familyStatementSchema.parse(row.statement) };
}

/** Institutions with somebody who may sign about this child: houses that have to do with it, and the registry. */
export async function signersFor(session: Session, childId: ChildId): Promise<readonly InstitutionId[]> {
	const { rows } = await session.query<{ id: InstitutionId }>(
		`SELECT DISTINCT institution_id AS id FROM users
		WHERE disabled_at IS NULL AND role = ANY ($2::text[])
			AND (role = 'registry_officer'
				OR institution_id IN (SELECT institution_id FROM child_houses WHERE child_id = $1))`,
		[childId, decidesClaims]
	);
	return rows.map(({ id }) => id);
}

/** Open claims of the same person that arrived before this one: the largest count of any of the hashes. */
export async function openBefore(session: Session, claimId: ClaimId): Promise<number> {
	const { rows } = await session.query<{ open: number }>(
		`SELECT coalesce(max(found.open), 0) AS open FROM (
			SELECT count(*) AS open
			FROM claims AS own
				JOIN claim_identities AS mine ON mine.claim_id = own.id
				JOIN claim_identities AS theirs ON theirs.identity_hash = mine.identity_hash AND theirs.claim_id <> own.id
				JOIN claims AS other ON other.id = theirs.claim_id
			WHERE own.id = $1 AND other.kind = 'claim' AND other.closed_on IS NULL AND other.received_at IS NOT NULL
				AND (other.received_at, other.id) < (own.received_at, own.id)
			GROUP BY mine.identity_hash
		) AS found`,
		[claimId]
	);
	return rows[0]?.open ?? 0;
}

/** What the child's file is told, as an entry. */
function entryOf(
	word: CaseFileWord,
	caseFile: CaseFile,
	claimId: ClaimId,
	number: string,
	occurredOn: CivilDate
): DeskEntry {
	switch (word.type) {
		case 'claim.opened':
			return { type: 'claim.opened', payload: { claimId, number }, replaces: [], occurredOn };
		case 'claim.closed': {
			const opening = standingOpening(caseFile, claimId);
			if (!opening) throw new Error(`claim ${claimId} blocks, and the file of its child knows nothing of it`);
			const { outcome, decision } = word;
			return {
				type: 'claim.closed',
				payload: { claimId, opening, outcome, ...(decision && { decision }) },
				replaces: [],
				occurredOn
			};
		}
		case 'claim.decided_again': {
			const closed = claimsOnFile(caseFile).findLast(({ id, closing }) => id === claimId && closing !== undefined);
			if (!closed?.closing || !closed.outcome) throw new Error(`claim ${claimId} was never closed on its child's file`);
			const { opening, closing, outcome } = closed;
			return {
				type: 'claim.closed',
				payload: { claimId, opening, outcome, decision: word.decision },
				replaces: [closing],
				occurredOn
			};
		}
	}
}

/** Whether the claim is there for this scope, and which child it names. */
async function headOf(
	desk: Pick<ClaimDesk, 'database'>,
	claimId: ClaimId,
	scope: ReturnType<typeof scopeOf>
): Promise<{ readonly there: boolean; readonly childId: ChildId | undefined }> {
	const { rows } = await desk.database.inScope(scope, (session) =>
		session.query<{ childId: ChildId | null }>('SELECT child_id AS "childId" FROM claims WHERE id = $1', [claimId])
	);
	return { there: rows[0] !== undefined, childId: rows[0]?.childId ?? undefined };
}

async function mayRead(desk: ClaimDesk, user: SignedInUser, childId: ChildId): Promise<boolean> {
	const { rowCount } = await desk.database.inScope(scopeOf(user), (session) =>
		session.query('SELECT 1 FROM child_rows WHERE child_id = $1', [childId])
	);
	return rowCount > 0;
}

const auditOf: Readonly<Record<ClaimEvent['type'], AuditAction>> = {
	received: 'claim.received',
	linked: 'claim.linked',
	unlinked: 'claim.unlinked',
	amended: 'claim.amended',
	paper_added: 'claim.amended',
	screened: 'claim.screened',
	asked: 'claim.asked',
	evidence_noted: 'claim.evidence_noted',
	sample_taken: 'claim.sample_recorded',
	block_lapsed: 'claim.block_lapsed',
	appealed: 'claim.appealed',
	block_restored: 'claim.block_restored',
	kinship_reported: 'claim.kinship_reported',
	police_found: 'claim.police_found',
	fitness_assessed: 'claim.fitness_assessed',
	parents_asked: 'claim.parents_asked',
	decision_proposed: 'claim.decision_proposed',
	decision_signed: 'claim.decision_signed',
	decision_returned: 'claim.decision_returned',
	withdrawn: 'claim.withdrawn',
	erased: 'claim.erased'
};

/** Codes only. */
function detailsOf(event: ClaimEvent): Readonly<Record<string, string>> {
	switch (event.type) {
		case 'screened':
			return { verdict: event.verdict };
		case 'kinship_reported':
			return { result: event.result };
		case 'police_found':
			return { finding: event.finding };
		case 'fitness_assessed':
			return { fitness: event.fitness };
		case 'decision_proposed':
			return { decision: event.decision };
		case 'withdrawn':
			return { by: event.by };
		default:
			return {};
	}
}
