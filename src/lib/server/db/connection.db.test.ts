import { beforeEach, describe, expect, test } from 'vitest';
import { institutionIdSchema } from '#lib/domain/ids.ts';
import { testDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { connect, programRole, provideDatabase, retried, sqlState, theDatabase, type Session } from './connection.ts';

const harbour = institutionIdSchema.parse('0190f000-0000-7000-8000-000000000001');
const hillside = institutionIdSchema.parse('0190f000-0000-7000-8000-000000000002');
const ofHarbour = { kind: 'institution', institutionId: harbour } as const;
const ofHillside = { kind: 'institution', institutionId: hillside } as const;
const ofRegistry = { kind: 'registry' } as const;
const ofPublic = { kind: 'public' } as const;

/** A table as a later migration would make it: the pattern of 0001_base.sql. */
const sampleTable = `
	CREATE TABLE notes (id integer PRIMARY KEY, institution_id uuid NOT NULL, text text NOT NULL);
	SELECT separate_institutions('notes');
	SELECT make_append_only('notes');
	GRANT SELECT, INSERT ON notes TO ${programRole};
	CREATE TABLE counters (id integer PRIMARY KEY, institution_id uuid NOT NULL, value integer NOT NULL);
	SELECT separate_institutions('counters');
	GRANT SELECT, INSERT, UPDATE ON counters TO ${programRole}`;

const insertNote = (id: number, institution: string) => (session: Session) =>
	session.query('INSERT INTO notes (id, institution_id, text) VALUES ($1, $2, $3)', [id, institution, `note ${id}`]);
const noteIds = async (session: Session) =>
	(await session.query<{ id: number }>('SELECT id FROM notes ORDER BY id')).rows.map((row) => row.id);

async function stateOf(work: Promise<unknown>): Promise<string | null> {
	return work.then(
		() => 'nothing was refused',
		(error: unknown) => sqlState(error)
	);
}

describe('the rows of institutions', () => {
	let db: TestDatabase;
	beforeEach(async () => {
		db = await testDatabase();
		await db.asOwner((owner) => owner.query(sampleTable));
		await db.inScope(ofHarbour, insertNote(1, harbour));
		await db.inScope(ofHillside, insertNote(2, hillside));
	});

	test('an institution sees its own, the registry all, the public none', async () => {
		expect(await db.inScope(ofHarbour, noteIds)).toEqual([1]);
		expect(await db.inScope(ofHillside, noteIds)).toEqual([2]);
		expect(await db.inScope(ofRegistry, noteIds)).toEqual([1, 2]);
		expect(await db.inScope(ofPublic, noteIds)).toEqual([]);
	});

	test('an institution cannot write in the name of another', async () => {
		expect(await stateOf(db.inScope(ofHarbour, insertNote(3, hillside)))).toBe('42501');
		expect(await db.inScope(ofRegistry, noteIds)).toEqual([1, 2]);
	});

	test('an institution cannot reach another one’s row by an update', async () => {
		await db.inScope(ofHillside, (s) => s.query('INSERT INTO counters VALUES (1, $1, 7)', [hillside]));
		const touched = await db.inScope(ofHarbour, (s) => s.query('UPDATE counters SET value = 0'));
		expect(touched.rowCount).toBe(0);
		const kept = await db.inScope(ofHillside, (s) => s.query<{ value: number }>('SELECT value FROM counters'));
		expect(kept.rows).toEqual([{ value: 7 }]);
	});

	test('without a scope even the owner sees nothing', async () => {
		expect(await db.asOwner(noteIds)).toEqual([]);
		expect(await db.asOwner(noteIds, { scope: ofRegistry })).toEqual([1, 2]);
	});

	test('a scope ends with its transaction, on the same connection too', async () => {
		const single = await connect({ url: db.url, programPassword: db.programPassword, poolSize: 1 });
		try {
			expect(await single.inScope(ofRegistry, noteIds)).toEqual([1, 2]);
			expect(await single.inScope(ofHarbour, noteIds)).toEqual([1]);
			await expect(single.inScope(ofHarbour, () => Promise.reject(new Error('broke off')))).rejects.toThrow(
				'broke off'
			);
			expect(await single.inScope(ofHillside, noteIds)).toEqual([2]);
			const settings = await single.inScope(ofPublic, (s) =>
				s.query<{ institution: string | null }>('SELECT lampkeep_institution() AS institution')
			);
			expect(settings.rows).toEqual([{ institution: null }]);
		} finally {
			await single.close();
		}
	});

	test('a scope that is no UUID never reaches the database as text', async () => {
		const injected = "x', true); DROP TABLE notes; --" as typeof harbour;
		await expect(db.inScope({ kind: 'institution', institutionId: injected }, noteIds)).rejects.toThrow(/uuid/i);
		expect(await db.inScope(ofRegistry, noteIds)).toEqual([1, 2]);
	});
});

describe('what was recorded', () => {
	test.each(['UPDATE notes SET text = $$changed$$', 'DELETE FROM notes', 'TRUNCATE notes'])(
		'is refused to the program and to the owner: %s',
		async (statement) => {
			const db = await testDatabase();
			await db.asOwner((owner) => owner.query(sampleTable));
			await db.inScope(ofHarbour, insertNote(1, harbour));
			expect(await stateOf(db.inScope(ofHarbour, (s) => s.query(statement)))).toBe('42501');
			expect(await stateOf(db.asOwner((s) => s.query(statement), { scope: ofRegistry }))).toBe('42501');
			expect(await db.inScope(ofRegistry, noteIds)).toEqual([1]);
		}
	);

	test('stays even when a privilege was granted by mistake', async () => {
		const db = await testDatabase();
		await db.asOwner((owner) => owner.query(`${sampleTable}; GRANT ALL ON notes TO ${programRole}`));
		await db.inScope(ofHarbour, insertNote(1, harbour));
		await expect(db.inScope(ofHarbour, (s) => s.query('DELETE FROM notes'))).rejects.toThrow('notes is append-only');
		await expect(db.inScope(ofHarbour, (s) => s.query('TRUNCATE notes'))).rejects.toThrow('notes is append-only');
	});
});

describe('the program role', () => {
	test.each([
		'CREATE TABLE mine (id integer)',
		'CREATE ROLE another',
		`ALTER ROLE ${programRole} BYPASSRLS`,
		'SET ROLE lampkeep_owner',
		'ALTER TABLE epochs DISABLE TRIGGER ALL',
		'ALTER TABLE registry_meta DISABLE ROW LEVEL SECURITY',
		'UPDATE registry_meta SET epoch = gen_random_uuid()',
		'SELECT number FROM schema_migrations',
		'SELECT rolpassword FROM pg_authid',
		`SELECT pg_read_file('PG_VERSION')`,
		`COPY epochs TO PROGRAM 'true'`
	])('may not: %s', async (statement) => {
		const db = await testDatabase();
		expect(await stateOf(db.inScope(ofRegistry, (s) => s.query(statement)))).toBe('42501');
	});

	test('a wrong password is a sentence that names the way out', async () => {
		const db = await testDatabase();
		await expect(connect({ url: db.url, programPassword: 'wrong' })).rejects.toThrow(
			/run `npm run lampkeep -- migrate`/
		);
	});

	test('a server that is not there is a sentence that names DATABASE_URL', async () => {
		await expect(connect({ url: 'postgres://u:p@127.0.0.1:9/x', programPassword: 'p' })).rejects.toThrow(
			/^PostgreSQL does not answer at the address in DATABASE_URL/
		);
	});
});

describe('every table of the registry', () => {
	test('has row-level security, and the program may change no append-only one', async () => {
		const db = await testDatabase();
		const { rows } = await db.asOwner((owner) =>
			owner.query<{ name: string; secured: boolean; appendOnly: boolean; programChanges: boolean }>(
				`SELECT c.relname AS name, c.relrowsecurity AS secured,
					EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'append_only') AS "appendOnly",
					has_table_privilege('${programRole}', c.oid, 'UPDATE, DELETE, TRUNCATE') AS "programChanges"
				FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')`
			)
		);
		expect(rows.map((row) => row.name)).toEqual(
			expect.arrayContaining(['registry_meta', 'epochs', 'schema_migrations'])
		);
		expect(rows.filter((row) => !row.secured).map((row) => row.name)).toEqual([]);
		expect(rows.filter((row) => row.appendOnly && row.programChanges).map((row) => row.name)).toEqual([]);
	});

	test('with a column institution_id binds the owner too', async () => {
		const db = await testDatabase();
		const { rows } = await db.asOwner((owner) =>
			owner.query<{ name: string }>(
				`SELECT c.relname AS name FROM pg_class c
				JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'institution_id'
				WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relforcerowsecurity`
			)
		);
		expect(rows).toEqual([]);
	});
});

describe('values', () => {
	test('a date is a date and nothing becomes a Date', async () => {
		const db = await testDatabase();
		const { rows } = await db.inScope(ofPublic, (s) =>
			s.query(
				`SELECT date '2024-02-29' AS day, ARRAY[date '2024-02-29', NULL] AS days,
				timestamptz '2026-11-22 12:00:00+08' AS instant, timestamptz '2026-11-22 12:00:00.123456+08' AS fine,
				ARRAY[timestamptz '2026-11-22 12:00:00+08'] AS instants, 9007199254740991::int8 AS large, count(*) AS one,
				ARRAY[1::int8, NULL] AS numbers, '{"a": [1, null]}'::jsonb AS document, '\\x00ff'::bytea AS bytes`
			)
		);
		expect(rows).toEqual([
			{
				day: '2024-02-29',
				days: ['2024-02-29', null],
				instant: '2026-11-22T04:00:00.000Z',
				fine: '2026-11-22T04:00:00.123456Z',
				instants: ['2026-11-22T04:00:00.000Z'],
				large: 9007199254740991,
				one: 1,
				numbers: [1, null],
				document: { a: [1, null] },
				bytes: Buffer.from([0, 255])
			}
		]);
	});

	test('a text with U+0000, which PostgreSQL cannot hold, is asked for without it', async () => {
		const db = await testDatabase();
		const { rows } = await db.inScope(ofPublic, (s) => s.query('SELECT $1::text AS text', ['小\u0000虎']));
		expect(rows).toEqual([{ text: '小\ufffd虎' }]);
	});

	test('a number too large to hold exactly is refused, not rounded', async () => {
		const db = await testDatabase();
		await expect(db.inScope(ofPublic, (s) => s.query('SELECT 9007199254740993::int8 AS n'))).rejects.toThrow(
			'int8 9007199254740993 is larger than a number can hold exactly'
		);
	});
});

describe('transactions', () => {
	test('a deadlock is resolved by doing the broken one again', async () => {
		const db = await testDatabase();
		await db.asOwner((owner) => owner.query(sampleTable));
		await db.inScope(ofHarbour, (s) => s.query('INSERT INTO counters VALUES (1, $1, 0), (2, $1, 0)', [harbour]));
		const bothHoldOne = barrier(2);
		let begun = 0;
		const raise = (first: number, second: number) =>
			db.inScope(ofHarbour, async (s) => {
				begun++;
				await s.query('UPDATE counters SET value = value + 1 WHERE id = $1', [first]);
				await bothHoldOne();
				await s.query('UPDATE counters SET value = value + 1 WHERE id = $1', [second]);
			});
		await Promise.all([raise(1, 2), raise(2, 1)]);
		const { rows } = await db.inScope(ofHarbour, (s) => s.query('SELECT id, value FROM counters ORDER BY id'));
		expect(rows).toEqual([
			{ id: 1, value: 2 },
			{ id: 2, value: 2 }
		]);
		expect(begun).toBeGreaterThan(2);
	});

	test('what is not the others’ fault is not done again', async () => {
		const db = await testDatabase();
		let begun = 0;
		const divide = db.inScope(ofPublic, (s) => {
			begun++;
			return s.query('SELECT 1 / 0');
		});
		expect(await stateOf(divide)).toBe('22012');
		expect(begun).toBe(1);
	});

	test('conflicts that never end end at the number of attempts', async () => {
		const conflict = Object.assign(new Error('could not serialize access'), { code: '40001' });
		const pauses: number[] = [];
		const work = () => Promise.reject(conflict);
		await expect(retried(work, 3, async (failed) => void pauses.push(failed))).rejects.toBe(conflict);
		expect(pauses).toEqual([1, 2]);
	});

	test('a statement that takes too long is broken off', async () => {
		const db = await testDatabase();
		const slow = db.inScope(ofPublic, (s) => s.query('SELECT pg_sleep(30)'), { statementTimeout: 50 });
		expect(await stateOf(slow)).toBe('57014');
	});

	test('a connection cut by the server is replaced', async () => {
		const db = await testDatabase();
		const cut = db.inScope(ofPublic, (s) => s.query('SELECT pg_terminate_backend(pg_backend_pid())'));
		await expect(cut).rejects.toBeInstanceOf(Error);
		expect((await db.inScope(ofPublic, (s) => s.query('SELECT 1 AS one'))).rows).toEqual([{ one: 1 }]);
	});

	test('a rush of the public leaves the staff their connections', async () => {
		const db = await testDatabase();
		const gate = barrier(9);
		const crowd = Array.from({ length: 3 }, () => db.inScope(ofPublic, () => gate()));
		const waiting = Array.from({ length: 5 }, () => db.inScope(ofPublic, () => gate()));
		expect((await db.inScope(ofRegistry, (s) => s.query('SELECT 1 AS one'))).rows).toEqual([{ one: 1 }]);
		gate.open();
		await Promise.all([...crowd, ...waiting]);
	});
});

test('the web server finds the database it was given, and it holds no way to the owner', async () => {
	expect(() => theDatabase()).toThrow('npm start');
	const db = await testDatabase();
	provideDatabase(db);
	expect(Object.keys(theDatabase())).toEqual(['inScope']);
	const { rows } = await theDatabase().inScope(ofPublic, (s) => s.query('SELECT current_user::text AS "user"'));
	expect(rows).toEqual([{ user: programRole }]);
});

/** Resolves for everybody once `parties` have arrived, or when it is opened. */
function barrier(parties: number): (() => Promise<void>) & { open: () => void } {
	let open: () => void = () => undefined;
	const opened = new Promise<void>((resolve) => (open = resolve));
	let arrived = 0;
	const arrive = () => {
		arrived++;
		if (arrived === parties) open();
		return opened;
	};
	return Object.assign(arrive, { open: () => open() });
}
