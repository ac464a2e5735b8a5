import { canonicalJson, type Json } from '#lib/domain/canonical-json.ts';
import type { ParsedEntry } from '#lib/domain/case-file/entry.ts';
import type { ChildId, EntryId, ItemId } from '#lib/domain/ids.ts';
import type { Receipt } from '#lib/sync/protocol.ts';
import { afterReceipts } from '#lib/sync/sync-state.ts';
import {
	readHead,
	schemaEpoch,
	type Device,
	type Head,
	type LampkeepDatabase,
	type Mending,
	type RecoveryNote,
	type SlotRow
} from '../db/database.ts';
import type { ListedChild } from '../search/child-list.ts';
import type { RecoveryReport, StorageDamage } from '../tablet.ts';
import type { ChainHead } from './authoring.ts';
import { utf8, type Bytes } from './bytes.ts';
import type { JournalRecord } from './journal.ts';
import { registered, setAside, type OwnEntry, type Told } from './ledger.ts';
import { fromBase64url } from './outbox-seal.ts';
import { entriesIn, keepEntries, keepPhoto, photoIn, type Safe, type Sealer } from './safekeeping.ts';
import { readEntry, type HeldEntry, type SealedStore } from './store.ts';
import type { PlainRow, TabletFile } from './tablet-file.ts';

/*
 * What happens when database and journal do not say the same: after a crash between the two writes of a save, after damage,
 * after the database was lost. Everything here runs under the write lock, may be cut at any step, and is then done again.
 */

/** What it takes to bring records back. */
export interface Restorer {
	readonly safe: Safe;
	readonly store: SealedStore;
	readonly sealer: Sealer;
	readonly db: LampkeepDatabase;
	/** The line of a child with these entries. */
	readonly listed: (childId: ChildId, fresh: readonly HeldEntry[]) => Promise<ListedChild>;
	readonly report: (fault: unknown) => void;
}

export interface CameBack {
	readonly saves: number;
	readonly entries: number;
	readonly photos: number;
}

/** Unsent saves that the journal holds and the database does not are put there again, each once. */
export async function restoreUnsent(
	restorer: Restorer,
	/** Look into every record, whatever the bookkeeping says: records were lost. */
	thorough: boolean
): Promise<CameBack> {
	const { journal } = restorer.safe;
	const ahead = journal.head.deviceSeq > restorer.store.chain.deviceSeq;
	// A start where nothing is amiss reads no body.
	return thorough || ahead ? journal.reading(() => restore(restorer, thorough)) : restore(restorer, thorough);
}

async function restore(
	{ safe: { journal }, store, sealer, db, listed, report }: Restorer,
	thorough: boolean
): Promise<CameBack> {
	const came = { saves: 0, entries: 0, photos: 0 };
	const sequences = new Set([...store.ledger.entries.values()].map(({ deviceSeq }) => deviceSeq));
	const photos = new Map([...store.ledger.photos.values()].map((photo) => [photo.journal, photo]));
	for (const record of journal.records) {
		if (record.kind === 'entries') {
			if (!thorough && isWithin(sequences, record.seq)) continue;
			const entries = await entriesIn(journal, record, sealer);
			if (!entries) {
				report(new Error(`Record ${record.number} of the journal does not open`));
				continue;
			}
			const held = entries.flatMap((raw): HeldEntry[] => {
				const parsed = readEntry(raw);
				return parsed ? [{ raw, parsed, receivedAt: undefined }] : [];
			});
			const { missing, unlisted } = await lackingIn(store, held);
			if (missing.length + unlisted.length === 0) continue;
			const children: ListedChild[] = [];
			for (const [childId, fresh] of byChild(missing)) children.push(await listed(childId, fresh));
			const own = [...missing, ...unlisted].map(({ parsed }) => ownEntry(parsed));
			const change = { kind: 'restored', entries: own } as const;
			await store.appendHeld({ children, changes: [change] }, missing, after(store, record), {
				journal: record.number
			});
			if (missing.length > 0) came.saves += 1;
			came.entries += missing.length;
		} else {
			const known = photos.get(record.number);
			if (known && !(thorough && !(await isHere(db, sealer, known.sha256)))) continue;
			const found = await photoIn(journal, record, sealer);
			if (!found) {
				report(new Error(`Photo ${record.number} of the journal does not open`));
				continue;
			}
			const { cipher } = sealer;
			const name = await cipher.nameOf('photos', found.photo.sha256);
			const sealed = await cipher.seal('photos', name, found.bytes);
			const photo = { ...found.photo, ...known, journal: record.number };
			await store.append({ changes: [{ kind: 'photoKept', photo }] }, [], store.chain, {
				photo: { name, sealed },
				journal: record.number
			});
			came.photos += 1;
		}
	}
	// The chain goes on where it stood, though what stood there is on the registry and not here.
	if (journal.head.deviceSeq > store.chain.deviceSeq) await store.append({ changes: [] }, [], journal.head);
	return came;
}

/** What waits in the database and lacks in the journal: written before there was one, or while it could not be written. */
export async function fillJournal(
	{ safe: { journal }, store, sealer, db }: Restorer,
	/** Records of the journal to write before others get their turn. */
	limit: number
): Promise<boolean> {
	const covered = new Set<number>();
	for (const { seq } of journal.records) if (seq) for (let n = seq[0]; n <= seq[1]; n++) covered.add(n);
	let written = 0;
	let run: OwnEntry[] = [];
	const texts = new Map<ChildId, ReadonlyMap<unknown, string>>();
	const textOf = async ({ id, childId }: OwnEntry) => {
		let known = texts.get(childId);
		if (!known) {
			const raw = await store.rawEntriesOf(childId);
			known = new Map(raw.map((entry) => [memberOf(entry, 'id'), canonicalJson(entry as Json)]));
			texts.set(childId, known);
		}
		return known.get(id);
	};
	const close = async () => {
		const [first, last] = [run[0], run.at(-1)];
		if (!first || !last) return;
		const entries: string[] = [];
		for (const own of run) {
			const text = await textOf(own);
			if (text !== undefined) entries.push(text);
		}
		run = [];
		if (entries.length === 0) return;
		// The chain's end is written by itself: these lie before it.
		const chain = { first: first.deviceSeq, head: { deviceSeq: last.deviceSeq, previous: null } };
		await keepEntries(journal, sealer, entries, chain, first.recordedAt, store.journal + 1);
		written += 1;
	};
	for (const own of store.ledger.waiting()) {
		if (covered.has(own.deviceSeq)) continue;
		if (run.length > 0 && run.at(-1)?.deviceSeq !== own.deviceSeq - 1) await close();
		if (written >= limit) return false;
		run.push(own);
		if (run.length === 50) await close();
	}
	await close();
	const numbers = new Set(journal.records.map(({ number }) => number));
	for (const photo of store.ledger.waitingPhotos()) {
		if (photo.journal !== undefined && numbers.has(photo.journal)) continue;
		if (written >= limit) return false;
		const name = await sealer.cipher.nameOf('photos', photo.sha256);
		const row = await db.photos.get(name);
		if (!row) continue;
		const bytes = await sealer.cipher.open('photos', name, row.sealed);
		const number = await keepPhoto(journal, sealer, photo, bytes, store.journal + 1);
		await store.append({ changes: [{ kind: 'photoKept', photo: { ...photo, journal: number } }] }, [], store.chain, {
			journal: number
		});
		written += 1;
	}
	return true;
}

/** What the registry said while the tablet was locked becomes part of the tablet's records. */
export async function applyTold({ safe: { journal }, store }: Restorer): Promise<void> {
	for (const { epoch, outcomes } of journal.told) {
		// A receipt of another life of the registry proves nothing.
		if (store.ledger.epoch !== undefined && store.ledger.epoch !== epoch) continue;
		const receipts = outcomes.flatMap((outcome): readonly Receipt[] => ('receipts' in outcome ? outcome.receipts : []));
		const deliveries = [...afterReceipts(epoch, receipts, idsOf(receipts))].flatMap(([id, delivery]): Told[] => {
			const own = store.ledger.entries.get(id);
			return !own || own.delivery.state === 'registered' ? [] : [{ id, delivery }];
		});
		if (deliveries.length > 0) await store.append({ changes: [{ kind: 'receipts', epoch, deliveries }] });
		const byNumber = new Map([...store.ledger.photos.values()].map((photo) => [photo.journal, photo.sha256]));
		for (const outcome of outcomes) {
			const sha256 = byNumber.get(outcome.number);
			if (!('photo' in outcome) || sha256 === undefined) continue;
			const { photo } = outcome;
			if (photo.status === 'stored') {
				const delivery = registered(photo.receivedAt, photo.receipt);
				await store.append({ changes: [{ kind: 'photoDelivery', sha256, delivery }] });
			} else if (photo.status === 'refused') {
				const delivery = setAside({ type: 'unreadable', path: 'photo', problem: photo.reason });
				await store.append({ changes: [{ kind: 'photoDelivery', sha256, delivery }] });
			}
		}
	}
	await journal.applied();
}

/** Records of which nothing waits any more by the bookkeeping are done with. */
export async function settleDelivered({ safe: { journal }, store }: Pick<Restorer, 'safe' | 'store'>): Promise<void> {
	const waiting = new Set<number>();
	const known = new Set<number>();
	for (const { deviceSeq, delivery } of store.ledger.entries.values()) {
		known.add(deviceSeq);
		if (delivery.state === 'waiting') waiting.add(deviceSeq);
	}
	const photos = new Map([...store.ledger.photos.values()].map((photo) => [photo.journal, photo.delivery.state]));
	const done = journal.records.filter(({ number, kind, seq }) => {
		if (kind === 'photo') return (photos.get(number) ?? 'waiting') !== 'waiting';
		if (!seq || !isWithin(known, seq)) return false;
		for (let n = seq[0]; n <= seq[1]; n++) if (waiting.has(n)) return false;
		return true;
	});
	await journal.settle(done.map(({ number }) => number));
	await journal.compact();
}

/** What stands in the way of believing the store: by kind, for the report. */
export function damageIn(store: SealedStore): readonly StorageDamage[] {
	const unreadable = [...store.damaged].filter((record) => !store.missing.has(record));
	return [
		...counted([...store.missing]).map(([table, count]): StorageDamage => ({ type: 'records_missing', table, count })),
		...counted(unreadable).map(([table, count]): StorageDamage => ({ type: 'records_unreadable', table, count }))
	];
}

/** Adds to what is told already and not yet seen. */
export async function noteRecovery(db: LampkeepDatabase, fresh: RecoveryReport): Promise<void> {
	await db.transaction('rw', db.meta, async () => {
		const old = await recoveryNote(db);
		const report: RecoveryReport = old
			? {
					at: old.at,
					found: [...old.found, ...fresh.found],
					cameBack: {
						entries: old.cameBack.entries + fresh.cameBack.entries,
						photos: old.cameBack.photos + fresh.cameBack.photos
					},
					lost: { entries: old.lost.entries + fresh.lost.entries },
					readingAgain: fresh.readingAgain
				}
			: fresh;
		await db.meta.put({ key: 'recovery', report } satisfies RecoveryNote);
	});
}

export async function recoveryNote(db: LampkeepDatabase): Promise<RecoveryReport | undefined> {
	const note = await db.meta.get('recovery');
	return note && note.key === 'recovery' ? note.report : undefined;
}

/**
 * A database that has forgotten whose it is gets device, slots and the rest from the tablet's file; one that has forgotten
 * only where it stands, or who may unlock, gets that.
 *
 * @param now epoch milliseconds
 * @returns what was gone; undefined where nothing was
 */
export async function fillDatabase(
	db: LampkeepDatabase,
	tablet: TabletFile,
	now: number
): Promise<'device' | 'head' | 'slots' | undefined> {
	const [privateKey, stored, slots, headRow] = await Promise.all([
		privateKeyOf(tablet),
		db.meta.get('device'),
		db.slots.count(),
		db.meta.get('head')
	]);
	const { deviceId, institutionId, institutionName, publicKey, registryPublicKey } = tablet;
	const noSlots = slots === 0 && tablet.slots.length > 0;
	const head = headRow && stored ? undefined : await headOfTables(db, now);
	const headless = headRow === undefined && head !== undefined && head.log > 0;
	if (stored && !noSlots && !headless) return undefined;
	await db.transaction('rw', [db.meta, db.slots], async () => {
		if (!stored) {
			const device = {
				key: 'device',
				deviceId,
				institutionId,
				institutionName,
				publicKey,
				registryPublicKey,
				privateKey
			};
			await db.meta.bulkPut([...tablet.meta.map(asMeta), device as Device, { key: 'schema', epoch: schemaEpoch }]);
		}
		if (noSlots) await db.slots.bulkPut(tablet.slots.map((slot) => slot as unknown as SlotRow));
		if (head) await db.meta.put(head);
		if (!stored || headless) await db.meta.put({ key: 'mending', segments: [] } satisfies Mending);
	});
	return !stored ? 'device' : headless ? 'head' : 'slots';
}

/** The tablet's own key; undefined where its program did not keep it outside the database. */
export async function privateKeyOf(tablet: TabletFile): Promise<CryptoKey | undefined> {
	if (tablet.privateKey === undefined) return undefined;
	const bytes = fromBase64url(tablet.privateKey);
	return crypto.subtle.importKey('pkcs8', bytes, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
}

/**
 * Where a store stands that lost its head, by what lies in it. Numbers must never be used again and a line made later must
 * carry a greater one, so that a log of which nothing is left goes on at a number no log reaches by counting: the seconds.
 */
async function headOfTables(db: LampkeepDatabase, now: number): Promise<Head> {
	const [log, segments, indexes] = await Promise.all([
		db.log.toCollection().primaryKeys(),
		db.segments.toCollection().primaryKeys(),
		db.indexes.toCollection().primaryKeys()
	]);
	const empty = await readHead(db);
	const beyond = Math.floor(now / 1000);
	// Another arrangement than any program that is still running has seen: it then reads everything again.
	if (log.length + segments.length + indexes.length === 0) return { ...empty, generation: beyond };
	return {
		...empty,
		log: Math.max(0, ...log) || beyond,
		folded: log.length > 0 ? Math.min(...log) - 1 : beyond,
		generation: beyond,
		nextSegment: Math.max(0, ...segments) + 1,
		nextIndex: Math.max(0, ...indexes) + 1
	};
}

function asMeta(row: PlainRow) {
	return row as unknown as Mending;
}

/** How an entry of this tablet stands in the bookkeeping before the registry has said anything. */
export function ownEntry({ entry }: ParsedEntry): OwnEntry {
	const { id, childId, type, deviceSeq, recordedAt, payload } = entry;
	const itemId = memberOf(payload, 'itemId');
	return {
		id,
		childId,
		type: type as OwnEntry['type'],
		itemId: itemId as ItemId | undefined,
		deviceSeq,
		recordedAt,
		bytes: sizeOf(entry),
		delivery: { state: 'waiting' }
	};
}

function sizeOf(entry: unknown): number {
	const bytes: Bytes = utf8(canonicalJson(entry as Json));
	return bytes.length;
}

/** Of entries of the journal: those the store does not hold, and those it holds that the bookkeeping has forgotten. */
async function lackingIn(
	store: SealedStore,
	held: readonly HeldEntry[]
): Promise<{ missing: readonly HeldEntry[]; unlisted: readonly HeldEntry[] }> {
	const missing: HeldEntry[] = [];
	const unlisted: HeldEntry[] = [];
	for (const [childId, entries] of byChild(held)) {
		const known = new Set((await store.rawEntriesOf(childId)).map((raw) => memberOf(raw, 'id')));
		for (const entry of entries) {
			const { id } = entry.parsed.entry;
			if (!known.has(id)) missing.push(entry);
			else if (!store.ledger.entries.has(id)) unlisted.push(entry);
		}
	}
	return { missing: missing.sort((a, b) => a.parsed.entry.deviceSeq - b.parsed.entry.deviceSeq), unlisted };
}

/** Originals that wait and are not in the database, though the journal has them. */
export async function photosGone({ safe: { journal }, store, sealer, db }: Restorer): Promise<number> {
	const numbers = new Set(journal.records.map(({ number }) => number));
	let gone = 0;
	for (const { sha256, journal: number } of store.ledger.waitingPhotos())
		if (number !== undefined && numbers.has(number) && !(await isHere(db, sealer, sha256))) gone += 1;
	return gone;
}

function byChild(entries: readonly HeldEntry[]): ReadonlyMap<ChildId, readonly HeldEntry[]> {
	const groups = new Map<ChildId, HeldEntry[]>();
	for (const entry of entries) {
		const { childId } = entry.parsed.entry;
		groups.set(childId, [...(groups.get(childId) ?? []), entry]);
	}
	return groups;
}

async function isHere(db: LampkeepDatabase, { cipher }: Sealer, sha256: string): Promise<boolean> {
	return (await db.photos.get(await cipher.nameOf('photos', sha256))) !== undefined;
}

function after(store: SealedStore, { seq, previous }: JournalRecord): ChainHead {
	if (!seq || previous === undefined || seq[1] <= store.chain.deviceSeq) return store.chain;
	return { deviceSeq: seq[1], previous };
}

function isWithin(sequences: ReadonlySet<number>, seq: JournalRecord['seq']): boolean {
	if (!seq) return false;
	for (let n = seq[0]; n <= seq[1]; n++) if (!sequences.has(n)) return false;
	return true;
}

function idsOf(receipts: readonly Receipt[]): readonly EntryId[] {
	return receipts.flatMap(({ id }) => (id === undefined ? [] : [id]));
}

function counted(records: readonly string[]): readonly [string, number][] {
	const counts = new Map<string, number>();
	for (const record of records) {
		const table = record.split('|')[0] ?? '';
		counts.set(table, (counts.get(table) ?? 0) + 1);
	}
	return [...counts];
}

function memberOf(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
