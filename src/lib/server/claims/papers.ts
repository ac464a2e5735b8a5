import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** `full`: at most 2048 px, for reading at a desk. `small`: at most 320 px, for the family to see that it arrived. */
export type PaperCopy = 'full' | 'small';

/**
 * Photos of papers that families sent, `<folder>/<id>.<copy>.jpg`. By id and not by content: a paper that two claims show is
 * two files, so that erasing one claim never takes the other's.
 */
export class PaperStore {
	readonly #folder: string;

	/** @param folder DATA_DIR/claim-papers; nothing in it is ever public */
	constructor(folder: string) {
		this.#folder = folder;
	}

	/** Resolves when the bytes would survive a power cut. */
	async write(id: string, copy: PaperCopy, bytes: Uint8Array): Promise<void> {
		await mkdir(this.#folder, { recursive: true, mode: 0o700 });
		const path = this.#path(id, copy);
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
		const folder = await open(this.#folder, 'r');
		try {
			await folder.sync();
		} finally {
			await folder.close();
		}
	}

	/** Undefined where there is no such paper, or no more. */
	async read(id: string, copy: PaperCopy): Promise<Uint8Array<ArrayBuffer> | undefined> {
		try {
			return new Uint8Array(await readFile(this.#path(id, copy)));
		} catch (error) {
			if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
			throw error;
		}
	}

	/** Removing again what is gone is harmless. */
	async remove(ids: readonly string[]): Promise<void> {
		for (const id of ids) {
			await rm(this.#path(id, 'full'), { force: true });
			await rm(this.#path(id, 'small'), { force: true });
		}
	}

	/** Parsed again: what is no id must never become a path. */
	#path(id: string, copy: PaperCopy): string {
		return join(this.#folder, `${z.uuid().parse(id)}.${copy}.jpg`);
	}
}
