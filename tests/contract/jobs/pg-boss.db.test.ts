import { describe, onTestFinished } from 'vitest';
import type { JobName } from '#lib/server/jobs/jobs.ts';
import { failedJobs, jobCounts } from '#lib/server/jobs/overview.ts';
import { PgBossQueue } from '#lib/server/jobs/pg-boss-queue.ts';
import type { JobHandler } from '#lib/server/jobs/queue.ts';
import { testDatabase } from '../../support/database.ts';
import { queueCases } from './cases.ts';

describe('the queue in PostgreSQL', () => {
	queueCases(async () => {
		const database = await testDatabase();
		const queue = await PgBossQueue.start(database.queueSql, { onError: () => undefined, pollSeconds: 0.5 });
		onTestFinished(() => queue.stop());
		const registry = { kind: 'registry' } as const;
		const worked = new Set<string>();
		const { work } = queue;
		const dueOrRunning = async () => {
			const { rows } = await database.queueSql(
				`SELECT count(*) AS due FROM pgboss.job WHERE name = ANY ($1) AND (state = 'active' OR state < 'active' AND start_after < now())`,
				[[...worked]]
			);
			return Number(rows[0]?.['due']);
		};
		return {
			queue: Object.assign(queue, {
				work: <N extends JobName>(name: N, handler: JobHandler<N>) => {
					worked.add(name);
					return work.call(queue, name, handler);
				}
			}),
			settle: async () => {
				const late = Date.now() + 15_000;
				while ((await dueOrRunning()) > 0) {
					if (Date.now() > late) {
						throw new Error(`not settled: ${JSON.stringify(await database.inScope(registry, jobCounts))}`);
					}
					await new Promise((resolve) => setTimeout(resolve, 50));
				}
			},
			passPauses: async () => {
				await database.asOwner((owner) =>
					owner.query(`UPDATE pgboss.job SET start_after = now() - interval '1 second' WHERE state = 'retry'`)
				);
			},
			failed: async () =>
				(await database.inScope(registry, (session) => failedJobs(session, 100))).map(({ name }) => name as JobName)
		};
	});
});
