import type { CaseFile } from '#lib/domain/case-file/case-file.ts';
import type { ChildRow } from '#lib/domain/case-file/child-row.ts';
import { seesEveryHouse } from '#lib/domain/disclosure/roles.ts';
import type { ChildId, InstitutionId } from '#lib/domain/ids.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import type { Scope, Session } from '../db/connection.ts';
import { readChild } from '../read-models/read-child.ts';

/** What a person at a desk sees: the own house, or for officers of the registry every house. */
export function scopeOf(user: Pick<SignedInUser, 'role' | 'institutionId'>): Scope {
	if (seesEveryHouse.includes(user.role)) return { kind: 'registry' };
	return { kind: 'institution', institutionId: user.institutionId };
}

/** The child's case file and its version, the count of its entries, all its files taken together; undefined when the scope may not read the child now. */
export async function readCase(
	session: Session,
	childId: ChildId
): Promise<{ caseFile: CaseFile; version: number } | undefined> {
	const { rowCount } = await session.query('SELECT 1 FROM child_rows WHERE child_id = $1', [childId]);
	return rowCount === 0 ? undefined : readChild(session, childId);
}

export interface ChildFilter {
	/** Part of a name, a number or a mark. */
	readonly words: string;
	readonly notice: ChildRow['notice'] | '';
	readonly house: InstitutionId | '';
	/** Left out: whether in care or not. */
	readonly care?: 'in_care' | 'left' | undefined;
}

export interface ListedChild {
	readonly row: ChildRow;
	readonly houseName: string | null;
}

/** Children the scope may see, those with the nearest last day first. */
export async function listChildren(
	session: Session,
	filter: ChildFilter,
	limit: number
): Promise<{ children: readonly ListedChild[]; total: number }> {
	const words = filter.words
		.trim()
		.toLowerCase()
		.split(/\s+/)
		.filter((word) => word !== '')
		.slice(0, 10);
	const { rows } = await session.query<ListedChild & { total: number }>(
		`SELECT child_rows.row, institutions.name AS "houseName", count(*) OVER () AS total
		FROM child_rows LEFT JOIN institutions ON institutions.id = child_rows.custodian
		WHERE (SELECT bool_and(strpos(child_rows.words, word) > 0) FROM unnest($1::text[]) AS w (word)) IS NOT FALSE
			AND child_rows.of_child = child_rows.child_id
			AND ($2 = '' OR child_rows.notice = $2)
			AND ($3 = '' OR child_rows.custodian = nullif($3, '')::uuid)
			AND ($5 = '' OR child_rows.row ? 'exit' = ($5 = 'left'))
		ORDER BY hold_last_day NULLS LAST, child_rows.child_id LIMIT $4`,
		[words, filter.notice, filter.house, limit, filter.care ?? '']
	);
	return { children: rows.map(({ row, houseName }) => ({ row, houseName })), total: rows[0]?.total ?? 0 };
}

/** Names of people by their ids, for histories; people of other houses are left out by the scope. */
export async function namesOf(session: Session, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
	const { rows } = await session.query<{ id: string; name: string }>(
		'SELECT id, name FROM users WHERE id = ANY ($1::uuid[])',
		[ids]
	);
	return new Map(rows.map(({ id, name }) => [id, name]));
}
