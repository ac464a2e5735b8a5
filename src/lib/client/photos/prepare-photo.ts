import { wrap } from 'comlink';
import { err, type Result } from '#lib/domain/result.ts';
import type { PreparedPhoto } from '../tablet.ts';
import { ownProgram } from '../trusted.ts';
import { encodePhoto, type Canvas, type PhotoFault } from './encode-photo.ts';
import type { PhotoWorker } from './photo.worker.ts';
import photoProgram from './photo.worker.ts?worker&url';

export type { PhotoFault } from './encode-photo.ts';

export type PreparePhoto = (file: Blob) => Promise<Result<PreparedPhoto, PhotoFault>>;

/** How long one photo may take, milliseconds: a generous bound, for a worker that will never answer. */
const patience = 60_000;

/**
 * Makes the function that turns a picture from the camera or the gallery into a photo the vault can keep.
 *
 * One photo at a time, in a worker that ends with it: a 50 MP picture takes 200 MB, and a cheap tablet wants them back.
 * Where there is no OffscreenCanvas the page itself does the work.
 *
 * @param makeWorker undefined where the browser cannot draw in a worker
 */
export function photoPreparer(makeWorker: (() => Worker) | undefined): PreparePhoto {
	let last: Promise<unknown> = Promise.resolve();
	return (file) => {
		const turn = last.then(() =>
			makeWorker === undefined ? encodePhoto(file, pageCanvas) : prepareInWorker(makeWorker(), file)
		);
		// Whoever asked for this photo hears of its failure; the next one in the queue does not.
		last = turn.catch(() => undefined);
		return turn;
	};
}

/** The app's own: see photoPreparer. Errors: `not_an_image`, `heic_unsupported`, `too_large`, `too_many_pixels`, `unreadable`. */
export const preparePhoto: PreparePhoto = photoPreparer(
	typeof Worker === 'undefined' || typeof OffscreenCanvas === 'undefined' ? undefined : photoWorker
);

function photoWorker(): Worker {
	return new Worker(ownProgram(photoProgram), { type: 'module', name: 'lampkeep-photo' });
}

async function prepareInWorker(worker: Worker, file: Blob): Promise<Result<PreparedPhoto, PhotoFault>> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	try {
		return await Promise.race([
			wrap<PhotoWorker>(worker).prepare(file),
			new Promise<never>((_, reject) => {
				worker.addEventListener('error', (event) => reject(new Error(`The photo worker stopped: ${event.message}`)));
			}),
			// A worker the system killed for its memory says nothing at all.
			new Promise<Result<PreparedPhoto, PhotoFault>>((resolve) => {
				timer = setTimeout(() => resolve(err({ type: 'unreadable' })), patience);
			})
		]);
	} finally {
		clearTimeout(timer);
		worker.terminate();
	}
}

function pageCanvas(width: number, height: number): Canvas {
	const canvas = document.createElement('canvas');
	canvas.width = width;
	canvas.height = height;
	return canvas;
}
