import { describe, expect, it } from 'vitest';
import { people, readyForReview, type ReviewStory } from '../../../../tests/support/review-story.ts';
import type { Json } from '../canonical-json.ts';
import { decisionsOf } from '../case-file/case-file.ts';
import { evidenceNow } from '../decision/reviews.ts';
import { civilDate } from '../time.ts';
import { evidenceDifferences } from './evidence-differences.ts';

/** What changed since the story's first signature. */
function since(story: ReviewStory) {
	const opened = decisionsOf(story.caseFile, 'review.opened').at(-1);
	if (!opened) throw new Error('nobody signed');
	return evidenceDifferences(opened.payload.evidence, evidenceNow(story.ground));
}

function signed(): ReviewStory {
	const story = readyForReview();
	story.sign(people.officer);
	return story;
}

describe('what changed since a signature', () => {
	it('is nothing while the file says the same, on another day too', () => {
		const story = signed();
		expect(since(story)).toEqual([]);
		story.pass(30);
		expect(since(story)).toEqual([]);
	});

	it('is one line for a paper that was replaced: what it said, what it says', () => {
		const story = signed();
		story.withdraw('DOC-E');
		expect(since(story)).toMatchObject([
			{ part: 'conditions', condition: 'dna_result_on_file', before: 'met', after: 'missing' },
			{ part: 'blockers', before: [], after: ['document_missing'] },
			{ part: 'documents', document: 'DOC-E', before: { date: '2024-04-20' } }
		]);
		story.paper('DOC-E', '2025-03-09', { number: '另一份' });
		expect(since(story)).toMatchObject([
			{
				part: 'documents',
				document: 'DOC-E',
				before: { date: '2024-04-20' },
				after: { number: '另一份', date: '2025-03-09' }
			}
		]);
	});

	it('tells the old last day and the new one when the start is corrected', () => {
		const story = signed();
		story.correctHandover('2024-03-01');
		expect(since(story)).toContainEqual({
			part: 'clocks',
			clock: 'hold',
			before: expect.objectContaining({ start: '2024-02-29', lastDay: '2025-02-28' }) as unknown,
			after: expect.objectContaining({ start: '2024-03-01', lastDay: '2025-03-03' }) as unknown
		});
		expect(since(story)).toContainEqual({ part: 'start', before: true, after: false });
	});

	it('tells of a claim that came, and of one that was closed', () => {
		const story = signed();
		const opening = story.openClaim(1, '2025-03-10');
		expect(since(story)).toContainEqual(
			expect.objectContaining({ part: 'claims', before: undefined, after: expect.anything() as unknown })
		);
		story.closeClaim(1, opening, 'refused');
		expect(since(story)).toMatchObject([{ part: 'claims', after: { outcome: 'refused', closedOn: '2025-03-10' } }]);
	});

	it('names the entries that say who the child is, and the range of the birth', () => {
		const story = signed();
		story.tell('intake.recorded', {
			answers: {
				nameGiven: { state: 'known', value: '石小林' },
				birth: { state: 'known', value: { precision: 'exact', date: civilDate('2018-05-01') } }
			}
		});
		const found = since(story);
		expect(found.map(({ part }) => part)).toContain('identity');
		expect(found).not.toContainEqual({ part: 'unreadable' });
	});

	it('of evidence in another shape says that it cannot be compared, and never that nothing changed', () => {
		const story = signed();
		const now = evidenceNow(story.ground);
		for (const old of [null, {}, { ...(now as Json & object), schema: 'lampkeep-evidence/0' }] as readonly Json[])
			expect(evidenceDifferences(old, now)).toEqual([{ part: 'unreadable' }]);
	});
});
