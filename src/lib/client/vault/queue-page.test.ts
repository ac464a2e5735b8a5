import { describe, expect, test } from 'vitest';
import type { ChildId, EntryId, ItemId, Sha256 } from '#lib/domain/ids.ts';
import { Ledger, type OwnEntry, type OwnPhoto } from './ledger.ts';
import { queueLines } from './queue-page.ts';
import { childNumber, epochOne } from './vault-scenes.ts';

const at = (minute: number) => `2026-11-22T09:${String(minute).padStart(2, '0')}:00+08:00`;
const entry = (n: number, delivery: OwnEntry['delivery'] = { state: 'waiting' }): OwnEntry => ({
	id: `0e000000-0000-7000-8000-${String(n).padStart(12, '0')}` as EntryId,
	childId: childNumber(1),
	type: 'intake.recorded',
	itemId: undefined,
	deviceSeq: n,
	recordedAt: at(n % 60),
	bytes: 400,
	delivery
});
const photo = (n: number): OwnPhoto => ({
	sha256: String(n).padStart(64, '0') as Sha256,
	childId: childNumber(1),
	itemId: '0e000000-0000-7000-8000-aaaaaaaaaaaa' as ItemId,
	mediaType: 'image/jpeg',
	bytes: 160_000,
	recordedAt: at(n),
	delivery: { state: 'waiting' }
});
const setAside = { state: 'quarantined', epoch: epochOne, reason: { type: 'staff_unknown' } } as const;
const registered = (n: number) =>
	({ state: 'registered', epoch: epochOne, position: n, receivedAt: at(n), receipt: 'ABCD1234' }) as const;

function ledgerWith(entries: readonly OwnEntry[], photos: readonly OwnPhoto[] = []): Ledger {
	const ledger = new Ledger();
	ledger.apply({ kind: 'written', entries });
	for (const one of photos) ledger.apply({ kind: 'photoKept', photo: one });
	return ledger;
}
const nameless = (_: ChildId) => undefined;
const all = { show: 'all', offset: 0, limit: 100 } as const;

describe('the queue', () => {
	test('shows what needs a person first, then text before photos with the oldest first, then the newest delivered', () => {
		const ledger = ledgerWith(
			[entry(5), entry(4), entry(1, registered(1)), entry(2, registered(2)), entry(3, setAside)],
			[photo(0)]
		);
		const { lines, counts } = queueLines(ledger, nameless, all);
		expect(lines.map(({ kind, recordedAt }) => [kind, recordedAt])).toEqual([
			['entry', at(3)],
			['entry', at(4)],
			['entry', at(5)],
			['photo', at(0)],
			['entry', at(2)],
			['entry', at(1)]
		]);
		expect(counts).toEqual({ attention: 1, waiting: 3, registered: 2, putAway: 0 });
	});

	test('gives one page of one state and still counts all', () => {
		const ledger = ledgerWith(
			[1, 2, 3, 4].map((n) => entry(n)),
			[photo(9)]
		);
		const { lines, counts } = queueLines(ledger, nameless, { show: 'waiting', offset: 1, limit: 2 });
		expect(lines.map(({ recordedAt }) => recordedAt)).toEqual([at(2), at(3)]);
		expect(counts.waiting).toBe(5);
	});

	test('of 3,000 things is read in less than a tenth of a second', () => {
		const ledger = ledgerWith(Array.from({ length: 3000 }, (_, n) => entry(n)));
		const started = performance.now();
		expect(queueLines(ledger, nameless, { show: 'waiting', offset: 0, limit: 50 }).lines).toHaveLength(50);
		expect(performance.now() - started).toBeLessThan(100);
	});
});

describe('what was set aside', () => {
	test('is out of sight once put away, can be put back, and survives a restart either way', () => {
		const ledger = ledgerWith([entry(1, setAside)]);
		ledger.apply({ kind: 'putAway', ids: [entry(1).id], away: true });
		const restarted = new Ledger();
		restarted.restore(JSON.parse(JSON.stringify(ledger.toNote(1))) as ReturnType<Ledger['toNote']>);
		expect(queueLines(restarted, nameless, all).counts).toMatchObject({ attention: 0, putAway: 1 });
		restarted.apply({ kind: 'putAway', ids: [entry(1).id], away: false });
		expect(queueLines(restarted, nameless, all).counts).toMatchObject({ attention: 1, putAway: 0 });
	});

	test('waits again when a person says so; a receipt in hand is never given up', () => {
		const ledger = ledgerWith([entry(1, setAside), entry(2, registered(2))]);
		ledger.apply({ kind: 'sendAgain', ids: [entry(1).id, entry(2).id] });
		expect(queueLines(ledger, nameless, all).counts).toMatchObject({ waiting: 1, registered: 1, attention: 0 });
	});
});
