import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomReviews } from '../../../../tests/support/random-review.ts';
import { almostReady, people, readyForReview, ReviewStory } from '../../../../tests/support/review-story.ts';
import { builtInRules } from '../hold/rules.ts';
import { withClaimEffect } from '../hold/worked-examples.ts';
import { addDays, civilDate } from '../time.ts';
import { boardRow, conditionsMet, phaseOn } from './board-row.ts';
import { signedSomethingElse, stageOf, type Stage } from './stage.ts';

const rulesOf = ({ policy }: Pick<ReviewStory, 'policy'>) => ({ rules: { ...builtInRules, policies: [policy] } });

describe('the stage of a child', () => {
	it('goes from the hand-over to two signatures', () => {
		const seen: Stage[] = [];
		const look = (story: ReviewStory) => seen.push(stageOf(story.hold));
		const story = new ReviewStory('2024-02-29');
		look(story);
		story.intake('2024-02-29', { earliest: '2018-01-01', latest: '2019-12-31' });
		look(story);
		expect(stageOf(story.holdOn(civilDate('2024-12-29')))).toBe('running');
		expect(stageOf(story.holdOn(civilDate('2024-12-30')))).toBe('ends_soon');
		expect(stageOf(story.holdOn(civilDate('2025-02-28')))).toBe('ends_soon');
		expect(stageOf(story.holdOn(civilDate('2025-03-01')))).toBe('waiting_for_papers');

		const ready = almostReady();
		look(ready);
		ready.paper('DOC-C', '2025-03-05');
		look(ready);
		ready.sign(people.officer);
		look(ready);
		ready.sign(people.adminB);
		look(ready);
		expect(seen).toEqual([
			'not_started',
			'running',
			'waiting_for_papers',
			'waiting_for_review',
			'one_signature',
			'certified'
		]);
	});

	it('is that of the claim as soon as one is open, whatever else there is, until it is decided', () => {
		const story = readyForReview();
		story.sign(people.officer);
		story.decide(people.police, { command: 'raise_flag', flag: { flag: 'police_hold', reason: '来函' } });
		expect(stageOf(story.hold)).toBe('halted');
		const opening = story.openClaim(1);
		expect(stageOf(story.hold)).toBe('claimed');
		story.closeClaim(1, opening, 'refused');
		expect(stageOf(story.hold)).toBe('halted');
	});

	it('says that the evidence changed when a paper is withdrawn after a signature', () => {
		const story = readyForReview();
		story.sign(people.officer);
		story.sign(people.adminB);
		expect(stageOf(story.hold)).toBe('certified');
		story.withdraw('DOC-E');
		expect(story.hold.status).toBe('elapsed');
		expect(stageOf(story.hold)).toBe('evidence_changed');
	});

	it('is a refusal while the evidence is what was refused, and a new review once it is not', () => {
		const story = readyForReview();
		story.sign(people.officer, 'not_eligible');
		expect(stageOf(story.hold)).toBe('not_agreed');
		story.paper('DOC-E', '2025-03-09');
		expect(stageOf(story.hold)).toBe('waiting_for_review');
	});

	it('is left for ever once the child has left', () => {
		const story = readyForReview();
		const paper = story.paper('OTHER', '2025-03-09');
		story.decide(people.supervisor, {
			command: 'propose_exit',
			exit: { reason: 'deceased', papers: [paper] },
			on: story.today
		});
		const proposal = story.entries.at(-1)?.entry.id;
		if (!proposal) throw new Error('nothing was proposed');
		story.decide(people.officer, { command: 'confirm_exit', proposal });
		expect(stageOf(story.hold)).toBe('left');
		expect(boardRow(story.caseFile, rulesOf(story)).left).toEqual({ reason: 'deceased', on: '2025-03-10' });
	});

	it('is left by coming of age on the latest day the child can have been born, and halted from the earliest', () => {
		const story = new ReviewStory('2025-01-10');
		story.intake('2025-01-10', { earliest: '2008-01-01', latest: '2009-05-01' });
		const row = boardRow(story.caseFile, rulesOf(story));
		expect([row.maybeAdultOn, row.adultOn]).toEqual(['2026-01-01', '2027-05-01']);
		expect(phaseOn(row, civilDate('2025-12-31')).stage).toBe('ends_soon');
		expect(phaseOn(row, civilDate('2026-01-01')).stage).toBe('halted');
		expect(phaseOn(row, civilDate('2027-04-30')).stage).toBe('halted');
		expect(phaseOn(row, civilDate('2027-05-01'))).toMatchObject({ stage: 'left', since: '2027-05-01' });
	});
});

describe('since when a child waits', () => {
	it('is the day the last paper reached the house, not the day printed on it', () => {
		const story = almostReady();
		expect(phaseOn(boardRow(story.caseFile, rulesOf(story)), story.today).since).toBe('2025-03-01');
		story.tell(
			'document.recorded',
			{
				itemId: story.item(),
				document: { code: 'DOC-C', number: '8号', date: civilDate('2025-03-05'), originalSeenBy: '李秀兰' }
			},
			{ on: civilDate('2025-03-08') }
		);
		expect(phaseOn(boardRow(story.caseFile, rulesOf(story)), story.today)).toMatchObject({
			stage: 'waiting_for_review',
			since: '2025-03-08',
			met: 8
		});
	});

	it('is told anew after a claim was refused, and after the first signature', () => {
		const story = readyForReview();
		const opening = story.openClaim(1, '2025-03-07');
		story.closeClaim(1, opening, 'refused', 'refuse', civilDate('2025-03-09'));
		expect(phaseOn(boardRow(story.caseFile, rulesOf(story)), story.today).since).toBe('2025-03-09');
		story.sign(people.officer);
		expect(phaseOn(boardRow(story.caseFile, rulesOf(story)), addDays(story.today, 9))).toMatchObject({
			stage: 'one_signature',
			since: '2025-03-10'
		});
	});

	it('a file that was sent back says so until somebody signs', () => {
		const story = readyForReview();
		story.decide(people.adminB, { command: 'return_for_more', opinion: '请补盖章', conditions: [] });
		expect(boardRow(story.caseFile, rulesOf(story)).returnedOn).toBe('2025-03-10');
		story.sign(people.officer);
		expect(boardRow(story.caseFile, rulesOf(story)).returnedOn).toBeUndefined();
	});
});

describe('a stored row', () => {
	it('tells on every day what the hold of that day tells: stage, conditions, stale signatures', () => {
		const stagesSeen = new Set<Stage>();
		fc.assert(
			fc.property(
				randomReviews,
				fc.constantFrom('block', 'suspend', 'restart'),
				fc.array(fc.integer({ min: 0, max: 12_000 }), { minLength: 4, maxLength: 12 }),
				(story, effect, days) => {
					const policy = withClaimEffect(effect, story.policy);
					const own = new ReviewStory(story.today, 1, policy);
					const rules = rulesOf({ policy });
					const row = boardRow(story.caseFile, rules);
					const turns = row.phases.flatMap(({ from }) => (from > '1950' ? [addDays(from, -1), from] : []));
					for (const day of [...days.map((n) => addDays(civilDate('2014-01-01'), n)), ...turns]) {
						const hold = own.reckon(story.caseFile, day);
						const stage = stageOf(hold);
						stagesSeen.add(stage);
						const { stage: stored, met, changed } = phaseOn(row, day);
						const open = stage === 'claimed' && effect !== 'block';
						expect([day, stored, open || met, open || changed]).toEqual([
							day,
							stage,
							open || conditionsMet(hold),
							open || (hold.review !== undefined && signedSomethingElse(hold.review))
						]);
					}
				}
			),
			{ numRuns: 500 }
		);
		// A generator that never gets there would prove nothing.
		expect([...stagesSeen].sort()).toEqual(
			[
				'not_started',
				'running',
				'ends_soon',
				'waiting_for_papers',
				'waiting_for_review',
				'one_signature',
				'not_agreed',
				'claimed',
				'halted',
				'evidence_changed',
				'certified',
				'left'
			].sort()
		);
	});
});
