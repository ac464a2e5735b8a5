import { fieldState, items, type CaseFile } from '#lib/domain/case-file/case-file.ts';
import { fieldDefinition, fieldKeys, type Answer, type FieldKey, type IntakeStep } from '#lib/domain/intake/fields.ts';

/*
 * What an intake needs before it is submitted. Nothing is needed to save. "Not known" answers everything; "not now"
 * answers what can come later. The fields are those that start a clock, name the paper behind it, or are on the public
 * list of the 2015 platform (RULEBOOK 3.1, 8.1, 8.2).
 */
export const neededFields = [
	'handoverDate',
	'noticeNumber',
	'noticeDate',
	'issuingBureau',
	'admissionBasis',
	'sex',
	'birth',
	'placeTaken',
	'dateRescued',
	'height',
	'features',
	'clothing',
	'ownAccount'
] as const satisfies readonly FieldKey[];

/** Any one of these is a name. */
export const nameFields = ['nameGiven', 'nameAssigned', 'nameCalled'] as const satisfies readonly FieldKey[];

export type Need =
	| { readonly type: 'name'; readonly step: IntakeStep; readonly field: FieldKey }
	| { readonly type: 'field'; readonly step: IntakeStep; readonly field: FieldKey }
	| { readonly type: 'front_photo'; readonly step: IntakeStep }
	| { readonly type: 'sample'; readonly step: IntakeStep };

/** The answers as they would stand once the open form is recorded. */
export type AnswerOf = (key: FieldKey) => Answer<unknown> | undefined;

/**
 * What is still missing, in the order of the screen.
 *
 * @param photosNotNow somebody said that the child cannot be photographed now
 */
export function needsOf(file: CaseFile, answerOf: AnswerOf, photosNotNow: boolean): readonly Need[] {
	const needs: Need[] = [];
	for (const field of fieldKeys) {
		const step = fieldDefinition(field).step;
		if (field === 'nameGiven' && nameFields.every((name) => answerOf(name) === undefined)) {
			needs.push({ type: 'name', step, field });
		}
		if ((neededFields as readonly FieldKey[]).includes(field) && answerOf(field) === undefined) {
			needs.push({ type: 'field', step, field });
		}
	}
	if (!photosNotNow && !items(file, 'photo').some((photo) => photo.value.view === 'front')) {
		needs.push({ type: 'front_photo', step: 'photos' });
	}
	if (items(file, 'sample').length === 0 && answerOf('sampleReference') === undefined) {
		needs.push({ type: 'sample', step: 'sample' });
	}
	return needs;
}

/** What the file says of a field now, a conflict counting as answered: it is settled on the child's page. */
export function recordedAnswer(file: CaseFile, key: FieldKey): Answer<unknown> | undefined {
	const state = fieldState(file, key);
	switch (state.status) {
		case 'empty':
			return undefined;
		case 'settled':
			return state.answer;
		case 'conflict':
			return state.versions[0]?.value;
	}
}
