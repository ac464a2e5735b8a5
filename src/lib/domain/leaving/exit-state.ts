import { decisionsOf, filesOf, type CaseFile } from '../case-file/case-file.ts';
import type { EntryId, ItemId, StaffId } from '../ids.ts';
import type { CivilDate } from '../time.ts';
import type { AdoptionRecord, AdoptionStep } from './adoption.ts';
import type { Exit } from './exit.ts';

/** A leaving as somebody proposed it. */
export interface ProposedExit {
	readonly proposal: EntryId;
	readonly exit: Exit;
	/** The day the child left, or is to leave. */
	readonly on: CivilDate;
	readonly by: StaffId;
}

export interface ConfirmedExit extends ProposedExit {
	readonly confirmation: EntryId;
	readonly confirmedBy: StaffId;
	readonly confirmedOn: CivilDate;
}

export interface ExitState {
	/** Waits for a second person. */
	readonly proposed: ProposedExit | undefined;
	/** The child has left. */
	readonly left: ConfirmedExit | undefined;
}

/**
 * Where leaving stands: derived, never stored.
 *
 *  1. A confirmation counts only for a proposal that is there, was not withdrawn, and was made by another person; coming of
 *     age needs no second person.
 *  2. An adoption whose end (dissolved, revoked, invalid) replaces the confirmation is no exit any more.
 *  3. The latest exit that stands counts.
 *  4. A file that was begun in error and then merged with the child's other file is no error any more.
 */
export function exitState(caseFile: CaseFile): ExitState {
	const withdrawn = new Set(decisionsOf(caseFile, 'exit.withdrawn').map(({ payload }) => payload.proposal));
	const proposals = decisionsOf(caseFile, 'exit.proposed').map((entry): ProposedExit => ({
		proposal: entry.id,
		exit: entry.payload.exit,
		on: entry.occurredOn,
		by: entry.staffId
	}));
	const confirmations = decisionsOf(caseFile, 'exit.confirmed');
	const merged = filesOf(caseFile).length > 1;
	const confirmed = proposals.flatMap((proposal): ConfirmedExit[] => {
		const entry = confirmations.find(
			({ payload, staffId }) =>
				payload.proposal === proposal.proposal && (staffId !== proposal.by || proposal.exit.reason === 'aged_out')
		);
		if (!entry) return [];
		return [{ ...proposal, confirmation: entry.id, confirmedBy: entry.staffId, confirmedOn: entry.occurredOn }];
	});
	const settled = new Set(confirmed.map(({ proposal }) => proposal));
	const ended = endedConfirmations(caseFile);
	return {
		proposed: proposals.filter(({ proposal }) => !settled.has(proposal) && !withdrawn.has(proposal)).at(-1),
		left: confirmed
			.filter(({ confirmation, exit }) => !ended.has(confirmation) && !(merged && exit.reason === 'entered_in_error'))
			.sort((a, b) => byText(a.on, b.on) || byText(a.proposal, b.proposal))
			.at(-1)
	};
}

/** One step of an adoption with its day and entry. */
export interface AdoptionStepOnFile {
	readonly entryId: EntryId;
	readonly adoption: ItemId;
	readonly step: AdoptionStep;
	readonly on: CivilDate;
	readonly record: AdoptionRecord;
}

/** Every step of every adoption of a file, by day, then by entry. */
export function adoptionSteps(caseFile: CaseFile): readonly AdoptionStepOnFile[] {
	return decisionsOf(caseFile, 'adoption.recorded')
		.map(({ id, payload, occurredOn }) => ({
			entryId: id,
			adoption: payload.itemId,
			step: payload.adoption.step,
			on: occurredOn,
			record: payload.adoption
		}))
		.sort((a, b) => byText(a.on, b.on) || byText(a.entryId, b.entryId));
}

/** Steps that end an adoption that was registered. */
export const adoptionEnds: readonly AdoptionStep[] = ['dissolved', 'revoked', 'invalid'];

function endedConfirmations(caseFile: CaseFile): ReadonlySet<EntryId> {
	return new Set(
		decisionsOf(caseFile, 'adoption.recorded')
			.filter(({ payload }) => adoptionEnds.includes(payload.adoption.step))
			.flatMap(({ replaces }) => replaces)
	);
}

function byText(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
