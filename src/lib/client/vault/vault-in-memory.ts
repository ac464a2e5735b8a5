import { LampkeepDatabase } from '../db/database.ts';
import type { MemoryDisk } from './memory-disk.ts';
import { warmParameters, type Argon2id } from './argon.ts';
import type { ChannelWord, RowRules, VaultPlatform } from './platform.ts';

/* A world for the vault to be tested in: one disk, several tabs, a clock that the test moves, faults at will. */

/** One tablet's disk with its locks and its channel; `tab` makes the platform of one more tab on it. */
export class TestTablet {
	/** Epoch milliseconds; the test moves it. */
	time = Date.parse('2026-11-22T04:00:00Z');
	/** Milliseconds that the machine ran; the test moves it. */
	uptime = 0;
	/** What waits for its time. */
	readonly timers = new Set<() => void>();
	/** What the vault reported: faults that nobody waited for. */
	readonly reported: unknown[] = [];
	/** How often a line of the list was made. */
	rowsMade = 0;
	rowsVersion = 'test-1';
	/** Writes to these tables fail as a full disk does. */
	readonly full = new Set<string>();
	/** Writes to these tables are ended without a word of why, as Chromium ends them on a disk without one byte left. */
	readonly ended = new Set<string>();
	readonly databases: LampkeepDatabase[] = [];
	/** The files beside the database; undefined as in a browser that gives none. */
	files: MemoryDisk | undefined;
	/** The database does not open, as after its manifest was lost. */
	unopenable = false;
	/** The browser has storage buckets. */
	buckets = true;
	/** Called before each write to a table; throws to crash the program there. */
	beforeWrite: (table: string) => void = () => undefined;
	/** Locks exclude nobody, as where a browser has lost one. */
	locksBroken = false;

	private readonly name: string;
	private readonly dependencies: {
		indexedDB: IDBFactory;
		IDBKeyRange: typeof IDBKeyRange;
		argon2id: Argon2id;
		rules: RowRules;
		loadPinyin: VaultPlatform['loadPinyin'];
	};
	private readonly locks = new Map<string, Promise<unknown>>();
	private readonly tabs: { listeners: ((word: ChannelWord) => void)[] }[] = [];

	constructor(name: string, dependencies: TestTablet['dependencies']) {
		this.name = name;
		this.dependencies = dependencies;
	}

	tab(): VaultPlatform {
		const { indexedDB, argon2id, rules, loadPinyin } = this.dependencies;
		const tab = { listeners: [] as ((word: ChannelWord) => void)[] };
		this.tabs.push(tab);
		return {
			openDatabase: () => this.database(this.name, this.refusing(indexedDB)),
			openLife: async (life) => (this.buckets ? this.database(`${this.name}-${life}`, indexedDB) : undefined),
			deleteLife: async (life) => {
				await this.database(`${this.name}-${life}`, indexedDB).delete();
			},
			openDisk: async () => this.files,
			clock: { now: () => (this.time += 1), offsetMinutes: () => 480 },
			uptime: () => this.uptime,
			after: (_, work) => {
				this.timers.add(work);
				return () => this.timers.delete(work);
			},
			random: (length) => crypto.getRandomValues(new Uint8Array(length)),
			argon2id,
			parameters: { cold: warmParameters, warm: warmParameters },
			exclusively: (lock, work) => {
				if (this.locksBroken) return work();
				const result = (this.locks.get(lock) ?? Promise.resolve()).then(work);
				this.locks.set(
					lock,
					result.then(
						() => undefined,
						() => undefined
					)
				);
				return result;
			},
			channel: {
				post: (word) => {
					for (const other of this.tabs) if (other !== tab) for (const listener of other.listeners) listener(word);
				},
				listen: (listener) => {
					tab.listeners.push(listener);
				}
			},
			loadPinyin,
			loadRowRules: () =>
				Promise.resolve({
					...rules,
					makeRow: (caseFile, roster) => {
						this.rowsMade += 1;
						return rules.makeRow(caseFile, roster);
					}
				}),
			rowsVersion: this.rowsVersion,
			breathe: () => new Promise((resolve) => setTimeout(resolve, 0)),
			report: (fault) => {
				this.reported.push(fault);
			}
		};
	}

	private database(name: string, indexedDB: IDBFactory): LampkeepDatabase {
		const { IDBKeyRange } = this.dependencies;
		const db = new LampkeepDatabase(name, { indexedDB, IDBKeyRange });
		this.databases.push(db);
		return this.withFaults(db);
	}

	private refusing(indexedDB: IDBFactory): IDBFactory {
		return Object.assign(Object.create(indexedDB) as IDBFactory, {
			open: (name: string, version?: number) => {
				if (this.unopenable)
					throw new DOMException('Internal error opening backing store for indexedDB.open.', 'UnknownError');
				return indexedDB.open(name, version);
			},
			deleteDatabase: (name: string) => indexedDB.deleteDatabase(name),
			cmp: (a: unknown, b: unknown) => indexedDB.cmp(a, b)
		});
	}

	/** Refuses writes as Chromium does at its quota: the request fails, Dexie wraps it in an AbortError. */
	private withFaults(db: LampkeepDatabase): LampkeepDatabase {
		const { full, ended } = this;
		db.use({
			stack: 'dbcore',
			name: 'faults',
			create: (core) => ({
				...core,
				table: (name) => {
					const table = core.table(name);
					return {
						...table,
						mutate: async (request) => {
							this.beforeWrite(name);
							if (full.has(name) && (request.type === 'add' || request.type === 'put')) {
								throw new DOMException('The quota is exceeded', 'QuotaExceededError');
							}
							if (ended.has(name)) throw new DOMException('The transaction was aborted', 'AbortError');
							return table.mutate(request);
						}
					};
				}
			})
		});
		return db;
	}
}
