import type { ParsedEntry } from '#lib/domain/case-file/entry.ts';
import type { ChildId } from '#lib/domain/ids.ts';
import type { QueueCounts, QueueItem, QueueQuery, QueueState } from '../tablet.ts';
import { shown, type Ledger } from './ledger.ts';

/*
 * The queue as a person reads it: one page of what waits, went out, was set aside or put away. Only the lines of the page
 * are made; the rest of the ledger is counted.
 */

type Line = Omit<QueueItem, 'parsed' | 'replaced'>;

/**
 * The asked lines in the order of the screen (set aside, waiting with text before photos and the oldest first, then what
 * went out, newest first, then what was put away), and how many there are of each state.
 *
 * @param nameOf the child's name, where one is known
 */
export function queueLines(
	ledger: Pick<Ledger, 'entries' | 'photos' | 'putAway'>,
	nameOf: (childId: ChildId) => string | undefined,
	{ show, offset, limit }: QueueQuery
): { readonly lines: readonly Line[]; readonly counts: QueueCounts } {
	const counts: Record<QueueState, number> = { attention: 0, waiting: 0, registered: 0, putAway: 0 };
	const found: { readonly state: QueueState; readonly at: string; readonly photo: boolean; make(): Line }[] = [];
	const take = (id: string, photo: boolean, at: string, delivery: Line['delivery'], make: () => Line) => {
		const state = stateOf(delivery, ledger.putAway.has(id));
		counts[state] += 1;
		if (show === 'all' || show === state) found.push({ state, at, photo, make });
	};
	for (const { id, childId, type, itemId, bytes, recordedAt, delivery: own } of ledger.entries.values()) {
		const delivery = shown(own);
		take(id, false, recordedAt, delivery, () => ({
			id,
			kind: 'entry',
			childId,
			childName: nameOf(childId),
			what: type,
			...(itemId ? { itemId } : {}),
			bytes,
			recordedAt,
			delivery,
			putAway: ledger.putAway.has(id)
		}));
	}
	for (const { sha256, childId, itemId, bytes, recordedAt, delivery } of ledger.photos.values()) {
		take(sha256, true, recordedAt, delivery, () => ({
			id: sha256,
			kind: 'photo',
			childId,
			childName: nameOf(childId),
			what: 'photo.added',
			itemId,
			bytes,
			recordedAt,
			delivery,
			putAway: ledger.putAway.has(sha256)
		}));
	}
	found.sort((a, b) => {
		if (a.state !== b.state) return rank[a.state] - rank[b.state];
		if (a.state === 'waiting' && a.photo !== b.photo) return a.photo ? 1 : -1;
		const older = a.at < b.at ? -1 : a.at > b.at ? 1 : 0;
		return a.state === 'registered' || a.state === 'putAway' ? -older : older;
	});
	return { lines: found.slice(offset, offset + limit).map(({ make }) => make()), counts };
}

const rank: Readonly<Record<QueueState, number>> = { attention: 0, waiting: 1, registered: 2, putAway: 3 };

/** Put away is only what was set aside: once such a thing is sent again after all, it is what it is. */
export function stateOf(delivery: QueueItem['delivery'], putAway: boolean): QueueState {
	switch (delivery.state) {
		case 'waiting':
			return 'waiting';
		case 'registered':
			return 'registered';
		case 'quarantined':
			return putAway ? 'putAway' : 'attention';
	}
}

/**
 * The line with what it says, and whether something newer stands in its place.
 *
 * @param file the entries of its child by id; undefined where they cannot be read
 */
export function told(line: Line, file: ReadonlyMap<string, ParsedEntry> | undefined): QueueItem {
	const entries = [...(file?.values() ?? [])];
	const parsed =
		line.kind === 'entry'
			? file?.get(line.id)
			: entries.find(
					({ known, entry }) => known && entry.type === 'photo.added' && entry.payload.photo.sha256 === line.id
				);
	const id = parsed?.entry.id;
	return { ...line, parsed, replaced: id !== undefined && entries.some(({ entry }) => entry.replaces.includes(id)) };
}
