import { envelopeSchema, parseEntry, type Entry, type ParsedEntry } from '#lib/domain/case-file/entry.ts';
import type { ChildRow } from '#lib/domain/case-file/child-row.ts';
import type { ChildId } from '#lib/domain/ids.ts';
import { fromColumns, toColumns, type Columns } from '../db/columns.ts';
import {
	emptyHead,
	holdSchema,
	readHead,
	readMending,
	type Head,
	type LampkeepDatabase,
	type NamedRow,
	type NumberedRow
} from '../db/database.ts';
import { ChildList, inListOrder, type ListedChild } from '../search/child-list.ts';
import type { ChainHead } from './authoring.ts';
import { RecordDamaged, type Cipher } from './cipher.ts';
import { Ledger, type LedgerChange, type LedgerNote } from './ledger.ts';

/*
 * The sealed log-structured store (PERFORMANCE.md): a save appends one sealed record to the log; pulled pages are written as
 * sealed segments of about 100 entries with one sealed index a page; the log is folded into segments in the background.
 * After unlocking, only the indexes, the short log and the bookkeeping are opened; a child's segments when the child is.
 *
 * Invariants
 *   1. Log numbers have no gap; a write checks inside its transaction that the head is the one it was built on. The head
 *      never goes back: one that does is not followed.
 *   2. Nothing but Dexie is awaited inside a transaction: seal first, then commit.
 *   3. A child's line carries the log number it was made at, and an older line never replaces a newer one.
 *   4. An index names all segments of each of its children. Segments never change and their numbers are never used again.
 *   5. What does not open is left where it is, counted, and the log is then no longer folded; `setAside` moves it where it
 *      harms nothing, and marks the store to be read again.
 */

/** An entry as it lies in a segment or in the log: as it was signed, not as this program reads it. */
interface StoredEntry {
	readonly entry: unknown;
	/** The registry's, where it came from there. */
	readonly receivedAt?: string;
}

/** An entry opened and read. */
export interface HeldEntry {
	readonly raw: unknown;
	readonly parsed: ParsedEntry;
	readonly receivedAt: string | undefined;
}

/** One save. */
export interface LogRecord {
	readonly entries?: readonly unknown[];
	/** The lines of the children the entries touch, as they stand with them. */
	readonly children?: readonly ListedChild[];
	readonly changes: readonly LedgerChange[];
	/** The index that was written in the same transaction. */
	readonly index?: number;
}

/** An index as sealed. */
interface SealedIndex {
	/** The log record that it was written with or that it was folded up to. */
	readonly at: number;
	/** In the order of the list, so that unlocking merges a few runs and does not sort. */
	readonly rows: Columns;
	/** Two columns: the readings of the names, and which rules made the lines. */
	readonly beside: Columns;
	readonly segments: readonly (readonly number[])[];
}

/** What unlocking reads from the disk, still sealed: fetched while the passphrase is being derived. */
export interface RawStore {
	readonly head: Head;
	readonly indexes: readonly NumberedRow[];
	readonly log: readonly NumberedRow[];
	readonly ledger: NamedRow | undefined;
	readonly segments: readonly number[];
	/** Segments known to be lost. */
	readonly lost: readonly number[];
	/** Records were lost, and not everything has been read again yet. */
	readonly mending: boolean;
}

/** Entries that came for one child, and the child's line with them. */
export interface PreparedChild {
	readonly childId: ChildId;
	readonly fresh: readonly StoredEntry[];
	readonly listed: ListedChild;
	/** The line that the new one was made beside; another one means that it must be made again. */
	readonly stamp: number | undefined;
}

/** What else one append writes. */
export interface Beside {
	readonly photo?: NamedRow;
	readonly thumbnail?: NamedRow;
	/** Names of originals to delete. */
	readonly dropped?: readonly string[];
	/** Number of the save's record in the journal. */
	readonly journal?: number | undefined;
}

/** The store moved on between reading its head and writing: read again and retry. */
export class HeadMoved extends Error {
	override readonly name = 'HeadMoved';
}

/**
 * The database stands behind what was seen in it: it was emptied under the running program (Chromium does so on a full disk,
 * without an error), or what stands there was begun anew. Nothing may be written on top of that.
 */
export class HeadBehind extends Error {
	override readonly name = 'HeadBehind';
	override readonly message = 'The database stands behind what was seen in it';
}

const segmentEntries = 100;
/** Opened segments kept in memory, about 0.5 MB each. */
const openedSegments = 24;
const indexesBeforeMerge = 12;
/** The log is folded when it has this many records. Short enough that opening it is not felt. */
export const logRecordsBeforeFold = 100;

function isBehind(now: Head, seen: Head): boolean {
	return now.generation < seen.generation || now.log < seen.log;
}

export class SealedStore {
	list = new ChildList();
	ledger = new Ledger();
	/** What did not open, as `table|number`. */
	damaged = new Set<string>();
	/** What should be there and is not, as `table|number`; of the indexes only how many are known. */
	missing = new Set<string>();
	/** Records were lost here; until everything was read again, any child may lack some. */
	mending = false;

	private lost = new Set<number>();

	private readonly db: LampkeepDatabase;
	private readonly cipher: Cipher;
	private head: Head = emptyHead;
	private stamps = new Map<ChildId, number>();
	private segmentsOf = new Map<ChildId, readonly number[]>();
	private logged = new Map<ChildId, HeldEntry[]>();
	/** Children whose line or entries are in the log. */
	private dirty = new Set<ChildId>();
	private indexNumbers = new Set<number>();
	private readonly opened = new Map<number, readonly StoredEntry[]>();

	constructor(db: LampkeepDatabase, cipher: Cipher) {
		this.db = db;
		this.cipher = cipher;
	}

	static fetch(db: LampkeepDatabase): Promise<RawStore> {
		return db.transaction('r', [db.meta, db.indexes, db.log, db.notes, db.segments], async () => {
			const [head, indexes, log, ledger, segments, mending] = await Promise.all([
				readHead(db),
				db.indexes.toArray(),
				db.log.toArray(),
				db.notes.get('ledger'),
				db.segments.toCollection().primaryKeys(),
				readMending(db)
			]);
			return { head, indexes, log, ledger, segments, lost: mending?.segments ?? [], mending: mending !== undefined };
		});
	}

	/** Opens indexes, log and bookkeeping. What was in memory is forgotten. */
	async load(raw: RawStore): Promise<void> {
		this.damaged = new Set();
		const [ledger, indexes, records] = await Promise.all([
			raw.ledger && this.openOr<LedgerNote>('notes', 'ledger', raw.ledger.sealed),
			Promise.all(
				raw.indexes.map(async (row) => ({
					n: row.n,
					index: await this.openOr<SealedIndex>('indexes', row.n, row.sealed)
				}))
			),
			Promise.all(
				raw.log.map(async (row) => ({ n: row.n, record: await this.openOr<LogRecord>('log', row.n, row.sealed) }))
			)
		]);
		this.list = new ChildList();
		this.ledger = new Ledger();
		this.stamps = new Map();
		this.segmentsOf = new Map();
		this.logged = new Map();
		this.dirty = new Set();
		this.indexNumbers = new Set();
		this.head = raw.head;
		if (ledger) this.ledger.restore(ledger);
		// Whole runs in the order of the list, newest index last: the list is sorted once, not line by line.
		for (const { n, index } of indexes) if (index) this.applyIndex(n, index);
		for (const { n, record } of records) if (record) this.applyRecord(n, record, record.entries?.map(held) ?? []);
		const present = new Set(raw.log.map(({ n }) => n));
		this.lost = new Set(raw.lost);
		this.mending = raw.mending;
		this.missing = new Set();
		for (let n = raw.head.folded + 1; n <= raw.head.log; n++)
			if (!present.has(n)) {
				this.damaged.add(`log|${n}`);
				this.missing.add(`log|${n}`);
			}
		const segments = new Set(raw.segments);
		for (let n = 1; n < raw.head.nextSegment; n++)
			if (!segments.has(n) && !this.lost.has(n)) this.missing.add(`segments|${n}`);
		for (let n = raw.indexes.length; n < (raw.head.indexes ?? 0); n++) this.missing.add(`indexes|${n}`);
		if (raw.head.folded > 0 && !raw.ledger && !raw.mending) this.missing.add('notes|ledger');
	}

	/**
	 * Moves what does not open to where it harms nothing, closes the gaps that are left, and has everything read again from
	 * the registry. Deletes nothing that has content. In one transaction.
	 */
	async setAside(unreadableSegments: readonly number[] = []): Promise<void> {
		const { db, cipher } = this;
		const head = await readHead(db);
		const gone = (store: string) => numbersOf([...this.damaged, ...this.missing], store);
		const logs = gone('log');
		const empties = await Promise.all(
			logs.map(async (n) => ({ n, sealed: await cipher.sealJson('log', n, { changes: [] } satisfies LogRecord) }))
		);
		const indexes = numbersOf([...this.damaged], 'indexes');
		const ledgerLost = this.damaged.has('notes|ledger') || this.missing.has('notes|ledger');
		const segments = [...new Set([...this.lost, ...gone('segments'), ...unreadableSegments])];
		const again = await cipher.sealJson('log', head.log + 1, { changes: [{ kind: 'readAgain' }] } satisfies LogRecord);
		await db.transaction('rw', [db.meta, db.log, db.segments, db.indexes, db.notes, db.aside], async () => {
			await holdSchema(db);
			const now = await readHead(db);
			if (now.log !== head.log || now.generation !== head.generation) throw new HeadMoved();
			const keep = async (name: string, row: { readonly sealed: Uint8Array<ArrayBuffer> } | undefined) => {
				if (row) await db.aside.add({ name, sealed: row.sealed });
			};
			for (const n of logs) await keep(`log|${n}`, await db.log.get(n));
			for (const n of indexes) await keep(`indexes|${n}`, await db.indexes.get(n));
			for (const n of unreadableSegments) await keep(`segments|${n}`, await db.segments.get(n));
			if (ledgerLost) await keep('notes|ledger', await db.notes.get('ledger'));
			await db.log.bulkPut([...empties, { n: head.log + 1, sealed: again }]);
			await db.indexes.bulkDelete(indexes);
			await db.segments.bulkDelete([...unreadableSegments]);
			if (ledgerLost) await db.notes.delete('ledger');
			await db.meta.put({ key: 'mending', segments });
			await db.meta.put({
				...now,
				log: head.log + 1,
				generation: head.generation + 1,
				indexes: await db.indexes.count()
			});
		});
		await this.load(await SealedStore.fetch(db));
	}

	/** Everything was read again: nothing is incomplete any more. Where lost segments lay, empty ones lie now. */
	async mended(): Promise<void> {
		const empties = await this.sealSegments([...this.lost].map((n) => ({ n, entries: [] })));
		const { db } = this;
		await db.transaction('rw', [db.meta, db.segments], async () => {
			await holdSchema(db);
			await db.segments.bulkPut(empties);
			await db.meta.delete('mending');
		});
		this.mending = false;
		this.lost = new Set();
	}

	/** Opens every segment once. @returns the numbers of those that do not */
	async unreadableSegments(breathe: () => Promise<void>, goOn: () => boolean): Promise<readonly number[]> {
		const bad: number[] = [];
		for (let n = 1; n < this.head.nextSegment && goOn(); n++) {
			if (this.lost.has(n) || this.opened.has(n)) continue;
			const row = await this.db.segments.get(n);
			if (row) {
				const opened = await this.cipher.open('segments', n, row.sealed).catch((cause: unknown) => {
					if (cause instanceof RecordDamaged) return undefined;
					throw cause;
				});
				if (!opened) bad.push(n);
			}
			await breathe();
		}
		return bad;
	}

	/** Number of the newest record of the journal that this store has seen. */
	get journal(): number {
		return this.head.journal ?? 0;
	}

	/** From what lies in the database now, whatever was known before. */
	async readAnew(): Promise<void> {
		this.opened.clear();
		this.damaged = new Set();
		await this.load(await SealedStore.fetch(this.db));
	}

	/** Reads what other tabs saved. True where there was something. @throws HeadBehind */
	async catchUp(): Promise<boolean> {
		const seen = this.head;
		const news = await this.db.transaction('r', [this.db.meta, this.db.log, this.db.indexes], async () => {
			const head = await readHead(this.db);
			if (isBehind(head, seen)) throw new HeadBehind();
			if (head.generation !== seen.generation || head.log === seen.log) return { head, log: [] };
			return { head, log: await this.db.log.where('n').above(seen.log).toArray() };
		});
		if (news.head.generation !== seen.generation) {
			await this.load(await SealedStore.fetch(this.db));
			return true;
		}
		for (const { n, sealed } of news.log) {
			const record = await this.openOr<LogRecord>('log', n, sealed);
			if (!record) continue;
			if (record.index !== undefined) {
				const row = await this.db.indexes.get(record.index);
				const index = row && (await this.openOr<SealedIndex>('indexes', row.n, row.sealed));
				if (index) this.applyIndex(record.index, index);
			}
			this.applyRecord(n, record, record.entries?.map(held) ?? []);
		}
		this.head = news.head;
		return news.log.length > 0;
	}

	get chain(): ChainHead {
		return { deviceSeq: this.head.deviceSeq, previous: this.head.previous };
	}

	get logLength(): number {
		return this.head.log - this.head.folded;
	}

	knows(childId: ChildId): boolean {
		return this.segmentsOf.has(childId) || this.logged.has(childId);
	}

	stampOf(childId: ChildId): number | undefined {
		return this.stamps.get(childId);
	}

	/** Every entry of one child. Opens its segments. @throws RecordDamaged */
	async entriesOf(childId: ChildId): Promise<readonly HeldEntry[]> {
		// Both lists are taken at one moment: a fold between the reads below moves entries from one to the other.
		const segments = this.segmentsHere(childId);
		const logged = [...(this.logged.get(childId) ?? [])];
		const stored = await Promise.all(segments.map((n) => this.segment(n)));
		const entries: HeldEntry[] = [];
		for (const segment of stored)
			for (const one of segment) if (childOf(one.entry) === childId) entries.push(heldStored(one));
		return [...entries, ...logged];
	}

	/** The same entries as they were signed, unread. */
	async rawEntriesOf(childId: ChildId): Promise<readonly unknown[]> {
		const segments = this.segmentsHere(childId);
		const logged = (this.logged.get(childId) ?? []).map(({ raw }) => raw);
		const stored = await Promise.all(segments.map((n) => this.segment(n)));
		return [...stored.flat().flatMap(({ entry }) => (childOf(entry) === childId ? [entry] : [])), ...logged];
	}

	/**
	 * Appends one record in a strict transaction.
	 *
	 * @param own the entries of the record as read; their texts go into the log
	 * @param chain where the tablet's chain stands with them
	 * @param beside what else is written in the same transaction, and the number of its record in the journal
	 */
	async append(
		record: Omit<LogRecord, 'entries'>,
		own: readonly Entry[] = [],
		chain: ChainHead = this.chain,
		beside: Beside = {}
	): Promise<void> {
		await this.appendHeld(
			record,
			own.map((entry) => ({ raw: entry, parsed: { known: true, entry }, receivedAt: undefined })),
			chain,
			beside
		);
	}

	/** The same with entries as they came back: unread by this program, some of them. */
	async appendHeld(
		record: Omit<LogRecord, 'entries'>,
		entries: readonly HeldEntry[],
		chain: ChainHead,
		{ photo, thumbnail, dropped, journal }: Beside
	): Promise<void> {
		const n = this.head.log + 1;
		const whole: LogRecord = entries.length > 0 ? { ...record, entries: entries.map(({ raw }) => raw) } : record;
		const sealed = await this.cipher.sealJson('log', n, whole);
		const thumbnails = thumbnail?.sealed.length ?? 0;
		const photos = (photo?.sealed.length ?? 0) + thumbnails;
		const next: Head = { ...this.head, log: n, ...chain };
		await this.commit(
			{ ...next, journal: Math.max(next.journal ?? 0, journal ?? 0) },
			{ records: sealed.length, photos, thumbnails },
			async (spare) => {
				await this.db.log.add({ n, sealed });
				if (photo) await this.db.photos.put(photo);
				if (thumbnail) await this.db.thumbnails.put(thumbnail);
				if (dropped) {
					const rows = await this.db.photos.bulkGet([...dropped]);
					spare(0, weight(rows.filter((row) => row !== undefined)));
					await this.db.photos.bulkDelete([...dropped]);
				}
			}
		);
		this.applyRecord(n, whole, entries);
	}

	/** Writes one pulled page: segments by child, one index, one log record that says so. */
	async appendPage(
		children: readonly PreparedChild[],
		unreadable: readonly StoredEntry[],
		changes: readonly LedgerChange[]
	): Promise<void> {
		const n = this.head.log + 1;
		const index = this.head.nextIndex;
		const pages = [
			...inSegments(children.map(({ childId, fresh }) => ({ childId, entries: fresh }))),
			...inSegments([{ childId: undefined, entries: unreadable }])
		];
		const numbered = pages.map((page, i) => ({ ...page, n: this.head.nextSegment + i }));
		const segmentsOf = grown(this.segmentsOf, numbered);
		const sealedIndex = indexOf(n, children.map(({ listed }) => listed).sort(inListOrder), segmentsOf);
		const hasIndex = children.length > 0;
		const record: LogRecord = hasIndex ? { changes, index } : { changes };
		const [segments, indexBytes, log] = await Promise.all([
			this.sealSegments(numbered),
			this.cipher.sealJson('indexes', index, sealedIndex),
			this.cipher.sealJson('log', n, record)
		]);
		const next: Head = {
			...this.head,
			log: n,
			nextSegment: this.head.nextSegment + numbered.length,
			nextIndex: index + (hasIndex ? 1 : 0),
			indexes: this.indexNumbers.size + (hasIndex ? 1 : 0)
		};
		const bytes = weight(segments) + log.length + (hasIndex ? indexBytes.length : 0);
		await this.commit(next, { records: bytes, photos: 0 }, async () => {
			await this.db.segments.bulkAdd(segments);
			if (hasIndex) await this.db.indexes.add({ n: index, sealed: indexBytes });
			await this.db.log.add({ n, sealed: log });
		});
		for (const page of numbered) this.remember(page.n, page.entries);
		if (hasIndex) this.applyIndex(index, sealedIndex);
		this.applyRecord(n, record, []);
	}

	/**
	 * Moves the log into segments and an index, and writes the bookkeeping down. Deletes the log records it moved, in the
	 * same transaction. Does nothing while anything is damaged: what cannot be read must not be taken for moved.
	 */
	async fold(): Promise<void> {
		if (this.damaged.size > 0 || this.logLength === 0) return;
		const { head } = this;
		const logged = [...this.logged].map(([childId, entries]) => ({
			childId,
			entries: entries.map(({ raw, receivedAt }): StoredEntry =>
				receivedAt === undefined ? { entry: raw } : { entry: raw, receivedAt }
			)
		}));
		const numbered = inSegments(logged).map((page, i) => ({ ...page, n: head.nextSegment + i }));
		const segmentsOf = grown(this.segmentsOf, numbered);
		const merge = this.indexNumbers.size + 1 >= indexesBeforeMerge;
		const children = merge ? this.list.all() : this.list.all().filter((child) => this.dirty.has(child.row.childId));
		const index = indexOf(head.log, children, segmentsOf);
		const [segments, indexBytes, ledger] = await Promise.all([
			this.sealSegments(numbered),
			this.cipher.sealJson('indexes', head.nextIndex, index),
			this.cipher.sealJson('notes', 'ledger', this.ledger.toNote(head.log))
		]);
		const next: Head = {
			...head,
			folded: head.log,
			generation: head.generation + 1,
			nextSegment: head.nextSegment + numbered.length,
			nextIndex: head.nextIndex + 1,
			indexes: merge ? 1 : this.indexNumbers.size + 1
		};
		const { db } = this;
		const gone = merge ? [...this.indexNumbers] : [];
		await this.commit(
			next,
			{ records: weight(segments) + indexBytes.length + ledger.length, photos: 0 },
			async (spare) => {
				const old = await Promise.all([
					db.log.where('n').belowOrEqual(head.log).toArray(),
					db.indexes.bulkGet(gone),
					db.notes.get('ledger')
				]);
				spare(weight(old[0]) + weight(old[1].filter((row) => row !== undefined)) + (old[2]?.sealed.length ?? 0));
				await db.segments.bulkAdd(segments);
				await db.indexes.bulkDelete(gone);
				await db.indexes.add({ n: head.nextIndex, sealed: indexBytes });
				await db.notes.put({ name: 'ledger', sealed: ledger });
				await db.log.where('n').belowOrEqual(head.log).delete();
			}
		);
		for (const n of gone) this.indexNumbers.delete(n);
		this.indexNumbers.add(head.nextIndex);
		this.segmentsOf = segmentsOf;
		this.logged = new Map();
		this.dirty = new Set();
		for (const page of numbered) this.remember(page.n, page.entries);
	}

	private async commit(
		next: Head,
		bytes: { records: number; photos: number; thumbnails?: number },
		writes: (spare: (records: number, photos?: number) => void) => Promise<void>
	): Promise<void> {
		const { db, head: expected } = this;
		this.head = await db.transaction(
			'rw',
			[db.meta, db.log, db.segments, db.indexes, db.notes, db.photos, db.thumbnails],
			async () => {
				await holdSchema(db);
				const head = await readHead(db);
				if (isBehind(head, expected)) throw new HeadBehind();
				if (head.log !== expected.log || head.generation !== expected.generation) throw new HeadMoved();
				let records = bytes.records;
				let photos = bytes.photos;
				await writes((freed, freedPhotos = 0) => {
					records -= freed;
					photos -= freedPhotos;
				});
				const committed: Head = {
					...next,
					recordBytes: head.recordBytes + records,
					photoBytes: head.photoBytes + photos,
					thumbnailBytes: (head.thumbnailBytes ?? 0) + (bytes.thumbnails ?? 0),
					draftBytes: head.draftBytes ?? 0
				};
				await db.meta.put(committed);
				return committed;
			}
		);
	}

	private applyIndex(n: number, index: SealedIndex): void {
		this.indexNumbers.add(n);
		const rows = fromColumns<ChildRow>(index.rows);
		const beside = fromColumns<Omit<ListedChild, 'row'>>(index.beside);
		const newer: ListedChild[] = [];
		for (const [i, row] of rows.entries()) {
			this.segmentsOf.set(row.childId, index.segments[i] ?? []);
			if ((this.stamps.get(row.childId) ?? -1) > index.at) continue;
			this.stamps.set(row.childId, index.at);
			newer.push({ row, pinyin: beside[i]?.pinyin ?? '', madeBy: beside[i]?.madeBy ?? '' });
		}
		this.list.put(newer);
	}

	private applyRecord(n: number, record: LogRecord, entries: readonly HeldEntry[]): void {
		for (const entry of entries) {
			const { childId } = entry.parsed.entry;
			const known = this.logged.get(childId);
			if (known) known.push(entry);
			else this.logged.set(childId, [entry]);
			this.dirty.add(childId);
		}
		const newer = (record.children ?? []).filter(({ row }) => (this.stamps.get(row.childId) ?? -1) <= n);
		for (const { row } of newer) {
			this.stamps.set(row.childId, n);
			this.dirty.add(row.childId);
		}
		this.list.put(newer);
		for (const change of record.changes) this.ledger.apply(change);
	}

	private segmentsHere(childId: ChildId): readonly number[] {
		const segments = this.segmentsOf.get(childId) ?? [];
		return this.lost.size === 0 ? segments : segments.filter((n) => !this.lost.has(n));
	}

	private async segment(n: number): Promise<readonly StoredEntry[]> {
		const known = this.opened.get(n);
		if (known) {
			this.remember(n, known);
			return known;
		}
		const row = await this.db.segments.get(n);
		if (!row) throw new RecordDamaged('segments', n);
		const entries = await this.cipher.openJson<StoredEntry[]>('segments', n, row.sealed);
		this.remember(n, entries);
		return entries;
	}

	/** The least recently used segment makes room. */
	private remember(n: number, entries: readonly StoredEntry[]): void {
		this.opened.delete(n);
		this.opened.set(n, entries);
		const oldest = this.opened.keys().next();
		if (this.opened.size > openedSegments && !oldest.done) this.opened.delete(oldest.value);
	}

	private sealSegments(pages: readonly { n: number; entries: readonly StoredEntry[] }[]): Promise<NumberedRow[]> {
		return Promise.all(
			pages.map(async ({ n, entries }) => ({ n, sealed: await this.cipher.sealJson('segments', n, entries) }))
		);
	}

	/** The record, or undefined where it does not open; that is noted, and the record stays where it is. */
	private async openOr<T>(
		store: 'log' | 'indexes' | 'notes',
		record: string | number,
		sealed: Uint8Array<ArrayBuffer>
	): Promise<T | undefined> {
		try {
			return await this.cipher.openJson<T>(store, record, sealed);
		} catch (cause) {
			if (!(cause instanceof RecordDamaged)) throw cause;
			this.damaged.add(`${store}|${record}`);
			return undefined;
		}
	}
}

/**
 * An entry as this program reads it; undefined where not even its envelope can be read. A known type with a payload that its
 * schema refuses is shown like an entry of a newer program: kept, and the case is never taken for complete.
 */
export function readEntry(raw: unknown): ParsedEntry | undefined {
	// As long as its canonical text, and much cheaper to make.
	const parsed = parseEntry(raw, JSON.stringify(raw)?.length);
	if (parsed.ok) return parsed.value;
	if (parsed.error.type !== 'payload_invalid') return undefined;
	return { known: false, entry: envelopeSchema.parse(raw) };
}

function held(raw: unknown): HeldEntry {
	return heldStored({ entry: raw });
}

/** Only entries whose envelope was readable when they were stored come here: an older program could read them, so can this. */
function heldStored({ entry, receivedAt }: StoredEntry): HeldEntry {
	const parsed = readEntry(entry);
	if (!parsed) throw new Error('An entry in the store is no longer readable by this program');
	return { raw: entry, parsed, receivedAt };
}

function childOf(raw: unknown): unknown {
	return typeof raw === 'object' && raw !== null && 'childId' in raw ? raw.childId : undefined;
}

interface SegmentPage {
	readonly entries: readonly StoredEntry[];
	readonly children: readonly ChildId[];
}

/** Groups of entries into segments of about 100; a child's entries stay together as long as they fit. */
function inSegments(
	groups: readonly { readonly childId: ChildId | undefined; readonly entries: readonly StoredEntry[] }[]
): SegmentPage[] {
	const pages: SegmentPage[] = [];
	let entries: StoredEntry[] = [];
	let children: ChildId[] = [];
	const close = () => {
		if (entries.length > 0) pages.push({ entries, children });
		entries = [];
		children = [];
	};
	for (const group of groups) {
		for (let from = 0; from < group.entries.length; from += segmentEntries) {
			const piece = group.entries.slice(from, from + segmentEntries);
			if (entries.length > 0 && entries.length + piece.length > segmentEntries) close();
			entries.push(...piece);
			if (group.childId) children.push(group.childId);
		}
	}
	close();
	return pages;
}

function grown(
	segmentsOf: ReadonlyMap<ChildId, readonly number[]>,
	pages: readonly { readonly n: number; readonly children: readonly ChildId[] }[]
): Map<ChildId, readonly number[]> {
	const map = new Map(segmentsOf);
	for (const { n, children } of pages)
		for (const childId of children) map.set(childId, [...(map.get(childId) ?? []), n]);
	return map;
}

function indexOf(
	at: number,
	children: readonly ListedChild[],
	segmentsOf: ReadonlyMap<ChildId, readonly number[]>
): SealedIndex {
	return {
		at,
		rows: toColumns(children.map(({ row }) => row)),
		beside: toColumns(children.map(({ pinyin, madeBy }) => ({ pinyin, madeBy }))),
		segments: children.map(({ row }) => segmentsOf.get(row.childId) ?? [])
	};
}

function weight(rows: readonly { readonly sealed: Uint8Array }[]): number {
	return rows.reduce((sum, { sealed }) => sum + sealed.length, 0);
}

/** The numbers of one table among `table|number`. */
function numbersOf(records: readonly string[], store: string): number[] {
	const numbers = records.flatMap((record) => {
		const [table, number] = record.split('|');
		return table === store ? [Number(number)] : [];
	});
	return [...new Set(numbers)];
}
