import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { civilDate } from '#lib/domain/time.ts';
import Ring from './Ring.svelte';

const days = {
	status: 'running',
	start: civilDate('2026-03-24'),
	lastDay: civilDate('2027-03-24'),
	daysPassed: 243,
	daysLeft: 122,
	provisional: false,
	halted: false
} as const;

test('the ring says in words what it draws', async () => {
	const screen = await render(Ring, { days });
	await expect
		.element(screen.getByRole('img'))
		.toHaveAccessibleName('十二个月寻亲期：从 2026-03-24 起，已过 243 天，还剩 122 天，2027-03-24 期满。');
	expect(document.querySelector('.done')?.getAttribute('stroke-dasharray')).toBe('243 365');
	expect(document.querySelector('.ticks')?.getAttribute('d')?.match(/M/g)).toHaveLength(12);
});

test('a provisional last day is never shown without saying so', async () => {
	const screen = await render(Ring, { days: { ...days, provisional: true } });
	await expect.element(screen.getByRole('img')).toHaveAccessibleName(/日子是暂定的/);
});

test('a ring that has not begun draws nothing passed', async () => {
	const screen = await render(Ring, { days: { status: 'not_started' } });
	await expect.element(screen.getByRole('img')).toHaveAccessibleName('十二个月寻亲期还没有起算。');
	expect(document.querySelector('.done')).toBeNull();
});

test('an overrun clock draws a full ring and no more', async () => {
	await render(Ring, { days: { ...days, status: 'over', daysPassed: 420, daysLeft: 0 } });
	expect(document.querySelector('.done')?.getAttribute('stroke-dasharray')).toBe('365 365');
});
