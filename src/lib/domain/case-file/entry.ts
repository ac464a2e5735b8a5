import { z } from 'zod';
import { careSchema } from '../care/care.ts';
import { canonicalJson, type Json } from '../canonical-json.ts';
import { claimDecisions } from '../claim/events.ts';
import { consentSchema } from '../consent/consent.ts';
import { documentSchema } from '../document/document.ts';
import { mergeSchema, partingReasonSchema, toldApartSchema } from '../duplicate/merge.ts';
import { reviewOpenedSchema, reviewReturnedSchema, reviewSignedSchema } from '../eligibility/review.ts';
import { flagSchema } from '../flag/flag.ts';
import { guardianshipSchema } from '../guardianship/guardianship.ts';
import { handoverReceivedSchema, handoverSentSchema } from '../handover/handover.ts';
import { claimOutcomes } from '../hold/facts.ts';
import {
	childIdSchema,
	claimIdSchema,
	deviceIdSchema,
	entryIdSchema,
	institutionIdSchema,
	itemIdSchema,
	sha256Schema,
	staffIdSchema
} from '../ids.ts';
import { answersSchema } from '../intake/fields.ts';
import { adoptionSchema } from '../leaving/adoption.ts';
import { exitSchema } from '../leaving/exit.ts';
import { noticeApprovalSchema, noticeDraftSchema, noticeTakeDownSchema } from '../notice/notice.ts';
import { belongingSchema, markSchema, photoSchema } from '../photo/photo.ts';
import { remarkSchema } from '../remark/remark.ts';
import { err, ok, type Result } from '../result.ts';
import { sampleSchema } from '../sample/sample.ts';
import { civilDateSchema } from '../time.ts';

/*
 * An entry is an immutable, signed fact about one child. A case file is a set of entries, and nothing else
 * (docs/ARCHITECTURE.md, 3). An entry never changes and never disappears; what it said is corrected by a later entry
 * that lists it under `replaces`.
 */

/** The most an entry may weigh as JSON, bytes: an own account of 20,000 characters fits, a hidden photo does not. */
export const entryBytesMaximum = 256 * 1024;

const item = { itemId: itemIdSchema };

/**
 * Every type of entry with the schema of what it says, and its version. Raise the version, add the old shape to
 * upcast.ts and a golden file whenever a payload changes: the tripwire test in tests/golden says so too.
 */
export const entryTypes = {
	'intake.recorded': { version: 1, payload: z.strictObject({ answers: answersSchema }) },
	'intake.submitted': { version: 1, payload: z.strictObject({}) },
	'photo.added': { version: 1, payload: z.strictObject({ ...item, photo: photoSchema }) },
	'mark.recorded': { version: 1, payload: z.strictObject({ ...item, mark: markSchema }) },
	'belonging.recorded': { version: 1, payload: z.strictObject({ ...item, belonging: belongingSchema }) },
	'care.recorded': { version: 1, payload: z.strictObject({ ...item, care: careSchema }) },
	'document.recorded': { version: 2, payload: z.strictObject({ ...item, document: documentSchema }) },
	'sample.recorded': { version: 1, payload: z.strictObject({ ...item, sample: sampleSchema }) },
	'handover.sent': { version: 1, payload: z.strictObject({ ...item, handover: handoverSentSchema }) },
	'handover.received': { version: 1, payload: z.strictObject({ ...item, handover: handoverReceivedSchema }) },
	/** Takes an item off the lists with a reason; the item stays in the history. */
	'item.withdrawn': { version: 1, payload: z.strictObject({ ...item, reason: z.string().trim().min(1).max(500) }) },
	/** What somebody says about what the file says: a question to another, a reason for an answer. */
	'remark.recorded': { version: 1, payload: z.strictObject({ ...item, remark: remarkSchema }) },
	/** This file and `other` are one child's. Counts once both files hold their half (docs/adr/0016). */
	'child.merged': { version: 1, payload: z.strictObject({ ...item, merge: mergeSchema }) },
	/** Undoes the merge that `itemId` names; what was written since stays with the file it was written on. */
	'child.parted': { version: 1, payload: z.strictObject({ ...item, reason: partingReasonSchema }) },
	/** This file and `other` are two children's; nobody is asked again. */
	'child.told_apart': { version: 1, payload: z.strictObject({ ...item, toldApart: toldApartSchema }) },
	'notice.drafted': { version: 1, payload: z.strictObject({ draft: noticeDraftSchema }) },
	'notice.approved': { version: 2, payload: z.strictObject({ approval: noticeApprovalSchema }) },
	'notice.taken_down': { version: 1, payload: z.strictObject({ takeDown: noticeTakeDownSchema }) },
	/** The child's own words on a matter that concerns it. */
	'consent.recorded': { version: 1, payload: z.strictObject({ ...item, consent: consentSchema }) },
	/** A plausible claim blocks; nothing of what the family says is told here (docs/adr/0008). */
	'claim.opened': {
		version: 1,
		payload: z.strictObject({ claimId: claimIdSchema, number: z.string().trim().min(1).max(40) })
	},
	/** Ends what `opening` began. */
	'claim.closed': {
		version: 1,
		payload: z.strictObject({
			claimId: claimIdSchema,
			opening: entryIdSchema,
			outcome: z.enum(claimOutcomes),
			decision: z.enum(claimDecisions).optional()
		})
	},
	'flag.raised': { version: 1, payload: z.strictObject({ ...item, flag: flagSchema }) },
	'flag.cleared': {
		version: 1,
		payload: z.strictObject({ ...item, reason: z.string().trim().min(1).max(2000) })
	},
	/** A second person has compared the date the twelve months count from with the paper. */
	'date.confirmed': {
		version: 1,
		payload: z.strictObject({ field: z.enum(['handoverDate']), confirmed: entryIdSchema })
	},
	'review.opened': { version: 1, payload: reviewOpenedSchema },
	'review.signed': { version: 1, payload: reviewSignedSchema },
	'review.returned': { version: 1, payload: reviewReturnedSchema },
	'guardianship.changed': { version: 1, payload: z.strictObject({ guardianship: guardianshipSchema }) },
	/** `itemId` names the adoption; its steps share it. */
	'adoption.recorded': { version: 1, payload: z.strictObject({ ...item, adoption: adoptionSchema }) },
	'exit.proposed': { version: 1, payload: z.strictObject({ exit: exitSchema }) },
	'exit.confirmed': { version: 1, payload: z.strictObject({ proposal: entryIdSchema }) },
	'exit.withdrawn': {
		version: 1,
		payload: z.strictObject({ proposal: entryIdSchema, reason: z.string().trim().min(1).max(2000) })
	}
} as const satisfies Record<string, { version: number; payload: z.ZodType }>;

export type EntryType = keyof typeof entryTypes;
export type PayloadOf<T extends EntryType> = z.infer<(typeof entryTypes)[T]['payload']>;

/**
 * Decisions are made online at a desk against an expected version, where two persons are required by two persons
 * (docs/ARCHITECTURE.md, 3); a tablet cannot make them. A draft is one: who wrote it may not approve it, and a tablet
 * that could bring drafts would choose the author.
 */
export const decisionTypes = [
	'notice.drafted',
	'notice.approved',
	'notice.taken_down',
	'claim.opened',
	'claim.closed',
	'flag.raised',
	'flag.cleared',
	'date.confirmed',
	'review.opened',
	'review.signed',
	'review.returned',
	'guardianship.changed',
	'adoption.recorded',
	'exit.proposed',
	'exit.confirmed',
	'exit.withdrawn'
] as const satisfies readonly EntryType[];
export type DecisionType = (typeof decisionTypes)[number];

export function isDecision(type: string): type is DecisionType {
	return (decisionTypes as readonly string[]).includes(type);
}

/**
 * A decision, or what a newer program may call one: `exit.…`, `review.…`. Entries of unknown types are kept and read again by
 * the next program; one that a tablet brought today must not count as a decision then.
 */
export function isDesksOwn(type: string): boolean {
	return desksFamilies.has(familyOf(type));
}

const familyOf = (type: string) => type.slice(0, type.indexOf('.'));
const desksFamilies: ReadonlySet<string> = new Set(decisionTypes.map(familyOf));

/** What every entry carries around its payload, whatever its type. */
const envelopeShape = {
	id: entryIdSchema,
	childId: childIdSchema,
	type: z
		.string()
		.regex(/^[a-z]+\.[a-z_]+$/)
		.max(60),
	version: z.int().min(1).max(1000),
	/** The entries whose value the author saw and replaces. Causality, not clocks, merges edits. */
	replaces: z.array(entryIdSchema).max(200),
	/** The civil date the fact is about, from a paper or a person. */
	occurredOn: civilDateSchema,
	/** The device's clock with its offset: a claim for display, never law. */
	recordedAt: z.iso.datetime({ offset: true }),
	staffId: staffIdSchema,
	institutionId: institutionIdSchema,
	deviceId: deviceIdSchema,
	/** 1, 2, 3, … per device, without a gap. */
	deviceSeq: z.int().min(1),
	/** SHA-256 of the device's previous entry; null for its first. */
	previous: sha256Schema.nullable()
};

const unsignedEnvelopeSchema = z.strictObject({ ...envelopeShape, payload: z.record(z.string(), z.json()) });

/** ECDSA P-256 with SHA-256 over `signedBytes`, 64 bytes r‖s (IEEE P1363) as base64url. */
const signatureSchema = z.string().regex(/^[A-Za-z0-9_-]{86}$/);

export const envelopeSchema = unsignedEnvelopeSchema.extend({ signature: signatureSchema });

export type Envelope = z.infer<typeof envelopeSchema>;
type EnvelopeHead = Omit<Envelope, 'type' | 'payload' | 'signature'>;

/** An entry before its author's key signed it. */
export type UnsignedEntry = { [T in EntryType]: EnvelopeHead & { type: T; payload: PayloadOf<T> } }[EntryType];
/** A fact of a type this program knows. */
export type Entry = UnsignedEntry & { signature: string };

/** A well-formed entry of a type or version that a newer program wrote: kept, passed on, shown as "update the app". */
export type UnknownEntry = Envelope;

/** What a parsed entry is. */
export type ParsedEntry = { known: true; entry: Entry } | { known: false; entry: UnknownEntry };

/** Why something is not an entry. `path` names the field in dots, e.g. `payload.answers.height.value`. */
export type EntryFault =
	| { type: 'envelope_invalid'; path: string; problem: string }
	| { type: 'payload_invalid'; entryType: EntryType; path: string; problem: string }
	| { type: 'too_large'; bytes: number; maximum: number }
	| { type: 'too_deep'; maximum: number };

/** The deepest nesting an entry may have; the deepest known payload has 7. */
const depthMaximum = 16;

/**
 * The one door for entries: from the network, from the tablet's store, from a file. Unknown types and newer versions of
 * known types come back as `known: false`; a known type with a bad payload is a fault, to be quarantined by the caller.
 *
 * @param bytes the length of the JSON text, if the caller has it; otherwise the canonical text is measured
 */
export function parseEntry(input: unknown, bytes?: number): Result<ParsedEntry, EntryFault> {
	if (!shallowerThan(input, depthMaximum)) return err({ type: 'too_deep', maximum: depthMaximum });
	const envelope = envelopeSchema.safeParse(input);
	if (!envelope.success) return err({ type: 'envelope_invalid', ...firstIssue(envelope.error) });
	const weight = bytes ?? canonicalJson(envelope.data as Json).length;
	if (weight > entryBytesMaximum) return err({ type: 'too_large', bytes: weight, maximum: entryBytesMaximum });

	const { type, version } = envelope.data;
	if (!isEntryType(type) || version > entryTypes[type].version) return ok({ known: false, entry: envelope.data });
	const payload = entryTypes[type].payload.safeParse(envelope.data.payload);
	if (!payload.success) {
		const { path, problem } = firstIssue(payload.error);
		return err({ type: 'payload_invalid', entryType: type, path: `payload.${path}`, problem });
	}
	return ok({ known: true, entry: { ...envelope.data, payload: payload.data } as Entry });
}

export function isEntryType(type: string): type is EntryType {
	return Object.hasOwn(entryTypes, type);
}

/** The text that is signed: the canonical JSON of the entry without its signature. */
export function signedText(entry: UnsignedEntry | Entry | Envelope): string {
	const { signature: _, ...unsigned } = entry as Envelope;
	return canonicalJson(unsigned as Json);
}

/** The text that is hashed into chains (`previous`, the registry's chain): the canonical JSON with the signature. */
export function entryText(entry: Entry | Envelope): string {
	return canonicalJson(entry as unknown as Json);
}

function firstIssue(error: z.ZodError): { path: string; problem: string } {
	const issue = error.issues[0];
	return { path: (issue?.path ?? []).join('.'), problem: issue?.message ?? 'invalid' };
}

/** Refuses nesting bombs before any recursive parser sees them; iterative, so that depth costs no stack. */
function shallowerThan(input: unknown, maximum: number): boolean {
	let level: unknown[] = [input];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > maximum) return false;
		const next: unknown[] = [];
		for (const value of level) {
			if (value !== null && typeof value === 'object') for (const child of Object.values(value)) next.push(child);
		}
		level = next;
	}
	return true;
}
