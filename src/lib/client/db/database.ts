import type { RecoveryReport } from '../tablet.ts';
import Dexie, { type EntityTable, type Table } from 'dexie';

/*
 * What lies on the tablet's disk. Everything about children is sealed; in clear are only numbers, sizes, the salts and
 * parameters of the slots, the names of the staff who may unlock and the name of the house (the lock screen shows them).
 *
 *   log       what was saved, one sealed record a save, numbered without a gap          ─┐ folded into
 *   segments  ~100 entries each, sealed                                                 ◄┤
 *   indexes   what lists and searches need, a column per field, sealed                  ◄┘
 *   notes     the bookkeeping of sending, and the roster, sealed
 *   drafts    unfinished forms; photos, thumbnails: bytes. Named by HMAC, sealed
 *   aside     what did not open, as it was found
 *
 * `strict` durability: with Chromium's default, acknowledged saves of the last seconds are lost in a power cut (SECURITY.md
 * 0.1). Why a log and not a table of children: docs/adr/0004-sealed-log-store.md.
 */

/**
 * The shape of what is inside the tables. Raise it with every change that an older program must not write into.
 *   1  2026-11  first
 *   2  2026-11  readings in the bookkeeping, which an older program would fold away
 *   3  2026-11  slots with several ways and a ring of data keys, which an older program cannot open; what was put away, in the
 *               bookkeeping; the journal: its numbers in the head, and a store that is being read again;
 *               hand-over sheets, in the bookkeeping
 */
export const schemaEpoch = 3;

export type Sealed = Uint8Array<ArrayBuffer>;

/** Where the store stands. Read and replaced in every write, so that two tabs cannot both append to one head. */
export interface Head {
	readonly key: 'head';
	/** Number of the newest log record; 0 before the first. */
	readonly log: number;
	/** Log records up to this number are in segments and indexes. */
	readonly folded: number;
	/** Grows whenever segments or indexes are rearranged: a tab that knew another arrangement reads everything again. */
	readonly generation: number;
	readonly nextSegment: number;
	readonly nextIndex: number;
	/** The sequence and the hash that the next own entry follows (SHA-256 of the signed text: tells nothing of it). */
	readonly deviceSeq: number;
	readonly previous: string | null;
	/** Bytes as sealed. */
	readonly recordBytes: number;
	/** Thumbnails included. */
	readonly photoBytes: number;
	/** Of `photoBytes` and of `recordBytes`; missing in heads of older programs. */
	readonly thumbnailBytes?: number;
	readonly draftBytes?: number;
	/** How many indexes there are, so that a missing one is missed. */
	readonly indexes?: number;
	/** Number of the newest record of the journal that was committed here. */
	readonly journal?: number;
}

/** What the registry told of its keys: public. */
export interface RegistryKeys {
	readonly key: 'registry';
	readonly sealingKey: string;
}

/** Records were lost here and are being read again from the registry, from the start of the feed. */
export interface Mending {
	readonly key: 'mending';
	/** Segments that are gone or do not open; children that have some there are incomplete until all was read. */
	readonly segments: readonly number[];
}

/** What was found damaged and what came back, until somebody has seen it. */
export interface RecoveryNote {
	readonly key: 'recovery';
	readonly report: RecoveryReport;
}

export interface SchemaNote {
	readonly key: 'schema';
	readonly epoch: number;
}

export interface Device {
	readonly key: 'device';
	readonly deviceId: string;
	readonly institutionId: string;
	readonly institutionName: string;
	/** ECDSA P-256, not extractable; on the disk it is as good as copyable (SECURITY.md 0.3): it proves a tablet, not a person. */
	readonly privateKey: CryptoKey;
	readonly publicKey: string;
	/** The registry's signing key, as it said at enrolment; missing on tablets enrolled before it was kept. */
	readonly registryPublicKey?: string;
}

interface KdfParameters {
	readonly memory: number;
	readonly iterations: number;
	readonly parallelism: number;
}

/** One person's slot as the first version kept it, opened by a passphrase alone. It becomes a `SlotRow` when it opens. */
export interface FirstSlotRow {
	readonly staffId: string;
	readonly name: string;
	readonly role: string;
	readonly version: 1;
	readonly passphrase: KdfParameters;
	readonly pin: KdfParameters;
	readonly passphraseSalt: Sealed;
	readonly pinSalt: Sealed;
	readonly sealed: Sealed;
}

/** One person's slot: see vault/slot.ts. */
export interface SlotRow {
	readonly staffId: string;
	readonly name: string;
	readonly role: string;
	readonly version: 2;
	readonly pin: KdfParameters;
	readonly pinSalt: Sealed;
	/** ECDH P-256, raw point: to it new data keys are sealed. */
	readonly publicKey: Sealed;
	/** At most one of each kind; each holds the person's key. */
	readonly ways: readonly WayRow[];
	/** Data keys made while the person was away, not taken in yet: see vault/ring.ts. */
	readonly letters: readonly KeyLetter[];
	/** What the person's key opens. */
	readonly sealed: Sealed;
}

export type WayRow = { readonly salt: Sealed; readonly sealed: Sealed } & (
	| { readonly way: 'passphrase'; readonly parameters: KdfParameters }
	| { readonly way: 'badge' }
	/** What the authenticator is asked: both base64url. */
	| { readonly way: 'passkey'; readonly credentialId: string; readonly prfSalt: string }
);

/** A data key sealed to one person (HPKE). */
export interface KeyLetter {
	/** The number of the data key. */
	readonly n: number;
	readonly enc: Sealed;
	readonly sealed: Sealed;
}

/** When the newest data key was made, epoch milliseconds, and whether a newer one is owed: somebody left. */
export interface RingNote {
	readonly key: 'ring';
	readonly madeAt: number;
	readonly due: boolean;
}

/** How long the registry has not been heard of; the same is kept sealed. See domain/access/contact.ts. */
export interface ContactNote {
	readonly key: 'contact';
	/** The registry's time at the last contact, ISO 8601. */
	readonly at: string | undefined;
	readonly elapsed: number;
	readonly seen: number;
}

/** Wrong secrets of one person. */
export interface AttemptRow {
	readonly staffId: string;
	readonly wrong: number;
	/** Epoch milliseconds of the newest attempt, by the tablet's clock. */
	readonly at: number;
}

export interface NumberedRow {
	readonly n: number;
	readonly sealed: Sealed;
}
export interface NamedRow {
	readonly name: string;
	readonly sealed: Sealed;
}

export class LampkeepDatabase extends Dexie {
	declare readonly meta: Table<
		Head | SchemaNote | Device | RingNote | ContactNote | RegistryKeys | Mending | RecoveryNote,
		string
	>;
	declare readonly slots: Table<SlotRow | FirstSlotRow, string>;
	declare readonly attempts: EntityTable<AttemptRow, 'staffId'>;
	declare readonly log: EntityTable<NumberedRow, 'n'>;
	declare readonly segments: EntityTable<NumberedRow, 'n'>;
	declare readonly indexes: EntityTable<NumberedRow, 'n'>;
	declare readonly notes: EntityTable<NamedRow, 'name'>;
	declare readonly drafts: EntityTable<NamedRow, 'name'>;
	declare readonly photos: EntityTable<NamedRow, 'name'>;
	declare readonly thumbnails: EntityTable<NamedRow, 'name'>;
	/** What did not open, as it was found. Nothing reads it; nothing deletes it. */
	declare readonly aside: Table<NamedRow, number>;

	constructor(name: string, platform: { indexedDB: IDBFactory; IDBKeyRange: typeof IDBKeyRange }) {
		super(name, { ...platform, chromeTransactionDurability: 'strict', cache: 'disabled' });
		this.version(1).stores({
			meta: 'key',
			slots: 'staffId',
			attempts: 'staffId',
			log: 'n',
			segments: 'n',
			indexes: 'n',
			notes: 'name',
			drafts: 'name',
			photos: 'name',
			thumbnails: 'name'
		});
		this.version(2).stores({ aside: '++' });
	}
}

/** The store belongs to a newer program: this one must be reloaded before it may write. */
export class ProgramOutdated extends Error {
	override readonly name = 'ProgramOutdated';
}

/**
 * Call inside every write transaction. Dexie lets an old tab go on writing into a store that a newer tab has upgraded
 * (SECURITY.md 0.13), so the check is our own.
 */
export async function assertSchema(db: LampkeepDatabase): Promise<void> {
	const note = await db.meta.get('schema');
	if (note && note.key === 'schema' && note.epoch > schemaEpoch) throw new ProgramOutdated();
}

/** As `assertSchema`, and notes that this program has written here: an older one must be reloaded before it writes again. */
export async function holdSchema(db: LampkeepDatabase): Promise<void> {
	await assertSchema(db);
	const note = await db.meta.get('schema');
	if (note && note.key === 'schema' && note.epoch < schemaEpoch)
		await db.meta.put({ key: 'schema', epoch: schemaEpoch });
}

export async function readHead(db: LampkeepDatabase): Promise<Head> {
	const head = await db.meta.get('head');
	return head && head.key === 'head' ? head : emptyHead;
}

export async function readMending(db: LampkeepDatabase): Promise<Mending | undefined> {
	const mending = await db.meta.get('mending');
	return mending && mending.key === 'mending' ? mending : undefined;
}

export const emptyHead: Head = {
	key: 'head',
	log: 0,
	folded: 0,
	generation: 0,
	nextSegment: 1,
	nextIndex: 1,
	deviceSeq: 0,
	previous: null,
	recordBytes: 0,
	photoBytes: 0
};
