import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { sha256Schema, type Sha256 } from '#lib/domain/ids.ts';

/**
 * What is kept of a photo.
 * `original`: the bytes the tablet sent, whose SHA-256 its signed entry names; evidence, never served.
 * `full`: made again by us, at most 2048 px. `thumbnail`: at most 320 px. Both JPEG without metadata.
 */
export type PhotoCopy = 'original' | 'full' | 'thumbnail';

/** Where photos are kept. On disk by default; an object store needs these two calls and nothing else. */
export interface PhotoStore {
	/** Resolves when the bytes would survive a power cut. Writing the same again is harmless. */
	write(sha256: Sha256, copy: PhotoCopy, bytes: Uint8Array): Promise<void>;
	/** Undefined where there is no such photo. */
	read(sha256: Sha256, copy: PhotoCopy): Promise<Uint8Array<ArrayBuffer> | undefined>;
}

/** Photos as files `<folder>/<first two digits>/<sha256>.<copy>`, written beside and renamed, so that none is ever half there. */
export class DiskPhotoStore implements PhotoStore {
	readonly #folder: string;

	constructor(folder: string) {
		this.#folder = folder;
	}

	async write(sha256: Sha256, copy: PhotoCopy, bytes: Uint8Array): Promise<void> {
		const path = this.#path(sha256, copy);
		const folder = dirname(path);
		await mkdir(folder, { recursive: true, mode: 0o700 });
		const draft = `${path}.${randomBytes(6).toString('hex')}.new`;
		try {
			const file = await open(draft, 'wx', 0o600);
			try {
				await file.writeFile(bytes);
				await file.sync();
			} finally {
				await file.close();
			}
			await rename(draft, path);
		} catch (error) {
			await rm(draft, { force: true });
			throw error;
		}
		// The name too must survive, and names are the folder's.
		await synced(folder);
		await synced(this.#folder);
	}

	async read(sha256: Sha256, copy: PhotoCopy): Promise<Uint8Array<ArrayBuffer> | undefined> {
		try {
			return new Uint8Array(await readFile(this.#path(sha256, copy)));
		} catch (error) {
			if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
			throw error;
		}
	}

	/** Parsed again: a name that is no hash must never become a path. */
	#path(sha256: Sha256, copy: PhotoCopy): string {
		const name = sha256Schema.parse(sha256);
		return join(this.#folder, name.slice(0, 2), `${name}.${copy}`);
	}
}

async function synced(folder: string): Promise<void> {
	const handle = await open(folder, 'r');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
