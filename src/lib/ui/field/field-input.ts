import { fieldDefinition, type Answer, type FieldKey } from '#lib/domain/intake/fields.ts';
import { fieldLabels, forms } from '#lib/messages/fields.ts';
import type { Translate } from '#lib/messages/message.ts';
import {
	readDate,
	readPartialDate,
	readQuantity,
	readTime,
	type DateText,
	type PartialDateText,
	type TypedFault
} from './typed.ts';

/** What stands in one field of a form: an answer, and text that is not an answer yet. */
export interface FieldInput {
	readonly answer?: Answer<unknown>;
	/** What was typed so far, as the control writes it; kept in the draft so that nothing typed is lost. */
	readonly raw?: string;
}

export interface BirthText {
	readonly precision: 'exact' | 'range';
	readonly exact: DateText;
	readonly earliest: DateText;
	readonly latest: DateText;
}

/** Why the text of a field is no answer yet, for a person; undefined where there is nothing wrong. */
export function inputFault(key: FieldKey, input: FieldInput, t: Translate): string | undefined {
	if (input.raw === undefined) return undefined;
	const label = t(fieldLabels[key]);
	const fault = typedFault(key, input.raw);
	if (fault === undefined) return undefined;
	return faultWords(fault, label, unitOf(key, t), t);
}

/** The sentence for text that cannot be read, naming the field and the way out. */
export function faultWords(fault: TypedFault, label: string, unit: string, t: Translate): string {
	switch (fault.type) {
		case 'date_incomplete':
			return t(forms.dateIncomplete, { label });
		case 'date_year':
			return t(forms.dateYear, { label });
		case 'date_missing':
			return t(forms.dateMissing, { label, date: fault.date });
		case 'partial_needs_year':
			return t(forms.partialNeedsYear, { label });
		case 'partial_needs_month':
			return t(forms.partialNeedsMonth, { label });
		case 'birth_reversed':
			return t(forms.birthReversed, { label });
		case 'time_wrong':
			return t(forms.timeWrong, { label });
		case 'number_wrong':
			return t(forms.numberWrong, { label });
		case 'number_range':
			return t(forms.numberRange, { label, from: fault.from, to: fault.to, unit });
	}
}

function unitOf(key: FieldKey, t: Translate): string {
	const kind = fieldDefinition(key).value;
	return kind.kind === 'quantity' ? t(forms[kind.unit]) : '';
}

function typedFault(key: FieldKey, raw: string): TypedFault | undefined {
	const kind = fieldDefinition(key).value;
	const fault = (typed: { state: 'empty' } | { state: 'good' } | { state: 'unfinished'; fault: TypedFault }) =>
		typed.state === 'unfinished' ? typed.fault : undefined;
	switch (kind.kind) {
		case 'date':
			return fault(readDate(JSON.parse(raw) as DateText));
		case 'partialDate':
			return fault(readPartialDate(JSON.parse(raw) as PartialDateText));
		case 'time': {
			const { hour, minute } = JSON.parse(raw) as { hour: string; minute: string };
			return fault(readTime(hour, minute));
		}
		case 'birth':
			return birthFault(JSON.parse(raw) as BirthText);
		case 'quantity':
			return fault(readQuantity(raw, kind.minimum, kind.maximum));
		case 'line':
		case 'text':
		case 'phone':
		case 'choice':
		case 'yesNo':
		case 'place':
			return undefined;
	}
}

export function birthFault(text: BirthText): TypedFault | undefined {
	if (text.precision === 'exact') {
		const exact = readDate(text.exact);
		return exact.state === 'unfinished' ? exact.fault : undefined;
	}
	const earliest = readDate(text.earliest);
	const latest = readDate(text.latest);
	if (earliest.state === 'unfinished') return earliest.fault;
	if (latest.state === 'unfinished') return latest.fault;
	if (earliest.state === 'empty' && latest.state === 'empty') return undefined;
	if (earliest.state === 'empty' || latest.state === 'empty') return { type: 'date_incomplete' };
	return earliest.value > latest.value ? { type: 'birth_reversed' } : undefined;
}
