import type { CaseFile } from '#lib/domain/case-file/case-file.ts';
import { foldChild } from '#lib/domain/case-file/one-child.ts';
import type { ChildId } from '#lib/domain/ids.ts';
import type { Session } from '../db/connection.ts';
import { storedEntry } from '../entry-log/postgres-entry-log.ts';
import { filesOf } from './one-child.ts';

/**
 * The case file of the child that a file is of, out of the log, with its version: the count of the entries of all its files.
 * Whether the scope may read the child is the caller's to ask.
 */
export async function readChild(
	session: Session,
	childId: ChildId
): Promise<{ readonly caseFile: CaseFile; readonly version: number }> {
	const { rows } = await session.query<{ body: string }>('SELECT body FROM entries WHERE child_id = ANY ($1::uuid[])', [
		await filesOf(session, childId)
	]);
	return {
		caseFile: foldChild(
			childId,
			rows.map(({ body }) => storedEntry(body))
		),
		version: rows.length
	};
}
