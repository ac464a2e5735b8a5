import { rulesWith, type RulesInForce } from '#lib/domain/hold/rules.ts';
import { isOperatorError } from '#lib/server/operator-error.ts';
import { describe, expect, it } from 'vitest';
import { holdCommand, usage } from './hold.ts';

interface Answer {
	status: string;
	lastDay?: string;
	halted?: unknown;
	clocks: {
		id: string;
		rule: string;
		start: string;
		raw: string;
		lastDay: string;
		status: string;
		provisional: boolean;
	}[];
	conditions: { id: string; status: string; reason: string; source: string; certainty: string; code: string }[];
	blockers: { code: string; reason: string; source: string; certainty: string }[];
	contradictions: { code: string; reason: string }[];
}

const chain = {
	policy: 'CN-2015-159',
	today: '2025-03-10',
	events: [
		{ type: 'police_handover', date: '2024-02-29', to: 'rescue_station' },
		{ type: 'notice_published', channel: 'newspaper', date: '2024-03-08' },
		{ type: 'notice_published', channel: 'national_platform', date: '2024-03-07' },
		{ type: 'transfer', date: '2024-04-10' },
		{ type: 'dna_collected', date: '2024-03-01' },
		{ type: 'dna_in_database', date: '2024-03-20' },
		{ type: 'registry_notice_published', date: '2025-03-01' }
	],
	documents: [
		{ code: 'DOC-B', number: '1', date: '2024-03-29' },
		{ code: 'DOC-E', number: '2', date: '2024-05-01' },
		{ code: 'DOC-C', number: '3', date: '2025-03-01', originalSeenBy: '王敏' }
	],
	claims: []
};

describe('lampkeep hold', () => {
	it('answers every clock with start, raw, last day and status', () => {
		const { clocks } = answer(chain);
		const dates = clocks.map(({ rule, start, raw, lastDay, status }) => [rule, start, raw, lastDay, status]);
		expect(dates).toEqual([
			['K1', '2024-02-29', '2024-03-29', '2024-03-29', 'met'],
			['K2', '2024-03-08', '2024-04-07', '2024-04-07', 'elapsed'],
			['K3', '2024-04-07', '2024-04-14', '2024-04-15', 'met'],
			['K5', '2024-02-29', '2025-02-28', '2025-02-28', 'elapsed'],
			['K7', '2025-03-01', '2025-04-30', '2025-04-30', 'running'],
			['K8', null, null, null, 'not_started']
		]);
	});

	it('says certified when all is there, and what is missing when it is not', () => {
		expect(answer(chain)).toMatchObject({ status: 'certified', blockers: [], contradictions: [] });
		const bare = answer({ today: '2025-03-10', events: [{ type: 'police_handover', date: '2024-02-29' }] });
		expect(bare.status).toBe('elapsed');
		expect(bare.blockers.map(({ code }) => code)).toEqual([
			'dna_missing',
			'document_missing:DOC-B',
			'document_missing:DOC-E',
			'document_missing:DOC-C',
			'notice_not_published'
		]);
	});

	it('gives every condition and blocker its reason in words and its source', () => {
		const { conditions, blockers } = answer({ ...chain, documents: [], flags: ['court case'], unknownEntries: true });
		expect(blockers.map(({ code }) => code)).toContain('court_case');
		for (const { reason, source, certainty } of [...conditions, ...blockers]) {
			expect(reason).toMatch(/^[A-Z].{5,}/);
			expect(reason).not.toMatch(/[{}]|undefined/);
			expect(source).not.toBe('');
			expect(['verified', 'secondary', 'inferred', 'recalled', 'unknown']).toContain(certainty);
		}
	});

	it.each([
		['block', '2026-03-10', '2026-03-10', false],
		['suspend', '2026-05-22', '2026-05-22', false],
		['restart', '2027-04-03', '2027-04-05', true]
	])('reckons a refused claim under %s', (claimEffect, raw, lastDay, provisional) => {
		const { clocks } = answer({
			policy: { id: 'CN-2015-159', claimEffect },
			today: '2026-04-10',
			events: [{ type: 'handover', date: '2025-03-10', to: 'station' }],
			claims: [{ filed: '2026-01-20', decided: '2026-04-03', outcome: 'rejected' }]
		});
		expect(clocks.find(({ id }) => id === 'hold')).toMatchObject({ raw, lastDay, provisional });
	});

	it('is halted by a claim without a decision, by either spelling', () => {
		for (const claim of [
			{ id: 'c', openedOn: '2025-02-01' },
			{ id: 'c', filed: '2025-02-01', decided: null }
		]) {
			const halted = answer({ ...chain, claims: [claim] });
			expect(halted).toMatchObject({ status: 'elapsed', halted: { effect: 'block', claims: ['c'] } });
			expect(halted.blockers.map(({ code }) => code)).toEqual(['open_claim']);
		}
	});

	it('takes the first of several hand-overs for the start and the others for moves', () => {
		const { clocks } = answer({
			today: '2025-12-05',
			events: [
				{ type: 'handover', date: '2025-01-09', to: 'welfare_institution' },
				{ type: 'handover', date: '2024-11-30', to: 'rescue_station' }
			]
		});
		expect(clocks.find(({ id }) => id === 'hold')).toMatchObject({
			start: '2024-11-30',
			raw: '2025-11-30',
			lastDay: '2025-12-01'
		});
	});

	it('understands words as people write them', () => {
		const loose = answer({
			...chain,
			events: chain.events.map((event) => ({ ...event, type: event.type.replaceAll('_', '-') })),
			documents: chain.documents.map((document) => ({ ...document, code: document.code.replace('DOC-', 'doc ') }))
		});
		expect(loose).toEqual(answer(chain));
	});

	it('reckons under other policies too', () => {
		const vietnam = answer({
			policy: 'VN-AL-2010',
			today: '2025-06-01',
			events: [{ type: 'commune_posting', date: '2025-01-01' }]
		});
		expect(vietnam).toMatchObject({ status: 'elapsed', lastDay: '2025-03-02' });
	});

	it('chooses the policy by basis and region where none is named, and says why', () => {
		const child = {
			...chain,
			policy: undefined,
			events: [{ type: 'police_handover', date: '2026-03-02' }],
			documents: []
		};
		const policyAndReason = (more: object) => {
			const { policy, policyBecause, policiesNotYetInForce } = JSON.parse(
				holdCommand(JSON.stringify({ ...child, ...more }))
			) as Record<string, unknown>;
			return [policy, policyBecause, policiesNotYetInForce];
		};
		expect(policyAndReason({ basis: '04', region: '310104' })).toEqual([
			'CN-SH-2025',
			{
				code: 'by_basis',
				basis: '04',
				kind: 'rescued_trafficked',
				reason: expect.stringContaining('310104') as string
			},
			[]
		]);
		expect(policyAndReason({ basis: '05' })).toMatchObject(['CN-FOUNDLING-2023', { code: 'by_basis' }, []]);
		expect(policyAndReason({ basis: '05', documents: [{ code: 'DOC-A' }] })).toMatchObject([
			'CN-2015-159',
			{ code: 'default_papers_say_rescued' },
			[]
		]);
		const early = [{ type: 'police_handover', date: '2024-03-04' }];
		expect(policyAndReason({ basis: '04', region: '310104', events: early })).toMatchObject([
			'CN-2015-159',
			{ code: 'by_basis' },
			[{ id: 'CN-SH-2025', effectiveFrom: '2024-12-31' }]
		]);
		expect(policyAndReason({})).toEqual(['CN-2015-159', undefined, undefined]);
	});

	it('reckons example 14 anew under a table of 2027: the restarted hold rolls over 清明', () => {
		const claimed = {
			policy: { id: 'CN-2015-159', claimEffect: 'restart' },
			today: '2026-11-22',
			events: [{ type: 'police_handover', date: '2025-03-10' }],
			claims: [{ filed: '2026-01-20', decided: '2026-04-03', outcome: 'refused' }]
		};
		const holdUnder = (rules?: RulesInForce) => {
			const { clocks } = JSON.parse(holdCommand(JSON.stringify(claimed), rules)) as Answer;
			const hold = clocks.find(({ id }) => id === 'hold');
			return [hold?.raw, hold?.lastDay, hold?.provisional];
		};
		expect(holdUnder()).toEqual(['2027-04-03', '2027-04-05', true]);
		const published = {
			calendar: 'CN',
			source: 'a test',
			years: { 2027: { rest: '01-01 04-03 04-04 04-05 05-01 10-01 10-02 10-03', work: '' } }
		};
		const rules = rulesWith({ policies: [], restDays: [published] });
		if (!rules.ok) throw new Error('refused');
		expect(holdUnder(rules.value)).toEqual(['2027-04-03', '2027-04-06', false]);
	});

	it('shows an example in its help that works', () => {
		const [, input] = /echo '(.*)' \|/.exec(usage) ?? [];
		expect(JSON.parse(holdCommand(input ?? ''))).toMatchObject({ status: 'elapsed', lastDay: '2025-02-28' });
	});

	it.each([
		['[]', /^standard input: must be an object/],
		['{}', /^today: is missing/],
		['{"today":"2025-02-30"}', /^today: must be a day that exists/],
		['{"today":"2025-02-28","policy":"NP-1"}', /^policy: there is no policy "NP-1"; use one of CN-2015-159/],
		['{"today":"2025-02-28","events":{}}', /^events: must be a list/],
		['{"today":"2025-02-28","events":[{"type":"born","date":"2025-01-01"}]}', /^events\[0\]\.type: must be one of/],
		['{"today":"2025-02-28","events":[{"type":"rescued"}]}', /^events\[0\]\.date: is missing/],
		['{"today":"2025-02-28","documents":[{"code":"DOC-Z"}]}', /^documents\[0\]\.code: must be DOC-A to DOC-M/],
		['{"today":"2025-02-28","claims":[{}]}', /^claims\[0\]\.openedOn: is missing/],
		[
			'{"today":"2025-02-28","claims":[{"filed":"2025-01-01","outcome":"refused"}]}',
			/^claims\[0\]\.closedOn: is missing/
		],
		[
			'{"today":"2025-02-28","claims":[{"filed":"2025-01-01","decided":"2025-01-02","outcome":"maybe"}]}',
			/^claims\[0\]\.outcome: must be one of: refused/
		],
		['{"today":"2025-02-28","basis":"4"}', /^basis: must be one of: 04, 03/],
		['{"today":"2025-02-28","region":"Shanghai"}', /^region: must have six digits/],
		['{"today":"2025-02-28","birth":"2025-13-01"}', /^birth: must be YYYY-MM-DD/]
	])('refuses %s with a sentence', (input, sentence) => {
		expect(refusalOf(() => holdCommand(input))).toMatch(sentence);
	});
});

function answer(child: unknown): Answer {
	return JSON.parse(holdCommand(JSON.stringify(child)));
}

function refusalOf(action: () => unknown): string {
	try {
		action();
	} catch (error) {
		if (isOperatorError(error)) return error.message;
		throw error;
	}
	return 'not refused';
}
