import type { Blocker } from '#lib/domain/hold/blockers.ts';
import type { Contradiction } from '#lib/domain/hold/contradictions.ts';
import type { HoldFacts } from '#lib/domain/hold/facts.ts';
import { computeHold, type Hold } from '#lib/domain/hold/hold.ts';
import { policies } from '#lib/domain/hold/policy.ts';
import { restDaysFor } from '#lib/domain/hold/rest-days.ts';
import { event, factsOf, handover, notice } from '#lib/domain/hold/worked-examples.ts';
import { civilDate } from '#lib/domain/time.ts';
import { describe, expect, it } from 'vitest';
import * as words from './hold.ts';
import { locales, translator, type Message } from './message.ts';

describe('the words of the hold', () => {
	it('are there in both languages, and neither leaks into the other', () => {
		const sentences = Object.values(words).flatMap((part) => (typeof part === 'function' ? [] : messagesIn(part)));
		expect(sentences.length).toBeGreaterThan(150);
		for (const [zh, en] of [
			...sentences,
			...policies.flatMap(({ title, clocks }) => [title, ...clocks.map((clock) => clock.title)])
		]) {
			expect(zh).toMatch(/[\p{Script=Han}，、]/u);
			expect(en).not.toMatch(/\p{Script=Han}/u);
			expect(placeholders(en)).toEqual(placeholders(zh));
		}
	});

	it('never say from when a child may be adopted', () => {
		const sentences = Object.values(words).flatMap((part) => (typeof part === 'function' ? [] : messagesIn(part)));
		for (const [zh, en] of sentences) {
			expect(en).not.toMatch(/(adoptable|may be adopted|can be adopted) (from|on|since)/i);
			expect(zh).not.toMatch(/\{date\}.*(可以|可)(送养|收养)/);
		}
	});

	it.each(locales)('leave no placeholder open and no word out (%s)', (locale) => {
		const t = translator(locale);
		for (const [hold, policy] of holdsOfEveryKind()) {
			const said = [
				...hold.conditions.map(({ because }) => words.conditionSentence(because, policy, t)),
				...hold.blockers.map((blocker) => words.blockerSentence(blocker, policy, t)),
				...hold.contradictions.map((contradiction) => words.contradictionSentence(contradiction, t)),
				...hold.clocks.flatMap((clock) =>
					clock.status === 'not_started' ? [words.notStartedSentence(clock.because, policy, t)] : []
				),
				t(words.holdStatusName(hold))
			];
			for (const sentence of said) {
				expect(sentence).not.toMatch(/[{}]|undefined/);
				expect(sentence.length).toBeGreaterThan(1);
			}
		}
	});

	it('cover every blocker and contradiction the histories above can show', () => {
		const holds = holdsOfEveryKind().map(([hold]) => hold);
		const blockers = new Set<Blocker['code']>(holds.flatMap((hold) => hold.blockers.map(({ code }) => code)));
		const contradictions = new Set<Contradiction['code']>(
			holds.flatMap((hold) => hold.contradictions.map(({ code }) => code))
		);
		expect(blockers.size).toBe(14);
		expect(contradictions.size).toBe(16);
	});
});

function messagesIn(part: unknown): Message[] {
	if (Array.isArray(part)) return [part as unknown as Message];
	return Object.values(part as Record<string, Message>);
}

function placeholders(sentence: string): string[] {
	return [...new Set([...sentence.matchAll(/\{([a-zA-Z]+)/g)].map(([, name]) => name ?? ''))].sort();
}

/** Between them they show every clock state, condition, blocker and contradiction. */
function holdsOfEveryKind(): readonly (readonly [Hold, (typeof policies)[number]])[] {
	const date = civilDate;
	const birth = { earliest: date('2007-05-01'), latest: date('2030-05-01') };
	const contrary: HoldFacts = {
		...factsOf(
			[
				event('rescued', '2024-03-10'),
				...handover('2006-03-01'),
				...handover('2024-03-05'),
				...handover('0203-03-05'),
				...notice('2024-03-01'),
				event('transfer', '2024-03-02'),
				event('registry_notice_published', '2024-03-08'),
				event('application', '2027-04-04')
			],
			'2026-11-22'
		),
		birth,
		documents: [
			{ code: 'DOC-B', number: '7' },
			{ code: 'DOC-C', number: '7', date: date('2024-03-09') }
		],
		claims: [
			{ id: 'a', openedOn: date('2024-06-01') },
			{ id: 'b', openedOn: date('2024-06-01'), closedOn: date('2024-05-01') },
			{ id: 'c', openedOn: date('2024-07-01'), closedOn: date('2024-08-01'), outcome: 'kin_confirmed' }
		],
		dna: { state: 'typed', openCandidates: ['hit'] },
		flags: ['police_hold', 'court_case', 'duplicate_suspected', 'identity_changed_since_publication'],
		unknownEntries: true
	};
	const late = factsOf([...handover('2026-02-14'), event('certificate_received', '2026-03-01')], '2026-11-22');
	const closed = factsOf(
		[...handover('2024-02-29'), event('adopted', '2024-05-01'), event('transfer', '2024-06-01')],
		'2026-11-22'
	);
	const unborn = { ...late, birth: { earliest: date('2026-06-01'), latest: date('2026-06-01') } };
	return policies.flatMap((policy) =>
		[contrary, late, closed, unborn, factsOf([], '2026-11-22')].map(
			(facts) => [computeHold(facts, policy, restDaysFor(policy.calendar)), policy] as const
		)
	);
}
