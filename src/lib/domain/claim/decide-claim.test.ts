import { describe, expect, test } from 'vitest';
import { civilDate } from '../time.ts';
import {
	administrator,
	auditor,
	careWorker,
	ClaimStory,
	clock,
	family,
	liaison,
	officer,
	otherChild,
	returnNotice,
	secondOfficer,
	supervisor,
	worker
} from '../../../../tests/support/claim-story.ts';
import { childId, houseId } from '../../../../tests/support/notice-story.ts';
import { roles, type Role } from '../disclosure/roles.ts';
import { blockOf } from './claim.ts';
import { mayDo, outcomeOf, rolesFor, type ClaimCommandType } from './decide-claim.ts';

const today = civilDate('2026-11-01');
const reasons = '见附件';
const opened = { type: 'claim.opened' };

/** As far as kin confirmed, stolen, fit. */
function readyForHome(): ClaimStory {
	return new ClaimStory().plausible().sampled().kin('confirmed').found('stolen').assessed('fit');
}

describe('a claim blocks at once', () => {
	test('from the screening that says plausible the file is told, with a last day for the sample thirty days on', () => {
		const story = new ClaimStory().plausible();
		expect(story.file).toEqual([opened]);
		expect(story.claim).toMatchObject({ state: 'screened', screening: { knew: ['siblings', 'ownAccount'] } });
		expect(blockOf(story.claim)).toEqual({ since: '2026-11-01', sampleDue: '2026-12-01' });
	});

	test.each(['not_plausible', 'ask_more'] as const)('a screening that says %s blocks nothing', (verdict) => {
		const story = new ClaimStory().does(supervisor, { type: 'screen', verdict, note: '问村名' });
		expect(story.file).toEqual([]);
		expect(blockOf(story.claim)).toBeUndefined();
	});

	test('a claim that names no child yet cannot be found plausible', () => {
		const story = new ClaimStory('report', false);
		expect(story.tries(supervisor, { type: 'screen', verdict: 'plausible' })).toBe('no_child_linked');
	});

	test('where the family knew nothing that was never public, a person must say why it is plausible all the same', () => {
		const story = new ClaimStory().with({ knew: [] });
		expect(story.tries(supervisor, { type: 'screen', verdict: 'plausible' })).toBe('reason_needed');
		expect(story.tries(supervisor, { type: 'screen', verdict: 'plausible', note: '派出所有当年的报案记录' })).toBe(
			'none'
		);
	});

	test('with five claims of the same person open before it, a claim waits its turn and blocks nothing', () => {
		const plausible = { type: 'screen', verdict: 'plausible' } as const;
		expect(new ClaimStory().with({ openBefore: 5 }).tries(supervisor, plausible)).toBe('waits_its_turn');
		expect(new ClaimStory().with({ openBefore: 4 }).tries(supervisor, plausible)).toBe('none');
	});

	test('a claim is not found implausible without a reason', () => {
		expect(new ClaimStory().tries(supervisor, { type: 'screen', verdict: 'not_plausible' })).toBe('reason_needed');
	});

	test('what was found plausible is not screened away by a second look', () => {
		const story = new ClaimStory().plausible();
		expect(story.tries(officer, { type: 'screen', verdict: 'not_plausible', note: '不像' })).toBe('screened_already');
	});

	test('what was found implausible can be looked at again', () => {
		const story = new ClaimStory().does(supervisor, { type: 'screen', verdict: 'not_plausible', note: '不像' });
		expect(story.does(officer, { type: 'screen', verdict: 'plausible' }).file).toEqual([opened]);
	});

	test('kin confirmed blocks, though nobody had screened the claim', () => {
		const story = new ClaimStory().kin('confirmed');
		expect(story.file).toEqual([opened]);
		expect(blockOf(story.claim)).toEqual({ since: '2026-11-01' });
	});

	test('kin confirmed while the claim is open keeps the block', () => {
		const story = readyForHome();
		expect(story.file).toEqual([opened]);
		expect(blockOf(story.claim)).toEqual({ since: '2026-11-01' });
	});
});

describe('no sample by its last day', () => {
	const lapsed = () => new ClaimStory().plausible().on('2026-12-02').does(clock, { type: 'lapse' });

	test('the block stands through the last day and lapses on the day after', () => {
		const story = new ClaimStory().plausible().on('2026-12-01');
		expect(story.tries(clock, { type: 'lapse' })).toBe('sample_not_overdue');
		story.on('2026-12-02').does(clock, { type: 'lapse' });
		expect(story.file).toEqual([opened, { type: 'claim.closed', outcome: 'lapsed' }]);
		expect(story.claim).toMatchObject({ state: 'screened', lapse: { dueOn: '2026-12-01' } });
	});

	test('nobody at a desk lets a block lapse', () => {
		const story = new ClaimStory().plausible().on('2027-01-01');
		for (const actor of [supervisor, administrator, officer, liaison, family])
			expect(story.tries(actor, { type: 'lapse' })).toBe('not_yours_to_decide');
	});

	test('with the family’s sample nothing lapses any more', () => {
		const story = new ClaimStory().plausible().sampled().on('2027-06-01');
		expect(story.tries(clock, { type: 'lapse' })).toBe('nothing_lapses');
	});

	test('a sample of the child alone does not stop the lapse', () => {
		const story = new ClaimStory().plausible();
		story.does(liaison, { type: 'recordSample', of: 'child', takenOn: today }).on('2026-12-02');
		expect(story.tries(clock, { type: 'lapse' })).toBe('none');
	});

	test('a sample that comes late restores the block', () => {
		const story = lapsed().on('2026-12-10').sampled();
		expect(story.file).toEqual([opened, { type: 'claim.closed', outcome: 'lapsed' }, opened]);
		expect(blockOf(story.claim)).toEqual({ since: '2026-12-10' });
	});

	test('kin confirmed restores the block, whatever lapsed', () => {
		expect(lapsed().kin('confirmed').file.at(-1)).toEqual(opened);
	});

	test('the family appeals, the desk restores the block with a new last day', () => {
		const story = lapsed().on('2026-12-05').does(family, { type: 'appeal', note: '路费刚凑齐' });
		story.on('2026-12-07').does(supervisor, { type: 'restore' });
		expect(story.file.at(-1)).toEqual(opened);
		expect(blockOf(story.claim)).toEqual({ since: '2026-12-07', sampleDue: '2027-01-06' });
		expect(story.on('2027-01-07').tries(clock, { type: 'lapse' })).toBe('none');
	});

	test('there is nothing to appeal against while the block stands, and no second appeal beside the first', () => {
		expect(new ClaimStory().plausible().tries(family, { type: 'appeal' })).toBe('not_lapsed');
		expect(lapsed().does(family, { type: 'appeal' }).tries(family, { type: 'appeal' })).toBe('appealed_already');
	});

	test('a block is restored only where somebody appealed', () => {
		expect(lapsed().tries(supervisor, { type: 'restore' })).toBe('not_appealed');
		expect(new ClaimStory().plausible().tries(supervisor, { type: 'restore' })).toBe('not_lapsed');
	});

	test('two persons may refuse what lapsed, but not while an appeal waits', () => {
		const refuse = { type: 'proposeDecision', decision: 'refuse', reasons } as const;
		expect(lapsed().tries(supervisor, refuse)).toBe('none');
		expect(lapsed().does(family, { type: 'appeal' }).tries(supervisor, refuse)).toBe('appeal_open');
	});
});

describe('what DNA says', () => {
	const report = (loci: number | undefined, result: 'confirmed' | 'excluded' | 'inconclusive') =>
		({ type: 'reportKinship', result, reference: 'DNA-1', reportedOn: today, loci }) as const;

	test.each(['confirmed', 'excluded'] as const)('%s needs at least fifteen shared loci, stated', (result) => {
		const story = new ClaimStory().plausible();
		expect(story.tries(officer, report(14, result))).toBe('too_few_loci');
		expect(story.tries(officer, report(undefined, result))).toBe('too_few_loci');
		expect(story.tries(officer, report(15, result))).toBe('none');
	});

	test('thirteen loci of an old profile may only be inconclusive', () => {
		expect(new ClaimStory().plausible().tries(officer, report(13, 'inconclusive'))).toBe('none');
	});

	test('no house enters what DNA says of its own child', () => {
		const story = new ClaimStory().plausible();
		for (const actor of [supervisor, administrator, careWorker])
			expect(story.tries(actor, report(20, 'excluded'))).toBe('not_yours_to_decide');
	});

	test('one report is entered once', () => {
		const story = new ClaimStory().plausible().kin('inconclusive', 'DNA-1');
		expect(story.tries(officer, report(20, 'excluded'))).toBe('report_twice');
	});

	test('a result is about a child', () => {
		expect(new ClaimStory('report', false).tries(officer, report(20, 'excluded'))).toBe('no_child_linked');
	});

	test('inconclusive: the block stays, nothing can be decided, a new sample goes to the laboratory', () => {
		const story = new ClaimStory().plausible().sampled().kin('inconclusive');
		expect(blockOf(story.claim)).toBeDefined();
		expect(story.tries(supervisor, { type: 'proposeDecision', decision: 'refuse', reasons })).toBe(
			'decision_not_allowed'
		);
		expect(story.sampled().claim.state).toBe('sampling');
		expect(story.kin('excluded').claim).toMatchObject({ state: 'kinship_result', kin: 'excluded' });
	});

	test('two reports that contradict each other settle nothing until a third agrees with the second', () => {
		const story = new ClaimStory().plausible().sampled().kin('confirmed').kin('excluded');
		expect(story.claim).toMatchObject({ kin: 'inconclusive' });
		expect(outcomeOf(story.claim, 'before_certificate')).toMatchObject({ allowed: [], missing: ['more_loci'] });
		expect(blockOf(story.claim)).toBeDefined();
		expect(story.kin('excluded').claim).toMatchObject({ kin: 'excluded' });
	});

	test('a later report without a result leaves confirmed kin confirmed, and puts an exclusion in question', () => {
		expect(new ClaimStory().kin('confirmed').kin('inconclusive').claim).toMatchObject({ kin: 'confirmed' });
		expect(new ClaimStory().kin('excluded').kin('inconclusive').claim).toMatchObject({ kin: 'inconclusive' });
	});
});

describe('what the police find, and who is fit', () => {
	test('only the police say how a child came away', () => {
		const finding = { type: 'recordPoliceFinding', finding: 'stolen', reference: '7号', foundOn: today } as const;
		const story = new ClaimStory().plausible();
		for (const actor of [supervisor, administrator, officer, auditor])
			expect(story.tries(actor, finding)).toBe('not_yours_to_decide');
		expect(story.tries(liaison, finding)).toBe('none');
	});

	test('a finding may come before DNA: it is kept, and the claim still waits for DNA', () => {
		const story = new ClaimStory().plausible().found('stolen').sampled();
		expect(story.claim.state).toBe('sampling');
		expect(story.kin('confirmed').claim.state).toBe('police_finding');
	});

	test('while the police do not know, the claim stays at the result', () => {
		const story = new ClaimStory().plausible().kin('confirmed').found('unknown');
		expect(story.claim.state).toBe('kinship_result');
		expect(outcomeOf(story.claim, 'before_certificate').missing).toEqual(['police_finding']);
	});

	test('nobody is assessed as a parent before DNA says so', () => {
		const assess = { type: 'assessFitness', fitness: 'fit', reference: '1', assessedOn: today } as const;
		expect(new ClaimStory().plausible().tries(officer, assess)).toBe('kin_not_confirmed');
		expect(new ClaimStory().plausible().kin('confirmed').tries(officer, assess)).toBe('none');
	});

	test('whether parents ask for their child back is asked after an adoption', () => {
		const ask = { type: 'recordParentsAsk', ask: true, askedOn: today } as const;
		const story = new ClaimStory().plausible();
		expect(story.tries(officer, ask)).toBe('not_adopted');
		expect(story.with({ phase: 'after_adoption' }).tries(officer, ask)).toBe('kin_not_confirmed');
		expect(story.kin('confirmed').tries(officer, ask)).toBe('none');
	});

	test('nothing is recorded that has not happened yet', () => {
		const story = new ClaimStory().plausible().kin('confirmed').with({ phase: 'after_adoption' });
		const day = civilDate('2026-11-02');
		for (const [actor, command] of [
			[liaison, { type: 'recordSample', of: 'family', takenOn: day }],
			[officer, { type: 'reportKinship', result: 'inconclusive', reference: 'x', reportedOn: day }],
			[liaison, { type: 'recordPoliceFinding', finding: 'lost', reference: 'x', foundOn: day }],
			[officer, { type: 'assessFitness', fitness: 'fit', reference: 'x', assessedOn: day }],
			[officer, { type: 'recordParentsAsk', ask: true, askedOn: day }]
		] as const)
			expect(story.tries(actor, command)).toBe('date_in_future');
	});
});

describe('two persons decide', () => {
	const propose = { type: 'proposeDecision', decision: 'refuse', reasons } as const;
	const excluded = () => new ClaimStory().plausible().sampled().kin('excluded');

	test('DNA excludes, two persons refuse: the claim ends and the file is told', () => {
		const story = excluded().does(supervisor, propose);
		story.does(administrator, { type: 'signDecision', proposal: story.proposal });
		expect(story.claim).toMatchObject({
			state: 'decided',
			decided: {
				decision: 'refuse',
				proposedBy: { userId: supervisor.userId },
				signedBy: { userId: administrator.userId }
			}
		});
		expect(story.file).toEqual([opened, { type: 'claim.closed', outcome: 'refused', decision: 'refuse' }]);
	});

	test('one signature decides nothing', () => {
		const story = excluded().does(supervisor, propose);
		expect(story.claim.state).toBe('kinship_result');
		expect(blockOf(story.claim)).toBeDefined();
	});

	test('nobody signs their own proposal', () => {
		const story = excluded().does(supervisor, propose);
		expect(story.tries(supervisor, { type: 'signDecision', proposal: story.proposal })).toBe('same_person');
	});

	test('there is one proposal at a time', () => {
		const story = excluded().does(supervisor, propose);
		expect(story.tries(administrator, propose)).toBe('proposal_open');
	});

	test('a proposal is returned with a reason, and can be made again', () => {
		const story = excluded().does(supervisor, propose);
		const { proposal } = story;
		expect(story.tries(administrator, { type: 'returnDecision', proposal })).toBe('reason_needed');
		story.does(administrator, { type: 'returnDecision', proposal, note: '缺检验报告原件' });
		expect(story.tries(administrator, { type: 'signDecision', proposal })).toBe('proposal_gone');
		expect(story.tries(administrator, propose)).toBe('none');
	});

	test('a new result makes what was proposed on the old one void', () => {
		const story = excluded().does(supervisor, propose);
		const { proposal } = story;
		story.kin('inconclusive');
		expect(story.tries(administrator, { type: 'signDecision', proposal })).toBe('proposal_gone');
	});

	test('what the table does not allow cannot be proposed', () => {
		for (const decision of ['reunite', 'refuse', 'dissolve', 'adoption_stands', 'prosecute', 'stay_in_care'] as const)
			expect(new ClaimStory().plausible().tries(supervisor, { type: 'proposeDecision', decision, reasons })).toBe(
				'decision_not_allowed'
			);
	});

	test('what was allowed when it was proposed and is not any more cannot be signed', () => {
		const story = readyForHome().does(supervisor, { type: 'proposeDecision', decision: 'reunite', reasons });
		story.with({ phase: 'after_adoption', documents: [returnNotice] });
		expect(story.tries(officer, { type: 'signDecision', proposal: story.proposal })).toBe('decision_not_allowed');
	});
});

describe('home', () => {
	const propose = { type: 'proposeDecision', decision: 'reunite', reasons } as const;

	test('with the police’s notice of return on file, two persons of two institutions send the child home', () => {
		const story = readyForHome()
			.with({ documents: [returnNotice] })
			.does(supervisor, propose);
		story.does(officer, { type: 'signDecision', proposal: story.proposal });
		expect(story.claim).toMatchObject({ state: 'decided', decided: { decision: 'reunite' } });
		expect(story.file.at(-1)).toEqual({ type: 'claim.closed', outcome: 'kin_confirmed', decision: 'reunite' });
	});

	test('without DOC-K nobody signs, and a DOC-K without number or date is none', () => {
		const story = readyForHome().does(supervisor, propose);
		const sign = { type: 'signDecision', proposal: story.proposal } as const;
		expect(story.tries(officer, sign)).toBe('document_missing');
		expect(story.with({ documents: [{ ...returnNotice, number: undefined }] }).tries(officer, sign)).toBe(
			'document_missing'
		);
		expect(story.with({ documents: [{ ...returnNotice, code: 'DOC-A' }] }).tries(officer, sign)).toBe(
			'document_missing'
		);
	});

	test('where the registry can sign, two persons of one house do not suffice', () => {
		const story = readyForHome()
			.with({ documents: [returnNotice] })
			.does(supervisor, propose);
		const sign = { type: 'signDecision', proposal: story.proposal } as const;
		expect(story.tries(administrator, sign)).toBe('same_institution');
		expect(story.with({ signers: [houseId] }).tries(administrator, sign)).toBe('none');
	});

	test('two officers of the registry do not suffice either where the house can sign', () => {
		const story = readyForHome()
			.with({ documents: [returnNotice] })
			.does(officer, propose);
		expect(story.tries(secondOfficer, { type: 'signDecision', proposal: story.proposal })).toBe('same_institution');
	});
});

describe('the other outcomes', () => {
	const decided = (
		story: ClaimStory,
		decision: 'stay_in_care' | 'prosecute' | 'dissolve' | 'adoption_stands' | 'tell_family'
	) => {
		story.does(supervisor, { type: 'proposeDecision', decision, reasons });
		return story.does(officer, { type: 'signDecision', proposal: story.proposal });
	};

	test('parents unfit: the child stays in care, the parents are found for ever, and may be assessed again', () => {
		const story = decided(
			new ClaimStory().plausible().kin('confirmed').found('abducted').assessed('unfit'),
			'stay_in_care'
		);
		expect(story.file.at(-1)).toEqual({
			type: 'claim.closed',
			outcome: 'kin_confirmed',
			decision: 'stay_in_care'
		});
		story.assessed('fit').with({ documents: [returnNotice] });
		story.does(supervisor, { type: 'proposeDecision', decision: 'reunite', reasons });
		expect(story.claim).toMatchObject({ state: 'decided', decided: { decision: 'stay_in_care' } });
		story.does(officer, { type: 'signDecision', proposal: story.proposal });
		expect(story.claim).toMatchObject({
			state: 'decided',
			decided: { decision: 'reunite' },
			earlier: [{ decision: 'stay_in_care' }]
		});
		// The leaving of a child asks the file, so the file must know the new decision.
		expect(story.file.slice(2)).toEqual([{ type: 'claim.decided_again', decision: 'reunite' }]);
	});

	test('sold or abandoned: prosecution, and the parents are found', () => {
		const story = decided(new ClaimStory().plausible().kin('confirmed').found('sold'), 'prosecute');
		expect(story.file.at(-1)).toMatchObject({ outcome: 'kin_confirmed', decision: 'prosecute' });
	});

	test('after an adoption, stolen, fit parents ask: dissolve; they do not ask: the adoption stands', () => {
		for (const [ask, decision] of [
			[true, 'dissolve'],
			[false, 'adoption_stands']
		] as const) {
			const story = readyForHome().with({ phase: 'after_adoption' });
			story.does(officer, { type: 'recordParentsAsk', ask, askedOn: today });
			expect(decided(story, decision).claim).toMatchObject({ state: 'decided', decided: { decision } });
		}
	});

	test('the child is of age: the family is told', () => {
		const story = new ClaimStory().plausible().kin('confirmed').with({ phase: 'left' });
		expect(decided(story, 'tell_family').claim.state).toBe('decided');
	});

	test('a fraudulent claim is one only when two institutions say so; the block ends', () => {
		const story = new ClaimStory().plausible();
		story.does(supervisor, { type: 'proposeDecision', decision: 'fraudulent', reasons });
		const sign = { type: 'signDecision', proposal: story.proposal } as const;
		expect(story.tries(administrator, sign)).toBe('same_institution');
		expect(story.does(officer, sign).claim.state).toBe('fraudulent');
		expect(story.file.at(-1)).toMatchObject({ outcome: 'fraudulent', decision: 'fraudulent' });
	});

	test('a family whose kin was confirmed once is never called fraudulent while reports contradict each other', () => {
		const story = new ClaimStory().plausible().kin('confirmed').kin('excluded');
		expect(story.tries(officer, { type: 'proposeDecision', decision: 'fraudulent', reasons })).toBe(
			'decision_not_allowed'
		);
	});

	test('nothing is done to a claim that has ended', () => {
		const story = new ClaimStory().plausible().sampled().kin('excluded');
		story.does(supervisor, { type: 'proposeDecision', decision: 'refuse', reasons });
		story.does(administrator, { type: 'signDecision', proposal: story.proposal });
		for (const [actor, command] of [
			[supervisor, { type: 'screen', verdict: 'plausible' }],
			[supervisor, { type: 'recordSample', of: 'family', takenOn: today }],
			[officer, { type: 'reportKinship', result: 'confirmed', reference: 'z', reportedOn: today, loci: 20 }],
			[officer, { type: 'assessFitness', fitness: 'fit', reference: 'z', assessedOn: today }],
			[family, { type: 'withdraw' }]
		] as const)
			expect(story.tries(actor, command)).toBe('claim_ended');
	});
});

describe('withdrawing', () => {
	test('a family withdraws its claim and the block ends', () => {
		const story = new ClaimStory().plausible().does(family, { type: 'withdraw' });
		expect(story.claim).toMatchObject({ state: 'withdrawn', by: 'family' });
		expect(story.file.at(-1)).toEqual({ type: 'claim.closed', outcome: 'withdrawn' });
	});

	test('once DNA confirmed, the parents are found, whether they withdraw or not', () => {
		const story = new ClaimStory().plausible().kin('confirmed');
		expect(story.tries(family, { type: 'withdraw' })).toBe('kin_confirmed');
		expect(story.tries(officer, { type: 'withdraw', note: '电话里说的' })).toBe('kin_confirmed');
		expect(story.kin('excluded').tries(family, { type: 'withdraw' })).toBe('kin_confirmed');
	});

	test('a house withdraws no claim on its own child, screened or not, lapsed or appealed', () => {
		const unscreened = new ClaimStory();
		const lapsed = new ClaimStory().plausible().on('2027-02-01').does({ kind: 'clock' }, { type: 'lapse' });
		const appealed = new ClaimStory()
			.plausible()
			.on('2027-02-01')
			.does({ kind: 'clock' }, { type: 'lapse' })
			.does(family, { type: 'appeal' });
		for (const story of [unscreened, new ClaimStory().plausible(), lapsed, appealed])
			for (const actor of [supervisor, administrator])
				expect(story.tries(actor, { type: 'withdraw', note: '电话里说的' })).toBe('withdraw_at_registry');
	});

	test('the registry may, saying how it was told', () => {
		const story = new ClaimStory().plausible();
		expect(story.tries(officer, { type: 'withdraw' })).toBe('reason_needed');
		expect(story.tries(officer, { type: 'withdraw', note: '本人到登记处说的' })).toBe('none');
	});
});

describe('which child', () => {
	test('a report is linked to a child, and to one at a time', () => {
		const story = new ClaimStory('report', false).does(officer, { type: 'link', childId, because: 'candidate' });
		expect(story.claim.childId).toBe(childId);
		expect(story.tries(officer, { type: 'link', childId: otherChild, because: 'desk' })).toBe('child_linked_already');
	});

	test('a wrong link is undone with a reason while nothing blocks', () => {
		const story = new ClaimStory();
		expect(story.tries(officer, { type: 'unlink' })).toBe('reason_needed');
		expect(story.does(officer, { type: 'unlink', note: '编号抄错' }).claim.childId).toBeUndefined();
		expect(new ClaimStory().plausible().tries(officer, { type: 'unlink', note: '不像' })).toBe('cannot_unlink');
		expect(new ClaimStory('report', false).tries(officer, { type: 'unlink', note: 'x' })).toBe('no_child_linked');
	});

	test('a report whose child DNA excluded waits for the next child with the blood it has, and never comes back to this one', () => {
		const story = new ClaimStory('report').plausible().sampled().kin('excluded');
		story.does(supervisor, { type: 'proposeDecision', decision: 'refuse', reasons });
		story.does(officer, { type: 'signDecision', proposal: story.proposal });
		expect(story.claim).toMatchObject({ state: 'received', excluded: [childId] });
		expect(story.claim.childId).toBeUndefined();
		expect(story.file.at(-1)).toEqual({ type: 'claim.closed', outcome: 'refused' });
		expect(story.tries(officer, { type: 'link', childId, because: 'candidate' })).toBe('excluded_before');
		story.does(officer, { type: 'link', childId: otherChild, because: 'candidate' }).plausible();
		expect(blockOf(story.claim)).toEqual({ since: '2026-11-01', sampleDue: undefined });
	});
});

describe('who may do what', () => {
	const may: Readonly<Record<ClaimCommandType, readonly Role[]>> = {
		link: ['supervisor', 'second_administrator', 'registry_officer'],
		unlink: ['registry_officer'],
		screen: ['supervisor', 'registry_officer'],
		ask: ['supervisor', 'second_administrator', 'registry_officer'],
		noteEvidence: ['supervisor', 'second_administrator', 'registry_officer'],
		recordSample: ['supervisor', 'second_administrator', 'registry_officer', 'police_liaison'],
		lapse: [],
		appeal: ['supervisor', 'second_administrator', 'registry_officer'],
		restore: ['supervisor', 'registry_officer'],
		reportKinship: ['registry_officer', 'police_liaison'],
		recordPoliceFinding: ['police_liaison'],
		assessFitness: ['second_administrator', 'registry_officer'],
		recordParentsAsk: ['supervisor', 'second_administrator', 'registry_officer'],
		proposeDecision: ['supervisor', 'second_administrator', 'registry_officer'],
		signDecision: ['supervisor', 'second_administrator', 'registry_officer'],
		returnDecision: ['supervisor', 'second_administrator', 'registry_officer'],
		withdraw: ['supervisor', 'second_administrator', 'registry_officer']
	};
	const commands = Object.keys(rolesFor) as readonly ClaimCommandType[];

	test.each(roles.flatMap((role) => commands.map((command) => [role, command] as const)))('%s: %s', (role, command) => {
		expect(mayDo(worker('x', role, houseId), command)).toBe(may[command].includes(role));
	});

	test('the family withdraws and appeals; the registry’s clock lets lapse and links', () => {
		expect(commands.filter((command) => mayDo(family, command)).sort()).toEqual(['appeal', 'withdraw']);
		expect(commands.filter((command) => mayDo(clock, command)).sort()).toEqual(['lapse', 'link']);
	});
});
