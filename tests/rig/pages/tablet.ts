import { wrap, type Remote } from 'comlink';
import type {
	Fact,
	PreparedPhoto,
	RecoveryReport,
	Saved,
	StorageFault,
	Vault,
	VaultStatus
} from '../../../src/lib/client/tablet.ts';
import {
	childNumber,
	enrolAnswer,
	intake,
	known,
	passphrase,
	pin,
	spoken,
	workerId
} from '../../../src/lib/client/vault/vault-scenes.ts';
import { uuidV7, type ItemId, type Sha256 } from '../../../src/lib/domain/ids.ts';
import type { Result } from '../../../src/lib/domain/result.ts';
import { civilDate } from '../../../src/lib/domain/time.ts';
import { rigChannel, type Arm } from './watch.ts';

/*
 * Drives the product's vault in its worker and says what it answered. `tell` is the rig's ear: what was told there, the
 * vault had acknowledged, whatever dies next.
 */
declare global {
	/** Made by the rig (Playwright's exposeFunction). */
	function tell(word: Told): Promise<void>;
}

/** What the vault acknowledged: number of the save, its entries, and the photo where one was kept. */
export interface Told {
	readonly n: number;
	readonly entryIds: readonly string[];
	readonly photo?: Sha256;
}

/** How one save ended, and how long it took, milliseconds. */
export interface Attempt {
	readonly n: number;
	readonly outcome: 'saved' | 'photo not kept' | StorageFault['type'] | `threw ${string}`;
	readonly milliseconds: number;
}

/** Everything the open vault shows. */
export interface Inventory {
	readonly entries: readonly {
		readonly id: string;
		readonly childId: string;
		readonly deviceSeq: number;
		readonly delivery: string;
	}[];
	/** By SHA-256: whether the bytes here have it; `missing` where the entry is here and the bytes are not. */
	readonly photos: readonly { readonly sha256: string; readonly bytes: 'right' | 'wrong' | 'missing' | 'unreadable' }[];
	/** Numbers of the children found, as `childNumber` made them. */
	readonly children: readonly number[];
}

let worker: Worker | undefined;
let vault: Remote<Vault>;

const rig = {
	/** The vault's worker, anew. @param wishes see vault.worker.ts */
	start(wishes: readonly string[] = []): void {
		worker?.terminate();
		worker = new Worker(new URL('./vault.worker.ts', import.meta.url), {
			type: 'module',
			name: ['lampkeep', ...wishes].join(';')
		});
		vault = wrap<Vault>(worker);
	},

	/** The status, or the name and words of the error. */
	async status(): Promise<VaultStatus['status'] | `error: ${string}`> {
		try {
			return (await vault.status()).status;
		} catch (error) {
			return `error: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;
		}
	},

	async enrol(): Promise<void> {
		await vault.beginEnrolment();
		// The registry was heard of now: a tablet that has not for a month closes what it has.
		const answer = { ...enrolAnswer(), serverTime: new Date().toISOString() };
		must(await vault.finishEnrolment(answer, passphrase, pin));
	},

	/** `open`, or the type of the fault. */
	async unlock(): Promise<string> {
		const unlocked = await vault.unlock(workerId, spoken());
		return unlocked.ok ? unlocked.value.status : unlocked.error.type;
	},

	/** The registry was heard of, by its own clock. */
	async contact(serverTime: string): Promise<void> {
		await vault.contactMade(serverTime);
	},

	/** The rig kills the browser when the vault comes to this step. */
	async arm(arm: Arm): Promise<void> {
		const channel = new BroadcastChannel(rigChannel);
		const armed = new Promise((resolve) => channel.addEventListener('message', resolve, { once: true }));
		channel.postMessage(arm);
		await armed;
		channel.close();
	},

	/**
	 * Saves numbered from..to-1, one child each, one after another; every `photoEvery`-th with a photo of so many bytes.
	 * Goes on after a fault, as a person would, at most `faultsMaximum` times.
	 */
	async save(plan: {
		readonly from: number;
		readonly to: number;
		readonly photoEvery: number;
		readonly photoBytes: number;
		readonly faultsMaximum?: number;
	}): Promise<readonly Attempt[]> {
		const attempts: Attempt[] = [];
		let faults = 0;
		for (let n = plan.from; n < plan.to; n++) {
			const withPhoto = plan.photoEvery > 0 && n % plan.photoEvery === 0;
			const photo = withPhoto ? await photoOf(plan.photoBytes) : undefined;
			const began = performance.now();
			const saved = await (photo ? addPhoto(n, photo) : record(n)).catch(
				(error: unknown) =>
					`threw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}` as const
			);
			const milliseconds = performance.now() - began;
			if (typeof saved === 'string' || !saved.ok) {
				attempts.push({ n, outcome: typeof saved === 'string' ? saved : saved.error.type, milliseconds });
				if (++faults >= (plan.faultsMaximum ?? 1)) return attempts;
				continue;
			}
			const { entryIds } = saved.value;
			const kept = photo !== undefined && 'photoKept' in saved.value && saved.value.photoKept === true;
			await tell({ n, entryIds, ...(kept ? { photo: photo.photo.sha256 } : {}) });
			attempts.push({ n, outcome: photo && !kept ? 'photo not kept' : 'saved', milliseconds });
			if (photo && !kept && ++faults >= (plan.faultsMaximum ?? 1)) return attempts;
		}
		return attempts;
	},

	/** @param photos whether to read every photo's bytes too */
	async inventory(photos: boolean): Promise<Inventory> {
		const { rows } = must(await vault.search({ show: 'all', offset: 0, limit: 1_000_000 }));
		const entries: Inventory['entries'][number][] = [];
		const pictures: Inventory['photos'][number][] = [];
		for (const { childId } of rows) {
			const opened = must(await vault.open(childId));
			for (const { parsed, delivery } of opened?.entries ?? []) {
				const { id, deviceSeq } = parsed.entry;
				entries.push({ id, childId, deviceSeq, delivery: delivery.state });
				if (!photos || !parsed.known || parsed.entry.type !== 'photo.added') continue;
				const { sha256 } = parsed.entry.payload.photo;
				pictures.push({ sha256, bytes: await stateOf(sha256) });
			}
		}
		return { entries, photos: pictures, children: rows.map(({ childId }) => Number(childId.slice(-12))) };
	},

	/** Ids of everything that waits to be sent. */
	async waiting(): Promise<readonly string[]> {
		return (await vault.nextEntries(1_000_000, 1e9)).map(({ id }) => id);
	},

	/** What was found damaged at the start. */
	async recovery(): Promise<RecoveryReport | undefined> {
		return vault.recovery();
	},

	/** Takes one of the database's tables away, behind the vault's back. The vault must not have it open. */
	async dropTable(table: string): Promise<void> {
		const { version } = (await indexedDB.databases()).find(({ name }) => name === 'lampkeep') ?? {};
		if (version === undefined) throw new Error('There is no database');
		await new Promise<void>((resolve, reject) => {
			const request = indexedDB.open('lampkeep', version + 1);
			request.addEventListener('upgradeneeded', () => request.result.deleteObjectStore(table));
			request.addEventListener('success', () => {
				request.result.close();
				resolve();
			});
			request.addEventListener('error', () => reject(request.error ?? new Error('The database did not open')));
			request.addEventListener('blocked', () => reject(new Error('Somebody has the database open')));
		});
	},

	/** Empties the database behind the vault's back, while it is open: what Chromium does on a disk without one byte left. */
	async emptyDatabase(): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			const opening = indexedDB.open('lampkeep');
			const failed = () => reject(opening.error ?? new Error('The database was not emptied'));
			opening.addEventListener('error', failed);
			opening.addEventListener('success', () => {
				const db = opening.result;
				const emptying = db.transaction([...db.objectStoreNames], 'readwrite');
				for (const table of db.objectStoreNames) emptying.objectStore(table).clear();
				emptying.addEventListener('abort', failed);
				emptying.addEventListener('complete', () => {
					db.close();
					resolve();
				});
			});
		});
	},

	storage: () => vault.storage(),

	usage: () => vault.usage()
};
export type Rig = typeof rig;
Object.assign(globalThis, { rig });

function record(n: number): Promise<Result<Saved, StorageFault>> {
	return vault.record([intake(childNumber(n), { nameCalled: known(`小名${n}`) })]);
}

function addPhoto(n: number, prepared: PreparedPhoto): Promise<Result<Saved & { photoKept: boolean }, StorageFault>> {
	const fact: Extract<Fact, { type: 'photo.added' }> = {
		type: 'photo.added',
		childId: childNumber(n),
		occurredOn: civilDate('2026-03-05'),
		replaces: [],
		payload: {
			itemId: uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10))) as ItemId,
			photo: { ...prepared.photo, view: 'front', publishable: false }
		}
	};
	return vault.addPhoto(fact, prepared);
}

async function stateOf(sha256: Sha256): Promise<Inventory['photos'][number]['bytes']> {
	try {
		const bytes = await vault.photo(sha256, 'full');
		if (bytes === undefined) return 'missing';
		return (await digestOf(bytes)) === sha256 ? 'right' : 'wrong';
	} catch (error) {
		// A refusal of the vault; the rig counts it with what is lost.
		console.warn('photo', sha256, error);
		return 'unreadable';
	}
}

/** Bytes that compress like a photo, not at all. The vault asks for the hash only. */
async function photoOf(length: number): Promise<PreparedPhoto> {
	const bytes = new Uint8Array(length);
	for (let at = 0; at < length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
	const photo = {
		sha256: await digestOf(bytes),
		mediaType: 'image/jpeg' as const,
		bytes: length,
		width: 1200,
		height: 900
	};
	return { photo, bytes, thumbnail: bytes.slice(0, 8_000) };
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<Sha256> {
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') as Sha256;
}

function must<T>(result: { ok: true; value: T } | { ok: false; error: { type: string } }): T {
	if (!result.ok) throw new Error(`The vault answered ${JSON.stringify(result.error)}`);
	return result.value;
}
