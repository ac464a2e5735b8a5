/**
 * Civil dates: the days of documents, hand-overs, notices and births. A civil date has no hour and no time zone; it is the
 * day as written on the paper. Why not `Date` and not Temporal: docs/adr/0003-civil-dates.md.
 */
import { z } from 'zod';
import { err, ok, type Result } from './result.ts';

/** The one form a civil date has, in memory, in entries and in the database: 'YYYY-MM-DD', years 0001 to 9999. Sorts as text. */
export type CivilDate = z.infer<typeof civilDateSchema>;

/** Accepts only a day that exists: '2025-02-29' is refused. */
export const civilDateSchema = z
	.string()
	.regex(/^\d{4}-\d{2}-\d{2}$/, { abort: true, error: 'not_a_civil_date' })
	.refine(existsAsDay, { error: 'not_a_civil_date' })
	.brand<'CivilDate'>();

export interface NotACivilDate {
	readonly type: 'not_a_civil_date';
	readonly text: string;
	/** `form`: not written YYYY-MM-DD; `day`: written well, but there is no such day. */
	readonly because: 'form' | 'day';
}

/** Reads 'YYYY-MM-DD'. Nothing else is guessed: no slashes, no two-digit years, no blanks around it. */
export function parseCivilDate(text: string): Result<CivilDate, NotACivilDate> {
	const parsed = civilDateSchema.safeParse(text);
	if (parsed.success) return ok(parsed.data);
	return err({ type: 'not_a_civil_date', text, because: /^\d{4}-\d{2}-\d{2}$/.test(text) ? 'day' : 'form' });
}

/** A civil date the program itself writes down (rule data, tests). Throws a RangeError for a day that does not exist. */
export function civilDate(text: string): CivilDate {
	const parsed = parseCivilDate(text);
	if (!parsed.ok) throw new RangeError(`There is no day '${text}'; write YYYY-MM-DD, years 0001 to 9999.`);
	return parsed.value;
}

/** Year, month 1-12 and day 1-31 of a date. Inverse of `fromParts`. */
export function toParts(date: CivilDate): { year: number; month: number; day: number } {
	return { year: digits(date, 0, 4), month: digits(date, 5, 7), day: digits(date, 8, 10) };
}

/** Throws a RangeError when there is no such day. Inverse of `toParts`. */
export function fromParts(year: number, month: number, day: number): CivilDate {
	if (!isDay(year, month, day)) throw new RangeError(`There is no day ${day} of month ${month} in the year ${year}.`);
	return written(year, month, day) as CivilDate;
}

/**
 * Days since 1970-01-01 (negative before), in the proleptic Gregorian calendar. Inverse of `fromDayNumber`.
 * Howard Hinnant's days_from_civil: years begin in March, so that the leap day is the last day of the year.
 */
export function toDayNumber(date: CivilDate): number {
	const { year, month, day } = toParts(date);
	const marchYear = month <= 2 ? year - 1 : year;
	const era = Math.floor(marchYear / 400);
	const yearOfEra = marchYear - era * 400;
	const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
	const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
	return era * 146_097 + dayOfEra - 719_468;
}

/** Throws a RangeError outside the years 0001 to 9999. Inverse of `toDayNumber`. */
export function fromDayNumber(dayNumber: number): CivilDate {
	if (!Number.isInteger(dayNumber) || dayNumber < FIRST_DAY || dayNumber > LAST_DAY) {
		throw new RangeError(`Day ${dayNumber} lies outside the years 0001 to 9999.`);
	}
	const shifted = dayNumber + 719_468;
	const era = Math.floor(shifted / 146_097);
	const dayOfEra = shifted - era * 146_097;
	const yearOfEra = Math.floor(
		(dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365
	);
	const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
	const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
	const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
	const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
	return written(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day) as CivilDate;
}

/** 0001-01-01 and 9999-12-31 as day numbers. */
const FIRST_DAY = -719_162;
const LAST_DAY = 2_932_896;

/** Throws a RangeError outside the years 0001 to 9999, as do `addMonths` and `addYears`. */
export function addDays(date: CivilDate, days: number): CivilDate {
	return fromDayNumber(toDayNumber(date) + days);
}

/**
 * The corresponding day of the month `months` later, or that month's last day where there is none: Civil Code art. 202
 * 到期月的对应日为期间的最后一日；没有对应日的，月末日为期间的最后一日. Add ONCE from the start: twelve single months from 31 August end on the 28th.
 */
export function addMonths(date: CivilDate, months: number): CivilDate {
	const { year, month, day } = toParts(date);
	const monthCount = year * 12 + (month - 1) + months;
	const targetYear = Math.floor(monthCount / 12);
	const targetMonth = monthCount - targetYear * 12 + 1;
	return fromParts(targetYear, targetMonth, Math.min(day, daysInMonth(targetYear, targetMonth)));
}

/** As `addMonths` with twelve months a year: born on 29 February 2016 is 18 on 28 February 2034. */
export function addYears(date: CivilDate, years: number): CivilDate {
	return addMonths(date, years * 12);
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
	return toDayNumber(to) - toDayNumber(from);
}

/** 1 = Monday … 7 = Sunday (ISO 8601). */
export function weekday(date: CivilDate): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
	return weekdayOfDayNumber(toDayNumber(date));
}

/** As `weekday`, for a day number. 1970-01-01 was a Thursday. */
export function weekdayOfDayNumber(dayNumber: number): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
	return (((((dayNumber + 3) % 7) + 7) % 7) + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7;
}

/** For `sort`: negative when `a` is earlier, 0 when the same day. */
export function compareDates(a: CivilDate, b: CivilDate): -1 | 0 | 1 {
	return a < b ? -1 : a > b ? 1 : 0;
}

export function earlierOf(a: CivilDate, b: CivilDate): CivilDate {
	return a <= b ? a : b;
}

export function laterOf(a: CivilDate, b: CivilDate): CivilDate {
	return a >= b ? a : b;
}

export function isLeapYear(year: number): boolean {
	return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** `month` is 1-12. */
export function daysInMonth(year: number, month: number): number {
	if (month === 2) return isLeapYear(year) ? 29 : 28;
	return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * The civil date that the wall calendar of `timeZone` (IANA name, such as 'Asia/Shanghai') shows at an instant in milliseconds
 * since 1970. The instant comes in by the door; this file reads no clock. Throws a RangeError for an unknown time zone or
 * an instant outside the years 0001 to 9999.
 */
export function civilDateAt(epochMs: number, timeZone: string): CivilDate {
	const parts = calendarOf(timeZone).formatToParts(epochMs);
	const number = (type: 'year' | 'month' | 'day') => Number(parts.find((part) => part.type === type)?.value);
	if (parts.find((part) => part.type === 'era')?.value !== 'AD') {
		throw new RangeError('An instant before the year 0001 has no civil date here.');
	}
	return fromParts(number('year'), number('month'), number('day'));
}

/** Making a formatter costs about 50 µs, using one about 2 µs; a registry knows a handful of zones. */
const calendars = new Map<string, Intl.DateTimeFormat>();

function calendarOf(timeZone: string): Intl.DateTimeFormat {
	const known = calendars.get(timeZone);
	if (known) return known;
	const made = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
		timeZone,
		era: 'short',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric'
	});
	calendars.set(timeZone, made);
	return made;
}

/**
 * A date as people know it: a year alone, a year and a month, or a day. `approx` marks an estimate ("about four years old");
 * `text` keeps the words it was given in (a lunar date, "before the rice harvest").
 */
export type PartialDate = z.infer<typeof partialDateSchema>;

export const partialDateSchema = z
	.strictObject({
		y: z.int().min(1).max(9999),
		m: z.int().min(1).max(12).optional(),
		d: z.int().min(1).max(31).optional(),
		approx: z.boolean().optional(),
		text: z.string().max(200).optional()
	})
	.refine((date) => date.d === undefined || date.m !== undefined, { path: ['m'], error: 'day_without_month' })
	.refine((date) => date.m === undefined || date.d === undefined || date.d <= daysInMonth(date.y, date.m), {
		path: ['d'],
		error: 'not_a_civil_date'
	});

/**
 * The first day a partial date can mean. An `approx` date is bounded by what is written, no wider: how far an estimate may
 * be out is the estimator's to say, as two partial dates.
 */
export function earliest(date: PartialDate): CivilDate {
	return fromParts(date.y, date.m ?? 1, date.d ?? 1);
}

/** The last day a partial date can mean. */
export function latest(date: PartialDate): CivilDate {
	const month = date.m ?? 12;
	return fromParts(date.y, month, date.d ?? daysInMonth(date.y, month));
}

function existsAsDay(text: string): boolean {
	return isDay(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
}

function isDay(year: number, month: number, day: number): boolean {
	if (!Number.isInteger(year) || !Number.isInteger(month) || !Number.isInteger(day)) return false;
	return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

function digits(text: string, from: number, to: number): number {
	let value = 0;
	for (let i = from; i < to; i++) value = value * 10 + (text.charCodeAt(i) - 48);
	return value;
}

function written(year: number, month: number, day: number): string {
	return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
