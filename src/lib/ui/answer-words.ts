import { codeName } from '#lib/domain/codes/tables.ts';
import { fieldDefinition, type Answer, type Birth, type FieldKey, type Place } from '#lib/domain/intake/fields.ts';
import type { PartialDate } from '#lib/domain/time.ts';
import { forms } from '#lib/messages/fields.ts';
import { inBrackets, type Translate } from '#lib/messages/message.ts';

/** What an answer says, as one line: the value in words, "not known", or "not now". */
export function answerWords(key: FieldKey, answer: Answer<unknown>, t: Translate): string {
	switch (answer.state) {
		case 'unknown':
			return t(forms.unknown);
		case 'notNow':
			return t(forms.notNow);
		case 'known':
			return valueWords(key, answer.value, t);
	}
}

function valueWords(key: FieldKey, value: unknown, t: Translate): string {
	const kind = fieldDefinition(key).value;
	switch (kind.kind) {
		case 'line':
		case 'text':
		case 'phone':
		case 'date':
		case 'time':
			return String(value);
		case 'partialDate':
			return partialDateWords(value as PartialDate, t);
		case 'birth':
			return birthWords(value as Birth);
		case 'choice': {
			const name = codeName(kind.table, String(value));
			return name ? t(name) : String(value);
		}
		case 'yesNo':
			return t(value === true ? forms.yes : forms.no);
		case 'quantity':
			return `${String(value)} ${t(forms[kind.unit])}`;
		case 'place':
			return (value as Place).text;
	}
}

/** `约 2026-03（“麦收的时候”）`: as much of the date as is known, and the words it was given in. */
export function partialDateWords(date: PartialDate, t: Translate): string {
	const two = (n: number) => String(n).padStart(2, '0');
	const known = [
		String(date.y),
		...(date.m === undefined ? [] : [two(date.m)]),
		...(date.d === undefined ? [] : [two(date.d)])
	].join('-');
	const about = date.approx ? `${t(forms.about)} ${known}` : known;
	return date.text ? t(inBrackets, { what: about, more: date.text }) : about;
}

export function birthWords(birth: Birth): string {
	return birth.precision === 'exact' ? birth.date : `${birth.earliest} – ${birth.latest}`;
}
