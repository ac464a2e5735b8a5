import { z } from 'zod';
import { civilDateSchema, partialDateSchema } from '../time.ts';
import type { Disclosure } from '../disclosure/audience.ts';

/*
 * The intake record: every field of rule book 8.4 that is one value. What is a list (photos, marks, belongings, papers,
 * samples) is recorded as items of its own, see ../case-file/entry.ts.
 *
 * A field is data: which step of the intake asks for it, what kind of value it takes, who may see it, whether a parent's
 * knowledge of it proves something (`verifying`), and whether a date or a decision hangs on it (`legal`: two different
 * values of such a field are never merged, a person must choose), and whether it can hold two things people said side by
 * side (`several`: lists in words; a name, a day or a number is one thing).
 */

/** The steps of the intake, in the order of the screen; people may take them in any order. */
export const intakeSteps = [
	'reception',
	'identity',
	'photos',
	'body',
	'belongings',
	'account',
	'sample',
	'review'
] as const;
export type IntakeStep = (typeof intakeSteps)[number];

/** What kind of value a field takes, and with it which control asks for it. Lengths in UTF-16 units. */
export type FieldKind =
	| { readonly kind: 'line'; readonly maximum: number }
	| { readonly kind: 'text'; readonly maximum: number }
	| { readonly kind: 'phone' }
	| { readonly kind: 'date' }
	| { readonly kind: 'partialDate' }
	| { readonly kind: 'time' }
	| { readonly kind: 'birth' }
	| { readonly kind: 'choice'; readonly table: CodeTableId }
	| { readonly kind: 'yesNo' }
	| { readonly kind: 'quantity'; readonly unit: 'cm' | 'kg'; readonly minimum: number; readonly maximum: number }
	| { readonly kind: 'place' };

export type CodeTableId =
	| 'sex'
	| 'ethnicity'
	| 'admissionBasis'
	| 'birthMethod'
	| 'bloodGroup'
	| 'healthState'
	| 'bodySite'
	| 'markKind'
	| 'placement'
	| 'vaccine'
	| 'visitorRelation'
	| 'incidentKind'
	| 'schoolStage';

interface FieldDefinition {
	readonly step: IntakeStep;
	readonly value: FieldKind;
	readonly disclosure: Disclosure;
	readonly verifying?: true;
	readonly legal?: true;
	readonly several?: true;
}

const line = (maximum = 200) => ({ kind: 'line', maximum }) as const;
const text = (maximum = 4000) => ({ kind: 'text', maximum }) as const;

/** Every field of the intake. The order is the order on the screen. */
export const fields = {
	// Reception (接收情况): the hand-over by the police, from which the twelve months count (RULEBOOK 3.1 K5, 8.4).
	caseNumber: { step: 'reception', value: line(), disclosure: 'institution' },
	handoverDate: { step: 'reception', value: { kind: 'date' }, disclosure: 'institution', legal: true },
	handoverTime: { step: 'reception', value: { kind: 'time' }, disclosure: 'institution' },
	handoverPlace: { step: 'reception', value: { kind: 'place' }, disclosure: 'institution' },
	handedOverBy: { step: 'reception', value: line(), disclosure: 'institution' },
	receivedBy: { step: 'reception', value: line(), disclosure: 'institution' },
	signedByPolice: { step: 'reception', value: { kind: 'yesNo' }, disclosure: 'institution' },
	signedByReceiver: { step: 'reception', value: { kind: 'yesNo' }, disclosure: 'institution' },
	witnessOne: { step: 'reception', value: line(), disclosure: 'registry' },
	witnessTwo: { step: 'reception', value: line(), disclosure: 'registry' },
	noticeNumber: { step: 'reception', value: line(), disclosure: 'institution', legal: true },
	noticeDate: { step: 'reception', value: { kind: 'date' }, disclosure: 'institution', legal: true },
	issuingBureau: { step: 'reception', value: line(), disclosure: 'institution' },
	policeStation: { step: 'reception', value: line(), disclosure: 'institution' },
	policeOfficer: { step: 'reception', value: line(), disclosure: 'registry' },
	policePhone: { step: 'reception', value: { kind: 'phone' }, disclosure: 'registry' },
	admissionBasis: {
		step: 'reception',
		value: { kind: 'choice', table: 'admissionBasis' },
		disclosure: 'institution',
		legal: true
	},

	// Identity and origin (身份与来源).
	nameGiven: { step: 'identity', value: line(500), disclosure: 'public' },
	nameAssigned: { step: 'identity', value: line(500), disclosure: 'public' },
	nameCalled: { step: 'identity', value: line(500), disclosure: 'public', verifying: true, several: true },
	namePinyin: { step: 'identity', value: line(500), disclosure: 'institution' },
	sex: { step: 'identity', value: { kind: 'choice', table: 'sex' }, disclosure: 'public' },
	birth: { step: 'identity', value: { kind: 'birth' }, disclosure: 'institution', legal: true },
	birthMethod: { step: 'identity', value: { kind: 'choice', table: 'birthMethod' }, disclosure: 'institution' },
	ethnicity: { step: 'identity', value: { kind: 'choice', table: 'ethnicity' }, disclosure: 'institution' },
	language: { step: 'identity', value: line(), disclosure: 'public', verifying: true, several: true },
	accent: { step: 'identity', value: line(), disclosure: 'public', verifying: true, several: true },
	placeTaken: { step: 'identity', value: { kind: 'place' }, disclosure: 'public' },
	dateTaken: { step: 'identity', value: { kind: 'partialDate' }, disclosure: 'institution', verifying: true },
	placeRescued: { step: 'identity', value: { kind: 'place' }, disclosure: 'institution', verifying: true },
	dateRescued: { step: 'identity', value: { kind: 'partialDate' }, disclosure: 'institution', legal: true },
	suspectLink: { step: 'identity', value: text(), disclosure: 'restricted:justice', several: true },
	siblings: { step: 'identity', value: text(), disclosure: 'institution', verifying: true, several: true },

	// Body and health (身体特征).
	height: { step: 'body', value: { kind: 'quantity', unit: 'cm', minimum: 20, maximum: 220 }, disclosure: 'public' },
	weight: {
		step: 'body',
		value: { kind: 'quantity', unit: 'kg', minimum: 0.3, maximum: 150 },
		disclosure: 'institution'
	},
	headSize: {
		step: 'body',
		value: { kind: 'quantity', unit: 'cm', minimum: 15, maximum: 70 },
		disclosure: 'institution'
	},
	bloodGroup: { step: 'body', value: { kind: 'choice', table: 'bloodGroup' }, disclosure: 'restricted:medical' },
	features: { step: 'body', value: text(), disclosure: 'public', verifying: true, several: true },
	healthFirstCheck: { step: 'body', value: text(), disclosure: 'restricted:medical', several: true },
	healthState: { step: 'body', value: { kind: 'choice', table: 'healthState' }, disclosure: 'restricted:medical' },
	urgentNeeds: { step: 'body', value: text(), disclosure: 'restricted:medical', several: true },
	isolation: { step: 'body', value: { kind: 'yesNo' }, disclosure: 'restricted:medical' },
	vaccinationKnown: { step: 'body', value: text(), disclosure: 'restricted:medical', several: true },

	// Belongings and clothing (随身物品与衣着); the things themselves are items.
	clothing: { step: 'belongings', value: text(), disclosure: 'public', verifying: true, several: true },
	belongingsSummary: { step: 'belongings', value: text(), disclosure: 'public', verifying: true, several: true },

	// The child's own words (孩子说过的话), verbatim.
	ownAccount: { step: 'account', value: text(20_000), disclosure: 'public', verifying: true, several: true },
	ownAccountLanguage: { step: 'account', value: line(), disclosure: 'institution', several: true },
	ownAccountDate: { step: 'account', value: { kind: 'date' }, disclosure: 'institution' },
	interviewer: { step: 'account', value: line(), disclosure: 'institution' },
	adultPresent: { step: 'account', value: line(), disclosure: 'institution', several: true },

	// Sample reference (DNA 样本); its chain of custody is recorded as items.
	sampleReference: { step: 'sample', value: line(), disclosure: 'registry' }
} as const satisfies Record<string, FieldDefinition>;

export type FieldKey = keyof typeof fields;
export const fieldKeys = Object.keys(fields) as readonly FieldKey[];

/** The definition of a field, with the optional marks readable. */
export function fieldDefinition(key: FieldKey): FieldDefinition {
	return fields[key];
}

/** A place: a code of GB/T 2260 in the revision that was in force, or only words. The words are always kept. */
export const placeSchema = z.strictObject({
	code: z
		.string()
		.regex(/^\d{6}$/)
		.optional(),
	/** Year and month of the revision of GB/T 2260, e.g. `2002-12`; codes disappear, a child taken in 1999 was taken from an old one. */
	revision: z
		.string()
		.regex(/^\d{4}-\d{2}$/)
		.optional(),
	text: z.string().max(500)
});
export type Place = z.infer<typeof placeSchema>;

/** A birth date: exact, or a range with how it was estimated (see the field birthMethod). */
export const birthSchema = z.discriminatedUnion('precision', [
	z.strictObject({ precision: z.literal('exact'), date: civilDateSchema }),
	z
		.strictObject({ precision: z.literal('range'), earliest: civilDateSchema, latest: civilDateSchema })
		.refine((range) => range.earliest <= range.latest, { error: 'birth_range_reversed', path: ['latest'] })
]);
export type Birth = z.infer<typeof birthSchema>;

export const clockTimeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** An answer: a value, "nobody knows", or "not now" (the child sleeps, no light for a photo). Never an empty string. */
const answerOf = <T extends z.ZodType>(value: T) =>
	z.discriminatedUnion('state', [
		z.strictObject({ state: z.literal('known'), value }),
		z.strictObject({ state: z.literal('unknown') }),
		z.strictObject({ state: z.literal('notNow') })
	]);

export type Answer<T> =
	{ readonly state: 'known'; readonly value: T } | { readonly state: 'unknown' } | { readonly state: 'notNow' };

/** What a field's value is, by its kind. Codes of tables are checked by the form and the registry's marks, never refused here. */
function valueSchema(kind: FieldKind) {
	switch (kind.kind) {
		case 'line':
		case 'text':
			return z.string().trim().min(1).max(kind.maximum);
		case 'phone':
			return z.string().trim().min(3).max(40);
		case 'choice':
			return z.string().min(1).max(20);
		case 'date':
			return civilDateSchema;
		case 'partialDate':
			return partialDateSchema;
		case 'time':
			return clockTimeSchema;
		case 'birth':
			return birthSchema;
		case 'yesNo':
			return z.boolean();
		case 'quantity':
			return z.number().min(kind.minimum).max(kind.maximum);
		case 'place':
			return placeSchema;
	}
}

type ValueOfKind<K extends FieldKind> = K extends { kind: 'yesNo' }
	? boolean
	: K extends { kind: 'quantity' }
		? number
		: K extends { kind: 'place' }
			? Place
			: K extends { kind: 'birth' }
				? Birth
				: K extends { kind: 'partialDate' }
					? z.infer<typeof partialDateSchema>
					: K extends { kind: 'date' }
						? z.infer<typeof civilDateSchema>
						: string;

/** The value of one field, e.g. `FieldValue<'handoverDate'>` is a civil date. */
export type FieldValue<K extends FieldKey> = ValueOfKind<(typeof fields)[K]['value']>;

/** A set of answers, any subset of the fields: one step's worth, or one correction. */
export type Answers = { readonly [K in FieldKey]?: Answer<FieldValue<K>> };

/** The schema of one field's answer; a form uses it field by field. */
export function answerSchema(key: FieldKey) {
	return answerOf(valueSchema(fields[key].value));
}

const answerShape = Object.fromEntries(fieldKeys.map((key) => [key, answerSchema(key).optional()]));

/** Any subset of the fields, nothing else. */
export const answersSchema = z.strictObject(answerShape) as unknown as z.ZodType<Answers>;
