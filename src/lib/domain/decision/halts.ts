/** Confirming the start, halting by hand, and the switch from temporary to long-term guardianship. */
import { decisionsOf, items } from '../case-file/case-file.ts';
import { live } from '../case-file/versions.ts';
import { decidesLeaving, findsForPolice, reviewsEligibility, screensClaims } from '../disclosure/roles.ts';
import type { Flag } from '../flag/flag.ts';
import { standingFlags } from '../flag/standing-flags.ts';
import type { GuardianshipGround } from '../guardianship/guardianship.ts';
import { exitState } from '../leaving/exit-state.ts';
import type { EntryId, ItemId } from '../ids.ts';
import { err, ok, type Result } from '../result.ts';
import type { Actor, CaseFault, CaseGround, DecisionMeans, DeskEntry } from './decision.ts';

type Decided = Result<readonly DeskEntry[], CaseFault>;

/** A second person has compared the date with the paper (rule book 1.8: two persons for clock-start dates). */
export function confirmDate({ caseFile, today }: CaseGround, actor: Actor, version: EntryId): Decided {
	if (!decidesLeaving.includes(actor.role)) return err({ type: 'not_yours_to_decide' });
	const date = live(caseFile.fields.handoverDate).find(({ entryId }) => entryId === version);
	if (!date || date.value.state !== 'known') return err({ type: 'not_there', what: 'date' });
	if (date.staffId === actor.staffId) return err({ type: 'two_persons_needed' });
	if (decisionsOf(caseFile, 'date.confirmed').some(({ payload }) => payload.confirmed === version))
		return err({ type: 'already_signed' });
	return ok([
		{
			type: 'date.confirmed',
			payload: { field: 'handoverDate', confirmed: version },
			replaces: [],
			occurredOn: today
		}
	]);
}

/** One person is enough to halt: haste protects a child here. The police halt by themselves. */
export function raiseFlag({ caseFile, today }: CaseGround, actor: Actor, flag: Flag, means: DecisionMeans): Decided {
	if (![...decidesLeaving, ...findsForPolice].includes(actor.role)) return err({ type: 'not_yours_to_decide' });
	if (exitState(caseFile).left) return err({ type: 'child_has_left' });
	return ok([
		{
			type: 'flag.raised',
			payload: { itemId: means.newItemId(), flag: { ...flag } },
			replaces: [],
			occurredOn: today
		}
	]);
}

/** Another person than the one who halted lets it go on; what the police halted, the police or the registry. */
export function clearFlag({ caseFile, today }: CaseGround, actor: Actor, itemId: ItemId, reason: string): Decided {
	const standing = standingFlags(caseFile).find((flag) => flag.itemId === itemId);
	const may =
		standing?.flag.flag === 'police_hold'
			? [...findsForPolice, ...reviewsEligibility]
			: [...screensClaims, ...reviewsEligibility];
	if (!may.includes(actor.role)) return err({ type: 'not_yours_to_decide' });
	if (!standing) return err({ type: 'not_there', what: 'flag' });
	if (standing.raisedBy === actor.staffId) return err({ type: 'two_persons_needed' });
	const raised = decisionsOf(caseFile, 'flag.raised').filter(({ payload }) => payload.itemId === itemId);
	return ok([
		{
			type: 'flag.cleared',
			payload: { itemId, reason },
			replaces: raised.map(({ id }) => id),
			occurredOn: today
		}
	]);
}

/** 未成年人保护法 94: certified (1), parents dead (2), a court's decision (4). The latter two rest on a paper. */
export function changeGuardianship(
	{ caseFile, hold, today }: CaseGround,
	actor: Actor,
	change: {
		readonly ground: GuardianshipGround;
		readonly paper?: ItemId | undefined;
		readonly note?: string | undefined;
	}
): Decided {
	if (!reviewsEligibility.includes(actor.role)) return err({ type: 'not_yours_to_decide' });
	if (exitState(caseFile).left) return err({ type: 'child_has_left' });
	const { ground, paper, note } = change;
	if (ground === 'certified' && hold.status !== 'certified') return err({ type: 'not_certified' });
	if (ground !== 'certified') {
		if (paper === undefined) return err({ type: 'paper_needed' });
		if (!items(caseFile, 'document').some(({ itemId }) => itemId === paper))
			return err({ type: 'not_there', what: 'paper' });
	}
	return ok([
		{
			type: 'guardianship.changed',
			payload: {
				guardianship: {
					to: 'long_term',
					ground,
					...(paper !== undefined && { paper }),
					...(note !== undefined && { note })
				}
			},
			replaces: decisionsOf(caseFile, 'guardianship.changed').map(({ id }) => id),
			occurredOn: today
		}
	]);
}
