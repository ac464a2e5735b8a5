import type { ChildId, DeviceId, EntryId } from '#lib/domain/ids.ts';
import type { PullAnswer } from '#lib/sync/protocol.ts';
import { afterChildSeen, afterSeen, forgotten } from '#lib/sync/sync-state.ts';
import type { Ledger, LedgerChange, OwnEntry, Told } from './ledger.ts';
import { ownEntry } from './recovery.ts';
import { readEntry, type HeldEntry, type SealedStore } from './store.ts';

/* What one page of the house's feed says to this tablet, beside what its ledger knows. Nothing is written here. */

/** A page by child. */
export interface SortedPage {
	/** What is new here. */
	readonly children: ReadonlyMap<ChildId, readonly HeldEntry[]>;
	/** What cannot be read, to be kept as it came. */
	readonly unreadable: readonly { readonly entry: unknown; readonly receivedAt: string }[];
}

/** While the store mends itself, everything is new. */
export function sortedByChild(page: PullAnswer, { ledger, mending }: SealedStore): SortedPage {
	const children = new Map<ChildId, HeldEntry[]>();
	const unreadable: { entry: unknown; receivedAt: string }[] = [];
	for (const { entry: raw, receivedAt } of page.entries) {
		const parsed = readEntry(raw);
		if (!parsed) {
			unreadable.push({ entry: raw, receivedAt });
			continue;
		}
		const { id, childId } = parsed.entry;
		if (ledger.entries.has(id) && !mending) continue;
		const group = children.get(childId);
		if (group) group.push({ raw, parsed, receivedAt });
		else children.set(childId, [{ raw, parsed, receivedAt }]);
	}
	return { children, unreadable };
}

/**
 * Invariant 6 of sync/sync-state.ts: true where the page shows that the registry no longer has what it once confirmed to
 * this tablet.
 */
export function hasForgotten(page: PullAnswer, ledger: Ledger): boolean {
	const ids = new Map(page.entries.map(({ position, entry }) => [position, idOf(entry)]));
	const confirmed = [...ledger.entries.values()].flatMap(({ id, delivery }) =>
		delivery.state === 'registered' && delivery.epoch === page.epoch ? [{ id, position: delivery.position }] : []
	);
	const idAt = (position: number) => {
		const id = ids.get(position);
		return typeof id === 'string' ? id : undefined;
	};
	return forgotten(page, idAt, confirmed);
}

/** What the ledger notes with the page, in the order of the noting. */
export function changesOf(
	page: PullAnswer,
	{ unreadable }: SortedPage,
	ledger: Ledger,
	deviceId: DeviceId
): { readonly changes: readonly LedgerChange[]; readonly seen: readonly Told[] } {
	const seen = seenIn(page, ledger);
	const pulled: LedgerChange = {
		kind: 'pulled',
		epoch: page.epoch,
		cursor: page.next,
		unreadable: unreadable.length,
		seen,
		...arrivedIn(page, ledger),
		...(page.treeHead ? { treeHead: page.treeHead } : {})
	};
	const own = forgottenOwn(page, ledger, deviceId);
	return { seen, changes: own.length > 0 ? [pulled, { kind: 'restored', entries: own }] : [pulled] };
}

/**
 * What a page says of the tablet's own entries: those it brought back are on the registry, whatever became of the
 * receipt; those set aside because the house had nothing to do with a child are sent again once the child is in its feed.
 */
function seenIn(page: PullAnswer, { entries: own }: Ledger): readonly Told[] {
	const told = new Map<EntryId, Told>();
	const children = new Set<unknown>();
	for (const { entry, position, receivedAt } of page.entries) {
		children.add(memberOf(entry, 'childId'));
		const seen = own.get(idOf(entry) as EntryId);
		if (seen) told.set(seen.id, { id: seen.id, delivery: afterSeen(seen.delivery, page.epoch, position, receivedAt) });
	}
	for (const { id, childId, delivery } of own.values()) {
		if (children.has(childId) && !told.has(id)) told.set(id, { id, delivery: afterChildSeen(delivery) });
	}
	return [...told.values()].filter(({ id, delivery }) => delivery !== own.get(id)?.delivery);
}

/** The children whose hand-over the page brings: the sheets they came with have said all they had to say. */
function arrivedIn(page: PullAnswer, { sheets }: Ledger): { arrived?: readonly ChildId[] } {
	if (sheets.size === 0) return {};
	const ids = new Set(page.entries.map(({ entry }) => idOf(entry)));
	const arrived = [...sheets.values()].filter(({ sentId }) => ids.has(sentId)).map(({ childId }) => childId);
	return arrived.length > 0 ? { arrived } : {};
}

/** Own entries in a page that this tablet has forgotten it wrote. */
function forgottenOwn(page: PullAnswer, ledger: Ledger, deviceId: DeviceId): readonly OwnEntry[] {
	return page.entries.flatMap(({ entry: raw, position, receivedAt }): OwnEntry[] => {
		const parsed = readEntry(raw);
		if (!parsed || parsed.entry.deviceId !== deviceId || ledger.entries.has(parsed.entry.id)) return [];
		const delivery = { state: 'registered' as const, epoch: page.epoch, position, receivedAt, receipt: undefined };
		return [{ ...ownEntry(parsed), delivery }];
	});
}

/** The id that something claims to have, whatever it is. */
export function idOf(raw: unknown): unknown {
	return memberOf(raw, 'id');
}

function memberOf(raw: unknown, name: 'id' | 'childId'): unknown {
	return typeof raw === 'object' && raw !== null ? Reflect.get(raw, name) : undefined;
}
