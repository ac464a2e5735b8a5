import '../plain-schemas.ts';
import { expose, transfer } from 'comlink';
import type { Result } from '#lib/domain/result.ts';
import type { PreparedPhoto } from '../tablet.ts';
import { encodePhoto, type PhotoFault } from './encode-photo.ts';

/* Decoding and encoding a photo takes a second on a cheap tablet; here it takes none of the page's. */

export interface PhotoWorker {
	prepare(file: Blob): Promise<Result<PreparedPhoto, PhotoFault>>;
}

const worker: PhotoWorker = {
	async prepare(file) {
		const prepared = await encodePhoto(file, (width, height) => new OffscreenCanvas(width, height));
		if (!prepared.ok) return prepared;
		return transfer(prepared, [prepared.value.bytes.buffer, prepared.value.thumbnail.buffer]);
	}
};

expose(worker);
