import type { RegistryKnowledge } from '#lib/domain/decision/decision.ts';
import type { ChildId } from '#lib/domain/ids.ts';
import type { Session } from '../db/connection.ts';

/** Claims and possible families of a child that somebody must look at before anything is decided. Call in scope 'registry'. */
export async function registryKnowledge(session: Session, childId: ChildId): Promise<RegistryKnowledge> {
	const { rows } = await session.query<{ unscreened: number; candidates: number }>(
		`SELECT (SELECT count(*) FROM claims WHERE child_id = $1 AND state = 'received') AS unscreened,
			(SELECT count(*) FROM match_candidates WHERE child_id = $1 AND state = 'open') AS candidates`,
		[childId]
	);
	return { unscreenedClaims: rows[0]?.unscreened ?? 0, openCandidates: rows[0]?.candidates ?? 0 };
}
