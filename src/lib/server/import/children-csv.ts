import iconv from 'iconv-lite';
import Papa from 'papaparse';
import { codeTables } from '#lib/domain/codes/tables.ts';
import {
	answerSchema,
	type Answers,
	type CodeTableId,
	type FieldKey,
	fieldDefinition
} from '#lib/domain/intake/fields.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { daysInMonth, fromParts, parseCivilDate, type CivilDate } from '#lib/domain/time.ts';

/*
 * Children as institutions keep them in a spreadsheet, saved as CSV. What Excel does to such files decides the rules:
 * GBK without a word about it, or UTF-8 or UTF-16 with a byte order mark; comma, semicolon or tab; dates in five
 * spellings or as serial numbers; a formula where a value should be. Every cell is read or refused with its reason; a
 * blank cell says nothing (it is not "unknown").
 */

/** The most a file may hold: a large institution has hundreds of children. */
export const csvBytesMaximum = 20_000_000;
export const csvRowsMaximum = 10_000;

/** Headings that name each field; the first is the one the template uses. Compared without blanks and case. */
const headings = {
	caseNumber: ['儿童编号', '编号', '档案号', 'caseNumber', 'case number'],
	nameGiven: ['姓名', '本名', 'nameGiven', 'name'],
	nameAssigned: ['暂用名', '院内姓名', 'nameAssigned'],
	nameCalled: ['小名', '乳名', 'nameCalled'],
	sex: ['性别', 'sex'],
	birth: ['出生日期', '出生年月', 'birth', 'birth date'],
	ethnicity: ['民族', 'ethnicity'],
	language: ['语言', '方言', 'language'],
	handoverDate: ['接收日期', '入院日期', '送交日期', 'handoverDate', 'handover date'],
	handoverPlace: ['接收地点', 'handoverPlace'],
	issuingBureau: ['送交公安机关', '送交单位', 'issuingBureau'],
	noticeNumber: ['临时照料通知书编号', '通知书编号', 'noticeNumber'],
	noticeDate: ['通知书日期', 'noticeDate'],
	admissionBasis: ['儿童情况', '入院原因', 'admissionBasis'],
	placeTaken: ['被拐地点', '被拐卖地', 'placeTaken'],
	dateTaken: ['被拐时间', 'dateTaken'],
	placeRescued: ['解救地点', 'placeRescued'],
	dateRescued: ['解救日期', '解救时间', 'dateRescued'],
	height: ['身高', '身高cm', '身高(cm)', 'height'],
	weight: ['体重', '体重kg', '体重(kg)', 'weight'],
	features: ['体貌特征', 'features'],
	clothing: ['接收时着装', '衣着', 'clothing'],
	belongingsSummary: ['随身物品', 'belongings'],
	ownAccount: ['孩子自述', '自述', 'ownAccount']
} as const satisfies Partial<Record<FieldKey, readonly string[]>>;
type Column = keyof typeof headings;

/** Without these there is no twelve months and no way to tell the children apart. */
const requiredColumns = ['caseNumber', 'handoverDate', 'sex'] as const satisfies readonly Column[];

/** The heading of a column as the template spells it. */
export function headingOf(column: Column): string {
	return headings[column][0];
}

/** Why one cell was refused. `way` says how to put it right; both are keys of the messages for imports. */
export interface CellProblem {
	readonly column: string;
	readonly value: string;
	readonly problem:
		| 'missing'
		| 'not_a_date'
		| 'date_in_future'
		| 'excel_serial_number'
		| 'formula'
		| 'not_in_table'
		| 'not_a_number'
		| 'out_of_range'
		| 'too_long'
		| 'number_twice';
}

export interface ChildRowRead {
	/** The row in the spreadsheet, headings being row 1. */
	readonly row: number;
	readonly caseNumber: string;
	readonly handoverDate: CivilDate;
	readonly answers: Answers;
}

export interface ChildRowRefused {
	readonly row: number;
	readonly problems: readonly CellProblem[];
}

export interface ChildrenCsv {
	readonly encoding: 'UTF-8' | 'UTF-16LE' | 'GB18030';
	readonly read: readonly ChildRowRead[];
	readonly refused: readonly ChildRowRefused[];
	/** Headings that name no field: shown, so that nobody believes they were imported. */
	readonly ignoredColumns: readonly string[];
}

/** Why the whole file was refused. */
export type CsvFault =
	| { readonly type: 'empty' }
	| { readonly type: 'too_large'; readonly bytes: number; readonly maximum: number }
	| { readonly type: 'too_many_rows'; readonly maximum: number }
	| { readonly type: 'not_text' }
	| { readonly type: 'columns_missing'; readonly columns: readonly string[]; readonly found: readonly string[] }
	| { readonly type: 'column_twice'; readonly column: string };

/**
 * Reads a file of children.
 *
 * @param today the registry's civil date: a hand-over in the future is a slip of the pen
 */
export function readChildrenCsv(bytes: Uint8Array, today: CivilDate): Result<ChildrenCsv, CsvFault> {
	if (bytes.length > csvBytesMaximum) return err({ type: 'too_large', bytes: bytes.length, maximum: csvBytesMaximum });
	const decoded = decode(bytes);
	if (!decoded) return err({ type: 'not_text' });
	const { data } = Papa.parse<string[]>(decoded.text, { skipEmptyLines: 'greedy' });
	const [heads, ...rows] = data;
	if (!heads || rows.length === 0) return err({ type: 'empty' });
	if (rows.length > csvRowsMaximum) return err({ type: 'too_many_rows', maximum: csvRowsMaximum });

	const columns = heads.map((head) => columnOf(head));
	const missing = requiredColumns.filter((column) => !columns.includes(column));
	if (missing.length > 0) return err({ type: 'columns_missing', columns: missing.map(headingOf), found: heads });
	const twice = columns.find((column, index) => column !== undefined && columns.indexOf(column) !== index);
	if (twice) return err({ type: 'column_twice', column: headingOf(twice) });

	const read: ChildRowRead[] = [];
	const refused: ChildRowRefused[] = [];
	const numbers = new Set<string>();
	rows.forEach((cells, index) => {
		const row = index + 2;
		const outcome = readRow(cells, columns, today);
		if (outcome.ok && numbers.has(outcome.value.caseNumber)) {
			const value = outcome.value.caseNumber;
			refused.push({ row, problems: [{ column: headingOf('caseNumber'), value, problem: 'number_twice' }] });
		} else if (outcome.ok) {
			numbers.add(outcome.value.caseNumber);
			read.push({ row, ...outcome.value });
		} else refused.push({ row, problems: outcome.error });
	});
	const ignoredColumns = heads.filter((head, index) => columns[index] === undefined && head.trim() !== '');
	return ok({ encoding: decoded.encoding, read, refused, ignoredColumns });
}

function readRow(
	cells: readonly string[],
	columns: readonly (Column | undefined)[],
	today: CivilDate
): Result<Omit<ChildRowRead, 'row'>, readonly CellProblem[]> {
	const problems: CellProblem[] = [];
	const answers: Record<string, unknown> = {};
	columns.forEach((column, index) => {
		if (column === undefined) return;
		const cell = (cells[index] ?? '').trim();
		if (cell === '') return;
		const value = readCell(column, cell, today);
		if (value.ok) answers[column] = { state: 'known', value: value.value };
		else problems.push({ column: headingOf(column), value: cell.slice(0, 100), problem: value.error });
	});
	for (const column of requiredColumns) {
		const blank = (cells[columns.indexOf(column)] ?? '').trim() === '';
		if (blank) problems.push({ column: headingOf(column), value: '', problem: 'missing' });
	}
	if (problems.length > 0) return err(problems);
	const read = answers as Answers;
	// Both are required columns and had a value that was read.
	if (read.caseNumber?.state !== 'known' || read.handoverDate?.state !== 'known')
		throw new Error('required columns were not read');
	return ok({ caseNumber: read.caseNumber.value, handoverDate: read.handoverDate.value, answers: read });
}

function readCell(column: Column, cell: string, today: CivilDate): Result<unknown, CellProblem['problem']> {
	// What Excel would calculate is not a value; what it would not (a phone number with +) is.
	if (/^[=@]/.test(cell)) return err('formula');
	const kind = fieldDefinition(column).value;
	const value = ((): Result<unknown, CellProblem['problem']> => {
		switch (kind.kind) {
			case 'date':
				return readDate(cell, today);
			case 'birth':
				return readBirth(cell, today);
			case 'partialDate':
				return readPartialDate(cell, today);
			case 'choice':
				return readChoice(kind.table, cell);
			case 'quantity':
				return readQuantity(cell, kind.minimum, kind.maximum);
			case 'place':
				return ok({ text: cell });
			case 'line':
			case 'text':
			case 'phone':
			case 'time':
			case 'yesNo':
				return ok(cell.replace(/^'/, ''));
		}
	})();
	if (!value.ok) return value;
	return answerSchema(column).safeParse({ state: 'known', value: value.value }).success ? value : err('too_long');
}

/** 2026-03-24, 2026/3/24, 2026.3.24, 2026年3月24日, 20260324. */
function readDate(cell: string, today: CivilDate): Result<CivilDate, CellProblem['problem']> {
	const parts = dateParts(cell);
	if (parts === 'serial') return err('excel_serial_number');
	if (!parts?.m || !parts.d) return err('not_a_date');
	const text = `${String(parts.y).padStart(4, '0')}-${String(parts.m).padStart(2, '0')}-${String(parts.d).padStart(2, '0')}`;
	const date = parseCivilDate(text);
	if (!date.ok) return err('not_a_date');
	return date.value > today ? err('date_in_future') : date;
}

function readBirth(cell: string, today: CivilDate): Result<unknown, CellProblem['problem']> {
	const partial = readPartialDate(cell, today);
	if (!partial.ok) return partial;
	const { y, m, d } = partial.value;
	if (m && d) return ok({ precision: 'exact', date: fromParts(y, m, d) });
	const latestDay = m ? fromParts(y, m, daysInMonth(y, m)) : fromParts(y, 12, 31);
	return ok({ precision: 'range', earliest: fromParts(y, m ?? 1, 1), latest: latestDay > today ? today : latestDay });
}

function readPartialDate(
	cell: string,
	today: CivilDate
): Result<{ y: number; m?: number; d?: number }, CellProblem['problem']> {
	const parts = dateParts(cell);
	if (parts === 'serial') return err('excel_serial_number');
	if (!parts || parts.y < 1900 || (parts.m !== undefined && (parts.m < 1 || parts.m > 12))) return err('not_a_date');
	if (parts.m !== undefined && parts.d !== undefined && (parts.d < 1 || parts.d > daysInMonth(parts.y, parts.m)))
		return err('not_a_date');
	if (fromParts(parts.y, parts.m ?? 1, parts.d ?? 1) > today) return err('date_in_future');
	return ok(parts);
}

function dateParts(cell: string): { y: number; m?: number; d?: number } | 'serial' | undefined {
	const written = /^(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?(?:\s+0{1,2}:00(?::00)?)?$/.exec(cell);
	const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(cell);
	const [, y, m, d] = written ?? compact ?? [];
	if (y !== undefined) return { y: Number(y), ...(m ? { m: Number(m) } : {}), ...(d ? { d: Number(d) } : {}) };
	// 30,000 to 60,000: the days since 1900 by which Excel stores 1982 to 2064.
	return /^[3-5]\d{4}(\.0+)?$/.test(cell) ? 'serial' : undefined;
}

function readChoice(table: CodeTableId, cell: string): Result<string, CellProblem['problem']> {
	const wanted = cell.toLowerCase().replace(/族$/, '');
	const found = codeTables[table].find(({ code, name: [zh, en] }) =>
		[code, zh.replace(/族$/, ''), en.toLowerCase()].includes(wanted)
	);
	if (found) return ok(found.code);
	// What people write in a sex column besides the table's own words.
	const spoken: Record<string, string> = {
		男孩: '1',
		女孩: '2',
		m: '1',
		f: '2',
		boy: '1',
		girl: '2',
		不详: '0',
		不明: '0'
	};
	const sex = table === 'sex' ? spoken[wanted] : undefined;
	return sex === undefined ? err('not_in_table') : ok(sex);
}

function readQuantity(cell: string, minimum: number, maximum: number): Result<number, CellProblem['problem']> {
	const number = /^约?\s*(\d+(?:\.\d+)?)\s*(?:cm|kg|厘米|公斤|千克)?$/i.exec(cell)?.[1];
	if (number === undefined) return err('not_a_number');
	const value = Number(number);
	return value < minimum || value > maximum ? err('out_of_range') : ok(value);
}

function columnOf(head: string): Column | undefined {
	const wanted = plain(head);
	return (Object.keys(headings) as Column[]).find((column) => headings[column].some((name) => plain(name) === wanted));
}

function plain(head: string): string {
	return head
		.replace(/[\s*＊:：]/g, '')
		.replace(/（/g, '(')
		.replace(/）/g, ')')
		.toLowerCase();
}

/** By the mark at the front if there is one; else UTF-8 if it is, else GB18030, which Chinese Excel writes without a word. */
function decode(bytes: Uint8Array): { text: string; encoding: ChildrenCsv['encoding'] } | undefined {
	if (bytes[0] === 0xff && bytes[1] === 0xfe)
		return { text: iconv.decode(Buffer.from(bytes), 'utf16le'), encoding: 'UTF-16LE' };
	if (bytes.includes(0)) return undefined;
	try {
		return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' };
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
	}
	const text = iconv.decode(Buffer.from(bytes), 'gb18030');
	return text.includes('\uFFFD') ? undefined : { text, encoding: 'GB18030' };
}
