import { describe, expect, test } from 'vitest';
import policiesFile from '#lib/domain/hold/data/policies.json' with { type: 'json' };
import type { InstitutionId } from '#lib/domain/ids.ts';
import { civilDate } from '#lib/domain/time.ts';
import { testDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { holdChildId, storeHoldChildren, type HoldChild } from '../../../../tests/support/hold-children.ts';
import { houseId, person } from '../../../../tests/support/notice-story.ts';
import { addInstitution } from '../accounts/institutions.ts';
import { addPerson } from '../accounts/people.ts';
import { readRoster } from '../accounts/roster.ts';
import { readAudit } from '../audit/audit.ts';
import type { Session } from '../db/connection.ts';
import { rowRules } from '../read-models/child-rows.ts';
import { rebuild } from '../read-models/rebuild.ts';
import { checkText, fileBytesMaximum, type CheckedFile } from './check.ts';
import { activateFile, affectedBy, listFiles, loadFile, proposeFile, provisionalHolds, withdrawFile } from './files.ts';
import { previewRules } from './preview.ts';
import { refreshHolds } from './refresh.ts';
import type { FileKind } from './kinds.ts';
import { rulesInForce } from './rules-in-force.ts';

const registry = { kind: 'registry' } as const;
const registryHouse = '00000000-0000-7000-8000-00000000a009' as InstitutionId;
const shanghai = '00000000-0000-7000-8000-00000000a002' as InstitutionId;
const today = () => civilDate('2026-11-22');
const officer = { id: person('f'), institutionId: registryHouse };
const secondOfficer = { id: person('g'), institutionId: registryHouse };

/** Holidays of 2027 as this test has them: 清明 on Monday 5 April is a rest day, Sunday 11 April is worked. */
const year2027 = {
	calendar: 'CN',
	source: 'a test',
	years: { 2027: { rest: '01-01 04-03 04-04 04-05 05-01 10-01 10-02 10-03', work: '04-11' } }
};

async function registryWith(children: readonly Omit<HoldChild, 'house'>[], more: readonly HoldChild[] = []) {
	const database = await testDatabase();
	await database.inScope(registry, async (session) => {
		for (const [id, kind, regionCode] of [
			[houseId, 'welfare_institution', '530600'],
			[shanghai, 'welfare_institution', '310104'],
			[registryHouse, 'registry', null]
		] as const) {
			await addInstitution(session, { id, name: kind, nameEn: '', kind, uscc: null, phone: null, regionCode });
		}
		await addPerson(session, { id: person('a'), institutionId: houseId, name: 'a', role: 'supervisor' });
		for (const { id } of [officer, secondOfficer]) {
			await addPerson(session, { id, institutionId: registryHouse, name: id.slice(-2), role: 'registry_officer' });
		}
		await storeHoldChildren(session, [...children.map((child) => ({ ...child, house: houseId })), ...more]);
	});
	return database;
}

async function checked(
	database: TestDatabase,
	kind: FileKind,
	file: unknown,
	options = { allowGaps: false }
): Promise<CheckedFile> {
	const { rules } = await database.inScope(registry, rulesInForce);
	const result = checkText(kind, JSON.stringify(file), rules, options);
	if (!result.ok) throw new Error(JSON.stringify(result.error));
	return result.value;
}

async function load(database: TestDatabase, kind: FileKind, file: unknown) {
	const loaded = await loadFile(database, officer, await checked(database, kind, file), { allowGaps: false }, today);
	if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
	return loaded.value;
}

async function preview(database: TestDatabase, file: CheckedFile, limit = 100) {
	return database.inScope(registry, async (session) =>
		previewRules(session, (await rulesInForce(session)).rules, file.rules, today(), limit)
	);
}

function rowOf(database: TestDatabase, n: number) {
	return database.inScope(registry, async (session) => {
		const { rows } = await session.query<{ lastDay: string; provisional: boolean; policyId: string; rules: string }>(
			`SELECT child_rows.hold_last_day AS "lastDay", (child_rows.row ->> 'holdProvisional')::boolean AS provisional,
				hold_facts.policy_id AS "policyId", hold_facts.rules
			FROM child_rows JOIN hold_facts ON hold_facts.child_id = child_rows.child_id WHERE child_rows.child_id = $1`,
			[holdChildId(n)]
		);
		return rows[0];
	});
}

async function version(database: TestDatabase): Promise<string> {
	return (await database.inScope(registry, rulesInForce)).version;
}

function shorterHold(months: number, extra: object = {}) {
	const base = policiesFile.policies.find(({ id }) => id === 'CN-2015-159');
	const clocks = base?.clocks.map((clock) => (clock.id === 'hold' ? { ...clock, amount: months } : clock));
	return { schema: 'lampkeep-policies/1', policies: [{ ...base, clocks, ...extra }] };
}

describe('a table of holidays that is published', () => {
	test('moves the last day that waited for it, and only the children it moves are listed', async () => {
		const database = await registryWith([
			{ n: 1, handover: '2026-04-03' },
			{ n: 2, handover: '2026-03-02' },
			{ n: 3, handover: '2025-03-03' }
		]);
		expect(await rowOf(database, 1)).toMatchObject({ lastDay: '2027-04-05', provisional: true });
		expect(await database.inScope(registry, (session) => provisionalHolds(session, 10))).toEqual({
			children: [
				{ childId: holdChildId(2), caseNumber: '2026-0002', houseId, lastDay: '2027-03-02' },
				{ childId: holdChildId(1), caseNumber: '2026-0001', houseId, lastDay: '2027-04-05' }
			],
			total: 2
		});

		const file = await checked(database, 'rest_days', year2027);
		const tried = await preview(database, file);
		expect(tried).toMatchObject({ children: 3, affected: 2 });
		expect(tried.changes[0]).toEqual({
			childId: holdChildId(1),
			caseNumber: '2026-0001',
			houseId,
			before: { policyId: 'CN-2015-159', status: 'running', lastDay: '2027-04-05', provisional: true },
			after: { policyId: 'CN-2015-159', status: 'running', lastDay: '2027-04-06', provisional: false },
			clocks: [
				{
					clock: 'hold',
					before: { lastDay: '2027-04-05', provisional: true, status: 'running' },
					after: { lastDay: '2027-04-06', provisional: false, status: 'running' }
				}
			],
			conditions: []
		});
		// Trying changes nothing.
		expect(await rowOf(database, 1)).toMatchObject({ lastDay: '2027-04-05', provisional: true });

		const loaded = await load(database, 'rest_days', year2027);
		expect(loaded).toMatchObject({ children: 3, affected: 2 });
		expect(await rowOf(database, 1)).toMatchObject({ lastDay: '2027-04-06', provisional: false });
		const told = await database.inScope(registry, (session) =>
			session.query(
				`SELECT DISTINCT child_id FROM inbox_items WHERE code = 'provisional_dates_changed' ORDER BY child_id`
			)
		);
		expect(told.rows.map((row) => row['child_id'])).toEqual([holdChildId(1), holdChildId(2)]);
		expect(await rowOf(database, 2)).toMatchObject({ lastDay: '2027-03-02', provisional: false });
		expect((await database.inScope(registry, (session) => provisionalHolds(session, 10))).total).toBe(0);

		const [active] = await database.inScope(registry, (session) => listFiles(session));
		expect(active).toMatchObject({ kind: 'rest_days', active: true, loadedByName: officer.id.slice(-2) });
		const affected = await database.inScope(registry, (session) => affectedBy(session, active?.activation ?? 0, 10));
		expect(affected.total).toBe(2);
		expect(affected.changes.map(({ childId }) => childId).sort()).toEqual([holdChildId(1), holdChildId(2)]);
		expect(affected.changes.find(({ childId }) => childId === holdChildId(1))).toMatchObject({
			before: { lastDay: '2027-04-05', provisional: true, status: 'running' },
			after: { lastDay: '2027-04-06', provisional: false, status: 'running' }
		});
	});

	test('counts for every child recorded after it, and withdrawn it counts for none', async () => {
		const database = await registryWith([{ n: 1, handover: '2026-04-03' }]);
		const { id } = await load(database, 'rest_days', year2027);
		await database.inScope(registry, (session) =>
			storeHoldChildren(session, [{ n: 2, handover: '2026-04-03', house: houseId }])
		);
		expect(await rowOf(database, 2)).toMatchObject({ lastDay: '2027-04-06', provisional: false });
		expect(await withdrawFile(database, officer, id, today)).toMatchObject({ ok: true, value: { affected: 2 } });
		for (const n of [1, 2])
			expect(await rowOf(database, n)).toMatchObject({ lastDay: '2027-04-05', provisional: true });
		expect(await withdrawFile(database, officer, id, today)).toMatchObject({ error: { type: 'already_so' } });
	});

	test('with a gap is refused with the years it lacks, and nothing is stored', async () => {
		const database = await registryWith([]);
		const gap = { ...year2027, years: { 2029: { ...year2027.years[2027], work: '' } } };
		const { rules } = await database.inScope(registry, rulesInForce);
		expect(checkText('rest_days', JSON.stringify(gap), rules)).toMatchObject({
			ok: false,
			error: { faults: [{ type: 'years_missing', years: [2027, 2028] }] }
		});
		const allowed = await checked(database, 'rest_days', gap, { allowGaps: true });
		// The gap is looked for again in the transaction that puts the file in force.
		expect(await loadFile(database, officer, allowed, { allowGaps: false }, today)).toMatchObject({
			error: { type: 'file_refused', faults: [{ type: 'years_missing' }] }
		});
		expect(await database.inScope(registry, (session) => listFiles(session))).toEqual([]);
		expect((await loadFile(database, officer, allowed, { allowGaps: true }, today)).ok).toBe(true);
	});

	test('that is no JSON or far too large is refused with a reason', async () => {
		const { rules } = await (await registryWith([])).inScope(registry, rulesInForce);
		expect(checkText('rest_days', '{"calendar":', rules)).toMatchObject({ error: { faults: [{ type: 'not_json' }] } });
		expect(checkText('policies', ' '.repeat(fileBytesMaximum + 1), rules)).toMatchObject({
			error: { faults: [{ type: 'too_large' }] }
		});
	});
});

describe('a policy file', () => {
	test('changes the holds of all it applies to, however many batches they fill, and of nobody else', async () => {
		const children = Array.from({ length: 450 }, (_, i) => ({ n: i + 1, handover: '2025-03-03' }));
		const database = await registryWith([...children, { n: 451, handover: '2025-03-03', basis: '05' }]);
		const file = await checked(database, 'policies', shorterHold(18));
		const tried = await preview(database, file, 10);
		expect(tried).toMatchObject({ children: 451, affected: 450 });
		expect(tried.changes).toHaveLength(10);
		const loaded = await load(database, 'policies', shorterHold(18));
		expect(loaded).toMatchObject({ children: 451, affected: 450 });
		expect(await rowOf(database, 450)).toMatchObject({ lastDay: '2026-09-03' });
		expect(await rowOf(database, 451)).toMatchObject({ lastDay: null, policyId: 'CN-FOUNDLING-2023' });
		expect(await refreshHolds(database, today)).toEqual({ children: 0, affected: 0 });
	});

	test('of a province reaches the children of its houses alone, from its first day on', async () => {
		const database = await registryWith(
			[{ n: 1, handover: '2026-03-02' }],
			[
				{ n: 2, handover: '2026-03-02', house: shanghai },
				{ n: 3, handover: '2024-03-04', house: shanghai }
			]
		);
		expect((await rowOf(database, 1))?.policyId).toBe('CN-2015-159');
		expect((await rowOf(database, 2))?.policyId).toBe('CN-SH-2025');
		expect((await rowOf(database, 3))?.policyId).toBe('CN-2015-159');
		const overlay = policiesFile.policies.find(({ id }) => id === 'CN-SH-2025');
		const yunnan = { ...overlay, id: 'CN-YN-2026', jurisdiction: 'CN-53', effectiveFrom: '2026-01-01' };
		const file = { schema: 'lampkeep-policies/1', policies: [yunnan] };
		const tried = await preview(database, await checked(database, 'policies', file));
		expect(tried.changes).toHaveLength(1);
		expect(tried.changes[0]).toMatchObject({
			childId: holdChildId(1),
			before: { policyId: 'CN-2015-159', lastDay: '2027-03-02' },
			after: { policyId: 'CN-YN-2026', lastDay: '2027-03-02' }
		});
		await load(database, 'policies', file);
		expect((await rowOf(database, 1))?.policyId).toBe('CN-YN-2026');
	});

	test('lies over one loaded before, and the rules before come back when it is withdrawn', async () => {
		const database = await registryWith([{ n: 1, handover: '2025-03-03' }]);
		const own = await version(database);
		await load(database, 'policies', shorterHold(18));
		const eighteen = await version(database);
		const { id } = await load(database, 'policies', shorterHold(24));
		expect(await rowOf(database, 1)).toMatchObject({ lastDay: '2027-03-03' });
		expect(new Set([own, eighteen, await version(database)]).size).toBe(3);
		await withdrawFile(database, officer, id, today);
		expect(await rowOf(database, 1)).toMatchObject({ lastDay: '2026-09-03', rules: eighteen });
	});
});

describe('two persons at two desks', () => {
	test('put a file in force: the second saw what changes, and the first cannot be the second', async () => {
		const database = await registryWith([{ n: 1, handover: '2026-04-03' }]);
		const file = await checked(database, 'rest_days', year2027);
		const id = await database.inScope(registry, (session) => proposeFile(session, officer, file));
		expect(await rowOf(database, 1)).toMatchObject({ lastDay: '2027-04-05', provisional: true });
		const seenVersion = await version(database);
		const desk = { road: 'desk', seenVersion } as const;
		expect(await activateFile(database, officer, id, desk, today)).toEqual({
			ok: false,
			error: { type: 'own_proposal' }
		});
		await load(database, 'policies', shorterHold(18));
		expect(await activateFile(database, secondOfficer, id, desk, today)).toEqual({
			ok: false,
			error: { type: 'rules_changed' }
		});
		const now = { road: 'desk', seenVersion: await version(database) } as const;
		expect(await activateFile(database, secondOfficer, id, now, today)).toMatchObject({ ok: true });
		expect(await activateFile(database, secondOfficer, id, now, today)).toMatchObject({
			error: { type: 'already_so' }
		});
		const audit = await database.inScope(registry, (session) => readAudit(session, 10));
		expect(audit.slice(0, 4).map(({ action }) => action)).toEqual([
			'rules.activated',
			'rules.activated',
			'rules.proposed',
			'rules.proposed'
		]);
		expect(JSON.stringify(audit)).not.toContain('2026-0001');
	});

	test('are two also for the database: one person alone is refused whatever the program does', async () => {
		const database = await registryWith([]);
		const file = await checked(database, 'rest_days', year2027);
		const id = await database.inScope(registry, (session) => proposeFile(session, officer, file));
		const alone = database.inScope(registry, (session) =>
			session.query(
				`INSERT INTO policy_activations (file_id, active, decided_by, road) VALUES ($1, true, $2, 'desk')`,
				[id, officer.id]
			)
		);
		await expect(alone).rejects.toThrow(/does not activate it/);
	});
});

describe('rows made under other rules', () => {
	test('are found and brought up to date by whoever comes next, after a start that was cut off', async () => {
		const database = await registryWith([
			{ n: 1, handover: '2026-04-03' },
			{ n: 2, handover: '2026-03-02' }
		]);
		const own = await version(database);
		await load(database, 'rest_days', year2027);
		// As if the server had been stopped between the decision and the rows.
		await database.inScope(registry, (session) => session.query('UPDATE hold_facts SET rules = $1', [own]));
		const both = await Promise.all([refreshHolds(database, today), refreshHolds(database, today)]);
		expect(both.reduce((sum, { children }) => sum + children, 0)).toBe(2);
		expect(await refreshHolds(database, today)).toEqual({ children: 0, affected: 0 });
	});

	test('of an older program, with no facts beside them, are previewed and refreshed from the log', async () => {
		const database = await registryWith([{ n: 1, handover: '2026-04-03' }]);
		await database.inScope(registry, (session) => session.query('DELETE FROM hold_facts'));
		const file = await checked(database, 'rest_days', year2027);
		expect(await preview(database, file)).toMatchObject({ children: 1, affected: 1 });
		expect(await refreshHolds(database, today)).toEqual({ children: 1, affected: 0 });
		expect(await rowOf(database, 1)).toMatchObject({ policyId: 'CN-2015-159' });
		await database.inScope(registry, (session) =>
			session.query('UPDATE hold_facts SET shape = 0, rules = $1', ['old'])
		);
		await load(database, 'rest_days', year2027);
		expect(await rowOf(database, 1)).toMatchObject({ lastDay: '2027-04-06', provisional: false });
		const { changes } = await database.inScope(registry, (session) => affectedBy(session, undefined, 10));
		expect(changes).toMatchObject([{ before: { lastDay: '2027-04-05', provisional: true } }]);
	});

	test('are the same after a rebuild, byte for byte', async () => {
		const database = await registryWith([
			{ n: 1, handover: '2026-04-03' },
			{ n: 2, handover: '2026-03-02', basis: '05' }
		]);
		await load(database, 'rest_days', year2027);
		const all = () =>
			database.inScope(registry, async (session) => [
				...(await session.query('SELECT row::text, hold_last_day FROM child_rows ORDER BY child_id')).rows,
				...(await session.query('SELECT facts::text, ground::text, rules, policy_id FROM hold_facts ORDER BY child_id'))
					.rows
			]);
		const before = await all();
		await database.inScope(registry, (session) => session.query('DELETE FROM hold_facts'));
		await rebuild(database);
		expect(await all()).toEqual(before);
	});
});

describe('who sees the rules', () => {
	test('a house reckons by them, sees its own children of a change, and writes none', async () => {
		const database = await registryWith(
			[{ n: 1, handover: '2026-04-03' }],
			[{ n: 2, handover: '2026-04-03', house: shanghai }]
		);
		await load(database, 'rest_days', year2027);
		const house = { kind: 'institution', institutionId: shanghai } as const;
		await database.inScope(house, async (session) => {
			const { rules } = await rowRules(session);
			expect(rules.chinaRestDays.years.at(-1)).toBe(2027);
			const { changes } = await affectedBy(session, undefined, 10);
			expect(changes.map(({ childId }) => childId)).toEqual([holdChildId(2)]);
			const { rows } = await session.query('SELECT child_id FROM hold_facts');
			expect(rows).toHaveLength(1);
		});
		const write = (work: (session: Session) => Promise<unknown>) => database.inScope(house, work);
		await expect(
			write((session) =>
				session.query(
					`INSERT INTO policy_activations (file_id, active, decided_by, road) SELECT id, false, loaded_by, 'operator' FROM policy_files`
				)
			)
		).rejects.toThrow(/row-level security/);
		await expect(write((session) => session.query('DELETE FROM policy_files'))).rejects.toThrow(/permission denied/);
		const nobody = await database.inScope({ kind: 'public' }, (session) =>
			session.query('SELECT id FROM policy_files')
		);
		expect(nobody.rows).toEqual([]);
	});

	test('its tablets have what was loaded with the roster, and nothing while nothing was', async () => {
		const database = await registryWith([]);
		const roster = () =>
			database.inScope({ kind: 'institution', institutionId: houseId }, (session) => readRoster(session, houseId));
		const before = await roster();
		expect(before).not.toHaveProperty('rules');
		expect(before?.institutions.find(({ id }) => id === shanghai)?.region).toBe('310104');
		await load(database, 'rest_days', year2027);
		const after = await roster();
		expect(after?.version).toBeGreaterThan(before?.version ?? 0);
		expect(after?.rules?.restDays).toMatchObject({ years: { 2027: year2027.years[2027] } });
		expect(after?.rules).not.toHaveProperty('policies');
		await load(database, 'policies', shorterHold(18));
		expect((await roster())?.rules).toMatchObject({ policies: { policies: [{ id: 'CN-2015-159' }] } });
	});
});
