import { addDays, addMonths, civilDate, civilDateAt } from '#lib/domain/time.ts';

/** The registry's civil day, so many days from today. */
export function dayAhead(days: number): string {
	return addDays(civilDateAt(Date.now(), 'Asia/Shanghai'), days);
}

/** A civil day and so many days on; 'YYYY-MM-DD'. */
export function dayAfter(day: string, days: number): string {
	return addDays(civilDate(day), days);
}

/** The same day of the month, twelve months before. */
export function yearBefore(day: string): string {
	return addMonths(civilDate(day), -12);
}
