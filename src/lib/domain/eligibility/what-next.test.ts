import { describe, expect, it } from 'vitest';
import { almostReady, people, readyForReview, ReviewStory } from '../../../../tests/support/review-story.ts';
import { whatNext } from './what-next.ts';

const codes = (story: ReviewStory) => whatNext(story.hold, story.registry).map(({ code }) => code);

describe('what is to be done next', () => {
	it('for a child of whom nothing is recorded: the house records the hand-over, the police take blood, the notice appears', () => {
		const steps = whatNext(new ReviewStory('2026-01-01').hold);
		expect(steps).toMatchObject([
			{ code: 'publish_notice', channel: 'newspaper', who: 'house' },
			{ code: 'publish_notice', channel: 'national_platform', who: 'supervisor' },
			{ code: 'record_fact', fact: 'police_handover', who: 'house' },
			{ code: 'take_sample', who: 'police' },
			{ code: 'obtain_document', document: 'DOC-B', who: 'police' },
			{ code: 'obtain_document', document: 'DOC-E', who: 'police' },
			{ code: 'obtain_document', document: 'DOC-C', after: 'hold', who: 'police' }
		]);
	});

	it('while the twelve months run nobody can hasten them, and the certificate comes after them', () => {
		const story = almostReady();
		const steps = whatNext(story.holdOn(story.hold.clocks.length > 0 ? ('2024-12-01' as never) : story.today));
		expect(steps).toMatchObject([
			{ code: 'wait_for_clock', clock: 'hold', lastDay: '2025-02-28', who: 'time' },
			{ code: 'obtain_document', document: 'DOC-C', after: 'hold' }
		]);
	});

	it('when the twelve months are over the police issue the certificate', () => {
		expect(whatNext(almostReady().hold)).toEqual([{ code: 'obtain_document', document: 'DOC-C', who: 'police' }]);
	});

	it('of a certificate dated too early the police issue another, of one half recorded the house completes it', () => {
		const early = almostReady();
		early.paper('DOC-C', '2025-02-28');
		expect(whatNext(early.hold)).toEqual([
			{ code: 'replace_document', document: 'DOC-C', who: 'police', openFrom: '2025-03-01' }
		]);
		const half = almostReady();
		half.paper('DOC-C', '2025-03-05', { originalSeenBy: undefined });
		expect(whatNext(half.hold)).toEqual([
			{ code: 'complete_document', document: 'DOC-C', who: 'house', missing: ['original'] }
		]);
	});

	it('a date that nobody compared with the paper waits for a second person, a disputed one for the house', () => {
		const story = almostReady();
		story.correctHandover('2024-02-28');
		expect(whatNext(story.hold)).toMatchObject([
			{ code: 'confirm_start', who: 'second_person' },
			{ code: 'obtain_document', document: 'DOC-C' }
		]);
		story.tell('intake.recorded', { answers: { handoverDate: { state: 'known', value: '2024-02-27' as never } } });
		expect(whatNext(story.hold)[0]).toMatchObject({
			code: 'settle_dates',
			who: 'house',
			fact: 'police_handover',
			dates: ['2024-02-27', '2024-02-28']
		});
	});

	it('a claim, a halt and a claim nobody screened come before every paper', () => {
		const story = almostReady();
		story.openClaim(1, '2025-03-01');
		story.decide(people.police, { command: 'raise_flag', flag: { flag: 'police_hold', reason: '来函' } });
		story.registry = { unscreenedClaims: 2, openCandidates: 1 };
		expect(whatNext(story.hold, story.registry)).toMatchObject([
			{ code: 'screen_claims', who: 'claim_desk', count: 2 },
			{ code: 'look_at_candidates', who: 'claim_desk', count: 1 },
			{ code: 'decide_claims', who: 'claim_desk', count: 1, since: '2025-03-01' },
			{ code: 'lift_halt', who: 'police', flag: 'police_hold' },
			{ code: 'obtain_document', document: 'DOC-C' }
		]);
	});

	it('where the parents are found the way goes by the family, and never by a certificate', () => {
		const story = readyForReview();
		story.closeClaim(1, story.openClaim(1), 'kin_confirmed', 'reunite');
		expect(codes(story)).toEqual(['follow_the_family']);
	});

	it('with everything there a reviewer signs, then one of another institution, then nothing is left', () => {
		const story = readyForReview();
		expect(whatNext(story.hold)).toEqual([{ code: 'review_first', who: 'reviewer' }]);
		story.sign(people.officer);
		expect(whatNext(story.hold)).toEqual([
			{ code: 'review_second', who: 'other_reviewer', not: [people.officer.institutionId] }
		]);
		story.sign(people.adminB);
		expect(whatNext(story.hold)).toEqual([]);
	});

	it('evidence that changed is reviewed anew; a refusal is answered', () => {
		const changed = readyForReview();
		changed.sign(people.officer);
		changed.sign(people.adminB);
		changed.paper('DOC-E', '2025-03-09');
		expect(whatNext(changed.hold)).toEqual([{ code: 'review_anew', who: 'reviewer', parts: ['documents'] }]);
		const refused = readyForReview();
		refused.sign(people.officer, 'not_eligible');
		expect(codes(refused)).toEqual(['answer_refusal']);
	});

	it('a last day in a year whose holidays are not published waits for them', () => {
		const story = new ReviewStory('2027-04-01');
		story.intake('2026-03-24', { earliest: '2020-01-01', latest: '2021-01-01' });
		expect(whatNext(story.hold).filter(({ code }) => code === 'load_holidays')).toEqual([
			{ code: 'load_holidays', who: 'operator', clock: 'hold', lastDay: '2027-03-24' }
		]);
	});
});
