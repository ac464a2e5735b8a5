import { PostgresEntryLog } from '../../../src/lib/server/entry-log/postgres-entry-log.ts';
import { enrolled } from './enrolled.ts';
import { testDatabase } from '../../support/database.ts';
import { entryLogContract } from './cases.ts';

entryLogContract('PostgreSQL', async () => {
	const database = await testDatabase();
	return {
		log: new PostgresEntryLog(database),
		enrol: (tablet, key) => enrolled(database, tablet, key),
		equivocations: () =>
			database.inScope({ kind: 'registry' }, async (session) => {
				const { rows } = await session.query<{ told: number }>(
					`SELECT count(*) AS told FROM audit_events WHERE action = 'tablet.equivocated'`
				);
				return rows[0]?.told ?? 0;
			}),
		quarantined: () =>
			database.inScope({ kind: 'registry' }, async (session) => {
				const { rows } = await session.query<{ body: string; reason: string }>(
					'SELECT body, reason_type AS reason FROM quarantine ORDER BY id'
				);
				return rows;
			})
	};
});
