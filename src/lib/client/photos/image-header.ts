import { err, ok, type Result } from '#lib/domain/result.ts';

/*
 * What a picture file says of itself, read from its first bytes and before any decoder sees it: a 109 kB PNG can claim
 * 30,000 x 30,000 pixels and take 3.6 GB to decode (SECURITY.md, photo corpus).
 *
 * Sources: JPEG ITU T.81 B.1.1.3 (markers) and B.2.2 (frame header); PNG (RFC 2083) 4.1.1; WebP container
 * specification (VP8, VP8L, VP8X); HEIF and AVIF ISO/IEC 14496-12 4.3 (ftyp brands).
 */

export interface ImageHeader {
	readonly format: 'jpeg' | 'png' | 'webp';
	/** As stored, before an EXIF orientation turns it. */
	readonly width: number;
	readonly height: number;
}

export type HeaderFault =
	/** None of JPEG, PNG, WebP by its first bytes; the file's name and declared type are not believed. */
	| { readonly type: 'not_an_image' }
	/** HEIC, HEIF or AVIF: a picture, but not one that every tablet and the registry can read. */
	| { readonly type: 'heic_unsupported' }
	/** It begins like a picture and its header is broken or cut off. */
	| { readonly type: 'unreadable' };

/** Reads format and size from the beginning of the file; a JPEG is walked segment by segment and never read whole. */
export async function readImageHeader(file: Blob): Promise<Result<ImageHeader, HeaderFault>> {
	const head = await bytesOf(file, 0, 32);
	if (head.length >= 3 && head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return readJpegHeader(file);
	if (startsWith(head, pngSignature)) return readPngHeader(head);
	if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 4) === 'WEBP') return readWebpHeader(head);
	if (ascii(head, 4, 4) === 'ftyp' && heifBrands.includes(ascii(head, 8, 4))) return err({ type: 'heic_unsupported' });
	return err({ type: 'not_an_image' });
}

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const heifBrands = ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1', 'heif', 'avif', 'avis'];

/** A camera writes some ten segments before the frame header; a file with more than this is playing with us. */
const segmentsMaximum = 2_000;

async function readJpegHeader(file: Blob): Promise<Result<ImageHeader, HeaderFault>> {
	let at = 2;
	for (let count = 0; count < segmentsMaximum; count++) {
		const bytes = await bytesOf(file, at, 12);
		if (bytes.length < 9 || bytes[0] !== 0xff) return err({ type: 'unreadable' });
		const marker = bytes[1] ?? 0;
		if (marker === 0xff) {
			at += 1; // fill byte
			continue;
		}
		if (isFrameHeader(marker)) return sized('jpeg', uint16(bytes, 7), uint16(bytes, 5));
		// The entropy-coded data or the end, and no frame header before it.
		if (marker === 0xda || marker === 0xd9) return err({ type: 'unreadable' });
		const length = uint16(bytes, 2);
		if (length < 2) return err({ type: 'unreadable' });
		at += 2 + length;
	}
	return err({ type: 'unreadable' });
}

/** SOF0 to SOF15 without DHT, JPG and DAC, which share the range. */
function isFrameHeader(marker: number): boolean {
	return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function readPngHeader(head: Uint8Array): Result<ImageHeader, HeaderFault> {
	if (head.length < 24 || ascii(head, 12, 4) !== 'IHDR') return err({ type: 'unreadable' });
	return sized('png', uint32(head, 16), uint32(head, 20));
}

function readWebpHeader(head: Uint8Array): Result<ImageHeader, HeaderFault> {
	if (head.length < 30) return err({ type: 'unreadable' });
	switch (ascii(head, 12, 4)) {
		case 'VP8X':
			return sized('webp', 1 + uint24LittleEndian(head, 24), 1 + uint24LittleEndian(head, 27));
		case 'VP8 ':
			return sized('webp', uint16LittleEndian(head, 26) & 0x3fff, uint16LittleEndian(head, 28) & 0x3fff);
		case 'VP8L': {
			const bits = (head[21] ?? 0) | ((head[22] ?? 0) << 8) | ((head[23] ?? 0) << 16) | ((head[24] ?? 0) << 24);
			return sized('webp', 1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff));
		}
	}
	return err({ type: 'unreadable' });
}

function sized(format: ImageHeader['format'], width: number, height: number): Result<ImageHeader, HeaderFault> {
	if (width === 0 || height === 0) return err({ type: 'unreadable' });
	return ok({ format, width, height });
}

async function bytesOf(file: Blob, start: number, length: number): Promise<Uint8Array> {
	return new Uint8Array(await file.slice(start, start + length).arrayBuffer());
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
	return signature.every((value, i) => bytes[i] === value);
}

function ascii(bytes: Uint8Array, at: number, length: number): string {
	return String.fromCharCode(...bytes.subarray(at, at + length));
}

function uint16(bytes: Uint8Array, at: number): number {
	return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function uint32(bytes: Uint8Array, at: number): number {
	return uint16(bytes, at) * 0x10000 + uint16(bytes, at + 2);
}

function uint16LittleEndian(bytes: Uint8Array, at: number): number {
	return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

function uint24LittleEndian(bytes: Uint8Array, at: number): number {
	return uint16LittleEndian(bytes, at) | ((bytes[at + 2] ?? 0) << 16);
}
