import { z } from 'zod';
import { placesUnder, newestPlaceRevision } from '../codes/places.ts';
import frequenciesFile from './data/frequencies.json' with { type: 'json' };

/*
 * How often two people who have nothing to do with each other agree by chance: the u of the model. Fixed tables, see
 * data/SOURCES.md; nothing here is counted in the registry, or a score would change with every child that arrives.
 * All results are shares, 0 to 1.
 */

const table = z.record(z.string(), z.number().positive());
const frequencies = z
	.strictObject({
		provinceMillions: table,
		surnamePercent: table,
		nameSyllablePermille: table,
		markKinds: z.record(z.string(), z.strictObject({ everywhere: z.number().positive(), sites: table })),
		bloodGroupPercent: z.strictObject({ A: z.number(), B: z.number(), O: z.number(), AB: z.number() })
	})
	.parse(frequenciesFile);

const everybody = Object.values(frequencies.provinceMillions).reduce((sum, millions) => sum + millions, 0);

/** Of a province, by the first two digits of its code. A code that no province has counts as the smallest. */
export function provinceShare(prefix: string): number {
	return (frequencies.provinceMillions[prefix] ?? 0.7) / everybody;
}

/** Of one prefecture among those of its province, as if all were equal. */
export function prefectureShare(prefix: string): number {
	return provinceShare(prefix) / Math.max(1, partsOf(prefix).prefectures);
}

/** Of one county among those of its province, as if all were equal. */
export function countyShare(prefix: string): number {
	return provinceShare(prefix) / Math.max(1, partsOf(prefix).counties);
}

export function surnameShare(surname: string): number {
	return (frequencies.surnamePercent[surname] ?? frequencies.surnamePercent['other'] ?? 0.08) / 100;
}

/** Is this sign, or are these two, a surname the table knows? */
export function isSurname(signs: string): boolean {
	return signs !== 'other' && Object.hasOwn(frequencies.surnamePercent, signs);
}

/** Of people whose given or milk name has a sign with this sound. */
export function syllableShare(syllable: string): number {
	return (frequencies.nameSyllablePermille[syllable] ?? frequencies.nameSyllablePermille['other'] ?? 3) / 1000;
}

/** One written sign holds about two fifths of the people that its sound has: 红 beside 宏, 洪, 鸿, 虹 (estimate). */
export function signShare(syllable: string | undefined): number {
	return 0.4 * (syllable === undefined ? 0.003 : syllableShare(syllable));
}

/**
 * Of children with a mark of a kind at a site. A site the table does not name has an even tenth of what is everywhere: a
 * kind is usually found at ten or so places.
 */
export function markShare(kind: string, site: string): number {
	const known = frequencies.markKinds[kind] ?? frequencies.markKinds['other'];
	if (!known) return 0.02;
	return known.sites[site] ?? known.everywhere / 10;
}

/** Of children with a mark of a kind, wherever it is. */
export function markKindShare(kind: string): number {
	return (frequencies.markKinds[kind] ?? frequencies.markKinds['other'])?.everywhere ?? 0.2;
}

export const bloodGroups = ['A', 'B', 'AB', 'O'] as const;
export type BloodGroup = (typeof bloodGroups)[number];

export function bloodGroupShare(group: BloodGroup): number {
	return frequencies.bloodGroupPercent[group] / 100;
}

/** Counting the parts of a province goes through all codes; there are 34 provinces and they never change in a process. */
const partsByProvince = new Map<string, { readonly prefectures: number; readonly counties: number }>();

function partsOf(prefix: string): { readonly prefectures: number; readonly counties: number } {
	const known = partsByProvince.get(prefix);
	if (known) return known;
	const parts = placesUnder(`${prefix}0000`, newestPlaceRevision);
	const counties = parts.reduce(
		(sum, part) => sum + (part.hasParts ? placesUnder(part.code, newestPlaceRevision).length : 1),
		0
	);
	const counted = { prefectures: parts.length, counties };
	partsByProvince.set(prefix, counted);
	return counted;
}
