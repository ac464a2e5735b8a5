/*
 * What a part measured: tables for people, the same rows for programs. A goal that is missed is said, never a failure of
 * the run: the machine may be busy.
 */
export interface Report {
	readonly part: string;
	readonly tables: readonly Table[];
	/** What somebody who reads the figures must know. */
	readonly notes: readonly string[];
	readonly goals: readonly Goal[];
	/** Every single measurement, as it came. */
	readonly raw: unknown;
}

export interface Table {
	readonly title: string;
	readonly columns: readonly string[];
	/** The first cell names the row. Numbers are printed as they are, undefined as a dash. */
	readonly rows: readonly (readonly (string | number | undefined)[])[];
}

export interface Goal {
	readonly goal: string;
	readonly measured: string;
	readonly met: boolean;
}

/** As Markdown, columns aligned, so that a terminal and a document read the same. */
export function tableText({ title, columns, rows }: Table): string {
	const cells = [columns, ...rows].map((row) => row.map(cellText));
	const widths = columns.map((_, i) => Math.max(3, ...cells.map((row) => widthOf(row[i] ?? ''))));
	const line = (row: readonly string[]) =>
		`| ${widths.map((width, i) => padded(row[i] ?? '', width, i > 0)).join(' | ')} |`;
	const rule = `|${widths.map((width, i) => (i > 0 ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}|`;
	const [head = [], ...body] = cells;
	return [`### ${title}`, '', line(head), rule, ...body.map(line)].join('\n');
}

/** Three significant digits above 1, two decimals below. */
export function rounded(value: number): number {
	if (value === 0 || !Number.isFinite(value)) return value;
	if (Math.abs(value) >= 100) return Math.round(value);
	return Number(value.toFixed(Math.abs(value) >= 10 ? 1 : 2));
}

function cellText(cell: string | number | undefined): string {
	if (cell === undefined) return '-';
	return typeof cell === 'string' ? cell : rounded(cell).toLocaleString('en-US', { maximumFractionDigits: 2 });
}

/** Columns a terminal gives the text: two for a Han character. */
function widthOf(text: string): number {
	return [...text].reduce((sum, sign) => sum + (/[\u2e80-\uffef]/u.test(sign) ? 2 : 1), 0);
}

function padded(text: string, width: number, right: boolean): string {
	const fill = ' '.repeat(Math.max(0, width - widthOf(text)));
	return right ? fill + text : text + fill;
}
