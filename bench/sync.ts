import { randomBytes } from 'node:crypto';
import type { Fact } from '../src/lib/client/tablet.ts';
import type { Entry } from '../src/lib/domain/case-file/entry.ts';
import { newProfile, withPage } from './browser.ts';
import { textEntries } from './children.ts';
import { countingProxy, sums, type CountingProxy } from './counting-proxy.ts';
import { withEndings } from './ending.ts';
import type { Options } from './options.ts';
import type { Document, Finished } from './pages/finished.ts';
import type { PouchBench, PouchSettings } from './pages/pouchdb.ts';
import type { RxBench } from './pages/rxdb.ts';
import type { SyncBench } from './pages/sync.ts';
import { startPouchServer, type PouchServer } from './peers/pouchdb-server.ts';
import { startRxServer, type RxServer } from './peers/rxdb-server.ts';
import { enrolCodeFor, newHouse, pushAsTablet, startRegistry, type Person, type RunningRegistry } from './registry.ts';
import { rounded, type Goal, type Report, type Table } from './report.ts';
import { median } from './statistics.ts';

/** What one exchange cost. Bytes as they travelled. */
interface Cost {
	readonly milliseconds: number;
	readonly requests: number;
	readonly up: number;
	readonly down: number;
}

type Task = 'push' | 'push, read back and settled' | 'pull';

interface Contestant {
	readonly name: string;
	/** Everything for one fresh device; the profile is empty. */
	push(profile: string): Promise<readonly { readonly task: Task; readonly cost: Cost }[]>;
	pull(profile: string): Promise<Cost>;
}

interface Measured {
	readonly contestant: string;
	readonly task: Task;
	readonly cost: Cost;
}

const ours = 'Lampkeep';

export async function measureSync(options: Options, say: (sentence: string) => void): Promise<Report> {
	return withEndings(async (endings) => {
		say('sync: starting the registry, pouchdb-server and the endpoints for RxDB');
		const proxy = await countingProxy();
		endings.add(() => proxy.close());
		const registry = await startRegistry(endings, proxy.origin);
		const pouch = await startPouchServer(endings);
		const rx = await startRxServer(endings);
		proxy.route('/api/', registry.origin);
		proxy.route('/couch/', pouch.origin, { strip: true });
		proxy.route('/rx/', rx.origin, { strip: true });

		say(`sync: ${options.pull} entries are put on each of them`);
		const house = await newHouse(registry, '云岭县儿童福利院');
		const stored = await pushAsTablet(registry, house, (who) => textEntries(options.pull, who));
		const documents = stored.map(documentOf);
		await pouch.create('stored', documents);
		await rx.create('stored', documents);

		const ground: Ground = { proxy, registry, pouch, rx, house, stored, documents, options };
		const contestants = [
			lampkeep(ground),
			pouchDb(ground, 'PouchDB + pouchdb-server', {}),
			pouchDb(ground, 'PouchDB, batches of 1,000', { batch_size: 1000, batches_limit: 10 }),
			rxDb(ground, 'RxDB, HTTP replication', { compressed: false }),
			rxDb(ground, 'RxDB, batches of 1,000, gzip answers', { compressed: true, batchSize: 1000 })
		];
		const measured: Measured[] = [];
		for (let round = 1; round <= options.rounds; round++) {
			for (const contestant of contestants) {
				say(`sync: round ${round}, ${contestant.name}`);
				for (const { task, cost } of await onFreshDevice((profile) => contestant.push(profile))) {
					measured.push({ contestant: contestant.name, task, cost });
				}
				const cost = await onFreshDevice((profile) => contestant.pull(profile));
				measured.push({ contestant: contestant.name, task: 'pull', cost });
			}
		}
		const names = contestants.map(({ name }) => name);
		return {
			part: 'sync',
			tables: [
				syncTable(`Push of ${options.push.toLocaleString('en-US')} new entries`, names, measured, [
					'push',
					'push, read back and settled'
				]),
				syncTable(`Pull of ${options.pull.toLocaleString('en-US')} entries by a fresh device`, names, measured, [
					'pull'
				])
			],
			notes: notes(ground),
			goals: [...goals(names, measured, 'push'), ...goals(names, measured, 'pull')],
			raw: measured
		};
	});
}

interface Ground {
	readonly proxy: CountingProxy;
	readonly registry: RunningRegistry;
	readonly pouch: PouchServer;
	readonly rx: RxServer;
	/** The house whose feed is pulled. */
	readonly house: Person;
	readonly stored: readonly Entry[];
	readonly documents: readonly Document[];
	readonly options: Options;
}

async function onFreshDevice<T>(work: (profile: string) => Promise<T>): Promise<T> {
	const profile = await newProfile();
	try {
		return await work(profile.path);
	} finally {
		await profile.remove();
	}
}

function lampkeep({ proxy, registry, house, stored, options }: Ground): Contestant {
	let pushes = 0;
	return {
		name: ours,
		push: (profile) =>
			withPage(profile, async ({ page }) => {
				// A house of its own: what it reads back is only its own.
				const fresh = await newHouse(registry, `福利院 ${randomBytes(4).toString('hex')}`);
				const code = await enrolCodeFor(registry, fresh);
				await page.goto(`${proxy.origin}/bench/sync.html`);
				await page.evaluate((code) => (globalThis as unknown as { bench: SyncBench }).bench.enrol(code), code);
				pushes += 1;
				const facts = factsToPush(options.push, pushes);
				await page.evaluate((facts) => (globalThis as unknown as { bench: SyncBench }).bench.record(facts), facts);
				proxy.take();
				const { receipts, quiet } = await page.evaluate(() =>
					(globalThis as unknown as { bench: SyncBench }).bench.push()
				);
				const counted = proxy.take();
				const head = await headOf(registry, fresh);
				if (head !== options.push) throw new Error(`The registry has ${head} of ${options.push} entries.`);
				return [
					{ task: 'push', cost: { milliseconds: receipts.milliseconds, ...sums(counted, receipts.at) } },
					{
						task: 'push, read back and settled',
						cost: { milliseconds: quiet.milliseconds, ...sums(counted, quiet.at) }
					}
				] as const;
			}),
		pull: (profile) =>
			withPage(profile, async ({ page }) => {
				const code = await enrolCodeFor(registry, house);
				await page.goto(`${proxy.origin}/bench/sync.html`);
				await page.evaluate((code) => (globalThis as unknown as { bench: SyncBench }).bench.enrol(code), code);
				proxy.take();
				const pulled = await page.evaluate(
					(n) => (globalThis as unknown as { bench: SyncBench }).bench.pull(n),
					stored.length
				);
				const children = new Set(stored.map(({ childId }) => childId)).size;
				if (pulled.children !== children)
					throw new Error(`The tablet lists ${pulled.children} of ${children} children.`);
				return { milliseconds: pulled.milliseconds, ...sums(proxy.take(), pulled.at) };
			})
	};
}

function pouchDb({ proxy, pouch, documents, options }: Ground, name: string, settings: PouchSettings): Contestant {
	return {
		name,
		push: (profile) =>
			withPage(profile, async ({ page }) => {
				const database = `push_${randomBytes(6).toString('hex')}`;
				await pouch.create(database);
				await page.goto(`${proxy.origin}/bench/pouchdb.html`);
				await page.evaluate(
					(docs) => (globalThis as unknown as { bench: PouchBench }).bench.write(docs),
					documentsToPush(documents, options.push)
				);
				proxy.take();
				const done = await page.evaluate(
					([remote, settings]) => (globalThis as unknown as { bench: PouchBench }).bench.push(remote, settings),
					[`${proxy.origin}/couch/${database}`, settings] as const
				);
				const cost = costOf(proxy, done);
				const count = await pouch.count(database);
				if (count !== options.push) throw new Error(`pouchdb-server has ${count} of ${options.push} documents.`);
				return [{ task: 'push', cost }] as const;
			}),
		pull: (profile) =>
			withPage(profile, async ({ page }) => {
				await page.goto(`${proxy.origin}/bench/pouchdb.html`);
				proxy.take();
				const done = await page.evaluate(
					([remote, settings]) => (globalThis as unknown as { bench: PouchBench }).bench.pull(remote, settings),
					[`${proxy.origin}/couch/stored`, settings] as const
				);
				if (done.documents !== documents.length)
					throw new Error(`PouchDB has ${done.documents} of ${documents.length} documents.`);
				return costOf(proxy, done);
			})
	};
}

function rxDb(
	{ proxy, rx, documents, options }: Ground,
	name: string,
	settings: { readonly compressed: boolean; readonly batchSize?: number }
): Contestant {
	const settingsOf = (table: string) => ({
		endpoint: `${proxy.origin}/rx/${settings.compressed ? 'gzip/' : ''}${table}`,
		...(settings.batchSize === undefined ? {} : { batchSize: settings.batchSize })
	});
	return {
		name,
		push: (profile) =>
			withPage(profile, async ({ page }) => {
				const table = `push_${randomBytes(6).toString('hex')}`;
				await rx.create(table);
				await page.goto(`${proxy.origin}/bench/rxdb.html`);
				await page.evaluate(
					(docs) => (globalThis as unknown as { bench: RxBench }).bench.write(docs),
					documentsToPush(documents, options.push)
				);
				proxy.take();
				const done = await page.evaluate(
					(settings) => (globalThis as unknown as { bench: RxBench }).bench.push(settings),
					settingsOf(table)
				);
				const cost = costOf(proxy, done);
				const count = await rx.count(table);
				if (count !== options.push) throw new Error(`The endpoints have ${count} of ${options.push} documents.`);
				return [{ task: 'push', cost }] as const;
			}),
		pull: (profile) =>
			withPage(profile, async ({ page }) => {
				await page.goto(`${proxy.origin}/bench/rxdb.html`);
				proxy.take();
				const done = await page.evaluate(
					(settings) => (globalThis as unknown as { bench: RxBench }).bench.pull(settings),
					settingsOf('stored')
				);
				if (done.documents !== documents.length)
					throw new Error(`RxDB has ${done.documents} of ${documents.length} documents.`);
				return costOf(proxy, done);
			})
	};
}

/**
 * The peers' documents are signed entries as our tablet makes them: the same mixture of facts, the same envelope.
 */
function documentsToPush(documents: readonly Document[], count: number): readonly Document[] {
	if (documents.length < count) throw new Error('--pull must be at least --push.');
	return documents.slice(0, count);
}

function factsToPush(count: number, others: number): readonly Fact[] {
	const nobody = { institutionId: '', staffId: '', deviceId: '' } as unknown as Parameters<typeof textEntries>[1];
	return textEntries(count, nobody, others).map(
		// What was replaced has other ids here: the tablet gives its own.
		({ type, childId, occurredOn, payload }) => ({ type, childId, occurredOn, replaces: [], payload }) as Fact
	);
}

function documentOf(entry: Entry): Document {
	return { ...entry };
}

function costOf(proxy: CountingProxy, { milliseconds, at }: Finished): Cost {
	return { milliseconds, ...sums(proxy.take(), at) };
}

async function headOf({ database }: RunningRegistry, { institutionId }: Person): Promise<number> {
	return database.inScope({ kind: 'institution', institutionId }, async (session) => {
		const { rows } = await session.query<{ position: number }>(
			'SELECT position FROM feed_heads WHERE institution_id = $1',
			[institutionId]
		);
		return rows[0]?.position ?? 0;
	});
}

function costs(measured: readonly Measured[], contestant: string, task: Task): Cost | undefined {
	const mine = measured.filter((each) => each.contestant === contestant && each.task === task).map(({ cost }) => cost);
	if (mine.length === 0) return undefined;
	return {
		milliseconds: median(mine.map(({ milliseconds }) => milliseconds)),
		requests: median(mine.map(({ requests }) => requests)),
		up: median(mine.map(({ up }) => up)),
		down: median(mine.map(({ down }) => down))
	};
}

function syncTable(
	title: string,
	names: readonly string[],
	measured: readonly Measured[],
	tasks: readonly Task[]
): Table {
	const base = costs(measured, ours, tasks[0] ?? 'push');
	const rows = tasks.flatMap((task, nth) =>
		names.flatMap((name) => {
			const cost = costs(measured, name, task);
			if (!cost || !base) return [];
			const label = nth === 0 ? name : `${name}: ${task}`;
			return [
				[
					label,
					cost.milliseconds,
					`${rounded(cost.milliseconds / base.milliseconds)}x`,
					cost.requests,
					cost.up / 1000,
					cost.down / 1000
				]
			];
		})
	);
	return { title, columns: ['', 'ms', 'to ours', 'requests', 'kB up', 'kB down'], rows };
}

/** Against the peers as they come, which is the goal, and against the same tuned, which is worth knowing. */
function goals(names: readonly string[], measured: readonly Measured[], task: Task): readonly Goal[] {
	const mine = costs(measured, ours, task);
	if (!mine) return [];
	const against = (who: string, peers: readonly string[]): readonly Goal[] => {
		const theirs = peers.flatMap((name) => costs(measured, name, task) ?? []);
		const goal = (what: string, figure: (cost: Cost) => number, unit: string): Goal => {
			const best = Math.min(...theirs.map(figure));
			return {
				goal: `${task}: ${what} than ${who}`,
				measured: `${rounded(figure(mine)).toLocaleString('en-US')} against ${rounded(best).toLocaleString('en-US')} ${unit}`,
				met: figure(mine) < best
			};
		};
		return [
			goal('faster', ({ milliseconds }) => milliseconds, 'ms'),
			goal('fewer requests', ({ requests }) => requests, 'requests'),
			goal('fewer bytes', ({ up, down }) => (up + down) / 1000, 'kB')
		];
	};
	const peers = names.filter((name) => name !== ours);
	return [
		...against(
			'PouchDB and RxDB',
			peers.filter((name) => !name.includes('batches'))
		),
		...against(
			'the same, tuned',
			peers.filter((name) => name.includes('batches'))
		)
	];
}

function notes({ stored, options }: Ground): readonly string[] {
	const bytes = stored.reduce((sum, entry) => sum + JSON.stringify(entry).length, 0);
	return [
		`The documents: signed entries of ${new Set(stored.map(({ childId }) => childId)).size} invented children, ${Math.round(bytes / stored.length)} characters of JSON each on average.`,
		'Every contestant goes through one counting proxy on the loopback address; bytes are those of the sockets, headers included. Each measurement has a browser and a profile of its own; loading the page is not counted.',
		'Ours ends a push when every entry has its receipt (each signature checked, hash chains and read models written, one durable transaction a batch), a pull when every child is sealed, folded and in the list. "Read back and settled" adds what else the first turn exchanges: the feed with the own entries, the roster.',
		`pouchdb-server keeps its documents in LevelDB and does not wait for the disk; RxDB's endpoints upsert jsonb into the same durable PostgreSQL as ours. Neither checks a signature or encrypts. Medians of ${options.rounds}.`
	];
}
