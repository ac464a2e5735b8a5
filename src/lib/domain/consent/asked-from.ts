import { knownValue, type CaseFile } from '../case-file/case-file.ts';
import type { Policy } from '../hold/policy.ts';
import { addYears, type CivilDate } from '../time.ts';
import type { ConsentMatter } from './consent.ts';

/** From when the law asks the child itself. */
export type AskedFrom =
	/** The policy names no age, or the law asks nobody about this matter: the child is asked all the same. */
	| { readonly status: 'not_required' }
	/** Nobody knows how old the child is: it may be old enough. */
	| { readonly status: 'age_unknown'; readonly years: number }
	/** The earliest day on which the child can be that old. `reached` on the day asked about. */
	| { readonly status: 'from'; readonly years: number; readonly day: CivilDate; readonly reached: boolean };

/**
 * From when the child's own word is needed on a matter: adoption and its dissolution, at the age the policy says (民法典
 * 1104, 1114: eight). Of an estimated birth the earliest day counts: a child who may be old enough is asked.
 */
export function askedFrom(caseFile: CaseFile, policy: Policy, matter: ConsentMatter, on: CivilDate): AskedFrom {
	const years = policy.ages?.consent?.years;
	if (years === undefined || !requiredFor.includes(matter)) return { status: 'not_required' };
	const birth = knownValue(caseFile, 'birth');
	if (birth === undefined) return { status: 'age_unknown', years };
	const day = addYears(birth.precision === 'exact' ? birth.date : birth.earliest, years);
	return { status: 'from', years, day, reached: on >= day };
}

const requiredFor: readonly ConsentMatter[] = ['adoption', 'dissolution'];
