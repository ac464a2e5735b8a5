/**
 * The rules in force: policies and rest days as they come with the program, with what the registry's operator loaded laid over
 * them. Registry and tablets reckon by the same function of the same files; which files are in force is the registry's to say.
 */
import { err, ok, type Result } from '../result.ts';
import {
	builtInPolicyFile,
	layPolicies,
	mergePolicyFiles,
	parsePolicyFile,
	policies,
	type Policy,
	type PolicyCalendar,
	type PolicyFile,
	type PolicyFileProblem
} from './policy.ts';
import {
	builtInRestDayTable,
	chinaRestDays,
	mergeRestDayTables,
	noRestDays,
	parseRestDayTable,
	restDaysIn,
	type RestDays,
	type RestDayTable,
	type RestDayTableProblem
} from './rest-days.ts';

export interface RulesInForce {
	/** Overlays laid over their bases. */
	readonly policies: readonly Policy[];
	/** Of the calendar 'CN'. */
	readonly chinaRestDays: RestDays;
	/** The same as files, for whoever passes them on or shows where a rule comes from. */
	readonly policyFile: PolicyFile;
	readonly restDayTable: RestDayTable;
}

/** The rules of a registry that loaded nothing. */
export const builtInRules: RulesInForce = {
	policies,
	chinaRestDays,
	policyFile: builtInPolicyFile,
	restDayTable: builtInRestDayTable
};

/** What was loaded, oldest first; parsed JSON that nobody has looked at yet. */
export interface LoadedFiles {
	readonly policies: readonly unknown[];
	readonly restDays: readonly unknown[];
}

export type RulesProblem =
	| { readonly kind: 'policies'; readonly problem: PolicyFileProblem }
	| { readonly kind: 'rest_days'; readonly problem: RestDayTableProblem };

/**
 * Lays loaded files over the rules that come with the program: a policy replaces the one of its id, a year replaces that
 * year. Overlays of the program lie over a replaced base too.
 */
export function rulesWith(loaded: LoadedFiles): Result<RulesInForce, RulesProblem> {
	const files: PolicyFile[] = [builtInPolicyFile];
	for (const file of loaded.policies) {
		const parsed = parsePolicyFile(file);
		if (!parsed.ok) return err({ kind: 'policies', problem: parsed.error });
		// By itself a file may name nothing twice; merged the second would silently win.
		const twice = doubledId(parsed.value);
		if (twice !== undefined) return err({ kind: 'policies', problem: { type: 'policy_twice', id: twice } });
		files.push(parsed.value);
	}
	const tables: [RestDayTable, ...RestDayTable[]] = [builtInRestDayTable];
	for (const table of loaded.restDays) {
		const parsed = parseRestDayTable(table);
		if (!parsed.ok) return err({ kind: 'rest_days', problem: parsed.error });
		tables.push(parsed.value);
	}
	if (files.length === 1 && tables.length === 1) return ok(builtInRules);

	const policyFile = mergePolicyFiles(files);
	const laid = layPolicies(policyFile);
	if (!laid.ok) return err({ kind: 'policies', problem: laid.error });
	const restDayTable = mergeRestDayTables(tables);
	const days = restDaysIn(restDayTable);
	if (!days.ok) return err({ kind: 'rest_days', problem: days.error });
	return ok({ policies: laid.value, chinaRestDays: days.value, policyFile, restDayTable });
}

/** The rest days of a policy's calendar. */
export function restDaysUnder(rules: RulesInForce, calendar: PolicyCalendar): RestDays {
	switch (calendar.restDays) {
		case 'CN':
			return rules.chinaRestDays;
		case 'none':
			return noRestDays;
	}
}

function doubledId({ policies: entries }: PolicyFile): string | undefined {
	return entries.find(({ id }, index) => entries.findIndex((other) => other.id === id) !== index)?.id;
}
