import { writeBadge } from '#lib/domain/badge.ts';
import { isSameReading, type TabletReading } from '#lib/domain/access/reading.ts';
import { canonicalJson, type Json } from '#lib/domain/canonical-json.ts';
import { fold } from '#lib/domain/case-file/case-file.ts';
import type { ChildRow } from '#lib/domain/case-file/child-row.ts';
import { foldChild } from '#lib/domain/case-file/one-child.ts';
import { takeBack } from '#lib/domain/case-file/take-back.ts';
import type { ReadSheet } from '#lib/domain/handover/sheet.ts';
import type { ParsedEntry } from '#lib/domain/case-file/entry.ts';
import type { ChildId, DeviceId, EntryId, InstitutionId, ReadingId, Sha256, StaffId } from '#lib/domain/ids.ts';
import { deviceIdSchema, uuidV7 } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { civilDateAt, type CivilDate } from '#lib/domain/time.ts';
import {
	cursorPosition,
	publicKeySchema,
	pullAnswerSchema,
	receiptSchema,
	type Cursor,
	type EnrolAnswer,
	type Epoch,
	type Receipt,
	type Roster,
	type SignedStatement
} from '#lib/sync/protocol.ts';
import type { SealedKind, SealedOutcome, SealedRecord } from '#lib/sync/sealed.ts';
import { afterReceipts } from '#lib/sync/sync-state.ts';
import {
	assertSchema,
	holdSchema,
	readHead,
	schemaEpoch,
	type ContactNote,
	type Device,
	type FirstSlotRow,
	type LampkeepDatabase,
	type NamedRow,
	type Sealed,
	type SlotRow
} from '../db/database.ts';
import { storageFault } from '../db/storage-fault.ts';
import type { ListedChild } from '../search/child-list.ts';
import type { DuplicateSearch } from '../search/duplicates.ts';
import { countsForFiles, filesConcerned, isMerging } from '../search/files-together.ts';
import { pinyinText, type Pinyin } from '../search/pinyin.ts';
import type {
	ChildPage,
	ChildQuery,
	Delivery,
	Draft,
	DuplicatePair,
	Fact,
	OpenedChild,
	Outbox,
	PhotoNotKept,
	PreparedPhoto,
	QueuePage,
	QueueQuery,
	RecoveryReport,
	NewWay,
	RemoveFault,
	Saved,
	Secret,
	SlotOwner,
	StorageDamage,
	StorageFault,
	StorageReport,
	TakeBackRefusal,
	UnlockFault,
	Usage,
	Vault,
	VaultEvent,
	VaultStatus,
	Way,
	WayFault,
	WayIn
} from '../tablet.ts';
import {
	anchored,
	attemptsBeforeCode,
	coolingUntil,
	freeAttempts,
	needsCode,
	triesLeft,
	withAttempt
} from './attempts.ts';
import { believedRoster, type BelievedRoster, type RosterGround, type RosterMark } from '../sync/signed-roster.ts';
import { sealingAdds } from './aes.ts';
import { author, instantWithOffset, sign, type Author } from './authoring.ts';
import { ballastBytes, ballastSize, hasRoom, isBallastGone, makeBallast, releaseBallast } from './ballast.ts';
import { base64url, hex, sha256Hex, type Bytes } from './bytes.ts';
import { Cipher, RecordDamaged } from './cipher.ts';
import { Journal, JournalMoved, type JournalRecord } from './journal.ts';
import { keptSheet, rowWithKept, standingSheet, type KeptSheet } from './kept-sheets.ts';
import { registered, setAside, shown, type LedgerChange, type OwnPhoto, type Told } from './ledger.ts';
import { generatePassphrase } from './passphrase.ts';
import { photosNotKept } from './photos-not-kept.ts';
import { changesOf, hasForgotten, idOf, sortedByChild } from './pulled-page.ts';
import { queueLines, told } from './queue-page.ts';
import type { RosterWord, RowRules, VaultPlatform } from './platform.ts';
import {
	applyTold,
	damageIn,
	fillDatabase,
	fillJournal,
	noteRecovery,
	ownEntry,
	photosGone,
	privateKeyOf,
	recoveryNote,
	restoreUnsent,
	settleDelivered,
	type CameBack,
	type Restorer
} from './recovery.ts';
import { addCopies, exportOf, keepEntries, keepPhoto, textsOf, type Safe, type Sealer } from './safekeeping.ts';
import { ringKeyMilliseconds, sealLetter, type RingKey } from './ring.ts';
import { contactIn, Silence } from './silence.ts';
import {
	clear,
	isPin,
	makeEnvelope,
	makeSlot,
	newestOf,
	openEnvelope,
	openSlot,
	reopened,
	withoutWay,
	withPin,
	withRingKey,
	withWay,
	type OpenedSlot,
	type SlotTools,
	type WarmEnvelope
} from './slot.ts';
import {
	HeadBehind,
	HeadMoved,
	logRecordsBeforeFold,
	SealedStore,
	type HeldEntry,
	type PreparedChild,
	type RawStore
} from './store.ts';
import { readTablet, writeTablet, type TabletFile } from './tablet-file.ts';

/*
 * The vault: what client/tablet.ts promises, over the sealed store. Everything readable hangs on `session`; locking drops
 * it. Work that was begun before keeps its own hold on the session and ends: a lock never loses a record.
 *
 * Order: changes of this tab run one after another (`inTurn`), and under a Web Lock one tab after another (`writing`).
 */

/** What is in memory while the vault is open. */
interface Session {
	owner: SlotOwner;
	/** The person's slot and what it holds; renewed with every change of ways and keys. */
	opened: OpenedSlot;
	readonly author: Author;
	/** When a way was last used, by both clocks: from then on the PIN reopens for twelve hours. */
	readonly cold: Moment;
	readonly cipher: Cipher;
	readonly store: SealedStore;
	/** The registry's, that saves are sealed to. */
	sealingKey: string | undefined;
	houses: Houses;
	/** Photos of children that were opened here and have no thumbnail yet. */
	readonly wantedThumbnails: Set<Sha256>;
	/** When each child's file was last noted as read, epoch milliseconds. */
	readonly read: Map<ChildId, number>;
	/** Made when somebody first asks. */
	duplicates?: DuplicateSearch;
}

/** A moment by the clock people set and by the one nobody sets, milliseconds. */
interface Moment {
	readonly clock: number;
	readonly uptime: number;
}

/** What the lines of the list take from the roster. */
interface Houses {
	readonly word: RosterWord;
	/** Names the rules, and what is known of the houses, together: a line made by others is made again. */
	readonly madeBy: string;
}

/** What is in memory while it rests: nothing that opens without the PIN. */
interface Resting {
	readonly owner: SlotOwner;
	readonly slot: SlotRow;
	readonly envelope: WarmEnvelope;
	readonly triesLeft: number;
	readonly cold: Moment;
	/** Takes back the forgetting after twelve hours. */
	readonly stay: () => void;
}

/** How long after a way was used the PIN reopens, milliseconds (SECURITY.md 6). */
const warmMilliseconds = 12 * 3_600_000;
/** How long an intake counts as being written while reading is closed, milliseconds. */
const writingMilliseconds = 24 * 3_600_000;

interface Tools {
	readonly pinyin: Pinyin;
	readonly rules: RowRules;
}

/** A call that has no other way to say that it was refused. `name` and `message` are the type of the storage fault. */
export class VaultRefusal extends Error {
	constructor(fault: StorageFault) {
		super(fault.type === 'storage_unopenable' ? `${fault.type}: ${fault.detail}` : fault.type);
		this.name = fault.type;
	}
}

export class LocalVault implements Vault {
	private readonly platform: VaultPlatform;
	private db: LampkeepDatabase;
	private session: Session | undefined;
	private resting: Resting | undefined;
	private enrolling:
		| {
				device: Device | undefined;
				deviceId: string;
				staffPublicKey: string;
				signingKey: Bytes;
				made: CryptoKeyPair | undefined;
				devicePublicKey: string;
		  }
		| undefined;
	private tools: Promise<Tools> | undefined;
	/** Opens the database, or another, and puts back what it forgot: once, before anything reads it. */
	private started: Promise<void> | undefined;
	private safe: Promise<Safe | undefined> | undefined;
	private found: StorageDamage[] = [];
	private secondLife = false;
	private full = false;
	/** Signs what is told after the tablet was wiped. */
	private erased: CryptoKey | undefined;
	private turn: Promise<void> = Promise.resolve();
	private draftTurn: Promise<void> = Promise.resolve();
	private folding = false;
	private silence: Silence;
	/** PINs that may still be given wrong before a change of ways locks. */
	private confirmations = freeAttempts;
	/** Counts locks, so that an unlock that was overtaken by one does not open. */
	private locks = 0;
	private readonly listeners = new Set<(event: VaultEvent) => void>();

	constructor(platform: VaultPlatform) {
		this.platform = platform;
		this.db = platform.openDatabase();
		this.silence = new Silence(this.db, () => platform.clock.now());
		platform.channel.listen((word) => {
			if (word === 'lock') {
				this.forget();
				this.tell('status');
				return;
			}
			const { session } = this;
			if (session && word === 'status') {
				this.inTurn(() => this.followSlots(session)).then(() => this.tell(word), platform.report);
				return;
			}
			if (!session || word === 'status' || word === 'drafts') {
				this.tell(word);
				return;
			}
			this.inTurn(() => this.caughtUp(session)).then(() => this.tell(word), platform.report);
		});
	}

	/* Unlocking and locking */

	async status(): Promise<VaultStatus> {
		if (this.resting && this.coldFor(this.resting.cold) >= warmMilliseconds) this.forget();
		const { contact } = this.silence;
		if (this.session) {
			const { owner, author } = this.session;
			return { status: 'open', staff: owner, institutionId: author.institutionId, contact };
		}
		if (this.resting)
			return { status: 'resting', staff: this.resting.owner, triesLeft: this.resting.triesLeft, contact };
		// Asking the database would make one.
		if (this.erased) return { status: 'not_enrolled' };
		const read = await this.orFault(async () => ({
			device: await this.device(),
			people: await this.owners(),
			silent: await this.silence.read()
		}));
		if (!read.ok) {
			// A tablet whose database does not open can still send what waits.
			const tablet = await this.tabletFile();
			if (!tablet) throw new VaultRefusal(read.error);
			const staff = tablet.slots.map((slot) => ownerOf(slot as unknown as SlotRow));
			const note = tablet.meta.find(({ key }) => key === 'contact') as ContactNote | undefined;
			const silent = contactIn(note, this.platform.clock.now());
			return { status: 'locked', institutionName: tablet.institutionName, staff, contact: silent };
		}
		const { device, people, silent } = read.value;
		if (!device || people.length === 0) return { status: 'not_enrolled' };
		return { status: 'locked', institutionName: device.institutionName, staff: people, contact: silent };
	}

	async generatePassphrase(): Promise<string> {
		return generatePassphrase(this.platform.random);
	}

	async beginEnrolment(): Promise<{ deviceId: string; devicePublicKey: string; staffPublicKey: string }> {
		this.erased = undefined;
		// A lost answer is asked for again with the same keys.
		if (!this.enrolling) {
			const device = await this.orRefuse(() => this.device());
			// Extractable, so that the tablet's file can hold it: what lies in the database can be read from the disk as well.
			const made = device ? undefined : await signingPair(true);
			const staff = await signingPair(true);
			this.enrolling = {
				device,
				made,
				deviceId: device?.deviceId ?? uuidV7(this.platform.clock.now(), this.platform.random(10)),
				devicePublicKey: device?.publicKey ?? (made ? await publicPoint(made.publicKey) : ''),
				staffPublicKey: await publicPoint(staff.publicKey),
				signingKey: new Uint8Array(await crypto.subtle.exportKey('pkcs8', staff.privateKey))
			};
		}
		const { deviceId, devicePublicKey, staffPublicKey } = this.enrolling;
		return { deviceId, devicePublicKey, staffPublicKey };
	}

	finishEnrolment(answer: EnrolAnswer, passphrase: string, pin: string): Promise<Result<VaultStatus, StorageFault>> {
		return this.inTurn(() =>
			this.orFault<VaultStatus>(async () => {
				const { enrolling, session, platform, db } = this;
				if (!enrolling) throw new Error('finishEnrolment without beginEnrolment');
				// One more person on a tablet gets the key of the records from somebody who has it open.
				if (enrolling.device && !session) throw new VaultRefusal({ type: 'vault_locked' });
				const ring: readonly RingKey[] = session
					? session.opened.secrets.ring.map(({ n, key }) => ({ n, key: key.slice() }))
					: [{ n: 1, key: platform.random(32) }];
				const believed = await this.rosterOfEnrolment(answer, enrolling.device);
				const { roster } = believed;
				const house = roster.institutions.find(({ id }) => id === roster.institutionId);
				const person = roster.staff.find(({ id }) => id === answer.staffId);
				const device: Device | undefined =
					enrolling.device ??
					(enrolling.made && {
						key: 'device',
						deviceId: enrolling.deviceId,
						institutionId: roster.institutionId,
						institutionName: house?.name ?? '',
						privateKey: await withoutExport(enrolling.made.privateKey),
						publicKey: enrolling.devicePublicKey,
						registryPublicKey: answer.registryPublicKey
					});
				if (!device) throw new Error('The tablet has no key');
				const opened = await makeSlot(
					{ deviceId: device.deviceId, staffId: answer.staffId, name: person?.name ?? '', role: person?.role ?? '' },
					{ ring, signingKey: enrolling.signingKey },
					{ passphrase, pin },
					this.slotTools()
				);
				const cipher = await Cipher.from(ring, platform.random);
				const notes = await this.rosterNotes(cipher, await this.checkedRoster(roster), believed.mark);
				const sealingKey = believed.sealingKey ?? (session?.sealingKey === undefined ? answer.sealingKey : undefined);
				const madeAt = platform.clock.now();
				await db.transaction('rw', [db.meta, db.slots, db.notes, db.attempts], async () => {
					await assertSchema(db);
					await db.meta.bulkPut([{ key: 'schema', epoch: schemaEpoch }, device, await readHead(db)]);
					if (!session) await db.meta.put({ key: 'ring', madeAt, due: false });
					if (sealingKey !== undefined) await db.meta.put({ key: 'registry', sealingKey });
					await db.slots.put(opened.slot);
					// A new code gives a new way in, whatever was tried before.
					await db.attempts.delete(answer.staffId);
					await db.notes.bulkPut([...notes]);
				});
				const { made } = enrolling;
				await this.despiteFiles(() => this.keepTabletFile(made?.privateKey));
				this.enrolling = undefined;
				const begun = await this.checked(
					await this.opened(opened, device, await SealedStore.fetch(db), this.moment(), !session)
				);
				await this.silence.made(answer.serverTime);
				return this.begin(begun);
			})
		);
	}

	unlock(staffId: StaffId, secret: Secret): Promise<Result<VaultStatus, UnlockFault | StorageFault>> {
		return this.inTurn(() =>
			this.platform.exclusively('unlock', async (): Promise<Result<VaultStatus, UnlockFault | StorageFault>> => {
				const locksBefore = this.locks;
				const answer = await this.orFault(() => this.trySecret(staffId, secret));
				if (!answer.ok) return answer;
				if (!answer.value.ok) return answer.value;
				return ok(this.locks === locksBefore ? await this.begin(answer.value.value) : await this.status());
			})
		);
	}

	reopen(pin: string): Promise<Result<VaultStatus, UnlockFault>> {
		return this.inTurn(async (): Promise<Result<VaultStatus, UnlockFault>> => {
			const { resting, locks } = this;
			if (!resting) return err({ type: 'slot_missing' });
			if (this.coldFor(resting.cold) >= warmMilliseconds) {
				this.forget();
				await this.changedStatus();
				return err({ type: 'slot_missing' });
			}
			const device = await this.orRefuse(() => this.device());
			if (!device) return err({ type: 'slot_missing' });
			const [secrets, raw] = await Promise.all([
				openEnvelope(resting.envelope, pin, this.platform.argon2id),
				this.orRefuse(() => SealedStore.fetch(this.db))
			]);
			if (!secrets) {
				const left = resting.triesLeft - 1;
				// The envelope is gone with the last try: from now on only the passphrase opens.
				if (this.resting === resting) this.resting = left > 0 ? { ...resting, triesLeft: left } : undefined;
				if (left === 0) {
					resting.stay();
					await this.changedStatus();
				}
				return err({ type: 'wrong_secret', triesLeft: left });
			}
			// While it rested, somebody else may have changed the ring or taken the person off the tablet.
			const row = await this.orRefuse(() => this.db.slots.get(resting.slot.staffId));
			const now = await reopened(row, device.deviceId, secrets, this.platform.random);
			clear(secrets);
			if (!now) {
				this.forget();
				await this.changedStatus();
				return err({ type: 'slot_missing' });
			}
			const session = await this.checked(await this.opened(now, device, raw, resting.cold, true));
			return ok(this.locks === locks ? await this.begin(session) : await this.status());
		});
	}

	async rest(): Promise<VaultStatus> {
		const { session, platform } = this;
		if (session) {
			const { slot, secrets } = session.opened;
			const left = warmMilliseconds - this.coldFor(session.cold);
			const envelope = await makeEnvelope(slot, session.author.deviceId, secrets, platform.random);
			if (this.session === session) {
				if (left > 0) {
					const stay = platform.after(left, () => {
						this.forget();
						this.tell('status');
					});
					const { owner, cold } = session;
					this.resting = { owner, slot, envelope, triesLeft: freeAttempts, cold, stay };
				}
				this.session = undefined;
				this.silence.close();
				clear(secrets);
			}
		}
		return this.changedStatus();
	}

	async lock(): Promise<VaultStatus> {
		this.forget();
		this.platform.channel.post('lock');
		return this.changedStatus();
	}

	/* The ways in and the people */

	async people(): Promise<readonly SlotOwner[]> {
		this.needSession();
		return this.orRefuse(() => this.owners());
	}

	async makeBadge(): Promise<string> {
		return writeBadge(this.platform.random(16));
	}

	addWay(pin: string, way: NewWay): Promise<Result<SlotOwner, StorageFault | WayFault>> {
		return this.changeSlot(pin, (opened, deviceId) => withWay(opened, deviceId, way, this.slotTools()));
	}

	dropWay(pin: string, way: Way): Promise<Result<SlotOwner, StorageFault | WayFault>> {
		return this.changeSlot(pin, (opened, deviceId) => withoutWay(opened, deviceId, way, this.slotTools()));
	}

	changePin(pin: string, next: string): Promise<Result<SlotOwner, StorageFault | WayFault>> {
		return this.changeSlot(pin, (opened, deviceId) => withPin(opened, deviceId, next, this.slotTools()));
	}

	async removeSlot(staffId: StaffId): Promise<Result<readonly SlotOwner[], StorageFault | RemoveFault>> {
		const { session } = this;
		if (!session) return locked();
		// The roster is sealed; the role beside the slot is for the lock screen, and anybody could write there.
		const roster = await this.roster();
		const role = roster?.staff.find(({ id }) => id === session.author.staffId)?.role;
		if (role !== 'supervisor' || staffId === session.author.staffId) return err({ type: 'not_allowed' });
		if (!(await this.orRefuse(() => this.db.slots.get(staffId)))) return err({ type: 'slot_missing' });
		const removed = await this.orFault(() =>
			this.writing(session, async () => {
				await this.dropSlots([staffId]);
				await this.turnRing(session);
				return this.owners();
			})
		);
		if (!removed.ok) return removed;
		// Before anybody hears that it is done: the copy beside the database must not bring back who was taken off.
		await this.despiteFiles(() => this.keepTabletFile());
		this.changed('status');
		return removed;
	}

	async contactMade(serverTime: string): Promise<void> {
		const written = await this.orRefuse(() => this.silence.made(serverTime));
		if (written) this.changed('status');
	}

	/* Children */

	async record(facts: readonly Fact[], sheet?: ReadSheet): Promise<Result<Saved, StorageFault>> {
		const { session } = this;
		if (!session) return locked();
		const closed = this.closedFor('recording');
		if (closed) return err(closed);
		const saved = await this.orFault(() =>
			this.writing(session, () => this.append(session, facts, sheet && keptSheet(sheet)))
		);
		if (saved.ok) this.changedRecords(session, ['records', 'queue']);
		return saved;
	}

	async signedEntries(childId: ChildId): Promise<Result<readonly unknown[], StorageFault>> {
		const { session } = this;
		if (!session) return locked();
		const closed = this.closedFor('reading');
		if (closed) return err(closed);
		return this.orFault(() => session.store.rawEntriesOf(childId));
	}

	async addPhoto(
		fact: Extract<Fact, { type: 'photo.added' }>,
		prepared: PreparedPhoto
	): Promise<Result<Saved & { photoKept: boolean }, StorageFault>> {
		const { session } = this;
		if (!session) return locked();
		const closed = this.closedFor('recording');
		if (closed) return err(closed);
		const { sha256 } = fact.payload.photo;
		const digest = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', prepared.bytes)));
		if (digest !== sha256) throw new Error('The photo is not the one its entry names');
		const saved = await this.orFault(() => this.writing(session, () => this.append(session, [fact])));
		if (!saved.ok) return saved;
		const photo: OwnPhoto = {
			sha256,
			childId: fact.childId,
			itemId: fact.payload.itemId,
			mediaType: fact.payload.photo.mediaType,
			bytes: prepared.bytes.length,
			recordedAt: saved.value.savedAt,
			delivery: { state: 'waiting' }
		};
		const kept = await this.orFault(() => this.writing(session, () => this.keepPhoto(session, photo, prepared)));
		this.changedRecords(session, ['records', 'queue']);
		// Only a full disk may part the text from its photo: the text is safe, and the person is told that the photo is not.
		if (!kept.ok && kept.error.type !== 'storage_full') return kept;
		return ok({ ...saved.value, photoKept: kept.ok });
	}

	async photo(sha256: Sha256, size: 'full' | 'thumbnail'): Promise<Uint8Array<ArrayBuffer> | undefined> {
		const { session } = this;
		if (!session) return undefined;
		// What waits must still be sent; nothing else is shown while reading is closed.
		const waits = session.store.ledger.photos.get(sha256)?.delivery.state === 'waiting';
		if (!waits && this.closedFor('reading')) return undefined;
		const store = size === 'full' ? 'photos' : 'thumbnails';
		const name = await session.cipher.nameOf(store, sha256);
		const row = await this.orRefuse(() => this.db[store].get(name));
		if (row) return this.orRefuse(() => session.cipher.open(store, name, row.sealed));
		return size === 'thumbnail' ? session.store.ledger.sheetPortrait(sha256) : undefined;
	}

	async search(query: ChildQuery): Promise<Result<ChildPage, StorageFault>> {
		const { session } = this;
		if (!session) return locked();
		const closed = this.closedFor('reading');
		return closed ? err(closed) : ok(session.store.list.search(query, session.author.institutionId));
	}

	async due(until: CivilDate, limit: number): Promise<Result<readonly ChildRow[], StorageFault>> {
		const { session } = this;
		if (!session) return locked();
		const closed = this.closedFor('reading');
		if (closed) return err(closed);
		const { rules } = await this.loadedTools();
		// By the wall clock of the houses: at six in the morning it is yesterday in UTC.
		const today = civilDateAt(this.platform.clock.now(), 'Asia/Shanghai');
		return ok(session.store.list.due(limit, (row) => rules.pressingOn(row, today, until)));
	}

	async duplicates(): Promise<Result<readonly DuplicatePair[], StorageFault>> {
		const { session, platform } = this;
		if (!session) return locked();
		const closed = this.closedFor('reading');
		if (closed) return err(closed);
		if (!session.duplicates) {
			// What tells likeness is needed only once somebody asks.
			const search = await import('../search/duplicates.ts');
			session.duplicates ??= new search.DuplicateSearch(() => session.store.list, platform.breathe, platform.clock.now);
		}
		return ok(await session.duplicates.pairs());
	}

	async open(childId: ChildId): Promise<Result<OpenedChild | undefined, StorageFault>> {
		const { session } = this;
		if (!session) return locked();
		const closed = this.closedFor('reading');
		const files = session.store.list.filesOf(childId);
		if (closed) {
			// Every file that would be shown: one that is being written must not open another by being called the same child.
			const written = await Promise.all(files.map((file) => this.isBeingWritten(session, file)));
			if (closed.type !== 'reading_locked' || !written.every(Boolean)) return err(closed);
		}
		return this.orFault(async () => {
			const { store } = session;
			if (!store.knows(childId)) return undefined;
			const entries = (await Promise.all(files.map((file) => store.entriesOf(file)))).flat();
			const photos = photosOf(entries);
			const here = await this.namesHere(session, 'photos', photos);
			const thumbnails = await this.namesHere(session, 'thumbnails', photos);
			for (const sha256 of photos) if (!thumbnails.has(sha256)) session.wantedThumbnails.add(sha256);
			for (const file of files) this.noteReading(session, file);
			const sheet = standingSheet(
				entries.map(({ parsed }) => parsed),
				store.ledger.sheets.get(childId)
			);
			const known = new Set(entries.map(({ parsed }) => parsed.entry.id));
			const carried = sheet?.entries.filter(({ entry }) => !known.has(entry.id)) ?? [];
			return {
				childId,
				...(store.mending ? { incomplete: true as const } : {}),
				files,
				...(sheet && { sheet }),
				entries: [
					...entries.map(({ parsed, receivedAt }) => ({
						parsed,
						delivery: deliveryOf(session, parsed, receivedAt),
						own: store.ledger.entries.has(parsed.entry.id)
					})),
					...carried.map((parsed) => ({ parsed, delivery: { state: 'carried' } as const, own: false }))
				],
				photosHere: photos.filter((sha256) => here.has(sha256)),
				photosWaiting: photos.filter((sha256) => store.ledger.photos.get(sha256)?.delivery.state === 'waiting')
			};
		});
	}

	/* Drafts */

	async saveDraft(key: string, value: unknown): Promise<Result<{ savedAt: string }, StorageFault>> {
		const { session } = this;
		if (!session) return locked();
		const closed = this.closedFor('recording');
		if (closed) return err(closed);
		const saved = await this.inDraftTurn(() =>
			this.orFault(async () => {
				const savedAt = this.now();
				const name = await session.cipher.nameOf('drafts', key);
				const sealed = await session.cipher.sealJson('drafts', name, { key, value, savedAt } satisfies Draft);
				await this.replace('drafts', name, sealed, 'recordBytes');
				return { savedAt };
			})
		);
		if (saved.ok) this.changed('drafts');
		return saved;
	}

	async draft(key: string): Promise<Draft | undefined> {
		const { session } = this;
		if (!session) return undefined;
		return this.inDraftTurn(() =>
			this.orRefuse(async () => {
				const name = await session.cipher.nameOf('drafts', key);
				const row = await this.db.drafts.get(name);
				return row && session.cipher.openJson<Draft>('drafts', name, row.sealed);
			})
		);
	}

	async drafts(prefix: string): Promise<readonly Draft[]> {
		const { session } = this;
		if (!session) return [];
		const drafts = await this.inDraftTurn(() =>
			this.orRefuse(async () => {
				const rows = await this.db.drafts.toArray();
				return Promise.all(
					rows.map(({ name, sealed }) =>
						this.despiteDamage(() => session.cipher.openJson<Draft>('drafts', name, sealed))
					)
				);
			})
		);
		return drafts
			.filter((draft) => draft !== undefined)
			.filter(({ key }) => key.startsWith(prefix))
			.sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1));
	}

	async dropDraft(key: string): Promise<void> {
		const { session } = this;
		if (!session) throw new VaultRefusal({ type: 'vault_locked' });
		await this.inDraftTurn(() =>
			this.orRefuse(async () =>
				this.replace('drafts', await session.cipher.nameOf('drafts', key), undefined, 'recordBytes')
			)
		);
		this.changed('drafts');
	}

	/* What waits */

	async queue(query: QueueQuery): Promise<QueuePage> {
		const { session } = this;
		if (!session) return { items: [], counts: { attention: 0, waiting: 0, registered: 0, putAway: 0 } };
		const { store } = session;
		// Long without the registry: what waits is told, and of whom it is not.
		const closed = this.closedFor('reading') !== undefined;
		const nameOf = (id: ChildId) => (closed ? undefined : store.list.get(id)?.row.name);
		const { lines, counts } = queueLines(store.ledger, nameOf, query);
		const files = new Map<ChildId, ReadonlyMap<string, ParsedEntry>>();
		for (const { childId } of lines) {
			if (closed || files.has(childId)) continue;
			const held = await this.orRefuse(() => this.despiteDamage(() => store.entriesOf(childId)));
			files.set(childId, new Map(held?.map(({ parsed }) => [parsed.entry.id, parsed])));
		}
		return { items: lines.map((line) => told(line, files.get(line.childId))), counts };
	}

	async takeBack(id: EntryId, reason: string): Promise<Result<Saved, TakeBackRefusal>> {
		const { session } = this;
		if (!session) return locked();
		const own = session.store.ledger.entries.get(id);
		if (!own) return err({ type: 'entry_missing' });
		const held = await this.orFault(() => session.store.entriesOf(own.childId));
		if (!held.ok) return held;
		const file = fold(
			own.childId,
			held.value.map(({ parsed }) => parsed)
		);
		const facts = takeBack(file, id, reason);
		return facts.ok ? this.record(facts.value) : facts;
	}

	putAway(ids: readonly string[], away: boolean): Promise<Result<true, StorageFault>> {
		return this.noted({ kind: 'putAway', ids, away });
	}

	sendAgain(ids: readonly string[]): Promise<Result<true, StorageFault>> {
		return this.noted({ kind: 'sendAgain', ids });
	}

	async usage(): Promise<Usage> {
		const { recordBytes, photoBytes } = await this.orRefuse(async () => {
			await this.ready();
			return readHead(this.db);
		});
		const ledger = this.session?.store.ledger;
		const entries = ledger ? [...ledger.entries.values()] : [];
		const photos = ledger ? [...ledger.photos.values()] : [];
		const waitingEntries = entries.filter(isWaiting);
		const waitingPhotos = photos.filter(isWaiting);
		return {
			recordBytes,
			photoBytes,
			waitingEntries: waitingEntries.length,
			waitingPhotos: waitingPhotos.length,
			waitingBytes: [...waitingEntries, ...waitingPhotos].reduce((sum, { bytes }) => sum + bytes, 0),
			waitingPhotoBytes: waitingPhotos.reduce((sum, { bytes }) => sum + bytes, 0),
			quarantined:
				entries.filter(({ id, delivery }) => delivery.state === 'quarantined' && !ledger?.putAway.has(id)).length +
				photos.filter(({ sha256, delivery }) => delivery.state === 'quarantined' && !ledger?.putAway.has(sha256))
					.length +
				(ledger?.unreadable ?? 0),
			photosNotKept: ledger ? photosNotKept(ledger).length : 0,
			...(ledger?.gaveBackAt === undefined ? {} : { gaveBackAt: ledger.gaveBackAt })
		};
	}

	async photosNotKept(): Promise<readonly PhotoNotKept[]> {
		const { session } = this;
		if (!session) return [];
		const { ledger, list } = session.store;
		return photosNotKept(ledger).map(({ id, childId, recordedAt }) => ({
			entryId: id,
			childId,
			childName: this.closedFor('reading') ? undefined : list.get(childId)?.row.name,
			recordedAt
		}));
	}

	async roster(): Promise<Roster | undefined> {
		const { session } = this;
		if (!session) return undefined;
		return this.orRefuse(() => this.openRoster(session.cipher));
	}

	/* The outbox: in the journal, so that a locked tablet can send it */

	outbox(): Promise<Outbox> {
		return this.locked(
			(safe) => {
				const { records } = safe.journal;
				return {
					records: records.length,
					bytes: records.reduce((sum, { bytes }) => sum + bytes, 0),
					oldestAt: records.map(({ at }) => at).sort((a, b) => Date.parse(a) - Date.parse(b))[0],
					onlyWhenOpen: records.filter(({ copy, unreadable }) => !copy || unreadable).length,
					journal: 'kept' as const
				};
			},
			{ records: 0, bytes: 0, oldestAt: undefined, onlyWhenOpen: 0, journal: 'missing' as const }
		);
	}

	nextSealed(limit: number, bytes: number, kinds?: readonly SealedKind[]): Promise<readonly SealedRecord[]> {
		return this.locked((safe) => safe.journal.nextSealed(limit, bytes, kinds), []);
	}

	async sealedSettled(epoch: Epoch, outcomes: readonly SealedOutcome[]): Promise<void> {
		await this.locked(async ({ journal }) => {
			const records = new Map(journal.records.map((record) => [record.number, record]));
			const about = outcomes.filter(({ number }) => records.has(number));
			const done = about.filter((outcome) => isTaken(outcome, records.get(outcome.number)));
			await journal.settle(
				done.map(({ number }) => number),
				{ epoch, outcomes: about }
			);
			await journal.compact();
		}, undefined);
		const { session } = this;
		if (session) await this.orRefuse(() => this.writing(session, () => this.takeTold(session)));
		this.changed('queue');
	}

	async exportUnsent(): Promise<Blob> {
		const tablet = await this.tabletFile();
		const deviceId = tablet?.deviceId ?? (await this.orRefuse(() => this.device()))?.deviceId;
		if (deviceId === undefined) throw new Error('This tablet is not enrolled');
		return this.locked((safe) => exportOf(safe.journal, deviceId, this.now()), new Blob());
	}

	async wipe(): Promise<{ left: number }> {
		const { platform } = this;
		const waiting = this.session?.store.ledger.waiting().length ?? 0;
		const { journal, records } = await this.outbox();
		this.erased = await this.deviceKey();
		await this.lock();
		await this.inTurn(() =>
			platform.exclusively('write', async () => {
				const safe = await this.files();
				const life = safe && (await readTablet(safe.disk))?.life;
				this.db.close();
				const first = life === undefined ? this.db : platform.openDatabase();
				try {
					// The files first: with them gone nothing fills a database again.
					await safe?.disk.wipe();
					if (life !== undefined) await platform.deleteLife(life);
					await this.orRefuse(() => first.delete());
				} finally {
					this.db = platform.openDatabase();
					this.silence = new Silence(this.db, () => platform.clock.now());
					this.started = undefined;
					this.safe = undefined;
					this.found = [];
					this.secondLife = false;
				}
			})
		);
		platform.channel.post('status');
		await this.changedStatus();
		return { left: journal === 'kept' ? records : waiting };
	}

	/* Storage */

	async storage(): Promise<StorageReport> {
		const { session } = this;
		const head = await this.orRefuse(async () => {
			await this.ready();
			return readHead(this.db);
		});
		const files = await this.locked(
			async ({ disk, journal }) => ({ journal: journal.bytes, ballast: await ballastSize(disk) }),
			undefined
		);
		const own = session ? [...session.store.ledger.photos.values()] : [];
		const sent = own.filter(isDroppable);
		const photosSent = bytesSealed(sent);
		const { recordBytes, photoBytes, thumbnailBytes = 0, draftBytes = 0 } = head;
		return {
			bytes: {
				records: recordBytes - draftBytes,
				photosWaiting: Math.max(0, photoBytes - thumbnailBytes - photosSent),
				photosSent,
				thumbnails: thumbnailBytes,
				drafts: draftBytes,
				journal: files?.journal ?? 0,
				ballast: files?.ballast ?? 0
			},
			droppable: { photos: sent.length, bytes: photosSent },
			journal: files ? 'kept' : 'missing',
			ballast: files === undefined ? 'missing' : files.ballast === ballastBytes ? 'whole' : 'used',
			full: this.full,
			secondLife: this.secondLife
		};
	}

	async dropSentOriginals(): Promise<Result<{ photos: number; bytes: number }, StorageFault>> {
		const { session } = this;
		if (!session) return locked();
		const { store, cipher } = session;
		const dropped = await this.orFault(() =>
			this.writing(session, async () => {
				const sent = [...store.ledger.photos.values()].filter(isDroppable);
				if (sent.length === 0) return { photos: 0, bytes: 0 };
				const names = await Promise.all(sent.map(({ sha256 }) => cipher.nameOf('photos', sha256)));
				const hashes = sent.map(({ sha256 }) => sha256);
				await store.append({ changes: [{ kind: 'photosDropped', hashes }] }, [], store.chain, { dropped: names });
				return { photos: sent.length, bytes: bytesSealed(sent) };
			})
		);
		if (dropped.ok) {
			this.tidy(session).catch(this.platform.report);
			this.changedRecords(session, ['queue']);
		}
		return dropped;
	}

	async recovery(): Promise<RecoveryReport | undefined> {
		return this.orRefuse(async () => {
			await this.ready();
			return recoveryNote(this.db);
		});
	}

	async recoverySeen(): Promise<void> {
		await this.orRefuse(() => this.db.meta.delete('recovery'));
		this.changed('status');
	}

	async keepSealingKey(sealingKey: string, signed = false): Promise<void> {
		const session = this.needSession();
		if (!publicKeySchema.safeParse(sealingKey).success) throw new TypeError('The sealing key is no P-256 point');
		if (session.sealingKey === sealingKey) return;
		if (session.sealingKey !== undefined && !signed) {
			this.platform.report(new Error('Another sealing key, which the registry did not sign, is not taken'));
			return;
		}
		await this.orRefuse(() =>
			this.writing(session, async () => {
				await this.db.transaction('rw', this.db.meta, async () => {
					await assertSchema(this.db);
					await this.db.meta.put({ key: 'registry', sealingKey });
				});
				session.sealingKey = sealingKey;
				const safe = await this.files();
				if (safe) await this.despiteFiles(() => addCopies(safe.journal, this.sealer(session)));
			})
		);
		await this.despiteFiles(() => this.keepTabletFile());
	}

	/* For the sync engine */

	async signRequest(text: string): Promise<string> {
		return sign(await this.deviceKey(), text);
	}

	async registryKey(): Promise<string | undefined> {
		return (
			(await this.tabletFile())?.registryPublicKey ?? (await this.orRefuse(() => this.device()))?.registryPublicKey
		);
	}

	async deviceId(): Promise<DeviceId | undefined> {
		const name = (await this.tabletFile())?.deviceId ?? (await this.orRefuse(() => this.device()))?.deviceId;
		return name === undefined ? undefined : deviceIdSchema.parse(name);
	}

	async syncPosition(): Promise<{ epoch: Epoch | undefined; cursor: Cursor }> {
		const { epoch, cursor } = this.needSession().store.ledger;
		return { epoch, cursor };
	}

	async nextEntries(limit: number, bytes: number): Promise<readonly { id: EntryId; text: string }[]> {
		const { store } = this.needSession();
		const next: { id: EntryId; text: string }[] = [];
		const read = new Map<ChildId, ReadonlyMap<unknown, unknown>>();
		let total = 0;
		for (const own of store.ledger.waiting()) {
			if (next.length >= limit || (next.length > 0 && total + own.bytes > bytes)) break;
			let entries = read.get(own.childId);
			if (!entries) {
				const raw = await this.orRefuse(() => this.despiteDamage(() => store.rawEntriesOf(own.childId)));
				entries = new Map(raw?.map((entry) => [idOf(entry), entry]));
				read.set(own.childId, entries);
			}
			const entry = entries.get(own.id);
			// What lies in a damaged record goes on waiting, and everything else goes out.
			if (entry === undefined) continue;
			next.push({ id: own.id, text: canonicalJson(entry as Json) });
			total += own.bytes;
		}
		return next;
	}

	async applyReceipts(epoch: Epoch, receipts: readonly unknown[], sent: readonly EntryId[]): Promise<void> {
		const session = this.needSession();
		const { store } = session;
		await this.orRefuse(() =>
			this.writing(session, async () => {
				// A receipt of another life of the registry proves nothing.
				if (store.ledger.epoch !== undefined && store.ledger.epoch !== epoch) return;
				const deliveries = [...afterReceipts(epoch, receipts.flatMap(readReceipt), sent)].flatMap(
					([id, delivery]): Told[] => {
						const own = store.ledger.entries.get(id);
						if (!own || (own.delivery.state === 'registered' && delivery.state !== 'registered')) return [];
						return [{ id, delivery }];
					}
				);
				if (deliveries.length > 0) await store.append({ changes: [{ kind: 'receipts', epoch, deliveries }] });
				await this.settle(session);
				await this.followMerges(session);
			})
		);
		this.changedRecords(session, ['queue']);
	}

	async applyPull(answer: unknown): Promise<{ applied: boolean; position: number }> {
		const session = this.needSession();
		const { store } = session;
		const page = pullAnswerSchema.parse(answer);
		const standing = () => (store.ledger.epoch ?? page.epoch) === page.epoch && store.ledger.cursor === page.after;
		const result = (applied: boolean) => ({ applied, position: cursorPosition(store.ledger.cursor) });
		if (!standing()) return result(false);
		if (page.next === page.after && store.ledger.epoch !== undefined) {
			if (!page.more) await this.allRead(session);
			return result(true);
		}

		if (hasForgotten(page, store.ledger)) {
			// The registry has another history than it had: read it again, and send everything again.
			await this.startAgain(page.epoch);
			return result(false);
		}

		// The long part runs outside the turn, so that a save never waits for a page.
		const sorted = sortedByChild(page, store);
		let prepared: readonly PreparedChild[] | undefined = await this.orRefuse(() =>
			this.prepare(session, sorted.children)
		);
		if (!prepared) return result(false);
		const applied = await this.orRefuse(() =>
			this.writing(session, async () => {
				if (!standing() || !prepared) return false;
				const stale = prepared.filter(({ childId, stamp }) => store.stampOf(childId) !== stamp);
				if (stale.length > 0) {
					// Files that are one child's are made again together.
					const files = new Set(stale.flatMap(({ childId, listed }) => listed.row.files ?? [childId]));
					const alone = files.size === stale.length && stale.every(({ listed }) => !listed.row.merges);
					const again = await this.prepare(
						session,
						alone ? new Map(stale.map(({ childId }) => [childId, sorted.children.get(childId) ?? []])) : sorted.children
					);
					if (!again) return false;
					const remade = new Map(again.map((child) => [child.childId, child]));
					const isStale = new Set(alone ? stale.map(({ childId }) => childId) : prepared.map(({ childId }) => childId));
					prepared = prepared.flatMap((child) =>
						isStale.has(child.childId) ? (remade.get(child.childId) ?? []) : [child]
					);
				}
				const { seen, changes } = changesOf(page, sorted, store.ledger, session.author.deviceId);
				await store.appendPage(prepared, sorted.unreadable, changes);
				if (seen.length > 0) {
					await this.settle(session);
					await this.followMerges(session);
				}
				return true;
			})
		);
		if (applied && !page.more) await this.allRead(session);
		if (applied) this.changedRecords(session, ['records']);
		return result(applied);
	}

	async startAgain(epoch: Epoch): Promise<void> {
		const session = this.needSession();
		await this.orRefuse(() =>
			this.writing(session, async () => {
				await session.store.append({ changes: [{ kind: 'startedAgain', epoch }] });
				await this.followMerges(session);
			})
		);
		this.changedRecords(session, ['queue']);
	}

	async treeHeadsToShow(): Promise<readonly SignedStatement[]> {
		return this.needSession().store.ledger.toShow;
	}

	async treeHeadsShown(shown: readonly SignedStatement[], forgot: boolean): Promise<void> {
		const signatures = shown.map(({ signature }) => signature);
		const kept = await this.noted({ kind: 'witnessed', signatures, at: this.now(), forgot });
		if (!kept.ok) throw new VaultRefusal(kept.error);
	}

	async nextReadings(limit: number): Promise<readonly TabletReading[]> {
		const session = this.needSession();
		const { store } = session;
		// Other tabs do not call out that somebody read.
		await this.orRefuse(() => this.inTurn(() => this.caughtUp(session)));
		return [...store.ledger.readings.values()].slice(0, limit);
	}

	async readingsTold(ids: readonly ReadingId[]): Promise<void> {
		const session = this.needSession();
		const { store } = session;
		await this.orRefuse(() =>
			this.writing(session, async () => {
				const known = ids.filter((id) => store.ledger.readings.has(id));
				if (known.length > 0) await store.append({ changes: [{ kind: 'readingsTold', ids: known }] });
			})
		);
		this.foldWhenLong(session);
	}

	async nextPhotos(
		limit: number
	): Promise<readonly { sha256: Sha256; bytes: number; childId: ChildId; mediaType: string }[]> {
		const waiting = this.needSession().store.ledger.waitingPhotos();
		return waiting
			.slice(0, limit)
			.map(({ sha256, bytes, childId, mediaType }) => ({ sha256, bytes, childId, mediaType }));
	}

	async photoRegistered(sha256: Sha256, epoch: Epoch, receivedAt: string, receipt: string): Promise<void> {
		const session = this.needSession();
		await this.photoDelivered(session, sha256, registered(receivedAt, receipt), epoch);
	}

	async photoRefused(sha256: Sha256, reason: string): Promise<void> {
		const session = this.needSession();
		await this.photoDelivered(
			session,
			sha256,
			setAside({ type: 'unreadable', path: 'photo', problem: reason }),
			session.store.ledger.epoch
		);
	}

	async missingThumbnails(limit: number): Promise<readonly Sha256[]> {
		const session = this.needSession();
		const portraits = session.store.list.all().flatMap(({ row }) => (row.portrait === undefined ? [] : [row.portrait]));
		// Those of children somebody looks at first.
		const wanted = [...new Set([...session.wantedThumbnails, ...portraits])];
		const here = new Set(await this.orRefuse(() => this.db.thumbnails.toCollection().primaryKeys()));
		const missing: Sha256[] = [];
		for (const sha256 of wanted) {
			if (missing.length >= limit) break;
			if (!here.has(await session.cipher.nameOf('thumbnails', sha256))) missing.push(sha256);
		}
		return missing;
	}

	async keepThumbnail(sha256: Sha256, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
		const session = this.needSession();
		const name = await session.cipher.nameOf('thumbnails', sha256);
		const sealed = await session.cipher.seal('thumbnails', name, bytes);
		await this.orRefuse(() => this.replace('thumbnails', name, sealed, 'photoBytes'));
		session.wantedThumbnails.delete(sha256);
		this.changed('records');
	}

	async rosterGround(): Promise<RosterGround> {
		const session = this.needSession();
		const [registryKey, last] = await Promise.all([
			this.registryKey(),
			this.orRefuse(() => this.despiteDamage(() => this.openRosterMark(session.cipher)))
		]);
		return { registryKey, house: session.author.institutionId, last };
	}

	async keepRoster(fresh: Roster, mark?: RosterMark): Promise<void> {
		const session = this.needSession();
		const roster = await this.checkedRoster(fresh);
		const notes = await this.rosterNotes(session.cipher, roster, mark);
		const { db } = this;
		await this.orRefuse(() =>
			db.transaction('rw', [db.meta, db.slots, db.notes], async () => {
				await assertSchema(db);
				await db.notes.bulkPut([...notes]);
				// The lock screen's names follow the roster.
				const device = await this.device();
				const house = roster.institutions.find(({ id }) => id === roster.institutionId);
				if (device && house) await db.meta.put({ ...device, institutionName: house.name });
				for (const { id, name, role } of roster.staff) await db.slots.update(id, { name, role });
			})
		);
		await this.despiteFiles(() => this.keepTabletFile());
		session.houses = await this.housesOf(roster);
		if (await this.followRoster(session, roster)) return;
		this.mend(session).catch(this.platform.report);
		this.changed('status');
	}

	async subscribe(listener: (event: VaultEvent) => void): Promise<void> {
		this.listeners.add(listener);
	}

	/* Below: how. */

	/* The files beside the database */

	/** Disk and journal; undefined where the browser gives no files. Opened once. */
	private files(): Promise<Safe | undefined> {
		this.safe ??= this.platform.openDisk().then(
			(disk) => disk && { disk, journal: new Journal(disk) },
			(cause: unknown) => {
				this.platform.report(cause);
				return undefined;
			}
		);
		return this.safe;
	}

	/** Work on the journal that needs nobody's key. */
	private locked<T, U>(work: (safe: Safe) => T | Promise<T>, without: U): Promise<T | U> {
		return this.inTurn(async () => {
			const safe = await this.files();
			if (!safe) return without;
			return this.platform.exclusively('write', async (): Promise<T> => {
				await safe.journal.catchUp();
				return work(safe);
			});
		});
	}

	/** Files are the second copy: what goes wrong with them alone keeps nobody from working. It is reported. */
	private async despiteFiles<T>(work: () => Promise<T>): Promise<T | undefined> {
		try {
			return await work();
		} catch (cause) {
			const known = cause instanceof DOMException || cause instanceof RecordDamaged || cause instanceof JournalMoved;
			if (!known) throw cause;
			this.platform.report(cause);
			return undefined;
		}
	}

	private async tabletFile(): Promise<TabletFile | undefined> {
		const safe = await this.files();
		return safe && this.platform.exclusively('write', () => readTablet(safe.disk));
	}

	/** Call after every change of device, slots or what else of `meta` must survive the database. Not under the write lock. */
	private async keepTabletFile(privateKey?: CryptoKey): Promise<void> {
		const safe = await this.files();
		if (!safe) return;
		await this.ready();
		const exported = privateKey && base64url(new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey)));
		await this.platform.exclusively('write', async () => {
			// Read under the lock: what was wiped meanwhile must not come back.
			if (this.erased) return;
			const [device, slots, meta] = await Promise.all([
				this.db.meta.get('device'),
				this.db.slots.toArray(),
				this.db.meta.toArray()
			]);
			if (device?.key !== 'device') return;
			const before = await readTablet(safe.disk);
			const { deviceId, institutionId, institutionName, publicKey, registryPublicKey } = device;
			const same = before?.deviceId === deviceId;
			await writeTablet(safe.disk, {
				deviceId,
				institutionId,
				institutionName,
				publicKey,
				registryPublicKey,
				privateKey: exported ?? (same ? before.privateKey : undefined),
				slots: slots.map((slot) => ({ ...slot })),
				meta: meta.filter(({ key }) => !notInTabletFile.has(key)).map((row) => ({ ...row })),
				life: same ? before.life : undefined
			});
		});
	}

	private ready(): Promise<void> {
		this.started ??= this.start().catch((cause: unknown) => {
			// The next call may find it open.
			this.started = undefined;
			throw cause;
		});
		return this.started;
	}

	private async start(): Promise<void> {
		const { platform } = this;
		const safe = await this.files();
		const tablet = await this.tabletFile();
		if (tablet?.life !== undefined) {
			const life = await platform.openLife(tablet.life);
			if (life) this.useLife(life);
		}
		try {
			await this.db.open();
		} catch (cause) {
			const unopenable = storageFault(cause)?.type === 'storage_unopenable';
			if (!unopenable || !safe || !tablet || tablet.life !== undefined) throw cause;
			await platform.exclusively('write', () => this.openAnother(safe, tablet, cause));
		}
		if (!tablet) return;
		await platform.exclusively('write', async () => {
			const gone = await fillDatabase(this.db, tablet, platform.clock.now());
			if (!gone) return;
			if (gone !== 'device') this.found.push({ type: 'records_missing', table: gone, count: 1 });
			else if (!this.secondLife) this.found.push({ type: 'database_empty' });
			const nothingYet = { saves: 0, entries: 0, photos: 0 };
			await noteRecovery(this.db, this.recoveryOf(this.found.splice(0), nothingYet, 0, gone !== 'slots'));
		});
	}

	/**
	 * The database does not open. A full disk looks the same, and so may a moment's fault, so it is asked again, with the
	 * ballast given up where there is no room; only where there is room and it still does not open, another is begun beside it.
	 */
	private async openAnother({ disk }: Safe, tablet: TabletFile, cause: unknown): Promise<void> {
		const { platform } = this;
		const room = () => this.despiteFiles(() => hasRoom(disk, platform.random));
		if (!(await room())) await this.despiteFiles(() => releaseBallast(disk));
		for (let attempt = 0; attempt < openAttempts; attempt++) {
			await platform.breathe();
			const opened = await this.db.open().then(
				() => true,
				() => false
			);
			if (opened) return;
		}
		if (!(await room())) throw new DOMException('No room to open the database in', 'QuotaExceededError');
		const life = await platform.openLife('second-life');
		if (!life) throw cause;
		await life.open();
		await writeTablet(disk, { ...tablet, life: 'second-life' });
		this.useLife(life);
		this.found.push({ type: 'database_unopenable', detail: cause instanceof Error ? cause.message : String(cause) });
	}

	private useLife(life: LampkeepDatabase): void {
		this.db = life;
		this.silence = new Silence(life, () => this.platform.clock.now());
		this.secondLife = true;
	}

	/** While the passphrase is being derived: what the journal holds. */
	private async readJournal(): Promise<void> {
		const safe = await this.files();
		if (safe) await this.despiteFiles(() => this.platform.exclusively('write', () => safe.journal.catchUp()));
	}

	/** The store as opened, made to agree with the journal before anybody sees it. What cannot be mended keeps nobody out. */
	private async checked(session: Session): Promise<Session> {
		const safe = await this.files();
		if (!safe) return session;
		await this.orReport(() =>
			this.platform.exclusively('write', async () => {
				await this.despiteFiles(() => safe.journal.ensure());
				await session.store.catchUp();
				await this.mendStore(session, safe, { segments: [], photos: 0 });
				await this.takeTold(session);
				const { journal } = safe;
				if (journal.head.deviceSeq < session.store.chain.deviceSeq)
					await this.despiteFiles(() => journal.noteChain(session.store.chain));
			})
		);
		return session;
	}

	/** Under the write lock. Sets aside what is damaged, brings back what the journal holds, and tells of it. */
	private async mendStore(
		session: Session,
		safe: Safe,
		gone: { readonly segments: readonly number[]; readonly photos: number }
	): Promise<void> {
		const { store } = session;
		const { journal } = safe;
		const found: StorageDamage[] = [...damageIn(store)];
		if (gone.segments.length > 0)
			found.push({ type: 'records_unreadable', table: 'segments', count: gone.segments.length });
		if (found.length > 0) await store.setAside(gone.segments);
		if (gone.photos > 0) found.push({ type: 'records_missing', table: 'photos', count: gone.photos });
		const lagging = journal.head.deviceSeq - store.chain.deviceSeq;
		const thorough = store.mending || gone.photos > 0;
		const came = await restoreUnsent(this.restorer(session, safe), thorough);
		// One save ahead is what a crash between the two writes leaves: nothing was damaged, and nobody was told "saved".
		if (!thorough && (came.saves > 1 || lagging > came.entries))
			found.push({ type: 'database_older', saves: Math.max(came.saves, 1) });
		if (found.length === 0 && !(thorough && came.entries + came.photos > 0)) return;
		if (journal.damaged > 0) found.push({ type: 'journal_damaged', stretches: journal.damaged });
		await noteRecovery(this.db, this.recoveryOf(found, came, store.mending ? journal.damaged : 0, store.mending));
	}

	private recoveryOf(
		found: readonly StorageDamage[],
		{ entries, photos }: CameBack,
		lost: number,
		readingAgain: boolean
	): RecoveryReport {
		return { at: this.now(), found, cameBack: { entries, photos }, lost: { entries: lost }, readingAgain };
	}

	/** Everything the registry has was read: nothing is missing here any more. */
	private async allRead(session: Session): Promise<void> {
		const { store } = session;
		if (!store.mending) return;
		await this.orRefuse(() =>
			this.writing(session, async () => {
				await store.mended();
				await store.fold();
				const report = await recoveryNote(this.db);
				if (report) await this.db.meta.put({ key: 'recovery', report: { ...report, readingAgain: false } });
			})
		);
		this.changed('status');
	}

	/** Before own entries are written: what another tab wrote into the journal and died before committing comes first. */
	private async level(session: Session): Promise<void> {
		const safe = await this.files();
		if (!safe) return;
		await this.despiteFiles(() => safe.journal.catchUp());
		if (safe.journal.head.deviceSeq > session.store.chain.deviceSeq)
			await restoreUnsent(this.restorer(session, safe), false);
	}

	/**
	 * Journal first, database second; only after both is it saved. Where the journal cannot be written, the database alone has
	 * to do; where the database cannot, the journal's record is taken back, so that what was called "not saved" never appears.
	 *
	 * @param isIn whether the database has it after all: a commit that failed at the last step may have been done
	 * @param ballast may the last room be given up for it
	 */
	private async keptTwice(
		session: Session,
		journal: (safe: Safe) => Promise<number>,
		commit: (journal: number | undefined) => Promise<void>,
		isIn: () => boolean,
		ballast: boolean
	): Promise<void> {
		const safe = await this.files();
		const makeRoom = async (cause: unknown) =>
			ballast && safe !== undefined && isNoRoom(cause) && (await releaseBallast(safe.disk));
		const number =
			safe &&
			(await this.despiteFiles(() =>
				retried(
					() => journal(safe),
					async (cause) => (cause instanceof DOMException ? makeRoom(cause) : false)
				)
			));
		try {
			await retried(() => this.sayingFull(safe, () => commit(number)), makeRoom);
			this.full = false;
		} catch (cause) {
			if (storageFault(cause)?.type === 'storage_full') this.full = true;
			const { store } = session;
			const seen = await store.catchUp().then(isIn, () => false);
			if (seen) return;
			if (safe) await this.despiteFiles(() => safe.journal.takeBack(number));
			throw cause;
		}
	}

	/** On a full disk Chromium may end a write without a word of why: then the disk itself is asked. */
	private async sayingFull<T>(safe: Safe | undefined, write: () => Promise<T>): Promise<T> {
		try {
			return await write();
		} catch (cause) {
			const mute = cause instanceof Error && cause.name === 'AbortError' && storageFault(cause) === undefined;
			if (!mute || !safe) throw cause;
			const room = await this.despiteFiles(() => hasRoom(safe.disk, this.platform.random));
			if (room) throw cause;
			throw new DOMException('The write was ended, and the disk is full', 'QuotaExceededError');
		}
	}

	/**
	 * Under the write lock. What was given up for a text is no room for photos: they would leave none for the next text. Whether
	 * there is more room again is tried at the next unlocking and after originals were dropped, not here: trying it fills a full
	 * disk to its last byte for a moment, and a Chromium that meets that moment between saves may delete database and files alike.
	 */
	private async roomBesideText(): Promise<void> {
		const safe = await this.files();
		if (!safe) return;
		if (!(await isBallastGone(safe.disk)) && (await makeBallast(safe.disk, this.platform.random))) return;
		this.full = true;
		throw new DOMException('The room that is left is for text', 'QuotaExceededError');
	}

	/** Under the write lock: what the journal waits for and the registry has. */
	private async settle(session: Session): Promise<void> {
		const safe = await this.files();
		if (!safe) return;
		await this.despiteFiles(async () => {
			await safe.journal.catchUp();
			await settleDelivered({ safe, store: session.store });
		});
	}

	/** Under the write lock: what the registry said while the tablet was locked. */
	private async takeTold(session: Session): Promise<void> {
		const safe = await this.files();
		if (!safe || safe.journal.told.length === 0) return;
		await applyTold(this.restorer(session, safe));
		await this.settle(session);
		await this.followMerges(session);
	}

	/** After unlocking, in the background: what the journal lacks, the ballast, the tablet's file, and a look at every segment. */
	private async tidy(session: Session): Promise<void> {
		const safe = await this.files();
		if (!safe) return;
		const { platform } = this;
		const { journal, disk } = safe;
		const open = () => this.session === session;
		const turn = (work: () => Promise<boolean>) =>
			this.writing(session, async () => {
				await journal.catchUp();
				return work();
			});
		await this.keepTabletFile();
		for (let whole = false; !whole && open(); await platform.breathe())
			whole = await turn(() => fillJournal(this.restorer(session, safe), 10));
		if (!open()) return;
		await turn(async () => {
			await addCopies(journal, this.sealer(session));
			await settleDelivered({ safe, store: session.store });
			await journal.sweep();
			// Room that is just enough for the ballast is left to the records.
			if ((await makeBallast(disk, platform.random)) && !(await hasRoom(disk, platform.random)))
				await releaseBallast(disk);
			return true;
		});
		const segments = await session.store.unreadableSegments(platform.breathe, open);
		const photos = open() ? await photosGone(this.restorer(session, safe)) : 0;
		if (segments.length + photos === 0 || !open()) return;
		await turn(async () => {
			await this.mendStore(session, safe, { segments, photos });
			return true;
		});
		this.changedRecords(session, ['records', 'queue', 'status']);
	}

	private restorer(session: Session, safe: Safe): Restorer {
		const { store } = session;
		return {
			safe,
			store,
			db: this.db,
			sealer: this.sealer(session),
			report: this.platform.report,
			listed: (childId, fresh) =>
				this.listed(session, childId, store.list.filesOf(childId), async (file) =>
					[...(await store.entriesOf(file)), ...(file === childId ? fresh : [])].map(({ parsed }) => parsed)
				)
		};
	}

	private sealer({ cipher, author: { deviceId }, sealingKey }: Session): Sealer {
		return { cipher, deviceId, sealingKey, random: this.platform.random };
	}

	private async deviceKey(): Promise<CryptoKey> {
		if (this.erased) return this.erased;
		const device = await this.orFault(() => this.device());
		if (device.ok && device.value?.privateKey) return device.value.privateKey;
		const tablet = await this.tabletFile();
		const key = tablet && (await privateKeyOf(tablet));
		if (key) return key;
		throw device.ok ? new Error('This tablet is not enrolled, or has lost its key') : new VaultRefusal(device.error);
	}

	private async orReport(work: () => Promise<void>): Promise<void> {
		try {
			await work();
		} catch (cause) {
			this.platform.report(cause);
		}
	}

	/** Wrong secrets are counted before they are tried, and one tab at a time tries. */
	private async trySecret(staffId: StaffId, secret: Secret): Promise<Result<Session, UnlockFault | StorageFault>> {
		const { platform } = this;
		const now = platform.clock.now();
		await this.ready();
		const { db } = this;
		const [device, slot, stored] = await Promise.all([this.device(), db.slots.get(staffId), db.attempts.get(staffId)]);
		if (!device || !slot) return err({ type: 'slot_missing' });
		const attempts = anchored(stored, now);
		if (attempts && attempts !== stored) await this.despiteFullDisk(() => db.attempts.put(attempts));
		if (needsCode(attempts)) return err({ type: 'needs_code' });
		const until = coolingUntil(attempts, now);
		if (until !== undefined) return err({ type: 'cooling_down', until: this.instant(until) });
		const counted = withAttempt(attempts, staffId, now);
		await this.despiteFullDisk(() => db.attempts.put(counted));
		const [opened, raw] = await Promise.all([
			openSlot(slot, device.deviceId, secret, this.slotTools()),
			SealedStore.fetch(db),
			this.readJournal()
		]);
		if (opened.ok) {
			await this.despiteFullDisk(() => db.attempts.delete(staffId));
			if (opened.value.slot !== slot) await this.despiteFullDisk(() => this.putSlot(opened.value));
			return ok(await this.checked(await this.opened(opened.value, device, raw, this.moment(), slot.version === 2)));
		}
		switch (opened.error.type) {
			case 'way_missing':
			case 'parameters_refused':
				await this.despiteFullDisk(() => (attempts ? db.attempts.put(attempts) : db.attempts.delete(staffId)));
				return err(
					opened.error.type === 'way_missing'
						? { type: 'way_missing' }
						: { type: 'storage_unopenable', detail: 'slot_parameters_refused' }
				);
			case 'wrong_secret': {
				if (needsCode(counted)) return err({ type: 'needs_code' });
				const coolsUntil = coolingUntil(counted, now);
				if (coolsUntil !== undefined) return err({ type: 'cooling_down', until: this.instant(coolsUntil) });
				return err({ type: 'wrong_secret', triesLeft: triesLeft(counted) });
			}
		}
	}

	/** Nobody is locked out because something beside the records could not be written: an attempt slows people down, Argon2id protects. */
	private async despiteFullDisk(write: () => PromiseLike<unknown>): Promise<void> {
		try {
			await write();
		} catch (cause) {
			if (storageFault(cause)?.type !== 'storage_full') throw cause;
			this.platform.report(cause);
		}
	}

	/** What is read, or undefined where a record does not open: that is reported, and must not hold up what lies elsewhere. */
	private async despiteDamage<T>(read: () => Promise<T>): Promise<T | undefined> {
		try {
			return await read();
		} catch (cause) {
			if (!(cause instanceof RecordDamaged)) throw cause;
			this.platform.report(cause);
			return undefined;
		}
	}

	/** @param expectsContact the slot was made when the silence of the registry was already noted */
	private async opened(
		opened: OpenedSlot,
		device: Device,
		raw: RawStore,
		cold: Moment,
		expectsContact: boolean
	): Promise<Session> {
		const { slot, secrets } = opened;
		const [cipher, signingKey] = await Promise.all([
			Cipher.from(secrets.ring, this.platform.random),
			crypto.subtle.importKey('pkcs8', secrets.signingKey, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
		]);
		const store = new SealedStore(this.db, cipher);
		const [roster, keys] = await Promise.all([
			this.orFault(() => this.openRoster(cipher)),
			this.db.meta.get('registry'),
			store.load(raw),
			this.despiteDamage(() => this.despiteFullDisk(() => this.silence.unseal(cipher, expectsContact)))
		]);
		// Without its roster the vault still opens; the next contact brings another.
		if (!roster.ok) this.platform.report(new VaultRefusal(roster.error));
		const houses = await this.housesOf(roster.ok ? roster.value : undefined);
		if (store.damaged.size > 0)
			this.platform.report(new Error(`Records that do not open: ${[...store.damaged].join(', ')}`));
		const session: Session = {
			owner: ownerOf(slot),
			opened,
			cold,
			cipher,
			store,
			sealingKey: keys?.key === 'registry' ? keys.sealingKey : undefined,
			wantedThumbnails: new Set(),
			read: new Map(),
			houses,
			author: {
				staffId: slot.staffId as StaffId,
				institutionId: device.institutionId as InstitutionId,
				deviceId: device.deviceId as DeviceId,
				signingKey
			}
		};
		// Another tab may have made a new data key: then this one learns it when it meets what it cannot open.
		cipher.moreKeys = () => this.learnKeys(session);
		return session;
	}

	/** Everybody who has a slot, as the lock screen shows them. */
	private async owners(): Promise<readonly SlotOwner[]> {
		const [slots, attempts] = await Promise.all([this.db.slots.toArray(), this.db.attempts.toArray()]);
		return slots.map((slot) => ({
			...ownerOf(slot),
			needsCode: needsCode(attempts.find(({ staffId }) => staffId === slot.staffId))
		}));
	}

	/** A change of the open person's slot, once their PIN was given. Undefined from `change`: it would leave no way. */
	private changeSlot(
		pin: string,
		change: (opened: OpenedSlot, deviceId: DeviceId) => Promise<OpenedSlot | undefined>
	): Promise<Result<SlotOwner, StorageFault | WayFault>> {
		return this.inTurn(async (): Promise<Result<SlotOwner, StorageFault | WayFault>> => {
			const { session, platform } = this;
			if (!session) return locked();
			const { slot, secrets } = session.opened;
			if (!(await isPin(slot, secrets, pin, platform.argon2id))) {
				this.confirmations -= 1;
				const left = this.confirmations;
				if (left === 0) await this.lock();
				return err({ type: 'wrong_secret', triesLeft: left });
			}
			this.confirmations = freeAttempts;
			const next = await change(session.opened, session.author.deviceId);
			if (!next) return err({ type: 'last_way' });
			if (this.session !== session) return locked();
			const kept = await this.orFault(() => this.putSlot(next));
			if (!kept.ok) return kept;
			if (!kept.value) return locked();
			session.opened = next;
			session.owner = ownerOf(next.slot);
			this.changed('status');
			return ok(session.owner);
		});
	}

	/** Writes a slot that is still there, with the letters that came meanwhile. False where it is gone. */
	private async putSlot({ slot, secrets }: OpenedSlot): Promise<boolean> {
		const { db } = this;
		const newest = newestOf(secrets.ring).n;
		return db.transaction('rw', [db.meta, db.slots], async () => {
			await assertSchema(db);
			const now = await db.slots.get(slot.staffId);
			if (!now) return false;
			const letters = now.version === 2 ? now.letters.filter(({ n }) => n > newest) : [];
			await db.slots.put({ ...slot, name: now.name, role: now.role, letters });
			// A program that knows one way only must not open this store any more.
			await holdSchema(db);
			return true;
		});
	}

	/** Takes slots away, and notes that a new data key is owed until there is one. */
	private async dropSlots(staffIds: readonly string[]): Promise<void> {
		const { db } = this;
		await db.transaction('rw', [db.meta, db.slots, db.attempts], async () => {
			await assertSchema(db);
			await db.slots.bulkDelete([...staffIds]);
			await db.attempts.bulkDelete([...staffIds]);
			await db.meta.put({ key: 'ring', madeAt: await this.ringMadeAt(), due: true });
		});
	}

	private async ringMadeAt(): Promise<number> {
		const note = await this.db.meta.get('ring');
		return note?.key === 'ring' ? note.madeAt : this.platform.clock.now();
	}

	/**
	 * Under the write lock: a new data key for everybody who has a slot. Owed until all of them have a slot of this version,
	 * because the first version had nothing that a key could be sealed to; it is made when the last of them has signed in.
	 */
	private async turnRing(session: Session): Promise<void> {
		const { db, platform } = this;
		const { deviceId, staffId } = session.author;
		// What another tab may have added is the newest.
		await this.learnKeys(session);
		const slots = await db.slots.toArray();
		if (slots.some(({ version }) => version === 1)) return;
		const before = newestOf(session.opened.secrets.ring);
		const next: RingKey = { n: before.n + 1, key: platform.random(32) };
		const letters = new Map(
			await Promise.all(
				slots.flatMap((slot) =>
					slot.version === 2 && slot.staffId !== staffId
						? [
								sealLetter({ ...slot, deviceId }, next, before, platform.random).then(
									(letter) => [slot.staffId, letter] as const
								)
							]
						: []
				)
			)
		);
		const mine = await withRingKey(session.opened, deviceId, next, platform);
		// Locked meanwhile: its secrets are cleared, and nothing made of them may be written. The next unlocking does it.
		if (this.session !== session) return;
		await db.transaction('rw', [db.meta, db.slots], async () => {
			await assertSchema(db);
			const now = await db.slots.toArray();
			const missing = now.some((slot) => slot.staffId !== staffId && !letters.has(slot.staffId));
			// Somebody was added meanwhile, and would be left without the key.
			if (missing || !now.some((slot) => slot.staffId === staffId)) throw new HeadMoved();
			for (const slot of now) {
				const letter = letters.get(slot.staffId);
				if (letter && slot.version === 2) await db.slots.put({ ...slot, letters: [...slot.letters, letter] });
			}
			await db.slots.put(mine.slot);
			await db.meta.put({ key: 'ring', madeAt: platform.clock.now(), due: false });
		});
		session.opened = mine;
		await session.cipher.learn(next);
	}

	/** After unlocking: a new data key where one is owed or the newest is old. */
	private async turnRingWhenDue(session: Session): Promise<void> {
		const note = await this.db.meta.get('ring');
		const now = this.platform.clock.now();
		if (note?.key !== 'ring') {
			await this.db.meta.put({ key: 'ring', madeAt: now, due: false });
			return;
		}
		if (!note.due && now - note.madeAt < ringKeyMilliseconds) return;
		await this.writing(session, () => this.turnRing(session));
		this.changed('status');
	}

	/** Takes in what another tab changed in the person's slot. True where there was a new data key. */
	private async learnKeys(session: Session): Promise<boolean> {
		const row = await this.db.slots.get(session.author.staffId);
		const { deviceId } = session.author;
		const now = await reopened(row, deviceId, session.opened.secrets, this.platform.random);
		if (!now) return false;
		const known = newestOf(session.opened.secrets.ring).n;
		const fresh = now.secrets.ring.filter(({ n }) => n > known);
		if (now.slot !== row) await this.despiteFullDisk(() => this.putSlot(now));
		session.opened = now;
		session.owner = ownerOf(now.slot);
		for (const key of fresh) await session.cipher.learn(key);
		return fresh.length > 0;
	}

	/** Another tab changed slots or heard of the registry: who is no longer on this tablet has nothing open either. */
	private async followSlots(session: Session): Promise<void> {
		if (this.session !== session) return;
		const row = await this.db.slots.get(session.author.staffId);
		if (!row) {
			this.forget();
			return;
		}
		await this.learnKeys(session);
		await this.silence.readAgain();
	}

	/**
	 * Takes off the tablet whom the roster no longer names. The last slot is never deleted, since nobody could open the records
	 * then: it is closed until a new code. True where the open person was among them and the tablet is locked now.
	 */
	private async followRoster(session: Session, roster: Roster): Promise<boolean> {
		const { db, platform } = this;
		// A house without anybody is a fault of the registry, not a reason to lose every key.
		if (roster.staff.length === 0) return false;
		const named = new Set<string>(roster.staff.map(({ id }) => id));
		const slots = await this.orRefuse(() => db.slots.toArray());
		const gone = slots.map(({ staffId }) => staffId).filter((id) => !named.has(id));
		if (gone.length === 0) return false;
		const me = session.author.staffId;
		const mineToo = gone.includes(me);
		const last = gone.length === slots.length;
		const dropped = last ? gone.filter((id) => id !== me) : gone;
		await this.orRefuse(() =>
			this.writing(session, async () => {
				if (dropped.length > 0) await this.dropSlots(dropped);
				if (last) await db.attempts.put({ staffId: me, wrong: attemptsBeforeCode, at: platform.clock.now() });
				// Whoever leaves does not make the key of those who stay: the next of them does, at unlocking.
				if (!mineToo) await this.turnRing(session);
			})
		);
		// Else the copy beside the database would bring back whom the roster has put out.
		await this.despiteFiles(() => this.keepTabletFile());
		if (!mineToo) return false;
		await this.lock();
		return true;
	}

	/** Why nothing may be read or recorded now, however open the tablet is. */
	private closedFor(what: 'reading' | 'recording'): StorageFault | undefined {
		this.silence.pass().catch(this.platform.report);
		const { stage } = this.silence.contact;
		if (stage === 'sending_only') return { type: 'sending_only' };
		return stage === 'reading_locked' && what === 'reading' ? { type: 'reading_locked' } : undefined;
	}

	/**
	 * While reading is closed a new child can be registered, and that form reads what it recorded itself: an intake of the last
	 * day, not submitted, nothing of which has left this tablet.
	 */
	private async isBeingWritten(session: Session, childId: ChildId): Promise<boolean> {
		const { store, author } = session;
		const entries = store.knows(childId) ? await this.despiteDamage(() => store.entriesOf(childId)) : [];
		const since = this.platform.clock.now() - writingMilliseconds;
		return (
			entries?.every(
				({ parsed: { entry } }) =>
					entry.deviceId === author.deviceId &&
					entry.type !== 'intake.submitted' &&
					Date.parse(entry.recordedAt) >= since &&
					store.ledger.entries.get(entry.id)?.delivery.state === 'waiting'
			) ?? false
		);
	}

	private slotTools(): SlotTools {
		const { random, argon2id, parameters } = this.platform;
		return { random, argon2id, parameters };
	}

	private moment(): Moment {
		return { clock: this.platform.clock.now(), uptime: this.platform.uptime() };
	}

	/** Milliseconds since that moment by whichever clock says more: one may be set back, the other sleeps with the tablet. */
	private coldFor({ clock, uptime }: Moment): number {
		return Math.max(this.platform.clock.now() - clock, this.platform.uptime() - uptime);
	}

	private async openRoster(cipher: Cipher): Promise<Roster | undefined> {
		const row = await this.db.notes.get('roster');
		return row && cipher.openJson<Roster>('notes', 'roster', row.sealed);
	}

	private async openRosterMark(cipher: Cipher): Promise<RosterMark | undefined> {
		const row = await this.db.notes.get('roster-mark');
		return row && cipher.openJson<RosterMark>('notes', 'roster-mark', row.sealed);
	}

	/** The roster and, where the registry signed it, what later ones are measured by: sealed, so that nobody winds it back. */
	private async rosterNotes(
		cipher: Cipher,
		roster: Roster,
		mark: RosterMark | undefined
	): Promise<readonly NamedRow[]> {
		const sealed = await cipher.sealJson('notes', 'roster', roster);
		const notes: NamedRow[] = [{ name: 'roster', sealed }];
		if (mark) notes.push({ name: 'roster-mark', sealed: await cipher.sealJson('notes', 'roster-mark', mark) });
		return notes;
	}

	/**
	 * The roster of an enrolment. A new tablet believes the answer whole, its keys included. One that is enrolled keeps its own
	 * where the answer's is not to be believed: one more person gets in by a code, not by a list that somebody changed.
	 */
	private async rosterOfEnrolment(answer: EnrolAnswer, device: Device | undefined): Promise<BelievedRoster> {
		const ground: RosterGround = device
			? await this.rosterGround()
			: { registryKey: answer.registryPublicKey, house: answer.roster.institutionId, last: undefined };
		const believed = await believedRoster(answer, ground, Date.parse(answer.serverTime));
		if (believed.ok) return believed.value;
		this.platform.report(new Error(`The roster of an enrolment is not the registry's: ${believed.error.type}`));
		return { roster: (device && (await this.openRoster(this.needSession().cipher))) ?? answer.roster };
	}

	private async housesOf(roster: Roster | undefined): Promise<Houses> {
		const houses = new Map(
			(roster?.institutions ?? []).map(({ id, kind, region }) => [
				id,
				{ kind: kind === 'registry' ? undefined : kind, region }
			])
		);
		const rules = roster?.rules;
		const spelled = canonicalJson({ houses: Object.fromEntries(houses), rules: rules?.sha256 });
		return {
			word: {
				kindOfHouse: (id) => houses.get(id)?.kind,
				regionOfHouse: (id) => houses.get(id)?.region,
				rules
			},
			madeBy: `${this.platform.rowsVersion}/${(await sha256Hex(spelled)).slice(0, 8)}`
		};
	}

	/** The roster as it is kept: rules that are not what their hash says are left out and reported, and the program's own count. */
	private async checkedRoster(roster: Roster): Promise<Roster> {
		const { rules, ...others } = roster;
		if (!rules) return roster;
		const { policies, restDays, sha256 } = rules;
		if ((await sha256Hex(canonicalJson({ policies, restDays } as Json))) === sha256) return roster;
		this.platform.report(new Error('The rules of the registry are not what their hash says'));
		return others;
	}

	private begin(session: Session): Promise<VaultStatus> {
		if (this.session) clear(this.session.opened.secrets);
		this.session = session;
		this.resting?.stay();
		this.resting = undefined;
		this.confirmations = freeAttempts;
		this.turnRingWhenDue(session).catch(this.platform.report);
		this.mend(session).catch(this.platform.report);
		this.tidy(session).catch(this.platform.report);
		session.store.list.readyToSearch(this.platform.breathe, () => this.session === session).catch(this.platform.report);
		return this.changedStatus();
	}

	private forget(): void {
		this.locks += 1;
		const { session } = this;
		this.session = undefined;
		this.resting?.stay();
		this.resting = undefined;
		this.silence.close();
		if (session) clear(session.opened.secrets);
	}

	/** Under the write lock. */
	private async append(session: Session, facts: readonly Fact[], sheet?: KeptSheet): Promise<Saved> {
		const { store } = session;
		await this.level(session);
		const { entries, head } = await author(facts, store.chain, session.author, this.platform, store.ledger.newest?.id);
		const children: ListedChild[] = [];
		const mine: ParsedEntry[] = entries.map((entry) => ({ known: true, entry }));
		for (const [childId, files] of filesConcerned((file) => store.list.filesOf(file), mine)) {
			if (!store.knows(childId) && !mine.some(({ entry }) => entry.childId === childId)) continue;
			children.push(
				await this.listed(
					session,
					childId,
					files,
					async (file) => [
						...(await store.entriesOf(file)).map(({ parsed }) => parsed),
						...mine.filter(({ entry }) => entry.childId === file)
					],
					sheet?.childId === childId ? sheet : undefined
				)
			);
		}
		const changes: LedgerChange[] = [
			{ kind: 'written', entries: entries.map((entry) => ownEntry({ known: true, entry })) },
			...(sheet ? [{ kind: 'sheetKept' as const, sheet }] : [])
		];
		const chain = { first: entries[0]?.deviceSeq ?? head.deviceSeq, head };
		const at = entries.at(-1)?.recordedAt ?? this.now();
		await this.keptTwice(
			session,
			(safe) => keepEntries(safe.journal, this.sealer(session), textsOf(entries), chain, at, store.journal + 1),
			(journal) => store.append({ children, changes }, entries, head, { journal }),
			() => store.chain.previous === head.previous,
			true
		);
		return { entryIds: entries.map(({ id }) => id), savedAt: entries.at(-1)?.recordedAt ?? this.now() };
	}

	/**
	 * The child's line. A save must not fail because a rule did, or because an old segment is damaged: then the line stays as it
	 * was (or is bare and says that it cannot be read), and the fault is reported.
	 */
	private async listed(
		session: Session,
		childId: ChildId,
		together: readonly ChildId[],
		entries: (file: ChildId) => Promise<readonly ParsedEntry[]>,
		sheet = session.store.ledger.sheets.get(childId)
	): Promise<ListedChild> {
		try {
			const { rules, pinyin } = await this.loadedTools();
			const { word, madeBy } = session.houses;
			const { ledger } = session.store;
			const counted = async (file: ChildId) =>
				(await entries(file)).filter(({ entry }) => countsForFiles(entry.type, ledger.entries.get(entry.id)?.delivery));
			const own = await counted(childId);
			const others = await Promise.all(together.filter((file) => file !== childId).map(counted));
			const child = others.length > 0 ? foldChild(childId, [own, ...others].flat()) : undefined;
			// The file that names the child has the child's line; the others keep their own, which no list shows.
			const row =
				rowWithKept(own, sheet, (file) => rules.makeRow(file, word)) ??
				rules.makeRow(child?.childId === childId ? child : fold(childId, own), word);
			return { row, pinyin: pinyinText(row, pinyin), madeBy };
		} catch (cause) {
			this.platform.report(cause);
			return { row: bareRow(childId), pinyin: '', ...session.store.list.get(childId), madeBy: '' };
		}
	}

	/**
	 * Under the write lock, once the registry has said something of own entries: makes the lines again of files that show a
	 * merge, or the undoing of one, otherwise than it counts now (`countsForFiles`).
	 */
	private async followMerges(session: Session): Promise<void> {
		const { store } = session;
		const groups = new Map<ChildId, ReadonlySet<ChildId>>();
		for (const { id, childId, type, itemId, delivery } of store.ledger.entries.values()) {
			if (!isMerging(type) || !itemId) continue;
			const row = store.list.get(childId)?.row;
			const shows =
				type === 'child.merged'
					? row?.merges?.some((half) => half.itemId === itemId)
					: row?.parted?.some((parted) => parted === itemId);
			if (!row || (shows ?? false) === countsForFiles(type, delivery)) continue;
			const held = (await this.despiteDamage(() => store.entriesOf(childId))) ?? [];
			if (!held.some(({ parsed }) => parsed.entry.id === id)) continue;
			const others = held.flatMap(({ parsed: { known, entry } }) =>
				known && entry.type === 'child.merged' && entry.payload.itemId === itemId ? [entry.payload.merge.other] : []
			);
			const files = [childId, ...others].flatMap((file) => [...store.list.filesOf(file), ...(groups.get(file) ?? [])]);
			const group = new Set([childId, ...files]);
			for (const file of group) groups.set(file, group);
		}
		const entries = async (file: ChildId) => (await store.entriesOf(file)).map(({ parsed }) => parsed);
		const children: ListedChild[] = [];
		for (const [childId, group] of groups) {
			if (!store.knows(childId)) continue;
			const listed = await this.listed(session, childId, [...group].sort(), entries);
			// Where another tablet's parting stands beside one that was set aside, nothing changes.
			if (JSON.stringify(listed.row) !== JSON.stringify(store.list.get(childId)?.row)) children.push(listed);
		}
		if (children.length === 0) return;
		await store.append({ children, changes: [] });
		this.changed('records');
	}

	/** That this person opened this file. What was not kept is noted at the next opening. */
	private noteReading(session: Session, childId: ChildId): void {
		const now = this.platform.clock.now();
		const last = session.read.get(childId);
		if (last !== undefined && isSameReading(last, now)) return;
		session.read.set(childId, now);
		const reading: TabletReading = {
			id: uuidV7(now, this.platform.random(10)) as ReadingId,
			childId,
			staffId: session.author.staffId,
			at: this.instant(now),
			purpose: 'care'
		};
		this.writing(session, () => session.store.append({ changes: [{ kind: 'read', reading }] })).then(
			() => this.foldWhenLong(session),
			(fault: unknown) => {
				session.read.delete(childId);
				this.platform.report(fault);
			}
		);
	}

	/** After unlocking: loads what saves need, and makes again the lines that older rules made or that could not be made. */
	private async mend(session: Session): Promise<void> {
		const { platform } = this;
		const { store } = session;
		await this.loadedTools();
		// A receipt may have been kept without the lines it changes.
		if ([...store.ledger.entries.values()].some(({ type }) => isMerging(type)))
			await this.writing(session, () => this.followMerges(session));
		const stale = store.list.all().filter(({ madeBy }) => madeBy !== session.houses.madeBy);
		for (let from = 0; from < stale.length; from += 100) {
			const made: { child: ListedChild; stamp: number | undefined }[] = [];
			for (const { row } of stale.slice(from, from + 100)) {
				const stamp = store.stampOf(row.childId);
				const entries = async (file: ChildId) => (await store.entriesOf(file)).map(({ parsed }) => parsed);
				const files = store.list.filesOf(row.childId);
				made.push({ stamp, child: await this.listed(session, row.childId, files, entries) });
			}
			await platform.breathe();
			if (this.session !== session) return;
			await this.writing(session, async () => {
				const children = made.flatMap(({ child, stamp }) =>
					store.stampOf(child.row.childId) === stamp && child.madeBy !== '' ? [child] : []
				);
				if (children.length > 0) await store.append({ children, changes: [] });
			});
			this.changedRecords(session, ['records']);
		}
	}

	private loadedTools(): Promise<Tools> {
		this.tools ??= Promise.all([this.platform.loadPinyin(), this.platform.loadRowRules()]).then(
			([pinyin, rules]) => ({ pinyin, rules }),
			(cause: unknown) => {
				// The next one may find it.
				this.tools = undefined;
				throw cause;
			}
		);
		return this.tools;
	}

	/** Under the write lock: bytes, thumbnail and bookkeeping in one transaction. */
	private async keepPhoto(session: Session, photo: OwnPhoto, { bytes, thumbnail }: PreparedPhoto): Promise<void> {
		const { cipher, store } = session;
		await this.roomBesideText();
		const [photoName, thumbnailName] = await Promise.all([
			cipher.nameOf('photos', photo.sha256),
			cipher.nameOf('thumbnails', photo.sha256)
		]);
		const [sealedPhoto, sealedThumbnail] = await Promise.all([
			cipher.seal('photos', photoName, bytes),
			cipher.seal('thumbnails', thumbnailName, thumbnail)
		]);
		await this.level(session);
		await this.keptTwice(
			session,
			(safe) => keepPhoto(safe.journal, this.sealer(session), photo, bytes, store.journal + 1),
			(journal) =>
				store.append(
					{ changes: [{ kind: 'photoKept', photo: journal === undefined ? photo : { ...photo, journal } }] },
					[],
					store.chain,
					{
						photo: { name: photoName, sealed: sealedPhoto },
						thumbnail: { name: thumbnailName, sealed: sealedThumbnail },
						journal
					}
				),
			() => store.ledger.photos.has(photo.sha256),
			false
		);
	}

	private async photoDelivered(
		session: Session,
		sha256: Sha256,
		delivery: Delivery,
		epoch: Epoch | undefined
	): Promise<void> {
		const { store } = session;
		await this.orRefuse(() =>
			this.writing(session, async () => {
				if (store.ledger.epoch !== epoch || !store.ledger.photos.has(sha256)) return;
				await store.append({ changes: [{ kind: 'photoDelivery', sha256, delivery }] });
				await this.settle(session);
			})
		);
		this.changedRecords(session, ['queue']);
	}

	/** Writes one change of the ledger that a person made. */
	private async noted(change: LedgerChange): Promise<Result<true, StorageFault>> {
		const { session } = this;
		if (!session) return locked();
		const kept = await this.orFault<true>(() =>
			this.writing(session, async () => {
				await session.store.append({ changes: [change] });
				if (change.kind === 'sendAgain') await this.followMerges(session);
				return true as const;
			})
		);
		if (kept.ok) this.changedRecords(session, ['queue']);
		return kept;
	}

	/**
	 * The children of a page with their new lines; undefined where the vault was locked meanwhile. Each touched child is folded
	 * once, so a page costs what its entries cost.
	 */
	private async prepare(
		session: Session,
		groups: ReadonlyMap<ChildId, readonly HeldEntry[]>
	): Promise<PreparedChild[] | undefined> {
		const { store } = session;
		const prepared: PreparedChild[] = [];
		let since = this.platform.clock.now();
		const all = [...groups.values()].flatMap((entries) => entries.map(({ parsed }) => parsed));
		for (const [childId, together] of filesConcerned((file) => store.list.filesOf(file), all)) {
			const arrived = groups.get(childId) ?? [];
			if (arrived.length === 0 && !store.knows(childId)) continue;
			if (this.platform.clock.now() - since > 30) {
				await this.platform.breathe();
				if (this.session !== session) return undefined;
				since = this.platform.clock.now();
			}
			const stamp = store.stampOf(childId);
			const before = store.knows(childId) ? await this.despiteDamage(() => store.entriesOf(childId)) : [];
			// Some of what a damaged record held may be kept twice; a set of entries does not mind.
			const known = new Set(before?.map(({ parsed }) => parsed.entry.id));
			const fresh = arrived.filter(({ parsed }) => !known.has(parsed.entry.id));
			if (fresh.length === 0 && together.length === 1) continue;
			const listed = await this.listed(session, childId, together, async (file) =>
				file === childId
					? [...(before ?? (await store.entriesOf(childId))), ...fresh].map(({ parsed }) => parsed)
					: [...(await store.entriesOf(file)), ...(groups.get(file) ?? [])].map(({ parsed }) => parsed)
			);
			prepared.push({
				childId,
				stamp,
				listed,
				fresh: fresh.map(({ raw, receivedAt }) => ({ entry: raw, ...(receivedAt ? { receivedAt } : {}) }))
			});
		}
		return prepared;
	}

	/** Replaces or removes one sealed thing and counts its bytes. */
	private async replace(
		store: 'drafts' | 'thumbnails',
		name: string,
		sealed: Sealed | undefined,
		counter: 'recordBytes' | 'photoBytes'
	): Promise<void> {
		const { db } = this;
		await db.transaction('rw', [db.meta, db[store]], async () => {
			await assertSchema(db);
			const [old, head] = await Promise.all([db[store].get(name), readHead(db)]);
			if (sealed) await db[store].put({ name, sealed });
			else await db[store].delete(name);
			const more = (sealed?.length ?? 0) - (old?.sealed.length ?? 0);
			const of = store === 'drafts' ? 'draftBytes' : 'thumbnailBytes';
			await db.meta.put({ ...head, [counter]: head[counter] + more, [of]: (head[of] ?? 0) + more });
		});
	}

	private async namesHere(
		session: Session,
		store: 'photos' | 'thumbnails',
		hashes: readonly Sha256[]
	): Promise<ReadonlySet<Sha256>> {
		const names = await Promise.all(hashes.map((sha256) => session.cipher.nameOf(store, sha256)));
		const here = new Set(await this.db[store].where('name').anyOf(names).primaryKeys());
		return new Set(hashes.filter((_, i) => here.has(names[i] ?? '')));
	}

	private async device(): Promise<Device | undefined> {
		await this.ready();
		const device = await this.db.meta.get('device');
		return device && device.key === 'device' ? device : undefined;
	}

	private needSession(): Session {
		if (!this.session) throw new VaultRefusal({ type: 'vault_locked' });
		return this.session;
	}

	/** One change after another in this tab, and under the Web Lock one tab after another, each beginning with what the others saved. */
	private writing<T>(session: Session, work: () => Promise<T>): Promise<T> {
		return this.inTurn(() =>
			this.platform.exclusively('write', async () => {
				for (let attempt = 1; ; attempt++) {
					try {
						await session.store.catchUp();
						return await work();
					} catch (cause) {
						if (attempt === 10) throw cause;
						if (cause instanceof HeadBehind) await this.bringBack(session, cause);
						else if (!(cause instanceof HeadMoved)) throw cause;
					}
				}
			})
		);
	}

	/** In turn, not under the write lock. */
	private async caughtUp(session: Session): Promise<void> {
		try {
			await session.store.catchUp();
		} catch (cause) {
			if (!(cause instanceof HeadBehind)) throw cause;
			await this.platform.exclusively('write', () => this.bringBack(session, cause));
		}
	}

	/**
	 * Under the write lock. The database was emptied under the open vault, or another tab has begun it anew: it gets back what
	 * the tablet's files hold, and the rest is read again from the registry, as at a start.
	 */
	private async bringBack(session: Session, noticed: HeadBehind): Promise<void> {
		const safe = await this.files();
		const tablet = safe && (await readTablet(safe.disk));
		if (!tablet) throw noticed;
		const gone = await fillDatabase(this.db, tablet, this.platform.clock.now());
		await session.store.readAnew();
		await this.despiteFiles(() => safe.journal.catchUp());
		if (gone) {
			const nothingYet = { saves: 0, entries: 0, photos: 0 };
			const found: StorageDamage[] = [{ type: 'database_empty' }];
			await noteRecovery(this.db, this.recoveryOf(found, nothingYet, 0, gone !== 'slots'));
		}
		await this.mendStore(session, safe, { segments: [], photos: 0 });
		await this.takeTold(session);
		for (const word of ['records', 'queue', 'status'] as const) this.changed(word);
	}

	private inTurn<T>(work: () => Promise<T>): Promise<T> {
		const result = this.turn.then(work);
		// The turn passes on whatever came of it; the caller has the result.
		this.turn = result.then(nothing, nothing);
		return result;
	}

	private inDraftTurn<T>(work: () => Promise<T>): Promise<T> {
		const result = this.draftTurn.then(work);
		this.draftTurn = result.then(nothing, nothing);
		return result;
	}

	/** The value, or the storage fault that kept it; a surprise is thrown on. */
	private async orFault<T>(work: () => PromiseLike<T>): Promise<Result<T, StorageFault>> {
		try {
			return ok(await work());
		} catch (cause) {
			if (cause instanceof VaultRefusal && cause.name === 'vault_locked') return locked();
			if (cause instanceof RecordDamaged) return err({ type: 'storage_unopenable', detail: cause.message });
			const fault = storageFault(cause);
			if (fault) return err(fault);
			throw cause;
		}
	}

	/** The same for calls that answer no Result: they are refused by a throw with the fault's name. */
	private async orRefuse<T>(work: () => PromiseLike<T>): Promise<T> {
		const result = await this.orFault(work);
		if (!result.ok) throw new VaultRefusal(result.error);
		return result.value;
	}

	private changedRecords(session: Session, events: readonly VaultEvent[]): void {
		for (const event of events) this.changed(event);
		this.foldWhenLong(session);
	}

	private foldWhenLong(session: Session): void {
		if (session.store.logLength < logRecordsBeforeFold || this.folding) return;
		this.folding = true;
		const fold = async () => {
			await this.platform.breathe();
			await this.writing(session, () => session.store.fold());
		};
		fold()
			.catch(this.platform.report)
			.finally(() => {
				this.folding = false;
			});
	}

	private async changedStatus(): Promise<VaultStatus> {
		this.changed('status');
		return this.status();
	}

	private changed(event: VaultEvent): void {
		// Slots, keys and what is counted must survive the database.
		if (event === 'status' && this.session) this.despiteFiles(() => this.keepTabletFile()).catch(this.platform.report);
		this.tell(event);
		this.platform.channel.post(event);
	}

	private tell(event: VaultEvent): void {
		for (const listener of this.listeners) listener(event);
	}

	private now(): string {
		return this.instant(this.platform.clock.now());
	}

	private instant(epochMs: number): string {
		return instantWithOffset(epochMs, this.platform.clock.offsetMinutes(epochMs));
	}
}

const nothing = () => undefined;

function locked(): Result<never, StorageFault> {
	return err({ type: 'vault_locked' });
}

function ownerOf(slot: SlotRow | FirstSlotRow): SlotOwner {
	const ways: readonly WayIn[] =
		slot.version === 1
			? [{ way: 'passphrase' }]
			: slot.ways.map((way) =>
					way.way === 'passkey' ? { way: way.way, credentialId: way.credentialId, salt: way.prfSalt } : { way: way.way }
				);
	return { staffId: slot.staffId as StaffId, name: slot.name, role: slot.role, ways, needsCode: false };
}

/** A line for a child whose entries cannot be read now: it says so, and is never taken for complete. */
function bareRow(childId: ChildId): ChildRow {
	return {
		childId,
		name: undefined,
		nameIsAssigned: false,
		names: [],
		pinyin: undefined,
		caseNumber: undefined,
		sex: undefined,
		birthEarliest: undefined,
		birthLatest: undefined,
		marks: '',
		portrait: undefined,
		custodian: undefined,
		holdStart: undefined,
		holdLastDay: undefined,
		holdProvisional: false,
		submitted: false,
		stepsBegun: 0,
		conflictCount: 0,
		unknownEntryCount: 1,
		notice: 'none',
		duties: []
	};
}

function deliveryOf(session: Session, parsed: ParsedEntry, receivedAt: string | undefined): Delivery {
	const own = session.store.ledger.entries.get(parsed.entry.id);
	if (own) return shown(own.delivery);
	// Written elsewhere: it came from the registry, whose receipt went to the tablet that wrote it.
	return receivedAt === undefined ? { state: 'waiting' } : registered(receivedAt, '');
}

/** A receipt that cannot be read proves nothing; the entry goes on waiting. */
function readReceipt(input: unknown): readonly Receipt[] {
	const parsed = receiptSchema.safeParse(input);
	return parsed.success ? [parsed.data] : [];
}

function photosOf(entries: readonly HeldEntry[]): readonly Sha256[] {
	const photos = new Set<Sha256>();
	for (const { parsed } of entries) {
		if (parsed.known && parsed.entry.type === 'photo.added') photos.add(parsed.entry.payload.photo.sha256);
	}
	return [...photos];
}

function isWaiting({ delivery }: { delivery: { state: Delivery['state'] } }): boolean {
	return delivery.state === 'waiting';
}

function signingPair(extractable: boolean): Promise<CryptoKeyPair> {
	return crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, extractable, ['sign', 'verify']);
}

/** Uncompressed point, 65 bytes, base64url. */
async function publicPoint(key: CryptoKey): Promise<string> {
	return base64url(new Uint8Array(await crypto.subtle.exportKey('raw', key)));
}

/** The same key, which no program gets out again. */
async function withoutExport(key: CryptoKey): Promise<CryptoKey> {
	const bytes = await crypto.subtle.exportKey('pkcs8', key);
	return crypto.subtle.importKey('pkcs8', bytes, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
}

/** Rows of `meta` that speak of the database itself, or have a place of their own in the tablet's file. */
const notInTabletFile: ReadonlySet<string> = new Set(['device', 'head', 'mending', 'recovery']);

/** How often a database that does not open is asked again before it is taken for damaged. */
const openAttempts = 3;

/** Once more where the way was cleared. */
async function retried<T>(work: () => Promise<T>, clear: (cause: unknown) => Promise<boolean>): Promise<T> {
	try {
		return await work();
	} catch (cause) {
		if (!(await clear(cause))) throw cause;
		return work();
	}
}

/** A full disk, or what a full disk looks like. */
function isNoRoom(cause: unknown): boolean {
	const type = storageFault(cause)?.type;
	return type === 'storage_full' || type === 'storage_unopenable';
}

function isDroppable({ delivery, dropped }: OwnPhoto): boolean {
	return delivery.state === 'registered' && !dropped;
}

/** What originals take on the disk, bytes. */
function bytesSealed(photos: readonly OwnPhoto[]): number {
	return photos.reduce((sum, { bytes }) => sum + bytes + sealingAdds, 0);
}

/** Whether the registry has said of everything in the record what became of it. */
function isTaken(outcome: SealedOutcome, record: JournalRecord | undefined): boolean {
	if (!record || outcome.outcome !== 'taken') return false;
	if ('photo' in outcome) return record.kind === 'photo' && ['stored', 'refused'].includes(outcome.photo.status);
	if (!record.seq) return false;
	const told = new Set(outcome.receipts.flatMap(({ id }) => id ?? []));
	return told.size >= record.seq[1] - record.seq[0] + 1;
}
