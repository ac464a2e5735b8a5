import { describe, expect, test } from 'vitest';
import {
	administrator,
	auditor,
	ClaimStory,
	liaison,
	officer,
	returnNotice,
	supervisor
} from '../../../../tests/support/claim-story.ts';
import { commandsNow } from './commands-now.ts';
import type { ClaimActor } from './decide-claim.ts';

/** The commands an actor can give now. */
function open(story: ClaimStory, actor: ClaimActor): readonly string[] {
	return [...commandsNow(story.claim, actor, story.ground)].flatMap(([type, now]) => (now === 'open' ? [type] : []));
}

/** What stands in the way of one command. */
function because(story: ClaimStory, actor: ClaimActor, type: 'signDecision' | 'withdraw' | 'screen' | 'link') {
	const now = commandsNow(story.claim, actor, story.ground).get(type);
	return now === undefined || now === 'open' ? now : now.type;
}

describe('what can be done with a claim now', () => {
	test('a new claim on a child is screened, asked about, sampled, reported on; nothing is signed', () => {
		expect(open(new ClaimStory(), supervisor)).toEqual([
			'screen',
			'ask',
			'noteEvidence',
			'recordSample',
			'proposeDecision'
		]);
	});

	test('the police report and find, and nothing else', () => {
		expect(open(new ClaimStory(), liaison)).toEqual(['recordSample', 'reportKinship', 'recordPoliceFinding']);
	});

	test('a claim of no child can be linked, and judged not plausible, but not reported on', () => {
		const story = new ClaimStory('report', false);
		expect(open(story, officer)).toEqual(expect.arrayContaining(['link', 'screen']));
		expect(open(story, officer)).not.toContain('reportKinship');
		expect(because(new ClaimStory(), officer, 'link')).toBe('child_linked_already');
	});

	test('the author of a proposal is told why the signature must be another person’s', () => {
		const story = new ClaimStory().plausible().sampled().kin('excluded');
		story.does(supervisor, { type: 'proposeDecision', decision: 'refuse', reasons: '鉴定排除' });
		expect(because(story, supervisor, 'signDecision')).toBe('same_person');
		expect(because(story, administrator, 'signDecision')).toBe('open');
	});

	test('without the police’s notice of return a reunion waits for its paper', () => {
		const story = new ClaimStory().plausible().sampled().kin('confirmed').found('stolen').assessed('fit');
		story.does(supervisor, { type: 'proposeDecision', decision: 'reunite', reasons: '齐全' });
		expect(because(story, officer, 'signDecision')).toBe('document_missing');
		expect(because(story.with({ documents: [returnNotice] }), officer, 'signDecision')).toBe('open');
	});

	test('a sample that did not come is appealed for, then the block is restored', () => {
		const story = new ClaimStory().plausible().on('2027-02-01').does({ kind: 'clock' }, { type: 'lapse' });
		expect(open(story, supervisor)).toContain('appeal');
		expect(open(story, supervisor)).not.toContain('restore');
		story.does(supervisor, { type: 'appeal' });
		expect(open(story, supervisor)).toContain('restore');
		expect(open(story, supervisor)).not.toContain('appeal');
	});

	test('a house does not withdraw a claim on its own child', () => {
		expect(because(new ClaimStory(), supervisor, 'withdraw')).toBe('withdraw_at_registry');
		expect(because(new ClaimStory().plausible(), supervisor, 'withdraw')).toBe('withdraw_at_registry');
		expect(because(new ClaimStory().plausible(), officer, 'withdraw')).toBe('open');
	});

	test('nothing is done to a claim that has ended, and an auditor does nothing at all', () => {
		const story = new ClaimStory().does(officer, { type: 'withdraw', note: '家人电话撤回' });
		for (const by of [supervisor, administrator, officer, liaison]) expect(open(story, by)).toEqual([]);
		expect(commandsNow(new ClaimStory().claim, auditor, new ClaimStory().ground).size).toBe(0);
	});
});
