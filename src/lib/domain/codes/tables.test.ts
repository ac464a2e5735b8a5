import { describe, expect, it } from 'vitest';
import { fieldDefinition, fieldKeys } from '../intake/fields.ts';
import { codeName, codeTables } from './tables.ts';

const tables = Object.entries(codeTables);

describe('code tables', () => {
	it.each(tables)('%s names every code once, in Chinese and in English', (_, rows) => {
		expect(rows.length).toBeGreaterThan(3);
		expect(new Set(rows.map((row) => row.code)).size).toBe(rows.length);
		for (const language of [0, 1] as const) {
			const names = rows.map((row) => row.name[language]);
			expect(names.filter((name) => name.trim() !== name || name === '')).toEqual([]);
			expect(new Set(names).size).toBe(rows.length);
		}
		for (const { name } of rows) {
			expect(name[0]).toMatch(/\p{Script=Han}/u);
			expect(name[1]).not.toMatch(/\p{Script=Han}/u);
		}
	});

	it.each(tables)('codes of %s fit into the fields that hold them', (_, rows) => {
		// A choice of the intake and a code of a care entry or mark may have 20 signs.
		expect(rows.filter((row) => row.code.length < 1 || row.code.length > 20)).toEqual([]);
	});

	it('every choice of the intake has its table', () => {
		for (const key of fieldKeys) {
			const { value } = fieldDefinition(key);
			if (value.kind === 'choice') expect(Object.keys(codeTables)).toContain(value.table);
		}
	});

	it('the 56 peoples of GB 3304 are numbered 01 to 56 without a gap', () => {
		const numbered = codeTables.ethnicity.slice(0, 56).map((row) => row.code);
		expect(numbered).toEqual(Array.from({ length: 56 }, (_, index) => String(index + 1).padStart(2, '0')));
		expect(codeName('ethnicity', '07')).toEqual(['彝族', 'Yi']);
		expect(codeName('ethnicity', '56')).toEqual(['基诺族', 'Jino']);
	});

	it('sex has the four codes of GB/T 2261.1', () => {
		expect(codeTables.sex.map((row) => row.code).sort()).toEqual(['0', '1', '2', '9']);
		expect(codeName('sex', '1')).toEqual(['男', 'Male']);
	});

	it('a code that the table does not have has no name', () => {
		expect(codeName('sex', '3')).toBeUndefined();
	});
});
