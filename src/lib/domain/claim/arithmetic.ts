/** What an open claim does to the last day of the hold, by each of the three effects a policy can name. */
import { computeHold, holdClockOf } from '../hold/hold.ts';
import { periodOf, type Step } from '../hold/clock.ts';
import type { HoldFacts } from '../hold/facts.ts';
import { claimEffects, type Basis, type ClaimEffect, type Policy } from '../hold/policy.ts';
import type { RestDays } from '../hold/rest-days.ts';
import { daysBetween, type CivilDate } from '../time.ts';

export interface EffectOnLastDay {
	readonly effect: ClaimEffect;
	/** The policy's own; the others are there to be compared. */
	readonly inForce: boolean;
	/** As it would be if the claims still open ended today. */
	readonly lastDay: CivilDate;
	readonly provisional: boolean;
	/** Days later than without any claim. */
	readonly later: number;
	readonly steps: readonly Step[];
}

export interface ClaimArithmetic {
	readonly start: CivilDate;
	/** The last day if nobody had claimed the child. */
	readonly withoutClaims: CivilDate;
	readonly effects: readonly EffectOnLastDay[];
	readonly basis: Basis | undefined;
}

/** Undefined where the hold has not begun: then there is no last day to move. */
export function claimArithmetic(facts: HoldFacts, policy: Policy, restDays: RestDays): ClaimArithmetic | undefined {
	const rule = policy.clocks.find(({ id }) => id === policy.holdClock);
	const bare = periodFor({ ...facts, claims: [] }, policy, restDays);
	if (!rule || !bare) return undefined;
	const inForce = rule.claimEffect ?? 'block';
	const effects = claimEffects.flatMap((effect) => {
		const period = periodFor(facts, withEffect(policy, effect), restDays);
		if (!period) return [];
		const { lastDay, provisional, steps } = period;
		return [
			{ effect, inForce: effect === inForce, lastDay, provisional, later: daysBetween(bare.lastDay, lastDay), steps }
		];
	});
	return { start: bare.start, withoutClaims: bare.lastDay, effects, basis: rule.claimEffectBasis };
}

function periodFor(facts: HoldFacts, policy: Policy, restDays: RestDays) {
	const clock = holdClockOf(computeHold(facts, policy, restDays), policy);
	return clock && periodOf(clock);
}

function withEffect(policy: Policy, claimEffect: ClaimEffect): Policy {
	return {
		...policy,
		clocks: policy.clocks.map((rule) => (rule.id === policy.holdClock ? { ...rule, claimEffect } : rule))
	};
}
