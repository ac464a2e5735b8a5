import {
	addDays,
	addYears,
	civilDateSchema,
	partialDateSchema,
	type CivilDate,
	type PartialDate
} from '#lib/domain/time.ts';

/*
 * What people type into the boxes of a form, read without guessing. Unfinished typing is never thrown away: a form keeps
 * the text (`raw`) beside the answer until it can be read.
 */

/** A control's content: an answer, text that is none yet, or neither. */
export type Typed<V> =
	| { readonly state: 'empty' }
	| { readonly state: 'good'; readonly value: V }
	| { readonly state: 'unfinished'; readonly fault: TypedFault };

export type TypedFault =
	| { readonly type: 'date_incomplete' }
	| { readonly type: 'date_year' }
	| { readonly type: 'date_missing'; readonly date: string }
	| { readonly type: 'partial_needs_year' }
	| { readonly type: 'partial_needs_month' }
	| { readonly type: 'birth_reversed' }
	| { readonly type: 'time_wrong' }
	| { readonly type: 'number_wrong' }
	| { readonly type: 'number_range'; readonly from: number; readonly to: number };

/** The three boxes of a date, as typed. */
export interface DateText {
	readonly year: string;
	readonly month: string;
	readonly day: string;
}

export const noDate: DateText = { year: '', month: '', day: '' };

/** Digits alone; a Chinese keyboard's full-width ones count. */
export function onlyDigits(typed: string, most: number): string {
	return typed.normalize('NFKC').replace(/\D/g, '').slice(0, most);
}

export function dateText(date: CivilDate): DateText {
	const [year = '', month = '', day = ''] = date.split('-');
	return { year, month: String(Number(month)), day: String(Number(day)) };
}

/** A whole date or nothing: 29 February 2025 is refused, not moved. */
export function readDate({ year, month, day }: DateText): Typed<CivilDate> {
	if (year === '' && month === '' && day === '') return { state: 'empty' };
	if (year === '' || month === '' || day === '') return { state: 'unfinished', fault: { type: 'date_incomplete' } };
	if (year.length !== 4) return { state: 'unfinished', fault: { type: 'date_year' } };
	const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
	const parsed = civilDateSchema.safeParse(written);
	if (!parsed.success) return { state: 'unfinished', fault: { type: 'date_missing', date: written } };
	return { state: 'good', value: parsed.data };
}

/** What people know of a date: boxes that may stay empty, "about", and the words they said. */
export interface PartialDateText extends DateText {
	readonly about: boolean;
	readonly words: string;
}

export const noPartialDate: PartialDateText = { ...noDate, about: false, words: '' };

export function partialDateText(date: PartialDate): PartialDateText {
	return {
		year: String(date.y),
		month: date.m === undefined ? '' : String(date.m),
		day: date.d === undefined ? '' : String(date.d),
		about: date.approx ?? false,
		words: date.text ?? ''
	};
}

export function readPartialDate(text: PartialDateText): Typed<PartialDate> {
	const { year, month, day, about } = text;
	const words = text.words.trim();
	if (year === '' && month === '' && day === '' && words === '' && !about) return { state: 'empty' };
	if (year === '') return { state: 'unfinished', fault: { type: 'partial_needs_year' } };
	if (year.length !== 4) return { state: 'unfinished', fault: { type: 'date_year' } };
	if (day !== '' && month === '') return { state: 'unfinished', fault: { type: 'partial_needs_month' } };
	const candidate = {
		y: Number(year),
		...(month !== '' && { m: Number(month) }),
		...(day !== '' && { d: Number(day) }),
		...(about && { approx: true }),
		...(words !== '' && { text: words })
	};
	const parsed = partialDateSchema.safeParse(candidate);
	if (parsed.success) return { state: 'good', value: parsed.data };
	return { state: 'unfinished', fault: { type: 'date_missing', date: [year, month, day].filter(Boolean).join('-') } };
}

/** `14:30` from two boxes; an hour alone is unfinished. */
export function readTime(hour: string, minute: string): Typed<string> {
	if (hour === '' && minute === '') return { state: 'empty' };
	const good = hour !== '' && minute !== '' && Number(hour) < 24 && Number(minute) < 60;
	if (!good) return { state: 'unfinished', fault: { type: 'time_wrong' } };
	return { state: 'good', value: `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}` };
}

/** A measure: full-width digits and a comma for the point are understood; a unit out of range is asked about. */
export function readQuantity(typed: string, from: number, to: number): Typed<number> {
	const text = typed.normalize('NFKC').trim().replace(',', '.').replace('。', '.');
	if (text === '') return { state: 'empty' };
	if (!/^\d+(\.\d+)?$/.test(text)) return { state: 'unfinished', fault: { type: 'number_wrong' } };
	const value = Number(text);
	if (value < from || value > to) return { state: 'unfinished', fault: { type: 'number_range', from, to } };
	return { state: 'good', value };
}

/** The births a child of `from` to `to` whole years can have had, seen from a day. */
export function birthsOfAge(from: number, to: number, on: CivilDate): { earliest: CivilDate; latest: CivilDate } {
	return { earliest: addDays(addYears(on, -(to + 1)), 1), latest: addYears(on, -from) };
}
