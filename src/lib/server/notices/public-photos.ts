import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type OutputInfo } from 'sharp';
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
	 * same one. Another draft, number or day gives another name: an address that was taken down never comes back, and no
	 * picture carries another's mark.
	 */
	token(draftId: string, sha256: Sha256, mark: string): string {
		const name = createHmac('sha256', this.#secret).update(`${draftId}/${sha256}/${mark}`).digest();
		return name.subarray(0, 16).toString('base64url');
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
		const token = this.token(draftId, sha256, mark);
		if (!(await this.#exists(token))) {
			const original = await originals(sha256);
			if (!original) return { type: 'photo_not_here', sha256 };
			try {
				const { full, small } = await derived(original, mark);
				await this.#write(token, 'small', small);
				// The full one last: its presence says that both are whole.
				await this.#write(token, 'full', full);
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

	/** Deletes the pictures of a notice that was taken down. */
	async remove(tokens: readonly string[]): Promise<void> {
		const paths = tokens.flatMap((token) => [this.#path(token, 'full'), this.#path(token, 'small')]);
		await Promise.all(paths.map((path) => rm(path, { force: true })));
	}

	/**
	 * Deletes what no notice shows and nobody is about to show: leftovers of an approval that came to nothing, or of a
	 * server that ended between a taking-down and its deletion.
	 *
	 * @param before milliseconds since 1970; younger files may belong to an approval under way
	 * @returns how many files went
	 */
	async sweep(shown: ReadonlySet<string>, before: number): Promise<number> {
		let names: string[];
		try {
			names = await readdir(this.#folder);
		} catch (error) {
			if (isMissing(error)) return 0;
			throw error;
		}
		let gone = 0;
		for (const name of names.filter((each) => !shown.has(each.slice(0, 22)))) {
			const path = join(this.#folder, name);
			if ((await stat(path)).mtimeMs >= before) continue;
			await rm(path, { force: true });
			gone += 1;
		}
		return gone;
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
		// Two approvals may make the same picture at once: each its own file, the last name wins, the bytes are the same.
		const part = `${path}.${randomBytes(6).toString('hex')}.part`;
		const file = await open(part, 'wx', 0o600);
		try {
			await file.writeFile(bytes);
			await file.sync();
		} finally {
			await file.close();
		}
		await rename(part, path);
	}

	#path(token: string, size: PublicSize): string {
		return join(this.#folder, size === 'full' ? `${token}.jpg` : `${token}.s.jpg`);
	}
}

/** Re-encoded from pixels: no metadata of the original is left (SECURITY T8). Decoded once for both sizes. */
async function derived(original: Uint8Array, mark: string): Promise<{ full: Buffer; small: Buffer }> {
	const { data, info } = await sharp(original, { limitInputPixels: 50_000_000, failOn: 'error' })
		.rotate()
		.resize(within(publicEdge))
		.flatten({ background: '#ffffff' })
		.raw()
		.toBuffer({ resolveWithObject: true });
	const raw = { width: info.width, height: info.height, channels: info.channels };
	const shrunk = await sharp(data, { raw })
		.resize(within(publicThumbnailEdge))
		.raw()
		.toBuffer({ resolveWithObject: true });
	return { full: await marked(data, raw, mark), small: await marked(shrunk.data, shrunk.info, mark) };
}

function marked(pixels: Buffer, raw: Pick<OutputInfo, 'width' | 'height' | 'channels'>, mark: string): Promise<Buffer> {
	const { width, height, channels } = raw;
	return sharp(pixels, { raw: { width, height, channels } })
		.composite([{ input: Buffer.from(watermarkSvg(width, height, mark)) }])
		.jpeg({ quality: 78 })
		.toBuffer();
}

function within(edge: number) {
	return { width: edge, height: edge, fit: 'inside', withoutEnlargement: true } as const;
}

function isMissing(error: unknown): boolean {
	return isFileError(error) && error.code === 'ENOENT';
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
	return error instanceof Error && 'syscall' in error && sqlState(error) === null;
}
