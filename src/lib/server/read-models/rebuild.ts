import { fold, type CaseFile } from '#lib/domain/case-file/case-file.ts';
import type { ParsedEntry } from '#lib/domain/case-file/entry.ts';
import { fileOf, foldChild } from '#lib/domain/case-file/one-child.ts';
import type { ChildId, InstitutionId } from '#lib/domain/ids.ts';
import { involved } from '#lib/sync/receive.ts';
import type { ProgramDatabase, Session } from '../db/connection.ts';
import { lockCases, storedEntry } from '../entry-log/postgres-entry-log.ts';
import { filesTogether } from './one-child.ts';
import { rowRules, writeChildRows, type ReadableCase } from './child-rows.ts';

/** Children whose entries are held in memory at a time: 500 × 30 entries of 1 kB are 15 MB. */
const atOnce = 500;

export interface Rebuilt {
	readonly children: number;
	readonly entries: number;
	/** Rows that stood for no child of the log. */
	readonly removed: number;
}

/**
 * Makes the read models again from the log alone, while the registry runs: each child under the lock that a push takes.
 * The same log gives the same rows, byte for byte.
 *
 * @param also what else is made of each case file (the public tables), in the same transaction
 */
export async function rebuild(
	database: ProgramDatabase,
	also: (session: Session, caseFile: CaseFile) => Promise<void> = async () => undefined
): Promise<Rebuilt> {
	let children = 0;
	let entries = 0;
	for (let after: ChildId | undefined; ;) {
		const done = await database.inScope({ kind: 'registry' }, (session) => rebuildSome(session, after, also), {
			statementTimeout: 300_000
		});
		children += done.children;
		entries += done.entries;
		if (done.last === undefined) break;
		after = done.last;
	}
	const removed = await database.inScope({ kind: 'registry' }, (session) =>
		session.query(
			'DELETE FROM child_rows WHERE NOT EXISTS (SELECT FROM entries WHERE entries.child_id = child_rows.child_id)'
		)
	);
	return { children, entries, removed: removed.rowCount };
}

async function rebuildSome(
	session: Session,
	after: ChildId | undefined,
	also: (session: Session, caseFile: CaseFile) => Promise<void>
): Promise<{ children: number; entries: number; last: ChildId | undefined }> {
	const { rows: found } = await session.query<{ childId: ChildId }>(
		`SELECT child_id AS "childId" FROM cases WHERE $1::uuid IS NULL OR child_id > $1 ORDER BY child_id LIMIT $2`,
		[after ?? null, atOnce]
	);
	const ids = found.map(({ childId }) => childId);
	await lockCases(session, ids);
	const { cases, entries } = await readableCases(session, ids);
	await writeChildRows(session, cases, await rowRules(session));
	for (const { caseFile } of cases) await also(session, caseFile);
	return { children: cases.length, entries, last: ids.length < atOnce ? undefined : ids.at(-1) };
}

/**
 * The files of these children from the log, with the houses that may read them; children without an entry are left out.
 * Lock them first where rows are made of what is read.
 */
export async function readableCases(
	session: Session,
	ids: readonly ChildId[]
): Promise<{ readonly cases: readonly ReadableCase[]; readonly entries: number }> {
	const together = await filesTogether(session, ids);
	const all = [...new Set([...together.values()].flat())];
	const { rows: bodies } = await session.query<{ childId: ChildId; body: string }>(
		`SELECT child_id AS "childId", body FROM entries WHERE child_id = ANY ($1::uuid[]) ORDER BY child_id, id`,
		[all]
	);
	const { rows: houses } = await session.query<{ childId: ChildId; houses: InstitutionId[] }>(
		`SELECT child_id AS "childId", array_agg(institution_id::text ORDER BY number) AS houses FROM child_houses
		WHERE child_id = ANY ($1::uuid[]) GROUP BY child_id`,
		[all]
	);
	const byFile = new Map<ChildId, ParsedEntry[]>(all.map((id) => [id, []]));
	for (const { childId, body } of bodies) byFile.get(childId)?.push(storedEntry(body));
	const grants = new Map(houses.map((row) => [row.childId, new Set(row.houses)]));
	const cases = ids.flatMap((childId): ReadableCase[] => {
		const own = byFile.get(childId) ?? [];
		if (own.length === 0) return [];
		const files = together.get(childId) ?? [childId];
		const whole = foldChild(
			childId,
			files.flatMap((file) => byFile.get(file) ?? [])
		);
		const caseFile = whole.childId === childId ? whole : fileOf(whole, childId);
		const readers = files.flatMap((file) =>
			involved(fold(file, byFile.get(file) ?? []), grants.get(file) ?? new Set())
		);
		return [{ caseFile, houses: [...new Set(readers)], child: whole.childId }];
	});
	const own = new Set(ids);
	return { cases, entries: bodies.filter(({ childId }) => own.has(childId)).length };
}
