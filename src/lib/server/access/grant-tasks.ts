import type { CivilDate } from '#lib/domain/time.ts';
import type { Session } from '../db/connection.ts';
import { closeItems } from '../inbox/inbox.ts';

/**
 * Takes out of inboxes what was told of grants that are over: their last day has passed, or somebody ended them. What a
 * grant covers never hangs on this: every reading asks for the day itself.
 *
 * @param today the registry's civil day
 * @returns how many grants were told of no longer
 */
export async function tellOfGrants(session: Session, today: CivilDate): Promise<number> {
	const { rows } = await session.query<{ id: string }>(
		`SELECT DISTINCT access_grants.id FROM inbox_items
			JOIN access_grants ON access_grants.id = inbox_items.ref
			LEFT JOIN access_revocations ON access_revocations.grant_id = access_grants.id
		WHERE inbox_items.code = 'access_granted' AND inbox_items.closed_at IS NULL
			AND (access_grants.until_day < $1 OR access_revocations.grant_id IS NOT NULL)`,
		[today]
	);
	for (const { id } of rows) await closeItems(session, { code: 'access_granted', refs: { ref: id } });
	return rows.length;
}
