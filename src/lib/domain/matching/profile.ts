import { z } from 'zod';
import { fieldState, items, type CaseFile } from '../case-file/case-file.ts';
import { canonicalJson, type Json } from '../canonical-json.ts';
import { placeSchema, type FieldKey, type FieldValue } from '../intake/fields.ts';
import { civilDateSchema, partialDateSchema, type CivilDate } from '../time.ts';
import { birthOfAge, daysOf, daysOfLunar, hull, type Days } from './days.ts';
import { bloodGroups, type BloodGroup } from './frequencies.ts';
import { marksInWords, readMark, type DescribedMark } from './marks-in-words.ts';
import { nameKinds, signsOf, type NameKind, type SoundedName } from './names.ts';

/*
 * What one side knows of a missing person, in a form that both sides share: a house's case file and a family's account
 * both become a MatchProfile, and compare.ts sees nothing else. A profile says nothing of today, nothing that is not
 * compared, and lists stand in one order: equal knowledge has equal JSON, and its hash changes only when something that
 * is compared does.
 */

/** Toneless readings of each Han character of a text in order, readings parted by a slash: 欧阳乐 gives `ou`, `yang`, `le/yue`. */
export type Sounds = (text: string) => readonly string[];

const days = { from: civilDateSchema, to: civilDateSchema };
const markSides = ['left', 'right', 'middle', 'both'] as const;
const siblingOrders = ['older', 'younger', 'twin'] as const;
const bloodGroupSchema = z.enum(bloodGroups);

const soundedNameSchema = z.strictObject({
	written: z.string().min(1).max(200),
	kind: z.enum(nameKinds),
	sounds: z.array(z.string().max(60)).max(200).readonly()
});

export const matchProfileSchema = z.strictObject({
	/** Of this form; another form is another number, and every profile is made anew. */
	form: z.literal(1),
	/** GB/T 2261.1: 1 male, 2 female; left out where unknown or disputed. */
	sex: z.enum(['1', '2']).optional(),
	/** `by` says what the range rests on; only two days that are `known` can be the same day. */
	birth: z.strictObject({ ...days, by: z.enum(['known', 'estimate', 'age']) }).optional(),
	/** When the child was last with its family. */
	lost: z.strictObject(days).optional(),
	/** When the child was found: rescued, or else handed over to a house. A family does not know it. */
	found: z.strictObject(days).optional(),
	/** Where the child was taken from, or lost. More than one where accounts differ. */
	places: z.array(placeSchema).max(10),
	names: z.array(soundedNameSchema).max(20),
	marks: z
		.array(
			z.strictObject({
				kind: z.string().max(20).optional(),
				site: z.string().max(20).optional(),
				side: z.enum(markSides).optional(),
				words: z.string().max(1000)
			})
		)
		.max(12),
	/** What is known of brothers and sisters: their names, and what was said of them. */
	siblings: z
		.strictObject({
			names: z.array(soundedNameSchema).max(10),
			words: z.string().max(600),
			wordSounds: z.array(z.string().max(60)).max(600).readonly(),
			/** Who is older and who younger, where it is not said in words. */
			orders: z.array(z.enum(siblingOrders)).max(3).optional()
		})
		.optional(),
	/** Language and accent, in words. */
	speech: z.string().max(500).optional(),
	bloodGroup: bloodGroupSchema.optional(),
	/** The blood groups of both parents, where a family knows them. */
	parentsBlood: z.tuple([bloodGroupSchema, bloodGroupSchema]).optional(),
	/** Centimetres, and the days on which that was so. */
	height: z.strictObject({ cm: z.number().min(20).max(220), ...days }).optional(),
	clothing: z.string().max(1000).optional()
});
export type MatchProfile = z.infer<typeof matchProfileSchema>;

/** A date as a family gives it, or the days somebody has worked out that it can mean. */
const familyDateSchema = z.union([
	z.strictObject({ date: partialDateSchema, lunar: z.boolean().optional() }),
	z.strictObject(days).refine(({ from, to }) => from <= to, { error: 'days_reversed', path: ['to'] })
]);

/** What a family can say of its missing child, as far as it is compared. A claim's statement is turned into this. */
export const familyDescriptionSchema = z.strictObject({
	names: z
		.array(
			z.strictObject({
				written: z.string().trim().min(1).max(200),
				kind: z.enum(['given', 'called', 'milk', 'school'])
			})
		)
		.max(20)
		.default([]),
	sex: z.enum(['1', '2']).optional(),
	birth: familyDateSchema.optional(),
	/** The age on the day the child was lost. Used where no birth is given. */
	ageAtLoss: z
		.strictObject({
			years: z.int().min(0).max(30).optional(),
			months: z.int().min(0).max(360).optional(),
			about: z.boolean().optional(),
			reckoning: z.enum(['full', 'nominal']).optional()
		})
		.optional(),
	lost: familyDateSchema.optional(),
	places: z.array(placeSchema).max(10).default([]),
	/** `words` alone will do: kind, site and side are then read from them. */
	marks: z
		.array(
			z.strictObject({
				kind: z.string().max(20).optional(),
				site: z.string().max(20).optional(),
				side: z.enum(markSides).optional(),
				words: z.string().trim().max(1000)
			})
		)
		.max(20)
		.default([]),
	/** Anything else of the looks, in words; marks are read from it too. */
	features: z.string().trim().max(4000).optional(),
	/** Centimetres when lost. */
	height: z.number().min(20).max(220).optional(),
	clothing: z.string().trim().max(1000).optional(),
	language: z.string().trim().max(200).optional(),
	accent: z.string().trim().max(200).optional(),
	/** `orders` where nobody says brother or sister: 哥哥 and 姐姐 in the words say both. */
	siblings: z
		.strictObject({
			names: z.array(z.string().trim().min(1).max(200)).max(10),
			words: z.string().trim().max(1000),
			orders: z.array(z.enum(siblingOrders)).max(10).optional()
		})
		.optional(),
	bloodGroup: bloodGroupSchema.optional(),
	parentsBlood: z.tuple([bloodGroupSchema, bloodGroupSchema]).optional()
});
/** As it comes in: lists may be left out. */
export type FamilyDescription = z.input<typeof familyDescriptionSchema>;

/**
 * The profile of a child in a house. Where two people contradict each other in the file, both values are kept: names and
 * places side by side, days as a range that holds both; a disputed sex is unknown.
 *
 * The name a house gives (nameAssigned) is kept as `assigned` and never compared. The day the child was lost is what the
 * police or the child say of it (dateTaken).
 */
export function profileOfChild(caseFile: CaseFile, sounds: Sounds): MatchProfile {
	const sexes = [...new Set(answers(caseFile, 'sex'))];
	const sex = sexes.length === 1 ? sexes[0] : undefined;
	const birth = childBirth(caseFile);
	const lost = together(answers(caseFile, 'dateTaken').map(daysOf));
	const found =
		together(answers(caseFile, 'dateRescued').map(daysOf)) ??
		together(answers(caseFile, 'handoverDate').map((date) => ({ from: date, to: date })));
	const written = [
		...named(answers(caseFile, 'nameGiven'), 'given', sounds),
		...named(answers(caseFile, 'nameCalled'), 'called', sounds),
		...named(answers(caseFile, 'nameAssigned'), 'assigned', sounds)
	];
	// The pinyin stands beside a written name; only where there is none was it heard and not written.
	const names = written.length > 0 ? written : named(answers(caseFile, 'namePinyin'), 'called', sounds);
	const height = childHeight(caseFile);
	const speech = joined([...answers(caseFile, 'language'), ...answers(caseFile, 'accent')], 500);
	const siblings = siblingsOf(
		[],
		joined(
			[...answers(caseFile, 'siblings'), ...answers(caseFile, 'ownAccount').flatMap(sentencesAboutSiblings)],
			siblingWords
		) ?? '',
		sounds
	);
	const bloodGroup = same(answers(caseFile, 'bloodGroup').map(bloodGroupOf));
	const clothing = joined(answers(caseFile, 'clothing'), 1000);
	return {
		form: 1,
		...((sex === '1' || sex === '2') && { sex }),
		...(birth && { birth }),
		...(lost && { lost }),
		...(found && { found }),
		places: inOneOrder(answers(caseFile, 'placeTaken')).slice(0, 10),
		names: inOneOrder(names).slice(0, 20),
		marks: marksOf(
			items(caseFile, 'mark').map(({ value }) => ({
				kind: value.kind,
				site: value.site,
				...(value.side !== undefined && { side: value.side }),
				words: value.description
			})),
			answers(caseFile, 'features')
		),
		...(siblings && { siblings }),
		...(speech !== undefined && { speech }),
		...(bloodGroup !== undefined && { bloodGroup }),
		...(height && { height }),
		...(clothing !== undefined && { clothing })
	};
}

/** The profile of the child a family looks for. An age at loss is carried back to days of birth (PFIF: an age "as of"). */
export function profileOfFamily(description: FamilyDescription, sounds: Sounds): MatchProfile {
	const family = familyDescriptionSchema.parse(description);
	const lost = family.lost && datedDays(family.lost);
	const birth = familyBirth(family, lost);
	const siblings =
		family.siblings && siblingsOf(family.siblings.names, family.siblings.words, sounds, family.siblings.orders);
	const speech = joined([family.language ?? '', family.accent ?? ''], 500);
	return {
		form: 1,
		...(family.sex !== undefined && { sex: family.sex }),
		...(birth && { birth }),
		...(lost && { lost }),
		places: inOneOrder(family.places.filter((place) => place.code !== undefined || place.text.trim() !== '')),
		names: inOneOrder(family.names.flatMap(({ written, kind }) => named([written], kind, sounds))).slice(0, 20),
		marks: marksOf(family.marks, family.features === undefined ? [] : [family.features]),
		...(siblings && { siblings }),
		...(speech !== undefined && { speech }),
		...(family.bloodGroup !== undefined && { bloodGroup: family.bloodGroup }),
		...(family.parentsBlood && { parentsBlood: [...family.parentsBlood].sort() as [BloodGroup, BloodGroup] }),
		...(family.height !== undefined && lost && { height: { cm: family.height, ...lost } }),
		...(family.clothing !== undefined && family.clothing !== '' && { clothing: family.clothing })
	};
}

/** ABO without Rh: `A+` and `A` are A. Undefined for a code that is none. */
export function bloodGroupOf(code: string): BloodGroup | undefined {
	const group = code.replace(/[+-]$/, '');
	return bloodGroups.find((known) => known === group);
}

const siblingWords = 600;

/** Every known value that stands: one, or several that contradict each other. */
function answers<K extends FieldKey>(caseFile: CaseFile, key: K): readonly FieldValue<K>[] {
	const state = fieldState(caseFile, key);
	switch (state.status) {
		case 'empty':
			return [];
		case 'settled':
			return state.answer.state === 'known' ? [state.answer.value] : [];
		case 'conflict':
			return state.versions.flatMap(({ value }) => (value.state === 'known' ? [value.value] : []));
	}
}

function childBirth(caseFile: CaseFile): MatchProfile['birth'] {
	const births = answers(caseFile, 'birth');
	const range = together(
		births.map((birth) =>
			birth.precision === 'exact' ? { from: birth.date, to: birth.date } : { from: birth.earliest, to: birth.latest }
		)
	);
	if (!range) return undefined;
	return { ...range, by: range.from === range.to && births[0]?.precision === 'exact' ? 'known' : 'estimate' };
}

function familyBirth(
	family: z.infer<typeof familyDescriptionSchema>,
	lost: Days | undefined
): MatchProfile['birth'] | undefined {
	if (family.birth) {
		const range = datedDays(family.birth);
		return { ...range, by: range.from === range.to ? 'known' : 'estimate' };
	}
	const byAge = family.ageAtLoss && lost && birthOfAge(family.ageAtLoss, lost);
	return byAge && { ...byAge, by: 'age' };
}

function datedDays(said: z.infer<typeof familyDateSchema>): Days {
	if (!('date' in said)) return said;
	return said.lunar === true ? daysOfLunar(said.date) : daysOf(said.date);
}

function childHeight(caseFile: CaseFile): MatchProfile['height'] {
	const state = fieldState(caseFile, 'height');
	if (state.status !== 'settled' || state.answer.state !== 'known') return undefined;
	const on: CivilDate = state.version.occurredOn;
	return { cm: state.answer.value, from: on, to: on };
}

/** One name of a field may be several: 小虎、虎子. */
function named(written: readonly string[], kind: NameKind, sounds: Sounds): readonly SoundedName[] {
	return written
		.flatMap((each) => each.split(/[、，,;；/／（）()]+/u))
		.map((each) => each.trim())
		.filter((each) => signsOf(each).length > 0)
		.map((each) => ({ written: each.slice(0, 200), kind, sounds: soundsOf(each.slice(0, 200), sounds) }));
}

/** A reading for each sign: Han from the caller, Latin words read as they are written. */
function soundsOf(text: string, sounds: Sounds): readonly string[] {
	const signs = signsOf(text);
	const han = signs.filter((sign) => isHan.test(sign));
	const read = han.length === 0 ? [] : sounds(han.join(''));
	let next = 0;
	return signs.map((sign) =>
		isHan.test(sign) ? (read[next++] ?? '') : /^[a-z]+$/.test(sign) ? sign.slice(0, 60) : ''
	);
}
const isHan = /^\p{Script=Han}$/u;

/** Items first; what the free text only repeats is left out. */
function marksOf(described: readonly DescribedMark[], texts: readonly string[]): MatchProfile['marks'] {
	const own = described.map(completed);
	const read = texts
		.flatMap(marksInWords)
		.filter((mark) => !own.some((known) => known.kind === mark.kind && known.site === mark.site));
	return inOneOrder([...own, ...read].map((mark) => ({ ...mark, words: mark.words.slice(0, 1000) }))).slice(0, 12);
}

/** What the codes leave open is read from the words; `other` says nothing that words could not say better. */
function completed(mark: DescribedMark): DescribedMark {
	const read = readMark(mark.words);
	const kind = mark.kind === undefined || mark.kind === 'other' ? (read.kind ?? mark.kind) : mark.kind;
	const site = mark.site === undefined || mark.site === 'other' ? (read.site ?? mark.site) : mark.site;
	const side = mark.side ?? read.side;
	return {
		...(kind !== undefined && { kind }),
		...(site !== undefined && { site }),
		...(side !== undefined && { side }),
		words: mark.words
	};
}

function siblingsOf(
	names: readonly string[],
	words: string,
	sounds: Sounds,
	orders: readonly (typeof siblingOrders)[number][] = []
): MatchProfile['siblings'] {
	const told = words.slice(0, siblingWords);
	if (names.length === 0 && told.trim() === '' && orders.length === 0) return undefined;
	return {
		names: inOneOrder(names.flatMap((name) => named([name], 'called', sounds))).slice(0, 10),
		words: told,
		wordSounds: soundsOf(told, sounds),
		...(orders.length > 0 && { orders: [...new Set(orders)].sort() })
	};
}

/** A child tells of brothers and sisters in the own account more often than in the field for them. */
function sentencesAboutSiblings(account: string): readonly string[] {
	return account.split(/[。！？!?\n]+/u).filter((sentence) => /[哥姐弟妹]|双胞/.test(sentence));
}

function joined(texts: readonly string[], most: number): string | undefined {
	const told = [...new Set(texts.map((text) => text.trim()))].filter((text) => text !== '').join('；');
	return told === '' ? undefined : told.slice(0, most);
}

function together(ranges: readonly Days[]): Days | undefined {
	return ranges.reduce<Days | undefined>((all, each) => (all ? hull(all, each) : each), undefined);
}

function same<T>(values: readonly (T | undefined)[]): T | undefined {
	const [first, ...others] = values;
	return others.every((other) => other === first) ? first : undefined;
}

/** Sorted by their JSON, each once: the order in which things were written down must not show. */
function inOneOrder<T extends Json | object>(list: readonly T[]): T[] {
	const byText = new Map(list.map((each) => [canonicalJson(each as Json), each]));
	return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}
