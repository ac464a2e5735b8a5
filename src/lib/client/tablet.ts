import type { ContactState } from '#lib/domain/access/contact.ts';
import type { TabletReading } from '#lib/domain/access/reading.ts';
import type { EntryType, ParsedEntry, PayloadOf } from '#lib/domain/case-file/entry.ts';
import type { TakeBackFault } from '#lib/domain/case-file/take-back.ts';
import type { ChildRow } from '#lib/domain/case-file/child-row.ts';
import type { ReadSheet } from '#lib/domain/handover/sheet.ts';
import type { ChildId, DeviceId, EntryId, InstitutionId, ItemId, ReadingId, Sha256, StaffId } from '#lib/domain/ids.ts';
import type { Photo } from '#lib/domain/photo/photo.ts';
import type { Result } from '#lib/domain/result.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import type { Cursor, Epoch, EnrolAnswer, QuarantineReason, Roster, SignedStatement } from '#lib/sync/protocol.ts';
import type { LikenessReason } from '#lib/domain/duplicate/likeness.ts';
import type { SealedKind, SealedOutcome, SealedRecord } from '#lib/sync/sealed.ts';
import type { RosterGround, RosterMark } from './sync/signed-roster.ts';

/*
 * The tablet as the screens see it. Everything about children lives in one worker (the vault) that holds the keys, seals
 * and opens records, owns the database and answers searches; it has no network. This file is the contract between the
 * screens, the sync engine and the vault.
 *
 *   not_enrolled ── enrol ──► locked ── unlock (one of the person's ways) ──► open ── idle ──► resting ── PIN ──► open
 *                               ▲                                              └── lock ──────┬── 5 wrong PINs, 12 hours
 *                               └──────────────────────────────────────────────────────────────┘
 */

export type VaultStatus =
	| { readonly status: 'not_enrolled' }
	/** Cold: the keys are nowhere in memory; only one of a person's ways opens. */
	| {
			readonly status: 'locked';
			readonly institutionName: string;
			readonly staff: readonly SlotOwner[];
			readonly contact: Contact;
	  }
	/** Warm: the keys are sealed in memory under the PIN, for at most twelve hours. */
	| { readonly status: 'resting'; readonly staff: SlotOwner; readonly triesLeft: number; readonly contact: Contact }
	| {
			readonly status: 'open';
			readonly staff: SlotOwner;
			readonly institutionId: InstitutionId;
			readonly contact: Contact;
	  };

export interface SlotOwner {
	readonly staffId: StaffId;
	readonly name: string;
	readonly role: string;
	/** What opens the person's slot, at most one of each kind. */
	readonly ways: readonly WayIn[];
	/** After ten wrong secrets: only a new code of the registry gives the person a way again. */
	readonly needsCode: boolean;
}

/** One way into a slot, as far as anybody may know it. */
export type WayIn =
	| { readonly way: 'passphrase' }
	/** A printed QR of 128 random bits, and the PIN. */
	| { readonly way: 'badge' }
	/** What the page must ask the authenticator: both base64url. */
	| { readonly way: 'passkey'; readonly credentialId: string; readonly salt: string };
export type Way = WayIn['way'];

/** What a person shows to be let in. */
export type Secret =
	| { readonly way: 'passphrase'; readonly passphrase: string }
	/** @property badge as typed or scanned: 27 signs, see domain/badge.ts */
	| { readonly way: 'badge'; readonly badge: string; readonly pin: string }
	/** @property prf what the authenticator makes of the salt, 32 bytes (WebAuthn PRF, user verification required) */
	| { readonly way: 'passkey'; readonly prf: Uint8Array<ArrayBuffer> };

/** A way to be added; it replaces the one of its kind, which opens no more. */
export type NewWay =
	| { readonly way: 'passphrase'; readonly passphrase: string }
	| { readonly way: 'badge'; readonly badge: string }
	| {
			readonly way: 'passkey';
			readonly credentialId: string;
			readonly salt: string;
			readonly prf: Uint8Array<ArrayBuffer>;
	  };

/**
 * How long the registry has not been heard of (SECURITY.md 6): after 21 days the screens warn, after 30 existing records
 * are closed while recording stays open, after 90 only sending and exporting is left. Contact mends every stage.
 */
export type Contact = ContactState;

export type UnlockFault =
	| { readonly type: 'wrong_secret'; readonly triesLeft: number }
	/** Too many wrong secrets: try again then. Never wipes. */
	| { readonly type: 'cooling_down'; readonly until: string }
	/** Ten wrong secrets: a supervisor's new code for the same person is needed. Nothing is lost by it. */
	| { readonly type: 'needs_code' }
	/** The person has a slot, but not this way. */
	| { readonly type: 'way_missing' }
	| { readonly type: 'slot_missing' };

/** Why a change of the ways was refused. */
export type WayFault =
	/** The PIN given with the change; with the last try the tablet locks. */
	| { readonly type: 'wrong_secret'; readonly triesLeft: number }
	/** The only way of a person cannot be taken away. */
	| { readonly type: 'last_way' };

/** Why a person was not removed from the tablet. */
export type RemoveFault =
	/** Only a supervisor removes people, and nobody removes themselves. */
	{ readonly type: 'not_allowed' } | { readonly type: 'slot_missing' };

/** Why something could not be kept on the tablet. The words are in the messages (area `storage`). */
export type StorageFault =
	| { readonly type: 'storage_full' }
	/** The browser would not open the database. It is never deleted; the records are still in it. */
	| { readonly type: 'storage_unopenable'; readonly detail: string }
	/** A newer program changed the store; this tab must be reloaded before it may write. */
	| { readonly type: 'program_outdated' }
	| { readonly type: 'vault_locked' }
	/** More than 30 days without the registry: existing records are closed, recording goes on. */
	| { readonly type: 'reading_locked' }
	/** More than 90 days without the registry: only sending and exporting is left. */
	| { readonly type: 'sending_only' };

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

/** Of an entry in an opened file: another house may have written it, and a hand-over sheet brought it, unconfirmed by the registry. */
export type EntryDelivery = Delivery | { readonly state: 'carried' };

/** One child opened: every entry with its delivery, so that a page folds and shows both. */
export interface OpenedChild {
	readonly childId: ChildId;
	/** The files of this child, the one that names it first; one, unless files were merged (domain/case-file/one-child.ts). */
	readonly files: readonly ChildId[];
	/** Of all its files. */
	/** The hand-over sheet the child came with, while the registry has not brought its entries; they are among `entries`. */
	readonly sheet?: ReadSheet;
	readonly entries: readonly {
		readonly parsed: ParsedEntry;
		readonly delivery: EntryDelivery;
		/** Written on this tablet. */
		readonly own: boolean;
	}[];
	/** Photos whose bytes are on this tablet, and those not yet sent. */
	readonly photosHere: readonly Sha256[];
	/** Records of this tablet were damaged and are being read again: entries may be missing here until that is done. */
	readonly incomplete?: true;
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

/** Two files that may be one child's. */
export interface DuplicatePair {
	readonly a: ChildRow;
	readonly b: ChildRow;
	readonly score: number;
	readonly reasons: readonly LikenessReason[];
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
	/** A person put it out of sight after the registry had set it aside; the history keeps it. */
	readonly putAway: boolean;
	/** What was recorded, to be told in words; undefined for what lies in a damaged record. */
	readonly parsed: ParsedEntry | undefined;
	/** A later entry of this tablet's file stands in its place: corrected, withdrawn or taken back. */
	readonly replaced: boolean;
}

/** `attention`: set aside by the registry; `putAway`: set aside, and put out of sight by a person. */
export type QueueState = 'attention' | 'waiting' | 'registered' | 'putAway';

export interface QueueQuery {
	readonly show: QueueState | 'all';
	readonly offset: number;
	readonly limit: number;
}

export type QueueCounts = Readonly<Record<QueueState, number>>;

export interface QueuePage {
	readonly items: readonly QueueItem[];
	/** Of the whole queue, whatever was asked. */
	readonly counts: QueueCounts;
}

/** Why an entry could not be taken back; `entry_missing` also where its record does not open. */
export type TakeBackRefusal = TakeBackFault | StorageFault;

export interface Usage {
	/** Bytes of records and of photos as this program counted them; `navigator.storage.estimate()` lies (SECURITY 0.5). */
	readonly recordBytes: number;
	readonly photoBytes: number;
	readonly waitingEntries: number;
	readonly waitingPhotos: number;
	readonly waitingBytes: number;
	/** Of `waitingBytes`. */
	readonly waitingPhotoBytes: number;
	readonly quarantined: number;
	/** Photos whose text is on this tablet while their bytes did not fit. */
	readonly photosNotKept: number;
	/** When the registry last turned out to have forgotten what this tablet then gave back, by the tablet's clock. */
	readonly gaveBackAt?: string | undefined;
}

/** A photo that did not fit: who is to be photographed again. */
export interface PhotoNotKept {
	/** The entry that tells of it, which is safe. */
	readonly entryId: EntryId;
	readonly childId: ChildId;
	readonly childName: string | undefined;
	readonly recordedAt: string;
}

/** What waits in the journal: known while the tablet is locked too. */
export interface Outbox {
	/** Saves and photos the registry has not taken, by the last word it gave. */
	readonly records: number;
	/** Bytes as sealed. */
	readonly bytes: number;
	/** By the tablet's clock; undefined where nothing waits. */
	readonly oldestAt: string | undefined;
	/** Of `records`: those that cannot be sent while locked, because the registry's sealing key was not known or the registry could not read them. They go once somebody unlocks. */
	readonly onlyWhenOpen: number;
	/** `missing`: this browser gives no file system (a private window, an old browser), and saves lie in the database alone. */
	readonly journal: 'kept' | 'missing';
}

/** What the tablet's own files and records weigh, in bytes, as this program counted them. */
export interface StorageReport {
	readonly bytes: {
		/** Records and bookkeeping, without drafts. */
		readonly records: number;
		/** Originals the registry does not have. */
		readonly photosWaiting: number;
		/** Originals the registry has: may be dropped. */
		readonly photosSent: number;
		readonly thumbnails: number;
		readonly drafts: number;
		/** The second copy of what waits, its photos included. */
		readonly journal: number;
		readonly ballast: number;
	};
	/** What `dropSentOriginals` would free. */
	readonly droppable: { readonly photos: number; readonly bytes: number };
	readonly journal: 'kept' | 'missing';
	/** Room kept free by a file, so that text can still be saved when the disk is full. `used`: it was given up for a save. */
	readonly ballast: 'whole' | 'used' | 'missing';
	/** A write met a full disk, and none has succeeded since. */
	readonly full: boolean;
	/** The first database does not open; the tablet works in another, and the first lies untouched beside it. */
	readonly secondLife: boolean;
}

/** One thing found damaged when the tablet started. */
export type StorageDamage =
	/** The browser had no database though the tablet is enrolled. */
	| { readonly type: 'database_empty' }
	/** The database stood further back than the journal: saves were missing in it. */
	| { readonly type: 'database_older'; readonly saves: number }
	/** Records that were gone, or that did not open. `table`: which kind. */
	| { readonly type: 'records_missing'; readonly table: string; readonly count: number }
	| { readonly type: 'records_unreadable'; readonly table: string; readonly count: number }
	/** The first database did not open at all. */
	| { readonly type: 'database_unopenable'; readonly detail: string }
	/** Stretches of the journal that could not be read; what stood there is in the database, or counted under `lost`. */
	| { readonly type: 'journal_damaged'; readonly stretches: number };

/** What was found damaged, and what came back. Kept until `recoverySeen`. */
export interface RecoveryReport {
	/** When it was found, by the tablet's clock. */
	readonly at: string;
	readonly found: readonly StorageDamage[];
	readonly cameBack: { readonly entries: number; readonly photos: number };
	/** Own records of this tablet, by their numbers in its chain, that neither database nor journal holds and that no receipt tells of. */
	readonly lost: { readonly entries: number };
	/** Everything the registry has is being read again; until then children may lack what was damaged. */
	readonly readingAgain: boolean;
}

/** What changed, without saying about whom. */
export type VaultEvent = 'status' | 'records' | 'queue' | 'drafts';

/**
 * The vault's calls. Implemented by client/vault/vault.worker.ts, reached through comlink; every method may be called
 * from any tab. Methods that read or write children answer `vault_locked` unless the vault is open, and `reading_locked` or
 * `sending_only` where the registry was not heard of for too long.
 */
export interface Vault {
	status(): Promise<VaultStatus>;

	/** Makes the tablet's and the person's keys and answers what the registry needs to enrol them. */
	beginEnrolment(): Promise<{ deviceId: string; devicePublicKey: string; staffPublicKey: string }>;
	/**
	 * Ends it: keeps roster and keys, makes the person's slot under the passphrase (the key made of the PIN is sealed inside
	 * it); opens. A person who has a slot already gets a new one, and nothing else changes.
	 */
	finishEnrolment(answer: EnrolAnswer, passphrase: string, pin: string): Promise<Result<VaultStatus, StorageFault>>;
	/** A generated passphrase of five words, about 64 bits, shown once. */
	generatePassphrase(): Promise<string>;

	unlock(staffId: StaffId, secret: Secret): Promise<Result<VaultStatus, UnlockFault | StorageFault>>;
	/** While resting only. */
	reopen(pin: string): Promise<Result<VaultStatus, UnlockFault>>;
	/** Seals the data key under the PIN and forgets it (idle). */
	rest(): Promise<VaultStatus>;
	/** Forgets everything (panic, change of person). */
	lock(): Promise<VaultStatus>;

	/* The person's ways in and the people of the tablet; while open. */

	/** Everybody who has a slot here. */
	people(): Promise<readonly SlotOwner[]>;
	/** The secret of a new badge, 27 signs, to be printed. It opens nothing until `addWay` has taken it. */
	makeBadge(): Promise<string>;
	/** Gives the open person one more way, or replaces the one of that kind. @param pin the person's, asked again */
	addWay(pin: string, way: NewWay): Promise<Result<SlotOwner, StorageFault | WayFault>>;
	/** Takes a way from the open person: a lost badge, a passkey of an old telephone. */
	dropWay(pin: string, way: Way): Promise<Result<SlotOwner, StorageFault | WayFault>>;
	changePin(pin: string, next: string): Promise<Result<SlotOwner, StorageFault | WayFault>>;
	/**
	 * Takes a person off this tablet at once, without the network: the slot goes, and what is sealed from now on is sealed with
	 * a new data key that the others have and the person has not. What the person recorded stays and is sent.
	 */
	removeSlot(staffId: StaffId): Promise<Result<readonly SlotOwner[], StorageFault | RemoveFault>>;
	/** The registry answered. Ends every stage of the lock-out; written at most once an hour. @param serverTime ISO 8601 */
	contactMade(serverTime: string): Promise<void>;

	/**
	 * Seals, signs and commits the facts in one strict transaction, in order. Nothing is half saved.
	 *
	 * @param sheet the hand-over sheet a child came with: kept beside the facts until the registry brings its entries, and never sent
	 */
	record(facts: readonly Fact[], sheet?: ReadSheet): Promise<Result<Saved, StorageFault>>;
	/** Every entry of a child as it was signed, for a hand-over sheet. Of a child unknown here: none. */
	signedEntries(childId: ChildId): Promise<Result<readonly unknown[], StorageFault>>;
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

	/** One page of what waits, went out or was set aside. */
	queue(query: QueueQuery): Promise<QueuePage>;
	/** Records what puts back what the entry had replaced (domain/case-file/take-back.ts). A photo is named by its item's entry. */
	takeBack(id: EntryId, reason: string): Promise<Result<Saved, TakeBackRefusal>>;
	/** Puts things that the registry set aside out of sight, or back into it. A mark on this tablet only; nothing is deleted. */
	putAway(ids: readonly string[], away: boolean): Promise<Result<true, StorageFault>>;
	/** Lets things that the registry set aside wait again: it may judge otherwise now (a person was added to its list, say). */
	sendAgain(ids: readonly string[]): Promise<Result<true, StorageFault>>;
	usage(): Promise<Usage>;
	/** Which photos did not fit, newest first. */
	photosNotKept(): Promise<readonly PhotoNotKept[]>;
	roster(): Promise<Roster | undefined>;

	/* The outbox: works while locked, needs no key of a person. */
	outbox(): Promise<Outbox>;
	/** Records the registry can open, oldest first, at most `limit` and about `bytes` of JSON, but always one where one waits. `kinds`: of these only, so that text goes before photos. */
	nextSealed(limit: number, bytes: number, kinds?: readonly SealedKind[]): Promise<readonly SealedRecord[]>;
	/** What the registry said of them; applied to the records of the tablet at the next unlocking. */
	sealedSettled(epoch: Epoch, outcomes: readonly SealedOutcome[]): Promise<void>;
	/**
	 * Everything that waits in one file that only the registry opens: a line of JSON that tells what it is
	 * (`{is:'lampkeep-outbox', version:1, deviceId, at, records}`), then a line for each sealed record.
	 */
	exportUnsent(): Promise<Blob>;
	/**
	 * Erases databases and files of this tablet, not its program. `signRequest` still signs until the page is closed, so that the registry can be told.
	 * `left`: records that had not been sent.
	 */
	wipe(): Promise<{ readonly left: number }>;

	/* Storage. */
	storage(): Promise<StorageReport>;
	/** Forgets the originals of photos the registry has; thumbnails stay. */
	dropSentOriginals(): Promise<Result<{ readonly photos: number; readonly bytes: number }, StorageFault>>;
	/** What was found damaged at the start, until somebody has seen it; undefined where nothing was. */
	recovery(): Promise<RecoveryReport | undefined>;
	recoverySeen(): Promise<void>;

	/* For the sync engine. */
	/**
	 * The registry's key that saves are sealed to. What was saved before it was known is sealed to it now.
	 *
	 * @param signed whether the registry signed it. One that only stood in an answer is taken where there is none yet: whoever
	 *   stands on the line could name a key of their own, and read what waits
	 */
	keepSealingKey(sealingKey: string, signed?: boolean): Promise<void>;
	signRequest(text: string): Promise<string>;
	/** Whose signatures this tablet believes, as the registry said at enrolment (P-256 point, base64url); undefined on a tablet enrolled before it was kept. */
	registryKey(): Promise<string | undefined>;
	/** The tablet's name at the registry, also where the database does not open; undefined until it is enrolled. */
	deviceId(): Promise<DeviceId | undefined>;
	syncPosition(): Promise<{ epoch: Epoch | undefined; cursor: Cursor }>;
	/** Own entries not yet on the registry in this epoch, oldest first, at most `limit` and about `bytes` of JSON. */
	nextEntries(limit: number, bytes: number): Promise<readonly { id: EntryId; text: string }[]>;
	applyReceipts(epoch: Epoch, receipts: readonly unknown[], sent: readonly EntryId[]): Promise<void>;
	/** Applies one page of the feed if it answers the cursor the vault stands at; ignored otherwise. */
	applyPull(answer: unknown): Promise<{ applied: boolean; position: number }>;
	/** A new epoch or a changed feed: read from the start, push all own entries again. Nothing is deleted. */
	startAgain(epoch: Epoch): Promise<void>;
	/** What the registry once signed of the feed and may have forgotten since: after a new epoch, or a feed that shrank. */
	treeHeadsToShow(): Promise<readonly SignedStatement[]>;
	/** The registry has seen these. `forgot`: it knew nothing of one any more; own entries are pushed again in any case. */
	treeHeadsShown(shown: readonly SignedStatement[], forgot: boolean): Promise<void>;
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
	/** What a roster that arrives is judged by (sync/signed-roster.ts). */
	rosterGround(): Promise<RosterGround>;
	/**
	 * Also takes those off the tablet whom the registry's roster no longer names.
	 *
	 * @param mark of a roster that was believed on the registry's signature: an older one is refused from then on
	 */
	keepRoster(roster: Roster, mark?: RosterMark): Promise<void>;

	/** Calls back on changes, also those of other tabs. */
	subscribe(listener: (event: VaultEvent) => void): Promise<void>;
}
