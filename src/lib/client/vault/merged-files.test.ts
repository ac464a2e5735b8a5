import { argon2id } from 'hash-wasm';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Entry } from '#lib/domain/case-file/entry.ts';
import { foldChild } from '#lib/domain/case-file/one-child.ts';
import type { EntryId, ItemId } from '#lib/domain/ids.ts';
import { civilDate } from '#lib/domain/time.ts';
import { loadPinyin } from '../search/pinyin.ts';
import { apartFacts, mergeFacts, partFacts } from '../state/merging.ts';
import { rowRules } from './row-rules.ts';
import { LocalVault } from './vault.ts';
import { TestTablet } from './vault-in-memory.ts';
import {
	childNumber,
	enrolled,
	epochOne,
	foreignEntry,
	intake,
	known,
	must,
	passphrase,
	pullPage,
	workerId
} from './vault-scenes.ts';

vi.setConfig({ testTimeout: 30_000 });

const everything = { offset: 0, limit: 100 } as const;
const today = civilDate('2026-11-22');
const item = (n: number) => `0d000000-0000-4000-8000-${String(n).padStart(12, '0')}` as ItemId;
const [one, two, three] = [childNumber(1), childNumber(2), childNumber(3)];
let tablet: TestTablet;

beforeEach(() => {
	tablet = new TestTablet('lampkeep', {
		indexedDB: new IDBFactory(),
		IDBKeyRange,
		argon2id: async (secret, salt, { memory, iterations, parallelism }) =>
			new Uint8Array(
				await argon2id({
					password: secret,
					salt,
					memorySize: memory,
					iterations,
					parallelism,
					hashLength: 32,
					outputType: 'binary'
				})
			),
		rules: rowRules,
		loadPinyin
	});
});
afterEach(() => {
	for (const db of tablet.databases) db.close();
	expect(tablet.reported).toEqual([]);
});

async function openVault(): Promise<LocalVault> {
	const vault = new LocalVault(tablet.tab());
	await enrolled(vault);
	return vault;
}

async function linesIn(vault: LocalVault): Promise<string[]> {
	const { rows } = must(await vault.search(everything));
	return rows.map(({ names, files }) => `${names.join('+')}${files ? ` (${files.length})` : ''}`).sort();
}

async function fileOf(vault: LocalVault, childId = one) {
	const opened = must(await vault.open(childId));
	if (!opened) throw new Error('not here');
	return {
		files: opened.files,
		caseFile: foldChild(
			childId,
			opened.entries.map(({ parsed }) => parsed)
		)
	};
}

/** A half of a merge as the feed brings it. */
function half(n: number, childId: Entry['childId'], other: Entry['childId'], itemId: ItemId): unknown {
	return {
		...foreignEntry(n, childId, {}),
		type: 'child.merged',
		payload: { itemId, merge: { other, reason: '同一人' } }
	};
}

const twoFiles = [
	intake(one, { nameAssigned: known('小虎'), sex: known('1') }),
	intake(two, { nameAssigned: known('虎子'), sex: known('1') })
];

describe('files merged on a tablet', () => {
	it('are one line, found by either name, and either id opens the child', async () => {
		const vault = await openVault();
		must(await vault.record(twoFiles));
		expect(await linesIn(vault)).toEqual(['小虎', '虎子']);
		must(await vault.record(mergeFacts([one, two], '照片是一个人', item(1), today)));
		expect(await linesIn(vault)).toEqual(['小虎+虎子 (2)']);
		const found = must(await vault.search({ ...everything, words: 'huzi' }));
		expect(found.rows).toMatchObject([{ childId: one, conflictCount: 1 }]);
		for (const id of [one, two]) expect((await fileOf(vault, id)).files).toEqual([one, two]);
	});

	it('show at once what is written on either, and still after locking and opening again', async () => {
		const vault = await openVault();
		must(await vault.record(twoFiles));
		must(await vault.record(mergeFacts([one, two], '照片是一个人', item(1), today)));
		must(await vault.record([intake(two, { nameCalled: known('老虎') })]));
		expect(await linesIn(vault)).toEqual(['小虎+虎子+老虎 (2)']);
		await vault.lock();
		must(await vault.unlock(workerId, { way: 'passphrase', passphrase }));
		expect(await linesIn(vault)).toEqual(['小虎+虎子+老虎 (2)']);
	});

	it('are two again once parted, each with what was written on it', async () => {
		const vault = await openVault();
		must(await vault.record(twoFiles));
		must(await vault.record(mergeFacts([one, two], '照片是一个人', item(1), today)));
		must(await vault.record([intake(two, { nameCalled: known('老虎') })]));
		const { caseFile } = await fileOf(vault);
		must(await vault.record(partFacts(caseFile, two, '疤痕不一样', today)));
		expect(await linesIn(vault)).toEqual(['小虎', '虎子+老虎']);
		expect((await fileOf(vault)).files).toEqual([one]);
	});

	it('a merge that another tablet made comes with the feed, half by half and in any page', async () => {
		const vault = await openVault();
		const page = [
			foreignEntry(1, one, { nameAssigned: known('小虎') }),
			foreignEntry(2, two, { nameAssigned: known('虎子') }),
			half(3, two, one, item(1))
		];
		await vault.applyPull(pullPage(0, page));
		expect(await linesIn(vault)).toEqual(['小虎', '虎子']);
		await vault.applyPull(
			pullPage(3, [half(4, one, two, item(1)), foreignEntry(5, three, { nameAssigned: known('石头') })])
		);
		expect(await linesIn(vault)).toEqual(['小虎+虎子 (2)', '石头']);
		// A chain, and a later word on the file in the middle.
		await vault.applyPull(pullPage(5, [half(6, three, two, item(2)), half(7, two, three, item(2))]));
		await vault.applyPull(pullPage(7, [foreignEntry(8, two, { nameCalled: known('老虎') })]));
		expect(await linesIn(vault)).toEqual(['小虎+虎子+石头+老虎 (3)']);
	});

	it('a half that names a file this tablet has not makes no line for it', async () => {
		const vault = await openVault();
		await vault.applyPull(
			pullPage(0, [foreignEntry(1, one, { nameAssigned: known('小虎') }), half(2, one, two, item(1))])
		);
		expect(await linesIn(vault)).toEqual(['小虎']);
		expect(must(await vault.open(two))).toBeUndefined();
	});
});

describe('a merge that the registry set aside', () => {
	const refused = (ids: readonly EntryId[]) =>
		ids.map((id, index) => ({ outcome: 'quarantined', id, index, reason: { type: 'not_yours_to_merge' } }));
	const merged = async (vault: LocalVault) =>
		must(await vault.record(mergeFacts([one, two], '照片是一个人', item(1), today))).entryIds;

	it('makes no one child of two files, here as little as anywhere, and the history keeps it with its reason', async () => {
		const vault = await openVault();
		must(await vault.record(twoFiles));
		const ids = await merged(vault);
		expect(await linesIn(vault)).toEqual(['小虎+虎子 (2)']);
		const told: string[] = [];
		await vault.subscribe((event) => void told.push(event));
		await vault.applyReceipts(epochOne, refused(ids), ids);
		expect(told).toContain('records');
		const apart = async () => {
			expect(await linesIn(vault)).toEqual(['小虎', '虎子']);
			for (const id of [one, two]) expect((await fileOf(vault, id)).files).toEqual([id]);
		};
		await apart();
		const opened = must(await vault.open(one));
		expect(opened?.entries.find(({ parsed }) => parsed.entry.id === ids[0])?.delivery).toEqual({
			state: 'quarantined',
			reason: { type: 'not_yours_to_merge' }
		});
		must(await vault.record([intake(two, { nameCalled: known('老虎') })]));
		expect(await linesIn(vault)).toEqual(['小虎', '虎子+老虎']);
		await vault.applyPull(pullPage(0, [foreignEntry(1, one, { nameCalled: known('阿虎') })]));
		expect(await linesIn(vault)).toEqual(['小虎+阿虎', '虎子+老虎']);
		await vault.lock();
		must(await vault.unlock(workerId, { way: 'passphrase', passphrase }));
		expect(await linesIn(vault)).toEqual(['小虎+阿虎', '虎子+老虎']);
	});

	it('half of it refused is no merge; both halves in the feed are one', async () => {
		const vault = await openVault();
		must(await vault.record(twoFiles));
		const ids = await merged(vault);
		await vault.applyReceipts(epochOne, refused(ids.slice(0, 1)), ids.slice(0, 1));
		expect(await linesIn(vault)).toEqual(['小虎', '虎子']);
		// The registry took it up after all.
		const halves = [one, two].map(async (childId, n) => {
			const opened = must(await vault.signedEntries(childId));
			return opened.find((entry) => (entry as { id: string }).id === ids[n]);
		});
		await vault.applyPull(pullPage(0, await Promise.all(halves)));
		expect(await linesIn(vault)).toEqual(['小虎+虎子 (2)']);
	});

	it('waits again when a person sends it again, and counts until the registry says otherwise', async () => {
		const vault = await openVault();
		must(await vault.record(twoFiles));
		const ids = await merged(vault);
		await vault.applyReceipts(epochOne, refused(ids), ids);
		must(await vault.sendAgain(ids));
		expect(await linesIn(vault)).toEqual(['小虎+虎子 (2)']);
		await vault.applyReceipts(epochOne, refused(ids), ids);
		expect(await linesIn(vault)).toEqual(['小虎', '虎子']);
	});

	it('a parting set aside parts nothing: the files stay one child’s, as on the registry', async () => {
		const vault = await openVault();
		await vault.applyPull(
			pullPage(0, [
				foreignEntry(1, one, { nameAssigned: known('小虎') }),
				foreignEntry(2, two, { nameAssigned: known('虎子') }),
				half(3, two, one, item(1)),
				half(4, one, two, item(1))
			])
		);
		const { caseFile } = await fileOf(vault);
		const ids = must(await vault.record(partFacts(caseFile, two, '疤痕不一样', today))).entryIds;
		expect(await linesIn(vault)).toEqual(['小虎', '虎子']);
		await vault.applyReceipts(epochOne, refused(ids), ids);
		expect(await linesIn(vault)).toEqual(['小虎+虎子 (2)']);
		expect((await fileOf(vault, two)).files).toEqual([one, two]);
	});
});

describe('files that may be one child’s', () => {
	const alike = {
		sex: known('1'),
		nameCalled: known('小虎'),
		dateRescued: known({ y: 2026, m: 3, d: 2 }),
		caseNumber: known('YL-1')
	};

	it('are found, until somebody tells them apart or merges them', async () => {
		const vault = await openVault();
		must(await vault.record([intake(one, alike), intake(two, alike), intake(three, alike)]));
		const pairs = async () => must(await vault.duplicates()).map(({ a, b }) => [a.childId, b.childId]);
		expect(await pairs()).toHaveLength(3);
		must(await vault.record(apartFacts([one, two], item(1), today)));
		expect(await pairs()).toEqual(
			expect.arrayContaining([
				[one, three],
				[two, three]
			])
		);
		expect(await pairs()).toHaveLength(2);
		must(await vault.record(mergeFacts([one, three], '一个人', item(2), today)));
		expect(await pairs()).toHaveLength(0);
	});

	it('answer vault_locked while it is locked', async () => {
		const vault = await openVault();
		await vault.lock();
		expect(await vault.duplicates()).toEqual({ ok: false, error: { type: 'vault_locked' } });
	});
});
