import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { emptyCopy } from '../../../../tests/support/database.ts';
import { ownerClient } from './connection.ts';
import { migrate, readMigrations, type Migration } from './migrate.ts';

function migration(number: number, sql: string): Migration {
	const name = `${String(number).padStart(4, '0')}_step.sql`;
	return { number, name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
}

async function emptyDatabase(): Promise<{ url: string; run: (migrations: Migration[]) => Promise<readonly string[]> }> {
	const { url, drop } = await emptyCopy();
	onTestFinished(drop);
	return { url, run: (migrations) => migrate(url, inject('testPostgres').programPassword, migrations) };
}

async function steps(url: string): Promise<readonly string[]> {
	const owner = await ownerClient(url);
	try {
		const { rows } = await owner.query<{ step: string }>('SELECT step FROM steps ORDER BY at');
		return rows.map((row) => row.step);
	} finally {
		await owner.end();
	}
}

const first = migration(1, `CREATE TABLE steps (at serial, step text); INSERT INTO steps (step) VALUES ('first')`);
const second = migration(2, `INSERT INTO steps (step) VALUES ('second')`);
const third = migration(3, `INSERT INTO steps (step) VALUES ('third')`);

describe('migrations', () => {
	test('run once each, in order', async () => {
		const { url, run } = await emptyDatabase();
		expect(await run([first, second])).toEqual(['0001_step.sql', '0002_step.sql']);
		expect(await run([first, second, third])).toEqual(['0003_step.sql']);
		expect(await run([first, second, third])).toEqual([]);
		expect(await steps(url)).toEqual(['first', 'second', 'third']);
	});

	test('run once when two servers start at the same moment', async () => {
		const { url, run } = await emptyDatabase();
		const applied = await Promise.all([run([first, second]), run([first, second]), run([first, second])]);
		expect(applied.flat().toSorted()).toEqual(['0001_step.sql', '0002_step.sql']);
		expect(await steps(url)).toEqual(['first', 'second']);
	});

	test('a database newer than the program is refused, untouched, with both names', async () => {
		const { url, run } = await emptyDatabase();
		await run([first, second, third]);
		await expect(run([first, second])).rejects.toThrow(
			/^The database is newer than this program: it holds migration 0003_step\.sql, this program ends at 0002_step\.sql\./
		);
		expect(await steps(url)).toEqual(['first', 'second', 'third']);
	});

	test('a file changed after it was applied is refused, and nothing later is applied', async () => {
		const { url, run } = await emptyDatabase();
		await run([first, second]);
		const edited = migration(1, `${first.sql}; SELECT 1`);
		await expect(run([edited, second, third])).rejects.toThrow(
			/^Migration 0001_step\.sql was changed after it was applied/
		);
		expect(await steps(url)).toEqual(['first', 'second']);
	});

	test('one that fails is rolled back whole, and those before it stay', async () => {
		const { url, run } = await emptyDatabase();
		const broken = migration(2, `INSERT INTO steps (step) VALUES ('half'); SELECT no_such_function()`);
		await expect(run([first, broken])).rejects.toThrow(
			/^Migration 0002_step\.sql failed and was rolled back: .*no_such/
		);
		expect(await steps(url)).toEqual(['first']);
		expect(await run([first, second])).toEqual(['0002_step.sql']);
	});

	test('a gap in the numbers is refused', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'lampkeep-migrations-'));
		onTestFinished(() => rm(folder, { recursive: true }));
		await writeFile(join(folder, '0001_one.sql'), '');
		await writeFile(join(folder, '0003_three.sql'), '');
		await expect(readMigrations(folder)).rejects.toThrow('0003_three.sql in the migrations must be named 0002_');
	});

	test('line ends do not make another file of it', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'lampkeep-migrations-'));
		onTestFinished(() => rm(folder, { recursive: true }));
		await writeFile(join(folder, '0001_one.sql'), 'SELECT 1;\nSELECT 2;\n');
		const withLf = await readMigrations(folder);
		await writeFile(join(folder, '0001_one.sql'), 'SELECT 1;\r\nSELECT 2;\r\n');
		expect(await readMigrations(folder)).toEqual(withLf);
	});
});
