import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { FieldKey } from '#lib/domain/intake/fields.ts';
import { civilDate } from '#lib/domain/time.ts';
import { inputFault, type FieldInput } from './field-input.ts';
import { translator } from '#lib/messages/message.ts';
import FieldControl from './FieldControl.svelte';

const t = translator('zh-CN');
const today = civilDate('2026-11-22');

/** The control with a form around it: what it says is what it is shown next. */
async function shown(field: FieldKey, input: FieldInput = {}) {
	const said: FieldInput[] = [];
	const screen = await render(FieldControl, {
		field,
		input,
		today,
		onchange: (next: FieldInput) => {
			said.push(next);
			void screen.rerender({ input: next });
		}
	});
	return { screen, last: () => said.at(-1) };
}

test('a date typed box by box is an answer only when it is whole', async () => {
	const { screen, last } = await shown('handoverDate');
	await userEvent.fill(screen.getByLabelText('年'), '2026');
	await userEvent.fill(screen.getByLabelText('月'), '3');
	expect(last()?.answer).toBeUndefined();
	await userEvent.fill(screen.getByLabelText('日', { exact: true }), '4');
	expect(last()).toEqual({ answer: { state: 'known', value: '2026-03-04' } });
});

test('a day that does not exist stays in the boxes, is no answer, and is named', async () => {
	const { screen, last } = await shown('noticeDate', { raw: JSON.stringify({ year: '2025', month: '2', day: '28' }) });
	await userEvent.fill(screen.getByLabelText('日', { exact: true }), '29');
	await expect.element(screen.getByLabelText('日', { exact: true })).toHaveValue('29');
	expect(last()?.answer).toBeUndefined();
	expect(inputFault('noticeDate', last() ?? {}, t)).toContain('2025-02-29');
});

test('today and yesterday are one tap', async () => {
	const { screen, last } = await shown('handoverDate');
	await screen.getByRole('button', { name: '昨天' }).click();
	expect(last()).toEqual({ answer: { state: 'known', value: '2026-11-21' } });
	await expect.element(screen.getByLabelText('日', { exact: true })).toHaveValue('21');
});

test('every kind of field can be answered with not known, and the answer taken back', async () => {
	for (const field of [
		'caseNumber',
		'handoverDate',
		'handoverTime',
		'sex',
		'ethnicity',
		'birth',
		'placeTaken',
		'dateTaken',
		'height',
		'isolation',
		'ownAccount',
		'policePhone'
	] as const) {
		const { screen, last } = await shown(field);
		await screen.getByRole('button', { name: /不知道/ }).click();
		expect([field, last()]).toEqual([field, { answer: { state: 'unknown' } }]);
		await screen.getByRole('button', { name: /改为填写/ }).click();
		expect([field, last()]).toEqual([field, {}]);
		await screen.unmount();
	}
});

test('a measure out of range is kept as typed and asked about', async () => {
	const { screen, last } = await shown('height');
	await userEvent.fill(screen.getByRole('textbox'), '960');
	expect(last()).toEqual({ raw: '960' });
	expect(inputFault('height', { raw: '960' }, t)).toContain('20 到 220 厘米');
	await userEvent.fill(screen.getByRole('textbox'), '96,0');
	expect(last()).toEqual({ answer: { state: 'known', value: 96 } });
});

test('an age becomes the range of days the child can have been born on', async () => {
	const { screen, last } = await shown('birth');
	await screen.getByRole('radio', { name: '只能估计一个范围' }).click();
	await userEvent.fill(screen.getByLabelText('至少几岁'), '4');
	await userEvent.fill(screen.getByLabelText('至多几岁'), '5');
	await screen.getByRole('button', { name: '换成日期范围' }).click();
	expect(last()).toEqual({
		answer: { state: 'known', value: { precision: 'range', earliest: '2020-11-23', latest: '2022-11-22' } }
	});
});

test('a place is chosen from wide to narrow, in the districts of a year, and the words follow', async () => {
	const { screen, last } = await shown('placeTaken');
	await screen.getByLabelText('省份').selectOptions('河北省');
	await screen.getByLabelText('地市').selectOptions('唐山市');
	expect(last()?.answer).toEqual({
		state: 'known',
		value: { code: '130200', revision: '2024-12', text: '河北省唐山市' }
	});
	await userEvent.fill(screen.getByLabelText('原话或详细地点'), '火车站边上的集市');
	expect(last()?.answer).toMatchObject({ value: { code: '130200', text: '火车站边上的集市' } });
	await screen.getByLabelText('按哪一年的区划').selectOptions('2002-12');
	expect(last()?.answer).toMatchObject({ value: { code: '130200', revision: '2002-12', text: '火车站边上的集市' } });
});

test('free words alone are a place', async () => {
	const { screen, last } = await shown('placeRescued');
	await userEvent.fill(screen.getByLabelText('原话或详细地点'), '邻省一处砖厂');
	expect(last()).toEqual({ answer: { state: 'known', value: { text: '邻省一处砖厂' } } });
	await userEvent.fill(screen.getByLabelText('原话或详细地点'), '');
	expect(last()).toEqual({});
});

test('the error stands at the control and is read with it', async () => {
	const screen = await render(FieldControl, {
		field: 'caseNumber',
		input: {},
		today,
		error: '请填写编号。',
		onchange: () => {}
	});
	const box = screen.getByRole('textbox', { name: '编号' });
	await expect.element(box).toHaveAttribute('aria-invalid', 'true');
	await expect.element(box).toHaveAccessibleDescription(/请填写编号/);
});
