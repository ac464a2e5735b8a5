import { SvelteMap } from 'svelte/reactivity';
import type { EntryId } from '#lib/domain/ids.ts';
import type { QueueCounts, QueueItem, QueueQuery, TakeBackRefusal } from '../tablet.ts';
import type { Tablet } from './tablet.svelte.ts';

/** Lines of one page: what a phone shows in a few turns of the thumb, and a cheap tablet opens at once. */
export const linesPerPage = 25;

/** How long a person may think better of taking something back, milliseconds. */
export const undoMilliseconds = 10_000;

const noCounts: QueueCounts = { attention: 0, waiting: 0, registered: 0, putAway: 0 };

/** A thing that will be taken back, or why it was not. */
type Taking =
	| { readonly state: 'counting'; readonly until: number }
	| { readonly state: 'refused'; readonly fault: TakeBackRefusal };

/**
 * One page of the queue, and what is about to be taken back from it.
 *
 *   takeBack ─► counting ── 10 s ──► recorded
 *                  └── undo, stop (another page, a lock, a dead tab) ──► nothing happened
 */
export class QueueView {
	readonly #tablet: Tablet;
	readonly #timers = new SvelteMap<string, ReturnType<typeof setTimeout>>();
	#loading: Promise<void> | undefined;
	#again = false;
	items = $state.raw<readonly QueueItem[]>([]);
	counts = $state.raw<QueueCounts>(noCounts);
	answered = $state(false);
	readonly taking = new SvelteMap<string, Taking>();
	query: QueueQuery = { show: 'all', offset: 0, limit: linesPerPage };

	constructor(tablet: Tablet) {
		this.#tablet = tablet;
	}

	/** How many lines the query has in all. */
	get total(): number {
		const { attention, waiting, registered, putAway } = this.counts;
		return this.query.show === 'all' ? attention + waiting + registered + putAway : this.counts[this.query.show];
	}

	/** Reads the page; while it is being read, any number of further wishes make one more reading. */
	async load(query: QueueQuery = this.query): Promise<void> {
		this.query = query;
		if (this.#loading) {
			this.#again = true;
			return this.#loading;
		}
		this.#loading = this.#read();
		try {
			await this.#loading;
		} finally {
			this.#loading = undefined;
		}
	}

	async #read(): Promise<void> {
		do {
			this.#again = false;
			const { items, counts } = await this.#tablet.vault.queue(this.query);
			this.items = items;
			this.counts = counts;
		} while (this.#again);
		this.answered = true;
	}

	/** Begins to count down. A photo is taken back with its item. */
	takeBack(item: QueueItem, reason: string): void {
		const id = item.parsed?.entry.id;
		if (id === undefined || this.#timers.has(item.id)) return;
		this.#mark(item.id, { state: 'counting', until: this.#tablet.now() + undoMilliseconds });
		this.#timers.set(
			item.id,
			setTimeout(() => void this.#finish(item.id, id, reason), undoMilliseconds)
		);
	}

	undo(id: string): void {
		clearTimeout(this.#timers.get(id));
		this.#timers.delete(id);
		this.#mark(id, undefined);
	}

	/** Nothing that was still counting is taken back. */
	stop(): void {
		for (const id of [...this.#timers.keys()]) this.undo(id);
	}

	async #finish(line: string, id: EntryId, reason: string): Promise<void> {
		this.#timers.delete(line);
		const taken = await this.#tablet.vault.takeBack(id, reason);
		this.#mark(line, taken.ok ? undefined : { state: 'refused', fault: taken.error });
		await this.load();
	}

	#mark(line: string, taking: Taking | undefined): void {
		if (taking) this.taking.set(line, taking);
		else this.taking.delete(line);
	}
}
