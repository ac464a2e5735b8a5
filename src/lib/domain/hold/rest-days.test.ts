import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { civilDate, fromDayNumber, toDayNumber } from '../time.ts';
import { lastDay, rolled } from './calendar.ts';
import { policies } from './policy.ts';
import { chinaRestDays, noRestDays, readRestDays, restDaysFor } from './rest-days.ts';

const calendar = policies.find((policy) => policy.id === 'CN-2015-159')?.calendar;
if (!calendar) throw new Error('no CN-2015-159');
const roots = new URL('../../../../', import.meta.url);

describe('the Chinese rest days', () => {
	it('are those of the installed chinese-days, every day of 2004 to 2026', () => {
		expect(chinaRestDays.years).toEqual(Array.from({ length: 23 }, (_, i) => 2004 + i));
		for (const year of chinaRestDays.years) {
			const file = new URL(`node_modules/chinese-days/dist/years/${year}.json`, roots);
			const table = JSON.parse(readFileSync(file, 'utf8')) as Record<'holidays' | 'workdays', Record<string, string>>;
			const first = toDayNumber(civilDate(`${year}-01-01`));
			const last = toDayNumber(civilDate(`${year}-12-31`));
			for (let day = first; day <= last; day++) {
				const date = fromDayNumber(day);
				const weekend = [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
				const expected = date in table.holidays || (weekend && !(date in table.workdays));
				expect(`${date} ${chinaRestDays.isRestDay(day)}`).toBe(`${date} ${expected}`);
			}
		}
	});

	it('can be made again from the package by the script', async () => {
		const script = fileURLToPath(new URL('scripts/make-rest-days.mjs', roots));
		await promisify(execFile)(process.execPath, [script, '--check']);
	});

	it('of a year without a table are its weekends, and not published', () => {
		const newYear = toDayNumber(civilDate('2027-01-01'));
		expect(chinaRestDays.isRestDay(newYear)).toBe(false);
		expect(chinaRestDays.isRestDay(newYear + 1)).toBe(true);
		expect(chinaRestDays.isPublished(newYear)).toBe(false);
		expect(chinaRestDays.isPublished(newYear - 1)).toBe(true);
		expect(chinaRestDays.isPublished(toDayNumber(civilDate('2003-12-31')))).toBe(false);
	});

	it('with a gap leave the years of the gap provisional', () => {
		const read = readRestDays({
			calendar: 'CN',
			source: 'test',
			years: { 2024: { rest: '', work: '' }, 2026: { rest: '01-01', work: '' } }
		});
		if (!read.ok) throw new Error(read.error.type);
		const twelveMonthsFrom = (start: string) =>
			lastDay({ start: civilDate(start), amount: 12, unit: 'months' }, calendar, read.value);
		expect(twelveMonthsFrom('2023-06-03')).toMatchObject({ lastDay: '2024-06-03', provisional: false });
		expect(twelveMonthsFrom('2024-06-03')).toMatchObject({ lastDay: '2025-06-03', provisional: true });
		expect(twelveMonthsFrom('2025-01-01')).toMatchObject({ lastDay: '2026-01-02', provisional: false });
	});

	it('of a damaged table are refused by name', () => {
		const years = (rest: string, work = '') => ({ calendar: 'CN', source: 'test', years: { 2025: { rest, work } } });
		expect(readRestDays(years('02-29'))).toEqual({
			ok: false,
			error: { type: 'no_such_day', year: '2025', day: '02-29' }
		});
		expect(readRestDays(years('02-01', '02-01'))).toMatchObject({ error: { type: 'rest_and_work' } });
		expect(readRestDays(years('2025-02-01'))).toMatchObject({ error: { type: 'not_a_rest_day_table' } });
		expect(readRestDays(null)).toMatchObject({ error: { type: 'not_a_rest_day_table' } });
	});
});

describe('a last day', () => {
	it('that rolls from a published year into one that is not is provisional', () => {
		const endOfTable = readRestDays({ calendar: 'CN', source: 'test', years: { 2022: { rest: '12-31', work: '' } } });
		if (!endOfTable.ok) throw new Error(endOfTable.error.type);
		expect(rolled(civilDate('2022-12-30'), calendar, endOfTable.value)).toEqual({
			raw: '2022-12-30',
			lastDay: '2022-12-30',
			provisional: false
		});
		expect(rolled(civilDate('2022-12-31'), calendar, endOfTable.value)).toEqual({
			raw: '2022-12-31',
			lastDay: '2023-01-02',
			provisional: true
		});
	});

	it('counts weeks and years too, and the start day where a calendar says so', () => {
		const weekdaysOnly = { ...calendar, roll: 'none' as const };
		const start = civilDate('2024-02-29');
		expect(lastDay({ start, amount: 6, unit: 'weeks' }, weekdaysOnly, noRestDays).lastDay).toBe('2024-04-11');
		expect(lastDay({ start, amount: 1, unit: 'years' }, weekdaysOnly, noRestDays).lastDay).toBe('2025-02-28');
		const inclusive = { ...weekdaysOnly, countStartDay: true };
		expect(lastDay({ start, amount: 30, unit: 'days' }, inclusive, noRestDays).lastDay).toBe('2024-03-29');
	});

	it('never rolls where the policy says none', () => {
		for (const policy of policies.filter(({ jurisdiction }) => !jurisdiction.startsWith('CN'))) {
			expect(rolled(civilDate('2026-10-01'), policy.calendar, chinaRestDays).lastDay).toBe('2026-10-01');
			expect(restDaysFor(policy.calendar)).toBe(noRestDays);
		}
	});
});
