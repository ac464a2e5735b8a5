import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { civilDate } from '#lib/domain/time.ts';
import { csvBytesMaximum, readChildrenCsv } from './children-csv.ts';

const today = civilDate('2026-11-22');
const read = (text: string) => readChildrenCsv(Buffer.from(text, 'utf8'), today);

describe('a spreadsheet of children', () => {
	const sheet =
		'儿童编号,姓名,性别,接收日期,出生日期,身高\nYL-1,小虎,男,2026-03-24,2021年5月,96\nYL-2,妞妞,女,2026/3/9,2022-02-28,约88cm\n';

	it.each([
		['UTF-8', Buffer.from(sheet, 'utf8')],
		['UTF-8', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(sheet, 'utf8')])],
		['UTF-16LE', Buffer.concat([Buffer.from([0xff, 0xfe]), iconv.encode(sheet, 'utf16le')])],
		['GB18030', iconv.encode(sheet, 'gbk')]
	])('is read in %s as Excel writes it', (encoding, bytes) => {
		const file = readChildrenCsv(bytes, today);
		if (!file.ok) throw new Error(JSON.stringify(file.error));
		expect(file.value.encoding).toBe(encoding);
		expect(file.value.refused).toEqual([]);
		expect(file.value.read.map((child) => child.answers.nameGiven)).toEqual([
			{ state: 'known', value: '小虎' },
			{ state: 'known', value: '妞妞' }
		]);
		expect(file.value.read[0]?.answers.birth).toEqual({
			state: 'known',
			value: { precision: 'range', earliest: '2021-05-01', latest: '2021-05-31' }
		});
		expect(file.value.read[1]?.answers.height).toEqual({ state: 'known', value: 88 });
		expect(file.value.read[1]?.answers.sex).toEqual({ state: 'known', value: '2' });
	});

	it.each(['2026-03-24', '2026/3/24', '2026.3.24', '2026年3月24日', '20260324', '2026-03-24 00:00:00'])(
		'understands the date %s',
		(date) => {
			const file = read(`编号,性别,接收日期\n1,男,${date}\n`);
			expect(file.ok && file.value.read[0]?.handoverDate).toBe('2026-03-24');
		}
	);

	it.each([
		['2026-02-30', 'not_a_date'],
		['2026-13-01', 'not_a_date'],
		['24.3.2026', 'not_a_date'],
		['46105', 'excel_serial_number'],
		['2027-01-01', 'date_in_future'],
		['=TODAY()', 'formula']
	])('refuses the hand-over date %s as %s and imports nothing of that row', (date, problem) => {
		const file = read(`编号,性别,接收日期\n1,男,${date}\n2,女,2026-03-24\n`);
		expect(file.ok && file.value.refused).toEqual([
			{ row: 2, problems: [{ column: '接收日期', value: date, problem }] }
		]);
		expect(file.ok && file.value.read.map((child) => child.row)).toEqual([3]);
	});

	it('names every bad cell of a row at once', () => {
		const file = read('编号,性别,接收日期,身高,民族\n,男,2026-03-24,9600,火星族\n');
		expect(file.ok && file.value.refused[0]?.problems.map(({ column, problem }) => `${column} ${problem}`)).toEqual([
			'身高 out_of_range',
			'民族 not_in_table',
			'儿童编号 missing'
		]);
	});

	it('refuses a number that stands twice, and keeps the first', () => {
		const file = read('编号,性别,接收日期\n7,男,2026-03-24\n7,女,2026-03-25\n');
		expect(file.ok && file.value.read.map((child) => child.row)).toEqual([2]);
		expect(file.ok && file.value.refused).toEqual([
			{ row: 3, problems: [{ column: '儿童编号', value: '7', problem: 'number_twice' }] }
		]);
	});

	it('says which columns are missing, and which it does not know', () => {
		expect(read('姓名,性别\n小虎,男\n')).toEqual({
			ok: false,
			error: { type: 'columns_missing', columns: ['儿童编号', '接收日期'], found: ['姓名', '性别'] }
		});
		const file = read('编号,性别,接收日期,床位\n1,男,2026-03-24,205\n');
		expect(file.ok && file.value.ignoredColumns).toEqual(['床位']);
	});

	it('keeps a comma, a quotation mark and a line break inside a cell', () => {
		const file = read('编号;性别;接收日期;自述\n1;男;2026-03-24;"他说：""家里有牛"",\n门口是河"\n');
		expect(file.ok && file.value.read[0]?.answers.ownAccount).toEqual({
			state: 'known',
			value: '他说："家里有牛",\n门口是河'
		});
	});

	it('refuses what is no text, too large, or empty', () => {
		expect(readChildrenCsv(Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 8]), today)).toEqual({
			ok: false,
			error: { type: 'not_text' }
		});
		expect(readChildrenCsv(new Uint8Array(csvBytesMaximum + 1), today)).toMatchObject({ error: { type: 'too_large' } });
		expect(read('编号,性别,接收日期\n')).toEqual({ ok: false, error: { type: 'empty' } });
	});
});
