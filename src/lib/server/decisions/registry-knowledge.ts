import type { RegistryKnowledge } from '#lib/domain/decision/decision.ts';
import type { ChildId } from '#lib/domain/ids.ts';
import type { Session } from '../db/connection.ts';
import { filesOf } from '../read-models/one-child.ts';

/** Claims and possible families of a child, whichever of its files they name, that somebody must look at before anything is decided. Call in scope 'registry'. */
export async function registryKnowledge(session: Session, childId: ChildId): Promise<RegistryKnowledge> {
	const { rows } = await session.query<{ unscreened: number; candidates: number }>(
		`SELECT (SELECT count(*) FROM claims WHERE child_id = ANY ($1::uuid[]) AND state = 'received') AS unscreened,
			(SELECT count(*) FROM match_candidates WHERE child_id = ANY ($1::uuid[]) AND state = 'open') AS candidates`,
		[await filesOf(session, childId)]
	);
	return { unscreenedClaims: rows[0]?.unscreened ?? 0, openCandidates: rows[0]?.candidates ?? 0 };
}
