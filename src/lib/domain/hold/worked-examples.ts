/**
 * The seventeen worked examples of the rule book's section 9, computed there with the published holidays of 2004 to 2026.
 * Data for the tests, and for whoever wants to see what the engine is held to.
 */
import { civilDate, civilDateAt, type CivilDate } from '../time.ts';
import { lastDay } from './calendar.ts';
import { periodOf } from './clock.ts';
import type { HoldEvent, HoldFacts } from './facts.ts';
import { computeHold } from './hold.ts';
import { defaultPolicyId, policyById, type ClaimEffect, type Policy } from './policy.ts';
import { chinaRestDays } from './rest-days.ts';

export interface WorkedExample {
	readonly number: number;
	readonly title: string;
	/** What the engine says now, in the shape of `expected`. */
	readonly reckon: () => unknown;
	readonly expected: unknown;
}

const china = chinaPolicy();

export const workedExamples: readonly WorkedExample[] = [
	{
		number: 1,
		title: 'handover 2015-09-19, twelve months',
		reckon: () => clock('hold', handover('2015-09-19')),
		expected: dates('2016-09-19', '2016-09-19', '2016-09-20')
	},
	{
		number: 2,
		title: 'handover on 29 February, twelve months to a year without one',
		reckon: () => clock('hold', handover('2024-02-29')),
		expected: dates('2025-02-28', '2025-02-28', '2025-03-01')
	},
	{
		number: 3,
		title: 'handover 2023-02-28, the twelve months end in a leap year',
		reckon: () => clock('hold', handover('2023-02-28')),
		expected: dates('2024-02-28', '2024-02-28', '2024-02-29')
	},
	{
		number: 4,
		title: 'handover 2025-08-31, one month for the temporary proof',
		reckon: () => clock('temp-proof', handover('2025-08-31')),
		expected: dates('2025-09-30', '2025-09-30', '2025-10-01')
	},
	{
		number: 5,
		title: 'handover 2024-08-31, the twelve months end on a Sunday',
		reckon: () => clock('hold', handover('2024-08-31')),
		expected: dates('2025-08-31', '2025-09-01', '2025-09-02')
	},
	{
		number: 6,
		title: 'three months to the end of February, in a leap year and on a make-up workday',
		reckon: () => ['2023-11-30', '2025-11-30'].map((start) => threeMonths(civilDate(start))),
		expected: [
			{ raw: '2024-02-29', lastDay: '2024-02-29', provisional: false },
			{ raw: '2026-02-28', lastDay: '2026-02-28', provisional: false }
		]
	},
	{
		number: 7,
		title: 'handover 2025-02-17, the twelve months end in the Spring Festival',
		reckon: () => clock('hold', handover('2025-02-17')),
		expected: dates('2026-02-17', '2026-02-24', '2026-02-25')
	},
	{
		number: 8,
		title: 'handover 2025-10-01, the twelve months end on National Day',
		reckon: () => clock('hold', handover('2025-10-01')),
		expected: dates('2026-10-01', '2026-10-08', '2026-10-09')
	},
	{
		number: 9,
		title: 'notice 2024-09-05, thirty days and seven more',
		reckon: () => noticeAndMove('2024-09-05'),
		expected: [dates('2024-10-05', '2024-10-08', '2024-10-09'), dates('2024-10-15', '2024-10-15', '2024-10-16')]
	},
	{
		number: 10,
		title: 'notice 2024-03-08, thirty days to a make-up Sunday and seven more',
		reckon: () => noticeAndMove('2024-03-08'),
		expected: [dates('2024-04-07', '2024-04-07', '2024-04-08'), dates('2024-04-14', '2024-04-15', '2024-04-16')]
	},
	{
		number: 11,
		title: 'handover 2025-02-14, the twelve months end on a make-up Saturday',
		reckon: () => clock('hold', handover('2025-02-14')),
		expected: dates('2026-02-14', '2026-02-14', '2026-02-15')
	},
	{
		number: 12,
		title: "registry's notice 2025-12-18, sixty days",
		reckon: () => clock('registration-notice', [event('registry_notice_published', '2025-12-18')]),
		expected: dates('2026-02-16', '2026-02-24', '2026-02-25')
	},
	{
		number: 13,
		title: 'handover 2026-02-14, the twelve months end in a year whose holidays are not published',
		reckon: () => clock('hold', handover('2026-02-14')),
		expected: { ...dates('2027-02-14', '2027-02-15', '2027-02-16'), provisional: true }
	},
	{
		number: 14,
		title: 'handover 2025-03-10, claim 2026-01-20, refused 2026-04-03: blocked, suspended, restarted',
		reckon: () => (['block', 'suspend', 'restart'] as const).map(claimed),
		expected: [
			dates('2026-03-10', '2026-03-10', '2026-03-11'),
			dates('2026-05-22', '2026-05-22', '2026-05-23'),
			{ ...dates('2027-04-03', '2027-04-05', '2027-04-06'), provisional: true }
		]
	},
	{
		number: 15,
		title: 'station 2024-11-30, moved 2025-01-09: the transfer restarts nothing',
		reckon: () => clock('hold', [...handover('2024-11-30'), event('transfer', '2025-01-09')]),
		expected: dates('2025-11-30', '2025-12-01', '2025-12-02')
	},
	{
		number: 16,
		title: 'recorded on a tablet at half past midnight in Shanghai, still the day before in UTC',
		// 2025-02-28T16:30:00Z
		reckon: () => clock('hold', handover(civilDateAt(1_740_760_200_000, 'Asia/Shanghai'))),
		expected: dates('2026-03-01', '2026-03-02', '2026-03-03')
	},
	{
		number: 17,
		title: 'the full chain from the handover 2024-02-29',
		reckon: () => {
			const chain = [
				...handover('2024-02-29'),
				...notice('2024-03-08'),
				event('certificate_received', '2025-03-01'),
				event('registry_notice_published', '2025-03-01')
			];
			return ['temp-proof', 'search-notice', 'hold', 'registration-notice'].map((id) => clock(id, chain));
		},
		expected: [
			dates('2024-03-29', '2024-03-29', '2024-03-30'),
			dates('2024-04-07', '2024-04-07', '2024-04-08'),
			dates('2025-02-28', '2025-02-28', '2025-03-01'),
			dates('2025-04-30', '2025-04-30', '2025-05-01')
		]
	}
];

/** CN-2015-159 with another effect of claims on the hold. */
export function withClaimEffect(effect: ClaimEffect, policy: Policy = china): Policy {
	return {
		...policy,
		clocks: policy.clocks.map((rule) => (rule.id === policy.holdClock ? { ...rule, claimEffect: effect } : rule))
	};
}

/** The facts of a child about whom nothing but these events is recorded. */
export function factsOf(events: readonly HoldEvent[], today: string): HoldFacts {
	return {
		today: civilDate(today),
		firstReceiver: 'rescue_station',
		events,
		documents: [],
		claims: [],
		dna: { state: 'none' },
		unknownEntries: false
	};
}

export function event(type: HoldEvent['type'], date: string): HoldEvent {
	return { type, date: civilDate(date) };
}

export function handover(date: string): readonly HoldEvent[] {
	return [event('police_handover', date)];
}

/** A search notice that appeared on both channels on one day. */
export function notice(date: string): readonly HoldEvent[] {
	return [
		{ type: 'notice_published', channel: 'newspaper', date: civilDate(date) },
		{ type: 'notice_published', channel: 'national_platform', date: civilDate(date) }
	];
}

function chinaPolicy(): Policy {
	const policy = policyById(defaultPolicyId);
	if (!policy.ok) throw new Error(`There is no policy ${defaultPolicyId}`);
	return policy.value;
}

function clock(id: string, events: readonly HoldEvent[]): unknown {
	return clockOf(factsOf(events, '2026-11-22'), china, id);
}

function claimed(effect: ClaimEffect): unknown {
	const facts: HoldFacts = {
		...factsOf(handover('2025-03-10'), '2026-11-22'),
		claims: [{ id: 'claim', openedOn: civilDate('2026-01-20'), closedOn: civilDate('2026-04-03'), outcome: 'refused' }]
	};
	return clockOf(facts, withClaimEffect(effect), 'hold');
}

function noticeAndMove(date: string): unknown {
	return ['search-notice', 'station-handover'].map((id) => clock(id, notice(date)));
}

function threeMonths(start: CivilDate): unknown {
	return lastDay({ start, amount: 3, unit: 'months' }, china.calendar, chinaRestDays);
}

function clockOf(facts: HoldFacts, policy: Policy, id: string): unknown {
	const found = computeHold(facts, policy, chinaRestDays).clocks.find((candidate) => candidate.id === id);
	const period = found && periodOf(found);
	if (!period) return found?.status;
	const { raw, lastDay: last, openFrom, provisional } = period;
	return { raw, lastDay: last, openFrom, provisional };
}

function dates(raw: string, last: string, openFrom: string): Record<string, unknown> {
	return { raw, lastDay: last, openFrom, provisional: false };
}
