import { readsStatements } from '#lib/domain/disclosure/roles.ts';
import { readingMinutes } from '#lib/domain/access/reading.ts';
import type { ClaimId } from '#lib/domain/ids.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import type { ProgramDatabase } from '../db/connection.ts';
import { scopeOf } from '../notices/case-reading.ts';
import type { PaperCopy, PaperStore } from './papers.ts';

/**
 * Opens a photo of a paper for a person at a desk, and writes down that they did: once for the same person, paper and copy
 * within a quarter of an hour, since a page that is turned back to asks for its pictures again.
 *
 * @param paperId a UUID
 * @returns undefined where the scope may not see the claim, the role does not read statements, or the paper is gone
 */
export async function openPaper(
	database: ProgramDatabase,
	papers: Pick<PaperStore, 'read'>,
	user: SignedInUser,
	claimId: ClaimId,
	paperId: string,
	copy: PaperCopy
): Promise<Uint8Array<ArrayBuffer> | undefined> {
	if (!readsStatements.includes(user.role)) return undefined;
	const there = await database.inScope(scopeOf(user), async (session) => {
		const { rows } = await session.query<{ childId: string | null }>(
			`SELECT claims.child_id AS "childId" FROM claim_papers JOIN claims ON claims.id = claim_papers.claim_id
			WHERE claim_papers.claim_id = $1 AND claim_papers.id = $2 AND claims.received_at IS NOT NULL`,
			[claimId, paperId]
		);
		const paper = rows[0];
		if (!paper) return false;
		await session.query(
			`INSERT INTO audit_events (institution_id, user_id, action, child_id, details)
			SELECT $1, $2, 'claim.paper_viewed', $3, $4::jsonb
			WHERE NOT EXISTS (SELECT FROM audit_events
				WHERE institution_id = $1 AND user_id = $2 AND action = 'claim.paper_viewed' AND details = $4::jsonb
					AND at > now() - make_interval(mins => $5))`,
			[
				user.institutionId,
				user.id,
				paper.childId,
				JSON.stringify({ claim: claimId, paper: paperId, copy }),
				readingMinutes
			]
		);
		return true;
	});
	return there ? papers.read(paperId, copy) : undefined;
}
