import type { Hold } from '../hold/hold.ts';
import type { HoldDocument } from '../hold/facts.ts';
import type { ClaimPhase } from './outcome.ts';

/**
 * Where a child stands for the decision table. A certificate on file counts whether or not it is complete: with it the rows
 * are the same, and it is void for use once kin is confirmed (rule book 3.3).
 */
export function phaseOf(hold: Hold, documents: readonly HoldDocument[]): ClaimPhase {
	if (hold.status === 'closed') return hold.reason === 'adopted' ? 'after_adoption' : 'left';
	return documents.some(({ code }) => code === 'DOC-C') ? 'after_certificate' : 'before_certificate';
}
