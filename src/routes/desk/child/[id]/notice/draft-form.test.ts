import { expect, test } from 'vitest';
import { itemId, modestDraft } from '../../../../../../tests/support/notice-story.ts';
import { draftOf, formOf, readDraftForm } from './draft-form.server.ts';

function sent(fields: Readonly<Record<string, string>>, photos: readonly string[] = []): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) data.set(name, value);
	for (const photo of photos) data.append('photo', photo);
	return data;
}

test('a draft shown in the form and sent again unchanged is the same draft', () => {
	const form = formOf(modestDraft);
	const fields = {
		...form.shown,
		sexCode: form.sexCode,
		ageLeast: form.ageLeast,
		ageMost: form.ageMost,
		regionCode: form.regionCode,
		contactName: form.contactName,
		contactPhone: form.contactPhone,
		note: form.note
	};
	expect(draftOf(readDraftForm(sent(fields, form.photos)))).toEqual({ ok: true, value: modestDraft });
});

test('what is left empty is withheld', () => {
	const draft = draftOf(readDraftForm(sent({ name: '小虎', clothing: '  ', contactPhone: '0870' })));
	expect(draft.ok && draft.value.shown).toEqual({ name: '小虎' });
});

test('photos keep the places they had', () => {
	const data = sent({ contactPhone: '0870', [`place-${itemId(1)}`]: '2', [`place-${itemId(2)}`]: '1' }, [
		itemId(1),
		itemId(2)
	]);
	expect(readDraftForm(data).photos).toEqual([itemId(2), itemId(1)]);
});

test('every field that is wrong is named, and what was typed is kept', () => {
	const form = readDraftForm(
		sent({ name: '虎'.repeat(2001), ageLeast: '60', ageMost: '48', regionCode: '51', contactPhone: '1' })
	);
	const draft = draftOf(form);
	expect(!draft.ok && Object.fromEntries(draft.error.map(({ field, because }) => [field, because]))).toEqual({
		name: 'fieldTooLong',
		ageLeast: 'ageWrong',
		regionCode: 'regionWrong',
		contactPhone: 'phoneNeeded'
	});
	expect(form.ageLeast).toBe('60');
});
