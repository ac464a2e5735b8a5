import { filesOfChild, mergesOfHalves, type MergeHalf } from '#lib/domain/case-file/one-child.ts';
import type { ChildId, ItemId } from '#lib/domain/ids.ts';
import type { Session } from '../db/connection.ts';

/** Every file of the child this file is of, the one that names the child first; told by the entries that the scope sees. */
export async function filesOf(session: Session, childId: ChildId): Promise<readonly ChildId[]> {
	return (await filesTogether(session, [childId])).get(childId) ?? [childId];
}

/** The same of many files at once: by file the files of its child. One query where none of them was ever merged. */
export async function filesTogether(
	session: Session,
	childIds: readonly ChildId[]
): Promise<ReadonlyMap<ChildId, readonly ChildId[]>> {
	const { halves, parted } = await mergesAround(session, childIds);
	const standing = mergesOfHalves(halves, parted);
	return new Map(childIds.map((childId) => [childId, filesOfChild(childId, standing)]));
}

/** Every file that a merge, standing or not, joins with one of these, by way of others too; these themselves left out. */
export async function filesAround(
	session: Session,
	childIds: readonly ChildId[],
	named: readonly ChildId[] = []
): Promise<readonly ChildId[]> {
	const own = new Set(childIds);
	const { halves } = await mergesAround(session, [...own, ...named]);
	const found = new Set([...named, ...halves.flatMap(({ file, other }) => [file, other])]);
	return [...found].filter((childId) => !own.has(childId)).sort();
}

async function mergesAround(
	session: Session,
	childIds: readonly ChildId[]
): Promise<{ readonly halves: readonly MergeHalf[]; readonly parted: ReadonlySet<ItemId> }> {
	const halves: MergeHalf[] = [];
	const parted = new Set<ItemId>();
	const seen = new Set(childIds);
	for (let ahead = [...seen]; ahead.length > 0;) {
		const { rows } = await session.query<{ file: ChildId; type: string; itemId: ItemId; other: ChildId | null }>(
			`SELECT child_id AS file, type, body::jsonb #>> '{payload,itemId}' AS "itemId",
				body::jsonb #>> '{payload,merge,other}' AS other
			FROM entries WHERE type IN ('child.merged', 'child.parted') AND child_id = ANY ($1::uuid[])`,
			[ahead]
		);
		ahead = [];
		for (const { file, type, itemId, other } of rows) {
			if (type === 'child.parted') parted.add(itemId);
			if (type !== 'child.merged' || other === null) continue;
			halves.push({ itemId, file, other });
			if (!seen.has(other)) ahead.push(other);
			seen.add(other);
		}
	}
	return { halves, parted };
}
