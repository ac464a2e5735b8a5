/**
 * Every decision about a child but the notice's and the claims': judged on the file as it is now, by whom, on which day.
 * Pure: the server reads, judges and appends in one transaction, against the version the person saw.
 */
import type { AdoptionStep } from '../leaving/adoption.ts';
import type { Exit } from '../leaving/exit.ts';
import type { ReviewVerdict } from '../eligibility/review.ts';
import type { Flag } from '../flag/flag.ts';
import type { GuardianshipGround } from '../guardianship/guardianship.ts';
import type { ConditionId } from '../hold/policy.ts';
import type { EntryId, ItemId } from '../ids.ts';
import type { Result } from '../result.ts';
import type { CivilDate } from '../time.ts';
import { recordAdoptionStep } from './adoption.ts';
import type { Actor, CaseFault, CaseGround, DecisionMeans, DeskEntry } from './decision.ts';
import { confirmExit, proposeExit, withdrawExit } from './exits.ts';
import { changeGuardianship, clearFlag, confirmDate, raiseFlag } from './halts.ts';
import { returnForMore, signReview } from './reviews.ts';

export type CaseCommand =
	| { readonly command: 'confirm_date'; readonly version: EntryId }
	| { readonly command: 'raise_flag'; readonly flag: Flag }
	| { readonly command: 'clear_flag'; readonly itemId: ItemId; readonly reason: string }
	| { readonly command: 'sign_review'; readonly verdict: ReviewVerdict; readonly opinion: string }
	| { readonly command: 'return_for_more'; readonly opinion: string; readonly conditions: readonly ConditionId[] }
	| {
			readonly command: 'change_guardianship';
			readonly ground: GuardianshipGround;
			readonly paper?: ItemId | undefined;
			readonly note?: string | undefined;
	  }
	| {
			readonly command: 'record_adoption_step';
			/** Missing for a new adoption, which begins with `matched`. */
			readonly adoption?: ItemId | undefined;
			readonly step: AdoptionStep;
			readonly adopterId: string;
			readonly papers: readonly ItemId[];
			readonly on: CivilDate;
			readonly note?: string | undefined;
	  }
	| { readonly command: 'propose_exit'; readonly exit: Exit; readonly on: CivilDate }
	| { readonly command: 'confirm_exit'; readonly proposal: EntryId }
	| { readonly command: 'withdraw_exit'; readonly proposal: EntryId; readonly reason: string };

/** The entries a decision consists of, or why it cannot be taken. Rights come first: a refusal tells nothing of the file. */
export function decideCase(
	ground: CaseGround,
	actor: Actor,
	command: CaseCommand,
	means: DecisionMeans
): Result<readonly DeskEntry[], CaseFault> {
	switch (command.command) {
		case 'confirm_date':
			return confirmDate(ground, actor, command.version);
		case 'raise_flag':
			return raiseFlag(ground, actor, command.flag, means);
		case 'clear_flag':
			return clearFlag(ground, actor, command.itemId, command.reason);
		case 'sign_review':
			return signReview(ground, actor, command.verdict, command.opinion, means);
		case 'return_for_more':
			return returnForMore(ground, actor, command.opinion, command.conditions);
		case 'change_guardianship':
			return changeGuardianship(ground, actor, command);
		case 'record_adoption_step':
			return recordAdoptionStep(ground, actor, command, means);
		case 'propose_exit':
			return proposeExit(ground, actor, command.exit, command.on);
		case 'confirm_exit':
			return confirmExit(ground, actor, command.proposal);
		case 'withdraw_exit':
			return withdrawExit(ground, actor, command.proposal, command.reason);
	}
}
