/**
 * The hold of one child: every clock of the policy, what is still missing, what blocks, what contradicts itself. A pure
 * function of the facts, the policy, the rest days and the day it is.
 *
 *   not_started ── police hand-over ──► running ── last day passed ──► elapsed ── DOC-C, all conditions ──► certified
 *        └──────────────┬─────────────────┴───────────────────────────────┴──────────────────────────────────┘
 *                       ▼
 *                     closed (reunited, adopted, aged out, deceased, on another basis)
 *
 * 1. Only civil dates of facts move a clock. `today` never changes a start, a raw or a last day; it only says what has passed.
 *    (The one exception is arithmetic the law would leave open: a suspended or restarted clock under a claim still open.)
 * 2. A clock is never elapsed on a provisional last day, nor while the case holds an entry this program cannot read.
 * 3. `certified` is never inferred from time: it takes the police's certificate, dated after the last day.
 * 4. Odd facts never throw: they are listed as contradictions, and the safe side is taken.
 */
import { documentCodes, type CaseDocument, type DocumentCode } from '../document/document.ts';
import type { SampleStep } from '../sample/sample.ts';
import { addDays, addYears, civilDate, daysBetween, earlierOf, laterOf, type CivilDate } from '../time.ts';
import { lastDay, rawLastDay, rolled, type LastDay } from './calendar.ts';
import type {
	Basis,
	ClaimEffect,
	ClockRule,
	ConditionId,
	ConditionRule,
	FactType,
	FirstReceiver,
	NoticeChannel,
	Policy
} from './policy.ts';
import type { RestDays } from './rest-days.ts';

// ---------------------------------------------------------------- what goes in

export interface HoldFacts {
	/** The civil date in the policy's time zone. Only the server's moves a state; a tablet shows "as of this tablet's date". */
	readonly today: CivilDate;
	readonly firstReceiver?: FirstReceiver | undefined;
	/** Two live dates of one hand-over are two events: a dispute. */
	readonly events: readonly HoldEvent[];
	readonly documents: readonly HoldDocument[];
	/** Claims from the day their screening says plausible; those never found plausible stay out. */
	readonly claims: readonly HoldClaim[];
	readonly dna: { readonly state: DnaState; readonly openCandidates?: readonly string[] | undefined };
	/** First and last day the child can have been born. */
	readonly birth?: { readonly earliest: CivilDate; readonly latest: CivilDate } | undefined;
	readonly flags?: readonly CaseFlag[] | undefined;
	/** The case holds entries written by a newer program. */
	readonly unknownEntries: boolean;
}

export interface HoldEvent {
	readonly type: FactType;
	readonly date: CivilDate;
	/** Of a publication; a take-down without one means the national platform, since a printed page cannot be taken down. */
	readonly channel?: NoticeChannel | undefined;
	/** The entry the fact comes from. */
	readonly id?: string | undefined;
}

export type HoldDocument = Pick<CaseDocument, 'code' | 'number' | 'date' | 'issuer' | 'originalSeenBy'> & {
	readonly id?: string | undefined;
};

export interface HoldClaim {
	readonly id: string;
	readonly openedOn: CivilDate;
	/** The day it was decided, withdrawn or lapsed; missing while it is open. */
	readonly closedOn?: CivilDate | undefined;
	readonly outcome?: ClaimOutcome | undefined;
}

/** `kin_confirmed`: parents are found, whatever follows (reunited, unfit, sold): DOC-C can no longer be true. */
export const claimOutcomes = ['refused', 'withdrawn', 'fraudulent', 'lapsed', 'kin_confirmed'] as const;
export type ClaimOutcome = (typeof claimOutcomes)[number];

export const dnaStates = [
	'none',
	'collected',
	'sealed',
	'dispatched',
	'received',
	'typed',
	'in_database',
	'candidate',
	'confirmed',
	'excluded'
] as const satisfies readonly (SampleStep | 'none' | 'candidate' | 'confirmed' | 'excluded')[];
export type DnaState = (typeof dnaStates)[number];

export const caseFlags = [
	'police_hold',
	'court_case',
	'duplicate_suspected',
	'identity_changed_since_publication'
] as const;
export type CaseFlag = (typeof caseFlags)[number];

// ---------------------------------------------------------------- what comes out

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
}

export type HoldStory =
	| { readonly status: 'not_started'; readonly because: NotStarted }
	| ({ readonly status: 'running' } & HoldDays)
	| ({ readonly status: 'elapsed' } & HoldDays)
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

export const closingReasons = ['reunited', 'adopted', 'aged_out', 'deceased', 'other_basis'] as const;
export type ClosingReason = (typeof closingReasons)[number];

export type NotStarted =
	| { readonly code: 'fact_missing'; readonly fact: FactType }
	| { readonly code: 'channel_missing'; readonly channels: readonly NoticeChannel[] }
	| { readonly code: 'clock_before'; readonly clock: string }
	| { readonly code: 'birth_unknown' }
	/** The policy has no such clock: it tells no hold. */
	| { readonly code: 'no_clock' };

export type Clock = ClockHeading & ClockState;

export interface ClockHeading {
	readonly id: string;
	readonly rule: ClockRule;
}

export type ClockState =
	| { readonly status: 'not_started'; readonly because: NotStarted; readonly planned?: ClockPeriod }
	/** `heldBy`: what keeps a clock from being elapsed although its last day may have passed. */
	| ({ readonly status: 'running'; readonly heldBy: readonly HeldBy[] } & ClockPeriod)
	| ({ readonly status: 'elapsed' } & ClockPeriod)
	| ({ readonly status: 'met'; readonly metOn?: CivilDate; readonly late: boolean } & ClockPeriod)
	| ({ readonly status: 'overdue' } & ClockPeriod);
export type ClockStatus = ClockState['status'];
export type HeldBy = 'provisional' | 'unknown_entries' | 'claim';

export interface ClockPeriod {
	readonly start: CivilDate;
	readonly startFrom: StartFrom;
	readonly raw: CivilDate;
	readonly lastDay: CivilDate;
	readonly openFrom: CivilDate;
	readonly provisional: boolean;
	/** Whole days from the start to today, never below 0; days from today to the last day, never below 0. */
	readonly daysPassed: number;
	readonly daysLeft: number;
	/** How the last day came about, for the screen that shows the arithmetic. */
	readonly steps: readonly Step[];
}

export type StartFrom =
	| { readonly fact: FactType; readonly channel?: NoticeChannel; readonly id?: string }
	| { readonly afterClock: string }
	| { readonly birth: 'latest' };

export type Step =
	| {
			readonly step: 'counted';
			readonly start: CivilDate;
			readonly amount: number;
			readonly unit: ClockRule['unit'];
			readonly raw: CivilDate;
	  }
	/** Days that do not count: of a claim, or of the clock it excludes. */
	| {
			readonly step: 'suspended';
			readonly by: { readonly claim: string } | { readonly clock: string };
			readonly from: CivilDate;
			readonly to: CivilDate;
			readonly days: number;
			readonly raw: CivilDate;
	  }
	| { readonly step: 'restarted'; readonly claim: string; readonly start: CivilDate; readonly raw: CivilDate }
	| { readonly step: 'rolled'; readonly raw: CivilDate; readonly lastDay: CivilDate };

export interface Condition {
	readonly id: ConditionId;
	/** waiting: time or the post will bring it; missing: somebody must do something. */
	readonly status: 'met' | 'waiting' | 'missing';
	readonly because: ConditionReason;
	readonly basis: Basis;
}

export type DocumentGap = 'number' | 'date' | 'original';

export type ConditionReason =
	| { readonly code: 'clock_elapsed'; readonly clock: string; readonly lastDay: CivilDate }
	| {
			readonly code: 'clock_running';
			readonly clock: string;
			readonly lastDay: CivilDate;
			readonly daysLeft: number;
			readonly provisional: boolean;
	  }
	| {
			readonly code: 'clock_held';
			readonly clock: string;
			readonly lastDay: CivilDate;
			readonly heldBy: readonly HeldBy[];
	  }
	| { readonly code: 'clock_not_started'; readonly clock: string; readonly because: NotStarted }
	| {
			readonly code: 'document_on_file';
			readonly document: DocumentCode;
			readonly number?: string;
			readonly date?: CivilDate;
	  }
	| { readonly code: 'document_missing'; readonly document: DocumentCode }
	| { readonly code: 'document_not_due'; readonly document: DocumentCode; readonly clock: string }
	| { readonly code: 'document_incomplete'; readonly document: DocumentCode; readonly missing: readonly DocumentGap[] }
	| {
			readonly code: 'document_too_early';
			readonly document: DocumentCode;
			readonly date: CivilDate;
			readonly clock: string;
			readonly openFrom?: CivilDate;
	  }
	| { readonly code: 'dna_in_database' }
	| { readonly code: 'dna_on_its_way'; readonly state: DnaState }
	| { readonly code: 'dna_missing' }
	| { readonly code: 'no_candidate' }
	| { readonly code: 'candidate_open'; readonly candidates: readonly string[] }
	| { readonly code: 'no_claim' }
	| { readonly code: 'claims_decided'; readonly claims: readonly string[] }
	| { readonly code: 'claim_open'; readonly claims: readonly string[] }
	| { readonly code: 'parents_found'; readonly claims: readonly string[] };

/** Rule book 5. `parents_found`, `maybe_of_age` and `unknown_entries` are ours. */
export type Blocker = { readonly basis: Basis } & (
	| { readonly code: 'open_claim'; readonly claims: readonly { readonly id: string; readonly openedOn: CivilDate }[] }
	| { readonly code: 'parents_found'; readonly claims: readonly string[] }
	| { readonly code: 'open_kin_candidate'; readonly candidates: readonly string[] }
	| { readonly code: 'dna_missing'; readonly state: DnaState }
	| { readonly code: 'notice_not_published'; readonly channels: readonly NoticeChannel[] }
	| {
			readonly code: 'document_missing';
			readonly document: DocumentCode;
			readonly because: 'missing' | 'incomplete' | 'too_early';
	  }
	| { readonly code: 'date_dispute'; readonly fact: FactType | DocumentCode; readonly dates: readonly CivilDate[] }
	| { readonly code: 'clock_provisional'; readonly clock: string; readonly lastDay: CivilDate }
	| { readonly code: CaseFlag }
	| { readonly code: 'maybe_of_age'; readonly from: CivilDate; readonly until: CivilDate }
	| { readonly code: 'unknown_entries' }
);
export type BlockerCode = Blocker['code'];

export type Contradiction =
	| { readonly code: 'date_in_future'; readonly fact: FactType | DocumentCode | 'claim'; readonly date: CivilDate }
	| {
			readonly code: 'date_implausible';
			readonly fact: FactType | DocumentCode | 'claim' | 'birth';
			readonly date: CivilDate;
	  }
	| { readonly code: 'handover_before_rescue'; readonly handover: CivilDate; readonly rescued: CivilDate }
	| {
			readonly code: 'document_before_rescue';
			readonly document: DocumentCode;
			readonly date: CivilDate;
			readonly rescued: CivilDate;
	  }
	| { readonly code: 'handover_before_birth'; readonly handover: CivilDate; readonly birth: CivilDate }
	| {
			readonly code: 'notice_before_handover';
			readonly channel: NoticeChannel;
			readonly date: CivilDate;
			readonly handover: CivilDate;
	  }
	| { readonly code: 'transfer_before_handover'; readonly date: CivilDate; readonly handover: CivilDate }
	| { readonly code: 'transfer_before_notice_elapsed'; readonly date: CivilDate; readonly lastDay?: CivilDate }
	| { readonly code: 'certificate_before_elapsed'; readonly date: CivilDate; readonly openFrom?: CivilDate }
	| { readonly code: 'certificate_without_document'; readonly date: CivilDate }
	| { readonly code: 'registry_notice_before_certificate'; readonly date: CivilDate; readonly certificate: CivilDate }
	| { readonly code: 'adopted_without_certificate'; readonly date: CivilDate }
	| {
			readonly code: 'fact_after_closing';
			readonly fact: FactType;
			readonly date: CivilDate;
			readonly closed: CivilDate;
	  }
	| { readonly code: 'document_number_twice'; readonly number: string; readonly documents: readonly DocumentCode[] }
	| {
			readonly code: 'claim_closed_before_opened';
			readonly claim: string;
			readonly opened: CivilDate;
			readonly closed: CivilDate;
	  }
	| { readonly code: 'claim_closed_without_outcome'; readonly claim: string; readonly closed: CivilDate };
export type ContradictionCode = Contradiction['code'];

// ---------------------------------------------------------------- the reckoning

/** Reckons the hold of one child. Never throws for what the facts say. */
export function computeHold(facts: HoldFacts, policy: Policy, restDays: RestDays): Hold {
	const { usable, setAside } = plausible(facts);
	const chronicle = chronicleOf(usable);
	const clocks = clocksOf(usable, chronicle, policy, restDays);
	const holdClock = clocks.find((clock) => clock.id === policy.holdClock);
	const conditions = policy.conditions.map((rule) => conditionOf(rule, usable, clocks));
	const closing = closingOf(usable, chronicle, policy);
	const blockers = blockersOf(usable, setAside, chronicle, policy, clocks, conditions, closing !== undefined);
	const common: HoldCommon = {
		policyId: policy.id,
		today: facts.today,
		clocks,
		conditions,
		blockers,
		contradictions: [
			...setAside.map((odd): Contradiction => ({ code: 'date_implausible', ...odd })),
			...contradictionsIn(usable, chronicle, clocks, holdClock, closing)
		]
	};
	return { ...common, ...storyOf(usable, policy, holdClock, conditions, blockers, closing) };
}

/** The clock the hold is told from, where the policy has one. */
export function holdClockOf(hold: Hold, policy: Policy): Clock | undefined {
	return hold.clocks.find((clock) => clock.id === policy.holdClock);
}

/** The dates of a clock, running, past or planned. */
export function periodOf(clock: Clock): ClockPeriod | undefined {
	return clock.status === 'not_started' ? clock.planned : clock;
}

function storyOf(
	facts: HoldFacts,
	policy: Policy,
	holdClock: Clock | undefined,
	conditions: readonly Condition[],
	blockers: readonly Blocker[],
	closing: Closing | undefined
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
	if (certificate && everythingMet && blockers.length === 0) return { status: 'certified', certificate, ...days };
	return { status: 'elapsed', ...days };
}

// ---------------------------------------------------------------- facts, sorted and looked through

/** Dates outside are slips of the pen, and would carry a period out of the calendar. */
const FIRST_PLAUSIBLE = civilDate('1900-01-01');
const LAST_PLAUSIBLE = civilDate('2200-12-31');

type OddDate = Pick<Extract<Contradiction, { code: 'date_implausible' }>, 'fact' | 'date'>;

/**
 * Brings the facts into one order, so that the same set of facts gives the same hold whatever order it arrived in, and
 * sets aside what is dated outside 1900 to 2200: it is listed and blocks, but nothing is counted from it. A claim is never
 * set aside, it stays open; only its dates are brought inside.
 */
function plausible(facts: HoldFacts): { usable: HoldFacts; setAside: readonly OddDate[] } {
	const setAside: OddDate[] = [];
	const keep = (fact: OddDate['fact'], date: CivilDate | undefined): boolean => {
		if (date === undefined || (date >= FIRST_PLAUSIBLE && date <= LAST_PLAUSIBLE)) return true;
		setAside.push({ fact, date });
		return false;
	};
	const inside = (date: CivilDate): CivilDate => earlierOf(laterOf(date, FIRST_PLAUSIBLE), LAST_PLAUSIBLE);

	const events = [...facts.events].sort(byDateThenId).filter((event) => keep(event.type, event.date));
	const documents = [...facts.documents].sort(byCodeThenDate).map((document): HoldDocument => {
		if (keep(document.code, document.date)) return document;
		return { ...document, date: undefined };
	});
	const claims = inOrder(facts.claims).map((claim): HoldClaim => {
		const opened = keep('claim', claim.openedOn);
		const closed = keep('claim', claim.closedOn);
		if (opened && closed) return claim;
		return {
			...claim,
			openedOn: inside(claim.openedOn),
			...(claim.closedOn !== undefined && { closedOn: inside(claim.closedOn) })
		};
	});
	const birth =
		facts.birth && keep('birth', facts.birth.earliest) && keep('birth', facts.birth.latest) ? facts.birth : undefined;
	return { usable: { ...facts, events, documents, claims, birth }, setAside };
}

/** The facts by type, each list in order of date. */
interface Chronicle {
	all(type: FactType): readonly HoldEvent[];
	first(type: FactType): HoldEvent | undefined;
	last(type: FactType): HoldEvent | undefined;
	/** The different dates told of a fact that happens once; two or more are a dispute. */
	dates(type: FactType): readonly CivilDate[];
}

function chronicleOf(facts: HoldFacts): Chronicle {
	const byType = new Map<FactType, HoldEvent[]>();
	for (const event of facts.events) {
		const list = byType.get(event.type);
		if (list) list.push(event);
		else byType.set(event.type, [event]);
	}
	const all = (type: FactType): readonly HoldEvent[] => byType.get(type) ?? [];
	return {
		all,
		first: (type) => all(type)[0],
		last: (type) => all(type).at(-1),
		dates: (type) => [...new Set(all(type).map((event) => event.date))]
	};
}

function byDateThenId(a: HoldEvent, b: HoldEvent): number {
	return compareTexts([a.date, a.type, a.channel, a.id], [b.date, b.type, b.channel, b.id]);
}

function byCodeThenDate(a: HoldDocument, b: HoldDocument): number {
	return compareTexts(
		[a.code, a.date, a.number, a.originalSeenBy, a.issuer, a.id],
		[b.code, b.date, b.number, b.originalSeenBy, b.issuer, b.id]
	);
}

function compareTexts(a: readonly (string | undefined)[], b: readonly (string | undefined)[]): number {
	for (const [index, text] of a.entries()) {
		const [x, y] = [text ?? '', b[index] ?? ''];
		if (x !== y) return x < y ? -1 : 1;
	}
	return 0;
}

function isOpen(claim: HoldClaim): boolean {
	return claim.closedOn === undefined;
}

// ---------------------------------------------------------------- clocks

function clocksOf(facts: HoldFacts, chronicle: Chronicle, policy: Policy, restDays: RestDays): readonly Clock[] {
	const clocks: Clock[] = [];
	for (const rule of policy.clocks) {
		const start = startOf(rule, facts, chronicle, policy, restDays, clocks);
		if (!applies(rule, facts, start)) continue;
		clocks.push({ id: rule.id, rule, ...stateOf(rule, start, facts, chronicle, policy, restDays, clocks) });
	}
	return clocks;
}

type Start =
	| { readonly known: true; readonly date: CivilDate; readonly from: StartFrom; readonly comesAfter?: Clock }
	| { readonly known: false; readonly because: NotStarted };

function startOf(
	rule: ClockRule,
	facts: HoldFacts,
	chronicle: Chronicle,
	policy: Policy,
	restDays: RestDays,
	above: readonly Clock[]
): Start {
	const { start } = rule;
	if ('birth' in start) {
		// Of an estimate the latest day counts: an age floor is reached by the youngest the child can be.
		if (!facts.birth) return { known: false, because: { code: 'birth_unknown' } };
		return { known: true, date: facts.birth.latest, from: { birth: 'latest' } };
	}
	if ('afterClock' in start) {
		const before = above.find((clock) => clock.id === start.afterClock);
		const period = before && periodOf(before);
		if (!before || !period) return { known: false, because: { code: 'clock_before', clock: start.afterClock } };
		return { known: true, date: period.lastDay, from: { afterClock: start.afterClock }, comesAfter: before };
	}
	if (start.pick === 'last_of_channels') {
		return startOfNotice(rule, start.channels ?? [], chronicle, policy, restDays);
	}
	// `one` and `last` both take the later date: of a dispute it is the safe one, since no clock ends too early by it.
	const event = chronicle.last(start.fact);
	if (!event) return { known: false, because: { code: 'fact_missing', fact: start.fact } };
	return { known: true, date: event.date, from: fromEvent(event) };
}

/**
 * The notice counts from the first publication on every channel, the later of them. A publication that was taken down before
 * its notice had elapsed does not count [inferred]: the search was not open for the whole time.
 */
function startOfNotice(
	rule: ClockRule,
	channels: readonly NoticeChannel[],
	chronicle: Chronicle,
	policy: Policy,
	restDays: RestDays
): Start {
	// Every round drops one publication, so this ends.
	const standing = new Map(channels.map((channel) => [channel, publicationsOn(channel, chronicle)]));
	for (;;) {
		const missing = channels.filter((channel) => !standing.get(channel)?.length);
		if (missing.length > 0) return { known: false, because: { code: 'channel_missing', channels: missing } };
		const firsts = channels.flatMap((channel) => standing.get(channel)?.slice(0, 1) ?? []);
		const later = firsts
			.map(({ event }) => event)
			.sort(byDateThenId)
			.at(-1);
		if (!later) return { known: false, because: { code: 'fact_missing', fact: 'notice_published' } };
		const end = lastDay({ start: later.date, amount: rule.amount, unit: rule.unit }, policy.calendar, restDays).lastDay;
		const broken = firsts.find(({ downOn }) => downOn !== undefined && downOn <= end);
		if (!broken) return { known: true, date: later.date, from: fromEvent(later) };
		standing.get(broken.channel)?.shift();
	}
}

interface Publication {
	readonly channel: NoticeChannel;
	readonly event: HoldEvent;
	readonly downOn?: CivilDate;
}

/**
 * The publications on a channel in order, each with the day it was taken down. A take-down on the day of a publication ends
 * an earlier one if there is one: corrected and published again, not published and withdrawn.
 */
function publicationsOn(channel: NoticeChannel, chronicle: Chronicle): Publication[] {
	const downs = chronicle
		.all('notice_taken_down')
		.filter((event) => (event.channel ?? 'national_platform') === channel)
		.map((event) => event.date);
	let used = -1;
	return chronicle
		.all('notice_published')
		.filter((event) => event.channel === channel)
		.map((event) => {
			const index = downs.findIndex((date, i) => date > event.date || (date === event.date && i > used));
			const downOn = downs[index];
			if (downOn === undefined) return { channel, event };
			used = index;
			return { channel, event, downOn };
		});
}

function fromEvent(event: HoldEvent): StartFrom {
	return {
		fact: event.type,
		...(event.channel !== undefined && { channel: event.channel }),
		...(event.id !== undefined && { id: event.id })
	};
}

/** A clock that hangs on an unknown age applies: better a deadline too many than one unseen. */
function applies(rule: ClockRule, facts: HoldFacts, start: Start): boolean {
	const { appliesIf } = rule;
	if (!appliesIf) return true;
	if ('firstReceiver' in appliesIf) return facts.firstReceiver === appliesIf.firstReceiver;
	if (!start.known || !facts.birth) return true;
	const { ageAtStart } = appliesIf;
	if ('atMostYears' in ageAtStart) return start.date <= addYears(facts.birth.latest, ageAtStart.atMostYears);
	return start.date > addYears(facts.birth.earliest, ageAtStart.aboveYears);
}

function stateOf(
	rule: ClockRule,
	start: Start,
	facts: HoldFacts,
	chronicle: Chronicle,
	policy: Policy,
	restDays: RestDays,
	above: readonly Clock[]
): ClockState {
	if (!start.known) return { status: 'not_started', because: start.because };
	const { today } = facts;
	const reckoned = reckon(rule, start.date, facts, policy, restDays, above);
	const period: ClockPeriod = {
		start: reckoned.start,
		startFrom: start.from,
		raw: reckoned.raw,
		lastDay: reckoned.lastDay,
		openFrom: addDays(reckoned.lastDay, 1),
		provisional:
			reckoned.provisional || (start.comesAfter !== undefined && periodOf(start.comesAfter)?.provisional === true),
		daysPassed: Math.max(0, daysBetween(reckoned.start, today)),
		daysLeft: Math.max(0, daysBetween(today, reckoned.lastDay)),
		steps: reckoned.steps
	};
	if (start.comesAfter && start.comesAfter.status !== 'elapsed') {
		return { status: 'not_started', because: { code: 'clock_before', clock: start.comesAfter.id }, planned: period };
	}

	const past = today > period.lastDay;
	switch (rule.kind) {
		case 'deadline': {
			const met = metBy(rule, facts, chronicle, period.start);
			if (met) {
				return {
					status: 'met',
					...(met.date !== undefined && { metOn: met.date }),
					late: met.date !== undefined && met.date > period.lastDay,
					...period
				};
			}
			// A provisional deadline is shown as overdue all the same: nobody is harmed by acting a few days early.
			return past ? { status: 'overdue', ...period } : { status: 'running', heldBy: [], ...period };
		}
		case 'waiting':
		case 'notice':
		case 'reconsideration':
		case 'minAge': {
			const heldBy: HeldBy[] = [];
			if (period.provisional) heldBy.push('provisional');
			if (facts.unknownEntries) heldBy.push('unknown_entries');
			if (reckoned.standsStill) heldBy.push('claim');
			return past && heldBy.length === 0 ? { status: 'elapsed', ...period } : { status: 'running', heldBy, ...period };
		}
	}
}

/** What met a deadline first. A paper without a date meets it, without saying when. */
function metBy(
	rule: ClockRule,
	facts: HoldFacts,
	chronicle: Chronicle,
	start: CivilDate
): { readonly date?: CivilDate } | undefined {
	const dates: (CivilDate | undefined)[] = [];
	for (const by of rule.metBy ?? []) {
		if ('document' in by) {
			for (const document of facts.documents) if (document.code === by.document) dates.push(document.date);
		} else {
			const event =
				by.fact === 'transfer' ? chronicle.first(by.fact) : chronicle.all(by.fact).find((e) => e.date >= start);
			if (event) dates.push(event.date);
		}
	}
	if (dates.length === 0) return undefined;
	const known = dates.filter((date) => date !== undefined).sort();
	return known[0] === undefined ? {} : { date: known[0] };
}

interface Reckoned extends LastDay {
	/** The start that counts: after a restart the day the claim was decided. */
	readonly start: CivilDate;
	readonly steps: readonly Step[];
	/** An open claim suspends or will restart it: the last day is only what it would be if the claim ended today. */
	readonly standsStill: boolean;
}

function reckon(
	rule: ClockRule,
	start: CivilDate,
	facts: HoldFacts,
	policy: Policy,
	restDays: RestDays,
	above: readonly Clock[]
): Reckoned {
	switch (rule.claimEffect ?? 'block') {
		case 'block':
			return withoutClaims(rule, start, policy, restDays, above);
		case 'suspend':
			return suspended(rule, start, facts, policy, restDays);
		case 'restart':
			return restarted(rule, start, facts, policy, restDays);
	}
}

function withoutClaims(
	rule: ClockRule,
	start: CivilDate,
	policy: Policy,
	restDays: RestDays,
	above: readonly Clock[]
): Reckoned {
	let raw = counted(rule, start, policy);
	const steps: Step[] = [countedStep(rule, start, raw)];
	const excluded = rule.excludes === undefined ? undefined : above.find((clock) => clock.id === rule.excludes);
	const gap = excluded && periodOf(excluded);
	if (excluded && gap) {
		// The notice's days are those after its start, up to its last; only those inside the review are left out of it.
		const from = laterOf(gap.start, start);
		if (from < raw && gap.lastDay > from) {
			const days = daysBetween(from, gap.lastDay);
			raw = addDays(raw, days);
			steps.push({ step: 'suspended', by: { clock: excluded.id }, from, to: gap.lastDay, days, raw });
		}
	}
	return finished(start, raw, steps, false, policy, restDays);
}

/**
 * The days a claim is open are added to the raw last day; days of two claims at once count once. A claim opened after the
 * last day finds the period complete and moves nothing. One opened while the last day rolls over rest days leaves nothing to
 * count but its own end.
 */
function suspended(rule: ClockRule, start: CivilDate, facts: HoldFacts, policy: Policy, restDays: RestDays): Reckoned {
	let raw = counted(rule, start, policy);
	const steps: Step[] = [countedStep(rule, start, raw)];
	let standsStill = false;
	let covered = start;
	for (const claim of facts.claims) {
		const end = laterOf(claim.closedOn ?? earlierOf(facts.today, LAST_PLAUSIBLE), claim.openedOn);
		if (claim.openedOn > rolled(raw, policy.calendar, restDays).lastDay) continue;
		if (isOpen(claim)) standsStill = true;
		const from = laterOf(claim.openedOn, covered);
		if (end <= from) continue;
		const days = daysBetween(from, end);
		raw = addDays(laterOf(raw, from), days);
		covered = end;
		steps.push({ step: 'suspended', by: { claim: claim.id }, from, to: end, days, raw });
	}
	return finished(start, raw, steps, standsStill, policy, restDays);
}

/** The period starts anew from the day a claim was decided, if the claim was opened before the period was over. */
function restarted(rule: ClockRule, start: CivilDate, facts: HoldFacts, policy: Policy, restDays: RestDays): Reckoned {
	let from = start;
	let raw = counted(rule, start, policy);
	const steps: Step[] = [countedStep(rule, start, raw)];
	let standsStill = false;
	for (const claim of facts.claims) {
		if (claim.openedOn > rolled(raw, policy.calendar, restDays).lastDay) continue;
		if (isOpen(claim)) standsStill = true;
		const end = laterOf(claim.closedOn ?? earlierOf(facts.today, LAST_PLAUSIBLE), claim.openedOn);
		if (end <= from) continue;
		from = end;
		raw = counted(rule, from, policy);
		steps.push({ step: 'restarted', claim: claim.id, start: from, raw });
	}
	return finished(from, raw, steps, standsStill, policy, restDays);
}

function finished(
	start: CivilDate,
	raw: CivilDate,
	steps: readonly Step[],
	standsStill: boolean,
	policy: Policy,
	restDays: RestDays
): Reckoned {
	const end = rolled(raw, policy.calendar, restDays);
	const roll: Step[] = end.lastDay === raw ? [] : [{ step: 'rolled', raw, lastDay: end.lastDay }];
	return { start, ...end, steps: [...steps, ...roll], standsStill };
}

function counted(rule: ClockRule, start: CivilDate, policy: Policy): CivilDate {
	return rawLastDay({ start, amount: rule.amount, unit: rule.unit }, policy.calendar);
}

function countedStep(rule: ClockRule, start: CivilDate, raw: CivilDate): Step {
	return { step: 'counted', start, amount: rule.amount, unit: rule.unit, raw };
}

function inOrder(claims: readonly HoldClaim[]): readonly HoldClaim[] {
	return [...claims].sort((a, b) =>
		compareTexts([a.openedOn, a.id, a.closedOn, a.outcome], [b.openedOn, b.id, b.closedOn, b.outcome])
	);
}

// ---------------------------------------------------------------- conditions

function conditionOf(rule: ConditionRule, facts: HoldFacts, clocks: readonly Clock[]): Condition {
	const { needs } = rule;
	const condition = (status: Condition['status'], because: ConditionReason): Condition => ({
		id: rule.id,
		status,
		because,
		basis: rule.basis
	});
	switch (needs.kind) {
		case 'clock_elapsed':
			return clockCondition(needs.clock, clocks, condition);
		case 'document':
			return documentCondition(needs, facts, clocks, condition);
		case 'dna_in_database':
			return dnaCondition(facts.dna.state, condition);
		case 'no_open_kin_candidate': {
			const candidates = facts.dna.openCandidates ?? [];
			const open = candidates.length > 0 || facts.dna.state === 'candidate' || facts.dna.state === 'confirmed';
			return open
				? condition('missing', { code: 'candidate_open', candidates })
				: condition('met', { code: 'no_candidate' });
		}
		case 'no_open_claim': {
			const open = facts.claims.filter(isOpen).map((claim) => claim.id);
			if (open.length > 0) return condition('missing', { code: 'claim_open', claims: open });
			const kin = facts.claims.filter((claim) => claim.outcome === 'kin_confirmed').map((claim) => claim.id);
			if (kin.length > 0) return condition('missing', { code: 'parents_found', claims: kin });
			if (facts.claims.length === 0) return condition('met', { code: 'no_claim' });
			return condition('met', { code: 'claims_decided', claims: facts.claims.map((claim) => claim.id) });
		}
	}
}

type MakeCondition = (status: Condition['status'], because: ConditionReason) => Condition;

function clockCondition(clockId: string, clocks: readonly Clock[], condition: MakeCondition): Condition {
	const clock = clocks.find((candidate) => candidate.id === clockId);
	if (!clock) return condition('missing', { code: 'clock_not_started', clock: clockId, because: { code: 'no_clock' } });
	switch (clock.status) {
		case 'not_started':
			return condition('missing', { code: 'clock_not_started', clock: clock.id, because: clock.because });
		case 'running':
		case 'overdue': {
			const { lastDay: end, daysLeft, provisional } = clock;
			const heldBy = clock.status === 'running' ? clock.heldBy : [];
			// Held and past its last day: no day will bring it by itself.
			if (heldBy.length > 0 && daysLeft === 0) {
				return condition('waiting', { code: 'clock_held', clock: clock.id, lastDay: end, heldBy });
			}
			return condition('waiting', { code: 'clock_running', clock: clock.id, lastDay: end, daysLeft, provisional });
		}
		case 'elapsed':
		case 'met':
			return condition('met', { code: 'clock_elapsed', clock: clock.id, lastDay: clock.lastDay });
	}
}

function dnaCondition(state: DnaState, condition: MakeCondition): Condition {
	switch (state) {
		case 'none':
			return condition('missing', { code: 'dna_missing' });
		case 'collected':
		case 'sealed':
		case 'dispatched':
		case 'received':
		case 'typed':
			return condition('waiting', { code: 'dna_on_its_way', state });
		case 'in_database':
		case 'candidate':
		case 'confirmed':
		case 'excluded':
			return condition('met', { code: 'dna_in_database' });
	}
}

function documentCondition(
	needs: Extract<ConditionRule['needs'], { kind: 'document' }>,
	facts: HoldFacts,
	clocks: readonly Clock[],
	condition: MakeCondition
): Condition {
	const { document: code, notBefore } = needs;
	const clock = notBefore === undefined ? undefined : clocks.find((candidate) => candidate.id === notBefore);
	const openFrom = clock && periodOf(clock)?.openFrom;
	const tooEarly = (date: CivilDate | undefined): date is CivilDate =>
		notBefore !== undefined && date !== undefined && (openFrom === undefined || date < openFrom);

	const papers = facts.documents.filter((document) => document.code === code);
	const faultless = papers.find((paper) => gapsIn(paper, needs.complete).length === 0 && !tooEarly(paper.date));
	if (faultless) {
		return condition('met', {
			code: 'document_on_file',
			document: code,
			...(faultless.number !== undefined && { number: faultless.number }),
			...(faultless.date !== undefined && { date: faultless.date })
		});
	}
	const early = papers.find((paper) => tooEarly(paper.date));
	if (early?.date !== undefined && notBefore !== undefined) {
		return condition('missing', {
			code: 'document_too_early',
			document: code,
			date: early.date,
			clock: notBefore,
			...(openFrom !== undefined && { openFrom })
		});
	}
	const [incomplete] = papers;
	if (incomplete) {
		const missing = gapsIn(incomplete, needs.complete);
		return condition('missing', { code: 'document_incomplete', document: code, missing });
	}
	if (clock && clock.status !== 'elapsed') {
		return condition('waiting', { code: 'document_not_due', document: code, clock: clock.id });
	}
	return condition('missing', { code: 'document_missing', document: code });
}

function gapsIn(document: HoldDocument, complete: readonly DocumentGap[]): readonly DocumentGap[] {
	return complete.filter((part) => {
		switch (part) {
			case 'number':
				return !document.number;
			case 'date':
				return document.date === undefined;
			case 'original':
				return !document.originalSeenBy;
		}
	});
}

/** The document that certifies: the one whose date must lie after the hold. */
function certificateOf(facts: HoldFacts, policy: Policy): HoldDocument | undefined {
	for (const { needs } of policy.conditions) {
		if (needs.kind !== 'document' || needs.notBefore === undefined || needs.notBefore !== policy.holdClock) continue;
		const papers = facts.documents.filter((paper) => paper.code === needs.document);
		return papers.filter((paper) => gapsIn(paper, needs.complete).length === 0).at(-1);
	}
	return undefined;
}

// ---------------------------------------------------------------- blockers

const stateTable: Basis = { certainty: 'inferred', source: 'rule book 5: blockers' };

/** On a closed case only what a person must still look at is left: claims, candidates, flags, unread entries. */
function blockersOf(
	facts: HoldFacts,
	setAside: readonly OddDate[],
	chronicle: Chronicle,
	policy: Policy,
	clocks: readonly Clock[],
	conditions: readonly Condition[],
	closed: boolean
): readonly Blocker[] {
	const blockers: Blocker[] = [];
	const holdRule = policy.clocks.find((rule) => rule.id === policy.holdClock);

	const open = facts.claims.filter(isOpen).map(({ id, openedOn }) => ({ id, openedOn }));
	if (open.length > 0) {
		blockers.push({ code: 'open_claim', claims: open, basis: holdRule?.claimEffectBasis ?? stateTable });
	}
	const kin = facts.claims.filter((claim) => claim.outcome === 'kin_confirmed').map((claim) => claim.id);
	if (kin.length > 0 || facts.dna.state === 'confirmed') {
		blockers.push({
			code: 'parents_found',
			claims: kin,
			basis: { certainty: 'inferred', source: 'rule book 3.3: cannot be certified, because parents are found' }
		});
	}
	const candidates = facts.dna.openCandidates ?? [];
	if (candidates.length > 0 || facts.dna.state === 'candidate') {
		blockers.push({ code: 'open_kin_candidate', candidates, basis: stateTable });
	}

	if (!closed) {
		for (const condition of conditions) {
			const blocker = blockerOfCondition(condition, facts);
			if (blocker) blockers.push(blocker);
		}
		for (const clock of clocks) {
			if (clock.status !== 'not_started' || clock.because.code !== 'channel_missing') continue;
			blockers.push({ code: 'notice_not_published', channels: clock.because.channels, basis: clock.rule.basis });
		}
		blockers.push(...disputes(chronicle, clocks));
		for (const { fact, date } of setAside) {
			if (fact === 'claim' || fact === 'birth') continue;
			blockers.push({ code: 'date_dispute', fact, dates: [date], basis: stateTable });
		}
		for (const clock of clocks) {
			const gates = conditions.some(({ because }) => 'clock' in because && because.clock === clock.id);
			if (!gates || clock.status !== 'running' || !clock.provisional) continue;
			blockers.push({
				code: 'clock_provisional',
				clock: clock.id,
				lastDay: clock.lastDay,
				basis: policy.calendar.basis
			});
		}
		const ofAge = maybeOfAge(facts, policy);
		if (ofAge) blockers.push(ofAge);
	}

	for (const flag of caseFlags) if (facts.flags?.includes(flag)) blockers.push({ code: flag, basis: stateTable });
	if (facts.unknownEntries) {
		blockers.push({
			code: 'unknown_entries',
			basis: { certainty: 'inferred', source: 'an entry this program cannot read may be a claim' }
		});
	}
	return blockers;
}

function blockerOfCondition(condition: Condition, facts: HoldFacts): Blocker | undefined {
	const { because, basis } = condition;
	switch (because.code) {
		case 'dna_missing':
		case 'dna_on_its_way':
			return { code: 'dna_missing', state: facts.dna.state, basis };
		case 'document_missing':
			return { code: 'document_missing', document: because.document, because: 'missing', basis };
		case 'document_incomplete':
			return { code: 'document_missing', document: because.document, because: 'incomplete', basis };
		case 'document_too_early':
			return { code: 'document_missing', document: because.document, because: 'too_early', basis };
		case 'document_not_due':
		case 'document_on_file':
		case 'dna_in_database':
		// Clocks, claims and candidates have blockers of their own.
		case 'clock_elapsed':
		case 'clock_running':
		case 'clock_held':
		case 'clock_not_started':
		case 'no_candidate':
		case 'candidate_open':
		case 'no_claim':
		case 'claims_decided':
		case 'claim_open':
		case 'parents_found':
			return undefined;
	}
}

/** Facts that happen once, start a clock of this child, and are told with two dates. */
function disputes(chronicle: Chronicle, clocks: readonly Clock[]): readonly Blocker[] {
	const blockers: Blocker[] = [];
	const seen = new Set<FactType>();
	for (const { rule } of clocks) {
		if (!('pick' in rule.start) || rule.start.pick !== 'one' || seen.has(rule.start.fact)) continue;
		seen.add(rule.start.fact);
		const dates = chronicle.dates(rule.start.fact);
		if (dates.length < 2) continue;
		blockers.push({ code: 'date_dispute', fact: rule.start.fact, dates, basis: rule.start.basis });
	}
	return blockers;
}

/** From the first day the child can be of age; on the last the hold closes (`closingOf`). */
function maybeOfAge(facts: HoldFacts, policy: Policy): Blocker | undefined {
	const adult = policy.ages?.adult;
	if (!adult || !facts.birth) return undefined;
	const from = addYears(facts.birth.earliest, adult.years);
	if (facts.today < from) return undefined;
	return { code: 'maybe_of_age', from, until: addYears(facts.birth.latest, adult.years), basis: adult.basis };
}

// ---------------------------------------------------------------- the end

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
	const adult = policy.ages?.adult;
	if (closings.length === 0 && adult && facts.birth) {
		const on = addYears(facts.birth.latest, adult.years);
		if (facts.today >= on) closings.push({ reason: 'aged_out', on });
	}
	return closings.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)).at(-1);
}

// ---------------------------------------------------------------- contradictions

function contradictionsIn(
	facts: HoldFacts,
	chronicle: Chronicle,
	clocks: readonly Clock[],
	holdClock: Clock | undefined,
	closing: Closing | undefined
): readonly Contradiction[] {
	const { today } = facts;
	const found: Contradiction[] = [];
	const rescued = chronicle.first('rescued')?.date;
	const handover = chronicle.last('police_handover')?.date;

	for (const event of facts.events) {
		if (event.date > today) found.push({ code: 'date_in_future', fact: event.type, date: event.date });
	}
	for (const document of facts.documents) {
		const { code, date } = document;
		if (date === undefined) continue;
		if (date > today) found.push({ code: 'date_in_future', fact: code, date });
		if (rescued !== undefined && date < rescued) {
			found.push({ code: 'document_before_rescue', document: code, date, rescued });
		}
	}
	for (const claim of facts.claims) {
		if (claim.openedOn > today) found.push({ code: 'date_in_future', fact: 'claim', date: claim.openedOn });
		if (claim.closedOn === undefined) continue;
		if (claim.closedOn > today) found.push({ code: 'date_in_future', fact: 'claim', date: claim.closedOn });
		if (claim.closedOn < claim.openedOn) {
			const { id, openedOn: opened, closedOn: closed } = claim;
			found.push({ code: 'claim_closed_before_opened', claim: id, opened, closed });
		}
		if (claim.outcome === undefined) {
			found.push({ code: 'claim_closed_without_outcome', claim: claim.id, closed: claim.closedOn });
		}
	}

	if (rescued !== undefined && handover !== undefined && handover < rescued) {
		found.push({ code: 'handover_before_rescue', handover, rescued });
	}
	if (handover !== undefined) {
		if (facts.birth && handover < facts.birth.earliest) {
			found.push({ code: 'handover_before_birth', handover, birth: facts.birth.earliest });
		}
		for (const { date, channel } of chronicle.all('notice_published')) {
			if (channel && date < handover) found.push({ code: 'notice_before_handover', channel, date, handover });
		}
		for (const { date } of chronicle.all('transfer')) {
			if (date < handover) found.push({ code: 'transfer_before_handover', date, handover });
		}
	}

	const transfer = chronicle.first('transfer');
	const move = clocks.find(({ rule }) => rule.metBy?.some((by) => 'fact' in by && by.fact === 'transfer'));
	if (transfer && move && 'afterClock' in move.rule.start) {
		const planned = periodOf(move);
		// The move starts on the notice's last day; a transfer on that day or before came too soon.
		if (!planned) found.push({ code: 'transfer_before_notice_elapsed', date: transfer.date });
		else if (transfer.date <= planned.start) {
			found.push({ code: 'transfer_before_notice_elapsed', date: transfer.date, lastDay: planned.start });
		}
	}

	const openFrom = holdClock && periodOf(holdClock)?.openFrom;
	const certificates = facts.documents.filter((document) => document.code === 'DOC-C');
	for (const { date } of certificates) {
		if (date === undefined || (openFrom !== undefined && date >= openFrom)) continue;
		found.push({ code: 'certificate_before_elapsed', date, ...(openFrom !== undefined && { openFrom }) });
	}
	const received = chronicle.first('certificate_received');
	if (received && certificates.length === 0) {
		found.push({ code: 'certificate_without_document', date: received.date });
	}
	const certificateDates = certificates.flatMap(({ date }) => (date === undefined ? [] : [date])).sort();
	const [firstCertificate] = certificateDates;
	const registryNotice = chronicle.first('registry_notice_published');
	if (registryNotice && firstCertificate !== undefined && registryNotice.date < firstCertificate) {
		found.push({
			code: 'registry_notice_before_certificate',
			date: registryNotice.date,
			certificate: firstCertificate
		});
	}
	const adopted = chronicle.first('adopted');
	if (adopted && certificates.length === 0) found.push({ code: 'adopted_without_certificate', date: adopted.date });

	if (closing) {
		for (const { type, date } of facts.events) {
			const belongsToTheEnd = type === 'notice_taken_down' || type === 'adoption_dissolved';
			if (date > closing.on && !belongsToTheEnd)
				found.push({ code: 'fact_after_closing', fact: type, date, closed: closing.on });
		}
	}

	const byNumber = new Map<string, DocumentCode[]>();
	for (const { code, number } of facts.documents) {
		if (number) byNumber.set(number, [...(byNumber.get(number) ?? []), code]);
	}
	for (const [number, codes] of byNumber) {
		const documents = documentCodes.filter((code) => codes.includes(code));
		if (documents.length > 1) found.push({ code: 'document_number_twice', number, documents });
	}
	return found;
}
