import { filesOf, type CaseFile, type NoticeStep } from '../case-file/case-file.ts';
import type { Origin } from '../case-file/versions.ts';
import type { ChildId, EntryId } from '../ids.ts';
import { exitState } from '../leaving/exit-state.ts';
import type { CivilDate } from '../time.ts';
import type { NoticeDraft } from './notice.ts';

type Drafted = Extract<NoticeStep, { step: 'drafted' }>;
type Approved = Extract<NoticeStep, { step: 'approved' }>;
type TakenDown = Extract<NoticeStep, { step: 'taken_down' }>;

/** A draft as somebody wrote it. */
export interface DraftedNotice {
	readonly entryId: EntryId;
	readonly draft: NoticeDraft;
	readonly origin: Origin;
}

/** Where a child's notice stands: derived from its steps, never stored. */
export interface NoticeState {
	/** What the public sees now: exactly the draft that was approved. */
	readonly published:
		| (DraftedNotice & {
				readonly publicNumber: string;
				readonly approval: Origin;
				readonly identitySeen: readonly EntryId[] | undefined;
		  })
		| undefined;
	/** Waits for a second person. Beside a published notice it is the next version. */
	readonly draft: DraftedNotice | undefined;
	/** The last take-down, if nothing was published after it. */
	readonly takenDown: TakenDown | undefined;
	/** The number given at the first publication: the child's for ever. */
	readonly publicNumber: string | undefined;
}

/**
 * Which step holds is told by what replaces what, as everywhere in a case file:
 *
 *  1. An approval counts only for a draft that is there and that another person wrote (two persons, rule book 5).
 *  2. A take-down holds until an approval replaces it; where one of each stands side by side nothing is public.
 *  3. A draft waits until it is drafted again or approved.
 *  4. Nothing is public of a child who left the register (未成年人保护法 103: the exception ends with the search).
 *  5. Every file has a notice of its own; of a child with several it is told of the one that is published, else of the
 *     first. `publishedTwice` tells of those that should come down.
 */
export function noticeState(caseFile: CaseFile): NoticeState {
	const files = filesOf(caseFile);
	if (files.length > 1) {
		const left = exitState(caseFile).left !== undefined;
		const states = files
			.map((file) => noticeState(file))
			.map((state) => (left ? { ...state, published: undefined } : state));
		const told = [
			states.find(({ published }) => published !== undefined),
			states.find(({ draft }) => draft !== undefined),
			states.find(({ takenDown }) => takenDown !== undefined),
			states[0]
		].find((state) => state !== undefined);
		if (told) return told;
	}
	const steps = [...caseFile.noticeSteps.values()];
	const drafts = steps.filter((step): step is Drafted => step.step === 'drafted');
	const draftOf = (approval: Approved) => drafts.find((draft) => draft.origin.entryId === approval.approval.draft);
	const approvals = steps.filter((step): step is Approved => {
		if (step.step !== 'approved') return false;
		const draft = draftOf(step);
		return draft !== undefined && draft.origin.staffId !== step.origin.staffId;
	});
	const takeDowns = steps.filter((step): step is TakenDown => step.step === 'taken_down');

	const takenDown = notReplaced(takeDowns, approvals).at(-1);
	// A child who left is not searched for any more, whatever the desk forgot to write.
	const left = exitState(caseFile).left !== undefined;
	const approval = takenDown || left ? undefined : notReplaced(approvals, [...approvals, ...takeDowns]).at(-1);
	const approved = approval && draftOf(approval);
	const decided = new Set(approvals.map((step) => step.approval.draft));
	const open = notReplaced(drafts, [...drafts, ...approvals])
		.filter((draft) => !decided.has(draft.origin.entryId))
		.at(-1);
	const publicNumber = approvals[0]?.approval.publicNumber;
	return {
		published:
			approval && approved && publicNumber !== undefined
				? {
						...drafted(approved),
						publicNumber,
						approval: approval.origin,
						identitySeen: approval.approval.identitySeen
					}
				: undefined,
		draft: open && drafted(open),
		takenDown,
		publicNumber
	};
}

/** Files of one child, beside the one that tells its notice, with a notice of their own that the public still sees. */
export function publishedTwice(
	caseFile: CaseFile
): readonly { readonly childId: ChildId; readonly publicNumber: string }[] {
	const published = filesOf(caseFile).flatMap((file) => {
		const { published: notice } = noticeState(file);
		return notice ? [{ childId: file.childId, publicNumber: notice.publicNumber }] : [];
	});
	return published.slice(1);
}

/** Every draft that was ever approved by a second person, with the first day it was: what the public saw stays known. */
export function everPublished(caseFile: CaseFile): readonly (DraftedNotice & { readonly publishedOn: CivilDate })[] {
	const steps = [...caseFile.noticeSteps.values()];
	return steps
		.filter((step): step is Drafted => step.step === 'drafted')
		.flatMap((draft) => {
			const days = steps
				.filter((step): step is Approved => step.step === 'approved')
				.filter(
					({ approval, origin }) => approval.draft === draft.origin.entryId && origin.staffId !== draft.origin.staffId
				)
				.map(({ origin }) => origin.occurredOn)
				.sort();
			return days[0] === undefined ? [] : [{ ...drafted(draft), publishedOn: days[0] }];
		});
}

/** The decisions a new one has seen: approvals and takings-down that nothing replaced yet. */
export function standingDecisions(caseFile: CaseFile): readonly EntryId[] {
	const steps = [...caseFile.noticeSteps.values()];
	const decisions = steps.filter((step) => step.step !== 'drafted');
	return notReplaced(decisions, decisions).map((step) => step.origin.entryId);
}

/** The drafts that a new one replaces: all that nobody drafted again or approved. */
export function openDrafts(caseFile: CaseFile): readonly EntryId[] {
	const steps = [...caseFile.noticeSteps.values()];
	const decided = new Set(steps.flatMap((step) => (step.step === 'approved' ? [step.approval.draft] : [])));
	const drafts = steps.filter((step) => step.step === 'drafted');
	return notReplaced(drafts, drafts)
		.map((step) => step.origin.entryId)
		.filter((id) => !decided.has(id));
}

function notReplaced<S extends NoticeStep>(steps: readonly S[], by: readonly NoticeStep[]): readonly S[] {
	const replaced = new Set(by.flatMap((step) => step.replaces));
	return steps.filter((step) => !replaced.has(step.origin.entryId));
}

function drafted(step: Drafted): DraftedNotice {
	return { entryId: step.origin.entryId, draft: step.draft, origin: step.origin };
}
