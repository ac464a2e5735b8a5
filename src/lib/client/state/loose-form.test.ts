import { expect, test } from 'vitest';
import { civilDate } from '#lib/domain/time.ts';
import { LooseForm } from './loose-form.svelte.ts';

const day = civilDate('2026-11-22');
const at = '2026-11-22T15:00:00+08:00';

function filled(change: Partial<LooseForm['texts']> = {}) {
	const form = new LooseForm();
	for (const [field, text] of Object.entries({
		name: ' 赵值班 ',
		phone: '110',
		house: '救助站',
		where: '汽车站',
		...change
	}))
		form.set(field as keyof LooseForm['texts'], text ?? '');
	return form;
}

test('who, where and when are enough: a half-known child is still a child', () => {
	const form = filled();
	expect(form.problems(day)).toEqual([]);
	expect(form.content(day, at)).toEqual({
		loose: {
			who: { name: '赵值班', phone: '110', house: '救助站' },
			found: { where: '汽车站', on: day },
			recordedAt: at
		}
	});
});

test('what is missing or wrong is named by its field', () => {
	expect(new LooseForm().problems(undefined).map(({ field }) => field)).toEqual([
		'name',
		'phone',
		'house',
		'where',
		'on'
	]);
	expect(filled({ phone: '12' }).problems(day)).toEqual([{ field: 'phone', problem: 'phone_short' }]);
	for (const age of ['四', '-1', '26', '3.5'])
		expect(filled({ age }).problems(day), age).toEqual([{ field: 'age', problem: 'age_wrong' }]);
	expect(filled({ age: '４' }).content(day, at).loose.child).toEqual({ age: 4 });
});

test('two photos of 400 kB fit and go along; a third or a heavier one is not taken', () => {
	const form = filled();
	expect(form.addPhoto(new Uint8Array(400_001))).toBe(false);
	expect(form.addPhoto(new Uint8Array(400_000))).toBe(true);
	expect(form.addPhoto(new Uint8Array([1]))).toBe(true);
	expect(form.addPhoto(new Uint8Array([2]))).toBe(false);
	expect(form.content(day, at).photos).toHaveLength(2);
	form.clear();
	expect(form.touched).toBe(false);
});
