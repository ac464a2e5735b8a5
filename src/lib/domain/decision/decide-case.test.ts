import { describe, expect, it, test } from 'vitest';
import {
	adopterId,
	afterHold,
	agree,
	careWorker,
	certifiedChild,
	claimId,
	DecisionStory,
	houseReviewer,
	lastDay,
	liaison,
	must,
	otherClaim,
	readyChild,
	registryHouse,
	registryReviewer,
	secondOfficer,
	secondSupervisor,
	supervisor,
	actor
} from '../../../../tests/support/decision-story.ts';
import { roles, type Role } from '../disclosure/roles.ts';
import type { ItemId } from '../ids.ts';
import { exitState } from '../leaving/exit-state.ts';
import type { Exit } from '../leaving/exit.ts';
import { noticeState } from '../notice/notice-state.ts';
import { civilDate } from '../time.ts';
import { openAdoption } from './adoption.ts';
import type { CaseCommand } from './decide-case.ts';

const refuse: CaseCommand = { command: 'sign_review', verdict: 'not_eligible', opinion: '证明不是原件。' };
const exit = (given: Partial<Exit> & Pick<Exit, 'reason'>, on = '2026-06-01'): CaseCommand => ({
	command: 'propose_exit',
	exit: { papers: [], ...given },
	on: civilDate(on)
});
const fault = (type: string, more: object = {}) => ({ ok: false, error: { type, ...more } });

describe('the eligibility review', () => {
	it('is signed by two reviewers of different institutions, and then the hold is certified', () => {
		const story = readyChild();
		expect(story.hold(afterHold)).toMatchObject({ status: 'elapsed', ready: true, blockers: [] });
		must(story.decide(houseReviewer, agree, afterHold));
		expect(story.hold(afterHold)).toMatchObject({ status: 'elapsed', review: { status: 'one_signature' } });
		must(story.decide(registryReviewer, agree, afterHold));
		expect(story.hold(afterHold)).toMatchObject({ status: 'certified', review: { status: 'eligible', changed: [] } });
	});

	it('is not complete with two signatures of one person', () => {
		const story = readyChild();
		must(story.decide(registryReviewer, agree, afterHold));
		expect(story.decide(registryReviewer, agree, afterHold)).toEqual(fault('already_signed'));
		expect(story.hold(afterHold).status).toBe('elapsed');
	});

	it('is not complete with two persons of one institution', () => {
		const story = readyChild();
		must(story.decide(registryReviewer, agree, afterHold));
		expect(story.decide(secondOfficer, agree, afterHold)).toEqual(fault('two_institutions_needed'));
		expect(story.hold(afterHold).status).toBe('elapsed');
	});

	it('counts no second signature of one institution even where one was written', () => {
		const story = readyChild();
		must(story.decide(registryReviewer, agree, afterHold));
		const opened = story.hold(afterHold).review;
		if (!opened) throw new Error('no review');
		story.append(secondOfficer, {
			type: 'review.signed',
			payload: {
				itemId: opened.id as ItemId,
				snapshot: opened.snapshot as never,
				verdict: 'eligible',
				opinion: '同意。'
			},
			replaces: [],
			occurredOn: civilDate(afterHold)
		});
		expect(story.hold(afterHold).status).toBe('elapsed');
	});

	it('is not open to who recorded the certificate, nor to who recorded the date it counts from', () => {
		const story = readyChild();
		story.paper('DOC-C', '2026-03-17', 'r');
		expect(story.decide(registryReviewer, agree, afterHold)).toEqual(
			fault('reviewer_recorded', { what: 'certificate' })
		);
		const author = actor('a', 'second_administrator');
		expect(readyChild().decide(author, agree, afterHold)).toMatchObject(fault('reviewer_recorded'));
	});

	it.each(roles.filter((role) => role !== 'second_administrator' && role !== 'registry_officer'))(
		'is not open to a %s',
		(role: Role) => {
			expect(readyChild().decide(actor('z', role), agree, afterHold)).toEqual(fault('not_yours_to_decide'));
		}
	);

	it('cannot agree on the last day of the hold, nor before', () => {
		expect(readyChild().decide(registryReviewer, agree, lastDay)).toEqual(fault('hold_not_elapsed'));
	});

	it('cannot agree while a claim is open, a claim is unscreened, or a possible family was not looked at', () => {
		const claimed = readyChild();
		claimed.openClaim(claimId, '2026-03-18');
		expect(claimed.decide(registryReviewer, agree, afterHold)).toMatchObject(fault('conditions_missing'));
		const unscreened = readyChild();
		unscreened.registry = { unscreenedClaims: 1, openCandidates: 0 };
		expect(unscreened.decide(registryReviewer, agree, afterHold)).toEqual(fault('claims_to_screen', { count: 1 }));
		const candidate = readyChild();
		candidate.registry = { unscreenedClaims: 0, openCandidates: 2 };
		expect(candidate.decide(registryReviewer, agree, afterHold)).toEqual(fault('candidates_to_look_at', { count: 2 }));
	});

	it('can refuse at any time, and one refusal is enough', () => {
		const story = readyChild();
		must(story.decide(registryReviewer, agree, afterHold));
		must(story.decide(houseReviewer, refuse, afterHold));
		expect(story.hold(afterHold)).toMatchObject({ status: 'elapsed', review: { status: 'not_eligible' } });
	});

	it('a refusal by a third reviewer takes back what two had agreed', () => {
		const story = certifiedChild();
		must(story.decide(secondOfficer, refuse, afterHold));
		expect(story.hold(afterHold)).toMatchObject({ status: 'elapsed', review: { status: 'not_eligible' } });
	});

	it('who agreed can take it back', () => {
		const story = certifiedChild();
		must(story.decide(registryReviewer, refuse, afterHold));
		expect(story.hold(afterHold).status).toBe('elapsed');
	});

	it('sent back for more ends, and begins anew', () => {
		const story = readyChild();
		must(story.decide(registryReviewer, agree, afterHold));
		const returned: CaseCommand = {
			command: 'return_for_more',
			opinion: '请补 DNA 比对结果原件。',
			conditions: ['dna_result_on_file']
		};
		must(story.decide(houseReviewer, returned, afterHold));
		expect(story.hold(afterHold).review).toBeUndefined();
		must(story.decide(houseReviewer, agree, afterHold));
		must(story.decide(registryReviewer, agree, afterHold));
		expect(story.hold(afterHold).status).toBe('certified');
	});

	it.each([
		['a claim that arrives', 'claims', (story: DecisionStory) => void story.openClaim(claimId, '2026-03-25')],
		['another certificate', 'documents', (story: DecisionStory) => void story.paper('DOC-C', '2026-03-22')],
		[
			'another name',
			'identity',
			(story: DecisionStory) =>
				void story.tell('intake.recorded', { answers: { nameGiven: { state: 'known', value: '石磊' } } })
		],
		[
			'another date of the hand-over',
			'clocks',
			(story: DecisionStory) =>
				void story.tell('intake.recorded', {
					answers: { handoverDate: { state: 'known', value: civilDate('2025-03-12') } }
				})
		]
	])('%s afterwards flags the decision, and the hold is not certified any more', (_, part, change) => {
		const story = certifiedChild();
		change(story);
		const hold = story.hold('2026-03-26');
		expect(hold.status).not.toBe('certified');
		expect(hold.review?.changed).toContain(part);
	});

	it('stands on another day: nothing in the evidence changes by the calendar', () => {
		expect(certifiedChild().hold('2026-09-30')).toMatchObject({ status: 'certified', review: { changed: [] } });
	});

	it('stands when the registry’s notice and the adopter’s papers come in', () => {
		const { story } = adoption({ until: 'application' });
		expect(story.hold('2026-07-01').status).toBe('certified');
	});
});

describe('the date the twelve months count from', () => {
	it('takes two: until a second person has confirmed it, it blocks', () => {
		const story = readyChild();
		const next = story.tell(
			'intake.recorded',
			{ answers: { handoverDate: { state: 'known', value: civilDate('2025-03-09') } } },
			{ by: 'c', replaces: [story.intake] }
		);
		expect(story.hold(afterHold).blockers).toContainEqual(expect.objectContaining({ code: 'start_unconfirmed' }));
		expect(story.decide(supervisor, { command: 'confirm_date', version: next }, afterHold)).toEqual(
			fault('two_persons_needed')
		);
		must(story.decide(secondSupervisor, { command: 'confirm_date', version: next }, afterHold));
		expect(story.hold(afterHold).blockers).toEqual([]);
	});

	it('cannot be confirmed by a care worker, twice, or where it is not what the file says', () => {
		const story = readyChild();
		const confirm: CaseCommand = { command: 'confirm_date', version: story.intake };
		expect(story.decide(careWorker, confirm, afterHold)).toEqual(fault('not_yours_to_decide'));
		expect(story.decide(supervisor, confirm, afterHold)).toEqual(fault('already_signed'));
		const gone: CaseCommand = { command: 'confirm_date', version: story.openClaim(claimId, afterHold) };
		expect(story.decide(supervisor, gone, afterHold)).toEqual(fault('not_there', { what: 'date' }));
	});
});

describe('a halt', () => {
	const halt: CaseCommand = {
		command: 'raise_flag',
		flag: { flag: 'police_hold', reason: '案件侦查需要', reference: '云公刑〔2026〕12号' }
	};

	it('by one person blocks at once, and takes another person to end', () => {
		const story = certifiedChild();
		must(story.decide(liaison, halt, afterHold));
		const hold = story.hold(afterHold);
		expect(hold.status).toBe('elapsed');
		expect(hold.blockers).toContainEqual(expect.objectContaining({ code: 'police_hold' }));
		const standing = [...story.caseFile.decisions.values()].find(({ type }) => type === 'flag.raised');
		if (standing?.type !== 'flag.raised') throw new Error('no flag');
		const clear: CaseCommand = { command: 'clear_flag', itemId: standing.payload.itemId, reason: '已侦查终结' };
		expect(story.decide(liaison, clear, afterHold)).toEqual(fault('two_persons_needed'));
		expect(story.decide(supervisor, clear, afterHold)).toEqual(fault('not_yours_to_decide'));
		must(story.decide(registryReviewer, clear, afterHold));
		expect(story.hold(afterHold).blockers).toEqual([]);
		expect(story.decide(registryReviewer, clear, afterHold)).toEqual(fault('not_there', { what: 'flag' }));
	});

	it('is nothing a care worker or an auditor decides', () => {
		for (const role of ['care_worker', 'auditor'] as const)
			expect(readyChild().decide(actor('z', role), halt, afterHold)).toEqual(fault('not_yours_to_decide'));
	});
});

describe('long-term guardianship', () => {
	const certified: CaseCommand = { command: 'change_guardianship', ground: 'certified' };

	it('follows the certificate only when two have reviewed', () => {
		expect(readyChild().decide(registryReviewer, certified, afterHold)).toEqual(fault('not_certified'));
		const story = certifiedChild();
		must(story.decide(registryReviewer, certified, afterHold));
		expect(story.hold(afterHold).status).toBe('certified');
	});

	it('by a court, or after the parents’ death, rests on a paper of the file', () => {
		const story = readyChild();
		const court: CaseCommand = { command: 'change_guardianship', ground: 'court' };
		expect(story.decide(registryReviewer, court, afterHold)).toEqual(fault('paper_needed'));
		expect(story.decide(registryReviewer, { ...court, paper: 'none' as ItemId }, afterHold)).toEqual(
			fault('not_there', { what: 'paper' })
		);
		const paper = story.paper('DOC-E', '2026-03-18');
		must(story.decide(registryReviewer, { ...court, paper }, afterHold));
	});

	it('is nothing a supervisor decides alone', () => {
		expect(certifiedChild().decide(supervisor, certified, afterHold)).toEqual(fault('not_yours_to_decide'));
	});
});

describe('an adoption', () => {
	it('goes its road from matched to registered, and the notice goes down with it', () => {
		const { story, adoption: id } = adoption({ until: 'application' });
		const registered = exit({ reason: 'adopted', code: '01', adoption: id }, '2026-07-05');
		expect(noticeState(story.caseFile).published).toBeDefined();
		const [proposal] = must(story.decide(supervisor, registered, '2026-07-05'));
		if (!proposal) throw new Error('no proposal');
		must(story.decide(registryReviewer, { command: 'confirm_exit', proposal }, '2026-07-05'));
		expect(exitState(story.caseFile).left?.exit.reason).toBe('adopted');
		expect(story.hold('2026-07-06')).toMatchObject({ status: 'closed', reason: 'adopted', on: '2026-07-05' });
		expect(noticeState(story.caseFile)).toMatchObject({
			published: undefined,
			takenDown: { takeDown: { reason: 'left' } }
		});
	});

	it('needs long-term guardianship before anyone is matched', () => {
		const story = certifiedChild();
		expect(story.decide(registryReviewer, step('matched', '2026-03-25'), '2026-03-25')).toEqual(fault('not_long_term'));
	});

	it.each([
		['a claim opens', (story: DecisionStory) => void story.openClaim(claimId, '2026-04-02'), 'evidence_changed'],
		[
			'a claim waits for screening',
			(story: DecisionStory) => void (story.registry = { unscreenedClaims: 1, openCandidates: 0 }),
			'claims_to_screen'
		],
		[
			'a possible family was found',
			(story: DecisionStory) => void (story.registry = { unscreenedClaims: 0, openCandidates: 1 }),
			'candidates_to_look_at'
		],
		[
			'the police halt',
			(story: DecisionStory) =>
				void must(
					story.decide(liaison, { command: 'raise_flag', flag: { flag: 'police_hold', reason: '侦查' } }, '2026-04-02')
				),
			'evidence_changed'
		]
	])('goes no step further when %s', (_, happens, type) => {
		const { story, adoption: id } = adoption({ until: 'matched' });
		story.paper('DOC-H', '2026-04-10');
		happens(story);
		expect(story.decide(registryReviewer, step('assessed', '2026-04-12', id), '2026-04-12')).toMatchObject(fault(type));
	});

	it('keeps the order of its steps and the papers they rest on', () => {
		const { story, adoption: id } = adoption({ until: 'matched' });
		expect(story.decide(registryReviewer, step('assessed', '2026-04-12', id), '2026-04-12')).toEqual(
			fault('document_needed', { document: 'DOC-H' })
		);
		story.paper('DOC-G', '2026-04-10');
		expect(story.decide(registryReviewer, step('agreement', '2026-04-12', id), '2026-04-12')).toEqual(
			fault('step_out_of_order', { missing: 'assessed' })
		);
		expect(story.decide(registryReviewer, step('assessed', '2026-12-12', id), '2026-04-12')).toMatchObject(
			fault('date_in_future')
		);
		story.paper('DOC-H', '2026-04-10');
		expect(story.decide(registryReviewer, step('assessed', '2026-03-01', id), '2026-04-12')).toMatchObject(
			fault('date_before')
		);
	});

	it('is not registered before the registry’s 60 days are over', () => {
		const { story, adoption: id } = adoption({ until: 'application' });
		const early = exit({ reason: 'adopted', adoption: id }, '2026-06-15');
		expect(story.decide(supervisor, early, '2026-06-15')).toMatchObject(
			fault('clock_running', { clock: 'registration-notice' })
		);
		const backdated = exit({ reason: 'adopted', adoption: id }, '2026-06-15');
		expect(story.decide(supervisor, backdated, '2026-07-05')).toMatchObject(fault('date_before'));
	});

	it('needs DOC-J, the assessment and the agreement', () => {
		const { story, adoption: id } = adoption({ until: 'application', without: 'DOC-J' });
		expect(story.decide(supervisor, exit({ reason: 'adopted', adoption: id }, '2026-07-05'), '2026-07-05')).toEqual(
			fault('document_needed', { document: 'DOC-J' })
		);
	});

	it('of a child who may be eight needs the child’s own yes; an estimate is read at its earliest', () => {
		const birth = { earliest: '2018-01-01', latest: '2021-12-31' };
		const { story, adoption: id } = adoption({ until: 'application', birth });
		const registered = exit({ reason: 'adopted', adoption: id }, '2026-07-05');
		const consent = (answer: 'yes' | 'no' | 'not_understood', number: number) =>
			story.tell(
				'consent.recorded',
				{
					itemId: `00000000-0000-7000-9000-${String(900 + number).padStart(12, '0')}` as ItemId,
					consent: { matter: 'adoption', answer, words: '……', heardBy: '李秀兰' }
				},
				{ on: `2026-06-0${number}` }
			);
		expect(story.decide(supervisor, registered, '2026-07-05')).toEqual(fault('consent_needed', { matter: 'adoption' }));
		consent('not_understood', 1);
		expect(story.decide(supervisor, registered, '2026-07-05')).toMatchObject(fault('consent_needed'));
		consent('no', 2);
		expect(story.decide(supervisor, registered, '2026-07-05')).toEqual(fault('child_said_no', { matter: 'adoption' }));
		consent('yes', 3);
		must(story.decide(supervisor, registered, '2026-07-05'));
	});

	it('is not made of a young person who may be of age', () => {
		const story = readyChild({ earliest: '2008-01-01', latest: '2010-12-31' });
		expect(story.decide(registryReviewer, agree, afterHold)).toEqual(fault('blocked', { by: ['maybe_of_age'] }));
	});

	it('a second one cannot begin beside the first', () => {
		const { story } = adoption({ until: 'matched' });
		expect(story.decide(registryReviewer, step('matched', '2026-04-12'), '2026-04-12')).toMatchObject(
			fault('step_out_of_order')
		);
	});

	it('that was given up makes room for another', () => {
		const { story, adoption: id } = adoption({ until: 'matched' });
		must(story.decide(registryReviewer, step('given_up', '2026-04-12', id), '2026-04-12'));
		expect(openAdoption(story.caseFile)).toBeUndefined();
		must(story.decide(registryReviewer, step('matched', '2026-04-13'), '2026-04-13'));
	});

	it('is nothing a supervisor records', () => {
		const { story, adoption: id } = adoption({ until: 'matched' });
		expect(story.decide(supervisor, step('given_up', '2026-04-12', id), '2026-04-12')).toEqual(
			fault('not_yours_to_decide')
		);
	});
});

describe('after an adoption', () => {
	it('is dissolved only by a claim that two decided so, with its paper; then the child can go home', () => {
		const { story, id } = adopted();
		story.paper('DOC-J', '2027-01-25');
		const dissolve = step('dissolved', '2027-02-01', id);
		expect(story.decide(registryReviewer, dissolve, '2027-02-01')).toEqual(fault('claim_not_decided_so'));
		const opening = story.openClaim(claimId, '2026-12-01');
		story.closeClaim(claimId, opening, '2027-01-20', 'kin_confirmed', 'dissolve');
		expect(story.decide(supervisor, dissolve, '2027-02-01')).toEqual(fault('not_yours_to_decide'));
		must(story.decide(registryReviewer, dissolve, '2027-02-01'));
		expect(exitState(story.caseFile).left).toBeUndefined();
		expect(noticeState(story.caseFile).published).toBeUndefined();
		story.paper('DOC-K', '2027-02-03');
		const home = exit({ reason: 'reunited', claimId }, '2027-02-04');
		const [proposal] = must(story.decide(supervisor, home, '2027-02-04'));
		if (!proposal) throw new Error('no proposal');
		must(story.decide(registryReviewer, { command: 'confirm_exit', proposal }, '2027-02-04'));
		expect(story.hold('2027-02-05')).toMatchObject({ status: 'closed', reason: 'reunited' });
	});

	it('stands where the claim was decided so, whatever papers there are', () => {
		const { story, id } = adopted();
		story.paper('DOC-J', '2027-01-25');
		const opening = story.openClaim(claimId, '2026-12-01');
		story.closeClaim(claimId, opening, '2027-01-20', 'kin_confirmed', 'adoption_stands');
		expect(story.decide(registryReviewer, step('dissolved', '2027-02-01', id), '2027-02-01')).toEqual(
			fault('claim_not_decided_so')
		);
		expect(exitState(story.caseFile).left?.exit.reason).toBe('adopted');
	});
});

describe('leaving', () => {
	it('home needs a claim that two decided so, DOC-K, and no other family open', () => {
		const story = readyChild();
		const home = exit({ reason: 'reunited', claimId }, '2026-04-01');
		expect(story.decide(supervisor, home, '2026-04-01')).toEqual(fault('claim_not_decided_so'));
		const opening = story.openClaim(claimId, '2026-02-01');
		const other = story.openClaim(otherClaim, '2026-02-10');
		story.closeClaim(claimId, opening, '2026-03-25', 'kin_confirmed', 'reunite');
		expect(story.decide(supervisor, home, '2026-04-01')).toEqual(fault('blocked', { by: ['open_claim'] }));
		story.closeClaim(otherClaim, other, '2026-03-26', 'refused', 'refuse');
		expect(story.decide(supervisor, home, '2026-04-01')).toEqual(fault('document_needed', { document: 'DOC-K' }));
		story.paper('DOC-K', '2026-03-30');
		const [proposal] = must(story.decide(supervisor, home, '2026-04-01'));
		if (!proposal) throw new Error('no proposal');
		expect(story.decide(supervisor, { command: 'confirm_exit', proposal }, '2026-04-01')).toEqual(
			fault('two_persons_needed')
		);
		expect(exitState(story.caseFile).left).toBeUndefined();
		must(story.decide(secondSupervisor, { command: 'confirm_exit', proposal }, '2026-04-01'));
		expect(noticeState(story.caseFile)).toMatchObject({
			published: undefined,
			takenDown: { takeDown: { reason: 'found' } }
		});
	});

	it('home is not opened by a claim that ended otherwise', () => {
		const story = readyChild();
		const opening = story.openClaim(claimId, '2026-02-01');
		story.closeClaim(claimId, opening, '2026-03-25', 'kin_confirmed', 'stay_in_care');
		story.paper('DOC-K', '2026-03-30');
		expect(story.decide(supervisor, exit({ reason: 'reunited', claimId }, '2026-04-01'), '2026-04-01')).toEqual(
			fault('claim_not_decided_so')
		);
		expect(story.hold(afterHold).blockers).toContainEqual(expect.objectContaining({ code: 'parents_found' }));
	});

	it('by coming of age waits for the latest birth date and needs no second person', () => {
		const story = readyChild({ earliest: '2008-01-01', latest: '2008-06-30' });
		const leave = exit({ reason: 'aged_out', code: '09' }, '2026-06-29');
		expect(story.decide(supervisor, leave, '2026-06-29')).toEqual(fault('not_of_age', { on: '2026-06-30' }));
		expect(story.hold('2026-06-29').blockers).toContainEqual(expect.objectContaining({ code: 'maybe_of_age' }));
		const on18 = exit({ reason: 'aged_out', code: '09' }, '2026-06-30');
		const [proposal] = must(story.decide(supervisor, on18, '2026-06-30'));
		if (!proposal) throw new Error('no proposal');
		must(story.decide(supervisor, { command: 'confirm_exit', proposal }, '2026-06-30'));
		expect(exitState(story.caseFile).left?.exit.reason).toBe('aged_out');
	});

	it.each(['deceased', 'other_guardian'] as const)('by %s rests on a paper', (reason) => {
		const story = readyChild();
		expect(story.decide(supervisor, exit({ reason }), '2026-06-01')).toEqual(fault('paper_needed'));
		const paper = story.paper('DOC-E', '2026-05-30');
		must(story.decide(supervisor, exit({ reason, papers: [paper] }), '2026-06-01'));
	});

	it('as an error is closed to a file that a family claims, screened or not', () => {
		const story = readyChild();
		story.openClaim(claimId, '2026-05-01');
		expect(story.decide(supervisor, exit({ reason: 'entered_in_error' }), '2026-06-01')).toMatchObject(
			fault('blocked')
		);
		const unscreened = readyChild();
		unscreened.registry = { unscreenedClaims: 1, openCandidates: 0 };
		expect(unscreened.decide(supervisor, exit({ reason: 'entered_in_error' }), '2026-06-01')).toMatchObject(
			fault('claims_to_screen')
		);
	});

	it('to another guardian is closed to a file whose claim nobody has screened yet', () => {
		const story = readyChild();
		const paper = story.paper('DOC-E', '2026-05-30');
		story.registry = { unscreenedClaims: 1, openCandidates: 0 };
		expect(story.decide(supervisor, exit({ reason: 'other_guardian', papers: [paper] }), '2026-06-01')).toMatchObject(
			fault('claims_to_screen')
		);
	});

	it('on a day that is still to come, or before the child came, or by a code of another reason, is refused', () => {
		const story = readyChild();
		expect(story.decide(supervisor, exit({ reason: 'entered_in_error' }, '2026-06-02'), '2026-06-01')).toMatchObject(
			fault('date_in_future')
		);
		expect(story.decide(supervisor, exit({ reason: 'entered_in_error' }, '2025-03-09'), '2026-06-01')).toMatchObject(
			fault('date_before')
		);
		expect(story.decide(supervisor, exit({ reason: 'entered_in_error', code: '04' }), '2026-06-01')).toEqual(
			fault('wrong_code')
		);
	});

	it('happens once, waits alone, and can be taken back before it is confirmed', () => {
		const story = readyChild();
		const [proposal] = must(story.decide(supervisor, exit({ reason: 'entered_in_error' }), '2026-06-01'));
		if (!proposal) throw new Error('no proposal');
		expect(story.decide(secondSupervisor, exit({ reason: 'entered_in_error' }), '2026-06-01')).toEqual(
			fault('proposal_open')
		);
		must(story.decide(secondSupervisor, { command: 'withdraw_exit', proposal, reason: '不是重复' }, '2026-06-01'));
		expect(story.decide(secondSupervisor, { command: 'confirm_exit', proposal }, '2026-06-01')).toEqual(
			fault('not_there', { what: 'proposal' })
		);
		const [again] = must(story.decide(supervisor, exit({ reason: 'entered_in_error' }), '2026-06-01'));
		if (!again) throw new Error('no proposal');
		must(story.decide(secondSupervisor, { command: 'confirm_exit', proposal: again }, '2026-06-01'));
		expect(story.decide(supervisor, exit({ reason: 'entered_in_error' }), '2026-06-01')).toEqual(
			fault('child_has_left')
		);
	});
});

test('a child who left is public nowhere, whatever the notice’s own steps say', () => {
	const story = readyChild();
	const proposal = story.tell('exit.proposed', { exit: { reason: 'deceased', papers: [] } }, { by: 'c' });
	story.tell('exit.confirmed', { proposal }, { by: 'd' });
	expect(noticeState(story.caseFile).published).toBeUndefined();
});

test('the registry and the police never become a child’s first house by the papers they bring', () => {
	const story = readyChild();
	story.tell(
		'document.recorded',
		{ itemId: '00000000-0000-7000-9000-000000000999' as ItemId, document: { code: 'DOC-E' } },
		{ by: 'p', house: registryHouse }
	);
	expect(story.hold(afterHold).status).toBe('elapsed');
});

function step(
	name: Extract<CaseCommand, { command: 'record_adoption_step' }>['step'],
	on: string,
	adoption?: ItemId
): CaseCommand {
	return { command: 'record_adoption_step', adoption, step: name, adopterId, papers: [], on: civilDate(on) };
}

/** A child on the road to adoption: certified, long-term, matched, and on to where it is asked. */
function adoption(given: {
	until: 'matched' | 'application';
	birth?: { earliest: string; latest: string };
	without?: 'DOC-J';
}) {
	const story = certifiedChild(given.birth);
	must(story.decide(registryReviewer, { command: 'change_guardianship', ground: 'certified' }, '2026-03-25'));
	must(story.decide(registryReviewer, step('matched', '2026-04-01'), '2026-04-01'));
	const id = openAdoption(story.caseFile);
	if (!id) throw new Error('no adoption');
	if (given.until === 'matched') return { story, adoption: id };
	story.paper('DOC-H', '2026-04-10');
	story.paper('DOC-G', '2026-04-20');
	if (given.without !== 'DOC-J') story.paper('DOC-J', '2026-07-03');
	for (const [name, on] of [
		['assessed', '2026-04-12'],
		['agreement', '2026-04-20'],
		['registry_notice', '2026-04-28'],
		['application', '2026-05-06']
	] as const)
		must(story.decide(registryReviewer, step(name, on, id), on));
	return { story, adoption: id };
}

function adopted() {
	const { story, adoption: id } = adoption({ until: 'application' });
	const [proposal] = must(
		story.decide(supervisor, exit({ reason: 'adopted', code: '01', adoption: id }, '2026-07-05'), '2026-07-05')
	);
	if (!proposal) throw new Error('no proposal');
	must(story.decide(registryReviewer, { command: 'confirm_exit', proposal }, '2026-07-05'));
	return { story, id };
}
