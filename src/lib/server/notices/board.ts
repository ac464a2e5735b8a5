import type { ProgramDatabase } from '../db/connection.ts';
import { readPublicNotices } from './public-tables.ts';
import { countByProvince, NoticeIndex } from './search.ts';
import type { NoticeRow } from './notice-row.ts';

/** Everything public at one moment. Pages are drawn from this alone: no page of the public asks the database. */
export interface NoticeSnapshot {
	readonly revision: number;
	/** Newest first. */
	readonly notices: readonly NoticeRow[];
	readonly byNumber: ReadonlyMap<string, NoticeRow>;
	/** Numbers that were public and are not any more. */
	readonly withdrawn: ReadonlySet<string>;
	readonly photoTokens: ReadonlySet<string>;
	readonly provinceCounts: ReadonlyMap<string, number>;
	readonly index: NoticeIndex;
}

/**
 * How often a server asks whether its snapshot still stands: one row, about 0.2 ms. Asking was chosen over PostgreSQL's
 * LISTEN as the thing to rely on: a notification missed while a connection was cut would leave a child on line who must
 * be taken down (docs/adr/0007). Decisions made in this process do not wait for it.
 */
export const boardInterval = 2_000;

const registered = Symbol.for('lampkeep.notice-board');

/**
 * The notices in memory of this process, shared by its front and the built routes (two bundles, one process).
 * Told in order: a change of the tables, `refresh`, a new snapshot, then every listener.
 */
export class NoticeBoard {
	#snapshot: NoticeSnapshot | undefined;
	#refreshing: Promise<NoticeSnapshot> | undefined;
	#again = false;
	readonly #database: ProgramDatabase;
	readonly #listeners = new Set<(snapshot: NoticeSnapshot) => void>();

	constructor(database: ProgramDatabase) {
		this.#database = database;
	}

	/** The board of this process. */
	static of(database: ProgramDatabase): NoticeBoard {
		const existing = Reflect.get(globalThis, registered) as
			{ board: NoticeBoard; database: ProgramDatabase } | undefined;
		if (existing && existing.database === database) return existing.board;
		const board = new NoticeBoard(database);
		Reflect.set(globalThis, registered, { board, database });
		return board;
	}

	/** The latest snapshot; read from the database the first time. */
	async snapshot(): Promise<NoticeSnapshot> {
		return this.#snapshot ?? this.refresh();
	}

	/** Reads the tables again if they changed. Calls that overlap share the work, but none gets an older state than asked. */
	async refresh(): Promise<NoticeSnapshot> {
		if (this.#refreshing) {
			this.#again = true;
			return this.#refreshing;
		}
		this.#refreshing = this.#readUntilCurrent();
		try {
			return await this.#refreshing;
		} finally {
			this.#refreshing = undefined;
		}
	}

	/** Called after every new snapshot. Returns how to stop. */
	onChange(listener: (snapshot: NoticeSnapshot) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Looks for changes made by other processes. Returns how to stop. */
	watch(onError: (error: unknown) => void, interval = boardInterval): () => void {
		const timer = setInterval(() => void this.refresh().catch(onError), interval);
		timer.unref();
		return () => clearInterval(timer);
	}

	async #readUntilCurrent(): Promise<NoticeSnapshot> {
		let current = this.#snapshot;
		do {
			this.#again = false;
			current = await this.#readOnce(current);
		} while (this.#again);
		return current;
	}

	async #readOnce(current: NoticeSnapshot | undefined): Promise<NoticeSnapshot> {
		const read = await this.#database.inScope(
			{ kind: 'public' },
			(session) => readPublicNotices(session, current?.revision),
			{
				isolation: 'repeatable read',
				readOnly: true
			}
		);
		if (read === 'unchanged' && current) return current;
		if (read === 'unchanged') throw new Error('The notices were read as unchanged before they were read at all');
		const next: NoticeSnapshot = {
			revision: read.revision,
			notices: read.notices,
			byNumber: new Map(read.notices.map((notice) => [notice.publicNumber, notice])),
			withdrawn: new Set(read.withdrawn),
			photoTokens: new Set(read.notices.flatMap((notice) => notice.photos.map((photo) => photo.token))),
			provinceCounts: countByProvince(read.notices),
			index: new NoticeIndex(read.notices)
		};
		this.#snapshot = next;
		for (const listener of this.#listeners) listener(next);
		return next;
	}
}
