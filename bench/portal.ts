import autocannon from 'autocannon';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withEndings, type Endings } from './ending.ts';
import { freePort } from './listening.ts';
import { listNotices } from './notices.ts';
import type { Options } from './options.ts';
import { startNginx } from './peers/nginx.ts';
import { processorSeconds } from './processor-time.ts';
import { startRegistry } from './registry.ts';
import { rounded, type Goal, type Report } from './report.ts';
import { median } from './statistics.ts';

/** A page as our server sent it: compressed bytes and headers. */
export interface ReadyPage {
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Buffer;
}

interface Run {
	readonly server: string;
	readonly page: string;
	readonly perSecond: number;
	readonly p99: number;
	readonly megabytesPerSecond: number;
	/** Microseconds of the server's processor a request; undefined where the system does not tell. */
	readonly processor: number | undefined;
}

interface Server {
	readonly name: string;
	readonly pid: number;
	readonly address: (page: string) => string;
}

/** What a phone's browser accepts. */
const acceptEncoding = 'gzip, deflate, br';
const ours = 'Lampkeep';
const bare = 'bare Node, ready bytes';

export async function measurePortal(options: Options, say: (sentence: string) => void): Promise<Report> {
	return withEndings(async (endings) => {
		say(`portal: starting the registry with ${options.notices} notices`);
		const registry = await startRegistry(endings);
		const numbers = await listNotices(registry.database, options.notices);
		const number = numbers[Math.floor(numbers.length / 2)];
		const paths: readonly (readonly [name: string, path: string])[] = [
			['list', '/'],
			['notice', `/notice/${number}`],
			['search', `/?q=${encodeURIComponent('左')}&sex=2`]
		];
		await untilShown(registry.origin, `/notice/${number}`);
		const pages = new Map<string, ReadyPage>();
		for (const [name, path] of paths) pages.set(name, await readPage(registry.origin, path));
		const node = await startBareNode(endings, pages);
		const nginx = await startNginx(endings, pages);

		const servers: readonly Server[] = [
			{ name: ours, pid: registry.pid, address: (page) => `${registry.origin}${pages.get(page)?.path ?? '/'}` },
			{ name: bare, pid: node.pid, address: (page) => `${node.origin}/${page}` },
			...(nginx
				? [{ name: `nginx ${nginx.version}`, pid: nginx.pid, address: (page: string) => `${nginx.origin}/${page}` }]
				: [])
		];
		const runs: Run[] = [];
		for (let round = 1; round <= options.rounds; round++) {
			for (const page of pages.keys()) {
				for (const server of servers) {
					say(`portal: round ${round}, ${page}, ${server.name}`);
					runs.push({ server: server.name, page, ...(await fire(server, page, options)) });
				}
			}
		}
		return reportOf(runs, pages, options, nginx !== undefined);
	});
}

/** The board of the registry sees the new notices within two seconds. */
async function untilShown(origin: string, path: string): Promise<void> {
	const end = Date.now() + 30_000;
	while (Date.now() < end) {
		const response = await fetch(origin + path);
		await response.arrayBuffer();
		if (response.ok) return;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	throw new Error(`${path} is not shown.`);
}

/** The answer's bytes as they travel. */
function readPage(origin: string, path: string): Promise<ReadyPage> {
	return new Promise((resolve, reject) => {
		get(origin + path, { headers: { 'accept-encoding': acceptEncoding } }, (response) => {
			const pieces: Buffer[] = [];
			response.on('data', (piece: Buffer) => pieces.push(piece));
			response.on('error', reject);
			response.on('end', () => {
				if (response.statusCode !== 200) {
					reject(new Error(`${path} answered ${response.statusCode}.`));
					return;
				}
				const headers: Record<string, string> = {};
				for (const [name, value] of Object.entries(response.headers)) {
					if (!['connection', 'keep-alive', 'date', 'transfer-encoding'].includes(name)) headers[name] = String(value);
				}
				const body = Buffer.concat(pieces);
				resolve({ path, headers: { ...headers, 'content-length': String(body.length) }, body });
			});
		}).on('error', reject);
	});
}

async function startBareNode(
	endings: Endings,
	pages: ReadonlyMap<string, ReadyPage>
): Promise<{ readonly origin: string; readonly pid: number }> {
	const folder = await mkdtemp(join(tmpdir(), 'lampkeep-bench-node-'));
	endings.add(() => rm(folder, { recursive: true, force: true }));
	const file = join(folder, 'pages.json');
	const listed = [...pages].map(([name, { headers, body }]) => [
		`/${name}`,
		{ headers, body: body.toString('base64') }
	]);
	await writeFile(file, JSON.stringify(Object.fromEntries(listed)));
	const port = await freePort();
	const server = spawn(process.execPath, [join(import.meta.dirname, 'peers', 'bare-node.mjs'), String(port), file], {
		stdio: ['ignore', 'pipe', 'inherit']
	});
	const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
	endings.add(async () => {
		server.kill('SIGTERM');
		await ended;
	});
	await new Promise<void>((resolve, reject) => {
		server.stdout.once('data', () => resolve());
		server.once('exit', (code) => reject(new Error(`The bare Node server ended with ${code}.`)));
	});
	return { origin: `http://127.0.0.1:${port}`, pid: server.pid ?? 0 };
}

async function fire(
	{ name, pid, address }: Server,
	page: string,
	{ connections, seconds }: Options
): Promise<Omit<Run, 'server' | 'page'>> {
	const url = address(page);
	const headers = { 'accept-encoding': acceptEncoding };
	// Warm first, so that processor time and requests are of the same seconds.
	await autocannon({ url, connections, duration: 1, headers });
	const before = processorSeconds(pid, name.startsWith('nginx'));
	const result = await autocannon({ url, connections, duration: seconds, headers });
	const after = processorSeconds(pid, name.startsWith('nginx'));
	if (result.errors > 0 || result.non2xx > 0) {
		throw new Error(`${url}: ${result.errors} errors, ${result.non2xx} answers that are not 2xx.`);
	}
	return {
		perSecond: result.requests.average,
		p99: result.latency.p99,
		megabytesPerSecond: result.throughput.average / 1e6,
		processor:
			before === undefined || after === undefined ? undefined : ((after - before) * 1e6) / result.requests.total
	};
}

function reportOf(
	runs: readonly Run[],
	pages: ReadonlyMap<string, ReadyPage>,
	options: Options,
	withNginx: boolean
): Report {
	const servers = [...new Set(runs.map(({ server }) => server))];
	const of = (server: string, page: string, figure: (run: Run) => number) =>
		median(runs.filter((run) => run.server === server && run.page === page).map(figure));
	const processorOf = (server: string, page: string) => {
		const known = runs.flatMap((run) => (run.server === server && run.page === page ? (run.processor ?? []) : []));
		return known.length > 0 ? median(known) : undefined;
	};
	const rows = [...pages].flatMap(([page, { body }]) =>
		servers.map((server) => [
			`${page} (${rounded(body.length / 1000)} kB): ${server}`,
			of(server, page, ({ perSecond }) => perSecond),
			`${rounded(of(server, page, ({ perSecond }) => perSecond) / of(bare, page, ({ perSecond }) => perSecond))}x`,
			of(server, page, ({ p99 }) => p99),
			of(server, page, ({ megabytesPerSecond }) => megabytesPerSecond),
			processorOf(server, page)
		])
	);
	const goals = [...pages.keys()].map((page): Goal => {
		const ratio = of(ours, page, ({ perSecond }) => perSecond) / of(bare, page, ({ perSecond }) => perSecond);
		return {
			goal: `${page}: at bare Node's rate (0.9 or more of it)`,
			measured: `${rounded(ratio)}x`,
			met: ratio >= 0.9
		};
	});
	return {
		part: 'portal',
		tables: [
			{
				title: `Public pages, ${options.notices} notices, ${options.connections} connections, ${options.seconds} s a run`,
				columns: ['', 'requests/s', 'to bare Node', 'p99 ms', 'MB/s', 'µs of processor a request'],
				rows
			}
		],
		notes: [
			`One process each; the load comes from autocannon on the same machine. All three send the bytes our server sent (${acceptEncoding}), with its headers. Processor time is the server's own, from /proc: on a busy machine it says more than the rate. Medians of ${options.rounds}, interleaved.`,
			...(withNginx ? [] : ['nginx is not installed on this machine: its rows are left out.'])
		],
		goals,
		raw: runs
	};
}
