import { randomUUID } from 'node:crypto';
import { argon2id } from 'hash-wasm';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { TabSyncEngine } from '../../src/lib/client/sync/engine.ts';
import { FakeChannels, FakeLocks } from '../../src/lib/client/sync/fakes.ts';
import { uploadPhoto } from '../../src/lib/client/sync/upload-photo.ts';
import { loadPinyin } from '../../src/lib/client/search/pinyin.ts';
import type { Fact, PreparedPhoto } from '../../src/lib/client/tablet.ts';
import { rowRules } from '../../src/lib/client/vault/row-rules.ts';
import { LocalVault } from '../../src/lib/client/vault/vault.ts';
import { TestTablet } from '../../src/lib/client/vault/vault-in-memory.ts';
import { MemoryDisk } from '../../src/lib/client/vault/memory-disk.ts';
import { must, passphrase, pin, spoken } from '../../src/lib/client/vault/vault-scenes.ts';
import type { DeviceId, Sha256, StaffId } from '../../src/lib/domain/ids.ts';
import { cursorPosition, enrolAnswerSchema, PROTOCOL_VERSION } from '../../src/lib/sync/protocol.ts';

/**
 * The core of a tablet in Node: the product's vault and sync engine, over a database in memory and a real line. It is
 * enrolled with a one-time code as any tablet is, and its program can die and start again.
 */
export class CoreTablet {
	readonly staffId: StaffId;
	readonly deviceId: DeviceId;
	/** Errors nobody foresaw, of the vault and the engine. */
	readonly reported: unknown[] = [];
	/** Entries the vault said were saved. */
	readonly acknowledged = new Set<string>();
	/** SHA-256 of the photos it said were kept. */
	readonly keptPhotos: Sha256[] = [];
	deaths = 0;
	readonly #disk: TestTablet;
	readonly #origin: () => string;
	#vault: LocalVault;
	#engine: TabSyncEngine;

	private constructor(
		disk: TestTablet,
		vault: LocalVault,
		who: { staffId: StaffId; deviceId: DeviceId },
		origin: () => string
	) {
		this.#disk = disk;
		this.#vault = vault;
		this.staffId = who.staffId;
		this.deviceId = who.deviceId;
		this.#origin = origin;
		this.#engine = this.#start();
	}

	/**
	 * @param registry where to enrol, over a good line
	 * @param origin where the engine then finds the registry
	 */
	static async enrolled(registry: string, code: string, origin: () => string): Promise<CoreTablet> {
		const disk = new TestTablet(randomUUID(), {
			indexedDB: new IDBFactory(),
			IDBKeyRange,
			argon2id: async (secret, salt, { parallelism }) =>
				new Uint8Array(
					// As cheap as it can be: nobody attacks these slots.
					await argon2id({
						...{ password: secret, salt, memorySize: 8, iterations: 1, parallelism },
						...{ hashLength: 32, outputType: 'binary' }
					})
				),
			rules: rowRules,
			loadPinyin
		});
		disk.files = new MemoryDisk();
		const vault = new LocalVault(platformOf(disk));
		const keys = await vault.beginEnrolment();
		const response = await fetch(`${registry}/api/enrol`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', origin: registry },
			body: JSON.stringify({ protocol: PROTOCOL_VERSION, code, deviceName: 'rig', ...keys })
		});
		if (!response.ok) throw new Error(`The enrolment was refused: ${response.status} ${await response.text()}`);
		const answer = enrolAnswerSchema.parse(JSON.parse(await response.text()));
		must(await vault.finishEnrolment(answer, passphrase, pin));
		return new CoreTablet(disk, vault, { staffId: answer.staffId, deviceId: keys.deviceId as DeviceId }, origin);
	}

	get engine(): TabSyncEngine {
		return this.#engine;
	}
	get vault(): LocalVault {
		return this.#vault;
	}

	async record(facts: readonly Fact[]): Promise<void> {
		const saved = must(await this.#vault.record(facts));
		for (const id of saved.entryIds) this.acknowledged.add(id);
	}

	async addPhoto(fact: Extract<Fact, { type: 'photo.added' }>, photo: PreparedPhoto): Promise<void> {
		const saved = must(await this.#vault.addPhoto(fact, photo));
		if (!saved.photoKept) throw new Error('The photo was not kept');
		for (const id of saved.entryIds) this.acknowledged.add(id);
		this.keptPhotos.push(photo.photo.sha256);
	}

	/** The program dies in whatever it does, and starts again on what the disk holds. */
	async die(): Promise<void> {
		this.deaths += 1;
		this.#engine.stop();
		for (const db of this.#disk.databases) db.close();
		this.#vault = new LocalVault(platformOf(this.#disk));
		const opened = await this.#vault.unlock(this.staffId, spoken());
		if (!opened.ok) throw new Error(`The tablet does not open: ${opened.error.type}`);
		this.#engine = this.#start();
	}

	/** The program dies and starts again, and nobody knows how to open it. */
	dieForgotten(): void {
		this.deaths += 1;
		this.#engine.stop();
		for (const db of this.#disk.databases) db.close();
		this.#vault = new LocalVault(platformOf(this.#disk));
		this.#engine = this.#start();
	}

	/** How many entries wait, and how far the tablet has read. */
	async standing(): Promise<{ waiting: number; photos: number; position: number; quarantined: number }> {
		const { waitingEntries, waitingPhotos, quarantined } = await this.#vault.usage();
		const { cursor } = await this.#vault.syncPosition();
		return { waiting: waitingEntries, photos: waitingPhotos, quarantined, position: cursorPosition(cursor) };
	}

	/** Ids of all entries the tablet has, with how often it has each. */
	async entries(): Promise<ReadonlyMap<string, number>> {
		const { rows } = must(await this.#vault.search({ show: 'all', offset: 0, limit: 1_000_000 }));
		const found = new Map<string, number>();
		for (const { childId } of rows)
			for (const { parsed } of must(await this.#vault.open(childId))?.entries ?? [])
				found.set(parsed.entry.id, (found.get(parsed.entry.id) ?? 0) + 1);
		return found;
	}

	off(): void {
		this.#engine.stop();
		for (const db of this.#disk.databases) db.close();
	}

	#start(): TabSyncEngine {
		const vault = this.#vault;
		const engine = new TabSyncEngine({
			vault,
			deviceId: async () => this.deviceId,
			fetch: (path, init) => fetch(`${this.#origin()}${path}`, init),
			upload: uploadPhoto,
			locks: new FakeLocks(),
			channel: new FakeChannels().tab(),
			timers: { set: (callback, ms) => Number(setTimeout(callback, ms)), clear: (timer) => clearTimeout(timer) },
			now: () => Date.now(),
			random: () => Math.random(),
			onOnline: () => () => undefined,
			photosMayTravel: () => true,
			lastSync: { read: () => undefined, keep: () => undefined },
			held: { read: () => false, keep: () => undefined },
			leaveNothing: async () => undefined,
			// A program that was stopped in the middle of its work complains to nobody.
			report: (error) => void (vault === this.#vault && this.reported.push(error))
		});
		engine.start();
		return engine;
	}
}

function platformOf(disk: TestTablet) {
	return { ...disk.tab(), clock: { now: () => Date.now(), offsetMinutes: () => 480 } };
}
