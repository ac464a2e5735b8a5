import { careSchema, type Care, type CareKind } from '#lib/domain/care/care.ts';
import type { CodeTableId } from '#lib/domain/intake/fields.ts';
import { careForm } from '#lib/messages/care.ts';
import { fieldLabels, forms } from '#lib/messages/fields.ts';
import type { Message, Translate } from '#lib/messages/message.ts';
import { faultWords } from '#lib/ui/field/field-input.ts';
import { readQuantity } from '#lib/ui/field/typed.ts';

/** How one field of a care entry is asked for. */
export type CareField =
	| { readonly name: string; readonly label: Message; readonly kind: 'line' | 'words'; readonly needed?: true }
	| {
			readonly name: string;
			readonly label: Message;
			readonly kind: 'choice';
			readonly table: CodeTableId;
			readonly needed: true;
	  }
	| {
			readonly name: string;
			readonly label: Message;
			readonly kind: 'measure';
			readonly unit: Message | undefined;
			readonly from: number;
			readonly to: number;
			readonly whole?: true;
	  };

const note: CareField = { name: 'note', label: careForm.note, kind: 'words' };
const place: CareField = { name: 'place', label: careForm.place, kind: 'line' };

/** The form of every kind, in the order of the screen; the bounds are those of the schema in domain/care. */
export const careFields: Readonly<Record<CareKind, readonly CareField[]>> = {
	daily: [{ ...note, needed: true }],
	health: [
		{ name: 'finding', label: careForm.finding, kind: 'words', needed: true },
		{ name: 'temperature', label: careForm.temperature, kind: 'measure', unit: forms.celsius, from: 30, to: 45 },
		{ name: 'treatment', label: careForm.treatment, kind: 'words' },
		place
	],
	growth: [
		{ name: 'height', label: fieldLabels.height, kind: 'measure', unit: forms.cm, from: 20, to: 220 },
		{ name: 'weight', label: fieldLabels.weight, kind: 'measure', unit: forms.kg, from: 0.3, to: 150 },
		{ name: 'headSize', label: fieldLabels.headSize, kind: 'measure', unit: forms.cm, from: 15, to: 70 }
	],
	vaccination: [
		{ name: 'vaccine', label: careForm.vaccine, kind: 'choice', table: 'vaccine', needed: true },
		{ name: 'dose', label: careForm.dose, kind: 'measure', unit: undefined, from: 1, to: 20, whole: true },
		{ name: 'vaccineName', label: careForm.vaccineName, kind: 'line' },
		{ name: 'batch', label: careForm.batch, kind: 'line' },
		place
	],
	schooling: [
		{ name: 'stage', label: careForm.stage, kind: 'choice', table: 'schoolStage', needed: true },
		{ name: 'school', label: careForm.school, kind: 'line' },
		{ name: 'grade', label: careForm.grade, kind: 'line' },
		note
	],
	incident: [
		{ name: 'incident', label: careForm.incident, kind: 'choice', table: 'incidentKind', needed: true },
		{ name: 'description', label: careForm.description, kind: 'words', needed: true },
		{ name: 'action', label: careForm.action, kind: 'words' }
	],
	visit: [
		{ name: 'relation', label: careForm.relation, kind: 'choice', table: 'visitorRelation', needed: true },
		{ name: 'visitor', label: careForm.visitor, kind: 'line', needed: true },
		note
	],
	placement: [
		{ name: 'placement', label: careForm.placement, kind: 'choice', table: 'placement', needed: true },
		{ name: 'place', label: careForm.place, kind: 'line', needed: true },
		note
	]
};

/** What is wrong with a form, by the name of the field; empty where it can be recorded. */
export function careErrors(
	kind: CareKind,
	values: Readonly<Record<string, string>>,
	t: Translate
): Readonly<Record<string, string>> {
	const errors: Record<string, string> = {};
	for (const field of careFields[kind]) {
		const text = (values[field.name] ?? '').trim();
		const label = t(field.label);
		if (field.kind === 'measure') {
			const read = readQuantity(text, field.from, field.to);
			if (field.whole && text !== '' && (read.state !== 'good' || !Number.isInteger(read.value))) {
				errors[field.name] = t(careForm.doseWrong);
			} else if (read.state === 'unfinished') {
				errors[field.name] = faultWords(read.fault, label, field.unit ? t(field.unit) : '', t);
			}
		} else if (field.needed && text === '') {
			errors[field.name] = t(careForm.needed, { label });
		}
	}
	if (kind === 'growth' && careFields.growth.every((field) => (values[field.name] ?? '').trim() === '')) {
		errors['height'] = t(careForm.growthEmpty);
	}
	return errors;
}

/** A care entry as the boxes of its form. Inverse of `careOf`. */
export function careTexts(care: Care): Readonly<Record<string, string>> {
	const said: Readonly<Record<string, string | number | undefined>> = care;
	return Object.fromEntries(careFields[care.kind].map(({ name }) => [name, String(said[name] ?? '')]));
}

/** The care entry of a form without errors. Throws where `careErrors` had something to say. Inverse of `careTexts`. */
export function careOf(kind: CareKind, values: Readonly<Record<string, string>>): Care {
	const said: Record<string, string | number> = { kind };
	for (const field of careFields[kind]) {
		const text = (values[field.name] ?? '').trim();
		if (text === '') continue;
		if (field.kind !== 'measure') said[field.name] = text;
		else {
			const read = readQuantity(text, field.from, field.to);
			if (read.state === 'good') said[field.name] = read.value;
		}
	}
	return careSchema.parse(said);
}
