import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { enrolled } from '../../../../tests/contract/entry-log/enrolled.ts';
import {
	newChild,
	newHouse,
	newItem,
	testTablet,
	type TestTablet
} from '../../../../tests/contract/entry-log/tablet.ts';
import { registry, signedRequest } from '../../../../tests/contract/registry.ts';
import type { StaffId } from '#lib/domain/ids.ts';
import { pullAnswerSchema } from '#lib/sync/protocol.ts';
import { readStatement, wipeOrderSchema } from '#lib/sync/statements.ts';
import { pull } from '../sync/routes.ts';
import { addPerson, removePerson } from './people.ts';
import { listTablets, readableOn, revokeTablet } from './tablets.ts';

const registryScope = { kind: 'registry' } as const;
const daily = () => ({ itemId: newItem(), care: { kind: 'daily' as const, note: 'ate well' } });

async function house() {
	const known = await registry();
	const { database, door, a } = known;
	const supervisor = randomUUID() as StaffId;
	const own = { kind: 'institution', institutionId: a.institutionId } as const;
	await database.inScope(registryScope, (session) =>
		addPerson(session, { id: supervisor, institutionId: a.institutionId, name: '杨主任', role: 'supervisor' })
	);
	const close = (because = '昨晚丢了') =>
		database.inScope(own, (session) =>
			revokeTablet(session, door.keys, { deviceId: a.deviceId, by: supervisor, because }, door.now())
		);
	const tablet = async () => (await database.inScope(own, (session) => listTablets(session, a.deviceId)))[0];
	const append = (by: TestTablet, ...items: readonly unknown[]) => door.log.append(by, items, door.now().toISOString());
	return { ...known, own, supervisor, close, tablet, append };
}

describe('closing a tablet', () => {
	test('keeps who closed it and why, signs the order to erase itself, and is done once', async () => {
		const { database, door, a, close, tablet } = await house();
		expect((await tablet())?.standing).toEqual({ state: 'in_use' });
		expect(await close()).toBe(true);
		expect(await close('again')).toBe(false);
		expect(await tablet()).toMatchObject({
			standing: { state: 'waiting' },
			revokedBy: '杨主任',
			revokedBecause: '昨晚丢了',
			people: []
		});
		const { rows } = await database.inScope(registryScope, (session) =>
			session.query<{ text: string; signature: string }>(
				`SELECT body AS text, signature FROM signed_statements WHERE kind = 'revocation'`
			)
		);
		const [order] = rows;
		if (!order) throw new Error('no order');
		expect(await readStatement(wipeOrderSchema, order, door.keys.signed)).toMatchObject({
			ok: true,
			value: { deviceId: a.deviceId, revokedAt: door.now().toISOString() }
		});
	});

	test('is told in words: waiting, so many entries received, erased', async () => {
		const { database, door, a, own, close, tablet } = await house();
		await close();
		await door.log.setAside(
			a,
			[a.record('care.recorded', newChild(), daily()), a.record('care.recorded', newChild(), daily())],
			{ type: 'device_revoked' },
			door.now().toISOString()
		);
		expect((await tablet())?.standing).toEqual({ state: 'outbox_received', entries: 2 });
		await database.inScope(own, (session) =>
			session.query(`UPDATE devices SET wiped_at = '2026-11-22T05:00:00Z', wiped_left = 1`)
		);
		expect((await tablet())?.standing).toEqual({
			state: 'wiped',
			at: '2026-11-22T05:00:00.000Z',
			left: 1,
			entries: 2
		});
	});

	test('is not for another house', async () => {
		const { database, door, a, supervisor } = await house();
		const revoked = await database.inScope({ kind: 'institution', institutionId: newHouse() }, (session) =>
			revokeTablet(session, door.keys, { deviceId: a.deviceId, by: supervisor, because: 'x' }, door.now())
		);
		expect(revoked).toBe(false);
	});
});

describe('which files a tablet could read', () => {
	test('those of the feed up to its last pull, and those it wrote itself; nothing that came later', async () => {
		const { database, door, a, own, append, tablet } = await house();
		const other = testTablet(a.institutionId);
		await enrolled(database, other);
		const [early, late, written] = [newChild(), newChild(), newChild()];
		const readable = async () => {
			const found = await tablet();
			if (!found) throw new Error('no tablet');
			const children = await database.inScope(own, (session) => readableOn(session, found));
			return children.map(({ childId }) => childId).sort();
		};
		await append(other, other.record('care.recorded', early, daily()));
		expect(await readable()).toEqual([]);
		const answer = await pull(door, await signedRequest(door, a, '/api/sync/pull'));
		expect(pullAnswerSchema.parse(await answer.json()).entries).toHaveLength(1);
		await append(other, other.record('care.recorded', late, daily()));
		await append(a, a.record('care.recorded', written, daily()));
		expect(await readable()).toEqual([early, written].sort());
	});
});

describe('two stories under one number', () => {
	test('stand at the tablet’s line, in the log, and in the inbox of the officers and the supervisors', async () => {
		const { database, a, append, tablet } = await house();
		const child = newChild();
		const first = a.record('care.recorded', child, daily());
		const twin = { ...a, record: testTablet(a.institutionId).record };
		await append(a, first);
		expect((await tablet())?.equivocatedAt).toBeNull();
		const second = a.record('care.recorded', child, daily(), { deviceSeq: 1, previous: null });
		expect(await append(twin, second, second)).toMatchObject([
			{ outcome: 'quarantined', reason: { type: 'sequence_taken' } },
			{ outcome: 'quarantined' }
		]);
		await append(a, second);
		expect((await tablet())?.equivocatedAt).toBe('2026-11-22T04:00:00.000Z');
		const { rows } = await database.inScope(registryScope, (session) =>
			session.query(
				`SELECT details, (SELECT array_agg(array_to_string(roles, '+') ORDER BY roles) FROM inbox_items
					WHERE code = 'tablet_equivocated') AS told
				FROM audit_events WHERE action = 'tablet.equivocated'`
			)
		);
		expect(rows).toEqual([
			{
				details: { device: a.deviceId, number: 1, entry: second.id, holder: first.id },
				told: ['registry_officer', 'supervisor']
			}
		]);
	});
});

test('somebody who leaves has no key on any tablet any more, and the tablets fetch the roster anew', async () => {
	const { database, door, a, own, append } = await house();
	const version = async () => {
		const { rows } = await database.inScope(own, (session) =>
			session.query<{ version: number }>('SELECT roster_version AS version FROM institutions WHERE id = $1', [
				a.institutionId
			])
		);
		return rows[0]?.version ?? 0;
	};
	const before = await version();
	expect(await database.inScope(own, (session) => removePerson(session, a.staffId, door.now()))).toBe(true);
	expect(await version()).toBe(before + 1);
	const { rows } = await database.inScope(own, (session) =>
		session.query('SELECT 1 FROM staff_keys WHERE removed_at IS NULL')
	);
	expect(rows).toEqual([]);
	const late = a.record('care.recorded', newChild(), daily(), { recordedAt: '2026-11-23T09:00:00+08:00' });
	expect(await append(a, late)).toMatchObject([{ outcome: 'quarantined', reason: { type: 'staff_unknown' } }]);
});
