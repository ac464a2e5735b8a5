import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import NewPin from './NewPin.svelte';

async function shown() {
	const set: string[] = [];
	const screen = await render(NewPin, {
		id: 'pin',
		label: '新的 PIN 码',
		again: '再输入一遍',
		set: '就用它',
		leave: '取消',
		busy: false,
		onset: (pin: string) => set.push(pin),
		onleave: () => undefined
	});
	const [first, again] = [screen.getByLabelText('新的 PIN 码'), screen.getByLabelText('再输入一遍')];
	return { screen, set, first, again, send: () => screen.getByRole('button', { name: '就用它' }).click() };
}

test('a PIN that is easily guessed is refused aloud, and the box is ready for another', async () => {
	const { screen, set, first, again, send } = await shown();
	await userEvent.fill(first, '123456');
	await userEvent.fill(again, '123456');
	await send();
	await expect.element(screen.getByRole('alert')).toHaveTextContent('太容易猜');
	await expect.element(first).toHaveFocus();
	expect(set).toEqual([]);
});

test('two PINs that differ are told at the second box, and typing takes the words away', async () => {
	const { screen, set, first, again, send } = await shown();
	await userEvent.fill(first, '274916');
	await userEvent.fill(again, '274915');
	await send();
	await expect.element(again).toHaveAccessibleDescription(/不一样/);
	await expect.element(again).toHaveFocus();
	// While it is written anew nobody is told that it is unfinished.
	await userEvent.fill(again, '2');
	expect(screen.getByRole('alert').query()).toBeNull();
	await userEvent.fill(again, '274916');
	await send();
	expect(set).toEqual(['274916']);
});
