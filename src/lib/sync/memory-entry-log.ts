import type { ChildId, DeviceId, EntryId, InstitutionId, Sha256, StaffId } from '#lib/domain/ids.ts';
import type { ParsedEntry } from '#lib/domain/case-file/entry.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { chainHash, chainStart, receiptCode, type Sha256Of } from './chain.ts';
import type { EntryLog, FeedChanged, FeedHead, FeedPage, Sender } from './entry-log.ts';
import {
	cursorAt,
	cursorHash,
	cursorPosition,
	keepsItsPlace,
	type Cursor,
	type Epoch,
	type Receipt
} from './protocol.ts';
import { rawText } from './raw-text.ts';
import {
	filesNamed,
	readItem,
	receive,
	signedTextOf,
	type Accepted,
	type Candidate,
	type Claimed,
	type Decided,
	type Equivocation,
	type Link,
	type SetAside,
	type StaffKey,
	type Waiting
} from './receive.ts';

/** What the log in memory is given by the door. */
export interface MemoryLogDoor {
	readonly sha256: Sha256Of;
	/** Whether the key made the signature over the text. */
	readonly verify: (publicKey: string, text: string, signature: string) => boolean | Promise<boolean>;
	readonly keysOf: (staffId: StaffId, deviceId: DeviceId) => readonly StaffKey[];
}

/** One position of a feed in memory. */
export interface MemoryFeedRow {
	readonly entryId: EntryId;
	readonly hash: Sha256;
}

/** An item set aside, as it came. */
export interface Quarantined {
	readonly sender: Sender;
	readonly body: string;
	readonly reason: SetAside['reason'];
	readonly receivedAt: string;
}

interface MemoryState {
	epoch: Epoch;
	readonly entries: Map<EntryId, Accepted & { readonly bodyHash: Sha256 }>;
	/** By tablet and number. */
	readonly links: Map<string, readonly Link[]>;
	readonly children: Map<ChildId, MemoryChild>;
	readonly feeds: Map<InstitutionId, MemoryFeedRow[]>;
	/** Position of an entry in a feed, by feed and entry. */
	readonly positions: Map<string, number>;
	readonly quarantine: Quarantined[];
	readonly equivocations: Equivocation[];
}

interface MemoryChild {
	readonly grants: InstitutionId[];
	readonly entries: ParsedEntry[];
	readonly delivered: Map<EntryId, Set<InstitutionId>>;
	waiting: Waiting[];
}

/** A copy of everything in a log, as a backup of the registry is. */
export type Backup = { readonly state: MemoryState };

/** The log in memory, for the simulation and the tests that need no database. Every append is one synchronous step. */
export class MemoryEntryLog implements EntryLog {
	readonly #door: MemoryLogDoor;
	#state: MemoryState;
	/** Children that a backup holds too. */
	readonly #shared = new WeakSet<MemoryChild>();

	constructor(door: MemoryLogDoor, epoch: Epoch) {
		this.#door = door;
		this.#state = {
			epoch,
			entries: new Map(),
			links: new Map(),
			children: new Map(),
			feeds: new Map(),
			positions: new Map(),
			quarantine: [],
			equivocations: []
		};
	}

	async epoch(): Promise<Epoch> {
		return this.#state.epoch;
	}

	async append(sender: Sender, items: readonly unknown[], receivedAt: string): Promise<readonly Receipt[]> {
		const candidates: Candidate[] = [];
		const aside: SetAside[] = [];
		for (const [index, item] of items.entries()) {
			const read = readItem(item, index, sender, this.#door.keysOf);
			if (!read.ok) aside.push(read.error);
			else if (await this.#signed(read.value)) candidates.push(read.value.candidate);
			else aside.push({ index, id: read.value.candidate.parsed.entry.id, reason: { type: 'signature_wrong' } });
		}
		return this.#commit(sender, items, candidates, aside, receivedAt);
	}

	async read(institutionId: InstitutionId, after: Cursor, limit: number): Promise<Result<FeedPage, FeedChanged>> {
		const rows = this.#state.feeds.get(institutionId) ?? [];
		const from = cursorPosition(after);
		if (from > rows.length) return err({ type: 'feed_changed', because: 'ahead' });
		if (from > 0 && rows[from - 1]?.hash !== cursorHash(after)) return err({ type: 'feed_changed', because: 'hash' });
		const entries: FeedPage['entries'][number][] = [];
		for (const [index, row] of rows.slice(from, from + limit).entries()) {
			const entry = this.#entry(row.entryId);
			entries.push({ position: from + index + 1, receivedAt: entry.receivedAt, text: entry.text });
		}
		const last = from + entries.length;
		const next = entries.length === 0 ? after : cursorAt(last, rows[last - 1]?.hash ?? '');
		return ok({ entries, next, more: last < rows.length, head: rows.length });
	}

	async head(institutionId: InstitutionId): Promise<FeedHead> {
		const rows = this.#state.feeds.get(institutionId) ?? [];
		return { position: rows.length, hash: rows.at(-1)?.hash ?? chainStart(institutionId, this.#door.sha256) };
	}

	/** The ids and texts of every accepted entry, in the order of arrival. */
	accepted(): readonly Accepted[] {
		return [...this.#state.entries.values()];
	}

	quarantined(): readonly Quarantined[] {
		return this.#state.quarantine;
	}

	/** Tablets that told two stories under one number, each time anew. */
	equivocations(): readonly Equivocation[] {
		return this.#state.equivocations;
	}

	feed(institutionId: InstitutionId): readonly MemoryFeedRow[] {
		return this.#state.feeds.get(institutionId) ?? [];
	}

	/** The first position of a feed whose hash does not follow from what stands before it; undefined if all do. */
	firstBroken(institutionId: InstitutionId): number | undefined {
		let previous = chainStart(institutionId, this.#door.sha256);
		for (const [index, row] of this.feed(institutionId).entries()) {
			const { bodyHash, receivedAt } = this.#entry(row.entryId);
			previous = chainHash(previous, index + 1, receivedAt, bodyHash, this.#door.sha256);
			if (previous !== row.hash) return index + 1;
		}
		return undefined;
	}

	/** A copy of everything. Inverse of `restore`. */
	backup(): Backup {
		return { state: this.#copyOf(this.#state) };
	}

	/** Forgets everything since the backup. A restore that was noticed begins a new epoch; one that was not keeps the old. */
	restore(backup: Backup, epoch: Epoch): void {
		this.#state = this.#copyOf(backup.state);
		this.#state.epoch = epoch;
	}

	/** Tablets were found ahead of the feed: the database was restored without anybody saying so. */
	beginEpoch(epoch: Epoch): void {
		this.#state.epoch = epoch;
	}

	async #signed({ candidate, keys }: Claimed): Promise<boolean> {
		const text = signedTextOf(candidate);
		for (const key of keys) {
			if (await this.#door.verify(key.publicKey, text, candidate.parsed.entry.signature)) return true;
		}
		return false;
	}

	#commit(
		sender: Sender,
		items: readonly unknown[],
		candidates: readonly Candidate[],
		aside: readonly SetAside[],
		receivedAt: string
	): readonly Receipt[] {
		const state = this.#state;
		const decided = receive(candidates, receivedAt, {
			textOf: (id) => state.entries.get(id)?.text,
			links: (deviceId, deviceSeq) => state.links.get(`${deviceId} ${deviceSeq}`) ?? [],
			child: (childId) => state.children.get(childId),
			sha256: this.#door.sha256,
			others: this.#others(candidates)
		});
		this.#keep(decided);
		const receipts: Receipt[] = [];
		for (const item of aside) {
			receipts[item.index] = quarantineReceipt(item);
			state.quarantine.push({ sender, body: rawText(items[item.index]), reason: item.reason, receivedAt });
		}
		for (const outcome of decided.outcomes) {
			if (outcome.outcome === 'quarantined') {
				receipts[outcome.index] = quarantineReceipt(outcome);
				this.#setAside(sender, items[outcome.index], candidates, outcome, receivedAt);
				continue;
			}
			const position = state.positions.get(`${sender.institutionId} ${outcome.id}`) ?? 0;
			const row = state.feeds.get(sender.institutionId)?.[position - 1];
			if (!row) throw new Error(`entry ${outcome.id} is in no feed of its own house`);
			receipts[outcome.index] = {
				outcome: outcome.outcome,
				id: outcome.id,
				position,
				receivedAt: this.#entry(outcome.id).receivedAt,
				receipt: receiptCode(row.hash)
			};
		}
		return receipts;
	}

	#keep(decided: Decided): void {
		const state = this.#state;
		for (const entry of decided.accepted) {
			const { id, childId } = entry.parsed.entry;
			state.entries.set(id, { ...entry, bodyHash: this.#door.sha256(entry.text) });
			this.#link(entry, true);
			const child = this.#child(childId);
			child.entries.push(entry.parsed);
			child.waiting = child.waiting.filter((waiting) => waiting.parsed.entry.id !== id);
		}
		state.equivocations.push(...decided.equivocations);
		for (const { childId, institutionId } of decided.grants) this.#child(childId).grants.push(institutionId);
		for (const { institutionId, entryId } of decided.deliveries) {
			const entry = this.#entry(entryId);
			const rows = state.feeds.get(institutionId) ?? [];
			state.feeds.set(institutionId, rows);
			const previous = rows.at(-1)?.hash ?? chainStart(institutionId, this.#door.sha256);
			const hash = chainHash(previous, rows.length + 1, entry.receivedAt, entry.bodyHash, this.#door.sha256);
			rows.push({ entryId, hash });
			state.positions.set(`${institutionId} ${entryId}`, rows.length);
			const child = this.#child(entry.parsed.entry.childId);
			child.delivered.set(entryId, (child.delivered.get(entryId) ?? new Set()).add(institutionId));
		}
	}

	/** Files beside those of the candidates that may be one child with one of them. */
	#others(candidates: readonly Candidate[]): readonly ChildId[] {
		const own = new Set(candidates.map(({ parsed }) => parsed.entry.childId));
		const found = new Set([...own, ...filesNamed(candidates)]);
		// Grows while it is walked through.
		for (const childId of found) {
			const entries = this.#state.children.get(childId)?.entries ?? [];
			for (const other of filesNamed(entries.map((parsed) => ({ parsed })))) found.add(other);
		}
		return [...found].filter((childId) => !own.has(childId)).sort();
	}

	#setAside(
		sender: Sender,
		item: unknown,
		candidates: readonly Candidate[],
		{ reason, index }: SetAside,
		receivedAt: string
	): void {
		const candidate = candidates.find((other) => other.index === index);
		if (reason.type === 'child_elsewhere' && candidate) {
			const child = this.#child(candidate.parsed.entry.childId);
			const known = child.waiting.some((waiting) => waiting.text === candidate.text);
			if (known) return;
			child.waiting.push({ parsed: candidate.parsed, text: candidate.text, receivedAt });
		}
		if (candidate && keepsItsPlace.has(reason.type)) this.#link(candidate, false);
		this.#state.quarantine.push({ sender, body: rawText(item), reason, receivedAt });
	}

	#link({ parsed: { entry }, text }: Pick<Candidate, 'parsed' | 'text'>, accepted: boolean): void {
		const key = `${entry.deviceId} ${entry.deviceSeq}`;
		const link = { id: entry.id, hash: this.#door.sha256(text), previous: entry.previous, accepted };
		this.#state.links.set(key, [...(this.#state.links.get(key) ?? []), link]);
	}

	/** The child, to be changed. */
	#child(childId: ChildId): MemoryChild {
		const known = this.#state.children.get(childId);
		if (known && !this.#shared.has(known)) return known;
		const child = known
			? copyOfChild(known)
			: { grants: [], entries: [], delivered: new Map<EntryId, Set<InstitutionId>>(), waiting: [] };
		this.#state.children.set(childId, child);
		return child;
	}

	/** Two levels deep: the values themselves never change. Children are shared until one of the states changes them. */
	#copyOf(state: MemoryState): MemoryState {
		for (const child of state.children.values()) this.#shared.add(child);
		return {
			epoch: state.epoch,
			entries: new Map(state.entries),
			links: new Map(state.links),
			children: new Map(state.children),
			feeds: new Map([...state.feeds].map(([id, rows]) => [id, [...rows]])),
			positions: new Map(state.positions),
			quarantine: [...state.quarantine],
			equivocations: [...state.equivocations]
		};
	}

	#entry(id: EntryId): Accepted & { readonly bodyHash: Sha256 } {
		const entry = this.#state.entries.get(id);
		if (!entry) throw new Error(`a feed names entry ${id}, which the log does not have`);
		return entry;
	}
}

function quarantineReceipt({ index, id, reason }: SetAside): Receipt {
	return id === undefined ? { outcome: 'quarantined', index, reason } : { outcome: 'quarantined', id, index, reason };
}

function copyOfChild(child: MemoryChild): MemoryChild {
	return {
		grants: [...child.grants],
		entries: [...child.entries],
		delivered: new Map([...child.delivered].map(([id, houses]) => [id, new Set(houses)])),
		waiting: [...child.waiting]
	};
}
