import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { computeHold } from '#lib/domain/hold/hold.ts';
import { restDaysFor } from '#lib/domain/hold/rest-days.ts';
import { factsOf, withClaimEffect } from '#lib/domain/hold/worked-examples.ts';
import type { ClaimEffect } from '#lib/domain/hold/policy.ts';
import { civilDate } from '#lib/domain/time.ts';
import ClaimBlock from './ClaimBlock.svelte';

const handover = [{ type: 'police_handover', date: civilDate('2026-03-24') }] as const;
const open = (...days: readonly string[]) => days.map((day) => ({ id: day, openedOn: civilDate(day) }));
const holdOf = (effect: ClaimEffect, claims: ReturnType<typeof open>) => {
	const policy = withClaimEffect(effect);
	return computeHold({ ...factsOf(handover, '2026-11-22'), claims }, policy, restDaysFor(policy.calendar));
};

test('a claimed child says the day the claim is in, and that the last day does not move', async () => {
	const screen = await render(ClaimBlock, { hold: holdOf('block', open('2026-11-20', '2026-11-01')) });
	await expect.element(screen.getByText('有人认领，停办第 22 天')).toBeVisible();
	await expect.element(screen.getByText(/期满日 2027-03-24 不变/)).toBeVisible();
});

test('where a policy lets the clock stand still, the day it would end on is said', async () => {
	const screen = await render(ClaimBlock, { hold: holdOf('suspend', open('2026-11-01')) });
	// Twenty-one days later than 2027-03-24, a Wednesday.
	await expect.element(screen.getByText(/期满日是 2027-04-14/)).toBeVisible();
});

test('a child nobody claims says nothing', async () => {
	const screen = await render(ClaimBlock, { hold: holdOf('block', []) });
	expect(screen.container.querySelector('p')).toBeNull();
});
