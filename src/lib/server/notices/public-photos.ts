import { createHmac } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Sha256 } from '#lib/domain/ids.ts';
import { sqlState } from '../db/connection.ts';
import { watermarkSvg } from './watermark.ts';

/** The longest edge of a public picture and of the picture in lists, pixels (SECURITY T7). */
export const publicEdge = 640;
export const publicThumbnailEdge = 320;
export type PublicSize = 'full' | 'small';

/** Where the originals come from: the registry's photo store. Undefined while a photo has not arrived yet. */
export type Originals = (sha256: Sha256) => Promise<Uint8Array | undefined>;

export interface DerivedPhoto {
	readonly token: string;
	readonly width: number;
	readonly height: number;
}

export type PhotoFault =
	| { readonly type: 'photo_not_here'; readonly sha256: Sha256 }
	| { readonly type: 'photo_unreadable'; readonly sha256: Sha256 };

const tokenForm = /^[A-Za-z0-9_-]{22}$/;

/** The public pictures: small, marked, under names that say nothing. Originals never pass through here to the public. */
export class PublicPhotos {
	readonly #folder: string;
	readonly #secret: string;

	/**
	 * @param folder in the data folder; made when needed
	 * @param secret a key derived for this purpose (`deriveSecret(…, 'public-photos')`)
	 */
	constructor(folder: string, secret: string) {
		this.#folder = folder;
		this.#secret = secret;
	}

	/**
	 * The public name of a photo in one publication: HMAC, so that nobody can guess or compare it, and a rebuild gives the
	 * same one. Another draft gives another name: an address that was taken down never comes back.
	 */
	token(draftId: string, sha256: Sha256): string {
		return createHmac('sha256', this.#secret)
			.update(`${draftId}/${sha256}`)
			.digest()
			.subarray(0, 16)
			.toString('base64url');
	}

	/**
	 * Makes both sizes if they are not there. Their bytes depend on the photo and the mark alone.
	 *
	 * @param mark registry number and date, e.g. 'LK-7F3K-29QX 2026-11-22'
	 */
	async derive(
		draftId: string,
		sha256: Sha256,
		mark: string,
		originals: Originals
	): Promise<DerivedPhoto | PhotoFault> {
		const token = this.token(draftId, sha256);
		if (!(await this.#exists(token))) {
			const original = await originals(sha256);
			if (!original) return { type: 'photo_not_here', sha256 };
			try {
				await this.#write(token, 'small', await derived(original, publicThumbnailEdge, mark));
				// The full one last: its presence says that both are whole.
				await this.#write(token, 'full', await derived(original, publicEdge, mark));
			} catch (error) {
				if (isFileError(error)) throw error;
				return { type: 'photo_unreadable', sha256 };
			}
		}
		const { width, height } = await sharp(this.#path(token, 'full')).metadata();
		return { token, width, height };
	}

	/** The picture's bytes (JPEG), or undefined where there is none. Whether it is public is for the caller to know. */
	async read(token: string, size: PublicSize): Promise<Uint8Array<ArrayBuffer> | undefined> {
		if (!tokenForm.test(token)) return undefined;
		try {
			return new Uint8Array(await readFile(this.#path(token, size)));
		} catch (error) {
			if (isMissing(error)) return undefined;
			throw error;
		}
	}

	/** Deletes every picture that no notice shows. Run after each taking-down and at start. Returns how many files went. */
	async sweep(shown: ReadonlySet<string>): Promise<number> {
		let names: string[];
		try {
			names = await readdir(this.#folder);
		} catch (error) {
			if (isMissing(error)) return 0;
			throw error;
		}
		const stale = names.filter((name) => !shown.has(name.slice(0, 22)));
		await Promise.all(stale.map((name) => rm(join(this.#folder, name), { force: true })));
		return stale.length;
	}

	async #exists(token: string): Promise<boolean> {
		try {
			return (await stat(this.#path(token, 'full'))).size > 0;
		} catch (error) {
			if (isMissing(error)) return false;
			throw error;
		}
	}

	async #write(token: string, size: PublicSize, bytes: Buffer): Promise<void> {
		await mkdir(this.#folder, { recursive: true, mode: 0o700 });
		const path = this.#path(token, size);
		const file = await open(`${path}.part`, 'w', 0o600);
		try {
			await file.writeFile(bytes);
			await file.sync();
		} finally {
			await file.close();
		}
		await rename(`${path}.part`, path);
	}

	#path(token: string, size: PublicSize): string {
		return join(this.#folder, size === 'full' ? `${token}.jpg` : `${token}.s.jpg`);
	}
}

/** Re-encoded from pixels: no metadata of the original is left (SECURITY T8). */
async function derived(original: Uint8Array, edge: number, mark: string): Promise<Buffer> {
	const { data, info } = await sharp(original, { limitInputPixels: 50_000_000, failOn: 'error' })
		.rotate()
		.resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
		.flatten({ background: '#ffffff' })
		.raw()
		.toBuffer({ resolveWithObject: true });
	return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
		.composite([{ input: Buffer.from(watermarkSvg(info.width, info.height, mark)) }])
		.jpeg({ quality: 78, mozjpeg: true })
		.toBuffer();
}

function isMissing(error: unknown): boolean {
	return isFileError(error) && error.code === 'ENOENT';
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
	return error instanceof Error && 'syscall' in error && sqlState(error) === null;
}
