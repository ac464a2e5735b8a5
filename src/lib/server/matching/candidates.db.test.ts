import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Envelope } from '#lib/domain/case-file/entry.ts';
import type { Role } from '#lib/domain/disclosure/roles.ts';
import type { ClaimId, InstitutionId, ItemId, StaffId } from '#lib/domain/ids.ts';
import type { Answers } from '#lib/domain/intake/fields.ts';
import { meet, meetingOf } from '#lib/domain/matching/meeting.ts';
import { profileOfChild, profileOfFamily, type FamilyDescription } from '#lib/domain/matching/profile.ts';
import { worthALook } from '#lib/domain/matching/weights.ts';
import { civilDate } from '#lib/domain/time.ts';
import { matchingSet } from '#lib/demo/matching-set.ts';
import { enrolled } from '../../../../tests/contract/entry-log/enrolled.ts';
import { newChild, newHouse, newItem, testTablet } from '../../../../tests/contract/entry-log/tablet.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { readAudit } from '../audit/audit.ts';
import { serverLog } from '../audit/server-log.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import type { Session } from '../db/connection.ts';
import { PostgresEntryLog } from '../entry-log/postgres-entry-log.ts';
import { afterCaseChanged, alsoAll, comparingBehind } from './after-case-changed.ts';
import { countCandidates, decideCandidate, listCandidates, readCandidate } from './candidates.ts';
import { closeProfile, keepChildProfile, keepFamilyProfile, reopenProfile } from './profiles.ts';
import { compareNew, whoMeets } from './search.ts';
import { theSounds } from './sounds.ts';

const noon = '2026-11-22T04:00:00.000Z';
const registryScope = { kind: 'registry' } as const;
const known = <T>(value: T) => ({ state: 'known', value }) as const;

/** A girl of 会理 taken in July 2018 and found in March 2022, whom the house calls 云安宁. */
const girl: Answers = {
	sex: known('2'),
	nameAssigned: known('云安宁'),
	nameCalled: known('阿果'),
	birth: known({ precision: 'range', earliest: civilDate('2014-01-01'), latest: civilDate('2015-06-30') }),
	placeTaken: known({ code: '513425', revision: '2012-12', text: '四川会理' }),
	dateTaken: known({ y: 2018, m: 7 }),
	dateRescued: known({ y: 2022, m: 3, d: 3 })
};
/** Her family. */
const family: FamilyDescription = {
	sex: '2',
	names: [
		{ written: '李国红', kind: 'given' },
		{ written: '阿国', kind: 'milk' }
	],
	ageAtLoss: { years: 4, about: true },
	lost: { date: { y: 2018, m: 7, d: 9 } },
	places: [{ code: '513402', revision: '2024-12', text: '四川省凉山州会理市' }]
};
/** A family that lost a boy in 河南 twenty years before. */
const stranger: FamilyDescription = {
	sex: '1',
	names: [{ written: '王强', kind: 'given' }],
	lost: { date: { y: 2001 } },
	places: [{ code: '410105', revision: '2002-12', text: '' }]
};

/** A registry with one house; what is pushed is kept, and compared behind it. */
async function registry() {
	const database = await testDatabase();
	const behind = comparingBehind(database);
	const log = new PostgresEntryLog(database, afterCaseChanged(behind.compare));
	const tablet = testTablet(newHouse());
	await enrolled(database, tablet);
	const push = async (...entries: Envelope[]) => {
		const receipts = await log.append(tablet, entries, noon);
		await behind.idle();
		return receipts;
	};
	const asRegistry = <T>(work: (session: Session) => Promise<T>) => database.inScope(registryScope, work);
	const asHouse = <T>(institutionId: InstitutionId, work: (session: Session) => Promise<T>) =>
		database.inScope({ kind: 'institution', institutionId }, work);
	const files = async (description: FamilyDescription, claimId = randomUUID() as ClaimId) => {
		await asRegistry((session) => keepFamilyProfile(session, claimId, description));
		return { claimId, done: await asRegistry((session) => compareNew(session, { side: 'family', id: claimId })) };
	};
	const open = (state: 'open' | 'rejected' | 'accepted' = 'open') =>
		asRegistry((session) => listCandidates(session, { state, limit: 100 }));
	const child = newChild();
	const arrival = (answers: Answers, change: Partial<Envelope> = {}) =>
		tablet.record('intake.recorded', child, { answers }, change);
	const supervisor = person(tablet.staffId, tablet.institutionId, 'supervisor');
	const decide = async (
		claimId: ClaimId,
		decision: 'rejected' | 'accepted',
		reason = '头发不一样',
		user = supervisor
	) =>
		asHouse(user.institutionId, async (session) => {
			const seen = await readCandidate(session, child, claimId);
			return decideCandidate(session, user, child, claimId, decision, reason, seen?.version ?? '');
		});
	return { database, tablet, push, asRegistry, asHouse, files, open, child, arrival, supervisor, decide };
}

function person(id: StaffId, institutionId: InstitutionId, role: Role): SignedInUser {
	return { id, name: '', role, institutionId, institutionName: '', institutionNameEn: '' };
}

describe('a child that arrives', () => {
	test('is compared with the families that look for one', async () => {
		const { files, push, arrival, open, child } = await registry();
		const { claimId } = await files(family);
		await files(stranger);
		await push(arrival(girl));
		const { candidates, total } = await open();
		expect(total).toBe(1);
		expect(candidates[0]).toMatchObject({ childId: child, claimId, state: 'open', changed: null, decision: null });
		expect(candidates[0]?.score).toBeGreaterThan(worthALook);
		expect(candidates[0]?.contributions.find(({ field }) => field === 'names')).toMatchObject({
			verdict: 'agree',
			level: 'same_sound'
		});
	});

	test('is compared again only when something that is compared changes', async () => {
		const { database, push, arrival, tablet, child } = await registry();
		const told: string[] = [];
		const log = new PostgresEntryLog(
			database,
			alsoAll(
				async () => undefined,
				afterCaseChanged((id) => void told.push(id))
			)
		);
		await push(arrival(girl));
		await log.append(
			tablet,
			[tablet.record('care.recorded', child, { itemId: newItem(), care: { kind: 'daily', note: 'ate well' } })],
			noon
		);
		expect(told).toEqual([]);
		await log.append(
			tablet,
			[
				tablet.record('mark.recorded', child, {
					itemId: randomUUID() as ItemId,
					mark: { kind: 'burn', site: 'palm', description: '' }
				})
			],
			noon
		);
		expect(told).toEqual([child]);
	});

	test('is stored all the same where no profile can be made of it', async () => {
		const { database, tablet, arrival } = await registry();
		const said = vi.spyOn(serverLog, 'error').mockImplementation(() => undefined);
		onTestFinished(() => said.mockRestore());
		const log = new PostgresEntryLog(database, (session, caseFile) =>
			afterCaseChanged(() => undefined)(
				{
					query: (sql, values) =>
						sql.includes('INSERT INTO match_profiles') ? session.query('SELECT 1 / 0') : session.query(sql, values)
				},
				caseFile
			)
		);
		expect(await log.append(tablet, [arrival(girl)], noon)).toMatchObject([{ outcome: 'accepted' }]);
		expect(said).toHaveBeenCalledOnce();
	});
});

describe('a report', () => {
	test('finds the children that are there already', async () => {
		const { files, push, arrival, open } = await registry();
		await push(arrival(girl));
		const { done } = await files(family);
		expect(done).toMatchObject({ compared: 1, found: 1, returned: 0, removed: 0 });
		expect((await open()).total).toBe(1);
	});

	test('compared twice lists a pair once', async () => {
		const { files, push, arrival, open, asRegistry } = await registry();
		await push(arrival(girl));
		const { claimId } = await files(family);
		const again = await asRegistry((session) => compareNew(session, { side: 'family', id: claimId }));
		expect(again).toMatchObject({ found: 0, removed: 0 });
		expect((await open()).total).toBe(1);
	});

	test('that is corrected loses the pairs that do not fit any more', async () => {
		const { files, push, arrival, open } = await registry();
		await push(arrival(girl));
		const { claimId } = await files(family);
		const { done } = await files(stranger, claimId);
		expect(done.removed).toBe(1);
		expect((await open()).total).toBe(0);
	});

	test('that is withdrawn is compared with nobody, and what is open leaves the lists', async () => {
		const { files, push, arrival, open, asRegistry } = await registry();
		await push(arrival(girl));
		const { claimId } = await files(family);
		await asRegistry((session) => closeProfile(session, { side: 'family', id: claimId }));
		expect((await open()).total).toBe(0);
		await push(arrival({ height: known(112) }));
		expect((await open()).total).toBe(0);
		await asRegistry((session) => reopenProfile(session, { side: 'family', id: claimId }));
		await asRegistry((session) => compareNew(session, { side: 'family', id: claimId }));
		expect((await open()).total).toBe(1);
	});

	test('does not open again because its words are kept once more', async () => {
		const { files, push, arrival, open, asRegistry } = await registry();
		const { claimId } = await files(family);
		await asRegistry((session) => closeProfile(session, { side: 'family', id: claimId }));
		await files({ ...family, height: 90 }, claimId);
		await push(arrival(girl));
		expect((await open()).total).toBe(0);
	});
});

describe('a pair that was rejected', () => {
	test('never returns while nothing that is compared has changed', async () => {
		const { files, push, arrival, open, decide, asRegistry, tablet, child } = await registry();
		await push(arrival(girl));
		const { claimId } = await files(family);
		expect(await decide(claimId, 'rejected')).toMatchObject({ ok: true });
		await asRegistry((session) => compareNew(session, { side: 'family', id: claimId }));
		await push(tablet.record('care.recorded', child, { itemId: newItem(), care: { kind: 'daily', note: '' } }));
		// What the child wore is in the profile, but the family never spoke of clothes.
		await push(arrival({ clothing: known('红棉袄') }));
		await asRegistry((session) => compareNew(session, { side: 'child', id: child }));
		expect((await open()).total).toBe(0);
		expect((await open('rejected')).candidates[0]).toMatchObject({
			claimId,
			decision: { decision: 'rejected', reason: '头发不一样' }
		});
	});

	test('comes back when the child’s file changes in what is compared, and says what changed', async () => {
		const { files, push, arrival, open, decide } = await registry();
		await push(arrival(girl));
		const { claimId } = await files(family);
		await decide(claimId, 'rejected');
		await push(arrival({ nameGiven: known('李国红') }));
		const { candidates } = await open();
		expect(candidates).toMatchObject([
			{ claimId, state: 'open', changed: ['names'], decision: { decision: 'rejected' } }
		]);
	});

	test('comes back when the family remembers more', async () => {
		const { files, push, arrival, open, decide } = await registry();
		await push(arrival({ ...girl, features: known('左手六指') }));
		const { claimId } = await files(family);
		await decide(claimId, 'rejected');
		const { done } = await files({ ...family, marks: [{ words: '左手大拇指旁边多长了一个指头' }] }, claimId);
		expect(done).toMatchObject({ found: 0, returned: 1 });
		expect((await open()).candidates).toMatchObject([{ changed: ['marks'] }]);
	});

	test('is rejected again once the change is taken back', async () => {
		const { files, push, arrival, open, decide } = await registry();
		await push(arrival({ ...girl, features: known('左手六指') }));
		const { claimId } = await files(family);
		await decide(claimId, 'rejected');
		await files({ ...family, marks: [{ words: '左手六指' }] }, claimId);
		expect((await open()).total).toBe(1);
		const { done } = await files(family, claimId);
		expect(done.removed).toBe(1);
		expect((await open()).total).toBe(0);
		expect((await open('rejected')).total).toBe(1);
	});

	test('that came back may be rejected once more, and then stays away again', async () => {
		const { files, push, arrival, open, decide, asRegistry } = await registry();
		await push(arrival(girl));
		const { claimId } = await files(family);
		await decide(claimId, 'rejected');
		const richer = { ...family, accent: '四川话' };
		await push(arrival({ accent: known('四川口音') }));
		await files(richer, claimId);
		expect((await open()).candidates).toMatchObject([{ changed: ['speech'] }]);
		await decide(claimId, 'rejected', '还是不像');
		await asRegistry((session) => compareNew(session, { side: 'family', id: claimId }));
		expect((await open()).total).toBe(0);
	});
});

describe('a pair that was accepted', () => {
	test('is left as the person saw it', async () => {
		const { files, push, arrival, open, decide } = await registry();
		await push(arrival(girl));
		const { claimId } = await files(family);
		expect(await decide(claimId, 'accepted', '')).toMatchObject({ ok: true });
		await push(arrival({ nameGiven: known('李国红') }));
		const { candidates } = await open('accepted');
		expect(candidates).toMatchObject([{ claimId, decision: { decision: 'accepted' } }]);
		expect((await open()).total).toBe(0);
	});
});

describe('deciding', () => {
	test('asks for a reason, the role and the pair as it is now', async () => {
		const { files, push, arrival, decide, asHouse, child, supervisor, tablet } = await registry();
		await push(arrival(girl));
		const { claimId } = await files(family);
		expect(await decide(claimId, 'rejected', '  ')).toMatchObject({ error: { type: 'reason_missing' } });
		const worker = person(tablet.staffId, tablet.institutionId, 'care_worker');
		expect(await decide(claimId, 'rejected', 'no', worker)).toMatchObject({ error: { type: 'not_yours_to_decide' } });
		expect(await decide(randomUUID() as ClaimId, 'rejected')).toMatchObject({ error: { type: 'candidate_unknown' } });
		const seen =
			(await asHouse(tablet.institutionId, (session) => readCandidate(session, child, claimId)))?.version ?? '';
		await push(arrival({ nameGiven: known('李国红') }));
		const stale = await asHouse(tablet.institutionId, (session) =>
			decideCandidate(session, supervisor, child, claimId, 'rejected', 'no', seen)
		);
		expect(stale).toMatchObject({ error: { type: 'candidate_changed' } });
	});

	test('twice from one screen is one decision', async () => {
		const { files, push, arrival, asHouse, child, supervisor } = await registry();
		await push(arrival(girl));
		const { claimId } = await files(family);
		const house = supervisor.institutionId;
		const seen = (await asHouse(house, (session) => readCandidate(session, child, claimId)))?.version ?? '';
		const decide = () =>
			asHouse(house, (session) => decideCandidate(session, supervisor, child, claimId, 'accepted', '', seen));
		expect(await decide()).toMatchObject({ ok: true });
		expect(await decide()).toMatchObject({ error: { type: 'candidate_changed' } });
	});

	test('is in the audit log without a name or a reason, and nobody changes it afterwards', async () => {
		const { database, files, push, arrival, decide, asRegistry, child } = await registry();
		await push(arrival(girl));
		const { claimId } = await files(family);
		await decide(claimId, 'rejected');
		const [line] = await asRegistry((session) => readAudit(session, 1));
		expect(line).toMatchObject({ action: 'candidate.rejected', childId: child, details: { claimId } });
		expect(JSON.stringify(line)).not.toMatch(/[\u4e00-\u9fff]/);
		await expect(
			database.asOwner((session) => session.query(`UPDATE match_decisions SET reason = 'x'`), { scope: registryScope })
		).rejects.toThrow(/append-only/);
	});
});

describe('who sees candidates', () => {
	test('a house those of its own children, the registry all, the public and families none', async () => {
		const { database, files, push, arrival, asHouse, tablet, open, child } = await registry();
		const other = testTablet(newHouse());
		await enrolled(database, other);
		await push(arrival(girl));
		const { claimId } = await files(family);
		expect((await open()).total).toBe(1);
		const list = (session: Session) => listCandidates(session, { state: 'open', limit: 10 });
		expect((await asHouse(tablet.institutionId, list)).total).toBe(1);
		expect((await asHouse(other.institutionId, list)).total).toBe(0);
		expect(await asHouse(other.institutionId, countCandidates)).toEqual({ open: 0, rejected: 0, accepted: 0 });
		expect(await asHouse(other.institutionId, (session) => readCandidate(session, child, claimId))).toBeUndefined();
		expect((await database.inScope({ kind: 'public' }, list)).total).toBe(0);
		expect((await database.inScope({ kind: 'claimant', claimId }, list)).total).toBe(0);
		const decided = await asHouse(other.institutionId, (session) =>
			decideCandidate(
				session,
				person(other.staffId, other.institutionId, 'supervisor'),
				child,
				claimId,
				'accepted',
				'',
				''
			)
		);
		expect(decided).toMatchObject({ error: { type: 'candidate_unknown' } });
	});

	test('a house reads no profile of a family, and no child’s of another house', async () => {
		const { database, files, push, arrival, asHouse, tablet } = await registry();
		const other = testTablet(newHouse());
		await enrolled(database, other);
		await push(arrival(girl));
		await files(family);
		const sides = async (session: Session) =>
			(await session.query<{ side: string }>('SELECT side FROM match_profiles ORDER BY side')).rows.map(
				({ side }) => side
			);
		expect(await asHouse(tablet.institutionId, sides)).toEqual(['child']);
		expect(await asHouse(other.institutionId, sides)).toEqual([]);
		expect(await database.inScope({ kind: 'public' }, sides)).toEqual([]);
	});
});

test('the database finds exactly the pairs that meet by the rule', async () => {
	const database = await testDatabase();
	const sounds = await theSounds();
	const { children, reports } = matchingSet({ seed: 3, pairs: 40, children: 120, reports: 60 });
	await database.inScope(registryScope, async (session) => {
		for (const { caseFile } of children) await keepChildProfile(session, caseFile);
		for (const { claimId, description } of reports) await keepFamilyProfile(session, claimId, description);
		let pairs = 0;
		for (const { description } of reports) {
			const meeting = meetingOf(profileOfFamily(description, sounds));
			const expected = children
				.filter(({ caseFile }) => meet(meeting, meetingOf(profileOfChild(caseFile, sounds))))
				.map(({ childId }) => childId as string);
			const found = (await whoMeets(session, 'child', meeting)).map(({ id }) => id);
			expect(found.sort()).toEqual(expected.sort());
			pairs += found.length;
		}
		expect(pairs).toBeGreaterThan(100);
	});
});

test('a set of children and families is compared alike from either side', async () => {
	const { children, reports } = matchingSet({ seed: 5, pairs: 40, children: 100, reports: 60 });
	const compareFrom = async (side: 'child' | 'family') => {
		const database = await testDatabase();
		return database.inScope(registryScope, async (session) => {
			for (const { caseFile } of children) await keepChildProfile(session, caseFile);
			for (const { claimId, description } of reports) await keepFamilyProfile(session, claimId, description);
			if (side === 'child') for (const { childId } of children) await compareNew(session, { side, id: childId });
			else for (const { claimId } of reports) await compareNew(session, { side, id: claimId });
			const { candidates } = await listCandidates(session, { state: 'open', limit: 1000 });
			return candidates.map(({ childId, claimId, score }) => `${childId} ${claimId} ${score}`).sort();
		});
	};
	const fromChildren = await compareFrom('child');
	expect(fromChildren.length).toBeGreaterThan(20);
	expect(await compareFrom('family')).toEqual(fromChildren);
});
