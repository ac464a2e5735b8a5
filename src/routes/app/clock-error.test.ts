import { expect, test } from 'vitest';
import { clockError } from './clock-error.ts';

const minute = 60_000;

test('a clock less than ten minutes off, or one the registry has not judged, is let be', () => {
	for (const offset of [undefined, 0, 10 * minute - 1, -(10 * minute - 1)]) expect(clockError(offset)).toBeUndefined();
});

test('a wrong clock is told with its direction and its size in the largest unit that fits', () => {
	expect(clockError(10 * minute)).toEqual({ direction: 'behind', count: 10, unit: 'minutes' });
	expect(clockError(-125 * minute)).toEqual({ direction: 'ahead', count: 2, unit: 'hours' });
	expect(clockError(365 * 1440 * minute)).toEqual({ direction: 'behind', count: 365, unit: 'days' });
});
