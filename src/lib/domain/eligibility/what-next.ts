/** For a child who is not eligible: what is to be done next, and by whom. Words are in the messages (area `review`). */
import type { RegistryKnowledge } from '../decision/decision.ts';
import type { DocumentCode } from '../document/document.ts';
import type { NotStarted } from '../hold/clock.ts';
import type { Condition, DocumentGap } from '../hold/conditions.ts';
import { documentRules, type DocumentParty } from '../hold/documents.ts';
import type { CaseFlag, DnaState } from '../hold/facts.ts';
import type { EvidencePart, Hold } from '../hold/hold.ts';
import type { FactType, NoticeChannel } from '../hold/policy.ts';
import type { Blocker } from '../hold/blockers.ts';
import type { CivilDate } from '../time.ts';
import { stageOf } from './stage.ts';

/** Who must act. `time`: nobody can hasten it. */
export const responsibles = [
	'time',
	'police',
	'civil_affairs',
	'laboratory',
	'house',
	'supervisor',
	'second_person',
	'claim_desk',
	'registry',
	'reviewer',
	'other_reviewer',
	'operator'
] as const;
export type Responsible = (typeof responsibles)[number];

export type NextStep = { readonly who: Responsible } & (
	| {
			readonly code: 'wait_for_clock';
			readonly clock: string;
			readonly lastDay: CivilDate;
			readonly provisional: boolean;
	  }
	/** The holidays of the year the last day falls in are not published, or not loaded. */
	| { readonly code: 'load_holidays'; readonly clock: string; readonly lastDay: CivilDate }
	| { readonly code: 'record_fact'; readonly fact: FactType }
	| { readonly code: 'record_birth' }
	| { readonly code: 'establish_birth'; readonly from: CivilDate; readonly until: CivilDate }
	| { readonly code: 'publish_notice'; readonly channel: NoticeChannel }
	| { readonly code: 'renew_notice' }
	| { readonly code: 'take_sample' }
	| { readonly code: 'follow_sample'; readonly state: DnaState }
	/** `after`: the clock that must have elapsed before it can be issued. */
	| { readonly code: 'obtain_document'; readonly document: DocumentCode; readonly after?: string }
	| { readonly code: 'complete_document'; readonly document: DocumentCode; readonly missing: readonly DocumentGap[] }
	/** A paper of a day before the period had elapsed says nothing of what came after. */
	| { readonly code: 'replace_document'; readonly document: DocumentCode; readonly openFrom?: CivilDate }
	| { readonly code: 'settle_dates'; readonly fact: FactType | DocumentCode; readonly dates: readonly CivilDate[] }
	| { readonly code: 'confirm_start' }
	| { readonly code: 'screen_claims'; readonly count: number }
	| { readonly code: 'decide_claims'; readonly count: number; readonly since: CivilDate }
	| { readonly code: 'look_at_candidates'; readonly count: number }
	| { readonly code: 'resolve_candidate' }
	/** Parents are found: the way goes by the claim's decision, never by a certificate. */
	| { readonly code: 'follow_the_family' }
	| { readonly code: 'lift_halt'; readonly flag: Exclude<CaseFlag, 'identity_changed_since_publication'> }
	| { readonly code: 'update_program' }
	| { readonly code: 'review_first' }
	/** `not`: the institutions that have signed already. */
	| { readonly code: 'review_second'; readonly not: readonly string[] }
	| { readonly code: 'review_anew'; readonly parts: readonly EvidencePart[] }
	| { readonly code: 'answer_refusal' }
);
export type NextStepCode = NextStep['code'];

/**
 * What is to be done, each thing once: first what stops the child, then what is missing, then what only takes time, and
 * where nothing is left, the signatures. Empty for a child who is certified or has left.
 *
 * @param registry what the registry knows beside the file, where it was asked
 */
export function whatNext(hold: Hold, registry?: RegistryKnowledge): readonly NextStep[] {
	if (hold.status === 'closed') return [];
	const steps = [
		...(registry ? knownElsewhere(registry) : []),
		...hold.blockers.flatMap((blocker) => ofBlocker(blocker)),
		...hold.conditions.flatMap((condition) => ofCondition(condition))
	];
	const once = new Map<string, NextStep>();
	for (const step of steps) if (!once.has(keyOf(step))) once.set(keyOf(step), step);
	// A hold clock that has no condition is waited for all the same.
	if (hold.status === 'not_started') {
		for (const step of ofNotStarted(hold.because)) if (!once.has(keyOf(step))) once.set(keyOf(step), step);
	}
	const ordered = [...once.values()].sort((a, b) => rank(a) - rank(b));
	return [...ordered, ...ofReview(hold, ordered.length === 0)];
}

/** Steps are the same when they ask the same thing, whatever day they name. */
export function keyOf(step: NextStep): string {
	switch (step.code) {
		case 'wait_for_clock':
		case 'load_holidays':
			return `${step.code} ${step.clock}`;
		case 'record_fact':
		case 'settle_dates':
			return `${step.code} ${step.fact}`;
		case 'publish_notice':
			return `${step.code} ${step.channel}`;
		case 'obtain_document':
		case 'complete_document':
		case 'replace_document':
			return `paper ${step.document}`;
		case 'lift_halt':
			return `${step.code} ${step.flag}`;
		case 'record_birth':
		case 'establish_birth':
		case 'renew_notice':
		case 'take_sample':
		case 'follow_sample':
		case 'confirm_start':
		case 'screen_claims':
		case 'decide_claims':
		case 'look_at_candidates':
		case 'resolve_candidate':
		case 'follow_the_family':
		case 'update_program':
		case 'review_first':
		case 'review_second':
		case 'review_anew':
		case 'answer_refusal':
			return step.code;
	}
}

/** 0 stops the child, 1 is missing, 2 takes time. */
const ranks: Readonly<Record<NextStepCode, 0 | 1 | 2>> = {
	screen_claims: 0,
	decide_claims: 0,
	follow_the_family: 0,
	look_at_candidates: 0,
	resolve_candidate: 0,
	lift_halt: 0,
	update_program: 0,
	record_fact: 1,
	record_birth: 1,
	establish_birth: 1,
	publish_notice: 1,
	renew_notice: 1,
	take_sample: 1,
	follow_sample: 1,
	obtain_document: 1,
	complete_document: 1,
	replace_document: 1,
	settle_dates: 1,
	confirm_start: 1,
	wait_for_clock: 2,
	load_holidays: 2,
	review_first: 2,
	review_second: 2,
	review_anew: 2,
	answer_refusal: 2
};

function rank(step: NextStep): number {
	// A paper that cannot be issued yet is waited for like the clock before it.
	return step.code === 'obtain_document' && step.after !== undefined ? 2 : ranks[step.code];
}

function knownElsewhere({ unscreenedClaims, openCandidates }: RegistryKnowledge): readonly NextStep[] {
	return [
		...(unscreenedClaims > 0 ? [{ code: 'screen_claims', who: 'claim_desk', count: unscreenedClaims } as const] : []),
		...(openCandidates > 0 ? [{ code: 'look_at_candidates', who: 'claim_desk', count: openCandidates } as const] : [])
	];
}

/** Conditions tell more than the blockers made of them; those are left to `ofCondition`. */
function ofBlocker(blocker: Blocker): readonly NextStep[] {
	switch (blocker.code) {
		case 'open_claim': {
			const since = blocker.claims.map(({ openedOn }) => openedOn).sort()[0];
			return since === undefined
				? []
				: [{ code: 'decide_claims', who: 'claim_desk', count: blocker.claims.length, since }];
		}
		case 'parents_found':
			return [{ code: 'follow_the_family', who: 'claim_desk' }];
		case 'open_kin_candidate':
			return [{ code: 'resolve_candidate', who: 'police' }];
		case 'notice_not_published':
			return blocker.channels.map(publish);
		case 'date_dispute':
			return [{ code: 'settle_dates', who: 'house', fact: blocker.fact, dates: blocker.dates }];
		case 'clock_provisional':
			return [{ code: 'load_holidays', who: 'operator', clock: blocker.clock, lastDay: blocker.lastDay }];
		case 'police_hold':
			return [{ code: 'lift_halt', who: 'police', flag: blocker.code }];
		case 'court_case':
		case 'duplicate_suspected':
			return [{ code: 'lift_halt', who: 'registry', flag: blocker.code }];
		case 'identity_changed_since_publication':
			return [{ code: 'renew_notice', who: 'supervisor' }];
		case 'start_unconfirmed':
			return [{ code: 'confirm_start', who: 'second_person' }];
		case 'maybe_of_age':
			return [{ code: 'establish_birth', who: 'house', from: blocker.from, until: blocker.until }];
		case 'unknown_entries':
			return [{ code: 'update_program', who: 'operator' }];
		case 'dna_missing':
		case 'document_missing':
			return [];
	}
}

function ofCondition({ status, because }: Condition): readonly NextStep[] {
	if (status === 'met') return [];
	switch (because.code) {
		case 'clock_running': {
			const { clock, lastDay, provisional } = because;
			return [{ code: 'wait_for_clock', who: 'time', clock, lastDay, provisional }];
		}
		case 'clock_held':
			return because.heldBy.flatMap((by): readonly NextStep[] => {
				switch (by) {
					case 'provisional':
						return [{ code: 'load_holidays', who: 'operator', clock: because.clock, lastDay: because.lastDay }];
					case 'unknown_entries':
						return [{ code: 'update_program', who: 'operator' }];
					// The claim and the two dates are blockers of their own.
					case 'files_disagree':
					case 'claim':
						return [];
				}
			});
		case 'clock_not_started':
			return ofNotStarted(because.because);
		case 'document_missing':
			return [{ code: 'obtain_document', who: issuerOf(because.document), document: because.document }];
		case 'document_not_due':
			return [
				{
					code: 'obtain_document',
					who: issuerOf(because.document),
					document: because.document,
					after: because.clock
				}
			];
		case 'document_incomplete':
			return [{ code: 'complete_document', who: 'house', document: because.document, missing: because.missing }];
		case 'document_too_early':
			return [
				{
					code: 'replace_document',
					who: issuerOf(because.document),
					document: because.document,
					...(because.openFrom !== undefined && { openFrom: because.openFrom })
				}
			];
		case 'dna_missing':
			return [{ code: 'take_sample', who: 'police' }];
		case 'dna_on_its_way':
			return [{ code: 'follow_sample', who: 'laboratory', state: because.state }];
		case 'candidate_open':
			return [{ code: 'resolve_candidate', who: 'police' }];
		case 'parents_found':
			return [{ code: 'follow_the_family', who: 'claim_desk' }];
		// The claims are told by the blocker, with their day; the others are met.
		case 'claim_open':
		case 'clock_elapsed':
		case 'document_on_file':
		case 'dna_in_database':
		case 'no_candidate':
		case 'no_claim':
		case 'claims_decided':
			return [];
	}
}

function ofNotStarted(because: NotStarted): readonly NextStep[] {
	switch (because.code) {
		case 'fact_missing':
			return [{ code: 'record_fact', who: 'house', fact: because.fact }];
		case 'channel_missing':
			return because.channels.map(publish);
		case 'birth_unknown':
			return [{ code: 'record_birth', who: 'house' }];
		// The clock before it is a step of its own; a policy without one waits for nothing.
		case 'clock_before':
		case 'no_clock':
			return [];
	}
}

function ofReview(hold: Hold, nothingMissing: boolean): readonly NextStep[] {
	switch (stageOf(hold)) {
		case 'evidence_changed':
			return nothingMissing ? [{ code: 'review_anew', who: 'reviewer', parts: hold.review?.changed ?? [] }] : [];
		case 'waiting_for_review':
			return nothingMissing ? [{ code: 'review_first', who: 'reviewer' }] : [];
		case 'one_signature':
			return nothingMissing
				? [
						{
							code: 'review_second',
							who: 'other_reviewer',
							not: [...new Set(hold.review?.signatures.map(({ institutionId }) => institutionId) ?? [])]
						}
					]
				: [];
		case 'not_agreed':
			return [{ code: 'answer_refusal', who: 'reviewer' }];
		case 'waiting_for_papers':
		case 'not_started':
		case 'running':
		case 'ends_soon':
		case 'claimed':
		case 'halted':
		case 'certified':
		case 'left':
			return [];
	}
}

function publish(channel: NoticeChannel): NextStep {
	return { code: 'publish_notice', who: channel === 'newspaper' ? 'house' : 'supervisor', channel };
}

function issuerOf(document: DocumentCode): Responsible {
	return document === 'OTHER' ? 'house' : asResponsible(documentRules[document].issuers[0]);
}

function asResponsible(party: DocumentParty | undefined): Responsible {
	switch (party) {
		case 'police':
			return 'police';
		case 'civil_affairs':
			return 'civil_affairs';
		case 'registry':
			return 'registry';
		case 'institution':
		case 'adopter':
		case 'assessor':
		case 'hospital':
		case undefined:
			return 'house';
	}
}
