import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { institutionIdSchema, type ClaimId } from '#lib/domain/ids.ts';
import { testDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { sqlState, type Scope } from '../db/connection.ts';
import { failedJobs, jobCounts, sendAgain } from './overview.ts';
import { PgBossQueue, type PgBossQueueOptions } from './pg-boss-queue.ts';

const registry: Scope = { kind: 'registry' };
const house: Scope = {
	kind: 'institution',
	institutionId: institutionIdSchema.parse('00000000-0000-7000-8000-00000000a001')
};

/** A server's queue on this database. */
async function server(database: TestDatabase, options: Partial<PgBossQueueOptions> = {}): Promise<PgBossQueue> {
	const queue = await PgBossQueue.start(database.queueSql, { onError: () => undefined, pollSeconds: 0.5, ...options });
	onTestFinished(() => queue.stop());
	return queue;
}

const claim = () => ({ claimId: randomUUID() as ClaimId });
const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

async function until(fact: () => boolean | Promise<boolean>, what: string): Promise<void> {
	for (const late = Date.now() + 20_000; Date.now() < late; await wait(50)) if (await fact()) return;
	throw new Error(`not within 20 seconds: ${what}`);
}

describe('a job sent in a transaction', () => {
	test.each([registry, house, { kind: 'public' }] as const)(
		'is there when the transaction commits, and is not begun before (scope $kind)',
		async (scope) => {
			const database = await testDatabase();
			const queue = await server(database);
			const done: string[] = [];
			await queue.work('claims.link', async ({ claimId }) => void done.push(claimId));
			const sent = claim();
			await database.inScope(scope, async (session) => {
				await queue.sendIn(session, 'claims.link', sent);
				await wait(1_200);
				expect(done).toEqual([]);
			});
			await until(() => done.length > 0, 'the job runs');
			expect(done).toEqual([sent.claimId]);
		}
	);

	test('is never run when the transaction is rolled back', async () => {
		const database = await testDatabase();
		const queue = await server(database);
		const done: string[] = [];
		await queue.work('claims.link', async ({ claimId }) => void done.push(claimId));
		const undecided = database.inScope(house, async (session) => {
			await queue.sendIn(session, 'claims.link', claim());
			throw new Error('the decision was not taken');
		});
		await expect(undecided).rejects.toThrow('the decision was not taken');
		const decided = claim();
		await database.inScope(house, (session) => queue.sendIn(session, 'claims.link', decided));
		await until(() => done.length > 0, 'the later job runs');
		expect(done).toEqual([decided.claimId]);
	});

	test('is sent even though an equal one waits: that one may be done before this transaction commits', async () => {
		const database = await testDatabase();
		const queue = await server(database);
		await queue.send('policies.recompute', {});
		await database.inScope(registry, (session) => queue.sendIn(session, 'policies.recompute', {}));
		let runs = 0;
		await queue.work('policies.recompute', async () => void runs++);
		await until(() => runs === 2, 'both run');
	});
});

describe('several servers on one database', () => {
	test('run every job once', async () => {
		const database = await testDatabase();
		const servers = [await server(database), await server(database)];
		const done: string[] = [];
		const sharers = new Set<number>();
		const sent = Array.from({ length: 40 }, claim);
		for (const { claimId } of sent) await servers[0]?.send('claims.link', { claimId });
		for (const [index, queue] of servers.entries()) {
			await queue.work('claims.link', async ({ claimId }) => {
				sharers.add(index);
				done.push(claimId);
				await wait(20);
			});
		}
		await until(() => done.length >= 40, 'all ran');
		await wait(1_000);
		expect(done.toSorted()).toEqual(sent.map(({ claimId }) => claimId).toSorted());
		expect(sharers.size).toBe(2);
	}, 60_000);

	test('do a sweep in one of them at a time', async () => {
		const database = await testDatabase();
		const servers = [await server(database), await server(database), await server(database)];
		let running = 0;
		let most = 0;
		let runs = 0;
		for (const queue of servers) {
			await queue.send('access.expire', {});
			await queue.work('access.expire', async () => {
				most = Math.max(most, ++running);
				await wait(900);
				running--;
				runs++;
			});
		}
		await until(() => runs === 3, 'all three ran');
		expect(most).toBe(1);
	});

	test('send what the clock says once', async () => {
		const database = await testDatabase();
		const servers = [
			await server(database, { clockSeconds: 1 }),
			await server(database, { clockSeconds: 1 }),
			await server(database, { clockSeconds: 1 })
		];
		const minutes: number[] = [];
		for (const queue of servers) {
			await queue.schedule('publication.sweep', '* * * * *', 'Asia/Shanghai');
			await queue.work('publication.sweep', async () => void minutes.push(Math.floor(Date.now() / 60_000)));
		}
		await until(() => minutes.length > 0, 'the sweep ran');
		await wait(4_000);
		// Once a minute: where the minute turned meanwhile, once for each.
		expect(minutes).toEqual([...new Set(minutes)]);
		expect(minutes.length).toBeLessThanOrEqual(2);
	});
});

describe('across restarts', () => {
	test('what was sent before the registry stopped is done once after it started again', async () => {
		const database = await testDatabase();
		const before = await PgBossQueue.start(database.queueSql, { onError: () => undefined });
		const sent = claim();
		await before.send('claims.link', sent);
		await before.stop();
		const done: string[] = [];
		for (let start = 0; start < 2; start++) {
			const after = await server(database);
			await after.work('claims.link', async ({ claimId }) => void done.push(claimId));
			await until(() => done.length > 0, 'the job ran');
			await wait(1_000);
			await after.stop();
		}
		expect(done).toEqual([sent.claimId]);
	});

	test('stopping waits for the job that runs, and begins no other', async () => {
		const database = await testDatabase();
		const queue = await server(database);
		let begun = 0;
		let ended = 0;
		await queue.work('claims.link', async () => {
			begun++;
			await wait(1_000);
			ended++;
		});
		await queue.send('claims.link', claim());
		await queue.send('claims.link', claim());
		await until(() => begun === 1, 'the first began');
		await queue.stop();
		expect([begun, ended]).toEqual([1, 1]);
		const counts = await database.inScope(registry, jobCounts);
		expect(counts.find(({ name }) => name === 'claims.link')).toMatchObject({ waiting: 1, running: 0, failed: 0 });
	});

	test('the sweep of a server that was killed is taken over when its time is up', async () => {
		const database = await testDatabase();
		const killed = await server(database);
		let takenOver = false;
		let held = false;
		let letGo: () => void = () => undefined;
		await killed.work('access.expire', async () => {
			held = true;
			await new Promise<void>((resolve) => (letGo = resolve));
		});
		onTestFinished(() => letGo());
		await killed.send('access.expire', {});
		await until(() => held, 'the first server began');
		const other = await server(database, { upkeepSeconds: 1 });
		await other.work('access.expire', async () => void (takenOver = true));
		await wait(2_000);
		expect(takenOver).toBe(false);
		// Its two minutes pass.
		await database.asOwner(async (owner) => {
			await owner.query(
				`UPDATE pgboss.job SET started_on = started_on - interval '3 minutes', retry_delay = 0 WHERE state = 'active'`
			);
		});
		await until(() => takenOver, 'the other server did it');
	});

	test('a database that is away while a job ends does not end the registry, which goes on when it is back', async () => {
		const database = await testDatabase();
		const told: unknown[] = [];
		let away = false;
		const queue = await PgBossQueue.start(
			async (sql, values) => {
				if (away) throw Object.assign(new Error('terminating connection'), { code: '57P01' });
				return database.queueSql(sql, values);
			},
			{ onError: (error) => told.push(error), pollSeconds: 0.5, clockSeconds: 1, upkeepSeconds: 1 }
		);
		onTestFinished(() => queue.stop());
		const unhandled: unknown[] = [];
		const note = (reason: unknown) => void unhandled.push(reason);
		process.on('unhandledRejection', note);
		onTestFinished(() => void process.off('unhandledRejection', note));
		const done: string[] = [];
		await queue.schedule('publication.sweep', '* * * * *', 'Asia/Shanghai');
		await queue.work('claims.link', async ({ claimId }) => {
			done.push(claimId);
			away = done.length === 1;
		});
		const [first, second] = [claim(), claim()];
		await queue.send('claims.link', first);
		await until(() => away, 'the first ran');
		await wait(3_000);
		expect(told.length).toBeGreaterThan(2);
		expect(unhandled).toEqual([]);
		away = false;
		await queue.send('claims.link', second);
		await until(() => done.includes(second.claimId), 'the second ran');
	});

	test('connections the server cut are replaced', async () => {
		const database = await testDatabase();
		const queue = await server(database);
		const done: string[] = [];
		await queue.work('claims.link', async ({ claimId }) => void done.push(claimId));
		await database
			.queueSql(
				`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
				WHERE datname = current_database() AND usename = current_user ORDER BY pid = pg_backend_pid()`
			)
			.catch(() => undefined);
		await wait(500);
		await queue.send('claims.link', claim());
		await until(() => done.length === 1, 'the job ran');
	});
});

test('upkeep goes on by itself: what took too long, is old or was kept long enough, and nothing is complained of', async () => {
	const database = await testDatabase();
	const told: unknown[] = [];
	const queue = await server(database, { onError: (error) => told.push(error), upkeepSeconds: 1, clockSeconds: 1 });
	await queue.send('claims.link', claim());
	await database.asOwner((owner) =>
		owner.query(`UPDATE pgboss.job SET state = 'completed', completed_on = now() - interval '7 hours'`)
	);
	const archived = async () => (await database.queueSql('SELECT id FROM pgboss.archive')).rows.length;
	await until(async () => (await archived()) === 1, 'the old job is archived');
	await wait(1_500);
	expect(told).toEqual([]);
});

describe('a job that fails', () => {
	test('waits longer before each further try', async () => {
		const database = await testDatabase();
		const queue = await server(database);
		let runs = 0;
		await queue.work('claims.link', async () => {
			runs++;
			throw new Error('not now');
		});
		await queue.send('claims.link', claim());
		const pauses: number[] = [];
		for (let attempt = 1; attempt <= 4; attempt++) {
			const retried = async () => {
				const { rows } = await database.queueSql(
					`SELECT extract(epoch FROM start_after - now())::float8 AS pause FROM pgboss.job WHERE state = 'retry'`
				);
				return rows[0]?.['pause'] as number | undefined;
			};
			await until(async () => runs === attempt && (await retried()) !== undefined, `try ${attempt} failed`);
			pauses.push((await retried()) ?? 0);
			await database.asOwner((owner) => owner.query(`UPDATE pgboss.job SET start_after = now() WHERE state = 'retry'`));
		}
		// 5 s, then twice as long each time, by chance up to twice of that again.
		for (const [index, pause] of pauses.entries()) {
			expect(pause).toBeGreaterThan(5 * 2 ** index - 2);
			expect(pause).toBeLessThanOrEqual(10 * 2 ** index);
		}
	});

	test('keeps why, without the words PostgreSQL quotes of a file, and can be sent again', async () => {
		const database = await testDatabase();
		const seen: (string | undefined)[] = [];
		const queue = await server(database, { onError: (_, job) => seen.push(job) });
		let broken = true;
		let done = 0;
		await queue.work('publication.sweep', async () => {
			if (!broken) return void done++;
			await database.inScope(registry, (session) => session.query(`SELECT '小禾'::uuid`));
		});
		await queue.send('publication.sweep', {});
		const failures = () => database.inScope(registry, (session) => failedJobs(session, 10));
		await until(async () => (await failures()).length > 0, 'it was given up');
		const [failed] = await failures();
		expect(failed).toMatchObject({ name: 'publication.sweep', attempts: 1, reason: 'error' });
		const { rows } = await database.queueSql('SELECT output::text AS kept FROM pgboss.job');
		expect(JSON.stringify(rows)).toContain('22P02');
		expect(JSON.stringify(rows)).not.toContain('小禾');
		expect(seen).toEqual(['publication.sweep']);

		broken = false;
		expect(await database.inScope(registry, (session) => sendAgain(session, failed?.id ?? ''))).toBe(true);
		await until(() => done === 1, 'it ran again');
		expect(await failures()).toEqual([]);
		expect(await database.inScope(registry, (session) => sendAgain(session, failed?.id ?? ''))).toBe(false);
	});
});

describe('the program’s role', () => {
	test.each([
		`SELECT pgboss.create_queue('another', '{}')`,
		`SELECT pgboss.delete_queue('claims.link')`,
		'TRUNCATE pgboss.job',
		`UPDATE pgboss.job SET data = '{}'`,
		`INSERT INTO pgboss.queue (name) VALUES ('another')`,
		'CREATE TABLE pgboss.another (id integer)'
	])('may not: %s', async (statement) => {
		const database = await testDatabase();
		const state = await database.queueSql(statement).then(
			() => 'nothing was refused',
			(error: unknown) => sqlState(error)
		);
		expect(state).toBe('42501');
	});

	test('sees no job in the scope of a house or of the public, and none of the partitions in any', async () => {
		const database = await testDatabase();
		const queue = await server(database);
		await queue.send('claims.link', claim());
		for (const scope of [house, { kind: 'public' } as const]) {
			const { rows } = await database.inScope(scope, (session) => session.query('SELECT id FROM pgboss.job'));
			expect(rows).toEqual([]);
		}
		const { rows: tables } = await database.asOwner((owner) =>
			owner.query<{ name: string; secured: boolean; part: boolean; readable: boolean }>(
				`SELECT relname AS name, relrowsecurity AS secured, relispartition AS part,
					has_table_privilege('lampkeep_app', oid, 'SELECT') AS readable
				FROM pg_class WHERE relnamespace = 'pgboss'::regnamespace AND relkind IN ('r', 'p')`
			)
		);
		expect(tables.length).toBeGreaterThan(10);
		expect(tables.filter(({ secured }) => !secured)).toEqual([]);
		expect(tables.filter(({ part, readable }) => part && readable)).toEqual([]);
	});
});
