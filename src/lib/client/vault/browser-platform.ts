import { wrap } from 'comlink';
import { LampkeepDatabase } from '../db/database.ts';
import { ownProgram } from '../trusted.ts';
import { coldParameters, warmParameters, type Argon2id } from './argon.ts';
import type { ArgonService } from './argon.worker.ts';
import argonProgram from './argon.worker.ts?worker&url';
import { opfsDisk } from './opfs-disk.ts';
import type { ChannelWord, VaultPlatform } from './platform.ts';

/** Raise it whenever `childRow`, its rules or its data change, so that tablets make the lines of their lists again. */
const rowsVersion = '5';

/** What a browser has of the world, under the name of one store: database, locks and channel bear it. */
export function browserPlatform(storeName: string): VaultPlatform {
	const channel = new BroadcastChannel(storeName);
	return {
		openDatabase: () => new LampkeepDatabase(storeName, { indexedDB, IDBKeyRange }),
		openLife: async (life) => {
			const bucket = await buckets()?.open(bucketName(storeName, life), { durability: 'strict', persisted: true });
			return bucket && new LampkeepDatabase(storeName, { indexedDB: bucket.indexedDB, IDBKeyRange });
		},
		deleteLife: async (life) => {
			await buckets()?.delete(bucketName(storeName, life));
		},
		openDisk: () => opfsDisk(storeName),
		clock: { now: () => Date.now(), offsetMinutes: (epochMs) => -new Date(epochMs).getTimezoneOffset() },
		uptime: () => performance.now(),
		after: (milliseconds, work) => {
			const timer = setTimeout(work, milliseconds);
			return () => clearTimeout(timer);
		},
		random: (length) => crypto.getRandomValues(new Uint8Array(length)),
		argon2id: argonInWorker,
		parameters: { cold: coldParameters, warm: warmParameters },
		exclusively: async (lock, work) => await navigator.locks.request(`${storeName}-${lock}`, work),
		channel: {
			post: (word) => {
				channel.postMessage(word);
			},
			listen: (listener) => {
				channel.addEventListener('message', (event: MessageEvent<unknown>) => {
					if (isWord(event.data)) listener(event.data);
				});
			}
		},
		loadPinyin: async () => (await import('../search/pinyin.ts')).loadPinyin(),
		loadRowRules: async () => (await import('./row-rules.ts')).rowRules,
		rowsVersion,
		breathe: () => new Promise((resolve) => setTimeout(resolve, 0)),
		report: (fault) => {
			reportError(fault);
		}
	};
}

/** What this program uses of the Storage Buckets API (Chromium 122 and later), which the platform's types do not name. */
interface Buckets {
	open(
		name: string,
		options: { durability: 'strict'; persisted: boolean }
	): Promise<{ readonly indexedDB: IDBFactory }>;
	delete(name: string): Promise<void>;
}

function buckets(): Buckets | undefined {
	return 'storageBuckets' in navigator ? (navigator.storageBuckets as Buckets) : undefined;
}

/** Names of buckets are of lower-case letters, digits, hyphens and underscores, 64 at most. */
function bucketName(storeName: string, life: string): string {
	return `${storeName}-${life}`
		.toLowerCase()
		.replaceAll(/[^a-z0-9_-]/g, '-')
		.slice(-64)
		.replace(/^[-_]+/, '');
}

/** A fresh worker for each computation: its 64 MiB are given back, and nothing of the secret stays in them. */
const argonInWorker: Argon2id = async (secret, salt, parameters) => {
	const worker = new Worker(ownProgram(argonProgram), { type: 'module', name: 'argon' });
	const failed = new Promise<never>((_, reject) => {
		worker.addEventListener('error', (event) => {
			reject(new Error(`The Argon2 worker failed: ${event.message}`));
		});
	});
	try {
		const derived = await Promise.race([wrap<ArgonService>(worker).derive(secret, salt, parameters), failed]);
		return new Uint8Array(derived);
	} finally {
		worker.terminate();
	}
};

const words: readonly string[] = ['status', 'records', 'queue', 'drafts', 'lock'] satisfies readonly ChannelWord[];

function isWord(value: unknown): value is ChannelWord {
	return typeof value === 'string' && words.includes(value);
}
