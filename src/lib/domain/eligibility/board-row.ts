/** One line of the review board: what lists, counts and sorts need, for every day there is. */
import { decisionsOf, items, type CaseFile } from '../case-file/case-file.ts';
import { policyOf } from '../case-file/child-hold.ts';
import { childRow, type ChildRow, type RowRules } from '../case-file/child-row.ts';
import { holdFacts } from '../case-file/hold-facts.ts';
import { live } from '../case-file/versions.ts';
import { openClaimsOnFile } from '../claim/on-file.ts';
import { standingFlags } from '../flag/standing-flags.ts';
import { periodOf } from '../hold/clock.ts';
import { plausible } from '../hold/facts.ts';
import { computeHold, holdClockOf, type Hold, type ReviewStanding } from '../hold/hold.ts';
import type { BlockerCode } from '../hold/blockers.ts';
import type { Policy } from '../hold/policy.ts';
import type { ChildId, InstitutionId } from '../ids.ts';
import { exitState } from '../leaving/exit-state.ts';
import type { ExitReason } from '../leaving/exit.ts';
import { addYears, civilDate, earlierOf, laterOf, type CivilDate } from '../time.ts';
import { signedSomethingElse, stageOf, type Stage } from './stage.ts';
import { turningDays } from './turning-days.ts';

/** How a child stands from a day on, until the next phase begins. */
export interface Phase {
	readonly from: CivilDate;
	readonly stage: Stage;
	/** Conditions met. */
	readonly met: number;
	/** Somebody signed evidence the file no longer gives, whatever the stage is. */
	readonly changed: boolean;
	/** The day since which the child waits in this stage, where one can be named. */
	readonly since: CivilDate | undefined;
}

export interface BoardRow {
	readonly childId: ChildId;
	readonly name: string | undefined;
	readonly pinyin: string | undefined;
	readonly names: readonly string[];
	readonly caseNumber: string | undefined;
	readonly sex: string | undefined;
	readonly birthEarliest: CivilDate | undefined;
	readonly birthLatest: CivilDate | undefined;
	readonly custodian: InstitutionId | undefined;
	readonly holdStart: CivilDate | undefined;
	/** Undefined while an open claim moves it from day to day (suspend, restart). */
	readonly holdLastDay: CivilDate | undefined;
	readonly holdProvisional: boolean;
	/** The last day of the family-search notice, where it is published on every channel. */
	readonly noticeLastDay: CivilDate | undefined;
	/** How many conditions the policy asks for. */
	readonly conditions: number;
	/** At least one; the first begins with the first of all days. What holds on a day is the last that began by then. */
	readonly phases: readonly [Phase, ...Phase[]];
	/** What still blocks once all time has passed, for a list to name. */
	readonly blockers: readonly BlockerCode[];
	readonly claimSince: CivilDate | undefined;
	readonly review: BoardReview | undefined;
	/** Sent back to the house, and nobody signed since. */
	readonly returnedOn: CivilDate | undefined;
	readonly left: { readonly reason: ExitReason; readonly on: CivilDate } | undefined;
	/** From the first day the child can be of age, and from the day it certainly is. */
	readonly maybeAdultOn: CivilDate | undefined;
	readonly adultOn: CivilDate | undefined;
}

export interface BoardReview {
	readonly status: ReviewStanding['status'];
	readonly signedOn: CivilDate;
	readonly signedBy: string;
	readonly signedAt: string;
}

const firstOfAll = civilDate('0001-01-01');
// Far ahead all time has passed, and nothing of a row hangs on it: see childRow.
const anyDay = civilDate('9000-01-01');

/**
 * The line of a case file. It says nothing of today; stored, it stays true until an entry changes it.
 *
 * @param row of the same file, where the caller has it already
 */
export function boardRow(caseFile: CaseFile, rules: RowRules, row: ChildRow = childRow(caseFile, rules)): BoardRow {
	const { policy, restDays } = policyOf(caseFile, rules);
	const facts = holdFacts(caseFile, anyDay, rules.kindOfHouse);
	const holdOn = (today: CivilDate) => computeHold({ ...facts, today }, policy, restDays);
	const last = computeHold(facts, withoutMajority(policy), restDays);
	const days = [firstOfAll, ...turningDays(facts, last, policy)];
	const phases = days.map((day): Phase => {
		const hold = holdOn(day);
		const stage = stageOf(hold);
		const changed = hold.review !== undefined && signedSomethingElse(hold.review);
		return { from: day, stage, met: conditionsMet(hold), changed, since: since(stage, hold, caseFile) };
	});
	const clock = holdClockOf(last, policy);
	const period = clock && periodOf(clock);
	const moves = 'halted' in last && last.halted !== undefined && last.halted.effect !== 'block';
	const notice = last.clocks.find(({ rule }) => 'pick' in rule.start && rule.start.pick === 'last_of_channels');
	const { left } = exitState(caseFile);
	const adult = policy.ages?.adult?.years;
	const { birth } = plausible(facts).usable;
	const openClaims = openClaimsOnFile(caseFile).map(({ openedOn }) => openedOn);
	return {
		childId: caseFile.childId,
		name: row.name,
		pinyin: row.pinyin,
		names: row.names,
		caseNumber: row.caseNumber,
		sex: row.sex,
		birthEarliest: row.birthEarliest,
		birthLatest: row.birthLatest,
		custodian: row.custodian,
		holdStart: period?.start,
		holdLastDay: moves ? undefined : period?.lastDay,
		holdProvisional: period?.provisional ?? false,
		noticeLastDay: notice && periodOf(notice)?.lastDay,
		conditions: last.conditions.length,
		phases: joined(phases),
		blockers: [...new Set(last.blockers.map(({ code }) => code))],
		claimSince: openClaims.length > 0 ? openClaims.reduce(earlierOf) : undefined,
		review: reviewOf(last.review),
		returnedOn: returnedOn(caseFile),
		left: left && { reason: left.exit.reason, on: left.on },
		maybeAdultOn: ageDay(birth?.earliest, adult),
		adultOn: ageDay(birth?.latest, adult)
	};
}

/** How the child of a row stands on a day. */
export function phaseOn({ phases }: Pick<BoardRow, 'phases'>, today: CivilDate): Phase {
	return phases.findLast(({ from }) => from <= today) ?? phases[0];
}

export function conditionsMet(hold: Pick<Hold, 'conditions'>): number {
	return hold.conditions.filter(({ status }) => status === 'met').length;
}

/**
 * Since when the child waits in a stage: for papers since the twelve months are over; for a review since the last thing
 * arrived that it takes; for a second signature since the first; behind a claim or a halt since that began.
 */
function since(stage: Stage, hold: Hold, caseFile: CaseFile): CivilDate | undefined {
	switch (stage) {
		case 'not_started':
		case 'running':
		case 'ends_soon':
		case 'evidence_changed':
			return undefined;
		case 'waiting_for_papers':
			return 'openFrom' in hold ? hold.openFrom : undefined;
		case 'waiting_for_review':
			return readySince(hold, caseFile);
		case 'one_signature':
			return hold.review?.signatures.map(({ on }) => on).sort()[0];
		case 'not_agreed':
		case 'certified':
			return hold.review?.signatures
				.map(({ on }) => on)
				.sort()
				.at(-1);
		case 'claimed':
			return openClaimsOnFile(caseFile)
				.map(({ openedOn }) => openedOn)
				.sort()[0];
		case 'halted':
			return standingFlags(caseFile)
				.map(({ raisedOn }) => raisedOn)
				.sort()[0];
		case 'left':
			return hold.status === 'closed' ? hold.on : undefined;
	}
}

/** The day on which the last of the conditions was met and the last blocker gone. */
function readySince(hold: Hold, caseFile: CaseFile): CivilDate | undefined {
	const days: (CivilDate | undefined)[] = [];
	for (const { because } of hold.conditions) {
		if (because.code === 'clock_elapsed') {
			const clock = hold.clocks.find(({ id }) => id === because.clock);
			days.push(clock && periodOf(clock)?.openFrom);
		}
		if (because.code === 'document_on_file') {
			// The day it reached the house, not the one printed on it.
			const papers = items(caseFile, 'document').filter(({ value }) => value.code === because.document);
			days.push(papers.map(({ version }) => version.occurredOn).sort()[0]);
		}
		if (because.code === 'dna_in_database') {
			const arrived = items(caseFile, 'sample').filter(({ value }) => value.step === 'in_database');
			days.push(arrived.map(({ version }) => version.occurredOn).sort()[0]);
		}
	}
	for (const { payload, occurredOn } of decisionsOf(caseFile, 'date.confirmed')) {
		if (live(caseFile.fields.handoverDate).some(({ entryId }) => entryId === payload.confirmed)) days.push(occurredOn);
	}
	days.push(...decisionsOf(caseFile, 'claim.closed').map(({ occurredOn }) => occurredOn));
	days.push(...decisionsOf(caseFile, 'flag.cleared').map(({ occurredOn }) => occurredOn));
	return days.filter((day) => day !== undefined).reduce<CivilDate | undefined>(later, undefined);
}

function reviewOf(review: ReviewStanding | undefined): BoardReview | undefined {
	const first = review?.signatures.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))[0];
	if (!review || !first) return undefined;
	return {
		status: review.status,
		signedOn: first.on,
		signedBy: first.staffId,
		signedAt: first.institutionId
	};
}

/** Decisions are the registry's own entries, written one after the other: their ids tell which came last. */
function returnedOn(caseFile: CaseFile): CivilDate | undefined {
	const returned = decisionsOf(caseFile, 'review.returned').at(-1);
	const signed = decisionsOf(caseFile, 'review.signed').at(-1);
	return returned && (!signed || signed.id < returned.id) ? returned.occurredOn : undefined;
}

/** Neighbours that say the same are one phase. */
function joined(phases: readonly Phase[]): BoardRow['phases'] {
	const [first, ...others] = phases;
	if (!first) throw new RangeError('a row has a phase for every day');
	const kept: [Phase, ...Phase[]] = [first];
	for (const phase of others) {
		const before = kept.at(-1) ?? first;
		if (!sayTheSame(before, phase)) kept.push(phase);
	}
	return kept;
}

function sayTheSame(a: Phase, b: Phase): boolean {
	return a.stage === b.stage && a.met === b.met && a.changed === b.changed && a.since === b.since;
}

function ageDay(birth: CivilDate | undefined, years: number | undefined): CivilDate | undefined {
	return birth === undefined || years === undefined ? undefined : addYears(birth, years);
}

/** What a list names as blocking must not be that every child is of age far ahead. */
function withoutMajority(policy: Policy): Policy {
	return policy.ages ? { ...policy, ages: { ...policy.ages, adult: undefined } } : policy;
}

function later(a: CivilDate | undefined, b: CivilDate): CivilDate {
	return a === undefined ? b : laterOf(a, b);
}
