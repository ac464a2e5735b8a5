import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ClaimCommand } from '#lib/domain/claim/decide-claim.ts';
import { openClaimsOnFile } from '#lib/domain/claim/on-file.ts';
import { phaseOf } from '#lib/domain/claim/phase.ts';
import { holdFacts } from '#lib/domain/case-file/hold-facts.ts';
import { policyById } from '#lib/domain/hold/policy.ts';
import type { ChildId, ClaimId } from '#lib/domain/ids.ts';
import { civilDate } from '#lib/domain/time.ts';
import {
	administrator,
	aMother,
	auditor,
	careWorker,
	claimOffice,
	liaison,
	officer,
	otherHouse,
	stranger,
	supervisor,
	type ClaimOffice
} from '../../../../tests/support/claim-office.ts';
import {
	childId,
	houseId,
	itemId,
	modestDraft,
	registeredChild,
	type Story
} from '../../../../tests/support/notice-story.ts';
import { readAudit } from '../audit/audit.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import { decideAboutChild, groundOf, type CaseDesk } from '../decisions/case-desk.ts';
import { PostgresDecisionLog } from '../entry-log/decision-log.ts';
import { lockCases, PostgresEntryLog } from '../entry-log/postgres-entry-log.ts';
import { NoticeBoard } from '../notices/board.ts';
import { readCase } from '../notices/case-reading.ts';
import { keepPublishedFacts } from '../notices/published-facts.ts';
import { PublicPhotos } from '../notices/public-photos.ts';
import { registryKeyPair } from '../accounts/registry-key.ts';
import { rebuildClaims } from './claim-rows.ts';
import { readClaimEvents } from './claim-log.ts';
import { lapseOverdue, withdrawByFamily, workClaim } from './desk.ts';

const registry = { kind: 'registry' } as const;
const reasons = '见附件';
const plausible: ClaimCommand = { type: 'screen', verdict: 'plausible' };
const today = civilDate('2026-11-22');
const report = (result: 'confirmed' | 'excluded', reference = 'DNA-1'): ClaimCommand => ({
	type: 'reportKinship',
	result,
	reference,
	reportedOn: today,
	loci: 20
});

/** What the house's tablets and the registry's lists know of the child, after everything so far. */
async function onFile({ database }: ClaimOffice) {
	const found = await database.inScope(registry, (session) => readCase(session, childId));
	if (!found) throw new Error('no file');
	return openClaimsOnFile(found.caseFile);
}

async function holdOf({ database, calendar }: ClaimOffice) {
	return database.inScope(registry, async (session) => {
		const found = await readCase(session, childId);
		if (!found) throw new Error('no file');
		return groundOf(session, found.caseFile, calendar.day);
	});
}

/** What the house's tablets are brought, in order. */
async function feedOf({ database }: ClaimOffice): Promise<readonly string[]> {
	const feed = await new PostgresEntryLog(database).read(houseId, 'start', 100);
	if (!feed.ok) throw new Error(feed.error.because);
	return feed.value.entries.map(({ text }) => text);
}

async function feedTypes(office: ClaimOffice): Promise<readonly string[]> {
	return (await feedOf(office)).map((text) => z.object({ type: z.string() }).parse(JSON.parse(text)).type);
}

/** The claim's row as the lists read it. */
async function rowOf({ database }: ClaimOffice, claimId: ClaimId) {
	const { rows } = await database.inScope(registry, (session) =>
		session.query(
			`SELECT state, child_id AS "childId", blocks_since AS "blocksSince", sample_due AS "sampleDue",
				closed_on AS "closedOn", row FROM claims WHERE id = $1`,
			[claimId]
		)
	);
	return rows[0];
}

async function sign(office: ClaimOffice, by: SignedInUser, claimId: ClaimId): Promise<void> {
	await office.does(by, claimId, { type: 'signDecision', proposal: await office.version(claimId) });
}

describe('the claim blocks at once', () => {
	test('with the screening the file, the hold, the list of claims and the tablets of the house know it', async () => {
		const office = await claimOffice();
		const claimId = await office.claim();
		const before = await office.caseVersion();
		await office.does(supervisor, claimId, plausible);

		expect(await onFile(office)).toMatchObject([{ id: claimId, openedOn: today }]);
		const { hold } = await holdOf(office);
		expect(hold.blockers.map(({ code }) => code)).toContain('open_claim');
		expect(await rowOf(office, claimId)).toMatchObject({
			state: 'screened',
			blocksSince: '2026-11-22',
			sampleDue: '2026-12-22',
			row: { blocks: true, next: 'sample', dueOn: '2026-12-22' }
		});

		expect(await office.caseVersion()).toBe(before + 1);
		const feed = await new PostgresEntryLog(office.database).read(houseId, 'start', 100);
		if (!feed.ok) throw new Error(feed.error.because);
		const told: readonly unknown[] = feed.value.entries.map(({ text }) => JSON.parse(text));
		expect(told.at(-1)).toMatchObject({ type: 'claim.opened', payload: { claimId } });
		// Nothing of the family travels to a tablet.
		for (const word of ['杨秀英', '13800000000', '阿呷', '小汽车'])
			expect(JSON.stringify(told.at(-1))).not.toContain(word);
	});

	test('what the family knew is compared by the registry, whatever the form says, and nothing that was ever public counts', async () => {
		const office = await claimOffice();
		const claimId = await office.claim();
		await office.database.inScope(registry, async (session) => {
			const story = registeredChild();
			const draft = story.tell('notice.drafted', { draft: { ...modestDraft, shown: { belongings: '一辆小汽车' } } });
			story.tell('notice.approved', { approval: { draft, publicNumber: 'LK-0000-0000' } }, { by: 'b' });
			await keepPublishedFacts(session, story.caseFile);
		});
		await office.does(supervisor, claimId, plausible);
		const { rows } = await office.database.inScope(registry, (session) =>
			session.query<{ payload: object }>(`SELECT payload FROM claim_events WHERE type = 'screened'`)
		);
		expect(rows[0]?.payload).toEqual({
			type: 'screened',
			verdict: 'plausible',
			knew: ['nameCalled', 'siblings'],
			sampleDue: '2026-12-22'
		});
	});

	test('the last day does not move while the claim is open', async () => {
		const office = await claimOffice(withHandover('2026-03-24'));
		const claimId = await office.claim();
		const before = (await holdOf(office)).hold;
		await office.does(supervisor, claimId, plausible);
		office.calendar.day = civilDate('2026-12-20');
		const after = (await holdOf(office)).hold;
		expect('lastDay' in before && before.lastDay).toBe('2027-03-24');
		expect('lastDay' in after && after.lastDay).toBe('2027-03-24');
		expect('halted' in after && after.halted).toEqual({ effect: 'block', claims: [claimId] });
	});

	test('those who are next are told, and nothing stays in an inbox that is done', async () => {
		const office = await claimOffice();
		const claimId = await office.claim({ childId: null });
		await office.does(officer, claimId, { type: 'link', childId, because: 'desk' });
		// Received on the 22nd: three days to screen it.
		for (const told of office.inbox.open) expect(told).toMatchObject({ code: 'claim_to_screen', dueOn: '2026-11-25' });
		expect(office.inbox.open).toHaveLength(2);
		await office.does(supervisor, claimId, plausible);
		expect(office.inbox.codes()).toEqual(['claim_blocks_child', 'claim_sample_due']);
		expect(office.inbox.open.find(({ code }) => code === 'claim_sample_due')).toMatchObject({
			refs: { claimId, childId },
			dueOn: '2026-12-22',
			to: { institutionId: houseId }
		});
		await office.does(liaison, claimId, { type: 'recordSample', of: 'family', takenOn: today });
		expect(office.inbox.codes()).toEqual(['claim_blocks_child']);
		await office.does(liaison, claimId, report('excluded'));
		expect(office.inbox.codes()).toEqual(['claim_blocks_child', 'kinship_result']);
		await office.does(supervisor, claimId, { type: 'proposeDecision', decision: 'refuse', reasons });
		expect(office.inbox.open.find(({ code }) => code === 'claim_decision_to_sign')?.notFor).toBe(supervisor.id);
		await sign(office, administrator, claimId);
		expect(office.inbox.open).toEqual([]);
	});
});

describe('who sees which claim', () => {
	test('a house sees the claims on its own children and no others; the registry and the police all', async () => {
		const office = await claimOffice();
		const claimId = await office.claim();
		const unlinked = await office.claim({ kind: 'report', childId: null });
		const seen = async (scope: Parameters<ClaimOffice['database']['inScope']>[0]) => {
			const { rows } = await office.database.inScope(scope, (session) =>
				session.query<{ id: ClaimId; words: number; events: number }>(
					`SELECT id, (SELECT count(*) FROM claim_statements WHERE claim_id = claims.id) AS words,
						(SELECT count(*) FROM claim_events WHERE claim_id = claims.id) AS events
					FROM claims ORDER BY received_at, id`
				)
			);
			return rows;
		};
		expect(await seen({ kind: 'institution', institutionId: houseId })).toEqual([{ id: claimId, words: 1, events: 2 }]);
		expect(await seen({ kind: 'institution', institutionId: otherHouse })).toEqual([]);
		expect(await seen({ kind: 'public' })).toEqual([]);
		expect(await seen({ kind: 'claimant', claimId: unlinked })).toMatchObject([{ id: unlinked }]);
		expect((await seen(registry)).map(({ id }) => id).sort()).toEqual([claimId, unlinked].sort());
	});

	test('a house that handed the child over keeps its file and reads no claim on it any more', async () => {
		const story = registeredChild();
		story.tell('handover.sent', { itemId: itemId(90), handover: { to: otherHouse } });
		story.tell(
			'handover.received',
			{ itemId: itemId(91), handover: { from: houseId } },
			{ by: 'e', house: otherHouse }
		);
		const office = await claimOffice(story);
		const claimId = await office.claim();
		expect(await office.tries(supervisor, claimId, plausible)).toBe('claim_unknown');
		expect(await office.tries(stranger, claimId, plausible)).toBe('none');
	});

	test('somebody of another house is told there is no such claim, and nothing is written', async () => {
		const office = await claimOffice();
		const claimId = await office.claim();
		expect(await office.tries(stranger, claimId, plausible)).toBe('claim_unknown');
		expect(await office.tries(stranger, 'c1a10000-0000-7000-8000-000000000000' as ClaimId, plausible)).toBe(
			'claim_unknown'
		);
		expect(await office.version(claimId)).toBe(2);
	});

	test('a care worker and an auditor are refused before it is said whether there is such a claim', async () => {
		const office = await claimOffice();
		const nobodys = 'c1a10000-0000-7000-8000-000000000000' as ClaimId;
		for (const by of [careWorker, auditor])
			expect(await office.tries(by, nobodys, plausible)).toBe('not_yours_to_decide');
	});

	test('a report is linked to a child by the registry, whose house sees it from then on', async () => {
		const office = await claimOffice();
		const claimId = await office.claim({ kind: 'report', childId: null });
		expect(await office.tries(supervisor, claimId, { type: 'link', childId, because: 'desk' })).toBe('claim_unknown');
		await office.does(officer, claimId, { type: 'link', childId, because: 'candidate' });
		await office.does(supervisor, claimId, plausible);
		expect(await onFile(office)).toHaveLength(1);
	});

	test('a claim is not linked to a child that is not there', async () => {
		const office = await claimOffice();
		const claimId = await office.claim({ kind: 'report', childId: null });
		const nobody = '00000000-0000-7000-8000-00000000c0ff' as ChildId;
		expect(await office.tries(officer, claimId, { type: 'link', childId: nobody, because: 'desk' })).toBe(
			'claim_unknown'
		);
	});
});

describe('a stale form', () => {
	test('whoever looked at an older claim is told so, and nothing is written', async () => {
		const office = await claimOffice();
		const claimId = await office.claim();
		const seen = await office.version(claimId);
		await office.does(officer, claimId, { type: 'ask', topics: ['loss'] });
		expect(await workClaim(office.desk, supervisor, claimId, seen, plausible)).toEqual({
			ok: false,
			error: { type: 'claim_changed', version: seen + 1 }
		});
		expect(await onFile(office)).toEqual([]);
	});

	test('whoever looked at an older file of the child is told so where it matters', async () => {
		const office = await claimOffice();
		const claimId = await office.claim();
		const seen = await office.caseVersion();
		const other = await office.claim();
		await office.does(officer, other, plausible);
		const stale = await workClaim(office.desk, supervisor, claimId, await office.version(claimId), plausible, seen);
		expect(stale).toEqual({ ok: false, error: { type: 'file_changed', version: seen + 1 } });
	});

	test('of two screenings at the same moment one counts, and the file is told once', async () => {
		const office = await claimOffice();
		const claimId = await office.claim();
		const seen = await office.version(claimId);
		const both = await Promise.all(
			[supervisor, officer].map((by) => workClaim(office.desk, by, claimId, seen, plausible))
		);
		expect(both.map((done) => (done.ok ? 'none' : done.error.type)).sort()).toEqual(['claim_changed', 'none']);
		expect(await onFile(office)).toHaveLength(1);
	});
});

describe('two persons decide', () => {
	async function excluded() {
		const office = await claimOffice();
		const claimId = await office.claim();
		await office.does(supervisor, claimId, plausible);
		await office.does(liaison, claimId, report('excluded'));
		await office.does(supervisor, claimId, { type: 'proposeDecision', decision: 'refuse', reasons });
		return { office, claimId };
	}

	test('DNA excludes, two persons refuse, the block ends everywhere in one breath', async () => {
		const { office, claimId } = await excluded();
		await sign(office, administrator, claimId);
		expect(await onFile(office)).toEqual([]);
		expect((await holdOf(office)).hold.blockers.map(({ code }) => code)).not.toContain('open_claim');
		expect(await rowOf(office, claimId)).toMatchObject({
			state: 'decided',
			blocksSince: null,
			closedOn: '2026-11-22',
			row: { decision: 'refuse', blocks: false }
		});
	});

	test('the author of a proposal cannot sign it, and two at the same moment sign once', async () => {
		const { office, claimId } = await excluded();
		const proposal = await office.version(claimId);
		expect(await office.tries(supervisor, claimId, { type: 'signDecision', proposal })).toBe('same_person');
		const both = await Promise.all(
			[administrator, officer].map((by) =>
				workClaim(office.desk, by, claimId, proposal, { type: 'signDecision', proposal })
			)
		);
		expect(both.map((done) => done.ok).sort()).toEqual([false, true]);
	});

	test('kin confirmed: the parents are found, and no certificate will count any more', async () => {
		const office = await claimOffice();
		const claimId = await office.claim();
		await office.does(supervisor, claimId, plausible);
		await office.does(liaison, claimId, report('confirmed'));
		await office.does(liaison, claimId, {
			type: 'recordPoliceFinding',
			finding: 'sold',
			reference: '7号',
			foundOn: today
		});
		await office.does(supervisor, claimId, { type: 'proposeDecision', decision: 'prosecute', reasons });
		expect(
			await office.tries(administrator, claimId, { type: 'signDecision', proposal: await office.version(claimId) })
		).toBe('same_institution');
		await sign(office, officer, claimId);
		const { hold } = await holdOf(office);
		expect(hold.blockers.map(({ code }) => code)).toContain('parents_found');
	});

	test('unfit parents who are assessed again: the file learns the new decision and keeps the day of the first', async () => {
		const story = registeredChild();
		story.tell('document.recorded', {
			itemId: itemId(20),
			document: { code: 'DOC-K', number: '送还1号', date: civilDate('2026-11-21') }
		});
		const office = await claimOffice(story);
		const claimId = await office.claim();
		await office.does(supervisor, claimId, plausible);
		await office.does(liaison, claimId, report('confirmed'));
		await office.does(liaison, claimId, {
			type: 'recordPoliceFinding',
			finding: 'stolen',
			reference: '7号',
			foundOn: today
		});
		const assess = (fitness: 'fit' | 'unfit'): ClaimCommand => ({
			type: 'assessFitness',
			fitness,
			reference: '3号',
			assessedOn: today
		});
		await office.does(officer, claimId, assess('unfit'));
		await office.does(supervisor, claimId, { type: 'proposeDecision', decision: 'stay_in_care', reasons });
		await sign(office, administrator, claimId);
		office.calendar.day = civilDate('2027-02-01');
		await office.does(officer, claimId, assess('fit'));
		await office.does(supervisor, claimId, { type: 'proposeDecision', decision: 'reunite', reasons });
		await sign(office, officer, claimId);
		const { caseFile } = await holdOf(office);
		expect(holdFacts(caseFile, office.calendar.day).claims).toMatchObject([
			{ id: claimId, closedOn: '2026-11-22', outcome: 'kin_confirmed', decision: 'reunite' }
		]);
	});

	test('every step is in the log, with codes and ids and no word of the family', async () => {
		const { office, claimId } = await excluded();
		await sign(office, administrator, claimId);
		const all = await office.database.inScope(registry, (session) => readAudit(session, 10));
		const log = all.filter(({ action }) => action.startsWith('claim.'));
		expect(log.map(({ action }) => action)).toEqual([
			'claim.decision_signed',
			'claim.decision_proposed',
			'claim.kinship_reported',
			'claim.screened'
		]);
		expect(log.every((line) => line.childId === childId && line.details['claim'] === claimId)).toBe(true);
		expect(JSON.stringify(log)).not.toContain('杨秀英');
	});
});

describe('no sample by its last day', () => {
	async function overdue() {
		const office = await claimOffice();
		const claimId = await office.claim();
		await office.does(supervisor, claimId, plausible);
		office.calendar.day = civilDate('2026-12-23');
		return { office, claimId };
	}

	test('the registry’s clock ends the block, logs it, tells the house, and does so once', async () => {
		const { office, claimId } = await overdue();
		expect(await Promise.all([lapseOverdue(office.desk), lapseOverdue(office.desk)])).toEqual(
			expect.arrayContaining([1, 0])
		);
		expect(await onFile(office)).toEqual([]);
		expect(await rowOf(office, claimId)).toMatchObject({ state: 'screened', blocksSince: null, row: { lapsed: true } });
		expect(office.inbox.codes()).toEqual(['claim_block_lapsed']);
		const log = await office.database.inScope(registry, (session) => readAudit(session, 5));
		expect(log.filter(({ action }) => action === 'claim.block_lapsed')).toMatchObject([{ userName: null, childId }]);
		expect(await lapseOverdue(office.desk)).toBe(0);
	});

	test('nothing lapses on the last day, nor where the family’s blood is taken', async () => {
		const { office, claimId } = await overdue();
		office.calendar.day = civilDate('2026-12-22');
		expect(await lapseOverdue(office.desk)).toBe(0);
		await office.does(liaison, claimId, { type: 'recordSample', of: 'family', takenOn: today });
		office.calendar.day = civilDate('2027-12-23');
		expect(await lapseOverdue(office.desk)).toBe(0);
		expect(await onFile(office)).toHaveLength(1);
	});

	test('an appeal restores the block with a new last day; the file shows two openings', async () => {
		const { office, claimId } = await overdue();
		await lapseOverdue(office.desk);
		await office.does(supervisor, claimId, { type: 'appeal', note: '家在山里，路断了' });
		await office.does(officer, claimId, { type: 'restore' });
		expect(await rowOf(office, claimId)).toMatchObject({ blocksSince: '2026-12-23', sampleDue: '2027-01-22' });
		const { caseFile } = await holdOf(office);
		expect(holdFacts(caseFile, office.calendar.day).claims).toMatchObject([
			{ openedOn: '2026-11-22', closedOn: '2026-12-23', outcome: 'lapsed' },
			{ openedOn: '2026-12-23' }
		]);
	});
});

test('whatever signs stand in a note, it is kept', async () => {
	const office = await claimOffice();
	const claimId = await office.claim();
	await office.does(supervisor, claimId, { type: 'noteEvidence', note: '一\u0000二\ud83d三' });
	const events = await office.database.inScope(registry, (session) => readClaimEvents(session, claimId));
	expect(events.at(-1)?.event).toMatchObject({ type: 'evidence_noted', note: '一\ufffd二\ufffd三' });
});

describe('the family withdraws', () => {
	test('a blocking claim and the block in the child’s file end together', async () => {
		const office = await claimOffice();
		const claimId = await office.claim();
		await office.does(supervisor, claimId, plausible);
		expect(await withdrawByFamily(office.desk, claimId)).toBe('withdrawn');
		expect(await onFile(office)).toEqual([]);
		expect(await rowOf(office, claimId)).toMatchObject({ state: 'withdrawn', closedOn: '2026-11-22' });
		expect(office.inbox.open).toEqual([]);
	});

	test('also where a house runs the registry by itself', async () => {
		const office = await claimOffice(undefined, { registryOffice: false });
		const claimId = await office.claim();
		await office.does(supervisor, claimId, plausible);
		expect(await withdrawByFamily(office.desk, claimId)).toBe('withdrawn');
		expect(await onFile(office)).toEqual([]);
	});

	test('not once kin is confirmed, and not twice; without a child there is no file to tell', async () => {
		const office = await claimOffice();
		const claimId = await office.claim();
		await office.does(liaison, claimId, report('confirmed'));
		expect(await withdrawByFamily(office.desk, claimId)).toBe('refused');
		expect(await onFile(office)).toHaveLength(1);
		expect(await withdrawByFamily(office.desk, await office.claim({ childId: null, kind: 'report' }))).toBe('no_child');
	});
});

describe('at most five claims of one person', () => {
	test('the sixth waits its turn; when one ends it may block', async () => {
		const office = await claimOffice();
		const hash = randomBytes(32);
		const claims: ClaimId[] = [];
		for (let n = 0; n < 6; n++) claims.push(await office.claim());
		await office.database.inScope(registry, async (session) => {
			for (const id of claims) {
				await session.query(`INSERT INTO claim_identities (claim_id, identity_hash, kind) VALUES ($1, $2, 'phone')`, [
					id,
					hash
				]);
			}
		});
		// All arrived in one millisecond: their ids say which was first.
		const [first, , , , , sixth] = claims.toSorted();
		if (!first || !sixth) throw new Error('no claims');
		expect(await office.tries(supervisor, sixth, plausible)).toBe('waits_its_turn');
		await office.does(supervisor, first, plausible);
		expect(await withdrawByFamily(office.desk, first)).toBe('withdrawn');
		expect(await office.tries(supervisor, sixth, plausible)).toBe('none');
	});
});

describe('beside other decisions about the same child', () => {
	test('a screening and a review at the same moment do not pass each other by', async () => {
		for (let round = 0; round < 3; round++) {
			const office = await claimOffice(readyForReview());
			const review = await caseDesk(office);
			const claimId = await office.claim();
			// A claim nobody looked at would stop the review by itself; this one is looked at a second time.
			await office.does(officer, claimId, { type: 'screen', verdict: 'not_plausible', note: '待核' });
			const { hold } = await holdOf(office);
			expect('ready' in hold && hold.ready).toBe(true);
			const seen = await office.caseVersion();
			const claimSeen = await office.version(claimId);

			// Both wait for the file; whoever comes second finds what the first did.
			const [screened, signed] = await office.database
				.inScope(registry, async (session) => {
					await lockCases(session, [childId]);
					const both = [
						workClaim(office.desk, supervisor, claimId, claimSeen, plausible),
						decideAboutChild(review, officer, childId, seen, {
							command: 'sign_review',
							verdict: 'eligible',
							opinion: '材料齐全'
						})
					] as const;
					await new Promise((done) => setTimeout(done, 150));
					return both;
				})
				.then((both) => Promise.all(both));

			expect(screened.ok).toBe(true);
			if (!signed.ok) expect(signed.error.type).toBe('file_changed');
			// A signature that was taken was taken before the claim was opened: never on a file that says so.
			const types = await feedTypes(office);
			if (signed.ok) expect(types.indexOf('review.signed')).toBeLessThan(types.indexOf('claim.opened'));
			else expect(types).not.toContain('review.signed');
			const after = (await holdOf(office)).hold;
			expect(after.blockers.map(({ code }) => code)).toContain('open_claim');
			// A signature that came first stands on evidence that is not the file's any more.
			if (signed.ok) expect(after.review?.changed).toContain('claims');
		}
	});
});

describe('what was recorded', () => {
	test('nobody changes or removes an event of a claim, the owner included', async () => {
		const office = await claimOffice();
		await office.claim();
		for (const sql of [
			`UPDATE claim_events SET type = 'screened'`,
			'DELETE FROM claim_events',
			'TRUNCATE claim_events'
		]) {
			await expect(office.database.inScope(registry, (session) => session.query(sql))).rejects.toThrow();
			await expect(office.database.asOwner((session) => session.query(sql), { scope: registry })).rejects.toThrow(
				/append-only/
			);
		}
	});

	test('the rows of all claims are the same made again from their events', async () => {
		const office = await claimOffice();
		const claimId = await office.claim();
		await office.claim({ kind: 'report', childId: null, statement: aMother });
		await office.does(supervisor, claimId, plausible);
		await office.does(liaison, claimId, report('confirmed'));
		const rows = async () =>
			(
				await office.database.inScope(registry, (session) =>
					session.query(
						`SELECT id, state, kind, child_id, blocks_since, sample_due, closed_on, row FROM claims ORDER BY id`
					)
				)
			).rows;
		const before = await rows();
		await office.database.inScope(registry, (session) =>
			session.query(`UPDATE claims SET state = 'wrong', blocks_since = NULL, row = '{}'`)
		);
		expect(await rebuildClaims(office.database)).toBe(2);
		expect(await rows()).toEqual(before);
	});
});

function withHandover(day: string): Story {
	const story = registeredChild();
	story.tell('intake.recorded', { answers: { handoverDate: { state: 'known', value: civilDate(day) } } });
	return story;
}

/** A child of whom everything is there but the reviewers' signatures. */
function readyForReview(): Story {
	const story = registeredChild();
	const date = story.tell('intake.recorded', {
		answers: { handoverDate: { state: 'known', value: civilDate('2025-08-04') } }
	});
	story.tell('date.confirmed', { field: 'handoverDate', confirmed: date }, { by: 'b' });
	const draft = story.tell('notice.drafted', { draft: modestDraft }, { on: '2025-08-10' });
	story.tell(
		'notice.approved',
		{ approval: { draft, publicNumber: 'LK-0000-0000' } },
		{ by: 'b', on: '2025-08-11', replaces: [draft] }
	);
	story.tell('sample.recorded', { itemId: itemId(7), sample: { step: 'in_database' } });
	for (const [number, code, day] of [
		[11, 'DOC-A', '2025-08-04'],
		[12, 'DOC-B', '2025-09-04'],
		[13, 'DOC-D', '2025-08-12'],
		[14, 'DOC-E', '2025-10-01'],
		[15, 'DOC-C', '2026-08-20']
	] as const) {
		story.tell('document.recorded', {
			itemId: itemId(number),
			document: { code, number: `${code}-1`, date: civilDate(day), issuer: '县公安局', originalSeenBy: '李秀兰' }
		});
	}
	return story;
}

async function caseDesk({ database, calendar }: ClaimOffice): Promise<CaseDesk> {
	const policy = policyById('CN-2015-159');
	if (!policy.ok) throw new Error('no policy');
	const now = () => new Date(`${calendar.day}T04:00:00.000Z`);
	const { privateKey } = registryKeyPair('a secret of the tests, long enough');
	return {
		log: new PostgresDecisionLog(database, privateKey, now, randomBytes),
		press: {
			policy: policy.value,
			photos: new PublicPhotos('/nonexistent', 'photo secret'),
			originals: async () => undefined,
			today: () => calendar.day
		},
		board: new NoticeBoard(database),
		random: randomBytes,
		now,
		today: () => calendar.day
	};
}

test('the phase of the decision table follows the file', async () => {
	const office = await claimOffice(readyForReview());
	const { hold, caseFile } = await holdOf(office);
	expect(phaseOf(hold, holdFacts(caseFile, office.calendar.day).documents)).toBe('after_certificate');
});
