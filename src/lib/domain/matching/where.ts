import { everyPlaceName, placePath } from '../codes/places.ts';
import { provinceEverydayName, provinces } from '../codes/provinces.ts';
import { codeTables } from '../codes/tables.ts';
import type { Place } from '../intake/fields.ts';
import { countyShare, prefectureShare, provinceShare } from './frequencies.ts';
import { bigrams, later, likeness } from './wording.ts';

/*
 * Places as evidence. One county has had several codes (会理县 513425 is 会理市 513402 since 2021), so counties are the
 * same by code or by name within the province; and a family without a list of codes writes 凉山会理.
 */

/** A place taken apart, as far as it says. */
export interface KnownPlace {
	/** First two digits; of the province named in the words where there is no code. */
	readonly province: string | undefined;
	readonly prefecture: Named | undefined;
	readonly county: Named | undefined;
	readonly words: string;
	readonly pairs: () => ReadonlySet<string>;
	/** Only words: what they do not name is not known to be elsewhere. */
	readonly inWordsOnly: boolean;
}

interface Named {
	readonly code: string;
	readonly name: string;
	/** Without 县, 市, 区 and the names of peoples: 会理, 南涧, 凉山. */
	readonly stem: string;
}

export type PlaceLevel = 'same_county' | 'same_prefecture' | 'same_province' | 'same_words' | 'elsewhere';

/** How two places agree, with the chance of it; undefined where nothing can be said. */
export interface PlaceAgreement {
	readonly level: PlaceLevel;
	/** The finest both could have agreed on: where one says only the province, that is all there is to agree on. */
	readonly known: 'county' | 'prefecture' | 'province' | 'words';
	/** u of the level; undefined where it is not by value. */
	readonly chance: number | undefined;
}

export function knownPlace(place: Place): KnownPlace {
	const words = place.text.normalize('NFKC').replace(/\s+/gu, '');
	const pairs = later(() => bigrams(words));
	if (place.code === undefined) {
		return {
			province: provinceInWords(words),
			prefecture: undefined,
			county: undefined,
			words,
			pairs,
			inWordsOnly: true
		};
	}
	return { ...codedPlace(place.code, place.revision), words, pairs, inWordsOnly: false };
}

/** What a code says, kept: the same few thousand come back for every child. */
const codedPlaces = new Map<string, Pick<KnownPlace, 'province' | 'prefecture' | 'county'>>();
/** Codes come from outside; not every number anybody writes is kept. */
const codedPlacesMaximum = 20_000;

function codedPlace(
	code: string,
	revision: string | undefined
): Pick<KnownPlace, 'province' | 'prefecture' | 'county'> {
	const key = `${code} ${revision ?? ''}`;
	const kept = codedPlaces.get(key);
	if (kept) return kept;
	const path = placePath(code, revision);
	// 90 stands for counties under the province itself, 01 and 02 of a municipality for its districts: no prefectures.
	const hasPrefecture = !code.endsWith('0000') && code.slice(2, 4) !== '90' && !municipalities.has(code.slice(0, 2));
	const prefectureName = path.length >= 3 ? path[1] : code.endsWith('00') ? path.at(-1) : undefined;
	const isCounty = !code.endsWith('00');
	const read = {
		province: code.slice(0, 2),
		prefecture: hasPrefecture ? named(code.slice(0, 4), prefectureName ?? '') : undefined,
		county: isCounty ? named(code, path.at(-1) ?? '') : undefined
	};
	if (codedPlaces.size < codedPlacesMaximum) codedPlaces.set(key, read);
	return read;
}

/** The provinces a place can be looked for under: 重庆 was part of 四川 until 1997, 海南 of 广东 until 1988. */
export function provincesOf(place: KnownPlace): readonly string[] {
	if (place.province === undefined) return [];
	return [place.province, ...(partedProvinces[place.province] ?? [])];
}

export function placesAgree(a: KnownPlace, b: KnownPlace): PlaceAgreement | undefined {
	if (a.province === undefined || b.province === undefined) return inWords(a, b);
	if (!provincesOf(a).includes(b.province)) {
		// A province read from words may be where the family lives now; the words of a county beside it count first.
		return inWords(a, b) ?? { level: 'elsewhere', known: 'province', chance: undefined };
	}
	// Of two provinces that were one, the place is in the smaller.
	const province = provinceShare(a.province) <= provinceShare(b.province) ? a.province : b.province;
	const county = Math.min(0.9, 4 * countyShare(province));
	const prefecture = Math.min(0.9, 2 * prefectureShare(province));
	const whole = provinceShare(province);
	const named = inWords(a, b);
	if (sameCounty(a, b) || named?.level === 'same_county')
		return { level: 'same_county', known: 'county', chance: county };
	const known = finestOfBoth(a, b);
	if (known !== 'province' && samePrefecture(a, b))
		return {
			level: 'same_prefecture',
			known,
			chance: known === 'county' ? Math.max(prefecture - county, prefecture / 2) : prefecture
		};
	if (named?.level === 'same_prefecture') return { ...named, chance: prefecture };
	return {
		level: 'same_province',
		known,
		chance: known === 'province' ? whole : Math.max(whole - prefecture, whole / 2)
	};
}

/**
 * Words by which a place is found among many, such that two places of one county or prefecture share one: `c:会理`,
 * `q:凉山`. Words without a code give one for every county and prefecture they may name.
 */
export function placeKeys(place: KnownPlace): readonly string[] {
	if (place.inWordsOnly) return stemKeys().flatMap(({ stem, key }) => (place.words.includes(stem) ? [key] : []));
	const keys: string[] = [];
	if (place.county) keys.push(stemKey('c', place.county));
	// 滦县 is found as 滦州 and the other way round only by what both lie in, under whatever name.
	if (place.prefecture) keys.push(`p:${place.prefecture.code}`, stemKey('q', place.prefecture));
	return keys;
}

/** A stem of one sign is in too many texts. */
function stemKey(letter: 'c' | 'q', { stem, name }: Pick<Named, 'stem' | 'name'>): string {
	return `${letter}:${stem.length >= 2 ? stem : name}`;
}

/** Made at the first place without a code: some thousand names. */
let everyStemKey: readonly { readonly stem: string; readonly key: string }[] | undefined;

function stemKeys(): readonly { readonly stem: string; readonly key: string }[] {
	if (everyStemKey) return everyStemKey;
	const byKey = new Map<string, { readonly stem: string; readonly key: string }>();
	for (const { code, name } of everyPlaceName()) {
		if (code.endsWith('0000')) continue;
		const stem = stemOf(name);
		const key = stemKey(code.endsWith('00') ? 'q' : 'c', { stem, name });
		byKey.set(key, { stem: stem.length >= 2 ? stem : name, key });
	}
	everyStemKey = [...byKey.values()];
	return everyStemKey;
}

const municipalities = new Set(['11', '12', '31', '50']);

const partedProvinces: Readonly<Record<string, readonly string[]>> = {
	'50': ['51'],
	'51': ['50'],
	'46': ['44'],
	'44': ['46']
};

const everydayNames = provinces.map((each) => ({ prefix: each.code.slice(0, 2), name: provinceEverydayName(each) }));

/** The province whose everyday name stands first in the words. */
export function provinceInWords(words: string): string | undefined {
	let best: { readonly prefix: string; readonly at: number } | undefined;
	for (const { prefix, name } of everydayNames) {
		const at = words.indexOf(name);
		if (at >= 0 && (!best || at < best.at)) best = { prefix, at };
	}
	return best?.prefix;
}

function named(code: string, name: string): Named {
	return { code, name, stem: stemOf(name) };
}

/** 布依族苗族 before 自治州, longest names first so that 鄂温克族 is not 克族. */
const peoples = codeTables.ethnicity
	.map(({ name: [zh] }) => zh)
	.filter((name) => name.endsWith('族'))
	.sort((a, b) => b.length - a.length);
const endings = new RegExp(`(?:${peoples.join('|')}|各族)+$`, 'u');

function stemOf(name: string): string {
	const place = name.replace(/(自治州|自治县|自治旗|地区|(?<=..)(林|特|矿|新)区|盟|县|市|区|旗)$/u, '');
	// 东乡族自治县 is called after its people and nothing else.
	return place.replace(endings, '') || place.replace(/族$/u, '');
}

function sameCounty(a: KnownPlace, b: KnownPlace): boolean {
	if (!a.county || !b.county) return false;
	if (a.county.code === b.county.code) return true;
	const sameStem = a.county.stem === b.county.stem && a.county.stem !== '';
	// 滦县 became 滦州市: a name of one sign got a second.
	const grown = [a.county, b.county].some(
		({ stem }, i, both) => stem.length === 1 && (both[1 - i]?.stem ?? '').startsWith(stem)
	);
	if (samePrefecture(a, b)) return sameStem || grown;
	// 城关区 and 新华区 are in many cities; a county of that name is in one, wherever it was attached to.
	return sameStem && !a.county.name.endsWith('区') && !b.county.name.endsWith('区');
}

function samePrefecture(a: KnownPlace, b: KnownPlace): boolean {
	if (!a.prefecture || !b.prefecture) return a.prefecture === b.prefecture && a.province === b.province;
	if (a.prefecture.code === b.prefecture.code) return true;
	return a.prefecture.stem.length >= 2 && a.prefecture.stem === b.prefecture.stem;
}

function finestOfBoth(a: KnownPlace, b: KnownPlace): 'county' | 'prefecture' | 'province' {
	if (a.county && b.county) return 'county';
	if ((a.county ?? a.prefecture) && (b.county ?? b.prefecture)) return 'prefecture';
	return 'province';
}

/** Where one side has only words: does it name the other's county, or prefecture? */
function inWords(a: KnownPlace, b: KnownPlace): PlaceAgreement | undefined {
	if (a.inWordsOnly && b.inWordsOnly) {
		if (a.province !== undefined && b.province !== undefined && a.province !== b.province) return undefined;
		return likeness(a.pairs(), b.pairs()) >= 0.5
			? { level: 'same_words', known: 'words', chance: undefined }
			: undefined;
	}
	const [words, coded] = a.inWordsOnly ? [a, b] : b.inWordsOnly ? [b, a] : [undefined, undefined];
	if (!words || !coded) return undefined;
	const prefix = coded.province ?? '';
	if (coded.county && names(words.words, coded.county))
		return { level: 'same_county', known: 'county', chance: Math.min(0.9, 4 * countyShare(prefix)) };
	if (coded.prefecture && names(words.words, coded.prefecture))
		return { level: 'same_prefecture', known: 'prefecture', chance: Math.min(0.9, 2 * prefectureShare(prefix)) };
	return undefined;
}

function names(words: string, place: Named): boolean {
	if (place.name !== '' && words.includes(place.name)) return true;
	return place.stem.length >= 2 && words.includes(place.stem);
}
