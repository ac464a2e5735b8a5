import { describe, expect, test } from 'vitest';
import { daysBetween } from '#lib/domain/time.ts';
import { lunarDays } from './lunar.ts';

const one = (y: number, m: number, d: number, leap?: true) => lunarDays({ y, m, d, leap })?.earliest;

describe('a lunar date', () => {
	test.each([
		[1949, 1, 1, '1949-01-29'],
		[1976, 1, 1, '1976-01-31'],
		[1998, 8, 15, '1998-10-05'],
		[2008, 12, 30, '2009-01-25'],
		[2019, 1, 1, '2019-02-05'],
		[2023, 5, 5, '2023-06-22'],
		[2024, 1, 1, '2024-02-10'],
		[2025, 8, 15, '2025-10-06']
	])('%i 年 %i 月 %i 日 is %s', (y, m, d, solar) => {
		expect(lunarDays({ y, m, d })).toEqual({ earliest: solar, latest: solar });
	});

	test('in a month that comes twice is the first one, unless 闰 is said', () => {
		expect(one(2023, 2, 1)).toBe('2023-02-20');
		expect(one(2023, 2, 1, true)).toBe('2023-03-22');
		expect(one(2020, 4, 15)).toBe('2020-05-07');
		expect(one(2020, 4, 15, true)).toBe('2020-06-06');
		expect(one(1984, 10, 1, true)).toBe('1984-11-23');
	});

	test('of a month alone means all its days, both months where it comes twice', () => {
		expect(lunarDays({ y: 2019, m: 1 })).toEqual({ earliest: '2019-02-05', latest: '2019-03-06' });
		expect(lunarDays({ y: 2023, m: 2 })).toEqual({ earliest: '2023-02-20', latest: '2023-04-19' });
		expect(lunarDays({ y: 2023, m: 2, leap: true })).toEqual({ earliest: '2023-03-22', latest: '2023-04-19' });
	});

	test('of a year alone runs from one new year to the day before the next', () => {
		expect(lunarDays({ y: 2023 })).toEqual({ earliest: '2023-01-22', latest: '2024-02-09' });
	});

	test('that the calendar does not have is none', () => {
		// The eighth month of 2024 had 30 days, the ninth 29; 2024 had no leap month.
		expect(one(2024, 8, 30)).toBe('2024-10-02');
		expect(one(2024, 9, 30)).toBeUndefined();
		expect(one(2024, 2, 1, true)).toBeUndefined();
		expect(lunarDays({ y: 1850 })).toBeUndefined();
	});

	test('years follow each other without a gap, from 1900 to 2100', () => {
		for (let y = 1900; y < 2100; y++) {
			const [year, next] = [lunarDays({ y }), lunarDays({ y: y + 1 })];
			if (!year || !next) throw new Error(`no year ${y}`);
			expect(daysBetween(year.latest, next.earliest), String(y)).toBe(1);
			expect([353, 354, 355, 383, 384, 385], String(y)).toContain(daysBetween(year.earliest, year.latest) + 1);
		}
	});
});
