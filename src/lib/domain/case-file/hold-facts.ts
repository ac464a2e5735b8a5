import type { FirstReceiver } from '../hold/policy.ts';
import type { DnaState, HoldDocument, HoldEvent, HoldFacts } from '../hold/hold.ts';
import type { InstitutionId } from '../ids.ts';
import { sampleSteps } from '../sample/sample.ts';
import { earliest, type CivilDate } from '../time.ts';
import { firstHouse, items, knownValue, type CaseFile } from './case-file.ts';
import { live } from './versions.ts';

/** Which kind of house an institution is, where the caller's roster knows it; the registry's own desk has no kind. */
export type KindOfHouse = (institutionId: InstitutionId) => FirstReceiver | undefined;

/**
 * What a case file says to the hold: dates, papers, samples. Two live values of one date are two events, so that the
 * hold sees the dispute. Claims are not part of a case file.
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
		claims: [],
		dna: { state: dnaState(caseFile) },
		birth:
			birth === undefined
				? undefined
				: birth.precision === 'exact'
					? { earliest: birth.date, latest: birth.date }
					: { earliest: birth.earliest, latest: birth.latest },
		unknownEntries: caseFile.unknown.size > 0
	};
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
	return found;
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
