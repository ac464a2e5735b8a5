import { expose } from 'comlink';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/*
 * Finds QR codes in a picture. Its WebAssembly is handed to it by the page: the library's own way is to fetch it from a
 * public host, and this worker has no network at all (its policy is connect-src 'none').
 */

export interface Picture {
	/** RGBA, 4 bytes a pixel, as in ImageData. */
	readonly data: Uint8ClampedArray<ArrayBuffer>;
	readonly width: number;
	readonly height: number;
}

export interface ScanWorker {
	/** Once, before the first `read`. @param program the bytes of zxing_reader.wasm */
	prepare(program: ArrayBuffer): Promise<void>;
	/** The texts of the codes in the picture, in no order; at most 8. @param thorough slower: for a picture there is only one of */
	read(picture: Picture, thorough: boolean): Promise<readonly string[]>;
}

const worker: ScanWorker = {
	async prepare(program) {
		await prepareZXingModule({
			overrides: {
				wasmBinary: program,
				// Asked for a name even so; the default names a public host. Nothing is fetched from it.
				locateFile: (path: string) => path
			},
			fireImmediately: true
		});
	},

	async read({ data, width, height }, thorough) {
		const found = await readBarcodes(new ImageData(data, width, height), {
			formats: ['QRCode'],
			tryHarder: thorough,
			tryRotate: true,
			tryInvert: thorough,
			tryDownscale: true,
			maxNumberOfSymbols: 8
		});
		return found.filter(({ isValid }) => isValid).map(({ text }) => text);
	}
};

expose(worker);
