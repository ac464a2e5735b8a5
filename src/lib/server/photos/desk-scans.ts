import { createHash } from 'node:crypto';
import { uuidV7, type DeviceId, type InstitutionId, type Sha256 } from '#lib/domain/ids.ts';
import { photoBytesMaximum, type Photo } from '#lib/domain/photo/photo.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import type { ProgramDatabase } from '../db/connection.ts';
import { examinePhoto, ExaminationFailed, type PhotoRefusal } from './examine.ts';
import type { RegistryPhotos } from './registry-photos.ts';

/** What pictures of papers are kept with. `random` gives fresh random bytes. */
export interface ScanDesk {
	readonly database: ProgramDatabase;
	readonly photos: Pick<RegistryPhotos, 'take'>;
	readonly random: (bytes: number) => Uint8Array;
	readonly now: () => Date;
}

export type Scan = Pick<Photo, 'sha256' | 'mediaType' | 'bytes' | 'width' | 'height'>;
export type ScanRefusal = PhotoRefusal | { readonly type: 'pdf' } | { readonly type: 'busy' };

/**
 * Keeps the picture of a page that was brought to the desk. Drawn again before it is named: the picture on file carries
 * nothing of the camera or the scanner, and is at most 2048 px. Until an entry names it nobody is shown it.
 */
export async function keepScan(
	desk: ScanDesk,
	user: Pick<SignedInUser, 'institutionId'>,
	file: Blob
): Promise<Result<Scan, ScanRefusal>> {
	if (file.size > photoBytesMaximum) return err({ type: 'too_large' });
	const given = new Uint8Array(await file.arrayBuffer());
	if (isPdf(given)) return err({ type: 'pdf' });
	try {
		const examined = await examinePhoto(given);
		if (!examined.ok) return examined;
		const { full, width, height } = examined.value;
		const bytes = new Uint8Array(full);
		const sha256 = createHash('sha256').update(bytes).digest('hex') as Sha256;
		const from = { institutionId: user.institutionId, deviceId: await deskDevice(desk, user.institutionId) };
		const taken = await desk.photos.take(sha256, bytes, from, desk.now());
		if (taken === 'mismatch' || taken.status === 'refused') return err({ type: 'damaged' });
		return ok({ sha256, mediaType: 'image/jpeg', bytes: bytes.length, width, height });
	} catch (error) {
		if (error instanceof ExaminationFailed) return err({ type: 'busy' });
		throw error;
	}
}

/**
 * Scans that a form carries along: only those this house's own desk kept, whatever the form says.
 *
 * @param names SHA-256 as the form has them
 */
export async function keptScans(
	desk: Pick<ScanDesk, 'database'>,
	user: Pick<SignedInUser, 'institutionId'>,
	names: readonly string[]
): Promise<readonly Scan[]> {
	if (names.length === 0) return [];
	const { rows } = await desk.database.inScope({ kind: 'registry' }, (session) =>
		session.query<{ sha256: Sha256; bytes: number; width: number; height: number }>(
			`SELECT photos.sha256, photos.bytes, photos.width, photos.height
			FROM photos JOIN desk_devices ON desk_devices.device_id = photos.device_id
			WHERE photos.sha256 = ANY ($1::text[]) AND photos.status = 'stored' AND desk_devices.institution_id = $2`,
			[names, user.institutionId]
		)
	);
	const found = new Map(rows.map((row) => [row.sha256, row]));
	return names.flatMap((name) => {
		const row = found.get(name as Sha256);
		return row ? [{ ...row, mediaType: 'image/jpeg' as const }] : [];
	});
}

function isPdf(bytes: Uint8Array): boolean {
	return Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-');
}

/** The desk of the house as what sent the picture, made when it is needed first. */
async function deskDevice(desk: ScanDesk, institutionId: InstitutionId): Promise<DeviceId> {
	const fresh = uuidV7(desk.now().getTime(), desk.random(10)) as DeviceId;
	return desk.database.inScope({ kind: 'registry' }, async (session) => {
		await session.query(
			'INSERT INTO desk_devices (institution_id, device_id) VALUES ($1, $2) ON CONFLICT (institution_id) DO NOTHING',
			[institutionId, fresh]
		);
		const { rows } = await session.query<{ deviceId: DeviceId }>(
			'SELECT device_id AS "deviceId" FROM desk_devices WHERE institution_id = $1',
			[institutionId]
		);
		return rows[0]?.deviceId ?? fresh;
	});
}
