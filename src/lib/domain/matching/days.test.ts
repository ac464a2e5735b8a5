import { describe, expect, test } from 'vitest';
import { civilDate, civilDateAt, toDayNumber } from '../time.ts';
import { birthOfAge, daysOf, daysOfLunar } from './days.ts';

const in2013 = daysOf({ y: 2013 });

describe('what people know of a date', () => {
	test('is a year, a month or a day', () => {
		expect(daysOf({ y: 2013 })).toEqual({ from: '2013-01-01', to: '2013-12-31' });
		expect(daysOf({ y: 2013, m: 2 })).toEqual({ from: '2013-02-01', to: '2013-02-28' });
		expect(daysOf({ y: 2013, m: 2, d: 3 })).toEqual({ from: '2013-02-03', to: '2013-02-03' });
	});

	test('reaches further where it is an estimate', () => {
		expect(daysOf({ y: 2013, m: 2, d: 10, approx: true })).toEqual({ from: '2013-02-03', to: '2013-02-17' });
		expect(daysOf({ y: 2013, approx: true })).toEqual({ from: '2012-01-01', to: '2015-01-01' });
	});

	test('may be written with a year that no calendar reaches', () => {
		expect(daysOf({ y: 1, approx: true }).from).toBe('0001-01-01');
		expect(daysOf({ y: 9999, approx: true }).to).toBe('9999-12-31');
		expect(birthOfAge({ years: 40, about: true }, daysOf({ y: 3 }))?.from).toBe('0001-01-01');
	});
});

describe('a lunar date', () => {
	test('is within the days given for it, for every day from 1950 to 2050', () => {
		const calendar = new Intl.DateTimeFormat('en-u-ca-chinese-nu-latn', {
			timeZone: 'Asia/Shanghai',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric'
		});
		const outside: string[] = [];
		let leapMonths = 0;
		for (let n = toDayNumber(civilDate('1950-03-01')); n < toDayNumber(civilDate('2050-01-01')); n++) {
			const parts = calendar.formatToParts(n * 86_400_000 + 4 * 3_600_000);
			const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
			const month = of('month');
			if (/\D/.test(month)) leapMonths++;
			const [y, m, d] = [Number(of('relatedYear')), Number.parseInt(month, 10), Number(of('day'))];
			const civil = civilDateAt(n * 86_400_000 + 4 * 3_600_000, 'Asia/Shanghai');
			// 30 February is a day of the lunar calendar that a partial date cannot hold; the form asks for the 29th or the month.
			const exact = m === 2 && d > 28 ? daysOfLunar({ y, m }) : daysOfLunar({ y, m, d: Math.min(d, 30) });
			const monthOnly = daysOfLunar({ y, m });
			const yearOnly = daysOfLunar({ y });
			for (const days of [exact, monthOnly, yearOnly])
				if (civil < days.from || civil > days.to) outside.push(`${civil} is lunar ${y}-${month}-${d}`);
		}
		expect(leapMonths).toBeGreaterThan(900);
		expect(outside).toEqual([]);
	});
});

describe('an age carried back to a birth', () => {
	test('of three completed years, lost in 2013', () => {
		expect(birthOfAge({ years: 3, reckoning: 'full' }, in2013)).toEqual({ from: '2009-01-02', to: '2010-12-31' });
	});

	test('of three years as villages count them is a year younger', () => {
		const summer = daysOf({ y: 2013, m: 7, d: 1 });
		expect(birthOfAge({ years: 3, reckoning: 'nominal' }, summer)).toEqual({ from: '2011-01-21', to: '2012-02-20' });
	});

	test('is both where nobody asked how it was counted', () => {
		const summer = daysOf({ y: 2013, m: 7, d: 1 });
		expect(birthOfAge({ years: 3 }, summer)).toEqual({ from: '2009-07-02', to: '2012-02-20' });
	});

	test('of eight months is told in months', () => {
		expect(birthOfAge({ months: 8 }, daysOf({ y: 2013, m: 7, d: 1 }))).toEqual({
			from: '2012-10-02',
			to: '2012-11-01'
		});
	});

	test('reaches further where it is about so old', () => {
		expect(birthOfAge({ years: 3, about: true }, in2013)).toEqual({ from: '2008-01-02', to: '2013-02-20' });
		expect(birthOfAge({ years: 1, about: true, reckoning: 'full' }, daysOf({ y: 2013, m: 7, d: 1 }))).toEqual({
			from: '2010-12-31',
			to: '2012-12-31'
		});
	});

	test('of one as villages count is a child born by the day it was lost', () => {
		const winter = daysOf({ y: 2013, m: 12, d: 1 });
		expect(birthOfAge({ years: 1, reckoning: 'nominal' }, winter)).toEqual({ from: '2013-01-21', to: '2013-12-01' });
	});

	test('is nothing where no age is said', () => {
		expect(birthOfAge({ about: true }, in2013)).toBeUndefined();
	});
});
