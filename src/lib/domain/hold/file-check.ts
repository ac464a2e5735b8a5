/**
 * What is wrong with a file before it is loaded, and what it would change. A fault refuses it; a remark is for the person who
 * loads it. Places read like `years.2027.rest[3]` or `policies[0].clocks[2].unit`.
 */
import { canonicalJson, type Json } from '../canonical-json.ts';
import { z } from 'zod';
import { civilDateSchema, toDayNumber, weekdayOfDayNumber } from '../time.ts';
import { kindOfBasis } from './policy-choice.ts';
import {
	defaultPolicyId,
	layPolicies,
	mergePolicyFiles,
	parsePolicyFile,
	type Certainty,
	type ClockRule,
	type Policy,
	type PolicyFile,
	type PolicyFileProblem
} from './policy.ts';
import type { RestDayTable } from './rest-days.ts';
import type { RulesInForce } from './rules.ts';

/** @typeParam F faults, each of which refuses the file; R remarks */
export interface FileCheck<File, F, R> {
	/** Undefined where the file cannot be read at all. */
	readonly file?: File;
	readonly faults: readonly F[];
	readonly remarks: readonly R[];
}

// ---------------------------------------------------------------- rest days

export type RestDayFault =
	/** Not the form of a table; `message` is the reader's. */
	| { readonly type: 'form'; readonly at: string; readonly message: string }
	| { readonly type: 'no_years' }
	| { readonly type: 'year_form'; readonly at: string }
	/** A year without a single rest day would count as published. */
	| { readonly type: 'year_empty'; readonly at: string }
	| { readonly type: 'day_form'; readonly at: string; readonly day: string }
	| { readonly type: 'no_such_day'; readonly at: string; readonly day: string }
	| { readonly type: 'day_twice'; readonly at: string; readonly day: string }
	| { readonly type: 'rest_and_work'; readonly at: string; readonly day: string }
	/** A make-up workday is a Saturday or Sunday; any other day is worked anyway. */
	| { readonly type: 'work_on_weekday'; readonly at: string; readonly day: string }
	/** Between the first and the last year known these have no table, neither in the file nor in force. */
	| { readonly type: 'years_missing'; readonly years: readonly number[] };

export type RestDayRemark =
	| { readonly type: 'year_added'; readonly year: number }
	/** The year is in force already and would be another: dates that were not provisional may move. */
	| { readonly type: 'year_replaced'; readonly year: number; readonly days: readonly string[] }
	| { readonly type: 'year_unchanged'; readonly year: number }
	/** Every published year so far moved some weekend days. */
	| { readonly type: 'no_work_days'; readonly year: number }
	| { readonly type: 'holiday_missing'; readonly year: number; readonly day: string };

/** Days of the solar calendar that are holidays every year (全国年节及纪念日放假办法 2). */
const everyYear = ['01-01', '05-01', '10-01', '10-02', '10-03'];

const looseTableSchema = z.strictObject({
	calendar: z.literal('CN'),
	source: z.string().min(1),
	years: z.record(z.string(), z.strictObject({ rest: z.string(), work: z.string() }))
});

/**
 * @param file parsed JSON
 * @param inForce the table the file would be laid over
 */
export function checkRestDays(
	file: unknown,
	inForce: RestDayTable,
	options: { readonly allowGaps: boolean } = { allowGaps: false }
): FileCheck<RestDayTable, RestDayFault, RestDayRemark> {
	const parsed = looseTableSchema.safeParse(file);
	if (!parsed.success) {
		return {
			faults: parsed.error.issues.map((issue) => ({ type: 'form', at: placed(issue.path), message: issue.message })),
			remarks: []
		};
	}
	const { years } = parsed.data;
	const faults: RestDayFault[] = [];
	const remarks: RestDayRemark[] = [];
	if (Object.keys(years).length === 0) faults.push({ type: 'no_years' });
	for (const [year, days] of Object.entries(years)) {
		const at = `years.${year}`;
		if (!/^\d{4}$/.test(year)) {
			faults.push({ type: 'year_form', at });
			continue;
		}
		const rest = daysIn(year, days.rest, `${at}.rest`, faults);
		const work = daysIn(year, days.work, `${at}.work`, faults);
		if (rest.size === 0) faults.push({ type: 'year_empty', at });
		for (const [day, place] of work) {
			if (rest.has(day)) faults.push({ type: 'rest_and_work', at: place, day });
			else if (!isWeekend(year, day)) faults.push({ type: 'work_on_weekday', at: place, day });
		}
		remarks.push(...remarksOn(Number(year), rest, work, inForce));
	}
	if (!options.allowGaps) {
		const named = Object.keys(years).filter((year) => /^\d{4}$/.test(year));
		const missing = gapsIn([...Object.keys(inForce.years), ...named].map(Number));
		if (missing.length > 0) faults.push({ type: 'years_missing', years: missing });
	}
	return { file: tidied(parsed.data), faults, remarks };
}

/** As the reader wants it: one blank between days. */
function tidied(table: z.infer<typeof looseTableSchema>): RestDayTable {
	const one = (list: string) => list.trim().replace(/\s+/g, ' ');
	const years = Object.entries(table.years).map(([year, { rest, work }]) => [
		year,
		{ rest: one(rest), work: one(work) }
	]);
	return { ...table, years: Object.fromEntries(years) as RestDayTable['years'] };
}

/** Years between the first and the last without a table. */
export function gapsIn(years: readonly number[]): readonly number[] {
	const known = new Set(years);
	const missing: number[] = [];
	const last = Math.max(...years);
	for (let year = Math.min(...years); year < last; year++) if (!known.has(year)) missing.push(year);
	return missing;
}

/** The days of one list with their places; what is no day of the year is a fault. */
function daysIn(year: string, list: string, at: string, faults: RestDayFault[]): ReadonlyMap<string, string> {
	const days = new Map<string, string>();
	for (const [index, day] of (list.trim() === '' ? [] : list.trim().split(/\s+/)).entries()) {
		const place = `${at}[${index}]`;
		if (!/^\d{2}-\d{2}$/.test(day)) faults.push({ type: 'day_form', at: place, day });
		else if (!civilDateSchema.safeParse(`${year}-${day}`).success) faults.push({ type: 'no_such_day', at: place, day });
		else if (days.has(day)) faults.push({ type: 'day_twice', at: place, day });
		else days.set(day, place);
	}
	return days;
}

function isWeekend(year: string, day: string): boolean {
	return weekdayOfDayNumber(toDayNumber(civilDateSchema.parse(`${year}-${day}`))) >= 6;
}

function remarksOn(
	year: number,
	rest: ReadonlyMap<string, string>,
	work: ReadonlyMap<string, string>,
	inForce: RestDayTable
): readonly RestDayRemark[] {
	const remarks: RestDayRemark[] = [];
	const before = inForce.years[String(year)];
	if (before) {
		const was = new Set([...marked('rest', before.rest), ...marked('work', before.work)]);
		const is = new Set([
			...[...rest.keys()].map((day) => `rest ${day}`),
			...[...work.keys()].map((day) => `work ${day}`)
		]);
		const days = [...new Set([...was, ...is])].filter((day) => was.has(day) !== is.has(day)).map((day) => day.slice(5));
		remarks.push(
			days.length === 0
				? { type: 'year_unchanged', year }
				: { type: 'year_replaced', year, days: [...new Set(days)].sort() }
		);
	} else remarks.push({ type: 'year_added', year });
	if (rest.size > 0 && work.size === 0) remarks.push({ type: 'no_work_days', year });
	for (const day of everyYear)
		if (rest.size > 0 && !rest.has(day)) remarks.push({ type: 'holiday_missing', year, day });
	return remarks;
}

function marked(mark: 'rest' | 'work', list: string): readonly string[] {
	return list === '' ? [] : list.split(' ').map((day) => `${mark} ${day}`);
}

// ---------------------------------------------------------------- policies

export type PolicyFault =
	| { readonly type: 'form'; readonly at: string; readonly message: string }
	| { readonly type: 'no_policies' }
	| { readonly type: 'policy_twice'; readonly id: string }
	| { readonly type: 'overlay_without_base'; readonly id: string; readonly overlayOf: string }
	/** An overlay of the program would lie over nothing, or over itself. */
	| { readonly type: 'default_is_overlay' };

export type PolicyRemark =
	| { readonly type: 'policy_added'; readonly policy: string }
	| { readonly type: 'policy_unchanged'; readonly policy: string }
	| PolicyDifference
	/** A rule of the file nobody has seen in print. */
	| { readonly type: 'uncertain'; readonly policy: string; readonly rule: string; readonly certainty: Certainty }
	/** No child of this registry can come under it: another country, or a kind of child that no basis of admission names. */
	| { readonly type: 'never_chosen'; readonly policy: string };

/** What of a clock is told in one line. */
export type ClockLine = Pick<ClockRule, 'amount' | 'unit' | 'claimEffect'>;

/** One rule that would be another. `before` and `after` where a clock's length or its claim effect differ. */
export interface PolicyDifference {
	readonly type: 'rule_added' | 'rule_removed' | 'rule_changed';
	readonly policy: string;
	readonly part: 'clock' | 'condition' | 'calendar' | 'ages' | 'publication' | 'heading';
	/** Of the clock or condition; else the name of the part. */
	readonly rule: string;
	readonly before?: ClockLine;
	readonly after?: ClockLine;
}

/**
 * @param file parsed JSON
 * @param rules the rules the file would be laid over
 */
export function checkPolicies(file: unknown, rules: RulesInForce): FileCheck<PolicyFile, PolicyFault, PolicyRemark> {
	const parsed = parsePolicyFile(file);
	if (!parsed.ok) return { faults: faultsOf(parsed.error), remarks: [] };
	const { policies } = parsed.value;
	const faults: PolicyFault[] = [];
	if (policies.length === 0) faults.push({ type: 'no_policies' });
	for (const [index, { id }] of policies.entries()) {
		const first = policies.findIndex((other) => other.id === id);
		if (first < index) faults.push({ type: 'policy_twice', id });
	}
	const laid = layPolicies(mergePolicyFiles([rules.policyFile, parsed.value]));
	if (!laid.ok) faults.push(...faultsOf(laid.error));
	else if (laid.value.find(({ id }) => id === defaultPolicyId)?.overlayOf !== undefined) {
		faults.push({ type: 'default_is_overlay' });
	}
	if (!laid.ok || faults.length > 0) return { file: parsed.value, faults, remarks: [] };

	const named = new Set(policies.map(({ id }) => id));
	const remarks = laid.value.flatMap((after): readonly PolicyRemark[] => {
		const before = rules.policies.find(({ id }) => id === after.id);
		if (!before) return [{ type: 'policy_added', policy: after.id }, ...remarksOnPolicy(after)];
		const differences = differencesOf(before, after);
		if (!named.has(after.id)) return differences;
		if (differences.length === 0) return [{ type: 'policy_unchanged', policy: after.id }];
		return [...differences, ...remarksOnPolicy(after)];
	});
	return { file: parsed.value, faults, remarks };
}

/** What two versions of a policy differ in, part by part. */
export function differencesOf(before: Policy, after: Policy): readonly PolicyDifference[] {
	const differences: PolicyDifference[] = [];
	const add = (
		part: PolicyDifference['part'],
		rule: string,
		was: unknown,
		is: unknown,
		lines: Pick<PolicyDifference, 'before' | 'after'> = {}
	): void => {
		if (spelled(was) === spelled(is)) return;
		const type = was === undefined ? 'rule_added' : is === undefined ? 'rule_removed' : 'rule_changed';
		differences.push({ type, policy: after.id, part, rule, ...lines });
	};
	for (const id of idsOf(before.clocks, after.clocks)) {
		const [was, is] = [before.clocks.find((clock) => clock.id === id), after.clocks.find((clock) => clock.id === id)];
		const lines = { ...(was && { before: lineOf(was) }), ...(is && { after: lineOf(is) }) };
		add('clock', id, was, is, spelled(lines.before) === spelled(lines.after) ? {} : lines);
	}
	for (const id of idsOf(before.conditions, after.conditions)) {
		const find = (policy: Policy) => policy.conditions.find((condition) => condition.id === id);
		add('condition', id, find(before), find(after));
	}
	add('calendar', 'calendar', before.calendar, after.calendar);
	add('ages', 'ages', before.ages, after.ages);
	add('publication', 'publication', before.publication, after.publication);
	add('heading', 'heading', headingOf(before), headingOf(after));
	return differences;
}

function remarksOnPolicy(policy: Policy): readonly PolicyRemark[] {
	const uncertain = [...policy.clocks, ...policy.conditions].flatMap(({ id, basis: { certainty } }): PolicyRemark[] =>
		certainty === 'recalled' || certainty === 'unknown'
			? [{ type: 'uncertain', policy: policy.id, rule: id, certainty }]
			: []
	);
	const reachable =
		policy.jurisdiction.startsWith('CN') && policy.appliesTo.some((kind) => Object.values(kindOfBasis).includes(kind));
	return reachable ? uncertain : [...uncertain, { type: 'never_chosen', policy: policy.id }];
}

function lineOf({ amount, unit, claimEffect }: ClockRule): ClockLine {
	return { amount, unit, ...(claimEffect !== undefined && { claimEffect }) };
}

function headingOf({ title, jurisdiction, timeZone, effectiveFrom, appliesTo, holdClock, notes }: Policy) {
	return { title, jurisdiction, timeZone, effectiveFrom, appliesTo, holdClock, notes };
}

function idsOf(...lists: readonly (readonly { readonly id: string }[])[]): readonly string[] {
	return [...new Set(lists.flat().map(({ id }) => id))];
}

function spelled(value: unknown): string {
	return value === undefined ? '' : canonicalJson(JSON.parse(JSON.stringify(value)) as Json);
}

function faultsOf(problem: PolicyFileProblem): readonly PolicyFault[] {
	if (problem.type !== 'not_a_policy_file') return [problem];
	return problem.problems.map(({ at, message }) => ({
		type: 'form',
		at: placed(at === '' ? [] : at.split('.')),
		message
	}));
}

/** `policies[0].clocks[2].unit`; empty for the file itself. */
function placed(path: readonly PropertyKey[]): string {
	const name = path.map((key) => (/^\d{1,3}$/.test(String(key)) ? `[${String(key)}]` : `.${String(key)}`)).join('');
	return name.replace(/^\./, '');
}
