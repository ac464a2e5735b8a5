import type { DaySpan, LunarDays } from '#lib/domain/claim/statement.ts';
import { civilDate, daysInMonth, fromDayNumber, toDayNumber } from '#lib/domain/time.ts';

/*
 * The lunar calendar (农历), from the tables of ICU that Node carries: a year is scanned once, day by day. A child born on
 * 一九九八年闰五月初三 is remembered so and not otherwise.
 */

/** One month of a lunar year. `first` is a day number (domain/time.ts). */
interface LunarMonth {
	readonly m: number;
	readonly leap: boolean;
	readonly first: number;
	readonly length: number;
}

/** Years the tables are trusted for; nobody alive was born earlier. */
const firstYear = 1900;
const lastYear = 2100;

/**
 * The solar days of a lunar year, of one of its months, or of one day. Without `leap` a month that comes twice means both,
 * unless a day is named: then the first, as people who do not say 闰 mean it.
 */
export const lunarDays: LunarDays = ({ y, m, d, leap }) => {
	if (y < firstYear || y > lastYear) return undefined;
	const months = monthsOf(y).filter(
		(month) => m === undefined || (month.m === m && (leap === undefined || month.leap))
	);
	const first = months[0];
	const last = months.at(-1);
	if (!first || !last) return undefined;
	if (d === undefined) return span(first.first, last.first + last.length - 1);
	return d <= first.length ? span(first.first + d - 1, first.first + d - 1) : undefined;
};

function span(from: number, to: number): DaySpan {
	return { earliest: fromDayNumber(from), latest: fromDayNumber(to) };
}

const known = new Map<number, readonly LunarMonth[]>();

function monthsOf(year: number): readonly LunarMonth[] {
	const scanned = known.get(year) ?? scan(year);
	known.set(year, scanned);
	return scanned;
}

/** A lunar year begins between 21 January and 21 February of the solar one and ends before 21 February of the next. */
function scan(year: number): readonly LunarMonth[] {
	const months: LunarMonth[] = [];
	const from = toDayNumber(civilDate(`${year}-01-20`));
	const to = toDayNumber(civilDate(`${year + 1}-02-${daysInMonth(year + 1, 2)}`));
	for (let day = from; day <= to; day++) {
		const parts = calendar.formatToParts(day * 86_400_000);
		const part = (type: string) => parts.find((each) => (each.type as string) === type)?.value ?? '';
		if (part('relatedYear') !== String(year)) continue;
		const name = part('month');
		const m = Number.parseInt(name, 10);
		const leap = name.endsWith('bis');
		const last = months.at(-1);
		if (last && last.m === m && last.leap === leap) months[months.length - 1] = { ...last, length: last.length + 1 };
		else months.push({ m, leap, first: day, length: 1 });
	}
	return months;
}

const calendar = new Intl.DateTimeFormat('en-u-ca-chinese-nu-latn', {
	timeZone: 'UTC',
	year: 'numeric',
	month: 'numeric',
	day: 'numeric'
});
