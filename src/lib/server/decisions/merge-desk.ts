import { mergesOf } from '#lib/domain/case-file/one-child.ts';
import { filesOf } from '#lib/domain/case-file/case-file.ts';
import { mayWrite } from '#lib/domain/case-file/who-writes.ts';
import type { ChildId, ItemId } from '#lib/domain/ids.ts';
import { uuidV7 } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { writeAudit } from '../audit/audit.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import type { DeskFact } from '../entry-log/decision-log.ts';
import { publishDecided } from '../notices/publish.ts';
import { tellOfTwoNotices } from '../notices/two-notices.ts';
import type { CaseDesk } from './case-desk.ts';

/*
 * Merging at the desk: the registry's officer, who sees every house, says that files of two houses are one child's. What is
 * written is the same two facts a tablet writes (docs/adr/0016); a supervisor may do it here too, of files the own house sees.
 */

export type MergeFault =
	| { readonly type: 'not_yours_to_merge' }
	| { readonly type: 'child_unknown' }
	| { readonly type: 'already_one' }
	| { readonly type: 'reason_missing' };

/** Says that two files are one child's. */
export async function mergeFiles(
	desk: Pick<CaseDesk, 'log' | 'random' | 'now' | 'today'>,
	user: SignedInUser,
	files: readonly [ChildId, ChildId],
	reason: string
): Promise<Result<ChildId, MergeFault>> {
	// Rights before existence.
	if (!mayWrite('child.merged', user.role)) return err({ type: 'not_yours_to_merge' });
	if (reason.trim() === '') return err({ type: 'reason_missing' });
	const [one, other] = await Promise.all(files.map((file) => desk.log.read(user, file)));
	if (!one || !other) return err({ type: 'child_unknown' });
	const pair = [one.caseFile.childId, other.caseFile.childId].sort();
	const [first, second] = pair;
	if (!first || !second || first === second) return err({ type: 'already_one' });
	const itemId = uuidV7(desk.now().getTime(), desk.random(10)) as ItemId;
	const half = (childId: ChildId, to: ChildId): DeskFact => ({
		type: 'child.merged',
		childId,
		payload: { itemId, merge: { other: to, reason: reason.trim() } },
		replaces: [],
		occurredOn: desk.today()
	});
	await desk.log.record(user, [half(first, second), half(second, first)], undefined, async (session, caseFiles) => {
		const child = caseFiles.get(first);
		if (child) await tellOfTwoNotices(session, child);
		for (const childId of pair)
			await writeAudit(session, {
				institutionId: user.institutionId,
				userId: user.id,
				action: 'child.merged',
				childId,
				details: { with: childId === first ? second : first }
			});
	});
	return ok(first);
}

/** Takes one file out of a child's files again; what was written since stays with the file it was written on. */
export async function partFile(
	desk: Pick<CaseDesk, 'log' | 'press' | 'board' | 'today'>,
	user: SignedInUser,
	file: ChildId,
	reason: string
): Promise<Result<ChildId, MergeFault>> {
	if (!mayWrite('child.parted', user.role)) return err({ type: 'not_yours_to_merge' });
	if (reason.trim() === '') return err({ type: 'reason_missing' });
	const found = await desk.log.read(user, file);
	if (!found) return err({ type: 'child_unknown' });
	const { caseFile } = found;
	const facts = mergesOf(caseFile)
		.filter(({ files }) => files.includes(file))
		.flatMap(({ itemId, files }) =>
			files.map((childId): DeskFact => ({
				type: 'child.parted',
				childId,
				payload: { itemId, reason: reason.trim() },
				replaces: (caseFile.items.merge.get(itemId) ?? []).flatMap((half) =>
					half.childId === childId ? [half.entryId] : []
				),
				occurredOn: desk.today()
			}))
		);
	if (facts.length === 0) return err({ type: 'child_unknown' });
	let gone: readonly string[] = [];
	await desk.log.record(user, facts, undefined, async (session, caseFiles) => {
		for (const changed of caseFiles.values()) {
			await tellOfTwoNotices(session, changed);
			// A child who left takes every notice with it; parted, a file may be another child who has not.
			if (filesOf(changed).length === 1) gone = [...gone, ...(await publishDecided(session, desk.press, changed)).gone];
		}
		await writeAudit(session, {
			institutionId: user.institutionId,
			userId: user.id,
			action: 'child.parted',
			childId: file,
			details: {}
		});
	});
	await desk.board.refresh();
	await desk.press.photos.remove(gone);
	return ok(file);
}
