import { z } from 'zod';
import { childIdSchema, deviceIdSchema, itemIdSchema, sha256Schema } from '#lib/domain/ids.ts';
import { epochSchema, photoStateSchema, PROTOCOL_VERSION, receiptSchema } from './protocol.ts';

/*
 * What a tablet can send while it is locked: records that only the registry opens (HPKE, RFC 9180, base mode, single shot:
 * DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM).
 *
 *   record key   32 random bytes, one a record
 *   body         nonce (12) ‖ AES-256-GCM(record key, plaintext, aad)
 *   enc, key     the record key sealed to the registry's sealing key: 65 bytes, and 32 + 16 bytes; info and aad as below
 *
 * The additional data binds every part to one tablet and one place in its journal: a record that is moved, or shown as another
 * tablet's, does not open. HPKE's base mode does not say who sealed: the signatures inside the entries do.
 */

/** HPKE's `info`, as UTF-8. */
export const sealedInfo = 'lampkeep-outbox-1';

export const sealedKindSchema = z.enum(['entries', 'photo', 'loose']);
export type SealedKind = z.infer<typeof sealedKindSchema>;

/**
 * The additional data of all three parts, as UTF-8.
 *
 * @param deviceId of a loose record: the record's own id
 * @param number 1, 2, 3, … in the tablet's journal; 1 of a loose record
 */
export function sealedAad(deviceId: string, number: number, kind: SealedKind): string {
	return `${sealedInfo}|${deviceId}|${number}|${kind}`;
}

/** Limits of one `POST /api/sync/sealed`; over them the answer is 413 and the tablet halves its batch. */
export const sealedRecordsMaximum = 200;
/** Bytes of JSON after decompression. */
export const sealedBytesMaximum = 6_000_000;

/**
 * One record on its way. The lengths of the parts are judged one record at a time, so that one that cannot be read comes
 * back `unreadable` and the others are taken.
 */
export const sealedRecordSchema = z.strictObject({
	number: z.int().min(1),
	kind: sealedKindSchema,
	/** Base64url, as are the next two. */
	enc: z.string(),
	key: z.string(),
	body: z.string()
});
export type SealedRecord = z.infer<typeof sealedRecordSchema>;

/** `POST /api/sync/sealed`, signed by the tablet's key as the other routes are. Idempotent. */
export const sealedRequestSchema = z.strictObject({
	protocol: z.literal(PROTOCOL_VERSION),
	deviceId: deviceIdSchema,
	records: z.array(sealedRecordSchema).max(sealedRecordsMaximum)
});
export type SealedRequest = z.infer<typeof sealedRequestSchema>;

/** What became of one record. `unreadable` proves nothing: the tablet keeps it, and sends its entries again when it is open. */
export const sealedOutcomeSchema = z.union([
	z.object({ number: z.int().min(1), outcome: z.literal('taken'), receipts: z.array(receiptSchema) }),
	z.object({ number: z.int().min(1), outcome: z.literal('taken'), photo: photoStateSchema.shape.state }),
	z.object({ number: z.int().min(1), outcome: z.literal('unreadable'), problem: z.string() })
]);
export type SealedOutcome = z.infer<typeof sealedOutcomeSchema>;

export const sealedAnswerSchema = z.object({
	protocol: z.literal(PROTOCOL_VERSION),
	epoch: epochSchema,
	challenge: z.string().max(200),
	/** False when the registry's database could forget after a power cut. */
	durable: z.boolean(),
	outcomes: z.array(sealedOutcomeSchema),
	/** The registry's signed order to a revoked tablet. */
	order: z.object({ text: z.string(), signature: z.string() }).optional()
});
export type SealedAnswer = z.infer<typeof sealedAnswerSchema>;

/** Plaintext of kind `entries`: the entries of one save, each as its canonical text. */
export const sealedEntriesSchema = z.object({ entries: z.array(z.string()) });
export type SealedEntries = z.infer<typeof sealedEntriesSchema>;

/** The head of a plaintext of kind `photo`. */
export const sealedPhotoHeadSchema = z.object({
	sha256: sha256Schema,
	childId: childIdSchema,
	itemId: itemIdSchema,
	mediaType: z.string().max(100)
});
export type SealedPhotoHead = z.infer<typeof sealedPhotoHeadSchema>;

/**
 * Plaintext of kind `photo`: length of the head (4 bytes, big-endian), head, bytes. Inverse of `unframePhoto`.
 *
 * @param head a `SealedPhotoHead` as JSON in UTF-8
 */
export function framePhoto(head: Uint8Array, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
	const framed = new Uint8Array(4 + head.length + bytes.length);
	new DataView(framed.buffer).setUint32(0, head.length);
	framed.set(head, 4);
	framed.set(bytes, 4 + head.length);
	return framed;
}

/** Undefined where the bytes are no such frame. Inverse of `framePhoto`. */
export function unframePhoto(
	framed: Uint8Array<ArrayBuffer>
): { head: Uint8Array<ArrayBuffer>; bytes: Uint8Array<ArrayBuffer> } | undefined {
	if (framed.length < 4) return undefined;
	const length = new DataView(framed.buffer, framed.byteOffset).getUint32(0);
	if (4 + length > framed.length) return undefined;
	return { head: framed.subarray(4, 4 + length), bytes: framed.subarray(4 + length) };
}
