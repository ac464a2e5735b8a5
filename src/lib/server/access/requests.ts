import { randomUUID } from 'node:crypto';
import {
	decidesRequests,
	dueOn,
	refusalReasonSchema,
	type Requester,
	type RequestKind
} from '#lib/domain/access/request.ts';
import type { ChildId, FileRequestId } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import { writeAudit } from '../audit/audit.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import type { Session } from '../db/connection.ts';
import { storable } from '../entry-log/storable.ts';

/*
 * The requests desk (个人信息保护法 44-50, 未成年人网络保护条例 34): what was asked about a file, when, and the answer. Both
 * are written once.
 */

export interface FileRequest {
	readonly id: FileRequestId;
	readonly childId: ChildId;
	readonly caseNumber: string | undefined;
	readonly houseName: string;
	readonly kind: RequestKind;
	readonly requester: Requester;
	readonly requesterName: string;
	readonly words: string;
	readonly receivedOn: CivilDate;
	readonly dueOn: CivilDate;
	/** Undefined for people whose names the scope does not see. */
	readonly recordedBy: string | undefined;
	readonly answer: RequestAnswer | undefined;
}

export interface RequestAnswer {
	readonly decision: 'granted' | 'refused';
	readonly reasons: string;
	readonly by: string | undefined;
	readonly on: CivilDate;
}

export interface NewRequest {
	readonly childId: ChildId;
	readonly kind: RequestKind;
	readonly requester: Requester;
	readonly requesterName: string;
	readonly words: string;
	readonly receivedOn: CivilDate;
}

/**
 * Records a request as it came; one recorded by the registry is for the house that has the child.
 *
 * @param days in which it is answered
 */
export async function recordRequest(
	session: Session,
	user: SignedInUser,
	request: NewRequest,
	days: number
): Promise<{ readonly id: FileRequestId; readonly dueOn: CivilDate }> {
	const id = randomUUID() as FileRequestId;
	const due = dueOn(request.receivedOn, days);
	await session.query(
		`INSERT INTO file_requests (id, institution_id, child_id, kind, requester, requester_name, words, received_on, due_on,
			recorded_by)
		VALUES ($1, CASE WHEN lampkeep_scope() = 'registry'
			THEN coalesce((SELECT custodian FROM child_rows WHERE child_rows.child_id = $3), $2) ELSE $2 END,
			$3, $4, $5, $6, $7, $8, $9, $10)`,
		storable([
			id,
			user.institutionId,
			request.childId,
			request.kind,
			request.requester,
			request.requesterName,
			request.words,
			request.receivedOn,
			due,
			user.id
		])
	);
	await writeAudit(session, {
		institutionId: user.institutionId,
		userId: user.id,
		action: 'request.recorded',
		childId: request.childId,
		details: { request: id, kind: request.kind }
	});
	return { id, dueOn: due };
}

export type AnswerFault =
	| { readonly type: 'request_unknown' }
	| { readonly type: 'not_yours_to_decide' }
	| { readonly type: 'reasons_missing' }
	/** Somebody else answered meanwhile. */
	| { readonly type: 'already_decided' };

/** Answers a request; once. A refusal says why. */
export async function answerRequest(
	session: Session,
	user: SignedInUser,
	id: FileRequestId,
	answer: Pick<RequestAnswer, 'decision' | 'reasons'>,
	today: CivilDate
): Promise<Result<void, AnswerFault>> {
	if (!decidesRequests(user.role)) return err({ type: 'not_yours_to_decide' });
	const found = await oneRequest(session, id);
	if (!found) return err({ type: 'request_unknown' });
	if (answer.decision === 'refused' && !refusalReasonSchema.safeParse(answer.reasons).success)
		return err({ type: 'reasons_missing' });
	const { rowCount } = await session.query(
		`INSERT INTO file_request_decisions (request_id, institution_id, decision, reasons, decided_by, decided_on)
		SELECT id, institution_id, $2, $3, $4, $5 FROM file_requests WHERE id = $1
		ON CONFLICT (request_id) DO NOTHING`,
		storable([id, answer.decision, answer.reasons.trim(), user.id, today])
	);
	if (rowCount === 0) return err({ type: 'already_decided' });
	await writeAudit(session, {
		institutionId: user.institutionId,
		userId: user.id,
		action: 'request.decided',
		childId: found.childId,
		details: { request: id, decision: answer.decision }
	});
	return ok(undefined);
}

/** Requests the scope may see: those to be answered first, by the day they are due; then the latest answers. */
export async function listRequests(
	session: Session,
	limit: number,
	childId?: ChildId
): Promise<readonly FileRequest[]> {
	return requestsWhere(session, '$2::uuid IS NULL OR file_requests.child_id = $2', limit, childId ?? null);
}

export async function oneRequest(session: Session, id: FileRequestId): Promise<FileRequest | undefined> {
	const [found] = await requestsWhere(session, 'file_requests.id = $2', 1, id);
	return found;
}

type RequestRow = Omit<FileRequest, 'caseNumber' | 'recordedBy' | 'answer'> & {
	readonly caseNumber: string | null;
	readonly recordedBy: string | null;
	readonly decision: RequestAnswer['decision'] | null;
	readonly reasons: string | null;
	readonly decidedBy: string | null;
	readonly decidedOn: CivilDate | null;
};

async function requestsWhere(
	session: Session,
	where: string,
	limit: number,
	value: string | null
): Promise<readonly FileRequest[]> {
	const { rows } = await session.query<RequestRow>(
		`SELECT file_requests.id, file_requests.child_id AS "childId", child_rows.case_number AS "caseNumber",
			institutions.name AS "houseName", file_requests.kind, file_requests.requester,
			file_requests.requester_name AS "requesterName", file_requests.words,
			file_requests.received_on AS "receivedOn", file_requests.due_on AS "dueOn", recorders.name AS "recordedBy",
			file_request_decisions.decision, file_request_decisions.reasons, deciders.name AS "decidedBy",
			file_request_decisions.decided_on AS "decidedOn"
		FROM file_requests
			JOIN institutions ON institutions.id = file_requests.institution_id
			LEFT JOIN file_request_decisions ON file_request_decisions.request_id = file_requests.id
			LEFT JOIN users recorders ON recorders.id = file_requests.recorded_by
			LEFT JOIN users deciders ON deciders.id = file_request_decisions.decided_by
			LEFT JOIN child_rows ON child_rows.child_id = file_requests.child_id
		WHERE ${where}
		ORDER BY file_request_decisions.decided_on DESC NULLS FIRST, file_requests.due_on, file_requests.id
		LIMIT $1`,
		[limit, value]
	);
	return rows.map(({ caseNumber, recordedBy, decision, reasons, decidedBy, decidedOn, ...request }) => ({
		...request,
		caseNumber: caseNumber ?? undefined,
		recordedBy: recordedBy ?? undefined,
		answer:
			decision === null || decidedOn === null
				? undefined
				: { decision, reasons: reasons ?? '', by: decidedBy ?? undefined, on: decidedOn }
	}));
}
