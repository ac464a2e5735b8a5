import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';
import type { TestProject } from 'vitest/node';
import { connect, type Database } from '../../src/lib/server/db/connection.ts';
import { startEmbeddedPostgres } from '../../src/lib/server/db/embedded.ts';
import { currentEpoch } from '../../src/lib/server/db/epoch.ts';
import { migrate, readMigrations } from '../../src/lib/server/db/migrate.ts';
import { programPassword } from '../../src/lib/server/db/program-role.ts';

/*
 * Databases for tests: one embedded PostgreSQL for the whole run (vitest calls `setup` before the first file), one
 * migrated template in it, and a copy of the template for whoever asks. A copy takes about 50 ms in memory.
 */
declare module 'vitest' {
	interface ProvidedContext {
		testPostgres: { readonly superuserUrl: string; readonly ownerUrl: string; readonly programPassword: string };
	}
}

const template = 'lampkeep';

/** vitest's globalSetup; what it returns runs after the last file. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
	const dataDir = await mkdtemp(join(await scratch(), 'lampkeep-test-'));
	const place = join(dataDir, 'data');
	// mkdtemp closes the folder to others; PostgreSQL started by root runs as the user postgres.
	await chmod(dataDir, 0o755);
	const server = await startEmbeddedPostgres({ dataDir: place, durable: false });
	const password = programPassword(randomBytes(32).toString('hex'));
	await migrate(server.url, password, await readMigrations());
	project.provide('testPostgres', {
		superuserUrl: server.superuserUrl,
		ownerUrl: server.url,
		programPassword: password
	});
	return async () => {
		await server.stop();
		await rm(dataDir, { recursive: true, force: true });
	};
}

const gigabyte = 2 ** 30;

/**
 * A folder in memory where there is plenty, else on the disk. A copy is 700 small files, and while a browser beside it asks
 * the disk to be safe each copy waits for it, up to a second.
 */
async function scratch(): Promise<string> {
	try {
		const { bavail, bsize } = await statfs('/dev/shm');
		// A few copies of 12 MB, and at most a gigabyte of what PostgreSQL writes ahead.
		if (bavail * bsize > 3 * gigabyte && process.availableMemory() > 6 * gigabyte) return '/dev/shm';
	} catch {
		// No such folder: not Linux.
	}
	return tmpdir();
}

export interface TestDatabase extends Database {
	readonly epoch: string;
	/** The owner's address, for what starts a server of its own. */
	readonly url: string;
	readonly programPassword: string;
}

/**
 * A fresh, migrated, empty database. Call it inside a test: it is dropped when the test ends. In `beforeAll` pass
 * `{ keep: true }` and call `close()` in `afterAll`, which drops it too.
 */
export async function testDatabase(options: { keep?: boolean } = {}): Promise<TestDatabase> {
	const { url, drop } = await emptyCopy(template);
	const { programPassword: password } = inject('testPostgres');
	const database = await connect({ url, programPassword: password, poolSize: 8 });
	const { epoch } = await database.asOwner((owner) => currentEpoch(owner, randomUUID()));
	let closed = false;
	const close = async () => {
		if (closed) return;
		closed = true;
		await database.close();
		await drop();
	};
	if (!options.keep) onTestFinished(close);
	return { ...database, close, epoch, url, programPassword: password };
}

/**
 * A database without migrations or, given `from`, a copy of that one, as a restored backup would be.
 *
 * @param from a database nobody is connected to
 */
export async function emptyCopy(
	from: string = 'template0'
): Promise<{ name: string; url: string; drop: () => Promise<void> }> {
	const { ownerUrl } = inject('testPostgres');
	const name = `test_${randomBytes(8).toString('hex')}`;
	const url = new URL(ownerUrl);
	await asSuperuser(`CREATE DATABASE ${name} TEMPLATE ${from} OWNER ${url.username} STRATEGY file_copy`);
	url.pathname = `/${name}`;
	return { name, url: url.href, drop: () => asSuperuser(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

let superuser: pg.Pool | undefined;

/** Runs one statement as superuser in the maintenance database, over one connection for a whole file. */
export async function asSuperuser(sql: string): Promise<void> {
	superuser ??= new pg.Pool({
		connectionString: inject('testPostgres').superuserUrl,
		max: 1,
		idleTimeoutMillis: 0,
		allowExitOnIdle: true
	});
	await superuser.query(sql);
}
