import { expect, test } from 'vitest';
import { chinaRestDays } from '../hold/rest-days.ts';
import { event, factsOf } from '../hold/worked-examples.ts';
import { policyById } from '../hold/policy.ts';
import { civilDate } from '../time.ts';
import { claimArithmetic } from './arithmetic.ts';

const policy = policyById('CN-2015-159');
if (!policy.ok) throw new Error('no policy');
const china = policy.value;
const facts = (today: string, claims: Parameters<typeof factsOf>[0] = []) =>
	factsOf([event('police_handover', '2025-03-10'), ...claims], today);

test('handed over on 2025-03-10, claimed on 2026-01-20, refused on 2026-04-03: rule book 9, example 14', () => {
	const claims = [
		{ id: 'a', openedOn: civilDate('2026-01-20'), closedOn: civilDate('2026-04-03'), outcome: 'refused' as const }
	];
	expect(claimArithmetic({ ...facts('2026-04-10'), claims }, china, chinaRestDays)).toMatchObject({
		start: '2025-03-10',
		withoutClaims: '2026-03-10',
		effects: [
			{ effect: 'block', inForce: true, lastDay: '2026-03-10', later: 0 },
			{ effect: 'suspend', inForce: false, lastDay: '2026-05-22', later: 73 },
			{ effect: 'restart', inForce: false, lastDay: '2027-04-05', provisional: true }
		]
	});
});

test('while the claim is open the last day moves under suspend and restart with every day, and never under block', () => {
	const claims = [{ id: 'a', openedOn: civilDate('2026-01-20') }];
	const lastDays = (today: string) =>
		claimArithmetic({ ...facts(today), claims }, china, chinaRestDays)?.effects.map(({ lastDay }) => lastDay);
	expect(lastDays('2026-02-02')).toEqual(['2026-03-10', '2026-03-23', '2027-02-02']);
	expect(lastDays('2026-02-03')).toEqual(['2026-03-10', '2026-03-24', '2027-02-03']);
});

test('a hold that has not begun has no last day to move', () => {
	expect(claimArithmetic(factsOf([], '2026-04-10'), china, chinaRestDays)).toBeUndefined();
});
