import { createRxDatabase, type RxCollection, type RxJsonSchema } from 'rxdb';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { finished, type Document, type Finished } from './finished.ts';

/* RxDB over Dexie, replicating by HTTP as its documentation shows it. */

/** Documents of one request. RxDB's own default is 100. */
export interface RxSettings {
	readonly batchSize?: number;
	/** Which endpoints: compressed answers or plain ones. */
	readonly endpoint: string;
}

interface Checkpoint {
	readonly seq: number;
}

const text = { type: 'string' } as const;
const schema: RxJsonSchema<Document> = {
	version: 0,
	primaryKey: 'id',
	type: 'object',
	properties: {
		id: { type: 'string', maxLength: 36 },
		childId: text,
		type: text,
		version: { type: 'integer' },
		replaces: { type: 'array', items: text },
		occurredOn: text,
		recordedAt: text,
		staffId: text,
		institutionId: text,
		deviceId: text,
		deviceSeq: { type: 'integer' },
		previous: { type: ['string', 'null'] },
		payload: { type: 'object' },
		signature: text
	},
	required: ['id']
};

const bench = {
	async write(documents: readonly Document[]): Promise<void> {
		const { entries } = await open();
		const { error } = await entries.bulkInsert([...documents]);
		if (error.length > 0) throw new Error(`RxDB refused ${error.length} documents.`);
	},

	async push({ endpoint, batchSize }: RxSettings): Promise<Finished> {
		const { entries } = await open();
		const began = performance.now();
		const replication = replicateRxCollection<Document, Checkpoint>({
			collection: entries,
			replicationIdentifier: endpoint,
			live: false,
			retryTime: 60_000,
			push: {
				...(batchSize === undefined ? {} : { batchSize }),
				handler: async (rows) => readJson(await post(endpoint, rows))
			}
		});
		const failed = firstError(replication);
		await Promise.race([replication.awaitInitialReplication(), failed]);
		return finished(began);
	},

	async pull({ endpoint, batchSize }: RxSettings): Promise<Finished & { readonly documents: number }> {
		const { entries } = await open();
		const began = performance.now();
		const replication = replicateRxCollection<Document, Checkpoint>({
			collection: entries,
			replicationIdentifier: endpoint,
			live: false,
			retryTime: 60_000,
			pull: {
				...(batchSize === undefined ? {} : { batchSize }),
				handler: async (checkpoint, limit) =>
					readJson(await fetch(`${endpoint}?after=${checkpoint?.seq ?? 0}&limit=${limit}`))
			}
		});
		const failed = firstError(replication);
		await Promise.race([replication.awaitInitialReplication(), failed]);
		const done = finished(began);
		return { ...done, documents: await entries.count().exec() };
	}
};
export type RxBench = typeof bench;
Object.assign(globalThis, { bench });

let opened: Promise<{ entries: RxCollection<Document> }> | undefined;

function open(): Promise<{ entries: RxCollection<Document> }> {
	opened ??= createRxDatabase<{ entries: RxCollection<Document> }>({
		name: 'bench',
		storage: getRxStorageDexie(),
		multiInstance: false
	}).then((database) => database.addCollections({ entries: { schema } }));
	return opened;
}

function post(endpoint: string, rows: unknown): Promise<Response> {
	return fetch(endpoint, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(rows)
	});
}

async function readJson<T>(response: Response): Promise<T> {
	if (!response.ok) throw new Error(`The server answered ${response.status}.`);
	return JSON.parse(await response.text()) as T;
}

/** RxDB retries for ever; a bench wants to hear of the first failure. */
function firstError(replication: {
	readonly error$: { subscribe(next: (error: Error) => void): unknown };
}): Promise<never> {
	return new Promise((_, reject) => replication.error$.subscribe((error) => reject(error)));
}
