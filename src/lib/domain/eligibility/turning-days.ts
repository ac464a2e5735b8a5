/** The days on which a hold can turn by time alone: what a list stores, so that it need not be made anew every midnight. */
import { periodOf } from '../hold/clock.ts';
import { plausible } from '../hold/facts.ts';
import type { Hold, HoldFacts } from '../hold/hold.ts';
import type { Policy } from '../hold/policy.ts';
import { addDays, addYears, civilDate, type CivilDate } from '../time.ts';
import { soonDays } from './stage.ts';

/**
 * Every day on which stage, conditions or blockers of this file can be other than the day before, ascending. Some of them
 * change nothing; none is missing. Days of an open claim that suspends or restarts the clock are left out: while it is
 * open the stage is that of the claim, whatever the day.
 *
 * @param hold of these facts, reckoned for any day: periods do not hang on it
 */
export function turningDays(facts: HoldFacts, hold: Hold, policy: Policy): readonly CivilDate[] {
	const { usable } = plausible(facts);
	const { birth, reviews = [] } = usable;
	const days = new Set<CivilDate>();
	const gating = gatingClocks(policy);
	for (const clock of hold.clocks) {
		const period = gating.has(clock.id) ? periodOf(clock) : undefined;
		if (!period) continue;
		days.add(period.openFrom);
		if (clock.id === policy.holdClock) days.add(addDays(period.lastDay, -soonDays));
	}
	const adult = policy.ages?.adult;
	// The age itself was another until a day; a file of that time is looked at by it.
	for (const { years, since } of adult ? [adult, ...(adult.earlier ?? [])] : []) {
		if (since !== undefined) days.add(since);
		if (birth) days.add(addYears(birth.earliest, years)).add(addYears(birth.latest, years));
	}
	if (reviews.length > 0) {
		// Signed evidence lists dates that have not come yet, and, of a refusal, the days that were left.
		for (const date of datesIn(usable)) days.add(date);
		for (const { openedOn } of reviews) if (openedOn < lastOfAll) days.add(openedOn).add(addDays(openedOn, 1));
	}
	return [...days].sort();
}

/** The clocks a child waits for, and those they lean on; a deadline somebody missed stops nobody. */
function gatingClocks({ holdClock, conditions, clocks }: Policy): ReadonlySet<string> {
	const gating = new Set<string>(holdClock === undefined ? [] : [holdClock]);
	for (const { needs } of conditions) {
		const clock =
			needs.kind === 'clock_elapsed' ? needs.clock : needs.kind === 'document' ? needs.notBefore : undefined;
		if (clock !== undefined) gating.add(clock);
	}
	// A clock leans only on clocks above it, so one walk from below finds all.
	for (const { id, start, excludes } of [...clocks].reverse()) {
		if (!gating.has(id)) continue;
		if ('afterClock' in start) gating.add(start.afterClock);
		if (excludes !== undefined) gating.add(excludes);
	}
	return gating;
}

const lastOfAll = civilDate('9999-12-31');

function datesIn(facts: HoldFacts): readonly CivilDate[] {
	return [
		...facts.events.map(({ date }) => date),
		...facts.documents.flatMap(({ date }) => (date === undefined ? [] : [date])),
		...facts.claims.flatMap(({ openedOn, closedOn }) => [openedOn, ...(closedOn === undefined ? [] : [closedOn])])
	];
}
