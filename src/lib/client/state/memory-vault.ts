import { parseEntry, type Entry, type EntryType, type ParsedEntry } from '#lib/domain/case-file/entry.ts';
import type { ChildRow } from '#lib/domain/case-file/child-row.ts';
import { filesOfChild, standingMerges } from '#lib/domain/case-file/one-child.ts';
import { uuidV7, type ChildId, type DeviceId, type EntryId, type Sha256, type StaffId } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { addYears, type CivilDate } from '#lib/domain/time.ts';
import type { Cursor, Epoch, Roster } from '#lib/sync/protocol.ts';
import { DuplicateSearch } from '../search/duplicates.ts';
import type {
	ChildQuery,
	Delivery,
	Draft,
	Fact,
	PreparedPhoto,
	QueueItem,
	Saved,
	StorageFault,
	UnlockFault,
	Usage,
	Vault,
	VaultEvent,
	VaultStatus
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
	readonly rowOf: (childId: ChildId, entries: readonly ParsedEntry[]) => ChildRow;
	readonly passphrase: string;
	readonly pin: string;
}

export interface MemoryVault extends Vault {
	/** Facts of other people and days, for the invented children: as if they had been recorded then, and registered. */
	invent(
		facts: readonly Fact[],
		by: { readonly staffId: StaffId; readonly at: string; readonly delivery?: Delivery }
	): Promise<readonly EntryId[]>;
	/** A vault begins open, for inventing; then it is put into the status a screen is to be seen in. */
	become(status: VaultStatus['status']): void;
	/** Faults that the next calls of `record`, `addPhoto` and `saveDraft` answer, e.g. a full disk. */
	failNextWrites(count: number, fault: StorageFault): void;
	/** Lets the registry answer for the entries that wait. */
	deliver(delivery: Delivery): void;
}

const deviceId = '018f0000-0000-7000-8000-00000000d001' as DeviceId;
/** Where a signature would stand; nothing here proves anything. */
const noSignature = 'A'.repeat(86);

export function createMemoryVault(options: MemoryVaultOptions): MemoryVault {
	const { now, random, roster, rowOf } = options;
	const people = roster.staff.map((person) => ({ staffId: person.id, name: person.name, role: person.role }));
	const first = people[0];
	if (!first) throw new RangeError('A memory vault needs at least one person in its roster');
	const house = roster.institutions.find((institution) => institution.id === roster.institutionId);

	let status: VaultStatus['status'] = 'open';
	let owner = first;
	let pinTries = 5;
	let passphraseTries = 5;
	let sequence = 0;
	let faults: StorageFault[] = [];
	const entries = new Map<EntryId, { parsed: ParsedEntry; delivery: Delivery }>();
	const drafts = new Map<string, Draft>();
	const photos = new Map<
		Sha256,
		{ full: Uint8Array<ArrayBuffer>; thumbnail: Uint8Array<ArrayBuffer>; delivery: Delivery; childId: ChildId }
	>();
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
				return { status, institutionName: house?.name ?? '', staff: people };
			case 'resting':
				return { status, staff: owner, triesLeft: pinTries };
			case 'open':
				return { status, staff: owner, institutionId: roster.institutionId };
		}
	};
	const become = (next: VaultStatus['status']): VaultStatus => {
		status = next;
		tell('status');
		return currentStatus();
	};
	const writable = (): Result<true, StorageFault> => {
		if (status !== 'open') return err({ type: 'vault_locked' });
		const fault = faults.shift();
		return fault ? err(fault) : ok(true);
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

	const rows = (): ChildRow[] => {
		const byChild = new Map<ChildId, ParsedEntry[]>();
		for (const { parsed } of entries.values()) {
			const list = byChild.get(parsed.entry.childId);
			if (list) list.push(parsed);
			else byChild.set(parsed.entry.childId, [parsed]);
		}
		const all = [...byChild.values()].flat();
		const merges = standingMerges(all);
		return [...byChild.keys()].flatMap((childId) => {
			const files = filesOfChild(childId, merges);
			// A child with several files has one line: that of the file that names it.
			return files[0] === childId ? [rowOf(childId, files.length > 1 ? all : (byChild.get(childId) ?? []))] : [];
		});
	};
	const filesOf = (childId: ChildId) =>
		filesOfChild(childId, standingMerges([...entries.values()].map(({ parsed }) => parsed)));

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
		unlock: async (staffId, passphrase) => {
			const person = people.find((candidate) => candidate.staffId === staffId);
			if (!person) return err<UnlockFault>({ type: 'slot_missing' });
			if (passphraseTries === 0) return err<UnlockFault>({ type: 'cooling_down', until: at(now() + 60_000) });
			if (passphrase !== options.passphrase) {
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
			if (pin === options.pin) {
				pinTries = 5;
				return ok(become('open'));
			}
			pinTries -= 1;
			if (pinTries === 0) become('locked');
			return err<UnlockFault>({ type: 'wrong_secret', triesLeft: pinTries });
		},
		rest: async () => become('resting'),
		lock: async () => become('locked'),

		record: async (facts) => {
			const may = writable();
			if (!may.ok) return may;
			const savedAt = at(now());
			const entryIds = append(facts, owner.staffId, savedAt, { state: 'waiting' });
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
				childId: fact.childId
			});
			tell('records', 'queue');
			return ok({ entryIds, savedAt, photoKept: true });
		},
		photo: async (sha256, size) => photos.get(sha256)?.[size],

		search: async (query) => {
			if (status !== 'open') return err({ type: 'vault_locked' });
			const found = rows().filter((row) => matches(row, query));
			found.sort((a, b) => (a.childId < b.childId ? 1 : -1));
			return ok({ rows: found.slice(query.offset, query.offset + query.limit), total: found.length });
		},
		due: async (until, limit) => {
			if (status !== 'open') return err({ type: 'vault_locked' });
			const earliestDuty = (row: ChildRow) =>
				row.duties.map((duty) => duty.dueOn ?? '9999-12-31').sort()[0] ?? '9999-12-31';
			const list = rows().filter((row) => row.duties.some((duty) => duty.dueOn === undefined || duty.dueOn <= until));
			return ok(list.sort((a, b) => (earliestDuty(a) < earliestDuty(b) ? -1 : 1)).slice(0, limit));
		},
		duplicates: async () => {
			if (status !== 'open') return err({ type: 'vault_locked' });
			const listed = rows().map((row) => ({ row, pinyin: row.pinyin ?? '', madeBy: '' }));
			const search = new DuplicateSearch(
				() => ({ changes: 0, shown: () => listed }),
				async () => {},
				now
			);
			return ok(await search.pairs());
		},
		open: async (childId) => {
			if (status !== 'open') return err({ type: 'vault_locked' });
			const files = filesOf(childId);
			const list = [...entries.values()].filter(({ parsed }) => files.includes(parsed.entry.childId));
			if (list.length === 0) return ok(undefined);
			const mine = [...photos].filter(([, photo]) => files.includes(photo.childId));
			return ok({
				childId,
				files,
				// As if the first person always worked on this tablet and the others on another.
				entries: list.map((one) => ({ ...one, own: one.parsed.entry.staffId === first.staffId })),
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

		queue: async (limit) => {
			const names = new Map(rows().map((row) => [row.childId, row.name]));
			const items: QueueItem[] = [...entries].map(([id, { parsed, delivery }]) => ({
				id,
				kind: 'entry',
				childId: parsed.entry.childId,
				childName: names.get(parsed.entry.childId),
				what: parsed.known ? parsed.entry.type : 'unknown',
				bytes: JSON.stringify(parsed.entry).length,
				recordedAt: parsed.entry.recordedAt,
				delivery
			}));
			for (const [sha256, photo] of photos) {
				items.push({
					id: sha256,
					kind: 'photo',
					childId: photo.childId,
					childName: names.get(photo.childId),
					what: 'photo.added',
					bytes: photo.full.length,
					recordedAt: at(now()),
					delivery: photo.delivery
				});
			}
			const rank = { quarantined: 0, waiting: 1, registered: 2 } as const;
			items.sort((a, b) => rank[a.delivery.state] - rank[b.delivery.state] || (a.recordedAt < b.recordedAt ? 1 : -1));
			return items.slice(0, limit);
		},
		usage: async (): Promise<Usage> => {
			const waitingPhotos = [...photos.values()].filter((photo) => photo.delivery.state === 'waiting');
			const size = (list: readonly { parsed: ParsedEntry }[]) =>
				list.reduce((sum, { parsed }) => sum + JSON.stringify(parsed.entry).length, 0);
			return {
				recordBytes: size([...entries.values()]),
				photoBytes: [...photos.values()].reduce((sum, photo) => sum + photo.full.length, 0),
				waitingEntries: waiting().length,
				waitingPhotos: waitingPhotos.length,
				waitingBytes: size(waiting()) + waitingPhotos.reduce((sum, photo) => sum + photo.full.length, 0),
				quarantined: [...entries.values()].filter(({ delivery }) => delivery.state === 'quarantined').length
			};
		},
		roster: async () => roster,

		// The sync engine is not tested against this vault: there is no registry behind it.
		signRequest: async () => '',
		syncPosition: async () => ({ epoch: undefined, cursor: 'start' as Cursor }),
		nextEntries: async () => [],
		applyReceipts: async (_epoch: Epoch) => {},
		applyPull: async () => ({ applied: false, position: 0 }),
		startAgain: async () => {},
		nextReadings: async () => [],
		readingsTold: async () => {},
		nextPhotos: async () => [],
		photoRegistered: async () => {},
		photoRefused: async () => {},
		missingThumbnails: async () => [],
		keepThumbnail: async () => {},
		keepRoster: async () => {},
		subscribe: async (listener) => {
			listeners.push(listener);
		},

		invent: async (facts, by) => append(facts, by.staffId, by.at, by.delivery ?? registered(by.at)),
		become: (next) => void become(next),
		failNextWrites: (count, fault) => {
			faults = Array.from({ length: count }, () => fault);
		},
		deliver: (delivery) => {
			for (const value of entries.values()) if (value.delivery.state === 'waiting') value.delivery = delivery;
			for (const photo of photos.values()) photo.delivery = delivery;
			tell('queue', 'records');
		}
	};
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
