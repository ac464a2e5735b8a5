/**
 * Where a child stands on the review board: one stage a day, told from the hold alone.
 *
 *   not_started ─► running ─► ends_soon ─► waiting_for_papers ─► waiting_for_review ─► one_signature ─► certified
 *                                                                        └──────────► not_agreed
 *   at any time: claimed, halted, evidence_changed; at the end: left
 *
 * A child is in one lane only. Where several would fit, the first of this order counts, because it says who must act:
 *
 *  1. left              nothing is decided any more
 *  2. claimed           a family may be found; before everything else
 *  3. halted            police, court, a possible duplicate, a kin candidate, parents found, age, an entry that cannot be read
 *  4. evidence_changed  somebody signed what the file no longer says
 *  5. by the hold: certified, not_started, running or ends_soon
 *  6. elapsed: waiting_for_papers, and once everything is there by the signatures
 */
import type { Blocker, BlockerCode } from '../hold/blockers.ts';
import type { Hold, ReviewStanding } from '../hold/hold.ts';

export const stages = [
	'not_started',
	'running',
	'ends_soon',
	'waiting_for_papers',
	'waiting_for_review',
	'one_signature',
	'not_agreed',
	'claimed',
	'halted',
	'evidence_changed',
	'certified',
	'left'
] as const;
export type Stage = (typeof stages)[number];

/** A hold that ends within these days is looked at now: papers that are missing take weeks. Ours, no law. */
export const soonDays = 60;

/** Blockers that stop a child whatever the calendar says, beside a claim; the others say what is missing. */
export const halts = [
	'parents_found',
	'open_kin_candidate',
	'police_hold',
	'court_case',
	'duplicate_suspected',
	'maybe_of_age',
	'unknown_entries'
] as const satisfies readonly BlockerCode[];
export type Halt = (typeof halts)[number];

/** The stage on the day the hold was reckoned for. */
export function stageOf(hold: Hold): Stage {
	if (hold.status === 'closed') return 'left';
	if (hold.blockers.some(({ code }) => code === 'open_claim')) return 'claimed';
	if (hold.blockers.some(isHalt)) return 'halted';
	if (hold.review && signedSomethingElse(hold.review)) return 'evidence_changed';
	switch (hold.status) {
		case 'not_started':
			return 'not_started';
		case 'running':
			return hold.daysLeft <= soonDays ? 'ends_soon' : 'running';
		case 'certified':
			return 'certified';
		case 'elapsed':
			return hold.ready ? bySignatures(hold.review) : 'waiting_for_papers';
	}
}

export function isHalt(blocker: Blocker): blocker is Blocker & { readonly code: Halt } {
	return (halts as readonly BlockerCode[]).includes(blocker.code);
}

/** Did reviewers agree to evidence the file no longer gives? A refusal is not made wrong by news; it is simply over. */
export function signedSomethingElse({ status, changed }: ReviewStanding): boolean {
	return changed.length > 0 && status !== 'not_eligible';
}

function bySignatures(review: ReviewStanding | undefined): Stage {
	if (!review || review.changed.length > 0) return 'waiting_for_review';
	switch (review.status) {
		case 'one_signature':
			return 'one_signature';
		case 'not_eligible':
			return 'not_agreed';
		// Two who agree to what the file says make it certified; a hold that says otherwise has no reviewers to ask.
		case 'eligible':
			return 'waiting_for_review';
	}
}
