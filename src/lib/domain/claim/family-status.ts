import type { CivilDate } from '../time.ts';
import type { ClaimEvent, ClaimKind } from './events.ts';
import { topics, type Topic } from './statement.ts';

/*
 * What a family is told of its claim: where it stands and what is asked of them, never who looked, what was found or which
 * child. "Decided" says that and no more: what was decided is said in person.
 *
 *   received ──► looked_at ──► sample_due ──► compared ──► deciding ──► decided
 *                                  │ no sample by its day
 *                                  └──► (block lapsed: may appeal) ── sample ──► compared
 */
export const familyStages = [
	'received',
	'looked_at',
	'sample_due',
	'compared',
	'deciding',
	'decided',
	'withdrawn'
] as const;
export type FamilyStage = (typeof familyStages)[number];

export interface FamilyStatus {
	readonly stage: FamilyStage;
	/** Day of the last event the family may know of. */
	readonly since: CivilDate;
	/** Questions the family has not answered since they were asked. */
	readonly asked: readonly Topic[];
	/** Last day for the family's blood sample. */
	readonly sampleDue: CivilDate | undefined;
	/** No sample came in time: nothing stops for this claim until it is restored. */
	readonly lapsed: { readonly dueOn: CivilDate; readonly appealed: boolean } | undefined;
	/** The words and papers were erased, as the law asks. */
	readonly erased: boolean;
}

/** What the family can do now. */
export interface FamilyOptions {
	readonly amend: boolean;
	readonly withdraw: boolean;
	readonly appeal: boolean;
}

/**
 * @param events in their order, with the day of each
 * @returns undefined where nothing was sent yet
 */
export function familyStatus(
	kind: ClaimKind,
	events: readonly { readonly number: number; readonly on: CivilDate; readonly event: ClaimEvent }[]
): FamilyStatus | undefined {
	let status: FamilyStatus | undefined;
	const moved = (on: CivilDate, change: Partial<FamilyStatus>) => {
		status = {
			...(status ?? { stage: 'received', asked: [], sampleDue: undefined, lapsed: undefined, erased: false }),
			since: on,
			...change
		};
	};
	for (const { on, event } of events) {
		switch (event.type) {
			case 'received':
				moved(on, { stage: 'received' });
				break;
			case 'screened':
				moved(
					on,
					event.verdict === 'plausible' && event.sampleDue !== undefined
						? { stage: 'sample_due', sampleDue: event.sampleDue }
						: { stage: 'looked_at' }
				);
				break;
			case 'asked':
				moved(on, { asked: event.topics.filter(isTopic) });
				break;
			case 'amended':
			case 'paper_added':
				// What they answered is theirs to know; the stage is the desk's.
				if (status) status = { ...status, asked: [] };
				break;
			case 'sample_taken':
				if (event.of === 'family') moved(on, { stage: 'compared', sampleDue: undefined, lapsed: undefined });
				break;
			case 'block_lapsed':
				moved(on, { stage: 'looked_at', sampleDue: undefined, lapsed: { dueOn: event.dueOn, appealed: false } });
				break;
			case 'appealed':
				if (status?.lapsed) moved(on, { lapsed: { ...status.lapsed, appealed: true } });
				break;
			case 'block_restored':
				moved(on, { stage: 'sample_due', sampleDue: event.sampleDue, lapsed: undefined });
				break;
			case 'kinship_reported':
				moved(on, { stage: event.result === 'inconclusive' ? 'compared' : 'deciding', sampleDue: undefined });
				break;
			case 'decision_proposed':
				moved(on, { stage: 'deciding', sampleDue: undefined });
				break;
			case 'decision_signed': {
				const proposal = events.find(({ number }) => number === event.proposal)?.event;
				// A report outlives the child it was compared with: it waits for the next one.
				const goesOn = kind === 'report' && proposal?.type === 'decision_proposed' && proposal.decision === 'refuse';
				moved(on, goesOn ? { stage: 'looked_at' } : { stage: 'decided', asked: [], lapsed: undefined });
				break;
			}
			case 'withdrawn':
				moved(on, { stage: 'withdrawn', asked: [], sampleDue: undefined, lapsed: undefined });
				break;
			case 'erased':
				if (status) status = { ...status, erased: true };
				break;
			// The desk's own work: what it found and thinks is not told by a page.
			case 'linked':
			case 'unlinked':
			case 'evidence_noted':
			case 'police_found':
			case 'fitness_assessed':
			case 'parents_asked':
			case 'decision_returned':
				break;
		}
	}
	return status;
}

export function familyOptions(status: FamilyStatus): FamilyOptions {
	const open = status.stage !== 'decided' && status.stage !== 'withdrawn' && !status.erased;
	return { amend: open, withdraw: open, appeal: open && status.lapsed !== undefined && !status.lapsed.appealed };
}

function isTopic(name: string): name is Topic {
	return topics.some((topic) => topic === name);
}
