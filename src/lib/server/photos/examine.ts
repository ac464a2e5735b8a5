import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { photoBytesMaximum, photoEdgeMaximum, thumbnailEdge } from '#lib/domain/photo/photo.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';

/** Pixels a photo may have: 50 million (SECURITY T8). A PNG of 109 kB can claim 900 million. */
export const photoPixelsMaximum = 50_000_000;
/** How long one photo may take, milliseconds. */
export const examinationTime = 5_000;

/** A photo made again by us: whatever was hidden in the file is gone. */
export interface Examined {
	readonly full: Uint8Array;
	readonly thumbnail: Uint8Array;
	readonly width: number;
	readonly height: number;
	readonly format: 'jpeg' | 'png' | 'webp';
}

/** Why a file is not taken for a photo. The tablet shows it; the words are its. */
export type PhotoRefusal =
	| { readonly type: 'too_large' }
	| { readonly type: 'not_a_photo' }
	| { readonly type: 'too_many_pixels' }
	| { readonly type: 'damaged' };

/** The machine was too slow or too busy: says nothing about the photo, try again. */
export class ExaminationFailed extends Error {
	override readonly name = 'ExaminationFailed';
}

/**
 * Decodes a file, checks it and draws it again. In a worker thread of its own for each photo: what a decoder does wrong
 * ends there, after five seconds at the latest.
 *
 * @throws ExaminationFailed when it took too long, the worker died, or it failed for another cause than the file
 */
export async function examinePhoto(
	bytes: Uint8Array,
	limit = examinationTime
): Promise<Result<Examined, PhotoRefusal>> {
	if (bytes.length > photoBytesMaximum) return err({ type: 'too_large' });
	const format = formatOf(bytes);
	if (format === undefined) return err({ type: 'not_a_photo' });
	return withinTurn(() => examined(bytes, format, limit));
}

/** The format by the first bytes; sharp would also open SVG, GIF, PDF and more, and must not be asked to. */
function formatOf(bytes: Uint8Array): Examined['format'] | undefined {
	const starts = (at: number, ...expected: number[]) => expected.every((byte, index) => bytes[at + index] === byte);
	if (starts(0, 0xff, 0xd8, 0xff)) return 'jpeg';
	if (starts(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
	if (starts(0, 0x52, 0x49, 0x46, 0x46) && starts(8, 0x57, 0x45, 0x42, 0x50)) return 'webp';
	return undefined;
}

const answerSchema = z.discriminatedUnion('type', [
	z.object({
		type: z.literal('ok'),
		full: z.instanceof(Uint8Array),
		thumbnail: z.instanceof(Uint8Array),
		width: z.int(),
		height: z.int()
	}),
	z.object({ type: z.enum(['not_a_photo', 'too_many_pixels']) }),
	z.object({ type: z.literal('failed'), message: z.string() })
]);

/**
 * What sharp's words say of the file; undefined where they say nothing of it, as when memory or the disk ran out. A photo
 * refused by mistake is lost to the child's file, one tried again by mistake only costs time: so the decoders' words count
 * as damage, and any others do not. The words are those of libvips 8 (libjpeg, libpng, libwebp) and of sharp itself.
 */
export function refusalIn(message: string): PhotoRefusal | undefined {
	if (/memory|system error|too many open files/i.test(message)) return undefined;
	if (message.includes('pixel limit')) return { type: 'too_many_pixels' };
	const decoders =
		/^(Input buffer (has corrupt header|contains unsupported image format)|VipsJpeg: |vipspng: |webp2vips: )/;
	return decoders.test(message) ? { type: 'damaged' } : undefined;
}

function examined(
	bytes: Uint8Array,
	format: Examined['format'],
	limit: number
): Promise<Result<Examined, PhotoRefusal>> {
	const worker = new Worker(workerProgram, {
		eval: true,
		workerData: {
			sharp: createRequire(import.meta.url).resolve('sharp'),
			bytes,
			format,
			pixels: photoPixelsMaximum,
			edge: photoEdgeMaximum,
			thumbnail: thumbnailEdge
		},
		resourceLimits: { maxOldGenerationSizeMb: 256 }
	});
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => {
			reject(new ExaminationFailed(`a photo of ${bytes.length} bytes took more than ${limit} ms`));
			void worker.terminate();
		}, limit);
		worker.once('message', (message: unknown) => {
			clearTimeout(timer);
			void worker.terminate();
			const answer = answerSchema.safeParse(message);
			if (!answer.success) {
				reject(new ExaminationFailed('the worker for photos answered what is no answer', { cause: answer.error }));
			} else if (answer.data.type === 'failed') {
				const refusal = refusalIn(answer.data.message);
				if (refusal) resolve(err(refusal));
				else reject(new ExaminationFailed(`a photo could not be examined: ${answer.data.message}`));
			} else resolve(answer.data.type === 'ok' ? ok({ ...answer.data, format }) : err({ type: answer.data.type }));
		});
		worker.once('error', (cause) => {
			clearTimeout(timer);
			reject(new ExaminationFailed('the worker for photos failed', { cause }));
		});
		worker.once('exit', () => {
			clearTimeout(timer);
			reject(new ExaminationFailed('the worker for photos ended without an answer'));
		});
	});
}

/**
 * The worker's program, as text: the built server is one bundle, in which a file of its own would not be found.
 * `failOn: 'error'` refuses truncated files; `rotate()` applies the orientation before the metadata goes. Only what the
 * decoder says of the file is a refusal; anything else ends the worker and is tried again.
 */
const workerProgram = `
const { parentPort, workerData } = require('node:worker_threads');
const sharp = require(workerData.sharp);
sharp.cache(false);
sharp.concurrency(1);
const { bytes, format, pixels, edge, thumbnail } = workerData;
const opened = () => sharp(bytes, { limitInputPixels: pixels, failOn: 'error', pages: 1 });
const draw = (size) =>
	opened().rotate()
		.resize({ width: size, height: size, fit: 'inside', withoutEnlargement: true })
		.flatten({ background: '#ffffff' }).toColourspace('srgb').jpeg({ quality: 85 })
		.toBuffer({ resolveWithObject: true });
(async () => {
	const found = await opened().metadata();
	if (found.format !== format) return { type: 'not_a_photo' };
	if (found.width * found.height > pixels) return { type: 'too_many_pixels' };
	const full = await draw(edge);
	const small = await draw(thumbnail);
	return { type: 'ok', full: full.data, thumbnail: small.data, width: full.info.width, height: full.info.height };
})()
	.catch((error) => ({ type: 'failed', message: String(error && error.message) }))
	.then((answer) => parentPort.postMessage(answer));
`;

/** Two photos at a time: a decoded photo of 50 megapixels takes 150 MB. */
const withinTurn = turns(2);

/** Lets `atOnce` works run at a time; the others wait in the order in which they came. */
export function turns(atOnce: number): <T>(work: () => Promise<T>) => Promise<T> {
	let busy = 0;
	const waiting: (() => void)[] = [];
	return async (work) => {
		// Who waited is given the place of who ended: were it free in between, a newcomer could take it and the first be one more.
		if (busy < atOnce) busy += 1;
		else await new Promise<void>((resolve) => waiting.push(resolve));
		try {
			return await work();
		} finally {
			const next = waiting.shift();
			if (next) next();
			else busy -= 1;
		}
	};
}
