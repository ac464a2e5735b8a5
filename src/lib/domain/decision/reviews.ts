/** The eligibility review: two reviewers of different institutions on the same frozen evidence (rule book 5). */
import { canonicalJson, type Json } from '../canonical-json.ts';
import { decisionsOf, items } from '../case-file/case-file.ts';
import { holdFacts } from '../case-file/hold-facts.ts';
import { live } from '../case-file/versions.ts';
import { reviewsEligibility } from '../disclosure/roles.ts';
import type { ReviewVerdict } from '../eligibility/review.ts';
import { evidenceFor, type Evidence } from '../hold/hold.ts';
import type { ConditionId } from '../hold/policy.ts';
import type { EntryId, ItemId } from '../ids.ts';
import { exitState } from '../leaving/exit-state.ts';
import { err, ok, type Result } from '../result.ts';
import type { StaffId } from '../ids.ts';
import type { Actor, CaseFault, CaseGround, DecisionMeans, DeskEntry } from './decision.ts';

type Decided = Result<readonly DeskEntry[], CaseFault>;

/** What a reviewer would sign now. */
export function evidenceNow({
	caseFile,
	hold,
	policy,
	today
}: Pick<CaseGround, 'caseFile' | 'hold' | 'policy' | 'today'>): Evidence {
	return evidenceFor(holdFacts(caseFile, today), hold, policy);
}

/**
 * Signs the open review, or opens one on the evidence as it is now and signs it first. `eligible` needs everything: the hold
 * elapsed, every condition met, nothing in the way, no claim unscreened, no possible family not looked at. `not_eligible`
 * can be said at any time.
 */
export function signReview(
	ground: CaseGround,
	actor: Actor,
	verdict: ReviewVerdict,
	opinion: string,
	means: DecisionMeans
): Decided {
	const { caseFile, hold, registry, today } = ground;
	if (!reviewsEligibility.includes(actor.role)) return err({ type: 'not_yours_to_decide' });
	if (exitState(caseFile).left) return err({ type: 'child_has_left' });
	const recorded = recordedByReviewer(ground, actor.staffId);
	if (recorded) return err({ type: 'reviewer_recorded', what: recorded });
	if (verdict === 'eligible') {
		const unready = unreadiness(ground);
		if (unready) return err(unready);
		if (registry.unscreenedClaims > 0) return err({ type: 'claims_to_screen', count: registry.unscreenedClaims });
		if (registry.openCandidates > 0) return err({ type: 'candidates_to_look_at', count: registry.openCandidates });
	}

	const standing = hold.review?.changed.length === 0 ? hold.review : undefined;
	if (standing?.status === 'eligible' && verdict === 'eligible') return err({ type: 'already_signed' });
	const signed = standing?.signatures.some(({ staffId }) => staffId === actor.staffId) === true;
	// Who takes an agreement back says so in a review of its own; a colleague's refusal joins the one that stands.
	const open =
		standing?.status === 'one_signature' || (standing?.status === 'eligible' && !signed) ? standing : undefined;
	if (open && !(signed && verdict === 'not_eligible')) {
		if (signed) return err({ type: 'already_signed' });
		const sameHouse = open.signatures.some(({ institutionId }) => institutionId === actor.institutionId);
		if (verdict === 'eligible' && sameHouse) return err({ type: 'two_institutions_needed' });
		const opened = decisionsOf(caseFile, 'review.opened').find(({ payload }) => payload.itemId === open.id);
		if (!opened) return err({ type: 'not_there', what: 'review' });
		const { itemId, snapshot } = opened.payload;
		return ok([
			{ type: 'review.signed', payload: { itemId, snapshot, verdict, opinion }, replaces: [], occurredOn: today }
		]);
	}

	const evidence = evidenceNow(ground);
	const snapshot = means.sha256(canonicalJson(evidence as Json));
	const itemId = means.newItemId();
	return ok([
		{
			type: 'review.opened',
			payload: { itemId, snapshot, evidence: evidence as unknown as Record<string, never> },
			replaces: openedReviews(ground),
			occurredOn: today
		},
		{ type: 'review.signed', payload: { itemId, snapshot, verdict, opinion }, replaces: [], occurredOn: today }
	]);
}

/** Sends the file back to the house with what is to be brought. An open review ends by it. */
export function returnForMore(
	{ caseFile, hold, today }: CaseGround,
	actor: Actor,
	opinion: string,
	conditions: readonly ConditionId[]
): Decided {
	if (!reviewsEligibility.includes(actor.role)) return err({ type: 'not_yours_to_decide' });
	if (exitState(caseFile).left) return err({ type: 'child_has_left' });
	const itemId = hold.review?.id as ItemId | undefined;
	return ok([
		{
			type: 'review.returned',
			payload: { ...(itemId !== undefined && { itemId }), opinion, conditions: [...conditions] },
			replaces: [],
			occurredOn: today
		}
	]);
}

/** Why nobody can sign `eligible` now; undefined when everything but the signatures is there. */
export function unreadiness({ hold }: Pick<CaseGround, 'hold'>): CaseFault | undefined {
	switch (hold.status) {
		case 'closed':
			return { type: 'child_has_left' };
		case 'not_started':
		case 'running':
			return { type: 'hold_not_elapsed' };
		case 'certified':
			return undefined;
		case 'elapsed': {
			if (hold.ready) return undefined;
			const missing = hold.conditions.filter(({ status }) => status !== 'met').map(({ id }) => id);
			if (missing.length > 0) return { type: 'conditions_missing', conditions: missing };
			return { type: 'blocked', by: hold.blockers.map(({ code }) => code) };
		}
	}
}

/** Who recorded the certificate, or the date everything counts from, does not judge it. */
function recordedByReviewer({ caseFile }: CaseGround, staffId: StaffId): 'certificate' | 'start' | undefined {
	const certificates = items(caseFile, 'document').filter(({ value }) => value.code === 'DOC-C');
	if (certificates.some(({ live: versions }) => versions.some((version) => version.staffId === staffId)))
		return 'certificate';
	return live(caseFile.fields.handoverDate).some((version) => version.staffId === staffId) ? 'start' : undefined;
}

function openedReviews({ caseFile }: CaseGround): readonly EntryId[] {
	const opened = decisionsOf(caseFile, 'review.opened');
	const replaced = new Set(opened.flatMap(({ replaces }) => replaces));
	return opened.map(({ id }) => id).filter((id) => !replaced.has(id));
}
