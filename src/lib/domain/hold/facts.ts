/** What the hold is reckoned from: the facts of one child, brought into one order and looked through for slips of the pen. */
import type { Json } from '../canonical-json.ts';
import type { CaseDocument, DocumentCode } from '../document/document.ts';
import type { SampleStep } from '../sample/sample.ts';
import { civilDate, earlierOf, laterOf, type CivilDate } from '../time.ts';
import type { FactType, FirstReceiver, NoticeChannel } from './policy.ts';

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
	/** Whether a second person confirmed the date the hold counts from; missing where nobody keeps track of it. */
	readonly startConfirmed?: boolean | undefined;
	/** Reviews of the child's eligibility, in the order they were opened; missing in a reckoning from papers alone. */
	readonly reviews?: readonly ReviewFacts[] | undefined;
	/** Entries whose words say who the child is: another name or sex is other evidence. */
	readonly identity?: readonly string[] | undefined;
	/** The case holds entries written by a newer program. */
	readonly unknownEntries: boolean;
	/** Files of one child that were merged tell different days of the hand-over, and nobody has settled which is right. */
	readonly filesDisagree?: true | undefined;
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

/** A review as it stands in the file: the evidence it froze and who signed it. */
export interface ReviewFacts {
	readonly id: string;
	readonly openedOn: CivilDate;
	/** SHA-256 of the canonical JSON of `evidence`. */
	readonly snapshot: string;
	readonly evidence: Json;
	readonly signatures: readonly ReviewSignature[];
}

export interface ReviewSignature {
	readonly staffId: string;
	readonly institutionId: string;
	readonly verdict: 'eligible' | 'not_eligible';
	readonly opinion: string;
	readonly on: CivilDate;
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

/** A date that cannot be right, and of what. */
export interface OddDate {
	readonly fact: FactType | DocumentCode | 'claim' | 'birth';
	readonly date: CivilDate;
}

/** Dates outside are slips of the pen, and would carry a period out of the calendar. */
const FIRST_PLAUSIBLE = civilDate('1900-01-01');
export const LAST_PLAUSIBLE = civilDate('2200-12-31');

/**
 * Brings the facts into one order, so that the same set of facts gives the same hold whatever order it arrived in, and
 * sets aside what is dated outside 1900 to 2200: it is listed and blocks, but nothing is counted from it. A claim is never
 * set aside, it stays open; only its dates are brought inside.
 */
export function plausible(facts: HoldFacts): { usable: HoldFacts; setAside: readonly OddDate[] } {
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
export interface Chronicle {
	all(type: FactType): readonly HoldEvent[];
	first(type: FactType): HoldEvent | undefined;
	last(type: FactType): HoldEvent | undefined;
	/** The different dates told of a fact that happens once; two or more are a dispute. */
	dates(type: FactType): readonly CivilDate[];
}

export function chronicleOf(facts: HoldFacts): Chronicle {
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

export function byDateThenId(a: HoldEvent, b: HoldEvent): number {
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

export function isOpen(claim: HoldClaim): boolean {
	return claim.closedOn === undefined;
}

function inOrder(claims: readonly HoldClaim[]): readonly HoldClaim[] {
	return [...claims].sort((a, b) =>
		compareTexts([a.openedOn, a.id, a.closedOn, a.outcome], [b.openedOn, b.id, b.closedOn, b.outcome])
	);
}
