import { area } from './message.ts';

/** The report of an imported spreadsheet: why a cell was refused, and the way out. */
export const importProblems = area({
	missing: ['没有填。请补上这一格。', 'is empty. Fill in this cell.'],
	not_a_date: ['不是日期。请写成 2026-03-24。', 'is no date. Write it as 2026-03-24.'],
	date_in_future: ['在今天之后。请核对年份。', 'lies in the future. Check the year.'],
	excel_serial_number: [
		'是 Excel 的内部数字。请把这一列的格式改成日期再另存。',
		'is a number Excel keeps inside. Format the column as a date and save again.'
	],
	formula: [
		'是公式，不是值。请复制后“粘贴为值”。',
		'is a formula, not a value. Copy the column and paste it as values.'
	],
	not_in_table: ['不在代码表里。请写代码表里的名称。', 'is not in the table. Write a name of the table.'],
	not_a_number: ['不是数字。', 'is no number.'],
	out_of_range: ['超出可能的范围。请核对单位（厘米、公斤）。', 'is out of range. Check the unit (cm, kg).'],
	too_long: ['太长。请缩短。', 'is too long. Shorten it.'],
	number_twice: ['在文件里出现了两次。', 'stands twice in the file.'],
	number_known: ['登记处已有这个编号。请删去这一行。', 'is in the registry already. Delete this row.'],
	child_known: [
		'登记处已有同名、同性别、同出生日期的孩子。请核对。',
		'is in the registry with the same sex and birth date. Check it.'
	]
});

export const importFaults = area({
	empty: ['文件里没有孩子。', 'The file holds no children.'],
	too_large: [
		'文件太大（{bytes} 字节，最多 {maximum}）。请分成几个文件。',
		'The file is too large ({bytes} bytes, at most {maximum}). Split it.'
	],
	too_many_rows: [
		'行数太多，最多 {maximum} 行。请分成几个文件。',
		'The file has too many rows, at most {maximum}. Split it.'
	],
	not_text: [
		'这不是 CSV。请在 Excel 里另存为“CSV UTF-8”。',
		'This is no CSV file. In Excel choose “Save as: CSV UTF-8”.'
	],
	columns_missing: ['缺少列：{columns}。文件里有：{found}。', 'Columns are missing: {columns}. The file has: {found}.'],
	column_twice: ['列“{column}”出现了两次。请删去一列。', 'The column “{column}” stands twice. Delete one.']
});
