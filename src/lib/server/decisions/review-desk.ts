import { canonicalJson, type Json } from '#lib/domain/canonical-json.ts';
import { decideCase } from '#lib/domain/decision/decide-case.ts';
import type { CaseGround } from '#lib/domain/decision/decision.ts';
import { evidenceNow } from '#lib/domain/decision/reviews.ts';
import type { ReviewVerdict } from '#lib/domain/eligibility/review.ts';
import type { ConditionId } from '#lib/domain/hold/policy.ts';
import type { ChildId, EntryId, Sha256 } from '#lib/domain/ids.ts';
import { err, type Result } from '#lib/domain/result.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import { sha256Of } from '../sha256.ts';
import { actorOf, decided, meansOf, type CaseDecisionFault, type CaseDesk } from './case-desk.ts';

/** The evidence as anybody would sign it now: the text its digest is made of, canonical JSON (RFC 8785). */
export function evidenceText(ground: CaseGround): string {
	// Evidence is JSON by its type, but as an interface of named parts it has no index signature.
	return canonicalJson(evidenceNow(ground) as Json);
}

/** The digest of the evidence as anybody would sign it now. */
export function snapshotNow(ground: CaseGround): Sha256 {
	return sha256Of(evidenceText(ground));
}

/** Who agrees has not ticked these conditions. */
export interface Unchecked {
	readonly type: 'unchecked';
	readonly conditions: readonly ConditionId[];
}

export interface SignedOnPage {
	/** The digest of the evidence that was on the page. */
	readonly snapshot: string;
	readonly verdict: ReviewVerdict;
	readonly opinion: string;
	readonly ticked: readonly ConditionId[];
}

/**
 * Signs exactly what was on the page: the digest of the evidence shown must be that of the evidence now, and who agrees
 * has ticked every condition there is now. Both are judged under the file's lock.
 *
 * @param expected the version of the file the person looked at
 */
export function signReviewShown(
	desk: CaseDesk,
	user: SignedInUser,
	childId: ChildId,
	expected: number,
	{ snapshot, verdict, opinion, ticked }: SignedOnPage
): Promise<Result<readonly EntryId[], CaseDecisionFault | Unchecked>> {
	return decided<Unchecked | Extract<CaseDecisionFault, { type: 'file_changed' }>>(
		desk,
		user,
		childId,
		expected,
		(ground) => {
			const judged = decideCase(ground, actorOf(user), { command: 'sign_review', verdict, opinion }, meansOf(desk));
			if (!judged.ok) return judged;
			// The file's version says nothing of rules put in force meanwhile; the digest does.
			if (snapshotNow(ground) !== snapshot) return err({ type: 'file_changed', version: expected });
			const unchecked = ground.hold.conditions.map(({ id }) => id).filter((id) => !ticked.includes(id));
			if (verdict === 'eligible' && unchecked.length > 0) return err({ type: 'unchecked', conditions: unchecked });
			return judged;
		}
	);
}
