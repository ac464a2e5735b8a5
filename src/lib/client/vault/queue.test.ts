import { argon2id } from 'hash-wasm';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fieldState, fold } from '#lib/domain/case-file/case-file.ts';
import type { EntryId } from '#lib/domain/ids.ts';
import { loadPinyin } from '../search/pinyin.ts';
import { rowRules } from './row-rules.ts';
import { LocalVault } from './vault.ts';
import { TestTablet } from './vault-in-memory.ts';
import {
	childNumber,
	enrolled,
	epochOne,
	epochTwo,
	foreignEntry,
	intake,
	known,
	must,
	passphrase,
	pullPage,
	workerId
} from './vault-scenes.ts';

vi.setConfig({ testTimeout: 30_000 });

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
});

async function openVault(): Promise<LocalVault> {
	const vault = new LocalVault(tablet.tab());
	await enrolled(vault);
	return vault;
}
const all = { show: 'all', offset: 0, limit: 100 } as const;

test('a line of the queue says what was recorded and whether something newer stands in its place', async () => {
	const vault = await openVault();
	const [first] = must(await vault.record([intake(childNumber(1), { nameCalled: known('小名') })])).entryIds;
	must(await vault.record([intake(childNumber(1), { nameCalled: known('妞妞') }, [first as EntryId])]));
	const { items } = await vault.queue(all);
	expect(items.map(({ childName, replaced, parsed }) => [childName, replaced, parsed?.entry.payload])).toEqual([
		['妞妞', true, { answers: { nameCalled: known('小名') } }],
		['妞妞', false, { answers: { nameCalled: known('妞妞') } }]
	]);
});

test('an answer taken back says again what it had replaced, and both go to the registry', async () => {
	const vault = await openVault();
	const [first] = must(await vault.record([intake(childNumber(1), { height: known(98) })])).entryIds;
	const [second] = must(
		await vault.record([intake(childNumber(1), { height: known(89) }, [first as EntryId])])
	).entryIds;
	must(await vault.takeBack(second as EntryId, '记错了'));
	const opened = must(await vault.open(childNumber(1)));
	const file = fold(childNumber(1), opened?.entries.map(({ parsed }) => parsed) ?? []);
	expect(fieldState(file, 'height')).toMatchObject({ answer: known(98) });
	expect(await vault.nextEntries(10, 1e6)).toHaveLength(3);
	expect(await vault.takeBack(second as EntryId, '记错了')).toMatchObject({ ok: false, error: { type: 'superseded' } });
	expect(await vault.takeBack(childNumber(9) as string as EntryId, 'x')).toMatchObject({
		ok: false,
		error: { type: 'entry_missing' }
	});
});

test('what the registry set aside is put away over a restart, no longer counts as needing a person, and can be sent again', async () => {
	const vault = await openVault();
	const [id] = must(await vault.record([intake(childNumber(1), { height: known(98) })])).entryIds;
	await vault.applyReceipts(
		epochOne,
		[{ outcome: 'quarantined', id, index: 0, reason: { type: 'staff_unknown' } }],
		[id as EntryId]
	);
	expect((await vault.usage()).quarantined).toBe(1);
	must(await vault.putAway([id ?? ''], true));
	expect((await vault.usage()).quarantined).toBe(0);
	await vault.lock();
	expect(await vault.putAway([id ?? ''], false)).toMatchObject({ ok: false, error: { type: 'vault_locked' } });

	must(await vault.unlock(workerId, { way: 'passphrase', passphrase }));
	expect((await vault.queue(all)).counts).toEqual({ attention: 0, waiting: 0, registered: 0, putAway: 1 });
	must(await vault.sendAgain([id ?? '']));
	expect((await vault.nextEntries(10, 1e6)).map((entry) => entry.id)).toEqual([id]);
});

test('what the registry signed of its feed is kept over a restart and shown after it came to live another life', async () => {
	const vault = await openVault();
	const treeHead = { text: '{"is":"tree_head","position":1}', signature: 'B'.repeat(86) };
	const page = pullPage(0, [foreignEntry(1, childNumber(1), {})]);
	await vault.applyPull({ ...page, treeHead });
	expect(await vault.treeHeadsToShow()).toEqual([]);
	await vault.startAgain(epochTwo);
	await vault.lock();
	must(await vault.unlock(workerId, { way: 'passphrase', passphrase }));
	expect(await vault.treeHeadsToShow()).toEqual([treeHead]);
	await vault.treeHeadsShown([treeHead], true);
	expect(await vault.treeHeadsToShow()).toEqual([]);
	expect((await vault.usage()).gaveBackAt).toBeDefined();
});
