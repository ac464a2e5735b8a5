import type { Role } from '../disclosure/roles.ts';
import type { ChildId, ClaimId, InstitutionId, StaffId } from '../ids.ts';

/**
 * What a person can be told in the inbox. A code and ids, never a word of a file: whatever leaves the registry (a mail, a
 * message to a group) is made from the codes and their counts alone.
 */
export const inboxCodes = [
	'claim_to_screen',
	'claim_blocks_child',
	'claim_sample_due',
	'claim_block_lapsed',
	'claim_decision_to_sign',
	'kinship_result',
	'police_finding_needed',
	'fitness_needed',
	'review_to_sign',
	'review_returned',
	'review_evidence_changed',
	'exit_to_confirm',
	'certificate_possible',
	'hold_ends_soon',
	'provisional_dates_changed',
	'candidate_found',
	'access_granted',
	'loose_record_came',
	'tablet_equivocated',
	'tablet_ahead',
	'registry_forgot',
	'notice_withheld',
	'notice_twice',
	'date_to_confirm',
	'consent_needed',
	'document_due'
] as const;
export type InboxCode = (typeof inboxCodes)[number];

/** Whom something is told: a house's people of these roles (all, where none is named), people who see every house, or one. */
export type Addressee =
	| { readonly institutionId: InstitutionId; readonly role?: Role | readonly Role[]; readonly userId?: undefined }
	| {
			readonly role: RegistryRole | readonly RegistryRole[];
			readonly institutionId?: undefined;
			readonly userId?: undefined;
	  }
	| { readonly userId: StaffId; readonly institutionId?: undefined; readonly role?: undefined };

/** Roles that belong to no house and are addressed without one. */
export type RegistryRole = Extract<Role, 'registry_officer' | 'police_liaison' | 'auditor'>;

/** What an item is about; at least one, so that it can be found again and closed. */
export interface InboxRefs {
	readonly childId?: ChildId;
	readonly claimId?: ClaimId;
	/** Another thing's UUID: an entry, a grant, a pair of candidates. */
	readonly ref?: string;
}
