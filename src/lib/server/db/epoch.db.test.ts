import { randomUUID } from 'node:crypto';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { emptyCopy, testDatabase } from '../../../../tests/support/database.ts';
import { connect, type Session } from './connection.ts';
import { currentEpoch, startEpoch } from './epoch.ts';

const opened = (url: string) => connect({ url, programPassword: inject('testPostgres').programPassword });
const history = async (session: Session) =>
	(await session.query<{ epoch: string; reason: string }>('SELECT epoch, reason FROM epochs ORDER BY started_at')).rows;

describe('an epoch', () => {
	test('goes on when the registry is started again', async () => {
		const db = await testDatabase();
		const again = await db.asOwner((owner) => currentEpoch(owner, randomUUID()));
		expect(again).toEqual({ epoch: db.epoch, began: null });
	});

	test('begins when the database is a restored copy, and the history says why', async () => {
		const original = await emptyCopy('lampkeep');
		onTestFinished(original.drop);
		const before = await opened(original.url);
		const first = randomUUID();
		await before.asOwner((owner) => currentEpoch(owner, first));
		await before.close();

		// To PostgreSQL a copied database is what a restored dump is: the same rows under another object id.
		const copy = await emptyCopy(original.name);
		onTestFinished(copy.drop);
		const restored = await opened(copy.url);
		onTestFinished(() => restored.close());
		const next = randomUUID();
		const found = await restored.asOwner((session) => currentEpoch(session, next));
		expect(found).toEqual({ epoch: next, began: 'another-database' });
		expect(await restored.inScope({ kind: 'public' }, history)).toEqual([
			{ epoch: first, reason: 'first-start' },
			{ epoch: next, reason: 'another-database' }
		]);
		const again = await restored.asOwner((session) => currentEpoch(session, randomUUID()));
		expect(again).toEqual({ epoch: next, began: null });
	});

	test('begins when sync finds the tablets ahead', async () => {
		const db = await testDatabase();
		const next = randomUUID();
		await db.asOwner((owner) => startEpoch(owner, next, 'tablets-are-ahead'));
		expect(await db.asOwner((owner) => currentEpoch(owner, randomUUID()))).toEqual({ epoch: next, began: null });
		expect(await db.inScope({ kind: 'registry' }, history)).toEqual([
			{ epoch: db.epoch, reason: 'first-start' },
			{ epoch: next, reason: 'tablets-are-ahead' }
		]);
	});
});
