import type { ChildId, InstitutionId, Sha256 } from '../ids.ts';
import type { CivilDate } from '../time.ts';

/**
 * One line of a list of children: what lists, the search and "what is due" need, and nothing more. Made from the case
 * file wherever it changes; kept sealed on the tablet, in a table of its own at the registry.
 */
export interface ChildRow {
	readonly childId: ChildId;
	/** The name to show: given, else assigned, else called; undefined while nobody wrote one. */
	readonly name: string | undefined;
	/** True where the shown name was given by the house (暂用名). */
	readonly nameIsAssigned: boolean;
	/** Every name the child is known by, for the search. */
	readonly names: readonly string[];
	/** Pinyin without tones as recorded by a person, else undefined (the search makes its own from the names). */
	readonly pinyin: string | undefined;
	readonly caseNumber: string | undefined;
	/** Code of the table `sex`. */
	readonly sex: string | undefined;
	readonly birthEarliest: CivilDate | undefined;
	readonly birthLatest: CivilDate | undefined;
	/** Marks, features and clothing as words, for the search by body mark. */
	readonly marks: string;
	/** The picture to show: the newest front photo that is not withdrawn. */
	readonly portrait: Sha256 | undefined;
	readonly custodian: InstitutionId | undefined;
	/** The day the twelve months count from, undisputed or the later of two. */
	readonly holdStart: CivilDate | undefined;
	readonly holdLastDay: CivilDate | undefined;
	readonly holdProvisional: boolean;
	readonly submitted: boolean;
	/** Steps of the intake with at least one answer or item. */
	readonly stepsBegun: number;
	readonly conflictCount: number;
	readonly unknownEntryCount: number;
	readonly notice: 'none' | 'draft' | 'published' | 'taken_down';
	/** What must be done by when, whatever today is; a list compares `dueOn` with today. */
	readonly duties: readonly Duty[];
}

/** Something that is to be done for a child. Codes have words in the messages (area `duties`). */
export interface Duty {
	readonly code: DutyCode;
	/** The last day on which it is in time; undefined: as soon as possible. */
	readonly dueOn: CivilDate | undefined;
}

export type DutyCode =
	| 'finish_intake'
	| 'front_photo'
	| 'dna_sample'
	| 'settle_conflict'
	| 'temp_proof'
	| 'publish_notice'
	| 'notice_ends'
	| 'station_handover'
	| 'receive_handover'
	| 'hold_ends'
	| 'certificate'
	| 'monthly_photo'
	| 'growth_check';
