import { z } from 'zod';
import { epochSchema, type Epoch } from '#lib/sync/protocol.ts';
import { sealedOutcomeSchema, type SealedKind, type SealedOutcome, type SealedRecord } from '#lib/sync/sealed.ts';
import type { ChainHead } from './authoring.ts';
import { base64url, type Bytes } from './bytes.ts';
import { within, writeWhole, type JournalDisk, type JournalFile } from './journal-disk.ts';
import { frame, readFrames, type Frame } from './journal-frame.ts';

/*
 * The second copy of every save that has not reached the registry, outside the database (docs/adr/0013-the-journal.md).
 *
 *   journal-0, journal-1   frames; one of the two is appended to, the other is empty or an older life of the first
 *   photos/<number>        sealed originals
 *
 * Invariants
 *   1. A record is flushed before the database commits it, and the database commits it before anybody hears "saved".
 *   2. A record is unsent while it stands in either file and no mark in either says otherwise: whichever file a crash
 *      leaves, and in whatever state, the union tells the truth.
 *   3. Numbers and the tablet's chain never go back: a compacted file begins with where they stood.
 *   4. What cannot be read is passed over and left where it is; frames are only appended.
 *   5. Every method runs under the tablet's write lock. What other tabs appended is read first.
 */

const types = { header: 0, record: 1, settled: 2, head: 3, copy: 4, voided: 5, applied: 6 } as const;
const fileNames = ['journal-0', 'journal-1'] as const;
/** A file is written anew when this much of it is of no more use. */
const wasteBeforeCompaction = 256 * 1024;

const copySchema = z.object({ enc: z.string(), key: z.string(), to: z.string() });
const headerSchema = z.object({ generation: z.int() });
const recordSchema = z.object({
	n: z.int().min(1),
	kind: z.enum(['entries', 'photo']),
	/** When it was saved, by the tablet's clock. */
	at: z.string(),
	/** The tablet's copy of the record key, sealed. */
	own: z.string(),
	/** The first and the last of its entries in the tablet's chain, and the hash the next one follows. */
	seq: z.tuple([z.int(), z.int()]).optional(),
	previous: z.string().optional(),
	/** Of a photo: bytes of its file. */
	bytes: z.int().optional(),
	copy: copySchema.optional()
});
/** `live`: the unsent records that follow in a file written anew, so that one that is damaged there is missed. */
const headSchema = z.object({
	deviceSeq: z.int(),
	previous: z.string().nullable(),
	next: z.int(),
	live: z.array(z.int())
});
const settledSchema = z.object({
	numbers: z.array(z.int()),
	/** Told while the tablet was locked: still to be applied to its records. */
	told: z.object({ epoch: epochSchema, outcomes: z.array(sealedOutcomeSchema) }).optional()
});
const copiedSchema = z.object({ n: z.int(), copy: copySchema });
const voidedSchema = z.object({ at: z.int() });

/** One unsent save. */
export interface JournalRecord {
	readonly number: number;
	readonly kind: 'entries' | 'photo';
	readonly at: string;
	readonly own: string;
	readonly seq: readonly [number, number] | undefined;
	readonly previous: string | undefined;
	/** `to`: the sealing key it is for. Missing while none was known. */
	readonly copy: { readonly enc: string; readonly key: string; readonly to: string } | undefined;
	/** Bytes of the sealed body. */
	readonly bytes: number;
	/** The registry could not read it: its entries go when the tablet is open. */
	readonly unreadable: boolean;
	/** Where the body lies; of a photo: nowhere in the file. */
	readonly place: { readonly file: string; readonly at: number };
}

export type NewRecord = Pick<JournalRecord, 'number' | 'kind' | 'at' | 'own' | 'seq' | 'previous' | 'copy'> & {
	readonly body: Bytes;
};

/** What the registry said while the tablet was locked. */
export interface Told {
	readonly epoch: Epoch;
	readonly outcomes: readonly SealedOutcome[];
}

/** Another tab appended between two steps of this one: only where the browser has lost a lock. */
export class JournalMoved extends Error {
	override readonly name = 'JournalMoved';
}

export class Journal {
	private readonly disk: JournalDisk;
	private unsent = new Map<number, JournalRecord>();
	private pending: Told[] = [];
	private active: string = fileNames[0];
	private generation = -1;
	/** Of the active file: how far it was read. */
	private known = -1;
	private chain: ChainHead = { deviceSeq: 0, previous: null };
	private nextNumber = 1;
	private missing = 0;
	private contents: ReadonlyMap<string, Bytes> | undefined;
	/** Where the file is to be cut, after a write that failed and could not be cut at once. */
	private cutTo: number | undefined;
	private lastAppend: { number: number; at: number } | undefined;

	constructor(disk: JournalDisk) {
		this.disk = disk;
	}

	get records(): readonly JournalRecord[] {
		return [...this.unsent.values()].sort((a, b) => a.number - b.number);
	}

	/** The furthest the tablet's chain ever stood, as far as the journal knows. */
	get head(): ChainHead {
		return this.chain;
	}

	get next(): number {
		return this.nextNumber;
	}

	/** Words of the registry that the records of the tablet do not know of yet. */
	get told(): readonly Told[] {
		return this.pending;
	}

	/** Records that stood here and cannot be read. */
	get damaged(): number {
		return this.missing;
	}

	get bytes(): number {
		let photos = 0;
		for (const { kind, bytes } of this.unsent.values()) if (kind === 'photo') photos += bytes;
		return Math.max(0, this.known) + photos;
	}

	/** Makes both files, so that later saves only grow what the file system knows already. */
	async ensure(): Promise<void> {
		await this.catchUp();
		if (this.generation >= 0) return;
		await within(this.disk, fileNames[1], true, (file) => {
			file.flush();
		});
		await this.writing(() => [frame(types.header, { generation: 0 })]);
		await this.load();
	}

	/** Reads what other tabs appended, or everything. */
	async catchUp(): Promise<void> {
		await this.clean();
		const read = await within(this.disk, this.active, false, (file) => this.readNews(file));
		if (!read) await this.load();
	}

	/** Appends one record and flushes it: from now on a crash loses it no more. @throws as the disk does; then nothing was kept */
	async keep(record: NewRecord): Promise<void> {
		const { number, kind, at, own, seq, previous, copy, body } = record;
		const head = { n: number, kind, at, own, seq, previous, copy };
		if (kind === 'photo') {
			const name = photoName(number);
			try {
				await within(this.disk, name, true, (file) => {
					writeWhole(file, body);
				});
			} catch (cause) {
				await this.disk.remove(name);
				throw cause;
			}
			await this.writing(() => [frame(types.record, { ...head, bytes: body.length })]);
		} else {
			await this.writing(() => [frame(types.record, head, body)]);
		}
		this.lastAppend = { number, at: this.lastAt };
	}

	/** Takes the newest record back: its save failed, and whoever saved is told so. Undefined: it was not kept; nothing of it may stay. */
	async takeBack(number: number | undefined): Promise<void> {
		await this.clean();
		const { lastAppend } = this;
		if (number === undefined || lastAppend?.number !== number) return;
		const record = this.unsent.get(number);
		await within(this.disk, this.active, false, (file) => {
			// Cutting needs no room, as a full disk has none to give.
			if (file.size() === this.known) file.truncate(lastAppend.at);
			else file.write(file.size(), frame(types.voided, { at: lastAppend.at }));
			file.flush();
		});
		if (record?.kind === 'photo') await this.disk.remove(photoName(number));
		this.lastAppend = undefined;
		await this.load();
	}

	/** The sealed body; undefined where its file is gone. For many: `reading`. */
	async bodyOf({ number, kind, place, bytes }: JournalRecord): Promise<Bytes | undefined> {
		if (kind === 'photo') return within(this.disk, photoName(number), false, (file) => file.read(0, file.size()));
		const contents = this.contents?.get(place.file);
		if (contents) return contents.slice(place.at, place.at + bytes);
		return within(this.disk, place.file, false, (file) => file.read(place.at, bytes));
	}

	/** Many bodies are asked for in `work`: the files are opened once and not once a record. Nothing is written anew in it. */
	async reading<T>(work: () => Promise<T>): Promise<T> {
		const contents = new Map<string, Bytes>();
		for (const name of new Set([...this.unsent.values()].map(({ place }) => place.file))) {
			const bytes = await within(this.disk, name, false, (file) => file.read(0, file.size()));
			if (bytes) contents.set(name, bytes);
		}
		this.contents = contents;
		try {
			return await work();
		} finally {
			this.contents = undefined;
		}
	}

	/** Records the registry can open, for sending; of some kinds only, where they are named. */
	nextSealed(limit: number, bytes: number, kinds?: readonly SealedKind[]): Promise<readonly SealedRecord[]> {
		return this.reading(() => this.sealed(limit, bytes, kinds));
	}

	private async sealed(limit: number, bytes: number, kinds?: readonly SealedKind[]): Promise<readonly SealedRecord[]> {
		const next: SealedRecord[] = [];
		let total = 0;
		for (const record of this.records) {
			if (!record.copy || record.unreadable || kinds?.includes(record.kind) === false) continue;
			const size = Math.ceil((record.bytes * 4) / 3) + 300;
			if (next.length >= limit || (next.length > 0 && total + size > bytes)) break;
			const body = await this.bodyOf(record);
			if (!body) continue;
			const { number, kind, copy } = record;
			next.push({ number, kind, enc: copy.enc, key: copy.key, body: base64url(body) });
			total += size;
		}
		return next;
	}

	/** Adds the registry's copies of record keys. */
	async addCopies(copies: readonly { n: number; copy: NonNullable<JournalRecord['copy']> }[]): Promise<void> {
		if (copies.length > 0) await this.writing(() => copies.map((copied) => frame(types.copy, copied)));
	}

	/** These wait no more. @param told where the tablet's records do not know yet why */
	async settle(numbers: readonly number[], told?: Told): Promise<void> {
		const photos = numbers.filter((number) => this.unsent.get(number)?.kind === 'photo');
		if (numbers.length === 0 && !told) return;
		await this.writing(() => [frame(types.settled, { numbers, told })]);
		// After the mark: a crash in between leaves a file nobody asks for, and `sweep` finds it.
		for (const number of photos) await this.disk.remove(photoName(number));
	}

	/** Where the tablet's chain stands, where it stood further than any record here says. */
	async noteChain(chain: ChainHead): Promise<void> {
		const live = this.records.map(({ number }) => number);
		await this.writing(() => [frame(types.head, { ...chain, next: this.nextNumber, live })]);
	}

	/** What the registry told is in the tablet's records now. */
	async applied(): Promise<void> {
		if (this.pending.length > 0) await this.writing(() => [frame(types.applied, {})]);
	}

	/** Writes the file anew where most of it is of no more use. A crash at any step leaves the old one or both. */
	async compact(waste = wasteBeforeCompaction): Promise<boolean> {
		let useful = 0;
		for (const { kind, bytes } of this.unsent.values()) useful += 600 + (kind === 'photo' ? 0 : bytes);
		if (this.known - useful < waste || this.known < useful * 2) return false;
		const live = this.records.map(({ number }) => number);
		const frames = [frame(types.head, { ...this.chain, next: this.nextNumber, live })];
		for (const told of this.pending) frames.push(frame(types.settled, { numbers: [], told }));
		const bodies = await this.reading(() =>
			Promise.all(
				this.records.map(async (record) => ({
					record,
					body: record.kind === 'photo' ? new Uint8Array() : await this.bodyOf(record)
				}))
			)
		);
		for (const { record, body } of bodies) {
			const { number: n, kind, at, own, seq, previous, copy, bytes } = record;
			if (body?.length !== (kind === 'photo' ? 0 : bytes)) return false;
			frames.push(
				frame(types.record, { n, kind, at, own, seq, previous, copy, ...(kind === 'photo' && { bytes }) }, body)
			);
		}
		const old = this.active;
		const fresh = fileNames.find((name) => name !== old) ?? old;
		const header = frame(types.header, { generation: this.generation + 1 });
		await within(this.disk, fresh, true, (file) => {
			file.truncate(0);
			let at = header.length;
			for (const bytes of frames) {
				file.write(at, bytes);
				at += bytes.length;
			}
			file.flush();
			// The header last: only with it is this the file to append to.
			file.write(0, header);
			file.flush();
		});
		await within(this.disk, old, true, (file) => {
			file.truncate(0);
			file.flush();
		});
		await this.load();
		return true;
	}

	/** Removes photo files that no record names: left by a crash. */
	async sweep(): Promise<void> {
		for (const name of await this.disk.names()) {
			const number = /^photos\/(\d+)$/.exec(name)?.[1];
			if (number !== undefined && !this.unsent.has(Number(number)) && Number(number) < this.nextNumber)
				await this.disk.remove(name);
		}
	}

	private lastAt = 0;

	/** What a write left that failed half-way is cut off before anybody reads it: its save was called not kept. */
	private async clean(): Promise<void> {
		const { cutTo } = this;
		if (cutTo === undefined) return;
		await within(this.disk, this.active, false, (file) => {
			file.truncate(cutTo);
			file.flush();
		});
		this.cutTo = undefined;
	}

	private async writing(frames: () => readonly Bytes[]): Promise<void> {
		await this.clean();
		try {
			await this.append(frames);
		} catch (cause) {
			// With a fresh handle: one that failed to write may be good for nothing. Tried again before anything is read or written.
			await this.clean().catch(() => undefined);
			throw cause;
		}
	}

	private async append(frames: () => readonly Bytes[]): Promise<void> {
		const moved = await within(this.disk, this.active, true, (file) => {
			const at = file.size();
			if (this.known >= 0 && at !== this.known) return true;
			let end = at;
			try {
				for (const bytes of frames()) {
					file.write(end, bytes);
					end += bytes.length;
				}
				file.flush();
			} catch (cause) {
				this.cutTo = at;
				throw cause;
			}
			this.lastAt = at;
			if (this.known >= 0) this.readNews(file);
			return false;
		});
		if (moved) {
			await this.load();
			throw new JournalMoved('Somebody else appended');
		}
	}

	/** False where the file is not the one that was read: another tab has written it anew. */
	private readNews(file: JournalFile): boolean {
		const size = file.size();
		if (this.known < 0 || size < this.known || size === 0) return false;
		const header = readFrames(file.read(0, Math.min(size, 128))).frames[0];
		if (headerOf(header) !== this.generation) return false;
		if (size === this.known) return true;
		const { frames } = readFrames(file.read(this.known, size - this.known), this.known);
		// A void names a place that was read before: it takes a whole reading.
		if (frames.some(({ type }) => type === types.voided)) return false;
		this.apply(this.active, frames);
		this.known = size;
		return true;
	}

	private async load(): Promise<void> {
		this.unsent = new Map();
		this.pending = [];
		this.chain = { deviceSeq: 0, previous: null };
		this.nextNumber = 1;
		this.missing = 0;
		this.generation = -1;
		this.known = -1;
		const files: { name: string; generation: number; size: number; frames: Frame[] }[] = [];
		for (const name of fileNames) {
			const bytes = await within(this.disk, name, false, (file) => file.read(0, file.size()));
			if (!bytes) continue;
			const { frames } = readFrames(bytes);
			const generation = Math.max(-1, ...frames.map(headerOf));
			files.push({ name, generation, size: bytes.length, frames });
		}
		// The one appended to last; where no header is left, the longer one.
		files.sort((a, b) => a.generation - b.generation || a.size - b.size);
		for (const { name, frames } of files) this.apply(name, frames);
		const settled = new Set(files.flatMap(({ frames }) => frames.flatMap(settledBy)));
		for (const number of settled) this.unsent.delete(number);
		const last = files.at(-1);
		if (!last) return;
		this.active = last.name;
		this.generation = last.generation;
		this.known = last.size;
		this.missing = gapsIn(last.frames, this.nextNumber);
	}

	private apply(file: string, frames: readonly Frame[]): void {
		const voided = new Set(
			frames.flatMap(({ type, head }) => (type === types.voided ? voidedSchema.parse(head).at : []))
		);
		for (const { type, head, at, bodyAt, body } of frames) {
			if (voided.has(at)) continue;
			switch (type) {
				case types.record: {
					const { n, seq, previous, ...record } = recordSchema.parse(head);
					this.unsent.set(n, {
						...record,
						number: n,
						seq,
						previous,
						copy: record.copy,
						bytes: record.bytes ?? body.length,
						unreadable: false,
						place: { file, at: bodyAt }
					});
					this.nextNumber = Math.max(this.nextNumber, n + 1);
					if (seq && previous !== undefined) this.advance({ deviceSeq: seq[1], previous });
					break;
				}
				case types.settled: {
					const { numbers, told } = settledSchema.parse(head);
					for (const number of numbers) this.unsent.delete(number);
					if (told) {
						this.pending.push(told);
						for (const outcome of told.outcomes) this.noteUnreadable(outcome);
					}
					break;
				}
				case types.head: {
					const { next, deviceSeq, previous } = headSchema.parse(head);
					this.nextNumber = Math.max(this.nextNumber, next);
					this.advance({ deviceSeq, previous });
					break;
				}
				case types.copy: {
					const { n, copy } = copiedSchema.parse(head);
					const record = this.unsent.get(n);
					// Sealed to another key, it may be tried again.
					if (record) this.unsent.set(n, { ...record, copy, unreadable: false });
					break;
				}
				case types.applied:
					this.pending = [];
			}
		}
	}

	private noteUnreadable(outcome: SealedOutcome): void {
		const record = this.unsent.get(outcome.number);
		if (record && outcome.outcome === 'unreadable') this.unsent.set(outcome.number, { ...record, unreadable: true });
	}

	private advance(chain: ChainHead): void {
		if (chain.deviceSeq > this.chain.deviceSeq) this.chain = chain;
	}
}

export function photoName(number: number): string {
	return `photos/${number}`;
}

function headerOf(found: Frame | undefined): number {
	return found?.type === types.header ? headerSchema.parse(found.head).generation : -1;
}

function settledBy({ type, head }: Frame): readonly number[] {
	return type === types.settled ? settledSchema.parse(head).numbers : [];
}

/** Numbers are handed out without a gap: those that should stand in the file and do not are damaged. */
function gapsIn(frames: readonly Frame[], next: number): number {
	const begins = frames.flatMap(({ type, head }) => (type === types.head ? headSchema.parse(head) : []))[0];
	const here = new Set(frames.flatMap(({ type, head }) => (type === types.record ? recordSchema.parse(head).n : [])));
	let missing = (begins?.live ?? []).filter((number) => !here.has(number)).length;
	for (let number = begins?.next ?? 1; number < next; number++) if (!here.has(number)) missing += 1;
	return missing;
}
