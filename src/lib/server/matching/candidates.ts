import { z } from 'zod';
import { decidesClaims } from '#lib/domain/disclosure/roles.ts';
import type { ChildId, ClaimId } from '#lib/domain/ids.ts';
import { contradictions, contributionSchema, type Comparison } from '#lib/domain/matching/comparison.ts';
import { matchFields, type MatchField } from '#lib/domain/matching/weights.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { writeAudit } from '../audit/audit.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import type { Session } from '../db/connection.ts';

export const candidateStates = ['open', 'rejected', 'accepted'] as const;
export type CandidateState = (typeof candidateStates)[number];

/** A pair of a child and a family as a person looks at it. */
export interface Candidate extends Comparison {
	readonly childId: ChildId;
	readonly claimId: ClaimId;
	/** The name to show for the child; null while nobody wrote one. */
	readonly childName: string | null;
	readonly caseNumber: string | null;
	readonly state: CandidateState;
	/** The fields that are different from when somebody rejected the pair; null where nobody had. */
	readonly changed: readonly MatchField[] | null;
	readonly foundAt: string;
	/** What the pair is decided against: another one once either side changes. */
	readonly version: string;
	/** The latest decision, also of a pair that is open again. */
	readonly decision: {
		readonly decision: Exclude<CandidateState, 'open'>;
		readonly reason: string;
		readonly by: string | null;
		readonly at: string;
	} | null;
}

export interface CandidateFilter {
	readonly state: CandidateState;
	readonly childId?: ChildId | undefined;
	readonly claimId?: ClaimId | undefined;
	readonly limit: number;
	/** How many of the first are passed over; 0 unless said. */
	readonly after?: number;
}

/** Pairs the scope may see, the highest score first. */
export async function listCandidates(
	session: Session,
	{ state, childId, claimId, limit, after = 0 }: CandidateFilter
): Promise<{ readonly candidates: readonly Candidate[]; readonly total: number }> {
	const { rows } = await session.query<CandidateRow & { readonly total: number }>(
		`SELECT ${columns}, count(*) OVER () AS total FROM ${withNames}
		WHERE c.state = $1 AND ($2::uuid IS NULL OR c.child_id = $2) AND ($3::uuid IS NULL OR c.claim_id = $3)
		ORDER BY c.score DESC, c.child_id, c.claim_id LIMIT $4 OFFSET $5`,
		[state, childId ?? null, claimId ?? null, limit, after]
	);
	return { candidates: rows.map(candidateOf), total: rows[0]?.total ?? 0 };
}

/** How many pairs the scope may see in each state. */
export async function countCandidates(session: Session): Promise<Readonly<Record<CandidateState, number>>> {
	const { rows } = await session.query<{ state: CandidateState; count: number }>(
		'SELECT state, count(*) AS count FROM match_candidates GROUP BY state'
	);
	const counts = { open: 0, rejected: 0, accepted: 0 };
	for (const { state, count } of rows) counts[state] = count;
	return counts;
}

/** One pair, if the scope may see it. */
export async function readCandidate(
	session: Session,
	childId: ChildId,
	claimId: ClaimId
): Promise<Candidate | undefined> {
	const { rows } = await session.query<CandidateRow>(
		`SELECT ${columns} FROM ${withNames} WHERE c.child_id = $1 AND c.claim_id = $2`,
		[childId, claimId]
	);
	return rows[0] && candidateOf(rows[0]);
}

export type CandidateFault =
	| { readonly type: 'not_yours_to_decide' }
	| { readonly type: 'candidate_unknown' }
	/** Whoever rejects says why, or the pair will be looked at again in vain. */
	| { readonly type: 'reason_missing' }
	/** Either side changed, or somebody else decided, since the person looked. */
	| { readonly type: 'candidate_changed' };

/**
 * Decides about a pair as the person saw it: rejected with a reason, or accepted as worth a claim. Nothing else follows
 * from it; a claim is filed and screened by people. May be decided again, the latest decision stands. Scope of the person.
 *
 * @param seen the `version` of the candidate that was on the screen
 */
export async function decideCandidate(
	session: Session,
	user: SignedInUser,
	childId: ChildId,
	claimId: ClaimId,
	decision: Exclude<CandidateState, 'open'>,
	reason: string,
	seen: string
): Promise<Result<undefined, CandidateFault>> {
	// Rights before existence: a refusal must not tell whether there is such a pair.
	if (!decidesClaims.includes(user.role)) return err({ type: 'not_yours_to_decide' });
	const { rows } = await session.query<{ version: string }>(
		`SELECT ${version} AS version FROM match_candidates c WHERE c.child_id = $1 AND c.claim_id = $2 FOR UPDATE`,
		[childId, claimId]
	);
	const current = rows[0];
	if (!current) return err({ type: 'candidate_unknown' });
	const because = reason.trim().slice(0, 1000);
	if (decision === 'rejected' && because === '') return err({ type: 'reason_missing' });
	if (current.version !== seen) return err({ type: 'candidate_changed' });
	await session.query(
		`INSERT INTO match_decisions (child_id, claim_id, decision, reason, score, contributions, institution_id, decided_by)
		SELECT c.child_id, c.claim_id, $3, $4, c.score, c.contributions, $5, $6
		FROM match_candidates c WHERE c.child_id = $1 AND c.claim_id = $2`,
		[childId, claimId, decision, because, user.institutionId, user.id]
	);
	await session.query('UPDATE match_candidates SET state = $3, changed = NULL WHERE child_id = $1 AND claim_id = $2', [
		childId,
		claimId,
		decision
	]);
	await writeAudit(session, {
		institutionId: user.institutionId,
		userId: user.id,
		action: decision === 'rejected' ? 'candidate.rejected' : 'candidate.accepted',
		childId,
		details: { claimId }
	});
	return ok(undefined);
}

/** Both profiles and the state: two persons deciding at once are told apart by the last. */
const version = `left(c.child_hash, 12) || left(c.family_hash, 12) || c.state`;

const columns = `c.child_id AS "childId", c.claim_id AS "claimId", c.score, c.probability, c.contributions, c.contradictions,
	c.state, c.changed, c.found_at AS "foundAt", ${version} AS version, r.name AS "childName", r.case_number AS "caseNumber",
	d.decision, d.reason, d.decided_at AS "decidedAt", u.name AS "decidedBy"`;

const withNames = `match_candidates c
	LEFT JOIN child_rows r ON r.child_id = c.child_id
	LEFT JOIN LATERAL (
		SELECT m.decision, m.reason, m.decided_at, m.decided_by FROM match_decisions m
		WHERE m.child_id = c.child_id AND m.claim_id = c.claim_id ORDER BY m.id DESC LIMIT 1
	) d ON true
	LEFT JOIN users u ON u.id = d.decided_by`;

interface CandidateRow {
	readonly childId: ChildId;
	readonly claimId: ClaimId;
	readonly score: number;
	readonly probability: number;
	readonly contributions: unknown;
	readonly contradictions: unknown;
	readonly state: CandidateState;
	readonly changed: unknown;
	readonly foundAt: string;
	readonly version: string;
	readonly childName: string | null;
	readonly caseNumber: string | null;
	readonly decision: 'rejected' | 'accepted' | null;
	readonly reason: string | null;
	readonly decidedAt: string | null;
	readonly decidedBy: string | null;
}

function candidateOf(row: CandidateRow): Candidate {
	const { decision, reason, decidedAt, decidedBy, contributions, contradictions: named, changed, ...rest } = row;
	return {
		...rest,
		contributions: z.array(contributionSchema).parse(contributions),
		contradictions: z.array(z.enum(contradictions)).parse(named),
		changed: z.array(z.enum(matchFields)).nullable().parse(changed),
		decision:
			decision === null || decidedAt === null ? null : { decision, reason: reason ?? '', by: decidedBy, at: decidedAt }
	};
}
