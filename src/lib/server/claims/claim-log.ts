import type { RecordedClaimEvent } from '#lib/domain/claim/claim.ts';
import { claimEventSchema, type ClaimEvent } from '#lib/domain/claim/events.ts';
import type { ClaimId, InstitutionId, StaffId } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import type { Session } from '../db/connection.ts';
import { storable } from '../entry-log/storable.ts';

export type { RecordedClaimEvent } from '#lib/domain/claim/claim.ts';

/** Somebody else did something to the claim meanwhile; nothing was written. */
export interface StaleClaim {
	readonly type: 'claim_changed';
	readonly version: number;
}

export interface ClaimMoment {
	readonly at: Date;
	readonly on: CivilDate;
	readonly by?: { readonly userId: StaffId; readonly institutionId: InstitutionId };
}

/**
 * Locks a claim for the rest of the transaction; its version is the count of its events. Where a decision concerns a
 * child's file too, that file is locked first (entry-log/postgres-entry-log.ts, lockCases), always in this order.
 */
export async function lockClaim(session: Session, claimId: ClaimId): Promise<number | undefined> {
	const { rows } = await session.query<{ version: number }>(
		'SELECT event_count AS version FROM claims WHERE id = $1 FOR UPDATE',
		[claimId]
	);
	return rows[0]?.version;
}

/** The events of a claim in their order. */
export async function readClaimEvents(session: Session, claimId: ClaimId): Promise<readonly RecordedClaimEvent[]> {
	const { rows } = await session.query<{
		number: number;
		at: string;
		on: CivilDate;
		userId: StaffId | null;
		institutionId: InstitutionId | null;
		payload: unknown;
	}>(
		`SELECT number, at, on_day AS "on", user_id AS "userId", institution_id AS "institutionId", payload
		FROM claim_events WHERE claim_id = $1 ORDER BY number`,
		[claimId]
	);
	return rows.map(({ number, at, on, userId, institutionId, payload }) => ({
		number,
		at,
		on,
		...(userId !== null && institutionId !== null && { by: { userId, institutionId } }),
		event: claimEventSchema.parse(payload)
	}));
}

/**
 * Appends events to a claim that is still at `expected`. Whoever calls keeps the claim's row true (`state`, `row`, …) in the
 * same transaction.
 */
export async function appendClaimEvents(
	session: Session,
	claimId: ClaimId,
	expected: number,
	events: readonly ClaimEvent[],
	moment: ClaimMoment
): Promise<Result<number, StaleClaim>> {
	const version = await lockClaim(session, claimId);
	if (version === undefined) throw new Error('an event of a claim that is not there');
	if (version !== expected) return err({ type: 'claim_changed', version });
	for (const [index, event] of events.entries()) {
		await session.query(
			`INSERT INTO claim_events (claim_id, number, type, payload, at, on_day, user_id, institution_id)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			[
				claimId,
				version + index + 1,
				event.type,
				JSON.stringify(storable(claimEventSchema.parse(event))),
				moment.at.toISOString(),
				moment.on,
				moment.by?.userId ?? null,
				moment.by?.institutionId ?? null
			]
		);
	}
	await session.query('UPDATE claims SET event_count = $2 WHERE id = $1', [claimId, version + events.length]);
	return ok(version + events.length);
}
