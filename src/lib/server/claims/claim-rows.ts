import { closedOnOf, claimRow } from '#lib/domain/claim/claim-row.ts';
import { blockOf, foldClaim, type ClaimState } from '#lib/domain/claim/claim.ts';
import type { ClaimId } from '#lib/domain/ids.ts';
import type { ProgramDatabase, Session } from '../db/connection.ts';
import { lockClaim, readClaimEvents } from './claim-log.ts';

/**
 * Makes what lists show of a claim true again, from its events and nothing else. In the transaction that changed it, in the
 * scope of the registry or of the claim's own family.
 *
 * @returns the claim; undefined for a draft, which has no events and keeps its row
 */
export async function refreshClaimRow(session: Session, claimId: ClaimId): Promise<ClaimState | undefined> {
	const claim = foldClaim(await readClaimEvents(session, claimId));
	if (claim) await writeClaimRow(session, claimId, claim);
	return claim;
}

export async function writeClaimRow(session: Session, claimId: ClaimId, claim: ClaimState): Promise<void> {
	const block = blockOf(claim);
	await session.query(
		`UPDATE claims SET state = $2, kind = $3, child_id = $4, blocks_since = $5, sample_due = $6, closed_on = $7, row = $8
		WHERE id = $1`,
		[
			claimId,
			claim.state,
			claim.kind,
			claim.childId ?? null,
			block?.since ?? null,
			block?.sampleDue ?? null,
			closedOnOf(claim) ?? null,
			JSON.stringify(claimRow(claim))
		]
	);
}

/** Claims made again in one transaction. */
const atOnce = 200;

/**
 * Makes every row again from the events alone, while the registry runs: each claim under the lock a decision takes. The same
 * events give the same rows.
 *
 * @returns how many
 */
export async function rebuildClaims(database: ProgramDatabase): Promise<number> {
	let claims = 0;
	for (let after: ClaimId | undefined; ;) {
		const ids: readonly ClaimId[] = await database.inScope(
			{ kind: 'registry' },
			async (session) => {
				const { rows } = await session.query<{ id: ClaimId }>(
					`SELECT id FROM claims WHERE event_count > 0 AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`,
					[after ?? null, atOnce]
				);
				for (const { id } of rows) {
					await lockClaim(session, id);
					await refreshClaimRow(session, id);
				}
				return rows.map(({ id }) => id);
			},
			{ statementTimeout: 300_000 }
		);
		claims += ids.length;
		after = ids.at(-1);
		if (ids.length < atOnce) return claims;
	}
}
