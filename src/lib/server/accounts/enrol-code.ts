import { createHash } from 'node:crypto';

/*
 * A one-time code: 128 bits as 26 signs of Crockford base 32 (2 bits to spare, always 0) and one check sign, which is
 * the number modulo 37. Shown in groups of five to be typed, or as a QR code.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const checkAlphabet = `${alphabet}*~$=U`;

/** How long a code opens the door, minutes. */
export const enrolCodeMinutes = 15;

/**
 * @param random 16 random bytes
 * @returns 27 signs without hyphens, as `enrolRequestSchema` wants them
 */
export function enrolCode(random: Uint8Array): string {
	if (random.length !== 16) throw new RangeError('enrolCode needs 16 random bytes');
	let value = 0n;
	for (const byte of random) value = (value << 8n) | BigInt(byte);
	let signs = '';
	for (let i = 25; i >= 0; i--) signs += alphabet[Number((value >> BigInt(5 * i)) & 31n)];
	return signs + checkSign(value);
}

/** Is it well written? A typing slip is told apart from a wrong code before anything is asked of the registry. */
export function enrolCodeIsWhole(code: string): boolean {
	if (!/^[0-9A-HJKMNP-TV-Z]{26}[0-9A-HJKMNP-TV-Z*~$=U]$/.test(code)) return false;
	let value = 0n;
	for (const sign of code.slice(0, 26)) value = (value << 5n) | BigInt(alphabet.indexOf(sign));
	return code[26] === checkSign(value);
}

/** In groups of five, as it is read aloud. */
export function inGroups(code: string): string {
	return code.match(/.{1,5}/g)?.join('-') ?? '';
}

/** What is stored of a code. 128 random bits need no salt and no slow hash. */
export function enrolCodeHash(code: string): Buffer {
	return createHash('sha256').update(`lampkeep-enrol-1/${code}`).digest();
}

function checkSign(value: bigint): string {
	return checkAlphabet[Number(value % 37n)] ?? '';
}
