import { custodian, filesOf, type CaseFile } from '#lib/domain/case-file/case-file.ts';
import { decidesNotices, seesEveryHouse } from '#lib/domain/disclosure/roles.ts';
import { publishedTwice } from '#lib/domain/notice/notice-state.ts';
import type { Session } from '../db/connection.ts';
import { closeItems, notify } from '../inbox/inbox.ts';

/**
 * Two files of one child each with a public notice: a family would find the child twice and claim it twice. No program takes a
 * notice down; whoever decides about notices, in the child's house and at the registry, is told which one should go. What has
 * come down since, or stands apart again, is taken off the list.
 *
 * Runs in the transaction that changed the child, in the scope of the registry.
 */
export async function tellOfTwoNotices(session: Session, caseFile: CaseFile): Promise<void> {
	const twice = new Set(publishedTwice(caseFile).map(({ childId }) => childId));
	const files = filesOf(caseFile).map(({ childId }) => childId);
	for (const childId of files) {
		if (!twice.has(childId)) await closeItems(session, { code: 'notice_twice', refs: { childId } });
	}
	const house = custodian(caseFile);
	for (const childId of twice) {
		const refs = { childId };
		await notify(session, { to: { role: 'registry_officer' }, code: 'notice_twice', refs });
		if (house === undefined) continue;
		const role = decidesNotices.filter((each) => !seesEveryHouse.includes(each));
		await notify(session, { to: { institutionId: house, role }, code: 'notice_twice', refs });
	}
}
