/*
 * What somebody can do with a claim now. Nothing is decided here: each command is tried with a form that is filled in well,
 * by the very rules that will judge it (decide-claim.ts), so that no form is offered that could not be taken and none is
 * kept back that could.
 */
import type { ChildId } from '../ids.ts';
import type { ClaimState } from './claim.ts';
import {
	decideClaim,
	mayDo,
	rolesFor,
	type ClaimActor,
	type ClaimCommand,
	type ClaimCommandType,
	type ClaimFault,
	type ClaimGround
} from './decide-claim.ts';
import { claimDecisions } from './events.ts';

/** `open`: a form filled in well would be taken; otherwise what stands in its way. */
export type CommandNow = 'open' | ClaimFault;

/** Every command this actor may ever give, with whether it can be given now. */
export function commandsNow(
	claim: ClaimState,
	actor: ClaimActor,
	ground: ClaimGround
): ReadonlyMap<ClaimCommandType, CommandNow> {
	const types = (Object.keys(rolesFor) as readonly ClaimCommandType[]).filter((type) => mayDo(actor, type));
	return new Map(types.map((type) => [type, standOf(claim, actor, ground, wellFilled(type, claim, ground))]));
}

/** The first of several forms of one command that would be taken; else what stands in the way of the first. */
function standOf(
	claim: ClaimState,
	actor: ClaimActor,
	ground: ClaimGround,
	forms: readonly ClaimCommand[]
): CommandNow {
	let stand: CommandNow = { type: 'not_yours_to_decide' };
	for (const [index, form] of forms.entries()) {
		const judged = decideClaim(claim, actor, form, ground);
		if (judged.ok) return 'open';
		if (index === 0) stand = judged.error;
	}
	return stand;
}

/** Of no child: a link is tried with a child that was excluded from nothing. */
const anyChild = '00000000-0000-7000-8000-000000000000' as ChildId;

function wellFilled(type: ClaimCommandType, claim: ClaimState, { today }: ClaimGround): readonly ClaimCommand[] {
	const note = '-';
	const proposal = ('proposal' in claim && claim.proposal?.number) || 0;
	// A number no report has yet: only blanks are cut from a real one.
	const reference = `- ${claim.version}`;
	switch (type) {
		case 'link':
			return [{ type, childId: anyChild, because: 'desk' }];
		case 'unlink':
		case 'noteEvidence':
		case 'appeal':
		case 'restore':
		case 'withdraw':
			return [{ type, note }];
		case 'screen':
			return [
				{ type, verdict: 'plausible', note },
				{ type, verdict: 'not_plausible', note }
			];
		case 'ask':
			return [{ type, topics: ['child'] }];
		case 'recordSample':
			return [{ type, of: 'family', takenOn: today }];
		case 'lapse':
			return [{ type }];
		case 'reportKinship':
			return [{ type, result: 'inconclusive', reference, reportedOn: today }];
		case 'recordPoliceFinding':
			return [{ type, finding: 'unknown', reference, foundOn: today }];
		case 'assessFitness':
			return [{ type, fitness: 'pending', reference, assessedOn: today }];
		case 'recordParentsAsk':
			return [{ type, ask: true, askedOn: today }];
		case 'proposeDecision':
			return claimDecisions.map((decision) => ({ type, decision, reasons: note }));
		case 'signDecision':
			return [{ type, proposal }];
		case 'returnDecision':
			return [{ type, proposal, note }];
	}
}
