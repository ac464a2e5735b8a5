import type { Ledger, OwnEntry } from './ledger.ts';

/**
 * The entries of photos whose bytes did not fit: recorded here, and the ledger has no photo of that item. One that was
 * withdrawn since needs nobody.
 */
export function photosNotKept({ entries, photos }: Pick<Ledger, 'entries' | 'photos'>): readonly OwnEntry[] {
	const here = new Set([...photos.values()].map(({ itemId }) => itemId));
	const own = [...entries.values()];
	const withdrawn = new Set(own.filter(({ type }) => type === 'item.withdrawn').map(({ itemId }) => itemId));
	const told = new Map<string, OwnEntry>();
	for (const entry of own) {
		const { type, itemId } = entry;
		if (type !== 'photo.added' || itemId === undefined || here.has(itemId) || withdrawn.has(itemId)) continue;
		// A corrected description tells of the same photo.
		told.set(itemId, entry);
	}
	return [...told.values()].sort((a, b) => b.deviceSeq - a.deviceSeq);
}
