import type { Sender } from '#lib/sync/entry-log.ts';
import type { Equivocation } from '#lib/sync/receive.ts';
import { writeAudit } from '../audit/audit.ts';
import type { Session } from '../db/connection.ts';
import { notify } from '../inbox/inbox.ts';

/**
 * A tablet told two stories under one number: it may have been copied, or put back from an old copy of itself. Written into
 * the log, told to registry officers and to the supervisors of the house, and noted at the tablet, in the push's transaction.
 *
 * @param news at least one
 * @param at the registry's clock, ISO 8601
 */
export async function tellOfEquivocation(
	session: Session,
	{ deviceId, institutionId }: Sender,
	news: readonly Equivocation[],
	at: string
): Promise<void> {
	for (const { deviceSeq, id, holder } of news) {
		await writeAudit(session, {
			institutionId,
			action: 'tablet.equivocated',
			details: { device: deviceId, number: deviceSeq, entry: id, holder }
		});
	}
	await session.query('UPDATE devices SET equivocated_at = $2 WHERE id = $1 AND equivocated_at IS NULL', [
		deviceId,
		at
	]);
	for (const to of [{ role: 'registry_officer' }, { institutionId, role: 'supervisor' }] as const)
		await notify(session, { to, code: 'tablet_equivocated', refs: { ref: deviceId } });
}
