import { expect, test } from 'vitest';
import { testDatabase } from '../../../../tests/support/database.ts';
import { ownerClient } from '../db/connection.ts';
import { jobNames } from './jobs.ts';
import { prepareQueue } from './schema.ts';

test('the queue is made once, and a later program’s figures and names are taken up', async () => {
	const database = await testDatabase();
	const owner = await ownerClient(database.url);
	try {
		const queues = async () =>
			(
				await owner.query<{ name: string; policy: string; retries: number | null; atMost: number | null }>(
					`SELECT name, policy, retry_limit AS retries, expire_seconds AS "atMost" FROM pgboss.queue ORDER BY name`
				)
			).rows;
		const made = await queues();
		expect(made.map(({ name }) => name)).toEqual(expect.arrayContaining([...jobNames]));
		// As an older program left it: one name it did not know, one with other figures.
		await owner.query(`SELECT pgboss.delete_queue('access.expire')`);
		await owner.query(`UPDATE pgboss.queue SET policy = 'standard', retry_limit = 99 WHERE name = 'claims.due'`);
		expect(await queues()).not.toEqual(made);
		await prepareQueue(owner);
		await prepareQueue(owner);
		expect(await queues()).toEqual(made);
		const { rows } = await owner.query<{ secured: boolean }>(
			`SELECT bool_and(relrowsecurity) AS secured FROM pg_class WHERE relnamespace = 'pgboss'::regnamespace AND relkind IN ('r', 'p')`
		);
		expect(rows).toEqual([{ secured: true }]);
	} finally {
		await owner.end();
	}
});
