/** The arithmetic of legal periods: Civil Code art. 200-204 (rule book 9). Pure; knows no claim and no child. */
import { addDays, addMonths, addYears, fromDayNumber, toDayNumber, type CivilDate } from '../time.ts';
import type { PeriodUnit, PolicyCalendar } from './policy.ts';
import type { RestDays } from './rest-days.ts';

export interface Period {
	/** The day of the fact the period runs from. */
	readonly start: CivilDate;
	readonly amount: number;
	readonly unit: PeriodUnit;
}

export interface LastDay {
	/** The last day before rest days are looked at. */
	readonly raw: CivilDate;
	/** The last day of the period; it ends at midnight, so what waits for it may happen from the day after. */
	readonly lastDay: CivilDate;
	/** true: the holidays of a year it depends on are not published; it may move. Nothing may be decided on it. */
	readonly provisional: boolean;
}

/** The last day of a period. Throws a RangeError when it lies outside the years 0001 to 9999. */
export function lastDay(period: Period, calendar: PolicyCalendar, restDays: RestDays): LastDay {
	return rolled(rawLastDay(period, calendar), calendar, restDays);
}

/** The corresponding day, counted once from the start, rest days not looked at (art. 201, 202). */
export function rawLastDay({ start, amount, unit }: Period, calendar: PolicyCalendar): CivilDate {
	const counted = added(start, amount, unit);
	return calendar.countStartDay ? addDays(counted, -1) : counted;
}

/** Moves a last day that is a rest day to the next day that is not (art. 203), as the policy says. */
export function rolled(raw: CivilDate, calendar: PolicyCalendar, restDays: RestDays): LastDay {
	if (calendar.roll === 'none') return { raw, lastDay: raw, provisional: false };
	const first = toDayNumber(raw);
	let day = first;
	let provisional = !restDays.isPublished(day);
	while (restDays.isRestDay(day)) {
		day += 1;
		provisional ||= !restDays.isPublished(day);
	}
	return { raw, lastDay: day === first ? raw : fromDayNumber(day), provisional };
}

function added(start: CivilDate, amount: number, unit: PeriodUnit): CivilDate {
	switch (unit) {
		case 'days':
			return addDays(start, amount);
		case 'weeks':
			return addDays(start, amount * 7);
		case 'months':
			return addMonths(start, amount);
		case 'years':
			return addYears(start, amount);
	}
}
