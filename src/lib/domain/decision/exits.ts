/** Leaving the register: one proposes, another confirms, and every guard of rule book 5 is asked both times. */
import { items, knownValue, type CaseFile } from '../case-file/case-file.ts';
import { claimsOnFile, openClaimsOnFile } from '../claim/on-file.ts';
import { decidesLeaving } from '../disclosure/roles.ts';
import type { DocumentCode } from '../document/document.ts';
import { ageOn } from '../hold/policy.ts';
import type { EntryId, ItemId } from '../ids.ts';
import { exitState } from '../leaving/exit-state.ts';
import { exitCodes, type Exit } from '../leaving/exit.ts';
import { noticeState, standingDecisions } from '../notice/notice-state.ts';
import { err, ok, type Result } from '../result.ts';
import { addYears, type CivilDate } from '../time.ts';
import { adoptionFault } from './adoption.ts';
import type { Actor, CaseFault, CaseGround, DeskEntry } from './decision.ts';

type Decided = Result<readonly DeskEntry[], CaseFault>;

/** Coming of age is confirmed with the proposal: the calendar is the second person. */
export function proposeExit(ground: CaseGround, actor: Actor, exit: Exit, on: CivilDate): Decided {
	const { caseFile, today } = ground;
	if (!decidesLeaving.includes(actor.role)) return err({ type: 'not_yours_to_decide' });
	const { left, proposed } = exitState(caseFile);
	if (left) return err({ type: 'child_has_left' });
	if (proposed) return err({ type: 'proposal_open' });
	if (on > today) return err({ type: 'date_in_future', date: on });
	const codes: readonly string[] = exitCodes[exit.reason];
	if (exit.code !== undefined && !codes.includes(exit.code)) return err({ type: 'wrong_code' });
	const fault = exitFault(ground, exit, on);
	if (fault) return err(fault);
	return ok([{ type: 'exit.proposed', payload: { exit }, replaces: [], occurredOn: on }]);
}

/** The second signature. The notice goes down in the same breath. */
export function confirmExit(ground: CaseGround, actor: Actor, proposal: EntryId): Decided {
	const { caseFile, today } = ground;
	if (!decidesLeaving.includes(actor.role)) return err({ type: 'not_yours_to_decide' });
	const { left, proposed } = exitState(caseFile);
	if (left) return err({ type: 'child_has_left' });
	if (!proposed || proposed.proposal !== proposal) return err({ type: 'not_there', what: 'proposal' });
	if (proposed.by === actor.staffId && proposed.exit.reason !== 'aged_out') return err({ type: 'two_persons_needed' });
	const fault = exitFault(ground, proposed.exit, proposed.on);
	if (fault) return err(fault);
	return ok([
		{ type: 'exit.confirmed', payload: { proposal }, replaces: [], occurredOn: today },
		...takeDown(caseFile, proposed.exit, today)
	]);
}

/** Anyone who may propose may take a proposal back, with a reason; nothing is deleted. */
export function withdrawExit(
	{ caseFile, today }: CaseGround,
	actor: Actor,
	proposal: EntryId,
	reason: string
): Decided {
	if (!decidesLeaving.includes(actor.role)) return err({ type: 'not_yours_to_decide' });
	if (exitState(caseFile).proposed?.proposal !== proposal) return err({ type: 'not_there', what: 'proposal' });
	return ok([{ type: 'exit.withdrawn', payload: { proposal, reason }, replaces: [], occurredOn: today }]);
}

/** Why this child cannot leave so, today; asked when it is proposed and again when it is confirmed. */
export function exitFault(ground: CaseGround, exit: Exit, on: CivilDate): CaseFault | undefined {
	const { caseFile, policy, today } = ground;
	for (const paper of exit.papers) if (!paperOf(caseFile, paper)) return { type: 'not_there', what: 'paper' };
	const handover = knownValue(caseFile, 'handoverDate');
	if (handover !== undefined && on < handover) return { type: 'date_before', date: on, earliest: handover };

	switch (exit.reason) {
		case 'reunited':
			return reunionFault(ground, exit);
		case 'adopted':
			return adoptionFault(ground, exit, on);
		case 'aged_out': {
			// Of an estimate the latest day the child can have been born closes (rule book 5).
			const on18 = comesOfAge(caseFile, ageOn(policy.ages?.adult, today)?.years);
			return on18 !== undefined && today >= on18 ? undefined : { type: 'not_of_age', on: on18 };
		}
		case 'other_guardian': {
			const claims = openClaimsOnFile(caseFile);
			if (claims.length > 0) return { type: 'blocked', by: ['open_claim'] };
			// Two persons of one house could else place a child elsewhere before anybody reads what its family says.
			if (ground.registry.unscreenedClaims > 0)
				return { type: 'claims_to_screen', count: ground.registry.unscreenedClaims };
			return exit.papers.length === 0 ? { type: 'paper_needed' } : undefined;
		}
		case 'deceased':
			return exit.papers.length === 0 ? { type: 'paper_needed' } : undefined;
		case 'entered_in_error': {
			// A file that a family claims is not made away with as an error.
			if (openClaimsOnFile(caseFile).length > 0) return { type: 'blocked', by: ['open_claim'] };
			if (ground.registry.unscreenedClaims > 0)
				return { type: 'claims_to_screen', count: ground.registry.unscreenedClaims };
			return on > today ? { type: 'date_in_future', date: on } : undefined;
		}
	}
}

/** A claim that two persons decided `reunite` (or, after an adoption, `dissolve`), DOC-K, and no other family open. */
function reunionFault({ caseFile, registry }: CaseGround, exit: Exit): CaseFault | undefined {
	const claims = claimsOnFile(caseFile);
	const home = claims.find(
		({ id, decision }) => id === exit.claimId && (decision === 'reunite' || decision === 'dissolve')
	);
	if (!home) return { type: 'claim_not_decided_so' };
	if (claims.some(({ closedOn }) => closedOn === undefined)) return { type: 'blocked', by: ['open_claim'] };
	if (registry.unscreenedClaims > 0) return { type: 'claims_to_screen', count: registry.unscreenedClaims };
	return documentFault(caseFile, 'DOC-K');
}

/** A paper of this code with number and date must be on file. */
export function documentFault(caseFile: CaseFile, code: DocumentCode): CaseFault | undefined {
	const complete = items(caseFile, 'document').some(
		({ value }) => value.code === code && Boolean(value.number) && value.date !== undefined
	);
	return complete ? undefined : { type: 'document_needed', document: code };
}

function paperOf(caseFile: CaseFile, itemId: ItemId): boolean {
	return items(caseFile, 'document').some((document) => document.itemId === itemId);
}

function comesOfAge(caseFile: CaseFile, years: number | undefined): CivilDate | undefined {
	const birth = knownValue(caseFile, 'birth');
	if (birth === undefined || years === undefined) return undefined;
	return addYears(birth.precision === 'exact' ? birth.date : birth.latest, years);
}

function takeDown(caseFile: CaseFile, exit: Exit, today: CivilDate): readonly DeskEntry[] {
	if (!noticeState(caseFile).published) return [];
	return [
		{
			type: 'notice.taken_down',
			payload: { takeDown: { reason: exit.reason === 'reunited' ? 'found' : 'left' } },
			replaces: standingDecisions(caseFile),
			occurredOn: today
		}
	];
}
