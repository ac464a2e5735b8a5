import { daysBetween, type CivilDate } from '../time.ts';
import type { Comparison, Contradiction, Contribution, Said } from './comparison.ts';
import type { Days } from './days.ts';
import {
	bloodGroupShare,
	bloodGroups,
	markKindShare,
	markShare,
	signShare,
	surnameShare,
	syllableShare,
	type BloodGroup
} from './frequencies.ts';
import { kindsAreNear, sitesAreNear } from './marks-in-words.ts';
import { nameParts, signsOf, soundAlike, type NameKind, type NameParts } from './names.ts';
import type { MatchProfile } from './profile.ts';
import {
	leastByField,
	levels,
	matchFields,
	mostByField,
	mostByMark,
	priorOfAPair,
	type Level,
	type MatchField
} from './weights.ts';
import { knownPlace, placesAgree, provinceInWords, type KnownPlace, type PlaceAgreement } from './where.ts';
import { bigrams, later, likeness } from './wording.ts';

/*
 * The model of Fellegi and Sunter over two profiles: each field is judged by itself on one of its levels, the weights of
 * the levels add up. Nothing else goes in: not today, not the other candidates, not how many there are.
 *
 *   1. Unknown on either side weighs 0.
 *   2. A level that agrees or comes close never weighs less than 0, one that disagrees never more.
 *   3. Lists have no order, and of what could match the best that can be had counts.
 */

/** Compares a child with the child a family looks for. The same two profiles give the same answer on every day. */
export function compareProfiles(child: MatchProfile, family: MatchProfile): Comparison {
	return explained(prepared(child), prepared(family));
}

/** A profile taken apart once, to be compared with many. */
export interface Prepared {
	readonly profile: MatchProfile;
	readonly names: readonly { readonly kind: NameKind; readonly parts: NameParts }[];
	readonly places: readonly KnownPlace[];
	readonly marks: readonly PreparedMark[];
	readonly siblings: (() => PreparedSiblings) | undefined;
	readonly speech: (() => PreparedSpeech) | undefined;
	readonly clothing: (() => ReadonlySet<string>) | undefined;
}

type PreparedMark = MatchProfile['marks'][number] & { readonly pairs: () => ReadonlySet<string> };

interface PreparedSpeech {
	readonly pairs: ReadonlySet<string>;
	readonly province: string | undefined;
}

interface PreparedSiblings {
	readonly names: readonly NameParts[];
	readonly signs: readonly string[];
	readonly readings: readonly (readonly string[])[];
	readonly relations: ReadonlySet<string>;
}

export function prepared(profile: MatchProfile): Prepared {
	const { siblings, speech, clothing } = profile;
	return {
		profile,
		names: profile.names
			.filter(({ kind }) => kind !== 'assigned')
			.map((name) => ({ kind: name.kind, parts: nameParts(name) }))
			.filter(({ parts }) => parts.core.length > 0),
		places: profile.places.map(knownPlace),
		marks: profile.marks.map((mark) => ({ ...mark, pairs: later(() => bigrams(mark.words)) })),
		siblings: siblings && later(() => preparedSiblings(siblings)),
		speech: speech === undefined ? undefined : later(() => preparedSpeech(speech)),
		clothing: clothing === undefined ? undefined : later(() => bigrams(clothing))
	};
}

/** What every field says and the sum, without the values for people: for looking through thousands. */
export function weighed(
	child: Prepared,
	family: Prepared
): { readonly score: number; readonly judgements: Readonly<Record<MatchField, Judgement>> } {
	const judgements = {
		sex: judgeSex(child.profile, family.profile),
		birth: judgeBirth(child.profile, family.profile),
		lost: judgeLost(child.profile, family.profile),
		sequence: judgeSequence(child.profile, family.profile),
		place: judgePlace(child.places, family.places),
		names: judgeNames(child, family),
		marks: judgeMarks(child.marks, family.marks),
		siblings: child.siblings && family.siblings && judgeSiblings(child.siblings(), family.siblings()),
		speech: child.speech && family.speech && judgeSpeech(child.speech(), family.speech()),
		bloodGroup: judgeBlood(child.profile, family.profile),
		height: judgeHeight(child.profile, family.profile),
		clothing: judgeClothing(child, family)
	};
	const sum = matchFields.reduce((total, field) => total + (judgements[field]?.weight ?? 0), 0);
	return { score: rounded(sum), judgements };
}

/** As `compareProfiles`, for profiles that are prepared already. */
export function explained(child: Prepared, family: Prepared): Comparison {
	const { score, judgements } = weighed(child, family);
	const contributions = matchFields.map((field): Contribution => {
		const judgement = judgements[field];
		const because = { child: said(field, child.profile, 'child'), family: said(field, family.profile, 'family') };
		if (!judgement) return { field, verdict: 'unknown', weight: 0, because };
		const { verdict, level, weight } = judgement;
		return { field, verdict, level, weight, because };
	});
	return {
		score,
		probability: probabilityOf(score),
		contributions,
		contradictions: contradictionsOf(child.profile, family.profile, judgements)
	};
}

/** The probability of a match at the fixed prior. */
export function probabilityOf(score: number): number {
	const odds = (priorOfAPair / (1 - priorOfAPair)) * 2 ** score;
	return odds / (1 + odds);
}

/** A judgement of one field; undefined where one side does not know it or nothing can be said. */
export type Judgement =
	{ readonly verdict: Level['verdict']; readonly level: string; readonly weight: number } | undefined;

/**
 * @param by u where the table says 'by value', and m where a coarser level holds what finer ones would have taken
 */
function judged<F extends MatchField>(
	field: F,
	level: keyof (typeof levels)[F] & string,
	by: { readonly u?: number | undefined; readonly m?: number | undefined } = {}
): NonNullable<Judgement> {
	const row = (levels[field] as Readonly<Record<string, Level>>)[level];
	if (!row) throw new RangeError(`${field} has no level ${level}`);
	const u = by.u ?? row.u;
	if (u === 'by value') throw new RangeError(`The chance of ${field}.${level} depends on a value that was not given.`);
	const bits = Math.log2((by.m ?? row.m) / Math.min(1, u));
	const signed = row.verdict === 'disagree' ? Math.min(0, bits) : Math.max(0, bits);
	return { verdict: row.verdict, level, weight: bounded(field, signed) };
}

function bounded(field: MatchField, bits: number): number {
	return rounded(Math.max(leastByField[field] ?? -Infinity, Math.min(mostByField[field] ?? Infinity, bits)));
}

/** Two decimals, so that what is shown adds up to what is shown. */
function rounded(bits: number): number {
	const value = Math.round(bits * 100) / 100;
	return value === 0 ? 0 : value;
}

function best(judgements: readonly NonNullable<Judgement>[]): Judgement {
	return judgements.reduce<Judgement>((top, each) => (!top || each.weight > top.weight ? each : top), undefined);
}

function judgeSex(child: MatchProfile, family: MatchProfile): Judgement {
	if (child.sex === undefined || family.sex === undefined) return undefined;
	return judged('sex', child.sex === family.sex ? 'same' : 'different');
}

/** The chance that two ranges touch in `years` of days. */
function chanceToTouch(a: Days, b: Days, years: number, slack = 0): number {
	return Math.min(1, (lengthOf(a) + lengthOf(b) - 1 + 2 * slack) / (years * 365.25));
}

function lengthOf({ from, to }: Days): number {
	return daysBetween(from, to) + 1;
}

/** Days between two ranges; 0 where they touch. */
function gap(a: Days, b: Days): number {
	return Math.max(0, daysBetween(a.to, b.from), daysBetween(b.to, a.from));
}

/** Children are 0 to 17 when they are lost and found. */
const yearsOfBirths = 18;
/** Reports that stay open are mostly of the last fifteen years. */
const yearsOfLosses = 15;
const aYear = 366;

function judgeBirth(child: MatchProfile, family: MatchProfile): Judgement {
	const [a, b] = [child.birth, family.birth];
	if (!a || !b) {
		// Without an age from the family one thing is known: whom it lost was born by then.
		return a && family.lost && a.from > family.lost.to ? judged('birth', 'years_apart') : undefined;
	}
	if (a.by === 'known' && b.by === 'known' && a.from === b.from) return judged('birth', 'same_day');
	const days = gap(a, b);
	if (days === 0) return judged('birth', 'overlap', { u: chanceToTouch(a, b, yearsOfBirths) });
	if (days <= aYear) return judged('birth', 'within_a_year');
	return judged('birth', days <= 3 * aYear ? 'within_three_years' : 'years_apart');
}

/** A month more or less is the same time to whoever tells it. */
const aboutAMonth = 31;

function judgeLost(child: MatchProfile, family: MatchProfile): Judgement {
	const [a, b] = [child.lost, family.lost];
	if (!a || !b) return undefined;
	const days = gap(a, b);
	if (days <= aboutAMonth) return judged('lost', 'same', { u: chanceToTouch(a, b, yearsOfLosses, aboutAMonth) });
	if (days <= aYear) return judged('lost', 'within_a_year');
	return judged('lost', days <= 3 * aYear ? 'within_three_years' : 'years_apart');
}

function judgeSequence(child: MatchProfile, family: MatchProfile): Judgement {
	if (!child.found || !family.lost) return undefined;
	if (child.found.to < family.lost.from) return judged('sequence', 'found_before_lost');
	return family.lost.to <= child.found.from ? judged('sequence', 'lost_before_found') : undefined;
}

function judgePlace(child: readonly KnownPlace[], family: readonly KnownPlace[]): Judgement {
	const found: NonNullable<Judgement>[] = [];
	for (const a of child) {
		for (const b of family) {
			const agreement = placesAgree(a, b);
			if (agreement) found.push(placeJudgement(agreement));
		}
	}
	return best(found);
}

/** Where only the province is known, agreeing on it stands for county and prefecture too: their m are added. */
function placeJudgement({ level, known, chance }: PlaceAgreement): NonNullable<Judgement> {
	const { same_county, same_prefecture, same_province } = levels.place;
	switch (level) {
		case 'same_prefecture':
			return judged('place', level, {
				u: chance,
				m: known === 'county' ? same_prefecture.m : same_county.m + same_prefecture.m
			});
		case 'same_province':
			return judged('place', level, {
				u: chance,
				m:
					known === 'county'
						? same_province.m
						: known === 'prefecture'
							? same_province.m
							: same_county.m + same_prefecture.m + same_province.m
			});
		case 'same_county':
		case 'same_words':
		case 'elsewhere':
			return judged('place', level, { u: chance });
	}
}

/** A side knows two or three names, so chance has a few tries. */
const nameTries = 3;

function judgeNames(child: Prepared, family: Prepared): Judgement {
	const found: NonNullable<Judgement>[] = [];
	let comparable = false;
	for (const a of child.names) {
		for (const b of family.names) {
			const judgement = judgeTwoNames(a.parts, b.parts);
			if (judgement) found.push(judgement);
			// 小虎 against 李国强 says nothing: one is called across a yard, the other stands on a form.
			else if (isFormal(a) === isFormal(b)) comparable = true;
		}
	}
	return best(found) ?? (comparable ? judged('names', 'different') : undefined);
}

function isFormal({ kind, parts }: Prepared['names'][number]): boolean {
	return kind === 'given' || kind === 'school' || parts.surname !== undefined;
}

function judgeTwoNames(a: NameParts, b: NameParts): Judgement {
	const sameSurname =
		a.surname !== undefined &&
		b.surname !== undefined &&
		(a.surname === b.surname || soundAlike(a.surnameSounds, b.surnameSounds));
	const surname = sameSurname ? Math.max(surnameShare(a.surname ?? ''), surnameShare(b.surname ?? '')) : 1;
	const signs = product(a.core.map((_, i) => sharedSign(a.coreSounds[i], b.coreSounds[i])));
	const sounds = product(a.coreSounds.map((readings, i) => syllableShare(common(readings, b.coreSounds[i]) ?? '')));
	if (a.core.length === b.core.length && a.core.every((sign, i) => sign === b.core[i]))
		return judged('names', sameSurname ? 'same_name' : 'same_given', { u: nameTries * signs * surname });
	if (soundAlike(a.coreSounds, b.coreSounds)) return judged('names', 'same_sound', { u: nameTries * sounds * surname });
	const found: NonNullable<Judgement>[] = [];
	if (soundAlike(a.blurredSounds, b.blurredSounds)) {
		const blurred = product(
			a.coreSounds.map((readings, i) =>
				Math.max(syllableShare(readings[0] ?? ''), syllableShare(b.coreSounds[i]?.[0] ?? ''))
			)
		);
		// About two and a half syllables fall together when heard so.
		found.push(judged('names', 'near_sound', { u: nameTries * blurred * 2.5 ** a.core.length * surname }));
	}
	for (const [i, sign] of a.core.entries()) {
		const j = b.core.indexOf(sign);
		// Either may stand at two places, on both sides.
		if (j >= 0)
			found.push(
				judged('names', 'shared_sign', { u: nameTries * 4 * sharedSign(a.coreSounds[i], b.coreSounds[j]) * surname })
			);
		for (const readings of b.coreSounds) {
			const syllable = common(a.coreSounds[i] ?? [], readings);
			if (syllable !== undefined)
				found.push(judged('names', 'shared_sound', { u: nameTries * 4 * syllableShare(syllable) * surname }));
		}
	}
	if (sameSurname) found.push(judged('names', 'same_surname', { u: nameTries * surname }));
	return best(found);
}

function common(a: readonly string[], b: readonly string[] | undefined): string | undefined {
	// The most frequent of several readings is the most cautious.
	let found: string | undefined;
	for (const reading of a)
		if (b?.includes(reading) && (found === undefined || syllableShare(reading) > syllableShare(found))) found = reading;
	return found;
}

/** Of a sign both sides wrote; where they read it differently, the more frequent reading. */
function sharedSign(a: readonly string[] | undefined, b: readonly string[] | undefined): number {
	return Math.max(signShare(a?.[0]), signShare(b?.[0]));
}

function product(factors: readonly number[]): number {
	return factors.reduce((all, each) => all * each, 1);
}

function judgeMarks(child: readonly PreparedMark[], family: readonly PreparedMark[]): Judgement {
	if (child.length === 0 || family.length === 0) return undefined;
	const pairs = child.map((a) => family.map((b) => judgeTwoMarks(a, b)));
	const all = pairs.flat().filter((each) => each !== undefined);
	if (all.length === 0) {
		// 皮肤白 is no mark: only where both sides say what kind of mark it is can they be found not alike.
		const named = (marks: readonly PreparedMark[]) => marks.some(({ kind }) => kind !== undefined && kind !== 'other');
		return named(child) && named(family) ? judged('marks', 'none_alike') : undefined;
	}
	const weights = pairs.map((row) => row.map((each) => each?.weight ?? 0));
	const top = best(all.filter((each) => each.verdict === 'agree')) ?? best(all);
	return top && { ...top, weight: bounded('marks', bestPairing(weights)) };
}

function judgeTwoMarks(a: PreparedMark, b: PreparedMark): Judgement {
	const capped = (judgement: NonNullable<Judgement>) => ({
		...judgement,
		weight: Math.min(mostByMark, judgement.weight)
	});
	if (a.kind === undefined || b.kind === undefined || a.kind === 'other' || b.kind === 'other') {
		if (a.site !== undefined && b.site !== undefined && !sitesAreNear(a.site, b.site)) return undefined;
		return likeness(a.pairs(), b.pairs()) >= 0.4 ? capped(judged('marks', 'same_words')) : undefined;
	}
	if (a.site === undefined || b.site === undefined) {
		if (a.kind !== b.kind) return undefined;
		return capped(judged('marks', 'near', { u: markKindShare(a.kind) }));
	}
	const sidesDiffer = isSided(a.side) && isSided(b.side) && a.side !== b.side;
	const share = Math.max(markShare(a.kind, a.site), markShare(b.kind, b.site));
	if (a.kind === b.kind && a.site === b.site && !sidesDiffer) {
		const sure = isSided(a.side) && a.side === b.side ? 0.5 : 1;
		return capped(judged('marks', 'same', { u: share * sure }));
	}
	if (kindsAreNear(a.kind, b.kind) && sitesAreNear(a.site, b.site))
		return capped(judged('marks', 'near', { u: 4 * share }));
	return undefined;
}

function isSided(side: PreparedMark['side']): boolean {
	return side === 'left' || side === 'right';
}

/**
 * The largest sum of weights in which every mark is used once at most. Exact, so that neither the order of marks nor one
 * mark more can lower it: subset by subset of the shorter list (12 at most: 4,096 subsets, where both lists are full).
 */
export function bestPairing(weights: readonly (readonly number[])[]): number {
	const rows = weights.length <= (weights[0]?.length ?? 0) ? transposed(weights) : weights;
	const width = rows[0]?.length ?? 0;
	if (width === 1) return Math.max(0, ...rows.map((row) => row[0] ?? 0));
	// bySubset[s]: the best so far that uses just columns of s.
	let bySubset = new Array<number>(2 ** width).fill(0);
	for (const row of rows) {
		if (row.every((weight) => weight <= 0)) continue;
		const next = [...bySubset];
		for (let subset = 0; subset < bySubset.length; subset++) {
			for (let column = 0; column < width; column++) {
				const bit = 1 << column;
				if ((subset & bit) === 0) continue;
				const sum = (bySubset[subset & ~bit] ?? 0) + (row[column] ?? 0);
				if (sum > (next[subset] ?? 0)) next[subset] = sum;
			}
		}
		bySubset = next;
	}
	return bySubset.at(-1) ?? 0;
}

function transposed(rows: readonly (readonly number[])[]): readonly (readonly number[])[] {
	return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? 0));
}

function preparedSiblings({
	names,
	words,
	wordSounds,
	orders
}: NonNullable<MatchProfile['siblings']>): PreparedSiblings {
	const relations = new Set<string>(orders);
	for (const [relation, pattern] of relationWords) if (pattern.test(words)) relations.add(relation);
	return {
		names: names.map(nameParts).filter(({ core }) => core.length > 0),
		signs: signsOf(words),
		readings: wordSounds.map((each) => each.split('/').filter((reading) => reading !== '')),
		relations
	};
}

const relationWords = [
	['twin', /双胞|孪生|双生/],
	['elder_brother', /哥|兄(?!弟姐妹)/],
	['elder_sister', /姐(?!妹)|阿姊/],
	['younger_brother', /(?<!兄)弟/],
	['younger_sister', /(?<!姐)妹/]
] as const;

function judgeSiblings(a: PreparedSiblings, b: PreparedSiblings): Judgement {
	const named = [...a.names.flatMap((name) => nameAmong(name, b)), ...b.names.flatMap((name) => nameAmong(name, a))];
	const byName = best(named);
	if (byName) return byName;
	if (a.relations.size === 0 || b.relations.size === 0) return undefined;
	const shared = [...a.relations].some((one) => [...b.relations].some((other) => sameRelation(one, other)));
	return judged('siblings', shared ? 'same_relations' : 'other_relations');
}

/** An elder sister is somebody older; who is only said to be older may be one. */
function sameRelation(one: string, other: string): boolean {
	if (one === other) return true;
	const isOlder = (relation: string) => relation === 'elder_brother' || relation === 'elder_sister';
	const isYounger = (relation: string) => relation === 'younger_brother' || relation === 'younger_sister';
	return (
		(one === 'older' && isOlder(other)) ||
		(other === 'older' && isOlder(one)) ||
		(one === 'younger' && isYounger(other)) ||
		(other === 'younger' && isYounger(one))
	);
}

/** A sibling's name among the names or in the words of the other side, in sign or, from two signs on, in sound. */
function nameAmong(name: NameParts, other: PreparedSiblings): readonly NonNullable<Judgement>[] {
	const chance = product(name.coreSounds.map((readings) => signShare(readings[0])));
	const sounded = product(name.coreSounds.map((readings) => syllableShare(readings[0] ?? '')));
	const found: NonNullable<Judgement>[] = [];
	for (const each of other.names) {
		if (each.core.join('') === name.core.join('')) found.push(judged('siblings', 'same_name', { u: 3 * chance }));
		else if (soundAlike(each.coreSounds, name.coreSounds))
			found.push(judged('siblings', 'same_name', { u: 3 * sounded }));
	}
	// One sign of a text is found in many texts by chance; whole written names count, 小红 with its 小.
	const written = signsOf(name.written);
	if (written.length >= 2 && other.signs.join('\0').includes(written.join('\0')))
		found.push(judged('siblings', 'same_name', { u: 6 * chance }));
	else if (name.core.length >= 2 && soundsWithin(name.coreSounds, other.readings))
		found.push(judged('siblings', 'same_name', { u: 20 * sounded }));
	return found;
}

function soundsWithin(name: readonly (readonly string[])[], text: readonly (readonly string[])[]): boolean {
	for (let start = 0; start + name.length <= text.length; start++)
		if (soundAlike(name, text.slice(start, start + name.length))) return true;
	return false;
}

/** Ways of speaking by where they are spoken, beside the names of provinces. */
const regionalWords = [
	['粤语', '44'],
	['白话', '44'],
	['潮汕', '44'],
	['闽南', '35'],
	['福州', '35'],
	['东北', '23'],
	['维吾尔', '65'],
	['藏语', '54'],
	['凉山', '51'],
	['昭通', '53'],
	['大理', '53'],
	['毕节', '52'],
	['黔东南', '52'],
	['桂柳', '45'],
	['壮话', '45'],
	['豫东', '41'],
	['信阳', '41'],
	['温州', '33'],
	['阜阳', '34'],
	['湘西', '43'],
	['苏北', '32'],
	['陕南', '61'],
	['赣南', '36']
] as const;

function preparedSpeech(words: string): PreparedSpeech {
	const regional = regionalWords.find(([word]) => words.includes(word))?.[1];
	return { pairs: bigrams(words.replaceAll(/普通话|口音|方言/gu, '')), province: provinceInWords(words) ?? regional };
}

function judgeSpeech(a: PreparedSpeech, b: PreparedSpeech): Judgement {
	if (a.province !== undefined && a.province === b.province) return judged('speech', 'alike');
	if (likeness(a.pairs, b.pairs) >= 0.34) return judged('speech', 'alike');
	return a.province !== undefined && b.province !== undefined ? judged('speech', 'different') : undefined;
}

/** Alleles each group can hand on. */
const handsOn: Readonly<Record<BloodGroup, readonly ('A' | 'B' | 'O')[]>> = {
	A: ['A', 'O'],
	B: ['B', 'O'],
	AB: ['A', 'B'],
	O: ['O']
};

/** The groups a child of two parents can have. */
export function groupsOfChildren([one, other]: readonly [BloodGroup, BloodGroup]): readonly BloodGroup[] {
	const possible = new Set<BloodGroup>();
	for (const a of handsOn[one]) {
		for (const b of handsOn[other]) {
			const both = new Set([a, b]);
			possible.add(both.has('A') ? (both.has('B') ? 'AB' : 'A') : both.has('B') ? 'B' : 'O');
		}
	}
	return bloodGroups.filter((group) => possible.has(group));
}

function judgeBlood(child: MatchProfile, family: MatchProfile): Judgement {
	const group = child.bloodGroup;
	if (group === undefined) return undefined;
	if (family.bloodGroup !== undefined)
		return family.bloodGroup === group
			? judged('bloodGroup', 'same', { u: bloodGroupShare(group) })
			: judged('bloodGroup', 'different');
	if (!family.parentsBlood) return undefined;
	const possible = groupsOfChildren(family.parentsBlood);
	if (!possible.includes(group)) return judged('bloodGroup', 'impossible');
	return judged('bloodGroup', 'possible', { u: possible.reduce((sum, each) => sum + bloodGroupShare(each), 0) });
}

/** Growth says nothing after a season: a child of two gains ten centimetres a year. */
const aSeason = 92;

function judgeHeight(child: MatchProfile, family: MatchProfile): Judgement {
	const [a, b] = [child.height, family.height];
	if (!a || !b) return undefined;
	const between = daysBetween(b.to, a.from);
	if (between > aSeason) return a.cm < b.cm - 5 ? judged('height', 'different') : undefined;
	if (gap(a, b) > aSeason || lengthOf(b) > 2 * aSeason) return undefined;
	const apart = Math.abs(a.cm - b.cm);
	return judged('height', apart <= 5 ? 'alike' : apart <= 10 ? 'near' : 'different');
}

/** What a child wears is told of the day it was found; it was the same when it was lost for some weeks at most. */
const someWeeks = 62;

function judgeClothing(child: Prepared, family: Prepared): Judgement {
	const [a, b] = [child.clothing, family.clothing];
	const [found, lost] = [child.profile.found, family.profile.lost];
	if (!a || !b || !found || !lost || gap(found, lost) > someWeeks || lengthOf(lost) > someWeeks) return undefined;
	const alike = likeness(a(), b());
	if (alike >= 0.35) return judged('clothing', 'alike');
	return alike <= 0.1 ? judged('clothing', 'different') : undefined;
}

function contradictionsOf(
	child: MatchProfile,
	family: MatchProfile,
	judgements: Readonly<Record<MatchField, Judgement>>
): Contradiction[] {
	const found: Contradiction[] = [];
	if (judgements.sequence?.level === 'found_before_lost') found.push('found_before_lost');
	if (child.birth && family.lost && child.birth.from > family.lost.to) found.push('born_after_lost');
	if (judgements.sex?.level === 'different') found.push('sex_differs');
	if (judgements.birth?.level === 'years_apart' && family.birth) found.push('births_years_apart');
	return found;
}

/** Every value of a side for a field. */
function said(field: MatchField, profile: MatchProfile, side: 'child' | 'family'): Said[] {
	switch (field) {
		case 'sex':
			return profile.sex === undefined ? [] : [{ kind: 'code', table: 'sex', code: profile.sex }];
		case 'birth':
			if (profile.birth) return [{ kind: 'days', ...profile.birth }];
			// A family that gives no age still says that the child was born before it was lost.
			return side === 'family' && profile.lost ? [{ kind: 'days', ...profile.lost, by: 'lost' }] : [];
		case 'lost':
			return days(profile.lost);
		case 'sequence':
			// The day the child was found stands against the day the family lost it.
			return days(side === 'child' ? profile.found : profile.lost);
		case 'place':
			return profile.places.map((place) => ({ kind: 'place', place }));
		case 'names':
			return profile.names.map(({ written, kind }) => ({ kind: 'name', text: written, as: kind }));
		case 'marks':
			return profile.marks.map((mark) => ({ kind: 'mark', mark }));
		case 'siblings':
			return profile.siblings
				? [
						...profile.siblings.names.map(({ written }): Said => ({ kind: 'name', text: written, as: 'sibling' })),
						...words(profile.siblings.words),
						...(profile.siblings.orders ?? []).map((order): Said => ({ kind: 'order', order }))
					]
				: [];
		case 'speech':
			return words(profile.speech);
		case 'bloodGroup':
			return [
				...(profile.bloodGroup === undefined
					? []
					: [{ kind: 'code' as const, table: 'bloodGroup' as const, code: profile.bloodGroup }]),
				...(profile.parentsBlood ? [{ kind: 'parentsBlood' as const, groups: profile.parentsBlood }] : [])
			];
		case 'height':
			return profile.height ? [{ kind: 'height', ...profile.height }] : [];
		case 'clothing':
			return words(profile.clothing);
	}
}

function days(range: { readonly from: CivilDate; readonly to: CivilDate } | undefined): Said[] {
	return range ? [{ kind: 'days', from: range.from, to: range.to }] : [];
}

function words(text: string | undefined): Said[] {
	return text === undefined || text === '' ? [] : [{ kind: 'words', text }];
}
