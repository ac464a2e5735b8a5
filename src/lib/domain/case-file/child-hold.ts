/** One child's hold from its case file: the policy it is under and what comes of it. Where a list, a page or a tablet begins. */
import { computeHold, type Hold } from '../hold/hold.ts';
import { policyFor, type ChosenPolicy, type PolicyGround } from '../hold/policy-choice.ts';
import { builtInRules, type RulesInForce } from '../hold/rules.ts';
import type { InstitutionId } from '../ids.ts';
import { laterOf, type CivilDate } from '../time.ts';
import { custodian, fieldState, items, type CaseFile } from './case-file.ts';
import { holdFacts, type KindOfHouse } from './hold-facts.ts';
import { live } from './versions.ts';

/** Where an institution is, GB/T 2260, six digits; undefined where its roster does not say. */
export type RegionOfHouse = (institutionId: InstitutionId) => string | undefined;

/** What a child's hold is reckoned with: the rules in force, and the roster's word on houses. */
export interface HoldRules {
	readonly rules: RulesInForce;
	readonly kindOfHouse?: KindOfHouse | undefined;
	readonly regionOfHouse?: RegionOfHouse | undefined;
}

/** The rules that come with the program, and nothing known about houses. */
export const programsOwnRules: HoldRules = { rules: builtInRules };

export interface ChildHold extends ChosenPolicy {
	readonly hold: Hold;
}

/**
 * The policy a child is under, why, and its hold on a day.
 *
 * @param today the day it is in the policy's time zone; it moves no date
 */
export function childHold(caseFile: CaseFile, today: CivilDate, by: HoldRules): ChildHold {
	const chosen = policyOf(caseFile, by);
	const hold = computeHold(holdFacts(caseFile, today, by.kindOfHouse), chosen.policy, chosen.restDays);
	return { ...chosen, hold };
}

/** The policy a case file is under. */
export function policyOf(caseFile: CaseFile, { rules, regionOfHouse }: HoldRules): ChosenPolicy {
	return policyFor(policyGround(caseFile, regionOfHouse), rules);
}

/** What of a case file decides about the policy. */
export function policyGround(caseFile: CaseFile, regionOfHouse: RegionOfHouse = () => undefined): PolicyGround {
	const house = custodian(caseFile);
	return {
		basis: basisOf(caseFile),
		region: house === undefined ? undefined : regionOfHouse(house),
		startedOn: startOfCare(caseFile),
		temporaryCareNotice:
			items(caseFile, 'document').some((paper) => paper.live.some(({ value }) => value.code === 'DOC-A')) ||
			live(caseFile.fields.noticeNumber).some(({ value }) => value.state === 'known')
	};
}

function basisOf(caseFile: CaseFile): PolicyGround['basis'] {
	const state = fieldState(caseFile, 'admissionBasis');
	switch (state.status) {
		case 'empty':
			return undefined;
		case 'conflict':
			return 'disputed';
		case 'settled':
			return state.answer.state === 'known' ? { code: state.answer.value } : undefined;
	}
}

/** As the hold takes it: of two live dates the later. */
function startOfCare(caseFile: CaseFile): CivilDate | undefined {
	return live(caseFile.fields.handoverDate)
		.flatMap(({ value }) => (value.state === 'known' ? [value.value] : []))
		.reduce<CivilDate | undefined>((latest, date) => (latest === undefined ? date : laterOf(latest, date)), undefined);
}
