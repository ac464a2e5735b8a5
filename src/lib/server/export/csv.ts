import Papa from 'papaparse';
import { safeCell, safeText, type Column } from './safe-cells.ts';

/**
 * A table as CSV (RFC 4180), formula-safe. It begins with a byte order mark, without which Excel in China reads UTF-8 as GBK.
 *
 * @param rows in the order of the file
 */
export function csvOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
	const table = [
		columns.map(({ heading }) => safeText(heading)),
		...rows.map((row) => columns.map(({ value }) => safeCell(value(row))))
	];
	return `\uFEFF${Papa.unparse(table, { newline: '\r\n' })}\r\n`;
}

/** What the answer with a CSV says of itself. */
export const csvMediaType = 'text/csv; charset=utf-8';
