import { childRow, dutiesOn, pressing, type ChildRow } from '#lib/domain/case-file/child-row.ts';
import { daysBetween, type CivilDate } from '#lib/domain/time.ts';
import { rulesOnTablet } from '../rules.ts';
import type { RowRules } from './platform.ts';

/*
 * The rules the lines of the list are made by. They bring the policies, the calendars and the hold engine: load this module
 * only once the vault is open.
 */
export const rowRules: RowRules = {
	makeRow: (caseFile, { kindOfHouse, regionOfHouse, rules }) =>
		childRow(caseFile, { rules: rulesOnTablet(rules).rules, kindOfHouse, regionOfHouse }),
	pressingOn
};

/** How pressing the worst duty of a child is among those due on or before `until`; undefined where there is none. */
function pressingOn(row: ChildRow, today: CivilDate, until: CivilDate): number | undefined {
	const [worst] = dutiesOn(row, today, Math.max(0, daysBetween(today, until))).filter(
		({ dueOn }) => dueOn === undefined || dueOn <= until
	);
	return worst && pressing(worst);
}
