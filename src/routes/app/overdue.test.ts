import { expect, test } from 'vitest';
import { overdueDays } from './overdue.ts';

const recorded = '2026-11-20T09:00:00+08:00';
const after = (hours: number) => Date.parse(recorded) + hours * 3_600_000;

test('a person is asked to carry the unsent out from the third day on, and told how long it has waited', () => {
	expect(overdueDays(recorded, after(71))).toBeUndefined();
	expect(overdueDays(recorded, after(72))).toBe(3);
	expect(overdueDays(recorded, after(24 * 30 + 5))).toBe(30);
});

test('nothing unsent is never overdue, nor is what was recorded by a clock ahead of today', () => {
	expect(overdueDays(undefined, after(1000))).toBeUndefined();
	expect(overdueDays(recorded, after(-24))).toBeUndefined();
});
