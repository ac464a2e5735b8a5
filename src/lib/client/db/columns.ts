/*
 * Many records of one shape, kept column by column: a key is written once and not once a record, and a value that
 * recurs (a sex, a house, "no duties") is written once and then numbered. 10,000 rows of a list then open in a few tens of milliseconds.
 * Records are plain data without null; a field that is undefined comes back as undefined.
 */

/** As it lies in a sealed index. */
export interface Columns {
	readonly length: number;
	readonly columns: readonly Column[];
}
type Column =
	| { readonly key: string; readonly values: readonly unknown[] }
	/** `codes` are places in `dictionary`; -1 is undefined. */
	| { readonly key: string; readonly dictionary: readonly unknown[]; readonly codes: readonly number[] };

/** Inverse of `fromColumns`. */
export function toColumns<T extends object>(records: readonly T[]): Columns {
	const keys = new Set<string>();
	for (const record of records) for (const key of Object.keys(record)) keys.add(key);
	return {
		length: records.length,
		columns: [...keys].map((key) => toColumn(key, records as readonly Record<string, unknown>[]))
	};
}

/** Equal values of a column may come back as one object: treat them as read-only. Inverse of `toColumns`. */
export function fromColumns<T extends object>({ length, columns }: Columns): T[] {
	// All of one shape from the start: records that grow key by key take ten times as long.
	const shape: Record<string, unknown> = {};
	for (const { key } of columns) shape[key] = undefined;
	const records = Array.from({ length }, () => ({ ...shape }));
	for (const column of columns) {
		const { key } = column;
		for (let i = 0; i < length; i++) {
			const record = records[i];
			if (!record) continue;
			if ('values' in column) record[key] = column.values[i] ?? undefined;
			else record[key] = column.dictionary[column.codes[i] ?? -1];
		}
	}
	return records as T[];
}

function toColumn(key: string, records: readonly Record<string, unknown>[]): Column {
	const values: unknown[] = [];
	const codes: number[] = [];
	const numbers = new Map<string, number>();
	const dictionary: unknown[] = [];
	for (const record of records) {
		const value = record[key];
		values.push(value ?? null);
		if (value === undefined) {
			codes.push(-1);
			continue;
		}
		const text = JSON.stringify(value);
		let code = numbers.get(text);
		if (code === undefined) {
			code = dictionary.length;
			numbers.set(text, code);
			dictionary.push(value);
		}
		codes.push(code);
	}
	// A dictionary pays once values recur at least twice on average.
	return dictionary.length * 2 <= records.length ? { key, dictionary, codes } : { key, values };
}
