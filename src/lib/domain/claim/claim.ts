import type { ChildId, InstitutionId, StaffId } from '../ids.ts';
import type { Basis } from '../hold/policy.ts';
import { addDays, type CivilDate } from '../time.ts';
import type { ClaimDecision, ClaimEvent, ClaimKind, KinshipResult } from './events.ts';
import type { ClaimStanding, OutcomeInput } from './outcome.ts';

/*
 * A claim is folded from its events (events.ts). Facts may come in any order; the state is as far as they reach without a
 * gap, so that a police report written years ago can be entered at once and still waits for DNA.
 *
 *   received ─► screened ─► evidence ─► sampling ─► kinship_result ─► police_finding ─► fitness ─► decided
 *                              ▲            ▲ inconclusive │ confirmed only
 *                              │            └──────────────┘
 *       every open state ──► withdrawn | fraudulent
 *       a report whose child DNA excluded, refused by two ──► received (it waits for the next child)
 *
 *  0. A claim with questions to the family is still `received`: nobody has said whether it is plausible.
 *
 *  1. `decided`, `withdrawn` and `fraudulent` are left by no event. A decided claim whose parents were unfit can be
 *     assessed and decided again; it stays decided meanwhile.
 *  2. The block is on from the screening that says plausible (or from confirmed kin) until the claim ends, or no sample
 *     came by its last day. Confirmed kin blocks whatever lapsed before.
 *  3. A proposal rests on the facts that were there: a sample, result, finding, assessment, wish, restored block or other
 *     child that comes after it makes it void.
 */

/** Who did it; missing where the family or the registry's own clock did. */
export interface By {
	readonly userId: StaffId;
	readonly institutionId: InstitutionId;
}

/** An event with who, when and its place in the claim. */
export interface RecordedClaimEvent {
	/** 1, 2, 3, … */
	readonly number: number;
	/** ISO 8601, the registry's clock. */
	readonly at: string;
	/** The civil day at the registry. */
	readonly on: CivilDate;
	readonly by?: By | undefined;
	readonly event: ClaimEvent;
}

type Recorded<T extends ClaimEvent['type']> = {
	readonly number: number;
	readonly on: CivilDate;
	readonly by?: By | undefined;
} & Omit<Extract<ClaimEvent, { type: T }>, 'type'>;

export type Screening = Recorded<'screened'>;
export type Sample = Recorded<'sample_taken'>;
export type KinshipReport = Recorded<'kinship_reported'>;
export type Finding = Recorded<'police_found'>;
export type Fitness = Recorded<'fitness_assessed'>;
export type ParentsAsk = Recorded<'parents_asked'>;
export type Proposal = Recorded<'decision_proposed'>;
export type Questions = Recorded<'asked'> & { readonly answered: boolean };

/** No sample came by its last day. */
export interface Lapse {
	readonly on: CivilDate;
	readonly dueOn: CivilDate;
	readonly appealedOn?: CivilDate | undefined;
}

/** The claim stands in the way of every decision about the child. */
export interface ClaimBlock {
	readonly since: CivilDate;
	/** Last day for the family's sample; gone once there is one. */
	readonly sampleDue?: CivilDate | undefined;
}

export interface SignedDecision {
	readonly decision: ClaimDecision;
	readonly reasons: string;
	readonly proposedBy?: By | undefined;
	readonly signedBy?: By | undefined;
	readonly on: CivilDate;
}

/** What every claim carries. */
interface Heading {
	readonly kind: ClaimKind;
	readonly receivedOn: CivilDate;
	/** The notice it was sent from, in its one written form. */
	readonly publicNumber?: string | undefined;
	readonly childId?: ChildId | undefined;
	/** Children DNA excluded: a report that comes back to them is refused. */
	readonly excluded: readonly ChildId[];
	/** The count of events: what a decision expects. */
	readonly version: number;
	/** The family's words and papers are gone. */
	readonly erased: boolean;
}

/** What is known so far, whatever the state. */
export interface ClaimFacts {
	readonly screening?: Screening | undefined;
	readonly questions?: Questions | undefined;
	/** Somebody at a desk noted something beyond the statement. */
	readonly evidenceNoted?: boolean | undefined;
	readonly samples: readonly Sample[];
	readonly reports: readonly KinshipReport[];
	readonly finding?: Finding | undefined;
	readonly fitness?: Fitness | undefined;
	readonly parentsAsk?: ParentsAsk | undefined;
	readonly lapse?: Lapse | undefined;
}

interface Open extends Heading, ClaimFacts {
	readonly block?: ClaimBlock | undefined;
	readonly proposal?: Proposal | undefined;
}
/** At least one. */
type Some<T> = readonly [T, ...T[]];

export type OpenClaim =
	| (Open & { readonly state: 'received' })
	| (Open & { readonly state: 'screened'; readonly screening: Screening })
	| (Open & { readonly state: 'evidence'; readonly screening: Screening })
	| (Open & { readonly state: 'sampling'; readonly samples: Some<Sample> })
	| (Open & { readonly state: 'kinship_result'; readonly reports: Some<KinshipReport>; readonly kin: KinshipResult })
	| (Open & { readonly state: 'police_finding'; readonly kin: 'confirmed'; readonly finding: Finding })
	| (Open & {
			readonly state: 'fitness';
			readonly kin: 'confirmed';
			readonly finding: Finding;
			readonly fitness: Fitness;
	  });

export type EndedClaim =
	| (Heading &
			ClaimFacts & {
				readonly state: 'decided';
				readonly decided: SignedDecision;
				/** Decisions before this one: unfit parents were assessed again. */
				readonly earlier: readonly SignedDecision[];
				readonly proposal?: Proposal | undefined;
			})
	| (Heading & ClaimFacts & { readonly state: 'withdrawn'; readonly by: 'family' | 'desk'; readonly on: CivilDate })
	| (Heading & ClaimFacts & { readonly state: 'fraudulent'; readonly decided: SignedDecision });

export type ClaimState = OpenClaim | EndedClaim;
export type ClaimStateName = ClaimState['state'];

export const openStates = [
	'received',
	'screened',
	'evidence',
	'sampling',
	'kinship_result',
	'police_finding',
	'fitness'
] as const satisfies readonly OpenClaim['state'][];
export const claimStates = [
	...openStates,
	'decided',
	'withdrawn',
	'fraudulent'
] as const satisfies readonly ClaimStateName[];

/** Days, and where they come from. */
export const claimRules = {
	/** From plausible screening to the last day for the family's sample; then the block lapses. */
	sampleWithin: {
		days: 30,
		basis: {
			certainty: 'inferred',
			source: 'SECURITY T4: a claim must not freeze a child for ever; no law names a number'
		} satisfies Basis
	},
	/** A result on fewer shared loci neither confirms nor excludes. */
	lociNeeded: {
		loci: 15,
		basis: {
			certainty: 'secondary',
			source: 'rule book 1.9, 12; S15: 15 loci gave false trios, 19 are advised; 13-locus profiles are never confirmed'
		} satisfies Basis
	},
	/** A house's own rhythm for looking at a new claim; no law. */
	screenWithin: {
		days: 3,
		basis: { certainty: 'inferred', source: 'a family waits; our own rhythm' } satisfies Basis
	}
} as const;

/** The last day for a sample, screened or restored on `day`. */
export function sampleDueFrom(day: CivilDate): CivilDate {
	return addDays(day, claimRules.sampleWithin.days);
}

export function isOpenClaim(claim: ClaimState): claim is OpenClaim {
	return claim.state !== 'decided' && claim.state !== 'withdrawn' && claim.state !== 'fraudulent';
}

/** The block of a claim, while there is one: nothing that needs the hold may be decided about the child. */
export function blockOf(claim: ClaimState): ClaimBlock | undefined {
	return isOpenClaim(claim) ? claim.block : undefined;
}

/**
 * What DNA says in sum. Reports that contradict each other settle nothing until two in a row agree: one clerk's slip must
 * neither find parents nor lose them.
 */
export function kinOf(reports: readonly KinshipReport[]): KinshipResult | 'none' {
	const last = reports.at(-1);
	if (!last) return 'none';
	const conclusive = reports.filter(({ result }) => result !== 'inconclusive');
	const said = conclusive.at(-1);
	if (!said) return 'inconclusive';
	const contradicted = conclusive.some(({ result }) => result !== said.result);
	if (contradicted) {
		const before = conclusive.at(-2);
		if (before?.result !== said.result || before.reference === said.reference) return 'inconclusive';
		return said.result;
	}
	// A new sample that says nothing leaves confirmed kin confirmed; an exclusion it puts in question.
	return last.result === 'inconclusive' && said.result === 'excluded' ? 'inconclusive' : said.result;
}

export function standingOf(claim: ClaimFacts): ClaimStanding {
	if (claim.lapse) return 'lapsed';
	switch (claim.screening?.verdict) {
		case 'plausible':
			return 'plausible';
		case 'not_plausible':
			return 'not_plausible';
		case 'ask_more':
		case undefined:
			return 'unscreened';
	}
}

/** What the decision table looks at, but for where the child stands. */
export function outcomeInputOf(claim: ClaimState, phase: OutcomeInput['phase']): OutcomeInput {
	return {
		phase,
		standing: standingOf(claim),
		kin: kinOf(claim.reports),
		finding: claim.finding?.finding ?? 'none',
		fitness: claim.fitness?.fitness ?? 'none',
		parentsAsk: claim.parentsAsk === undefined ? 'none' : claim.parentsAsk.ask ? 'yes' : 'no'
	};
}

/** Something is wrong with the log: the first event of a claim is always `received`. */
export class ClaimWithoutBeginning extends Error {
	override readonly name = 'ClaimWithoutBeginning';
}

/** The claim from its events in their order; undefined for none: it is a draft of the family still. */
export function foldClaim(events: readonly RecordedClaimEvent[]): ClaimState | undefined {
	let claim: ClaimState | undefined;
	for (const recorded of events) claim = evolveClaim(claim, recorded);
	return claim;
}

/** The claim with one more event. Pure; events are facts and never refused here. */
export function evolveClaim(claim: ClaimState | undefined, recorded: RecordedClaimEvent): ClaimState {
	const { event, number, on } = recorded;
	if (!claim) {
		if (event.type !== 'received') throw new ClaimWithoutBeginning(`event ${number} is ${event.type}`);
		return {
			state: 'received',
			kind: event.kind,
			receivedOn: on,
			...(event.publicNumber !== undefined && { publicNumber: event.publicNumber }),
			excluded: [],
			version: number,
			erased: false,
			samples: [],
			reports: []
		};
	}
	const grown = { ...claim, version: number };
	return isOpenClaim(grown) ? evolveOpen(grown, recorded) : evolveEnded(grown, recorded);
}

function evolveOpen(claim: OpenClaim, recorded: RecordedClaimEvent): ClaimState {
	const { event, on } = recorded;
	const open = withoutStage(claim);
	switch (event.type) {
		case 'received':
		case 'paper_added':
			return claim;
		case 'linked':
			return staged({ ...aboutNoChild(open), childId: event.childId });
		case 'unlinked':
			return staged(aboutNoChild(open));
		case 'amended':
			return staged({ ...open, questions: open.questions && { ...open.questions, answered: true } });
		case 'screened': {
			const screening = noted(event, recorded);
			if (event.verdict !== 'plausible') return staged({ ...open, screening });
			const sampleDue = hasFamilySample(open) ? undefined : event.sampleDue;
			return staged({ ...open, screening, block: open.block ?? { since: on, sampleDue } });
		}
		case 'asked':
			return staged({ ...open, questions: { ...noted(event, recorded), answered: false } });
		case 'evidence_noted':
			return staged({ ...open, evidenceNoted: true });
		case 'sample_taken': {
			const samples = [...open.samples, noted(event, recorded)];
			if (event.of === 'child') return staged({ ...open, samples });
			// The family came after all: what lapsed for want of a sample is on again.
			const blocks = open.block ?? open.lapse;
			return staged({ ...open, samples, proposal: undefined, ...(blocks && blockedForGood(open, on)) });
		}
		case 'block_lapsed':
			return staged({ ...open, block: undefined, lapse: { on, dueOn: event.dueOn } });
		case 'appealed':
			return staged({ ...open, lapse: open.lapse && { ...open.lapse, appealedOn: on } });
		case 'block_restored':
			return staged({
				...open,
				lapse: undefined,
				proposal: undefined,
				block: { since: on, sampleDue: event.sampleDue }
			});
		case 'kinship_reported': {
			const reports = [...open.reports, noted(event, recorded)];
			const blocks = open.block ?? (event.result === 'confirmed' || (open.lapse && event.result === 'inconclusive'));
			return staged({ ...open, reports, proposal: undefined, ...(blocks && blockedForGood(open, on)) });
		}
		case 'police_found':
			return staged({ ...open, finding: noted(event, recorded), proposal: undefined });
		case 'fitness_assessed':
			return staged({ ...open, fitness: noted(event, recorded), proposal: undefined });
		case 'parents_asked':
			return staged({ ...open, parentsAsk: noted(event, recorded), proposal: undefined });
		case 'decision_proposed':
			return staged({ ...open, proposal: noted(event, recorded) });
		case 'decision_returned':
			return staged({ ...open, proposal: undefined });
		case 'decision_signed':
			return open.proposal?.number === event.proposal ? decided(open, open.proposal, recorded) : claim;
		case 'withdrawn':
			return { ...ended(open), state: 'withdrawn', by: event.by, on };
		case 'erased':
			return staged({ ...open, erased: true });
	}
}

function evolveEnded(claim: EndedClaim, recorded: RecordedClaimEvent): EndedClaim {
	const { event } = recorded;
	if (event.type === 'erased') return { ...claim, erased: true };
	if (claim.state !== 'decided') return claim;
	switch (event.type) {
		case 'fitness_assessed':
			return { ...claim, fitness: noted(event, recorded), proposal: undefined };
		case 'parents_asked':
			return { ...claim, parentsAsk: noted(event, recorded), proposal: undefined };
		case 'decision_proposed':
			return { ...claim, proposal: noted(event, recorded) };
		case 'decision_returned':
			return { ...claim, proposal: undefined };
		case 'decision_signed':
			if (claim.proposal?.number !== event.proposal) return claim;
			return {
				...claim,
				decided: signedDecision(claim.proposal, recorded),
				earlier: [...claim.earlier, claim.decided],
				proposal: undefined
			};
		case 'received':
		case 'linked':
		case 'unlinked':
		case 'amended':
		case 'paper_added':
		case 'screened':
		case 'asked':
		case 'evidence_noted':
		case 'sample_taken':
		case 'block_lapsed':
		case 'appealed':
		case 'block_restored':
		case 'kinship_reported':
		case 'police_found':
		case 'withdrawn':
			return claim;
	}
}

/** As far as the facts reach without a gap. */
function staged(open: Open): OpenClaim {
	const { screening, samples, reports, finding, fitness } = open;
	const kin = kinOf(reports);
	const lastReport = reports.at(-1)?.number ?? 0;
	const waitsForLaboratory = kin === 'none' || kin === 'inconclusive';
	const sampled = samples.some((sample) => sample.number > lastReport && (lastReport > 0 || sample.of === 'family'));
	// Without a child there is nothing to compare the family's blood with: a report waits as it was received.
	if (open.childId && waitsForLaboratory && sampled && hasSome(samples)) return { ...open, state: 'sampling', samples };
	if (kin === 'confirmed' && finding && finding.finding !== 'unknown') {
		if (fitness && fitness.fitness !== 'pending') return { ...open, state: 'fitness', kin, finding, fitness };
		return { ...open, state: 'police_finding', kin, finding };
	}
	if (kin !== 'none' && hasSome(reports)) return { ...open, state: 'kinship_result', reports, kin };
	if (!screening || screening.verdict === 'ask_more') return { ...open, state: 'received' };
	const inEvidence = screening.verdict === 'plausible' && (open.evidenceNoted || open.questions !== undefined);
	return { ...open, state: inEvidence ? 'evidence' : 'screened', screening };
}

/** The family's blood is taken, or kin is confirmed: no day ends this block any more. */
function blockedForGood(open: Open, on: CivilDate): Pick<Open, 'block' | 'lapse'> {
	return { block: { since: open.block?.since ?? on }, lapse: undefined };
}

/** What is left when the claim is no longer about a child, or about another one: the family and its blood. */
function aboutNoChild(open: Open): Open {
	const { kind, receivedOn, publicNumber, excluded, version, erased } = open;
	return {
		kind,
		receivedOn,
		publicNumber,
		excluded,
		version,
		erased,
		samples: open.samples.filter((sample) => sample.of === 'family'),
		reports: []
	};
}

function decided(open: Open, proposal: Proposal, recorded: RecordedClaimEvent): ClaimState {
	const decision = signedDecision(proposal, recorded);
	if (decision.decision === 'fraudulent') return { ...ended(open), state: 'fraudulent', decided: decision };
	const { childId, kind } = open;
	if (decision.decision === 'refuse' && kind === 'report' && childId && kinOf(open.reports) === 'excluded') {
		return staged({ ...aboutNoChild(open), excluded: [...open.excluded, childId] });
	}
	return { ...ended(open), state: 'decided', decided: decision, earlier: [] };
}

function ended(open: Open): Heading & ClaimFacts {
	const { block: _, proposal: __, ...rest } = open;
	return rest;
}

function signedDecision(proposal: Proposal, { by, on }: RecordedClaimEvent): SignedDecision {
	return { decision: proposal.decision, reasons: proposal.reasons, proposedBy: proposal.by, signedBy: by, on };
}

function hasFamilySample({ samples }: ClaimFacts): boolean {
	return samples.some((sample) => sample.of === 'family');
}

function hasSome<T>(list: readonly T[]): list is Some<T> {
	return list.length > 0;
}

/** Drops what only a stage carries (`state`, `kin`), so that no old result stays in a new one. */
function withoutStage(claim: OpenClaim): Open {
	const { state: _, ...rest } = claim;
	if (!('kin' in rest)) return rest;
	const { kin: __, ...open } = rest;
	return open;
}

/** An event as the state keeps it: what it says, when and by whom. */
function noted<E extends ClaimEvent>(
	event: E,
	{ number, on, by }: RecordedClaimEvent
): Omit<E, 'type'> & { readonly number: number; readonly on: CivilDate; readonly by: By | undefined } {
	const { type: _, ...said } = event;
	return { ...said, number, on, by };
}
