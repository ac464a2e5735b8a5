import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomReviews } from '../../../../tests/support/random-review.ts';
import { reviewOffice, user, type ReviewOffice } from '../../../../tests/support/review-office.ts';
import {
	almostReady,
	claimId,
	houses,
	people,
	readyForReview,
	ReviewStory
} from '../../../../tests/support/review-story.ts';
import { conditionsMet } from '#lib/domain/eligibility/board-row.ts';
import { stageOf, stages } from '#lib/domain/eligibility/stage.ts';
import type { ChildId } from '#lib/domain/ids.ts';
import { addDays, civilDate, type CivilDate } from '#lib/domain/time.ts';
import { scopeOf } from '../notices/case-reading.ts';
import { rebuild } from '../read-models/rebuild.ts';
import { countBoard, countStages, dueSoon, readBoard, type BoardFilter } from './board.ts';

const day = civilDate('2025-03-10');
const everywhere = { kind: 'all' } as const;
const all: BoardFilter = { place: everywhere, stage: undefined, sort: 'last_day' };

/** Children at five stages, one of them in another house. */
async function fiveChildren(): Promise<ReviewOffice> {
	const office = await reviewOffice(day);
	const ready = readyForReview(1);
	const claimed = readyForReview(2);
	claimed.openClaim(1, '2025-03-07');
	const signed = readyForReview(3);
	signed.sign(people.officer);
	const elsewhere = new ReviewStory('2025-01-20', 4);
	elsewhere.tell(
		'intake.recorded',
		{
			answers: {
				nameAssigned: { state: 'known', value: '安安' },
				handoverDate: { state: 'known', value: civilDate('2025-01-20') }
			}
		},
		{ by: { ...people.careWorker, staffId: people.adminB.staffId, institutionId: houses.b } }
	);
	const left = readyForReview(5);
	const paper = left.paper('OTHER', '2025-03-09');
	left.decide(people.supervisor, { command: 'propose_exit', exit: { reason: 'deceased', papers: [paper] }, on: day });
	const proposal = left.entries.at(-1)?.entry.id;
	if (proposal) left.decide(people.officer, { command: 'confirm_exit', proposal });
	await office.store(ready, claimed, signed, elsewhere, left);
	return office;
}

describe('the review board', () => {
	test('counts the stages, and a filter lists what it counted', async () => {
		const { database } = await fiveChildren();
		await database.inScope({ kind: 'registry' }, async (session) => {
			const counts = await countStages(session, everywhere, day);
			expect(counts).toMatchObject({
				running: 1,
				waiting_for_review: 1,
				one_signature: 1,
				claimed: 1,
				left: 1,
				certified: 0
			});
			for (const stage of stages) {
				const { lines } = await readBoard(session, { ...all, stage }, day, 50);
				expect([stage, lines.length, lines.every((line) => line.stage === stage)]).toEqual([
					stage,
					counts[stage],
					true
				]);
			}
			const { lines } = await readBoard(session, all, day, 50);
			expect(lines.map(({ stage }) => stage)).not.toContain('left');
		});
	});

	test('tells of a child what a list needs: conditions met, since when, the claim that blocks, who signed first', async () => {
		const { database } = await fiveChildren();
		const lines = await database.inScope({ kind: 'registry' }, async (session) => {
			const { lines } = await readBoard(session, all, day, 50);
			return new Map(lines.map((line) => [line.stage, line]));
		});
		expect(lines.get('waiting_for_review')).toMatchObject({
			name: '石头',
			houseName: '云岭县儿童福利院',
			met: 8,
			conditions: 8,
			holdLastDay: '2025-02-28',
			since: '2025-03-05',
			blockers: []
		});
		expect(lines.get('claimed')).toMatchObject({ met: 7, claimSince: '2025-03-07', blockers: ['open_claim'] });
		expect(lines.get('one_signature')).toMatchObject({
			since: '2025-03-10',
			signedOn: '2025-03-10',
			signedAt: houses.registry
		});
	});

	test('shows a house its own children and no others, to the registry all', async () => {
		const { database } = await fiveChildren();
		const seen = async (who: Parameters<typeof user>[0]) =>
			database.inScope(scopeOf(user(who)), async (session) => {
				const counts = await countStages(session, everywhere, day);
				const { lines } = await readBoard(session, all, day, 50);
				return [Object.values(counts).reduce((a, b) => a + b, 0), lines.map(({ name }) => name).sort()];
			});
		expect(await seen('officer')).toEqual([5, ['安安', '石头', '石头', '石头'].sort()]);
		expect(await seen('adminA')).toEqual([4, ['石头', '石头', '石头']]);
		expect(await seen('adminB')).toEqual([1, ['安安']]);
		await database.inScope({ kind: 'public' }, async (session) => {
			expect((await session.query('SELECT child_id FROM review_rows')).rows).toEqual([]);
		});
		await expect(
			database.inScope(scopeOf(user('adminA')), (session) => session.query('UPDATE review_rows SET name = NULL'))
		).resolves.toMatchObject({ rowCount: 0 });
	});

	test('is narrowed to a house or to the houses of a region', async () => {
		const { database } = await fiveChildren();
		await database.inScope({ kind: 'registry' }, async (session) => {
			const names = async (place: BoardFilter['place']) =>
				(await readBoard(session, { ...all, place }, day, 50)).lines.map(({ name }) => name);
			expect(await names({ kind: 'house', id: houses.b })).toEqual(['安安']);
			expect(await names({ kind: 'region', code: '51' })).toEqual(['安安']);
			expect(await names({ kind: 'region', code: '53' })).toHaveLength(3);
			expect(await names({ kind: 'region', code: '5306' })).toHaveLength(3);
			expect((await countStages(session, { kind: 'region', code: '51' }, day)).running).toBe(1);
		});
	});

	test('is read page by page, no child twice and none left out, in every order', async () => {
		const office = await reviewOffice(day);
		const stories = ['石头', '安安', '小雨', '朵朵', undefined, '阿禾', '乐乐'].map((name, index) => {
			const story = new ReviewStory('2025-01-01', 20 + index);
			const handover = addDays(civilDate('2024-02-01'), index * 11);
			if (name) story.intake(handover, { earliest: '2018-01-01', latest: '2019-01-01' }, name);
			else story.tell('intake.recorded', { answers: {} });
			return story;
		});
		await office.store(...stories);
		await office.database.inScope({ kind: 'registry' }, async (session) => {
			for (const sort of ['last_day', 'waiting', 'name'] as const) {
				const whole = await readBoard(session, { ...all, sort }, day, 50);
				expect(whole.next).toBeUndefined();
				const paged: ChildId[] = [];
				let after: ChildId | undefined;
				do {
					const page = await readBoard(session, { ...all, sort }, day, 2, after);
					paged.push(...page.lines.map(({ childId }) => childId));
					after = page.next;
				} while (after);
				expect(paged).toEqual(whole.lines.map(({ childId }) => childId));
			}
			const { lines } = await readBoard(session, { ...all, sort: 'name' }, day, 50);
			// By pinyin: A'an, A'he, Duoduo, Lele, Shitou, Xiaoyu; who has no name comes last.
			expect(lines.map(({ name }) => name)).toEqual(
				['安安', '阿禾', '朵朵', '乐乐', '石头', '小雨', null].sort(byPinyin)
			);
		});
	});

	test('finds a child by name, pinyin, initials and number, and not by what the body looks like', async () => {
		const office = await reviewOffice(day);
		const story = readyForReview(1);
		story.tell('mark.recorded', {
			itemId: story.item(),
			mark: { kind: 'scar', site: 'ear', description: '月牙形旧疤' }
		});
		await office.store(story);
		await office.database.inScope({ kind: 'registry' }, async (session) => {
			const found = async (words: string) =>
				(await readBoard(session, { ...all, words, sort: 'name' }, day, 10)).lines.length;
			expect(await Promise.all(['石头', 'shitou', 'ST', 'yl-2024', '石 2024'].map(found))).toEqual([1, 1, 1, 1, 1]);
			expect(await Promise.all(['月牙', '安安', '石 2023'].map(found))).toEqual([0, 0, 0]);
		});
	});

	test('says what comes due: ends of holds and notices, coming of age, samples', async () => {
		const office = await reviewOffice(civilDate('2025-02-01'));
		const soon = almostReady(1);
		const young = new ReviewStory('2025-01-20', 2);
		young.intake('2025-01-20', { earliest: '2007-02-20', latest: '2007-08-01' }, '阿禾');
		young.notice('2025-01-22');
		await office.store(soon, young);
		await office.database.inScope({ kind: 'registry' }, async (session) => {
			await session.query(
				`INSERT INTO claims (id, number, kind, state, child_id, sample_due)
				VALUES ($1, 'RL-0000-0001', 'claim', 'screened', $2, '2025-02-10')`,
				[claimId(1), soon.childId]
			);
			const due = await dueSoon(session, everywhere, office.today, 60, 10);
			expect(due.map(({ kind, on, name }) => [kind, on, name])).toEqual([
				['sample_due', '2025-02-10', '石头'],
				['may_be_of_age', '2025-02-20', '阿禾'],
				['notice_ends', '2025-02-21', '阿禾'],
				['hold_ends', '2025-02-28', '石头']
			]);
			expect(await dueSoon(session, everywhere, office.today, 5, 10)).toEqual([]);
		});
	});

	test('lists what cuts across the stages, and counts what it lists', async () => {
		const { database, store } = await fiveChildren();
		const changed = readyForReview(6);
		changed.sign(people.officer);
		changed.withdraw('DOC-E');
		changed.openClaim(3);
		const papers = almostReady(7);
		const soon = new ReviewStory('2024-04-01', 8);
		soon.intake('2024-04-01', { earliest: '2018-01-01', latest: '2019-12-31' }, '朵朵');
		await store(changed, papers, soon);
		await database.inScope({ kind: 'registry' }, async (session) => {
			for (const [reader, mine] of [
				[houses.a, 1],
				[houses.registry, 0]
			] as const) {
				const { lists } = await countBoard(session, everywhere, day, reader);
				expect(lists).toEqual({ ends: 1, papers: 1, mine, changed: 1 });
				for (const list of ['ends', 'papers', 'mine', 'changed'] as const) {
					const { lines } = await readBoard(session, { ...all, list, reader }, day, 50);
					expect([list, lines.length]).toEqual([list, lists[list]]);
				}
			}
			const { lines } = await readBoard(session, { ...all, list: 'changed' }, day, 50);
			// A claim came on top: the stage is the claim's, and the change is told all the same.
			expect(lines.map(({ childId, stage }) => [childId, stage])).toEqual([[changed.childId, 'claimed']]);
		});
	});

	test('a search is narrowed by a stage and goes on page by page', async () => {
		const { database } = await fiveChildren();
		await database.inScope({ kind: 'registry' }, async (session) => {
			const found = { ...all, words: '石头', sort: 'name' as const };
			expect((await readBoard(session, found, day, 50)).lines).toHaveLength(4);
			expect((await readBoard(session, { ...found, stage: 'claimed' }, day, 50)).lines).toHaveLength(1);
			const first = await readBoard(session, found, day, 3);
			const second = await readBoard(session, found, day, 3, first.next);
			expect(new Set([...first.lines, ...second.lines].map(({ childId }) => childId)).size).toBe(4);
			expect(second.next).toBeUndefined();
		});
	});

	test('counts claims that nobody screened beside the child they name', async () => {
		const { database } = await fiveChildren();
		await database.inScope({ kind: 'registry' }, async (session) => {
			const [line] = (await readBoard(session, { ...all, stage: 'waiting_for_review' }, day, 5)).lines;
			expect(line?.unscreened).toBe(0);
			await session.query(
				`INSERT INTO claims (id, number, kind, state, child_id) VALUES ($1, 'RL-0000-0002', 'claim', 'received', $2)`,
				[claimId(2), line?.childId]
			);
			const [again] = (await readBoard(session, { ...all, stage: 'waiting_for_review' }, day, 5)).lines;
			expect(again?.unscreened).toBe(1);
		});
	});

	test('on every day says in SQL what the hold says of generated files: stage, conditions, waiting', async () => {
		const office = await reviewOffice(day);
		// One sample of fast-check's, so that all files lie in one database and are asked together.
		const own = fc.sample(randomReviews, 60).map((story, index) => story.as(100 + index));
		await office.store(...own.filter(({ entries }) => entries.length > 0));
		const days: CivilDate[] = fc
			.sample(fc.integer({ min: 0, max: 9000 }), 40)
			.map((days) => addDays(civilDate('2014-01-01'), days));
		await office.database.inScope({ kind: 'registry' }, async (session) => {
			for (const today of days) {
				const shown = new Map(
					(
						await Promise.all(
							[undefined, 'left' as const].map((stage) => readBoard(session, { ...all, stage }, today, 1_000))
						)
					).flatMap(({ lines }) => lines.map((line) => [line.childId, line] as const))
				);
				const told = new Map(stages.map((stage) => [stage, 0]));
				for (const story of own) {
					const hold = story.holdOn(today);
					const stage = stageOf(hold);
					if (story.entries.length === 0) continue;
					told.set(stage, (told.get(stage) ?? 0) + 1);
					const line = shown.get(story.childId);
					expect([today, line?.stage, line?.met]).toEqual([today, stage, conditionsMet(hold)]);
				}
				expect(await countStages(session, everywhere, today)).toEqual(Object.fromEntries(told));
			}
		});
	});

	test('is made again from the log, the same', async () => {
		const { database } = await fiveChildren();
		const rows = () =>
			database.inScope({ kind: 'registry' }, (session) =>
				session.query('SELECT to_jsonb(review_rows) AS row FROM review_rows ORDER BY child_id')
			);
		const before = (await rows()).rows;
		await database.inScope({ kind: 'registry' }, (session) => session.query('DELETE FROM review_rows'));
		await rebuild(database);
		expect((await rows()).rows).toEqual(before);
	});
});

function byPinyin(a: string | null, b: string | null): number {
	if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
	return a.localeCompare(b, 'zh');
}
