import { describe, expect, test } from 'vitest';
import type { ChildId } from '../ids.ts';
import { addDays, civilDate } from '../time.ts';
import type { ClaimEvent, ClaimKind } from './events.ts';
import { familyOptions, familyStatus } from './family-status.ts';

const first = civilDate('2026-11-01');
const due = civilDate('2026-12-01');
const childId = '00000000-0000-7000-8000-00000000c001' as ChildId;
const received: ClaimEvent = { type: 'received', kind: 'claim' };
const plausible: ClaimEvent = { type: 'screened', verdict: 'plausible', knew: ['features'], sampleDue: due };

function status(events: readonly ClaimEvent[], kind: ClaimKind = 'claim') {
	return familyStatus(
		kind,
		events.map((event, index) => ({ number: index + 1, on: addDays(first, index), event }))
	);
}

describe('what a family is told', () => {
	test('nothing before it sent anything', () => {
		expect(status([])).toBeUndefined();
	});

	test('after a linking to a child it is told the same as before', () => {
		const linked: ClaimEvent = { type: 'linked', childId, because: 'notice' };
		expect(status([received, linked])).toEqual(status([received]));
	});

	test('not plausible and asking more are told alike: somebody looks at it', () => {
		const screened = (verdict: 'not_plausible' | 'ask_more'): ClaimEvent => ({ type: 'screened', verdict, knew: [] });
		expect(status([received, screened('not_plausible')])).toEqual(status([received, screened('ask_more')]));
		expect(status([received, screened('ask_more')])?.stage).toBe('looked_at');
	});

	test('plausible: a sample is needed, by when', () => {
		expect(status([received, plausible])).toMatchObject({ stage: 'sample_due', sampleDue: due });
	});

	test('questions stand until the family changed something', () => {
		const asked: ClaimEvent = { type: 'asked', topics: ['loss', 'you', 'not-a-topic'] };
		expect(status([received, asked])?.asked).toEqual(['loss', 'you']);
		expect(status([received, asked, { type: 'amended', version: 2 }])?.asked).toEqual([]);
	});

	test('its sample taken: it is being compared; the child’s sample is not its business', () => {
		const taken = (of: 'family' | 'child'): ClaimEvent => ({ type: 'sample_taken', of, takenOn: first });
		expect(status([received, plausible, taken('child')])?.stage).toBe('sample_due');
		expect(status([received, plausible, taken('family')])).toMatchObject({ stage: 'compared', sampleDue: undefined });
	});

	test('confirmed and excluded are told alike', () => {
		const kinship = (result: 'confirmed' | 'excluded'): ClaimEvent => ({
			type: 'kinship_reported',
			result,
			reference: 'K-1',
			reportedOn: first
		});
		expect(status([received, plausible, kinship('confirmed')])).toEqual(
			status([received, plausible, kinship('excluded')])
		);
	});

	test('a block that lapsed may be appealed once, and is gone when it is restored', () => {
		const lapsed = [received, plausible, { type: 'block_lapsed', dueOn: due }] as const;
		const told = status(lapsed);
		expect(told).toMatchObject({ stage: 'looked_at', lapsed: { dueOn: due, appealed: false } });
		expect(told && familyOptions(told).appeal).toBe(true);
		const appealed = status([...lapsed, { type: 'appealed' }]);
		expect(appealed?.lapsed?.appealed).toBe(true);
		expect(appealed && familyOptions(appealed).appeal).toBe(false);
		const restored = status([...lapsed, { type: 'appealed' }, { type: 'block_restored', sampleDue: due }]);
		expect(restored).toMatchObject({ stage: 'sample_due', sampleDue: due, lapsed: undefined });
	});

	test('every decision is told in the same words', () => {
		const ended = (decision: 'refuse' | 'reunite' | 'fraudulent') =>
			status([
				received,
				{ type: 'decision_proposed', decision, reasons: '—' },
				{ type: 'decision_signed', proposal: 2 }
			]);
		expect(ended('refuse')).toEqual(ended('reunite'));
		expect(ended('fraudulent')).toEqual(ended('reunite'));
		const told = ended('refuse');
		expect(told?.stage).toBe('decided');
		expect(told && familyOptions(told)).toEqual({ amend: false, withdraw: false, appeal: false });
	});

	test('a report refused for one child goes on', () => {
		const report = status(
			[
				{ type: 'received', kind: 'report' },
				{ type: 'decision_proposed', decision: 'refuse', reasons: '—' },
				{ type: 'decision_signed', proposal: 2 }
			],
			'report'
		);
		expect(report?.stage).toBe('looked_at');
		expect(report && familyOptions(report).amend).toBe(true);
	});

	test('a decision sent back is still being prepared', () => {
		expect(
			status([
				received,
				{ type: 'decision_proposed', decision: 'refuse', reasons: '—' },
				{ type: 'decision_returned', proposal: 2 }
			])?.stage
		).toBe('deciding');
	});

	test('withdrawn is withdrawn', () => {
		const told = status([received, plausible, { type: 'withdrawn', by: 'family' }]);
		expect(told).toMatchObject({ stage: 'withdrawn', sampleDue: undefined });
		expect(told && familyOptions(told).withdraw).toBe(false);
	});
});
