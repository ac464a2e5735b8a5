import { items, knownValue, type CaseFile } from '../case-file/case-file.ts';
import { guardianshipGround, recordAdoptionStep } from '../decision/adoption.ts';
import type { Actor, CaseFault, CaseGround, DecisionMeans, DeskEntry } from '../decision/decision.ts';
import { err, type Result } from '../result.ts';
import type { CivilDate } from '../time.ts';
import {
	adopterFaults,
	adopterOddities,
	type Adopter,
	type AdopterFault,
	type AdopterOddity,
	type ChildToAdopt
} from './adopter.ts';

export interface Match {
	readonly adopter: Adopter;
	/** Of the registry's row that holds who it is. */
	readonly adopterId: string;
	readonly on: CivilDate;
}

export type MatchFault =
	| CaseFault
	| { readonly type: 'adopter_unfit'; readonly faults: readonly AdopterFault[] }
	| { readonly type: 'adopter_odd'; readonly oddities: readonly AdopterOddity[] };

/** The first step to an adoption: what the file asks, then what the law asks of who adopts, then what does not fit together. */
export function judgeMatch(
	ground: CaseGround,
	actor: Actor,
	{ adopter, adopterId, on }: Match,
	means: DecisionMeans
): Result<readonly DeskEntry[], MatchFault> {
	const step = recordAdoptionStep(ground, actor, { step: 'matched', adopterId, papers: [], on }, means);
	if (!step.ok) return step;
	const faults = adopterFaults(adopter, childToAdopt(ground.caseFile), on);
	if (faults.length > 0) return err({ type: 'adopter_unfit', faults });
	const oddities = adopterOddities(adopter, knownValue(ground.caseFile, 'suspectLink'));
	if (oddities.length > 0 && adopter.oddReason === undefined) return err({ type: 'adopter_odd', oddities });
	return step;
}

export function childToAdopt(caseFile: CaseFile): ChildToAdopt {
	const birth = knownValue(caseFile, 'birth');
	return {
		sex: knownValue(caseFile, 'sex'),
		birthEarliest: birth === undefined ? undefined : birth.precision === 'exact' ? birth.date : birth.earliest,
		ground: guardianshipGround(caseFile),
		disabled: items(caseFile, 'document').some(({ value }) => value.code === 'DOC-L')
	};
}
