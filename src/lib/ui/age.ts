import { toParts, type CivilDate } from '#lib/domain/time.ts';
import { app } from '#lib/messages/app.ts';
import type { Translate } from '#lib/messages/message.ts';

/** Whole months between a birth and a day, as birthdays are counted: the day of the month must have come. */
export function monthsOld(birth: CivilDate, on: CivilDate): number {
	const b = toParts(birth);
	const d = toParts(on);
	return (d.year - b.year) * 12 + d.month - b.month - (d.day < b.day ? 1 : 0);
}

/** The age in words: `4 岁`, `约 4 岁`, `3–5 岁`, `8 个月`. Births are a first and a last possible day. */
export function ageWords(
	earliest: CivilDate | undefined,
	latest: CivilDate | undefined,
	on: CivilDate,
	t: Translate
): string {
	if (earliest === undefined || latest === undefined || latest > on) return t(app.ageUnknown);
	const most = monthsOld(earliest, on);
	const least = monthsOld(latest, on);
	const years = (months: number) => Math.floor(months / 12);
	// Below two years months matter more than years.
	const words = (months: number) =>
		months < 24 ? t(app.ageMonths, { n: months }) : t(app.ageYears, { n: years(months) });
	if (earliest === latest) return words(least);
	if (years(most) === years(least)) return t(app.ageAbout, { age: words(least) });
	if (years(most) - years(least) === 1) return t(app.ageAbout, { age: t(app.ageYears, { n: years(most) }) });
	return t(app.ageBetween, { from: years(least), to: years(most) });
}
