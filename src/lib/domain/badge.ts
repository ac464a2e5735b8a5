import { enrolCodeBytes, readEnrolCode, writeEnrolCode, type TypedEnrolCode } from './enrol-code.ts';

/*
 * A badge: a card with 128 random bits as a QR code, one half of a way into a tablet; the other is its owner's PIN
 * (SECURITY.md 6). The same 26 signs and check sign as a one-time code stand beside the QR, for the day the camera fails.
 * A word before them tells a badge from every other code that a camera may see.
 */
const prefix = 'LAMPKEEP-BADGE:';

/** @param random 16 random bytes */
export function writeBadge(random: Uint8Array): string {
	return writeEnrolCode(random);
}

/** What the QR of a badge says. Inverse: `readBadge`. */
export function badgeQrText(signs: string): string {
	return prefix + signs;
}

/** A badge as it was scanned or typed: with or without its word, small letters, blanks, hyphens. */
export function readBadge(typed: string): TypedEnrolCode {
	const text = typed.normalize('NFKC').trim();
	return readEnrolCode(text.toUpperCase().startsWith(prefix) ? text.slice(prefix.length) : text);
}

/** The secret of a badge, 16 bytes; undefined where it was not well written. */
export function badgeSecret(typed: string): Uint8Array<ArrayBuffer> | undefined {
	const read = readBadge(typed);
	return read.state === 'good' ? enrolCodeBytes(read.signs) : undefined;
}

/** In groups of four, as it is printed. */
export function badgeGroups(signs: string): readonly string[] {
	return signs.match(/.{1,4}/g) ?? [];
}
