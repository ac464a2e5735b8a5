/** What reviewers sign, and whether what they signed is still what the file says (rule book 5; ASVS 2.3.5). */
import { canonicalJson, type Json } from '../canonical-json.ts';
import type { DocumentCode } from '../document/document.ts';
import type { CivilDate } from '../time.ts';
import type { Blocker } from './blockers.ts';
import { periodOf, type Clock } from './clock.ts';
import type { Condition } from './conditions.ts';
import type { Contradiction } from './contradictions.ts';
import type { HoldFacts, ReviewSignature } from './facts.ts';
import type { Policy } from './policy.ts';

/** The parts of the evidence, compared one by one so that a person sees what changed. */
export const evidenceParts = [
	'policy',
	'clocks',
	'conditions',
	'blockers',
	'contradictions',
	'documents',
	'claims',
	'dna',
	'birth',
	'identity',
	'start'
] as const;
export type EvidencePart = (typeof evidenceParts)[number];

/** Plain JSON, so that its canonical text can be hashed, stored and printed. */
export type Evidence = { readonly schema: 'lampkeep-evidence/1' } & { readonly [P in EvidencePart]: Json };

export interface ReviewStanding {
	readonly id: string;
	readonly openedOn: CivilDate;
	readonly snapshot: string;
	/** The verdicts of those who signed: agreed by two, refused by one, or waiting for the second. */
	readonly status: 'one_signature' | 'eligible' | 'not_eligible';
	readonly signatures: readonly ReviewSignature[];
	/** What the file says otherwise now; empty while the evidence stands. */
	readonly changed: readonly EvidencePart[];
}

interface Ground {
	readonly policyId: string;
	readonly facts: HoldFacts;
	readonly clocks: readonly Clock[];
	readonly conditions: readonly Condition[];
	readonly blockers: readonly Blocker[];
	readonly contradictions: readonly Contradiction[];
	readonly rules: Pick<Policy, 'holdClock' | 'conditions'>;
}

/** Papers beside those a condition names that say how the hold began and how the family was searched for. */
const papersOfTheSearch: readonly DocumentCode[] = ['DOC-A', 'DOC-D', 'DOC-F', 'DOC-M'];

/**
 * Everything legal that certification rests on, and nothing that changes by the day (days passed, days left, deadlines
 * overdue) or comes only afterwards (the registry's notice, the adopter's papers).
 */
export function evidenceOf({ policyId, facts, clocks, conditions, blockers, contradictions, rules }: Ground): Evidence {
	const gating = new Set<string | undefined>([
		rules.holdClock,
		...rules.conditions.map(({ needs }) =>
			needs.kind === 'clock_elapsed' ? needs.clock : needs.kind === 'document' ? needs.notBefore : undefined
		)
	]);
	const papers = new Set<DocumentCode>([
		...papersOfTheSearch,
		...rules.conditions.flatMap(({ needs }) => (needs.kind === 'document' ? [needs.document] : []))
	]);
	return {
		schema: 'lampkeep-evidence/1',
		policy: policyId,
		clocks: json(
			clocks.flatMap((clock) => {
				const period = periodOf(clock);
				if (!period || !gating.has(clock.id)) return [];
				const { start, startFrom, raw, lastDay, provisional, steps } = period;
				return [{ id: clock.id, start, startFrom, raw, lastDay, provisional, steps }];
			})
		),
		conditions: json(conditions.map(({ id, status, because }) => ({ id, status, because }))),
		blockers: json(blockers.map(({ basis: _, ...blocker }) => blocker)),
		contradictions: json(contradictions),
		documents: json(facts.documents.filter(({ code }) => papers.has(code))),
		claims: json(facts.claims),
		dna: json(facts.dna),
		birth: json(facts.birth ?? null),
		identity: json(facts.identity ?? []),
		start: json(facts.startConfirmed ?? null)
	};
}

/**
 * Where the latest review stands. Two different persons of two different institutions make it eligible; one `not_eligible`
 * is enough to refuse.
 *
 * @param evidenceNow is only asked where there is a review
 */
export function reviewStanding(facts: HoldFacts, evidenceNow: () => Evidence): ReviewStanding | undefined {
	const review = facts.reviews?.at(-1);
	if (!review) return undefined;
	const { id, openedOn, snapshot, signatures } = review;
	const refused = signatures.some(({ verdict }) => verdict === 'not_eligible');
	const agreed = signatures.some((one) =>
		signatures.some((other) => other.staffId !== one.staffId && other.institutionId !== one.institutionId)
	);
	return {
		id,
		openedOn,
		snapshot,
		status: refused ? 'not_eligible' : agreed ? 'eligible' : 'one_signature',
		signatures,
		changed: evidenceChanges(review.evidence, evidenceNow())
	};
}

/** Does a review still carry a placement? */
export function reviewHolds(review: ReviewStanding): boolean {
	return review.status === 'eligible' && review.changed.length === 0;
}

/** The parts in which two pieces of evidence differ; all of them where the older is of another shape. */
export function evidenceChanges(frozen: Json, now: Evidence): readonly EvidencePart[] {
	if (frozen === null || typeof frozen !== 'object' || Array.isArray(frozen)) return evidenceParts;
	const then = frozen as { readonly [part: string]: Json | undefined };
	if (then['schema'] !== now.schema) return evidenceParts;
	return evidenceParts.filter((part) => canonicalJson(then[part] ?? null) !== canonicalJson(now[part]));
}

/** As JSON would carry it: fields that are undefined are absent. */
function json(value: unknown): Json {
	return JSON.parse(JSON.stringify(value)) as Json;
}
