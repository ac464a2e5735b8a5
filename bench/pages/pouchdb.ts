import PouchDB from 'pouchdb';
import indexedDbAdapter from 'pouchdb-adapter-indexeddb';
import { finished, type Document, type Finished } from './finished.ts';

/* PouchDB with its newer adapter; the default one (idb) is slower at loading. */
PouchDB.plugin(indexedDbAdapter);

/** Options of a replication; empty for PouchDB's own (100 documents a batch, 10 batches ahead). */
export interface PouchSettings {
	readonly batch_size?: number;
	readonly batches_limit?: number;
}

const bench = {
	async write(documents: readonly Document[]): Promise<void> {
		const database = open();
		for (let from = 0; from < documents.length; from += 500) {
			const written = await database.bulkDocs(
				documents.slice(from, from + 500).map(({ id, ...members }) => ({ _id: id, ...members }))
			);
			const refused = written.find((each) => 'error' in each);
			if (refused) throw new Error(`PouchDB refused a document: ${JSON.stringify(refused)}`);
		}
		await database.close();
	},

	async push(remote: string, settings: PouchSettings): Promise<Finished> {
		const database = open();
		const began = performance.now();
		await database.replicate.to(remote, settings);
		return finished(began);
	},

	async pull(remote: string, settings: PouchSettings): Promise<Finished & { readonly documents: number }> {
		const database = open();
		const began = performance.now();
		await database.replicate.from(remote, settings);
		const done = finished(began);
		return { ...done, documents: (await database.info()).doc_count };
	}
};
export type PouchBench = typeof bench;
Object.assign(globalThis, { bench });

function open(): PouchDB {
	return new PouchDB('bench', { adapter: 'indexeddb' });
}
