import { err, ok, type Result } from '../result.ts';
import { joinBytes } from './pack-text.ts';

/*
 * A sheet's bytes as QR codes. Each code says which sheet it is of, which of how many it is, and proves itself:
 *
 *   LKH1: base45( sheet 8 | index 1 | total 1 | piece | CRC-32 4 )
 *
 * `LKH` is a hand-over sheet of Lampkeep, the digit the version of what follows. The sheet's id is the beginning of the
 * SHA-256 of all its bytes, so that pieces of two sheets never make a third. Base 45 (RFC 9285) uses only the letters of a
 * QR code's alphanumeric mode: 3% larger than bytes, and every reader gives them back as they are, which is not so for bytes.
 */

export const sheetVersion = 1;
const mark = 'LKH';

/**
 * The most a code carries of the sheet, bytes. With its head 968 of the 970 letters of QR version 20 at level M: 97 modules. On paper 60 mm
 * wide that is 0.57 mm a module, and a camera of 1280x720 sees 5 pixels of each.
 */
export const codeBytesMaximum = 628;
/** More codes nobody holds before a camera; the sender leaves things out instead. */
export const codesMaximum = 12;

const idBytes = 8;
const headBytes = idBytes + 2;
const crcBytes = 4;

/** The texts of the codes of a sheet, in order. @throws RangeError over `codesMaximum` codes: ask `codeCount` first */
export function codesOf(sheet: Uint8Array, sha256: Uint8Array): readonly string[] {
	const total = codeCount(sheet.length);
	if (total > codesMaximum) throw new RangeError('A sheet with so much on it is no sheet');
	const size = Math.ceil(sheet.length / total);
	return Array.from({ length: total }, (_, index) => {
		const body = joinBytes([
			sha256.slice(0, idBytes),
			Uint8Array.of(index, total),
			sheet.slice(index * size, (index + 1) * size)
		]);
		return `${mark}${sheetVersion}:${toBase45(joinBytes([body, crcOf(body)]))}`;
	});
}

/** How many codes so many bytes take. */
export function codeCount(bytes: number): number {
	return Math.max(1, Math.ceil(bytes / codeBytesMaximum));
}

interface SheetCode {
	/** Hex. */
	readonly sheet: string;
	readonly index: number;
	readonly total: number;
	readonly piece: Uint8Array;
}

export type CodeFault =
	/** Some other QR code. */
	| { readonly type: 'not_a_sheet' }
	/** A newer program printed it. */
	| { readonly type: 'newer_program' }
	/** Ours, and wrong: half read, or changed. */
	| { readonly type: 'damaged' };

function readCode(text: string): Result<SheetCode, CodeFault> {
	const head = /^LKH(\d{1,3}):/.exec(text);
	if (!head) return err({ type: 'not_a_sheet' });
	if (Number(head[1]) > sheetVersion) return err({ type: 'newer_program' });
	const bytes = fromBase45(text.slice(head[0].length));
	if (Number(head[1]) !== sheetVersion || !bytes || bytes.length <= headBytes + crcBytes)
		return err({ type: 'damaged' });
	const body = bytes.slice(0, -crcBytes);
	const crc = crcOf(body);
	if (bytes.slice(-crcBytes).some((byte, i) => byte !== crc[i])) return err({ type: 'damaged' });
	const [index = 0, total = 0] = body.slice(idBytes, headBytes);
	if (total < 1 || total > codesMaximum || index >= total) return err({ type: 'damaged' });
	const sheet = [...body.slice(0, idBytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
	return ok({ sheet, index, total, piece: body.slice(headBytes) });
}

/** What has been scanned of one sheet. */
export interface Scanned {
	readonly sheet: string;
	readonly total: number;
	readonly pieces: ReadonlyMap<number, Uint8Array>;
}

export type ScanOutcome =
	| { readonly type: 'first' | 'more'; readonly scanned: Scanned }
	/** This piece is there already. */
	| { readonly type: 'again'; readonly scanned: Scanned }
	/** A code of another sheet: the first one stays. */
	| { readonly type: 'other_sheet'; readonly scanned: Scanned }
	| CodeFault;

/** Takes one code, in any order and as often as it comes. */
export function scanCode(scanned: Scanned | undefined, text: string): ScanOutcome {
	const read = readCode(text);
	if (!read.ok) return read.error;
	const { sheet, total, index, piece } = read.value;
	if (!scanned) return { type: 'first', scanned: { sheet, total, pieces: new Map([[index, piece]]) } };
	if (scanned.sheet !== sheet || scanned.total !== total) return { type: 'other_sheet', scanned };
	if (scanned.pieces.has(index)) return { type: 'again', scanned };
	return { type: 'more', scanned: { ...scanned, pieces: new Map(scanned.pieces).set(index, piece) } };
}

/** The sheet's bytes; undefined while codes are missing. */
export function wholeSheet({ total, pieces }: Scanned): Uint8Array<ArrayBuffer> | undefined {
	const parts = Array.from({ length: total }, (_, index) => pieces.get(index));
	return parts.every((part) => part !== undefined) ? joinBytes(parts) : undefined;
}

/** Are these the bytes the codes spoke of? */
export function isSheet({ sheet }: Scanned, sha256: Uint8Array): boolean {
	return sha256.slice(0, idBytes).every((byte, i) => byte === parseInt(sheet.slice(i * 2, i * 2 + 2), 16));
}

const signs45 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/** RFC 9285: two bytes are three signs, a last single byte two. */
function toBase45(bytes: Uint8Array): string {
	let text = '';
	for (let i = 0; i < bytes.length; i += 2) {
		const two = i + 1 < bytes.length;
		const value = two ? (bytes[i] ?? 0) * 256 + (bytes[i + 1] ?? 0) : (bytes[i] ?? 0);
		text += (signs45[value % 45] ?? '') + (signs45[Math.floor(value / 45) % 45] ?? '');
		if (two) text += signs45[Math.floor(value / 2025)] ?? '';
	}
	return text;
}

/** Undefined for what RFC 9285 says a decoder must refuse. Inverse of `toBase45`. */
function fromBase45(text: string): Uint8Array | undefined {
	if (text.length % 3 === 1) return undefined;
	const values = [...text].map((sign) => signs45.indexOf(sign));
	if (values.includes(-1)) return undefined;
	const bytes: number[] = [];
	for (let i = 0; i < values.length; i += 3) {
		const third = values[i + 2];
		const value = (values[i] ?? 0) + (values[i + 1] ?? 0) * 45 + (third ?? 0) * 2025;
		if (value > (third === undefined ? 0xff : 0xffff)) return undefined;
		if (third === undefined) bytes.push(value);
		else bytes.push(value >> 8, value & 0xff);
	}
	return Uint8Array.from(bytes);
}

/** CRC-32 (ISO-HDLC, as in zip), big endian. */
function crcOf(bytes: Uint8Array): Uint8Array {
	let crc = 0xffffffff;
	for (const byte of bytes) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
	}
	crc = ~crc >>> 0;
	return Uint8Array.of(crc >>> 24, (crc >>> 16) & 0xff, (crc >>> 8) & 0xff, crc & 0xff);
}
