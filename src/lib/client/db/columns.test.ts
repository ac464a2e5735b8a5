import { describe, expect, it } from 'vitest';
import { fromColumns, toColumns } from './columns.ts';

describe('columns', () => {
	it('bring records back as they were, through JSON, with and without recurring values', () => {
		const records = [
			{ id: 'a', sex: '1', marks: '', duties: [{ code: 'x', dueOn: undefined }], name: undefined },
			{ id: 'b', sex: '1', marks: 'scar', duties: [], name: '甲' },
			{ id: 'c', sex: '2', marks: '', duties: [], name: undefined },
			{ id: 'd', sex: undefined, marks: '', duties: [], name: '乙' },
			{ id: 'e', sex: '1', marks: '', duties: [], name: undefined }
		];
		const columns = JSON.parse(JSON.stringify(toColumns(records))) as ReturnType<typeof toColumns>;
		expect(fromColumns(columns)).toEqual(records);
		expect(fromColumns(toColumns([]))).toEqual([]);
	});

	it('write a recurring value once', () => {
		const text = JSON.stringify(
			toColumns(Array.from({ length: 1000 }, (_, n) => ({ n, house: 'a house with a long name' })))
		);
		expect(text.split('a house with a long name')).toHaveLength(2);
	});

	it('keep false, zero and the empty text apart from undefined', () => {
		const records = [{ v: false }, { v: 0 }, { v: '' }, { v: undefined }];
		expect(fromColumns(toColumns(records))).toEqual(records);
		expect(fromColumns(toColumns([...records, ...records, ...records]))).toEqual([...records, ...records, ...records]);
	});
});
