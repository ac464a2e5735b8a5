import { z } from 'zod';

/*
 * Identifiers. All are UUIDs made where the thing is first recorded, so that a tablet without network never waits for a
 * number. Brands keep a child's id from being passed where a photo's is asked for; they cost nothing at run time.
 */
// Lower case only, as PostgreSQL writes them: one id has one spelling, or two entries could share it.
const uuid = z.uuid().refine((id) => id === id.toLowerCase(), { error: 'not_lower_case' });

export const entryIdSchema = uuid.brand<'EntryId'>();
export type EntryId = z.infer<typeof entryIdSchema>;
export const childIdSchema = uuid.brand<'ChildId'>();
export type ChildId = z.infer<typeof childIdSchema>;
export const itemIdSchema = uuid.brand<'ItemId'>();
/** One thing of a list in a case file: a care record, a document, a mark, a belonging, a hand-over. */
export type ItemId = z.infer<typeof itemIdSchema>;
export const staffIdSchema = uuid.brand<'StaffId'>();
export type StaffId = z.infer<typeof staffIdSchema>;
export const institutionIdSchema = uuid.brand<'InstitutionId'>();
export type InstitutionId = z.infer<typeof institutionIdSchema>;
export const deviceIdSchema = uuid.brand<'DeviceId'>();
export type DeviceId = z.infer<typeof deviceIdSchema>;

export const claimIdSchema = uuid.brand<'ClaimId'>();
/** A family's claim or missing-child report; never shown to the family, who has a ticket. */
export type ClaimId = z.infer<typeof claimIdSchema>;

export const grantIdSchema = uuid.brand<'GrantId'>();
/** One person's permission to read full files. */
export type GrantId = z.infer<typeof grantIdSchema>;
export const readingIdSchema = uuid.brand<'ReadingId'>();
/** One opening of a full file; made where it was opened, so that a tablet can tell of it twice. */
export type ReadingId = z.infer<typeof readingIdSchema>;
export const fileRequestIdSchema = uuid.brand<'FileRequestId'>();
/** What a child, a guardian or a family asks about a file. */
export type FileRequestId = z.infer<typeof fileRequestIdSchema>;

/** SHA-256 as 64 lower-case hex digits: of a photo's bytes (its identity), of an entry, of a chain's head. */
export const sha256Schema = z
	.string()
	.regex(/^[0-9a-f]{64}$/)
	.brand<'Sha256'>();
export type Sha256 = z.infer<typeof sha256Schema>;

/**
 * UUID version 7 (RFC 9562, 5.7): 48 bits of Unix milliseconds, then random bits, so that ids made later sort later and
 * index pages stay warm. The order is a convenience: nothing in the case file depends on it, tablets' clocks are wrong.
 *
 * @param epochMs the device's clock, milliseconds since 1970
 * @param random 10 random bytes
 */
export function uuidV7(epochMs: number, random: Uint8Array): string {
	if (random.length < 10) throw new RangeError('uuidV7 needs 10 random bytes');
	const hex: string[] = [];
	let time = Math.max(0, Math.floor(epochMs));
	const timeBytes = new Array<number>(6);
	for (let i = 5; i >= 0; i--) {
		timeBytes[i] = time % 256;
		time = Math.floor(time / 256);
	}
	const bytes = [...timeBytes, ...random.slice(0, 10)];
	bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
	bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
	for (const byte of bytes) hex.push((byte & 0xff).toString(16).padStart(2, '0'));
	const s = hex.join('');
	return `${s.slice(0, 8)}-${s.slice(8, 12)}-${s.slice(12, 16)}-${s.slice(16, 20)}-${s.slice(20)}`;
}

/** The 48 bits of milliseconds that a UUID version 7 begins with: a claim of whoever made it, good for sorting alone. */
export function uuidTime(uuid: string): number {
	return Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);
}
