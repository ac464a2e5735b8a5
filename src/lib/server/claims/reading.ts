import type { CaseFile } from '#lib/domain/case-file/case-file.ts';
import { childHold } from '#lib/domain/case-file/child-hold.ts';
import { holdFacts } from '#lib/domain/case-file/hold-facts.ts';
import { claimArithmetic, type ClaimArithmetic } from '#lib/domain/claim/arithmetic.ts';
import type { ClaimRow } from '#lib/domain/claim/claim-row.ts';
import { claimStates, foldClaim, type ClaimState, type ClaimStateName } from '#lib/domain/claim/claim.ts';
import { outcomeOf } from '#lib/domain/claim/decide-claim.ts';
import type { ClaimKind } from '#lib/domain/claim/events.ts';
import type { ClaimPhase, Outcome } from '#lib/domain/claim/outcome.ts';
import { phaseOf } from '#lib/domain/claim/phase.ts';
import { compareStatement, type Comparison } from '#lib/domain/claim/screening.ts';
import { paperKinds, type FamilyStatement, type PaperKind } from '#lib/domain/claim/statement.ts';
import { readsStatements } from '#lib/domain/disclosure/roles.ts';
import type { HoldDocument } from '#lib/domain/hold/facts.ts';
import type { Policy } from '#lib/domain/hold/policy.ts';
import type { ChildId, ClaimId } from '#lib/domain/ids.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import { writeAudit } from '../audit/audit.ts';
import { filesOf } from '../read-models/one-child.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import type { Session } from '../db/connection.ts';
import { readPublishedFacts, type PublishedFact } from '../notices/published-facts.ts';
import { rowRules } from '../read-models/child-rows.ts';
import { readClaimEvents, type RecordedClaimEvent } from './claim-log.ts';
import { readStatement } from './desk.ts';

/** What a list can be narrowed to: the open ones, one state, those that block, or the ended. */
export type ClaimGroup = 'open' | 'blocking' | 'ended' | (typeof listedStates)[number];
const listedStates = [
	'received',
	'screened',
	'evidence',
	'sampling',
	'kinship_result',
	'police_finding',
	'fitness'
] as const satisfies readonly ClaimStateName[];
export const claimGroups = ['open', 'blocking', ...listedStates, 'ended'] as const satisfies readonly ClaimGroup[];

export interface ClaimFilter {
	readonly group: ClaimGroup;
	/** Part of a number, in any spelling. */
	readonly number: string;
	readonly kind: ClaimKind | '';
}

/** A claim in a list: codes and days, and which child where the scope may read it. Nothing of the family. */
export interface ListedClaim {
	readonly id: ClaimId;
	readonly number: string;
	readonly row: ClaimRow;
	/** The day from which the claim stands in the way of every decision about the child, while it does. */
	readonly blocksSince: CivilDate | null;
	readonly childId: ChildId | null;
	readonly childName: string | null;
	readonly caseNumber: string | null;
	readonly houseName: string | null;
}

/** Claims the scope may see: what is due first, then the oldest. Drafts and erased drafts are nobody's at a desk. */
export async function listClaims(
	session: Session,
	filter: ClaimFilter,
	limit: number
): Promise<{ readonly claims: readonly ListedClaim[]; readonly total: number }> {
	const { rows } = await session.query<ListedClaim & { total: number }>(
		`SELECT claims.id, claims.number, claims.row, claims.blocks_since AS "blocksSince", claims.child_id AS "childId",
			child_rows.name AS "childName", child_rows.case_number AS "caseNumber", institutions.name AS "houseName", count(*) OVER () AS total
		FROM claims
			LEFT JOIN child_rows ON child_rows.child_id = claims.child_id
			LEFT JOIN institutions ON institutions.id = child_rows.custodian
		WHERE claims.received_at IS NOT NULL AND claims.state = ANY ($1::text[])
			AND ($2 <> 'blocking' OR claims.blocks_since IS NOT NULL)
			AND ($3 = '' OR strpos(replace(claims.number, '-', ''), $3) > 0)
			AND ($4 = '' OR claims.kind = $4)
		ORDER BY claims.closed_on DESC NULLS FIRST, claims.row ->> 'dueOn' NULLS LAST, claims.received_at, claims.id
		LIMIT $5`,
		[statesOf(filter.group), filter.group, numberSigns(filter.number), filter.kind, limit]
	);
	return { claims: rows.map(({ total: _, ...claim }) => claim), total: rows[0]?.total ?? 0 };
}

/** How many claims the scope may see in each group. */
export async function countClaims(session: Session): Promise<Readonly<Record<ClaimGroup, number>>> {
	const { rows } = await session.query<{ state: ClaimStateName; count: number; blocking: number }>(
		`SELECT state, count(*) AS count, count(*) FILTER (WHERE blocks_since IS NOT NULL) AS blocking FROM claims
		WHERE received_at IS NOT NULL AND state = ANY ($1::text[]) GROUP BY state`,
		[claimStates]
	);
	const sum = (states: readonly string[]) =>
		rows.filter(({ state }) => states.includes(state)).reduce((total, { count }) => total + count, 0);
	return {
		open: sum(listedStates),
		blocking: rows.reduce((total, { blocking }) => total + blocking, 0),
		received: sum(['received']),
		screened: sum(['screened']),
		evidence: sum(['evidence']),
		sampling: sum(['sampling']),
		kinship_result: sum(['kinship_result']),
		police_finding: sum(['police_finding']),
		fitness: sum(['fitness']),
		ended: sum(ended)
	};
}

/** How many claims the scope may see that are still worked on. */
export async function countOpenClaims(session: Session): Promise<number> {
	const { rows } = await session.query<{ count: number }>(
		'SELECT count(*) AS count FROM claims WHERE received_at IS NOT NULL AND state = ANY ($1::text[])',
		[listedStates]
	);
	return rows[0]?.count ?? 0;
}

const ended = ['decided', 'withdrawn', 'fraudulent'] as const satisfies readonly ClaimStateName[];

function statesOf(group: ClaimGroup): readonly ClaimStateName[] {
	switch (group) {
		case 'open':
			return listedStates;
		case 'blocking':
			return claimStates;
		case 'ended':
			return ended;
		case 'received':
		case 'screened':
		case 'evidence':
		case 'sampling':
		case 'kinship_result':
		case 'police_finding':
		case 'fitness':
			return [group];
	}
}

/** As in the numbers themselves: capitals, no O, I or L, no hyphens. */
function numberSigns(typed: string): string {
	const signs = typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
	const body = signs.startsWith('RL') ? signs.slice(2) : signs;
	return (signs.startsWith('RL') ? 'RL' : '') + body.replaceAll('O', '0').replaceAll(/[IL]/g, '1');
}

/** Which child a claim is about, in the words of a list. */
export interface ChildLine {
	readonly childId: ChildId;
	readonly name: string | null;
	readonly caseNumber: string | null;
	readonly houseName: string | null;
}

/** Undefined where the scope may not see the child now. */
export async function childLine(session: Session, childId: ChildId): Promise<ChildLine | undefined> {
	const { rows } = await session.query<ChildLine>(
		`SELECT child_id AS "childId", child_rows.name, case_number AS "caseNumber", institutions.name AS "houseName"
		FROM child_rows LEFT JOIN institutions ON institutions.id = child_rows.custodian WHERE child_id = $1`,
		[childId]
	);
	return rows[0];
}

/** A claim among those on one child. */
export type ClaimOnChild = Pick<ListedClaim, 'id' | 'number' | 'row' | 'blocksSince'>;

/** Claims on one child, the latest first. */
export async function claimsOfChild(session: Session, childId: ChildId): Promise<readonly ClaimOnChild[]> {
	const { rows } = await session.query<ClaimOnChild>(
		`SELECT id, number, row, blocks_since AS "blocksSince" FROM claims
		WHERE child_id = ANY ($1::uuid[]) AND received_at IS NOT NULL
		ORDER BY closed_on NULLS FIRST, received_at DESC`,
		[await filesOf(session, childId)]
	);
	return rows;
}

/** An event as a person reads it. */
export interface ClaimTimelineLine extends RecordedClaimEvent {
	readonly byName: string | undefined;
	readonly byHouse: string | undefined;
}

export interface ClaimPaper {
	readonly id: string;
	readonly kind: PaperKind;
	readonly addedAt: string;
}

/** A claim as the desk reads it. The child's own facts are not in it: see {@link readChildOfClaim}. */
export interface ClaimView {
	readonly id: ClaimId;
	readonly number: string;
	readonly claim: ClaimState;
	readonly events: readonly ClaimTimelineLine[];
	/** Missing for those who do not read statements, and once it was erased. */
	readonly statement:
		{ readonly statement: FamilyStatement; readonly version: number; readonly savedAt: string } | undefined;
	readonly papers: readonly ClaimPaper[];
}

/** Opens a claim for a person at a desk, and writes down that they did. Undefined where the scope may not see it. */
export async function readClaim(
	session: Session,
	user: SignedInUser,
	claimId: ClaimId
): Promise<ClaimView | undefined> {
	const { rows } = await session.query<{ number: string }>(
		'SELECT number FROM claims WHERE id = $1 AND received_at IS NOT NULL',
		[claimId]
	);
	const events = await readClaimEvents(session, claimId);
	const claim = foldClaim(events);
	const number = rows[0]?.number;
	if (number === undefined || !claim) return undefined;
	const reads = readsStatements.includes(user.role);
	await writeAudit(session, {
		institutionId: user.institutionId,
		userId: user.id,
		action: 'claim.viewed',
		...(claim.childId && { childId: claim.childId }),
		details: { claim: claimId }
	});
	return {
		id: claimId,
		number,
		claim,
		events: await named(session, events),
		statement: reads ? await readStatement(session, claimId) : undefined,
		papers: reads ? await readPapers(session, claimId) : []
	};
}

/** What the child's file says to a claim on it. */
export interface ChildOfClaim {
	readonly phase: ClaimPhase;
	readonly outcome: Outcome;
	readonly arithmetic: ClaimArithmetic | undefined;
	/** The policy the child is under. */
	readonly policy: Policy;
	readonly today: CivilDate;
	/** The family's words beside the file's; missing for those who do not read statements. */
	readonly comparison: Comparison | undefined;
	/** Everything about the child that was ever public: in a claim it counts as nothing. */
	readonly published: readonly PublishedFact[];
	readonly documents: readonly HoldDocument[];
	/** The police's notice of return, where it is there with number and date. */
	readonly returnNotice: HoldDocument | undefined;
}

/**
 * What the child's file says to a claim on it: where the child stands, what may be decided, what the claim does to the last
 * day, and the comparison. Only for who has opened the child's full file (access/open-file.ts).
 */
export async function readChildOfClaim(
	session: Session,
	{ claim, statement }: Pick<ClaimView, 'claim' | 'statement'>,
	caseFile: CaseFile,
	today: CivilDate
): Promise<ChildOfClaim> {
	const rules = await rowRules(session);
	const { hold, policy, restDays } = childHold(caseFile, today, rules);
	const facts = holdFacts(caseFile, today, rules.kindOfHouse);
	const phase = phaseOf(hold, facts.documents);
	const published = statement ? await readPublishedFacts(session, caseFile.childId) : [];
	return {
		phase,
		outcome: outcomeOf(claim, phase),
		policy,
		arithmetic: hold.status === 'closed' ? undefined : claimArithmetic(facts, policy, restDays),
		today,
		comparison: statement && compareStatement(statement.statement, caseFile, published),
		published,
		documents: facts.documents,
		returnNotice: facts.documents.find(({ code, number, date }) => code === 'DOC-K' && number && date)
	};
}

async function readPapers(session: Session, claimId: ClaimId): Promise<readonly ClaimPaper[]> {
	const { rows } = await session.query<{ id: string; kind: string; addedAt: string }>(
		'SELECT id, kind, added_at AS "addedAt" FROM claim_papers WHERE claim_id = $1 ORDER BY added_at, id',
		[claimId]
	);
	return rows.map((paper) => ({ ...paper, kind: paperKinds.find((kind) => kind === paper.kind) ?? 'other' }));
}

/** Names of people and houses; people of other houses stay nameless to a house. */
async function named(session: Session, events: readonly RecordedClaimEvent[]): Promise<readonly ClaimTimelineLine[]> {
	const { rows: people } = await session.query<{ id: string; name: string }>(
		'SELECT id, name FROM users WHERE id = ANY ($1::uuid[])',
		[[...new Set(events.flatMap(({ by }) => (by ? [by.userId] : [])))]]
	);
	const { rows: houses } = await session.query<{ id: string; name: string }>(
		'SELECT id, name FROM institutions WHERE id = ANY ($1::uuid[])',
		[[...new Set(events.flatMap(({ by }) => (by ? [by.institutionId] : [])))]]
	);
	const names = new Map([...people, ...houses].map(({ id, name }) => [id, name]));
	return events.map((event) => ({
		...event,
		byName: event.by && names.get(event.by.userId),
		byHouse: event.by && names.get(event.by.institutionId)
	}));
}
