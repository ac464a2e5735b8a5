import type { Actor, CaseFault, CaseGround, DecisionMeans, DeskEntry } from '../decision/decision.ts';
import { decidesLeaving } from '../disclosure/roles.ts';
import { err, ok, type Result } from '../result.ts';
import type { CivilDate } from '../time.ts';
import type { Consent } from './consent.ts';

/** The child's own words, written down at a desk; the latest word counts, and none is ever replaced. */
export function judgeConsent(
	{ today }: Pick<CaseGround, 'today'>,
	actor: Actor,
	consent: Consent,
	on: CivilDate,
	means: Pick<DecisionMeans, 'newItemId'>
): Result<readonly DeskEntry[], CaseFault> {
	if (!decidesLeaving.includes(actor.role)) return err({ type: 'not_yours_to_decide' });
	if (on > today) return err({ type: 'date_in_future', date: on });
	return ok([
		{ type: 'consent.recorded', payload: { itemId: means.newItemId(), consent }, replaces: [], occurredOn: on }
	]);
}
