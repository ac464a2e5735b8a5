import { describe, expect, test } from 'vitest';
import {
	caseOffice,
	otherHouseId,
	registryScope,
	signedIn,
	type CaseOffice
} from '../../../../tests/support/case-office.ts';
import { answersBy, entryBy } from '../../../../tests/support/entry-by.ts';
import { day, receivedChild } from '../../../../tests/support/leaving-story.ts';
import { childId, houseId, person } from '../../../../tests/support/notice-story.ts';
import { conflicts, knownValue } from '#lib/domain/case-file/case-file.ts';
import type { ParsedEntry } from '#lib/domain/case-file/entry.ts';
import type { ChildId, InstitutionId } from '#lib/domain/ids.ts';
import { publishedTwice } from '#lib/domain/notice/notice-state.ts';
import { listInbox } from '../inbox/inbox.ts';
import { listChildren, readCase } from '../notices/case-reading.ts';
import { takeDownNotice } from '../notices/decisions.ts';
import { rebuild } from '../read-models/rebuild.ts';
import { readBoard } from '../eligibility/board.ts';
import { mergeFiles, partFile } from './merge-desk.ts';

/** Begun after the first: the other house took the child in without its file. */
const second = '00000000-0000-7000-8000-00000000c0ff' as ChildId;
const reason = '照片是一个人，公安来电确认';

function ofOtherHouse({ known, entry }: ParsedEntry): ParsedEntry {
	return {
		known,
		entry: { ...entry, childId: second, institutionId: otherHouseId, staffId: person('e') }
	} as ParsedEntry;
}

function secondFile(handoverDate = '2024-11-04'): readonly ParsedEntry[] {
	return [
		ofOtherHouse(answersBy(901, { nameAssigned: '虎子', sex: '1', caseNumber: 'BC-2024-0002', handoverDate })),
		ofOtherHouse(answersBy(902, { features: '左耳后疤痕' }))
	];
}

function secondNotice(): readonly ParsedEntry[] {
	const draft = entryBy(910, 'notice.drafted', {
		draft: { shown: { name: '虎子' }, sexCode: '1', photos: [], contactPhone: '0870-000 0001' }
	});
	const approved = entryBy(911, 'notice.approved', {
		approval: { draft: draft.entry.id, publicNumber: 'LK-7F3K-29QX' }
	});
	const two = [draft, approved].map(ofOtherHouse);
	return two.map(
		(parsed, n) => ({ ...parsed, entry: { ...parsed.entry, staffId: person(n === 0 ? 'e' : 'g') } }) as ParsedEntry
	);
}

const linesOf = (office: CaseOffice) =>
	office.database.inScope(registryScope, async (session) => {
		const { children } = await listChildren(session, { words: '', notice: '', house: '' }, 10);
		return children.map(({ row }) => row);
	});
const feedOf = (office: CaseOffice, institutionId: InstitutionId) =>
	office.database.inScope({ kind: 'institution', institutionId }, async (session) => {
		const { rows } = await session.query<{ id: string }>(
			'SELECT entry_id AS id FROM feed WHERE institution_id = $1 ORDER BY position',
			[institutionId]
		);
		return rows.map(({ id }) => id);
	});
const modelsOf = (office: CaseOffice) =>
	office.database.inScope(registryScope, async (session) => {
		const tables = ['child_rows', 'review_rows', 'hold_facts', 'document_numbers'];
		const found: string[] = [];
		for (const table of tables) {
			const { rows } = await session.query<{ text: string }>(
				`SELECT row_to_json(t)::text AS text FROM ${table} t ORDER BY 1`
			);
			found.push(...rows.map(({ text }) => text));
		}
		return found;
	});

async function twoFiles(handoverDate?: string, more: readonly ParsedEntry[] = []): Promise<CaseOffice> {
	return caseOffice([...receivedChild().story.entries, ...secondFile(handoverDate), ...more], day('2025-11-20'));
}

describe('files of two houses merged at the registry', () => {
	test('are one line everywhere, opened by either number, and both houses have all of it', async () => {
		const office = await twoFiles();
		expect(await linesOf(office)).toHaveLength(2);
		const merged = await mergeFiles(office.desk, signedIn('f'), [second, childId], reason);
		expect(merged).toEqual({ ok: true, value: childId });
		expect(await linesOf(office)).toMatchObject([{ childId, files: [childId, second], names: ['小虎', '虎子'] }]);
		for (const scope of [
			registryScope,
			{ kind: 'institution', institutionId: houseId },
			{ kind: 'institution', institutionId: otherHouseId }
		] as const) {
			await office.database.inScope(scope, async (session) => {
				for (const id of [childId, second]) {
					const found = await readCase(session, id);
					expect(found?.caseFile.childId).toBe(childId);
					expect(found && knownValue(found.caseFile, 'features')).toBe('左耳后疤痕');
				}
				const board = await readBoard(session, { place: { kind: 'all' }, sort: 'name' }, day('2025-11-20'), 10);
				expect(board.lines.map((line) => line.childId)).toEqual([childId]);
			});
		}
		const [one, other] = [await feedOf(office, houseId), await feedOf(office, otherHouseId)];
		expect([...one].sort()).toEqual([...other].sort());
		expect(new Set(one).size).toBe(one.length);
	});

	test('differ in names and numbers until a person settles it', async () => {
		const office = await twoFiles('2024-11-06');
		await mergeFiles(office.desk, signedIn('f'), [second, childId], reason);
		const found = await office.database.inScope(registryScope, (session) => readCase(session, second));
		expect(found && conflicts(found.caseFile)).toEqual(['caseNumber', 'handoverDate', 'nameAssigned']);
		// On 20 November 2025 both of the twelve months are over, and neither counts: the child is where it was before the end.
		const [row] = await linesOf(office);
		expect(row).toMatchObject({ holdProvisional: true, holdLastDay: '2025-11-06' });
		const board = await office.database.inScope(registryScope, (session) =>
			readBoard(session, { place: { kind: 'all' }, sort: 'name' }, day('2025-11-20'), 10)
		);
		expect(board.lines[0]).toMatchObject({ stage: 'ends_soon' });
	});

	test('the read models are the same when they are made again from the log, merged and parted', async () => {
		const office = await twoFiles();
		await mergeFiles(office.desk, signedIn('f'), [second, childId], reason);
		const merged = await modelsOf(office);
		await rebuild(office.database);
		expect(await modelsOf(office)).toEqual(merged);
		await partFile(office.desk, signedIn('g'), second, '疤痕不一样');
		const parted = await modelsOf(office);
		await rebuild(office.database);
		expect(await modelsOf(office)).toEqual(parted);
	});

	test('parted are two again with what was written since, and the houses see their own', async () => {
		const office = await twoFiles();
		await mergeFiles(office.desk, signedIn('f'), [second, childId], reason);
		await office.put([ofOtherHouse(answersBy(950, { height: 97 }))]);
		expect(await partFile(office.desk, signedIn('f'), second, '疤痕不一样')).toMatchObject({ ok: true });
		expect((await linesOf(office)).map(({ names }) => names)).toEqual([['小虎'], ['虎子']]);
		await office.database.inScope({ kind: 'institution', institutionId: otherHouseId }, async (session) => {
			expect(await readCase(session, childId)).toBeUndefined();
			const found = await readCase(session, second);
			expect(found && knownValue(found.caseFile, 'height')).toBe(97);
		});
		const feed = await feedOf(office, houseId);
		await office.put([ofOtherHouse(answersBy(951, { weight: 14 }))]);
		expect(await feedOf(office, houseId)).toEqual(feed);
	});

	test('who may not merge, or does not see both files, is refused, and nothing is written', async () => {
		const office = await twoFiles();
		const before = await modelsOf(office);
		const tried = (letter: 'a' | 'c' | 'd' | 'f', files: [ChildId, ChildId] = [childId, second], why = reason) =>
			mergeFiles(office.desk, signedIn(letter), files, why);
		expect(await tried('c')).toEqual({ ok: false, error: { type: 'not_yours_to_merge' } });
		expect(await tried('d')).toEqual({ ok: false, error: { type: 'not_yours_to_merge' } });
		expect(await tried('a')).toEqual({ ok: false, error: { type: 'child_unknown' } });
		expect(await tried('f', [childId, childId])).toEqual({ ok: false, error: { type: 'already_one' } });
		expect(await tried('f', [childId, second], ' ')).toEqual({ ok: false, error: { type: 'reason_missing' } });
		expect(await partFile(office.desk, signedIn('f'), second, 'x')).toEqual({
			ok: false,
			error: { type: 'child_unknown' }
		});
		expect(await modelsOf(office)).toEqual(before);
	});

	test('two notices of one child: whoever decides about notices is told, and takes the second down by its own road', async () => {
		const office = await twoFiles(undefined, secondNotice());
		const publicNow = () =>
			office.database.inScope(registryScope, async (session) => {
				const { rows } = await session.query<{ number: string }>(
					'SELECT public_number AS number FROM public_notices ORDER BY 1'
				);
				return rows.map(({ number }) => number);
			});
		const told = (letter: 'a' | 'e' | 'f') =>
			office.database.inScope(registryScope, async (session) => {
				const { items } = await listInbox(session, signedIn(letter), 20, 'notice_twice');
				return items.map((item) => item.childId);
			});
		expect(await publicNow()).toEqual(['LK-5016-0148', 'LK-7F3K-29QX']);
		await mergeFiles(office.desk, signedIn('f'), [second, childId], reason);
		// Nothing comes down by itself.
		expect(await publicNow()).toEqual(['LK-5016-0148', 'LK-7F3K-29QX']);
		expect(await told('f')).toEqual([second]);
		const found = await office.database.inScope(registryScope, (session) => readCase(session, childId));
		expect(found && publishedTwice(found.caseFile)).toEqual([{ childId: second, publicNumber: 'LK-7F3K-29QX' }]);
		const down = await takeDownNotice(
			{ ...office.desk, database: office.database, board: office.board },
			signedIn('f'),
			second,
			{
				reason: 'mistake',
				note: '合并后重复'
			}
		);
		expect(down).toMatchObject({ ok: true });
		expect(await publicNow()).toEqual(['LK-5016-0148']);
		expect(await told('f')).toEqual([]);
	});
});
