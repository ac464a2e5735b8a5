import { z } from 'zod';
import type { DeviceId, InstitutionId } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { QuarantineReason } from '#lib/sync/protocol.ts';
import { readOutboxFile, type OutboxFileFault } from '#lib/sync/outbox-file.ts';
import { sealedBytesMaximum, sealedRecordsMaximum, type SealedOutcome } from '#lib/sync/sealed.ts';
import type { Session } from '../db/connection.ts';
import type { PhotoDoor } from '../photos/routes.ts';
import { takeSealed } from './sealed-route.ts';

/*
 * What a tablet without a network had carried out in a file, taken at a desk. It goes the road of `POST /api/sync/sealed`: the
 * file needs no signature of its own, for what is inside is signed by those who wrote it, and only the registry can read it.
 */

/** What became of the file, record by record; no word of what is inside. */
export interface ImportReport {
	readonly deviceId: DeviceId;
	/** Its name. */
	readonly tablet: string;
	/** When it was made, by the tablet's clock. */
	readonly at: string;
	readonly records: number;
	/** Entries that are in a file now, that were known before, and that were set aside, by reason. */
	readonly accepted: number;
	readonly known: number;
	readonly setAside: readonly { readonly reason: QuarantineReason['type']; readonly count: number }[];
	readonly photosKept: number;
	readonly photosRefused: number;
	/** Records that do not open or cannot be read; kept as they came. */
	readonly unreadable: number;
	/** Records that could not be dealt with now: the same file may be brought again. */
	readonly notNow: number;
	/** Records that the file promised and does not hold: it was cut off. */
	readonly missing: number;
}

export type ImportFault = OutboxFileFault | { readonly type: 'tablet_unknown' };

/**
 * Takes everything in the file. Idempotent: the same file brought again changes nothing.
 *
 * @param text of the whole file
 * @param findTablet in the scope of the person at the desk: a supervisor brings files of the own house's tablets only
 */
export async function importOutbox(
	door: PhotoDoor,
	text: string,
	findTablet: (id: string) => Promise<ImportingTablet | undefined>
): Promise<Result<ImportReport, ImportFault>> {
	const file = readOutboxFile(text);
	if (!file.ok) return file;
	const { deviceId, at, records, missing } = file.value;
	const tablet = await findTablet(deviceId);
	if (!tablet) return err({ type: 'tablet_unknown' });
	const from = {
		sender: { deviceId, institutionId: tablet.institutionId },
		closed: tablet.closed,
		heard: false,
		now: door.now()
	};
	const outcomes: SealedOutcome[] = [];
	for (const batch of batches(records)) outcomes.push(...(await takeSealed(door, from, batch)));
	return ok({ ...counted(outcomes, records), deviceId, tablet: tablet.name, at, missing });
}

export interface ImportingTablet {
	readonly institutionId: InstitutionId;
	readonly name: string;
	readonly closed: boolean;
}

const hasNumber = z.object({ number: z.int().min(1) });

/** A tablet that the session may see. */
export async function tabletOfFile(session: Session, id: string): Promise<ImportingTablet | undefined> {
	const { rows } = await session.query<ImportingTablet>(
		`SELECT institution_id AS "institutionId", COALESCE(name, '') AS name, revoked_at IS NOT NULL AS closed
		FROM devices WHERE id = $1`,
		[id]
	);
	return rows[0];
}

/** As many records at a time as a tablet may send at once. */
function batches(records: readonly unknown[]): readonly (readonly unknown[])[] {
	const all: unknown[][] = [];
	let bytes = 0;
	for (const record of records) {
		const size = JSON.stringify(record).length;
		const last = all.at(-1);
		if (last === undefined || last.length === sealedRecordsMaximum || bytes + size > sealedBytesMaximum) {
			all.push([record]);
			bytes = size;
		} else {
			last.push(record);
			bytes += size;
		}
	}
	return all;
}

function counted(
	outcomes: readonly SealedOutcome[],
	records: readonly unknown[]
): Omit<ImportReport, 'deviceId' | 'tablet' | 'at' | 'missing'> {
	const receipts = outcomes.flatMap((outcome) => ('receipts' in outcome ? outcome.receipts : []));
	const photos = outcomes.flatMap((outcome) => ('photo' in outcome ? [outcome.photo.status] : []));
	// Kept as they came, and no outcome can name them.
	const nameless = records.filter((record) => !hasNumber.safeParse(record).success).length;
	const reasons = new Map<QuarantineReason['type'], number>();
	for (const receipt of receipts) {
		if (receipt.outcome === 'quarantined')
			reasons.set(receipt.reason.type, (reasons.get(receipt.reason.type) ?? 0) + 1);
	}
	return {
		records: records.length,
		accepted: receipts.filter(({ outcome }) => outcome === 'accepted').length,
		known: receipts.filter(({ outcome }) => outcome === 'duplicate').length,
		setAside: [...reasons].map(([reason, count]) => ({ reason, count })),
		photosKept: photos.filter((status) => status === 'stored').length,
		photosRefused: photos.filter((status) => status === 'refused').length,
		unreadable: outcomes.filter(({ outcome }) => outcome === 'unreadable').length + nameless,
		notNow: Math.max(0, records.length - nameless - outcomes.length)
	};
}
