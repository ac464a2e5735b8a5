/*
 * JSON texts of entries are half ids, hashes and signatures: written as letters they take twice their bytes, and no compression
 * finds anything in them. Here they are taken out of the text and laid beside it as bytes; an id that recurs is laid there once.
 *
 * In the text a sign of three (U+0001 to U+0003, which a JSON text never holds) stands for the quoted string, and the sign
 * behind it says which one.
 */

export interface PackedText {
	/** For compressing; holds nothing but what a person or a program wrote as words. */
	readonly text: string;
	/** u16 count of ids, of hashes, of signatures (big endian), then their bytes. */
	readonly values: Uint8Array;
}

interface Kind {
	readonly sign: string;
	readonly bytes: number;
	readonly read: (word: string) => Uint8Array | undefined;
	readonly write: (bytes: Uint8Array) => string;
}

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const hashShape = /^[0-9a-f]{64}$/;

const kinds: readonly Kind[] = [
	{
		sign: '\u0001',
		bytes: 16,
		read: (word) => (uuidShape.test(word) ? fromHex(word.replaceAll('-', '')) : undefined),
		write: (bytes) => toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
	},
	{
		sign: '\u0002',
		bytes: 32,
		read: (word) => (hashShape.test(word) ? fromHex(word) : undefined),
		write: toHex
	},
	{ sign: '\u0003', bytes: 64, read: fromBase64url, write: toBase64url }
];

/** The sign of the first value; the next one's is one higher. Above all that is written with one byte in UTF-8. */
const firstPlace = 0x100;
/** So many distinct values of a kind; what comes after stays in the text. */
const placesMaximum = 500;

/** Packs a JSON text. Inverse of `unpackText`. */
export function packText(json: string): PackedText {
	const places = kinds.map(() => new Map<string, number>());
	const found: Uint8Array[][] = kinds.map(() => []);
	// Strings of exactly these lengths; each kind looks at the letters itself.
	const text = json.replace(/"([A-Za-z0-9_-]{36}|[A-Za-z0-9_-]{64}|[A-Za-z0-9_-]{86})"/g, (whole, word: string) => {
		for (const [k, kind] of kinds.entries()) {
			const bytes = kind.read(word);
			// Written back it must be the same word: a signature's last letter has bits that say nothing.
			if (!bytes || kind.write(bytes) !== word) continue;
			const known = places[k]?.get(word);
			const place = known ?? places[k]?.size ?? placesMaximum;
			if (place >= placesMaximum) return whole;
			if (known === undefined) {
				places[k]?.set(word, place);
				found[k]?.push(bytes);
			}
			return kind.sign + String.fromCharCode(firstPlace + place);
		}
		return whole;
	});
	const counts = found.flatMap((list) => [list.length >> 8, list.length & 0xff]);
	return { text, values: joinBytes([Uint8Array.from(counts), ...found.flat()]) };
}

/** The JSON text again; undefined where the two parts do not belong together. Inverse of `packText`. */
export function unpackText({ text, values }: PackedText): string | undefined {
	const words: string[][] = [];
	let at = kinds.length * 2;
	for (const [k, kind] of kinds.entries()) {
		const count = ((values[k * 2] ?? 0) << 8) | (values[k * 2 + 1] ?? 0);
		const list: string[] = [];
		for (let i = 0; i < count; i++, at += kind.bytes) {
			if (at + kind.bytes > values.length) return undefined;
			list.push(kind.write(values.slice(at, at + kind.bytes)));
		}
		words.push(list);
	}
	if (at !== values.length) return undefined;
	let json = '';
	for (let i = 0; i < text.length; i++) {
		const k = kinds.findIndex(({ sign }) => sign === text[i]);
		if (k === -1) {
			json += text[i] ?? '';
			continue;
		}
		i += 1;
		const word = words[k]?.[text.charCodeAt(i) - firstPlace];
		if (word === undefined) return undefined;
		json += `"${word}"`;
	}
	return json;
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

function fromHex(word: string): Uint8Array {
	return Uint8Array.from({ length: word.length / 2 }, (_, i) => parseInt(word.slice(i * 2, i * 2 + 2), 16));
}

function toHex(bytes: Uint8Array): string {
	return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** 86 letters as 64 bytes; undefined for any other word. */
function fromBase64url(word: string): Uint8Array | undefined {
	if (word.length !== 86) return undefined;
	const bytes: number[] = [];
	let held = 0;
	let bits = 0;
	for (const letter of word) {
		const value = letters.indexOf(letter);
		if (value === -1) return undefined;
		held = ((held << 6) | value) & 0xfff;
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			bytes.push((held >> bits) & 0xff);
		}
	}
	return Uint8Array.from(bytes);
}

function toBase64url(bytes: Uint8Array): string {
	let word = '';
	let held = 0;
	let bits = 0;
	for (const byte of bytes) {
		held = ((held << 8) | byte) & 0x3fff;
		bits += 8;
		while (bits >= 6) {
			bits -= 6;
			word += letters[(held >> bits) & 63] ?? '';
		}
	}
	if (bits > 0) word += letters[(held << (6 - bits)) & 63] ?? '';
	return word;
}
