import { createHash } from 'node:crypto';
import type { InstitutionId, Sha256 } from '#lib/domain/ids.ts';
import type { LooseContent } from '#lib/domain/loose/loose.ts';
import { receiptCode } from '#lib/sync/chain.ts';
import { writeAudit } from '../audit/audit.ts';
import type { ProgramDatabase, Session } from '../db/connection.ts';
import { sha256Hex } from '../entry-log/signatures.ts';
import { notify } from '../inbox/inbox.ts';
import { keepScan } from '../photos/desk-scans.ts';
import type { RegistryPhotos } from '../photos/registry-photos.ts';
import type { KnownDevice } from '../sync/device-request.ts';

/** What loose records are kept with. */
export interface LooseDoor {
	readonly database: ProgramDatabase;
	readonly photos: Pick<RegistryPhotos, 'take'>;
	readonly now: () => Date;
	readonly random: (bytes: number) => Uint8Array;
}

export interface ArrivedLoose {
	readonly id: string;
	readonly content: LooseContent;
	/** The tablet that sent it with its own records, if one did. */
	readonly from?: KnownDevice;
}

/** What the writer is told: when it came, and 8 hex digits to read aloud. */
export interface LooseReceipt {
	readonly receivedAt: string;
	readonly receipt: string;
}

/**
 * Keeps a loose record and tells the officers. The same record again gets the same receipt.
 *
 * @returns `busy` when a picture could not be looked at just now (nothing is kept, send it again); `id_taken` when another
 * record has this id
 */
export async function keepLoose(
	door: LooseDoor,
	{ id, content, from }: ArrivedLoose,
	now: Date
): Promise<LooseReceipt | 'busy' | 'id_taken'> {
	const whole = JSON.stringify(content);
	const contentHash = sha256Hex(whole);
	const known = await door.database.inScope({ kind: 'registry' }, (session) => storedLoose(session, id));
	if (known) return known.contentHash === contentHash ? told(known) : 'id_taken';

	const registry = await door.database.inScope({ kind: 'registry' }, registryHouse);
	const photos: Sha256[] = [];
	let refused = 0;
	for (const photo of content.photos ?? []) {
		const kept =
			registry && (await keepScan(door, { institutionId: registry }, new Blob([Buffer.from(photo, 'base64url')])));
		if (kept && !kept.ok && kept.error.type === 'busy') return 'busy';
		if (kept?.ok) photos.push(kept.value.sha256);
		else refused += 1;
	}
	const receivedAt = now.toISOString();
	const receipt = receiptCode(sha256Hex(`lampkeep-loose-1\n${id}\n${receivedAt}\n${contentHash}`));
	const stored = await door.database.inScope({ kind: 'registry' }, async (session) => {
		const { rowCount } = await session.query(
			`INSERT INTO loose_records (id, body, photos, photos_refused, sealed, institution_id, device_id, content_hash, receipt,
				received_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING`,
			[
				id,
				JSON.stringify(content.loose),
				photos,
				refused,
				refused > 0 ? whole : null,
				from?.institutionId ?? null,
				from?.deviceId ?? null,
				contentHash,
				receipt,
				receivedAt
			]
		);
		if (rowCount === 1) {
			if (registry) {
				const details = { record: id, photos: photos.length, ...(from && { device: from.deviceId }) };
				await writeAudit(session, { institutionId: registry, action: 'loose.received', details });
			}
			await notify(session, { to: { role: 'registry_officer' }, code: 'loose_record_came', refs: { ref: id } });
		}
		return storedLoose(session, id);
	});
	if (!stored) throw new Error(`the loose record ${id} was written and is not there`);
	return stored.contentHash === contentHash ? told(stored) : 'id_taken';
}

/** The id of a loose record that a tablet sent with its own: always the same for the same place of its journal (UUID 8, RFC 9562). */
export function looseIdOf(deviceId: string, number: number): string {
	const hash = createHash('sha256').update(`lampkeep-loose-id-1\n${deviceId}\n${number}`).digest();
	hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
	hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
	const hex = hash.toString('hex');
	return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

/** The registry's own house, to which its officers belong. */
export async function registryHouse(session: Session): Promise<InstitutionId | undefined> {
	const { rows } = await session.query<{ id: InstitutionId }>(
		`SELECT id FROM institutions WHERE kind = 'registry' ORDER BY created_at, id LIMIT 1`
	);
	return rows[0]?.id;
}

async function storedLoose(
	session: Session,
	id: string
): Promise<(LooseReceipt & { readonly contentHash: string }) | undefined> {
	const { rows } = await session.query<LooseReceipt & { contentHash: string }>(
		`SELECT received_at AS "receivedAt", receipt, content_hash AS "contentHash" FROM loose_records WHERE id = $1`,
		[id]
	);
	return rows[0];
}

function told({ receivedAt, receipt }: LooseReceipt): LooseReceipt {
	return { receivedAt, receipt };
}
