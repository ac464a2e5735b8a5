import type { ChildId, ItemId } from '#lib/domain/ids.ts';
import { mergesOf } from '#lib/domain/case-file/one-child.ts';
import type { CaseFile } from '#lib/domain/case-file/case-file.ts';
import type { EntryId } from '#lib/domain/ids.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import type { Fact } from '../tablet.ts';

/* What is said of two files is written on both, with one item (docs/adr/0016). */

/** Says that two files are one child's. */
export function mergeFacts(
	files: readonly [ChildId, ChildId],
	reason: string,
	itemId: ItemId,
	today: CivilDate
): readonly Fact[] {
	return pairs(files).map(([childId, other]) => ({
		type: 'child.merged',
		childId,
		occurredOn: today,
		replaces: [],
		payload: { itemId, merge: { other, reason } }
	}));
}

/** Says that two files are two children's. */
export function apartFacts(files: readonly [ChildId, ChildId], itemId: ItemId, today: CivilDate): readonly Fact[] {
	return pairs(files).map(([childId, other]) => ({
		type: 'child.told_apart',
		childId,
		occurredOn: today,
		replaces: [],
		payload: { itemId, toldApart: { other } }
	}));
}

/** Takes one file out of a child's files: undoes every merge that joins it with another. */
export function partFacts(caseFile: CaseFile, file: ChildId, reason: string, today: CivilDate): readonly Fact[] {
	return mergesOf(caseFile)
		.filter(({ files }) => files.includes(file))
		.flatMap(({ itemId, files }) =>
			files.map((childId): Fact => ({
				type: 'child.parted',
				childId,
				occurredOn: today,
				replaces: halvesOn(caseFile, itemId, childId),
				payload: { itemId, reason }
			}))
		);
}

function halvesOn(caseFile: CaseFile, itemId: ItemId, childId: ChildId): readonly EntryId[] {
	return (caseFile.items.merge.get(itemId) ?? []).flatMap((half) => (half.childId === childId ? [half.entryId] : []));
}

function pairs([a, b]: readonly [ChildId, ChildId]): readonly (readonly [ChildId, ChildId])[] {
	return [
		[a, b],
		[b, a]
	];
}
