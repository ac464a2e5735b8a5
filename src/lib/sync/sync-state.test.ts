import { describe, expect, test } from 'vitest';
import type { EntryId } from '#lib/domain/ids.ts';
import type { Cursor, Epoch, PullAnswer, Receipt } from './protocol.ts';
import {
	afterChildSeen,
	afterReceipts,
	afterSeen,
	begin,
	forgotten,
	greeting,
	needsPush,
	nextCommand,
	nothingWaits,
	pause,
	pulling,
	pullPath,
	pushing,
	resting,
	settle,
	type SyncPosition
} from './sync-state.ts';

const epoch = '0190a0b0-0000-7000-8000-00000000000e' as Epoch;
const otherEpoch = '0190a0b0-0000-7000-8000-00000000000f' as Epoch;
const id = (number: number) => `0190a0b0-0000-7000-8000-${String(number).padStart(12, '0')}` as EntryId;
const cursor = (position: number): Cursor => `${position}.${'a'.repeat(64)}`;
const at = (position: number): SyncPosition => ({ epoch, cursor: position === 0 ? 'start' : cursor(position) });
const begun = begin(resting);

const accepted = (number: number, position: number): Receipt => ({
	outcome: 'accepted',
	id: id(number),
	position,
	receivedAt: '2026-11-22T04:00:00.000Z',
	receipt: 'AAAAAAAA'
});
const pushAnswer = (receipts: Receipt[], of = epoch) =>
	({ protocol: 1, epoch: of, challenge: '', durable: true, receipts }) as const;
const page = (after: number, next: number, change: Partial<PullAnswer> = {}): PullAnswer => ({
	protocol: 1,
	epoch,
	challenge: '',
	after: at(after).cursor,
	next: at(next).cursor,
	more: false,
	head: next,
	entries: [],
	...change
});

describe('a run of synchronisation', () => {
	test('rests until something is recorded, then sends first and reads afterwards', () => {
		expect(nextCommand(resting, at(0))).toEqual({ type: 'rest' });
		expect(nextCommand(begun, at(0))).toMatchObject({ type: 'push', limit: 500 });
		expect(nextCommand(nothingWaits(begun), at(3))).toMatchObject({ type: 'pull', after: cursor(3), epoch });
	});

	test('sends first again after its reading was cut: meanwhile something may have been recorded', () => {
		const reading = pulling(nothingWaits(begun), cursor(3));
		const cut = settle(reading, at(3), { type: 'failed', request: reading.latest }, 0).state;
		expect(nextCommand(begin(cut), at(3))).toMatchObject({ type: 'push' });
	});

	test('begins with a greeting where no epoch is known, and takes the one it is told', () => {
		const position: SyncPosition = { epoch: undefined, cursor: 'start' };
		expect(nextCommand(begun, position)).toEqual({ type: 'hello' });
		const { keep } = settle(greeting(begun), position, { type: 'greeted', request: 1, epoch }, 0);
		expect(keep).toEqual({ type: 'startAgain', epoch });
	});

	test('keeps the receipts of what it sent', () => {
		const sent = [id(1), id(2)];
		const settled = settle(
			pushing(begun, sent),
			at(0),
			{ type: 'pushAnswered', request: 1, answer: pushAnswer([accepted(1, 1)]) },
			0
		);
		expect(settled).toMatchObject({ keep: { type: 'receipts', epoch, sent }, wait: 0, state: { stage: 'push' } });
		expect(settled.state.inFlight).toBeUndefined();
	});

	test('an answer to another request changes nothing', () => {
		const state = pushing(pushing(begun, [id(1)]), [id(1)]);
		const settled = settle(state, at(0), { type: 'pushAnswered', request: 1, answer: pushAnswer([accepted(1, 1)]) }, 0);
		expect(settled).toEqual({ state, keep: { type: 'nothing' }, wait: 0 });
	});

	test.each([
		[
			'a receipt of another epoch',
			pushing(begun, [id(1)]),
			{ type: 'pushAnswered', request: 1, answer: pushAnswer([accepted(1, 9)], otherEpoch) },
			otherEpoch
		],
		[
			'a page of another epoch',
			pulling(begun, 'start'),
			{ type: 'pullAnswered', request: 1, answer: page(0, 2, { epoch: otherEpoch }) },
			otherEpoch
		],
		[
			'a feed that is another',
			pulling(begun, 'start'),
			{ type: 'feedChanged', request: 1, epoch: otherEpoch },
			otherEpoch
		],
		[
			'a receipt for a place it has read past',
			pushing(begun, [id(1)]),
			{ type: 'pushAnswered', request: 1, answer: pushAnswer([accepted(1, 5)]) },
			epoch
		]
	] as const)('%s makes it start again', (_, state, event, next) => {
		const position: SyncPosition = event.type === 'pushAnswered' ? at(5) : at(0);
		const settled = settle(state, position, event as Parameters<typeof settle>[2], 0);
		expect(settled.keep).toEqual({ type: 'startAgain', epoch: next });
		expect(settled.state.stage).toBe('push');
	});

	test('a page that answers another cursor than the present one is not applied, and is asked for again', () => {
		const settled = settle(
			pulling(nothingWaits(begun), cursor(3)),
			at(3),
			{ type: 'pullAnswered', request: 1, answer: page(2, 4) },
			0
		);
		expect(settled.keep).toEqual({ type: 'nothing' });
		expect(nextCommand(settled.state, at(3))).toMatchObject({ type: 'pull', after: cursor(3) });
	});

	test('reads on while there is more, then rests', () => {
		const state = pulling(nothingWaits(begun), 'start');
		const more = settle(state, at(0), { type: 'pullAnswered', request: 1, answer: page(0, 2, { more: true }) }, 0);
		expect(more.state.stage).toBe('pull');
		const last = settle(state, at(0), { type: 'pullAnswered', request: 1, answer: page(0, 2) }, 0);
		expect(nextCommand(last.state, at(2))).toEqual({ type: 'rest' });
	});

	test('halves the batch down to one entry on 413 and on silence, and doubles it again with each answer', () => {
		let state = begun;
		for (const limit of [250, 125, 62, 31, 15, 7, 3, 1, 1]) {
			const sent = pushing(state, [id(1)]);
			const event = limit % 2 === 0 ? ('tooLarge' as const) : ('failed' as const);
			({ state } = settle(sent, at(0), { type: event, request: sent.latest }, 0));
			expect(state.batch).toBe(limit);
		}
		for (const limit of [2, 4, 8]) {
			const sent = pushing(state, [id(1)]);
			({ state } = settle(sent, at(0), { type: 'pushAnswered', request: sent.latest, answer: pushAnswer([]) }, 0));
			expect(state.batch).toBe(limit);
		}
	});

	test('waits longer after each failure, never in step with others, at most a minute, and as long as the registry asks', () => {
		expect([0, 1, 2, 20].map((failures) => pause(failures, 0))).toEqual([2_000, 4_000, 8_000, 60_000]);
		expect(pause(0, 0.999)).toBeLessThan(1_010);
		let state = begun;
		const waits = [0, 1, 2].map(() => {
			const sent = pulling(state, 'start');
			const settled = settle(sent, at(0), { type: 'failed', request: sent.latest }, 0);
			state = settled.state;
			return settled.wait;
		});
		expect(waits).toEqual([2_000, 4_000, 8_000]);
		const sent = pulling(begun, 'start');
		expect(settle(sent, at(0), { type: 'failed', request: 1, retryAfter: 60_000 }, 0).wait).toBe(60_000);
	});
});

describe('an own entry', () => {
	const registered = { state: 'registered', epoch, position: 7, receivedAt: '', receipt: 'AAAAAAAA' } as const;

	test('waits until this epoch has answered for it', () => {
		expect(needsPush({ state: 'waiting' }, epoch)).toBe(true);
		expect(needsPush(registered, epoch)).toBe(false);
		expect(needsPush(registered, otherEpoch)).toBe(true);
		const quarantined = { state: 'quarantined', epoch, reason: { type: 'staff_unknown' } } as const;
		expect(needsPush(quarantined, epoch)).toBe(false);
		expect(needsPush(quarantined, otherEpoch)).toBe(true);
	});

	test('takes a receipt only if it was sent; one that cannot be read is told by its place', () => {
		const unreadable: Receipt = { outcome: 'quarantined', index: 1, reason: { type: 'too_deep', maximum: 16 } };
		const changed = afterReceipts(epoch, [accepted(1, 7), accepted(9, 8), unreadable], [id(1), id(2), id(3)]);
		expect([...changed.keys()]).toEqual([id(1), id(2)]);
		expect(changed.get(id(2))).toMatchObject({ state: 'quarantined', reason: { type: 'too_deep' } });
	});

	test('seen in the feed is on the registry, even if its receipt was lost or it was set aside before', () => {
		expect(afterSeen({ state: 'waiting' }, epoch, 7, 'then')).toEqual({
			state: 'registered',
			epoch,
			position: 7,
			receivedAt: 'then',
			receipt: undefined
		});
		expect(afterSeen(registered, epoch, 7, 'then')).toBe(registered);
	});

	test('set aside because the child is elsewhere is sent again when the feed brings something of the child', () => {
		const elsewhere = { state: 'quarantined', epoch, reason: { type: 'child_elsewhere' } } as const;
		expect(afterChildSeen(elsewhere)).toEqual({ state: 'waiting' });
		const forged = { state: 'quarantined', epoch, reason: { type: 'signature_wrong' } } as const;
		expect(afterChildSeen(forged)).toBe(forged);
		expect(afterChildSeen(registered)).toBe(registered);
	});

	test('confirmed at a place where something else stands, or past the end, means the registry forgot', () => {
		const confirmed = [{ id: id(1), position: 7 }];
		expect(forgotten(page(5, 9), () => id(2), confirmed)).toBe(true);
		expect(forgotten(page(5, 9), () => id(1), confirmed)).toBe(false);
		expect(forgotten(page(0, 5, { head: 6 }), () => undefined, confirmed)).toBe(true);
		expect(forgotten(page(0, 5, { head: 9 }), () => undefined, confirmed)).toBe(false);
		expect(forgotten(page(7, 9), () => id(2), confirmed)).toBe(false);
	});
});

test('a pull says in which epoch its cursor was read', () => {
	expect(pullPath(cursor(3), epoch, 10)).toBe(`/api/sync/pull?after=${cursor(3)}&limit=10&epoch=${epoch}`);
});
