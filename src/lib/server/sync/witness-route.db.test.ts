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
import { civilDate } from '#lib/domain/time.ts';
import { pullAnswerSchema, rosterAnswerSchema, witnessAnswerSchema, type SignedStatement } from '#lib/sync/protocol.ts';
import { grantStatementSchema, readStatement, rosterStatementSchema, treeHeadSchema } from '#lib/sync/statements.ts';
import { signGrants } from '../statements/grants.ts';
import type { SyncDoor } from './door.ts';
import { pull, roster } from './routes.ts';
import { witness } from './witness-route.ts';

const daily = () => ({ itemId: newItem(), care: { kind: 'daily' as const, note: 'ate well' } });

async function pulled(door: SyncDoor, tablet: TestTablet, limit = 100) {
	const answer = await pull(door, await signedRequest(door, tablet, `/api/sync/pull?limit=${limit}`));
	return pullAnswerSchema.parse(await answer.json());
}

async function shown(door: SyncDoor, tablet: TestTablet, treeHeads: readonly SignedStatement[]) {
	const body = Buffer.from(JSON.stringify({ protocol: 1, deviceId: tablet.deviceId, treeHeads }));
	const answer = await witness(door, await signedRequest(door, tablet, '/api/sync/witness', { method: 'POST', body }));
	expect(answer.status).toBe(200);
	return witnessAnswerSchema.parse(await answer.json()).heads;
}

const signedHead = (head: SignedStatement | undefined): SignedStatement => {
	if (!head) throw new Error('no tree head');
	return head;
};

describe('the end of a feed', () => {
	test('is signed once, however often it is asked for, and with the last page alone', async () => {
		const { door, a, database } = await registry();
		expect((await pulled(door, a)).treeHead).toBeUndefined();
		const child = newChild();
		await door.log.append(
			a,
			[1, 2, 3].map(() => a.record('care.recorded', child, daily())),
			door.now().toISOString()
		);
		expect((await pulled(door, a, 2)).treeHead).toBeUndefined();
		const heads = [await pulled(door, a), await pulled(door, a)].map(({ treeHead }) => signedHead(treeHead));
		expect(heads[0]).toEqual(heads[1]);
		const { hash } = await door.log.head(a.institutionId);
		expect(await readStatement(treeHeadSchema, signedHead(heads[0]), door.keys.signed)).toEqual({
			ok: true,
			value: {
				is: 'tree_head',
				institutionId: a.institutionId,
				epoch: database.epoch,
				position: 3,
				hash,
				at: '2026-11-22T04:00:00.000Z'
			}
		});
		const { rows } = await database.inScope({ kind: 'registry' }, (session) =>
			session.query('SELECT kind, body FROM signed_statements')
		);
		expect(rows).toEqual([{ kind: 'tree_head', body: heads[0]?.text }]);
	});

	test('is remembered by tablets: what the registry lost is written down and told once', async () => {
		const { door, a, database } = await registry();
		const other = testTablet(a.institutionId);
		await enrolled(database, other);
		await door.log.append(a, [a.record('care.recorded', newChild(), daily())], door.now().toISOString());
		const head = signedHead((await pulled(door, a)).treeHead);
		expect(await shown(door, a, [head])).toEqual(['holds']);
		await database.asOwner(
			async (session) => {
				for (const table of ['feed']) await session.query(`ALTER TABLE ${table} DISABLE TRIGGER append_only`);
				await session.query(`UPDATE feed SET hash = repeat('0', 64)`);
			},
			{ scope: { kind: 'registry' } }
		);
		expect(await shown(door, a, [head])).toEqual(['forgotten']);
		expect(await shown(door, other, [head, head])).toEqual(['forgotten', 'forgotten']);
		const { rows } = await database.inScope({ kind: 'registry' }, (session) =>
			session.query(
				`SELECT details ->> 'position' AS position, details ->> 'device' AS device,
					(SELECT count(*) FROM inbox_items WHERE code = 'registry_forgot' AND roles = ARRAY['registry_officer']) AS told
				FROM audit_events WHERE action = 'registry.forgot'`
			)
		);
		expect(rows).toEqual([{ position: '1', device: a.deviceId, told: 1 }]);
	});

	test('that somebody else signed, of another house, or that is another statement, tells nothing', async () => {
		const { door, a, database } = await registry();
		const b = testTablet(newHouse());
		await enrolled(database, b);
		await door.log.append(a, [a.record('care.recorded', newChild(), daily())], door.now().toISOString());
		const head = signedHead((await pulled(door, a)).treeHead);
		const forged = { ...head, text: head.text.replace('"position":1', '"position":7') };
		const answer = await roster(door, await signedRequest(door, a, '/api/sync/roster'));
		const { signedRoster } = rosterAnswerSchema.parse(await answer.json());
		expect(await shown(door, a, [forged, signedHead(signedRoster)])).toEqual(['not_ours', 'not_ours']);
		expect(await shown(door, b, [head])).toEqual(['not_ours']);
		const { rows } = await database.inScope({ kind: 'registry' }, (session) =>
			session.query(`SELECT 1 FROM audit_events WHERE action = 'registry.forgot'`)
		);
		expect(rows).toEqual([]);
	});
});

describe('a roster', () => {
	test('is signed for 35 days, anew when somebody comes or goes and every few days', async () => {
		const { door, a, database, pass } = await registry();
		const asked = async () => {
			const answer = await roster(door, await signedRequest(door, a, '/api/sync/roster'));
			return rosterAnswerSchema.parse(await answer.json());
		};
		const first = await asked();
		const said = await readStatement(rosterStatementSchema, signedHead(first.signedRoster), door.keys.signed);
		expect(said).toMatchObject({
			ok: true,
			value: { roster: first.roster, issuedAt: '2026-11-22T04:00:00.000Z', expiresAt: '2026-12-27T04:00:00.000Z' }
		});
		expect(first.sealingKey).toBe(door.keys.sealing.publicKey);
		expect((await asked()).signedRoster).toEqual(first.signedRoster);
		await database.inScope({ kind: 'registry' }, (session) =>
			session.query('UPDATE institutions SET roster_version = roster_version + 1 WHERE id = $1', [a.institutionId])
		);
		const changed = await asked();
		expect(changed.signedRoster).not.toEqual(first.signedRoster);
		pass(4 * 24 * 60);
		expect((await asked()).signedRoster).not.toEqual(changed.signedRoster);
	});
});

describe('which children a house has had to do with', () => {
	test('is signed on a day on which it changed, and on no other', async () => {
		const { door, a, database } = await registry();
		const signed = (day: string) => signGrants(database, door.keys, civilDate(day), door.now());
		expect(await signed('2026-11-22')).toBe(0);
		const children = [newChild(), newChild()].sort();
		await door.log.append(
			a,
			children.map((child) => a.record('care.recorded', child, daily())),
			door.now().toISOString()
		);
		expect(await signed('2026-11-22')).toBe(1);
		expect(await signed('2026-11-22')).toBe(0);
		expect(await signed('2026-11-23')).toBe(0);
		await door.log.append(a, [a.record('care.recorded', newChild(), daily())], door.now().toISOString());
		expect(await signed('2026-11-24')).toBe(1);
		const { rows } = await database.inScope({ kind: 'registry' }, (session) =>
			session.query<SignedStatement>('SELECT body AS text, signature FROM signed_statements ORDER BY id')
		);
		const first = await readStatement(grantStatementSchema, signedHead(rows[0]), door.keys.signed);
		expect(first).toMatchObject({ ok: true, value: { institutionId: a.institutionId, on: '2026-11-22', children } });
		expect(rows).toHaveLength(2);
	});
});
