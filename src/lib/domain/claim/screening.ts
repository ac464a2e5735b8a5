/**
 * What a family says beside what the file says, fact by fact. It counts what they knew that was never public, and suggests;
 * a person decides.
 *
 *  1. Whatever was ever published adds nothing (SECURITY T2): the facts behind every part of a notice that was shown on any
 *     day, and every word of any notice, wherever in the file it stands.
 *  2. Only numbers, dates and codes can contradict. Words that are not alike prove nothing: a mother and a care worker seldom
 *     write the same sentence.
 *  3. Lists of guesses earn nothing: much said and little of it right is no knowledge.
 */
import { fieldState, items, type CaseFile } from '../case-file/case-file.ts';
import { codeName } from '../codes/tables.ts';
import { noticeSources, plainText } from '../disclosure/facts.ts';
import {
	fieldDefinition,
	type Answer,
	type Birth,
	type FieldKey,
	type FieldValue,
	type Place
} from '../intake/fields.ts';
import { noticeFields, type NoticeField } from '../notice/notice.ts';
import type { Mark, PhotoView } from '../photo/photo.ts';
import { addDays, daysBetween, earliest, latest, type CivilDate, type PartialDate } from '../time.ts';
import type { DaySpan, FamilyDate, FamilyMark, FamilyStatement, Sibling } from './statement.ts';

/** One part of a notice as it was once public: a field of it, or `photo.` with the view of a photo. */
export interface PublishedFact {
	readonly field: string;
	readonly words: string;
	readonly publishedOn: CivilDate;
}

/**
 * knew: said, right, and never public; it counts where it is verifying. public: said and right, but to be read somewhere. wrong: a date, sex or side that
 * cannot be. unknown: nothing to compare, or words that only a person can compare.
 */
export const factVerdicts = ['knew', 'public', 'wrong', 'unknown'] as const;
export type FactVerdict = (typeof factVerdicts)[number];

/** What the file says: a field's answers (several in dispute), or a thing of a list. */
export type RecordedFact =
	| { readonly kind: 'field'; readonly key: FieldKey; readonly answers: readonly Answer<unknown>[] }
	| { readonly kind: 'mark'; readonly mark: Mark }
	| { readonly kind: 'belonging'; readonly description: string };

/** What the family said about it. */
export type SaidFact =
	| { readonly kind: 'words'; readonly words: string }
	| { readonly kind: 'sex'; readonly code: string }
	| { readonly kind: 'date'; readonly date: FamilyDate }
	| { readonly kind: 'place'; readonly place: Place }
	| { readonly kind: 'mark'; readonly mark: FamilyMark }
	| { readonly kind: 'sibling'; readonly sibling: Sibling };

export interface ComparedFact {
	/** A field of the intake, `mark` or `belonging`; what the event `screened` lists as known. */
	readonly key: FieldKey | 'mark' | 'belonging';
	/** Knowing it proves something; the others are there to be read, and can contradict. */
	readonly verifying: boolean;
	readonly verdict: FactVerdict;
	readonly recorded: RecordedFact;
	readonly said: readonly SaidFact[];
	/** It was public once, right or not. */
	readonly wasPublic: boolean;
}

export type Suggestion = 'plausible' | 'ask' | 'not';

export interface Comparison {
	readonly facts: readonly ComparedFact[];
	/** Keys of verifying facts the family knew that were never public, each once. */
	readonly knew: readonly string[];
	/** Keys of facts that contradict. */
	readonly wrong: readonly string[];
	readonly suggestion: Suggestion;
}

/** How many facts never public make a claim plausible, and what alone does not: speech is guessed from the region. */
const knownNeeded = 2;
const guessable: readonly string[] = ['language', 'accent'];

/** Compares a statement with the file it is about and with everything about the child that was ever public. */
export function compareStatement(
	statement: FamilyStatement,
	caseFile: CaseFile,
	published: readonly PublishedFact[]
): Comparison {
	const everPublic = publicKnowledge(published);
	const facts = [
		...fieldsCompared.flatMap((key) => compareField(key, statement, caseFile, everPublic)),
		...compareMarks(statement, caseFile, everPublic),
		...compareBelongings(statement, caseFile, everPublic)
	];
	const knew = keysOf(facts.filter(({ verdict, verifying }) => verdict === 'knew' && verifying));
	const wrong = keysOf(facts.filter(({ verdict }) => verdict === 'wrong'));
	return { facts, knew, wrong, suggestion: suggest(knew, wrong) };
}

function keysOf(facts: readonly ComparedFact[]): readonly string[] {
	return unique(facts.map(({ key }) => key));
}

function suggest(knew: readonly string[], wrong: readonly string[]): Suggestion {
	const enough = knew.length >= knownNeeded && knew.some((key) => !guessable.includes(key));
	if (enough && wrong.length === 0) return 'plausible';
	const cannotBe = wrong.includes('sex') || wrong.length >= 2;
	return cannotBe && knew.length === 0 ? 'not' : 'ask';
}

/** The fields a family can say something about, in the order of the intake. */
const fieldsCompared = [
	'nameGiven',
	'nameCalled',
	'sex',
	'birth',
	'language',
	'accent',
	'placeTaken',
	'dateTaken',
	'siblings',
	'features',
	'clothing',
	'belongingsSummary',
	'ownAccount'
] as const satisfies readonly FieldKey[];
type ComparedKey = (typeof fieldsCompared)[number];

interface PublicKnowledge {
	/** Parts of a notice that were shown on any day, photos included. */
	readonly parts: ReadonlySet<string>;
	readonly plain: string;
	readonly tokens: ReadonlySet<string>;
}

function publicKnowledge(published: readonly PublishedFact[]): PublicKnowledge {
	return {
		parts: new Set(published.map(({ field }) => field)),
		plain: plainText(published.map(({ words }) => words).join('\n')),
		tokens: new Set(published.flatMap(({ words }) => [...tokensOf(words)]))
	};
}

function compareField(
	key: ComparedKey,
	statement: FamilyStatement,
	caseFile: CaseFile,
	everPublic: PublicKnowledge
): readonly ComparedFact[] {
	const state = fieldState(caseFile, key);
	if (state.status === 'empty') return [];
	const answers: readonly Answer<unknown>[] =
		state.status === 'settled' ? [state.answer] : state.versions.map(({ value }) => value);
	const known = answers.flatMap((answer) => (answer.state === 'known' ? [answer.value] : []));
	const said = saidOf(key, statement);
	const wasPublic = partWasPublic(key, everPublic);
	const verifying = fieldDefinition(key).verifying === true;
	const verdicts = known.map((value) => fieldVerdict(key, value, said, everPublic));
	return [
		{
			key,
			verifying,
			// In a dispute the family is right with either; wrong only where it contradicts both.
			verdict: settled(best(verdicts), wasPublic),
			recorded: { kind: 'field', key, answers },
			said,
			wasPublic
		}
	];
}

/** What was in a part of a notice is nobody's knowledge. */
function settled(verdict: FactVerdict, wasPublic: boolean): FactVerdict {
	return verdict === 'knew' && wasPublic ? 'public' : verdict;
}

function best(verdicts: readonly FactVerdict[]): FactVerdict {
	for (const verdict of ['knew', 'public'] as const) if (verdicts.includes(verdict)) return verdict;
	return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'wrong') ? 'wrong' : 'unknown';
}

function partWasPublic(key: FieldKey, everPublic: PublicKnowledge): boolean {
	return noticeFields.some((field) => noticeSources[field].includes(key) && wasShown(field, everPublic));
}

/** A photo of the clothes tells the clothes, of a mark the features. */
function wasShown(field: NoticeField, { parts }: PublicKnowledge): boolean {
	const photo = photosOf[field];
	return parts.has(field) || (photo !== undefined && parts.has(photo));
}

const photosOf: { readonly [F in NoticeField]?: string } = {
	features: 'photo.mark',
	clothing: 'photo.clothing',
	belongings: 'photo.belonging'
};

function saidOf(key: ComparedKey, statement: FamilyStatement): readonly SaidFact[] {
	const { child, loss, looks, family } = statement;
	const words = (...texts: readonly (string | undefined)[]): readonly SaidFact[] =>
		texts.flatMap((text) => (text === undefined || text.trim() === '' ? [] : [{ kind: 'words', words: text }]));
	switch (key) {
		case 'nameGiven':
		case 'nameCalled':
			return words(child?.names?.given, child?.names?.milk, child?.names?.school, child?.names?.other);
		case 'sex':
			return child?.sex ? [{ kind: 'sex', code: child.sex }] : [];
		case 'birth':
			return child?.birth ? [{ kind: 'date', date: child.birth }] : [];
		case 'language':
		case 'accent':
			return words(looks?.speech);
		case 'placeTaken':
			return [
				...(loss?.place ? [{ kind: 'place', place: loss.place } as const] : []),
				...(family?.homeThen ? [{ kind: 'place', place: family.homeThen } as const] : [])
			];
		case 'dateTaken':
			return loss?.date ? [{ kind: 'date', date: loss.date }] : [];
		case 'siblings':
			return (family?.siblings ?? []).map((sibling) => ({ kind: 'sibling', sibling }));
		case 'features':
			return words(looks?.features, ...(looks?.marks ?? []).map((mark) => mark.words));
		case 'clothing':
			return words(looks?.clothing);
		case 'belongingsSummary':
			return words(looks?.belongings);
		case 'ownAccount':
			// A child tells of home: the house, the river, the dog, what it liked.
			return words(looks?.habits, loss?.how, family?.homeThen?.text, family?.livesNow);
	}
}

function fieldVerdict(
	key: ComparedKey,
	value: unknown,
	said: readonly SaidFact[],
	everPublic: PublicKnowledge
): FactVerdict {
	if (said.length === 0) return 'unknown';
	switch (key) {
		case 'nameGiven':
		case 'nameCalled':
			return nameVerdict(value as FieldValue<'nameCalled'>, said, everPublic);
		case 'sex':
			return sexVerdict(value as FieldValue<'sex'>, said);
		case 'birth': {
			const birth = value as Birth;
			const span =
				birth.precision === 'exact'
					? { earliest: birth.date, latest: birth.date }
					: { earliest: birth.earliest, latest: birth.latest };
			// Ages of rescued children are estimates: only years apart contradict.
			return dateVerdict(span, said, 730, everPublic);
		}
		case 'dateTaken': {
			const date = value as PartialDate;
			return dateVerdict({ earliest: earliest(date), latest: latest(date) }, said, 183, everPublic);
		}
		case 'placeTaken':
			// A notice nearly always says it, and half a province is no knowledge.
			return wordsVerdict((value as Place).text, placesSaid(said), everPublic);
		case 'siblings':
			return siblingVerdict(value as FieldValue<'siblings'>, said, everPublic);
		case 'language':
		case 'accent':
		case 'features':
		case 'clothing':
		case 'belongingsSummary':
			return wordsVerdict(value as string, wordsSaid(said), everPublic);
		case 'ownAccount':
			return wordsVerdict(value as string, wordsSaid(said), everPublic, inAStory);
	}
}

/** A name of one sign is too easily hit; a longer one may stand inside the other (阿果, 阿果子). */
function nameVerdict(name: string, said: readonly SaidFact[], everPublic: PublicKnowledge): FactVerdict {
	const recorded = plainText(name);
	const right = wordsSaid(said)
		.map(plainText)
		.filter((other) => other.length >= 2 && recorded.length >= 2)
		.find((other) => other === recorded || other.includes(recorded) || recorded.includes(other));
	if (right === undefined) return 'unknown';
	return everPublic.plain.includes(recorded) || everPublic.plain.includes(right) ? 'public' : 'knew';
}

function sexVerdict(code: string, said: readonly SaidFact[]): FactVerdict {
	const definite = (sex: string) => sex === '1' || sex === '2';
	const told = said.find((fact) => fact.kind === 'sex');
	if (!told || !definite(told.code) || !definite(code)) return 'unknown';
	return told.code === code ? 'knew' : 'wrong';
}

/** Longest span that is still an answer: "in the spring" is one, "that year" is not. */
const daysOfASeason = 92;

function dateVerdict(
	recorded: DaySpan,
	said: readonly SaidFact[],
	slack: number,
	everPublic: PublicKnowledge
): FactVerdict {
	const told = said.find((fact) => fact.kind === 'date')?.date;
	const span = told?.days;
	if (!span) return 'unknown';
	const apart = Math.max(daysBetween(recorded.latest, span.earliest), daysBetween(span.latest, recorded.earliest));
	if (apart > slack) return 'wrong';
	const vague = daysBetween(span.earliest, span.latest) >= daysOfASeason;
	if (apart > 0 || vague || daysBetween(recorded.earliest, recorded.latest) > 366) return 'unknown';
	// A year that stands anywhere in a notice makes the rest a guess of one in a few.
	const years = unique(
		[recorded.earliest, recorded.latest, addDays(recorded.earliest, -1)].map((day) => day.slice(0, 4))
	);
	return years.some((year) => everPublic.plain.includes(year)) ? 'public' : 'knew';
}

function siblingVerdict(text: string, said: readonly SaidFact[], everPublic: PublicKnowledge): FactVerdict {
	const recorded = plainText(text);
	const names = said.flatMap((fact) =>
		fact.kind === 'sibling' && fact.sibling.name ? [plainText(fact.sibling.name)] : []
	);
	const right = names.filter((name) => name.length >= 2 && recorded.includes(name));
	if (right.some((name) => !everPublic.plain.includes(name))) return 'knew';
	const told = said.flatMap((fact) => (fact.kind === 'sibling' && fact.sibling.words ? [fact.sibling.words] : []));
	const byWords = wordsVerdict(text, told, everPublic);
	return byWords === 'unknown' && right.length > 0 ? 'public' : byWords;
}

/** A list longer than this is a list of guesses, and only its words count. */
const marksOfOneChild = 4;

function compareMarks(
	{ looks }: FamilyStatement,
	caseFile: CaseFile,
	everPublic: PublicKnowledge
): readonly ComparedFact[] {
	const told = looks?.marks ?? [];
	return items(caseFile, 'mark').map(({ value: mark }): ComparedFact => {
		const wasPublic = wasShown('features', everPublic) || inThePicture(mark, everPublic);
		const said: readonly SaidFact[] = [
			...told.map((each) => ({ kind: 'mark', mark: each }) as const),
			...(looks?.features ? [{ kind: 'words', words: looks.features } as const] : [])
		];
		const verdict = markVerdict(mark, told, looks?.features, everPublic);
		return {
			key: 'mark',
			verifying: true,
			verdict: settled(verdict, wasPublic),
			recorded: { kind: 'mark', mark },
			said,
			wasPublic
		};
	});
}

function markVerdict(
	mark: Mark,
	told: readonly FamilyMark[],
	features: string | undefined,
	everPublic: PublicKnowledge
): FactVerdict {
	const sameKind = told.filter((each) => each.site === mark.site && each.kind === mark.kind);
	const oneSided = (side: string | undefined) => side === 'left' || side === 'right';
	const right = sameKind.filter(
		(each) => each.side === undefined || mark.side === undefined || each.side === mark.side
	);
	if (right.length > 0 && told.length <= marksOfOneChild) {
		return namesSite(mark, everPublic) ? 'public' : 'knew';
	}
	const words = [...told.map((each) => each.words), ...(features === undefined ? [] : [features])];
	const byWords = wordsVerdict(mark.description, words, everPublic);
	if (byWords !== 'unknown') return byWords;
	const otherSide = sameKind.some((each) => oneSided(each.side) && oneSided(mark.side) && each.side !== mark.side);
	return otherSide && right.length === 0 ? 'wrong' : 'unknown';
}

/** A face that was public shows what is on it. */
function inThePicture({ site }: Mark, { parts }: PublicKnowledge): boolean {
	return onTheFace.has(site) && faces.some((view) => parts.has(`photo.${view}`));
}

const faces = ['front', 'left', 'right', 'now'] as const satisfies readonly PhotoView[];
const onTheFace: ReadonlySet<string> = new Set([
	'temple',
	'forehead',
	'eyebrow',
	'eyelid',
	'eye',
	'nose',
	'cheek',
	'ear',
	'behind_ear',
	'lip',
	'mouth',
	'teeth',
	'chin',
	'neck_front'
]);

/** Does any notice name the place on the body? Its name, or the sign it is known by: 耳 of 耳朵. */
function namesSite(mark: Mark, everPublic: PublicKnowledge): boolean {
	const [zh, en] = codeName('bodySite', mark.site) ?? ['', ''];
	const signs = [...zh].filter((sign) => !anySite.has(sign));
	const names = [plainText(en), ...signs].filter((name) => name !== '');
	return names.some((name) => everPublic.plain.includes(name));
}

function compareBelongings(
	{ looks }: FamilyStatement,
	caseFile: CaseFile,
	everPublic: PublicKnowledge
): readonly ComparedFact[] {
	const wasPublic = wasShown('belongings', everPublic);
	const told = [looks?.belongings, looks?.clothing].filter((text) => text !== undefined);
	return items(caseFile, 'belonging').map(({ value: { description } }): ComparedFact => ({
		key: 'belonging',
		verifying: true,
		verdict: settled(wordsVerdict(description, told, everPublic), wasPublic),
		recorded: { kind: 'belonging', description },
		said: told.map((words) => ({ kind: 'words', words })),
		wasPublic
	}));
}

/** Of what the file says so much must be said, and of what is said so much must be right. */
interface Likeness {
	readonly recalled: number;
	readonly right: number;
}
/** A garment, a thing, a feature: said in a line. Every colour and every garment there is must not do. */
const inALine: Likeness = { recalled: 0.25, right: 0.15 };
/** A child's own words beside a family's long story of home: much of it is in no file. */
const inAStory: Likeness = { recalled: 0.4, right: 0.03 };

/** Texts are alike where they share enough telling pairs of signs; those of any notice do not count. */
function wordsVerdict(
	recorded: string,
	said: readonly string[],
	everPublic: PublicKnowledge,
	likeness = inALine
): FactVerdict {
	const facts = tokensOf(recorded);
	const told = new Set(said.flatMap((text) => [...tokensOf(text)]));
	if (!alike(facts, told, likeness)) return 'unknown';
	const kept = without(facts, everPublic.tokens);
	return alike(kept, without(told, everPublic.tokens), likeness) ? 'knew' : 'public';
}

function alike(facts: ReadonlySet<string>, told: ReadonlySet<string>, { recalled, right }: Likeness): boolean {
	const shared = [...facts].filter((token) => told.has(token)).length;
	if (shared === 0 || shared < Math.min(2, facts.size)) return false;
	return shared / facts.size >= recalled && shared / told.size >= right;
}

/**
 * Pairs of neighbouring Chinese signs, and words of other scripts from three letters on. Pairs with a sign of grammar say
 * nothing: "有一" stands in every second sentence.
 */
function tokensOf(text: string): ReadonlySet<string> {
	const tokens = new Set<string>();
	for (const [run] of text
		.normalize('NFKC')
		.toLowerCase()
		.matchAll(/\p{Script=Han}+|[\p{L}\p{M}]+/gu)) {
		if (!han.test(run)) {
			if (run.length >= 3 && !emptyWords.has(run)) tokens.add(run);
			continue;
		}
		const signs = [...run];
		for (const [index, sign] of signs.entries()) {
			const next = signs[index + 1];
			if (next !== undefined && !emptySigns.has(sign) && !emptySigns.has(next)) tokens.add(sign + next);
		}
	}
	return tokens;
}

const han = /^\p{Script=Han}/u;
const emptySigns = new Set('的了是有在和与及一个他她它我你们这那不没也都就还会能要到从被把给很着过之其孩子岁时候说叫');
/** Signs of places on the body that say no place. */
const anySite = new Set('上下前后左右内部面头子');
const emptyWords = new Set(
	'the and was his her has had with when they she for from not who that this are were child'.split(' ')
);

function without(tokens: ReadonlySet<string>, taken: ReadonlySet<string>): ReadonlySet<string> {
	return new Set([...tokens].filter((token) => !taken.has(token)));
}

function wordsSaid(said: readonly SaidFact[]): readonly string[] {
	return said.flatMap((fact) => (fact.kind === 'words' ? [fact.words] : []));
}

function placesSaid(said: readonly SaidFact[]): readonly string[] {
	return said.flatMap((fact) => (fact.kind === 'place' ? [fact.place.text] : []));
}

function unique(texts: readonly string[]): readonly string[] {
	return [...new Set(texts)];
}
