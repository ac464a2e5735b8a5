import { decisionsOf, type CaseFile } from '../case-file/case-file.ts';
import type { HoldClaim } from '../hold/facts.ts';
import type { ClaimId, EntryId } from '../ids.ts';
import type { ClaimDecision } from './events.ts';

/*
 * What a child's file knows of claims: that one was opened, and that it was closed. A claim that lapsed and was restored
 * has two openings; each closes by itself, and the days between them are no days of a claim.
 */

export interface ClaimOnFile extends HoldClaim {
	readonly id: ClaimId;
	/** The number people of the desk call it by. */
	readonly number: string;
	/** The entry that opened it; what closes it names it. */
	readonly opening: EntryId;
	readonly decision?: ClaimDecision | undefined;
}

/** The claims of a file by their openings, in the order of entry ids. Of two closings of one opening the earlier counts. */
export function claimsOnFile(caseFile: CaseFile): readonly ClaimOnFile[] {
	const closings = decisionsOf(caseFile, 'claim.closed');
	return decisionsOf(caseFile, 'claim.opened').map((opened) => {
		const closed = closings
			.filter(({ payload }) => payload.opening === opened.id && payload.claimId === opened.payload.claimId)
			.sort((a, b) => byText(a.occurredOn, b.occurredOn) || byText(a.id, b.id))[0];
		return {
			id: opened.payload.claimId,
			number: opened.payload.number,
			opening: opened.id,
			openedOn: opened.occurredOn,
			...(closed && {
				closedOn: closed.occurredOn,
				outcome: closed.payload.outcome,
				decision: closed.payload.decision
			})
		};
	});
}

export function openClaimsOnFile(caseFile: CaseFile): readonly (ClaimOnFile & { readonly closedOn?: undefined })[] {
	return claimsOnFile(caseFile).filter(
		(claim): claim is ClaimOnFile & { readonly closedOn?: undefined } => claim.closedOn === undefined
	);
}

/** The opening of this claim that still stands, if one does. */
export function standingOpening(caseFile: CaseFile, claimId: ClaimId): EntryId | undefined {
	return openClaimsOnFile(caseFile).find(({ id }) => id === claimId)?.opening;
}

function byText(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
