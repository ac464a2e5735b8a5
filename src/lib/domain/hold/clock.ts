/** The clocks of one child: from which fact each runs, to which last day, and what became of it. */
import { addDays, addYears, daysBetween, earlierOf, laterOf, type CivilDate } from '../time.ts';
import { lastDay, rawLastDay, rolled, type LastDay } from './calendar.ts';
import { byDateThenId, isOpen, LAST_PLAUSIBLE, type Chronicle, type HoldEvent, type HoldFacts } from './facts.ts';
import type { ClockRule, FactType, NoticeChannel, Policy } from './policy.ts';
import type { RestDays } from './rest-days.ts';

export type NotStarted =
	| { readonly code: 'fact_missing'; readonly fact: FactType }
	| { readonly code: 'channel_missing'; readonly channels: readonly NoticeChannel[] }
	| { readonly code: 'clock_before'; readonly clock: string }
	| { readonly code: 'birth_unknown' }
	/** The policy has no such clock: it tells no hold. */
	| { readonly code: 'no_clock' };

export type Clock = ClockHeading & ClockState;

export interface ClockHeading {
	readonly id: string;
	readonly rule: ClockRule;
}

export type ClockState =
	| { readonly status: 'not_started'; readonly because: NotStarted; readonly planned?: ClockPeriod }
	/** `heldBy`: what keeps a clock from being elapsed although its last day may have passed. */
	| ({ readonly status: 'running'; readonly heldBy: readonly HeldBy[] } & ClockPeriod)
	| ({ readonly status: 'elapsed' } & ClockPeriod)
	| ({ readonly status: 'met'; readonly metOn?: CivilDate; readonly late: boolean } & ClockPeriod)
	| ({ readonly status: 'overdue' } & ClockPeriod);
export type ClockStatus = ClockState['status'];
export type HeldBy = 'provisional' | 'unknown_entries' | 'files_disagree' | 'claim';

export interface ClockPeriod {
	readonly start: CivilDate;
	readonly startFrom: StartFrom;
	readonly raw: CivilDate;
	readonly lastDay: CivilDate;
	readonly openFrom: CivilDate;
	readonly provisional: boolean;
	/** Whole days from the start to today, never below 0; days from today to the last day, never below 0. */
	readonly daysPassed: number;
	readonly daysLeft: number;
	/** How the last day came about, for the screen that shows the arithmetic. */
	readonly steps: readonly Step[];
}

export type StartFrom =
	| { readonly fact: FactType; readonly channel?: NoticeChannel; readonly id?: string }
	| { readonly afterClock: string }
	| { readonly birth: 'latest' };

export type Step =
	| {
			readonly step: 'counted';
			readonly start: CivilDate;
			readonly amount: number;
			readonly unit: ClockRule['unit'];
			readonly raw: CivilDate;
	  }
	/** Days that do not count: of a claim, or of the clock it excludes. */
	| {
			readonly step: 'suspended';
			readonly by: { readonly claim: string } | { readonly clock: string };
			readonly from: CivilDate;
			readonly to: CivilDate;
			readonly days: number;
			readonly raw: CivilDate;
	  }
	| { readonly step: 'restarted'; readonly claim: string; readonly start: CivilDate; readonly raw: CivilDate }
	| { readonly step: 'rolled'; readonly raw: CivilDate; readonly lastDay: CivilDate };

/** The dates of a clock, running, past or planned. */
export function periodOf(clock: Clock): ClockPeriod | undefined {
	return clock.status === 'not_started' ? clock.planned : clock;
}

/** The clocks that apply to this child, in the policy's order: each may lean on those above it. */
export function clocksOf(facts: HoldFacts, chronicle: Chronicle, policy: Policy, restDays: RestDays): readonly Clock[] {
	const clocks: Clock[] = [];
	for (const rule of policy.clocks) {
		const start = startOf(rule, facts, chronicle, policy, restDays, clocks);
		if (!applies(rule, facts, start)) continue;
		clocks.push({ id: rule.id, rule, ...stateOf(rule, start, facts, chronicle, policy, restDays, clocks) });
	}
	return clocks;
}

type Start =
	| { readonly known: true; readonly date: CivilDate; readonly from: StartFrom; readonly comesAfter?: Clock }
	| { readonly known: false; readonly because: NotStarted };

function startOf(
	rule: ClockRule,
	facts: HoldFacts,
	chronicle: Chronicle,
	policy: Policy,
	restDays: RestDays,
	above: readonly Clock[]
): Start {
	const { start } = rule;
	if ('birth' in start) {
		// Of an estimate the latest day counts: an age floor is reached by the youngest the child can be.
		if (!facts.birth) return { known: false, because: { code: 'birth_unknown' } };
		return { known: true, date: facts.birth.latest, from: { birth: 'latest' } };
	}
	if ('afterClock' in start) {
		const before = above.find((clock) => clock.id === start.afterClock);
		const period = before && periodOf(before);
		if (!before || !period) return { known: false, because: { code: 'clock_before', clock: start.afterClock } };
		return { known: true, date: period.lastDay, from: { afterClock: start.afterClock }, comesAfter: before };
	}
	if (start.pick === 'last_of_channels') {
		return startOfNotice(rule, start.channels ?? [], chronicle, policy, restDays);
	}
	// `one` and `last` both take the later date: of a dispute it is the safe one, since no clock ends too early by it.
	const event = chronicle.last(start.fact);
	if (!event) return { known: false, because: { code: 'fact_missing', fact: start.fact } };
	return { known: true, date: event.date, from: fromEvent(event) };
}

/**
 * The notice counts from the first publication on every channel, the later of them. A publication that was taken down before
 * its notice had elapsed does not count [inferred]: the search was not open for the whole time.
 */
function startOfNotice(
	rule: ClockRule,
	channels: readonly NoticeChannel[],
	chronicle: Chronicle,
	policy: Policy,
	restDays: RestDays
): Start {
	// Every round drops one publication, so this ends.
	const standing = new Map(channels.map((channel) => [channel, publicationsOn(channel, chronicle)]));
	for (;;) {
		const missing = channels.filter((channel) => !standing.get(channel)?.length);
		if (missing.length > 0) return { known: false, because: { code: 'channel_missing', channels: missing } };
		const firsts = channels.flatMap((channel) => standing.get(channel)?.slice(0, 1) ?? []);
		const later = firsts
			.map(({ event }) => event)
			.sort(byDateThenId)
			.at(-1);
		if (!later) return { known: false, because: { code: 'fact_missing', fact: 'notice_published' } };
		const end = lastDay({ start: later.date, amount: rule.amount, unit: rule.unit }, policy.calendar, restDays).lastDay;
		const broken = firsts.find(({ downOn }) => downOn !== undefined && downOn <= end);
		if (!broken) return { known: true, date: later.date, from: fromEvent(later) };
		standing.get(broken.channel)?.shift();
	}
}

interface Publication {
	readonly channel: NoticeChannel;
	readonly event: HoldEvent;
	readonly downOn?: CivilDate;
}

/**
 * The publications on a channel in order, each with the day it was taken down. A take-down on the day of a publication ends
 * an earlier one if there is one: corrected and published again, not published and withdrawn.
 */
function publicationsOn(channel: NoticeChannel, chronicle: Chronicle): Publication[] {
	const downs = chronicle
		.all('notice_taken_down')
		.filter((event) => (event.channel ?? 'national_platform') === channel)
		.map((event) => event.date);
	let used = -1;
	return chronicle
		.all('notice_published')
		.filter((event) => event.channel === channel)
		.map((event) => {
			const index = downs.findIndex((date, i) => date > event.date || (date === event.date && i > used));
			const downOn = downs[index];
			if (downOn === undefined) return { channel, event };
			used = index;
			return { channel, event, downOn };
		});
}

function fromEvent(event: HoldEvent): StartFrom {
	return {
		fact: event.type,
		...(event.channel !== undefined && { channel: event.channel }),
		...(event.id !== undefined && { id: event.id })
	};
}

/** A clock that hangs on an unknown age applies: better a deadline too many than one unseen. */
function applies(rule: ClockRule, facts: HoldFacts, start: Start): boolean {
	const { appliesIf } = rule;
	if (!appliesIf) return true;
	if ('firstReceiver' in appliesIf) return facts.firstReceiver === appliesIf.firstReceiver;
	if (!start.known || !facts.birth) return true;
	const { ageAtStart } = appliesIf;
	if ('atMostYears' in ageAtStart) return start.date <= addYears(facts.birth.latest, ageAtStart.atMostYears);
	return start.date > addYears(facts.birth.earliest, ageAtStart.aboveYears);
}

function stateOf(
	rule: ClockRule,
	start: Start,
	facts: HoldFacts,
	chronicle: Chronicle,
	policy: Policy,
	restDays: RestDays,
	above: readonly Clock[]
): ClockState {
	if (!start.known) return { status: 'not_started', because: start.because };
	const { today } = facts;
	const reckoned = reckon(rule, start.date, facts, policy, restDays, above);
	const period: ClockPeriod = {
		start: reckoned.start,
		startFrom: start.from,
		raw: reckoned.raw,
		lastDay: reckoned.lastDay,
		openFrom: addDays(reckoned.lastDay, 1),
		provisional:
			reckoned.provisional || (start.comesAfter !== undefined && periodOf(start.comesAfter)?.provisional === true),
		daysPassed: Math.max(0, daysBetween(reckoned.start, today)),
		daysLeft: Math.max(0, daysBetween(today, reckoned.lastDay)),
		steps: reckoned.steps
	};
	if (start.comesAfter && start.comesAfter.status !== 'elapsed') {
		return { status: 'not_started', because: { code: 'clock_before', clock: start.comesAfter.id }, planned: period };
	}

	const past = today > period.lastDay;
	switch (rule.kind) {
		case 'deadline': {
			const met = metBy(rule, facts, chronicle, period.start);
			if (met) {
				return {
					status: 'met',
					...(met.date !== undefined && { metOn: met.date }),
					late: met.date !== undefined && met.date > period.lastDay,
					...period
				};
			}
			// A provisional deadline is shown as overdue all the same: nobody is harmed by acting a few days early.
			return past ? { status: 'overdue', ...period } : { status: 'running', heldBy: [], ...period };
		}
		case 'waiting':
		case 'notice':
		case 'reconsideration':
		case 'minAge': {
			const heldBy: HeldBy[] = [];
			if (period.provisional) heldBy.push('provisional');
			if (facts.unknownEntries) heldBy.push('unknown_entries');
			if (facts.filesDisagree) heldBy.push('files_disagree');
			if (reckoned.standsStill) heldBy.push('claim');
			return past && heldBy.length === 0 ? { status: 'elapsed', ...period } : { status: 'running', heldBy, ...period };
		}
	}
}

/** What met a deadline first. A paper without a date meets it, without saying when. */
function metBy(
	rule: ClockRule,
	facts: HoldFacts,
	chronicle: Chronicle,
	start: CivilDate
): { readonly date?: CivilDate } | undefined {
	const dates: (CivilDate | undefined)[] = [];
	for (const by of rule.metBy ?? []) {
		if ('document' in by) {
			for (const document of facts.documents) if (document.code === by.document) dates.push(document.date);
		} else {
			const event =
				by.fact === 'transfer' ? chronicle.first(by.fact) : chronicle.all(by.fact).find((e) => e.date >= start);
			if (event) dates.push(event.date);
		}
	}
	if (dates.length === 0) return undefined;
	const known = dates.filter((date) => date !== undefined).sort();
	return known[0] === undefined ? {} : { date: known[0] };
}

interface Reckoned extends LastDay {
	/** The start that counts: after a restart the day the claim was decided. */
	readonly start: CivilDate;
	readonly steps: readonly Step[];
	/** An open claim suspends or will restart it: the last day is only what it would be if the claim ended today. */
	readonly standsStill: boolean;
}

function reckon(
	rule: ClockRule,
	start: CivilDate,
	facts: HoldFacts,
	policy: Policy,
	restDays: RestDays,
	above: readonly Clock[]
): Reckoned {
	switch (rule.claimEffect ?? 'block') {
		case 'block':
			return withoutClaims(rule, start, policy, restDays, above);
		case 'suspend':
			return suspended(rule, start, facts, policy, restDays);
		case 'restart':
			return restarted(rule, start, facts, policy, restDays);
	}
}

function withoutClaims(
	rule: ClockRule,
	start: CivilDate,
	policy: Policy,
	restDays: RestDays,
	above: readonly Clock[]
): Reckoned {
	let raw = counted(rule, start, policy);
	const steps: Step[] = [countedStep(rule, start, raw)];
	const excluded = rule.excludes === undefined ? undefined : above.find((clock) => clock.id === rule.excludes);
	const gap = excluded && periodOf(excluded);
	let leansOn: ClockPeriod | undefined;
	if (excluded && gap) {
		// The notice's days are those after its start, up to its last; only those inside the review are left out of it.
		const from = laterOf(gap.start, start);
		if (from < raw && gap.lastDay > from) {
			const days = daysBetween(from, gap.lastDay);
			raw = addDays(raw, days);
			leansOn = gap;
			steps.push({ step: 'suspended', by: { clock: excluded.id }, from, to: gap.lastDay, days, raw });
		}
	}
	const reckoned = finished(start, raw, steps, false, policy, restDays);
	// What leaves out the days up to a provisional day is as provisional as that day.
	return leansOn?.provisional === true ? { ...reckoned, provisional: true } : reckoned;
}

/**
 * The days a claim is open are added to the raw last day; days of two claims at once count once. A claim opened after the
 * last day finds the period complete and moves nothing. One opened while the last day rolls over rest days leaves nothing to
 * count but its own end.
 */
function suspended(rule: ClockRule, start: CivilDate, facts: HoldFacts, policy: Policy, restDays: RestDays): Reckoned {
	let raw = counted(rule, start, policy);
	const steps: Step[] = [countedStep(rule, start, raw)];
	let standsStill = false;
	let covered = start;
	for (const claim of facts.claims) {
		const end = laterOf(claim.closedOn ?? earlierOf(facts.today, LAST_PLAUSIBLE), claim.openedOn);
		if (claim.openedOn > rolled(raw, policy.calendar, restDays).lastDay) continue;
		if (isOpen(claim)) standsStill = true;
		const from = laterOf(claim.openedOn, covered);
		if (end <= from) continue;
		const days = daysBetween(from, end);
		raw = addDays(laterOf(raw, from), days);
		covered = end;
		steps.push({ step: 'suspended', by: { claim: claim.id }, from, to: end, days, raw });
	}
	return finished(start, raw, steps, standsStill, policy, restDays);
}

/** The period starts anew from the day a claim was decided, if the claim was opened before the period was over. */
function restarted(rule: ClockRule, start: CivilDate, facts: HoldFacts, policy: Policy, restDays: RestDays): Reckoned {
	let from = start;
	let raw = counted(rule, start, policy);
	const steps: Step[] = [countedStep(rule, start, raw)];
	let standsStill = false;
	for (const claim of facts.claims) {
		if (claim.openedOn > rolled(raw, policy.calendar, restDays).lastDay) continue;
		if (isOpen(claim)) standsStill = true;
		const end = laterOf(claim.closedOn ?? earlierOf(facts.today, LAST_PLAUSIBLE), claim.openedOn);
		if (end <= from) continue;
		from = end;
		raw = counted(rule, from, policy);
		steps.push({ step: 'restarted', claim: claim.id, start: from, raw });
	}
	return finished(from, raw, steps, standsStill, policy, restDays);
}

function finished(
	start: CivilDate,
	raw: CivilDate,
	steps: readonly Step[],
	standsStill: boolean,
	policy: Policy,
	restDays: RestDays
): Reckoned {
	const end = rolled(raw, policy.calendar, restDays);
	const roll: Step[] = end.lastDay === raw ? [] : [{ step: 'rolled', raw, lastDay: end.lastDay }];
	return { start, ...end, steps: [...steps, ...roll], standsStill };
}

function counted(rule: ClockRule, start: CivilDate, policy: Policy): CivilDate {
	return rawLastDay({ start, amount: rule.amount, unit: rule.unit }, policy.calendar);
}

function countedStep(rule: ClockRule, start: CivilDate, raw: CivilDate): Step {
	return { step: 'counted', start, amount: rule.amount, unit: rule.unit, raw };
}
