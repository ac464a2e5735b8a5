import { z } from 'zod';
import { residentIdFault, type ResidentIdFault } from '../codes/resident-id.ts';
import { placeSchema } from '../intake/fields.ts';
import { readPublicNumber } from '../notice/public-number.ts';
import {
	civilDateSchema,
	daysInMonth,
	earliest as earliestOf,
	latest as latestOf,
	toParts,
	type CivilDate
} from '../time.ts';
import type { ClaimKind } from './events.ts';

/*
 * What a family says, topic by topic. Nobody is made to know anything: every answer may be left out, a topic may be closed
 * with "the rest I do not know" (`unsure`), and dates may be a year, a lunar month or a few words. What the family typed is
 * kept as it was typed; what the registry worked out of it (`days`) stands beside it.
 */

/** One topic a page, in this order. `which` only where a notice is claimed. */
export const topics = ['which', 'child', 'loss', 'looks', 'family', 'papers', 'you'] as const;
export type Topic = (typeof topics)[number];

/** The topics of a claim, or of a missing-child report, which names no child. */
export function topicsOf(kind: ClaimKind): readonly Topic[] {
	return kind === 'claim' ? topics : topics.filter((topic) => topic !== 'which');
}

const line = (maximum = 200) => z.string().trim().min(1).max(maximum).optional();
const text = (maximum = 2000) => z.string().trim().min(1).max(maximum).optional();
/** "What I left empty I do not know": the topic is done all the same. */
const closed = { unsure: z.literal(true).optional() };

/** The first and the last day something can have happened, in the solar calendar. */
export const daySpanSchema = z
	.strictObject({ earliest: civilDateSchema, latest: civilDateSchema })
	.refine((span) => span.earliest <= span.latest, { error: 'days_reversed', path: ['latest'] });
export type DaySpan = z.infer<typeof daySpanSchema>;

/**
 * A date as a family knows it: any of year, month and day, in the solar or the lunar calendar (`leap`: 闰月), or words
 * (春节前后). Numbers that make no date are stored too, so that nothing typed is lost: see {@link statementProblems}.
 */
export const familyDateSchema = z
	.strictObject({
		calendar: z.enum(['solar', 'lunar']),
		y: z.int().min(1).max(9999).optional(),
		m: z.int().min(1).max(12).optional(),
		d: z.int().min(1).max(31).optional(),
		leap: z.literal(true).optional(),
		text: line(),
		approx: z.literal(true).optional(),
		/** The days it can mean, worked out by the registry; left out where the words say too little. */
		days: daySpanSchema.optional()
	})
	.refine((date) => date.y !== undefined || date.m !== undefined || date.d !== undefined || date.text !== undefined, {
		error: 'date_empty'
	});
export type FamilyDate = z.infer<typeof familyDateSchema>;

const ageSchema = z
	.strictObject({
		years: z.int().min(0).max(30).optional(),
		months: z.int().min(0).max(360).optional(),
		approx: z.literal(true).optional()
	})
	.refine((age) => age.years !== undefined || age.months !== undefined, { error: 'age_empty' });
export type AgeAtLoss = z.infer<typeof ageSchema>;

export const childTopicSchema = z.strictObject({
	/** 大名, 小名, 学名 and whatever else the child was called. */
	names: z.strictObject({ given: line(), milk: line(), school: line(), other: line() }).optional(),
	/** Code of the table `sex`. */
	sex: z.enum(['0', '1', '2', '9']).optional(),
	birth: familyDateSchema.optional(),
	ageAtLoss: ageSchema.optional(),
	/** Code of the table `bloodGroup`. */
	bloodGroup: z.string().min(1).max(20).optional(),
	...closed
});

/** 报过案、采过血: whether the police know, and whether the family's blood was taken. */
export const reportedAnswers = ['both', 'reported_only', 'neither', 'unsure'] as const;
export type ReportedAnswer = (typeof reportedAnswers)[number];

export const lossTopicSchema = z.strictObject({
	date: familyDateSchema.optional(),
	place: placeSchema.optional(),
	how: text(4000),
	reported: z.enum(reportedAnswers).optional(),
	policeStation: line(),
	caseNumber: line(),
	...closed
});

/** As the family remembers it; kind, site and side by the codes of a mark (photo/photo.ts), any of them left out. */
export const familyMarkSchema = z.strictObject({
	kind: z.string().min(1).max(20).optional(),
	site: z.string().min(1).max(20).optional(),
	side: z.enum(['left', 'right', 'middle', 'both']).optional(),
	words: z.string().trim().max(1000)
});
export type FamilyMark = z.infer<typeof familyMarkSchema>;
export const marksMaximum = 10;

export const looksTopicSchema = z.strictObject({
	/** When lost. */
	height: z.strictObject({ cm: z.number().min(20).max(220), approx: z.literal(true).optional() }).optional(),
	features: text(),
	marks: z.array(familyMarkSchema).max(marksMaximum).optional(),
	clothing: text(),
	belongings: text(),
	/** Language and accent, of the child and at home. */
	speech: text(1000),
	/** What the child liked, feared, could say or sing. */
	habits: text(4000),
	...closed
});

export const siblingSchema = z.strictObject({
	name: line(),
	order: z.enum(['older', 'younger', 'twin', 'unsure']),
	words: line(500)
});
export type Sibling = z.infer<typeof siblingSchema>;
export const siblingsMaximum = 10;

export const familyTopicSchema = z.strictObject({
	fatherName: line(),
	motherName: line(),
	siblings: z.array(siblingSchema).max(siblingsMaximum).optional(),
	/** Where the family lived when the child was lost. */
	homeThen: placeSchema.optional(),
	livesNow: line(500),
	...closed
});

export const paperKinds = [
	'child_photo',
	'household_book',
	'birth_certificate',
	'identity_document',
	'police_receipt',
	'other'
] as const;
/** What a photo of a paper shows; the photos themselves are rows of claim_papers. */
export type PaperKind = (typeof paperKinds)[number];
export const papersMaximum = 12;

export const papersTopicSchema = z.strictObject({
	/** Papers they have but did not photograph, or anything about those they did. */
	words: text(),
	...closed
});

export const relations = ['father', 'mother', 'grandparent', 'sibling', 'other'] as const;
export type Relation = (typeof relations)[number];

export const identityKinds = ['resident_id', 'passport', 'travel_permit', 'other'] as const;
export type IdentityKind = (typeof identityKinds)[number];

export const youTopicSchema = z.strictObject({
	name: line(),
	relation: z.enum(relations).optional(),
	/** For `other`: 姑姑, 养母, a neighbour … */
	relationWords: line(),
	identity: z
		.strictObject({
			kind: z.enum(identityKinds),
			number: z.string().trim().min(1).max(60),
			/** The number looks wrong, the family says it is what the card says, and why (GB 11643). */
			confirmed: z.strictObject({ reason: z.string().trim().min(1).max(500) }).optional()
		})
		.optional(),
	phone: line(40),
	otherContact: line(),
	/** The language they want to be spoken to in, in their words. */
	language: line(100),
	/** A second person who can be asked. */
	second: z.strictObject({ name: line(), relation: line(), phone: line(40) }).optional(),
	...closed
});

export const whichTopicSchema = z.strictObject({
	/** As typed; whether there is such a notice is never asked while the family waits. */
	publicNumber: line(40),
	/** The number's check sign is wrong, the family says it is written so. */
	asWritten: z.literal(true).optional(),
	noNumber: z.literal(true).optional(),
	/** How they learnt of the child: a poster, a neighbour, the television. */
	words: text(1000),
	...closed
});

/** The schema of each topic, so that one topic can be saved by itself. */
export const topicSchemas = {
	which: whichTopicSchema,
	child: childTopicSchema,
	loss: lossTopicSchema,
	looks: looksTopicSchema,
	family: familyTopicSchema,
	papers: papersTopicSchema,
	you: youTopicSchema
} as const;
export type TopicAnswers<T extends Topic> = z.infer<(typeof topicSchemas)[T]>;

/** What claim_statements keeps, version by version. */
export const familyStatementSchema = z.strictObject({
	which: whichTopicSchema.optional(),
	child: childTopicSchema.optional(),
	loss: lossTopicSchema.optional(),
	looks: looksTopicSchema.optional(),
	family: familyTopicSchema.optional(),
	papers: papersTopicSchema.optional(),
	you: youTopicSchema.optional(),
	/** Why the block should stand again, after it lapsed for want of a sample. */
	appeal: text(),
	/** Why they withdrew, if they said. */
	withdrawal: text()
});
export type FamilyStatement = z.infer<typeof familyStatementSchema>;

/** The lunar calendar, from outside: the solar days of a lunar year, month or day; undefined where there is none. */
export type LunarDays = (date: {
	readonly y: number;
	readonly m?: number | undefined;
	readonly d?: number | undefined;
	readonly leap?: true | undefined;
}) => DaySpan | undefined;

/** The days a date can mean; undefined without a year, or for a date that does not exist. */
export function daysOf(date: FamilyDate, lunar: LunarDays): DaySpan | undefined {
	const { y, m, d } = date;
	if (y === undefined || (d !== undefined && m === undefined)) return undefined;
	if (date.calendar === 'lunar') return lunar({ y, m, d, leap: date.leap });
	if (m !== undefined && d !== undefined && d > daysInMonth(y, m)) return undefined;
	const partial = { y, ...(m !== undefined && { m }), ...(d !== undefined && { d }) };
	return { earliest: earliestOf(partial), latest: latestOf(partial) };
}

/** How far the family came with a topic. */
export type TopicState = 'untouched' | 'partly' | 'told';

/**
 * `told`: something is answered and the topic's first questions are, or the family said it knows no more. It is a help
 * for the way, not a judgement: a claim may be sent with topics untouched.
 */
export function topicState(statement: FamilyStatement, topic: Topic): TopicState {
	const answers = statement[topic];
	if (answers === undefined) return 'untouched';
	const { unsure, ...rest } = answers;
	if (unsure) return 'told';
	const answered = Object.keys(rest);
	if (answered.length === 0) return 'untouched';
	return firstQuestions[topic].every((names) => names.some((name) => answered.includes(name))) ? 'told' : 'partly';
}

/** Of each inner list one answer is enough. */
const firstQuestions: Readonly<Record<Topic, readonly (readonly string[])[]>> = {
	which: [['publicNumber', 'noNumber']],
	child: [['names'], ['sex'], ['birth', 'ageAtLoss']],
	loss: [['date'], ['place'], ['reported']],
	looks: [['features', 'marks']],
	family: [['fatherName', 'motherName']],
	papers: [],
	you: [['name'], ['relation'], ['phone', 'otherContact']]
};

/**
 * What is odd about a statement, by the field that shows it. `must`: it cannot be sent so. `look`: it is shown, and may be
 * sent as it is.
 */
export type StatementProblem = { readonly weight: 'must' | 'look'; readonly topic: Topic; readonly field: string } & (
	| { readonly type: 'year_missing' }
	| { readonly type: 'day_without_month' }
	| { readonly type: 'no_such_day' }
	/** The thirtieth of a lunar month that had 29 days: New Year’s Eve is called 三十 in every year. */
	| { readonly type: 'lunar_month_short' }
	| { readonly type: 'in_the_future' }
	| { readonly type: 'lost_before_born' }
	/** The age told and the age between birth and loss, whole years at the least and the most. */
	| { readonly type: 'age_does_not_fit'; readonly least: number; readonly most: number }
	| { readonly type: 'identity_number'; readonly fault: ResidentIdFault }
	| { readonly type: 'phone_unreadable' }
	/** Begins as a mobile number of China does and has not its eleven digits; there are other numbers in the world. */
	| { readonly type: 'mobile_digits'; readonly digits: number }
	/** The number of a notice whose check sign does not fit; says nothing of whether there is such a notice. */
	| { readonly type: 'public_number' }
	| { readonly type: 'name_missing' }
	| { readonly type: 'contact_missing' }
	/** Nothing is told about the child at all. */
	| { readonly type: 'nothing_told' }
);

/**
 * @param today the civil day at the registry
 * @param asked `topic`: only what is odd in the answers given; `sending`: also what is missing to be sent
 */
export function statementProblems(
	statement: FamilyStatement,
	today: CivilDate,
	lunar: LunarDays,
	asked: 'topic' | 'sending'
): readonly StatementProblem[] {
	const problems: StatementProblem[] = [];
	const { which, child, loss, looks, family, you } = statement;
	if (child?.birth) problems.push(...dateProblems(child.birth, 'child', 'birth', today, lunar));
	if (loss?.date) problems.push(...dateProblems(loss.date, 'loss', 'date', today, lunar));

	const born = child?.birth && daysOf(child.birth, lunar);
	const lost = loss?.date && daysOf(loss.date, lunar);
	if (born && lost) {
		if (lost.latest < born.earliest) {
			problems.push({ type: 'lost_before_born', weight: 'must', topic: 'loss', field: 'date' });
		} else if (child.ageAtLoss) {
			const least = Math.max(0, wholeYears(born.latest, lost.earliest));
			const most = wholeYears(born.earliest, lost.latest);
			const told = (child.ageAtLoss.years ?? 0) + Math.floor((child.ageAtLoss.months ?? 0) / 12);
			// People count a child's age by the year too (虚岁): up to two more than whole years.
			if (told < least - 1 || told > most + 2) {
				problems.push({ type: 'age_does_not_fit', weight: 'look', topic: 'child', field: 'ageAtLoss', least, most });
			}
		}
	}

	if (you?.identity?.kind === 'resident_id') {
		const fault = residentIdFault(you.identity.number);
		if (fault) {
			problems.push({
				type: 'identity_number',
				weight: you.identity.confirmed ? 'look' : 'must',
				topic: 'you',
				field: 'identity',
				fault
			});
		}
	}
	for (const [field, phone] of [
		['phone', you?.phone],
		['secondPhone', you?.second?.phone]
	] as const) {
		if (phone === undefined) continue;
		const digits = phone.replaceAll(/\D/g, '').replace(/^(?:00)?86(?=1)/, '');
		if (digits.length < 5) problems.push({ type: 'phone_unreadable', weight: 'must', topic: 'you', field });
		else if (/^1[3-9]/.test(digits) && digits.length !== 11)
			problems.push({ type: 'mobile_digits', digits: digits.length, weight: 'look', topic: 'you', field });
	}

	if (which?.publicNumber !== undefined && readPublicNumber(which.publicNumber) === undefined) {
		const weight = which.asWritten ? 'look' : 'must';
		problems.push({ type: 'public_number', weight, topic: 'which', field: 'publicNumber' });
	}

	if (asked === 'sending') {
		const told = [child, loss, looks, family].some(
			(answers) => answers && Object.keys(answers).some((key) => key !== 'unsure')
		);
		if (!told) problems.push({ type: 'nothing_told', weight: 'must', topic: 'child', field: 'names' });
		if (!you?.name) problems.push({ type: 'name_missing', weight: 'must', topic: 'you', field: 'name' });
		if (!you?.phone && !you?.otherContact) {
			problems.push({ type: 'contact_missing', weight: 'must', topic: 'you', field: 'phone' });
		}
	}
	return problems;
}

function dateProblems(
	date: FamilyDate,
	topic: Topic,
	field: string,
	today: CivilDate,
	lunar: LunarDays
): StatementProblem[] {
	const problem = { weight: 'must', topic, field } as const;
	if (date.y === undefined) {
		// "The second month" alone helps nobody; with words beside it, the words count.
		const numbers = date.m !== undefined || date.d !== undefined;
		return numbers && date.text === undefined ? [{ ...problem, type: 'year_missing' }] : [];
	}
	if (date.d !== undefined && date.m === undefined) return [{ ...problem, type: 'day_without_month' }];
	const days = daysOf(date, lunar);
	if (!days) {
		const isShort = date.calendar === 'lunar' && date.d === 30 && daysOf({ ...date, d: 29 }, lunar) !== undefined;
		return [{ ...problem, type: isShort ? 'lunar_month_short' : 'no_such_day' }];
	}
	return days.earliest > today ? [{ ...problem, type: 'in_the_future' }] : [];
}

/** Whole years (周岁) from one day to another. */
function wholeYears(from: CivilDate, to: CivilDate): number {
	const [birth, day] = [toParts(from), toParts(to)];
	const before = day.month < birth.month || (day.month === birth.month && day.day < birth.day);
	return day.year - birth.year - (before ? 1 : 0);
}
