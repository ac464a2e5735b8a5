import { afterEach, describe, expect, it } from 'vitest';
import type { Sha256 } from '#lib/domain/ids.ts';
import { civilDate } from '#lib/domain/time.ts';
import type { PreparedPhoto, Vault } from '../tablet.ts';
import { base64url, hex, textOf } from './bytes.ts';
import { browserPlatform } from './browser-platform.ts';
import { startVault } from './connect.ts';
import {
	childNumber,
	enrolAnswer,
	epochOne,
	intake,
	known,
	must,
	openSealed,
	passphrase,
	pin,
	spoken,
	workerId
} from './vault-scenes.ts';

/* The journal in a real browser: the origin private file system, workers that are killed, databases that are deleted. */

const workers: Worker[] = [];
let count = 0;

function freshStore(): string {
	count += 1;
	return `lampkeep-journal-${Date.now()}-${count}`;
}

function start(name: string): { vault: Vault; worker: Worker } {
	const started = startVault(name);
	workers.push(started.worker);
	return started;
}

afterEach(() => {
	for (const worker of workers.splice(0)) worker.terminate();
});

async function sealingPair(): Promise<{ sealingKey: string; privateKey: CryptoKey }> {
	const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
	const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
	return { sealingKey: base64url(point), privateKey: pair.privateKey };
}

/** Enrols the tablet with a registry that tells its sealing key; answers the tablet's id. */
async function enrol(vault: Vault, sealingKey: string): Promise<string> {
	const { deviceId } = await vault.beginEnrolment();
	must(await vault.finishEnrolment({ ...enrolAnswer(), sealingKey }, passphrase, pin));
	return deviceId;
}

function deleteDatabase(name: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.deleteDatabase(name);
		request.onsuccess = () => resolve();
		request.onerror = () => reject(request.error ?? new Error('not deleted'));
	});
}

const everything = { offset: 0, limit: 5000 } as const;
const sequenceOf = (text: string) => (JSON.parse(text) as { deviceSeq: number }).deviceSeq;

describe('a tablet in a browser', () => {
	it('whose worker is killed in saves and whose database is then deleted has everything acknowledged', async () => {
		const name = freshStore();
		const { sealingKey } = await sealingPair();
		await enrol(start(name).vault, sealingKey);
		const acknowledged = new Set<string>();
		for (let round = 0; round < 5; round++) {
			const { vault, worker } = start(name);
			must(await vault.unlock(workerId, spoken()));
			const saves = Array.from({ length: 8 }, (_, n) =>
				vault.record([intake(childNumber(round * 8 + n), { features: known(`${round}-${n}`) })])
			);
			for (const save of saves.slice(0, round + 1)) for (const id of must(await save).entryIds) acknowledged.add(id);
			worker.terminate();
		}
		await deleteDatabase(name);

		const { vault } = start(name);
		expect(await vault.status()).toMatchObject({ status: 'locked', institutionName: '青禾儿童福利院' });
		must(await vault.unlock(workerId, spoken()));
		const kept = await vault.nextEntries(1000, 1e7);
		expect(acknowledged.size).toBe(15);
		expect([...acknowledged].filter((id) => !kept.some((entry) => entry.id === id))).toEqual([]);
		expect(kept.map(({ text }) => sequenceOf(text))).toEqual(kept.map((_, i) => i + 1));
		expect(await vault.recovery()).toMatchObject({
			found: [{ type: 'database_empty' }],
			cameBack: { entries: kept.length },
			readingAgain: true
		});
		expect(await vault.signRequest('text')).toMatch(/^[\w-]{86}$/);
	});

	it('sends text and photo while it is locked, to nobody but the registry', async () => {
		const name = freshStore();
		const { sealingKey, privateKey } = await sealingPair();
		const first = start(name);
		const deviceId = await enrol(first.vault, sealingKey);
		must(await first.vault.record([intake(childNumber(1), { nameGiven: known('小禾') })]));
		const bytes = crypto.getRandomValues(new Uint8Array(60_000));
		const sha256 = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))) as Sha256;
		const photo: PreparedPhoto['photo'] = {
			sha256,
			mediaType: 'image/jpeg',
			bytes: bytes.length,
			width: 10,
			height: 10
		};
		const saved = await first.vault.addPhoto(
			{
				type: 'photo.added',
				childId: childNumber(1),
				occurredOn: civilDate('2026-03-05'),
				replaces: [],
				payload: {
					itemId: '0d000000-0000-4000-8000-000000000001' as never,
					photo: { ...photo, view: 'front', publishable: false }
				}
			},
			{ photo, bytes, thumbnail: new Uint8Array(300) }
		);
		expect(must(saved).photoKept).toBe(true);
		first.worker.terminate();

		const { vault } = start(name);
		expect(await vault.outbox()).toMatchObject({ records: 3, onlyWhenOpen: 0, journal: 'kept' });
		const records = await vault.nextSealed(10, 1e6);
		const opened = await Promise.all(records.map((record) => openSealed(privateKey, record, deviceId)));
		expect(textOf(opened[0] ?? new Uint8Array())).toContain('小禾');
		expect(opened[2]?.subarray(-bytes.length)).toEqual(bytes);
		const lines = (await (await vault.exportUnsent()).text()).trim().split('\n');
		expect(JSON.parse(lines[0] ?? '')).toMatchObject({ is: 'lampkeep-outbox', version: 1, deviceId, records: 3 });
		expect(lines).toHaveLength(4);
		await vault.sealedSettled(epochOne, [
			{
				number: 3,
				outcome: 'taken',
				photo: { status: 'stored', receivedAt: '2026-11-22T05:00:00Z', receipt: 'AAAAAAAA' }
			}
		]);
		expect(await vault.outbox()).toMatchObject({ records: 2 });
		must(await vault.unlock(workerId, spoken()));
		expect(await vault.nextPhotos(10)).toEqual([]);
	});

	it('is wiped: no database, no file', async () => {
		const name = freshStore();
		const { vault } = start(name);
		await enrol(vault, (await sealingPair()).sealingKey);
		must(await vault.record([intake(childNumber(1), { nameGiven: known('小禾') })]));
		expect(await vault.wipe()).toEqual({ left: 1 });
		expect((await indexedDB.databases()).map((database) => database.name)).not.toContain(name);
		const folders: string[] = [];
		for await (const folder of (await navigator.storage.getDirectory()).keys()) folders.push(folder);
		expect(folders).not.toContain(name);
		expect(await vault.signRequest('text')).toMatch(/^[\w-]{86}$/);
		expect(await vault.status()).toEqual({ status: 'not_enrolled' });
	});

	it('keeps another database in a storage bucket, which is there again at the next start, and goes when it is wiped', async () => {
		const platform = browserPlatform(freshStore());
		const first = await platform.openLife('second-life');
		if (!first) throw new Error('This browser has no storage buckets');
		await first.meta.put({ key: 'schema', epoch: 3 });
		first.close();
		const again = await platform.openLife('second-life');
		expect(await again?.meta.get('schema')).toEqual({ key: 'schema', epoch: 3 });
		again?.close();
		expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(again?.name);
		await platform.deleteLife('second-life');
		const last = await platform.openLife('second-life');
		expect(await last?.meta.count()).toBe(0);
		last?.close();
	});

	it('unlocks with five hundred unsent saves about as fast as with none', async () => {
		const name = freshStore();
		const first = start(name);
		await enrol(first.vault, (await sealingPair()).sealingKey);
		const unlocking = async () => {
			const { vault, worker } = start(name);
			await vault.status();
			const began = performance.now();
			must(await vault.unlock(workerId, spoken()));
			const took = performance.now() - began;
			worker.terminate();
			return took;
		};
		const before = await unlocking();
		for (let n = 0; n < 500; n++)
			must(await first.vault.record([intake(childNumber(n), { nameGiven: known(`孩子${n}`) })]));
		expect((await first.vault.outbox()).records).toBe(500);
		first.worker.terminate();
		const after = [await unlocking(), await unlocking(), await unlocking()].sort((a, b) => a - b)[1] ?? Infinity;
		const { vault } = start(name);
		must(await vault.unlock(workerId, spoken()));
		expect(must(await vault.search(everything)).total).toBe(500);
		// A goal of three seconds on a tablet four times as slow.
		expect(after - before).toBeLessThan(1500);
		// Five hundred strict saves, each flushed: 18 s alone, a minute beside other work.
	}, 180_000);
});
