import pg from 'pg';
import PgBoss from 'pg-boss';
import { programRole, sqlState } from '../db/connection.ts';
import { OperatorError } from '../operator-error.ts';
import { jobNames, jobs, type JobDefinition } from './jobs.ts';

/** Where the queue's tables are: not among the registry's own. */
export const queueSchema = 'pgboss';

/** The library's own: the clock puts what is due there first, so that of several servers one sends it. */
const clockQueue = '__pgboss__send-it';

/** Waiting jobs are kept a year, not the library's two weeks: nothing that was sent may vanish unseen. */
const waitingDays = 365;

/**
 * Makes the queue's tables what this program expects, as their owner: the library's tables (a newer release of it changes
 * them), one partition for each name of a job, and what the program's role may do with them. Run under the lock of the
 * migrations, at every start, because names of jobs come with the program and not with a migration.
 *
 * @throws OperatorError when the owner may not make a schema
 */
export async function prepareQueue(owner: pg.Client): Promise<void> {
	const boss = new PgBoss({
		schema: queueSchema,
		supervise: false,
		schedule: false,
		db: { executeSql: (text, values) => owner.query(text, values) }
	});
	try {
		await boss.start();
	} catch (error) {
		if (sqlState(error) !== '42501') throw error;
		throw new OperatorError(
			'The user in DATABASE_URL may not make the schema of background work; grant it CREATE on the database.',
			{ cause: error }
		);
	}
	try {
		await makeQueue(boss, clockQueue, {});
		for (const name of jobNames) {
			const { kind, retries, pause, atMost }: JobDefinition = jobs[name];
			await makeQueue(boss, name, {
				policy: kind === 'alone' ? 'singleton' : 'short',
				retryLimit: retries,
				retryDelay: pause,
				retryBackoff: pause > 0,
				expireInSeconds: atMost,
				retentionMinutes: waitingDays * 24 * 60
			});
		}
		await owner.query(rightsOfTheProgram);
	} finally {
		await boss.stop({ graceful: false });
	}
}

async function makeQueue(boss: PgBoss, name: string, options: Omit<PgBoss.Queue, 'name'>): Promise<void> {
	await boss.createQueue(name, { name, ...options });
	// One that was there already, with other figures.
	await boss.updateQueue(name, { name, ...options });
}

/*
 * The program works the queue in the registry's scope; in every other scope it may add a job to a queue there is, and see
 * none. Partitions are reached through their parent alone.
 */
const rightsOfTheProgram = `
	GRANT USAGE ON SCHEMA ${queueSchema} TO ${programRole};
	REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ${queueSchema} FROM PUBLIC;
	GRANT SELECT, INSERT, DELETE ON ${queueSchema}.job TO ${programRole};
	GRANT UPDATE (state, started_on, completed_on, retry_count, retry_limit, output) ON ${queueSchema}.job TO ${programRole};
	GRANT SELECT, INSERT, DELETE ON ${queueSchema}.archive TO ${programRole};
	GRANT SELECT ON ${queueSchema}.queue, ${queueSchema}.version TO ${programRole};
	GRANT UPDATE (maintained_on, cron_on, monitored_on) ON ${queueSchema}.version TO ${programRole};
	GRANT SELECT, INSERT, DELETE ON ${queueSchema}.schedule TO ${programRole};
	GRANT UPDATE (cron, timezone, data, options, updated_on) ON ${queueSchema}.schedule TO ${programRole};
	DO $$
	DECLARE
		found record;
	BEGIN
		FOR found IN SELECT c.oid::regclass AS name, c.relispartition AS part FROM pg_class c
			WHERE c.relnamespace = '${queueSchema}'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity
		LOOP
			EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', found.name);
			IF NOT found.part THEN
				EXECUTE format('CREATE POLICY registry_works ON %s
					USING (current_setting(''lampkeep.scope'', true) = ''registry'')', found.name);
			END IF;
		END LOOP;
		IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = '${queueSchema}.job'::regclass AND polname = 'everyone_sends') THEN
			CREATE POLICY everyone_sends ON ${queueSchema}.job FOR INSERT
				WITH CHECK (nullif(current_setting('lampkeep.scope', true), '') IS NOT NULL);
			CREATE POLICY everyone_finds ON ${queueSchema}.queue FOR SELECT
				USING (nullif(current_setting('lampkeep.scope', true), '') IS NOT NULL);
		END IF;
	END
	$$`;
