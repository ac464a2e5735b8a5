import { describe, expect, test } from 'vitest';
import {
	administrator,
	ClaimStory,
	clock,
	family,
	officer,
	supervisor
} from '../../../../tests/support/claim-story.ts';
import { claimRow } from './claim-row.ts';

const refuse = { type: 'proposeDecision', decision: 'refuse', reasons: '见附件' } as const;

describe('what a claim waits for', () => {
	test.each([
		['a report without a child: to be linked', new ClaimStory('report', false), 'link', undefined],
		['a new claim: to be looked at within three days', new ClaimStory(), 'screen', '2026-11-04'],
		[
			'one with questions: the family’s answers',
			new ClaimStory().does(supervisor, { type: 'ask', topics: ['loss'] }),
			'family_answers',
			undefined
		],
		[
			'one whose family answered: to be looked at',
			new ClaimStory().does(supervisor, { type: 'ask', topics: ['loss'] }).happens({ type: 'amended', version: 2 }),
			'screen',
			'2026-11-04'
		],
		['a plausible one: the sample, by its last day', new ClaimStory().plausible(), 'sample', '2026-12-01'],
		['one with the family’s blood: the laboratory', new ClaimStory().plausible().sampled(), 'kinship', undefined],
		['an inconclusive one: more loci', new ClaimStory().plausible().kin('inconclusive'), 'more_loci', undefined],
		['an excluded one: a decision', new ClaimStory().plausible().kin('excluded'), 'decide', undefined],
		['a confirmed one: the police', new ClaimStory().plausible().kin('confirmed'), 'police_finding', undefined],
		[
			'one whose child was stolen: the assessment',
			new ClaimStory().plausible().kin('confirmed').found('stolen'),
			'fitness',
			undefined
		],
		['one whose child was sold: a decision', new ClaimStory().kin('confirmed').found('sold'), 'decide', undefined],
		['a proposal: the second signature', new ClaimStory().kin('excluded').does(supervisor, refuse), 'sign', undefined],
		[
			'one whose block lapsed: a decision',
			new ClaimStory().plausible().on('2026-12-02').does(clock, { type: 'lapse' }),
			'decide',
			undefined
		],
		[
			'one whose family appealed: to be heard',
			new ClaimStory().plausible().on('2026-12-02').does(clock, { type: 'lapse' }).does(family, { type: 'appeal' }),
			'hear_appeal',
			undefined
		]
	] as const)('%s', (_, story, next, dueOn) => {
		const row = claimRow(story.claim);
		expect([row.next, row.dueOn]).toEqual([next, dueOn]);
	});

	test('an ended claim waits for nothing and says when it ended and in what', () => {
		const story = new ClaimStory().plausible().kin('excluded').does(supervisor, refuse);
		story.on('2026-12-24').does(administrator, { type: 'signDecision', proposal: story.proposal });
		const row = claimRow(story.claim);
		expect(row).toMatchObject({ state: 'decided', decision: 'refuse', closedOn: '2026-12-24', blocks: false });
		expect(row.next).toBeUndefined();
	});

	test('a decision taken again keeps the day of the first', () => {
		const story = new ClaimStory().kin('confirmed').found('lost').assessed('unfit');
		story.does(supervisor, { type: 'proposeDecision', decision: 'stay_in_care', reasons: '见附件' });
		story.does(officer, { type: 'signDecision', proposal: story.proposal }).on('2027-03-01').assessed('fit');
		story.does(supervisor, { type: 'proposeDecision', decision: 'reunite', reasons: '见附件' });
		expect(claimRow(story.claim)).toMatchObject({ next: 'sign', decision: 'reunite', closedOn: '2026-11-01' });
	});
});
