/** What forbids the next decision today, whatever the clocks say (rule book 5). */
import type { DocumentCode } from '../document/document.ts';
import { addYears, type CivilDate } from '../time.ts';
import type { Clock } from './clock.ts';
import type { Condition } from './conditions.ts';
import {
	caseFlags,
	isOpen,
	type CaseFlag,
	type Chronicle,
	type DnaState,
	type HoldFacts,
	type OddDate
} from './facts.ts';
import { ageOn, type Basis, type FactType, type NoticeChannel, type Policy } from './policy.ts';

/** Rule book 5. `parents_found`, `maybe_of_age`, `start_unconfirmed` and `unknown_entries` are ours. */
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
	| { readonly code: 'start_unconfirmed'; readonly fact: FactType }
	| { readonly code: 'maybe_of_age'; readonly from: CivilDate; readonly until: CivilDate }
	| { readonly code: 'unknown_entries' }
);
export type BlockerCode = Blocker['code'];

const stateTable: Basis = { certainty: 'inferred', source: 'rule book 5: blockers' };

/** On a closed case only what a person must still look at is left: claims, candidates, flags, unread entries. */
export function blockersOf(
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
		const start = holdRule?.start;
		if (facts.startConfirmed === false && start && 'fact' in start && chronicle.first(start.fact)) {
			blockers.push({
				code: 'start_unconfirmed',
				fact: start.fact,
				basis: { certainty: 'inferred', source: 'rule book 1.8: two persons for the date a clock starts from' }
			});
		}
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
	const adult = ageOn(policy.ages?.adult, facts.today);
	if (!adult || !facts.birth) return undefined;
	const from = addYears(facts.birth.earliest, adult.years);
	if (facts.today < from) return undefined;
	return { code: 'maybe_of_age', from, until: addYears(facts.birth.latest, adult.years), basis: adult.basis };
}
