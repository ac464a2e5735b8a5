import Papa from 'papaparse';
import readExcelFile from 'read-excel-file/node';
import { describe, expect, test } from 'vitest';
import { csvOf } from './csv.ts';
import { safeText, type Column } from './safe-cells.ts';
import { sheetOf, xlsxOf, type XlsxSheet } from './xlsx.ts';

interface Line {
	readonly who: string;
	readonly reason: string | undefined;
	readonly count: number;
}
const columns: readonly Column<Line>[] = [
	{ heading: '查阅人', value: ({ who }) => who, width: 16 },
	{ heading: '事由', value: ({ reason }) => reason },
	{ heading: '次数', value: ({ count }) => count }
];

describe('a text that a spreadsheet would calculate', () => {
	test.each([
		['=1+1'],
		['+8613800000000'],
		['-2'],
		['@SUM(A1)'],
		['\t=1+1'],
		['\r=1+1'],
		['  =1+1'],
		['\n=1+1'],
		['＝1+1'],
		['=HYPERLINK("http://example.org","x")']
	])('%j is read as text', (text) => {
		expect(safeText(text)).toBe(`'${text}`);
	});

	test.each([['张三'], ['3-4 岁'], ['a=b'], [''], ["'=1"], ['—'], ['<b>']])('%j stays as it is', (text) => {
		expect(safeText(text)).toBe(text);
	});
});

describe('a table as CSV', () => {
	test('comes back as it went in, with every sign that CSV uses itself', () => {
		const who = '李, "小" 四\n第二行';
		const text = csvOf(columns, [{ who, reason: undefined, count: -3 }]);
		expect(text.startsWith('\uFEFF')).toBe(true);
		expect(Papa.parse(text.slice(1), { skipEmptyLines: true }).data).toEqual([
			['查阅人', '事由', '次数'],
			[who, '', '-3']
		]);
	});

	test('holds no cell that is calculated, not even one that hides behind a quote', () => {
		const text = csvOf(columns, [{ who: "=cmd|' /C calc'!A0", reason: '\t=1', count: 1 }]);
		const rows = Papa.parse<string[]>(text.slice(1), { skipEmptyLines: true }).data;
		for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
		expect(rows[1]?.[0]).toBe("'=cmd|' /C calc'!A0");
	});
});

describe('a workbook', () => {
	const read = async (...sheets: readonly XlsxSheet[]) => readExcelFile(await xlsxOf(sheets));

	test('comes back as it went in: texts as texts, numbers as numbers', async () => {
		const rows = [{ who: '王 <五> & "六"', reason: '=1+1', count: -3 }];
		const headings = ['查阅人', '事由', '次数'];
		expect(await read(sheetOf('明细', columns, rows), sheetOf('汇总', columns, []))).toEqual([
			{ sheet: '明细', data: [headings, ['王 <五> & "六"', "'=1+1", -3]] },
			{ sheet: '汇总', data: [headings] }
		]);
	});

	test('opens whatever was typed: signs that XML cannot hold, and a text longer than a cell', async () => {
		const who = `a\u0000b\u001bc${'长'.repeat(40_000)}`;
		const [sheet] = await read(sheetOf('明细', columns, [{ who, reason: '😀', count: 1 }]));
		const [shown, reason] = sheet?.data[1] ?? [];
		expect(String(shown)).toMatch(/^abc长+…$/);
		expect(String(shown)).toHaveLength(32_767 - 2);
		expect(reason).toBe('😀');
	});

	test('has tabs that Excel takes, each name once', async () => {
		const long = sheetOf('查阅/授权[2026]:'.repeat(4), columns, []);
		const names = (await read(long, long)).map(({ sheet }) => sheet);
		expect(new Set(names).size).toBe(2);
		for (const name of names) expect(name).toMatch(/^[^:\\/?*[\]]{1,31}$/);
	});
});
