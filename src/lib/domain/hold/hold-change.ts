/** What other rules change about one child: the hold as it is told, and every clock that would end on another day. */
import { periodOf, type Clock, type ClockStatus } from './clock.ts';
import { holdClockOf, type Hold, type HoldStatus } from './hold.ts';
import type { ConditionId, Policy } from './policy.ts';
import type { CivilDate } from '../time.ts';

/** A hold in one line. */
export interface HoldOutline {
	/** This and the status are undefined where only the dates were kept. */
	readonly policyId?: string | undefined;
	readonly status?: HoldStatus | undefined;
	/** Missing while the clock has not started, or where the policy has none. */
	readonly lastDay?: CivilDate | undefined;
	readonly provisional: boolean;
}

export interface ClockDay {
	readonly lastDay?: CivilDate | undefined;
	readonly provisional: boolean;
	readonly status: ClockStatus;
}

export interface ClockChange {
	readonly clock: string;
	/** Undefined: the rules before had no such clock for this child. */
	readonly before?: ClockDay | undefined;
	readonly after?: ClockDay | undefined;
}

export interface HoldChange {
	readonly before: HoldOutline;
	readonly after: HoldOutline;
	readonly clocks: readonly ClockChange[];
	/** Conditions that are met now and would not be, or the other way round, or are asked by one of the two only. */
	readonly conditions: readonly ConditionId[];
}

export interface Reckoned {
	readonly policy: Policy;
	readonly hold: Hold;
}

export function outlineOf({ policy, hold }: Reckoned): HoldOutline {
	const clock = holdClockOf(hold, policy);
	const period = clock && periodOf(clock);
	return {
		policyId: policy.id,
		status: hold.status,
		...(period && { lastDay: period.lastDay }),
		provisional: period?.provisional ?? false
	};
}

/** What differs between two reckonings of one child for one day; undefined: nothing a person would see. */
export function holdChange(before: Reckoned, after: Reckoned): HoldChange | undefined {
	const [was, is] = [outlineOf(before), outlineOf(after)];
	const clocks = clockChanges(before.hold.clocks, after.hold.clocks);
	const conditions = conditionChanges(before.hold, after.hold);
	const same =
		was.policyId === is.policyId &&
		was.status === is.status &&
		was.lastDay === is.lastDay &&
		was.provisional === is.provisional;
	if (same && clocks.length === 0 && conditions.length === 0) return undefined;
	return { before: was, after: is, clocks, conditions };
}

function clockChanges(before: readonly Clock[], after: readonly Clock[]): readonly ClockChange[] {
	const changes: ClockChange[] = [];
	for (const id of new Set([...before, ...after].map((clock) => clock.id))) {
		const [was, is] = [dayOf(before, id), dayOf(after, id)];
		const same =
			was?.lastDay === is?.lastDay &&
			was?.provisional === is?.provisional &&
			was?.status === is?.status &&
			(was === undefined) === (is === undefined);
		if (!same) changes.push({ clock: id, ...(was && { before: was }), ...(is && { after: is }) });
	}
	return changes;
}

function dayOf(clocks: readonly Clock[], id: string): ClockDay | undefined {
	const clock = clocks.find((candidate) => candidate.id === id);
	if (!clock) return undefined;
	const period = periodOf(clock);
	return {
		...(period && { lastDay: period.lastDay }),
		provisional: period?.provisional ?? false,
		status: clock.status
	};
}

function conditionChanges(before: Hold, after: Hold): readonly ConditionId[] {
	const statusIn = (hold: Hold, id: ConditionId) => hold.conditions.find((condition) => condition.id === id)?.status;
	const ids = new Set([...before.conditions, ...after.conditions].map(({ id }) => id));
	return [...ids].filter((id) => statusIn(before, id) !== statusIn(after, id));
}
