import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { argon2id } from 'hash-wasm';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { expect, onTestFinished, test, vi } from 'vitest';
import { LampkeepDatabase, schemaEpoch } from '../../src/lib/client/db/database.ts';
import { loadPinyin } from '../../src/lib/client/search/pinyin.ts';
import { MemoryDisk } from '../../src/lib/client/vault/memory-disk.ts';
import { rowRules } from '../../src/lib/client/vault/row-rules.ts';
import { LocalVault } from '../../src/lib/client/vault/vault.ts';
import { TestTablet } from '../../src/lib/client/vault/vault-in-memory.ts';
import {
	childNumber,
	epochOne,
	epochTwo,
	intake,
	known,
	must,
	pullPage,
	spoken,
	workerId
} from '../../src/lib/client/vault/vault-scenes.ts';
import type { EntryId } from '../../src/lib/domain/ids.ts';
import type { Receipt } from '../../src/lib/sync/protocol.ts';

/*
 * SECURITY.md, R10: a tablet that lay in a drawer is opened by a program some schema epochs younger. What it had not sent is
 * sent as it was signed, and what no program knows is kept. How the stores were made: stores/README.md.
 */
vi.setConfig({ testTimeout: 120_000 });

interface Dump {
	readonly schemaEpoch: number;
	readonly version: number;
	readonly stores: Readonly<Record<string, { readonly keyPath: string; readonly rows: readonly object[] }>>;
	readonly waiting: readonly string[];
	readonly newer: { readonly id: string };
}

/** A tablet on whose disk the store lies as the older program left it; nothing beside it. */
async function tabletFrom(file: string) {
	const dump = JSON.parse(gunzipSync(await readFile(join(import.meta.dirname, 'stores', file))).toString()) as Dump;
	const indexedDB = new IDBFactory();
	const rows = await Promise.all(
		Object.entries(dump.stores).map(async ([name, { keyPath, rows }]) => ({ name, keyPath, rows: await revived(rows) }))
	);
	await new Promise<void>((resolve, reject) => {
		const opening = indexedDB.open('lampkeep', dump.version);
		opening.onupgradeneeded = () => {
			for (const { name, keyPath, rows: kept } of rows) {
				const table = opening.result.createObjectStore(name, { keyPath });
				for (const row of kept as readonly object[]) table.put(row);
			}
		};
		opening.onerror = () => reject(opening.error ?? new Error('The store was not laid down'));
		opening.onsuccess = () => {
			opening.result.close();
			resolve();
		};
	});
	const tablet = new TestTablet('lampkeep', {
		indexedDB,
		IDBKeyRange,
		argon2id: async (secret, salt, { memory, iterations, parallelism }) =>
			new Uint8Array(
				await argon2id({
					...{ password: secret, salt, memorySize: memory, iterations, parallelism },
					...{ hashLength: 32, outputType: 'binary' }
				})
			),
		rules: rowRules,
		loadPinyin
	});
	tablet.files = new MemoryDisk();
	onTestFinished(() => tablet.databases.forEach((db) => db.close()));
	return { tablet, dump, indexedDB };
}

async function revived(value: unknown): Promise<unknown> {
	if (Array.isArray(value)) return Promise.all(value.map(revived));
	if (value === null || typeof value !== 'object') return value;
	if ('$bytes' in value) return new Uint8Array(Buffer.from(String(value.$bytes), 'base64'));
	if ('$pkcs8' in value) {
		const bytes = new Uint8Array(Buffer.from(String(value.$pkcs8), 'base64'));
		return crypto.subtle.importKey('pkcs8', bytes, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
	}
	return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([key, of]) => [key, await revived(of)])));
}

const textsOf = async (vault: LocalVault) => (await vault.nextEntries(1_000, 1e9)).map(({ text }) => text);

test('a store of schema epoch 2 opens, and every unsent entry is sent as it was signed', async () => {
	const { tablet, dump, indexedDB } = await tabletFrom('epoch-2.json.gz');
	expect(dump.schemaEpoch).toBeLessThan(schemaEpoch);
	expect(dump.waiting).toHaveLength(50);
	const vault = new LocalVault(tablet.tab());
	expect(await vault.status()).toMatchObject({ status: 'locked' });
	must(await vault.unlock(workerId, spoken()));
	expect(await textsOf(vault)).toEqual(dump.waiting);
	const { rows } = must(await vault.search({ show: 'all', offset: 0, limit: 1_000 }));
	expect(rows).toHaveLength(43);
	const [photo] = await vault.nextPhotos(10);
	expect(await vault.photo(photo?.sha256 as never, 'full')).toHaveLength(3_000);
	expect(await vault.signRequest('text')).toMatch(/^[\w-]{86}$/);

	// The next save follows the last one of the older program, and an older tab writes no more.
	must(await vault.record([intake(childNumber(200), { nameGiven: known('新来的') })]));
	const texts = await textsOf(vault);
	expect(texts.slice(0, 50)).toEqual(dump.waiting);
	expect((JSON.parse(texts[50] ?? '') as { deviceSeq: number }).deviceSeq).toBe(51);
	const db = new LampkeepDatabase('lampkeep', { indexedDB, IDBKeyRange });
	tablet.databases.push(db);
	expect(await db.meta.get('schema')).toEqual({ key: 'schema', epoch: schemaEpoch });

	// The registry takes all of it.
	const receipts = texts.map(
		(text, i): Receipt => ({
			...{ outcome: 'accepted', id: (JSON.parse(text) as { id: EntryId }).id, position: 5 + i },
			...{ receivedAt: '2026-11-22T05:00:00Z', receipt: '0A1B2C3D' }
		})
	);
	await vault.applyReceipts(
		epochOne,
		receipts,
		receipts.flatMap((receipt) => receipt.id ?? [])
	);
	expect(await textsOf(vault)).toEqual([]);
	expect(tablet.reported).toEqual([]);
});

test('what is unsent in it goes into the journal too, so that a locked tablet can hand it in', async () => {
	const { tablet, dump } = await tabletFrom('epoch-2.json.gz');
	const vault = new LocalVault(tablet.tab());
	must(await vault.unlock(workerId, spoken()));
	await vault.keepSealingKey(await sealingKey());
	await vi.waitFor(async () => expect((await vault.outbox()).onlyWhenOpen).toBe(0), { timeout: 30_000 });
	expect((await vault.outbox()).records).toBeGreaterThan(0);
	expect(await textsOf(vault)).toEqual(dump.waiting);
});

test('an entry of a type that nobody knows is kept as it came, also when everything is read and sent again', async () => {
	const { tablet, dump } = await tabletFrom('epoch-2.json.gz');
	const vault = new LocalVault(tablet.tab());
	must(await vault.unlock(workerId, spoken()));
	const unknown = async () =>
		must(await vault.open(childNumber(101)))?.entries.filter(({ parsed }) => !parsed.known).map(({ parsed }) => parsed.entry.id);
	expect(await unknown()).toEqual([dump.newer.id]);
	must(await vault.record([intake(childNumber(101), { nameCalled: known('又一个') })]));
	expect(await unknown()).toEqual([dump.newer.id]);
	await vault.startAgain(epochTwo);
	await vault.applyPull(pullPage(0, [dump.newer], epochTwo));
	expect(await unknown()).toEqual([dump.newer.id]);
	expect(must(await vault.search({ show: 'all', offset: 0, limit: 1_000 })).rows.find(({ childId }) => childId === childNumber(101))).toMatchObject({ unknownEntryCount: 1 });
});

async function sealingKey(): Promise<string> {
	const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
	return Buffer.from(await crypto.subtle.exportKey('raw', publicKey)).toString('base64url');
}
