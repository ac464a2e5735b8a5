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

		const servers: readonly (readonly [name: string, address: (page: string) => string])[] = [
			[ours, (page) => `${registry.origin}${pages.get(page)?.path ?? '/'}`],
			[bare, (page) => `${node}/${page}`],
			...(nginx ? [[`nginx ${nginx.version}`, (page: string) => `${nginx.origin}/${page}`] as const] : [])
		];
		const runs: Run[] = [];
		for (let round = 1; round <= options.rounds; round++) {
			for (const page of pages.keys()) {
				for (const [server, address] of servers) {
					say(`portal: round ${round}, ${page}, ${server}`);
					runs.push({ server, page, ...(await fire(address(page), options)) });
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

async function startBareNode(endings: Endings, pages: ReadonlyMap<string, ReadyPage>): Promise<string> {
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
	return `http://127.0.0.1:${port}`;
}

async function fire(url: string, { connections, seconds }: Options): Promise<Omit<Run, 'server' | 'page'>> {
	const result = await autocannon({
		url,
		connections,
		duration: seconds,
		warmup: { connections, duration: 1 },
		headers: { 'accept-encoding': acceptEncoding }
	});
	if (result.errors > 0 || result.non2xx > 0)
		throw new Error(`${url}: ${result.errors} errors, ${result.non2xx} answers that are not 2xx.`);
	return {
		perSecond: result.requests.average,
		p99: result.latency.p99,
		megabytesPerSecond: result.throughput.average / 1e6
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
	const rows = [...pages].flatMap(([page, { body }]) =>
		servers.map((server) => [
			`${page} (${rounded(body.length / 1000)} kB): ${server}`,
			of(server, page, ({ perSecond }) => perSecond),
			`${rounded(of(server, page, ({ perSecond }) => perSecond) / of(bare, page, ({ perSecond }) => perSecond))}x`,
			of(server, page, ({ p99 }) => p99),
			of(server, page, ({ megabytesPerSecond }) => megabytesPerSecond)
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
				columns: ['', 'requests/s', 'to bare Node', 'p99 ms', 'MB/s'],
				rows
			}
		],
		notes: [
			`One process each; the load comes from autocannon on the same machine. All three send the bytes our server sent (${acceptEncoding}), with its headers. Medians of ${options.rounds}, interleaved.`,
			...(withNginx ? [] : ['nginx is not installed on this machine: its rows are left out.'])
		],
		goals,
		raw: runs
	};
}
