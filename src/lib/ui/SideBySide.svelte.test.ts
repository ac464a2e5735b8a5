import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { differing } from './differing.ts';
import SideBySide from './SideBySide.svelte';

const [left = [], right = []] = differing(['四川省凉山州西昌市', '四川省凉山州喜德县']);
const sides = [
	{ key: 'a', pieces: left, by: ['这台平板 · 李秀兰'] },
	{ key: 'b', pieces: right, by: ['登记处 · 王警官'], because: ['依据：嫌疑人笔录'] }
];

test('marks only what differs, and says who said it and why', async () => {
	const screen = await render(SideBySide, { title: '被拐地点', name: 'p', sides });
	expect([...document.querySelectorAll('mark')].map(({ textContent }) => textContent)).toEqual(['西昌市', '喜德县']);
	await expect.element(screen.getByText('依据：嫌疑人笔录')).toBeVisible();
	expect(document.querySelectorAll('input')).toHaveLength(0);
});

test('is chosen with the keyboard like any group of radio buttons', async () => {
	const chosen: string[] = [];
	const both = { lead: '两个都要：', text: '西昌市；喜德县' };
	const screen = await render(SideBySide, {
		title: '被拐地点',
		name: 'p',
		sides,
		both,
		onchoose: (key: string) => chosen.push(key)
	});
	await expect.element(screen.getByRole('group', { name: '被拐地点' })).toBeVisible();
	await userEvent.tab();
	await userEvent.keyboard(' {ArrowDown}{ArrowDown}');
	expect(chosen).toEqual(['a', 'b', 'both']);
});

test('where nobody chooses between the sides only both can be taken', async () => {
	const both = { lead: '都留着：', text: '两段' };
	await render(SideBySide, { title: '说过的话', name: 'p', sides, both, onlyBoth: true, onchoose: () => undefined });
	expect([...document.querySelectorAll('input')].map(({ value }) => value)).toEqual(['both']);
});
