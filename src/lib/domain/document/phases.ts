import { decisionsOf, type CaseFile } from '../case-file/case-file.ts';
import type { ItemId } from '../ids.ts';
import type { DocumentCode } from './document.ts';

/*
 * The three phases of a child's archive (入院、在院、离院), after DB36/T 2141-2025, which orders a file of a welfare
 * institution so; which of the papers of rule book 3.2 belongs where follows the list of Order 63 (2018) for a rescued
 * child (intake) and the leaving papers of DB63/T 1892-2021.
 */
export const archivePhases = ['intake', 'in_care', 'leaving'] as const;
export type ArchivePhase = (typeof archivePhases)[number];

const phases: Readonly<Record<DocumentCode, ArchivePhase>> = {
	'DOC-A': 'intake',
	'DOC-B': 'intake',
	'DOC-C': 'in_care',
	'DOC-D': 'intake',
	'DOC-E': 'intake',
	'DOC-F': 'intake',
	'DOC-G': 'leaving',
	'DOC-H': 'leaving',
	'DOC-I': 'intake',
	'DOC-J': 'leaving',
	'DOC-K': 'leaving',
	'DOC-L': 'in_care',
	'DOC-M': 'intake',
	OTHER: 'in_care'
};

/** Where a paper of this kind is filed. */
export function usualPhase(code: DocumentCode): ArchivePhase {
	return phases[code];
}

/** Where a paper of a file stands: as usual for its kind, or with the leaving that names it (a death certificate). */
export function phaseOf(
	caseFile: CaseFile,
	paper: { readonly itemId: ItemId; readonly code: DocumentCode }
): ArchivePhase {
	return papersOfLeaving(caseFile).has(paper.itemId) ? 'leaving' : usualPhase(paper.code);
}

function papersOfLeaving(caseFile: CaseFile): ReadonlySet<ItemId> {
	return new Set([
		...decisionsOf(caseFile, 'exit.proposed').flatMap(({ payload }) => payload.exit.papers),
		...decisionsOf(caseFile, 'adoption.recorded').flatMap(({ payload }) => payload.adoption.papers)
	]);
}
