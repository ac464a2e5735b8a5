import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
	addDays,
	addMonths,
	addYears,
	civilDate,
	civilDateAt,
	civilDateSchema,
	compareDates,
	daysBetween,
	earlierOf,
	earliest,
	fromDayNumber,
	fromParts,
	laterOf,
	latest,
	parseCivilDate,
	partialDateSchema,
	toDayNumber,
	weekday
} from './time.ts';

const dayNumbers = fc.integer({ min: -719_162, max: 2_932_896 });
const anyDate = dayNumbers.map(fromDayNumber);
const plain = (date: string) => Temporal.PlainDate.from(date);

describe('a civil date', () => {
	it('is a day that exists, written YYYY-MM-DD', () => {
		for (const text of ['2024-02-29', '0001-01-01', '9999-12-31', '2000-02-29']) {
			expect(parseCivilDate(text)).toEqual({ ok: true, value: text });
		}
	});

	it('is refused by name when the day does not exist or is written otherwise', () => {
		for (const text of [
			'2025-02-29',
			'1900-02-29',
			'2024-13-01',
			'2024-00-10',
			'2024-04-31',
			'2024-01-00',
			'0000-01-01'
		]) {
			expect(parseCivilDate(text)).toEqual({ ok: false, error: { type: 'not_a_civil_date', text, because: 'day' } });
		}
		for (const text of [
			'2024-2-9',
			'2024/02/09',
			' 2024-02-09',
			'20240209',
			'',
			'2024-02-09T00:00',
			'２０２４-02-09'
		]) {
			expect(parseCivilDate(text)).toEqual({ ok: false, error: { type: 'not_a_civil_date', text, because: 'form' } });
		}
		expect(() => civilDate('2025-02-29')).toThrow(RangeError);
		for (const [year, month, day] of [
			[2025, 2, 29],
			[24.5, 1, 1],
			[10_000, 1, 1],
			[-1, 1, 1],
			[2025, Number.NaN, 1]
		] as const) {
			expect(() => fromParts(year, month, day)).toThrow(RangeError);
		}
		expect(civilDateSchema.safeParse('2025-02-29').error?.issues.map((issue) => issue.message)).toEqual([
			'not_a_civil_date'
		]);
	});

	it('round-trips through its day number over all years', () => {
		fc.assert(
			fc.property(dayNumbers, (n) => {
				const date = fromDayNumber(n);
				expect(toDayNumber(date)).toBe(n);
				expect(plain(date).toString()).toBe(date);
			})
		);
		expect(fromDayNumber(0)).toBe('1970-01-01');
		expect(fromDayNumber(-719_162)).toBe('0001-01-01');
		expect(fromDayNumber(2_932_896)).toBe('9999-12-31');
		expect(() => fromDayNumber(2_932_897)).toThrow(RangeError);
		expect(() => fromDayNumber(-719_163)).toThrow(RangeError);
		expect(() => fromDayNumber(0.5)).toThrow(RangeError);
	});

	it('counts as Temporal counts: days, months, years, weekdays, order', () => {
		fc.assert(
			fc.property(anyDate, anyDate, fc.integer({ min: -5000, max: 5000 }), (a, b, n) => {
				expect(daysBetween(a, b)).toBe(plain(a).until(plain(b), { largestUnit: 'day' }).days);
				expect(weekday(a)).toBe(plain(a).dayOfWeek);
				expect(compareDates(a, b)).toBe(Temporal.PlainDate.compare(plain(a), plain(b)));
				expect(earlierOf(a, b)).toBe(compareDates(a, b) <= 0 ? a : b);
				expect(laterOf(a, b)).toBe(compareDates(a, b) >= 0 ? a : b);
				for (const [ours, theirs] of [
					[addDays, { days: n }],
					[addMonths, { months: n }],
					[addYears, { years: n }]
				] as const) {
					const expected = plain(a).add(theirs, { overflow: 'constrain' });
					if (expected.year < 1 || expected.year > 9999) expect(() => ours(a, n)).toThrow(RangeError);
					else expect(ours(a, n)).toBe(expected.toString());
				}
			}),
			{ numRuns: 2000 }
		);
	});

	it('ends a month period on the last day of a shorter month, counted once from the start', () => {
		expect(addMonths(civilDate('2024-02-29'), 12)).toBe('2025-02-28');
		expect(addMonths(civilDate('2023-02-28'), 12)).toBe('2024-02-28');
		expect(addMonths(civilDate('2025-08-31'), 1)).toBe('2025-09-30');
		let stepped = civilDate('2024-08-31');
		for (let i = 0; i < 12; i++) stepped = addMonths(stepped, 1);
		expect(stepped).toBe('2025-08-28');
		expect(addMonths(civilDate('2024-08-31'), 12)).toBe('2025-08-31');
		expect(addYears(civilDate('2016-02-29'), 14)).toBe('2030-02-28');
		expect(addYears(civilDate('2016-02-29'), 18)).toBe('2034-02-28');
	});

	it('is the day on the wall calendar of the time zone, not of the machine', () => {
		const justPastMidnightInChina = Temporal.Instant.from('2025-03-01T00:30:00+08:00').epochMilliseconds;
		expect(civilDateAt(justPastMidnightInChina, 'Asia/Shanghai')).toBe('2025-03-01');
		expect(civilDateAt(justPastMidnightInChina, 'UTC')).toBe('2025-02-28');
		expect(() => civilDateAt(0, 'Asia/Nowhere')).toThrow(RangeError);
		expect(() => civilDateAt(-63_000_000_000_000, 'UTC')).toThrow(RangeError);
		expect(() => civilDateAt(Number.NaN, 'UTC')).toThrow(RangeError);
	});

	it('agrees with Temporal at every instant, summer time of 1986-1991 included', () => {
		const instants = fc.integer({ min: -2_000_000_000_000, max: 4_000_000_000_000 });
		const summerTime = fc.integer({ min: 510_000_000_000, max: 690_000_000_000 });
		fc.assert(
			fc.property(
				fc.oneof(instants, summerTime),
				fc.constantFrom('Asia/Shanghai', 'Asia/Kolkata', 'America/New_York', 'UTC'),
				(ms, zone) => {
					const expected = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate().toString();
					expect(civilDateAt(ms, zone)).toBe(expected);
				}
			),
			{ numRuns: 1000 }
		);
	});
});

describe('a partial date', () => {
	it('spans from the first to the last day it can mean', () => {
		expect([earliest({ y: 2016 }), latest({ y: 2016 })]).toEqual(['2016-01-01', '2016-12-31']);
		expect([earliest({ y: 2016, m: 2 }), latest({ y: 2016, m: 2 })]).toEqual(['2016-02-01', '2016-02-29']);
		expect([earliest({ y: 2015, m: 2 }), latest({ y: 2015, m: 2 })]).toEqual(['2015-02-01', '2015-02-28']);
		expect([earliest({ y: 2016, m: 2, d: 29 }), latest({ y: 2016, m: 2, d: 29 })]).toEqual([
			'2016-02-29',
			'2016-02-29'
		]);
		expect(earliest({ y: 2012, approx: true, text: '约四岁' })).toBe('2012-01-01');
	});

	it('is refused when it names a day without a month, or a day that does not exist', () => {
		expect(partialDateSchema.safeParse({ y: 2015, m: 2, d: 29 }).success).toBe(false);
		expect(partialDateSchema.safeParse({ y: 2016, m: 2, d: 29 }).success).toBe(true);
		expect(partialDateSchema.safeParse({ y: 2016, d: 3 }).error?.issues[0]?.message).toBe('day_without_month');
		expect(partialDateSchema.safeParse({ y: 0 }).success).toBe(false);
		expect(partialDateSchema.safeParse({ y: 2016, month: 2 }).success).toBe(false);
	});
});
