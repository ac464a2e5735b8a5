import { fold } from '#lib/domain/case-file/case-file.ts';
import type { ChildId, ClaimId } from '#lib/domain/ids.ts';
import { noticeState } from '#lib/domain/notice/notice-state.ts';
import { readPublicNumber } from '#lib/domain/notice/public-number.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import type { Session } from '../db/connection.ts';
import { filesOf } from '../read-models/one-child.ts';
import { storedEntry } from '../entry-log/postgres-entry-log.ts';
import { appendClaimEvents, lockClaim, readClaimEvents } from './claim-log.ts';

/**
 * Links a claim that was sent to the child of the notice it names, also of a notice taken down since: a poster hangs
 * longer than a page stands. Run it in the scope of the registry and later than the answer to the family, so that nothing
 * the family sees depends on it. Told again it changes nothing, and what a person at a desk decided about the link stands.
 *
 * @returns the child, if it was linked now
 */
export async function linkClaim(
	session: Session,
	claimId: ClaimId,
	moment: { readonly at: Date; readonly on: CivilDate }
): Promise<ChildId | undefined> {
	const version = await lockClaim(session, claimId);
	if (version === undefined) return undefined;
	const { rows } = await session.query<{ publicNumber: string | null; childId: ChildId | null; open: boolean }>(
		`SELECT public_number AS "publicNumber", child_id AS "childId",
			kind = 'claim' AND received_at IS NOT NULL AND closed_on IS NULL AS open
		FROM claims WHERE id = $1`,
		[claimId]
	);
	const claim = rows[0];
	const number = claim?.publicNumber == null ? undefined : readPublicNumber(claim.publicNumber);
	if (!claim?.open || claim.childId !== null || number === undefined) return undefined;
	const events = await readClaimEvents(session, claimId);
	if (events.some(({ event }) => event.type === 'linked' || event.type === 'unlinked')) return undefined;
	const childId = await childOfNotice(session, number);
	if (childId === undefined) return undefined;
	const appended = await appendClaimEvents(
		session,
		claimId,
		version,
		[{ type: 'linked', childId, because: 'notice' }],
		moment
	);
	if (!appended.ok) throw new Error(`claim ${claimId} changed while it was locked`);
	await session.query('UPDATE claims SET child_id = $2 WHERE id = $1', [claimId, childId]);
	return childId;
}

/**
 * Claims to be linked: they name a number that some notice has or had, and no child yet. Those whose number is nobody's are not
 * among them, or a thousand invented numbers would keep the true ones waiting.
 */
export async function unlinkedClaims(session: Session, limit: number): Promise<readonly ClaimId[]> {
	const { rows } = await session.query<{ id: ClaimId }>(
		`SELECT id FROM claims
		WHERE kind = 'claim' AND child_id IS NULL AND public_number IS NOT NULL AND received_at IS NOT NULL
			AND closed_on IS NULL
			AND NOT EXISTS (SELECT FROM claim_events WHERE claim_id = claims.id AND claim_events.type IN ('linked', 'unlinked'))
			AND EXISTS (SELECT FROM entries
				WHERE entries.type = 'notice.approved'
					AND entries.body::jsonb #>> '{payload,approval,publicNumber}' = claims.public_number)
		ORDER BY received_at, id LIMIT $1`,
		[limit]
	);
	return rows.map(({ id }) => id);
}

/** The child whose notice has or had the number. The index finds who may be meant; the file has the last word. */
export async function childOfNotice(session: Session, publicNumber: string): Promise<ChildId | undefined> {
	const { rows: candidates } = await session.query<{ childId: ChildId }>(
		`SELECT DISTINCT child_id AS "childId" FROM entries
		WHERE type = 'notice.approved' AND body::jsonb #>> '{payload,approval,publicNumber}' = $1`,
		[publicNumber]
	);
	for (const { childId } of candidates) {
		const { rows } = await session.query<{ body: string }>('SELECT body FROM entries WHERE child_id = $1', [childId]);
		const caseFile = fold(
			childId,
			rows.map(({ body }) => storedEntry(body))
		);
		// The claim is about the child, whichever of its files carried the number.
		if (noticeState(caseFile).publicNumber === publicNumber) return (await filesOf(session, childId))[0];
	}
	return undefined;
}
