/**
 * The hold against a second, naive reckoning which shares no code with it: a list of days, walked one by one, and the holiday
 * tables read straight from the npm package.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilDate } from '../time.ts';
import { periodOf } from './clock.ts';
import type { HoldClaim, HoldFacts } from './facts.ts';
import { computeHold } from './hold.ts';
import { claimEffects, type ClaimEffect } from './policy.ts';
import { chinaRestDays } from './rest-days.ts';
import { event, factsOf, notice, withClaimEffect } from './worked-examples.ts';

interface History {
	readonly handovers: readonly string[];
	readonly noticeOn: string;
	readonly registryNoticeOn: string;
	readonly claims: readonly { readonly id: string; readonly opened: string; readonly closed?: string }[];
	readonly effect: ClaimEffect;
	readonly today: string;
	readonly unknownEntries: boolean;
}

describe('ten thousand random histories', () => {
	it('are reckoned as by walking day by day', () => {
		fc.assert(
			fc.property(histories(), (history) => {
				expect(engine(history)).toEqual(reference(history));
			}),
			{ numRuns: 10_000 }
		);
	}, 120_000);
});

// ---------------------------------------------------------------- the engine, asked

function engine(history: History): unknown {
	const claims = history.claims.map(({ id, opened, closed }): HoldClaim => {
		if (closed === undefined) return { id, openedOn: civilDate(opened) };
		return { id, openedOn: civilDate(opened), closedOn: civilDate(closed), outcome: 'refused' };
	});
	const facts: HoldFacts = {
		...factsOf(
			[
				...history.handovers.map((date) => event('police_handover', date)),
				...notice(history.noticeOn),
				event('registry_notice_published', history.registryNoticeOn)
			],
			history.today
		),
		claims,
		unknownEntries: history.unknownEntries
	};
	const hold = computeHold(facts, withClaimEffect(history.effect), chinaRestDays);
	const dates = (id: string) => {
		const clock = hold.clocks.find((each) => each.id === id);
		const period = clock && periodOf(clock);
		return period && [period.raw, period.lastDay, period.provisional];
	};
	return {
		proof: dates('temp-proof'),
		notice: dates('search-notice'),
		move: dates('station-handover'),
		hold: dates('hold'),
		registry: dates('registration-notice'),
		status: hold.status,
		disputed: hold.blockers.some((blocker) => blocker.code === 'date_dispute'),
		halted: hold.blockers.some((blocker) => blocker.code === 'open_claim')
	};
}

// ---------------------------------------------------------------- the second reckoning

/** Every day from 2003 to 2040 in order, made by counting. 1 January 2003 was a Wednesday. */
const days: string[] = [];
const restDay: boolean[] = [];
const at = new Map<string, number>();
const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
let weekday = 3;
for (let year = 2003; year <= 2040; year++) {
	const table = tableOf(year);
	for (let month = 1; month <= 12; month++) {
		const length = month === 2 && year % 4 === 0 ? 29 : (lengths[month - 1] ?? 0);
		for (let day = 1; day <= length; day++) {
			const text = [year, month, day].map((part) => String(part).padStart(2, '0')).join('-');
			at.set(text, days.length);
			days.push(text);
			const weekend = weekday === 6 || weekday === 7;
			restDay.push(text in table.holidays || (weekend && !(text in table.workdays)));
			weekday = (weekday % 7) + 1;
		}
	}
}

function tableOf(year: number): Record<'holidays' | 'workdays', Record<string, string>> {
	if (year < 2004 || year > 2026) return { holidays: {}, workdays: {} };
	const file = new URL(`../../../../node_modules/chinese-days/dist/years/${year}.json`, import.meta.url);
	return JSON.parse(readFileSync(file, 'utf8'));
}

function reference(history: History): unknown {
	const handover = Math.max(...history.handovers.map(index));
	const noticeEnd = rolled(index(history.noticeOn) + 30);
	const hold = heldBack(handover, history);
	const end = rolled(hold.raw);
	const over = index(history.today) > end.last && !end.provisional && !hold.standsStill && !history.unknownEntries;
	const told = (raw: number, alsoProvisional = false) => {
		const { last, provisional } = rolled(raw);
		return [days[raw], days[last], provisional || alsoProvisional];
	};
	return {
		proof: told(monthsAfter(handover, 1)),
		notice: told(index(history.noticeOn) + 30),
		move: told(noticeEnd.last + 7, noticeEnd.provisional),
		hold: told(hold.raw),
		registry: told(index(history.registryNoticeOn) + 60),
		status: over ? 'elapsed' : 'running',
		disputed: new Set(history.handovers).size > 1,
		halted: history.claims.some(({ closed }) => closed === undefined)
	};
}

/** Walks to the day with the same number in the n-th month after, or to that month's last day. */
function monthsAfter(start: number, months: number): number {
	const number = days[start]?.slice(8);
	let crossed = 0;
	for (let day = start + 1; ; day++) {
		if (days[day]?.endsWith('-01')) crossed++;
		if (crossed === months && (days[day]?.slice(8) === number || days[day + 1]?.endsWith('-01'))) return day;
	}
}

function rolled(raw: number): { last: number; provisional: boolean } {
	const published = (day: number) => Number(days[day]?.slice(0, 4)) <= 2026 && Number(days[day]?.slice(0, 4)) >= 2004;
	let last = raw;
	let provisional = !published(raw);
	while (restDay[last]) {
		last++;
		if (!published(last)) provisional = true;
	}
	return { last, provisional };
}

function heldBack(start: number, history: History): { raw: number; standsStill: boolean } {
	const claims = history.claims.map(({ opened, closed }) => {
		const from = index(opened);
		return { from, to: Math.max(from, index(closed ?? history.today)), open: closed === undefined };
	});
	const stillOpen = (raw: number) => claims.some(({ open, from }) => open && from <= rolled(raw).last);
	if (history.effect === 'suspend') {
		const raw = walked(start, monthsAfter(start, 12) - start, claims);
		return { raw, standsStill: stillOpen(raw) };
	}
	if (history.effect === 'restart') {
		let from = start;
		for (;;) {
			const raw = monthsAfter(from, 12);
			const again = claims.find((claim) => claim.from <= rolled(raw).last && claim.to > from);
			if (!again) return { raw, standsStill: stillOpen(raw) };
			from = again.to;
		}
	}
	return { raw: monthsAfter(start, 12), standsStill: false };
}

/** Takes `count` steps forward; a day on which a claim is open is no step. */
function walked(start: number, count: number, claims: readonly { from: number; to: number }[]): number {
	let left = count;
	for (let day = start; ;) {
		if (claims.some(({ from, to }) => from <= day && day < to)) {
			day++;
			continue;
		}
		if (left > 0) {
			left--;
			day++;
			continue;
		}
		// The last day has come, but rolls over rest days: a claim filed on those still stops it.
		const { last } = rolled(day);
		const filed = claims.filter(({ from, to }) => from > day && from <= last && to > from).map(({ from }) => from);
		if (filed.length === 0) return day;
		day = Math.min(...filed);
	}
}

function index(date: string): number {
	const found = at.get(date);
	if (found === undefined) throw new Error(`${date} is not among the days walked`);
	return found;
}

// ---------------------------------------------------------------- random histories

function histories(): fc.Arbitrary<History> {
	const between = (from: string, to: string) =>
		fc.integer({ min: index(from), max: index(to) }).map((day) => days[day] ?? '');
	// Month ends and leap days are where calendars go wrong; chance alone would seldom meet them.
	const monthEnds = days.filter((day, i) => day > '2005' && day < '2027' && days[i + 1]?.endsWith('-01'));
	const start = fc.oneof(
		between('2005-01-01', '2026-12-31'),
		fc.constantFrom(...monthEnds),
		fc.constantFrom('2008-02-29', '2024-02-29')
	);
	const offset = (from: string, least: number, most: number) =>
		fc.integer({ min: least, max: most }).map((days_) => days[index(from) + days_] ?? '');
	return start.chain((first) => {
		const claim = fc
			.tuple(offset(first, -20, 420), fc.option(fc.integer({ min: 0, max: 120 }), { freq: 6 }))
			.map(([opened, length]) =>
				length === null ? { opened } : { opened, closed: days[index(opened) + length] ?? '' }
			);
		return fc.record({
			handovers: fc.oneof(
				{ weight: 4, arbitrary: fc.constant([first]) },
				{ weight: 1, arbitrary: offset(first, 0, 40).map((other) => [first, other]) }
			),
			noticeOn: offset(first, 0, 60),
			registryNoticeOn: offset(first, 360, 800),
			claims: fc
				.array(claim, { maxLength: 4 })
				.map((claims) => claims.map((each, i) => ({ id: `claim-${i}`, ...each }))),
			effect: fc.constantFrom(...claimEffects),
			// The device's clock: up to a year before the facts, up to three years after.
			today: offset(first, -366, 1100),
			unknownEntries: fc.boolean()
		});
	});
}
