import { join } from 'node:path';
import { filesOf, type CaseFile } from '#lib/domain/case-file/case-file.ts';
import { fileOf } from '#lib/domain/case-file/one-child.ts';
import { defaultPolicyId, policyById } from '#lib/domain/hold/policy.ts';
import { noticeState } from '#lib/domain/notice/notice-state.ts';
import { civilDateAt } from '#lib/domain/time.ts';
import type { Config } from '../config.ts';
import { serverLog } from '../audit/server-log.ts';
import { isTransient, type Session } from '../db/connection.ts';
import type { AlsoWhenChanged } from '../entry-log/postgres-entry-log.ts';
import type { NoticeBoard } from '../notices/board.ts';
import { tellOfTwoNotices } from '../notices/two-notices.ts';
import { publishDecided, withholdNotice, type Press } from '../notices/publish.ts';
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
		originals: (sha256) => store.read(sha256, 'full'),
		today: () => civilDateAt(Date.now(), 'Asia/Shanghai')
	};
}

/**
 * Makes the public tables follow a published child whose file a push changed: a photo withdrawn on a tablet leaves the
 * public page in the transaction that stores the withdrawal, and its file goes once that is committed.
 *
 * If a notice cannot follow, the entries are stored all the same, because a push must never be lost over a notice; but
 * what it shows may be what was just withdrawn, so it is withheld and the failure is logged. The next push about the
 * child lists it again, or `rebuild`.
 */
export function keepingNoticesTrue(press: Press, board: Pick<NoticeBoard, 'refresh'>): AlsoWhenChanged {
	return async (session, child) => {
		// Every file of a child has a notice of its own.
		const caseFile = fileOf(child, child.childId);
		if (filesOf(child).length > 1 || child.parted.size > 0) await tellOfTwoNotices(session, child);
		if (noticeState(caseFile).publicNumber === undefined) return undefined;
		const gone = await followed(session, press, caseFile);
		return gone.length === 0 ? undefined : () => removed(press, board, gone);
	};
}

/** @returns names of pictures that are not shown any more */
async function followed(session: Session, press: Press, caseFile: CaseFile): Promise<readonly string[]> {
	await session.query('SAVEPOINT notice');
	try {
		const { gone } = await publishDecided(session, press, caseFile);
		await session.query('RELEASE SAVEPOINT notice');
		return gone;
	} catch (error) {
		// Broken off because of others: the whole push is begun again, and the notice with it.
		if (isTransient(error)) throw error;
		await session.query('ROLLBACK TO SAVEPOINT notice');
		const gone = await withholdNotice(session, caseFile);
		serverLog.error(
			{ err: error, childId: caseFile.childId },
			'A notice could not follow its file and is withheld; put right what failed, then run lampkeep rebuild'
		);
		return gone;
	}
}

/** Files of pictures that nothing names any more; what stays behind because of a failure is swept at the next start. */
async function removed(press: Press, board: Pick<NoticeBoard, 'refresh'>, gone: readonly string[]): Promise<void> {
	try {
		const { photoTokens } = await board.refresh();
		// Another push may have brought a picture back since.
		await press.photos.remove(gone.filter((token) => !photoTokens.has(token)));
	} catch (error) {
		serverLog.error(
			{ err: error },
			'Pictures that are public no more could not be deleted; the next start tries again'
		);
	}
}
