import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import { safeCell, type Column } from './safe-cells.ts';

/** One sheet of a workbook. Made by {@link sheetOf}, which ties the columns to the type of the rows. */
export interface XlsxSheet {
	/** On the tab: at most 31 signs, none of : \ / ? * [ ]. What is more or other is left out. */
	readonly name: string;
	readonly widths: readonly (number | undefined)[];
	readonly table: readonly (readonly (string | number | boolean)[])[];
}

/** A sheet with a line of headings. Formula-safe as {@link csvOf} is, for whoever saves it as CSV later. */
export function sheetOf<Row>(name: string, columns: readonly Column<Row>[], rows: readonly Row[]): XlsxSheet {
	return {
		name,
		widths: columns.map(({ width }) => width),
		table: [
			columns.map(({ heading }) => fitting(safeCell(heading))),
			...rows.map((row) => columns.map(({ value }) => fitting(safeCell(value(row)))))
		]
	};
}

/** A workbook, at least one sheet; the line of headings stays in view. */
export async function xlsxOf(sheets: readonly XlsxSheet[]): Promise<Buffer> {
	const names = tabNames(sheets.map(({ name }) => name));
	return writeExcelFile(
		sheets.map(({ widths, table }, i) => ({
			sheet: names[i] ?? `${i + 1}`,
			stickyRowsCount: 1,
			columns: widths.map((width) => (width === undefined ? {} : { width })),
			data: table.map((row, number): SheetData[number] =>
				row.map((value) => {
					if (value === '') return null;
					const look = number === 0 ? { fontWeight: 'bold' as const } : {};
					// The type is always said: nothing may be taken for a formula or a date.
					if (typeof value === 'string') return { value, type: String, wrap: number > 0, ...look };
					return typeof value === 'number' ? { value, type: Number, ...look } : { value, type: Boolean, ...look };
				})
			)
		}))
	).toBuffer();
}

/** What the answer with a workbook says of itself. */
export const xlsxMediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Excel opens no workbook with a longer cell. */
const cellMaximum = 32_767;

/** Signs that XML cannot hold are left out by the writer. */
function fitting(cell: string | number | boolean): string | number | boolean {
	if (typeof cell !== 'string' || cell.length <= cellMaximum) return cell;
	return `${cell.slice(0, cellMaximum - 1)}…`;
}

/** Names that Excel takes, each once. */
function tabNames(names: readonly string[]): readonly string[] {
	const taken = new Set<string>();
	return names.map((name, i) => {
		const plain =
			name
				.replace(/[:\\/?*[\]]/g, ' ')
				.trim()
				.slice(0, 31) || String(i + 1);
		const unique = taken.has(plain.toLowerCase()) ? `${plain.slice(0, 27)} ${i + 1}` : plain;
		taken.add(unique.toLowerCase());
		return unique;
	});
}
