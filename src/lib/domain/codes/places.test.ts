import { readFileSync } from 'node:fs';
import { areaList } from '@vant/area-data';
import { describe, expect, it } from 'vitest';
import placesFile from './data/places.json' with { type: 'json' };
import {
	newestPlaceRevision,
	placeInForce,
	placeName,
	placePath,
	placeRevisions,
	placesUnder,
	province,
	searchPlaces
} from './places.ts';

/** The tables as their packages have them, to judge the made file by. */
const current: Record<string, string> = { ...areaList.province_list, ...areaList.city_list, ...areaList.county_list };
function dated(revision: string): Record<string, string> {
	const file = new URL(`../../../../node_modules/gb2260/lib/${revision.replace('-', '')}.json`, import.meta.url);
	return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
}
const allCodes = new Set(placesFile.places.map((line) => line.slice(0, 6)));

describe('places', () => {
	it('19 dated revisions from 2002-12 to 2016-07 and the newest are kept', () => {
		expect(placeRevisions).toHaveLength(20);
		expect(placeRevisions[0]).toBe('2002-12');
		expect(placeRevisions.at(-2)).toBe('2016-07');
		expect([...placeRevisions].sort()).toEqual(placeRevisions);
	});

	it.each(placeRevisions)('revision %s says what its source says, no more and no less', (revision) => {
		const source = revision === newestPlaceRevision ? current : dated(revision);
		for (const [code, name] of Object.entries(source)) expect(placeName(code, revision), code).toBe(name);
		const inForce = [...allCodes].filter((code) => placeInForce(code, revision));
		expect(inForce.sort()).toEqual(Object.keys(source).sort());
	});

	it('765 of the 3,510 codes of 2002-12 are gone from the newest set, and every one still names its place', () => {
		const old = dated('2002-12');
		const gone = Object.keys(old).filter((code) => !placeInForce(code));
		expect(Object.keys(old)).toHaveLength(3510);
		expect(gone).toHaveLength(765);
		for (const code of gone) expect(placeName(code), code).toBeTruthy();
	});

	it('a code in force since 2002 names its county, prefecture and province', () => {
		expect(placePath('532926')).toEqual(['云南省', '大理白族自治州', '南涧彝族自治县']);
		expect(placePath('532926', '2002-12')).toEqual(['云南省', '大理白族自治州', '南涧彝族自治县']);
		expect(province('532926')?.name[1]).toBe('Yunnan');
	});

	it('a district that no longer exists is still named, without placeholders', () => {
		expect(placeInForce('110103')).toBe(false);
		expect(placeName('110103')).toBe('崇文区');
		expect(placePath('110103', '2002-12')).toEqual(['北京市', '崇文区']);
		expect(placePath('130101', '2002-12')).toEqual(['河北省', '石家庄市']);
	});

	it('a code is named as of the revision asked for', () => {
		expect(placeName('130502', '2016-07')).toBe('桥东区');
		expect(placeName('130502')).toBe('襄都区');
		// Not in force yet: the name it got first.
		expect(placeName('110118', '2002-12')).toBe('密云区');
		// A revision newer than all kept.
		expect(placeName('130502', '2031-01')).toBe('襄都区');
	});

	it('a code nobody ever had has no name and no path', () => {
		expect(placeName('539999')).toBeUndefined();
		expect(placePath('539999')).toEqual([]);
		expect(placesUnder('539999')).toEqual([]);
	});

	it('under a municipality come its districts, in old revisions and in the newest', () => {
		const names = (revision?: string) => placesUnder('110000', revision).map(({ name }) => name);
		expect(names('2002-12')).toContain('崇文区');
		expect(names('2002-12')).toContain('密云县');
		expect(names()).toContain('密云区');
		expect(names()).not.toContain('崇文区');
		expect(names()).not.toContain('北京市');
		expect(names('2002-12')).not.toContain('市辖区');
	});

	it('under a province come its prefectures, under a prefecture its counties, under a county nothing', () => {
		expect(placesUnder('530000').map(({ name }) => name)).toContain('大理白族自治州');
		expect(placesUnder('410000').map(({ name }) => name)).toContain('济源市');
		const dali = placesUnder('532900');
		expect(dali.map(({ code }) => code)).toContain('532926');
		expect(dali.every(({ hasParts }) => !hasParts)).toBe(true);
		expect(placesUnder('530000').find(({ code }) => code === '532900')?.hasParts).toBe(true);
		expect(placesUnder('532926')).toEqual([]);
	});

	it('every code in force but a placeholder is reached by going down from the provinces', () => {
		for (const revision of ['2002-12', '2009-12', newestPlaceRevision]) {
			const reached = new Set<string>();
			const walk = (code: string | undefined): void => {
				for (const place of placesUnder(code, revision)) {
					expect(reached.has(place.code), place.code).toBe(false);
					reached.add(place.code);
					walk(place.code);
				}
			};
			walk(undefined);
			const missed = [...allCodes].filter((code) => placeInForce(code, revision) && !reached.has(code));
			const realPlaces = missed.filter((code) => !/^(市辖区|县|市|.*直辖.*)$/.test(placeName(code, revision) ?? ''));
			// What is left are middle levels that only repeat the municipality's name.
			expect(
				realPlaces.every((code) => /^(11|12|31|50)0100$/.test(code)),
				realPlaces.join()
			).toBe(true);
		}
	});

	it('is searched by words of any level, and by the beginning of a code', () => {
		expect(searchPlaces('凉山 会理')[0]?.path).toEqual(['四川省', '凉山彝族自治州', '会理市']);
		expect(searchPlaces('云南')[0]?.code).toBe('530000');
		expect(searchPlaces('532926').map(({ name }) => name)).toEqual(['南涧彝族自治县']);
		expect(searchPlaces('昭通')[0]?.name).toBe('昭通市');
		expect(searchPlaces('朝阳', 3)).toHaveLength(3);
		expect(searchPlaces('  ')).toEqual([]);
		expect(searchPlaces('没有这个地方')).toEqual([]);
	});

	it('finds a place by a name it no longer has, marked as gone and with the revision that had it', () => {
		const found = searchPlaces('崇文区')[0];
		expect(found).toMatchObject({ code: '110103', inForce: false, path: ['北京市', '崇文区'] });
		expect(placeInForce('110103', found?.revision)).toBe(true);
		expect(searchPlaces('桥东区').find(({ code }) => code === '130502')).toMatchObject({
			name: '桥东区',
			inForce: false
		});
	});
});
