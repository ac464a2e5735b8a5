import { concat, textOf, utf8, type Bytes } from './bytes.ts';

/*
 * How the journal's files are written: frames one after another, never changed.
 *
 *   'LKJ1' │ type 1 │ 0 0 0 │ length of the head 4 │ length of the body 4 │ CRC-32 4 │ head (JSON) │ body
 *
 * The CRC is over everything but itself and the magic. A frame that was cut by a crash, or in which a bit changed, is not one;
 * reading goes on at the next magic, so that damage costs the frames it touches and no other. It is no seal: what must not be
 * forged is sealed inside.
 */

export interface Frame<Type extends number = number> {
	readonly type: Type;
	readonly head: unknown;
	/** Where the frame begins in its file, and where the next one does. */
	readonly at: number;
	readonly end: number;
	/** Where the body lies in its file. */
	readonly bodyAt: number;
	readonly body: Bytes;
}

const magic = utf8('LKJ1');
const fixed = 20;

/** Inverse of `readFrames`, one frame at a time. */
export function frame(type: number, head: unknown, body: Bytes = new Uint8Array()): Bytes {
	const text = utf8(JSON.stringify(head));
	const start = new Uint8Array(fixed);
	start.set(magic);
	start[4] = type;
	const view = new DataView(start.buffer);
	view.setUint32(8, text.length);
	view.setUint32(12, body.length);
	view.setUint32(16, crc32(body, crc32(text, crc32(start.subarray(4, 16)))));
	return concat(start, text, body);
}

/**
 * Every whole frame, in order, and the stretches between them that are none.
 *
 * @param offset where `bytes` begins in its file
 */
export function readFrames(bytes: Bytes, offset = 0): { frames: Frame[]; stretches: { at: number; end: number }[] } {
	const frames: Frame[] = [];
	const stretches: { at: number; end: number }[] = [];
	let at = 0;
	let bad = -1;
	while (at < bytes.length) {
		const found = frameAt(bytes, at, offset);
		if (!found) {
			if (bad < 0) bad = at;
			at = nextMagic(bytes, at + 1);
			continue;
		}
		if (bad >= 0) stretches.push({ at: offset + bad, end: offset + at });
		bad = -1;
		frames.push(found);
		at = found.end - offset;
	}
	if (bad >= 0) stretches.push({ at: offset + bad, end: offset + bytes.length });
	return { frames, stretches };
}

function frameAt(bytes: Bytes, at: number, offset: number): Frame | undefined {
	if (at + fixed > bytes.length || !magic.every((sign, i) => bytes[at + i] === sign)) return undefined;
	const view = new DataView(bytes.buffer, bytes.byteOffset + at, fixed);
	const headLength = view.getUint32(8);
	const bodyLength = view.getUint32(12);
	const end = at + fixed + headLength + bodyLength;
	if (end > bytes.length) return undefined;
	const head = bytes.subarray(at + fixed, at + fixed + headLength);
	const body = bytes.subarray(at + fixed + headLength, end);
	if (crc32(body, crc32(head, crc32(bytes.subarray(at + 4, at + 16)))) !== view.getUint32(16)) return undefined;
	const parsed = jsonOf(head);
	if (!parsed) return undefined;
	return {
		type: bytes[at + 4] ?? 0,
		head: parsed.value,
		at: offset + at,
		end: offset + end,
		bodyAt: offset + at + fixed + headLength,
		body
	};
}

/** Undefined where the bytes are no JSON: a frame of zeros has a right CRC only by chance, and then no head. */
function jsonOf(bytes: Bytes): { value: unknown } | undefined {
	try {
		return { value: JSON.parse(textOf(bytes)) };
	} catch {
		return undefined;
	}
}

function nextMagic(bytes: Bytes, from: number): number {
	for (let at = bytes.indexOf(magic[0] ?? 0, from); at >= 0; at = bytes.indexOf(magic[0] ?? 0, at + 1))
		if (magic.every((sign, i) => at + i >= bytes.length || bytes[at + i] === sign)) return at;
	return bytes.length;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
	let value = n;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
	return value;
});

/** CRC-32 (ISO-HDLC, as in gzip and PNG). @param before of the bytes in front of these */
export function crc32(bytes: Uint8Array, before = 0): number {
	let crc = ~before;
	for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
	return ~crc >>> 0;
}
