import { photoEdgeMaximum, thumbnailEdge } from '#lib/domain/photo/photo.ts';
import { sha256Schema } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { PreparedPhoto } from '../tablet.ts';
import { bareJpeg } from './bare-jpeg.ts';
import { readImageHeader } from './image-header.ts';
import { greyCopy, judgedEdge, judgeQuality, type GreyCopy } from './quality.ts';

/** The largest file that is looked at, bytes: a 50 MP JPEG of a telephone stays under 30 MB. */
export const photoFileMaximum = 60_000_000;
/** The most pixels that are decoded (SECURITY T8): 200 MB of memory. */
export const photoPixelsMaximum = 50_000_000;

/** Why a picture could not become a photo. The words are in the messages (area `photo`). */
export type PhotoFault =
	| { readonly type: 'not_an_image' }
	| { readonly type: 'heic_unsupported' }
	| { readonly type: 'too_large'; readonly bytes: number; readonly maximum: number }
	| {
			readonly type: 'too_many_pixels';
			readonly width: number;
			readonly height: number;
			/** Width times height allowed. */
			readonly maximum: number;
	  }
	/** Damaged, cut off, or more than this tablet's memory holds. */
	| { readonly type: 'unreadable' };

/** Where pictures are drawn: a worker has only the first kind, an old browser's page only the second. */
export type Canvas = OffscreenCanvas | HTMLCanvasElement;

// JPEG qualities: at 0.85 a 2048 px photo of a person is some 300-500 kB, at 0.9 half as much again and no visible gain.
const photoJpegQuality = 0.85;
const thumbnailJpegQuality = 0.8;

/**
 * Decodes a picture, turns it upright, draws it at most 2048 px long and encodes what was drawn: nothing of the file but
 * its pixels goes on, so place, camera, owner and hidden thumbnails are gone.
 *
 * @param makeCanvas a canvas of that many pixels
 */
export async function encodePhoto(
	file: Blob,
	makeCanvas: (width: number, height: number) => Canvas
): Promise<Result<PreparedPhoto, PhotoFault>> {
	if (file.size > photoFileMaximum) return err({ type: 'too_large', bytes: file.size, maximum: photoFileMaximum });
	const header = await readImageHeader(file);
	if (!header.ok) return header;
	const { format, width, height } = header.value;
	if (width * height > photoPixelsMaximum) {
		return err({ type: 'too_many_pixels', width, height, maximum: photoPixelsMaximum });
	}

	// The type comes from the bytes: a file that calls itself SVG or HTML reaches the decoder as what it is.
	const decoded = await decode(file.slice(0, file.size, `image/${format}`));
	if (decoded === undefined) return err({ type: 'unreadable' });
	try {
		const upright = { width: decoded.width, height: decoded.height };
		const full = draw(decoded, upright, photoEdgeMaximum, makeCanvas);
		const small = draw(full.canvas, full, thumbnailEdge, makeCanvas);
		const bytes = await encode(full.canvas, photoJpegQuality);
		const thumbnail = await encode(small.canvas, thumbnailJpegQuality);
		if (bytes === undefined || thumbnail === undefined) return err({ type: 'unreadable' });
		return ok({
			photo: {
				sha256: sha256Schema.parse(await sha256Hex(bytes)),
				mediaType: 'image/jpeg',
				bytes: bytes.length,
				width: full.width,
				height: full.height,
				quality: judgeQuality(upright.width * upright.height, grey(full, makeCanvas))
			},
			bytes,
			thumbnail
		});
	} finally {
		decoded.close();
	}
}

async function decode(file: Blob): Promise<ImageBitmap | undefined> {
	try {
		return await createImageBitmap(file, { imageOrientation: 'from-image' });
	} catch (error) {
		// The decoder's only way to say that it cannot read the file (HTML, 8.11.2).
		if (error instanceof DOMException) return undefined;
		throw error;
	}
}

interface Drawn {
	readonly canvas: Canvas;
	readonly width: number;
	readonly height: number;
}

function draw(
	source: CanvasImageSource,
	size: { readonly width: number; readonly height: number },
	edge: number,
	makeCanvas: (width: number, height: number) => Canvas
): Drawn {
	const scale = Math.min(1, edge / Math.max(size.width, size.height));
	const width = Math.max(1, Math.round(size.width * scale));
	const height = Math.max(1, Math.round(size.height * scale));
	const canvas = makeCanvas(width, height);
	const context = contextOf(canvas);
	// JPEG has no transparency: what a PNG leaves open would come out black.
	context.fillStyle = '#ffffff';
	context.fillRect(0, 0, width, height);
	context.imageSmoothingEnabled = true;
	context.imageSmoothingQuality = 'high';
	context.drawImage(source, 0, 0, width, height);
	return { canvas, width, height };
}

function grey(full: Drawn, makeCanvas: (width: number, height: number) => Canvas): GreyCopy {
	const copy = draw(full.canvas, full, judgedEdge, makeCanvas);
	return greyCopy(copy.width, copy.height, contextOf(copy.canvas).getImageData(0, 0, copy.width, copy.height).data);
}

function contextOf(canvas: Canvas): CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D {
	const context = canvas.getContext('2d') as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null;
	if (context === null) throw new Error('The browser gives no 2d canvas context');
	return context;
}

async function encode(canvas: Canvas, quality: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
	const blob = await toBlob(canvas, quality);
	// A browser that cannot encode JPEG gives PNG without a word.
	if (blob === null || blob.type !== 'image/jpeg') return undefined;
	return bareJpeg(new Uint8Array(await blob.arrayBuffer()));
}

function toBlob(canvas: Canvas, quality: number): Promise<Blob | null> {
	if ('convertToBlob' in canvas) return canvas.convertToBlob({ type: 'image/jpeg', quality });
	return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
}

async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
