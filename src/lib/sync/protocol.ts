import { z } from 'zod';
import {
	sha256Schema,
	entryIdSchema,
	deviceIdSchema,
	institutionIdSchema,
	readingIdSchema,
	staffIdSchema
} from '#lib/domain/ids.ts';

/*
 * What a tablet and the registry say to each other. JSON over HTTPS, gzip both ways, requests signed by the tablet's key.
 *
 *   hello ─► server time, challenge, epoch            (once; every later answer carries a fresh challenge)
 *   push  ─► one receipt per entry                    (idempotent by entry id; a lost answer is asked again)
 *   pull  ─► entries of the house after a cursor      (positions have no gaps: a cursor never skips)
 *   readings ─► which were kept                       (who opened which full file; idempotent by reading id)
 *   sealed ─► one outcome per record                  (the journal's records as they are, from a locked tablet too)
 *   witness ─► which tree heads hold                  (what the registry had signed and may have forgotten)
 *   wiped ─► Clear-Site-Data                          (a closed tablet has erased itself)
 *   loose ─► a receipt                                (an intake without an account; unsigned)
 *   photos travel by tus (https://tus.io/protocols/resumable-upload), named by their SHA-256
 *
 * History of PROTOCOL_VERSION
 *   1  2026-11  first
 *   1  2026-11  the roster may say where a house is and may carry the registry's rules. Both are optional and a tablet that
 *               does not know them leaves them aside, so that the version stays: raising it would turn older tablets away.
 *      2026-11  readings: a route of its own, so that both sides may lack it; a tablet then keeps its readings
 *      2026-11  sealed, witness, wiped, keys and loose: routes of their own. Signed statements, the sealing key and the order to
 *               wipe are optional members; a tablet that does not know them leaves them aside. `chain_broken` is a new reason,
 *               given only for an entry that does not follow the one before it, which no tablet of ours writes;
 *               `not_yours_to_merge` likewise, for a merge whose author no screen of ours lets write it.
 */
export const PROTOCOL_VERSION = 1;

/** Limits both sides keep. A push over them is answered 413, and the tablet halves its batch. */
export const pushEntriesMaximum = 500;
/** Bytes of JSON of one push after decompression. */
export const pushBytesMaximum = 4_000_000;
export const pullEntriesMaximum = 5_000;

/**
 * Names one life of the registry's database. A database restored from a backup starts a new one, and every answer
 * carries it: receipts of another epoch prove nothing, and a tablet that sees a new epoch pushes its own entries again.
 */
export const epochSchema = z.uuid().brand<'Epoch'>();
export type Epoch = z.infer<typeof epochSchema>;

/**
 * How far a tablet has read its house's feed, and the hash of the chain there: a restored registry whose feed has
 * grown past the cursor again is recognised by the hash. `start` reads from the beginning.
 */
export const cursorSchema = z.union([z.literal('start'), z.string().regex(/^\d{1,15}\.[0-9a-f]{64}$/)]);
export type Cursor = z.infer<typeof cursorSchema>;

export function cursorAt(position: number, hash: string): Cursor {
	return position === 0 ? 'start' : `${position}.${hash}`;
}

/** The position a cursor stands at; 0 before the first entry. */
export function cursorPosition(cursor: Cursor): number {
	return cursor === 'start' ? 0 : Number(cursor.slice(0, cursor.indexOf('.')));
}

/** The chain's hash a cursor claims; undefined at the start. */
export function cursorHash(cursor: Cursor): string | undefined {
	return cursor === 'start' ? undefined : cursor.slice(cursor.indexOf('.') + 1);
}

const answerHead = { protocol: z.literal(PROTOCOL_VERSION), epoch: epochSchema, challenge: z.string().max(200) };

/** `GET /api/sync/hello`: unsigned; tells nothing but time and a challenge to sign. */
export const helloAnswerSchema = z.object({ ...answerHead, serverTime: z.iso.datetime() });
export type HelloAnswer = z.infer<typeof helloAnswerSchema>;

/**
 * `POST /api/sync/push`. Entries are `unknown` here: each is judged by itself, and one that cannot be read comes back
 * quarantined while the others are accepted.
 */
export const pushRequestSchema = z.strictObject({
	protocol: z.literal(PROTOCOL_VERSION),
	deviceId: deviceIdSchema,
	entries: z.array(z.unknown()).max(pushEntriesMaximum)
});
export type PushRequest = z.infer<typeof pushRequestSchema>;

/** Why an entry was set aside. Facts for the messages; nothing is dropped, a supervisor sees it at the desk too. */
export const quarantineReasonSchema = z.discriminatedUnion('type', [
	z.object({ type: z.literal('unreadable'), path: z.string(), problem: z.string() }),
	z.object({ type: z.literal('too_large'), bytes: z.number(), maximum: z.number() }),
	z.object({ type: z.literal('too_deep'), maximum: z.number() }),
	z.object({ type: z.literal('signature_wrong') }),
	z.object({ type: z.literal('staff_unknown') }),
	z.object({ type: z.literal('device_mismatch') }),
	z.object({ type: z.literal('sequence_taken') }),
	/** `previous` names another entry than the one before it, or the entry after it names another than this. */
	z.object({ type: z.literal('chain_broken') }),
	z.object({ type: z.literal('child_elsewhere') }),
	/** Merging files, or undoing that, by somebody whose role does not say it (domain/case-file/who-writes.ts). */
	z.object({ type: z.literal('not_yours_to_merge') }),
	z.object({ type: z.literal('decision_not_here') }),
	z.object({ type: z.literal('device_revoked') })
]);
export type QuarantineReason = z.infer<typeof quarantineReasonSchema>;

/** Of these the author is proved and the entry is whole: what was set aside for them keeps its place in its tablet's chain. */
export const keepsItsPlace: ReadonlySet<QuarantineReason['type']> = new Set(['child_elsewhere', 'not_yours_to_merge']);

/**
 * What became of one pushed entry. `receipt` is the first 8 hex digits of the registry's chain hash at that position,
 * shown to people; `duplicate` repeats the first receipt.
 */
export const receiptSchema = z.discriminatedUnion('outcome', [
	z.object({
		outcome: z.enum(['accepted', 'duplicate']),
		id: entryIdSchema,
		position: z.int().min(1),
		receivedAt: z.iso.datetime(),
		receipt: z.string().regex(/^[0-9A-F]{8}$/)
	}),
	z.object({
		outcome: z.literal('quarantined'),
		/** The entry's id if it could be read, else its index in the push. */
		id: entryIdSchema.optional(),
		index: z.int().min(0),
		reason: quarantineReasonSchema
	})
]);
export type Receipt = z.infer<typeof receiptSchema>;

/** ECDSA P-256 with SHA-256, r‖s (IEEE P1363), 64 bytes as base64url. */
export const signatureSchema = z.string().regex(/^[A-Za-z0-9_-]{86}$/);

/**
 * Something the registry says once and for all: canonical JSON with a member `is`, and the signing key's signature over its
 * UTF-8 bytes. What a text says is read by the schemas of sync/statements.ts; verify the signature first.
 */
export const signedStatementSchema = z.object({ text: z.string().max(4_000_000), signature: signatureSchema });
export type SignedStatement = z.infer<typeof signedStatementSchema>;

export const pushAnswerSchema = z.object({
	...answerHead,
	/** False when the registry's database could forget after a power cut; a tablet then keeps its copy. */
	durable: z.boolean(),
	receipts: z.array(receiptSchema),
	/** To a closed tablet: erase yourself (`wipeOrderSchema`). */
	order: signedStatementSchema.optional()
});
export type PushAnswer = z.infer<typeof pushAnswerSchema>;

/** Limit of one telling of readings, about 250 bytes each. */
export const readingsMaximum = 500;

/**
 * `POST /api/sync/readings`: which full files were opened on the tablet (`tabletReadingSchema`). `unknown`, as entries
 * are: one that cannot be read does not hold up the others.
 */
export const readingsRequestSchema = z.strictObject({
	protocol: z.literal(PROTOCOL_VERSION),
	deviceId: deviceIdSchema,
	readings: z.array(z.unknown()).max(readingsMaximum)
});
export type ReadingsRequest = z.infer<typeof readingsRequestSchema>;

export const readingsAnswerSchema = z.object({
	...answerHead,
	durable: z.boolean(),
	/** On the registry now or before: the tablet forgets these. */
	kept: z.array(readingIdSchema),
	/** Could not be read; by their place in the request. */
	refused: z.array(z.object({ index: z.int().min(0), path: z.string(), problem: z.string() })),
	/** To a closed tablet: erase yourself (`wipeOrderSchema`). */
	order: signedStatementSchema.optional()
});
export type ReadingsAnswer = z.infer<typeof readingsAnswerSchema>;

/** `GET /api/sync/pull?after=<cursor>&limit=<n>` */
export const pullAnswerSchema = z.object({
	...answerHead,
	/** The cursor that was asked; an answer to another question is not applied. */
	after: cursorSchema,
	/** Where to go on. Equal to `after` when there was nothing new. */
	next: cursorSchema,
	more: z.boolean(),
	/** Position of the newest entry of the feed, for progress. */
	head: z.int().min(0),
	entries: z.array(z.object({ position: z.int().min(1), receivedAt: z.iso.datetime(), entry: z.unknown() })),
	/** How far the feed goes, signed (`treeHeadSchema`); the tablet keeps the newest as a witness. */
	treeHead: signedStatementSchema.optional()
});
export type PullAnswer = z.infer<typeof pullAnswerSchema>;

/**
 * Answer of any sync route when the cursor belongs to another life of the feed: read again from the start and push
 * your own entries again. HTTP 409.
 */
export const feedChangedSchema = z.object({ ...answerHead, error: z.literal('feed_changed') });

/** One house of the roster a tablet keeps: for hand-overs, and for the names on screen. */
export const rosterInstitutionSchema = z.object({
	id: institutionIdSchema,
	name: z.string(),
	kind: z.enum(['rescue_station', 'welfare_institution', 'registry']),
	phone: z.string().optional(),
	/** GB/T 2260, six digits: a province may add rules of its own. */
	region: z.string().optional()
});
export type RosterInstitution = z.infer<typeof rosterInstitutionSchema>;

/** One person of the tablet's house. */
export const rosterStaffSchema = z.object({ id: staffIdSchema, name: z.string(), role: z.string() });
export type RosterStaff = z.infer<typeof rosterStaffSchema>;

/**
 * The rules a registry loaded beside those of its program: a file of policies and a rest-day table, both as the domain's
 * readers take them. `unknown` here: a tablet reads them itself, and one that cannot still has its roster.
 */
export const rosterRulesSchema = z.object({
	policies: z.unknown().optional(),
	restDays: z.unknown().optional(),
	/** Of the canonical JSON of the two, `{"policies":…,"restDays":…}`; names the rules on every screen alike. */
	sha256: sha256Schema
});
export type RosterRules = z.infer<typeof rosterRulesSchema>;

/** `GET /api/sync/roster` and part of the enrolment: whose tablet this is and who may work on it. */
export const rosterSchema = z.object({
	version: z.int().min(1),
	institutionId: institutionIdSchema,
	institutions: z.array(rosterInstitutionSchema),
	staff: z.array(rosterStaffSchema),
	/** Missing while the registry has loaded nothing. */
	rules: rosterRulesSchema.optional()
});
export type Roster = z.infer<typeof rosterSchema>;

/** P-256 public key as an uncompressed point, 65 bytes, base64url. */
export const publicKeySchema = z.string().regex(/^[A-Za-z0-9_-]{87}$/);

/**
 * `POST /api/enrol`: the one-time code becomes a tablet of the house, or one more person on a tablet already enrolled.
 * Both keys were made on the tablet and never leave it.
 */
export const enrolRequestSchema = z.strictObject({
	protocol: z.literal(PROTOCOL_VERSION),
	/** 26 signs Crockford base 32 (128 bits) and 1 check sign, without hyphens, upper case. */
	code: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}[0-9A-HJKMNP-TV-Z*~$=U]$/),
	deviceId: deviceIdSchema,
	deviceName: z.string().trim().max(100),
	devicePublicKey: publicKeySchema,
	staffPublicKey: publicKeySchema
});
export type EnrolRequest = z.infer<typeof enrolRequestSchema>;

export const enrolAnswerSchema = z.object({
	...answerHead,
	serverTime: z.iso.datetime(),
	staffId: staffIdSchema,
	roster: rosterSchema,
	/** Whose signatures the tablet believes. */
	registryPublicKey: publicKeySchema,
	/** What the tablet seals records to (sync/sealed.ts); missing from a registry that opens none. */
	sealingKey: publicKeySchema.optional(),
	/** The roster, signed, good for 35 days (`rosterStatementSchema`). */
	signedRoster: signedStatementSchema.optional()
});
export type EnrolAnswer = z.infer<typeof enrolAnswerSchema>;

/** `GET /api/photos/<sha256>/state`: does the registry have this photo, and what became of it? */
export const photoStateSchema = z.object({
	...answerHead,
	sha256: sha256Schema,
	state: z.discriminatedUnion('status', [
		z.object({ status: z.literal('missing') }),
		z.object({ status: z.literal('partial'), offset: z.int().min(0) }),
		z.object({ status: z.literal('stored'), receivedAt: z.iso.datetime(), receipt: z.string() }),
		z.object({ status: z.literal('refused'), reason: z.string() })
	])
});
export type PhotoState = z.infer<typeof photoStateSchema>;

/** `GET /api/keys`: unsigned; the registry's two public keys, for a tablet without an account. */
export const keysAnswerSchema = z.object({
	...answerHead,
	/** Verifies signed statements. */
	registryPublicKey: publicKeySchema,
	/** Records are sealed to it (sync/sealed.ts). */
	sealingKey: publicKeySchema
});
export type KeysAnswer = z.infer<typeof keysAnswerSchema>;

/** `GET /api/sync/roster`. */
export const rosterAnswerSchema = z.object({
	...answerHead,
	roster: rosterSchema,
	/** The same roster, signed, good for 35 days (`rosterStatementSchema`). */
	signedRoster: signedStatementSchema.optional(),
	sealingKey: publicKeySchema.optional()
});
export type RosterAnswer = z.infer<typeof rosterAnswerSchema>;

/** Answer to every signed request of a closed tablet but push, sealed, readings and wiped. HTTP 403. */
export const deviceRevokedSchema = z.object({
	...answerHead,
	error: z.literal('device_revoked'),
	/** Erase yourself (`wipeOrderSchema`). */
	order: signedStatementSchema.optional()
});

/** `POST /api/sync/wiped`: a closed tablet has erased itself. Answered with `Clear-Site-Data`. */
export const wipedRequestSchema = z.strictObject({
	protocol: z.literal(PROTOCOL_VERSION),
	deviceId: deviceIdSchema,
	/** Records of the journal that could not be sent before. */
	left: z.int().min(0)
});
export type WipedRequest = z.infer<typeof wipedRequestSchema>;

export const wipedAnswerSchema = z.object({ ...answerHead, wipedAt: z.iso.datetime() });
export type WipedAnswer = z.infer<typeof wipedAnswerSchema>;

/** Tree heads one witness may show at once. */
export const witnessMaximum = 20;

/** `POST /api/sync/witness`: the newest tree heads the tablet holds, after a new epoch or a feed that shrank. */
export const witnessRequestSchema = z.strictObject({
	protocol: z.literal(PROTOCOL_VERSION),
	deviceId: deviceIdSchema,
	treeHeads: z.array(signedStatementSchema).max(witnessMaximum)
});
export type WitnessRequest = z.infer<typeof witnessRequestSchema>;

export const witnessAnswerSchema = z.object({
	...answerHead,
	/** One for each tree head: it holds; it was signed and the registry has it no more; the signature is not the registry's. */
	heads: z.array(z.enum(['holds', 'forgotten', 'not_ours']))
});
export type WitnessAnswer = z.infer<typeof witnessAnswerSchema>;

/** A loose record with two photos, base64url. */
export const looseBytesMaximum = 1_600_000;

/**
 * `POST /api/loose`: an intake without an account. Unsigned; sealed to the registry with the id in place of the tablet,
 * number 1, kind `loose` (sync/sealed.ts). Idempotent by id.
 */
export const looseRequestSchema = z.strictObject({
	protocol: z.literal(PROTOCOL_VERSION),
	id: z.uuidv7(),
	enc: z.string().regex(/^[A-Za-z0-9_-]{87}$/),
	key: z.string().regex(/^[A-Za-z0-9_-]{64}$/),
	/** base64url of nonce, ciphertext and tag. */
	body: z.string().regex(/^[A-Za-z0-9_-]+$/)
});
export type LooseRequest = z.infer<typeof looseRequestSchema>;

export const looseAnswerSchema = z.object({
	...answerHead,
	receivedAt: z.iso.datetime(),
	/** 8 hex digits, to be read aloud on the telephone. */
	receipt: z.string().regex(/^[0-9A-F]{8}$/)
});
export type LooseAnswer = z.infer<typeof looseAnswerSchema>;

/** Headers that a tablet's signed request carries. The signed text is made by `requestText`. */
export const signatureHeaders = {
	device: 'x-lampkeep-device',
	challenge: 'x-lampkeep-challenge',
	bodyHash: 'x-lampkeep-body-sha256',
	signature: 'x-lampkeep-signature'
} as const;

/** Header of every answer to a signed request: the next challenge. */
export const challengeHeader = 'x-lampkeep-challenge';

/**
 * Header of the answer to the last piece of a photo: what became of it, so that the tablet need not ask
 * (`photoStateSchema` as JSON, percent-encoded as one component of a URI). An older registry has none: ask.
 */
export const photoStateHeader = 'x-lampkeep-photo-state';

/**
 * The text a tablet signs for one request (ECDSA P-256, SHA-256, IEEE P1363 signature as base64url).
 *
 * @param path with its query, as sent
 * @param bodySha256 64 hex digits of the body's SHA-256, of zero bytes where there is none
 */
export function requestText(
	method: string,
	path: string,
	challenge: string,
	deviceId: string,
	bodySha256: string
): string {
	return ['lampkeep-request-1', method.toUpperCase(), path, challenge, deviceId, bodySha256].join('\n');
}
