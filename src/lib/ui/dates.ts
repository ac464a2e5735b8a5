import { civilDateAt, toDayNumber, type CivilDate } from '#lib/domain/time.ts';
import type { Locale } from '#lib/messages/message.ts';

/*
 * Dates as people read them. Legal dates are shown as YYYY-MM-DD in both languages: nobody can mistake day and month.
 */

const zone = 'Asia/Shanghai';

/** `11月22日 星期日`, `Sunday 22 November`. */
export function longDay(date: CivilDate, locale: Locale): string {
	// A civil date has no time zone: it is formatted as the UTC day of its number.
	return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'zh-CN', {
		timeZone: 'UTC',
		weekday: 'long',
		month: 'long',
		day: 'numeric'
	}).format(toDayNumber(date) * 86_400_000);
}

/** `2026年12月1日`, `1 December 2026`: for who does not read numbers with hyphens as a date. */
export function dayInFull(date: CivilDate, locale: Locale): string {
	return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'zh-CN', {
		timeZone: 'UTC',
		year: 'numeric',
		month: 'long',
		day: 'numeric'
	}).format(toDayNumber(date) * 86_400_000);
}

/** `03-24` within the year of `today`, else `2025-03-24`. */
export function shortDate(date: CivilDate, today: CivilDate): string {
	return date.slice(0, 4) === today.slice(0, 4) ? date.slice(5) : date;
}

/** The clock on the wall at an instant, `09:14`. */
export function clockTime(instant: string): string {
	return new Intl.DateTimeFormat('en-GB', {
		timeZone: zone,
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23'
	}).format(Date.parse(instant));
}

/** The civil date and the clock of an instant, for "saved at", "received at". */
export function dayAndTime(instant: string): { day: CivilDate; time: string } {
	return { day: civilDateAt(Date.parse(instant), zone), time: clockTime(instant) };
}

/** The hour 0-23 of an instant, for the greeting. */
export function hourOf(instant: number): number {
	return Number(
		new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(instant)
	);
}

/** Bytes in words people know: `1.2 MB`. */
export function byteWords(bytes: number): string {
	if (bytes < 1000) return `${bytes} B`;
	if (bytes < 999_500) return `${(bytes / 1000).toFixed(0)} KB`;
	if (bytes < 999_500_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
	return `${(bytes / 1_000_000_000).toFixed(1)} GB`;
}
