import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { enrolled } from '../../../../tests/contract/entry-log/enrolled.ts';
import {
	newChild,
	newHouse,
	newItem,
	testTablet,
	type TestTablet
} from '../../../../tests/contract/entry-log/tablet.ts';
import { registry, signedRequest, type Sent } from '../../../../tests/contract/registry.ts';
import type { TabletReading } from '#lib/domain/access/reading.ts';
import type { ChildId, ReadingId } from '#lib/domain/ids.ts';
import { civilDate } from '#lib/domain/time.ts';
import { readingsAnswerSchema, readingsMaximum } from '#lib/sync/protocol.ts';
import type { ProgramDatabase, Scope } from '../db/connection.ts';
import type { SyncDoor } from '../sync/door.ts';
import { push, readings } from '../sync/routes.ts';
import { giveStanding } from './grants.ts';
import { listReadings } from './readings.ts';

const whole: Scope = { kind: 'registry' };

function reading(tablet: TestTablet, childId: ChildId, change: Partial<TabletReading> = {}): TabletReading {
	const id = randomUUID() as ReadingId;
	return { id, childId, staffId: tablet.staffId, at: '2026-11-20T21:30:00+08:00', purpose: 'care', ...change };
}

async function sent(door: SyncDoor, tablet: TestTablet, message: object, path: string, how: Sent = {}) {
	const body = gzipSync(JSON.stringify({ protocol: 1, deviceId: tablet.deviceId, ...message }));
	return signedRequest(door, tablet, path, { method: 'POST', body, headers: { 'content-encoding': 'gzip' }, ...how });
}

async function told(door: SyncDoor, tablet: TestTablet, list: readonly unknown[], how: Sent = {}): Promise<Response> {
	return readings(door, await sent(door, tablet, { readings: list }, '/api/sync/readings', how));
}

/** A child that the tablet's house took in, on the registry. */
async function childOf(door: SyncDoor, tablet: TestTablet): Promise<ChildId> {
	const child = newChild();
	const entry = tablet.record('care.recorded', child, { itemId: newItem(), care: { kind: 'daily', note: 'ate well' } });
	await push(door, await sent(door, tablet, { entries: [entry] }, '/api/sync/push'));
	return child;
}

const seen = (database: ProgramDatabase, scope: Scope = whole) =>
	database.inScope(scope, (session) => listReadings(session, {}, 100));

describe('what a tablet tells of the files opened on it', () => {
	test('is kept with the tablet’s time as a claim and the registry’s beside it', async () => {
		const { door, a, database } = await registry();
		const child = await childOf(door, a);
		const one = reading(a, child);
		const answer = await told(door, a, [one]);
		expect(answer.status).toBe(200);
		expect(readingsAnswerSchema.parse(await answer.json())).toMatchObject({
			kept: [one.id],
			refused: [],
			durable: true
		});
		expect(await seen(database)).toMatchObject([
			{
				id: one.id,
				at: '2026-11-20T13:30:00.000Z',
				receivedAt: '2026-11-22T04:00:00.000Z',
				place: 'tablet',
				staffId: a.staffId,
				childId: child,
				what: 'full',
				purpose: 'care',
				basis: { basis: 'duty' },
				deviceClosed: false
			}
		]);
	});

	test('is kept once, however often it is told', async () => {
		const { door, a, database, pass } = await registry();
		const list = [reading(a, newChild()), reading(a, newChild())];
		for (const _ of ['first', 'again']) {
			const answer = readingsAnswerSchema.parse(await (await told(door, a, list)).json());
			expect(answer.kept).toEqual(list.map(({ id }) => id));
			pass(60);
		}
		const kept = await seen(database);
		expect(kept.map(({ receivedAt }) => receivedAt)).toEqual(Array(2).fill('2026-11-22T04:00:00.000Z'));
	});

	test('names the standing grant that was in force on the day the tablet says', async () => {
		const { door, a, database } = await registry();
		const child = await childOf(door, a);
		await database.inScope(whole, (session) =>
			giveStanding(
				session,
				{ id: a.staffId, role: 'care_worker', institutionId: a.institutionId },
				civilDate('2026-11-20')
			)
		);
		await told(door, a, [reading(a, child), reading(a, child, { at: '2026-11-19T21:30:00+08:00' })]);
		const bases = (await seen(database)).map(({ at, basis }) => [at.slice(0, 10), basis.basis]);
		expect(Object.fromEntries(bases)).toEqual({ '2026-11-20': 'grant', '2026-11-19': 'duty' });
	});

	test('counts a child whose entries are still on the way as its own', async () => {
		const { door, a, database } = await registry();
		await told(door, a, [reading(a, newChild())]);
		expect(await seen(database)).toMatchObject([{ basis: { basis: 'duty' } }]);
	});

	test('of another house’s child is kept as read from nothing, and both houses see it', async () => {
		const { door, a, database } = await registry();
		const b = testTablet(newHouse());
		await enrolled(database, b);
		const child = await childOf(door, b);
		const answer = readingsAnswerSchema.parse(await (await told(door, a, [reading(a, child)])).json());
		expect(answer.kept).toHaveLength(1);
		for (const { institutionId } of [a, b]) {
			const lines = await seen(database, { kind: 'institution', institutionId });
			expect(lines).toMatchObject([{ childId: child, basis: { basis: 'none' } }]);
		}
	});

	test('a house sees nothing of other houses’ people and children', async () => {
		const { door, a, database } = await registry();
		const b = testTablet(newHouse());
		await enrolled(database, b);
		await told(door, a, [reading(a, await childOf(door, a))]);
		expect(await seen(database, { kind: 'institution', institutionId: b.institutionId })).toEqual([]);
		expect(await seen(database, { kind: 'public' })).toEqual([]);
	});

	test('by somebody nobody knows is kept all the same', async () => {
		const { door, a, database } = await registry();
		const staffId = randomUUID() as TabletReading['staffId'];
		await told(door, a, [reading(a, await childOf(door, a), { staffId })]);
		expect(await seen(database)).toMatchObject([{ staffId, name: undefined, basis: { basis: 'none' } }]);
	});

	test('by a clock that is years wrong is kept, and listed by when it came', async () => {
		const { door, a, database } = await registry();
		await told(door, a, [reading(a, newChild(), { at: '1970-01-01T08:00:11+08:00' })]);
		expect(await seen(database)).toMatchObject([
			{ at: '1970-01-01T00:00:11.000Z', receivedAt: '2026-11-22T04:00:00.000Z' }
		]);
	});

	test('from a closed tablet is kept and says so', async () => {
		const { door, a, database } = await registry();
		const child = await childOf(door, a);
		await database.inScope(whole, (session) =>
			session.query('UPDATE devices SET revoked_at = now() WHERE id = $1', [a.deviceId])
		);
		expect((await told(door, a, [reading(a, child)])).status).toBe(200);
		expect(await seen(database)).toMatchObject([{ deviceClosed: true }]);
	});

	test('one that cannot be read stops no other', async () => {
		const { door, a, database } = await registry();
		const good = reading(a, newChild());
		const answer = await told(door, a, [
			{ ...good, id: 'none' },
			good,
			{ ...reading(a, newChild()), at: '0000-01-01T00:00:00Z' },
			{ ...reading(a, newChild()), child: 'a name' }
		]);
		expect(readingsAnswerSchema.parse(await answer.json())).toMatchObject({
			kept: [good.id],
			refused: [
				{ index: 0, path: 'id' },
				{ index: 2, path: 'at' },
				{ index: 3, problem: 'unrecognized_keys' }
			]
		});
		expect(await seen(database)).toHaveLength(1);
	});

	test.each<[string, object, number, object]>([
		['of too many', { readings: Array.from({ length: readingsMaximum + 1 }, () => 1) }, 413, { error: 'too_many' }],
		['of no list', { readings: 'all' }, 400, { error: 'invalid', field: 'readings' }],
		['for another tablet', { deviceId: randomUUID(), readings: [] }, 400, { field: 'deviceId' }],
		['in a newer protocol', { protocol: 2, readings: [] }, 400, { error: 'protocol_unknown' }]
	])('a telling %s is refused with the field that is wrong', async (_, message, status, said) => {
		const { door, a } = await registry();
		const answer = await readings(door, await sent(door, a, message, '/api/sync/readings'));
		expect(answer.status).toBe(status);
		expect(await answer.json()).toMatchObject(said);
	});

	test('unsigned is not believed', async () => {
		const { door, a, database } = await registry();
		const answer = await told(door, a, [reading(a, newChild())], { tamper: (signed) => (signed.path += '?x=1') });
		expect(answer.status).toBe(401);
		expect(await seen(database)).toEqual([]);
	});
});
