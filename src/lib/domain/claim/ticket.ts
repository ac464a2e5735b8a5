import { z } from 'zod';
import { checkedNumber, readCheckedNumber } from '../notice/public-number.ts';

/*
 * How a family comes back to its claim without an account. The ticket, RJ-XXXX-XXXX, may be read aloud on the telephone; the
 * secret, twenty digits in five groups, is theirs alone. Digits, because everybody has them on the keypad and nobody
 * confuses them.
 */

/** @param random at least 5 random bytes; 35 of the bits are kept */
export function claimTicket(random: Uint8Array): string {
	return checkedNumber('RJ', random);
}

/** A ticket as people type it; undefined where a sign is wrong. */
export function readTicket(typed: string): string | undefined {
	return readCheckedNumber('RJ', typed);
}

/** The number the desks call a claim by, RL-XXXX-XXXX; a family never sees it. */
export function claimNumber(random: Uint8Array): string {
	return checkedNumber('RL', random);
}

export const claimSecretSchema = z
	.string()
	.regex(/^\d{20}$/)
	.brand<'ClaimSecret'>();
/** Twenty digits, 66 random bits. */
export type ClaimSecret = z.infer<typeof claimSecretSchema>;

/** @param random at least 16 random bytes: 128 bits, so that no digit is likelier than another by more than 2^-61 */
export function claimSecret(random: Uint8Array): ClaimSecret {
	if (random.length < 16) throw new RangeError('a secret needs 16 random bytes');
	let bits = 0n;
	for (const byte of random.slice(0, 16)) bits = (bits << 8n) | BigInt(byte);
	return claimSecretSchema.parse(String(bits % 10n ** 20n).padStart(20, '0'));
}

/** A secret as people type it: with blanks, hyphens or full-width digits. */
export function readSecret(typed: string): ClaimSecret | undefined {
	const digits = typed.normalize('NFKC').replaceAll(/[\s\-–—]/g, '');
	return claimSecretSchema.safeParse(digits).data;
}

/** As it is written down: 4821 0937 5526 1180 7342. */
export function writtenSecret(secret: ClaimSecret): string {
	return secret.replaceAll(/(\d{4})(?=\d)/g, '$1 ');
}
