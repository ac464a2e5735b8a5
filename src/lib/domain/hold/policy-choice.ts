/**
 * Which policy a child is under. A basis of admission names the kind of child, the kind the policies that apply to it, the
 * custodian's region an overlay of its province, the day care began those that were in force. Where any of it is missing or
 * in dispute the policy of the rescued trafficked child counts: it asks the most, and no child is placed too early by it.
 */
import type { CivilDate } from '../time.ts';
import { defaultPolicyId, type Policy } from './policy.ts';
import { restDaysUnder, type RulesInForce } from './rules.ts';
import type { RestDays } from './rest-days.ts';

/** What a case file says about the policy it is under. */
export interface PolicyGround {
	/** Code of the table `admissionBasis`; `disputed` where two live answers differ. */
	readonly basis?: { readonly code: string } | 'disputed' | undefined;
	/** GB/T 2260, six digits, of the house that has the child now. */
	readonly region?: string | undefined;
	/** The day the police handed the child over; of a dispute the later. */
	readonly startedOn?: CivilDate | undefined;
	/** The police's temporary-care notice (DOC-A) is on file or its number recorded: it is issued for rescued children only. */
	readonly temporaryCareNotice: boolean;
}

/** Why this policy. `policy`, `kind` and `effectiveFrom` are data; the words are in the messages (area `policies`). */
export type PolicyReason =
	/** The basis names a kind of child, and this policy applies to it. */
	| { readonly code: 'by_basis'; readonly basis: string; readonly kind: string }
	| { readonly code: 'default_basis_unknown' }
	| { readonly code: 'default_basis_disputed' }
	/** No policy of this country is made for this basis. */
	| { readonly code: 'default_basis_without_policy'; readonly basis: string }
	/** The basis says one thing, the police's own paper another. */
	| { readonly code: 'default_papers_say_rescued'; readonly basis: string }
	/** Care began before the policy: those children are counted back under it (rule book 3.1, facts that follow). */
	| { readonly code: 'counted_back'; readonly basis: string; readonly effectiveFrom: CivilDate };

export interface ChosenPolicy {
	readonly policy: Policy;
	readonly restDays: RestDays;
	readonly because: PolicyReason;
	/** Set where the policy has the additions of a province: the custodian's region that brought them. */
	readonly region?: string;
	/** Additions of the province that were not in force when care began, and so do not count. */
	readonly notYetInForce: readonly { readonly id: string; readonly effectiveFrom: CivilDate }[];
}

/**
 * Admission basis (domain/codes/tables.ts) to the kind of child that policies name under `appliesTo`. Wandering, lost and
 * migrant children have no policy of their own in the rule book.
 */
export const kindOfBasis: Readonly<Record<string, string>> = {
	'04': 'rescued_trafficked',
	'05': 'abandoned'
};

/** Chooses among the rules in force. @throws RangeError when they lack the default policy, which no loaded file can remove */
export function policyFor(ground: PolicyGround, rules: RulesInForce): ChosenPolicy {
	const fallback = rules.policies.find(({ id }) => id === defaultPolicyId);
	if (!fallback) throw new RangeError(`there is no policy ${defaultPolicyId}`);
	const { basis } = ground;
	if (basis === undefined) return chosen(fallback, { code: 'default_basis_unknown' }, ground, rules);
	if (basis === 'disputed') return chosen(fallback, { code: 'default_basis_disputed' }, ground, rules);
	const { code } = basis;
	const kind = kindOfBasis[code];
	const made = rules.policies.filter(
		(policy) =>
			policy.overlayOf === undefined &&
			policy.jurisdiction === fallback.jurisdiction &&
			kind !== undefined &&
			policy.appliesTo.includes(kind)
	);
	if (kind === undefined || made.length === 0) {
		return chosen(fallback, { code: 'default_basis_without_policy', basis: code }, ground, rules);
	}
	if (ground.temporaryCareNotice && !fallback.appliesTo.includes(kind)) {
		return chosen(fallback, { code: 'default_papers_say_rescued', basis: code }, ground, rules);
	}
	const byAge = [...made].sort(newestFirst);
	const inForceThen = byAge.filter((policy) => inForce(policy, ground.startedOn));
	// Without a day the oldest: a policy may be loaded before it takes force. Chosen anew when the day is recorded.
	const policy = ground.startedOn === undefined ? byAge.at(-1) : inForceThen[0];
	if (policy) return chosen(policy, { code: 'by_basis', basis: code, kind }, ground, rules);
	const oldest = byAge.at(-1) ?? fallback;
	const effectiveFrom = oldest.effectiveFrom;
	if (effectiveFrom === undefined) throw new RangeError('a policy without a first day is always in force');
	return chosen(oldest, { code: 'counted_back', basis: code, effectiveFrom }, ground, rules);
}

/** With the province's overlay, if there is one for this base and it was in force when care began. */
function chosen(base: Policy, because: PolicyReason, ground: PolicyGround, rules: RulesInForce): ChosenPolicy {
	const { region, startedOn } = ground;
	const here = rules.policies
		.filter((policy) => policy.overlayOf === base.id && region !== undefined && covers(policy.jurisdiction, region))
		.sort(closestThenNewest);
	const overlay = here.find((policy) => inForce(policy, startedOn));
	const notYetInForce = here.flatMap(({ id, effectiveFrom }) =>
		effectiveFrom !== undefined && startedOn !== undefined && effectiveFrom > startedOn ? [{ id, effectiveFrom }] : []
	);
	const policy = overlay ?? base;
	return {
		policy,
		restDays: restDaysUnder(rules, policy.calendar),
		because,
		...(overlay && region !== undefined && { region }),
		notYetInForce
	};
}

/** A policy is in force from its first day on. Additions also for a child whose start is not recorded: they ask for more. */
function inForce({ effectiveFrom }: Policy, startedOn: CivilDate | undefined): boolean {
	return effectiveFrom === undefined || startedOn === undefined || effectiveFrom <= startedOn;
}

/** 'CN-31' covers 310000 and 310101; 'CN-5134' a prefecture of Sichuan. */
function covers(jurisdiction: string, region: string): boolean {
	const [, code = ''] = /^CN-(\d{2}|\d{4}|\d{6})$/.exec(jurisdiction) ?? [];
	return code !== '' && region.startsWith(code);
}

function newestFirst(a: Policy, b: Policy): number {
	const [x, y] = [a.effectiveFrom ?? '', b.effectiveFrom ?? ''];
	if (x !== y) return x < y ? 1 : -1;
	return a.id < b.id ? -1 : 1;
}

function closestThenNewest(a: Policy, b: Policy): number {
	return b.jurisdiction.length - a.jurisdiction.length || newestFirst(a, b);
}
