/**
 * Random people give random commands over one claim, legal and illegal, while days pass and the child's case moves on. What
 * must never happen is told beside the claim by a model that knows only what was recorded.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
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
	supervisor
} from '../../../../tests/support/claim-story.ts';
import { childId } from '../../../../tests/support/notice-story.ts';
import { addDays } from '../time.ts';
import { blockOf, foldClaim, isOpenClaim, kinOf, type ClaimState } from './claim.ts';
import { decideClaim, mayDo, outcomeOf, type ClaimCommand } from './decide-claim.ts';
import { claimDecisions, claimEventSchema, fitnesses, kinshipResults, policeFindings } from './events.ts';
import { claimPhases, findsKin, type ClaimPhase } from './outcome.ts';

type Step =
	/** `who`: somebody who may give such a command, or now and then somebody who may not. */
	| { readonly step: 'command'; readonly who: number; readonly any: boolean; readonly command: ClaimCommand }
	| { readonly step: 'days'; readonly days: number }
	| { readonly step: 'phase'; readonly phase: ClaimPhase }
	| { readonly step: 'document'; readonly there: boolean };

const actors = [supervisor, administrator, officer, secondOfficer, liaison, careWorker, auditor, family, clock];

/** `proposal` and dates are filled in when the step is taken: what a person would send who looks at the claim. */
function commands(): fc.Arbitrary<ClaimCommand> {
	const note = fc.constantFrom('有说明', '有说明', undefined);
	const reference = fc.integer({ min: 1, max: 6 }).map((n) => `文号${n}`);
	const day = new ClaimStory().ground.today;
	return fc.oneof(
		fc.record({
			type: fc.constant('link' as const),
			childId: fc.constantFrom(childId, otherChild),
			because: fc.constant('desk' as const)
		}),
		fc.record({ type: fc.constant('unlink' as const), note }),
		fc.record({
			type: fc.constant('screen' as const),
			verdict: fc.constantFrom('plausible', 'plausible', 'not_plausible', 'ask_more'),
			note
		}),
		fc.record({ type: fc.constant('ask' as const), topics: fc.constant<string[]>(['loss']), note }),
		fc.record({ type: fc.constant('noteEvidence' as const), note }),
		{
			weight: 2,
			arbitrary: fc.record({
				type: fc.constant('recordSample' as const),
				of: fc.constantFrom('family', 'child'),
				takenOn: fc.constant(day)
			})
		},
		fc.constant({ type: 'lapse' } as const),
		{ weight: 3, arbitrary: fc.record({ type: fc.constant('appeal' as const), note }) },
		{ weight: 4, arbitrary: fc.record({ type: fc.constant('restore' as const), note }) },
		fc.record({
			type: fc.constant('reportKinship' as const),
			result: fc.constantFrom(...kinshipResults, 'confirmed'),
			reference,
			reportedOn: fc.constant(day),
			loci: fc.constantFrom(13, 15, 20, 24)
		}),
		fc.record({
			type: fc.constant('recordPoliceFinding' as const),
			finding: fc.constantFrom(...policeFindings, 'stolen', 'lost'),
			reference,
			foundOn: fc.constant(day)
		}),
		fc.record({
			type: fc.constant('assessFitness' as const),
			fitness: fc.constantFrom(...fitnesses, 'fit'),
			reference,
			assessedOn: fc.constant(day)
		}),
		fc.record({ type: fc.constant('recordParentsAsk' as const), ask: fc.boolean(), askedOn: fc.constant(day) }),
		{
			weight: 5,
			arbitrary: fc.record({
				type: fc.constant('proposeDecision' as const),
				decision: fc.constantFrom(...claimDecisions),
				reasons: fc.constant('见附件')
			})
		},
		{ weight: 7, arbitrary: fc.constant({ type: 'signDecision', proposal: 0 } as const) },
		fc.record({ type: fc.constant('returnDecision' as const), proposal: fc.constant(0), note }),
		fc.record({ type: fc.constant('withdraw' as const), note })
	);
}

function steps(): fc.Arbitrary<readonly Step[]> {
	const command = fc.record({
		step: fc.constant('command' as const),
		who: fc.nat(100),
		any: fc.constantFrom(false, false, false, false, true),
		command: commands()
	});
	const step: fc.Arbitrary<Step> = fc.oneof(
		{ weight: 12, arbitrary: command },
		{ weight: 2, arbitrary: fc.record({ step: fc.constant('days' as const), days: fc.integer({ min: 0, max: 40 }) }) },
		{
			weight: 1,
			arbitrary: fc.record({ step: fc.constant('phase' as const), phase: fc.constantFrom(...claimPhases) })
		},
		{
			weight: 1,
			arbitrary: fc.record({ step: fc.constant('document' as const), there: fc.constantFrom(true, true, false) })
		}
	);
	return fc.array(step, { minLength: 5, maxLength: 40, size: 'max' });
}

/** A sequence from the middle of a claim, so that decisions are reached often. */
function advanced(story: ClaimStory, by: number): ClaimStory {
	if (by >= 1) story.plausible();
	if (by === 10) return story.on(addDays(story.ground.today, 31)).does(clock, { type: 'lapse' });
	if (by >= 2) story.sampled();
	if (by >= 3) story.kin(by % 2 === 1 ? 'excluded' : 'confirmed', '文号0');
	if (by >= 4 && by % 2 === 0) story.found(by >= 6 ? 'stolen' : 'sold');
	if (by >= 6 && by % 2 === 0) story.assessed(by >= 8 ? 'fit' : 'unfit');
	return story;
}

/** Takes one step; a command is completed with what the person sees. */
function take(story: ClaimStory, step: Step): void {
	switch (step.step) {
		case 'days':
			story.on(addDays(story.ground.today, step.days));
			return;
		case 'phase':
			story.with({ phase: step.phase });
			return;
		case 'document':
			story.with({ documents: step.there ? [returnNotice] : [] });
			return;
		case 'command': {
			const { command, any, who } = step;
			const able = any ? actors : actors.filter((each) => mayDo(each, command.type));
			const actor = able[who % able.length] ?? supervisor;
			const completed = complete(command, story, who);
			const refused = story.tries(actor, completed) !== 'none';
			count(refused ? 'a command was refused' : 'a command was obeyed');
			if (!refused) story.does(actor, completed);
		}
	}
}

/** What a person would send who looks at the claim; now and then what they saw is out of date. */
function complete(command: ClaimCommand, story: ClaimStory, who: number): ClaimCommand {
	switch (command.type) {
		case 'signDecision':
		case 'returnDecision':
			return { ...command, proposal: Math.max(1, story.proposal - (who % 10 === 0 ? 1 : 0)) };
		case 'proposeDecision': {
			const { allowed } = outcomeOf(story.claim, story.ground.phase);
			return { ...command, decision: (who % 3 > 0 && allowed[0]) || command.decision };
		}
		default:
			return command;
	}
}

/** Runs the steps and hands every state that came about to `look`, with the one before. */
function walk(
	kind: 'claim' | 'report',
	start: number,
	taken: readonly Step[],
	look: (before: ClaimState, after: ClaimState, story: ClaimStory) => void
): ClaimStory {
	const story = advanced(new ClaimStory(kind), start);
	for (const step of taken) {
		const before = story.claim;
		take(story, step);
		look(before, story.claim, story);
	}
	return story;
}

const sequences = [
	fc.constantFrom('claim', 'report'),
	fc.constantFrom(0, 0, 1, 1, 1, 2, 3, 4, 6, 8, 8),
	steps()
] as const;

/** How often each thing was seen to happen: a model that never gets there proves nothing. */
const seen = new Map<string, number>();
const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);

describe('over four thousand random sequences of commands, legal and illegal', () => {
	beforeAll(() => {
		fc.assert(
			fc.property(...sequences, (kind, start, taken) => {
				walk(kind, start, taken, (before, after, story) => {
					for (const [name, holds] of Object.entries(invariants)) {
						if (!holds(before, after, story)) throw new Error(`broken: ${name}`);
					}
				});
			}),
			{ numRuns: 4000 }
		);
	}, 120_000);

	// The property above ends at the first broken one; each is named here, with how often its case came about.
	test.each([
		['a block ended', 500],
		['a block ended by decision_signed', 100],
		['a block ended by withdrawn', 20],
		['a block ended by block_lapsed', 20],
		['a block was restored', 5],
		['home', 12],
		['decided again', 5],
		['a report went on without a child', 15],
		['a command was refused', 10_000],
		['a command was obeyed', 10_000]
	])('%s, at least %i times', (what, atLeast) => {
		expect(seen.get(what) ?? 0).toBeGreaterThanOrEqual(atLeast);
	});

	test('every event can be stored and read, and the claim is the same folded again', () => {
		fc.assert(
			fc.property(...sequences, (kind, start, taken) => {
				const story = walk(kind, start, taken, () => undefined);
				const stored = story.events.map((recorded) => ({
					...recorded,
					event: claimEventSchema.parse(JSON.parse(JSON.stringify(recorded.event)))
				}));
				expect(foldClaim(stored)).toEqual(story.claim);
			}),
			{ numRuns: 300 }
		);
	});

	test('a care worker and an auditor never change anything', () => {
		fc.assert(
			fc.property(...sequences, commands(), (kind, start, taken, command) => {
				const { claim, ground } = walk(kind, start, taken, () => undefined);
				for (const actor of [careWorker, auditor])
					expect(decideClaim(claim, actor, command, ground)).toEqual({
						ok: false,
						error: { type: 'not_yours_to_decide' }
					});
			}),
			{ numRuns: 300 }
		);
	});
});

type Holds = (before: ClaimState, after: ClaimState, story: ClaimStory) => boolean;

const invariants: Readonly<Record<string, Holds>> = {
	'a block ends by two signatures, by withdrawal or by a lapse, and by nothing else': (before, after, story) => {
		if (!blockOf(before) || blockOf(after)) return true;
		const last = story.events.at(-1);
		count('a block ended');
		count(`a block ended by ${last?.event.type}`);
		switch (last?.event.type) {
			case 'decision_signed': {
				const { proposal } = last.event;
				const proposed = story.events.find(({ number }) => number === proposal);
				if (proposed?.event.type !== 'decision_proposed' || !proposed.by || !last.by) return false;
				return proposed.by.userId !== last.by.userId;
			}
			case 'withdrawn':
				return !confirmedSinceLinked(story);
			case 'block_lapsed':
				return last.on > last.event.dueOn && last.by === undefined;
			default:
				return false;
		}
	},
	'nobody goes home without DNA confirmed, a finding that the child was taken, fit parents, DOC-K and two institutions':
		(before, after, story) => {
			if (after === before || story.events.at(-1)?.event.type !== 'decision_signed') return true;
			if (after.state !== 'decided' || after.decided.decision !== 'reunite') return true;
			count('home');
			const { proposedBy, signedBy } = after.decided;
			return (
				kinOf(after.reports) === 'confirmed' &&
				['stolen', 'abducted', 'lost'].includes(after.finding?.finding ?? '') &&
				after.fitness?.fitness === 'fit' &&
				['before_certificate', 'after_certificate'].includes(story.ground.phase) &&
				story.ground.documents.length === 1 &&
				proposedBy?.userId !== signedBy?.userId &&
				proposedBy?.institutionId !== signedBy?.institutionId
			);
		},
	'there is at most one open proposal, and it rests on the newest facts': (_, after, story) => {
		const open = openProposals(story);
		const held = 'proposal' in after ? after.proposal?.number : undefined;
		return open.length <= 1 && (held === undefined || open[0] === held);
	},
	'what is decided stays decided, withdrawn withdrawn, fraudulent fraudulent; found parents stay found': (
		before,
		after
	) => {
		if (isOpenClaim(before)) return true;
		if (before.state !== 'decided' || after.state !== 'decided') return after.state === before.state;
		if (after.earlier.length > before.earlier.length) count('decided again');
		return !findsKin.includes(before.decided.decision) || findsKin.includes(after.decided.decision);
	},
	'the file is told of a block when it begins and when it ends, in turn': (before, after, story) => {
		const told = story.file.filter(({ type }) => type !== 'claim.decided_again');
		const inTurn = told.every(({ type }, index) => type === (index % 2 === 0 ? 'claim.opened' : 'claim.closed'));
		if (told.length > 2 && blockOf(after) && !blockOf(before)) count('a block was restored');
		return inTurn && (told.length % 2 === 1) === (blockOf(after) !== undefined);
	},
	'an open claim with kin confirmed always blocks': (_, after) =>
		!isOpenClaim(after) || kinOf(after.reports) !== 'confirmed' || blockOf(after) !== undefined,
	'a report goes on without the child DNA excluded, and not for another reason': (before, after) => {
		if (after.excluded.length === before.excluded.length) return true;
		count('a report went on without a child');
		return after.kind === 'report' && kinOf(before.reports) === 'excluded' && !after.childId;
	}
};

/** Proposals without a later signature, return or fact that makes them void, told from the events alone. */
function openProposals(story: ClaimStory): readonly number[] {
	const open = new Set<number>();
	for (const { number, event } of story.events) {
		switch (event.type) {
			case 'decision_proposed':
				open.add(number);
				break;
			case 'decision_signed':
			case 'decision_returned':
				open.delete(event.proposal);
				break;
			case 'sample_taken':
				if (event.of === 'family') open.clear();
				break;
			case 'linked':
			case 'unlinked':
			case 'kinship_reported':
			case 'police_found':
			case 'fitness_assessed':
			case 'parents_asked':
			case 'block_restored':
				open.clear();
				break;
			default:
				break;
		}
	}
	return [...open];
}

/** The newest confirmed report is about the child the claim is linked to now. */
function confirmedSinceLinked(story: ClaimStory): boolean {
	const linked = story.events.findLast(({ event }) => event.type === 'linked')?.number ?? 0;
	const confirmed =
		story.events.findLast(({ event }) => event.type === 'kinship_reported' && event.result === 'confirmed')?.number ??
		0;
	return confirmed > linked;
}
