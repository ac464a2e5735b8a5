import type { CaseFile, NoticeStep } from '../case-file/case-file.ts';
import type { Origin } from '../case-file/versions.ts';
import type { EntryId } from '../ids.ts';
import type { NoticeDraft } from './notice.ts';

/** A draft as somebody wrote it. */
export interface DraftedNotice {
	readonly entryId: EntryId;
	readonly draft: NoticeDraft;
	readonly origin: Origin;
}

/** Where a child's notice stands: derived from its steps, never stored. */
export interface NoticeState {
	/** What the public sees now. */
	readonly published: (DraftedNotice & { readonly publicNumber: string; readonly approval: Origin }) | undefined;
	/** Waits for a second person. Beside a published notice it is the next version. */
	readonly draft: DraftedNotice | undefined;
	/** The last take-down, if nothing was published after it. */
	readonly takenDown: Extract<NoticeStep, { step: 'taken_down' }> | undefined;
	/** The number given at the first publication: the child's for ever. */
	readonly publicNumber: string | undefined;
}

/**
 * Which step holds is told by what replaces what, as everywhere in a case file: an approval replaces its draft and the
 * approval before, a take-down replaces the approval. An approval whose draft has not arrived publishes nothing.
 */
export function noticeState(caseFile: CaseFile): NoticeState {
	const steps = [...caseFile.noticeSteps.values()];
	const replaced = new Set(steps.flatMap((step) => step.replaces));
	const alive = steps.filter((step) => !replaced.has(step.origin.entryId));

	const approvals = alive.filter((step) => step.step === 'approved');
	const approval = approvals.at(-1);
	const approved = approval && caseFile.noticeSteps.get(approval.approval.draft);
	const published =
		approval && approved?.step === 'drafted'
			? { ...drafted(approved), publicNumber: approval.approval.publicNumber, approval: approval.origin }
			: undefined;

	const draft = alive
		.filter((step) => step.step === 'drafted' && step.origin.entryId !== approval?.approval.draft)
		.at(-1);
	const takenDown = alive.filter((step) => step.step === 'taken_down').at(-1);
	const numbers = steps.flatMap((step) => (step.step === 'approved' ? [step.approval.publicNumber] : []));
	return {
		published,
		draft: draft?.step === 'drafted' ? drafted(draft) : undefined,
		takenDown: !published && takenDown?.step === 'taken_down' ? takenDown : undefined,
		publicNumber: numbers[0]
	};
}

function drafted(step: Extract<NoticeStep, { step: 'drafted' }>): DraftedNotice {
	return { entryId: step.origin.entryId, draft: step.draft, origin: step.origin };
}
