import { items, type CaseFile } from '#lib/domain/case-file/case-file.ts';
import { readableBy, type Role } from '#lib/domain/disclosure/roles.ts';
import type { CaseDocument, DocumentCode } from '#lib/domain/document/document.ts';
import { filesPaper } from '#lib/domain/document/judge-document.ts';
import { archivePhases, phaseOf, type ArchivePhase } from '#lib/domain/document/phases.ts';
import type { DocumentGap } from '#lib/domain/hold/conditions.ts';
import type { Policy } from '#lib/domain/hold/policy.ts';
import type { ItemId, Sha256 } from '#lib/domain/ids.ts';
import type { CivilDate } from '#lib/domain/time.ts';

/** A paper as a page shows it. */
export interface PaperView {
	readonly itemId: ItemId;
	readonly value: CaseDocument;
	/** When it reached the house. */
	readonly received: CivilDate;
	readonly phase: ArchivePhase;
	readonly scans: readonly { readonly itemId: ItemId; readonly sha256: Sha256 }[];
	/** Recorded in two ways that contradict each other. */
	readonly disputed: boolean;
	/** What the policy's condition wants of it and it lacks. */
	readonly gaps: readonly DocumentGap[];
	/** May this person correct and withdraw it? */
	readonly mine: boolean;
}

/** Papers are for who reads what is marked for the institution; an auditor reads the log of readings instead. */
export function readsPapers(role: Role): boolean {
	return readableBy[role].includes('institution');
}

/** The papers of a file by phase, in the order of their dates, undated ones last. */
export function papersByPhase(
	caseFile: CaseFile,
	policy: Policy,
	role: Role
): readonly { readonly phase: ArchivePhase; readonly papers: readonly PaperView[] }[] {
	const all = papersOf(caseFile, policy, role);
	return archivePhases.map((phase) => ({ phase, papers: all.filter((paper) => paper.phase === phase) }));
}

export function papersOf(caseFile: CaseFile, policy: Policy, role: Role): readonly PaperView[] {
	const pictures = items(caseFile, 'photo').filter(({ value }) => value.view === 'paper');
	return items(caseFile, 'document')
		.map(({ itemId, value, version, live }): PaperView => ({
			itemId,
			value,
			received: version.occurredOn,
			phase: phaseOf(caseFile, { itemId, code: value.code }),
			scans: pictures
				.filter((picture) => picture.value.of === itemId)
				.map((picture) => ({ itemId: picture.itemId, sha256: picture.value.sha256 })),
			disputed: live.length > 1,
			gaps: gapsOf(value, policy),
			mine: live.every((each) => filesPaper(role, each.value.code))
		}))
		.sort((a, b) => byText(a.value.date ?? '~', b.value.date ?? '~') || byText(a.value.code, b.value.code));
}

function gapsOf(paper: CaseDocument, policy: Policy): readonly DocumentGap[] {
	const wanted = policy.conditions.flatMap(({ needs }) =>
		needs.kind === 'document' && needs.document === paper.code ? needs.complete : []
	);
	return [...new Set(wanted)].filter((gap) => {
		switch (gap) {
			case 'number':
				return !paper.number;
			case 'date':
				return paper.date === undefined;
			case 'original':
				return !paper.originalSeenBy;
		}
	});
}

/** Papers a condition asks for that is not met yet, for a link to the form. */
export function wantedPapers(
	conditions: readonly { readonly status: string; readonly because: object }[]
): readonly DocumentCode[] {
	return conditions.flatMap(({ status, because }) =>
		status !== 'met' && 'document' in because ? [because.document as DocumentCode] : []
	);
}

function byText(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
