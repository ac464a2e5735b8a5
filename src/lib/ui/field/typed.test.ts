import { describe, expect, test } from 'vitest';
import { civilDate } from '#lib/domain/time.ts';
import {
	birthsOfAge,
	dateText,
	noPartialDate,
	onlyDigits,
	partialDateText,
	readDate,
	readPartialDate,
	readQuantity,
	readTime
} from './typed.ts';

describe('a date in three boxes', () => {
	test('is read when all three are there', () => {
		expect(readDate({ year: '2026', month: '3', day: '4' })).toEqual({ state: 'good', value: '2026-03-04' });
		expect(readDate(dateText(civilDate('2024-02-29')))).toEqual({ state: 'good', value: '2024-02-29' });
	});

	test('that does not exist is refused and never moved to another day', () => {
		expect(readDate({ year: '2025', month: '2', day: '29' })).toEqual({
			state: 'unfinished',
			fault: { type: 'date_missing', date: '2025-02-29' }
		});
	});

	test('with a year of two digits is asked about, not guessed', () => {
		expect(readDate({ year: '26', month: '3', day: '4' })).toMatchObject({ fault: { type: 'date_year' } });
	});

	test('half filled is unfinished; empty is empty', () => {
		expect(readDate({ year: '2026', month: '3', day: '' })).toMatchObject({ fault: { type: 'date_incomplete' } });
		expect(readDate({ year: '', month: '', day: '' })).toEqual({ state: 'empty' });
	});

	test('takes the full-width digits of a Chinese keyboard', () => {
		expect(onlyDigits('２０２６年', 4)).toBe('2026');
	});
});

describe('a date as people know it', () => {
	test('may be a year alone, about, with the words it was given in', () => {
		const text = { ...noPartialDate, year: '1999', about: true, words: '春节前后' };
		const read = readPartialDate(text);
		expect(read).toEqual({ state: 'good', value: { y: 1999, approx: true, text: '春节前后' } });
		if (read.state === 'good') expect(partialDateText(read.value)).toEqual(text);
	});

	test('needs a month before a day, and a year before all', () => {
		expect(readPartialDate({ ...noPartialDate, year: '1999', day: '3' })).toMatchObject({
			fault: { type: 'partial_needs_month' }
		});
		expect(readPartialDate({ ...noPartialDate, words: '麦收的时候' })).toMatchObject({
			fault: { type: 'partial_needs_year' }
		});
	});

	test('of 31 June does not exist', () => {
		expect(readPartialDate({ ...noPartialDate, year: '1999', month: '6', day: '31' })).toMatchObject({
			fault: { type: 'date_missing' }
		});
	});
});

describe('a measure', () => {
	test('is read with a comma, full-width digits and blanks', () => {
		expect(readQuantity(' ９６,5 ', 20, 220)).toEqual({ state: 'good', value: 96.5 });
	});

	test('out of its range is asked about: 960 centimetres is a slip', () => {
		expect(readQuantity('960', 20, 220)).toEqual({
			state: 'unfinished',
			fault: { type: 'number_range', from: 20, to: 220 }
		});
		expect(readQuantity('tall', 20, 220)).toMatchObject({ fault: { type: 'number_wrong' } });
		expect(readQuantity('1e2', 20, 220)).toMatchObject({ fault: { type: 'number_wrong' } });
	});
});

test('a time needs both boxes, and a day has 24 hours', () => {
	expect(readTime('9', '5')).toEqual({ state: 'good', value: '09:05' });
	expect(readTime('24', '00').state).toBe('unfinished');
	expect(readTime('9', '').state).toBe('unfinished');
});

test('a child of four to five years was born between the day after its sixth birthday back and its fourth', () => {
	expect(birthsOfAge(4, 5, civilDate('2026-11-22'))).toEqual({ earliest: '2020-11-23', latest: '2022-11-22' });
	expect(birthsOfAge(2, 2, civilDate('2024-02-29'))).toEqual({ earliest: '2021-03-01', latest: '2022-02-28' });
});
