import { describe, expect, test } from 'vitest';
import { contactAfter, daysOf, elapsedAt, type ElapsedTime } from './contact.ts';

const day = 86_400_000;

describe('a tablet without its registry', () => {
	test('warns from the 21st day, closes reading after the 30th and recording after the 90th', () => {
		const stages = [0, 20.9, 21, 30, 30.01, 90, 90.01, 4000].map((days) => contactAfter(days, undefined).stage);
		expect(stages).toEqual([
			'normal',
			'normal',
			'warning',
			'warning',
			'reading_locked',
			'reading_locked',
			'sending_only',
			'sending_only'
		]);
	});

	test('says how many days are left until the next stage', () => {
		expect(contactAfter(24.2, undefined)).toMatchObject({ days: 24, daysLeft: 6 });
		expect(contactAfter(91, undefined)).toMatchObject({ days: 91, daysLeft: undefined });
	});
});

describe('time without the registry', () => {
	const contact: ElapsedTime = { elapsed: 0, seen: 1000 * day };
	const days = (...clock: number[]) => daysOf(clock.reduce((time, now) => elapsedAt(time, now * day), contact));

	test('is not won by a clock that is set back, once or every evening', () => {
		expect(days(1025, 660, 690)).toBe(55);
		const everyEvening = Array.from({ length: 31 }, () => [1001, 1000]).flat();
		expect(days(...everyEvening)).toBe(31);
	});

	test('runs ahead with a clock that is set forward, and does not come back with it', () => {
		expect(days(1365, 1001, 1002)).toBe(366);
	});
});
