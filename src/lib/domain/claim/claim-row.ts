import { addDays, type CivilDate } from '../time.ts';
import { blockOf, claimRules, isOpenClaim, kinOf, type ClaimState, type ClaimStateName } from './claim.ts';
import type { ClaimDecision, ClaimKind, KinshipResult } from './events.ts';

/** What a claim waits for, and for whom; the words are in the messages (area `claimSteps`). */
export const claimSteps = [
	'link',
	'screen',
	'family_answers',
	'sample',
	'hear_appeal',
	'kinship',
	'more_loci',
	'police_finding',
	'fitness',
	'decide',
	'sign'
] as const;
export type ClaimStep = (typeof claimSteps)[number];

/**
 * One line of a list of claims: codes and days, nothing of the family and nothing of the child. It says nothing of today, so
 * that a stored row stays true until an event changes it.
 */
export interface ClaimRow {
	readonly state: ClaimStateName;
	readonly kind: ClaimKind;
	readonly receivedOn: CivilDate;
	/** What is to be done next; missing once the claim has ended. */
	readonly next?: ClaimStep;
	/** The last day on which it is in time, where there is one. */
	readonly dueOn?: CivilDate;
	readonly blocks: boolean;
	readonly lapsed: boolean;
	readonly kin: KinshipResult | 'none';
	/** What was decided, or waits for the second signature. */
	readonly decision?: ClaimDecision;
	readonly closedOn?: CivilDate;
}

export function claimRow(claim: ClaimState): ClaimRow {
	const next = nextStep(claim);
	const dueOn = next && dueOf(claim, next);
	const decision = decisionOf(claim);
	const closedOn = closedOnOf(claim);
	return {
		state: claim.state,
		kind: claim.kind,
		receivedOn: claim.receivedOn,
		...(next && { next }),
		...(dueOn && { dueOn }),
		blocks: blockOf(claim) !== undefined,
		lapsed: isOpenClaim(claim) && claim.lapse !== undefined,
		kin: kinOf(claim.reports),
		...(decision && { decision }),
		...(closedOn && { closedOn })
	};
}

/** The day it ended; of a decision taken again the first. */
export function closedOnOf(claim: ClaimState): CivilDate | undefined {
	switch (claim.state) {
		case 'decided':
			return (claim.earlier[0] ?? claim.decided).on;
		case 'fraudulent':
			return claim.decided.on;
		case 'withdrawn':
			return claim.on;
		case 'received':
		case 'screened':
		case 'evidence':
		case 'sampling':
		case 'kinship_result':
		case 'police_finding':
		case 'fitness':
			return undefined;
	}
}

/** What the claim waits for. After a decision only a proposal to decide again waits. */
export function nextStep(claim: ClaimState): ClaimStep | undefined {
	if (!isOpenClaim(claim)) return claim.state === 'decided' && claim.proposal ? 'sign' : undefined;
	if (claim.proposal) return 'sign';
	if (claim.lapse?.appealedOn) return 'hear_appeal';
	if (!claim.childId) return 'link';
	switch (claim.state) {
		case 'received':
			return claim.questions && !claim.questions.answered ? 'family_answers' : 'screen';
		case 'screened':
			// Not plausible, or without a sample in time: two persons may refuse.
			return claim.screening.verdict === 'not_plausible' || claim.lapse ? 'decide' : 'sample';
		case 'evidence':
			return claim.lapse ? 'decide' : 'sample';
		case 'sampling':
			return 'kinship';
		case 'kinship_result':
			if (claim.kin === 'confirmed') return 'police_finding';
			return claim.kin === 'excluded' ? 'decide' : 'more_loci';
		case 'police_finding': {
			const { finding } = claim.finding;
			return finding === 'sold' || finding === 'abandoned' ? 'decide' : 'fitness';
		}
		case 'fitness':
			return 'decide';
	}
}

/** The last day the next step is in time, where a rule names one: a screening, a family’s sample. */
export function dueOf(claim: ClaimState, next: ClaimStep): CivilDate | undefined {
	if (next === 'screen') return addDays(claim.receivedOn, claimRules.screenWithin.days);
	return next === 'sample' ? blockOf(claim)?.sampleDue : undefined;
}

function decisionOf(claim: ClaimState): ClaimDecision | undefined {
	if (claim.state === 'withdrawn') return undefined;
	if (claim.state === 'fraudulent') return claim.decided.decision;
	return claim.proposal?.decision ?? (claim.state === 'decided' ? claim.decided.decision : undefined);
}
