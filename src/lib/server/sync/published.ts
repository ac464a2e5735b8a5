import { join } from 'node:path';
import { defaultPolicyId, policyById } from '#lib/domain/hold/policy.ts';
import { noticeState } from '#lib/domain/notice/notice-state.ts';
import type { Config } from '../config.ts';
import { serverLog } from '../audit/server-log.ts';
import type { AlsoWhenChanged } from '../entry-log/postgres-entry-log.ts';
import { publishDecided, type Press } from '../notices/publish.ts';
import { openPublicPhotos } from '../notices/the-notices.ts';
import { DiskPhotoStore } from '../photos/photo-store.ts';

/** What publishing needs, with the originals from the registry's own photos. */
export async function publicPress(config: Config): Promise<Press> {
	const policy = policyById(defaultPolicyId);
	if (!policy.ok) throw new Error(`policy ${policy.error.id} is not among the program's own`);
	const store = new DiskPhotoStore(join(config.dataDir, 'photos'));
	return {
		policy: policy.value,
		photos: await openPublicPhotos(config),
		originals: (sha256) => store.read(sha256, 'full')
	};
}

/**
 * Makes the public tables follow a published child whose file a push changed: a photo withdrawn on a tablet leaves the
 * public page in the transaction that stores the withdrawal. If that fails the entries are stored all the same, because
 * a push must never be lost over a notice, and the failure is logged; `rebuild` puts it right.
 */
export function keepingNoticesTrue(press: Press): AlsoWhenChanged {
	return async (session, caseFile) => {
		if (noticeState(caseFile).publicNumber === undefined) return;
		await session.query('SAVEPOINT notice');
		try {
			await publishDecided(session, press, caseFile);
			await session.query('RELEASE SAVEPOINT notice');
		} catch (error) {
			await session.query('ROLLBACK TO SAVEPOINT notice');
			serverLog.error(
				{ err: error, childId: caseFile.childId },
				'A notice does not follow its file; run lampkeep rebuild'
			);
		}
	};
}
