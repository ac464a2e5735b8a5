import type { ChildRow } from '#lib/domain/case-file/child-row.ts';
import type { ParsedEntry } from '#lib/domain/case-file/entry.ts';
import { filesOfChild, mergesOfHalves } from '#lib/domain/case-file/one-child.ts';
import type { ChildId } from '#lib/domain/ids.ts';

/** By file all files of its child, the one that names the child first; only of children that have more than one. */
export function filesTogether(rows: readonly ChildRow[]): ReadonlyMap<ChildId, readonly ChildId[]> {
	const halves = rows.flatMap(({ childId: file, merges = [] }) =>
		merges.map(({ itemId, other }) => ({ itemId, file, other }))
	);
	if (halves.length === 0) return new Map();
	const standing = mergesOfHalves(halves, new Set(rows.flatMap(({ parted = [] }) => parted)));
	const together = new Map<ChildId, readonly ChildId[]>();
	for (const { files } of standing) {
		for (const file of files) if (!together.has(file)) together.set(file, filesOfChild(file, standing));
	}
	return together;
}

/**
 * Whether an entry counts in telling which files are one child's. A merge that the registry set aside, or the undoing of one,
 * is known to no other tablet: it joins and parts nothing here either, until the registry takes it up.
 *
 * @param delivery of the tablet's own entries; what came from the registry needs none
 */
export function countsForFiles(type: string, delivery: { readonly state: string } | undefined): boolean {
	return !isMerging(type) || delivery?.state !== 'quarantined';
}

export function isMerging(type: string): boolean {
	return type === 'child.merged' || type === 'child.parted';
}

/**
 * The files whose lines change with these entries, each with the files it may be one child with: those it is with now, and
 * those that a merge among the entries names.
 *
 * @param filesOf the files of a file's child as the list knows them
 */
export function filesConcerned(
	filesOf: (childId: ChildId) => readonly ChildId[],
	entries: readonly ParsedEntry[]
): ReadonlyMap<ChildId, readonly ChildId[]> {
	const groups = new Map<ChildId, Set<ChildId>>();
	const join = (one: ChildId, other: ChildId) => {
		const joined = new Set([
			...(groups.get(one) ?? filesOf(one)),
			...(groups.get(other) ?? filesOf(other)),
			one,
			other
		]);
		for (const file of joined) groups.set(file, joined);
	};
	for (const { known, entry } of entries) {
		if (!groups.has(entry.childId)) join(entry.childId, entry.childId);
		if (known && entry.type === 'child.merged') join(entry.childId, entry.payload.merge.other);
	}
	return new Map([...groups].map(([file, together]) => [file, [...together].sort()]));
}
