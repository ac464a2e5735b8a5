import { argon2id } from 'hash-wasm';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { entryText, parseEntry, type Entry } from '#lib/domain/case-file/entry.ts';
import type { Sha256 } from '#lib/domain/ids.ts';
import { civilDate } from '#lib/domain/time.ts';
import type { Receipt } from '#lib/sync/protocol.ts';
import { sealedEntriesSchema, type SealedRecord } from '#lib/sync/sealed.ts';
import { LampkeepDatabase } from '../db/database.ts';
import { loadPinyin } from '../search/pinyin.ts';
import type { Fact, PreparedPhoto } from '../tablet.ts';
import { ballastBytes } from './ballast.ts';
import { base64url, hex, sha256Hex, textOf, utf8 } from './bytes.ts';
import { MemoryDisk } from './memory-disk.ts';
import { rowRules } from './row-rules.ts';
import { readTablet } from './tablet-file.ts';
import { LocalVault } from './vault.ts';
import { TestTablet } from './vault-in-memory.ts';
import {
	childNumber,
	enrolAnswer,
	epochOne,
	epochTwo,
	foreignEntry,
	intake,
	known,
	must,
	openSealed,
	passphrase,
	pin,
	pullPage,
	spoken,
	supervisorId,
	workerId
} from './vault-scenes.ts';

/* The vault with its journal: crashes at every step, damage of every kind, a full disk, a locked tablet. */

// Every unlocking computes a real Argon2id.
vi.setConfig({ testTimeout: 120_000 });

const everything = { offset: 0, limit: 1000 } as const;

let indexedDB: IDBFactory;
let tablet: TestTablet;
let files: MemoryDisk;
let registry: CryptoKeyPair;
let sealingKey: string;

beforeEach(async () => {
	tablet = freshTablet();
	registry = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
	sealingKey = base64url(new Uint8Array(await crypto.subtle.exportKey('raw', registry.publicKey)));
});

afterEach(closeAll);

function closeAll(): void {
	for (const db of tablet.databases.splice(0)) db.close();
}

function freshTablet(): TestTablet {
	indexedDB = new IDBFactory();
	files = new MemoryDisk();
	const made = new TestTablet('lampkeep', {
		indexedDB,
		IDBKeyRange,
		argon2id: async (secret, salt, { parallelism }) =>
			new Uint8Array(
				await argon2id({
					password: secret,
					salt,
					// Not what is measured here: the least there is.
					memorySize: 64,
					iterations: 1,
					parallelism,
					hashLength: 32,
					outputType: 'binary'
				})
			),
		rules: rowRules,
		loadPinyin
	});
	made.files = files;
	return made;
}

/** The disk as somebody else's program sees it. */
function disk(name = 'lampkeep'): LampkeepDatabase {
	const db = new LampkeepDatabase(name, { indexedDB, IDBKeyRange });
	tablet.databases.push(db);
	return db;
}

async function openVault(): Promise<LocalVault> {
	const vault = new LocalVault(tablet.tab());
	await vault.beginEnrolment();
	must(await vault.finishEnrolment({ ...enrolAnswer(), sealingKey }, passphrase, pin));
	await settled(vault);
	return vault;
}

/** A key as the registry's, whose other half somebody else has. */
async function strangersKey(): Promise<string> {
	const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
	return base64url(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
}

/** The program started again, and unlocked. */
async function restarted(): Promise<LocalVault> {
	const vault = new LocalVault(tablet.tab());
	must(await vault.unlock(workerId, spoken()));
	return vault;
}

/** Until what runs in the background after unlocking has had its turns. */
async function settled(vault: LocalVault): Promise<void> {
	for (let i = 0; i < 60; i++) {
		await new Promise((resolve) => setTimeout(resolve, 0));
		await vault.outbox();
	}
}

async function sentBy(vault: LocalVault): Promise<Entry[]> {
	return (await vault.nextEntries(10_000, 1e9)).map(({ text }) => {
		const parsed = parseEntry(JSON.parse(text));
		if (!parsed.ok || !parsed.value.known) throw new Error('Not an entry of this program');
		return parsed.value.entry;
	});
}

async function expectChain(entries: readonly Entry[]): Promise<void> {
	let previous: string | null = null;
	for (const [i, entry] of entries.entries()) {
		expect(entry.deviceSeq).toBe(i + 1);
		expect(entry.previous).toBe(previous);
		previous = await sha256Hex(entryText(entry));
	}
}

const named = (n: number): Fact => intake(childNumber(n), { nameGiven: known(`孩子${n}`) });

async function namesIn(vault: LocalVault): Promise<(string | undefined)[]> {
	return must(await vault.search(everything))
		.rows.map(({ name }) => name)
		.sort();
}

async function photoFact(
	n: number,
	bytes: Uint8Array<ArrayBuffer>
): Promise<[Extract<Fact, { type: 'photo.added' }>, PreparedPhoto]> {
	const sha256 = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))) as Sha256;
	const photo = { sha256, mediaType: 'image/jpeg' as const, bytes: bytes.length, width: 100, height: 100 };
	return [
		{
			type: 'photo.added',
			childId: childNumber(n),
			occurredOn: civilDate('2026-03-05'),
			replaces: [],
			payload: {
				itemId: '0d000000-0000-4000-8000-000000000001' as never,
				photo: { ...photo, view: 'front', publishable: false }
			}
		},
		{ photo, bytes, thumbnail: new Uint8Array(300).fill(9) }
	];
}
const photoBytes = new Uint8Array(5000).fill(7);

/** What the registry answers to entries it takes. */
function receiptsFor(entries: readonly Entry[], from = 0): Receipt[] {
	return entries.map(({ id }, i) => ({
		outcome: 'accepted',
		id,
		position: from + i + 1,
		receivedAt: '2026-11-22T05:00:00Z',
		receipt: '0A1B2C3D'
	}));
}

async function entriesOf(record: SealedRecord, deviceId: string): Promise<Entry[]> {
	const plaintext = await openSealed(registry.privateKey, record, deviceId);
	return sealedEntriesSchema.parse(JSON.parse(textOf(plaintext))).entries.map((text) => JSON.parse(text) as Entry);
}

class Killed extends Error {}

/** The program dies before its n-th step from now on, files and database alike. */
function dieAt(n: number): { readonly dead: () => boolean; revive: () => void } {
	let left = n;
	const step = () => {
		if (left-- <= 0) throw new Killed();
	};
	files.beforeStep = step;
	tablet.beforeWrite = step;
	return {
		dead: () => left < 0,
		revive: () => {
			files.beforeStep = () => undefined;
			tablet.beforeWrite = () => undefined;
		}
	};
}

describe('a program killed in the middle of a save', () => {
	it.each(['the program dies', 'the power is cut', 'the power is cut, and a part was written'])(
		'%s: whatever the step, what was acknowledged is there once, and the chain goes on',
		async (how) => {
			const outcomes = new Set<string>();
			for (let step = 0; ; step++) {
				tablet = freshTablet();
				const vault = await openVault();
				must(await vault.record([named(1)]));
				await vault.lock();
				const open = await restarted();
				await settled(open);
				const death = dieAt(step);
				const saved = await open.record([named(2), named(3)]).then(
					(result) => result.ok,
					() => false
				);
				const survived = !death.dead();
				death.revive();
				closeAll();
				if (how !== 'the program dies') files.cut(how.endsWith('written') ? step * 17 : 0);

				const again = await restarted();
				const sent = await sentBy(again);
				await expectChain(sent);
				expect([1, 3]).toContain(sent.length);
				if (saved) expect(sent).toHaveLength(3);
				outcomes.add(`${saved} ${sent.length}`);
				must(await again.record([named(4)]));
				const all = await sentBy(again);
				await expectChain(all);
				expect(all).toHaveLength(sent.length + 1);
				expect((await again.outbox()).records).toBe(sent.length === 3 ? 3 : 2);
				expect(await again.recovery()).toBeUndefined();
				closeAll();
				if (survived) break;
			}
			// Lost before it was flushed; there though nobody heard of it; saved.
			expect([...outcomes].sort()).toEqual(['false 1', 'false 3', 'true 3']);
		}
	);

	it('with a photo: text and photo are there once, or the text alone', async () => {
		for (let step = 0; ; step++) {
			tablet = freshTablet();
			const vault = await openVault();
			const [fact, prepared] = await photoFact(1, photoBytes);
			const death = dieAt(step);
			const saved = await vault.addPhoto(fact, prepared).then(
				(result) => result.ok && result.value.photoKept,
				() => false
			);
			const survived = !death.dead();
			death.revive();
			closeAll();
			files.cut();
			const again = await restarted();
			const waiting = await again.nextPhotos(10);
			expect((await sentBy(again)).length).toBeGreaterThanOrEqual(waiting.length);
			if (saved) expect(waiting).toHaveLength(1);
			if (waiting.length > 0) expect(await again.photo(prepared.photo.sha256, 'full')).toEqual(photoBytes);
			closeAll();
			if (survived) break;
		}
	});

	it('at random steps, again and again, loses nothing and doubles nothing', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(
					fc.record({
						saves: fc.integer({ min: 1, max: 4 }),
						step: fc.nat(60),
						torn: fc.nat(900),
						power: fc.boolean()
					}),
					{
						minLength: 1,
						maxLength: 4
					}
				),
				async (rounds) => {
					tablet = freshTablet();
					await openVault();
					closeAll();
					const acknowledged = new Set<string>();
					const refused = new Set<string>();
					let n = 0;
					for (const { saves, step, torn, power } of rounds) {
						const vault = await restarted();
						await settled(vault);
						const death = dieAt(step);
						for (let i = 0; i < saves; i++) {
							const name = `第${(n += 1)}次`;
							const saved = await vault
								.record([intake(childNumber(n), { nameGiven: known(name) })])
								.catch(() => undefined);
							if (saved?.ok) acknowledged.add(name);
							else if (saved && !death.dead()) refused.add(name);
						}
						death.revive();
						closeAll();
						if (power) files.cut(torn);
					}
					const vault = await restarted();
					const sent = await sentBy(vault);
					await expectChain(sent);
					const names = await namesIn(vault);
					expect(new Set(names).size).toBe(sent.length);
					expect([...acknowledged].filter((name) => !names.includes(name))).toEqual([]);
					expect([...refused].filter((name) => names.includes(name))).toEqual([]);
					closeAll();
				}
			),
			{ numRuns: 25 }
		);
	});

	it('in one tab does not fork the chain in another that lives on', async () => {
		await openVault();
		const [one, two] = [await restarted(), await restarted()];
		await settled(one);
		await settled(two);
		must(await one.record([named(1)]));
		let writes = 0;
		tablet.beforeWrite = () => {
			if (writes++ === 0) throw new Killed();
		};
		files.beforeStep = (step) => {
			// Dead: it cannot take the record back either.
			if (step.startsWith('truncate')) throw new Killed();
		};
		await expect(one.record([named(2)])).rejects.toThrow();
		tablet.beforeWrite = () => undefined;
		files.beforeStep = () => undefined;
		must(await two.record([named(3)]));
		const sent = await sentBy(two);
		await expectChain(sent);
		expect(sent.map(({ childId }) => childId)).toEqual([childNumber(1), childNumber(2), childNumber(3)]);
	});
});

describe('what was called “not saved”', () => {
	it('never appears, and its number and its place in the chain are used again', async () => {
		const vault = await openVault();
		must(await vault.record([named(1)]));
		files.files.delete('ballast');
		tablet.full.add('log');
		expect(await vault.record([named(2)])).toEqual({ ok: false, error: { type: 'storage_full' } });
		expect((await vault.outbox()).records).toBe(1);
		expect((await vault.storage()).full).toBe(true);
		tablet.full.clear();
		const again = await restarted();
		expect(await namesIn(again)).toEqual(['孩子1']);
		must(await again.record([named(3)]));
		await expectChain(await sentBy(again));
		expect((await again.storage()).full).toBe(false);
	});
});

describe('a write that the browser ends without a word of why', () => {
	it('is called a full disk where the disk takes nothing more, and is left out of the journal', async () => {
		const vault = await openVault();
		must(await vault.record([named(1)]));
		files.files.delete('ballast');
		tablet.ended.add('log');
		files.room = files.used() + 10_000;
		expect(await vault.record([named(2)])).toEqual({ ok: false, error: { type: 'storage_full' } });
		expect((await vault.outbox()).records).toBe(1);
		files.room = Infinity;
		tablet.ended.clear();
		must(await vault.record([named(3)]));
		await expectChain(await sentBy(vault));
	});

	it('is the surprise it is where there is room', async () => {
		const vault = await openVault();
		tablet.ended.add('log');
		await expect(vault.record([named(1)])).rejects.toThrow('aborted');
	});
});

describe('a database that is emptied under the open vault', () => {
	/** As Chromium does on a disk without one byte left: no error, nothing there. */
	async function emptied(): Promise<void> {
		const db = disk();
		await Promise.all(db.tables.map((table) => table.clear()));
	}

	it.each(['a save', 'the next look for what is to be sent'])(
		'is noticed by %s: what was unsent comes back, nothing is written over, the rest is read again',
		async (by) => {
			const vault = await openVault();
			must(await vault.record([named(1)]));
			const [first] = await sentBy(vault);
			await vault.startAgain(epochOne);
			const foreign = foreignEntry(1, childNumber(50), { nameGiven: known('来自别处') });
			await vault.applyPull(pullPage(0, [foreign]));
			const [fact, prepared] = await photoFact(2, photoBytes);
			must(await vault.addPhoto(fact, prepared));
			must(await vault.record([named(3)]));
			await emptied();

			const later = by === 'a save' ? [named(4)] : [];
			if (later.length > 0) must(await vault.record(later));
			else await vault.nextReadings(1);
			const sent = await sentBy(vault);
			expect(sent[0]).toEqual(first);
			expect(sent).toHaveLength(3 + later.length);
			await expectChain(sent);
			expect(await vault.photo(prepared.photo.sha256, 'full')).toEqual(photoBytes);
			expect((await vault.status()).status).toBe('open');
			expect(await vault.recovery()).toMatchObject({
				found: [{ type: 'database_empty' }],
				cameBack: { entries: 3, photos: 1 },
				lost: { entries: 0 },
				readingAgain: true
			});
			expect((await vault.syncPosition()).cursor).toBe('start');
			await vault.startAgain(epochOne);
			await vault.applyPull(pullPage(0, [foreign]));
			// The child of the photo has no name.
			const names = ['孩子1', '孩子3', ...(by === 'a save' ? ['孩子4'] : []), '来自别处', undefined];
			expect(await namesIn(vault)).toEqual(names);

			// And so it lies on the disk.
			const again = await restarted();
			expect(await sentBy(again)).toEqual(sent);
			expect(tablet.reported).toEqual([]);
		}
	);

	it('is mended once, and a second tab goes on in what the first one made', async () => {
		const [one, two] = [await openVault(), await restarted()];
		for (const n of [1, 2, 3]) must(await one.record([named(n)]));
		await two.nextReadings(1);
		await emptied();
		// More than there was, so that only its life tells the new log from the old one.
		for (const n of [4, 5, 6, 7]) must(await two.record([named(n)]));
		must(await one.record([named(8)]));
		await expectChain(await sentBy(one));
		expect(await sentBy(one)).toHaveLength(8);
		expect(await namesIn(one)).toEqual(await namesIn(two));
		expect(await one.recovery()).toMatchObject({ found: [{ type: 'database_empty' }], cameBack: { entries: 3 } });
	});

	it('is not written over where no file of the tablet tells what was there', async () => {
		files = undefined as never;
		tablet.files = undefined;
		const vault = await openVault();
		must(await vault.record([named(1)]));
		await emptied();
		expect(await vault.record([named(2)])).toMatchObject({ ok: false, error: { type: 'storage_unopenable' } });
		expect(await disk().log.count()).toBe(0);
	});
});

describe('a database that is gone', () => {
	it('comes back: people unlock, what was unsent is there, the chain goes on, and everything else is read again', async () => {
		const vault = await openVault();
		for (let n = 1; n <= 3; n++) must(await vault.record([named(n)]));
		const first = await sentBy(vault);
		await vault.applyReceipts(epochOne, receiptsFor(first.slice(0, 1)), [first[0]?.id as never]);
		const foreign = foreignEntry(7, childNumber(50), { nameGiven: known('来自别处') });
		const feed = [first[0], foreign];
		must(await vault.record([named(4)]));
		const [fact, prepared] = await photoFact(2, photoBytes);
		must(await vault.addPhoto(fact, prepared));
		closeAll();
		await disk().delete();

		const empty = new LocalVault(tablet.tab());
		expect(await empty.status()).toMatchObject({ status: 'locked', institutionName: '青禾儿童福利院' });
		must(await empty.unlock(workerId, spoken()));
		const back = await sentBy(empty);
		expect(back.map(({ deviceSeq }) => deviceSeq)).toEqual([2, 3, 4, 5]);
		expect(await empty.photo(prepared.photo.sha256, 'full')).toEqual(photoBytes);
		expect(await empty.nextPhotos(10)).toMatchObject([{ sha256: prepared.photo.sha256 }]);
		expect(await empty.recovery()).toMatchObject({
			found: [{ type: 'database_empty' }],
			cameBack: { entries: 4, photos: 1 },
			lost: { entries: 0 },
			readingAgain: true
		});
		expect((await empty.syncPosition()).cursor).toBe('start');
		expect(await empty.signRequest('text')).toMatch(/^[\w-]{86}$/);
		expect(await empty.registryKey()).toBe(enrolAnswer().registryPublicKey);
		must(await empty.record([named(6)]));
		expect((await sentBy(empty)).map(({ deviceSeq }) => deviceSeq)).toEqual([2, 3, 4, 5, 6]);

		expect(must(await empty.open(childNumber(2)))).toMatchObject({ incomplete: true });
		expect(await empty.applyPull(pullPage(0, feed))).toMatchObject({ applied: true });
		expect(await namesIn(empty)).toEqual(['孩子1', '孩子2', '孩子3', '孩子4', '孩子6', '来自别处']);
		expect(must(await empty.open(childNumber(2)))?.incomplete).toBeUndefined();
		expect(await empty.recovery()).toMatchObject({ readingAgain: false });
		// Its own entry that came by the feed is its own again: a restored registry would be sent it.
		await empty.startAgain(epochTwo);
		await expectChain(await sentBy(empty));

		await empty.recoverySeen();
		const later = await restarted();
		expect(await later.recovery()).toBeUndefined();
		await expectChain(await sentBy(later));
	});

	it.each(['meta', 'slots', 'log', 'segments', 'indexes', 'notes', 'photos'] as const)(
		'of which only “%s” is gone: noticed, and nothing unsent is lost or doubled',
		async (table) => {
			const vault = await openVault();
			const foreign = Array.from({ length: 30 }, (_, n) =>
				foreignEntry(n + 1, childNumber(100 + n), { nameGiven: known(`来自${n}`) })
			);
			await vault.applyPull(pullPage(0, foreign));
			for (let n = 1; n <= 99; n++) must(await vault.record([named(n)]));
			await expect.poll(() => disk().log.count(), { timeout: 15_000 }).toBe(0);
			for (let n = 1; n <= 3; n++) must(await vault.record([intake(childNumber(n), { sex: known('1') })]));
			const [fact, prepared] = await photoFact(2, photoBytes);
			must(await vault.addPhoto(fact, prepared));
			const before = await sentBy(vault);
			closeAll();
			await disk()[table].clear();
			closeAll();

			const again = await restarted();
			// Originals are looked for in the background.
			await expect.poll(() => again.recovery(), { timeout: 15_000 }).toBeDefined();
			await settled(again);
			expect((await sentBy(again)).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
			await expectChain(await sentBy(again));
			expect(await again.photo(prepared.photo.sha256, 'full')).toEqual(photoBytes);
			must(await again.record([named(200)]));
			await expectChain(await sentBy(again));
			const { cursor } = await again.syncPosition();
			await again.applyPull(cursor === 'start' ? pullPage(0, foreign) : pullPage(30, []));
			expect((await namesIn(again)).filter((name) => name?.startsWith('来自'))).toHaveLength(30);
			for (const n of [1, 50, 99]) expect(must(await again.open(childNumber(n)))?.incomplete).toBeUndefined();
			expect(must(await again.open(childNumber(3)))?.entries).toHaveLength(2);
			expect(must(await again.open(childNumber(110)))?.entries).toHaveLength(1);
			closeAll();
			const later = await restarted();
			await expectChain(await sentBy(later));
			expect((await later.storage()).journal).toBe('kept');
		}
	);

	it.each(['log', 'segments', 'indexes', 'notes'] as const)(
		'in which records of “%s” do not open: they are kept aside, and nothing unsent is lost or doubled',
		async (table) => {
			const vault = await openVault();
			for (let n = 1; n <= 100; n++) must(await vault.record([named(n)]));
			await expect.poll(() => disk().log.count(), { timeout: 15_000 }).toBe(0);
			for (let n = 101; n <= 103; n++) must(await vault.record([named(n)]));
			closeAll();
			const db = disk();
			const broken = (sealed: Uint8Array<ArrayBuffer>) => sealed.map((byte, i) => (i === 40 ? byte ^ 1 : byte));
			if (table === 'notes') {
				const row = await db.notes.get('ledger');
				if (row) await db.notes.put({ ...row, sealed: broken(row.sealed) });
			} else for (const row of await db[table].toArray()) await db[table].put({ ...row, sealed: broken(row.sealed) });
			closeAll();

			const again = await restarted();
			await expect.poll(() => again.recovery(), { timeout: 15_000 }).toBeDefined();
			await settled(again);
			const sent = await sentBy(again);
			expect(sent).toHaveLength(103);
			await expectChain(sent);
			expect(await disk().aside.count()).toBeGreaterThan(0);
			expect(await namesIn(again)).toHaveLength(103);
			closeAll();
			const later = await restarted();
			await expectChain(await sentBy(later));
			expect(await later.recovery()).toMatchObject({ found: [{ type: 'records_unreadable', table }] });
		}
	);

	it('that stands further back than the journal takes the missing saves from it', async () => {
		const vault = await openVault();
		must(await vault.record([named(1)]));
		const rows = new Map<string, unknown[]>();
		for (const table of disk().tables) rows.set(table.name, await table.toArray());
		for (let n = 2; n <= 5; n++) must(await vault.record([named(n)]));
		closeAll();
		const db = disk();
		for (const table of db.tables) {
			if (table.name === 'aside') continue;
			await table.clear();
			await table.bulkPut(rows.get(table.name) ?? []);
		}
		closeAll();
		const again = await restarted();
		const sent = await sentBy(again);
		expect(sent).toHaveLength(5);
		await expectChain(sent);
		expect(await again.recovery()).toMatchObject({
			found: [{ type: 'database_older', saves: 4 }],
			cameBack: { entries: 4, photos: 0 }
		});
	});
});

describe('the people of a tablet whose database is gone', () => {
	it('are those it had last, and open what was sealed under older and newer keys alike', async () => {
		const vault = await openVault();
		must(await vault.record([named(1)]));
		await vault.beginEnrolment();
		must(await vault.finishEnrolment({ ...enrolAnswer(supervisorId), sealingKey }, passphrase, pin));
		must(await vault.removeSlot(workerId));
		await settled(vault);
		must(await vault.record([named(2)]));
		closeAll();
		await disk().delete();
		const back = new LocalVault(tablet.tab());
		expect(await back.status()).toMatchObject({ status: 'locked', staff: [{ staffId: supervisorId }] });
		expect(await back.unlock(workerId, spoken())).toMatchObject({ error: { type: 'slot_missing' } });
		must(await back.unlock(supervisorId, spoken()));
		await expectChain(await sentBy(back));
		expect(await namesIn(back)).toEqual(['孩子1', '孩子2']);
	});

	it('are without whom a supervisor took off, from the moment it is said to be done', async () => {
		const vault = await openVault();
		await vault.beginEnrolment();
		must(await vault.finishEnrolment({ ...enrolAnswer(supervisorId), sealingKey }, passphrase, pin));
		await settled(vault);
		must(await vault.removeSlot(workerId));
		expect((await readTablet(files))?.slots.map(({ staffId }) => staffId)).toEqual([supervisorId]);
	});
});

describe('a database that will not open', () => {
	it('gets a second life beside it, with everything unsent, and the first is not touched', async () => {
		const vault = await openVault();
		for (let n = 1; n <= 3; n++) must(await vault.record([named(n)]));
		closeAll();
		tablet.unopenable = true;
		const again = await restarted();
		await expectChain(await sentBy(again));
		expect(await sentBy(again)).toHaveLength(3);
		expect(await again.recovery()).toMatchObject({ found: [{ type: 'database_unopenable' }] });
		expect((await again.storage()).secondLife).toBe(true);
		must(await again.record([named(4)]));
		closeAll();
		tablet.unopenable = false;
		const later = await restarted();
		expect(await sentBy(later)).toHaveLength(4);
		expect(await disk().log.count()).toBe(3);
	});

	it('because the disk is full gets none: it says so, and opens when there is room', async () => {
		const vault = await openVault();
		must(await vault.record([named(1)]));
		closeAll();
		tablet.unopenable = true;
		files.files.delete('ballast');
		files.room = files.used() + 1000;
		const again = new LocalVault(tablet.tab());
		expect(await again.unlock(workerId, spoken())).toEqual({ ok: false, error: { type: 'storage_full' } });
		files.room = Infinity;
		tablet.unopenable = false;
		must(await again.unlock(workerId, spoken()));
		expect((await again.storage()).secondLife).toBe(false);
		expect(await namesIn(again)).toEqual(['孩子1']);
	});

	it('where the browser has no other still sends and exports while locked', async () => {
		const vault = await openVault();
		must(await vault.record([named(1)]));
		closeAll();
		tablet.unopenable = true;
		tablet.buckets = false;
		const again = new LocalVault(tablet.tab());
		expect(await again.status()).toMatchObject({ status: 'locked', staff: [{ staffId: workerId }] });
		expect(await again.unlock(workerId, spoken())).toMatchObject({ error: { type: 'storage_unopenable' } });
		expect(await again.nextSealed(10, 1e6)).toHaveLength(1);
		expect((await (await again.exportUnsent()).text()).trim().split('\n')).toHaveLength(2);
		expect(await again.signRequest('text')).toMatch(/^[\w-]{86}$/);
	});
});

describe('a locked tablet', () => {
	it('sends what waits, which only the registry opens, and knows at the next unlocking what became of it', async () => {
		const vault = await openVault();
		const { deviceId } = await new LocalVault(tablet.tab()).beginEnrolment();
		must(await vault.record([named(1), named(2)]));
		must(await vault.record([named(3)]));
		const [fact, prepared] = await photoFact(2, photoBytes);
		must(await vault.addPhoto(fact, prepared));
		closeAll();

		const locked = new LocalVault(tablet.tab());
		expect(await locked.outbox()).toMatchObject({ records: 4, onlyWhenOpen: 0, journal: 'kept' });
		const records = await locked.nextSealed(10, 1e6);
		expect(records.map(({ number, kind }) => [number, kind])).toEqual([
			[1, 'entries'],
			[2, 'entries'],
			[3, 'entries'],
			[4, 'photo']
		]);
		expect(await locked.nextSealed(10, 10)).toHaveLength(1);
		const [one, two, , four] = records;
		if (!one || !two || !four) throw new Error('no records');
		const first = await entriesOf(one, deviceId);
		expect(first.map(({ childId }) => childId)).toEqual([childNumber(1), childNumber(2)]);
		expect(textOf((await openSealed(registry.privateKey, four, deviceId)).subarray(4, 80))).toContain(
			prepared.photo.sha256.slice(0, 40)
		);
		await locked.sealedSettled(epochOne, [
			{ number: 1, outcome: 'taken', receipts: receiptsFor(first) },
			{ number: 2, outcome: 'unreadable', problem: 'key' },
			{
				number: 4,
				outcome: 'taken',
				photo: { status: 'stored', receivedAt: '2026-11-22T05:00:00Z', receipt: 'FFFFFFFF' }
			}
		]);
		expect(await locked.outbox()).toMatchObject({ records: 2, onlyWhenOpen: 1 });
		expect((await locked.nextSealed(10, 1e6)).map(({ number }) => number)).toEqual([3]);
		expect(files.files.has('photos/4')).toBe(false);

		const open = await restarted();
		expect((await sentBy(open)).map(({ deviceSeq }) => deviceSeq)).toEqual([3, 4]);
		expect(must(await open.open(childNumber(1)))?.entries[0]?.delivery).toMatchObject({
			state: 'registered',
			receipt: '0A1B2C3D'
		});
		expect(await open.nextPhotos(10)).toEqual([]);
	});

	it('is told of another life of the registry: that proves nothing, and everything is sent again', async () => {
		const vault = await openVault();
		must(await vault.record([named(1)]));
		await vault.startAgain(epochTwo);
		const sent = await sentBy(vault);
		await vault.lock();
		await vault.sealedSettled(epochOne, [{ number: 1, outcome: 'taken', receipts: receiptsFor(sent) }]);
		const open = await restarted();
		await settled(open);
		expect(await sentBy(open)).toHaveLength(1);
		expect((await open.outbox()).records).toBe(1);
	});

	it('that does not know the registry’s key yet keeps its own copy, and seals to the registry once it does', async () => {
		const vault = new LocalVault(tablet.tab());
		await vault.beginEnrolment();
		must(await vault.finishEnrolment(enrolAnswer(), passphrase, pin));
		must(await vault.record([named(1)]));
		expect(await vault.outbox()).toMatchObject({ records: 1, onlyWhenOpen: 1 });
		expect(await vault.nextSealed(10, 1e6)).toEqual([]);
		await vault.keepSealingKey(sealingKey);
		expect(await vault.outbox()).toMatchObject({ records: 1, onlyWhenOpen: 0 });
		const { deviceId } = await new LocalVault(tablet.tab()).beginEnrolment();
		const [record] = await vault.nextSealed(10, 1e6);
		if (!record) throw new Error('no record');
		expect((await entriesOf(record, deviceId)).map(({ childId }) => childId)).toEqual([childNumber(1)]);
	});

	it('seals to another key only where the registry signed it: a key that stands in an answer may be anybody’s', async () => {
		const vault = await openVault();
		must(await vault.record([named(1)]));
		const before = await vault.nextSealed(10, 1e6);
		await vault.keepSealingKey(await strangersKey());
		must(await vault.record([named(2)]));
		const [first, second] = await vault.nextSealed(10, 1e6);
		expect(first).toEqual(before[0]);
		const { deviceId } = await new LocalVault(tablet.tab()).beginEnrolment();
		if (!second) throw new Error('no record');
		expect((await entriesOf(second, deviceId)).map(({ childId }) => childId)).toEqual([childNumber(2)]);
		expect(tablet.reported.splice(0).map(String)).toEqual([
			'Error: Another sealing key, which the registry did not sign, is not taken'
		]);
		await vault.keepSealingKey(await strangersKey(), true);
		const [sealedAnew] = await vault.nextSealed(10, 1e6);
		expect(sealedAnew?.key).not.toBe(before[0]?.key);
	});

	it('waits no more for what went the open way', async () => {
		const vault = await openVault();
		for (let n = 1; n <= 3; n++) must(await vault.record([named(n)]));
		const sent = await sentBy(vault);
		await vault.applyReceipts(
			epochOne,
			receiptsFor(sent.slice(0, 2)),
			sent.map(({ id }) => id)
		);
		expect((await vault.outbox()).records).toBe(1);
		await vault.applyPull(pullPage(0, sent));
		expect((await vault.outbox()).records).toBe(0);
	});

	it('wiped holds nothing, and signs that it was', async () => {
		const vault = await openVault();
		must(await vault.record([named(1)]));
		expect(await vault.wipe()).toEqual({ left: 1 });
		expect(await vault.status()).toEqual({ status: 'not_enrolled' });
		expect([...files.files.keys()]).toEqual([]);
		expect(await vault.signRequest('text')).toMatch(/^[\w-]{86}$/);
		expect(await new LocalVault(tablet.tab()).status()).toEqual({ status: 'not_enrolled' });
	});

	it('wiped starts as a new one, and takes a new enrolment', async () => {
		const vault = await openVault();
		must(await vault.record([named(1)]));
		const before = await vault.deviceId();
		await vault.wipe();
		closeAll();
		const again = new LocalVault(tablet.tab());
		expect(await again.status()).toEqual({ status: 'not_enrolled' });
		expect(await again.deviceId()).toBeUndefined();
		expect(await again.registryKey()).toBeUndefined();
		expect(await again.outbox()).toMatchObject({ records: 0 });
		await again.beginEnrolment();
		must(await again.finishEnrolment({ ...enrolAnswer(), sealingKey }, passphrase, pin));
		expect(await again.deviceId()).not.toBe(before);
		expect(must(await again.search(everything)).total).toBe(0);
		await expectChain(await sentBy(again));
	});

	it('killed between its files and its database is still the closed one, and the next order ends it', async () => {
		const vault = await openVault();
		must(await vault.record([named(1)]));
		const deviceId = await vault.deviceId();
		const dying = vi.spyOn(LampkeepDatabase.prototype, 'delete').mockImplementation(() => {
			throw new Error('killed');
		});
		await expect(vault.wipe()).rejects.toThrow('killed');
		dying.mockRestore();
		expect([...files.files.keys()]).toEqual([]);
		closeAll();
		// It knows its name and its key, so that the registry can tell it again.
		const again = new LocalVault(tablet.tab());
		expect((await again.status()).status).toBe('locked');
		expect(await again.deviceId()).toBe(deviceId);
		expect(await again.registryKey()).toBe(enrolAnswer().registryPublicKey);
		expect(await again.wipe()).toEqual({ left: 0 });
		closeAll();
		expect(await new LocalVault(tablet.tab()).status()).toEqual({ status: 'not_enrolled' });
	});
});

describe('storage', () => {
	it('when full gives up the ballast for a text, never for a photo, and makes it again', async () => {
		const vault = await openVault();
		expect(await vault.storage()).toMatchObject({ ballast: 'whole', bytes: { ballast: ballastBytes } });
		const [fact, prepared] = await photoFact(1, photoBytes);
		files.room = files.used() + 2500;
		expect(must(await vault.addPhoto(fact, prepared))).toMatchObject({ photoKept: true });
		expect(await vault.storage()).toMatchObject({ ballast: 'whole' });
		files.room = files.used();
		must(await vault.record([named(2)]));
		expect(await vault.storage()).toMatchObject({ ballast: 'used', bytes: { ballast: 0 } });
		expect((await vault.outbox()).records).toBe(2);
		// What was given up for the text is not for the next photo.
		const [next, picture] = await photoFact(3, new Uint8Array(4000).fill(3));
		expect(must(await vault.addPhoto(next, picture))).toMatchObject({ photoKept: false });
		expect((await vault.outbox()).records).toBe(3);
		files.room = Infinity;
		const again = await restarted();
		await settled(again);
		expect(await again.storage()).toMatchObject({ ballast: 'whole' });
		expect((await again.outbox()).records).toBe(4);
	});

	it('keeps the first photo of a tablet whose ballast nobody has made yet', async () => {
		const vault = await openVault();
		files.files.delete('ballast');
		expect(must(await vault.addPhoto(...(await photoFact(1, photoBytes))))).toMatchObject({ photoKept: true });
		expect(await vault.storage()).toMatchObject({ ballast: 'whole', full: false });
	});

	it('when full is not filled to the last byte by photos that ask for room; texts go on into the journal', async () => {
		const vault = await openVault();
		files.room = files.used();
		must(await vault.record([named(1)]));
		expect((await vault.storage()).ballast).toBe('used');
		let most = files.used();
		files.beforeStep = () => (most = Math.max(most, files.used()));
		for (let n = 2; n <= 12; n += 2) {
			const [fact, prepared] = await photoFact(n, photoBytes);
			expect(must(await vault.addPhoto(fact, prepared))).toMatchObject({ photoKept: false });
			must(await vault.record([named(n + 1)]));
		}
		expect((await vault.outbox()).records).toBe(13);
		expect(files.room - most).toBeGreaterThan(ballastBytes / 2);
	});

	it('is counted by kind, and only originals the registry has are dropped', async () => {
		const vault = await openVault();
		const [one, two] = [await photoFact(1, photoBytes), await photoFact(2, new Uint8Array(4000).fill(3))];
		must(await vault.addPhoto(...one));
		must(await vault.addPhoto(...two));
		must(await vault.saveDraft('intake/1', { a: 1 }));
		await vault.applyPull(pullPage(0, [foreignEntry(1, childNumber(9), {})]));
		await vault.photoRegistered(one[1].photo.sha256, epochOne, '2026-11-22T05:00:00Z', 'AAAAAAAA');
		const before = await vault.storage();
		expect(before.droppable).toEqual({ photos: 1, bytes: 5000 + 28 });
		expect(before.bytes.photosSent).toBe(5000 + 28);
		expect(before.bytes.photosWaiting).toBe(4000 + 28);
		expect(before.bytes.thumbnails).toBeGreaterThan(600);
		expect(before.bytes.drafts).toBeGreaterThan(0);
		expect(before.bytes.journal).toBeGreaterThan(4000);
		expect(must(await vault.dropSentOriginals())).toEqual({ photos: 1, bytes: 5000 + 28 });
		expect(await vault.photo(one[1].photo.sha256, 'full')).toBeUndefined();
		expect(await vault.photo(one[1].photo.sha256, 'thumbnail')).toBeDefined();
		expect(await vault.photo(two[1].photo.sha256, 'full')).toBeDefined();
		expect(await vault.storage()).toMatchObject({ droppable: { photos: 0 }, bytes: { photosSent: 0 } });
		await vault.startAgain(epochTwo);
		expect((await vault.nextPhotos(10)).map(({ sha256 }) => sha256)).toEqual([two[1].photo.sha256]);
	});

	it('without files says so, and saves go on; once there are some, what waits is written there too', async () => {
		tablet.files = undefined;
		const vault = await openVault();
		for (let n = 1; n <= 60; n++) must(await vault.record([named(n)]));
		const [fact, prepared] = await photoFact(1, photoBytes);
		must(await vault.addPhoto(fact, prepared));
		expect(await vault.storage()).toMatchObject({ journal: 'missing', ballast: 'missing' });
		closeAll();
		tablet.files = files;
		const again = await restarted();
		await settled(again);
		expect(await again.storage()).toMatchObject({ journal: 'kept' });
		closeAll();
		await disk().delete();
		const back = await restarted();
		await expectChain(await sentBy(back));
		expect(await sentBy(back)).toHaveLength(61);
		expect(await back.photo(prepared.photo.sha256, 'full')).toEqual(photoBytes);
		must(await back.record([named(100)]));
		await expectChain(await sentBy(back));
	});
});

describe('the files', () => {
	it('hold no word about a child', async () => {
		const vault = await openVault();
		const words = Array.from({ length: 20 }, (_, n) => `秘密${n}号secret${n}`);
		for (const [n, word] of words.entries())
			must(await vault.record([intake(childNumber(n), { nameGiven: known(word) })]));
		const [fact, prepared] = await photoFact(1, utf8(words.join('')));
		must(await vault.addPhoto(fact, prepared));
		const dump = [...files.files]
			.filter(([name]) => name !== 'ballast')
			.map(([name, bytes]) => `${name}${new TextDecoder().decode(bytes)}`)
			.join('');
		expect(dump.length).toBeGreaterThan(10_000);
		for (const word of [...words, childNumber(1), 'intake', prepared.photo.sha256]) expect(dump).not.toContain(word);
		expect(dump).toContain('青禾儿童福利院');
	});
});
