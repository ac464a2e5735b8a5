import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import ErrorSummary from './ErrorSummary.svelte';

const errors = [
	{ field: 'the-date', message: '没有 2025-02-29 这一天。' },
	{ field: 'the-name', message: '还没有名字。' }
];

test('takes the focus when there is something to say, and says how much', async () => {
	const screen = await render(ErrorSummary, { errors: [] as typeof errors });
	expect(document.querySelector('.errs')).toBeNull();
	await screen.rerender({ errors });
	await expect.element(screen.getByRole('alert')).toHaveFocus();
	await expect.element(screen.getByRole('heading')).toHaveTextContent('错误：有 2 处要改');
});

test('each line goes to its field', async () => {
	const input = document.createElement('input');
	input.id = 'the-name';
	document.body.append(input);
	const screen = await render(ErrorSummary, { errors });
	await screen.getByRole('link', { name: '还没有名字。' }).click();
	expect(document.activeElement).toBe(input);
	input.remove();
});

test('where the field is on another page, the page is told instead', async () => {
	const asked: string[] = [];
	const screen = await render(ErrorSummary, { errors, ongo: (field: string) => asked.push(field) });
	await screen.getByRole('link', { name: /2025-02-29/ }).click();
	expect(asked).toEqual(['the-date']);
});
