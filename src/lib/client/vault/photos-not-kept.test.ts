import { expect, test } from 'vitest';
import type { EntryId, ItemId, Sha256 } from '#lib/domain/ids.ts';
import { Ledger, type OwnEntry } from './ledger.ts';
import { photosNotKept } from './photos-not-kept.ts';
import { childNumber } from './vault-scenes.ts';

const item = (n: number) => `0f000000-0000-7000-8000-${String(n).padStart(12, '0')}` as ItemId;
const own = (n: number, type: OwnEntry['type'], itemId: ItemId): OwnEntry => ({
	id: `0e000000-0000-7000-8000-${String(n).padStart(12, '0')}` as EntryId,
	childId: childNumber(1),
	type,
	itemId,
	deviceSeq: n,
	recordedAt: '2026-11-22T09:00:00+08:00',
	bytes: 400,
	delivery: { state: 'waiting' }
});

test('a photo whose text was kept and whose bytes did not fit is told, until it is withdrawn', () => {
	const ledger = new Ledger();
	ledger.apply({ kind: 'written', entries: [1, 2, 3].map((n) => own(n, 'photo.added', item(n))) });
	ledger.apply({
		kind: 'photoKept',
		photo: {
			sha256: 'a'.repeat(64) as Sha256,
			childId: childNumber(1),
			itemId: item(1),
			mediaType: 'image/jpeg',
			bytes: 160_000,
			recordedAt: '2026-11-22T09:00:00+08:00',
			delivery: { state: 'waiting' }
		}
	});
	expect(photosNotKept(ledger).map(({ itemId }) => itemId)).toEqual([item(3), item(2)]);
	ledger.apply({ kind: 'written', entries: [own(4, 'item.withdrawn', item(3))] });
	expect(photosNotKept(ledger).map(({ itemId }) => itemId)).toEqual([item(2)]);
});

test('a photo that did not fit and whose description was corrected is told once', () => {
	const ledger = new Ledger();
	ledger.apply({ kind: 'written', entries: [own(1, 'photo.added', item(1)), own(2, 'photo.added', item(1))] });
	expect(photosNotKept(ledger)).toHaveLength(1);
});
