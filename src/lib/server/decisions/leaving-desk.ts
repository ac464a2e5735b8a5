import { randomUUID } from 'node:crypto';
import { judgeConsent } from '#lib/domain/consent/judge-consent.ts';
import type { Consent } from '#lib/domain/consent/consent.ts';
import { recordAdoptionStep } from '#lib/domain/decision/adoption.ts';
import type { CaseFault } from '#lib/domain/decision/decision.ts';
import type { ChildId, EntryId, ItemId } from '#lib/domain/ids.ts';
import type { Adopter } from '#lib/domain/leaving/adopter.ts';
import type { AdoptionStep } from '#lib/domain/leaving/adoption.ts';
import { judgeMatch, type MatchFault } from '#lib/domain/leaving/judge-match.ts';
import { err, type Result } from '#lib/domain/result.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import { adopterOfAdoption, recordAdopter } from './adopters.ts';
import { actorOf, decided, meansOf, type CaseDecisionFault, type CaseDesk } from './case-desk.ts';

/** Matches a child with who adopts: the step in the file, who it is in the registry's own table, both or neither. */
export async function matchAdopter(
	desk: CaseDesk,
	user: SignedInUser,
	childId: ChildId,
	expected: number,
	{ adopter, on }: { readonly adopter: Adopter; readonly on: CivilDate }
): Promise<Result<readonly EntryId[], CaseDecisionFault | MatchFault>> {
	const adopterId = randomUUID();
	return decided<MatchFault>(
		desk,
		user,
		childId,
		expected,
		(ground) => judgeMatch(ground, actorOf(user), { adopter, adopterId, on }, meansOf(desk)),
		(session) => recordAdopter(session, user, childId, adopterId, adopter, desk.now())
	);
}

export interface LaterStep {
	readonly adoption: ItemId;
	readonly step: Exclude<AdoptionStep, 'matched'>;
	readonly papers: readonly ItemId[];
	readonly on: CivilDate;
	readonly note?: string | undefined;
}

/** A later step of an adoption: who adopts is who was matched, and nobody names it again. */
export async function recordStep(
	desk: CaseDesk,
	user: SignedInUser,
	childId: ChildId,
	expected: number,
	step: LaterStep
): Promise<Result<readonly EntryId[], CaseDecisionFault>> {
	return decided<CaseFault>(desk, user, childId, expected, (ground) => {
		const adopterId = adopterOfAdoption(ground.caseFile, step.adoption);
		// Rights first: a refusal of a right tells nothing of the file.
		const judged = recordAdoptionStep(
			ground,
			actorOf(user),
			{ ...step, adopterId: adopterId ?? randomUUID() },
			meansOf(desk)
		);
		if (judged.ok && adopterId === undefined) return err({ type: 'not_there', what: 'adoption' });
		return judged;
	});
}

/** Writes down the child's own words on a matter, as somebody heard them. */
export async function recordConsent(
	desk: CaseDesk,
	user: SignedInUser,
	childId: ChildId,
	expected: number,
	{ consent, on }: { readonly consent: Consent; readonly on: CivilDate }
): Promise<Result<readonly EntryId[], CaseDecisionFault>> {
	return decided(desk, user, childId, expected, (ground) =>
		judgeConsent(ground, actorOf(user), consent, on, meansOf(desk))
	);
}
