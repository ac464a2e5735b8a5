import { describe, expect, it } from 'vitest';
import { almostReady, people, readyForReview, type ReviewStory } from '../../../../tests/support/review-story.ts';
import { canonicalJson, type Json } from '../canonical-json.ts';
import { decisionsOf } from '../case-file/case-file.ts';
import type { CaseFault } from './decision.ts';
import { evidenceNow } from './reviews.ts';

const faultOf = (decided: ReturnType<ReviewStory['decide']>): CaseFault | 'none' =>
	decided.ok ? 'none' : decided.error;

describe('the eligibility review', () => {
	it('is certified by two reviewers of different institutions, and by no fewer', () => {
		const story = readyForReview();
		expect(faultOf(story.sign(people.officer))).toBe('none');
		expect(story.hold).toMatchObject({ status: 'elapsed', ready: true, review: { status: 'one_signature' } });
		expect(faultOf(story.sign(people.adminB))).toBe('none');
		expect(story.hold).toMatchObject({ status: 'certified', review: { status: 'eligible', changed: [] } });
	});

	it('takes no second signature of the first institution, nor of the first person', () => {
		const story = readyForReview();
		story.sign(people.officer);
		expect(faultOf(story.sign(people.officer2))).toEqual({ type: 'two_institutions_needed' });
		expect(faultOf(story.sign(people.officer))).toEqual({ type: 'already_signed' });
		expect(story.hold.status).toBe('elapsed');
	});

	it('is not for whoever recorded the certificate, or the date everything counts from', () => {
		const story = almostReady();
		story.paper('DOC-C', '2025-03-05', {}, people.officer);
		expect(faultOf(story.sign(people.officer))).toEqual({ type: 'reviewer_recorded', what: 'certificate' });
		story.correctHandover('2024-02-28', people.adminB);
		expect(faultOf(story.sign(people.adminB))).toEqual({ type: 'reviewer_recorded', what: 'start' });
	});

	it.each(['careWorker', 'supervisor', 'police', 'auditor'] as const)('is not for a %s', (who) => {
		expect(faultOf(readyForReview().sign(people[who]))).toEqual({ type: 'not_yours_to_decide' });
	});

	it('waits while a paper is missing, a claim is open or nobody screened one', () => {
		expect(faultOf(almostReady().sign(people.officer))).toEqual({
			type: 'conditions_missing',
			conditions: ['certificate_on_file']
		});
		const claimed = readyForReview();
		claimed.openClaim(1);
		expect(faultOf(claimed.sign(people.officer))).toMatchObject({
			type: 'conditions_missing',
			conditions: ['no_open_claim']
		});
		const waiting = readyForReview();
		waiting.registry = { unscreenedClaims: 1, openCandidates: 0 };
		expect(faultOf(waiting.sign(people.officer))).toEqual({ type: 'claims_to_screen', count: 1 });
		waiting.registry = { unscreenedClaims: 0, openCandidates: 2 };
		expect(faultOf(waiting.sign(people.officer))).toEqual({ type: 'candidates_to_look_at', count: 2 });
	});

	it('freezes the evidence with its hash when the first signs, and the second signs the same', () => {
		const story = readyForReview();
		const evidence = evidenceNow(story.ground);
		story.sign(people.officer);
		story.pass(12);
		story.sign(people.adminB);
		const [opened] = decisionsOf(story.caseFile, 'review.opened');
		expect(canonicalJson(opened?.payload.evidence as Json)).toBe(canonicalJson(evidence as Json));
		const signed = decisionsOf(story.caseFile, 'review.signed').map(({ payload }) => payload.snapshot);
		expect(signed).toEqual([opened?.payload.snapshot, opened?.payload.snapshot]);
	});

	it('does not change by the passing of days, nor by what happens to other papers', () => {
		const story = readyForReview();
		story.sign(people.officer);
		story.sign(people.adminB);
		story.pass(300);
		story.paper('DOC-G', story.today);
		expect(story.hold.status).toBe('certified');
	});

	it.each([
		[
			'a paper is withdrawn',
			(story: ReviewStory): void => void story.withdraw('DOC-B'),
			['conditions', 'blockers', 'documents']
		],
		['a second result arrives', (story: ReviewStory): void => void story.paper('DOC-E', '2025-03-09'), ['documents']],
		['a claim is opened', (story: ReviewStory): void => void story.openClaim(1), ['conditions', 'blockers', 'claims']],
		[
			'the hand-over is dated otherwise',
			(story: ReviewStory): void => void story.correctHandover('2024-02-28'),
			['clocks', 'blockers', 'start']
		]
	] as const)('falls when %s, and says in what', (_, happens, parts) => {
		const story = readyForReview();
		story.sign(people.officer);
		story.sign(people.adminB);
		happens(story);
		expect(story.hold.status).not.toBe('certified');
		expect(story.hold.review?.changed).toEqual(parts);
	});

	it('begins anew on new evidence; the signature on the old one does not count with it', () => {
		const story = readyForReview();
		story.sign(people.officer);
		story.paper('DOC-E', '2025-03-09');
		expect(faultOf(story.sign(people.adminB))).toBe('none');
		expect(story.hold).toMatchObject({ status: 'elapsed', review: { status: 'one_signature', changed: [] } });
	});

	it('ends with a refusal, and with a file that is sent back', () => {
		const refused = readyForReview();
		refused.sign(people.officer);
		refused.sign(people.adminB, 'not_eligible');
		expect(refused.hold).toMatchObject({ status: 'elapsed', review: { status: 'not_eligible' } });
		const back = readyForReview();
		back.sign(people.officer);
		back.decide(people.adminB, {
			command: 'return_for_more',
			opinion: '请补盖章',
			conditions: ['certificate_on_file']
		});
		expect(back.hold.review).toBeUndefined();
	});

	it('never brings an agreement back to life that was taken back, whatever becomes of the review after it', () => {
		const story = readyForReview();
		story.sign(people.officer);
		story.sign(people.officer, 'not_eligible');
		story.decide(people.adminA, { command: 'return_for_more', opinion: '请补盖章', conditions: [] });
		story.sign(people.adminB);
		expect(story.hold).toMatchObject({ status: 'elapsed', review: { status: 'one_signature' } });
	});
});
