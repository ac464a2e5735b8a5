import type { Epoch } from '#lib/sync/protocol.ts';
import { writeAudit } from '../audit/audit.ts';
import { aheadLimit, type FailureLimit } from '../auth/rate-limit.ts';
import { notify } from '../inbox/inbox.ts';
import type { KnownDevice } from './device-request.ts';
import type { SyncDoor } from './door.ts';

/**
 * A tablet of the present epoch says that it has read further than the feed goes, or something else than stands there: the
 * database was put back without anybody's word, and a new epoch begins, under which every tablet of every house sends its
 * entries again.
 *
 * Nothing proves it, and the key that signs such a request lies on every tablet's disk. So one tablet is believed once a day:
 * it reads from the start again in any case, and whoever stole it must not keep the whole registry reading. Registry officers
 * are told which tablet it was.
 *
 * @param seen the epoch in which it read
 */
export async function believeAhead(
	door: Pick<SyncDoor, 'log' | 'database'>,
	{ deviceId, institutionId }: KnownDevice,
	seen: Epoch,
	limit: FailureLimit = aheadLimit
): Promise<void> {
	if (await limit.tried([deviceId])) return;
	const epoch = await door.log.beginEpoch(seen);
	await door.database.inScope({ kind: 'registry' }, async (session) => {
		await writeAudit(session, {
			institutionId,
			action: 'registry.epoch_begun',
			details: { device: deviceId, before: seen, epoch }
		});
		await notify(session, { to: { role: 'registry_officer' }, code: 'tablet_ahead', refs: { ref: deviceId } });
	});
}
