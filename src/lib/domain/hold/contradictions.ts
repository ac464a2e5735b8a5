/** What does not fit together: never refused, never repaired, listed for a person to look at. */
import { documentCodes, type DocumentCode } from '../document/document.ts';
import type { CivilDate } from '../time.ts';
import { periodOf, type Clock } from './clock.ts';
import type { Chronicle, HoldFacts, OddDate } from './facts.ts';
import type { FactType, NoticeChannel } from './policy.ts';

export type Contradiction =
	| { readonly code: 'date_in_future'; readonly fact: FactType | DocumentCode | 'claim'; readonly date: CivilDate }
	| ({ readonly code: 'date_implausible' } & OddDate)
	| { readonly code: 'handover_before_rescue'; readonly handover: CivilDate; readonly rescued: CivilDate }
	| {
			readonly code: 'document_before_rescue';
			readonly document: DocumentCode;
			readonly date: CivilDate;
			readonly rescued: CivilDate;
	  }
	| { readonly code: 'handover_before_birth'; readonly handover: CivilDate; readonly birth: CivilDate }
	| {
			readonly code: 'notice_before_handover';
			readonly channel: NoticeChannel;
			readonly date: CivilDate;
			readonly handover: CivilDate;
	  }
	| { readonly code: 'transfer_before_handover'; readonly date: CivilDate; readonly handover: CivilDate }
	| { readonly code: 'transfer_before_notice_elapsed'; readonly date: CivilDate; readonly lastDay?: CivilDate }
	| { readonly code: 'certificate_before_elapsed'; readonly date: CivilDate; readonly openFrom?: CivilDate }
	| { readonly code: 'certificate_without_document'; readonly date: CivilDate }
	| { readonly code: 'registry_notice_before_certificate'; readonly date: CivilDate; readonly certificate: CivilDate }
	| { readonly code: 'adopted_without_certificate'; readonly date: CivilDate }
	| {
			readonly code: 'fact_after_closing';
			readonly fact: FactType;
			readonly date: CivilDate;
			readonly closed: CivilDate;
	  }
	| { readonly code: 'document_number_twice'; readonly number: string; readonly documents: readonly DocumentCode[] }
	| {
			readonly code: 'claim_closed_before_opened';
			readonly claim: string;
			readonly opened: CivilDate;
			readonly closed: CivilDate;
	  }
	| { readonly code: 'claim_closed_without_outcome'; readonly claim: string; readonly closed: CivilDate };
export type ContradictionCode = Contradiction['code'];

export function contradictionsIn(
	facts: HoldFacts,
	chronicle: Chronicle,
	clocks: readonly Clock[],
	holdClock: Clock | undefined,
	closedOn: CivilDate | undefined
): readonly Contradiction[] {
	const { today } = facts;
	const found: Contradiction[] = [];
	const rescued = chronicle.first('rescued')?.date;
	const handover = chronicle.last('police_handover')?.date;

	for (const event of facts.events) {
		if (event.date > today) found.push({ code: 'date_in_future', fact: event.type, date: event.date });
	}
	for (const document of facts.documents) {
		const { code, date } = document;
		if (date === undefined) continue;
		if (date > today) found.push({ code: 'date_in_future', fact: code, date });
		if (rescued !== undefined && date < rescued) {
			found.push({ code: 'document_before_rescue', document: code, date, rescued });
		}
	}
	for (const claim of facts.claims) {
		if (claim.openedOn > today) found.push({ code: 'date_in_future', fact: 'claim', date: claim.openedOn });
		if (claim.closedOn === undefined) continue;
		if (claim.closedOn > today) found.push({ code: 'date_in_future', fact: 'claim', date: claim.closedOn });
		if (claim.closedOn < claim.openedOn) {
			const { id, openedOn: opened, closedOn: closed } = claim;
			found.push({ code: 'claim_closed_before_opened', claim: id, opened, closed });
		}
		if (claim.outcome === undefined) {
			found.push({ code: 'claim_closed_without_outcome', claim: claim.id, closed: claim.closedOn });
		}
	}

	if (rescued !== undefined && handover !== undefined && handover < rescued) {
		found.push({ code: 'handover_before_rescue', handover, rescued });
	}
	if (handover !== undefined) {
		if (facts.birth && handover < facts.birth.earliest) {
			found.push({ code: 'handover_before_birth', handover, birth: facts.birth.earliest });
		}
		for (const { date, channel } of chronicle.all('notice_published')) {
			if (channel && date < handover) found.push({ code: 'notice_before_handover', channel, date, handover });
		}
		for (const { date } of chronicle.all('transfer')) {
			if (date < handover) found.push({ code: 'transfer_before_handover', date, handover });
		}
	}

	const transfer = chronicle.first('transfer');
	const move = clocks.find(({ rule }) => rule.metBy?.some((by) => 'fact' in by && by.fact === 'transfer'));
	if (transfer && move && 'afterClock' in move.rule.start) {
		const planned = periodOf(move);
		// The move starts on the notice's last day; a transfer on that day or before came too soon.
		if (!planned) found.push({ code: 'transfer_before_notice_elapsed', date: transfer.date });
		else if (transfer.date <= planned.start) {
			found.push({ code: 'transfer_before_notice_elapsed', date: transfer.date, lastDay: planned.start });
		}
	}

	const openFrom = holdClock && periodOf(holdClock)?.openFrom;
	const certificates = facts.documents.filter((document) => document.code === 'DOC-C');
	for (const { date } of certificates) {
		if (date === undefined || (openFrom !== undefined && date >= openFrom)) continue;
		found.push({ code: 'certificate_before_elapsed', date, ...(openFrom !== undefined && { openFrom }) });
	}
	const received = chronicle.first('certificate_received');
	if (received && certificates.length === 0) {
		found.push({ code: 'certificate_without_document', date: received.date });
	}
	const certificateDates = certificates.flatMap(({ date }) => (date === undefined ? [] : [date])).sort();
	const [firstCertificate] = certificateDates;
	const registryNotice = chronicle.first('registry_notice_published');
	if (registryNotice && firstCertificate !== undefined && registryNotice.date < firstCertificate) {
		found.push({
			code: 'registry_notice_before_certificate',
			date: registryNotice.date,
			certificate: firstCertificate
		});
	}
	const adopted = chronicle.first('adopted');
	if (adopted && certificates.length === 0) found.push({ code: 'adopted_without_certificate', date: adopted.date });

	if (closedOn !== undefined) {
		for (const { type, date } of facts.events) {
			const belongsToTheEnd = type === 'notice_taken_down' || type === 'adoption_dissolved';
			if (date > closedOn && !belongsToTheEnd)
				found.push({ code: 'fact_after_closing', fact: type, date, closed: closedOn });
		}
	}

	const byNumber = new Map<string, DocumentCode[]>();
	for (const { code, number } of facts.documents) {
		if (number) byNumber.set(number, [...(byNumber.get(number) ?? []), code]);
	}
	for (const [number, codes] of byNumber) {
		const documents = documentCodes.filter((code) => codes.includes(code));
		if (documents.length > 1) found.push({ code: 'document_number_twice', number, documents });
	}
	return found;
}
