/** What must be there before the hold can be certified: each condition met, waited for or missing, and why. */
import type { DocumentCode } from '../document/document.ts';
import type { CivilDate } from '../time.ts';
import { periodOf, type Clock, type HeldBy, type NotStarted } from './clock.ts';
import { isOpen, type DnaState, type HoldDocument, type HoldFacts } from './facts.ts';
import type { Basis, ConditionId, ConditionRule, Policy } from './policy.ts';

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

export function conditionOf(rule: ConditionRule, facts: HoldFacts, clocks: readonly Clock[]): Condition {
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
export function certificateOf(facts: HoldFacts, policy: Policy): HoldDocument | undefined {
	for (const { needs } of policy.conditions) {
		if (needs.kind !== 'document' || needs.notBefore === undefined || needs.notBefore !== policy.holdClock) continue;
		const papers = facts.documents.filter((paper) => paper.code === needs.document);
		return papers.filter((paper) => gapsIn(paper, needs.complete).length === 0).at(-1);
	}
	return undefined;
}
