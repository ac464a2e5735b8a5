import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argon2id } from 'hash-wasm';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import sharp from 'sharp';
import { onTestFinished, expect, test, vi } from 'vitest';
import { TabSyncEngine } from '../../src/lib/client/sync/engine.ts';
import { FakeChannels, FakeLocks, hexOf } from '../../src/lib/client/sync/fakes.ts';
import { pieceBytes, uploadPhoto } from '../../src/lib/client/sync/upload-photo.ts';
import { loadPinyin } from '../../src/lib/client/search/pinyin.ts';
import { rowRules } from '../../src/lib/client/vault/row-rules.ts';
import { LocalVault } from '../../src/lib/client/vault/vault.ts';
import { MemoryDisk } from '../../src/lib/client/vault/memory-disk.ts';
import { TestTablet } from '../../src/lib/client/vault/vault-in-memory.ts';
import {
	childNumber,
	enrolAnswer,
	intake,
	known,
	must,
	passphrase,
	pin
} from '../../src/lib/client/vault/vault-scenes.ts';
import type { DeviceId, ItemId, Sha256 } from '../../src/lib/domain/ids.ts';
import { civilDate } from '../../src/lib/domain/time.ts';
import type { Epoch } from '../../src/lib/sync/protocol.ts';
import { listReadings } from '../../src/lib/server/access/readings.ts';
import { PostgresEntryLog } from '../../src/lib/server/entry-log/postgres-entry-log.ts';
import { registryKeys } from '../../src/lib/server/accounts/registry-key.ts';
import { TreeHeads } from '../../src/lib/server/statements/tree-heads.ts';
import { DiskPhotoStore } from '../../src/lib/server/photos/photo-store.ts';
import { RegistryPhotos } from '../../src/lib/server/photos/registry-photos.ts';
import { picture, state, upload, type PhotoDoor } from '../../src/lib/server/photos/routes.ts';
import { PhotoUploads } from '../../src/lib/server/photos/uploads.ts';
import type { SyncDoor } from '../../src/lib/server/sync/door.ts';
import { importOutbox, tabletOfFile } from '../../src/lib/server/sync/import-outbox.ts';
import { hello, pull, push, readings, roster } from '../../src/lib/server/sync/routes.ts';
import { sealed } from '../../src/lib/server/sync/sealed-route.ts';
import { wiped } from '../../src/lib/server/sync/wiped-route.ts';
import { testDatabase } from '../support/database.ts';

/*
 * The real vault and engine of two tablets of one house, and the real registry over PostgreSQL; only the wire between them
 * is short, and can be cut.
 */

async function registry() {
	const database = await testDatabase();
	const keys = registryKeys(randomBytes(32).toString('hex'));
	const door: SyncDoor = {
		database,
		keys,
		treeHeads: new TreeHeads(keys),
		log: new PostgresEntryLog(database),
		challengeKey: randomBytes(32).toString('hex'),
		durable: true,
		now: () => new Date(),
		random: randomBytes
	};
	const folder = await mkdtemp(join(tmpdir(), 'lampkeep-photos-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const photos = new RegistryPhotos(database, new DiskPhotoStore(folder));
	const photoDoor: PhotoDoor = {
		...door,
		photos,
		uploads: new PhotoUploads(join(folder, 'incoming'), photos, door.now)
	};
	const answerOf = (request: Request): Promise<Response> | Response => {
		const [, , area, name = '', what] = new URL(request.url).pathname.split('/');
		if (area === 'sync' && name === 'hello') return hello(door, request);
		if (area === 'sync' && name === 'push') return push(door, request);
		if (area === 'sync' && name === 'pull') return pull(door, request);
		if (area === 'sync' && name === 'readings') return readings(door, request);
		if (area === 'sync' && name === 'roster') return roster(door, request);
		if (area === 'sync' && name === 'sealed') return sealed(photoDoor, request);
		if (area === 'sync' && name === 'wiped') return wiped(door, request);
		if (name === 'uploads') return upload(photoDoor, request);
		if (what === 'state') return state(photoDoor, request, name);
		if (what === 'thumbnail') return picture(photoDoor, request, name, 'thumbnail', async () => undefined);
		return new Response(null, { status: 404 });
	};
	const wire = { loseNextPushAnswers: 0, piecesUntilCut: Number.POSITIVE_INFINITY };
	const fetch = async (path: string, init: RequestInit): Promise<Response> => {
		const request = new Request(`https://registry.example${path}`, init);
		if (request.method === 'PATCH' && wire.piecesUntilCut-- === 0) throw new TypeError('network error');
		const answer = await answerOf(request);
		if (path === '/api/sync/push' && wire.loseNextPushAnswers > 0) {
			wire.loseNextPushAnswers -= 1;
			throw new TypeError('network error');
		}
		// A browser undoes the encoding by itself.
		if (answer.headers.get('content-encoding') !== 'gzip') return answer;
		const plain = answer.body?.pipeThrough(new DecompressionStream('gzip'));
		return new Response(plain ?? null, { status: answer.status, headers: answer.headers });
	};
	return { database, door, photoDoor, fetch, wire };
}

type Registry = Awaited<ReturnType<typeof registry>>;

/** One more tablet of the house, enrolled, open and syncing. */
async function tablet({ database, door, fetch }: Registry, starts: 'at once' | 'when told' = 'at once') {
	const disk = new TestTablet(randomUUID(), {
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
	disk.files = new MemoryDisk();
	const vault = new LocalVault(disk.tab());
	const { deviceId, devicePublicKey, staffPublicKey } = await vault.beginEnrolment();
	const answer = {
		...enrolAnswer(),
		registryPublicKey: door.keys.signingKey,
		sealingKey: door.keys.sealing.publicKey
	};
	const { institutionId } = answer.roster;
	await database.inScope({ kind: 'registry' }, async (session) => {
		await session.query(
			`INSERT INTO institutions (id, name, kind) VALUES ($1, 'House', 'welfare_institution') ON CONFLICT (id) DO NOTHING`,
			[institutionId]
		);
		await session.query(
			`INSERT INTO users (id, institution_id, name, role) VALUES ($1, $2, 'Person', 'care_worker') ON CONFLICT (id) DO NOTHING`,
			[answer.staffId, institutionId]
		);
		await session.query('INSERT INTO devices (id, institution_id, public_key) VALUES ($1, $2, $3)', [
			deviceId,
			institutionId,
			devicePublicKey
		]);
		await session.query(
			'INSERT INTO staff_keys (staff_id, device_id, institution_id, public_key) VALUES ($1, $2, $3, $4)',
			[answer.staffId, deviceId, institutionId, staffPublicKey]
		);
	});
	must(await vault.finishEnrolment(answer, passphrase, pin));

	const reported: unknown[] = [];
	const engine = new TabSyncEngine({
		vault,
		deviceId: async () => deviceId as DeviceId,
		fetch,
		upload: uploadPhoto,
		locks: new FakeLocks(),
		channel: new FakeChannels().tab(),
		timers: { set: (callback, ms) => Number(setTimeout(callback, ms)), clear: (timer) => clearTimeout(timer) },
		now: () => Date.now(),
		random: () => 0,
		onOnline: () => () => undefined,
		photosMayTravel: () => true,
		lastSync: { read: () => undefined, keep: () => undefined },
		held: { read: () => false, keep: () => undefined },
		leaveNothing: () => Promise.resolve(),
		report: (error) => reported.push(error)
	});
	if (starts === 'at once') engine.start();
	onTestFinished(() => {
		engine.stop();
		for (const db of disk.databases) db.close();
	});
	return { vault, engine, reported, deviceId: deviceId as DeviceId };
}

const delivered = async (vault: LocalVault, n: number) =>
	must(await vault.open(childNumber(n)))?.entries.map(({ delivery }) => delivery);
const names = async (vault: LocalVault) =>
	must(await vault.search({ offset: 0, limit: 100 }))
		.rows.map(({ name }) => name)
		.sort();
const calledNumber = (n: number) => intake(childNumber(n), { nameCalled: known(`小名${n}`) });

test('a child recorded on one tablet is on the registry with a receipt, and on the other tablet of the house', async () => {
	const there = await registry();
	const one = await tablet(there);
	must(await one.vault.record([calledNumber(1), calledNumber(2)]));
	expect(await delivered(one.vault, 1)).toEqual([{ state: 'waiting' }]);
	one.engine.syncNow();
	await vi.waitFor(async () => expect(await delivered(one.vault, 1)).toMatchObject([{ state: 'registered' }]));
	const two = await tablet(there);
	await vi.waitFor(async () => expect(await names(two.vault)).toEqual(await names(one.vault)));
	expect(await names(two.vault)).toHaveLength(2);
	expect([one.reported, two.reported]).toEqual([[], []]);
});

test('an answer lost on the way is asked for again, and the registry has the entries once', async () => {
	const there = await registry();
	const one = await tablet(there);
	there.wire.loseNextPushAnswers = 1;
	must(await one.vault.record([calledNumber(1)]));
	one.engine.syncNow();
	await vi.waitFor(async () => expect(await delivered(one.vault, 1)).toMatchObject([{ state: 'registered' }]), {
		timeout: 10_000
	});
	const { institutionId } = enrolAnswer().roster;
	expect(await there.door.log.head(institutionId)).toMatchObject({ position: 1 });
});

test('a file opened while there was no network is on the registry as read, once, when there is one', async () => {
	const there = await registry();
	const one = await tablet(there);
	must(await one.vault.record([calledNumber(1)]));
	one.engine.pause();
	for (const _ of ['opened', 'and turned to again']) must(await one.vault.open(childNumber(1)));
	await vi.waitFor(async () => expect(await one.vault.nextReadings(10)).toHaveLength(1));
	one.engine.resume();
	const onRegistry = () => there.database.inScope({ kind: 'registry' }, (session) => listReadings(session, {}, 10));
	await vi.waitFor(async () =>
		expect(await onRegistry()).toMatchObject([
			{ childId: childNumber(1), staffId: enrolAnswer().staffId, place: 'tablet', basis: { basis: 'duty' } }
		])
	);
	await vi.waitFor(async () => expect(await one.vault.nextReadings(10)).toEqual([]));
	expect(one.reported).toEqual([]);
});

test('a photo is on the registry with a receipt, after a cut in the middle, and its thumbnail on the other tablet', async () => {
	const there = await registry();
	const one = await tablet(there);
	const noise = { type: 'gaussian' as const, mean: 120, sigma: 50 };
	const drawn = await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#000', noise } })
		.jpeg({ quality: 95 })
		.toBuffer();
	const bytes = new Uint8Array(drawn);
	expect(bytes.length).toBeGreaterThan(2 * pieceBytes);
	const sha256 = (await hexOf(bytes)) as Sha256;
	const shown = { sha256, mediaType: 'image/jpeg' as const, bytes: bytes.length, width: 1200, height: 900 };
	there.wire.piecesUntilCut = 1;
	must(await one.vault.record([calledNumber(1)]));
	must(
		await one.vault.addPhoto(
			{
				type: 'photo.added',
				childId: childNumber(1),
				occurredOn: civilDate('2026-03-05'),
				replaces: [],
				payload: { itemId: randomUUID() as ItemId, photo: { ...shown, view: 'front', publishable: false } }
			},
			{ photo: shown, bytes, thumbnail: new Uint8Array([0xff, 0xd8]) }
		)
	);
	one.engine.syncNow();
	await vi.waitFor(async () => expect(await one.vault.nextPhotos(1)).toEqual([]), { timeout: 15_000 });
	expect(there.wire.piecesUntilCut).toBeLessThan(0);
	const two = await tablet(there);
	await vi.waitFor(async () => {
		const thumbnail = await two.vault.photo(sha256, 'thumbnail');
		expect((await sharp(thumbnail).metadata()).width).toBe(320);
	});
	expect([one.reported, two.reported]).toEqual([[], []]);
});

test('a registry that came back from a backup gets everything again', async () => {
	const there = await registry();
	const one = await tablet(there);
	must(await one.vault.record([calledNumber(1)]));
	one.engine.syncNow();
	await vi.waitFor(async () => expect(await delivered(one.vault, 1)).toMatchObject([{ state: 'registered' }]));
	const { epoch } = await one.vault.syncPosition();
	const restored = await registry();
	expect(await restored.door.log.epoch()).not.toBe(epoch);
	await copyPeople(there, restored);
	there.door.log.epoch = () => restored.door.log.epoch();
	there.door.log.append = (...given) => restored.door.log.append(...given);
	there.door.log.read = (...given) => restored.door.log.read(...given);
	one.engine.syncNow();
	await vi.waitFor(async () =>
		expect((await one.vault.syncPosition()).epoch).not.toBe(epoch satisfies Epoch | undefined)
	);
	await vi.waitFor(async () => expect((await one.vault.usage()).waitingEntries).toBe(0));
	expect(await restored.door.log.head(enrolAnswer().roster.institutionId)).toMatchObject({ position: 1 });
});

test('a locked tablet hands in entries and photos, and after unlocking nothing is there twice', async () => {
	const there = await registry();
	const one = await tablet(there, 'when told');
	const picture = new Uint8Array(
		await sharp({ create: { width: 400, height: 300, channels: 3, background: '#345' } })
			.jpeg()
			.toBuffer()
	);
	const sha256 = (await hexOf(picture)) as Sha256;
	const shown = { sha256, mediaType: 'image/jpeg' as const, bytes: picture.length, width: 400, height: 300 };
	must(await one.vault.record([calledNumber(1), calledNumber(2)]));
	must(
		await one.vault.addPhoto(
			{
				type: 'photo.added',
				childId: childNumber(1),
				occurredOn: civilDate('2026-03-05'),
				replaces: [],
				payload: { itemId: randomUUID() as ItemId, photo: { ...shown, view: 'front', publishable: false } }
			},
			{ photo: shown, bytes: picture, thumbnail: new Uint8Array([0xff, 0xd8]) }
		)
	);
	expect(await one.vault.outbox()).toMatchObject({ records: 3, onlyWhenOpen: 0 });
	await one.vault.lock();
	one.engine.start();
	await vi.waitFor(async () => expect((await one.vault.outbox()).records).toBe(0), { timeout: 15_000 });
	const { institutionId } = enrolAnswer().roster;
	expect(await there.door.log.head(institutionId)).toMatchObject({ position: 3 });
	expect(await there.photoDoor.photos.state(sha256)).toMatchObject({ status: 'stored' });

	must(await one.vault.unlock(enrolAnswer().staffId, { way: 'passphrase', passphrase }));
	one.engine.statusChanged();
	await vi.waitFor(async () => expect(await delivered(one.vault, 2)).toMatchObject([{ state: 'registered' }]));
	await vi.waitFor(async () => expect(await one.vault.nextPhotos(1)).toEqual([]));
	expect(await there.door.log.head(institutionId)).toMatchObject({ position: 3 });
	expect(one.reported).toEqual([]);
});

test('a tablet that a supervisor closed hands in what it has, erases itself, and the registry knows', async () => {
	const there = await registry();
	const one = await tablet(there, 'when told');
	must(await one.vault.record([calledNumber(1)]));
	await one.vault.lock();
	await there.database.inScope({ kind: 'registry' }, (session) =>
		session.query('UPDATE devices SET revoked_at = now() WHERE id = $1', [one.deviceId])
	);
	one.engine.start();
	await vi.waitFor(() => expect(one.engine.progress.closed).toEqual({ handedIn: 1, told: true }), { timeout: 15_000 });
	expect(await one.vault.status()).toEqual({ status: 'not_enrolled' });
	const { rows } = await there.database.inScope({ kind: 'registry' }, (session) =>
		session.query('SELECT wiped_left AS "left", wiped_at IS NOT NULL AS "wiped" FROM devices WHERE id = $1', [
			one.deviceId
		])
	);
	expect(rows).toEqual([{ left: 0, wiped: true }]);
	expect(one.reported).toEqual([]);
});

test('a tablet’s file is taken at a desk like its own sending, once, and only from a tablet of the house', async () => {
	const there = await registry();
	const one = await tablet(there, 'when told');
	must(await one.vault.record([calledNumber(1), calledNumber(2)]));
	await one.vault.lock();
	const [head = '', ...records] = (await (await one.vault.exportUnsent()).text()).trimEnd().split('\n');
	// One record more, shown as another than it was sealed as.
	const moved = JSON.stringify({ ...(JSON.parse(records[0] ?? '') as object), number: 70 });
	const text = [head, ...records, moved, ''].join('\n');
	const { institutionId } = enrolAnswer().roster;
	const importFor = (house: string) =>
		importOutbox(there.photoDoor, text, (id) =>
			there.database.inScope({ kind: 'institution', institutionId: house as never }, (session) =>
				tabletOfFile(session, id)
			)
		);
	expect(await importFor(institutionId)).toMatchObject({
		ok: true,
		value: { records: 2, accepted: 2, known: 0, setAside: [], unreadable: 1, notNow: 0, missing: 0 }
	});
	expect(await importFor(institutionId)).toMatchObject({ ok: true, value: { accepted: 0, known: 2, unreadable: 1 } });
	expect(await importFor(randomUUID())).toEqual({ ok: false, error: { type: 'tablet_unknown' } });
	expect(await there.door.log.head(institutionId)).toMatchObject({ position: 2 });
});

async function copyPeople(from: Registry, to: Registry): Promise<void> {
	for (const table of ['institutions', 'users', 'devices', 'staff_keys']) {
		const { rows } = await from.database.inScope({ kind: 'registry' }, (session) =>
			session.query<Record<string, unknown>>(`SELECT * FROM ${table}`)
		);
		for (const row of rows) {
			const columns = Object.keys(row);
			await to.database.inScope({ kind: 'registry' }, (session) =>
				session.query(
					`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
					Object.values(row)
				)
			);
		}
	}
}
