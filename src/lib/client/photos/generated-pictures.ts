/*
 * Pictures for the tests, made in the browser: no photo of a person is in this repository.
 */

export interface SceneOptions {
	readonly width: number;
	readonly height: number;
	/** Radius of a Gaussian blur, pixels. */
	readonly blur?: number;
	/** 1 as drawn, 0 black. */
	readonly light?: number;
	readonly type?: 'image/jpeg' | 'image/png' | 'image/webp';
}

/** A face-like drawing with a patterned shirt; its upper left corner is red and its upper right corner blue. */
export function scene({ width, height, blur = 0, light = 1, type = 'image/jpeg' }: SceneOptions): Promise<Blob> {
	const canvas = new OffscreenCanvas(width, height);
	const context = canvas.getContext('2d');
	if (context === null) throw new Error('no canvas');
	context.filter = `blur(${blur}px) brightness(${light})`;
	context.drawImage(sharpScene(width, height), 0, 0);
	return canvas.convertToBlob({ type, quality: 0.92 });
}

function sharpScene(width: number, height: number): OffscreenCanvas {
	const canvas = new OffscreenCanvas(width, height);
	const context = canvas.getContext('2d');
	if (context === null) throw new Error('no canvas');
	const unit = Math.min(width, height) / 20;
	const wall = context.createLinearGradient(0, 0, width, height);
	wall.addColorStop(0, '#d8cdb8');
	wall.addColorStop(1, '#a89c86');
	context.fillStyle = wall;
	context.fillRect(0, 0, width, height);
	// Shirt with stripes, head, hair, eyes, mouth.
	for (let i = 0; i < 40; i++) {
		context.fillStyle = i % 2 === 0 ? '#31556b' : '#e6ebee';
		context.fillRect(width / 2 - 7 * unit + i * 0.35 * unit, 14 * unit, 0.35 * unit, height - 14 * unit);
	}
	context.fillStyle = '#3a2b22';
	ellipse(context, width / 2, 8 * unit, 4.6 * unit, 5.6 * unit);
	context.fillStyle = '#e3b48f';
	ellipse(context, width / 2, 9 * unit, 4 * unit, 5 * unit);
	context.fillStyle = '#2b2019';
	ellipse(context, width / 2 - 1.6 * unit, 8 * unit, 0.5 * unit, 0.3 * unit);
	ellipse(context, width / 2 + 1.6 * unit, 8 * unit, 0.5 * unit, 0.3 * unit);
	context.fillStyle = '#a5473f';
	ellipse(context, width / 2, 12 * unit, 1.3 * unit, 0.3 * unit);
	context.fillStyle = '#ff0000';
	context.fillRect(0, 0, width / 8, height / 8);
	context.fillStyle = '#0000ff';
	context.fillRect(width - width / 8, 0, width / 8, height / 8);
	return canvas;
}

function ellipse(context: OffscreenCanvasRenderingContext2D, x: number, y: number, across: number, down: number): void {
	context.beginPath();
	context.ellipse(x, y, across, down, 0, 0, 2 * Math.PI);
	context.fill();
}

/** The place written into the EXIF block below, so that a test can look for its bytes. */
export const plantedWords = 'LAMPKEEP-GPS-PLANT';

/**
 * The JPEG with an EXIF block behind its first marker: orientation 6 (turn 90 degrees clockwise to view), a GPS block
 * with 31° 13' 48" N, and words in ImageDescription. TIFF 6.0, big endian.
 */
export async function withExif(jpeg: Blob, orientation: number): Promise<Blob> {
	const bytes = new Uint8Array(await jpeg.arrayBuffer());
	const block = app1(tiff(orientation));
	return new Blob([bytes.slice(0, 2), block, bytes.slice(2)], { type: 'image/jpeg' });
}

function tiff(orientation: number): Uint8Array<ArrayBuffer> {
	const words = [...new TextEncoder().encode(`${plantedWords}\0`)];
	const ifd0 = 8;
	const ifd0Length = 2 + 3 * 12 + 4;
	const gps = ifd0 + ifd0Length;
	const gpsLength = 2 + 2 * 12 + 4;
	const wordsAt = gps + gpsLength;
	const degreesAt = wordsAt + words.length;
	return Uint8Array.from([
		...[0x4d, 0x4d, 0, 42, ...long(ifd0)],
		...short(3),
		...field(0x010e, 2, words.length, long(wordsAt)), // ImageDescription
		...field(0x0112, 3, 1, [...short(orientation), 0, 0]), // Orientation
		...field(0x8825, 4, 1, long(gps)), // GPSInfo
		...long(0),
		...short(2),
		...field(0x0001, 2, 2, [0x4e, 0, 0, 0]), // GPSLatitudeRef N
		...field(0x0002, 5, 3, long(degreesAt)), // GPSLatitude
		...long(0),
		...words,
		...[...long(31), ...long(1), ...long(13), ...long(1), ...long(48), ...long(1)]
	]);
}

function app1(content: Uint8Array): Uint8Array<ArrayBuffer> {
	const head = [...new TextEncoder().encode('Exif'), 0, 0];
	return Uint8Array.from([0xff, 0xe1, ...short(2 + head.length + content.length), ...head, ...content]);
}

function field(tag: number, type: number, count: number, value: readonly number[]): number[] {
	return [...short(tag), ...short(type), ...long(count), ...value];
}

function short(value: number): number[] {
	return [(value >> 8) & 0xff, value & 0xff];
}

function long(value: number): number[] {
	return [(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

/** The marker of every segment of a JPEG up to its image data, e.g. 0xe1 for EXIF and XMP. */
export function jpegMarkers(bytes: Uint8Array): number[] {
	const markers: number[] = [];
	let at = 2;
	while (at + 4 <= bytes.length && bytes[at] === 0xff) {
		const marker = bytes[at + 1] ?? 0;
		markers.push(marker);
		if (marker === 0xda) break;
		at += 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
	}
	return markers;
}
