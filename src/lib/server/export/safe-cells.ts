/*
 * Cells of files that people open in Excel or WPS. What a stranger typed (a name, a reason, a claimant's story) may begin
 * with a sign that makes a spreadsheet calculate it: such a text gets an apostrophe before it and is read as text.
 */

/** What one cell may hold. Days and times go in as text, so that no spreadsheet rewrites them. */
export type Cell = string | number | boolean | null | undefined;

/** One column of a table: its heading, and what it takes from a row. */
export interface Column<Row> {
	readonly heading: string;
	readonly value: (row: Row) => Cell;
	/** In signs, for files that have widths. */
	readonly width?: number;
}

/**
 * The text with an apostrophe before it where a spreadsheet would calculate it: it begins with = + - @ (full-width forms
 * too, which spreadsheets of East Asia take for the same), TAB or CR, blanks before it or not (OWASP, CSV injection).
 */
export function safeText(text: string): string {
	return formulaBegins.test(text) ? `'${text}` : text;
}

/** A cell as it may stand in a file. Only texts can be formulas: a number is one. */
export function safeCell(cell: Cell): string | number | boolean {
	if (cell === null || cell === undefined) return '';
	if (typeof cell === 'number') return Number.isFinite(cell) ? cell : '';
	return typeof cell === 'string' ? safeText(cell) : cell;
}

const formulaBegins = /^[\t\r]|^\s*[=+\-@＝＋－＠]/;
