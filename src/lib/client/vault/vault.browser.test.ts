import { afterEach, describe, expect, it } from 'vitest';
import type { Vault } from '../tablet.ts';
import { startVault } from './connect.ts';
import { LampkeepDatabase } from '../db/database.ts';
import { entryText, parseEntry } from '#lib/domain/case-file/entry.ts';
import { sha256Hex } from './bytes.ts';
import {
	childNumber,
	enrolled,
	foreignEntry,
	intake,
	known,
	must,
	pin,
	pullPage,
	spoken,
	workerId
} from './vault-scenes.ts';

/* The vault in a real browser: workers, Web Locks, IndexedDB, WebCrypto, WebAssembly. */

const workers: Worker[] = [];
let count = 0;

function freshStore(): string {
	count += 1;
	return `lampkeep-test-${Date.now()}-${count}`;
}

function start(name: string): { vault: Vault; worker: Worker } {
	const started = startVault(name);
	workers.push(started.worker);
	return started;
}

afterEach(() => {
	for (const worker of workers.splice(0)) worker.terminate();
});

/** Waits for what happens in the background; long, because test machines are busy. */
function eventually<T>(look: () => Promise<T> | T) {
	return expect.poll(look, { timeout: 15_000 });
}

const everything = { offset: 0, limit: 50 } as const;

describe('a tablet', () => {
	it('is enrolled, records, opens, searches, locks and unlocks', async () => {
		const { vault } = start(freshStore());
		expect(await vault.status()).toEqual({ status: 'not_enrolled' });
		await enrolled(vault);
		expect(await vault.status()).toMatchObject({ status: 'open', staff: { staffId: workerId, name: '林护理' } });

		const child = childNumber(1);
		const saved = must(await vault.record([intake(child, { nameGiven: known('欧阳小明'), sex: known('1') })]));
		expect(saved.entryIds).toHaveLength(1);
		expect(must(await vault.search({ ...everything, words: 'oyxm' })).rows.map(({ name }) => name)).toEqual([
			'欧阳小明'
		]);
		const opened = must(await vault.open(child));
		expect(opened?.entries.map(({ parsed, delivery }) => [parsed.entry.type, delivery.state])).toEqual([
			['intake.recorded', 'waiting']
		]);

		await vault.lock();
		expect(await vault.status()).toMatchObject({ status: 'locked', institutionName: '青禾儿童福利院' });
		expect(await vault.search(everything)).toEqual({ ok: false, error: { type: 'vault_locked' } });
		must(await vault.unlock(workerId, spoken()));
		expect(must(await vault.search(everything)).rows.map(({ name }) => name)).toEqual(['欧阳小明']);
	});

	it('finds everything again after the worker was killed right after a save', async () => {
		const name = freshStore();
		const first = start(name);
		await enrolled(first.vault);
		for (let n = 1; n <= 5; n++)
			must(await first.vault.record([intake(childNumber(n), { nameGiven: known(`孩子${n}`) })]));
		first.worker.terminate();

		const second = start(name);
		must(await second.vault.unlock(workerId, spoken()));
		expect(must(await second.vault.search(everything)).total).toBe(5);
		expect(await second.vault.nextEntries(100, 1_000_000)).toHaveLength(5);
	});

	it('loses nothing acknowledged however often it is killed in the middle of saving', async () => {
		const name = freshStore();
		const acknowledged = new Set<string>();
		await enrolled(start(name).vault);
		for (let round = 0; round < 6; round++) {
			const { vault, worker } = start(name);
			must(await vault.unlock(workerId, spoken()));
			const saves = Array.from({ length: 10 }, (_, n) =>
				vault.record([intake(childNumber(n), { features: known(`${round}-${n}`) })])
			);
			// Killed while the later ones are at every stage of a save.
			for (const save of saves.slice(0, round + 1)) for (const id of must(await save).entryIds) acknowledged.add(id);
			worker.terminate();
		}
		const { vault } = start(name);
		must(await vault.unlock(workerId, spoken()));
		const kept = (await vault.nextEntries(1000, 1e7)).map(({ id, text }) => ({
			id,
			deviceSeq: (JSON.parse(text) as { deviceSeq: number }).deviceSeq
		}));
		expect([...acknowledged].filter((id) => !kept.some((entry) => entry.id === id))).toEqual([]);
		expect(acknowledged.size).toBe(21);
		expect(kept.map(({ deviceSeq }) => deviceSeq)).toEqual(kept.map((_, i) => i + 1));
	});

	it('rests under the PIN, and five wrong ones leave only the passphrase', async () => {
		const { vault } = start(freshStore());
		await enrolled(vault);
		must(await vault.record([intake(childNumber(1), { nameGiven: known('小禾') })]));
		expect(await vault.rest()).toMatchObject({ status: 'resting', triesLeft: 5 });
		expect(await vault.search(everything)).toEqual({ ok: false, error: { type: 'vault_locked' } });
		expect(await vault.reopen('000000')).toEqual({ ok: false, error: { type: 'wrong_secret', triesLeft: 4 } });
		must(await vault.reopen(pin));
		expect(must(await vault.search(everything)).total).toBe(1);

		await vault.rest();
		for (let left = 4; left >= 0; left--) {
			expect(await vault.reopen('000000')).toEqual({ ok: false, error: { type: 'wrong_secret', triesLeft: left } });
		}
		expect(await vault.status()).toMatchObject({ status: 'locked' });
		expect(await vault.reopen(pin)).toEqual({ ok: false, error: { type: 'slot_missing' } });
	});
});

describe('two tabs, each with a worker', () => {
	it('write one chain without a gap, and see what the other saved', async () => {
		const name = freshStore();
		const one = start(name).vault;
		await enrolled(one);
		const two = start(name).vault;
		must(await two.unlock(workerId, spoken()));
		const heard = new Promise<void>(
			(resolve) => void two.subscribe((event) => void (event === 'records' && resolve()))
		);
		await Promise.all(
			Array.from({ length: 60 }, async (_, n) =>
				must(await (n % 2 ? one : two).record([intake(childNumber(n), { nameGiven: known(`孩子${n}`) })]))
			)
		);
		await heard;
		for (const tab of [one, two]) await eventually(async () => must(await tab.search(everything)).total).toBe(60);

		const sent = await one.nextEntries(100, 1e6);
		expect(sent).toHaveLength(60);
		let previous: string | null = null;
		for (const [i, { text }] of sent.entries()) {
			const parsed = parseEntry(JSON.parse(text));
			if (!parsed.ok || !parsed.value.known) throw new Error('Not an entry');
			expect(parsed.value.entry).toMatchObject({ deviceSeq: i + 1, previous });
			previous = await sha256Hex(entryText(parsed.value.entry));
		}
	});
});

describe('the profile', () => {
	it('holds none of fifty planted words, in no store of this origin', async () => {
		const name = freshStore();
		const { vault } = start(name);
		await enrolled(vault);
		const planted = Array.from({ length: 50 }, (_, n) => `种下的词${n}planted${n}`);
		must(
			await vault.record(
				planted.map((word, n) => intake(childNumber(n), { nameGiven: known(word), ownAccount: known(word) }))
			)
		);
		must(await vault.saveDraft(`intake/${childNumber(1)}`, { name: planted[0] }));
		await vault.applyPull(
			pullPage(
				0,
				planted.map((word, n) => foreignEntry(n + 1, childNumber(n + 50), { features: known(word) }))
			)
		);
		must(await vault.search({ ...everything, words: 'planted' }));

		const found = await dump(name);
		expect(found.length).toBeGreaterThan(10_000);
		expect([...planted, childNumber(1), 'intake.recorded'].filter((word) => found.includes(word))).toEqual([]);
		expect(found).toContain('青禾儿童福利院');
		expect(localStorage.length + sessionStorage.length).toBe(0);
		expect(await caches.keys()).toEqual([]);
		const files = await filesOf(name);
		expect([...files.keys()].sort()).toEqual(
			expect.arrayContaining(['ballast', 'journal-0', 'journal-1', 'tablet-0', 'tablet-1'])
		);
		const read = [...files].map(([file, text]) => file + text).join('\n');
		expect([...planted, childNumber(1), 'intake.recorded'].filter((word) => read.includes(word))).toEqual([]);
		expect(read).toContain('青禾儿童福利院');
	});
});

/** Every file of a store in the origin private file system, as text; those that are open in a worker fail, so terminate it. */
async function filesOf(name: string): Promise<ReadonlyMap<string, string>> {
	const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(name);
	const files = new Map<string, string>();
	for await (const [file, handle] of folder.entries())
		if (handle instanceof FileSystemFileHandle) files.set(file, await (await handle.getFile()).text());
	return files;
}

/** Every row of every database of the origin whose name begins so, bytes read as text. */
async function dump(name: string): Promise<string> {
	const parts: string[] = [];
	const walk = (value: unknown): void => {
		if (value instanceof Uint8Array) parts.push(new TextDecoder().decode(value));
		else if (typeof value === 'object' && value !== null) {
			parts.push(...Object.keys(value));
			Object.values(value).forEach(walk);
		} else parts.push(String(value));
	};
	const names = (await indexedDB.databases()).map((database) => database.name);
	expect(names).toContain(name);
	const db = new LampkeepDatabase(name, { indexedDB, IDBKeyRange });
	for (const table of db.tables) {
		parts.push(JSON.stringify(await table.toCollection().primaryKeys()));
		for (const row of await table.toArray()) walk(row);
	}
	db.close();
	return parts.join('\n');
}

describe('a thousand entries from the registry', () => {
	it('are pulled, survive a kill, and are searched', async () => {
		const name = freshStore();
		const first = start(name);
		await enrolled(first.vault);
		const entries = Array.from({ length: 1000 }, (_, n) =>
			foreignEntry(
				n + 1,
				childNumber(n % 400),
				n < 400 ? { nameGiven: known(`张${n}`) } : { features: known(`特征${n}`) }
			)
		);
		expect(await first.vault.applyPull(pullPage(0, entries.slice(0, 600)))).toEqual({ applied: true, position: 600 });
		expect(await first.vault.applyPull(pullPage(600, entries.slice(600)))).toEqual({ applied: true, position: 1000 });
		first.worker.terminate();

		const { vault } = start(name);
		must(await vault.unlock(workerId, spoken()));
		expect(must(await vault.search({ ...everything, words: 'zhang' })).total).toBe(400);
		expect(must(await vault.search({ ...everything, words: '张399' })).rows).toMatchObject([
			{ childId: childNumber(399) }
		]);
		expect(must(await vault.open(childNumber(7)))?.entries).toHaveLength(3);
		expect(await vault.syncPosition()).toEqual({ epoch: pullPage(0, []).epoch, cursor: pullPage(1000, []).after });
	});
});
