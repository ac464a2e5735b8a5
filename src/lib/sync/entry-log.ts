import type { DeviceId, InstitutionId } from '#lib/domain/ids.ts';
import type { Result } from '#lib/domain/result.ts';
import type { Cursor, Epoch, Receipt } from './protocol.ts';

/*
 * The registry's log of entries, as a port. Implementations: memory-entry-log.ts (simulation, tests) and
 * server/entry-log (PostgreSQL). tests/contract/entry-log states what both must do:
 *
 *   1. A receipt is given only for what is committed; the same entry again gets the same receipt.
 *   2. Every item of a push has one receipt, in the order of the push; a bad item never keeps another from being accepted.
 *   3. Every house involved with a child has all entries of the child in its feed, each once.
 *   4. A feed's positions are 1, 2, 3, … in the order they become visible: a cursor never skips an entry.
 *   5. Nothing is dropped: what is not accepted is kept aside with the reason.
 */
export interface EntryLog {
	epoch(): Promise<Epoch>;

	/**
	 * @param sender the tablet, proved by its signature on the request
	 * @param items as parsed from JSON; each is judged by itself
	 * @param receivedAt the registry's clock, ISO 8601 in UTC with milliseconds
	 */
	append(sender: Sender, items: readonly unknown[], receivedAt: string): Promise<readonly Receipt[]>;

	/** One page of a house's feed after the cursor, oldest first. */
	read(institutionId: InstitutionId, after: Cursor, limit: number): Promise<Result<FeedPage, FeedChanged>>;

	head(institutionId: InstitutionId): Promise<FeedHead>;
}

/** A tablet and the house it belongs to. */
export interface Sender {
	readonly deviceId: DeviceId;
	readonly institutionId: InstitutionId;
}

export interface FeedPage {
	readonly entries: readonly FeedEntry[];
	readonly next: Cursor;
	readonly more: boolean;
	/** Position of the newest entry; 0 while there is none. */
	readonly head: number;
}

export interface FeedEntry {
	readonly position: number;
	readonly receivedAt: string;
	/** The entry as it was signed: canonical JSON, ready to be put into an answer. */
	readonly text: string;
}

export interface FeedHead {
	readonly position: number;
	readonly hash: string;
}

/** The cursor names another history than this feed's: the database was restored from a copy since. */
export interface FeedChanged {
	readonly type: 'feed_changed';
	/** `ahead`: the cursor stands after the newest entry; `hash`: another entry stands at its position. */
	readonly because: 'ahead' | 'hash';
}
