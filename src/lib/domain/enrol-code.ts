/*
 * The one-time code that enrols a tablet: 128 random bits as 26 signs of Crockford's base 32, and his check sign (the
 * number modulo 37), so that a slip of the finger is noticed before the network is asked.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const checkAlphabet = `${alphabet}*~$=U`;

/** 26 signs and the check sign. */
export const enrolCodeLength = 27;

/** What somebody typed so far. `signs` is the code in its one written form, as far as it goes. */
export type TypedEnrolCode =
	| { readonly state: 'incomplete'; readonly signs: string; readonly missing: number }
	| { readonly state: 'bad_sign'; readonly signs: string; readonly sign: string }
	| { readonly state: 'check_wrong'; readonly signs: string }
	| { readonly state: 'good'; readonly signs: string };

/** @param random 16 random bytes. Inverse of `readEnrolCode`. */
export function writeEnrolCode(random: Uint8Array): string {
	if (random.length !== 16) throw new RangeError('An enrolment code is made of 16 random bytes');
	let number = 0n;
	for (const byte of random) number = (number << 8n) | BigInt(byte);
	let signs = '';
	for (let i = 25; i >= 0; i--) signs += alphabet[Number((number >> BigInt(5 * i)) & 31n)];
	return signs + checkSign(signs);
}

/** Reads a code as people type it: small letters, blanks and hyphens, O for 0, I and L for 1. */
export function readEnrolCode(typed: string): TypedEnrolCode {
	const signs = [...typed.normalize('NFKC').toUpperCase()]
		.filter((sign) => !/[\s\-–—_]/.test(sign))
		.map((sign) => (sign === 'O' ? '0' : sign === 'I' || sign === 'L' ? '1' : sign))
		.join('');
	const strange = [...signs].find((sign, index) => !(index < 26 ? alphabet : checkAlphabet).includes(sign));
	if (strange !== undefined) return { state: 'bad_sign', signs, sign: strange };
	if (signs.length < enrolCodeLength) return { state: 'incomplete', signs, missing: enrolCodeLength - signs.length };
	if (signs.length > enrolCodeLength || signs[26] !== checkSign(signs.slice(0, 26)))
		return { state: 'check_wrong', signs };
	return { state: 'good', signs };
}

/** The 16 bytes of a code that `readEnrolCode` found good. Inverse of `writeEnrolCode`. */
export function enrolCodeBytes(signs: string): Uint8Array<ArrayBuffer> {
	let number = 0n;
	for (const sign of signs.slice(0, 26)) number = number * 32n + BigInt(alphabet.indexOf(sign));
	const bytes = new Uint8Array(16);
	for (let i = 15; i >= 0; i--) {
		bytes[i] = Number(number & 255n);
		number >>= 8n;
	}
	return bytes;
}

function checkSign(signs: string): string {
	let remainder = 0;
	for (const sign of signs) remainder = (remainder * 32 + alphabet.indexOf(sign)) % 37;
	return checkAlphabet[remainder] ?? '';
}
