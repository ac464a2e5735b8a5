import { openClaimsOnFile } from '../claim/on-file.ts';
import { computeHold, type Clock, type Hold } from '../hold/hold.ts';
import type { Policy } from '../hold/policy.ts';
import { traitsOf, type Traits } from '../duplicate/traits.ts';
import type { ChildId, InstitutionId, ItemId, Sha256 } from '../ids.ts';
import { fieldDefinition, fieldKeys, intakeSteps, type IntakeStep } from '../intake/fields.ts';
import { exitState } from '../leaving/exit-state.ts';
import type { ExitReason } from '../leaving/exit.ts';
import { noticeState } from '../notice/notice-state.ts';
import { addDays, addMonths, civilDate, compareDates, daysBetween, earlierOf, type CivilDate } from '../time.ts';
import { conflicts, custodian, fieldState, filesOf, items, knownValue, type CaseFile } from './case-file.ts';
import { policyOf, type HoldRules } from './child-hold.ts';
import { holdFacts } from './hold-facts.ts';
import { live } from './versions.ts';

/**
 * One line of a list of children: what lists, the search and "what is due" need, and nothing more. Made from the case
 * file wherever it changes; kept sealed on the tablet, in a table of its own at the registry.
 */
export interface ChildRow {
	readonly childId: ChildId;
	/** The name to show: given, else assigned, else called; undefined while nobody wrote one. */
	readonly name: string | undefined;
	/** True where the shown name was given by the house (暂用名). */
	readonly nameIsAssigned: boolean;
	/** Every name the child is known by, for the search. */
	readonly names: readonly string[];
	/** Pinyin without tones as recorded by a person, else undefined (the search makes its own from the names). */
	readonly pinyin: string | undefined;
	readonly caseNumber: string | undefined;
	/** Code of the table `sex`. */
	readonly sex: string | undefined;
	readonly birthEarliest: CivilDate | undefined;
	readonly birthLatest: CivilDate | undefined;
	/** Marks, features and clothing as words, for the search by body mark. */
	readonly marks: string;
	/** The picture to show: the newest front photo that is not withdrawn. */
	readonly portrait: Sha256 | undefined;
	readonly custodian: InstitutionId | undefined;
	/** The day the twelve months count from, undisputed or the later of two. */
	readonly holdStart: CivilDate | undefined;
	readonly holdLastDay: CivilDate | undefined;
	/** The last day may move: its holidays are not published, or merged files tell two days of the hand-over. */
	readonly holdProvisional: boolean;
	/** Since when a family's claim has stood open and nothing towards a placement may go on; unset where none does. */
	readonly claimedSince?: CivilDate | undefined;
	readonly submitted: boolean;
	/** Steps of the intake with at least one answer or item. */
	readonly stepsBegun: number;
	readonly conflictCount: number;
	readonly unknownEntryCount: number;
	readonly notice: 'none' | 'draft' | 'published' | 'taken_down';
	/** Set once two persons said that the child has left (and no end of an adoption undid it). */
	readonly exit?: { readonly reason: ExitReason; readonly on: CivilDate } | undefined;
	/** What must be done by when, whatever today is; a list compares `dueOn` with today. */
	readonly duties: readonly Duty[];
	/** What tells whether another file may be the same child's (domain/duplicate). */
	readonly traits?: Traits | undefined;
	/** Halves of merges with other files, and the merges that were undone, as this file tells them. */
	readonly merges?: readonly { readonly itemId: ItemId; readonly other: ChildId }[] | undefined;
	readonly parted?: readonly ItemId[] | undefined;
	/** Every file of the child, this one first; missing where it has one. */
	readonly files?: readonly ChildId[] | undefined;
	/** Files that may be this child's too, told apart by a person: nobody is asked again. */
	readonly toldApart?: readonly ChildId[] | undefined;
}

/** Something that is to be done for a child. Codes have words in the messages (area `duties`). */
export interface Duty {
	readonly code: DutyCode;
	/** The last day on which it is in time; undefined: as soon as possible. */
	readonly dueOn: CivilDate | undefined;
}

export type DutyCode =
	| 'finish_intake'
	| 'front_photo'
	| 'dna_sample'
	| 'settle_conflict'
	| 'temp_proof'
	| 'publish_notice'
	| 'notice_ends'
	| 'station_handover'
	| 'receive_handover'
	| 'hold_ends'
	| 'certificate'
	| 'monthly_photo'
	| 'growth_check';

/** What a row is made with: the rules in force, among which the child's policy is chosen, and the roster's word on houses. */
export type RowRules = HoldRules;

/*
 * Days a house gives itself where the law names none. A rescued child is sampled "一律" by the police (RULEBOOK 3.1 K0);
 * five days without a sample on record is worth a question. The others are the rhythm of a good file, not law.
 */
const sampleWithinDays = 5;
const frontPhotoWithinDays = 3;
const photoEveryMonths = 1;
const growthEveryMonths = 3;

/**
 * The row of a case file. It says nothing of today: dates in it are the same whenever it is made, so that a stored row
 * stays true until an entry changes it.
 */
export function childRow(caseFile: CaseFile, rules: RowRules): ChildRow {
	const name = shownName(caseFile);
	const birth = knownValue(caseFile, 'birth');
	const { policy, restDays } = policyOf(caseFile, rules);
	const hold = computeHold(holdFacts(caseFile, anyDay, rules.kindOfHouse), withoutMajority(policy), restDays);
	const clock = period(hold, policy.holdClock);
	const notice = noticeState(caseFile);
	const { left } = exitState(caseFile);
	const claimed = openClaimsOnFile(caseFile).map(({ openedOn }) => openedOn);
	const files = filesOf(caseFile).map((file) => file.childId);
	const traits = traitsOf(caseFile);
	const merges = [...caseFile.items.merge].flatMap(([itemId, versions]) =>
		// Of a child with several files every file has a line that tells its own halves.
		versions.flatMap(({ value, childId }) => (childId === caseFile.childId ? [{ itemId, other: value.other }] : []))
	);
	const parted = [...caseFile.parted.keys()];
	const apart = [...new Set(items(caseFile, 'toldApart').map(({ value }) => value.other))].sort();
	return {
		childId: caseFile.childId,
		name: name?.name,
		nameIsAssigned: name?.key === 'nameAssigned',
		names: namesOf(caseFile),
		pinyin: knownValue(caseFile, 'namePinyin'),
		caseNumber: knownValue(caseFile, 'caseNumber'),
		sex: knownValue(caseFile, 'sex'),
		birthEarliest: birth === undefined ? undefined : birth.precision === 'exact' ? birth.date : birth.earliest,
		birthLatest: birth === undefined ? undefined : birth.precision === 'exact' ? birth.date : birth.latest,
		marks: marksInWords(caseFile),
		portrait: portrait(caseFile),
		custodian: custodian(caseFile),
		holdStart: clock?.start,
		holdLastDay: clock?.lastDay,
		holdProvisional: clock !== undefined && (clock.provisional || disputed(clock)),
		...(claimed.length > 0 && { claimedSince: claimed.reduce(earlierOf) }),
		submitted: caseFile.submitted.length > 0,
		stepsBegun: intakeSteps.filter((step) => stepBegun(caseFile, step)).length,
		conflictCount: conflicts(caseFile).length,
		unknownEntryCount: caseFile.unknown.size,
		notice: notice.published ? 'published' : notice.takenDown ? 'taken_down' : notice.draft ? 'draft' : 'none',
		...(left && { exit: { reason: left.exit.reason, on: left.on } }),
		duties: duties(caseFile, hold, policy),
		...(holdsTraits(traits) && { traits }),
		...(merges.length > 0 && { merges }),
		...(parted.length > 0 && { parted }),
		...(files.length > 1 && { files }),
		...(apart.length > 0 && { toldApart: apart })
	};
}

/** The fields a child is named in, the one to show first first. */
const nameFields = ['nameGiven', 'nameAssigned', 'nameCalled'] as const;

/**
 * The name to show: given, else assigned, else called. Of a name in dispute the first that was written: a child must not lose
 * its name on a list because two people wrote it differently.
 */
export function shownName(
	caseFile: CaseFile
): { readonly name: string; readonly key: (typeof nameFields)[number] } | undefined {
	for (const key of nameFields) {
		const [name] = namesIn(caseFile, key);
		if (name !== undefined) return { name, key };
	}
	return undefined;
}

function namesOf(caseFile: CaseFile): readonly string[] {
	return [...new Set(nameFields.flatMap((key) => namesIn(caseFile, key)))];
}

function namesIn(caseFile: CaseFile, key: (typeof nameFields)[number]): readonly string[] {
	return [...live(caseFile.fields[key])]
		.sort((a, b) => (a.childId === b.childId ? 0 : a.childId < b.childId ? -1 : 1))
		.flatMap(({ value }) => (value.state === 'known' ? [value.value] : []));
}

function holdsTraits({ marks, ...others }: Traits): boolean {
	return marks.length > 0 || Object.keys(others).length > 0;
}

// Clocks' periods do not depend on the day they are looked at; a day far ahead only makes every one of them "passed".
export const anyDay = civilDate('9000-01-01');

// On a day far ahead every child has come of age; that would close the hold and take every duty off the list.
function withoutMajority(policy: Policy): Policy {
	return policy.ages ? { ...policy, ages: { ...policy.ages, adult: undefined } } : policy;
}

function period(hold: Hold, clockId: string | undefined): Extract<Clock, { lastDay: CivilDate }> | undefined {
	const clock = hold.clocks.find((candidate) => candidate.id === clockId);
	return clock && 'lastDay' in clock ? clock : undefined;
}

function disputed(clock: Clock): boolean {
	return clock.status === 'running' && clock.heldBy.includes('files_disagree');
}

/** Has anybody begun this step of the intake: an answer, or an item it collects? */
export function stepBegun(caseFile: CaseFile, step: IntakeStep): boolean {
	if (fieldKeys.some((key) => fieldDefinition(key).step === step && fieldState(caseFile, key).status !== 'empty'))
		return true;
	switch (step) {
		case 'photos':
			return items(caseFile, 'photo').length > 0;
		case 'body':
			return items(caseFile, 'mark').length > 0;
		case 'belongings':
			return items(caseFile, 'belonging').length > 0;
		case 'sample':
			return items(caseFile, 'sample').length > 0;
		case 'review':
			return caseFile.submitted.length > 0;
		case 'reception':
		case 'identity':
		case 'account':
			return false;
	}
}

function portrait(caseFile: CaseFile): Sha256 | undefined {
	return items(caseFile, 'photo').findLast((photo) => photo.value.view === 'front')?.value.sha256;
}

function marksInWords(caseFile: CaseFile): string {
	const words = [
		...items(caseFile, 'mark').map((mark) => mark.value.description),
		knownValue(caseFile, 'features'),
		knownValue(caseFile, 'clothing'),
		...items(caseFile, 'belonging').map((belonging) => belonging.value.description)
	];
	return words.filter((word) => word !== undefined && word !== '').join(' ');
}

function duties(caseFile: CaseFile, hold: Hold, policy: Policy): readonly Duty[] {
	if (hold.status === 'closed') return [];
	const found: Duty[] = [];
	const start = period(hold, policy.holdClock)?.start;
	const add = (code: DutyCode, dueOn: CivilDate | undefined) => found.push({ code, dueOn });

	if (caseFile.submitted.length === 0) add('finish_intake', start);
	if (conflicts(caseFile).length > 0) add('settle_conflict', undefined);
	const photos = items(caseFile, 'photo');
	if (!photos.some((photo) => photo.value.view === 'front'))
		add('front_photo', start && addDays(start, frontPhotoWithinDays));
	if (items(caseFile, 'sample').length === 0) add('dna_sample', start && addDays(start, sampleWithinDays));

	for (const sent of items(caseFile, 'handoverSent')) {
		const received = items(caseFile, 'handoverReceived').some((other) => other.version.institutionId === sent.value.to);
		if (!received) add('receive_handover', sent.version.occurredOn);
	}

	addClockDuties(hold, policy, add);
	if (noticeState(caseFile).published === undefined) add('publish_notice', start && addMonths(start, 1));

	const face = photos.findLast((photo) => photo.value.view === 'front' || photo.value.view === 'now');
	if (face) add('monthly_photo', addMonths(face.version.occurredOn, photoEveryMonths));
	const growth = items(caseFile, 'care').findLast((care) => care.value.kind === 'growth');
	if (start) add('growth_check', addMonths(growth?.version.occurredOn ?? start, growth ? growthEveryMonths : 0));
	return found;
}

/** The clocks of CN-2015-159 as duties; a clock that is met asks nothing of anybody. */
function addClockDuties(hold: Hold, policy: Policy, add: (code: DutyCode, dueOn: CivilDate | undefined) => void): void {
	const open = (id: string) => {
		const clock = period(hold, id);
		return clock && clock.status !== 'met' ? clock : undefined;
	};
	const proof = open('temp-proof');
	if (proof) add('temp_proof', proof.lastDay);
	const notice = open('search-notice');
	if (notice) add('notice_ends', notice.lastDay);
	const station = open('station-handover');
	if (station) add('station_handover', station.lastDay);
	const twelve = open(policy.holdClock ?? '');
	if (!twelve || hold.status === 'certified') return;
	add('hold_ends', twelve.lastDay);
	add('certificate', twelve.openFrom);
}

/** How pressing a duty is on a day. */
export type Urgency =
	| { readonly level: 'overdue'; readonly days: number }
	| { readonly level: 'today' }
	| { readonly level: 'ahead'; readonly days: number };

export interface DutyOnDay extends Duty {
	readonly urgency: Urgency;
}

/**
 * What a duty is to the child.
 *   law        somebody must act by a day of the rule book, or a fact with legal weight hangs on it
 *   file       the record or the search lacks something
 *   rhythm     the good habit of a house; nobody is late, it is simply due again
 *   milestone  a day that comes by itself; gone when it has passed
 */
const weights: Readonly<Record<DutyCode, 'law' | 'file' | 'rhythm' | 'milestone'>> = {
	temp_proof: 'law',
	station_handover: 'law',
	receive_handover: 'law',
	certificate: 'law',
	dna_sample: 'law',
	settle_conflict: 'law',
	finish_intake: 'file',
	front_photo: 'file',
	publish_notice: 'file',
	monthly_photo: 'rhythm',
	growth_check: 'rhythm',
	notice_ends: 'milestone',
	hold_ends: 'milestone'
};

/** What cannot be done before its day. */
const notBefore: readonly DutyCode[] = ['certificate', 'receive_handover'];

/**
 * A child's duties as they press on `today`, worst first: overdue, today, then ahead up to `horizon` days; among equals
 * what the law asks before what the file lacks before what is good habit.
 */
export function dutiesOn(row: ChildRow, today: CivilDate, horizon: number): readonly DutyOnDay[] {
	return row.duties
		.map((duty) => ({ ...duty, urgency: urgencyOf(duty, today) }))
		.filter(({ code, urgency }) => {
			if (urgency.level === 'ahead') return urgency.days <= horizon && !notBefore.includes(code);
			return urgency.level === 'today' || weights[code] !== 'milestone';
		})
		.sort((a, b) => pressing(b) - pressing(a) || (a.code < b.code ? -1 : 1));
}

/** A number that orders duties of many children: the larger, the worse. Positive: now; negative: days ahead. */
export function pressing({ code, urgency }: DutyOnDay): number {
	const weight = weights[code];
	switch (urgency.level) {
		case 'overdue':
			// More days than any child is in care lie between what the law asks and what the file lacks.
			return urgency.days + (weight === 'law' ? 200_000 : 100_000);
		case 'today':
			return weight === 'law' ? 3 : weight === 'file' ? 2 : 1;
		case 'ahead':
			return -urgency.days;
	}
}

function urgencyOf(duty: Duty, today: CivilDate): Urgency {
	if (duty.dueOn === undefined || compareDates(duty.dueOn, today) === 0) return { level: 'today' };
	const days = daysBetween(today, duty.dueOn);
	if (days > 0) return { level: 'ahead', days };
	return weights[duty.code] === 'rhythm' ? { level: 'today' } : { level: 'overdue', days: -days };
}
