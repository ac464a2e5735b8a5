/**
 * Rest-day calendars: the days over which a last day rolls. Weekends, statutory holidays and the days moved beside them are rest
 * days; weekend days worked for a holiday are not. A year without a table has weekends only, and is not `isPublished`.
 */
import { z } from 'zod';
import { err, ok, type Result } from '../result.ts';
import { fromDayNumber, parseCivilDate, toDayNumber, toParts, weekdayOfDayNumber } from '../time.ts';
import chinaTable from './data/cn-rest-days.json' with { type: 'json' };
import type { PolicyCalendar } from './policy.ts';

/** Days are day numbers (`toDayNumber`). */
export interface RestDays {
	isRestDay(day: number): boolean;
	/** false: the year's holidays are not published, so that an answer about this day may change. */
	isPublished(day: number): boolean;
	/** Years with a table, ascending. */
	readonly years: readonly number[];
}

/** 'MM-DD' of one year, separated by blanks. */
const daysOfYearSchema = z.string().regex(/^(\d{2}-\d{2}( \d{2}-\d{2})*)?$/);

export const restDayTableSchema = z.strictObject({
	calendar: z.literal('CN'),
	source: z.string().min(1),
	years: z.record(z.string().regex(/^\d{4}$/), z.strictObject({ rest: daysOfYearSchema, work: daysOfYearSchema }))
});
export type RestDayTable = Readonly<z.infer<typeof restDayTableSchema>>;

export type RestDayTableProblem =
	| {
			readonly type: 'not_a_rest_day_table';
			readonly problems: readonly { readonly at: string; readonly message: string }[];
	  }
	| { readonly type: 'no_such_day'; readonly year: string; readonly day: string }
	| { readonly type: 'rest_and_work'; readonly year: string; readonly day: string };

/** Reads a table (parsed JSON). Gaps between years are allowed: a year that is missing is not published. */
export function readRestDays(table: unknown): Result<RestDays, RestDayTableProblem> {
	const parsed = parseRestDayTable(table);
	return parsed.ok ? restDaysIn(parsed.value) : parsed;
}

/** The form alone; whether every day exists is for `restDaysIn` to say. */
export function parseRestDayTable(table: unknown): Result<RestDayTable, RestDayTableProblem> {
	const parsed = restDayTableSchema.safeParse(table);
	if (parsed.success) return ok(parsed.data);
	const problems = parsed.error.issues.map((issue) => ({ at: issue.path.join('.'), message: issue.message }));
	return err({ type: 'not_a_rest_day_table', problems });
}

/** One table out of several: a later table's year replaces an earlier one's. */
export function mergeRestDayTables(tables: readonly [RestDayTable, ...RestDayTable[]]): RestDayTable {
	const years = Object.assign({}, ...tables.map((table) => table.years)) as RestDayTable['years'];
	return { calendar: 'CN', source: tables.map(({ source }) => source).join('; '), years };
}

/** The days of a table. */
export function restDaysIn(table: RestDayTable): Result<RestDays, RestDayTableProblem> {
	const rest = new Set<number>();
	const work = new Set<number>();
	for (const [year, days] of Object.entries(table.years)) {
		for (const [kind, into] of [
			[days.rest, rest],
			[days.work, work]
		] as const) {
			for (const day of kind === '' ? [] : kind.split(' ')) {
				const date = parseCivilDate(`${year}-${day}`);
				if (!date.ok) return err({ type: 'no_such_day', year, day });
				const number = toDayNumber(date.value);
				if (into === work && rest.has(number)) return err({ type: 'rest_and_work', year, day });
				into.add(number);
			}
		}
	}
	const years = Object.keys(table.years)
		.map(Number)
		.sort((a, b) => a - b);
	return ok(restDaysOf(years, rest, work));
}

/** The table that comes with the program: 2004 to 2026 (data/SOURCES.md). */
export const builtInRestDayTable: RestDayTable = builtInTable();

/** Its days. */
export const chinaRestDays: RestDays = builtIn();

/** For a calendar that does not roll: no day is a rest day and nothing waits for a publication. */
export const noRestDays: RestDays = { isRestDay: () => false, isPublished: () => true, years: [] };

/** The rest days that come with the program for a policy's calendar. */
export function restDaysFor(calendar: PolicyCalendar): RestDays {
	switch (calendar.restDays) {
		case 'CN':
			return chinaRestDays;
		case 'none':
			return noRestDays;
	}
}

function builtInTable(): RestDayTable {
	const parsed = parseRestDayTable(chinaTable);
	if (!parsed.ok) throw new Error(`data/cn-rest-days.json: ${JSON.stringify(parsed.error)}`);
	return parsed.value;
}

function builtIn(): RestDays {
	const read = restDaysIn(builtInRestDayTable);
	if (!read.ok) throw new Error(`data/cn-rest-days.json: ${JSON.stringify(read.error)}`);
	return read.value;
}

function restDaysOf(years: readonly number[], rest: ReadonlySet<number>, work: ReadonlySet<number>): RestDays {
	const published = new Set(years);
	return {
		years,
		isRestDay: (day) => rest.has(day) || (weekdayOfDayNumber(day) >= 6 && !work.has(day)),
		isPublished: (day) => published.has(toParts(fromDayNumber(day)).year)
	};
}
