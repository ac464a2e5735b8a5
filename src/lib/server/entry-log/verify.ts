import type { DeviceId, EntryId, InstitutionId } from '#lib/domain/ids.ts';
import { chainHash, chainStart } from '#lib/sync/chain.ts';
import type { ProgramDatabase, Session } from '../db/connection.ts';
import { previousIn } from './previous-in.ts';
import { sha256Hex } from './signatures.ts';

/** What is wrong at the first bad row of a feed. */
export type ChainProblem =
	/** The hash does not follow from what stands before: the row, its entry, or the order was changed. */
	| 'hash_wrong'
	/** The text of the entry is not the text that was received. */
	| 'body_changed'
	/** A position is missing. */
	| 'row_missing'
	/** The feed ends before, or after, the place its head names. */
	| 'head_wrong';

export interface BrokenChain {
	readonly institutionId: InstitutionId;
	readonly position: number;
	readonly entryId: string | null;
	readonly problem: ChainProblem;
}

/** The first entry of a tablet or desk that does not follow the one before it. */
export interface BrokenDeviceChain {
	readonly deviceId: DeviceId;
	readonly deviceSeq: number;
	readonly entryId: EntryId;
	readonly problem: DeviceChainProblem;
}

export type DeviceChainProblem =
	/** `previous` is not the hash of the entry with the number before. */
	| 'previous_wrong'
	/** Number 1 names an entry before it, or a later number says that there is none. */
	| 'start_wrong';

export interface Verified {
	readonly feeds: number;
	readonly rows: number;
	/** Tablets and desks that wrote. */
	readonly devices: number;
	/** The first bad entry of each device that has one. Numbers that are not there are no fault: they were set aside, or still to come. */
	readonly brokenDevices: readonly BrokenDeviceChain[];
	/** The first bad row of each feed that has one. */
	readonly broken: readonly BrokenChain[];
	/** Entries that stand in no feed: a row of a feed was taken out together with its successors. */
	readonly orphans: readonly string[];
}

const pageSize = 5_000;

/** Walks every chain from its start. Trusts nothing but the texts of the entries and the first hash of each house. */
export async function verifyChains(database: ProgramDatabase): Promise<Verified> {
	return database.inScope(
		{ kind: 'registry' },
		async (session) => {
			const { rows: heads } = await session.query<{ institutionId: InstitutionId; position: number; hash: string }>(
				`SELECT coalesce(h.institution_id, f.institution_id) AS "institutionId", coalesce(h.position, 0) AS position,
					coalesce(h.hash, '') AS hash
				FROM feed_heads h FULL JOIN (SELECT DISTINCT institution_id FROM feed) f ON f.institution_id = h.institution_id
				ORDER BY 1`
			);
			let rows = 0;
			const broken: BrokenChain[] = [];
			for (const head of heads) {
				const walked = await walk(session, head);
				rows += walked.rows;
				if (walked.broken) broken.push(walked.broken);
			}
			const { rows: orphans } = await session.query<{ id: string }>(
				'SELECT id FROM entries WHERE NOT EXISTS (SELECT FROM feed WHERE feed.entry_id = entries.id) ORDER BY id LIMIT 100'
			);
			const { devices, brokenDevices } = await verifyDevices(session);
			return { feeds: heads.length, rows, devices, brokenDevices, broken, orphans: orphans.map(({ id }) => id) };
		},
		// One picture of all feeds, however long it takes and whatever is pushed meanwhile.
		{ isolation: 'repeatable read', readOnly: true, statementTimeout: 300_000 }
	);
}

async function walk(
	session: Session,
	head: { institutionId: InstitutionId; position: number; hash: string }
): Promise<{ rows: number; broken?: BrokenChain }> {
	const { institutionId } = head;
	let hash: string = chainStart(institutionId, sha256Hex);
	let position = 0;
	for (;;) {
		const { rows } = await session.query<{
			position: number;
			entryId: string;
			hash: string;
			body: string;
			bodyHash: string;
			receivedAt: string;
		}>(
			`SELECT feed.position, feed.entry_id AS "entryId", feed.hash, entries.body, entries.body_hash AS "bodyHash",
				entries.received_at AS "receivedAt"
			FROM feed JOIN entries ON entries.id = feed.entry_id
			WHERE feed.institution_id = $1 AND feed.position > $2 ORDER BY feed.position LIMIT $3`,
			[institutionId, position, pageSize]
		);
		for (const row of rows) {
			const at = (problem: ChainProblem) => ({
				rows: position,
				broken: { institutionId, position: position + 1, entryId: row.entryId, problem }
			});
			if (row.position !== position + 1) return at('row_missing');
			const bodyHash = sha256Hex(row.body);
			if (bodyHash !== row.bodyHash) return at('body_changed');
			hash = chainHash(hash, row.position, row.receivedAt, bodyHash, sha256Hex);
			if (hash !== row.hash) return at('hash_wrong');
			position = row.position;
		}
		if (rows.length < pageSize) break;
	}
	if (position === head.position && (position === 0 || hash === head.hash)) return { rows: position };
	return { rows: position, broken: { institutionId, position: position + 1, entryId: null, problem: 'head_wrong' } };
}

/** Walks what every device wrote by its own numbers, from the texts alone. */
async function verifyDevices(session: Session): Promise<Pick<Verified, 'devices' | 'brokenDevices'>> {
	const brokenDevices: BrokenDeviceChain[] = [];
	let devices = 0;
	let last: { deviceId: DeviceId; deviceSeq: number; hash: string; broken: boolean } | undefined;
	for (;;) {
		const { rows } = await session.query<{ id: EntryId; deviceId: DeviceId; deviceSeq: number; body: string }>(
			`SELECT id, device_id AS "deviceId", device_seq AS "deviceSeq", body FROM entries
			WHERE $1::uuid IS NULL OR (device_id, device_seq) > ($1, $2::bigint)
			ORDER BY device_id, device_seq LIMIT $3`,
			[last?.deviceId ?? null, last?.deviceSeq ?? 0, pageSize]
		);
		for (const { id, deviceId, deviceSeq, body } of rows) {
			const own = last?.deviceId === deviceId ? last : undefined;
			if (!own) devices += 1;
			const before = own && own.deviceSeq === deviceSeq - 1 ? own.hash : undefined;
			const problem = own?.broken ? undefined : deviceProblem(deviceSeq, before, previousIn(body));
			if (problem) brokenDevices.push({ deviceId, deviceSeq, entryId: id, problem });
			last = { deviceId, deviceSeq, hash: sha256Hex(body), broken: (own?.broken ?? false) || problem !== undefined };
		}
		if (rows.length < pageSize) return { devices, brokenDevices };
	}
}

function deviceProblem(
	deviceSeq: number,
	before: string | undefined,
	previous: string | null
): DeviceChainProblem | undefined {
	if ((previous === null) !== (deviceSeq === 1)) return 'start_wrong';
	return before !== undefined && previous !== before ? 'previous_wrong' : undefined;
}
