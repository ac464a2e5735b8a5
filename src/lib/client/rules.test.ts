import { expect, it } from 'vitest';
import policiesFile from '#lib/domain/hold/data/policies.json' with { type: 'json' };
import { builtInRules } from '#lib/domain/hold/rules.ts';
import type { RosterRules } from '#lib/sync/protocol.ts';
import { rulesOnTablet } from './rules.ts';

const restDays = { calendar: 'CN', source: 'a test', years: { 2027: { rest: '01-01', work: '' } } };
const base = policiesFile.policies.find(({ id }) => id === 'CN-2015-159');
const policies = {
	schema: 'lampkeep-policies/1',
	policies: [{ ...base, clocks: base?.clocks.map((clock) => (clock.id === 'hold' ? { ...clock, amount: 18 } : clock)) }]
};
let n = 0;
const sent = (rules: Omit<RosterRules, 'sha256'>) =>
	({ ...rules, sha256: String(++n).padStart(64, '0') }) as RosterRules;

it('a tablet whose registry loaded nothing reckons by the rules of its program', () => {
	expect(rulesOnTablet(undefined)).toEqual({ rules: builtInRules, unreadable: false });
});

it('the registry’s rules lie over those of the program', () => {
	const { rules, unreadable } = rulesOnTablet(sent({ policies, restDays }));
	expect(unreadable).toBe(false);
	expect(rules.chinaRestDays.years.at(-1)).toBe(2027);
	for (const id of ['CN-2015-159', 'CN-SH-2025']) {
		const policy = rules.policies.find((each) => each.id === id);
		expect(policy?.clocks.find((clock) => clock.id === 'hold')?.amount).toBe(18);
	}
});

it('what a newer registry sends and this program cannot read is left out, the rest counts', () => {
	const newer = { ...policies, schema: 'lampkeep-policies/2' };
	const half = rulesOnTablet(sent({ policies: newer, restDays }));
	expect(half.unreadable).toBe(true);
	expect(half.rules.policies).toEqual(builtInRules.policies);
	expect(half.rules.chinaRestDays.years.at(-1)).toBe(2027);
	const nothing = rulesOnTablet(sent({ policies: 'nonsense', restDays: [] }));
	expect(nothing).toEqual({ rules: builtInRules, unreadable: true });
});
