import type { Session } from './connection.ts';

/*
 * An epoch is one unbroken history of the registry. Receipts carry it. A database restored from a backup has forgotten
 * entries it once acknowledged; under a new epoch the tablets ignore the old receipts and send their entries again.
 * A counter inside the database would be restored along with it, so the epoch is random, and what gives the copy away
 * is compared with what PostgreSQL says of itself:
 *
 *   system_identifier   set by initdb: another server, a dump restored elsewhere
 *   timeline_id         raised by every point-in-time recovery and every promoted standby
 *   database oid        a dump restored, or a database copied, inside one server
 *
 * A data folder put back file by file shows none of the three. That case shows when a tablet's cursor is ahead of the
 * log, and sync then calls startEpoch with 'tablets-are-ahead'.
 */
export type EpochReason = 'first-start' | 'another-database' | 'tablets-are-ahead' | 'operator';

/**
 * The epoch this database is in; begins one on the first start and after a restore. Run as owner, once, at start.
 *
 * @param newEpoch a random UUID, used only if an epoch begins
 */
export async function currentEpoch(
	owner: Session,
	newEpoch: string
): Promise<{ epoch: string; began: EpochReason | null }> {
	const fingerprint = await databaseFingerprint(owner);
	const { rows } = await owner.query<{ epoch: string; fingerprint: string }>(
		'SELECT epoch, fingerprint FROM registry_meta FOR UPDATE'
	);
	const known = rows[0];
	if (known !== undefined && known.fingerprint === fingerprint) return { epoch: known.epoch, began: null };
	const reason = known === undefined ? 'first-start' : 'another-database';
	await startEpoch(owner, newEpoch, reason);
	return { epoch: newEpoch, began: reason };
}

/** Begins a new epoch: every tablet will send its entries again. Run as owner. */
export async function startEpoch(owner: Session, newEpoch: string, reason: EpochReason): Promise<void> {
	const fingerprint = await databaseFingerprint(owner);
	await owner.query('INSERT INTO epochs (epoch, fingerprint, reason) VALUES ($1, $2, $3)', [
		newEpoch,
		fingerprint,
		reason
	]);
	await owner.query(
		`INSERT INTO registry_meta (epoch, fingerprint) VALUES ($1, $2)
		ON CONFLICT (only_row) DO UPDATE SET epoch = excluded.epoch, fingerprint = excluded.fingerprint`,
		[newEpoch, fingerprint]
	);
}

async function databaseFingerprint(owner: Session): Promise<string> {
	const { rows } = await owner.query<{ fingerprint: string }>(
		`SELECT s.system_identifier::text || '/' || c.timeline_id::text || '/' || d.oid::text AS fingerprint
		FROM pg_control_system() s, pg_control_checkpoint() c, pg_database d
		WHERE d.datname = current_database()`
	);
	const fingerprint = rows[0]?.fingerprint;
	if (fingerprint === undefined) throw new Error('PostgreSQL gave no system identifier');
	return fingerprint;
}
