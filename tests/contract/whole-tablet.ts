import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argon2id } from 'hash-wasm';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { onTestFinished, vi } from 'vitest';
import { TabSyncEngine } from '../../src/lib/client/sync/engine.ts';
import { FakeChannels, FakeLocks } from '../../src/lib/client/sync/fakes.ts';
import { uploadPhoto } from '../../src/lib/client/sync/upload-photo.ts';
import { loadPinyin } from '../../src/lib/client/search/pinyin.ts';
import { rowRules } from '../../src/lib/client/vault/row-rules.ts';
import { LocalVault } from '../../src/lib/client/vault/vault.ts';
import { MemoryDisk } from '../../src/lib/client/vault/memory-disk.ts';
import { TestTablet } from '../../src/lib/client/vault/vault-in-memory.ts';
import { enrolAnswer, must, passphrase, pin } from '../../src/lib/client/vault/vault-scenes.ts';
import type { DeviceId, EntryId } from '../../src/lib/domain/ids.ts';
import { PostgresEntryLog } from '../../src/lib/server/entry-log/postgres-entry-log.ts';
import { registryKeys } from '../../src/lib/server/accounts/registry-key.ts';
import { TreeHeads } from '../../src/lib/server/statements/tree-heads.ts';
import { DiskPhotoStore } from '../../src/lib/server/photos/photo-store.ts';
import { RegistryPhotos } from '../../src/lib/server/photos/registry-photos.ts';
import { picture, state, upload, type PhotoDoor } from '../../src/lib/server/photos/routes.ts';
import { PhotoUploads } from '../../src/lib/server/photos/uploads.ts';
import type { SyncDoor } from '../../src/lib/server/sync/door.ts';
import { hello, pull, push, readings, roster } from '../../src/lib/server/sync/routes.ts';
import { sealed } from '../../src/lib/server/sync/sealed-route.ts';
import { wiped } from '../../src/lib/server/sync/wiped-route.ts';
import { testDatabase } from '../support/database.ts';
import type { VaultPlatform } from '../../src/lib/client/vault/platform.ts';

/*
 * The real vault and engine of a tablet, and the real registry over PostgreSQL; only the wire between them is short, and can
 * be cut.
 */

export async function registryInReach() {
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

export type RegistryInReach = Awaited<ReturnType<typeof registryInReach>>;

/**
 * One more tablet of the house, enrolled, open and syncing.
 *
 * @param clock the tablet's own; else one that the test moves (`disk.time`)
 */
export async function wholeTablet(
	{ database, door, fetch }: RegistryInReach,
	starts: 'at once' | 'when told' = 'at once',
	clock?: VaultPlatform['clock']
) {
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
	const platform = { ...disk.tab(), ...(clock && { clock }) };
	const vault = new LocalVault(platform);
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
	const flaws = new Map<EntryId, (text: string) => string>();
	const engine = new TabSyncEngine({
		vault: flawed(vault, flaws),
		deviceId: async () => deviceId as DeviceId,
		fetch,
		upload: uploadPhoto,
		locks: new FakeLocks(),
		channel: new FakeChannels().tab(),
		timers: { set: (callback, ms) => Number(setTimeout(callback, ms)), clear: (timer) => clearTimeout(timer) },
		now: () => clock?.now() ?? Date.now(),
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
	return { vault, engine, reported, disk, flaws, deviceId: deviceId as DeviceId };
}

/** The vault, with what a dying memory makes of the texts of some entries on their way out. */
function flawed(vault: LocalVault, flaws: ReadonlyMap<EntryId, (text: string) => string>): LocalVault {
	return new Proxy(vault, {
		get(target, name) {
			if (name === 'nextEntries')
				return async (limit: number, bytes: number) =>
					(await target.nextEntries(limit, bytes)).map(({ id, text }) => ({ id, text: flaws.get(id)?.(text) ?? text }));
			const member: unknown = Reflect.get(target, name);
			return typeof member === 'function' ? (member as () => unknown).bind(target) : member;
		}
	});
}

/** Until it holds: as long as a busy machine may need. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
	return vi.waitFor(check, { timeout: 30_000, interval: 25 });
}
