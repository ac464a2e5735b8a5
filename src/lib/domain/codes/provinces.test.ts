import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { placeName, placesUnder } from './places.ts';
import { provinceEverydayName, provinceOf, provinces } from './provinces.ts';

describe('provinces', () => {
	it('are the 34 that the table of places has, by the same names and in the same order', () => {
		expect(provinces.map(({ code, name }) => [code, name[0]])).toEqual(
			placesUnder(undefined).map(({ code, name }) => [code, name])
		);
		expect(provinces).toHaveLength(34);
	});

	it('each has a short form and a square of its own', () => {
		expect(new Set(provinces.map(({ short }) => short)).size).toBe(34);
		expect(provinces.every(({ short }) => [...short].length === 1)).toBe(true);
		expect(new Set(provinces.map(({ tile }) => `${tile.column},${tile.row}`)).size).toBe(34);
		for (const { tile } of provinces) {
			expect(tile.column).toBeGreaterThanOrEqual(1);
			expect(tile.column).toBeLessThanOrEqual(9);
			expect(tile.row).toBeLessThanOrEqual(8);
		}
	});

	it('the province of a county nobody knows is told by its first two digits', () => {
		expect(placeName('539999')).toBeUndefined();
		expect(provinceOf('539999')?.name).toEqual(['云南省', 'Yunnan']);
		expect(provinceOf('110103')?.short).toBe('京');
	});

	it('what is no code has no province', () => {
		expect(provinceOf('530')).toBeUndefined();
		expect(provinceOf('990000')).toBeUndefined();
		expect(provinceOf('5329266')).toBeUndefined();
	});

	it('everyday names drop the kind of unit', () => {
		const everyday = provinces.map(provinceEverydayName);
		expect(everyday.slice(0, 5)).toEqual(['北京', '天津', '河北', '山西', '内蒙古']);
		expect(everyday).toContain('新疆');
		expect(everyday).toContain('香港');
		expect(everyday.filter((name) => /[省市区]$/.test(name))).toEqual([]);
	});

	it('do not load the table of all places', () => {
		const source = readFileSync(new URL('./provinces.ts', import.meta.url), 'utf8');
		expect(source).not.toMatch(/^import/m);
	});
});
