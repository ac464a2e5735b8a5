/** When would a child be certifiable, if papers came and things were settled on given days? Decides nothing, stores nothing. */
import { periodOf } from '../hold/clock.ts';
import type { HoldDocument, HoldEvent, HoldFacts } from '../hold/hold.ts';
import { computeHold } from '../hold/hold.ts';
import type { Policy } from '../hold/policy.ts';
import type { RestDays } from '../hold/rest-days.ts';
import { laterOf, type CivilDate } from '../time.ts';
import { turningDays } from './turning-days.ts';
import { whatNext, type NextStep, type NextStepCode } from './what-next.ts';

/** What is supposed to happen, each on a civil day; what is left out does not happen. */
export interface Supposition {
	/** The paper that certifies (DOC-C), dated that day, with its number, seen in original. */
	readonly certificateOn?: CivilDate | undefined;
	/** Every open claim is refused. */
	readonly claimsClosedOn?: CivilDate | undefined;
	/** On every channel that still lacks the notice. */
	readonly noticePublishedOn?: CivilDate | undefined;
	readonly tempProofOn?: CivilDate | undefined;
	readonly dnaInDatabaseOn?: CivilDate | undefined;
	readonly dnaResultOn?: CivilDate | undefined;
	readonly startConfirmedOn?: CivilDate | undefined;
}

export interface WhatIf {
	/**
	 * The first day, from today on, on which nothing is missing but `missing`. With nothing missing reviewers could sign
	 * that day. Undefined where time alone brings no such day (the child may be of age first, or the hold has ended).
	 */
	readonly earliest: CivilDate | undefined;
	/** That day hangs on holidays not published yet. */
	readonly provisional: boolean;
	/** What somebody must still do, in the order of `whatNext`. */
	readonly missing: readonly NextStep[];
}

/**
 * The earliest day on which all conditions could be met, and what stays missing.
 *
 * @param facts of the file today; `facts.today` is the first day looked at
 */
export function certifiableIf(
	facts: HoldFacts,
	policy: Policy,
	restDays: RestDays,
	supposition: Supposition = {}
): WhatIf {
	// A year whose holidays are not published is reckoned as it looks today, and said to be provisional.
	const asPublished: RestDays = {
		years: restDays.years,
		isRestDay: (day) => restDays.isRestDay(day),
		isPublished: () => true
	};
	const missingOn = (today: CivilDate) => {
		const hold = computeHold(supposed(facts, policy, restDays, supposition, today), policy, asPublished);
		return hold.status === 'closed' ? undefined : whatNext(hold).filter(({ code }) => !signatures.has(code));
	};
	let best: { readonly day: CivilDate; readonly missing: readonly NextStep[] } | undefined;
	for (const day of daysToTry(facts, policy, asPublished, supposition)) {
		const missing = missingOn(day);
		if (missing && (!best || missing.length < best.missing.length)) best = { day, missing };
	}
	const missing = best?.missing ?? [];
	// What only waits even on the best day waits for ever: the child comes of age before.
	if (!best || missing.some(({ code }) => code === 'wait_for_clock'))
		return { earliest: undefined, provisional: false, missing };
	return { earliest: best.day, provisional: hangsOnHolidays(best.day, facts, policy, restDays, supposition), missing };
}

const signatures: ReadonlySet<NextStepCode> = new Set([
	'review_first',
	'review_second',
	'review_anew',
	'answer_refusal'
]);

/** Today, the supposed days, and every day on which time changes something once all of them have come. */
function daysToTry(
	facts: HoldFacts,
	policy: Policy,
	restDays: RestDays,
	supposition: Supposition
): readonly CivilDate[] {
	const { today } = facts;
	const supposedDays = Object.values(supposition).filter((day): day is CivilDate => day !== undefined);
	const last = supposedDays.reduce(laterOf, today);
	const allCome = supposed(facts, policy, restDays, supposition, last);
	const hold = computeHold(allCome, policy, restDays);
	const days = [today, ...supposedDays, ...turningDays({ ...allCome, reviews: undefined }, hold, policy)];
	return [...new Set(days)].filter((day) => day >= today).sort();
}

/** The facts as they would be on a day: of what is supposed, that which has come by then. */
function supposed(
	facts: HoldFacts,
	policy: Policy,
	restDays: RestDays,
	supposition: Supposition,
	today: CivilDate
): HoldFacts {
	const come = (day: CivilDate | undefined): day is CivilDate => day !== undefined && day <= today;
	const documents: HoldDocument[] = [...facts.documents];
	const events: HoldEvent[] = [...facts.events];
	const { certificateOn, claimsClosedOn, noticePublishedOn, tempProofOn, dnaInDatabaseOn, dnaResultOn } = supposition;

	for (const { id, needs } of policy.conditions) {
		if (needs.kind !== 'document') continue;
		const on =
			id === 'certificate_on_file'
				? certificateOn
				: id === 'temp_proof_on_file'
					? tempProofOn
					: id === 'dna_result_on_file'
						? dnaResultOn
						: undefined;
		if (come(on)) documents.push({ code: needs.document, date: on, number: id, originalSeenBy: id });
	}
	if (come(noticePublishedOn)) {
		for (const clock of computeHold(facts, policy, restDays).clocks) {
			if (clock.status !== 'not_started' || clock.because.code !== 'channel_missing') continue;
			for (const channel of clock.because.channels)
				events.push({ type: 'notice_published', channel, date: noticePublishedOn });
		}
	}
	return {
		...facts,
		today,
		documents,
		events,
		claims: come(claimsClosedOn)
			? facts.claims.map((claim) =>
					claim.closedOn === undefined
						? { ...claim, closedOn: laterOf(claimsClosedOn, claim.openedOn), outcome: 'refused' as const }
						: claim
				)
			: facts.claims,
		dna:
			come(dnaInDatabaseOn) && beforeTheDatabase.has(facts.dna.state)
				? { ...facts.dna, state: 'in_database' }
				: facts.dna,
		...(come(supposition.startConfirmedOn) && { startConfirmed: true })
	};
}

const beforeTheDatabase: ReadonlySet<HoldFacts['dna']['state']> = new Set([
	'none',
	'collected',
	'sealed',
	'dispatched',
	'received',
	'typed'
]);

/** Does a period that had to elapse before this day rest on holidays nobody has published? */
function hangsOnHolidays(
	day: CivilDate,
	facts: HoldFacts,
	policy: Policy,
	restDays: RestDays,
	supposition: Supposition
): boolean {
	const hold = computeHold(supposed(facts, policy, restDays, supposition, day), policy, restDays);
	return hold.conditions.some(({ because }) => {
		if (!('clock' in because)) return false;
		const clock = hold.clocks.find(({ id }) => id === because.clock);
		const period = clock && periodOf(clock);
		return period !== undefined && period.provisional && period.openFrom <= day;
	});
}
