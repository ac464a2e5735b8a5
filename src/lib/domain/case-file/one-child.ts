import type { ChildId, ItemId } from '../ids.ts';
import { emptyCaseFile, evolve, filesOf, fold, type CaseFile } from './case-file.ts';
import type { ParsedEntry } from './entry.ts';

/*
 * Several files, one child (docs/adr/0016).
 *
 * A merge is a line drawn between two files, without a direction. It stands once both files hold their half of it and
 * neither holds a parting of it. Files that standing merges join, directly or by way of others, are one child's; the file
 * with the smallest id, which is the one begun first, gives the child its id. So whatever was merged where, in whatever
 * order it arrives, every tablet and the registry name the same child:
 *
 *   a ──── b        b merged into a, a merged into b, both: one child, a
 *   a ── b ── c     a chain, a circle: one child, a
 *   a ─/─ b ── c    parted: a, and b with c
 */

/** A merge that stands, by its two files in the order of their ids. */
export interface StandingMerge {
	readonly itemId: ItemId;
	readonly files: readonly [ChildId, ChildId];
}

/** What one file says of merges. */
export interface MergeHalf {
	readonly itemId: ItemId;
	readonly file: ChildId;
	readonly other: ChildId;
}

/** The merges that stand among these entries, in the order of their items. Give the entries of every file concerned. */
export function standingMerges(entries: Iterable<ParsedEntry>): readonly StandingMerge[] {
	const halves: MergeHalf[] = [];
	const parted = new Set<ItemId>();
	for (const { known, entry } of entries) {
		if (!known) continue;
		if (entry.type === 'child.parted') parted.add(entry.payload.itemId);
		if (entry.type === 'child.merged') {
			const { itemId, merge } = entry.payload;
			halves.push({ itemId, file: entry.childId, other: merge.other });
		}
	}
	return mergesOfHalves(halves, parted);
}

/** The same from what is kept of each file. */
export function mergesOfHalves(halves: readonly MergeHalf[], parted: ReadonlySet<ItemId>): readonly StandingMerge[] {
	const said = new Set(halves.map(({ itemId, file, other }) => `${itemId} ${file} ${other}`));
	const standing = new Map<string, StandingMerge>();
	for (const { itemId, file, other } of halves) {
		if (parted.has(itemId) || file >= other || !said.has(`${itemId} ${other} ${file}`)) continue;
		standing.set(`${itemId} ${file} ${other}`, { itemId, files: [file, other] });
	}
	return [...standing].sort(([a], [b]) => compare(a, b)).map(([, merge]) => merge);
}

/** The files that are one child's with this one, itself included, the file that names the child first. */
export function filesOfChild(childId: ChildId, merges: readonly StandingMerge[]): readonly ChildId[] {
	const found = new Set([childId]);
	// A set grows while it is walked through: each file brings those it is merged with.
	for (const file of found) {
		for (const { files } of merges) if (files.includes(file)) for (const other of files) found.add(other);
	}
	return [...found].sort();
}

/**
 * The child's case file: the fold of the entries of all its files. `childId` is the one the child goes by, and every version
 * keeps the file it was written on (`Origin.childId`).
 *
 * @param entries of this file and of every file it may be merged with; those of others are left out
 */
export function foldChild(childId: ChildId, entries: readonly ParsedEntry[]): CaseFile {
	const files = filesOfChild(childId, standingMerges(entries));
	const own = new Set(files);
	const byId = new Map(
		entries.flatMap((parsed) => (own.has(parsed.entry.childId) ? [[parsed.entry.id, parsed] as const] : []))
	);
	let caseFile = emptyCaseFile(files[0] ?? childId);
	for (const [, parsed] of [...byId].sort(([a], [b]) => compare(a, b))) caseFile = evolve(caseFile, parsed);
	return caseFile;
}

/**
 * One file of a child by itself, as the public notice takes it, which every file has of its own. What a desk decided about the
 * child (that it has left) counts for each of its files.
 */
export function fileOf(child: CaseFile, file: ChildId): CaseFile {
	if (filesOf(child).length < 2) return child;
	return { ...fold(file, child.entries.values()), decisions: child.decisions };
}

/** The standing merges among the files of a child. */
export function mergesOf(caseFile: CaseFile): readonly StandingMerge[] {
	return standingMerges(caseFile.entries.values());
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
