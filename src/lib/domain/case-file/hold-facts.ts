import { claimsOnFile } from '../claim/on-file.ts';
import { standingFlags } from '../flag/standing-flags.ts';
import type { ReviewFacts } from '../hold/facts.ts';
import type { FactType, FirstReceiver } from '../hold/policy.ts';
import type { DnaState, HoldDocument, HoldEvent, HoldFacts } from '../hold/hold.ts';
import type { EntryId, InstitutionId } from '../ids.ts';
import type { FieldKey } from '../intake/fields.ts';
import type { AdoptionStep } from '../leaving/adoption.ts';
import { adoptionSteps, exitState } from '../leaving/exit-state.ts';
import type { ExitReason } from '../leaving/exit.ts';
import { noticeState } from '../notice/notice-state.ts';
import { sampleSteps } from '../sample/sample.ts';
import { earliest, type CivilDate } from '../time.ts';
import { decisionsOf, firstHouse, items, knownValue, type CaseFile } from './case-file.ts';
import { live } from './versions.ts';

/** Which kind of house an institution is, where the caller's roster knows it; the registry's own desk has no kind. */
export type KindOfHouse = (institutionId: InstitutionId) => FirstReceiver | undefined;

/**
 * What a case file says to the hold: dates, papers, samples, claims, flags, reviews, leaving. Two live values of one date
 * are two events, so that the hold sees the dispute.
 *
 * @param today the day it is in the policy's time zone; it moves no date
 */
export function holdFacts(caseFile: CaseFile, today: CivilDate, kindOfHouse: KindOfHouse = () => undefined): HoldFacts {
	const first = firstHouse(caseFile);
	const birth = knownValue(caseFile, 'birth');
	return {
		today,
		firstReceiver: first === undefined ? undefined : kindOfHouse(first),
		events: events(caseFile),
		documents: documents(caseFile),
		claims: claimsOnFile(caseFile),
		dna: { state: dnaState(caseFile) },
		birth:
			birth === undefined
				? undefined
				: birth.precision === 'exact'
					? { earliest: birth.date, latest: birth.date }
					: { earliest: birth.earliest, latest: birth.latest },
		flags: [
			...standingFlags(caseFile).map(({ flag }) => flag.flag),
			...(identityChanged(caseFile) ? (['identity_changed_since_publication'] as const) : [])
		],
		startConfirmed: startConfirmed(caseFile),
		reviews: reviewsOnFile(caseFile),
		identity: identityEntries(caseFile),
		unknownEntries: caseFile.unknown.size > 0,
		...(filesDisagree(caseFile) && { filesDisagree: true as const })
	};
}

/** Two files of one child with two days of the hand-over: which is right is a person's to say, and until then nothing is over. */
function filesDisagree(caseFile: CaseFile): boolean {
	const dates = live(caseFile.fields.handoverDate);
	const told = new Set(dates.flatMap(({ value }) => (value.state === 'known' ? [value.value] : [])));
	return told.size > 1 && new Set(dates.map(({ childId }) => childId)).size > 1;
}

function events(caseFile: CaseFile): HoldEvent[] {
	const found: HoldEvent[] = [];
	for (const version of live(caseFile.fields.handoverDate)) {
		if (version.value.state === 'known')
			found.push({ type: 'police_handover', date: version.value.value, id: version.entryId });
	}
	for (const version of live(caseFile.fields.dateRescued)) {
		if (version.value.state !== 'known') continue;
		// "March 2025" can have been its first day: with the earliest a hand-over on 3 March contradicts nothing.
		found.push({ type: 'rescued', date: earliest(version.value.value), id: version.entryId });
	}
	for (const received of items(caseFile, 'handoverReceived')) {
		for (const version of received.live)
			found.push({ type: 'transfer', date: version.occurredOn, id: version.entryId });
	}
	for (const step of caseFile.noticeSteps.values()) {
		const { entryId: id, occurredOn: date } = step.origin;
		if (step.step === 'approved') found.push({ type: 'notice_published', channel: 'national_platform', date, id });
		if (step.step === 'taken_down') found.push({ type: 'notice_taken_down', channel: 'national_platform', date, id });
	}
	// DOC-D is the printed notice; its own date is the day of the newspaper.
	for (const paper of items(caseFile, 'document')) {
		for (const { value, entryId } of paper.live) {
			if (value.code === 'DOC-D' && value.date)
				found.push({ type: 'notice_published', channel: 'newspaper', date: value.date, id: entryId });
		}
	}
	const { left } = exitState(caseFile);
	if (left) found.push({ type: exitFacts[left.exit.reason], date: left.on, id: left.confirmation });
	for (const { step, on: date, entryId: id } of adoptionSteps(caseFile)) {
		const type = adoptionFacts[step];
		if (type) found.push({ type, date, id });
	}
	for (const { id, occurredOn: date } of decisionsOf(caseFile, 'guardianship.changed')) {
		found.push({ type: 'long_term_guardianship_start', date, id });
	}
	return found;
}

const exitFacts = {
	reunited: 'reunited',
	adopted: 'adopted',
	other_guardian: 'other_basis',
	aged_out: 'aged_out',
	deceased: 'deceased',
	entered_in_error: 'entered_in_error'
} as const satisfies Record<ExitReason, FactType>;

const adoptionFacts: { readonly [S in AdoptionStep]?: FactType } = {
	registry_notice: 'registry_notice_published',
	application: 'application',
	refused: 'registration_refused',
	dissolved: 'adoption_dissolved',
	revoked: 'adoption_dissolved',
	invalid: 'adoption_dissolved'
};

/**
 * Did somebody else than its author compare the live date of the hand-over with the paper? A correction needs a new look.
 * Two live dates are a dispute, not a confirmation.
 */
function startConfirmed(caseFile: CaseFile): boolean {
	const dates = live(caseFile.fields.handoverDate);
	const confirmations = decisionsOf(caseFile, 'date.confirmed');
	return (
		dates.length > 0 &&
		dates.every((date) =>
			confirmations.some(({ payload, staffId }) => payload.confirmed === date.entryId && staffId !== date.staffId)
		)
	);
}

/** What tells the public who the child is; if one of these changes after a publication, the notice may lead astray. */
export const identityFields = [
	'nameGiven',
	'nameAssigned',
	'nameCalled',
	'sex',
	'birth',
	'placeTaken'
] as const satisfies readonly FieldKey[];

/** The entries that say who the child is now, sorted. */
export function identityEntries(caseFile: CaseFile): readonly EntryId[] {
	const entries = identityFields.flatMap((key) => live<unknown>(caseFile.fields[key]).map(({ entryId }) => entryId));
	return [...new Set(entries)].sort();
}

/** Does the file say something else of the child's identity than what the approval of the notice saw? */
function identityChanged(caseFile: CaseFile): boolean {
	const seen = noticeState(caseFile).published?.identitySeen;
	if (seen === undefined) return false;
	const known = new Set(seen);
	return identityEntries(caseFile).some((id) => !known.has(id));
}

/**
 * The reviews of a file in the order they were opened. One that was sent back is none any more, nor is one that a later
 * one replaced: what was agreed there must not count again when the later one is sent back.
 */
function reviewsOnFile(caseFile: CaseFile): readonly ReviewFacts[] {
	const openings = decisionsOf(caseFile, 'review.opened');
	const replaced = new Set(openings.flatMap(({ replaces }) => replaces));
	const returned = new Set(decisionsOf(caseFile, 'review.returned').map(({ payload }) => payload.itemId));
	const signatures = decisionsOf(caseFile, 'review.signed');
	return openings
		.filter(({ id, payload }) => !replaced.has(id) && !returned.has(payload.itemId))
		.map(({ payload, occurredOn }) => ({
			id: payload.itemId,
			openedOn: occurredOn,
			snapshot: payload.snapshot,
			evidence: payload.evidence,
			signatures: signatures
				.filter((signed) => signed.payload.itemId === payload.itemId && signed.payload.snapshot === payload.snapshot)
				.map(({ staffId, institutionId, payload: { verdict, opinion }, occurredOn: on }) => ({
					staffId,
					institutionId,
					verdict,
					opinion,
					on
				}))
		}));
}

function documents(caseFile: CaseFile): HoldDocument[] {
	return items(caseFile, 'document').flatMap((paper) =>
		paper.live.map(({ value, entryId }) => ({
			code: value.code,
			number: value.number,
			date: value.date,
			issuer: value.issuer,
			originalSeenBy: value.originalSeenBy,
			id: entryId
		}))
	);
}

/** The farthest step of any of the child's samples: a second sample that is only collected undoes nothing. */
function dnaState(caseFile: CaseFile): DnaState {
	const farthest = Math.max(-1, ...items(caseFile, 'sample').map((sample) => sampleSteps.indexOf(sample.value.step)));
	return sampleSteps[farthest] ?? 'none';
}
