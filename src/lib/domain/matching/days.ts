import {
	addDays,
	addMonths,
	civilDate,
	earlierOf,
	earliest,
	fromParts,
	laterOf,
	latest,
	toParts,
	type CivilDate,
	type PartialDate
} from '../time.ts';

/** The days something may have been on, both ends included. */
export interface Days {
	readonly from: CivilDate;
	readonly to: CivilDate;
}

/** What a family or a house wrote, as days: an estimate reaches as far to both sides as the part it names is long. */
export function daysOf(date: PartialDate): Days {
	const days = { from: earliest(date), to: latest(date) };
	if (date.approx !== true) return days;
	return widened(days, date.d !== undefined ? 7 : date.m !== undefined ? 31 : 366);
}

/**
 * The days a date of the lunar calendar can be, without a table of it: month m, day d of a lunar year falls 19 to 55
 * days after month m, day d of the civil year with its number, leap months included (1950 to 2050, tried in days.test.ts
 * against the platform's calendar; one more day is allowed at both ends). Coarse beside an exact conversion, and right
 * where a family cannot say whether the month was a leap month.
 */
export function daysOfLunar(date: PartialDate): Days {
	// The lunar calendar has days 29 February and 30 everywhere: read the day as a number of days after the month began.
	const month = date.m ?? 1;
	const first = fromParts(date.y, month, 1);
	const last = fromParts(date.y, date.m ?? 12, 1);
	const days = {
		from: shifted(first, (date.d ?? 1) - 1 + 18),
		to: shifted(last, (date.d ?? 30) - 1 + 56)
	};
	return date.approx === true ? widened(days, date.d !== undefined ? 7 : date.m !== undefined ? 31 : 366) : days;
}

/** How old, and how that was counted. */
export interface AgeSaid {
	readonly years?: number | undefined;
	readonly months?: number | undefined;
	/** "About three", "three or four". */
	readonly about?: boolean | undefined;
	/**
	 * Years of life completed (周岁), or counted from one at birth and one more at each new year (虚岁), as many villages
	 * do; left out where nobody asked, and then both are possible.
	 */
	readonly reckoning?: 'full' | 'nominal' | undefined;
}

/**
 * Carries an age back to the days of birth it allows: "about three when lost in 2013" was born between January 2008 and
 * February 2013.
 * Undefined where neither years nor months are said.
 *
 * @param asOf the days on which the child was so old
 */
export function birthOfAge(age: AgeSaid, asOf: Days): Days | undefined {
	if (age.years === undefined && age.months === undefined) return undefined;
	const years = age.years ?? 0;
	// Whoever says months counts from the birth.
	if (age.months !== undefined) return aboutAge(age, fullMonths(12 * years + age.months, 1, asOf));
	const full = fullMonths(12 * years, 12, asOf);
	const nominal = nominalYears(years, asOf);
	if (age.reckoning === 'full') return aboutAge(age, full);
	if (age.reckoning === 'nominal') return aboutAge(age, nominal);
	return aboutAge(age, hull(full, nominal));
}

export function hull(a: Days, b: Days): Days {
	return { from: earlierOf(a.from, b.from), to: laterOf(a.to, b.to) };
}

export function widened(days: Days, by: number): Days {
	return { from: shifted(days.from, -by), to: shifted(days.to, by) };
}

/** As `addDays`, but stays inside the years that exist: a family may write the year 1, and the search must go on. */
export function shifted(date: CivilDate, days: number): CivilDate {
	try {
		return addDays(date, days);
	} catch {
		return days < 0 ? firstDay : lastDay;
	}
}

/** As `addMonths`, inside the years that exist. */
export function shiftedMonths(date: CivilDate, months: number): CivilDate {
	try {
		return addMonths(date, months);
	} catch {
		return months < 0 ? firstDay : lastDay;
	}
}

const firstDay = civilDate('0001-01-01');
const lastDay = civilDate('9999-12-31');

/** Born so that `months` are completed and fewer than `unit` more. */
function fullMonths(months: number, unit: number, asOf: Days): Days {
	return { from: shifted(shiftedMonths(asOf.from, -(months + unit)), 1), to: shiftedMonths(asOf.to, -months) };
}

/** 虚岁 n in the lunar year L: born in the lunar year L - n + 1. A lunar year begins between 21 January and 20 February. */
function nominalYears(age: number, asOf: Days): Days {
	const from = toParts(asOf.from);
	const to = toParts(asOf.to);
	const firstLunarYear = from.month > 2 || (from.month === 2 && from.day > 20) ? from.year : from.year - 1;
	const lastLunarYear = to.month > 1 || to.day > 20 ? to.year : to.year - 1;
	const since = Math.max(1, age);
	return {
		from: day(firstLunarYear - since + 1, 1, 21),
		to: earlierOf(asOf.to, day(lastLunarYear - since + 2, 2, 20))
	};
}

function aboutAge(age: AgeSaid, days: Days): Days {
	if (age.about !== true) return days;
	return widened(days, (age.years ?? 0) < 3 ? 183 : 366);
}

function day(year: number, month: number, dayOfMonth: number): CivilDate {
	return fromParts(Math.min(9999, Math.max(1, year)), month, dayOfMonth);
}
