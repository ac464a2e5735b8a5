import type { TabletReading } from '#lib/domain/access/reading.ts';
import type { EntryType, ParsedEntry, PayloadOf } from '#lib/domain/case-file/entry.ts';
import type { ChildRow } from '#lib/domain/case-file/child-row.ts';
import type { ChildId, EntryId, InstitutionId, ItemId, ReadingId, Sha256, StaffId } from '#lib/domain/ids.ts';
import type { Photo } from '#lib/domain/photo/photo.ts';
import type { Result } from '#lib/domain/result.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import type { DuplicatePair } from './search/duplicates.ts';
import type { Cursor, Epoch, EnrolAnswer, QuarantineReason, Roster } from '#lib/sync/protocol.ts';

/*
 * The tablet as the screens see it. Everything about children lives in one worker (the vault) that holds the keys, seals
 * and opens records, owns the database and answers searches; it has no network. This file is the contract between the
 * screens, the sync engine and the vault.
 *
 *   not_enrolled ── enrol ──► locked ── unlock (passphrase) ──► open ── idle ──► resting ── PIN ──► open
 *                               ▲                                 └── lock ──────┬──────────── 5 wrong PINs
 *                               └─────────────────────────────────────────────────┘
 */

export type VaultStatus =
	| { readonly status: 'not_enrolled' }
	/** Cold: the keys are nowhere in memory; only a passphrase opens. */
	| { readonly status: 'locked'; readonly institutionName: string; readonly staff: readonly SlotOwner[] }
	/** Warm: the data key is sealed in memory under the PIN. */
	| { readonly status: 'resting'; readonly staff: SlotOwner; readonly triesLeft: number }
	| { readonly status: 'open'; readonly staff: SlotOwner; readonly institutionId: InstitutionId };

export interface SlotOwner {
	readonly staffId: StaffId;
	readonly name: string;
	readonly role: string;
}

export type UnlockFault =
	| { readonly type: 'wrong_secret'; readonly triesLeft: number }
	/** Too many wrong secrets: try again then. Never wipes. */
	| { readonly type: 'cooling_down'; readonly until: string }
	| { readonly type: 'slot_missing' };

/** Why something could not be kept on the tablet. The words are in the messages (area `storage`). */
export type StorageFault =
	| { readonly type: 'storage_full' }
	/** The browser would not open the database. It is never deleted; the records are still in it. */
	| { readonly type: 'storage_unopenable'; readonly detail: string }
	/** A newer program changed the store; this tab must be reloaded before it may write. */
	| { readonly type: 'program_outdated' }
	| { readonly type: 'vault_locked' };

/** A fact to be recorded: the vault adds id, clock, author, sequence, hash and signature. */
export type Fact = {
	readonly [T in EntryType]: {
		readonly type: T;
		readonly childId: ChildId;
		readonly occurredOn: CivilDate;
		readonly replaces: readonly EntryId[];
		readonly payload: PayloadOf<T>;
	};
}[EntryType];

/** The proof that entries are on the disk of this tablet (strict commit): only now may a screen say "saved". */
export interface Saved {
	readonly entryIds: readonly EntryId[];
	/** The tablet's clock. */
	readonly savedAt: string;
}

/** A photo, ready: re-encoded, without metadata. See photos/prepare-photo.ts. */
export interface PreparedPhoto {
	readonly photo: Omit<Photo, 'view' | 'publishable' | 'of' | 'caption'>;
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly thumbnail: Uint8Array<ArrayBuffer>;
}

/** How far one entry is on its way. Only `registered` may be called "on the registry". */
export type Delivery =
	| { readonly state: 'waiting' }
	| { readonly state: 'registered'; readonly receivedAt: string; readonly receipt: string }
	| { readonly state: 'quarantined'; readonly reason: QuarantineReason };

/** One child opened: every entry with its delivery, so that a page folds and shows both. */
export interface OpenedChild {
	readonly childId: ChildId;
	/** The files of this child, the one that names it first; one, unless files were merged (domain/case-file/one-child.ts). */
	readonly files: readonly ChildId[];
	/** Of all its files. */
	readonly entries: readonly {
		readonly parsed: ParsedEntry;
		readonly delivery: Delivery;
		/** Written on this tablet. */
		readonly own: boolean;
	}[];
	/** Photos whose bytes are on this tablet, and those not yet sent. */
	readonly photosHere: readonly Sha256[];
	readonly photosWaiting: readonly Sha256[];
}

/** What the search box and the filters ask. All given conditions must hold. */
export interface ChildQuery {
	/** Part of a name, pinyin without tones, initials, the end of a number, words of a mark; several words: all must match. */
	readonly words?: string;
	readonly sex?: string;
	/** Age today in whole years, from and to, both included; estimated births match if they can. */
	readonly age?: { readonly from: number; readonly to: number; readonly today: CivilDate };
	/** `here`: in this house's care; who has left stands under `left`, and in `all`. */
	readonly show?: 'here' | 'unfinished' | 'conflicts' | 'left' | 'all';
	readonly offset: number;
	readonly limit: number;
}

export interface ChildPage {
	readonly rows: readonly ChildRow[];
	readonly total: number;
}

/** An unfinished form: kept sealed, replaced at every change, gone when its entries are saved. */
export interface Draft {
	/** Names the form, e.g. `intake/<childId>`; the vault hashes it before it touches the disk. */
	readonly key: string;
	readonly value: unknown;
	readonly savedAt: string;
}

/** One thing that waits or went out, for the sync page. */
export interface QueueItem {
	readonly id: string;
	readonly kind: 'entry' | 'photo';
	readonly childId: ChildId;
	readonly childName: string | undefined;
	readonly what: EntryType | 'unknown';
	readonly itemId?: ItemId;
	readonly bytes: number;
	readonly recordedAt: string;
	readonly delivery: Delivery;
}

export interface Usage {
	/** Bytes of records and of photos as this program counted them; `navigator.storage.estimate()` lies (SECURITY 0.5). */
	readonly recordBytes: number;
	readonly photoBytes: number;
	readonly waitingEntries: number;
	readonly waitingPhotos: number;
	readonly waitingBytes: number;
	readonly quarantined: number;
}

/** What changed, without saying about whom. */
export type VaultEvent = 'status' | 'records' | 'queue' | 'drafts';

/**
 * The vault's calls. Implemented by client/vault/vault.worker.ts, reached through comlink; every method may be called
 * from any tab. Methods that read or write children answer `vault_locked` unless the vault is open.
 */
export interface Vault {
	status(): Promise<VaultStatus>;

	/** Makes the tablet's and the person's keys and answers what the registry needs to enrol them. */
	beginEnrolment(): Promise<{ deviceId: string; devicePublicKey: string; staffPublicKey: string }>;
	/** Ends it: keeps roster and keys, makes the person's slot under the passphrase (the key made of the PIN is sealed inside it); opens. */
	finishEnrolment(answer: EnrolAnswer, passphrase: string, pin: string): Promise<Result<VaultStatus, StorageFault>>;
	/** A generated passphrase of five words, about 64 bits, shown once. */
	generatePassphrase(): Promise<string>;

	unlock(staffId: StaffId, passphrase: string): Promise<Result<VaultStatus, UnlockFault | StorageFault>>;
	/** While resting only. */
	reopen(pin: string): Promise<Result<VaultStatus, UnlockFault>>;
	/** Seals the data key under the PIN and forgets it (idle). */
	rest(): Promise<VaultStatus>;
	/** Forgets everything (panic, change of person). */
	lock(): Promise<VaultStatus>;

	/** Seals, signs and commits the facts in one strict transaction, in order. Nothing is half saved. */
	record(facts: readonly Fact[]): Promise<Result<Saved, StorageFault>>;
	/** Text first, then the bytes in their own transaction; a full disk keeps the text and says so. */
	addPhoto(
		fact: Extract<Fact, { type: 'photo.added' }>,
		prepared: PreparedPhoto
	): Promise<Result<Saved & { photoKept: boolean }, StorageFault>>;
	photo(sha256: Sha256, size: 'full' | 'thumbnail'): Promise<Uint8Array<ArrayBuffer> | undefined>;

	search(query: ChildQuery): Promise<Result<ChildPage, StorageFault>>;
	/** Every row with a duty due on or before the day, worst first. */
	due(until: CivilDate, limit: number): Promise<Result<readonly ChildRow[], StorageFault>>;
	/** Files on this tablet that may be one child's, the likeliest first; none that a person has told apart or merged. */
	duplicates(): Promise<Result<readonly DuplicatePair[], StorageFault>>;
	/**
	 * The full file. That it was opened is sealed beside the records, for the registry's log: once per person and child in a
	 * quarter of an hour. Nobody waits for that, and nothing that goes wrong with it keeps a file shut.
	 */
	open(childId: ChildId): Promise<Result<OpenedChild | undefined, StorageFault>>;

	saveDraft(key: string, value: unknown): Promise<Result<{ savedAt: string }, StorageFault>>;
	draft(key: string): Promise<Draft | undefined>;
	drafts(prefix: string): Promise<readonly Draft[]>;
	dropDraft(key: string): Promise<void>;

	queue(limit: number): Promise<readonly QueueItem[]>;
	usage(): Promise<Usage>;
	roster(): Promise<Roster | undefined>;

	/* For the sync engine. */
	signRequest(text: string): Promise<string>;
	syncPosition(): Promise<{ epoch: Epoch | undefined; cursor: Cursor }>;
	/** Own entries not yet on the registry in this epoch, oldest first, at most `limit` and about `bytes` of JSON. */
	nextEntries(limit: number, bytes: number): Promise<readonly { id: EntryId; text: string }[]>;
	applyReceipts(epoch: Epoch, receipts: readonly unknown[], sent: readonly EntryId[]): Promise<void>;
	/** Applies one page of the feed if it answers the cursor the vault stands at; ignored otherwise. */
	applyPull(answer: unknown): Promise<{ applied: boolean; position: number }>;
	/** A new epoch or a changed feed: read from the start, push all own entries again. Nothing is deleted. */
	startAgain(epoch: Epoch): Promise<void>;
	/** Readings the registry has not confirmed, oldest first, those of other tabs included. */
	nextReadings(limit: number): Promise<readonly TabletReading[]>;
	/** The registry has these: the tablet forgets them. */
	readingsTold(ids: readonly ReadingId[]): Promise<void>;
	nextPhotos(limit: number): Promise<readonly { sha256: Sha256; bytes: number; childId: ChildId; mediaType: string }[]>;
	photoRegistered(sha256: Sha256, epoch: Epoch, receivedAt: string, receipt: string): Promise<void>;
	photoRefused(sha256: Sha256, reason: string): Promise<void>;
	/** Thumbnails of children of the house that this tablet lacks. */
	missingThumbnails(limit: number): Promise<readonly Sha256[]>;
	keepThumbnail(sha256: Sha256, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
	keepRoster(roster: Roster): Promise<void>;

	/** Calls back on changes, also those of other tabs. */
	subscribe(listener: (event: VaultEvent) => void): Promise<void>;
}
