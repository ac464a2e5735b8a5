import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { readConfig } from '../config.ts';
import { connect, ownerClient, programRole } from './connection.ts';
import { FolderInUse, startEmbeddedPostgres, type EmbeddedPostgres } from './embedded.ts';
import { openDatabase, type OpenDatabase } from './open.ts';
import { ensureProgramRole } from './program-role.ts';

/*
 * These tests run clusters of their own and kill them. initdb is the slow part, so most share one folder, one after the
 * other; each leaves it stopped.
 */
let folder: string;
let dataDir: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'lampkeep-embedded-'));
	await chmod(folder, 0o755);
	dataDir = join(folder, 'data');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const config = () => readConfig({ DATA_DIR: dataDir }, '/');
const open = (whenInUse: 'share' | 'refuse' = 'refuse', say?: (sentence: string) => void) =>
	openDatabase(config(), say === undefined ? { whenInUse } : { whenInUse, say });
const ofRegistry = { kind: 'registry' } as const;

async function saved(url: string): Promise<readonly number[]> {
	const owner = await ownerClient(url);
	try {
		const { rows } = await owner.query<{ n: number }>('SELECT n FROM saved ORDER BY n');
		return rows.map((row) => row.n);
	} finally {
		await owner.end();
	}
}

/** Commits 0, 1, 2, … and tells of each after its commit, until the connection breaks. */
async function saveUntilCut(url: string, onSaved: (n: number) => void): Promise<void> {
	const owner = await ownerClient(url);
	await owner.query('CREATE TABLE IF NOT EXISTS saved (n integer PRIMARY KEY)');
	await owner.query('TRUNCATE saved');
	for (let n = 0; ; n++) {
		try {
			await owner.query('INSERT INTO saved (n) VALUES ($1)', [n]);
		} catch {
			// The cut this is waiting for.
			await owner.end();
			return;
		}
		onSaved(n);
	}
}

describe('the embedded database', () => {
	test('is made on the first start with everything closed to others, and found again on the second', async () => {
		const told: string[] = [];
		const first = await open('refuse', (sentence) => told.push(sentence));
		expect(first.migrated[0]).toBe('0001_base.sql');
		expect(first.epochBegan).toBe('first-start');
		const who = await first.asOwner((owner) =>
			owner.query(
				`SELECT current_user::text AS "user", r.rolsuper AS super, current_setting('fsync') AS fsync,
				current_setting('synchronous_commit') AS commit, pg_encoding_to_char(d.encoding) AS encoding
				FROM pg_roles r, pg_database d WHERE r.rolname = current_user AND d.datname = current_database()`
			)
		);
		expect(who.rows).toEqual([{ user: 'lampkeep_owner', super: false, fsync: 'on', commit: 'on', encoding: 'UTF8' }]);
		for (const name of ['secret.key', 'postgres.password', 'postgres.log']) {
			expect([name, (await stat(join(dataDir, name))).mode & 0o777]).toEqual([name, 0o600]);
		}
		expect((await stat(join(dataDir, 'postgres'))).mode & 0o777).toBe(0o700);
		await first.close();
		expect(told).toContainEqual(expect.stringMatching(/^Preparing the database/));

		const second = await open('refuse', (sentence) => told.push(sentence));
		expect([second.epoch, second.epochBegan, second.migrated]).toEqual([first.epoch, null, []]);
		await second.close();
	});

	test('keeps every committed row when PostgreSQL is killed, and starts again', async () => {
		const server = await startEmbeddedPostgres({ dataDir });
		let last = -1;
		await saveUntilCut(server.url, (n) => {
			last = n;
			if (n === 200) process.kill(server.pid, 'SIGKILL');
		});
		await server.lost;
		await server.stop();
		expect(last).toBeGreaterThanOrEqual(200);

		const again = await startEmbeddedPostgres({ dataDir });
		onTestFinished(again.stop);
		const rows = await saved(again.url);
		expect(rows.slice(0, last + 1)).toEqual(Array.from({ length: last + 1 }, (_, n) => n));
	});

	test('keeps every committed row when the registry is killed, and ends the PostgreSQL it left', async () => {
		const registry = await startElsewhere();
		const owner = await ownerClient(registry.url);
		await owner.query('CREATE TABLE IF NOT EXISTS saved (n integer PRIMARY KEY)');
		await owner.query('TRUNCATE saved');
		await owner.query('INSERT INTO saved (n) VALUES (7)');
		registry.process.kill('SIGKILL');
		await once(registry.process, 'exit');

		const told: string[] = [];
		const again = await startEmbeddedPostgres({ dataDir, say: (sentence) => told.push(sentence) });
		onTestFinished(again.stop);
		await owner.end();
		expect(told).toEqual(['An earlier registry was cut off and left its PostgreSQL running; ending it.']);
		expect(again.pid).not.toBe(registry.postmaster);
		expect(await saved(again.url)).toEqual([7]);
	});

	test('starts over a postmaster.pid whose number now belongs to another program', async () => {
		await writeFile(
			join(dataDir, 'postgres', 'postmaster.pid'),
			[process.pid, join(dataDir, 'postgres'), 1, 5432, '', '127.0.0.1', '', 'ready'].join('\n')
		);
		const server = await startEmbeddedPostgres({ dataDir });
		await server.stop();
	});

	test('starts over the lock of a process that is gone', async () => {
		await writeFile(
			join(dataDir, 'lampkeep.lock'),
			JSON.stringify({ pid: process.pid, host: hostname(), started: 'before', nonce: 'x' })
		);
		const server = await startEmbeddedPostgres({ dataDir });
		await server.stop();
		await expect(stat(join(dataDir, 'lampkeep.lock'))).rejects.toThrow('ENOENT');
	});

	test('refuses the lock of another machine that still beats', async () => {
		const lock = join(dataDir, 'lampkeep.lock');
		await writeFile(lock, JSON.stringify({ pid: 1, host: 'elsewhere', started: '', nonce: 'x' }));
		await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(
			/is in use by process 1 on elsewhere; stop that one/
		);
		await rm(lock);
	});

	test('is opened by one process: a second registry is refused in a sentence, an operator command shares it', async () => {
		const registry = await startElsewhere();
		onTestFinished(() => ended(registry.process));
		await expect(open('refuse')).rejects.toThrow(
			new RegExp(`^The data folder .* is in use by process ${registry.process.pid} on .*; stop that one first`)
		);
		await expect(startEmbeddedPostgres({ dataDir })).rejects.toBeInstanceOf(FolderInUse);
		const shared = await open('share');
		expect((await shared.inScope(ofRegistry, (s) => s.query('SELECT 1 AS one'))).rows).toEqual([{ one: 1 }]);
		await shared.close();
		expect(isRunning(registry.postmaster)).toBe(true);
	});

	test('is shut down in order when its process is asked to end', async () => {
		const registry = await startElsewhere();
		await ended(registry.process);
		await vi.waitFor(() => expect(isRunning(registry.postmaster)).toBe(false), { timeout: 10_000 });
		expect((await readFile(join(dataDir, 'postgres.log'), 'utf8')).trim()).toMatch(/database system is shut down$/);
	});

	test('tells when PostgreSQL ends unasked', async () => {
		const db: OpenDatabase = await open();
		const server = Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
		process.kill(server, 'SIGQUIT');
		expect(await db.lost).toMatch(/received immediate shutdown request/);
		await db.close();
	});

	test('nothing of a row reaches its log, not even when a statement fails', async () => {
		const db = await open();
		await db.asOwner((owner) => owner.query('CREATE TABLE IF NOT EXISTS names (name text PRIMARY KEY)'));
		const insert = () => db.asOwner((owner) => owner.query(`INSERT INTO names VALUES ('planted-name-4711')`));
		await insert();
		await expect(insert()).rejects.toThrow('duplicate key');
		await db.close();
		const log = await readFile(join(dataDir, 'postgres.log'), 'utf8');
		expect(log).toContain('duplicate key');
		expect(log).not.toContain('planted-name-4711');
	});
});

describe('the program role of a cluster', () => {
	let server: EmbeddedPostgres;
	beforeEach(async () => {
		server = await startEmbeddedPostgres({ dataDir });
		onTestFinished(server.stop);
	});

	test('gets a new password without the password travelling in a statement', async () => {
		const sent = vi.spyOn(pg.Client.prototype, 'query');
		onTestFinished(() => sent.mockRestore());
		const owner = await ownerClient(server.url);
		await ensureProgramRole(owner, server.url, 'a-new-password-of-the-program');
		await owner.end();
		const statements = JSON.stringify(sent.mock.calls.map((call): unknown => call[0]));
		expect(statements).toContain('ALTER ROLE lampkeep_app');
		expect(statements).not.toContain('a-new-password-of-the-program');
		const db = await connect({ url: server.url, programPassword: 'a-new-password-of-the-program' });
		await db.close();
	});

	test.each([
		['GRANT pg_read_all_data TO', 'REVOKE pg_read_all_data FROM', 'is a member of another role'],
		['ALTER ROLE', 'ALTER ROLE', 'may bypass row-level security']
	])('is refused while it is too powerful: %s', async (raise, lower, problem) => {
		const superuser = await ownerClient(server.superuserUrl);
		const owner = await ownerClient(server.url);
		await ensureProgramRole(owner, server.url, 'pw');
		await owner.end();
		const role =
			raise === 'ALTER ROLE' ? [`${programRole} BYPASSRLS`, `${programRole} NOBYPASSRLS`] : [programRole, programRole];
		await superuser.query(`${raise} ${role[0]}`);
		await expect(connect({ url: server.url, programPassword: 'pw' })).rejects.toThrow(
			`The database role lampkeep_app ${problem};`
		);
		await superuser.query(`${lower} ${role[1]}`);
		await superuser.end();
		const db = await connect({ url: server.url, programPassword: 'pw' });
		await db.close();
	});
});

describe('a data folder that cannot be used', () => {
	test('of another major version is refused by name, untouched', async () => {
		const old = join(folder, 'old');
		await mkdir(join(old, 'postgres'), { recursive: true });
		await writeFile(join(old, 'postgres', 'PG_VERSION'), '15\n');
		await writeFile(join(old, 'postgres.password'), 'x\n');
		await expect(startEmbeddedPostgres({ dataDir: old })).rejects.toThrow(
			/was written by PostgreSQL 15, this program brings PostgreSQL 18\./
		);
		await expect(stat(join(old, 'lampkeep.lock'))).rejects.toThrow('ENOENT');
	});

	test('that is a file is refused in a sentence', async () => {
		await writeFile(join(folder, 'file'), '');
		await expect(startEmbeddedPostgres({ dataDir: join(folder, 'file') })).rejects.toThrow(
			/file is not a folder; choose another DATA_DIR\.$/
		);
	});

	test('whose password file is gone is refused before anything is changed', async () => {
		const lost = join(folder, 'lost');
		await mkdir(join(lost, 'postgres'), { recursive: true });
		await writeFile(join(lost, 'postgres', 'PG_VERSION'), '18\n');
		await expect(startEmbeddedPostgres({ dataDir: lost })).rejects.toThrow(/postgres\.password is missing/);
	});

	test('a first start that was cut off is begun anew', async () => {
		const cut = join(folder, 'cut');
		await mkdir(join(cut, 'postgres.new', 'base'), { recursive: true });
		const server = await startEmbeddedPostgres({ dataDir: cut, durable: false });
		await server.stop();
		await expect(stat(join(cut, 'postgres.new'))).rejects.toThrow('ENOENT');
	});

	test.runIf(process.getuid?.() === 0)('that the user postgres cannot reach leads elsewhere by a link', async () => {
		const closed = join(folder, 'closed');
		await mkdir(closed, { mode: 0o700 });
		const told: string[] = [];
		const server = await startEmbeddedPostgres({
			dataDir: join(closed, 'data'),
			durable: false,
			say: (sentence) => told.push(sentence)
		});
		const owner = await ownerClient(server.superuserUrl);
		const { rows } = await owner.query<{ place: string }>(
			`SELECT setting AS place FROM pg_settings WHERE name = 'data_directory'`
		);
		await owner.end();
		await server.stop();
		const place = rows[0]?.place ?? '';
		onTestFinished(() => rm(place, { recursive: true }));
		expect(place).toMatch(/^\/var\/lib\/lampkeep\/postgres-[0-9a-f]{12}$/);
		expect(told[0]).toBe(
			`The system user "postgres" cannot reach ${join(closed, 'data')}, so the database is kept in ${place}.`
		);
		const again = await startEmbeddedPostgres({ dataDir: join(closed, 'data'), durable: false });
		await again.stop();
	});
});

/** A registry in a process of its own, as far as its database goes. */
async function startElsewhere(): Promise<{ process: ChildProcess; url: string; postmaster: number }> {
	const child = spawn(
		process.execPath,
		['--import', 'tsx', fileURLToPath(new URL('./embedded.child.ts', import.meta.url)), dataDir],
		{
			stdio: ['ignore', 'pipe', 'inherit']
		}
	);
	const [line] = (await once(child.stdout, 'data')) as [Buffer];
	const { url, pid } = JSON.parse(line.toString()) as { url: string; pid: number };
	return { process: child, url, postmaster: pid };
}

async function ended(child: ChildProcess): Promise<void> {
	const exit = once(child, 'exit');
	child.kill('SIGTERM');
	await exit;
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
