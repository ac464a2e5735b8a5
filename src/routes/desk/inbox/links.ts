import type { InboxCode } from '#lib/domain/inbox/codes.ts';

/** What of an item tells where it is dealt with. */
export interface Whereabouts {
	readonly code: InboxCode;
	readonly childId: string | null;
	readonly claimId: string | null;
	readonly ref?: string | null;
}

/** The page on which an item is dealt with; undefined where there is none to open. */
export function linkOf({ code, childId, claimId, ref }: Whereabouts): string | undefined {
	const claim = claimId === null ? undefined : `/desk/claims/${claimId}`;
	const child = childId === null ? undefined : `/desk/child/${childId}`;
	switch (code) {
		case 'claim_to_screen':
		case 'claim_blocks_child':
		case 'claim_sample_due':
		case 'claim_block_lapsed':
		case 'claim_decision_to_sign':
		case 'kinship_result':
		case 'police_finding_needed':
		case 'fitness_needed':
			return claim ?? child;
		case 'notice_withheld':
		case 'notice_twice':
			return child && `${child}/notice`;
		case 'review_to_sign':
		case 'review_returned':
		case 'review_evidence_changed':
		case 'certificate_possible':
		case 'hold_ends_soon':
		case 'date_to_confirm':
			return child && `${child}/review`;
		case 'exit_to_confirm':
		case 'consent_needed':
			return child && `${child}/leaving`;
		case 'document_due':
			return child && `${child}/documents`;
		case 'candidate_found':
			return child ? '/desk/candidates' : claim;
		case 'loose_record_came':
			return ref ? `/desk/loose/${ref}` : undefined;
		case 'tablet_ahead':
		case 'tablet_equivocated':
			return ref ? `/desk/tablets/${ref}` : undefined;
		case 'registry_forgot':
			return '/desk/log';
		case 'provisional_dates_changed':
		case 'access_granted':
			return child;
	}
}
