import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Role } from '#lib/domain/disclosure/roles.ts';
import type { ChildId, ClaimId, InstitutionId, StaffId } from '#lib/domain/ids.ts';
import { civilDate } from '#lib/domain/time.ts';
import { testDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { addInstitution } from '../accounts/institutions.ts';
import { addPerson } from '../accounts/people.ts';
import { sqlState, type Scope } from '../db/connection.ts';
import { scopeOf } from '../notices/case-reading.ts';
import { closeItems, countInbox, listInbox, markDone, markRead, notify, type Reader } from './inbox.ts';

const registry: Scope = { kind: 'registry' };
const hillside = '00000000-0000-7000-8000-00000000a001' as InstitutionId;
const harbour = '00000000-0000-7000-8000-00000000a002' as InstitutionId;
const office = '00000000-0000-7000-8000-00000000a009' as InstitutionId;

function reader(letter: string, role: Role, institutionId: InstitutionId): Reader {
	return { id: `00000000-0000-7000-8000-0000000000${letter.repeat(2)}` as StaffId, role, institutionId };
}
const supervisor = reader('a', 'supervisor', hillside);
const second = reader('b', 'second_administrator', hillside);
const elsewhere = reader('c', 'supervisor', harbour);
const officer = reader('d', 'registry_officer', office);
const auditor = reader('e', 'auditor', office);
const everybody = [supervisor, second, elsewhere, officer, auditor];

const child = () => randomUUID() as ChildId;
const claim = () => randomUUID() as ClaimId;

async function houses(): Promise<TestDatabase> {
	const database = await testDatabase();
	await database.inScope(registry, async (session) => {
		for (const [id, kind] of [
			[hillside, 'welfare_institution'],
			[harbour, 'welfare_institution'],
			[office, 'registry']
		] as const) {
			await addInstitution(session, { id, name: kind, nameEn: '', kind, uscc: null, phone: null, regionCode: null });
		}
		for (const { id, role, institutionId } of everybody) {
			await addPerson(session, { id, institutionId, name: role, role });
		}
	});
	return database;
}

const codesOf = async (database: TestDatabase, who: Reader) =>
	(await database.inScope(scopeOf(who), (session) => listInbox(session, who, 100))).items.map(({ code }) => code);

describe('telling people', () => {
	test('a role of a house, everybody of a house, people who see every house, one person: each sees what is theirs', async () => {
		const database = await houses();
		await database.inScope(registry, async (session) => {
			const refs = { childId: child() };
			await notify(session, { to: { institutionId: hillside, role: 'supervisor' }, code: 'claim_to_screen', refs });
			await notify(session, { to: { institutionId: hillside }, code: 'document_due', refs });
			await notify(session, { to: { role: ['registry_officer'] }, code: 'review_to_sign', refs });
			await notify(session, { to: { userId: second.id }, code: 'access_granted', refs });
		});
		expect((await codesOf(database, supervisor)).sort()).toEqual(['claim_to_screen', 'document_due']);
		expect((await codesOf(database, second)).sort()).toEqual(['access_granted', 'document_due']);
		expect(await codesOf(database, elsewhere)).toEqual([]);
		expect(await codesOf(database, officer)).toEqual(['review_to_sign']);
		expect(await codesOf(database, auditor)).toEqual([]);
	});

	test.each([registry, { kind: 'public' }, { kind: 'institution', institutionId: harbour }] as readonly Scope[])(
		'works in the transaction of whoever causes it, also where that one reads no inbox (scope $kind)',
		async (scope) => {
			const database = await houses();
			const refs = { claimId: claim() };
			const to = { institutionId: hillside, role: 'supervisor' } as const;
			await database.inScope(scope, async (session) => {
				await notify(session, { to, code: 'police_finding_needed', refs });
				// The transaction goes on in its own scope.
				const { rows } = await session.query(
					'SELECT lampkeep_scope() AS scope, (SELECT count(*) FROM inbox_items) AS seen'
				);
				expect(rows).toEqual([{ scope: scope.kind, seen: scope.kind === 'registry' ? 1 : 0 }]);
			});
			expect(await codesOf(database, supervisor)).toEqual(['police_finding_needed']);
			const undecided = database.inScope(scope, async (session) => {
				await closeItems(session, { code: 'police_finding_needed', refs });
				throw new Error('not decided');
			});
			await expect(undecided).rejects.toThrow('not decided');
			expect(await codesOf(database, supervisor)).toEqual(['police_finding_needed']);
			await database.inScope(scope, (session) => closeItems(session, { code: 'police_finding_needed', refs }));
			expect(await codesOf(database, supervisor)).toEqual([]);
		}
	);

	test('the same thing is open once, takes a new day when told again, and can be told anew once it is closed', async () => {
		const database = await houses();
		const refs = { childId: child(), claimId: claim() };
		const tell = (dueOn: string) =>
			database.inScope(registry, (session) =>
				notify(session, {
					to: { institutionId: hillside, role: ['supervisor', 'second_administrator'] },
					code: 'claim_sample_due',
					refs,
					dueOn: civilDate(dueOn)
				})
			);
		await Promise.all([tell('2026-12-01'), tell('2026-12-01'), tell('2026-12-01')]);
		await tell('2026-12-08');
		const listed = () => database.inScope(scopeOf(second), (session) => listInbox(session, second, 10));
		expect((await listed()).items).toMatchObject([{ code: 'claim_sample_due', dueOn: '2026-12-08', ...refs }]);
		await database.inScope(registry, (session) => closeItems(session, { code: 'claim_sample_due', refs }));
		expect((await listed()).total).toBe(0);
		await tell('2027-01-01');
		expect((await listed()).total).toBe(1);
	});

	test('whoever drafted is not asked to sign', async () => {
		const database = await houses();
		await database.inScope(registry, (session) =>
			notify(session, {
				to: { institutionId: hillside, role: ['supervisor', 'second_administrator'] },
				code: 'claim_decision_to_sign',
				refs: { claimId: claim() },
				notFor: supervisor.id
			})
		);
		expect(await codesOf(database, supervisor)).toEqual([]);
		expect(await codesOf(database, second)).toEqual(['claim_decision_to_sign']);
	});

	test('closing needs to know about what, and leaves what is about something else', async () => {
		const database = await houses();
		const to = { institutionId: hillside };
		const [one, other] = [child(), child()];
		const claimId = claim();
		await database.inScope(registry, async (session) => {
			await notify(session, { to, code: 'document_due', refs: { childId: one, claimId } });
			await notify(session, { to, code: 'document_due', refs: { childId: other } });
			await notify(session, { to, code: 'consent_needed', refs: { childId: one } });
			await closeItems(session, { code: 'document_due', refs: { childId: one } });
		});
		const { items } = await database.inScope(scopeOf(supervisor), (session) => listInbox(session, supervisor, 10));
		expect(items.map(({ code, childId }) => [code, childId]).sort()).toEqual([
			['consent_needed', one],
			['document_due', other]
		]);
		const all = database.inScope(registry, (session) => closeItems(session, { code: 'document_due', refs: {} }));
		await expect(all).rejects.toThrow('needs to know what the items are about');
	});
});

describe('an inbox', () => {
	async function filled() {
		const database = await houses();
		const tell = async (code: 'document_due' | 'consent_needed' | 'candidate_found', dueOn?: string) =>
			database.inScope(registry, (session) =>
				notify(session, {
					to: { institutionId: hillside },
					code,
					refs: { childId: child() },
					dueOn: dueOn === undefined ? undefined : civilDate(dueOn)
				})
			);
		await tell('candidate_found');
		await tell('document_due', '2026-12-24');
		await tell('consent_needed', '2026-12-01');
		const list = (who = supervisor) => database.inScope(scopeOf(who), (session) => listInbox(session, who, 10));
		return { database, list };
	}

	test('lists unread first, then by the day it is due, those without a day last', async () => {
		const { database, list } = await filled();
		expect((await list()).items.map(({ code }) => code)).toEqual(['consent_needed', 'document_due', 'candidate_found']);
		const first = (await list()).items[0];
		await database.inScope(scopeOf(supervisor), (session) => markRead(session, supervisor, first?.id ?? ''));
		expect((await list()).items.map(({ code, read }) => [code, read])).toEqual([
			['document_due', false],
			['candidate_found', false],
			['consent_needed', true]
		]);
	});

	test('of what has no day, what families wait for stands first, however old it is', async () => {
		const { database, list } = await filled();
		const refs = { childId: child(), claimId: claim() };
		await database.inScope(registry, async (session) => {
			await notify(session, { to: { institutionId: hillside }, code: 'claim_blocks_child', refs });
			await notify(session, { to: { institutionId: hillside }, code: 'review_to_sign', refs: { childId: child() } });
		});
		expect((await list()).items.slice(2).map(({ code }) => code)).toEqual([
			'claim_blocks_child',
			'review_to_sign',
			'candidate_found'
		]);
	});

	test('what one person has read or put away stays for the others', async () => {
		const { database, list } = await filled();
		const first = (await list()).items[0];
		const done = (who: Reader) => database.inScope(scopeOf(who), (session) => markDone(session, who, first?.id ?? ''));
		expect(await done(supervisor)).toBe(true);
		expect((await list()).total).toBe(2);
		expect((await list(second)).items[0]).toMatchObject({ id: first?.id, read: false });
		// Put away is put away; reading it again does not bring it back.
		expect(await done(supervisor)).toBe(false);
		await database.inScope(scopeOf(supervisor), (session) => markRead(session, supervisor, first?.id ?? ''));
		expect((await list()).total).toBe(2);
	});

	test('counts by kind what is open and what is unread', async () => {
		const { database, list } = await filled();
		const first = (await list()).items[0];
		await database.inScope(scopeOf(supervisor), (session) => markRead(session, supervisor, first?.id ?? ''));
		const counts = await database.inScope(scopeOf(supervisor), (session) => countInbox(session, supervisor));
		expect(counts.toSorted((a, b) => (a.code < b.code ? -1 : 1))).toEqual([
			{ code: 'candidate_found', count: 1, unread: 1 },
			{ code: 'consent_needed', count: 1, unread: 0 },
			{ code: 'document_due', count: 1, unread: 1 }
		]);
	});

	test('another house reads none of it, and nobody marks what is not theirs', async () => {
		const { database, list } = await filled();
		const first = (await list()).items[0];
		const { rows } = await database.inScope(scopeOf(elsewhere), (session) =>
			session.query('SELECT id FROM inbox_items')
		);
		expect(rows).toEqual([]);
		for (const who of [elsewhere, officer]) {
			expect(await database.inScope(scopeOf(who), (session) => markDone(session, who, first?.id ?? ''))).toBe(false);
		}
		const forged = database.inScope(scopeOf(elsewhere), (session) =>
			session.query('INSERT INTO inbox_marks (item_id, user_id) VALUES ($1, $2)', [first?.id, elsewhere.id])
		);
		await expect(forged.catch((error: unknown) => Promise.reject(new Error(sqlState(error) ?? '')))).rejects.toThrow(
			'42501'
		);
	});

	test.each([
		'UPDATE inbox_items SET closed_at = now()',
		'DELETE FROM inbox_items',
		`INSERT INTO inbox_items (id, key, code, roles, ref) VALUES (gen_random_uuid(), '', 'x', '{supervisor}', gen_random_uuid())`,
		'DELETE FROM inbox_marks'
	])('the program may not: %s', async (statement) => {
		const { database } = await filled();
		const state = await database
			.inScope(registry, (session) => session.query(statement))
			.then(
				() => 'nothing was refused',
				(error: unknown) => sqlState(error)
			);
		expect(state).toBe('42501');
	});
});
