import { randomUUID } from 'node:crypto';
import { inboxCodes, type Addressee, type InboxCode, type InboxRefs } from '#lib/domain/inbox/codes.ts';
import type { ChildId, ClaimId, StaffId } from '#lib/domain/ids.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import type { Session } from '../db/connection.ts';

/** What is told to whom about what. */
export interface Notification {
	readonly to: Addressee;
	readonly code: InboxCode;
	readonly refs: InboxRefs;
	/** The last day on which it is in time, where there is one. */
	readonly dueOn?: CivilDate | undefined;
	/** Whoever is not asked though the role would be: the author of what waits for a second signature. */
	readonly notFor?: StaffId | undefined;
}

/**
 * Tells people something, in the caller's transaction and in any scope. The same code about the same things for the same
 * people is open once, however often it is told; told again with another day, the open item takes that day.
 */
export async function notify(session: Session, { to, code, refs, dueOn, notFor }: Notification): Promise<void> {
	const roles = to.role === undefined ? undefined : [to.role].flat().toSorted();
	const addressee = [to.userId, to.institutionId, roles?.join('+')];
	const key = [code, refs.childId, refs.claimId, refs.ref, ...addressee].map((part) => part ?? '').join('|');
	await session.query('SELECT inbox_notify($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)', [
		randomUUID(),
		key,
		code,
		to.institutionId ?? null,
		roles ?? null,
		to.userId ?? null,
		notFor ?? null,
		refs.childId ?? null,
		refs.claimId ?? null,
		refs.ref ?? null,
		dueOn ?? null
	]);
}

/**
 * Takes back what was told under a code, for everybody: the thing is done, or is none any more. In the caller's
 * transaction and in any scope.
 *
 * @param refs at least one; items about all of them are closed, whatever else they are about
 */
export async function closeItems(
	session: Session,
	{ code, refs }: { readonly code: InboxCode; readonly refs: InboxRefs }
): Promise<void> {
	await session.query('SELECT inbox_close($1, $2, $3, $4)', [
		code,
		refs.childId ?? null,
		refs.claimId ?? null,
		refs.ref ?? null
	]);
}

/** Who looks into an inbox; everybody sees what is for the own person, house and role. */
export type Reader = Pick<SignedInUser, 'id' | 'role' | 'institutionId'>;

/** One line of a person's inbox. */
export interface InboxItem {
	readonly id: string;
	readonly code: InboxCode;
	readonly childId: ChildId | null;
	readonly claimId: ClaimId | null;
	readonly ref: string | null;
	readonly dueOn: CivilDate | null;
	readonly createdAt: string;
	readonly read: boolean;
	/** Of the child, where this person may read it. For the signed-in desk alone. */
	readonly caseNumber: string | null;
	/** Of the child, for people who see every house. */
	readonly houseName: string | null;
}

/**
 * What is open for this person: unread first, then by the day it is due; those without one last, in the order of the codes,
 * which begins with what families wait for, the newest of a kind first.
 *
 * @param session in the scope of the person's desk (`scopeOf`)
 * @param code only these
 */
export async function listInbox(
	session: Session,
	reader: Reader,
	limit: number,
	code?: InboxCode
): Promise<{ readonly items: readonly InboxItem[]; readonly total: number }> {
	const { rows } = await session.query<InboxItem & { total: number }>(
		`SELECT inbox_items.id, inbox_items.code, inbox_items.child_id AS "childId", inbox_items.claim_id AS "claimId",
			inbox_items.ref, inbox_items.due_on AS "dueOn", inbox_items.created_at AS "createdAt",
			inbox_marks.read_at IS NOT NULL AS read, child_rows.case_number AS "caseNumber",
			institutions.name AS "houseName", count(*) OVER () AS total
		FROM inbox_items
			LEFT JOIN inbox_marks ON inbox_marks.item_id = inbox_items.id AND inbox_marks.user_id = $1
			LEFT JOIN child_rows ON child_rows.child_id = inbox_items.child_id
			LEFT JOIN institutions ON institutions.id = child_rows.custodian
		WHERE ${isFor} AND ($4::text IS NULL OR inbox_items.code = $4)
		ORDER BY inbox_marks.read_at IS NOT NULL, inbox_items.due_on NULLS LAST,
			array_position($6::text[], inbox_items.code), inbox_items.created_at DESC, inbox_items.id
		LIMIT $5`,
		[reader.id, reader.institutionId, reader.role, code ?? null, limit, inboxCodes]
	);
	return { items: rows.map(({ total: _, ...item }) => item), total: rows[0]?.total ?? 0 };
}

export interface InboxCount {
	readonly code: InboxCode;
	readonly count: number;
	readonly unread: number;
}

/** How much is open for this person, by code. In the scope of the person's desk, or the registry's. */
export async function countInbox(session: Session, reader: Reader): Promise<readonly InboxCount[]> {
	const { rows } = await session.query<InboxCount>(
		`SELECT inbox_items.code, count(*) AS count, count(*) FILTER (WHERE inbox_marks.read_at IS NULL) AS unread
		FROM inbox_items LEFT JOIN inbox_marks ON inbox_marks.item_id = inbox_items.id AND inbox_marks.user_id = $1
		WHERE ${isFor} GROUP BY inbox_items.code`,
		[reader.id, reader.institutionId, reader.role]
	);
	return rows;
}

/** Notes that the person has read this item. False when it is not theirs, or is closed. */
export async function markRead(session: Session, reader: Reader, itemId: string): Promise<boolean> {
	return mark(session, reader, itemId, false);
}

/** Takes the item off this person's list, and nobody else's. False when it is not theirs, or is closed. */
export async function markDone(session: Session, reader: Reader, itemId: string): Promise<boolean> {
	return mark(session, reader, itemId, true);
}

async function mark(session: Session, reader: Reader, itemId: string, done: boolean): Promise<boolean> {
	const { rowCount } = await session.query(
		`INSERT INTO inbox_marks (item_id, user_id, done_at)
		SELECT inbox_items.id, $1, CASE WHEN $5 THEN now() END
		FROM inbox_items LEFT JOIN inbox_marks ON inbox_marks.item_id = inbox_items.id AND inbox_marks.user_id = $1
		WHERE ${isFor} AND inbox_items.id = $4
		ON CONFLICT (item_id, user_id) DO UPDATE SET done_at = coalesce(inbox_marks.done_at, excluded.done_at)`,
		[reader.id, reader.institutionId, reader.role, itemId, done]
	);
	return rowCount === 1;
}

/** Open, for the person $1 of the house $2 in the role $3, and not done by that person. */
const isFor = `inbox_items.closed_at IS NULL AND inbox_marks.done_at IS NULL
	AND inbox_items.not_for IS DISTINCT FROM $1::uuid
	AND (inbox_items.user_id = $1
		OR inbox_items.user_id IS NULL
			AND (inbox_items.institution_id = $2 OR inbox_items.institution_id IS NULL)
			AND (inbox_items.roles IS NULL OR $3::text = ANY (inbox_items.roles)))`;
