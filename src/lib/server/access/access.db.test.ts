import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
	testTablet,
	newChild,
	newHouse,
	newItem,
	type TestTablet
} from '../../../../tests/contract/entry-log/tablet.ts';
import { enrolled } from '../../../../tests/contract/entry-log/enrolled.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import type { Purpose } from '#lib/domain/access/purpose.ts';
import type { Role } from '#lib/domain/disclosure/roles.ts';
import type { ChildId, InstitutionId, StaffId } from '#lib/domain/ids.ts';
import { addDays, addYears, civilDate, civilDateAt } from '#lib/domain/time.ts';
import { addPerson, removePerson } from '../accounts/people.ts';
import { readAudit } from '../audit/audit.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import type { Scope } from '../db/connection.ts';
import { PostgresEntryLog } from '../entry-log/postgres-entry-log.ts';
import { scopeOf } from '../notices/case-reading.ts';
import {
	childByNumber,
	giveGrant,
	granteeByLogin,
	grantsAbout,
	listGrants,
	renewStanding,
	revokeGrant,
	standingEnds
} from './grants.ts';
import { openFullFile, scopeToRead, type Opening } from './open-file.ts';
import { checkReading, countReadings, listReadings, spanOf, type ReadingFilter } from './readings.ts';
import { answerRequest, listRequests, oneRequest, recordRequest } from './requests.ts';

const whole: Scope = { kind: 'registry' };
// The day of the database's clock, by which standing grants begin.
const today = civilDateAt(Date.now(), 'Asia/Shanghai');
const nextMonth = addDays(today, 30);

/** A house with its people and one child, another house, and the registry with its own people. */
async function house() {
	const database = await testDatabase();
	const log = new PostgresEntryLog(database);
	const ours = testTablet(newHouse());
	const theirs = testTablet(newHouse());
	for (const tablet of [ours, theirs]) await enrolled(database, tablet);
	const registryId = newHouse();
	const police = newHouse();
	await database.inScope(whole, async (session) => {
		await session.query(
			`INSERT INTO institutions (id, name, kind) VALUES ($1, '登记处', 'registry'), ($2, '公安', 'police')`,
			[registryId, police]
		);
	});
	const person = async (role: Role, institutionId: InstitutionId, login?: string): Promise<SignedInUser> => {
		const id = randomUUID() as StaffId;
		const added = await database.inScope(whole, (session) =>
			addPerson(session, { id, institutionId, name: role, role, ...(login && { desk: { login, passwordHash: 'x' } }) })
		);
		if (!added.ok) throw new Error(added.error.type);
		return { id, name: role, role, institutionId, institutionName: '', institutionNameEn: '' };
	};
	const childOf = async (tablet: TestTablet, caseNumber: string): Promise<ChildId> => {
		const child = newChild();
		const entry = tablet.record('intake.recorded', child, {
			answers: { caseNumber: { state: 'known', value: caseNumber } }
		});
		await log.append(tablet, [entry], new Date().toISOString());
		return child;
	};
	let clock = Date.parse(`${today}T08:00:00+08:00`);
	return {
		database,
		log,
		ours,
		theirs,
		supervisor: await person('supervisor', ours.institutionId, 'chen'),
		administrator: await person('second_administrator', ours.institutionId, 'he'),
		theirSupervisor: await person('supervisor', theirs.institutionId, 'zhou'),
		theirAdministrator: await person('second_administrator', theirs.institutionId, 'wu'),
		officer: await person('registry_officer', registryId, 'lin'),
		otherOfficer: await person('registry_officer', registryId, 'xu'),
		liaison: await person('police_liaison', police, 'ma'),
		auditor: await person('auditor', registryId, 'gu'),
		child: await childOf(ours, 'YL-0001'),
		theirChild: await childOf(theirs, 'ND-0001'),
		childOf,
		person,
		pass: (minutes: number) => (clock += minutes * 60_000),
		async open(user: SignedInUser, childId: ChildId, opening: Partial<Opening> = {}) {
			const now = new Date(clock);
			const scope = await scopeToRead(database, user, childId, now);
			return database.inScope(scope, (session) =>
				openFullFile(session, user, childId, { what: 'full', ...opening }, now)
			);
		},
		readings: (scope: Scope = whole, filter: ReadingFilter = {}) =>
			database.inScope(scope, (session) => listReadings(session, filter, 100)),
		give(giver: SignedInUser, to: SignedInUser, childId: ChildId, purpose: Purpose = 'review') {
			return database.inScope(scopeOf(giver), (session) =>
				giveGrant(session, giver, { to, scope: { kind: 'child', childId }, purpose, until: nextMonth }, today)
			);
		}
	};
}

const reasonNeeded = (because: string) => ({ ok: false, error: { type: 'reason_needed', because } });

describe('a file at the desk', () => {
	test('is open to the supervisor of its house, by the standing grant of the account, and logged', async () => {
		const h = await house();
		expect(await h.open(h.supervisor, h.child)).toMatchObject({
			ok: true,
			value: { purpose: 'care', basis: { basis: 'grant' }, caseFile: { childId: h.child } }
		});
		expect(await h.readings()).toMatchObject([
			{
				staffId: h.supervisor.id,
				childId: h.child,
				place: 'desk',
				what: 'full',
				purpose: 'care',
				caseNumber: 'YL-0001'
			}
		]);
		const audit = await h.database.inScope(whole, (session) => readAudit(session, 100));
		expect(audit.filter(({ action }) => action === 'child.viewed')).toHaveLength(1);
	});

	test('stays open by duty when every grant is over: nobody in her own house meets a locked door', async () => {
		const h = await house();
		h.pass(400 * 24 * 60);
		expect(await h.open(h.supervisor, h.child)).toMatchObject({ ok: true, value: { basis: { basis: 'duty' } } });
	});

	test('is one reading within a quarter of an hour, another after it, another for another purpose', async () => {
		const h = await house();
		await h.open(h.supervisor, h.child);
		h.pass(14);
		await h.open(h.supervisor, h.child);
		expect(await h.readings()).toHaveLength(1);
		h.pass(2);
		await h.open(h.supervisor, h.child);
		await h.open(h.supervisor, h.child, { purpose: 'claim' });
		expect((await h.readings()).map(({ purpose }) => purpose)).toEqual(
			expect.arrayContaining(['care', 'care', 'claim'])
		);
	});

	test('printed or exported is logged each time', async () => {
		const h = await house();
		for (const what of ['print', 'print', 'export'] as const) await h.open(h.supervisor, h.child, { what });
		expect((await h.readings()).map(({ what }) => what).sort()).toEqual(['export', 'print', 'print']);
	});

	test('of another house is not there', async () => {
		const h = await house();
		expect(await h.open(h.supervisor, h.theirChild)).toEqual({ ok: false, error: { type: 'child_unknown' } });
		expect(await h.open(h.supervisor, newChild(), { reason: '想看一看' })).toMatchObject({ ok: false });
		expect(await h.readings()).toEqual([]);
	});

	test('opens to the registry, the police and the auditor with a reason, which is logged; without one it stays shut', async () => {
		const h = await house();
		for (const user of [h.officer, h.liaison, h.auditor]) {
			expect(await h.open(user, h.child)).toMatchObject(reasonNeeded('no_grant'));
			expect(await h.readings(whole, { staffId: user.id })).toEqual([]);
			expect(await h.open(user, h.child, { reason: '核对认领人说的胎记' })).toMatchObject({ ok: true });
			expect(await h.readings(whole, { staffId: user.id })).toMatchObject([
				{ basis: { basis: 'reason', reason: '核对认领人说的胎记' } }
			]);
		}
	});

	test('a reason holds for the day, for its purpose, its child and its person', async () => {
		const h = await house();
		await h.open(h.officer, h.child, { purpose: 'claim', reason: '核对认领人说的胎记' });
		h.pass(7 * 60);
		expect(await h.open(h.officer, h.child)).toMatchObject({ ok: true, value: { purpose: 'claim' } });
		expect(await h.open(h.officer, h.child, { purpose: 'audit' })).toMatchObject(reasonNeeded('no_grant'));
		expect(await h.open(h.officer, h.theirChild, { purpose: 'claim' })).toMatchObject(reasonNeeded('no_grant'));
		expect(await h.open(h.otherOfficer, h.child, { purpose: 'claim' })).toMatchObject(reasonNeeded('no_grant'));
		h.pass(9 * 60);
		// Midnight is past: a new day says it anew.
		expect(await h.open(h.officer, h.child, { purpose: 'claim' })).toMatchObject(reasonNeeded('no_grant'));
	});

	test('opens to a reviewer of another house whom the supervisor gave a grant, and to no other', async () => {
		const h = await house();
		expect(await h.open(h.theirAdministrator, h.child)).toEqual({ ok: false, error: { type: 'child_unknown' } });
		const given = await h.give(h.supervisor, h.theirAdministrator, h.child);
		expect(await h.open(h.theirAdministrator, h.child)).toMatchObject({
			ok: true,
			value: { purpose: 'review', basis: { basis: 'grant', grantId: given.ok && given.value } }
		});
		expect(await h.open(h.theirSupervisor, h.child)).toMatchObject({ ok: false });
		// Both houses see it: the reader's and the child's.
		for (const { institutionId } of [h.ours, h.theirs])
			expect(await h.readings({ kind: 'institution', institutionId })).toHaveLength(1);
	});

	test('the purpose of a grant is taken without asking, where it is the only one', async () => {
		const h = await house();
		await h.give(h.supervisor, h.officer, h.child, 'notice');
		expect(await h.open(h.officer, h.child)).toMatchObject({ ok: true, value: { purpose: 'notice' } });
		expect(await h.open(h.officer, h.child, { purpose: 'review' })).toMatchObject(reasonNeeded('other_purpose'));
	});

	test('a child that went to another house takes the log along; its old house has it in care no more', async () => {
		const h = await house();
		await h.open(h.supervisor, h.child);
		const sent = h.ours.record('handover.sent', h.child, {
			itemId: newItem(),
			handover: { to: h.theirs.institutionId }
		});
		await h.log.append(h.ours, [sent], new Date().toISOString());
		// On its way, both have to do with it.
		expect(await h.open(h.theirSupervisor, h.child)).toMatchObject({ ok: true });
		expect(await h.open(h.supervisor, h.child)).toMatchObject({ ok: true });
		const received = h.theirs.record('handover.received', h.child, {
			itemId: newItem(),
			handover: { from: h.ours.institutionId }
		});
		await h.log.append(h.theirs, [received], new Date().toISOString());
		h.pass(60);
		expect(await h.open(h.supervisor, h.child)).toMatchObject({ ok: false });
		const theirs = await h.readings({ kind: 'institution', institutionId: h.theirs.institutionId });
		expect(theirs.some(({ staffId }) => staffId === h.supervisor.id)).toBe(true);
	});
});

describe('the log of readings', () => {
	test('is seen by the house of the reader and of the child, by the registry, and by nobody else', async () => {
		const h = await house();
		await h.open(h.supervisor, h.child);
		await h.open(h.officer, h.child, { reason: '核对认领人说的胎记' });
		await h.open(h.theirSupervisor, h.theirChild);
		expect(await h.readings({ kind: 'institution', institutionId: h.ours.institutionId })).toHaveLength(2);
		expect(await h.readings({ kind: 'institution', institutionId: h.theirs.institutionId })).toHaveLength(1);
		expect(await h.readings(whole)).toHaveLength(3);
		expect(await h.readings({ kind: 'public' })).toEqual([]);
	});

	test('cannot be changed or shortened, by the program or by the owner', async () => {
		const h = await house();
		await h.open(h.supervisor, h.child);
		for (const table of ['access_readings', 'access_grants', 'access_revocations', 'file_requests']) {
			for (const sql of [`DELETE FROM ${table}`, `TRUNCATE ${table} CASCADE`]) {
				await expect(h.database.inScope(whole, (session) => session.query(sql))).rejects.toThrow(/permission denied/);
				if (table === 'access_readings')
					await expect(h.database.asOwner((owner) => owner.query(sql), { scope: whole })).rejects.toThrow(
						'append-only'
					);
			}
		}
		await expect(
			h.database.asOwner((owner) => owner.query(`UPDATE access_readings SET purpose = 'audit'`), { scope: whole })
		).rejects.toThrow('append-only');
	});

	test('a house cannot write a reading for another house', async () => {
		const h = await house();
		const scope: Scope = { kind: 'institution', institutionId: h.ours.institutionId };
		await expect(
			h.database.inScope(scope, (session) =>
				session.query(
					`INSERT INTO access_readings (id, institution_id, staff_id, child_id, at, received_at, place, what, purpose, basis)
					VALUES (gen_random_uuid(), $1, $2, $3, now(), now(), 'desk', 'full', 'care', 'duty')`,
					[h.theirs.institutionId, h.supervisor.id, h.child]
				)
			)
		).rejects.toThrow('row-level security');
	});

	test('shows the supervisor what no grant covered, until looked at; not what she read herself', async () => {
		const h = await house();
		await h.open(h.officer, h.child, { reason: '核对认领人说的胎记' });
		await h.open(h.supervisor, h.child);
		const scope = scopeOf(h.supervisor);
		const open = () => h.readings(scope, { unchecked: h.supervisor.institutionId, notBy: h.supervisor.id });
		const [line] = await open();
		expect(line).toMatchObject({ staffId: h.officer.id, name: undefined });
		if (!line) return;
		// Whoever read it does not check it.
		expect(await h.database.inScope(whole, (session) => checkReading(session, h.officer, line.id))).toBe(false);
		expect(await h.database.inScope(scope, (session) => checkReading(session, h.supervisor, line.id))).toBe(true);
		expect(await open()).toEqual([]);
		// The registry looks for itself.
		expect(await h.readings(whole, { unchecked: h.otherOfficer.institutionId })).toHaveLength(1);
	});

	test('is filtered by person, child and month, and counted by person and purpose', async () => {
		const h = await house();
		const second = await h.childOf(h.ours, 'YL-0002');
		await h.open(h.supervisor, h.child);
		await h.open(h.supervisor, second);
		await h.open(h.administrator, second);
		await h.open(h.officer, h.child, { reason: '核对认领人说的胎记' });
		expect(await h.readings(whole, { staffId: h.supervisor.id })).toHaveLength(2);
		expect(await h.readings(whole, { childId: second })).toHaveLength(2);
		const [year = 0, month = 0] = today.split('-').map(Number);
		expect(await h.readings(whole, { span: spanOf(year, month) })).toHaveLength(4);
		expect(await h.readings(whole, { span: spanOf(year - 1) })).toEqual([]);
		const counts = await h.database.inScope(whole, (session) => countReadings(session, { span: spanOf(year) }));
		expect(
			counts.map(({ staffId, purpose, readings, children, uncovered }) => ({
				staffId,
				purpose,
				readings,
				children,
				uncovered
			}))
		).toEqual(
			expect.arrayContaining([
				{ staffId: h.supervisor.id, purpose: 'care', readings: 2, children: 2, uncovered: 0 },
				{ staffId: h.administrator.id, purpose: 'review', readings: 1, children: 1, uncovered: 0 },
				{ staffId: h.officer.id, purpose: 'review', readings: 1, children: 1, uncovered: 1 }
			])
		);
	});

	test('is read page by page without a gap', async () => {
		const h = await house();
		for (let n = 0; n < 5; n++) {
			await h.open(h.supervisor, h.child);
			h.pass(20);
		}
		const all = await h.readings();
		expect(all).toHaveLength(5);
		const [, second] = all;
		if (!second) return;
		expect(await h.readings(whole, { before: second })).toEqual(all.slice(2));
	});

	test('a month and a year of China begin and end at midnight there', () => {
		expect(spanOf(2026, 12)).toEqual(['2026-12-01T00:00:00+08:00', '2027-01-01T00:00:00+08:00']);
		expect(spanOf(2026, 2)).toEqual(['2026-02-01T00:00:00+08:00', '2026-03-01T00:00:00+08:00']);
		expect(spanOf(2026)).toEqual(['2026-01-01T00:00:00+08:00', '2027-01-01T00:00:00+08:00']);
	});
});

describe('grants', () => {
	const grants = async (h: Awaited<ReturnType<typeof house>>, user: SignedInUser) =>
		(await h.database.inScope(scopeOf(user), (session) => listGrants(session, { since: today }, 100))).map(
			({ grant }) => grant
		);

	test('an account of a house comes with the standing grants of its role, for a year; one of the registry with none', async () => {
		const h = await house();
		const given = await grants(h, h.otherOfficer);
		const purposesOf = (user: SignedInUser) =>
			given.filter(({ staffId }) => staffId === user.id).map(({ purpose }) => purpose);
		expect(purposesOf(h.supervisor)).toEqual(['care']);
		expect(purposesOf(h.administrator).sort()).toEqual(['claim', 'notice', 'review']);
		expect([h.officer, h.liaison, h.auditor].flatMap(purposesOf)).toEqual([]);
		expect(given.every(({ until }) => until === addYears(today, 1))).toBe(true);
	});

	test('are seen by the house that gave them and the house that got them', async () => {
		const h = await house();
		await h.give(h.supervisor, h.theirAdministrator, h.child);
		const isIt = (list: Awaited<ReturnType<typeof grants>>) =>
			list.filter(({ scope }) => scope.kind === 'child').length;
		expect(isIt(await grants(h, h.supervisor))).toBe(1);
		expect(isIt(await grants(h, h.theirSupervisor))).toBe(1);
		await h.give(h.officer, h.auditor, h.theirChild, 'audit');
		// A grant of the registry about a child is seen by the house that has it.
		expect(isIt(await grants(h, h.theirSupervisor))).toBe(2);
		expect(isIt(await grants(h, h.supervisor))).toBe(1);
	});

	test.each<
		[
			string,
			'supervisor' | 'administrator' | 'officer',
			'theirAdministrator' | 'officer',
			'child' | 'theirChild',
			string
		]
	>([
		['of another house’s child', 'supervisor', 'theirAdministrator', 'theirChild', 'child_not_yours'],
		['by an administrator', 'administrator', 'theirAdministrator', 'child', 'not_yours_to_grant'],
		['to oneself', 'officer', 'officer', 'child', 'to_yourself']
	])('one %s is refused', async (_, giver, to, child, type) => {
		const h = await house();
		expect(await h.give(h[giver], h[to], h[child])).toEqual({ ok: false, error: { type } });
	});

	test('the database itself refuses a house a grant about another house’s child', async () => {
		const h = await house();
		const insert = (scope: string, childId: string | null, houseId: string | null) =>
			h.database.inScope(scopeOf(h.supervisor), (session) =>
				session.query(
					`INSERT INTO access_grants (id, institution_id, staff_id, staff_institution_id, scope, child_id, house_id,
						purpose, from_day, until_day) VALUES (gen_random_uuid(), $1, $2, $1, $3, $4, $5, 'care', $6, $6)`,
					[h.supervisor.institutionId, h.supervisor.id, scope, childId, houseId, today]
				)
			);
		await expect(insert('child', h.theirChild, null)).rejects.toThrow('row-level security');
		await expect(insert('house', null, h.theirs.institutionId)).rejects.toThrow('row-level security');
		await expect(insert('every_house', null, null)).rejects.toThrow('row-level security');
		await expect(insert('child', h.child, null)).resolves.toBeDefined();
	});

	test('revoked, one covers nothing from today; a second revocation finds none', async () => {
		const h = await house();
		const given = await h.give(h.supervisor, h.officer, h.child);
		if (!given.ok) throw new Error(given.error.type);
		expect(await h.open(h.officer, h.child)).toMatchObject({ ok: true });
		const revoke = (by: SignedInUser) =>
			h.database.inScope(scopeOf(by), (session) => revokeGrant(session, by, given.value, today));
		expect(await revoke(h.administrator)).toBe(false);
		expect(await revoke(h.theirSupervisor)).toBe(false);
		expect(await revoke(h.supervisor)).toBe(true);
		expect(await revoke(h.supervisor)).toBe(false);
		expect(await h.open(h.officer, h.child)).toMatchObject(reasonNeeded('revoked'));
		const [grant] = await h.database.inScope(whole, (session) => grantsAbout(session, [h.officer.id], [h.child]));
		expect(grant).toMatchObject({ revokedOn: today });
	});

	test('a house cannot revoke what only its own people were given by another', async () => {
		const h = await house();
		const given = await h.give(h.supervisor, h.theirAdministrator, h.child);
		if (!given.ok) throw new Error(given.error.type);
		expect(
			await h.database.inScope(scopeOf(h.theirSupervisor), (session) =>
				revokeGrant(session, h.theirSupervisor, given.value, today)
			)
		).toBe(false);
		expect(await h.open(h.theirAdministrator, h.child)).toMatchObject({ ok: true });
	});

	test('standing ones are renewed for all whose end is near, by their supervisor, and by no other', async () => {
		const h = await house();
		const later = addDays(today, 340);
		const near = addDays(later, 60);
		const renew = (by: SignedInUser, day = later) =>
			h.database.inScope(scopeOf(by), (session) =>
				renewStanding(session, by, h.ours.institutionId, addDays(day, 60), day)
			);
		const ends = await h.database.inScope(scopeOf(h.supervisor), (session) =>
			standingEnds(session, h.ours.institutionId, near)
		);
		// The tablet's care worker was enrolled before grants were: she never had one.
		expect(ends.map(({ purpose, until }) => [purpose, until])).toEqual([
			['care', undefined],
			['claim', addYears(today, 1)],
			['notice', addYears(today, 1)],
			['review', addYears(today, 1)],
			['care', addYears(today, 1)]
		]);
		expect(await renew(h.theirSupervisor)).toBeUndefined();
		expect(await renew(h.administrator)).toBeUndefined();
		expect(await renew(h.supervisor, today)).toBe(1);
		expect(await renew(h.supervisor)).toBe(5);
		expect(await renew(h.supervisor)).toBe(0);
	});

	test('of a closed account stand in no list', async () => {
		const h = await house();
		await h.database.inScope(whole, (session) => removePerson(session, h.administrator.id, new Date()));
		expect((await grants(h, h.supervisor)).some(({ staffId }) => staffId === h.administrator.id)).toBe(false);
	});

	test('people of other houses are found by the name they sign in with, children by their number', async () => {
		const h = await house();
		expect(await granteeByLogin(h.database, ' LIN ')).toMatchObject({ id: h.officer.id, role: 'registry_officer' });
		expect(await granteeByLogin(h.database, 'nobody')).toBeUndefined();
		const byNumber = (scope: Scope, number: string) =>
			h.database.inScope(scope, (session) => childByNumber(session, number));
		expect(await byNumber(scopeOf(h.supervisor), ' YL-0001 ')).toEqual({ type: 'found', childId: h.child });
		expect(await byNumber(scopeOf(h.supervisor), 'ND-0001')).toEqual({ type: 'case_number_unknown' });
		await h.childOf(h.theirs, 'YL-0001');
		expect(await byNumber(whole, 'YL-0001')).toEqual({ type: 'case_number_twice' });
	});
});

describe('a request about a file', () => {
	const asked = (childId: ChildId) => ({
		childId,
		kind: 'own_file' as const,
		requester: 'child' as const,
		requesterName: '小满',
		words: '我想知道我是从哪里来的。',
		receivedOn: civilDate('2026-11-20')
	});

	test('is due in the days the house answers in, and answered once', async () => {
		const h = await house();
		const scope = scopeOf(h.supervisor);
		const { id, dueOn } = await h.database.inScope(scope, (session) =>
			recordRequest(session, h.administrator, asked(h.child), 15)
		);
		expect(dueOn).toBe('2026-12-05');
		const answer = (by: SignedInUser, decision: 'granted' | 'refused', reasons: string) =>
			h.database.inScope(scopeOf(by), (session) => answerRequest(session, by, id, { decision, reasons }, today));
		expect(await answer(h.administrator, 'granted', '')).toMatchObject({ error: { type: 'not_yours_to_decide' } });
		expect(await answer(h.theirSupervisor, 'granted', '')).toMatchObject({ error: { type: 'request_unknown' } });
		expect(await answer(h.supervisor, 'refused', '不行')).toMatchObject({ error: { type: 'reasons_missing' } });
		expect(await answer(h.supervisor, 'granted', '')).toEqual({ ok: true, value: undefined });
		expect(await answer(h.officer, 'refused', '已经超过了答复的期限')).toMatchObject({
			error: { type: 'already_decided' }
		});
		expect(await h.database.inScope(scope, (session) => oneRequest(session, id))).toMatchObject({
			caseNumber: 'YL-0001',
			words: '我想知道我是从哪里来的。',
			answer: { decision: 'granted', on: today, by: 'supervisor' }
		});
	});

	test('recorded at the registry is answered by the house that has the child', async () => {
		const h = await house();
		await h.database.inScope(whole, (session) => recordRequest(session, h.officer, asked(h.child), 15));
		expect(await h.database.inScope(scopeOf(h.supervisor), (session) => listRequests(session, 10))).toHaveLength(1);
		expect(await h.database.inScope(scopeOf(h.theirSupervisor), (session) => listRequests(session, 10))).toEqual([]);
	});

	test('those to be answered stand first, by the day they are due', async () => {
		const h = await house();
		const scope = scopeOf(h.supervisor);
		const record = (receivedOn: string) =>
			h.database.inScope(scope, (session) =>
				recordRequest(session, h.supervisor, { ...asked(h.child), receivedOn: civilDate(receivedOn) }, 15)
			);
		const [a, b, c] = [await record('2026-11-01'), await record('2026-11-20'), await record('2026-11-10')];
		await h.database.inScope(scope, (session) =>
			answerRequest(session, h.supervisor, a.id, { decision: 'granted', reasons: '' }, today)
		);
		const listed = await h.database.inScope(scope, (session) => listRequests(session, 10, h.child));
		expect(listed.map(({ id }) => id)).toEqual([c.id, b.id, a.id]);
	});

	test('and its answer tell the audit log ids and codes, and no word', async () => {
		const h = await house();
		const scope = scopeOf(h.supervisor);
		await h.database.inScope(scope, (session) => recordRequest(session, h.supervisor, asked(h.child), 15));
		const audit = await h.database.inScope(scope, (session) => readAudit(session, 10));
		expect(JSON.stringify(audit)).not.toMatch(/小满|哪里来/);
	});
});
