import type { EntryId } from '#lib/domain/ids.ts';
import {
	cursorPosition,
	pullEntriesMaximum,
	pushBytesMaximum,
	pushEntriesMaximum,
	type Cursor,
	type Epoch,
	type PullAnswer,
	type PushAnswer,
	type QuarantineReason,
	type Receipt
} from './protocol.ts';

/*
 * How a tablet synchronises, without network, disk, clock or chance: those come in by the door. The engine in the
 * browser and the simulation (simulation.test.ts) run this same code.
 *
 *            ┌────────── epoch of the answer is another: start again ──────────┐
 *            ▼                                                                 │
 *   hello ─► push ─► … until nothing waits ─► pull ─► … until no more ─► rest ─┴─ begin ─► push
 *            └── 413 or no answer: half the batch, wait, the same entries again
 *
 * Invariants
 *   1. At most one request is in flight; an answer to any other request changes nothing.
 *   2. An entry is `registered` only by a receipt, or by being seen in the feed, of the epoch the tablet is in.
 *   3. A page is applied only where the tablet stands: same epoch, same cursor. The cursor moves with the page's entries
 *      in one transaction, or not at all.
 *   4. Starting again forgets no entry: the cursor returns to the start, and every own entry waits again.
 *   5. A quarantined entry blocks nothing and is not sent again in the same epoch.
 *   6. What the registry confirmed at a position must be there when that position is read, and cannot be where the tablet
 *      has read already; otherwise the registry has another history than it had, and the tablet starts again.
 */

/** Where the tablet stands. Kept on disk; changes together with what was applied. */
export interface SyncPosition {
	/** Undefined before the first answer of a registry. */
	readonly epoch: Epoch | undefined;
	readonly cursor: Cursor;
}

/** How an own entry stands with the registry, as kept on the tablet's disk. */
export type OwnDelivery =
	| { readonly state: 'waiting' }
	| {
			readonly state: 'registered';
			readonly epoch: Epoch;
			/** In the feed of the tablet's house. */
			readonly position: number;
			readonly receivedAt: string;
			/** Undefined where the entry was only seen in the feed: its receipt was lost on the way. */
			readonly receipt: string | undefined;
	  }
	| { readonly state: 'quarantined'; readonly epoch: Epoch; readonly reason: QuarantineReason };

/** What is only in memory: a crash begins again with `resting`. */
export interface SyncState {
	readonly stage: 'push' | 'pull' | 'rest';
	/** Entries of the next push. */
	readonly batch: number;
	/** Attempts without an answer, since the last answer. */
	readonly failures: number;
	/** Number of the latest request. */
	readonly latest: number;
	readonly inFlight: InFlight | undefined;
}

export type InFlight =
	| { readonly type: 'hello'; readonly request: number }
	| { readonly type: 'push'; readonly request: number; readonly sent: readonly EntryId[] }
	| { readonly type: 'pull'; readonly request: number; readonly after: Cursor };

/** The state after a start, a crash, or a finished run. */
export const resting: SyncState = {
	stage: 'rest',
	batch: pushEntriesMaximum,
	failures: 0,
	latest: 0,
	inFlight: undefined
};

/** What the door does next. */
export type Command =
	| { readonly type: 'hello' }
	/** Take at most so many waiting entries, oldest first, and about so many bytes; answer with `pushing`, or `nothingWaits`. */
	| { readonly type: 'push'; readonly limit: number; readonly bytes: number }
	| { readonly type: 'pull'; readonly after: Cursor; readonly epoch: Epoch; readonly limit: number }
	/** Nothing to do until something is recorded or some minutes have passed; then `begin`. */
	| { readonly type: 'rest' };

/** What came back, or did not. */
export type SyncEvent =
	| { readonly type: 'greeted'; readonly request: number; readonly epoch: Epoch }
	| { readonly type: 'pushAnswered'; readonly request: number; readonly answer: PushAnswer }
	| { readonly type: 'pullAnswered'; readonly request: number; readonly answer: PullAnswer }
	| { readonly type: 'feedChanged'; readonly request: number; readonly epoch: Epoch }
	/** HTTP 413. */
	| { readonly type: 'tooLarge'; readonly request: number }
	/** Cut, time-out or HTTP 5xx/429; `retryAfter` in milliseconds if the registry named one. */
	| { readonly type: 'failed'; readonly request: number; readonly retryAfter?: number };

/** What the store is to do, in one strict transaction, before the next command. */
export type Keep =
	| { readonly type: 'nothing' }
	| {
			readonly type: 'receipts';
			readonly epoch: Epoch;
			readonly receipts: readonly Receipt[];
			readonly sent: readonly EntryId[];
	  }
	| { readonly type: 'page'; readonly answer: PullAnswer }
	| { readonly type: 'startAgain'; readonly epoch: Epoch };

export interface Settled {
	readonly state: SyncState;
	readonly keep: Keep;
	/** Milliseconds to wait before the next command. */
	readonly wait: number;
}

/**
 * Begins a run: something was recorded, or it is time to look. What waits here goes first, also where the run before was cut
 * while it read: what was recorded since would otherwise wait for the run after this one.
 */
export function begin(state: SyncState): SyncState {
	return { ...state, stage: 'push' };
}

/** What to do now. Ask only while nothing is in flight. */
export function nextCommand(state: SyncState, position: SyncPosition): Command {
	if (state.stage === 'rest') return { type: 'rest' };
	if (position.epoch === undefined) return { type: 'hello' };
	if (state.stage === 'push') return { type: 'push', limit: state.batch, bytes: pushBytesMaximum / 2 };
	return { type: 'pull', after: position.cursor, epoch: position.epoch, limit: pullEntriesMaximum };
}

/** A hello is on its way. */
export function greeting(state: SyncState): SyncState {
	const request = state.latest + 1;
	return { ...state, latest: request, inFlight: { type: 'hello', request } };
}

/** These entries are on their way. */
export function pushing(state: SyncState, sent: readonly EntryId[]): SyncState {
	const request = state.latest + 1;
	return { ...state, latest: request, inFlight: { type: 'push', request, sent } };
}

/** There was nothing to push: on to reading. */
export function nothingWaits(state: SyncState): SyncState {
	return { ...state, stage: 'pull' };
}

/** A question for the feed is on its way. */
export function pulling(state: SyncState, after: Cursor): SyncState {
	const request = state.latest + 1;
	return { ...state, latest: request, inFlight: { type: 'pull', request, after } };
}

/**
 * What an answer means.
 *
 * @param position where the tablet stands at this moment
 * @param random from 0 up to 1, for the jitter of the pause
 */
export function settle(state: SyncState, position: SyncPosition, event: SyncEvent, random: number): Settled {
	const { inFlight } = state;
	const ignored: Settled = { state, keep: { type: 'nothing' }, wait: 0 };
	if (!inFlight || inFlight.request !== event.request) return ignored;
	const answered: SyncState = { ...state, failures: 0, inFlight: undefined };
	const startAgain = (epoch: Epoch): Settled => ({
		state: { ...answered, stage: 'push' },
		keep: { type: 'startAgain', epoch },
		wait: 0
	});

	switch (event.type) {
		case 'greeted':
			return event.epoch === position.epoch
				? { state: answered, keep: { type: 'nothing' }, wait: 0 }
				: startAgain(event.epoch);
		case 'feedChanged':
			return startAgain(event.epoch);
		case 'pushAnswered': {
			if (inFlight.type !== 'push') return ignored;
			const { epoch, receipts } = event.answer;
			if (epoch !== position.epoch) return startAgain(epoch);
			// Nothing that was sent had been seen in the feed: a place the tablet has read past is one of another history.
			const readTo = cursorPosition(position.cursor);
			if (receipts.some((receipt) => receipt.outcome !== 'quarantined' && receipt.position <= readTo))
				return startAgain(epoch);
			return {
				state: { ...answered, batch: Math.min(pushEntriesMaximum, state.batch * 2) },
				keep: { type: 'receipts', epoch, receipts, sent: inFlight.sent },
				wait: 0
			};
		}
		case 'pullAnswered': {
			if (inFlight.type !== 'pull') return ignored;
			const { answer } = event;
			if (answer.epoch !== position.epoch) return startAgain(answer.epoch);
			if (answer.after !== position.cursor) return { state: answered, keep: { type: 'nothing' }, wait: 0 };
			return {
				state: { ...answered, stage: answer.more ? 'pull' : 'rest' },
				keep: { type: 'page', answer },
				wait: 0
			};
		}
		case 'tooLarge':
			return { state: { ...halved(answered), failures: 1 }, keep: { type: 'nothing' }, wait: pause(0, random) };
		case 'failed':
			return {
				state: {
					...(inFlight.type === 'push' ? halved(state) : state),
					failures: state.failures + 1,
					inFlight: undefined
				},
				keep: { type: 'nothing' },
				wait: Math.max(event.retryAfter ?? 0, pause(state.failures, random))
			};
	}
}

/** 2 s, 4 s, 8 s … up to a minute, each shortened by up to half: a thousand tablets must not come back in step. */
export function pause(failures: number, random: number): number {
	return Math.min(60_000, 2_000 * 2 ** Math.min(failures, 10)) * (1 - random / 2);
}

function halved(state: SyncState): SyncState {
	return { ...state, batch: Math.max(1, Math.floor(state.batch / 2)) };
}

/** Is the entry to be sent in this epoch? */
export function needsPush(delivery: OwnDelivery, epoch: Epoch | undefined): boolean {
	return delivery.state === 'waiting' || delivery.epoch !== epoch;
}

/**
 * How the entries of one push stand after its receipts: id by id, only those that were sent. An id that has no receipt
 * in the answer goes on waiting.
 */
export function afterReceipts(
	epoch: Epoch,
	receipts: readonly Receipt[],
	sent: readonly EntryId[]
): ReadonlyMap<EntryId, OwnDelivery> {
	const changed = new Map<EntryId, OwnDelivery>();
	const asked = new Set(sent);
	for (const receipt of receipts) {
		if (receipt.outcome === 'quarantined') {
			// An item that could not be read is told by its place in the push.
			const id = receipt.id !== undefined && asked.has(receipt.id) ? receipt.id : sent[receipt.index];
			if (id !== undefined) changed.set(id, { state: 'quarantined', epoch, reason: receipt.reason });
		} else if (asked.has(receipt.id)) {
			const { position, receivedAt, receipt: code } = receipt;
			changed.set(receipt.id, { state: 'registered', epoch, position, receivedAt, receipt: code });
		}
	}
	return changed;
}

/** How one of the tablet's own entries stands after it was seen in the feed: whatever was thought before, it is there. */
export function afterSeen(before: OwnDelivery, epoch: Epoch, position: number, receivedAt: string): OwnDelivery {
	if (before.state === 'registered' && before.epoch === epoch && before.position === position) return before;
	return { state: 'registered', epoch, position, receivedAt, receipt: undefined };
}

/**
 * How an own entry stands after the feed brought another entry of the same child: what was set aside because the house
 * had nothing to do with the child is sent again, for now it has. Usually the registry has taken it up by itself; a
 * database put back unseen may have forgotten that it ever came (schedule 8388 of the simulation).
 */
export function afterChildSeen(before: OwnDelivery): OwnDelivery {
	return before.state === 'quarantined' && before.reason.type === 'child_elsewhere' ? { state: 'waiting' } : before;
}

/**
 * Invariant 6. True when the page shows that the registry has forgotten what it once confirmed: a position past its
 * head, or another entry in its place. What lies before the page is vouched for by the hash in the cursor.
 *
 * @param confirmed the tablet's own entries registered in the page's epoch, with their positions
 */
export function forgotten(
	page: PullAnswer,
	idAt: (position: number) => string | undefined,
	confirmed: Iterable<{ readonly id: EntryId; readonly position: number }>
): boolean {
	const from = cursorPosition(page.after);
	const to = cursorPosition(page.next);
	for (const { id, position } of confirmed) {
		if (position > page.head) return true;
		if (position > from && position <= to && idAt(position) !== id) return true;
	}
	return false;
}

/** The path of a pull. The epoch tells the registry whether a cursor that does not fit is old, or its own feed is. */
export function pullPath(after: Cursor, epoch: Epoch, limit: number): string {
	return `/api/sync/pull?after=${after}&limit=${limit}&epoch=${epoch}`;
}
