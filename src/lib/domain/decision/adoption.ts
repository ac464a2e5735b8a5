/**
 * The steps of an adoption (rule book 5) and what its registration needs. The registry's own guards (适格 of the adopter,
 * 民法典 1098-1102) are asked by ../leaving/adopter.ts, with data no file holds.
 */
import { decisionsOf, items, knownValue, type CaseFile } from '../case-file/case-file.ts';
import { claimsOnFile } from '../claim/on-file.ts';

import type { ConsentMatter } from '../consent/consent.ts';
import { reviewsEligibility } from '../disclosure/roles.ts';
import type { DocumentCode } from '../document/document.ts';
import { ageOn, type Policy } from '../hold/policy.ts';
import type { ItemId } from '../ids.ts';
import { adoptionEnds, adoptionSteps, exitState } from '../leaving/exit-state.ts';
import type { AdoptionStep } from '../leaving/adoption.ts';
import type { Exit } from '../leaving/exit.ts';
import { err, ok, type Result } from '../result.ts';
import { addYears, type CivilDate } from '../time.ts';
import type { Actor, CaseFault, CaseGround, DecisionMeans, DeskEntry } from './decision.ts';

type Decided = Result<readonly DeskEntry[], CaseFault>;

/** Steps that lead to a registration, in their order. */
const road = [
	'matched',
	'assessed',
	'agreement',
	'registry_notice',
	'application'
] as const satisfies readonly AdoptionStep[];

/** The paper each step rests on (rule book 3.2). */
const papersOfSteps: { readonly [S in AdoptionStep]?: DocumentCode } = {
	assessed: 'DOC-H',
	agreement: 'DOC-G'
};

export interface AdoptionStepGiven {
	readonly adoption?: ItemId | undefined;
	readonly step: AdoptionStep;
	readonly adopterId: string;
	readonly papers: readonly ItemId[];
	readonly on: CivilDate;
	readonly note?: string | undefined;
}

/** Records one step. Every step of the road asks anew that nothing stands in the way. */
export function recordAdoptionStep(
	ground: CaseGround,
	actor: Actor,
	given: AdoptionStepGiven,
	means: DecisionMeans
): Decided {
	const { caseFile, today } = ground;
	if (!reviewsEligibility.includes(actor.role)) return err({ type: 'not_yours_to_decide' });
	if (given.on > today) return err({ type: 'date_in_future', date: given.on });
	for (const paper of given.papers) {
		if (!items(caseFile, 'document').some(({ itemId }) => itemId === paper))
			return err({ type: 'not_there', what: 'paper' });
	}
	const steps = stepsOf(caseFile, given.adoption);
	const entry = (replaces: DeskEntry['replaces'] = []): DeskEntry => ({
		type: 'adoption.recorded',
		payload: {
			itemId: given.adoption ?? means.newItemId(),
			adoption: {
				step: given.step,
				adopterId: given.adopterId,
				papers: [...given.papers],
				...(given.note !== undefined && { note: given.note })
			}
		},
		replaces,
		occurredOn: given.on
	});

	switch (given.step) {
		case 'matched': {
			const fault = placementFault(ground);
			if (fault) return err(fault);
			if (openAdoption(caseFile) !== undefined) return err({ type: 'step_out_of_order', missing: 'given_up' });
			return ok([entry()]);
		}
		case 'assessed':
		case 'agreement':
		case 'registry_notice':
		case 'application': {
			const fault = placementFault(ground) ?? orderFault(steps, given) ?? paperFault(caseFile, given);
			return fault ? err(fault) : ok([entry()]);
		}
		case 'refused':
		case 'given_up':
			if (given.adoption === undefined || openAdoption(caseFile) !== given.adoption)
				return err({ type: 'not_there', what: 'adoption' });
			return ok([entry()]);
		case 'dissolved':
		case 'revoked':
		case 'invalid': {
			const { left } = exitState(caseFile);
			if (left?.exit.reason !== 'adopted' || left.exit.adoption !== given.adoption)
				return err({ type: 'child_has_not_left' });
			if (given.on < left.on) return err({ type: 'date_before', date: given.on, earliest: left.on });
			const fault = endFault(ground, given, left.on);
			// The end of the adoption undoes the leaving (leaving/exit-state.ts).
			return fault ? err(fault) : ok([entry([left.confirmation])]);
		}
	}
}

/**
 * What must hold whenever a child is placed or about to be (rule book 5: matched, registered): long-term guardianship on a
 * ground that still stands, surely under age, nothing that blocks, no claim unscreened.
 */
export function placementFault({ caseFile, hold, registry }: CaseGround): CaseFault | undefined {
	if (exitState(caseFile).left) return { type: 'child_has_left' };
	if (hold.blockers.some(({ code }) => code === 'maybe_of_age')) return { type: 'may_be_of_age' };
	const ground = guardianshipGround(caseFile);
	if (ground === undefined) return { type: 'not_long_term' };
	if (registry.unscreenedClaims > 0) return { type: 'claims_to_screen', count: registry.unscreenedClaims };
	if (registry.openCandidates > 0) return { type: 'candidates_to_look_at', count: registry.openCandidates };
	if (ground === 'certified') {
		if (hold.status === 'certified') return undefined;
		if (hold.status === 'closed') return { type: 'child_has_left' };
		if (hold.review && hold.review.changed.length > 0) return { type: 'evidence_changed', parts: hold.review.changed };
		if (hold.blockers.length > 0) return { type: 'blocked', by: hold.blockers.map(({ code }) => code) };
		return { type: 'not_certified' };
	}
	// By a court or after the parents' death no certificate is needed; a family that claims, or a halt, still stops it.
	const stopping = hold.blockers.filter(({ code }) =>
		[
			'open_claim',
			'open_kin_candidate',
			'police_hold',
			'court_case',
			'duplicate_suspected',
			'unknown_entries'
		].includes(code)
	);
	return stopping.length > 0 ? { type: 'blocked', by: stopping.map(({ code }) => code) } : undefined;
}

/** Why the registration of an adoption cannot be recorded as a leaving (rule book 5: registered). */
export function adoptionFault(ground: CaseGround, exit: Exit, on: CivilDate): CaseFault | undefined {
	const { caseFile, hold, policy } = ground;
	const fault = placementFault(ground);
	if (fault) return fault;
	const steps = stepsOf(caseFile, exit.adoption);
	if (exit.adoption === undefined || openAdoption(caseFile) !== exit.adoption)
		return { type: 'not_there', what: 'adoption' };
	const missing = (['matched', 'assessed', 'agreement', 'registry_notice'] as const).find(
		(step) => !steps.some((done) => done.step === step)
	);
	if (missing) return { type: 'step_out_of_order', missing };
	for (const code of ['DOC-H', 'DOC-G', 'DOC-J'] as const) {
		if (!hasPaper(caseFile, code)) return { type: 'document_needed', document: code };
	}
	const notice = hold.clocks.find(({ id }) => id === 'registration-notice');
	if (notice && notice.status !== 'elapsed') {
		return {
			type: 'clock_running',
			clock: notice.id,
			...('lastDay' in notice && { lastDay: notice.lastDay }),
			...(notice.status === 'running' && notice.heldBy.includes('provisional') && { provisional: true })
		};
	}
	if (notice && 'openFrom' in notice && on < notice.openFrom)
		return { type: 'date_before', date: on, earliest: notice.openFrom };
	return consentFault(caseFile, policy, 'adoption', on);
}

/** 民法典 1114, 1117; rule book 3.3: dissolved because parents appeared; a claim decided so by two persons leads to it. */
function endFault(
	{ caseFile, policy }: CaseGround,
	given: AdoptionStepGiven,
	registeredOn: CivilDate
): CaseFault | undefined {
	if (!hasProofOfEnd(caseFile, registeredOn)) return { type: 'document_needed', document: 'DOC-J' };
	if (given.step !== 'dissolved') return undefined;
	if (!claimsOnFile(caseFile).some(({ decision }) => decision === 'dissolve')) return { type: 'claim_not_decided_so' };
	return consentFault(caseFile, policy, 'dissolution', given.on);
}

/** The certificate of the adoption is a DOC-J too: what ends it is a later one. */
export function hasProofOfEnd(caseFile: CaseFile, registeredOn: CivilDate): boolean {
	return items(caseFile, 'document').some(
		({ value }) => value.code === 'DOC-J' && value.date !== undefined && value.date > registeredOn
	);
}

/**
 * The child's consent, needed from the policy's age on; of an estimated birth the earliest day counts, so that a child who
 * may be old enough is asked. The latest word counts.
 */
export function consentFault(
	caseFile: CaseFile,
	policy: Policy,
	matter: Extract<ConsentMatter, 'adoption' | 'dissolution'>,
	on: CivilDate
): CaseFault | undefined {
	const years = ageOn(policy.ages?.consent, on)?.years;
	if (years === undefined || !mayBeOfAge(caseFile, years, on)) return undefined;
	const said = items(caseFile, 'consent')
		.filter(({ value }) => value.matter === matter)
		.at(-1)?.value.answer;
	if (said === 'yes') return undefined;
	return said === 'no' ? { type: 'child_said_no', matter } : { type: 'consent_needed', matter };
}

/** Can the child be this old on a day? A birth nobody knows can be any. */
export function mayBeOfAge(caseFile: CaseFile, years: number, on: CivilDate): boolean {
	const birth = knownValue(caseFile, 'birth');
	if (birth === undefined) return true;
	return on >= addYears(birth.precision === 'exact' ? birth.date : birth.earliest, years);
}

/** The ground of long-term guardianship that stands, if any. */
export function guardianshipGround(caseFile: CaseFile) {
	const changes = decisionsOf(caseFile, 'guardianship.changed');
	const replaced = new Set(changes.flatMap(({ replaces }) => replaces));
	return changes.filter(({ id }) => !replaced.has(id)).at(-1)?.payload.guardianship.ground;
}

/** The adoption that is under way: begun, neither refused, given up nor ended. */
export function openAdoption(caseFile: CaseFile): ItemId | undefined {
	const steps = adoptionSteps(caseFile);
	const over = new Set(
		steps
			.filter(({ step }) => step === 'refused' || step === 'given_up' || adoptionEnds.includes(step))
			.map(({ adoption }) => adoption)
	);
	return steps.find(({ adoption, step }) => step === 'matched' && !over.has(adoption))?.adoption;
}

function stepsOf(caseFile: CaseFile, adoption: ItemId | undefined) {
	return adoptionSteps(caseFile).filter((step) => step.adoption === adoption);
}

function orderFault(steps: ReturnType<typeof stepsOf>, given: AdoptionStepGiven): CaseFault | undefined {
	if (given.adoption === undefined || steps.length === 0) return { type: 'not_there', what: 'adoption' };
	const at = road.findIndex((step) => step === given.step);
	const before = road.slice(0, at).find((step) => !steps.some((done) => done.step === step));
	// The registry may publish before or after the application; everything else has its place.
	if (before && !(given.step === 'application' && before === 'registry_notice'))
		return { type: 'step_out_of_order', missing: before };
	const latest = steps
		.map(({ on }) => on)
		.sort()
		.at(-1);
	if (latest !== undefined && given.on < latest) return { type: 'date_before', date: given.on, earliest: latest };
	return undefined;
}

function paperFault(caseFile: CaseFile, given: AdoptionStepGiven): CaseFault | undefined {
	const code = papersOfSteps[given.step];
	return code === undefined || hasPaper(caseFile, code) ? undefined : { type: 'document_needed', document: code };
}

function hasPaper(caseFile: CaseFile, code: DocumentCode): boolean {
	return items(caseFile, 'document').some(({ value }) => value.code === code);
}
