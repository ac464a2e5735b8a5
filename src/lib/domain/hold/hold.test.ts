import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, civilDate, type CivilDate } from '../time.ts';
import type { BlockerCode } from './blockers.ts';
import { periodOf, type Clock } from './clock.ts';
import type { HoldClaim, HoldDocument, HoldEvent, HoldFacts } from './facts.ts';
import { computeHold, type Hold } from './hold.ts';
import { policyById, type Policy } from './policy.ts';
import { chinaRestDays, readRestDays, restDaysFor } from './rest-days.ts';
import { event, factsOf, handover, notice, withClaimEffect } from './worked-examples.ts';

describe('the hold', () => {
	it('has not started before the police hand the child over', () => {
		const hold = holdOf({ events: [event('rescued', '2025-03-08')] });
		expect(hold).toMatchObject({ status: 'not_started', because: { code: 'fact_missing', fact: 'police_handover' } });
	});

	it('runs from the hand-over, and on its last day still runs', () => {
		const facts = { events: handover('2024-02-29') };
		expect(holdOf(facts, '2024-02-29')).toMatchObject({ status: 'running', daysPassed: 0, daysLeft: 365 });
		expect(holdOf(facts, '2025-02-28')).toMatchObject({ status: 'running', daysPassed: 365, daysLeft: 0 });
		expect(holdOf(facts, '2025-03-01')).toMatchObject({
			status: 'elapsed',
			lastDay: '2025-02-28',
			openFrom: '2025-03-01',
			daysLeft: 0
		});
	});

	it('shows the 243 days passed and 122 left of the child on the wireframe', () => {
		expect(holdOf({ events: handover('2026-03-24') }, '2026-11-22')).toMatchObject({
			status: 'running',
			daysPassed: 243,
			daysLeft: 122,
			lastDay: '2027-03-24',
			provisional: true
		});
	});

	it('is certified by the certificate, dated after the last day, seen in original, with nothing missing', () => {
		expect(holdOf(complete(), '2025-03-01')).toMatchObject({
			status: 'certified',
			certificate: { number: '云公证〔2025〕8号' },
			blockers: []
		});
	});

	it('is not certified by a certificate dated on the last day or before: that is a contradiction', () => {
		const hold = holdOf(complete({ certificate: { date: civilDate('2025-02-28') } }), '2025-03-10');
		expect(hold.status).toBe('elapsed');
		expect(hold.contradictions).toContainEqual({
			code: 'certificate_before_elapsed',
			date: '2025-02-28',
			openFrom: '2025-03-01'
		});
		expect(hold.blockers).toMatchObject([{ code: 'document_missing', document: 'DOC-C', because: 'too_early' }]);
	});

	it.each([
		['its number', { number: undefined }, 'number'],
		['its date', { date: undefined }, 'date'],
		['who saw the original', { originalSeenBy: undefined }, 'original']
	] as const)('is not certified by a certificate without %s', (_, certificate, gap) => {
		const hold = holdOf(complete({ certificate }), '2025-03-10');
		expect(hold.status).toBe('elapsed');
		expect(condition(hold, 'certificate_on_file')).toMatchObject({
			status: 'missing',
			because: { code: 'document_incomplete', missing: [gap] }
		});
	});

	it.each(['DOC-B', 'DOC-E'] as const)('is not certified without %s', (code) => {
		const facts = complete();
		const hold = holdOf({ ...facts, documents: facts.documents.filter((paper) => paper.code !== code) }, '2025-03-10');
		expect(hold.status).toBe('elapsed');
		expect(hold.blockers).toMatchObject([{ code: 'document_missing', document: code, because: 'missing' }]);
	});

	it('is not certified while the search notice still runs, although twelve months have passed', () => {
		const events = [...handover('2024-02-29'), ...notice('2025-02-20')];
		const hold = holdOf({ ...complete(), events }, '2025-03-10');
		expect(hold.status).toBe('elapsed');
		expect(condition(hold, 'notice_elapsed')).toMatchObject({ status: 'waiting', because: { code: 'clock_running' } });
		expect(holdOf({ ...complete(), events }, '2025-04-01').status).toBe('certified');
	});

	it('is never moved by a transfer', () => {
		const before = holdOf({ events: handover('2024-11-30') });
		const after = holdOf({
			events: [...handover('2024-11-30'), event('transfer', '2025-01-09'), event('transfer', '2025-06-01')]
		});
		expect(periodOf(clock(after, 'hold'))).toEqual(periodOf(clock(before, 'hold')));
		expect(periodOf(clock(after, 'hold'))?.startFrom).toEqual({ fact: 'police_handover' });
	});

	it('takes the later of two hand-over dates in dispute, and is blocked until a person settles it', () => {
		const hold = holdOf({ ...complete(), events: [...complete().events, ...handover('2024-03-05')] }, '2025-04-01');
		expect(hold).toMatchObject({ status: 'elapsed', start: '2024-03-05', lastDay: '2025-03-05' });
		expect(hold.blockers).toMatchObject([
			{ code: 'document_missing', document: 'DOC-C', because: 'too_early' },
			{ code: 'date_dispute', dates: ['2024-02-29', '2024-03-05'] }
		]);
		const sameDateTwice = holdOf(
			{ ...complete(), events: [...complete().events, ...handover('2024-02-29')] },
			'2025-04-01'
		);
		expect(sameDateTwice.blockers).toEqual([]);
	});

	it('is never elapsed while the case holds an entry of a newer program', () => {
		const hold = holdOf({ ...complete(), unknownEntries: true }, '2026-01-01');
		expect(hold.status).toBe('running');
		expect(codes(hold)).toContain('unknown_entries');
		expect(condition(hold, 'hold_elapsed')).toMatchObject({
			status: 'waiting',
			because: { code: 'clock_held', heldBy: ['unknown_entries'] }
		});
	});

	it('is never elapsed on a provisional last day', () => {
		const hold = holdOf({ events: handover('2026-02-14') }, '2027-06-01');
		expect(hold).toMatchObject({ status: 'running', daysLeft: 0, provisional: true, lastDay: '2027-02-15' });
		expect(hold.blockers).toContainEqual(
			expect.objectContaining({ code: 'clock_provisional', clock: 'hold', lastDay: '2027-02-15' })
		);
	});

	it.each(['reunited', 'adopted', 'aged_out', 'deceased', 'other_basis'] as const)(
		'is closed when the child is %s',
		(reason) => {
			const hold = holdOf({ events: [...handover('2024-02-29'), event(reason, '2024-09-01')] });
			expect(hold).toMatchObject({ status: 'closed', reason, on: '2024-09-01' });
			expect(codes(hold)).toEqual([]);
		}
	);

	it('opens again when the adoption was dissolved, and closes when the child went home', () => {
		const adopted = [...complete().events, event('adopted', '2025-06-01')];
		const dissolved = [...adopted, event('adoption_dissolved', '2026-01-05')];
		expect(holdOf({ ...complete(), events: adopted }, '2026-02-01').status).toBe('closed');
		expect(holdOf({ ...complete(), events: dissolved }, '2026-02-01').status).toBe('certified');
		expect(
			holdOf({ ...complete(), events: [...dissolved, event('reunited', '2026-01-06')] }, '2026-02-01')
		).toMatchObject({
			status: 'closed',
			reason: 'reunited',
			on: '2026-01-06'
		});
	});

	it('warns from the first day the child can be of age and closes on the last', () => {
		const born = { earliest: civilDate('2007-01-01'), latest: civilDate('2007-12-31') };
		const facts = { ...complete(), birth: born };
		expect(holdOf(facts, '2025-03-05')).toMatchObject({
			status: 'elapsed',
			blockers: [{ code: 'maybe_of_age', from: '2025-01-01', until: '2025-12-31' }]
		});
		expect(holdOf(facts, '2025-12-31')).toMatchObject({ status: 'closed', reason: 'aged_out', on: '2025-12-31' });
		const leapDay = { earliest: civilDate('2016-02-29'), latest: civilDate('2016-02-29') };
		expect(codes(holdOf({ ...complete(), birth: leapDay }, '2034-02-27'))).not.toContain('maybe_of_age');
		expect(holdOf({ ...complete(), birth: leapDay }, '2034-02-28')).toMatchObject({
			status: 'closed',
			on: '2034-02-28'
		});
	});

	it('reads the same whatever order the facts arrived in', () => {
		const facts = complete();
		const all: HoldFacts = {
			...facts,
			events: [
				...facts.events,
				...handover('2024-03-05'),
				event('rescued', '2024-03-04'),
				event('transfer', '2023-01-01')
			],
			documents: [...facts.documents, { code: 'DOC-C', number: '2', date: civilDate('2024-01-01') }],
			claims: [claim('b', '2025-01-01', '2025-01-05'), claim('a', '2025-01-01'), claim('c', '2024-06-01', '2024-05-01')]
		};
		const shuffled = fc.tuple(
			...[all.events, all.documents, all.claims].map((list) =>
				fc.shuffledSubarray([...list] as unknown[], { minLength: list.length })
			)
		);
		fc.assert(
			fc.property(shuffled, ([events, documents, claims]) => {
				const other = { ...all, events, documents, claims } as HoldFacts;
				expect(computeHold(other, china, chinaRestDays)).toEqual(computeHold(all, china, chinaRestDays));
			}),
			{ numRuns: 50 }
		);
	});
});

describe('a claim', () => {
	const filedOnTheLastDay = { ...complete(), claims: [claim('zhang', '2025-02-28')] };

	it('filed on the last day halts the hold and moves no date', () => {
		expect(holdOf(filedOnTheLastDay, '2025-02-28')).toMatchObject({
			status: 'running',
			lastDay: '2025-02-28',
			halted: { effect: 'block', claims: ['zhang'] }
		});
		const day = holdOf(filedOnTheLastDay, '2025-03-10');
		expect(day).toMatchObject({ status: 'elapsed', lastDay: '2025-02-28', halted: { claims: ['zhang'] } });
		expect(day.blockers).toMatchObject([{ code: 'open_claim', claims: [{ id: 'zhang', openedOn: '2025-02-28' }] }]);
	});

	it.each(['refused', 'withdrawn', 'fraudulent', 'lapsed'] as const)('that was %s halts no longer', (outcome) => {
		const claims = [{ ...claim('zhang', '2025-02-28', '2025-03-05'), outcome }];
		const hold = holdOf({ ...complete(), claims }, '2025-03-10');
		expect(hold.status).toBe('certified');
		expect(hold).not.toHaveProperty('halted');
	});

	it('that found the parents forbids the certificate for good', () => {
		const claims: HoldClaim[] = [{ ...claim('zhang', '2025-02-28', '2025-03-05'), outcome: 'kin_confirmed' }];
		const hold = holdOf({ ...complete(), claims }, '2025-03-10');
		expect(hold.status).toBe('elapsed');
		expect(codes(hold)).toEqual(['parents_found']);
		expect(condition(hold, 'no_open_claim')).toMatchObject({ status: 'missing', because: { code: 'parents_found' } });
	});

	it('after the certificate makes it void for use', () => {
		expect(holdOf({ ...complete(), claims: [claim('zhang', '2025-03-20')] }, '2025-03-21').status).toBe('elapsed');
	});

	it('still open under suspend keeps the hold from ever elapsing', () => {
		const suspend = withClaimEffect('suspend');
		const facts = { ...factsOf(handover('2024-02-29'), '2025-06-01'), claims: [claim('zhang', '2025-02-01')] };
		const hold = computeHold(facts, suspend, chinaRestDays);
		expect(hold).toMatchObject({ status: 'running', halted: { effect: 'suspend', claims: ['zhang'] } });
		expect(clock(hold, 'hold')).toMatchObject({ heldBy: ['claim'] });
		expect(clock(hold, 'search-notice').status).toBe('not_started');
	});

	it('under suspend adds its days once where two claims overlap', () => {
		const claims = [claim('zhang', '2024-06-01', '2024-06-11'), claim('li', '2024-06-06', '2024-06-16')];
		const hold = computeHold(
			{ ...factsOf(handover('2024-02-29'), '2026-01-01'), claims },
			withClaimEffect('suspend'),
			chinaRestDays
		);
		expect(periodOf(clock(hold, 'hold'))).toMatchObject({
			raw: '2025-03-15',
			lastDay: '2025-03-17',
			steps: [
				{ step: 'counted', raw: '2025-02-28' },
				{ step: 'suspended', by: { claim: 'zhang' }, days: 10, raw: '2025-03-10' },
				{ step: 'suspended', by: { claim: 'li' }, from: '2024-06-11', days: 5, raw: '2025-03-15' },
				{ step: 'rolled', lastDay: '2025-03-17' }
			]
		});
	});

	it('opened after the last day finds the period complete and moves nothing', () => {
		const claims = [claim('zhang', '2025-03-01', '2025-08-01')];
		for (const effect of ['suspend', 'restart'] as const) {
			const hold = computeHold(
				{ ...factsOf(handover('2024-02-29'), '2026-01-01'), claims },
				withClaimEffect(effect),
				chinaRestDays
			);
			expect(hold).toMatchObject({ status: 'elapsed', lastDay: '2025-02-28' });
		}
	});
});

describe('the clocks', () => {
	it('of a child received by a welfare institution have no move from the station', () => {
		const atStation = holdOf({ events: handover('2024-02-29') });
		expect(atStation.clocks.map(({ rule }) => rule.rule)).toEqual(['K1', 'K2', 'K3', 'K5', 'K7', 'K8']);
		const atInstitution = holdOf({ events: handover('2024-02-29'), firstReceiver: 'welfare_institution' });
		expect(atInstitution.clocks.map(({ rule }) => rule.rule)).toEqual(['K1', 'K2', 'K5', 'K7', 'K8']);
	});

	it('count the notice from the later of newspaper and platform', () => {
		const paper: HoldEvent = { type: 'notice_published', channel: 'newspaper', date: civilDate('2024-03-01') };
		const platform: HoldEvent = {
			type: 'notice_published',
			channel: 'national_platform',
			date: civilDate('2024-03-08'),
			id: 'n1'
		};
		const one = holdOf({ events: [paper] });
		expect(clock(one, 'search-notice')).toMatchObject({
			status: 'not_started',
			because: { channels: ['national_platform'] }
		});
		expect(one.blockers).toContainEqual(
			expect.objectContaining({ code: 'notice_not_published', channels: ['national_platform'] })
		);
		expect(periodOf(clock(holdOf({ events: [paper, platform] }), 'search-notice'))).toMatchObject({
			start: '2024-03-08',
			startFrom: { fact: 'notice_published', channel: 'national_platform', id: 'n1' }
		});
	});

	it('count the notice anew when it was taken down before it had elapsed', () => {
		const down = (date: string): HoldEvent => ({ ...event('notice_taken_down', date), channel: 'national_platform' });
		const again = (date: string): HoldEvent => ({ ...event('notice_published', date), channel: 'national_platform' });
		const start = (...later: HoldEvent[]) =>
			periodOf(clock(holdOf({ events: [...notice('2024-03-08'), ...later] }), 'search-notice'))?.start;
		expect(start()).toBe('2024-03-08');
		expect(start(down('2024-04-08'))).toBe('2024-03-08');
		expect(start(down('2024-04-07'))).toBeUndefined();
		expect(start(down('2024-03-20'), again('2024-03-22'))).toBe('2024-03-22');
		expect(start(down('2024-03-20'), again('2024-03-20'))).toBe('2024-03-20');
		expect(start(down('2024-03-20'), again('2024-03-22'), down('2024-03-30'))).toBeUndefined();
	});

	it('plan the move from the station while the notice still runs', () => {
		const move = (today: string) =>
			clock(holdOf({ events: [...handover('2024-03-01'), ...notice('2024-03-08')] }, today), 'station-handover');
		expect(move('2024-04-07')).toMatchObject({
			status: 'not_started',
			planned: { start: '2024-04-07', lastDay: '2024-04-15' }
		});
		expect(move('2024-04-08')).toMatchObject({ status: 'running', lastDay: '2024-04-15', daysLeft: 7 });
		expect(move('2024-04-16')).toMatchObject({ status: 'overdue' });
	});

	it('that lean on a provisional clock are provisional themselves', () => {
		const gap = readRestDays({ calendar: 'CN', source: 'test', years: { 2026: { rest: '01-01', work: '' } } });
		if (!gap.ok) throw new Error(gap.error.type);
		const hold = computeHold(factsOf(notice('2025-11-26'), '2026-06-01'), china, gap.value);
		expect(clock(hold, 'search-notice')).toMatchObject({ lastDay: '2025-12-26', provisional: true });
		expect(clock(hold, 'station-handover')).toMatchObject({ planned: { lastDay: '2026-01-02', provisional: true } });
	});

	it('are met by the paper or the move, late or in time', () => {
		const proof = (date: string) =>
			clock(
				holdOf({ events: handover('2024-02-29'), documents: [{ code: 'DOC-B', date: civilDate(date) }] }),
				'temp-proof'
			);
		expect(proof('2024-03-29')).toMatchObject({ status: 'met', metOn: '2024-03-29', late: false });
		expect(proof('2024-03-30')).toMatchObject({ status: 'met', late: true });
		const events = [...handover('2024-03-01'), ...notice('2024-03-08'), event('transfer', '2024-04-16')];
		expect(clock(holdOf({ events }), 'station-handover')).toMatchObject({ status: 'met', late: true });
	});

	it('leave the days of the registry notice out of the review', () => {
		const review = (noticeOn: string) =>
			periodOf(
				clock(
					holdOf({ events: [event('application', '2025-03-03'), event('registry_notice_published', noticeOn)] }),
					'registration-review'
				)
			);
		// The notice's sixtieth day falls in the May holidays: it runs 64 days, to 6 May.
		expect(review('2025-03-03')).toMatchObject({ raw: '2025-06-05', lastDay: '2025-06-05' });
		expect(review('2025-03-10')).toMatchObject({ raw: '2025-06-01', lastDay: '2025-06-03' });
		expect(review('2025-01-01')).toMatchObject({ raw: '2025-04-02' });
		expect(review('2025-05-05')).toMatchObject({ raw: '2025-04-02' });
	});

	it('of Shanghai run beside those of the country', () => {
		const events = [
			...handover('2025-03-03'),
			event('search_requested', '2025-03-03'),
			event('temporary_guardianship_start', '2025-03-03')
		];
		const hold = computeHold(factsOf(events, '2025-10-01'), known('CN-SH-2025'), chinaRestDays);
		expect(clock(hold, 'police-final-conclusion')).toMatchObject({ status: 'overdue', lastDay: '2025-09-03' });
		expect(clock(hold, 'temporary-guardianship-cap')).toMatchObject({ status: 'running', lastDay: '2026-03-03' });
		expect(hold).toMatchObject({ status: 'running', lastDay: '2026-03-03' });
	});

	it('of India hang on the age at the start; of an unknown age both are shown', () => {
		const india = known('IN-JJA-2015');
		const ids = (birth?: HoldFacts['birth']) =>
			computeHold(
				{ ...factsOf([event('production_before_cwc', '2025-05-05')], '2025-06-01'), birth },
				india,
				restDaysFor(india.calendar)
			).clocks.map(({ id }) => id);
		const born = (date: string) => ({ earliest: civilDate(date), latest: civilDate(date) });
		expect(ids(born('2023-05-05'))).toEqual(['cwc-declaration-under-2', 'surrender-reconsideration']);
		expect(ids(born('2023-05-04'))).toEqual(['cwc-declaration-over-2', 'surrender-reconsideration']);
		expect(ids({ earliest: civilDate('2023-01-01'), latest: civilDate('2023-12-31') })).toHaveLength(3);
		expect(ids()).toHaveLength(3);
	});

	it('of Kenya wait for the youngest the child can be', () => {
		const kenya = known('KE-CA-2022');
		const birth = { earliest: civilDate('2025-01-01'), latest: civilDate('2025-01-31') };
		const hold = computeHold(
			{ ...factsOf([event('search_start', '2025-01-31')], '2026-02-01'), birth },
			kenya,
			restDaysFor(kenya.calendar)
		);
		expect(clock(hold, 'min-age')).toMatchObject({ status: 'elapsed', lastDay: '2025-03-14' });
		expect(hold).toMatchObject({ status: 'elapsed', lastDay: '2026-01-31' });
	});
});

describe('what blocks', () => {
	it.each(['police_hold', 'court_case', 'duplicate_suspected', 'identity_changed_since_publication'] as const)(
		'%s',
		(flag) => {
			const hold = holdOf({ ...complete(), flags: [flag] }, '2025-03-10');
			expect(hold.status).toBe('elapsed');
			expect(codes(hold)).toEqual([flag]);
		}
	);

	it.each(['none', 'collected', 'sealed', 'dispatched', 'received', 'typed'] as const)(
		'DNA that is only %s',
		(state) => {
			const hold = holdOf({ ...complete(), dna: { state } }, '2025-03-10');
			expect(hold.status).toBe('elapsed');
			expect(codes(hold)).toEqual(['dna_missing']);
			expect(condition(hold, 'dna_in_database').status).toBe(state === 'none' ? 'missing' : 'waiting');
		}
	);

	it('an open kin candidate, but not one that was excluded', () => {
		const open = holdOf({ ...complete(), dna: { state: 'in_database', openCandidates: ['hit'] } }, '2025-03-10');
		expect(codes(open)).toEqual(['open_kin_candidate']);
		expect(open.status).toBe('elapsed');
		expect(holdOf({ ...complete(), dna: { state: 'excluded' } }, '2025-03-10').status).toBe('certified');
		expect(codes(holdOf({ ...complete(), dna: { state: 'confirmed' } }, '2025-03-10'))).toEqual(['parents_found']);
	});

	it('everything at once on the first day', () => {
		expect(codes(holdOf({ events: handover('2025-03-10') }, '2025-03-10'))).toEqual([
			'dna_missing',
			'document_missing',
			'document_missing',
			'notice_not_published'
		]);
	});

	it('always says why and from where', () => {
		const hold = holdOf({
			...complete(),
			flags: ['court_case'],
			unknownEntries: true,
			claims: [claim('zhang', '2025-01-01')]
		});
		for (const { basis } of [...hold.blockers, ...hold.conditions]) expect(basis.source).not.toBe('');
	});
});

describe('odd facts', () => {
	it.each<[string, Partial<HoldFacts>, string]>([
		[
			'a paper dated before the rescue',
			{ documents: [{ code: 'DOC-B', date: civilDate('2024-02-01') }] },
			'document_before_rescue'
		],
		[
			'a hand-over before the rescue',
			{ events: [event('rescued', '2024-02-10'), ...handover('2024-02-09')] },
			'handover_before_rescue'
		],
		[
			'a hand-over before the birth',
			{ birth: { earliest: civilDate('2024-06-01'), latest: civilDate('2024-06-30') } },
			'handover_before_birth'
		],
		['a hand-over that has not come yet', { events: handover('2026-01-01') }, 'date_in_future'],
		[
			'a notice before the hand-over',
			{ events: [...handover('2024-02-29'), ...notice('2024-02-20')] },
			'notice_before_handover'
		],
		[
			'a transfer before the hand-over',
			{ events: [...handover('2024-02-29'), event('transfer', '2024-02-20')] },
			'transfer_before_handover'
		],
		[
			'a transfer before the notice had elapsed',
			{ events: [...handover('2024-02-29'), ...notice('2024-03-08'), event('transfer', '2024-04-07')] },
			'transfer_before_notice_elapsed'
		],
		[
			'a certificate that is not on file',
			{ events: [...handover('2024-02-29'), event('certificate_received', '2025-03-01')] },
			'certificate_without_document'
		],
		[
			'an adoption without a certificate',
			{ events: [...handover('2024-02-29'), event('adopted', '2025-03-01')] },
			'adopted_without_certificate'
		],
		[
			'a fact after the end',
			{ events: [...handover('2024-02-29'), event('reunited', '2024-06-01'), event('transfer', '2024-07-01')] },
			'fact_after_closing'
		],
		[
			'a claim closed before it was opened',
			{ claims: [claim('zhang', '2024-05-05', '2024-05-04')] },
			'claim_closed_before_opened'
		],
		[
			'a number used twice',
			{
				documents: [
					{ code: 'DOC-B', number: '7' },
					{ code: 'DOC-E', number: '7' }
				]
			},
			'document_number_twice'
		],
		['a date of the year 0203', { events: handover('0203-02-28') }, 'date_implausible']
	])('%s is listed', (_, facts, code) => {
		const base = factsOf([event('rescued', '2024-02-20'), ...handover('2024-02-29')], '2025-06-01');
		const hold = computeHold({ ...base, ...facts }, china, chinaRestDays);
		expect(hold.contradictions.map((contradiction) => contradiction.code)).toContain(code);
	});

	it('that are not odd are not listed', () => {
		expect(holdOf(complete(), '2025-03-10').contradictions).toEqual([]);
	});

	it('of an impossible year start no clock and block as a dispute', () => {
		const hold = holdOf({ events: handover('9999-12-31') });
		expect(hold.status).toBe('not_started');
		expect(hold.blockers).toContainEqual(expect.objectContaining({ code: 'date_dispute', dates: ['9999-12-31'] }));
	});

	it('never throw', () => {
		const date = fc
			.constantFrom(
				'0001-01-01',
				'1899-12-31',
				'1900-01-01',
				'2024-02-29',
				'2025-01-01',
				'2200-12-31',
				'2201-01-01',
				'9999-12-31'
			)
			.map(civilDate);
		const events = fc.array(
			fc.record({
				type: fc.constantFrom(
					'police_handover',
					'transfer',
					'notice_published',
					'notice_taken_down',
					'adopted',
					'application',
					'registry_notice_published',
					'rescued'
				),
				date,
				channel: fc.constantFrom(undefined, 'newspaper', 'national_platform')
			})
		);
		const claims = fc.array(
			fc.record({ id: fc.constantFrom('a', 'b'), openedOn: date, closedOn: fc.option(date, { nil: undefined }) })
		);
		const documents = fc.array(
			fc.record({ code: fc.constantFrom('DOC-B', 'DOC-C'), date: fc.option(date, { nil: undefined }) })
		);
		fc.assert(
			fc.property(
				date,
				events,
				claims,
				documents,
				fc.constantFrom('block', 'suspend', 'restart'),
				date,
				(today, e, c, d, effect, born) => {
					const facts = {
						...factsOf(e as HoldEvent[], today),
						claims: c,
						documents: d as HoldDocument[],
						birth: { earliest: born, latest: born }
					};
					computeHold(facts, withClaimEffect(effect as 'block'), chinaRestDays);
				}
			),
			{ numRuns: 2000 }
		);
	});
});

describe('a device clock wrong by up to a year', () => {
	it('moves no legal date', () => {
		const facts = { ...complete(), claims: [claim('zhang', '2024-06-01', '2024-06-19')] };
		const dates = (today: CivilDate, policy: Policy) =>
			computeHold({ ...facts, today }, policy, chinaRestDays).clocks.map((each) => {
				const period = periodOf(each);
				return [each.id, period?.start, period?.raw, period?.lastDay, period?.openFrom, period?.provisional];
			});
		for (const policy of [china, withClaimEffect('suspend'), withClaimEffect('restart')]) {
			const right = dates(civilDate('2025-01-15'), policy);
			for (let off = -366; off <= 366; off++)
				expect(dates(addDays(civilDate('2025-01-15'), off), policy)).toEqual(right);
		}
	});
});

// ---------------------------------------------------------------- a child, and what is asked of it

const china = known('CN-2015-159');

/** A child handed over on 29 February 2024 with everything on file, certified on 1 March 2025. */
function complete({ certificate = {} }: { certificate?: Partial<HoldDocument> } = {}): HoldFacts {
	return {
		...factsOf([...handover('2024-02-29'), ...notice('2024-03-08')], '2025-03-10'),
		firstReceiver: 'welfare_institution',
		documents: [
			{ code: 'DOC-B', number: '1', date: civilDate('2024-03-29') },
			{ code: 'DOC-E', number: '2', date: civilDate('2024-06-01') },
			{
				code: 'DOC-C',
				number: '云公证〔2025〕8号',
				date: civilDate('2025-03-01'),
				originalSeenBy: '王敏',
				...certificate
			}
		],
		dna: { state: 'in_database' }
	};
}

function claim(id: string, openedOn: string, closedOn?: string): HoldClaim {
	if (closedOn === undefined) return { id, openedOn: civilDate(openedOn) };
	return { id, openedOn: civilDate(openedOn), closedOn: civilDate(closedOn), outcome: 'refused' };
}

function holdOf(facts: Partial<HoldFacts>, today = '2025-06-01'): Hold {
	return computeHold({ ...factsOf([], today), ...facts, today: civilDate(today) }, china, chinaRestDays);
}

function clock(hold: Hold, id: string): Clock {
	const found = hold.clocks.find((candidate) => candidate.id === id);
	if (!found) throw new Error(`no clock ${id}`);
	return found;
}

function condition(hold: Hold, id: string) {
	const found = hold.conditions.find((candidate) => candidate.id === id);
	if (!found) throw new Error(`no condition ${id}`);
	return found;
}

function codes(hold: Hold): BlockerCode[] {
	return hold.blockers.map((blocker) => blocker.code);
}

function known(id: string): Policy {
	const policy = policyById(id);
	if (!policy.ok) throw new Error(id);
	return policy.value;
}
