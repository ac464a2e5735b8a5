/**
 * The hold of one child: every clock of the policy, what is still missing, what blocks, what contradicts itself. A pure
 * function of the facts, the policy, the rest days and the day it is.
 *
 *   not_started ── police hand-over ──► running ── last day passed ──► elapsed ── DOC-C, all conditions ──► certified
 *        └──────────────┬─────────────────┴───────────────────────────────┴──────────────────────────────────┘
 *                       ▼
 *                     closed (reunited, adopted, aged out, deceased, on another basis, entered in error)
 *
 * 1. Only civil dates of facts move a clock. `today` never changes a start, a raw or a last day; it only says what has passed.
 *    (The one exception is arithmetic the law would leave open: a suspended or restarted clock under a claim still open.)
 * 2. A clock is never elapsed on a provisional last day, nor while the case holds an entry this program cannot read.
 * 3. `certified` is never inferred from time: it takes the police's certificate, dated after the last day, and two
 *    reviewers of different institutions who signed what the file still says (../eligibility).
 * 4. Odd facts never throw: they are listed as contradictions, and the safe side is taken.
 */
import { addYears, type CivilDate } from '../time.ts';
import { blockersOf, type Blocker } from './blockers.ts';
import { clocksOf, type Clock, type NotStarted } from './clock.ts';
import { certificateOf, conditionOf, type Condition } from './conditions.ts';
import { contradictionsIn, type Contradiction } from './contradictions.ts';
import { chronicleOf, isOpen, plausible, type Chronicle, type HoldDocument, type HoldFacts } from './facts.ts';
import { ageOn, type ClaimEffect, type Policy } from './policy.ts';
import { evidenceOf, reviewHolds, reviewStanding, type Evidence, type ReviewStanding } from './review.ts';
import type { RestDays } from './rest-days.ts';

export { periodOf, type Clock } from './clock.ts';
export { reviewHolds, type Evidence, type EvidencePart, type ReviewStanding } from './review.ts';
export type { DnaState, HoldClaim, HoldDocument, HoldEvent, HoldFacts } from './facts.ts';

export type Hold = HoldCommon & HoldStory;

export interface HoldCommon {
	readonly policyId: string;
	/** The day it was reckoned for. */
	readonly today: CivilDate;
	/** The clocks that apply to this child, in the policy's order. */
	readonly clocks: readonly Clock[];
	readonly conditions: readonly Condition[];
	/** What forbids the next decision today, whatever the clocks say. */
	readonly blockers: readonly Blocker[];
	readonly contradictions: readonly Contradiction[];
	/** The latest review, if there was one. */
	readonly review?: ReviewStanding;
}

export type HoldStory =
	| { readonly status: 'not_started'; readonly because: NotStarted }
	| ({ readonly status: 'running' } & HoldDays)
	/** `ready`: everything is there but the reviewers' signatures. */
	| ({ readonly status: 'elapsed'; readonly ready: boolean } & HoldDays)
	| ({ readonly status: 'certified'; readonly certificate: HoldDocument } & HoldDays)
	| { readonly status: 'closed'; readonly reason: ClosingReason; readonly on: CivilDate };
export type HoldStatus = HoldStory['status'];

export interface HoldDays {
	readonly start: CivilDate;
	readonly lastDay: CivilDate;
	/** The day after the last day. Not a day on which a child may be placed: the certificate is the police's. */
	readonly openFrom: CivilDate;
	readonly provisional: boolean;
	readonly daysPassed: number;
	readonly daysLeft: number;
	/** Open claims that stand in the way: the hold is halted (block), standing still (suspend) or to start anew (restart). */
	readonly halted?: { readonly effect: ClaimEffect; readonly claims: readonly string[] };
}

export const closingReasons = [
	'reunited',
	'adopted',
	'aged_out',
	'deceased',
	'other_basis',
	'entered_in_error'
] as const;
export type ClosingReason = (typeof closingReasons)[number];

/** Reckons the hold of one child. Never throws for what the facts say. */
export function computeHold(facts: HoldFacts, policy: Policy, restDays: RestDays): Hold {
	const { usable, setAside } = plausible(facts);
	const chronicle = chronicleOf(usable);
	const clocks = clocksOf(usable, chronicle, policy, restDays);
	const holdClock = clocks.find((clock) => clock.id === policy.holdClock);
	const conditions = policy.conditions.map((rule) => conditionOf(rule, usable, clocks));
	const closing = closingOf(usable, chronicle, policy);
	const blockers = blockersOf(usable, setAside, chronicle, policy, clocks, conditions, closing !== undefined);
	const contradictions: readonly Contradiction[] = [
		...setAside.map((odd): Contradiction => ({ code: 'date_implausible', ...odd })),
		...contradictionsIn(usable, chronicle, clocks, holdClock, closing?.on)
	];
	const review = reviewStanding(usable, () =>
		evidenceOf({ policyId: policy.id, facts: usable, clocks, conditions, blockers, contradictions, rules: policy })
	);
	const common: HoldCommon = {
		policyId: policy.id,
		today: facts.today,
		clocks,
		conditions,
		blockers,
		contradictions,
		...(review && { review })
	};
	return { ...common, ...storyOf(usable, policy, holdClock, conditions, blockers, closing, review) };
}

/** What a reviewer would sign today: everything legal that the file says, and nothing that changes by the day. */
export function evidenceFor(facts: HoldFacts, hold: Hold, policy: Policy): Evidence {
	const { policyId, clocks, conditions, blockers, contradictions } = hold;
	return evidenceOf({
		policyId,
		facts: plausible(facts).usable,
		clocks,
		conditions,
		blockers,
		contradictions,
		rules: policy
	});
}

/** The clock the hold is told from, where the policy has one. */
export function holdClockOf(hold: Hold, policy: Policy): Clock | undefined {
	return hold.clocks.find((clock) => clock.id === policy.holdClock);
}

function storyOf(
	facts: HoldFacts,
	policy: Policy,
	holdClock: Clock | undefined,
	conditions: readonly Condition[],
	blockers: readonly Blocker[],
	closing: Closing | undefined,
	review: ReviewStanding | undefined
): HoldStory {
	if (closing) return { status: 'closed', ...closing };
	if (!holdClock) return { status: 'not_started', because: { code: 'no_clock' } };
	if (holdClock.status === 'not_started') return { status: 'not_started', because: holdClock.because };

	const openClaims = facts.claims.filter(isOpen).map((claim) => claim.id);
	const days: HoldDays = {
		start: holdClock.start,
		lastDay: holdClock.lastDay,
		openFrom: holdClock.openFrom,
		provisional: holdClock.provisional,
		daysPassed: holdClock.daysPassed,
		daysLeft: holdClock.daysLeft,
		...(openClaims.length > 0 && { halted: { effect: holdClock.rule.claimEffect ?? 'block', claims: openClaims } })
	};
	if (holdClock.status !== 'elapsed') return { status: 'running', ...days };

	const certificate = certificateOf(facts, policy);
	const everythingMet = conditions.every((condition) => condition.status === 'met');
	const ready = certificate !== undefined && everythingMet && blockers.length === 0;
	// A reckoning from papers alone (the command line) has no reviewers to ask; a case file always has.
	const signed = facts.reviews === undefined || (review !== undefined && reviewHolds(review));
	if (ready && signed) return { status: 'certified', certificate, ...days };
	return { status: 'elapsed', ready, ...days };
}

interface Closing {
	readonly reason: ClosingReason;
	readonly on: CivilDate;
}

/** The latest closing fact counts; an adoption that was dissolved no longer closes. */
function closingOf(facts: HoldFacts, chronicle: Chronicle, policy: Policy): Closing | undefined {
	const dissolved = chronicle.last('adoption_dissolved');
	const closings: Closing[] = [];
	for (const reason of closingReasons) {
		const event = chronicle.last(reason);
		if (!event || (reason === 'adopted' && dissolved && dissolved.date >= event.date)) continue;
		closings.push({ reason, on: event.date });
	}
	const adult = ageOn(policy.ages?.adult, facts.today);
	if (closings.length === 0 && adult && facts.birth) {
		const on = addYears(facts.birth.latest, adult.years);
		if (facts.today >= on) closings.push({ reason: 'aged_out', on });
	}
	return closings.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)).at(-1);
}
