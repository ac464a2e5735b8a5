/**
 * The hold against a second, naive reckoning which shares no code with it: a list of days, walked one by one, and the holiday
 * tables read straight from the npm package. Histories are of all three claim effects, with several claims, under the country's
 * policy or with a province's additions, with holidays published up to some year and perhaps one table loaded later.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { childHold } from '../case-file/child-hold.ts';
import { fold } from '../case-file/case-file.ts';
import { entryTypes, type EntryType, type ParsedEntry, type PayloadOf } from '../case-file/entry.ts';
import type { ChildId, InstitutionId } from '../ids.ts';
import { civilDate } from '../time.ts';
import { periodOf } from './clock.ts';
import type { HoldClaim, HoldFacts } from './facts.ts';
import { computeHold, type Hold } from './hold.ts';
import { policyFor } from './policy-choice.ts';
import { claimEffects, type ClaimEffect } from './policy.ts';
import { builtInRestDayTable, readRestDays, type RestDays } from './rest-days.ts';
import { builtInRules, type RulesInForce } from './rules.ts';
import { event, factsOf, withClaimEffect } from './worked-examples.ts';

/** Which holidays are known: the real ones up to a year, and perhaps a table of 2027 that was loaded. */
interface World {
	readonly lastYear: number;
	/** 'MM-DD'. */
	readonly loaded?: { readonly rest: readonly string[]; readonly work: readonly string[] };
}

interface History {
	readonly world: World;
	readonly region: string;
	readonly handovers: readonly string[];
	readonly newspaperOn: string;
	readonly platformOn: string;
	readonly registryNoticeOn: string;
	readonly applicationOn: string;
	readonly searchRequestedOn: string;
	readonly guardianshipOn: string;
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

	it('recorded on tablets whose clocks are wrong by up to a year are reckoned alike, whatever the order they came in', () => {
		fc.assert(
			fc.property(recordings(), ({ history, clocks, order }) => {
				const right = fromCaseFile(history, () => 0, []);
				expect(right).toEqual(datesOfFile(reference(history)));
				expect(fromCaseFile(history, (n) => clocks[n % clocks.length] ?? 0, order)).toEqual(right);
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
				{ ...event('notice_published', history.newspaperOn), channel: 'newspaper' },
				{ ...event('notice_published', history.platformOn), channel: 'national_platform' },
				event('registry_notice_published', history.registryNoticeOn),
				event('application', history.applicationOn),
				event('search_requested', history.searchRequestedOn),
				event('temporary_guardianship_start', history.guardianshipOn)
			],
			history.today
		),
		claims,
		unknownEntries: history.unknownEntries
	};
	const { policy, restDays } = policyFor(
		{
			basis: { code: '04' },
			region: history.region,
			startedOn: civilDate([...history.handovers].sort().at(-1) ?? ''),
			temporaryCareNotice: true
		},
		rulesOf(history.world)
	);
	const hold = computeHold(facts, withClaimEffect(history.effect, policy), restDays);
	return {
		policy: policy.id,
		...datesOf(hold),
		registry: dates(hold, 'registration-notice'),
		review: dates(hold, 'registration-review'),
		conclusion: dates(hold, 'police-final-conclusion'),
		guardianship: dates(hold, 'temporary-guardianship-cap'),
		halted: hold.blockers.some((blocker) => blocker.code === 'open_claim')
	};
}

/** What a case file without claims tells. */
function datesOf(hold: Hold) {
	return {
		proof: dates(hold, 'temp-proof'),
		notice: dates(hold, 'search-notice'),
		move: dates(hold, 'station-handover'),
		hold: dates(hold, 'hold'),
		status: hold.status,
		disputed: hold.blockers.some((blocker) => blocker.code === 'date_dispute')
	};
}

function dates(hold: Hold, id: string) {
	const clock = hold.clocks.find((each) => each.id === id);
	const period = clock && periodOf(clock);
	return period && [period.raw, period.lastDay, period.provisional];
}

const rulesMade = new Map<string, RulesInForce>();

/** The table of the world, as an operator's file would bring it. */
function rulesOf(world: World): RulesInForce {
	const key = JSON.stringify(world);
	const known = rulesMade.get(key);
	if (known) return known;
	const years = Object.entries(builtInRestDayTable.years).filter(([year]) => Number(year) <= world.lastYear);
	const { rest, work } = world.loaded ?? { rest: [], work: [] };
	const loaded = world.loaded ? [['2027', { rest: rest.join(' '), work: work.join(' ') }]] : [];
	const table = { calendar: 'CN', source: 'a test', years: Object.fromEntries([...years, ...loaded]) as unknown };
	const read = readRestDays(table);
	if (!read.ok) throw new Error(JSON.stringify(read.error));
	const chinaRestDays: RestDays = read.value;
	const rules = { ...builtInRules, chinaRestDays };
	rulesMade.set(key, rules);
	return rules;
}

// ---------------------------------------------------------------- the same, recorded on tablets

const station = '00000000-0000-7000-8000-00000000a001' as InstitutionId;
const childId = '00000000-0000-7000-8000-00000000c001' as ChildId;

/**
 * The history as a case file: every hand-over date by another tablet that has not seen the others, the printed notice as a
 * paper, the platform's as the desk's approval.
 *
 * @param wrongBy milliseconds the clock of the n-th entry's tablet is wrong by
 */
function fromCaseFile(history: History, wrongBy: (n: number) => number, order: readonly number[]): unknown {
	const entries: ParsedEntry[] = [];
	const tell = <T extends EntryType>(type: T, on: string, payload: PayloadOf<T>) => {
		const n = entries.length + 1;
		const truth = Date.parse(`${on}T10:00:00Z`);
		const entry = {
			id: `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`,
			childId,
			type,
			version: entryTypes[type].version,
			payload,
			replaces: [],
			occurredOn: on,
			recordedAt: new Date(truth + wrongBy(n)).toISOString(),
			staffId: '00000000-0000-7000-8000-0000000000b1',
			institutionId: station,
			deviceId: `00000000-0000-7000-8000-0000000d${String(n).padStart(4, '0')}`,
			deviceSeq: 1,
			previous: null,
			signature: 'A'.repeat(86)
		} as unknown as Extract<ParsedEntry, { known: true }>['entry'];
		entries.push({ known: true, entry });
	};
	for (const date of history.handovers) {
		tell('intake.recorded', date, {
			answers: {
				handoverDate: { state: 'known', value: civilDate(date) },
				admissionBasis: { state: 'known', value: '04' }
			}
		});
	}
	tell('document.recorded', history.newspaperOn, {
		itemId: '00000000-0000-7000-9000-000000000001' as never,
		document: { code: 'DOC-D', date: civilDate(history.newspaperOn) }
	} as PayloadOf<'document.recorded'>);
	tell('notice.approved', history.platformOn, {
		approval: { draftId: '00000000-0000-7000-8000-000000009999', publicNumber: 'LK-0000-0000' }
	} as unknown as PayloadOf<'notice.approved'>);
	const shuffled = [...entries].sort((a, b) => (order[entries.indexOf(a)] ?? 0) - (order[entries.indexOf(b)] ?? 0));
	const { hold, policy } = childHold(fold(childId, shuffled), civilDate(history.today), {
		rules: rulesOf(history.world),
		kindOfHouse: () => 'rescue_station',
		regionOfHouse: () => history.region
	});
	return { policy: policy.id, ...datesOf(hold) };
}

/** What of the second reckoning a case file can tell: it holds no claim here, and nothing of the registration. */
function datesOfFile({ policy, proof, notice, move, hold, status, disputed }: ReturnType<typeof reference>) {
	return { policy, proof, notice, move, hold, status, disputed };
}

// ---------------------------------------------------------------- the second reckoning

/** Every day from 2003 to 2040 in order, made by counting. 1 January 2003 was a Wednesday. */
const days: string[] = [];
const restDay: boolean[] = [];
const weekend: boolean[] = [];
const yearOf: number[] = [];
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
			yearOf.push(year);
			weekend.push(weekday === 6 || weekday === 7);
			restDay.push(text in table.holidays || (weekend.at(-1) === true && !(text in table.workdays)));
			weekday = (weekday % 7) + 1;
		}
	}
}

function tableOf(year: number): Record<'holidays' | 'workdays', Record<string, string>> {
	if (year < 2004 || year > 2026) return { holidays: {}, workdays: {} };
	const file = new URL(`../../../../node_modules/chinese-days/dist/years/${year}.json`, import.meta.url);
	return JSON.parse(readFileSync(file, 'utf8'));
}

function reference(history: History) {
	const { world } = history;
	const handover = Math.max(...history.handovers.map(index));
	const noticeStart = Math.max(index(history.newspaperOn), index(history.platformOn));
	const noticeEnd = rolled(noticeStart + 30, world);
	const registry = rolled(index(history.registryNoticeOn) + 60, world);
	const hold = heldBack(handover, history);
	const end = rolled(hold.raw, world);
	const over = index(history.today) > end.last && !end.provisional && !hold.standsStill && !history.unknownEntries;
	const told = (raw: number, alsoProvisional = false) => {
		const { last, provisional } = rolled(raw, world);
		return [days[raw], days[last], provisional || alsoProvisional];
	};
	const review = reviewed(index(history.applicationOn), index(history.registryNoticeOn), registry.last);
	// Shanghai's additions: in force since 31 December 2024, for a child whose care began by then.
	const shanghai = history.region.startsWith('31') && handover >= index('2024-12-31');
	return {
		policy: shanghai ? 'CN-SH-2025' : 'CN-2015-159',
		proof: told(monthsAfter(handover, 1)),
		notice: told(noticeStart + 30),
		move: told(noticeEnd.last + 7, noticeEnd.provisional),
		hold: told(hold.raw),
		registry: told(index(history.registryNoticeOn) + 60),
		review: told(review.raw, review.leansOn && registry.provisional),
		conclusion: shanghai ? told(monthsAfter(index(history.searchRequestedOn), 6)) : undefined,
		guardianship: shanghai ? told(monthsAfter(index(history.guardianshipOn), 12)) : undefined,
		status: over ? 'elapsed' : 'running',
		disputed: new Set(history.handovers).size > 1,
		halted: history.claims.some(({ closed }) => closed === undefined)
	};
}

/** Thirty steps from the application; the days of the registry's notice are no steps. */
function reviewed(application: number, noticeStart: number, noticeEnd: number): { raw: number; leansOn: boolean } {
	let leansOn = false;
	let day = application;
	for (let left = 30; left > 0;) {
		day++;
		if (day > noticeStart && day <= noticeEnd) leansOn = true;
		else left--;
	}
	return { raw: day, leansOn };
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

function rolled(raw: number, world: World): { last: number; provisional: boolean } {
	let last = raw;
	let provisional = !isPublished(raw, world);
	while (isRest(last, world)) {
		last++;
		if (!isPublished(last, world)) provisional = true;
	}
	return { last, provisional };
}

function isPublished(day: number, { lastYear, loaded }: World): boolean {
	const year = yearOf[day] ?? 0;
	return (year >= 2004 && year <= lastYear) || (year === 2027 && loaded !== undefined);
}

function isRest(day: number, world: World): boolean {
	if (!isPublished(day, world)) return weekend[day] === true;
	if (world.loaded === undefined || yearOf[day] !== 2027) return restDay[day] === true;
	const { rest, work } = world.loaded;
	const text = (days[day] ?? '').slice(5);
	return rest.includes(text) || (weekend[day] === true && !work.includes(text));
}

function heldBack(start: number, history: History): { raw: number; standsStill: boolean } {
	const claims = history.claims.map(({ opened, closed }) => {
		const from = index(opened);
		return { from, to: Math.max(from, index(closed ?? history.today)), open: closed === undefined };
	});
	const stillOpen = (raw: number) => claims.some(({ open, from }) => open && from <= rolled(raw, history.world).last);
	if (history.effect === 'suspend') {
		const raw = walked(start, monthsAfter(start, 12) - start, claims, history.world);
		return { raw, standsStill: stillOpen(raw) };
	}
	if (history.effect === 'restart') {
		let from = start;
		for (;;) {
			const raw = monthsAfter(from, 12);
			const again = claims.find((claim) => claim.from <= rolled(raw, history.world).last && claim.to > from);
			if (!again) return { raw, standsStill: stillOpen(raw) };
			from = again.to;
		}
	}
	return { raw: monthsAfter(start, 12), standsStill: false };
}

/** Takes `count` steps forward; a day on which a claim is open is no step. */
function walked(start: number, count: number, claims: readonly { from: number; to: number }[], world: World): number {
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
		const { last } = rolled(day, world);
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
			world: worlds(),
			region: fc.constantFrom('310104', '530600', '513400'),
			handovers: fc.oneof(
				{ weight: 4, arbitrary: fc.constant([first]) },
				{ weight: 1, arbitrary: offset(first, 0, 40).map((other) => [first, other]) }
			),
			newspaperOn: offset(first, 0, 60),
			platformOn: offset(first, 0, 60),
			registryNoticeOn: offset(first, 360, 800),
			applicationOn: offset(first, 340, 840),
			searchRequestedOn: offset(first, 0, 90),
			guardianshipOn: offset(first, 0, 400),
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

/** Every day of 2027 by its kind, for tables that a State Council might publish. */
const ofYear2027 = days.flatMap((day, i) =>
	day.startsWith('2027') ? [{ day: day.slice(5), weekend: weekend[i] === true }] : []
);

function worlds(): fc.Arbitrary<World> {
	const rest = fc.uniqueArray(fc.constantFrom(...ofYear2027.map(({ day }) => day)), { minLength: 1, maxLength: 30 });
	const weekends = ofYear2027.flatMap((each) => (each.weekend ? [each.day] : []));
	const loaded = fc
		.record({ rest, work: fc.uniqueArray(fc.constantFrom(...weekends), { maxLength: 8 }) })
		.map(({ rest: off, work }) => ({ rest: off, work: work.filter((day) => !off.includes(day)) }));
	const any: fc.Arbitrary<World> = fc.oneof(
		fc.integer({ min: 2006, max: 2025 }).map((lastYear) => ({ lastYear })),
		loaded.map((table) => ({ lastYear: 2026, loaded: table })),
		// A gap: 2027 is known, 2026 is not.
		loaded.map((table) => ({ lastYear: 2025, loaded: table }))
	);
	// A hundred of them: reading a table takes longer than reckoning a child.
	return fc.constantFrom<World>({ lastYear: 2026 }, ...fc.sample(any, { numRuns: 100, seed: 2027 }));
}

/** A history with no claims, and how wrong each tablet's clock is: up to a year either way. */
function recordings() {
	const year = 366 * 86_400_000;
	return fc.record({
		history: histories().map((history) => ({ ...history, claims: [], unknownEntries: false })),
		clocks: fc.array(fc.integer({ min: -year, max: year }), { minLength: 1, maxLength: 5 }),
		order: fc.array(fc.integer(), { minLength: 5, maxLength: 5 })
	});
}
