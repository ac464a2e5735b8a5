/* The little that the bench uses of packages without types of their own. */

declare module 'pouchdb' {
	export interface PouchReplication {
		to(remote: string, options: object): Promise<unknown>;
		from(remote: string, options: object): Promise<unknown>;
	}
	export default class PouchDB {
		static plugin(plugin: unknown): void;
		constructor(name: string, options: { readonly adapter: string });
		readonly replicate: PouchReplication;
		bulkDocs(documents: readonly object[]): Promise<readonly object[]>;
		info(): Promise<{ readonly doc_count: number }>;
		close(): Promise<void>;
	}
}

declare module 'pouchdb-adapter-indexeddb' {
	const plugin: unknown;
	export default plugin;
}

declare module 'autocannon' {
	export interface Options {
		readonly url: string;
		readonly connections: number;
		/** Seconds. */
		readonly duration: number;
		readonly headers?: Readonly<Record<string, string>>;
	}
	export interface Result {
		readonly errors: number;
		readonly non2xx: number;
		/** A second. */
		readonly requests: { readonly average: number; readonly total: number };
		/** Milliseconds. */
		readonly latency: { readonly p99: number };
		/** Bytes a second. */
		readonly throughput: { readonly average: number };
	}
	export default function autocannon(options: Options): Promise<Result>;
}
