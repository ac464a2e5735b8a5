import { transfer, wrap, type Remote } from 'comlink';
import programAddress from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { ownProgram } from '../trusted.ts';
import type { ScanWorker } from './scan.worker.ts';
import scanProgram from './scan.worker.ts?worker&url';

/*
 * Reads QR codes out of pictures, without a network: by the browser's own detector where it has one (Android with Google's
 * services, macOS), else by ZXing in a worker. Tablets in China mostly have none, so ZXing is the main road.
 */

export interface CodeReader {
	/**
	 * The texts of the QR codes in the picture; empty if it shows none that can be read. The picture is used up.
	 *
	 * @param thorough for a picture there is only one of (a chosen photo): both ways are tried, ZXing with its slow passes
	 * @throws Error when the scanner itself cannot run (its program does not load); never for what a picture shows
	 */
	read(picture: ImageData, thorough?: boolean): Promise<readonly string[]>;
	/** Ends the worker. A later `read` starts another. */
	close(): void;
}

/** The browser's own detector (Shape Detection API), which TypeScript does not know. */
export interface NativeDetector {
	detect(picture: ImageData): Promise<readonly { readonly rawValue: string }[]>;
}

/** Of live frames in which the browser's detector saw nothing, every so many is shown to ZXing too. */
const secondOpinion = 4;

/**
 * A reader; nothing is loaded before its first picture. Whoever made it closes it.
 *
 * @param native how to get the browser's own detector; for tests
 */
export function codeReader(native: () => Promise<NativeDetector | undefined> = nativeDetector): CodeReader {
	let detector: Promise<NativeDetector | undefined> | undefined;
	let worker: ScanThread | undefined;
	let unseen = 0;

	async function byDetector(picture: ImageData): Promise<readonly string[]> {
		const own = await (detector ??= native());
		if (!own) return [];
		try {
			return (await own.detect(picture)).map(({ rawValue }) => rawValue).filter((text) => text !== '');
		} catch {
			// It promised more than the system has (its service is missing or was stopped): ZXing reads from here on.
			detector = Promise.resolve(undefined);
			return [];
		}
	}

	return {
		async read(picture, thorough = false) {
			const seen = await byDetector(picture);
			if (seen.length > 0 && !thorough) {
				unseen = 0;
				return seen;
			}
			const alone = (await detector) === undefined;
			if (!alone && !thorough && ++unseen % secondOpinion !== 0) return [];
			worker ??= startThread();
			try {
				return [...new Set([...seen, ...(await worker.read(picture, thorough))])];
			} catch (error) {
				worker?.end();
				worker = undefined;
				throw error;
			}
		},
		close() {
			worker?.end();
			worker = undefined;
		}
	};
}

interface ScanThread {
	read(picture: ImageData, thorough: boolean): Promise<readonly string[]>;
	end(): void;
}

function startThread(): ScanThread {
	const worker = new Worker(ownProgram(scanProgram), { type: 'module', name: 'lampkeep-scan' });
	const stopped = new Promise<never>((_, reject) => {
		worker.addEventListener('error', (event) => reject(new Error(`The scan worker stopped: ${event.message}`)));
	});
	// Only ever raced against; alone it is nobody's failure.
	stopped.catch(() => undefined);
	const remote = wrap<ScanWorker>(worker);
	const ready = Promise.race([prepared(remote), stopped]);
	return {
		async read({ data, width, height }, thorough) {
			await ready;
			const picture = transfer({ data: new Uint8ClampedArray(data), width, height }, []);
			return Promise.race([remote.read(transfer(picture, [picture.data.buffer]), thorough), stopped]);
		},
		end: () => worker.terminate()
	};
}

/** The program comes from our own address, out of the service worker's cache where there is no network. */
async function prepared(remote: Remote<ScanWorker>): Promise<void> {
	const answer = await fetch(programAddress);
	if (!answer.ok) throw new Error(`The scanner's program did not load: ${answer.status}.`);
	const program = await answer.arrayBuffer();
	await remote.prepare(transfer(program, [program]));
}

interface DetectorClass {
	new (options: { formats: string[] }): NativeDetector;
	getSupportedFormats(): Promise<readonly string[]>;
}

async function nativeDetector(): Promise<NativeDetector | undefined> {
	const found: unknown = Reflect.get(globalThis, 'BarcodeDetector');
	if (typeof found !== 'function') return undefined;
	const Detector = found as unknown as DetectorClass;
	try {
		const formats = await Detector.getSupportedFormats();
		return formats.includes('qr_code') ? new Detector({ formats: ['qr_code'] }) : undefined;
	} catch {
		return undefined;
	}
}

/** The longest side of a chosen photo as it is searched, pixels: three codes on a sheet keep 6 pixels a module. */
const photoSide = 3200;

/** The pixels of a chosen photo, upright; undefined if the file is no picture this browser can open. */
export async function pixelsOf(photo: Blob): Promise<ImageData | undefined> {
	let bitmap: ImageBitmap;
	try {
		bitmap = await createImageBitmap(photo, { imageOrientation: 'from-image' });
	} catch {
		return undefined;
	}
	const scale = Math.min(1, photoSide / Math.max(bitmap.width, bitmap.height));
	const canvas = document.createElement('canvas');
	canvas.width = Math.max(1, Math.round(bitmap.width * scale));
	canvas.height = Math.max(1, Math.round(bitmap.height * scale));
	const context = canvas.getContext('2d');
	if (!context) throw new Error('This browser draws nothing.');
	context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
	bitmap.close();
	return context.getImageData(0, 0, canvas.width, canvas.height);
}
