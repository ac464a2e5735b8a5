import type { CaseFile } from '../case-file/case-file.ts';
import type { DecisionType, EntryType, PayloadOf } from '../case-file/entry.ts';
import type { Role } from '../disclosure/roles.ts';
import type { Hold } from '../hold/hold.ts';
import type { EvidencePart } from '../hold/hold.ts';
import type { BlockerCode } from '../hold/blockers.ts';
import type { Policy } from '../hold/policy.ts';
import type { DocumentCode } from '../document/document.ts';
import type { EntryId, InstitutionId, ItemId, Sha256, StaffId } from '../ids.ts';
import type { CivilDate } from '../time.ts';

/** Who decides. */
export interface Actor {
	readonly staffId: StaffId;
	readonly institutionId: InstitutionId;
	readonly role: Role;
}

/** What the registry knows beside the file, read in the same transaction. */
export interface RegistryKnowledge {
	/** Claims that name this child and that nobody screened yet. */
	readonly unscreenedClaims: number;
	/** Pairs with a missing-child report, found without DNA, that nobody looked at. */
	readonly openCandidates: number;
}

/** Everything a decision is judged on. */
export interface CaseGround {
	readonly caseFile: CaseFile;
	/** Reckoned for `today` by the server's date. */
	readonly hold: Hold;
	readonly policy: Policy;
	readonly today: CivilDate;
	readonly registry: RegistryKnowledge;
}

/** Ids and hashes come in by the door. */
export interface DecisionMeans {
	readonly newItemId: () => ItemId;
	/** Of UTF-8 text, lower-case hex. */
	readonly sha256: (text: string) => Sha256;
}

/** An entry to be signed and appended: who, where and when are the log's to add. Documents too can be brought to a desk. */
export type DeskEntry = {
	readonly [T in DecisionType | FactAtDesk]: {
		readonly type: T;
		readonly payload: PayloadOf<T>;
		readonly replaces: readonly EntryId[];
		readonly occurredOn: CivilDate;
	};
}[DecisionType | FactAtDesk];
/** Facts that desks record beside decisions: papers with their pictures, the child's own words, and taking one back. */
type FactAtDesk = 'document.recorded' | 'photo.added' | 'consent.recorded' | 'item.withdrawn';
export type DeskEntryType = Extract<EntryType, DeskEntry['type']>;

/** Why a decision cannot be taken. Each has words and a way out in the messages (area `refusals`). */
export type CaseFault =
	| { readonly type: 'not_yours_to_decide' }
	| { readonly type: 'two_persons_needed' }
	| { readonly type: 'two_institutions_needed' }
	/** Who recorded what is to be judged cannot judge it. */
	| { readonly type: 'reviewer_recorded'; readonly what: 'certificate' | 'start' }
	| { readonly type: 'already_signed' }
	| { readonly type: 'not_there'; readonly what: 'date' | 'flag' | 'proposal' | 'paper' | 'adoption' | 'review' }
	| { readonly type: 'date_in_future'; readonly date: CivilDate }
	| { readonly type: 'date_before'; readonly date: CivilDate; readonly earliest: CivilDate }
	| { readonly type: 'child_has_left' }
	| { readonly type: 'child_has_not_left' }
	| { readonly type: 'hold_not_elapsed' }
	| { readonly type: 'not_certified' }
	| { readonly type: 'not_long_term' }
	| { readonly type: 'blocked'; readonly by: readonly BlockerCode[] }
	| { readonly type: 'conditions_missing'; readonly conditions: readonly string[] }
	| { readonly type: 'claims_to_screen'; readonly count: number }
	| { readonly type: 'candidates_to_look_at'; readonly count: number }
	| { readonly type: 'evidence_changed'; readonly parts: readonly EvidencePart[] }
	| { readonly type: 'document_needed'; readonly document: DocumentCode }
	| { readonly type: 'paper_needed' }
	| { readonly type: 'step_out_of_order'; readonly missing: string }
	| {
			readonly type: 'clock_running';
			readonly clock: string;
			readonly lastDay?: CivilDate | undefined;
			/** The last day has passed, but it hangs on holidays that are not published. */
			readonly provisional?: boolean | undefined;
	  }
	| { readonly type: 'consent_needed'; readonly matter: 'adoption' | 'dissolution' }
	| { readonly type: 'child_said_no'; readonly matter: 'adoption' | 'dissolution' }
	| { readonly type: 'claim_not_decided_so' }
	| { readonly type: 'may_be_of_age' }
	| { readonly type: 'not_of_age'; readonly on?: CivilDate | undefined }
	| { readonly type: 'proposal_open' }
	| { readonly type: 'wrong_code' };
export type CaseFaultType = CaseFault['type'];
