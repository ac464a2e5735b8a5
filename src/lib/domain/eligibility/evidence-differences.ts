/** What frozen evidence said and what the file says now, one difference a line, for people to look at. */
import { z } from 'zod';
import { canonicalJson, type Json } from '../canonical-json.ts';
import { documentCodes, type DocumentCode } from '../document/document.ts';
import { claimOutcomes, dnaStates, type ClaimOutcome, type DnaState } from '../hold/facts.ts';
import { conditionIds, type ConditionId } from '../hold/policy.ts';
import type { Condition } from '../hold/conditions.ts';
import type { Evidence } from '../hold/review.ts';
import { civilDateSchema, type CivilDate } from '../time.ts';

export interface FrozenPeriod {
	readonly start: CivilDate;
	readonly lastDay: CivilDate;
	readonly provisional: boolean;
}
export interface FrozenPaper {
	readonly number?: string | undefined;
	readonly date?: CivilDate | undefined;
	readonly issuer?: string | undefined;
	readonly originalSeenBy?: string | undefined;
}
export interface FrozenClaim {
	readonly openedOn: CivilDate;
	readonly closedOn?: CivilDate | undefined;
	readonly outcome?: ClaimOutcome | undefined;
}

/** Undefined stands for "was not there" and "is not there". */
interface Both<V> {
	readonly before?: V | undefined;
	readonly after?: V | undefined;
}

export type EvidenceDifference =
	/** The frozen evidence is of another shape: an older program's. */
	| { readonly part: 'unreadable' }
	| { readonly part: 'policy'; readonly before: string; readonly after: string }
	| ({ readonly part: 'clocks'; readonly clock: string } & Both<FrozenPeriod>)
	| ({ readonly part: 'conditions'; readonly condition: ConditionId } & Both<Condition['status']>)
	/** Codes; those of an older program may have no words. */
	| { readonly part: 'blockers'; readonly before: readonly string[]; readonly after: readonly string[] }
	/** How many there are. */
	| ({ readonly part: 'contradictions' } & Both<number>)
	| ({ readonly part: 'documents'; readonly document: DocumentCode } & Both<FrozenPaper>)
	| ({ readonly part: 'claims'; readonly claim: string } & Both<FrozenClaim>)
	| ({ readonly part: 'dna' } & Both<DnaState>)
	| ({ readonly part: 'birth' } & Both<{ readonly earliest: CivilDate; readonly latest: CivilDate }>)
	/** The entries that say who the child is; what they say is in the file. */
	| { readonly part: 'identity'; readonly before: readonly string[]; readonly after: readonly string[] }
	| ({ readonly part: 'start' } & Both<boolean>);

/**
 * The differences between two pieces of evidence in the order of their parts. None where they say the same to the letter
 * in everything a person can be shown; `evidenceChanges` (../hold/review.ts) decides whether a signature still counts.
 *
 * @param frozen as it was kept in `review.opened`
 */
export function evidenceDifferences(frozen: Json, now: Evidence): readonly EvidenceDifference[] {
	const read = evidenceSchema.safeParse(frozen);
	const reads = evidenceSchema.safeParse(now);
	if (!read.success || !reads.success) return [{ part: 'unreadable' }];
	const [then, is] = [read.data, reads.data];
	const found: EvidenceDifference[] = [];
	if (then.policy !== is.policy) found.push({ part: 'policy', before: then.policy, after: is.policy });
	for (const { key, ...both } of pairs(then.clocks, is.clocks, ({ id }) => id))
		found.push({ part: 'clocks', clock: key, ...both });
	for (const id of conditionIds) {
		const before = then.conditions.find((condition) => condition.id === id)?.status;
		const after = is.conditions.find((condition) => condition.id === id)?.status;
		if (before !== after) found.push({ part: 'conditions', condition: id, before, after });
	}
	const codes = [then.blockers, is.blockers].map((blockers) => [...new Set(blockers.map(({ code }) => code))]);
	const [before = [], after = []] = codes;
	if (!same(before, after)) found.push({ part: 'blockers', before, after });
	if (!same(then.contradictions, is.contradictions))
		found.push({ part: 'contradictions', before: then.contradictions.length, after: is.contradictions.length });
	for (const { before, after } of pairs(then.documents, is.documents, paperKey)) {
		const document = (after ?? before)?.code;
		if (document) found.push({ part: 'documents', document, before, after });
	}
	for (const { key, ...both } of pairs(then.claims, is.claims, ({ id, openedOn }) => `${id} ${openedOn}`))
		found.push({ part: 'claims', claim: key, ...both });
	if (then.dna.state !== is.dna.state) found.push({ part: 'dna', before: then.dna.state, after: is.dna.state });
	if (!same(then.birth, is.birth))
		found.push({ part: 'birth', before: then.birth ?? undefined, after: is.birth ?? undefined });
	if (!same(then.identity, is.identity)) found.push({ part: 'identity', before: then.identity, after: is.identity });
	if (then.start !== is.start)
		found.push({ part: 'start', before: then.start ?? undefined, after: is.start ?? undefined });
	return found;
}

/** What of evidence a person is shown; whatever else an older or newer program wrote is passed over. */
const evidenceSchema = z.looseObject({
	schema: z.literal('lampkeep-evidence/1'),
	policy: z.string(),
	clocks: z.array(
		z.object({ id: z.string(), start: civilDateSchema, lastDay: civilDateSchema, provisional: z.boolean() })
	),
	conditions: z.array(z.object({ id: z.enum(conditionIds), status: z.enum(['met', 'waiting', 'missing']) })),
	blockers: z.array(z.object({ code: z.string() })),
	contradictions: z.array(z.json()),
	documents: z.array(
		z.object({
			id: z.string().optional(),
			code: z.enum(documentCodes),
			number: z.string().optional(),
			date: civilDateSchema.optional(),
			issuer: z.string().optional(),
			originalSeenBy: z.string().optional()
		})
	),
	claims: z.array(
		z.object({
			id: z.string(),
			openedOn: civilDateSchema,
			closedOn: civilDateSchema.optional(),
			outcome: z.enum(claimOutcomes).optional()
		})
	),
	dna: z.object({ state: z.enum(dnaStates) }),
	birth: z.object({ earliest: civilDateSchema, latest: civilDateSchema }).nullable(),
	identity: z.array(z.string()),
	start: z.boolean().nullable()
});

/** A corrected paper has another entry: it is shown as gone and come, in one line where only one of its kind changed. */
function paperKey({ id, code }: { readonly id?: string | undefined; readonly code: DocumentCode }): string {
	return `${code} ${id ?? ''}`;
}

interface Pair<V> {
	readonly key: string;
	readonly before?: V | undefined;
	readonly after?: V | undefined;
}

/** Things of two lists that differ, matched by key; one gone and one come of the same kind become one line. */
function pairs<V extends { readonly [key: string]: Json | undefined }>(
	then: readonly V[],
	now: readonly V[],
	keyOf: (value: V) => string
): readonly Pair<V>[] {
	const keys = [...new Set([...then, ...now].map(keyOf))].sort();
	const differing = keys.flatMap((key): Pair<V>[] => {
		const before = then.find((value) => keyOf(value) === key);
		const after = now.find((value) => keyOf(value) === key);
		return same(before, after) ? [] : [{ key, before, after }];
	});
	const joined: Pair<V>[] = [];
	for (const pair of differing) {
		const kind = pair.key.split(' ')[0];
		const of = (other: Pair<V>) => other.key.split(' ')[0] === kind;
		const alone = differing.filter(of);
		const [gone] = alone.filter(({ after }) => after === undefined);
		const [come] = alone.filter(({ before }) => before === undefined);
		if (alone.length === 2 && gone && come) {
			if (pair === come) joined.push({ key: pair.key, before: gone.before, after: come.after });
		} else joined.push(pair);
	}
	return joined;
}

/** Whatever order keys were written in: evidence that was stored comes back sorted. */
function same(a: Json | undefined, b: Json | undefined): boolean {
	return canonicalJson(a ?? null) === canonicalJson(b ?? null);
}
