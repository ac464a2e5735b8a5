import type { ChildId, InstitutionId, StaffId } from '#lib/domain/ids.ts';
import type { Session } from '../db/connection.ts';

/** What can be read in the audit log. Past tense; the words are in the messages (area `desk`). */
export const auditActions = [
	'desk.signed_in',
	'desk.sign_in_refused',
	'desk.signed_out',
	'child.viewed',
	'child.printed',
	'notice.previewed',
	'notice.drafted',
	'notice.approved',
	'notice.taken_down',
	'date.confirmed',
	'flag.raised',
	'flag.cleared',
	'review.signed',
	'review.returned',
	'review.exported',
	'guardianship.changed',
	'adoption.recorded',
	'exit.proposed',
	'exit.confirmed',
	'exit.withdrawn',
	'document.recorded',
	'document.withdrawn',
	'claim.viewed',
	'claim.paper_viewed',
	'claim.received',
	'claim.linked',
	'claim.unlinked',
	'claim.amended',
	'claim.screened',
	'claim.asked',
	'claim.evidence_noted',
	'claim.sample_recorded',
	'claim.block_lapsed',
	'claim.appealed',
	'claim.block_restored',
	'claim.kinship_reported',
	'claim.police_found',
	'claim.fitness_assessed',
	'claim.parents_asked',
	'claim.decision_proposed',
	'claim.decision_signed',
	'claim.decision_returned',
	'claim.withdrawn',
	'claim.erased',
	'candidate.rejected',
	'candidate.accepted',
	'notice.withheld',
	'child.merged',
	'child.parted',
	'tablet.code_made',
	'tablet.code_withdrawn',
	'tablet.enrolled',
	'tablet.revoked',
	'tablet.wiped',
	'tablet.outbox_imported',
	'tablet.equivocated',
	'tablet.readable_exported',
	'registry.forgot',
	'registry.epoch_begun',
	'loose.received',
	'loose.viewed',
	'loose.attributed',
	'loose.set_aside',
	'person.added',
	'person.removed',
	'rules.previewed',
	'rules.proposed',
	'rules.activated',
	'rules.withdrawn',
	'access.granted',
	'access.renewed',
	'access.revoked',
	'access.exported',
	'request.recorded',
	'request.decided'
] as const;
export type AuditAction = (typeof auditActions)[number];

export interface AuditEvent {
	readonly institutionId: InstitutionId;
	readonly userId?: StaffId;
	readonly action: AuditAction;
	readonly childId?: ChildId;
	/** Ids and codes only; a name or an answer of a record never. */
	readonly details?: Readonly<Record<string, string | number>>;
}

/** @returns the number of the line, by which a paper can name it */
export async function writeAudit(session: Session, event: AuditEvent): Promise<number> {
	const { rows } = await session.query<{ id: number }>(
		`INSERT INTO audit_events (institution_id, user_id, action, child_id, details) VALUES ($1, $2, $3, $4, $5)
		RETURNING id`,
		[
			event.institutionId,
			event.userId ?? null,
			event.action,
			event.childId ?? null,
			JSON.stringify(event.details ?? {})
		]
	);
	return rows[0]?.id ?? 0;
}

export interface AuditLine {
	readonly id: number;
	readonly at: string;
	readonly action: AuditAction;
	readonly userName: string | null;
	readonly institutionName: string;
	readonly childId: ChildId | null;
	readonly details: Readonly<Record<string, string | number>>;
}

/** The newest events the scope may see, newest first. */
export async function readAudit(session: Session, limit: number, before?: number): Promise<readonly AuditLine[]> {
	const { rows } = await session.query<AuditLine>(
		`SELECT audit_events.id, audit_events.at, audit_events.action, users.name AS "userName",
			institutions.name AS "institutionName", audit_events.child_id AS "childId", audit_events.details
		FROM audit_events
			JOIN institutions ON institutions.id = audit_events.institution_id
			LEFT JOIN users ON users.id = audit_events.user_id
		WHERE $2::bigint IS NULL OR audit_events.id < $2
		ORDER BY audit_events.id DESC LIMIT $1`,
		[limit, before ?? null]
	);
	return rows;
}
