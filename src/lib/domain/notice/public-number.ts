import { publicNumberSchema } from './notice.ts';

/*
 * The public number of a child's notice, LK-7F3K-29QX: seven random signs and one check sign, Crockford base 32. It is
 * written on posters and read aloud on the telephone, so a slip must be noticed; it is random, so the next number is
 * nobody's (SECURITY T7: a million guesses hit nothing).
 *
 * The check: with the signs as elements of GF(2^5) (x^5 + x^2 + 1) and a = 2, the sum of sign(i) * a^i is 0. Every single
 * wrong sign and every exchange of two signs breaks it, because the eight weights are different and none is 0.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * @param random at least 5 random bytes
 * @returns 'LK-XXXX-XXXX', 35 random bits
 */
export function publicNumber(random: Uint8Array): string {
	return checkedNumber('LK', random);
}

/**
 * Reads a public number as people type it: lower case, without hyphens, with O for 0 and I or L for 1.
 *
 * @returns the number in its one written form, or undefined when a sign is wrong
 */
export function readPublicNumber(typed: string): string | undefined {
	const written = readCheckedNumber('LK', typed);
	return publicNumberSchema.safeParse(written).success ? written : undefined;
}

/**
 * A random number with a check sign, for whatever people write down or read aloud.
 *
 * @param prefix two capital letters that tell what the number is of
 * @param random at least 5 random bytes
 */
export function checkedNumber(prefix: string, random: Uint8Array): string {
	if (random.length < 5) throw new RangeError('a checked number needs 5 random bytes');
	let bits = 0n;
	for (const byte of random.slice(0, 5)) bits = (bits << 8n) | BigInt(byte);
	const signs: number[] = [];
	for (let i = 0; i < 7; i++) signs.push(Number((bits >> BigInt(5 * i)) & 31n));
	signs.push(checkSign(signs));
	const text = signs.map((sign) => alphabet[sign]).join('');
	return `${prefix}-${text.slice(0, 4)}-${text.slice(4)}`;
}

/** Inverse of {@link checkedNumber}, as {@link readPublicNumber} reads; the prefix may be left out. */
export function readCheckedNumber(prefix: string, typed: string): string | undefined {
	const plain = typed
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[\s\-–—]/g, '');
	// A number without its prefix may begin with the same two signs: the length tells.
	const bare = plain.length === 10 && plain.startsWith(prefix) ? plain.slice(2) : plain;
	const signs = bare.replaceAll('O', '0').replaceAll(/[IL]/g, '1');
	if (signs.length !== 8) return undefined;
	const values = [...signs].map((sign) => alphabet.indexOf(sign));
	if (values.includes(-1) || values[7] !== checkSign(values.slice(0, 7))) return undefined;
	return `${prefix}-${signs.slice(0, 4)}-${signs.slice(4)}`;
}

/** The last sign carries weight a^0 = 1, so that it is the sum of the others. */
function checkSign(signs: readonly number[]): number {
	let sum = 0;
	let weight = 1;
	for (const sign of [...signs].reverse()) {
		weight = times(weight, 2);
		sum ^= times(sign, weight);
	}
	return sum;
}

/** Multiplication in GF(2^5). */
function times(a: number, b: number): number {
	let product = 0;
	for (let bit = 0; bit < 5; bit++) if ((b >> bit) & 1) product ^= a << bit;
	for (let bit = 8; bit >= 5; bit--) if ((product >> bit) & 1) product ^= 0b100101 << (bit - 5);
	return product;
}
