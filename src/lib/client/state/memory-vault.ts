import { rowWithSheet, fileWithSheet, type ReadSheet } from '#lib/domain/handover/sheet.ts';
import { parseEntry, type Entry, type EntryType, type ParsedEntry } from '#lib/domain/case-file/entry.ts';
import type { ChildRow } from '#lib/domain/case-file/child-row.ts';
import { filesOfChild, foldChild, standingMerges } from '#lib/domain/case-file/one-child.ts';
import { fold, type CaseFile } from '#lib/domain/case-file/case-file.ts';
import { takeBack } from '#lib/domain/case-file/take-back.ts';
import {
	uuidV7,
	type ChildId,
	type DeviceId,
	type EntryId,
	type ItemId,
	type Sha256,
	type StaffId
} from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { addYears, type CivilDate } from '#lib/domain/time.ts';
import { readBadge, writeBadge } from '#lib/domain/badge.ts';
import type { Cursor, Epoch, Roster } from '#lib/sync/protocol.ts';
import { DuplicateSearch } from '../search/duplicates.ts';
import { countsForFiles } from '../search/files-together.ts';
import type { OwnDelivery } from '#lib/sync/sync-state.ts';
import { photosNotKept } from '../vault/photos-not-kept.ts';
import { queueLines } from '../vault/queue-page.ts';
import type {
	ChildQuery,
	Contact,
	Delivery,
	Draft,
	Fact,
	PreparedPhoto,
	QueueItem,
	RecoveryReport,
	Saved,
	Secret,
	SlotOwner,
	StorageFault,
	UnlockFault,
	Usage,
	Vault,
	VaultEvent,
	VaultStatus,
	WayFault,
	WayIn
} from '../tablet.ts';

/*
 * A vault that forgets everything when the page closes: for developing screens and for their tests. It keeps no secret
 * and writes no disk; a production build never contains it (see connect.ts).
 */

export interface MemoryVaultOptions {
	readonly now: () => number;
	readonly random: (bytes: number) => Uint8Array;
	readonly roster: Roster;
	/** The folded file as one line of a list. */
	readonly rowOf: (file: CaseFile) => ChildRow;
	readonly passphrase: string;
	readonly pin: string;
	/** 27 signs, see domain/badge.ts. */
	readonly badge: string;
	/** Whom it is open for at first; the first of the roster where nobody is named. */
	readonly begins?: StaffId | undefined;
}

export interface MemoryVault extends Vault {
	/** Facts of other people and days, for the invented children: as if they had been recorded then, and registered. */
	invent(
		facts: readonly Fact[],
		by: { readonly staffId: StaffId; readonly at: string; readonly delivery?: Delivery }
	): Promise<readonly EntryId[]>;
	/** A vault begins open, for inventing; then it is put into the status a screen is to be seen in. */
	become(status: VaultStatus['status']): void;
	/** As if the registry had not been heard of for so long. */
	silentFor(contact: Contact): void;
	/** As if this person had given ten wrong secrets. */
	needsCode(staffId: StaffId): void;
	/** Faults that the next calls of `record`, `addPhoto` and `saveDraft` answer, e.g. a full disk. */
	failNextWrites(count: number, fault: StorageFault): void;
	/** Lets the registry answer for the entries that wait. */
	deliver(delivery: Delivery): void;
	/** What the tablet found damaged at its start. */
	recovered(report: RecoveryReport): void;
}

const deviceId = '018f0000-0000-7000-8000-00000000d001' as DeviceId;
/** Where a signature would stand; nothing here proves anything. */
const noSignature = 'A'.repeat(86);

export function createMemoryVault(options: MemoryVaultOptions): MemoryVault {
	const { now, random, roster, rowOf } = options;
	let people: readonly SlotOwner[] = roster.staff.map((person) => ({
		staffId: person.id,
		name: person.name,
		role: person.role,
		ways: [{ way: 'passphrase' }, { way: 'badge' }],
		needsCode: false
	}));
	const first = people[0];
	if (!first) throw new RangeError('A memory vault needs at least one person in its roster');
	const house = roster.institutions.find((institution) => institution.id === roster.institutionId);

	let status: VaultStatus['status'] = 'open';
	let owner = people.find(({ staffId }) => staffId === options.begins) ?? first;
	let pinTries = 5;
	let passphraseTries = 5;
	let passphrase = options.passphrase;
	let pinNow = options.pin;
	let badge = options.badge;
	let contact: Contact = { stage: 'normal', days: 0, daysLeft: 21, at: new Date(options.now()).toISOString() };
	let sequence = 0;
	let faults: StorageFault[] = [];
	const entries = new Map<EntryId, { parsed: ParsedEntry; delivery: Delivery }>();
	const drafts = new Map<string, Draft>();
	const sheets = new Map<ChildId, ReadSheet>();
	const photos = new Map<
		Sha256,
		{
			full: Uint8Array<ArrayBuffer>;
			thumbnail: Uint8Array<ArrayBuffer>;
			delivery: Delivery;
			childId: ChildId;
			itemId: ItemId;
			recordedAt: string;
		}
	>();
	const away = new Set<string>();
	let recovery: RecoveryReport | undefined;
	const listeners: ((event: VaultEvent) => void)[] = [];

	const tell = (...events: VaultEvent[]) => {
		for (const event of events) for (const listener of listeners) listener(event);
	};
	const at = (instant: number) => new Date(instant).toISOString();
	const currentStatus = (): VaultStatus => {
		switch (status) {
			case 'not_enrolled':
				return { status };
			case 'locked':
				return { status, institutionName: house?.name ?? '', staff: people, contact };
			case 'resting':
				return { status, staff: owner, triesLeft: pinTries, contact };
			case 'open':
				return { status, staff: owner, institutionId: roster.institutionId, contact };
		}
	};
	const become = (next: VaultStatus['status']): VaultStatus => {
		status = next;
		tell('status');
		return currentStatus();
	};
	const writable = (): Result<true, StorageFault> => {
		if (status !== 'open') return err({ type: 'vault_locked' });
		if (contact.stage === 'sending_only') return err({ type: 'sending_only' });
		const fault = faults.shift();
		return fault ? err(fault) : ok(true);
	};

	const readable = (): Result<true, StorageFault> => {
		if (status !== 'open') return err({ type: 'vault_locked' });
		return contact.stage === 'normal' || contact.stage === 'warning' ? ok(true) : err({ type: contact.stage });
	};
	const opens = (secret: Secret): boolean => {
		switch (secret.way) {
			case 'passphrase':
				return secret.passphrase === passphrase;
			case 'badge': {
				const read = readBadge(secret.badge);
				return read.signs === badge && secret.pin === pinNow;
			}
			case 'passkey':
				return true;
		}
	};
	/** The PIN, asked again before the ways are changed. */
	const confirmed = (pin: string): Result<true, StorageFault | WayFault> => {
		if (status !== 'open') return err({ type: 'vault_locked' });
		if (pin === pinNow) {
			pinTries = 5;
			return ok(true);
		}
		pinTries -= 1;
		if (pinTries === 0) {
			pinTries = 5;
			become('locked');
			return err({ type: 'wrong_secret', triesLeft: 0 });
		}
		return err({ type: 'wrong_secret', triesLeft: pinTries });
	};
	const withWays = (ways: readonly WayIn[]): SlotOwner => {
		owner = { ...owner, ways };
		people = people.map((person) => (person.staffId === owner.staffId ? owner : person));
		tell('status');
		return owner;
	};

	const append = (facts: readonly Fact[], staffId: StaffId, recordedAt: string, delivery: Delivery): EntryId[] => {
		const made: { id: EntryId; parsed: ParsedEntry }[] = [];
		for (const fact of facts) {
			sequence += 1;
			const id = uuidV7(Date.parse(recordedAt), random(10)) as EntryId;
			const parsed = parseEntry({
				id,
				childId: fact.childId,
				type: fact.type,
				version: 1,
				replaces: fact.replaces,
				occurredOn: fact.occurredOn,
				recordedAt,
				staffId,
				institutionId: roster.institutionId,
				deviceId,
				deviceSeq: sequence,
				previous: null,
				payload: JSON.parse(JSON.stringify(fact.payload)) as unknown,
				signature: noSignature
			});
			if (!parsed.ok)
				throw new TypeError(`A screen recorded something that is no entry: ${JSON.stringify(parsed.error)}`);
			made.push({ id, parsed: parsed.value });
		}
		for (const { id, parsed } of made) entries.set(id, { parsed, delivery });
		return made.map(({ id }) => id);
	};

	const counted = () =>
		[...entries.values()].flatMap(({ parsed, delivery }) =>
			countsForFiles(parsed.entry.type, delivery) ? [parsed] : []
		);
	const rows = (): ChildRow[] => {
		const byChild = new Map<ChildId, ParsedEntry[]>();
		for (const parsed of counted()) {
			const list = byChild.get(parsed.entry.childId);
			if (list) list.push(parsed);
			else byChild.set(parsed.entry.childId, [parsed]);
		}
		const all = [...byChild.values()].flat();
		const merges = standingMerges(all);
		return [...byChild.keys()].flatMap((childId) => {
			const files = filesOfChild(childId, merges);
			// A child with several files has one line: that of the file that names it.
			if (files[0] !== childId) return [];
			const list = files.length > 1 ? all : (byChild.get(childId) ?? []);
			const sheet = sheets.get(childId);
			return [sheet ? rowWithSheet(rowOf(fileWithSheet(list, sheet))) : rowOf(foldChild(childId, list))];
		});
	};
	const filesOf = (childId: ChildId) => filesOfChild(childId, standingMerges(counted()));

	/** The queue as the real vault's ledger would have it. */
	const ledger = () => ({
		entries: new Map(
			[...entries].map(([id, { parsed, delivery }]) => [
				id,
				{
					id,
					childId: parsed.entry.childId,
					type: parsed.entry.type as EntryType,
					itemId: 'itemId' in parsed.entry.payload ? (parsed.entry.payload.itemId as ItemId) : undefined,
					deviceSeq: parsed.entry.deviceSeq,
					recordedAt: parsed.entry.recordedAt,
					bytes: JSON.stringify(parsed.entry).length,
					delivery: ownDelivery(delivery)
				}
			])
		),
		photos: new Map(
			[...photos].map(([sha256, { full, childId, itemId, delivery, recordedAt }]) => [
				sha256,
				{ sha256, childId, itemId, mediaType: 'image/jpeg', bytes: full.length, recordedAt, delivery }
			])
		),
		putAway: away
	});
	const weight = (list: readonly { parsed: ParsedEntry }[]) =>
		list.reduce((sum, { parsed }) => sum + JSON.stringify(parsed.entry).length, 0);
	const weightOf = (list: readonly { readonly full: Uint8Array }[]) =>
		list.reduce((sum, { full }) => sum + full.length, 0);
	const sent = () => [...photos].filter(([, { delivery, full }]) => delivery.state === 'registered' && full.length > 0);

	const waiting = () => [...entries.values()].filter(({ delivery }) => delivery.state === 'waiting');

	return {
		status: async () => currentStatus(),
		beginEnrolment: async () => ({
			deviceId,
			devicePublicKey: 'A'.repeat(87),
			staffPublicKey: 'A'.repeat(87)
		}),
		finishEnrolment: async (answer) => {
			owner = people.find((person) => person.staffId === answer.staffId) ?? first;
			return ok(become('open'));
		},
		generatePassphrase: async () => options.passphrase,
		unlock: async (staffId, secret) => {
			const person = people.find((candidate) => candidate.staffId === staffId);
			if (!person) return err<UnlockFault>({ type: 'slot_missing' });
			if (person.needsCode) return err<UnlockFault>({ type: 'needs_code' });
			if (!person.ways.some(({ way }) => way === secret.way)) return err<UnlockFault>({ type: 'way_missing' });
			if (passphraseTries === 0) return err<UnlockFault>({ type: 'cooling_down', until: at(now() + 60_000) });
			if (!opens(secret)) {
				passphraseTries -= 1;
				if (passphraseTries === 0) return err<UnlockFault>({ type: 'cooling_down', until: at(now() + 60_000) });
				return err<UnlockFault>({ type: 'wrong_secret', triesLeft: passphraseTries });
			}
			owner = person;
			passphraseTries = 5;
			pinTries = 5;
			return ok(become('open'));
		},
		reopen: async (pin) => {
			if (pin === pinNow) {
				pinTries = 5;
				return ok(become('open'));
			}
			pinTries -= 1;
			if (pinTries === 0) become('locked');
			return err<UnlockFault>({ type: 'wrong_secret', triesLeft: pinTries });
		},
		rest: async () => become('resting'),
		lock: async () => become('locked'),
		people: async () => people,
		makeBadge: async () => writeBadge(random(16)),
		addWay: async (pin, way) => {
			const may = confirmed(pin);
			if (!may.ok) return may;
			if (way.way === 'passphrase') passphrase = way.passphrase;
			if (way.way === 'badge') badge = way.badge;
			const shown: WayIn =
				way.way === 'passkey' ? { way: way.way, credentialId: way.credentialId, salt: way.salt } : { way: way.way };
			return ok(withWays([...owner.ways.filter((other) => other.way !== way.way), shown]));
		},
		dropWay: async (pin, way) => {
			const may = confirmed(pin);
			if (!may.ok) return may;
			const left = owner.ways.filter((other) => other.way !== way);
			return left.length === 0 ? err({ type: 'last_way' }) : ok(withWays(left));
		},
		changePin: async (pin, next) => {
			const may = confirmed(pin);
			if (!may.ok) return may;
			pinNow = next;
			return ok(owner);
		},
		removeSlot: async (staffId) => {
			if (status !== 'open') return err({ type: 'vault_locked' });
			if (!people.some((person) => person.staffId === staffId)) return err({ type: 'slot_missing' });
			if (owner.role !== 'supervisor' || staffId === owner.staffId) return err({ type: 'not_allowed' });
			people = people.filter((person) => person.staffId !== staffId);
			tell('status');
			return ok(people);
		},
		contactMade: async (serverTime) => {
			contact = { stage: 'normal', days: 0, daysLeft: 21, at: serverTime };
			tell('status');
		},

		record: async (facts, sheet) => {
			const may = writable();
			if (!may.ok) return may;
			const savedAt = at(now());
			const entryIds = append(facts, owner.staffId, savedAt, { state: 'waiting' });
			if (sheet) sheets.set(sheet.sent.childId, sheet);
			tell('records', 'queue');
			return ok<Saved>({ entryIds, savedAt });
		},
		addPhoto: async (fact: Extract<Fact, { type: 'photo.added' }>, prepared: PreparedPhoto) => {
			const may = writable();
			if (!may.ok) return may;
			const savedAt = at(now());
			const entryIds = append([fact], owner.staffId, savedAt, { state: 'waiting' });
			photos.set(prepared.photo.sha256, {
				full: prepared.bytes,
				thumbnail: prepared.thumbnail,
				delivery: { state: 'waiting' },
				childId: fact.childId,
				itemId: fact.payload.itemId,
				recordedAt: savedAt
			});
			tell('records', 'queue');
			return ok({ entryIds, savedAt, photoKept: true });
		},
		signedEntries: async (childId) =>
			ok([...entries.values()].map(({ parsed }) => parsed.entry).filter((entry) => entry.childId === childId)),
		photo: async (sha256, size) => {
			if (!readable().ok) return undefined;
			const carried = [...sheets.values()].find(({ sheet }) => sheet.portrait?.sha256 === sha256)?.sheet.portrait;
			return photos.get(sha256)?.[size] ?? (size === 'thumbnail' ? carried?.bytes : undefined);
		},

		search: async (query) => {
			const may = readable();
			if (!may.ok) return may;
			const found = rows().filter((row) => matches(row, query));
			found.sort((a, b) => (a.childId < b.childId ? 1 : -1));
			return ok({ rows: found.slice(query.offset, query.offset + query.limit), total: found.length });
		},
		due: async (until, limit) => {
			const may = readable();
			if (!may.ok) return may;
			const earliestDuty = (row: ChildRow) =>
				row.duties.map((duty) => duty.dueOn ?? '9999-12-31').sort()[0] ?? '9999-12-31';
			const list = rows().filter((row) => row.duties.some((duty) => duty.dueOn === undefined || duty.dueOn <= until));
			return ok(list.sort((a, b) => (earliestDuty(a) < earliestDuty(b) ? -1 : 1)).slice(0, limit));
		},
		duplicates: async () => {
			const may = readable();
			if (!may.ok) return may;
			const listed = rows().map((row) => ({ row, pinyin: row.pinyin ?? '', madeBy: '' }));
			const search = new DuplicateSearch(
				() => ({ changes: 0, shown: () => listed }),
				async () => {},
				now
			);
			return ok(await search.pairs());
		},
		open: async (childId) => {
			const files = filesOf(childId);
			const list = [...entries.values()].filter(({ parsed }) => files.includes(parsed.entry.childId));
			const may = readable();
			// A new child can be registered while reading is closed.
			const isNew = list.every(({ delivery }) => delivery.state === 'waiting');
			if (!may.ok && !(may.error.type === 'reading_locked' && isNew)) return may;
			if (list.length === 0) return ok(undefined);
			const sheet = sheets.get(childId);
			const mine = [...photos].filter(([, photo]) => files.includes(photo.childId));
			return ok({
				childId,
				files,
				...(sheet && { sheet }),
				entries: [
					// As if the first person always worked on this tablet and the others on another.
					...list.map((one) => ({ ...one, own: one.parsed.entry.staffId === first.staffId })),
					...(sheet?.entries ?? []).map((parsed) => ({ parsed, delivery: { state: 'carried' } as const, own: false }))
				],
				photosHere: mine.map(([sha256]) => sha256),
				photosWaiting: mine.filter(([, photo]) => photo.delivery.state === 'waiting').map(([sha256]) => sha256)
			});
		},

		saveDraft: async (key, value) => {
			const may = writable();
			if (!may.ok) return may;
			const savedAt = at(now());
			drafts.set(key, { key, value: JSON.parse(JSON.stringify(value)) as unknown, savedAt });
			tell('drafts');
			return ok({ savedAt });
		},
		draft: async (key) => drafts.get(key),
		drafts: async (prefix) => [...drafts.values()].filter((draft) => draft.key.startsWith(prefix)),
		dropDraft: async (key) => {
			if (drafts.delete(key)) tell('drafts');
		},

		queue: async (query) => {
			const names = new Map(rows().map((row) => [row.childId, row.name]));
			const { lines, counts } = queueLines(ledger(), (id) => names.get(id), query);
			const all = [...entries.values()].map(({ parsed }) => parsed);
			const items = lines.map((line): QueueItem => {
				const parsed =
					line.kind === 'entry'
						? entries.get(line.id as EntryId)?.parsed
						: all.find(
								({ known, entry }) => known && entry.type === 'photo.added' && entry.payload.photo.sha256 === line.id
							);
				const id = parsed?.entry.id;
				return { ...line, parsed, replaced: id !== undefined && all.some(({ entry }) => entry.replaces.includes(id)) };
			});
			return { items, counts };
		},
		takeBack: async (id, reason) => {
			const may = writable();
			if (!may.ok) return may;
			const childId = entries.get(id)?.parsed.entry.childId;
			if (childId === undefined) return err({ type: 'entry_missing' });
			const all = [...entries.values()].map(({ parsed }) => parsed);
			const facts = takeBack(fold(childId, all), id, reason);
			if (!facts.ok) return facts;
			const savedAt = at(now());
			const entryIds = append(facts.value, owner.staffId, savedAt, { state: 'waiting' });
			tell('records', 'queue');
			return ok<Saved>({ entryIds, savedAt });
		},
		putAway: async (ids, isAway) => {
			const may = writable();
			if (!may.ok) return may;
			for (const id of ids) {
				if (isAway) away.add(id);
				else away.delete(id);
			}
			tell('queue');
			return ok(true as const);
		},
		sendAgain: async (ids) => {
			const may = writable();
			if (!may.ok) return may;
			for (const id of ids) {
				away.delete(id);
				const held = entries.get(id as EntryId) ?? photos.get(id as Sha256);
				if (held?.delivery.state === 'quarantined') held.delivery = { state: 'waiting' };
			}
			tell('queue');
			return ok(true as const);
		},
		usage: async (): Promise<Usage> => {
			const waitingPhotos = [...photos.values()].filter((photo) => photo.delivery.state === 'waiting');
			return {
				recordBytes: weight([...entries.values()]),
				photoBytes: [...photos.values()].reduce((sum, photo) => sum + photo.full.length, 0),
				waitingEntries: waiting().length,
				waitingPhotos: waitingPhotos.length,
				waitingPhotoBytes: weightOf(waitingPhotos),
				waitingBytes: weight(waiting()) + weightOf(waitingPhotos),
				quarantined: [...entries].filter(([id, { delivery }]) => delivery.state === 'quarantined' && !away.has(id))
					.length,
				photosNotKept: photosNotKept(ledger()).length
			};
		},
		photosNotKept: async () => {
			const names = new Map(rows().map((row) => [row.childId, row.name]));
			return photosNotKept(ledger()).map(({ id, childId, recordedAt }) => ({
				entryId: id,
				childId,
				childName: names.get(childId),
				recordedAt
			}));
		},
		roster: async () => roster,

		outbox: async () => {
			const unsent = [...photos.values()].filter(({ delivery }) => delivery.state === 'waiting');
			return {
				records: waiting().length + unsent.length,
				bytes: weight(waiting()) + weightOf(unsent),
				oldestAt: waiting()
					.map(({ parsed }) => parsed.entry.recordedAt)
					.sort()[0],
				onlyWhenOpen: 0,
				journal: 'kept'
			};
		},
		nextSealed: async () => [],
		sealedSettled: async () => {},
		exportUnsent: async () =>
			new Blob([`${JSON.stringify({ is: 'lampkeep-outbox', version: 1, deviceId, at: at(now()), records: 0 })}\n`]),
		wipe: async () => {
			const left = waiting().length;
			entries.clear();
			drafts.clear();
			photos.clear();
			become('not_enrolled');
			return { left };
		},
		storage: async () => {
			const unsent = [...photos.values()].filter(({ delivery }) => delivery.state !== 'registered');
			const photosSent = weightOf(sent().map(([, photo]) => photo));
			return {
				bytes: {
					records: weight([...entries.values()]),
					photosWaiting: weightOf(unsent),
					photosSent,
					thumbnails: [...photos.values()].reduce((sum, { thumbnail }) => sum + thumbnail.length, 0),
					drafts: [...drafts.values()].reduce((sum, draft) => sum + JSON.stringify(draft).length, 0),
					journal: weight(waiting()) + weightOf(unsent),
					ballast: 4 * 1024 * 1024
				},
				droppable: { photos: sent().length, bytes: photosSent },
				journal: 'kept',
				ballast: 'whole',
				full: faults.some(({ type }) => type === 'storage_full'),
				secondLife: false
			};
		},
		dropSentOriginals: async () => {
			const dropped = sent();
			for (const [sha256, photo] of dropped) photos.set(sha256, { ...photo, full: new Uint8Array() });
			return ok({ photos: dropped.length, bytes: weightOf(dropped.map(([, photo]) => photo)) });
		},
		recovery: async () => recovery,
		recoverySeen: async () => {
			recovery = undefined;
			tell('status');
		},
		keepSealingKey: async () => {},

		// The sync engine is not tested against this vault: there is no registry behind it.
		signRequest: async () => '',
		registryKey: async () => undefined,
		deviceId: async () => deviceId,
		syncPosition: async () => ({ epoch: undefined, cursor: 'start' as Cursor }),
		nextEntries: async () => [],
		applyReceipts: async (_epoch: Epoch) => {},
		applyPull: async () => ({ applied: false, position: 0 }),
		startAgain: async () => {},
		treeHeadsToShow: async () => [],
		treeHeadsShown: async () => {},
		nextReadings: async () => [],
		readingsTold: async () => {},
		nextPhotos: async () => [],
		photoRegistered: async () => {},
		photoRefused: async () => {},
		missingThumbnails: async () => [],
		keepThumbnail: async () => {},
		rosterGround: async () => ({ registryKey: undefined, house: roster.institutionId, last: undefined }),
		keepRoster: async () => {},
		subscribe: async (listener) => {
			listeners.push(listener);
		},

		invent: async (facts, by) => append(facts, by.staffId, by.at, by.delivery ?? registered(by.at)),
		become: (next) => void become(next),
		silentFor: (next) => {
			contact = next;
			tell('status');
		},
		needsCode: (staffId) => {
			people = people.map((person) => (person.staffId === staffId ? { ...person, needsCode: true } : person));
			tell('status');
		},
		failNextWrites: (count, fault) => {
			faults = Array.from({ length: count }, () => fault);
		},
		deliver: (delivery) => {
			for (const value of entries.values()) if (value.delivery.state === 'waiting') value.delivery = delivery;
			for (const photo of photos.values()) photo.delivery = delivery;
			tell('queue', 'records');
		},
		recovered: (report) => {
			recovery = report;
			tell('status');
		}
	};
}

const anyEpoch = '018f0000-0000-4000-8000-00000000e001' as Epoch;

function ownDelivery(delivery: Delivery): OwnDelivery {
	switch (delivery.state) {
		case 'waiting':
			return delivery;
		case 'registered':
			return { ...delivery, epoch: anyEpoch, position: 1 };
		case 'quarantined':
			return { ...delivery, epoch: anyEpoch };
	}
}

/** A receipt as the registry would give it: the first digits of a hash; here of nothing. */
function registered(receivedAt: string): Delivery {
	const receipt = Array.from(receivedAt, (sign) => sign.charCodeAt(0).toString(16))
		.join('')
		.slice(-10, -2)
		.toUpperCase();
	return { state: 'registered', receivedAt, receipt: receipt.padStart(8, '0') };
}

function matches(row: ChildRow, query: ChildQuery): boolean {
	const show = query.show ?? 'all';
	if (show === 'unfinished' && row.submitted) return false;
	if (show === 'conflicts' && row.conflictCount === 0) return false;
	if (query.sex !== undefined && row.sex !== query.sex) return false;
	if (query.age && !mayHaveAge(row, query.age)) return false;
	const haystack = [...row.names, row.pinyin ?? '', initials(row.pinyin ?? ''), row.caseNumber ?? '', row.marks]
		.join('\n')
		.toLowerCase();
	return (query.words ?? '')
		.toLowerCase()
		.split(/\s+/)
		.every((word) => haystack.includes(word));
}

function initials(pinyin: string): string {
	return pinyin
		.split(' ')
		.map((syllable) => syllable[0] ?? '')
		.join('');
}

/** Whole years today lie between `from` and `to` on some day the child may have been born. */
function mayHaveAge(row: ChildRow, age: { from: number; to: number; today: CivilDate }): boolean {
	if (row.birthEarliest === undefined || row.birthLatest === undefined) return false;
	return row.birthEarliest <= addYears(age.today, -age.from) && row.birthLatest > addYears(age.today, -(age.to + 1));
}

/** Every entry of one type in a list, for tests. */
export function entriesOf<T extends EntryType>(
	list: readonly { readonly parsed: ParsedEntry }[],
	type: T
): Extract<Entry, { type: T }>[] {
	const found: Extract<Entry, { type: T }>[] = [];
	for (const { parsed } of list)
		if (parsed.known && parsed.entry.type === type) found.push(parsed.entry as Extract<Entry, { type: T }>);
	return found;
}
