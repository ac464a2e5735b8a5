import { createHash } from 'node:crypto';
import type { DeviceId, InstitutionId, Sha256 } from '#lib/domain/ids.ts';
import { receiptCode } from '#lib/sync/chain.ts';
import type { PhotoState } from '#lib/sync/protocol.ts';
import type { ProgramDatabase, Scope } from '../db/connection.ts';
import { sha256Hex } from '../entry-log/signatures.ts';
import { examinePhoto } from './examine.ts';
import type { PhotoCopy, PhotoStore } from './photo-store.ts';

export type StoredState = Extract<PhotoState['state'], { status: 'stored' | 'refused' }>;

/** The registry's photos: files in a store, what became of them in the database. */
export class RegistryPhotos {
	readonly #database: ProgramDatabase;
	readonly #store: PhotoStore;

	constructor(database: ProgramDatabase, store: PhotoStore) {
		this.#database = database;
		this.#store = store;
	}

	/**
	 * Takes a photo whose bytes have arrived whole. The files are safe before the database says "stored".
	 *
	 * @returns `mismatch` when the bytes have another SHA-256 than they were announced with: nothing is kept
	 * @throws ExaminationFailed when the machine was too slow; the upload stays and is tried again
	 */
	async take(
		sha256: Sha256,
		bytes: Uint8Array,
		from: { deviceId: DeviceId; institutionId: InstitutionId },
		now: Date
	): Promise<StoredState | 'mismatch'> {
		if (createHash('sha256').update(bytes).digest('hex') !== sha256) return 'mismatch';
		const known = await this.state(sha256);
		if (known) return known;
		const examined = await examinePhoto(bytes);
		if (examined.ok) {
			await this.#store.write(sha256, 'original', bytes);
			await this.#store.write(sha256, 'full', examined.value.full);
			await this.#store.write(sha256, 'thumbnail', examined.value.thumbnail);
		}
		const receivedAt = now.toISOString();
		const receipt = receiptCode(sha256Hex(`lampkeep-photo-1\n${sha256}\n${receivedAt}`));
		await this.#database.inScope(registry, (session) =>
			session.query(
				`INSERT INTO photos (sha256, institution_id, device_id, status, reason, media_type, bytes, width, height, receipt, received_at)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (sha256) DO NOTHING`,
				[
					sha256,
					from.institutionId,
					from.deviceId,
					examined.ok ? 'stored' : 'refused',
					examined.ok ? null : examined.error.type,
					examined.ok ? `image/${examined.value.format}` : null,
					bytes.length,
					examined.ok ? examined.value.width : null,
					examined.ok ? examined.value.height : null,
					receipt,
					receivedAt
				]
			)
		);
		const stored = await this.state(sha256);
		if (!stored) throw new Error(`photo ${sha256} was written and is not there`);
		return stored;
	}

	/** What became of a photo; undefined while it has not arrived whole. */
	async state(sha256: Sha256): Promise<StoredState | undefined> {
		const { rows } = await this.#database.inScope(registry, (session) =>
			session.query<{ status: 'stored' | 'refused'; reason: string | null; receivedAt: string; receipt: string }>(
				'SELECT status, reason, received_at AS "receivedAt", receipt FROM photos WHERE sha256 = $1',
				[sha256]
			)
		);
		const row = rows[0];
		if (!row) return undefined;
		return row.status === 'refused'
			? { status: 'refused', reason: row.reason ?? '' }
			: { status: 'stored', receivedAt: row.receivedAt, receipt: row.receipt };
	}

	/**
	 * The picture, for whom the scope stands: only where an entry of a child names it that a house may read now. A photo
	 * that no entry names is kept and shown to nobody.
	 */
	async picture(
		scope: Scope,
		sha256: Sha256,
		copy: Exclude<PhotoCopy, 'original'>
	): Promise<Uint8Array<ArrayBuffer> | undefined> {
		const { rowCount } = await this.#database.inScope(scope, (session) =>
			// Row-level security shows a house its own children and the entries of its own feed, and nothing else.
			session.query(
				`SELECT 1 FROM photo_uses JOIN child_rows ON child_rows.child_id = photo_uses.child_id
				WHERE photo_uses.sha256 = $1 LIMIT 1`,
				[sha256]
			)
		);
		return rowCount > 0 ? this.#store.read(sha256, copy) : undefined;
	}

	/** For publishing: the picture as made again by us, whoever asks; undefined while it has not arrived. */
	readonly forPublishing = (sha256: Sha256): Promise<Uint8Array | undefined> => this.#store.read(sha256, 'full');
}

const registry: Scope = { kind: 'registry' };
