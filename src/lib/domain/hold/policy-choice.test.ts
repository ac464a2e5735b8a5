import { describe, expect, it } from 'vitest';
import { codeTables } from '../codes/tables.ts';
import { civilDate } from '../time.ts';
import policiesFile from './data/policies.json' with { type: 'json' };
import { computeHold } from './hold.ts';
import { kindOfBasis, policyFor, type PolicyGround } from './policy-choice.ts';
import { ageOn, policies } from './policy.ts';
import { builtInRules, rulesWith, type RulesInForce } from './rules.ts';
import { event, factsOf, handover } from './worked-examples.ts';

describe('the policy a child is under', () => {
	it('is that of rescued children for a rescued child', () => {
		expect(choose(rescued)).toEqual(['CN-2015-159', { code: 'by_basis', basis: '04', kind: 'rescued_trafficked' }]);
	});

	it('is that of foundlings for a child believed abandoned', () => {
		expect(choose({ ...rescued, basis: { code: '05' } })).toEqual([
			'CN-FOUNDLING-2023',
			{ code: 'by_basis', basis: '05', kind: 'abandoned' }
		]);
	});

	it('stays that of rescued children while the basis is not recorded, disputed, or has no policy of its own', () => {
		expect(choose({ ...rescued, basis: undefined })).toEqual(['CN-2015-159', { code: 'default_basis_unknown' }]);
		expect(choose({ ...rescued, basis: 'disputed' })).toEqual(['CN-2015-159', { code: 'default_basis_disputed' }]);
		for (const { code } of codeTables.admissionBasis.filter((row) => !(row.code in kindOfBasis))) {
			expect(choose({ ...rescued, basis: { code } })).toEqual([
				'CN-2015-159',
				{ code: 'default_basis_without_policy', basis: code }
			]);
		}
	});

	it('stays that of rescued children where the police issued a temporary-care notice, whatever the basis says', () => {
		expect(choose({ ...rescued, basis: { code: '05' }, temporaryCareNotice: true })).toEqual([
			'CN-2015-159',
			{ code: 'default_papers_say_rescued', basis: '05' }
		]);
		expect(choose({ ...rescued, temporaryCareNotice: true })[1]).toMatchObject({ code: 'by_basis' });
	});

	it('names kinds of children that some policy of this country is made for, by codes that the table has', () => {
		const codes = codeTables.admissionBasis.map(({ code }) => code);
		for (const [code, kind] of Object.entries(kindOfBasis)) {
			expect(codes).toContain(code);
			expect(policies.filter((policy) => policy.jurisdiction === 'CN').flatMap(({ appliesTo }) => appliesTo)).toContain(
				kind
			);
		}
	});

	it('has the additions of Shanghai where a house of Shanghai has the child, from their first day on', () => {
		const inShanghai = (startedOn: string) =>
			policyFor({ ...rescued, region: '310104', startedOn: civilDate(startedOn) }, builtInRules);
		expect(inShanghai('2024-12-31')).toMatchObject({
			policy: { id: 'CN-SH-2025' },
			region: '310104',
			notYetInForce: []
		});
		const before = inShanghai('2024-12-30');
		expect(before.policy.id).toBe('CN-2015-159');
		expect(before.region).toBeUndefined();
		expect(before.notYetInForce).toEqual([{ id: 'CN-SH-2025', effectiveFrom: '2024-12-31' }]);
		expect(policyFor({ ...rescued, region: '530600' }, builtInRules)).toMatchObject({
			policy: { id: 'CN-2015-159' },
			notYetInForce: []
		});
	});

	it('has no additions of Shanghai for a foundling: they lie over the policy of rescued children alone', () => {
		const chosen = policyFor({ ...rescued, basis: { code: '05' }, region: '310000' }, builtInRules);
		expect(chosen.policy.id).toBe('CN-FOUNDLING-2023');
	});

	it('counts children of earlier years back under the policy of 2015', () => {
		expect(choose({ ...rescued, startedOn: civilDate('2013-05-02') })).toEqual([
			'CN-2015-159',
			{ code: 'counted_back', basis: '04', effectiveFrom: '2015-08-20' }
		]);
	});

	it('is never one of another country', () => {
		for (const { code } of codeTables.admissionBasis) {
			const { policy } = policyFor({ ...rescued, basis: { code } }, builtInRules);
			expect(policy.jurisdiction).toMatch(/^CN/);
		}
	});

	it('is a newer one for children whose care began under it, and the older one for those before', () => {
		const rules = withPolicies([
			{ ...fileEntry('CN-2015-159'), id: 'CN-2027-1', effectiveFrom: '2027-07-01', effectiveFromBasis: undefined }
		]);
		const startingOn = (startedOn: PolicyGround['startedOn']) => policyFor({ ...rescued, startedOn }, rules).policy.id;
		expect(startingOn(civilDate('2027-06-30'))).toBe('CN-2015-159');
		expect(startingOn(civilDate('2027-07-01'))).toBe('CN-2027-1');
		// Loaded before its first day, it must not reach a child whose day is not recorded yet.
		expect(startingOn(undefined)).toBe('CN-2015-159');
	});

	it('takes the additions of the closest place, and of those the newest', () => {
		const shanghai = fileEntry('CN-SH-2025');
		const rules = withPolicies([
			{ ...shanghai, id: 'CN-SH-2026', effectiveFrom: '2026-01-01' },
			{ ...shanghai, id: 'CN-SH-XUHUI', jurisdiction: 'CN-310104', effectiveFrom: '2025-06-01' }
		]);
		const at = (region: string, startedOn: string) =>
			policyFor({ ...rescued, region, startedOn: civilDate(startedOn) }, rules).policy.id;
		expect(at('310101', '2025-07-01')).toBe('CN-SH-2025');
		expect(at('310101', '2026-01-01')).toBe('CN-SH-2026');
		expect(at('310104', '2026-01-01')).toBe('CN-SH-XUHUI');
		expect(at('310104', '2025-01-01')).toBe('CN-SH-2025');
	});
});

describe('ages that changed', () => {
	const { adult, consent } = policies[0]?.ages ?? {};

	it.each([
		['2020-12-31', 14, 10],
		['2021-01-01', 18, 8]
	])('on %s an adoptee was below %i and consented from %i on', (day, adultYears, consentYears) => {
		expect(ageOn(adult, civilDate(day))?.years).toBe(adultYears);
		expect(ageOn(consent, civilDate(day))?.years).toBe(consentYears);
	});

	it('carry the certainty of their own source', () => {
		expect(ageOn(adult, civilDate('2015-09-01'))?.basis.certainty).toBe('secondary');
		expect(ageOn(adult, civilDate('2026-09-01'))?.basis.certainty).toBe('verified');
	});

	it('close a hold by the law of the day: fifteen was of age in 2020, and is not since 2021', () => {
		const [china] = policies;
		if (!china) throw new Error('no policy');
		const born = { earliest: civilDate('2005-03-01'), latest: civilDate('2005-03-01') };
		const on = (today: string) =>
			computeHold({ ...factsOf(handover('2018-05-01'), today), birth: born }, china, builtInRules.chinaRestDays);
		expect(on('2020-12-31')).toMatchObject({ status: 'closed', reason: 'aged_out', on: '2019-03-01' });
		expect(on('2021-01-01').status).toBe('elapsed');
		expect(on('2023-03-01')).toMatchObject({ status: 'closed', reason: 'aged_out', on: '2023-03-01' });
	});
});

describe('loaded files', () => {
	it('that are none leave the rules of the program', () => {
		expect(rulesWith({ policies: [], restDays: [] })).toEqual({ ok: true, value: builtInRules });
	});

	it('replace a policy in its place, and the overlays of the program lie over the new base', () => {
		const base = fileEntry('CN-2015-159');
		const longer = {
			...base,
			clocks: base.clocks?.map((clock) => (clock.id === 'hold' ? { ...clock, amount: 18 } : clock))
		};
		const rules = withPolicies([longer]);
		expect(rules.policies.map(({ id }) => id)).toEqual(policies.map(({ id }) => id));
		for (const id of ['CN-2015-159', 'CN-SH-2025']) {
			const policy = rules.policies.find((each) => each.id === id);
			expect(policy?.clocks.find((clock) => clock.id === 'hold')?.amount).toBe(18);
		}
	});

	it('add years of rest days, and a later table replaces the year of an earlier one', () => {
		const year = (rest: string) => ({ calendar: 'CN', source: 'test', years: { 2027: { rest, work: '' } } });
		const rules = rulesWith({ policies: [], restDays: [year('01-01'), year('01-01 04-05')] });
		if (!rules.ok) throw new Error('refused');
		expect(rules.value.chinaRestDays.years.at(-1)).toBe(2027);
		const { policy, restDays } = policyFor(rescued, rules.value);
		const [, , , hold] = computeHold(
			factsOf([event('police_handover', '2026-04-05')], '2026-05-01'),
			policy,
			restDays
		).clocks;
		expect(hold).toMatchObject({ raw: '2027-04-05', lastDay: '2027-04-06', provisional: false });
	});

	it('with a fault are refused, with its kind and place', () => {
		expect(
			rulesWith({ policies: [{ schema: 'lampkeep-policies/1', policies: [{ id: 'x' }] }], restDays: [] })
		).toMatchObject({
			error: { kind: 'policies', problem: { type: 'not_a_policy_file' } }
		});
		const twice = { schema: 'lampkeep-policies/1', policies: [fileEntry('CN-2015-159'), fileEntry('CN-2015-159')] };
		expect(rulesWith({ policies: [twice], restDays: [] })).toMatchObject({
			error: { problem: { type: 'policy_twice' } }
		});
		const lost = { ...fileEntry('CN-SH-2025'), overlayOf: 'CN-2099' };
		expect(rulesWith({ policies: [{ schema: 'lampkeep-policies/1', policies: [lost] }], restDays: [] })).toMatchObject({
			error: { problem: { type: 'overlay_without_base', overlayOf: 'CN-2099' } }
		});
		const noDay = { calendar: 'CN', source: 'test', years: { 2027: { rest: '02-30', work: '' } } };
		expect(rulesWith({ policies: [], restDays: [noDay] })).toMatchObject({ error: { kind: 'rest_days' } });
	});
});

const rescued: PolicyGround = {
	basis: { code: '04' },
	region: '530600',
	startedOn: civilDate('2026-03-02'),
	temporaryCareNotice: false
};

function choose(ground: PolicyGround) {
	const { policy, because } = policyFor(ground, builtInRules);
	return [policy.id, because];
}

function fileEntry(id: string) {
	const entry = policiesFile.policies.find((each) => each.id === id);
	if (!entry) throw new Error(id);
	return entry;
}

function withPolicies(entries: readonly unknown[]): RulesInForce {
	const file = JSON.parse(JSON.stringify({ schema: 'lampkeep-policies/1', policies: entries })) as unknown;
	const rules = rulesWith({ policies: [file], restDays: [] });
	if (!rules.ok) throw new Error(JSON.stringify(rules.error));
	return rules.value;
}
