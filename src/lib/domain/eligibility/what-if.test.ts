import { describe, expect, it } from 'vitest';
import { almostReady, ReviewStory } from '../../../../tests/support/review-story.ts';
import { holdFacts } from '../case-file/hold-facts.ts';
import { restDaysFor } from '../hold/rest-days.ts';
import { withClaimEffect } from '../hold/worked-examples.ts';
import { civilDate, type CivilDate } from '../time.ts';
import type { Policy } from '../hold/policy.ts';
import { certifiableIf, type Supposition } from './what-if.ts';

function ask(story: ReviewStory, supposition: Supposition, policy: Policy = story.policy) {
	return certifiableIf(holdFacts(story.caseFile, story.today), policy, restDaysFor(policy.calendar), supposition);
}
const day = (text: string): CivilDate => civilDate(text);

describe('when a child would be certifiable', () => {
	it('with the certificate of a day after the last: on that day', () => {
		expect(ask(almostReady(), { certificateOn: day('2025-03-20') })).toEqual({
			earliest: '2025-03-20',
			provisional: false,
			missing: []
		});
	});

	it('with a certificate dated before the twelve months are over: not by that paper', () => {
		const story = almostReady();
		story.today = day('2025-01-10');
		expect(ask(story, { certificateOn: day('2025-02-20') })).toMatchObject({
			earliest: '2025-03-01',
			missing: [{ code: 'replace_document', document: 'DOC-C', openFrom: '2025-03-01' }]
		});
	});

	it('without supposing anything it says what stays missing, and from which day only that', () => {
		const story = almostReady();
		story.today = day('2024-12-01');
		expect(ask(story, {})).toMatchObject({
			earliest: '2025-03-01',
			missing: [{ code: 'obtain_document', document: 'DOC-C' }]
		});
	});

	it('a claim that is refused on a day blocks until then, and moves nothing where the policy says block', () => {
		const story = almostReady();
		story.openClaim(1, '2025-02-01');
		expect(ask(story, { certificateOn: day('2025-03-12') }).missing).toMatchObject([{ code: 'decide_claims' }]);
		expect(ask(story, { certificateOn: day('2025-03-12'), claimsClosedOn: day('2025-04-02') })).toEqual({
			earliest: '2025-04-02',
			provisional: false,
			missing: []
		});
	});

	it('where a claim suspends the clock its days are added, and the certificate must come after them', () => {
		const story = almostReady();
		story.openClaim(1, '2025-02-01');
		const policy = withClaimEffect('suspend', story.policy);
		// 60 days from 1 February to 2 April: 28 February becomes 29 April.
		expect(ask(story, { certificateOn: day('2025-05-10'), claimsClosedOn: day('2025-04-02') }, policy)).toMatchObject({
			earliest: '2025-05-10',
			missing: []
		});
		expect(ask(story, { certificateOn: day('2025-04-20'), claimsClosedOn: day('2025-04-02') }, policy)).toMatchObject({
			missing: [{ code: 'replace_document', openFrom: '2025-04-30' }]
		});
	});

	it('a notice published late runs its thirty days, and only then counts', () => {
		const story = new ReviewStory('2025-03-10');
		story.intake('2024-02-29', { earliest: '2018-01-01', latest: '2019-12-31' });
		const all = {
			certificateOn: day('2025-03-12'),
			tempProofOn: day('2025-03-12'),
			dnaInDatabaseOn: day('2025-03-12'),
			dnaResultOn: day('2025-03-12'),
			startConfirmedOn: day('2025-03-12')
		};
		expect(ask(story, all).missing.map(({ code }) => code)).toEqual(['publish_notice', 'publish_notice']);
		// Published on 12 March; thirty days end on 11 April, a Friday.
		expect(ask(story, { ...all, noticePublishedOn: day('2025-03-12') })).toEqual({
			earliest: '2025-04-12',
			provisional: false,
			missing: []
		});
	});

	it('a day that hangs on holidays nobody has published is told as provisional', () => {
		const story = new ReviewStory('2026-11-22');
		story.intake('2026-03-24', { earliest: '2020-01-01', latest: '2021-01-01' });
		expect(ask(story, {})).toMatchObject({ earliest: '2027-03-25', provisional: true });
	});

	it('a child who comes of age before the twelve months end is never certifiable', () => {
		const story = new ReviewStory('2024-06-01');
		story.intake('2024-06-01', { earliest: '2006-10-01', latest: '2006-12-01' });
		expect(ask(story, { certificateOn: day('2025-06-10') })).toMatchObject({ earliest: undefined });
	});

	it('nothing is certifiable of a child who has left', () => {
		const story = new ReviewStory('2026-06-01');
		story.intake('2024-06-01', { earliest: '2006-01-01', latest: '2006-02-01' });
		expect(ask(story, { certificateOn: day('2026-06-10') })).toEqual({
			earliest: undefined,
			provisional: false,
			missing: []
		});
	});
});
