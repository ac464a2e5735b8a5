import { describe, expect, it } from 'vitest';
import policiesFile from './data/policies.json' with { type: 'json' };
import { checkPolicies, checkRestDays, gapsIn } from './file-check.ts';
import { builtInRestDayTable, readRestDays } from './rest-days.ts';
import { builtInRules, rulesWith } from './rules.ts';

describe('a rest-day table', () => {
	it('of the year after those in force is accepted, and told as what it adds', () => {
		const { faults, remarks, file } = check({ 2027: newYear });
		expect(faults).toEqual([]);
		expect(remarks).toEqual([{ type: 'year_added', year: 2027 }]);
		expect(readRestDays(file).ok).toBe(true);
	});

	it('with blanks and line breaks between days is read as with one blank', () => {
		const { faults, file } = check({ 2027: { rest: ' 01-01\n05-01  10-01 10-02 10-03 ', work: '10-09' } });
		expect(faults).toEqual([]);
		expect(file?.years['2027']).toEqual({ rest: '01-01 05-01 10-01 10-02 10-03', work: '10-09' });
	});

	it('that leaves out a year is refused with the years it lacks, unless gaps are allowed', () => {
		expect(check({ 2029: plain }).faults).toEqual([{ type: 'years_missing', years: [2027, 2028] }]);
		expect(check({ 2002: plain }).faults).toEqual([{ type: 'years_missing', years: [2003] }]);
		const allowed = checkRestDays(table({ 2029: plain }), builtInRestDayTable, { allowGaps: true });
		expect(allowed.faults).toEqual([]);
		expect(gapsIn([2004, 2006, 2007, 2010])).toEqual([2005, 2008, 2009]);
	});

	it('names the place of every wrong day', () => {
		const { faults } = check({
			2027: { rest: '01-01 02-30 1-2 05-01 05-01', work: '05-01 10-08 2027-10-09' },
			28: newYear
		});
		expect(faults).toEqual(
			[
				{ type: 'year_form', at: 'years.28' },
				{ type: 'no_such_day', at: 'years.2027.rest[1]', day: '02-30' },
				{ type: 'day_form', at: 'years.2027.rest[2]', day: '1-2' },
				{ type: 'day_twice', at: 'years.2027.rest[4]', day: '05-01' },
				{ type: 'day_form', at: 'years.2027.work[2]', day: '2027-10-09' },
				{ type: 'rest_and_work', at: 'years.2027.work[0]', day: '05-01' },
				{ type: 'work_on_weekday', at: 'years.2027.work[1]', day: '10-08' }
			].sort(byOrderOf(faults))
		);
	});

	it('with a year that has no rest day is refused: it would count as published', () => {
		expect(check({ 2027: { rest: '', work: '' } }).faults).toEqual([{ type: 'year_empty', at: 'years.2027' }]);
		expect(check({}).faults).toEqual([{ type: 'no_years' }]);
	});

	it('that is none at all is refused with the place', () => {
		expect(checkRestDays([], builtInRestDayTable).faults).toMatchObject([{ type: 'form', at: '' }]);
		expect(
			checkRestDays({ calendar: 'CN', source: 's', years: { 2027: {} } }, builtInRestDayTable).faults
		).toMatchObject([
			{ type: 'form', at: 'years.2027.rest' },
			{ type: 'form', at: 'years.2027.work' }
		]);
	});

	it('draws attention to a year without make-up workdays or without a holiday of every year', () => {
		expect(check({ 2027: { rest: '01-01 05-01 10-01 10-02', work: '' } }).remarks).toEqual([
			{ type: 'year_added', year: 2027 },
			{ type: 'no_work_days', year: 2027 },
			{ type: 'holiday_missing', year: 2027, day: '10-03' }
		]);
	});

	it('tells which days of a year in force would be others', () => {
		const own = builtInRestDayTable.years['2026'] ?? { rest: '', work: '' };
		expect(check({ 2026: own }).remarks).toEqual([{ type: 'year_unchanged', year: 2026 }]);
		const [first, ...others] = own.rest.split(' ');
		const changed = { ...own, rest: [...others, '06-03'].join(' ') };
		expect(check({ 2026: changed }).remarks[0]).toEqual({ type: 'year_replaced', year: 2026, days: [first, '06-03'] });
	});

	it('of the program itself has no fault', () => {
		expect(checkRestDays(builtInRestDayTable, builtInRestDayTable)).toMatchObject({ faults: [] });
	});
});

describe('a policy file', () => {
	it('of the program itself has no fault and changes nothing', () => {
		const { faults, remarks } = checkPolicies(policiesFile, builtInRules);
		expect(faults).toEqual([]);
		expect(new Set(remarks.map(({ type }) => type))).toEqual(new Set(['policy_unchanged']));
	});

	it('names the place of a fault inside a policy or an overlay', () => {
		const base = entry('CN-2015-159');
		const badClock = base.clocks.map((clock, i) => (i === 1 ? { ...clock, unit: 'moons' } : clock));
		const overlay = { ...entry('CN-SH-2025'), effectiveFrom: '2025-02-30' };
		const { faults, file } = checkPolicies(policyFile({ ...base, clocks: badClock }, overlay), builtInRules);
		expect(file).toBeUndefined();
		expect(faults).toEqual([
			expect.objectContaining({ type: 'form', at: 'policies[0].clocks[1].unit' }),
			expect.objectContaining({ type: 'form', at: 'policies[1].effectiveFrom' })
		]);
	});

	it('that names a policy twice, or an overlay of nothing, is refused', () => {
		const base = entry('CN-2015-159');
		expect(checkPolicies(policyFile(base, base), builtInRules).faults).toEqual([
			{ type: 'policy_twice', id: 'CN-2015-159' }
		]);
		expect(checkPolicies(policyFile({ ...entry('CN-SH-2025'), overlayOf: 'CN-0' }), builtInRules).faults).toEqual([
			{ type: 'overlay_without_base', id: 'CN-SH-2025', overlayOf: 'CN-0' }
		]);
		expect(checkPolicies(policyFile(), builtInRules).faults).toEqual([{ type: 'no_policies' }]);
	});

	it('may be an overlay alone: its base is among the rules in force', () => {
		const { faults, remarks } = checkPolicies(
			policyFile({ ...entry('CN-SH-2025'), id: 'CN-GD-2027', jurisdiction: 'CN-44' }),
			builtInRules
		);
		expect(faults).toEqual([]);
		expect(remarks).toContainEqual({ type: 'policy_added', policy: 'CN-GD-2027' });
	});

	it('tells rule by rule what would be another, also in the provinces that lie over it', () => {
		const base = entry('CN-2015-159');
		const changed = {
			...base,
			clocks: base.clocks
				.filter((clock) => clock.id !== 'registration-review')
				.map((clock) => (clock.id === 'hold' ? { ...clock, amount: 1, claimEffect: 'suspend' } : clock)),
			conditions: base.conditions?.filter((condition) => condition.id !== 'no_open_claim')
		};
		const { remarks } = checkPolicies(policyFile(changed), builtInRules);
		for (const policy of ['CN-2015-159', 'CN-SH-2025']) {
			expect(remarks).toContainEqual({
				type: 'rule_changed',
				policy,
				part: 'clock',
				rule: 'hold',
				before: { amount: 12, unit: 'months', claimEffect: 'block' },
				after: { amount: 1, unit: 'months', claimEffect: 'suspend' }
			});
			expect(remarks).toContainEqual({ type: 'rule_removed', policy, part: 'condition', rule: 'no_open_claim' });
			expect(remarks).toContainEqual(
				expect.objectContaining({ type: 'rule_removed', policy, part: 'clock', rule: 'registration-review' })
			);
		}
	});

	it('draws attention to rules from memory and to policies no child here can come under', () => {
		const base = entry('CN-2015-159');
		const recalled = base.clocks.map((clock) =>
			clock.id === 'hold' ? { ...clock, amount: 13, basis: { certainty: 'recalled', source: 'somebody' } } : clock
		);
		expect(checkPolicies(policyFile({ ...base, clocks: recalled }), builtInRules).remarks).toContainEqual({
			type: 'uncertain',
			policy: 'CN-2015-159',
			rule: 'hold',
			certainty: 'recalled'
		});
		const elsewhere = { ...base, id: 'NP-1', jurisdiction: 'NP' };
		expect(checkPolicies(policyFile(elsewhere), builtInRules).remarks).toContainEqual({
			type: 'never_chosen',
			policy: 'NP-1'
		});
	});

	it('without a fault can be laid over the rules in force', () => {
		const { file } = checkPolicies(policyFile({ ...entry('CN-SH-2025'), id: 'CN-GD-2027' }), builtInRules);
		expect(rulesWith({ policies: [file], restDays: [] }).ok).toBe(true);
	});
});

const newYear = { rest: '01-01 05-01 10-01 10-02 10-03', work: '10-09' };
const plain = { ...newYear, work: '' };

function table(years: Readonly<Record<string, unknown>>): unknown {
	return { calendar: 'CN', source: 'a test', years };
}

function check(years: Readonly<Record<string, unknown>>) {
	return checkRestDays(table(years), builtInRestDayTable);
}

function entry(id: string) {
	const found = policiesFile.policies.find((each) => each.id === id);
	if (!found) throw new Error(id);
	return found;
}

function policyFile(...policies: readonly unknown[]): unknown {
	return JSON.parse(JSON.stringify({ schema: 'lampkeep-policies/1', policies })) as unknown;
}

/** The order of faults between years does not matter. */
function byOrderOf(found: readonly { readonly type: string }[]) {
	const place = (fault: unknown) => found.findIndex((each) => JSON.stringify(each) === JSON.stringify(fault));
	return (a: unknown, b: unknown) => place(a) - place(b);
}
