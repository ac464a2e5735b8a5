import { fileOf } from '#lib/domain/case-file/one-child.ts';
import type { ChildId } from '#lib/domain/ids.ts';
import type { Session } from '../db/connection.ts';
import { readChild } from '../read-models/read-child.ts';
import type { PhotoFault } from './public-photos.ts';
import { clearPublicTables } from './public-tables.ts';
import { publishDecided, type Press } from './publish.ts';

/**
 * Makes the public tables again from the log, in one transaction of the registry: the public sees the old ones until it
 * commits. The same log and the same secret give the same rows, photo names included.
 *
 * @returns the photos that could not be made public, by child
 */
export async function rebuildNotices(
	session: Session,
	press: Press
): Promise<ReadonlyMap<ChildId, readonly PhotoFault[]>> {
	await clearPublicTables(session);
	const { rows: children } = await session.query<{ childId: ChildId }>(
		`SELECT DISTINCT child_id AS "childId" FROM entries WHERE type LIKE 'notice.%' ORDER BY child_id`
	);
	const faults = new Map<ChildId, readonly PhotoFault[]>();
	for (const { childId } of children) {
		const { caseFile } = await readChild(session, childId);
		const { faults: missing } = await publishDecided(session, press, fileOf(caseFile, childId));
		if (missing.length > 0) faults.set(childId, missing);
	}
	return faults;
}
