import { knownValue, type CaseFile } from '../case-file/case-file.ts';
import type { Policy } from '../hold/policy.ts';
import { addYears, type CivilDate } from '../time.ts';

/**
 * The day from which the child is an adult whatever the birthday was: counted from the latest day the birth date allows. A
 * notice is public until then and no longer (未成年人保护法 103: the exception is for children). Undefined while the birth
 * date is unknown or disputed, or where the policy names no age.
 */
export function comesOfAgeOn(caseFile: CaseFile, policy: Pick<Policy, 'ages'>): CivilDate | undefined {
	const birth = knownValue(caseFile, 'birth');
	const adult = policy.ages?.adult;
	if (birth === undefined || adult === undefined) return undefined;
	return addYears(birth.precision === 'exact' ? birth.date : birth.latest, adult.years);
}
