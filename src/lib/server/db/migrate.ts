import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { OperatorError } from '../operator-error.ts';
import { ownerClient, sqlState } from './connection.ts';
import { prepareQueue } from '../jobs/schema.ts';
import { ensureProgramRole } from './program-role.ts';

/*
 * Numbered SQL files, applied once each, in order, and never edited afterwards:
 *
 *   1. Each runs in a transaction of its own together with the note that it ran.
 *   2. One process at a time: an advisory lock holds the others back until it is done.
 *   3. A database that holds a migration this program does not know was written by a newer program: refused.
 *   4. A file that differs from what was applied means two databases with one number and two shapes: refused.
 *
 * The tables of background work are not among them: their library makes them (server/jobs/schema.ts).
 */
export interface Migration {
	readonly number: number;
	/** The file's name, `0001_base.sql`. */
	readonly name: string;
	readonly sql: string;
	/** SHA-256 of the file with line feeds only, so that a checkout with CRLF counts as the same file. */
	readonly sha256: string;
}

/** The program's own migrations. Read from the source folder: the command line migrates, the built server never does. */
export const ownMigrations = fileURLToPath(new URL('./migrations', import.meta.url));

/** @throws OperatorError when a file's name is not `0001_name.sql` or a number is missing or there twice */
export async function readMigrations(folder: string = ownMigrations): Promise<readonly Migration[]> {
	const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
	return Promise.all(
		names.map(async (name, index) => {
			const number = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1]);
			if (number !== index + 1) {
				throw new OperatorError(
					`${name} in the migrations must be named ${String(index + 1).padStart(4, '0')}_what_it_does.sql: numbers run without gaps.`
				);
			}
			const sql = (await readFile(`${folder}/${name}`, 'utf8')).replaceAll('\r\n', '\n');
			return { number, name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
		})
	);
}

/**
 * Brings the database to what this program expects.
 *
 * @param url the owner's address
 * @param password of the program role, made beforehand because the migrations grant to it
 * @returns the names of the files applied now; empty when there was nothing to do
 * @throws OperatorError when the database is newer than the program or was made by an edited file
 */
export async function migrate(
	url: string,
	password: string,
	migrations: readonly Migration[]
): Promise<readonly string[]> {
	const owner = await ownerClient(url);
	try {
		// Released with the connection; another process waits here rather than running beside us.
		await owner.query(`SELECT pg_advisory_lock(hashtextextended('lampkeep.migrations', 0))`);
		await ensureProgramRole(owner, url, password);
		await owner.query(`CREATE TABLE IF NOT EXISTS schema_migrations (
			number integer PRIMARY KEY,
			name text NOT NULL,
			sha256 text NOT NULL,
			applied_at timestamptz NOT NULL DEFAULT now()
		)`);
		const pending = await pendingMigrations(owner, migrations);
		for (const migration of pending) await apply(owner, migration);
		await prepareQueue(owner);
		return pending.map((migration) => migration.name);
	} finally {
		await owner.end();
	}
}

/**
 * The migrations not yet applied, in order.
 *
 * @throws OperatorError when what was applied is not the beginning of what this program knows
 */
export async function pendingMigrations(
	owner: pg.Client,
	migrations: readonly Migration[]
): Promise<readonly Migration[]> {
	const exists = await owner.query<{ found: boolean }>(`SELECT to_regclass('schema_migrations') IS NOT NULL AS found`);
	if (!exists.rows[0]?.found) return migrations;
	const applied = await owner.query<{ number: number; name: string; sha256: string }>(
		'SELECT number, name, sha256 FROM schema_migrations ORDER BY number'
	);
	for (const past of applied.rows) {
		const known = migrations.find((migration) => migration.number === past.number);
		if (known === undefined) {
			throw new OperatorError(
				`The database is newer than this program: it holds migration ${past.name}, this program ends at ` +
					`${migrations.at(-1)?.name ?? 'none'}. Install the newer program; nothing was changed.`
			);
		}
		if (known.sha256 !== past.sha256) {
			throw new OperatorError(
				`Migration ${known.name} was changed after it was applied to this database. Put the file back as it was ` +
					'and write the change as a new migration; nothing was changed.'
			);
		}
	}
	return migrations.filter((migration) => !applied.rows.some((past) => past.number === migration.number));
}

async function apply(owner: pg.Client, migration: Migration): Promise<void> {
	await owner.query('BEGIN');
	try {
		await owner.query(migration.sql);
		await owner.query('INSERT INTO schema_migrations (number, name, sha256) VALUES ($1, $2, $3)', [
			migration.number,
			migration.name,
			migration.sha256
		]);
		await owner.query('COMMIT');
	} catch (error) {
		await owner.query('ROLLBACK');
		if (sqlState(error) === '53100') {
			throw new OperatorError(
				`The database's disk is full; free some space and start again. Migration ${migration.name} was rolled back.`,
				{ cause: error }
			);
		}
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(`Migration ${migration.name} failed and was rolled back: ${reason}`, { cause: error });
	}
}
