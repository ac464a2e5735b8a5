import { fold, type CaseFile } from '#lib/domain/case-file/case-file.ts';
import type { Entry, EntryType, ParsedEntry, PayloadOf } from '#lib/domain/case-file/entry.ts';
import { newestPlaceRevision, placePath, placesUnder } from '#lib/domain/codes/places.ts';
import { codeName } from '#lib/domain/codes/tables.ts';
import type { ChildId, ClaimId, DeviceId, EntryId, InstitutionId, ItemId, StaffId } from '#lib/domain/ids.ts';
import type { Answers, FieldKey, Place } from '#lib/domain/intake/fields.ts';
import { surnameShare } from '#lib/domain/matching/frequencies.ts';
import type { FamilyDescription } from '#lib/domain/matching/profile.ts';
import type { Mark } from '#lib/domain/photo/photo.ts';
import {
	addDays,
	addMonths,
	civilDate,
	daysBetween,
	earlierOf,
	toDayNumber,
	toParts,
	type CivilDate,
	type PartialDate
} from '#lib/domain/time.ts';
import { measured } from './growth.ts';
import { ageInMonths, countyOf, type CodedPlace } from './life.ts';
import { marks } from './marks.ts';
import { idFrom } from './moment.ts';
import { assignedName, calledName, givenName, type DemoName } from './names.ts';
import { randomOf, type Random } from './random.ts';
import { regions, type Region } from './regions.ts';
import { clothing } from './stories.ts';

/*
 * Invented children in houses and invented families that look for them, with the truth of who belongs to whom. For every
 * person there is one truth, and two people write it down badly: a house that knows what suspects, teeth and a small
 * child told it, and a family that remembers. Beside the true pairs stand children and reports that are easily taken for
 * them: a neighbour's child of the same age taken in the same year, a brother or sister lost on the same day.
 *
 * How badly is written in `Harm`; the rates are this file's own guesses and not the m of matching/weights.ts.
 */

export interface MatchingSetOptions {
	readonly seed: number;
	/** Children in a house whose family has filed a report. */
	readonly pairs: number;
	/** Children in all; those beyond the pairs and their doubles have no report. */
	readonly children: number;
	/** Reports in all; those beyond look for children who are in no house. */
	readonly reports: number;
	/** 1: as expected; 2: everything goes wrong twice as often and half as much is known. */
	readonly harm?: number;
}

export interface SetChild {
	readonly childId: ChildId;
	readonly caseFile: CaseFile;
	/** Who the child is; a report with the same person is its family's. */
	readonly person: number;
	/** Whom the child is easily taken for, if anybody. */
	readonly beside: number | undefined;
}

export interface SetReport {
	readonly claimId: ClaimId;
	readonly description: FamilyDescription;
	readonly person: number;
	readonly beside: number | undefined;
}

export interface MatchingSet {
	readonly children: readonly SetChild[];
	readonly reports: readonly SetReport[];
}

/**
 * The same set for the same options. A third of the true pairs has a neighbour beside it, a sixth a brother or sister; of
 * both the child is in a house too, and half of their families have filed a report.
 */
export function matchingSet(options: MatchingSetOptions): MatchingSet {
	const harm = options.harm ?? 1;
	const children: SetChild[] = [];
	const reports: SetReport[] = [];
	let person = 0;
	const add = (truth: Truth, random: Random, has: { child: boolean; report: boolean }, beside?: number) => {
		const number = person++;
		if (has.child) children.push({ ...inAHouse(truth, random, harm), person: number, beside });
		if (has.report) reports.push({ ...byAFamily(truth, random, harm), person: number, beside });
		return number;
	};
	for (let i = 0; i < options.pairs; i++) {
		const random = randomOf(options.seed, 'pair', i);
		const truth = truthOf(random);
		const number = add(truth, random, { child: true, report: true });
		const share = random.next();
		if (share < 1 / 3) add(neighbourOf(truth, random), random, { child: true, report: random.chance(0.5) }, number);
		else if (share < 1 / 2) add(siblingOf(truth, random), random, { child: true, report: random.chance(0.5) }, number);
	}
	for (let i = 0; children.length < options.children; i++) {
		const random = randomOf(options.seed, 'child', i);
		add(truthOf(random), random, { child: true, report: false });
	}
	for (let i = 0; reports.length < options.reports; i++) {
		const random = randomOf(options.seed, 'report', i);
		add(truthOf(random), random, { child: false, report: true });
	}
	return { children, reports };
}

/** Children without anything else, one at a time, for measuring with very many. */
export function* childrenInHouses(seed: number, count: number): Generator<Pick<SetChild, 'childId' | 'caseFile'>> {
	for (let i = 0; i < count; i++) {
		const random = randomOf(seed, 'child', i);
		yield inAHouse(truthOf(random), random, 1);
	}
}

/**
 * Files of houses of which some are a child's second one, with the truth of who is whom: of `twice` children there are two
 * files, and beside each third of them a neighbour's child, beside each sixth a brother or sister has a file too. A second file
 * is written by other people, days after the first or months later, where the child ran away and was found again.
 */
export function filesOfHouses(options: {
	readonly seed: number;
	readonly twice: number;
	readonly files: number;
	readonly harm?: number;
}): readonly SetChild[] {
	const { seed, twice, harm = 1 } = options;
	const files: SetChild[] = [];
	let person = 0;
	const add = (truth: Truth, random: Random, number: number, beside?: number) =>
		files.push({ ...inAHouse(truth, random, harm), person: number, beside });
	for (let i = 0; i < twice; i++) {
		const random = randomOf(seed, 'twice', i);
		const truth = foundBefore(random);
		const number = person++;
		add(truth, random, number);
		const again = random.chance(0.3)
			? { ...truth, found: earlierOf(addDays(truth.found, random.between(20, 400)), lastDay) }
			: truth;
		add(again, randomOf(seed, 'again', i), number);
		const share = random.next();
		if (share < 1 / 3) add(neighbourOf(truth, random), random, person++, number);
		else if (share < 1 / 2) add(siblingOf(truth, random), random, person++, number);
	}
	for (let i = 0; files.length < options.files; i++) {
		const random = randomOf(seed, 'file', i);
		add(foundBefore(random), random, person++);
	}
	return files;
}

/** A child found before the last day: on that day the others of a set are found whose finding would lie ahead. */
function foundBefore(random: Random): Truth {
	for (;;) {
		const truth = truthOf(random);
		if (truth.found < lastDay) return truth;
	}
}

/** Reports whose children are in no house, for measuring. */
export function* reportsOfFamilies(seed: number, count: number): Generator<Pick<SetReport, 'claimId' | 'description'>> {
	for (let i = 0; i < count; i++) {
		const random = randomOf(seed, 'report', i);
		yield byAFamily(truthOf(random), random, 1);
	}
}

/** What was so, before anybody wrote it down. */
interface Truth {
	readonly sex: '1' | '2';
	readonly born: CivilDate;
	readonly lost: CivilDate;
	readonly found: CivilDate;
	readonly region: Region;
	readonly home: CodedPlace;
	readonly given: DemoName;
	readonly milk: DemoName;
	readonly siblings: readonly { readonly relation: '哥哥' | '姐姐' | '弟弟' | '妹妹'; readonly name: DemoName }[];
	readonly marks: readonly Mark[];
	readonly blood: { readonly child: Group; readonly parents: readonly [Group, Group] };
	readonly accent: string;
	readonly clothing: string;
	readonly build: number;
}
type Group = 'A' | 'B' | 'AB' | 'O';

const byWeight = regions.flatMap((each) => Array.from({ length: each.weight }, () => each));
const firstLoss = civilDate('2006-01-01');
const lastDay = civilDate('2026-10-31');

function truthOf(random: Random): Truth {
	const region = random.pick(byWeight);
	const lost = addDays(firstLoss, random.between(0, daysBetween(firstLoss, lastDay) - 60));
	const months = random.pick([
		random.between(1, 12),
		random.between(12, 48),
		random.between(12, 48),
		random.between(36, 84),
		random.between(60, 120)
	]);
	const born = addDays(addMonths(lost, -months), -random.between(0, 29));
	const sex = random.chance(0.55) ? '1' : '2';
	const home = countyOf(random, region.prefix, lost);
	return withBody(random, {
		sex,
		born,
		lost,
		found: foundAfter(random, born, lost),
		region,
		home,
		given: commonName(random, sex),
		siblings: siblings(random)
	});
}

function withBody(
	random: Random,
	known: Pick<Truth, 'sex' | 'born' | 'lost' | 'found' | 'region' | 'home' | 'given' | 'siblings'>
): Truth {
	const parents = [group(random), group(random)] as const;
	return {
		...known,
		milk: random.chance(0.5) ? calledName(random, known.sex) : fromGiven(random, known.given),
		marks: marks(random, random.pick([0, 1, 1, 2, 2, 3])).filter(
			({ kind }) => !rareMarks.has(kind) || random.chance(0.1)
		),
		blood: { parents, child: inherited(random, parents) },
		accent: random.pick(known.region.accents),
		clothing: clothing(random, toParts(known.lost).month, known.sex, ageInMonths(known.born, known.lost)),
		build: 0.93 + 0.12 * random.next()
	};
}

/** The demo shows what forms must be able to hold, so one mark in ten there is of a kind that one child in 500 has. */
const rareMarks = new Set(['missing', 'extra', 'cleft', 'joined', 'haemangioma', 'surgery']);

/** A name with a surname as frequent as it is; the demo's fifty surnames are all alike frequent. */
function commonName(random: Random, sex: '1' | '2'): DemoName {
	let name = givenName(random, sex);
	for (
		let tries = 0;
		tries < 40 && !random.chance(surnameShare([...name.written][0] ?? '') / surnameShare('王'));
		tries++
	)
		name = givenName(random, sex);
	return name;
}

/** Another family of the county whose child of the same sex and about the same age was taken within the year. */
function neighbourOf(truth: Truth, random: Random): Truth {
	const lost = earlierOf(addDays(truth.lost, random.between(-180, 180)), addDays(lastDay, -30));
	const born = earlierOf(addDays(truth.born, random.between(-150, 150)), addDays(lost, -20));
	return withBody(random, {
		sex: truth.sex,
		born,
		lost,
		found: foundAfter(random, born, lost),
		region: truth.region,
		home: truth.home,
		given: commonName(random, truth.sex),
		siblings: siblings(random)
	});
}

/** A brother or sister lost with the child; one time in five a twin. */
function siblingOf(truth: Truth, random: Random): Truth {
	const isTwin = random.chance(0.2);
	const sex = random.chance(0.5) ? '1' : '2';
	const born = isTwin
		? truth.born
		: earlierOf(addMonths(truth.born, random.pick([-30, -18, 14, 26])), addDays(truth.lost, -20));
	const surname = [...truth.given.written][0] ?? '';
	const own = givenName(random, sex);
	const other = withBody(random, {
		sex,
		born,
		lost: truth.lost,
		found: random.chance(0.5) ? truth.found : foundAfter(random, born, truth.lost),
		region: truth.region,
		home: truth.home,
		given: {
			written: surname + [...own.written].slice(1).join(''),
			pinyin: [truth.given.pinyin.split(' ')[0], ...own.pinyin.split(' ').slice(1)].join(' ')
		},
		siblings: truth.siblings
	});
	return {
		...other,
		accent: truth.accent,
		blood: { parents: truth.blood.parents, child: inherited(random, truth.blood.parents) }
	};
}

function foundAfter(random: Random, born: CivilDate, lost: CivilDate): CivilDate {
	const days = random.pick([random.between(8, 200), random.between(30, 900), random.between(400, 5000)]);
	const beforeMajority = addMonths(born, 17 * 12);
	return earlierOf(earlierOf(addDays(lost, days), lastDay), beforeMajority);
}

function siblings(random: Random): Truth['siblings'] {
	return Array.from({ length: random.pick([0, 1, 1, 2]) }, () => {
		const relation = random.pick(['哥哥', '姐姐', '弟弟', '妹妹'] as const);
		const sex = relation === '哥哥' || relation === '弟弟' ? '1' : '2';
		return { relation, name: random.chance(0.5) ? calledName(random, sex) : givenName(random, sex) };
	});
}

/** 国强 is called 强强, 小强 or 阿强. */
function fromGiven(random: Random, given: DemoName): DemoName {
	const sign = [...given.written].at(-1) ?? '';
	const syllable = given.pinyin.split(' ').at(-1) ?? '';
	return random.pick([
		{ written: sign + sign, pinyin: `${syllable} ${syllable}` },
		{ written: `小${sign}`, pinyin: `xiao ${syllable}` },
		{ written: `阿${sign}`, pinyin: `a ${syllable}` }
	]);
}

function group(random: Random): Group {
	return random.pick(['A', 'A', 'A', 'B', 'B', 'B', 'O', 'O', 'O', 'AB'] as const);
}

function inherited(random: Random, [one, other]: readonly [Group, Group]): Group {
	const gives = (parent: Group) =>
		parent === 'AB' ? random.pick(['A', 'B']) : parent === 'O' ? 'O' : random.pick([parent, parent, 'O']);
	const [a, b] = [gives(one), gives(other)].sort();
	if (a === 'A' && b === 'B') return 'AB';
	if (a === 'A' || b === 'A') return 'A';
	return a === 'B' || b === 'B' ? 'B' : 'O';
}

/* What a house writes down. */

type Writable = { -readonly [K in FieldKey]?: Answers[K] };
const known = <T>(value: T) => ({ state: 'known', value }) as const;
const unknown = { state: 'unknown' } as const;

function inAHouse(truth: Truth, random: Random, harm: number): Pick<SetChild, 'childId' | 'caseFile'> {
	const goesWrong = (share: number) => random.chance(Math.min(0.9, share * harm));
	const isKnown = (share: number) => random.chance(share / Math.sqrt(harm));
	const { sex, born, lost, found } = truth;
	const ageLost = ageInMonths(born, lost);
	const ageFound = ageInMonths(born, found);
	const away = daysBetween(lost, found);

	const answers: Writable = { sex: goesWrong(0.004) ? known(sex === '1' ? '2' : '1') : known(sex) };
	if (isKnown(0.88)) answers.birth = known(estimatedBirth(random, born, ageFound, goesWrong(0.2)));
	if (ageLost >= 50 && isKnown(0.6))
		answers.nameGiven = known(
			goesWrong(0.4) ? commonName(random, sex).written : heard(random, truth.given, goesWrong(0.3), random.chance(0.4))
		);
	else {
		answers.nameGiven = unknown;
		answers.nameAssigned = known(assignedName(random, { written: '云', pinyin: 'yun' }).written);
	}
	if (ageLost >= 15 && isKnown(0.7))
		answers.nameCalled = known(
			goesWrong(0.2) ? calledName(random, sex).written : heard(random, truth.milk, goesWrong(0.3), false)
		);
	if (isKnown(0.7)) answers.placeTaken = known(toldPlace(random, truth, goesWrong));
	if (isKnown(0.55)) answers.dateTaken = known(toldTime(random, lost, goesWrong(0.3) ? 1 : goesWrong(0.12) ? 3 : 0));
	answers.dateRescued = random.chance(0.95) ? known(dayOf(found)) : unknown;
	answers.handoverDate = known(addDays(found, random.between(0, 2)));
	// After three years a child speaks as the place it lives in.
	if (ageFound >= 30 && isKnown(0.6))
		answers.accent = known(
			away < 1000 ? random.pick(truth.region.accents) : random.pick(random.pick(byWeight).accents)
		);
	const size = measured(ageFound, sex, truth.build, 0.9);
	answers.height = known(size.height);
	if (isKnown(0.5)) answers.bloodGroup = known(goesWrong(0.02) ? group(random) : truth.blood.child);
	const wears = away < 40 && !goesWrong(0.3) ? rephrased(random, truth.clothing) : undefined;
	answers.clothing = known(wears ?? clothing(random, toParts(found).month, sex, ageFound));
	if (ageLost >= 36 && isKnown(0.35) && truth.siblings.length > 0)
		answers.siblings = known(
			truth.siblings
				.map(({ relation, name }) =>
					random.chance(0.4) ? `${relation}叫${heard(random, name, goesWrong(0.3), true)}` : `说有${relation}`
				)
				.join('，')
		);

	const seen = truth.marks.filter(() => isKnown(0.78)).map((mark) => seenMark(random, mark, goesWrong));
	const scars = away > 300 && random.chance(0.4) ? marks(random, 1) : [];
	const day = toDayNumber(found) * 86_400_000;
	const childId = idFrom<ChildId>(day, random);
	const entries = [
		entry(random, childId, found, 'intake.recorded', { answers }),
		...[...seen, ...scars].map((mark) =>
			entry(random, childId, found, 'mark.recorded', { itemId: idFrom<ItemId>(day, random), mark })
		)
	];
	return { childId, caseFile: fold(childId, entries) };
}

function estimatedBirth(random: Random, born: CivilDate, ageFound: number, wrong: boolean) {
	if (random.chance(0.08)) return { precision: 'exact', date: born } as const;
	const spread = ageFound < 12 ? 2 : ageFound < 36 ? 4 : ageFound < 84 ? 8 : 14;
	// Most misjudge by a part of the spread; one in five by one or two years, and rather too young.
	const shift = wrong
		? random.pick([10, 14, 18, 24, -12])
		: random.between(-Math.floor(spread / 2), Math.floor(spread / 2));
	const middle = addMonths(born, shift);
	return { precision: 'range', earliest: addMonths(middle, -spread), latest: addMonths(middle, spread) } as const;
}

function toldPlace(random: Random, truth: Truth, goesWrong: (share: number) => boolean): Place {
	const { home } = truth;
	if (goesWrong(0.15)) return countyOf(random, random.pick(byWeight).prefix, truth.lost);
	if (goesWrong(0.14)) {
		const beside = placesUnder(`${home.code.slice(0, 4)}00`, home.revision);
		const other = beside.length > 0 ? random.pick(beside) : undefined;
		if (other) return { code: other.code, revision: home.revision, text: other.path.join('') };
	}
	if (goesWrong(0.11)) {
		const name = placePath(`${home.code.slice(0, 2)}0000`, home.revision).join('');
		return { code: `${home.code.slice(0, 2)}0000`, revision: home.revision, text: name };
	}
	if (random.chance(0.25)) return { text: shortPath(random, home) };
	return random.chance(0.5) ? inTheNewestCodes(home) : home;
}

function toldTime(random: Random, day: CivilDate, yearsWrong: number): PartialDate {
	const { year, month } = toParts(day);
	const y = year + (yearsWrong === 0 ? 0 : random.pick([-yearsWrong, yearsWrong]));
	return random.chance(0.5) ? { y, m: month } : { y, ...(random.chance(0.4) && { approx: true }) };
}

function dayOf(day: CivilDate): PartialDate {
	const { year, month, day: d } = toParts(day);
	return { y: year, m: month, d };
}

/** Someone else describes the same mark: another kind that looks like it, the part beside it, the other side. */
function seenMark(random: Random, mark: Mark, goesWrong: (share: number) => boolean): Mark {
	const kind = goesWrong(0.08) ? (mistakenKinds[mark.kind] ?? mark.kind) : mark.kind;
	const site = goesWrong(0.08) ? (mistakenSites[mark.site] ?? mark.site) : mark.site;
	const side = mark.side === undefined || !goesWrong(0.06) ? mark.side : mark.side === 'left' ? 'right' : 'left';
	const same = kind === mark.kind && site === mark.site && side === mark.side;
	const { side: _, ...rest } = mark;
	return {
		...rest,
		kind,
		site,
		...(side !== undefined && { side }),
		description: same ? mark.description : layWords(random, { ...mark, kind, site, side })
	};
}

const mistakenKinds: Readonly<Record<string, string>> = {
	burn: 'scar',
	scar: 'burn',
	birthmark: 'pigment',
	pigment: 'birthmark',
	mole: 'birthmark',
	surgery: 'scar',
	haemangioma: 'birthmark'
};
const mistakenSites: Readonly<Record<string, string>> = {
	forearm: 'wrist',
	thigh: 'knee',
	knee: 'shin',
	shin: 'calf',
	calf: 'ankle',
	cheek: 'chin',
	nape: 'behind_ear',
	shoulder: 'upper_back',
	lower_back: 'buttock',
	forehead: 'eyebrow',
	behind_ear: 'nape',
	finger: 'palm'
};

/* What a family remembers. */

function byAFamily(truth: Truth, random: Random, harm: number): Pick<SetReport, 'claimId' | 'description'> {
	const goesWrong = (share: number) => random.chance(Math.min(0.9, share * harm));
	const isKnown = (share: number) => random.chance(share / Math.sqrt(harm));
	const { sex, born, lost } = truth;
	const names: { written: string; kind: 'given' | 'milk' }[] = [];
	if (isKnown(0.95)) names.push({ written: truth.given.written, kind: 'given' });
	if (isKnown(0.7)) names.push({ written: truth.milk.written, kind: 'milk' });
	const description: FamilyDescription = {
		names,
		...(random.chance(0.995) && { sex }),
		...familyTime(random, born, lost, goesWrong),
		...(isKnown(0.97) && { places: [familyPlace(random, truth.home)] }),
		marks: truth.marks
			.filter(() => isKnown(0.7))
			.map((mark) =>
				random.chance(0.4)
					? {
							kind: mark.kind,
							site: mark.site,
							...(mark.side !== undefined && { side: mark.side }),
							words: mark.description
						}
					: { words: layWords(random, mark) }
			),
		...(isKnown(0.7) && { accent: random.chance(0.5) ? truth.accent : random.pick(truth.region.accents) }),
		...(isKnown(0.6) && { clothing: rephrased(random, truth.clothing) }),
		...(isKnown(0.3) && {
			height: Math.round(measured(ageInMonths(born, lost), sex, truth.build, 1).height) + random.between(-5, 5)
		}),
		...(truth.siblings.length > 0 &&
			isKnown(0.6) && {
				siblings: {
					names: truth.siblings.map(({ name }) => name.written),
					words: truth.siblings.map(({ relation, name }) => `${relation}${name.written}`).join('，')
				}
			}),
		...(isKnown(0.2)
			? { bloodGroup: goesWrong(0.1) ? group(random) : truth.blood.child }
			: isKnown(0.15) && { parentsBlood: [...truth.blood.parents] as [Group, Group] })
	};
	return { claimId: idFrom<ClaimId>(toDayNumber(lost) * 86_400_000, random), description };
}

function familyTime(
	random: Random,
	born: CivilDate,
	lost: CivilDate,
	goesWrong: (share: number) => boolean
): Pick<FamilyDescription, 'birth' | 'lost' | 'ageAtLoss'> {
	const wrongYear = (share: number) => (goesWrong(share) ? random.pick([-1, 1]) : 0);
	const lostYear = toParts(lost).year + wrongYear(0.05);
	const { month, day } = toParts(lost);
	const share = random.next();
	const whenLost =
		share < 0.6
			? { date: validDay(lostYear, month, day) }
			: share < 0.8
				? { date: { y: lostYear, m: month } }
				: share < 0.9
					? { date: lunarOf(lost, lostYear - toParts(lost).year), lunar: true }
					: { date: { y: lostYear, approx: true } };
	const kind = random.next();
	const b = toParts(born);
	const y = b.year + wrongYear(0.06);
	if (kind < 0.28) return { lost: whenLost, birth: { date: validDay(y, b.month, b.day) } };
	if (kind < 0.5) return { lost: whenLost, birth: { date: lunarOf(born, y - b.year), lunar: true } };
	if (kind < 0.65)
		return { lost: whenLost, birth: { date: { y, m: b.month, ...(random.chance(0.3) && { approx: true }) } } };
	const months = ageInMonths(born, lost);
	if (months < 18 && random.chance(0.7)) return { lost: whenLost, ageAtLoss: { months, about: random.chance(0.5) } };
	const full = Math.floor(months / 12);
	const nominal = toParts(lost).year - b.year + 1;
	const counted = random.pick(['full', 'nominal', 'unsaid', 'unsaid'] as const);
	const years = counted === 'full' || (counted === 'unsaid' && random.chance(0.5)) ? full : nominal;
	return {
		lost: whenLost,
		ageAtLoss: {
			years: Math.max(0, years + (goesWrong(0.1) ? random.pick([-1, 1]) : 0)),
			...(random.chance(0.5) && { about: true }),
			...(counted !== 'unsaid' && { reckoning: counted })
		}
	};
}

/** 29 February of a year that was not one becomes the 28th, as a family would write it. */
function validDay(y: number, m: number, d: number): PartialDate {
	const day = addMonths(civilDate(`2000-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`), (y - 2000) * 12);
	return dayOf(day);
}

/** A lunar date as families give one: about five weeks behind the civil one. The exact month is the calendar's to know. */
function lunarOf(day: CivilDate, yearsWrong: number): PartialDate {
	const { year, month, day: d } = toParts(addDays(day, -36));
	return { y: year + yearsWrong, m: month, d: Math.min(d, month === 2 ? 28 : 30) };
}

function familyPlace(random: Random, home: CodedPlace): Place {
	const share = random.next();
	if (share < 0.35) return { text: shortPath(random, home) };
	return share < 0.7 ? inTheNewestCodes(home) : home;
}

/** 四川凉山会理, 凉山会理 or 会理县. */
function shortPath(random: Random, home: CodedPlace): string {
	const path = placePath(home.code, home.revision);
	const short = path.map((name, i) => (i === path.length - 1 ? name : name.replace(/(省|市|自治州|地区)$/u, '')));
	return short.slice(random.pick([0, 0, Math.max(0, path.length - 2)])).join('');
}

/** The county as it is coded today, if a county of its name is; else as it was. */
function inTheNewestCodes(home: CodedPlace): CodedPlace {
	const stem = (name: string) => name.replace(/(县|市|区|旗)$/u, '');
	const own = placePath(home.code, home.revision).at(-1) ?? '';
	const found = countiesToday(home.code.slice(0, 2)).find(
		({ name }) => stem(name) === stem(own) && !name.endsWith('区')
	);
	if (!found) return home;
	return { code: found.code, revision: newestPlaceRevision, text: placePath(found.code).join('') };
}

const today = new Map<string, readonly { readonly code: string; readonly name: string }[]>();

function countiesToday(prefix: string): readonly { readonly code: string; readonly name: string }[] {
	const kept = today.get(prefix);
	if (kept) return kept;
	const counties = placesUnder(`${prefix}0000`).flatMap((place) =>
		place.hasParts ? placesUnder(place.code) : [place]
	);
	today.set(prefix, counties);
	return counties;
}

/** A name as it is understood: with a sign that sounds the same, and without the surname where a small child says it. */
function heard(random: Random, name: DemoName, otherSign: boolean, withoutSurname: boolean): string {
	let signs = [...name.written];
	if (withoutSurname && signs.length === 3) signs = signs.slice(1);
	if (!otherSign) return signs.join('');
	return signs
		.map((sign) => {
			const alike = homophones.find((each) => each.includes(sign));
			return alike ? random.pick([...alike].filter((other) => other !== sign)) : sign;
		})
		.join('');
}

/** Signs of names that sound alike, tones left aside; the last rows only through an accent. */
const homophones = (
	'国果过郭 强墙蔷 军君均俊钧 勇永咏 浩昊皓 宇雨玉羽 杰洁捷 涛桃陶 鹏朋彭 飞非菲 辉慧惠晖 明名鸣铭 亮良梁 志智治 伟卫未玮 刚钢 旺望 福富 祥翔香 ' +
	'林琳霖麟 森深 松宋 海亥 江姜 川传 山珊 阳杨洋 晨辰尘 东冬 生声升 龙隆 成诚城 家佳嘉 建健剑 文雯纹 武舞五 凯楷 磊蕾 芳方 丽莉利立力 娟涓 秀绣 英颖莹盈 ' +
	'燕艳雁 梅玫 兰岚蓝 菊局 花华 霞夏 云芸 月悦越 雪学 玲灵铃 静晶婧 婷亭 娜那 琴勤芹 珍真贞 莲连 凤奉 桂贵 春纯 秋邱 敏民 雅亚 欣新心馨 怡宜依一 萍平苹 ' +
	'蓉荣容 倩茜 巧俏 红洪宏虹 虎琥 石时 头投 豆斗 牛妞 毛茂 柱祝 宝保 兵宾 满曼 妹媚 朵多 丫鸭 囡南 甜田 苗妙 彩采'
).split(' ');

/** Clothes told by somebody else: the same things, fewer of them. */
function rephrased(random: Random, words: string): string {
	const things = words.split(/[，、；]/u);
	return things.length > 1 && random.chance(0.5)
		? random.some(things, things.length - 1).join('，')
		: things.join('、');
}

const laySites: Readonly<Record<string, readonly string[]>> = {
	behind_ear: ['耳朵后面', '耳根'],
	forearm: ['小胳膊', '小臂', '手臂'],
	upper_arm: ['胳膊', '大臂'],
	back_of_hand: ['手背', '手面上'],
	buttock: ['屁股'],
	lower_back: ['腰上', '后腰'],
	upper_back: ['后背', '背上'],
	nape: ['脖子后面', '后脖颈'],
	neck_front: ['脖子上'],
	knee: ['膝盖', '波棱盖'],
	shin: ['小腿前面'],
	calf: ['小腿肚子', '小腿'],
	instep: ['脚背', '脚面'],
	forehead: ['脑门', '额头'],
	cheek: ['脸上', '脸蛋'],
	crown: ['头顶'],
	belly: ['肚子', '肚皮上'],
	chest: ['胸口', '胸前'],
	finger: ['手指头', '小拇指'],
	thumb: ['大拇指'],
	palm: ['手心', '手掌'],
	elbow: ['胳膊肘'],
	thigh: ['大腿']
};
const layKinds: Readonly<Record<string, readonly string[]>> = {
	birthmark: ['有块胎记', '有块红记', '有块青记', '有胎记'],
	mole: ['有颗痣', '有个黑痣', '有痣'],
	scar: ['有个疤', '摔过留了疤', '缝过针'],
	burn: ['被开水烫过', '烫伤留了疤'],
	vaccination: ['有打预防针的疤', '有花痘'],
	surgery: ['开过刀', '做过手术有疤'],
	haemangioma: ['有血管瘤'],
	missing: ['断了一截', '少一节'],
	extra: ['多长了一个指头', '是六指'],
	cleft: ['兔唇'],
	pigment: ['有块白斑', '有块地方肤色浅'],
	hair: ['有两个旋', '有一撮白头发'],
	teeth: ['牙缺了一块'],
	piercing: ['有个小孔'],
	shape: ['形状和别人不一样', '弯曲']
};

/** A mark in the words of somebody who never saw a form. */
function layWords(
	random: Random,
	{ kind, site, side }: Pick<Mark, 'kind' | 'site'> & { side?: Mark['side'] | undefined }
): string {
	const where = random.pick(laySites[site] ?? [codeName('bodySite', site)?.[0] ?? '']);
	const what = random.pick(layKinds[kind] ?? [codeName('markKind', kind)?.[0] ?? '有个印']);
	const hand = side === 'left' ? '左' : side === 'right' ? '右' : '';
	return `${hand}${where}${what}`;
}

function entry<T extends EntryType>(
	random: Random,
	childId: ChildId,
	day: CivilDate,
	type: T,
	payload: PayloadOf<T>
): ParsedEntry {
	const instant = toDayNumber(day) * 86_400_000;
	const head = {
		id: idFrom<EntryId>(instant, random),
		childId,
		version: 1,
		replaces: [],
		occurredOn: day,
		recordedAt: `${day}T10:00:00+08:00`,
		staffId: '0190a0b0-0005-7000-8000-000000000001' as StaffId,
		institutionId: '0190a0b0-0002-7000-8000-000000000001' as InstitutionId,
		deviceId: '0190a0b0-0006-7000-8000-000000000001' as DeviceId,
		deviceSeq: 1,
		previous: null,
		// Nobody checks the signatures of a set that is only compared.
		signature: ''
	};
	return { known: true, entry: { ...head, type, payload } as Entry };
}
