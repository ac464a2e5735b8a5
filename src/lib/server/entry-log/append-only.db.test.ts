import { describe, expect, test } from 'vitest';
import { newChild, newHouse, newItem, testTablet } from '../../../../tests/contract/entry-log/tablet.ts';
import { enrolled } from '../../../../tests/contract/entry-log/enrolled.ts';
import { registry } from '../../../../tests/contract/registry.ts';
import type { TestDatabase } from '../../../../tests/support/database.ts';
import type { ChildId } from '#lib/domain/ids.ts';
import { rebuild } from '../read-models/rebuild.ts';
import { verifyChains } from './verify.ts';

const noon = '2026-11-22T04:00:00.000Z';
const daily = () => ({ itemId: newItem(), care: { kind: 'daily' as const, note: 'ate well' } });

/** Two houses; ten entries of two children, one of them handed over. */
async function twoHouses() {
	const { door, a, database } = await registry();
	const b = testTablet(newHouse());
	await enrolled(database, b);
	const [mine, handed] = [newChild(), newChild()];
	const named = (child: ChildId, value: string) =>
		a.record('intake.recorded', child, {
			answers: { nameGiven: { state: 'known', value }, handoverDate: { state: 'known', value: '2026-01-31' as never } }
		});
	await door.log.append(
		a,
		[
			named(mine, '小明'),
			named(handed, '小\u0000红\ud800'),
			...[1, 2, 3].map(() => a.record('care.recorded', mine, daily()))
		],
		noon
	);
	const handover = a.record('handover.sent', handed, { itemId: newItem(), handover: { to: b.institutionId } });
	await door.log.append(a, [handover], noon);
	await door.log.append(
		b,
		[1, 2, 3].map(() => b.record('care.recorded', handed, daily())),
		noon
	);
	return { database, door, a, b, mine, handed };
}

/** As somebody with the owner's password and bad intentions. */
function asIntruder(database: TestDatabase, sql: string, values: readonly unknown[] = []) {
	return database.asOwner(
		async (session) => {
			for (const table of ['entries', 'feed']) await session.query(`ALTER TABLE ${table} DISABLE TRIGGER append_only`);
			const { rowCount } = await session.query(sql, values);
			for (const table of ['entries', 'feed'])
				await session.query(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER append_only`);
			return rowCount;
		},
		{ scope: { kind: 'registry' } }
	);
}

describe('what was recorded', () => {
	test.each([
		...['entries', 'feed', 'child_houses', 'quarantine', 'photo_uses', 'photos'],
		...['signed_statements', 'sealed_aside', 'loose_records', 'loose_decisions']
	])('%s can be changed, deleted and emptied by nobody', async (table) => {
		const { database } = await twoHouses();
		const column =
			table === 'feed'
				? 'hash'
				: table === 'child_houses'
					? 'number'
					: table === 'photos'
						? 'receipt'
						: table === 'photo_uses'
							? 'sha256'
							: table === 'signed_statements'
								? 'signature'
								: table === 'loose_decisions'
									? 'reason'
									: 'received_at';
		const statements = [
			`UPDATE ${table} SET ${column} = ${column}`,
			`DELETE FROM ${table}`,
			`TRUNCATE ${table} CASCADE`
		];
		for (const sql of statements) {
			await expect(database.inScope({ kind: 'registry' }, (session) => session.query(sql))).rejects.toThrow(
				/permission denied/
			);
		}
		for (const sql of statements.slice(table === 'entries' || table === 'feed' || table === 'child_houses' ? 0 : 2)) {
			await expect(database.asOwner((session) => session.query(sql), { scope: { kind: 'registry' } })).rejects.toThrow(
				/append-only/
			);
		}
	});

	test('without a scope nobody sees anything, the owner included; in its own scope a house cannot write', async () => {
		const { database, a } = await twoHouses();
		const tables = ['entries', 'feed', 'feed_heads', 'child_houses', 'child_rows', 'cases'];
		for (const table of tables) {
			const count = `SELECT count(*) AS count FROM ${table}`;
			expect((await database.asOwner((session) => session.query(count))).rows).toEqual([{ count: 0 }]);
			expect((await database.inScope({ kind: 'public' }, (session) => session.query(count))).rows).toEqual([
				{ count: 0 }
			]);
			const seen = await database.inScope({ kind: 'registry' }, (session) => session.query<{ count: number }>(count));
			expect(seen.rows[0]?.count).toBeGreaterThan(0);
		}
		const own = { kind: 'institution', institutionId: a.institutionId } as const;
		await expect(
			database.inScope(own, (session) =>
				session.query('INSERT INTO feed_heads (institution_id, hash) VALUES ($1, $2)', [newHouse(), 'a'.repeat(64)])
			)
		).rejects.toThrow(/row-level security/);
	});

	test('a house sees its own children, another sees what was handed to it, a third nothing', async () => {
		const { database, a, b, mine, handed } = await twoHouses();
		const children = async (institutionId: typeof a.institutionId) => {
			const { rows } = await database.inScope({ kind: 'institution', institutionId }, (session) =>
				session.query<{ childId: string; entries: number }>(
					`SELECT child_rows.child_id AS "childId", (SELECT count(*) FROM entries WHERE entries.child_id = child_rows.child_id) AS entries
					FROM child_rows ORDER BY entries DESC, child_id`
				)
			);
			return rows;
		};
		expect(await children(a.institutionId)).toEqual([
			{ childId: handed, entries: 5 },
			{ childId: mine, entries: 4 }
		]);
		expect(await children(b.institutionId)).toEqual([{ childId: handed, entries: 5 }]);
		expect(await children(newHouse())).toEqual([]);
	});
});

describe('verify', () => {
	test('walks every chain to its head', async () => {
		const { database } = await twoHouses();
		expect(await verifyChains(database)).toEqual({
			feeds: 2,
			rows: 14,
			devices: 2,
			brokenDevices: [],
			broken: [],
			orphans: []
		});
	});

	test.each<[string, string, string, number]>([
		[
			'an entry with other words',
			`UPDATE entries SET body = replace(body, 'ate well', 'ate much') WHERE id = (SELECT entry_id FROM feed WHERE institution_id = $1 AND position = 3)`,
			'body_changed',
			3
		],
		[
			'an entry with other words and a hash that fits them',
			`UPDATE entries SET body = 'x', body_hash = encode(sha256('x'), 'hex') WHERE id = (SELECT entry_id FROM feed WHERE institution_id = $1 AND position = 4)`,
			'hash_wrong',
			4
		],
		[
			'an entry said to have come a year earlier',
			`UPDATE entries SET received_at = received_at - interval '1 year' WHERE id = (SELECT entry_id FROM feed WHERE institution_id = $1 AND position = 2)`,
			'hash_wrong',
			2
		],
		['a row taken out', 'DELETE FROM feed WHERE institution_id = $1 AND position = 5', 'row_missing', 5],
		['the last row taken out', 'DELETE FROM feed WHERE institution_id = $1 AND position = 9', 'head_wrong', 9],
		[
			'two rows that changed places',
			'UPDATE feed SET position = CASE position WHEN 6 THEN 107 ELSE 106 END WHERE institution_id = $1 AND position IN (6, 7)',
			'row_missing',
			6
		]
	])('names %s', async (_, sql, problem, position) => {
		const { database, a } = await twoHouses();
		expect(await asIntruder(database, sql, [a.institutionId])).toBeGreaterThan(0);
		const { broken } = await verifyChains(database);
		expect(broken).toContainEqual(expect.objectContaining({ institutionId: a.institutionId, position, problem }));
	});

	test('names the first entry of a tablet that does not follow the one before it', async () => {
		const { database, a } = await twoHouses();
		// Words, hash and feed made to fit each other: the tablet's own chain still tells, at the entry after it.
		await asIntruder(
			database,
			`UPDATE entries SET body = replace(body, 'ate well', 'ate much'),
				body_hash = encode(sha256(convert_to(replace(body, 'ate well', 'ate much'), 'UTF8')), 'hex')
			WHERE device_id = $1 AND device_seq = 3`,
			[a.deviceId]
		);
		expect((await verifyChains(database)).brokenDevices).toEqual([
			expect.objectContaining({ deviceId: a.deviceId, deviceSeq: 4, problem: 'previous_wrong' })
		]);
	});

	test('names an entry that stands in no feed any more', async () => {
		const { database, a } = await twoHouses();
		await asIntruder(database, 'DELETE FROM feed WHERE institution_id = $1 AND position = 3', [a.institutionId]);
		expect((await verifyChains(database)).orphans).toHaveLength(1);
	});
});

describe('rebuild', () => {
	const dump = async (database: TestDatabase) => {
		const { rows } = await database.inScope({ kind: 'registry' }, (session) =>
			session.query<{ line: string }>('SELECT child_rows::text AS line FROM child_rows ORDER BY child_id')
		);
		return rows.map(({ line }) => line).join('\n');
	};

	test('makes the lists again, byte for byte', async () => {
		const { database } = await twoHouses();
		const before = await dump(database);
		expect(before).toContain('小明');
		// Twelve months end on Sunday 31 January and therefore on Monday.
		expect(before).toContain('2027-02-01');
		await database.inScope({ kind: 'registry' }, async (session) => {
			await session.query(`UPDATE child_rows SET name = 'wrong', houses = '{}', row = '{}' WHERE name = '小明'`);
			await session.query(`DELETE FROM child_rows WHERE name <> 'wrong'`);
			await session.query(
				`INSERT INTO child_rows (child_id, of_child, houses, row, submitted, notice, conflict_count, words) VALUES ($1, $1, '{}', '{}', false, 'none', 0, '')`,
				[newChild()]
			);
		});
		expect(await dump(database)).not.toBe(before);
		expect(await rebuild(database)).toEqual({ children: 2, entries: 9, removed: 1 });
		expect(await dump(database)).toBe(before);
	});

	test('hands every case file to whoever makes something else of it', async () => {
		const { database, mine, handed } = await twoHouses();
		const seen: string[] = [];
		await rebuild(database, async (_, { childId }) => void seen.push(childId));
		expect(seen.sort()).toEqual([mine, handed].sort());
	});
});
