import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { writeEnrolCode, type TypedEnrolCode } from '#lib/domain/enrol-code.ts';
import CodeInput from './CodeInput.svelte';

const code = writeEnrolCode(Uint8Array.from({ length: 16 }, (_, index) => index * 11 + 3));

async function shown(judged = false) {
	let last: TypedEnrolCode | undefined;
	const screen = await render(CodeInput, {
		id: 'code',
		value: '',
		judged,
		onchange: (typed: TypedEnrolCode) => {
			last = typed;
			void screen.rerender({ value: typed.signs });
		}
	});
	return { screen, last: () => last };
}

test('a code typed in small letters is shown in groups and known to be good', async () => {
	const { screen, last } = await shown();
	await userEvent.type(screen.getByRole('textbox'), code.toLowerCase());
	expect(last()).toEqual({ state: 'good', signs: code });
	await expect.element(screen.getByRole('textbox')).toHaveValue(code.replace(/(.{4})(?=.)/g, '$1-'));
	await expect.element(screen.getByText('登记码写对了')).toBeVisible();
});

test('a slip is told by the check sign, before the network is asked', async () => {
	const { screen } = await shown();
	const slipped = (code[3] === '7' ? '8' : '7') + code.slice(1, 3) + code[0] + code.slice(4);
	await userEvent.fill(screen.getByRole('textbox'), slipped);
	await expect.element(screen.getByRole('textbox')).toHaveAccessibleDescription(/校验符对不上/);
});

test('an unfinished code is no error while it is typed, only when it was sent', async () => {
	const { screen } = await shown();
	await userEvent.fill(screen.getByRole('textbox'), code.slice(0, 20));
	await expect.element(screen.getByRole('textbox')).not.toHaveAttribute('aria-invalid');
	await screen.rerender({ judged: true });
	await expect.element(screen.getByRole('textbox')).toHaveAccessibleDescription(/还差 7 个字符/);
});
