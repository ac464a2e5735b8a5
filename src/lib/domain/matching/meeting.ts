import { compareDates, daysBetween, type CivilDate } from '../time.ts';
import { prepared, type Prepared } from './compare.ts';
import { shiftedMonths, widened, type Days } from './days.ts';
import { markShare } from './frequencies.ts';
import type { NameParts } from './names.ts';
import type { MatchProfile } from './profile.ts';
import { placeKeys, provincesOf } from './where.ts';

/*
 * Which pairs are worth comparing at all. Comparing costs some 50 µs, a report has a hundred thousand children to be
 * compared with, and nearly all of them could never reach a score that is listed. Two profiles meet when they share
 *
 *   a key: the sound of a name of two signs, a county or prefecture, a mark that few have, a day of birth; or
 *   a soft key: the sound of a name of one sign, a province, a mark that more have, where sex and birth allow it; or
 *   the time of the loss, where both know it to a year and sex and birth allow it.
 *
 * What does not meet lacks every field that could lift it over `worthALook`; how many pairs are lost by it all the same
 * is measured (docs/matching.md). The same rule stands in SQL in server/matching/search.ts.
 */
export interface Meeting {
	/** `''` where unknown. */
	readonly sex: '1' | '2' | '';
	readonly birth: Days | undefined;
	/** The days of birth among which a partner is looked for. */
	readonly birthWindow: Days | undefined;
	/** Undefined where unknown or too wide to say much. */
	readonly lost: Days | undefined;
	/** The days of loss among which a partner is looked for. */
	readonly lossWindow: Days | undefined;
	readonly keys: readonly string[];
	readonly softKeys: readonly string[];
}

export function meetingOf(profile: MatchProfile): Meeting {
	return meetingOfPrepared(prepared(profile));
}

export function meetingOfPrepared(one: Prepared): Meeting {
	const { profile } = one;
	const { birth } = profile;
	const lost =
		profile.lost && daysBetween(profile.lost.from, profile.lost.to) <= lossDaysWide ? profile.lost : undefined;
	const names = one.names.map(({ parts }) => ({ keys: nameKeys(parts), isRare: parts.core.length >= 2 }));
	return {
		sex: profile.sex ?? '',
		birth: birth && { from: birth.from, to: birth.to },
		birthWindow: birth && {
			from: shiftedMonths(birth.from, -birthMonthsApart),
			to: shiftedMonths(birth.to, birthMonthsApart)
		},
		lost,
		lossWindow: lost && widened(lost, lossDaysApart),
		keys: sorted([
			...names.flatMap(({ keys, isRare }) => (isRare ? keys : [])),
			...one.places.flatMap(placeKeys),
			...markKeys(one, 0, fewHaveIt),
			...(birth?.by === 'known' ? [`b:${birth.from}`] : [])
		]),
		softKeys: sorted([
			...names.flatMap(({ keys, isRare }) => (isRare ? [] : keys)),
			...one.places.flatMap(provincesOf).map((province) => `r:${province}`),
			...markKeys(one, fewHaveIt, manyHaveIt)
		])
	};
}

/** Births further apart than that disagree, and then only a key can outweigh it. */
const birthMonthsApart = 12;
/** Losses further apart than that are not the same time any more. */
const lossDaysApart = 31;
/** A year is a time to find somebody by; two or three are the time of too many. */
const lossDaysWide = 366;

export function meet(a: Meeting, b: Meeting): boolean {
	if (sharesOne(a.keys, b.keys)) return true;
	if (a.sex !== '' && b.sex !== '' && a.sex !== b.sex) return false;
	const birth = a.birthWindow && b.birth && overlap(a.birthWindow, b.birth);
	if (birth === true && sharesOne(a.softKeys, b.softKeys)) return true;
	// Where one side does not know the birth, the time of the loss alone may do.
	return birth !== false && a.lossWindow !== undefined && b.lost !== undefined && overlap(a.lossWindow, b.lost);
}

function sharesOne(a: readonly string[], b: readonly string[]): boolean {
	return a.some((key) => b.includes(key));
}

function sorted(keys: readonly string[]): readonly string[] {
	return [...new Set(keys)].sort();
}

/** A mark that fewer children have weighs four bits and more; a scar on the forehead two or three, with an age beside it. */
const fewHaveIt = 0.02;
/** A mark that more children have weighs next to nothing. */
const manyHaveIt = 0.12;

function markKeys({ marks }: Prepared, above: number, upTo: number): readonly string[] {
	return marks.flatMap(({ kind, site }) => {
		if (kind === undefined || site === undefined) return [];
		const share = markShare(kind, site);
		return share > above && share <= upTo ? [`m:${kind}:${site}`] : [];
	});
}

/** A name is looked for by its sound, under each reading of each sign; by its signs where a sign has no reading. */
function nameKeys({ core, blurredSounds }: NameParts): readonly string[] {
	if (blurredSounds.some((readings) => readings.length === 0)) return [`w:${core.join('')}`];
	const likely = blurredSounds.map((readings) => readings[0] ?? '');
	const others = blurredSounds.flatMap((readings, at) =>
		readings.slice(1).map((reading) => likely.map((each, i) => (i === at ? reading : each)))
	);
	return [likely, ...others].map((syllables) => `n:${syllables.join(' ')}`);
}

function overlap(a: Days, b: Days): boolean {
	return notAfter(a.from, b.to) && notAfter(b.from, a.to);
}

function notAfter(a: CivilDate, b: CivilDate): boolean {
	return compareDates(a, b) <= 0;
}
