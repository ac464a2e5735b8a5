import { randomUUID } from 'node:crypto';
import { expect, inject, onTestFinished, test } from 'vitest';
import { emptyCopy } from '../../../../tests/support/database.ts';
import { ownerClient } from '../db/connection.ts';
import { migrate, readMigrations } from '../db/migrate.ts';

test('whoever had an account before there were grants goes on working: a year of standing grants, closed accounts none', async () => {
	const { url, drop } = await emptyCopy();
	onTestFinished(drop);
	const { programPassword } = inject('testPostgres');
	const all = await readMigrations();
	await migrate(
		url,
		programPassword,
		all.filter(({ number }) => number < 9)
	);
	const owner = await ownerClient(url);
	onTestFinished(() => owner.end());
	await owner.query(`SELECT set_config('lampkeep.scope', 'registry', false)`);
	const house = randomUUID();
	await owner.query(`INSERT INTO institutions (id, name, kind) VALUES ($1, 'House', 'welfare_institution')`, [house]);
	for (const [name, role, closed] of [
		['a', 'care_worker', null],
		['b', 'supervisor', null],
		['c', 'second_administrator', null],
		['d', 'registry_officer', null],
		['e', 'auditor', null],
		['f', 'care_worker', '2026-01-01T00:00:00Z']
	] as const) {
		await owner.query(
			'INSERT INTO users (id, institution_id, name, role, disabled_at) VALUES (gen_random_uuid(), $1, $2, $3, $4)',
			[house, name, role, closed]
		);
	}
	await migrate(url, programPassword, all);
	const { rows } = await owner.query(
		`SELECT users.name, access_grants.purpose, access_grants.scope, access_grants.house_id IS NOT NULL AS "ofHouse",
			until_day = (from_day + interval '1 year')::date AS "aYear"
		FROM access_grants JOIN users ON users.id = access_grants.staff_id ORDER BY users.name, access_grants.purpose`
	);
	const granted = (name: string, purpose: string, scope = 'house') => ({
		name,
		purpose,
		scope,
		ofHouse: scope === 'house',
		aYear: true
	});
	expect(rows).toEqual([
		granted('a', 'care'),
		granted('b', 'care'),
		...['claim', 'notice', 'review'].map((purpose) => granted('c', purpose)),
		...['claim', 'notice', 'review'].map((purpose) => granted('d', purpose, 'every_house'))
	]);
});
