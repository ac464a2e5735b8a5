import { describe, expect, it } from 'vitest';
import { documentCodes } from '../document/document.ts';
import policiesFile from './data/policies.json' with { type: 'json' };
import { documentRules } from './documents.ts';
import { certainties, policies, policyById, policySchema, readPolicies, type Policy } from './policy.ts';

describe('the policies', () => {
	it('are the nine of the rule book', () => {
		expect(policies.map((policy) => policy.id)).toEqual([
			'CN-2015-159',
			'CN-FOUNDLING-2023',
			'CN-SH-2025',
			'IN-JJA-2015',
			'ZA-CA-2005',
			'PH-RA9523',
			'KE-CA-2022',
			'VN-AL-2010',
			'INT-EMERGENCY-2Y'
		]);
	});

	it('say of every clock and condition where it comes from and how sure that is', () => {
		for (const policy of policies) {
			for (const { basis } of [...policy.clocks, ...policy.conditions]) {
				expect(certainties).toContain(basis.certainty);
				expect(basis.source.length).toBeGreaterThan(3);
			}
			for (const clock of policy.clocks) {
				expect(clock.start.basis.source.length).toBeGreaterThan(3);
				if (clock.claimEffect) expect(clock.claimEffectBasis?.certainty).toBe('inferred');
			}
		}
	});

	it('of CN-2015-159 have the amounts of the notice and the measures', () => {
		const amounts = china().clocks.map(({ rule, kind, amount, unit, basis }) => [
			rule,
			kind,
			amount,
			unit,
			basis.certainty
		]);
		expect(amounts).toEqual([
			['K1', 'deadline', 1, 'months', 'secondary'],
			['K2', 'notice', 30, 'days', 'secondary'],
			['K3', 'deadline', 7, 'days', 'secondary'],
			['K5', 'waiting', 12, 'months', 'secondary'],
			['K7', 'notice', 60, 'days', 'verified'],
			['K8', 'deadline', 30, 'days', 'verified']
		]);
	});

	it('of a province lie over those of the country: its clocks join, the rest stays', () => {
		const shanghai = known('CN-SH-2025');
		expect(shanghai.clocks.map((clock) => clock.id)).toEqual([
			...china().clocks.map((clock) => clock.id),
			'police-final-conclusion',
			'temporary-guardianship-cap'
		]);
		expect(shanghai.jurisdiction).toBe('CN-31');
		expect(shanghai.timeZone).toBe('Asia/Shanghai');
		expect(shanghai.conditions).toEqual(china().conditions);
		expect(shanghai.effectiveFrom).toBe('2024-12-31');
	});

	it('that nobody knows are refused with those that are known', () => {
		expect(policyById('NP-1')).toEqual({
			ok: false,
			error: { type: 'unknown_policy', id: 'NP-1', known: policies.map((policy) => policy.id) }
		});
	});
});

describe('a policy file', () => {
	it('with a clock that leans on one below it, or on none, is refused', () => {
		const [hold] = china().clocks.filter((clock) => clock.id === 'hold');
		if (!hold) throw new Error('no hold');
		const faults = (change: Partial<Policy>) =>
			policySchema.safeParse({ ...china(), ...change }).error?.issues.map((issue) => issue.message) ?? [];
		expect(faults({})).toEqual([]);
		expect(faults({ holdClock: 'nothing' })).toHaveLength(1);
		expect(faults({ holdClock: 'station-handover' })).toHaveLength(1);
		expect(faults({ clocks: [hold, hold] })[0]).toMatch(/twice/);
		const moved = china().clocks.filter((clock) => clock.id !== 'search-notice');
		expect(faults({ clocks: moved })[0]).toMatch(/station-handover starts after search-notice/);
	});

	it('that is not one is refused with the place of the fault', () => {
		expect(readPolicies({ schema: 'lampkeep-policies/1' })).toMatchObject({ error: { type: 'not_a_policy_file' } });
		const twice = { ...policiesFile, policies: [...policiesFile.policies, policiesFile.policies[0]] };
		expect(readPolicies(twice)).toEqual({ ok: false, error: { type: 'policy_twice', id: 'CN-2015-159' } });
		const orphan = { ...policiesFile, policies: policiesFile.policies.filter((policy) => policy.id !== 'CN-2015-159') };
		expect(readPolicies(orphan)).toEqual({
			ok: false,
			error: { type: 'overlay_without_base', id: 'CN-SH-2025', overlayOf: 'CN-2015-159' }
		});
	});
});

describe('the papers', () => {
	it('all have an issuer and a source', () => {
		expect(Object.keys(documentRules)).toEqual(documentCodes.filter((code) => code !== 'OTHER'));
		for (const rule of Object.values(documentRules)) expect(rule.issuers.length).toBeGreaterThan(0);
	});
});

function china(): Policy {
	return known('CN-2015-159');
}

function known(id: string): Policy {
	const policy = policyById(id);
	if (!policy.ok) throw new Error(id);
	return policy.value;
}
