import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { photoBytesMaximum } from '#lib/domain/photo/photo.ts';
import { sha256Schema, type Sha256 } from '#lib/domain/ids.ts';
import type { PhotoState } from '#lib/sync/protocol.ts';
import { serverLog } from '../audit/server-log.ts';
import type { KnownDevice } from '../sync/device-request.ts';
import { ExaminationFailed } from './examine.ts';
import type { RegistryPhotos, StoredState } from './registry-photos.ts';

/** Where uploads are made; the upload of a photo lies at `<uploadsPath>/<sha256>`. */
export const uploadsPath = '/api/photos/uploads';
/** One piece has 256 kB; a request with more than this is none of ours. */
export const pieceBytesMaximum = 1_000_000;

const mediaTypes = new Set(['image/jpeg', 'image/png', 'image/webp']);

/**
 * Resumable uploads by tus (https://tus.io/protocols/resumable-upload), named by the SHA-256 of what is uploaded: any
 * tablet that has the photo can go on where another stopped.
 */
export class PhotoUploads {
	readonly #folder: string;
	readonly #photos: RegistryPhotos;
	readonly #tus: Server;
	readonly #store: FileStore;
	/** Whose request it is; requests are told apart by their object. */
	readonly #senders = new WeakMap<object, KnownDevice>();
	/** What became of a photo whose last piece came with this request. */
	readonly #taken = new WeakMap<object, Taken>();
	readonly #now: () => Date;

	/** @param folder for what has arrived in part; made when needed */
	constructor(folder: string, photos: RegistryPhotos, now: () => Date) {
		this.#folder = folder;
		this.#photos = photos;
		this.#now = now;
		this.#store = new FileStore({ directory: folder, expirationPeriodInMilliseconds: 30 * 86_400_000 });
		this.#tus = new Server({
			path: uploadsPath,
			datastore: this.#store,
			maxSize: photoBytesMaximum,
			relativeLocation: true,
			// No other site's page has any business here.
			allowedOrigins: [],
			// Nothing but a hash may become a file's name.
			getFileIdFromRequest: (_, lastPath) => sha256Schema.safeParse(lastPath).data,
			namingFunction: (_, metadata) => announced(metadata),
			onUploadCreate: async (_, { metadata }) => {
				announced(metadata);
				if (!mediaTypes.has(metadata?.['filetype'] ?? '')) throw fault(400, 'invalid', 'filetype');
				return {};
			},
			onUploadFinish: async (request, { id }) => {
				const sender = this.#senders.get(request);
				if (!sender) throw new Error('an upload ended in a request nobody signed');
				const sha256 = sha256Schema.parse(id);
				const state = await this.#take(sha256, sender);
				if (state === 'mismatch') {
					await this.#store.remove(sha256);
					throw fault(422, 'sha256_wrong', 'sha256');
				}
				this.#taken.set(request, { sha256, state });
				return {};
			},
			onResponseError: (_, error) => {
				if ('status_code' in error) return undefined;
				if (error instanceof ExaminationFailed) return fault(503, 'busy');
				serverLog.error({ err: error }, 'An upload of a photo failed');
				return fault(500, 'internal');
			}
		});
	}

	/**
	 * @param request with its body whole, as the tablet signed it
	 * @returns tus' answer; `taken` where the photo is whole with this request
	 */
	async handle(request: Request, sender: KnownDevice): Promise<{ answer: Response; taken: Taken | undefined }> {
		this.#senders.set(request, sender);
		const answer = await this.#tus.handleWeb(request);
		const taken = this.#taken.get(request);
		// Only now: where all of a photo came with its announcement, tus looks at the upload once more before it answers.
		if (taken) await this.#store.remove(taken.sha256);
		return { answer, taken };
	}

	/**
	 * How far a photo is. One that arrived whole but was not taken, because the registry died in between, is taken now.
	 */
	async state(sha256: Sha256, sender: KnownDevice): Promise<PhotoState['state']> {
		const stored = await this.#photos.state(sha256);
		if (stored) return stored;
		const upload = await this.#begun(sha256);
		if (!upload) return { status: 'missing' };
		if (upload.offset !== upload.size) return { status: 'partial', offset: upload.offset };
		const taken = await this.#take(sha256, sender);
		await this.#store.remove(sha256);
		return taken === 'mismatch' ? { status: 'missing' } : taken;
	}

	/** Deletes what nobody has gone on with for 30 days. Returns how many. */
	async clear(): Promise<number> {
		// The store makes its folder by and by, and stumbles over one that is not there yet.
		await mkdir(this.#folder, { recursive: true, mode: 0o700 });
		return this.#tus.cleanUpExpiredUploads();
	}

	async #begun(sha256: Sha256): Promise<{ offset: number; size: number | undefined } | undefined> {
		try {
			await stat(join(this.#folder, sha256));
			const { offset, size } = await this.#store.getUpload(sha256);
			return { offset, size };
		} catch (error) {
			if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
			// tus' own "not found": the file is there, what it should become is not.
			if (error !== null && typeof error === 'object' && 'status_code' in error && error.status_code === 404)
				return undefined;
			throw error;
		}
	}

	async #take(sha256: Sha256, sender: KnownDevice) {
		return this.#photos.take(sha256, await readFile(join(this.#folder, sha256)), sender, this.#now());
	}
}

/** A photo that is whole, and what became of it. */
export interface Taken {
	readonly sha256: Sha256;
	readonly state: StoredState;
}

function announced(metadata: Record<string, string | null> | undefined): Sha256 {
	const sha256 = sha256Schema.safeParse(metadata?.['sha256']);
	if (!sha256.success) throw fault(400, 'invalid', 'sha256');
	return sha256.data;
}

/** A refusal in the form tus passes on. */
function fault(status: number, error: string, field?: string): { status_code: number; body: string } {
	return { status_code: status, body: JSON.stringify({ error, ...(field === undefined ? {} : { field }) }) };
}
