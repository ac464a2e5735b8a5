import { decisionsOf, items, knownValue } from '#lib/domain/case-file/case-file.ts';
import { guardianshipGround, hasProofOfEnd, openAdoption } from '#lib/domain/decision/adoption.ts';
import type { CaseGround } from '#lib/domain/decision/decision.ts';
import type { DocumentCode } from '#lib/domain/document/document.ts';
import type { ItemId, StaffId } from '#lib/domain/ids.ts';
import { adoptionSteps, exitState, type AdoptionStepOnFile } from '#lib/domain/leaving/exit-state.ts';
import type { AdoptionStep } from '#lib/domain/leaving/adoption.ts';
import { exitReasons } from '#lib/domain/leaving/exit.ts';
import { consentNeeds, exitNeeds, type LeavingNeed } from '#lib/domain/leaving/needs.ts';
import { claimsOnFile } from '#lib/domain/claim/on-file.ts';
import { noticeState } from '#lib/domain/notice/notice-state.ts';

/** A paper of the file as a form offers it. */
export interface PaperChoice {
	readonly itemId: ItemId;
	readonly code: DocumentCode;
	readonly title: string | undefined;
	readonly number: string | undefined;
	readonly date: string | undefined;
}

export function paperChoices({ caseFile }: Pick<CaseGround, 'caseFile'>): readonly PaperChoice[] {
	return items(caseFile, 'document').map(({ itemId, value }) => ({
		itemId,
		code: value.code,
		title: value.title,
		number: value.number,
		date: value.date
	}));
}

/** Steps that can follow in an adoption that is under way; the registry may publish before or after the application. */
const followers: { readonly [S in AdoptionStep]?: readonly AdoptionStep[] } = {
	matched: ['assessed'],
	assessed: ['agreement'],
	agreement: ['registry_notice', 'application'],
	registry_notice: ['application'],
	application: ['registry_notice']
};

function nextSteps(steps: readonly AdoptionStepOnFile[]): readonly AdoptionStep[] {
	const done = new Set(steps.map(({ step }) => step));
	const next = [...done].flatMap((step) => followers[step] ?? []).filter((step) => !done.has(step));
	return [...new Set(next), 'refused', 'given_up'];
}

/** Everything the page of leaving shows of a file, but people's names. */
export function leavingView(ground: CaseGround) {
	const { caseFile, policy, today } = ground;
	const { left, proposed } = exitState(caseFile);
	const open = openAdoption(caseFile);
	const all = adoptionSteps(caseFile);
	const shown = open ?? all.at(-1)?.adoption;
	const steps = all.filter(({ adoption }) => adoption === shown);
	const guardianship = decisionsOf(caseFile, 'guardianship.changed').at(-1);
	const dissolving: readonly LeavingNeed[] = [
		{
			need: 'claim_home',
			met: claimsOnFile(caseFile).some(({ decision }) => decision === 'dissolve'),
			claims: []
		},
		{
			need: 'document',
			document: 'DOC-J',
			complete: true,
			met: left !== undefined && hasProofOfEnd(caseFile, left.on)
		},
		...consentNeeds(caseFile, policy, 'dissolution', today)
	];
	return {
		since: knownValue(caseFile, 'handoverDate'),
		notice: noticeState(caseFile).takenDown ? 'down' : noticeState(caseFile).published ? 'public' : 'none',
		left,
		proposed,
		guardianship: {
			ground: guardianshipGround(caseFile),
			on: guardianship?.occurredOn
		},
		papers: paperChoices(ground),
		adoption:
			shown === undefined
				? undefined
				: {
						id: shown,
						open: open !== undefined,
						steps: steps.map(({ step, on, record }) => ({ step, on, note: record.note })),
						next: open === undefined ? [] : nextSteps(steps)
					},
		consents: items(caseFile, 'consent').map(({ itemId, value, version }) => ({
			itemId,
			value,
			on: version.occurredOn
		})),
		dissolving,
		exits: exitReasons.map((reason) => ({
			reason,
			missing: exitNeeds(ground, reason).filter(({ met }) => !met).length
		}))
	} as const;
}

/** The people a page of leaving names. */
export function peopleOf({
	left,
	proposed
}: Pick<ReturnType<typeof leavingView>, 'left' | 'proposed'>): readonly StaffId[] {
	return [...(left ? [left.by, left.confirmedBy] : []), ...(proposed ? [proposed.by] : [])];
}
