import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright';
import { newProfile, withPage } from './browser.ts';
import { root } from './build-pages.ts';
import { countingProxy, type Counted } from './counting-proxy.ts';
import { withEndings } from './ending.ts';
import { listNotices } from './notices.ts';
import { startRegistry } from './registry.ts';
import { rounded, type Report, type Table } from './report.ts';

/** What a first visit fetched of one kind. Bytes of the files, as they lie in the build. */
interface Weight {
	readonly name: string;
	readonly files: readonly string[];
	readonly bytes: number;
	readonly gzip: number;
}

const client = join(root, 'build', 'client');
const appMaximum = 200;

export async function measureBundle(say: (sentence: string) => void): Promise<Report> {
	return withEndings(async (endings) => {
		say('bundle: first visits to the public pages and to the app');
		const proxy = await countingProxy();
		endings.add(() => proxy.close());
		const registry = await startRegistry(endings, proxy.origin);
		proxy.route('/', registry.origin);
		const [number = ''] = await listNotices(registry.database, 24);
		const publicPages: readonly (readonly [string, string])[] = [
			['list', '/'],
			['search', `/?q=${encodeURIComponent('左')}`],
			['notice', `/notice/${number}`],
			['poster', `/notice/${number}/poster`],
			['in English', '/en']
		];
		const scripts: (readonly [string, number])[] = [];
		for (const [name, path] of publicPages) {
			scripts.push([
				name,
				await visit(
					proxy.origin,
					path,
					async (page) => inlineScript(page),
					() => proxy.take()
				).then(publicScript)
			]);
		}
		// The app is ready when its first screen has a heading.
		const app = await visit(
			proxy.origin,
			'/app',
			(page) => page.locator('h1').first().waitFor(),
			() => proxy.take()
		);
		const weights = weightsOf(app.requests);
		const precache = precacheWeight();
		const first = weights.find(({ name }) => name === pageScript);
		const worst = scripts.reduce((most, [, bytes]) => Math.max(most, bytes), 0);
		return {
			part: 'bundle',
			tables: [
				{
					title: 'JavaScript of a first visit to a public page, bytes',
					columns: ['', ...scripts.map(([name]) => name)],
					rows: [['files and inline', ...scripts.map(([, bytes]) => bytes)]]
				},
				appTable(weights, precache)
			],
			notes: [
				'Fetched by a Chromium with an empty profile; the sizes are those of the built files, gzip as the server sends them.'
			],
			goals: [
				{ goal: 'public pages: 0 bytes of JavaScript', measured: `${worst} bytes`, met: worst === 0 },
				{
					goal: `app, first load ≤ ${appMaximum} kB gzip (page)`,
					measured: `${rounded((first?.gzip ?? Number.NaN) / 1000)} kB`,
					met: (first?.gzip ?? Number.POSITIVE_INFINITY) <= appMaximum * 1000
				},
				{
					goal: `app, first load ≤ ${appMaximum} kB gzip (page and workers)`,
					measured: `${rounded(total(weights) / 1000)} kB`,
					met: total(weights) <= appMaximum * 1000
				}
			],
			raw: { scripts, weights, precache }
		};
	});
}

interface Visited<T> {
	readonly seen: T;
	readonly requests: readonly Counted[];
}

async function visit<T>(
	origin: string,
	path: string,
	look: (page: Page) => Promise<T>,
	take: () => readonly Counted[]
): Promise<Visited<T>> {
	const profile = await newProfile();
	try {
		return await withPage(profile.path, async ({ page }) => {
			take();
			await page.goto(origin + path, { waitUntil: 'networkidle' });
			const seen = await look(page);
			await page.waitForLoadState('networkidle');
			return { seen, requests: take() };
		});
	} finally {
		await profile.remove();
	}
}

/** Bytes of script in the page itself. */
function inlineScript(page: Page): Promise<number> {
	return page.evaluate(() => [...document.scripts].reduce((sum, script) => sum + (script.textContent ?? '').length, 0));
}

function publicScript({ seen, requests }: Visited<number>): number {
	const files = requests.filter(
		({ path, destination }) => destination === 'script' || destination === 'worker' || /\.m?js(\?|$)/.test(path)
	);
	return seen + files.reduce((sum, { down }) => sum + down, 0);
}

const pageScript = 'page: scripts before anybody signs in';

/** Scripts of the page and of each worker; what the service worker fetches for later is not part of the first load. */
function weightsOf(requests: readonly Counted[]): readonly Weight[] {
	const scripts = requests.filter(({ path, status }) => status === 200 && /\.js$/.test(path.split('?')[0] ?? ''));
	const pages = new Map<string, string>();
	for (const { path, destination, referer } of scripts) {
		if (/service-worker/.test(path) || /service-worker/.test(referer)) continue;
		// A module belongs to the worker whose module asked for it.
		const asker = pages.get(referer);
		pages.set(path, destination === 'worker' ? `worker: ${nameOf(path)}` : (asker ?? pageScript));
	}
	const groups = [...new Set(pages.values())].sort();
	return groups.map((name) => {
		const files = [...pages].filter(([, group]) => group === name).map(([path]) => path);
		const sizes = files.map(sizeOf);
		return {
			name,
			files,
			bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
			gzip: sizes.reduce((sum, { gzip }) => sum + gzip, 0)
		};
	});
}

function total(weights: readonly Weight[]): number {
	return weights.reduce((sum, { gzip }) => sum + gzip, 0);
}

/** `vault.worker` of `/_app/immutable/workers/vault.worker-Bq2x1.js`. */
function nameOf(path: string): string {
	return (path.split('/').at(-1) ?? path).replace(/[-.][A-Za-z0-9_-]{6,12}\.js$/, '');
}

function sizeOf(path: string): { bytes: number; gzip: number } {
	const file = join(client, decodeURIComponent(path.split('?')[0] ?? ''));
	const zipped = `${file}.gz`;
	return {
		bytes: statSync(file).size,
		gzip: existsSync(zipped) ? statSync(zipped).size : gzipSync(readFileSync(file)).length
	};
}

/** Everything the service worker keeps on the tablet. */
function precacheWeight(): Weight {
	const name = 'precache: the whole program, kept on the tablet';
	const worker = readFileSync(join(client, 'service-worker.js'), 'utf8');
	const urls = [...new Set([...worker.matchAll(/"?url"?:\s*"([^"]+)"/g)].map((match) => match[1] ?? ''))];
	if (urls.length === 0) throw new Error('The service worker names no file to keep.');
	const files = urls.filter((url) => existsSync(join(client, url)));
	const pages = urls.filter((url) => !existsSync(join(client, url)));
	const sizes = files.map(sizeOf);
	return {
		name: pages.length > 0 ? `${name} (without ${pages.join(', ')})` : name,
		files,
		bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
		gzip: sizes.reduce((sum, { gzip }) => sum + gzip, 0)
	};
}

function appTable(weights: readonly Weight[], precache: Weight): Table {
	const row = ({ name, files, bytes, gzip }: Weight) => [name, files.length, bytes / 1000, gzip / 1000];
	const all: Weight = {
		name: 'first load, together',
		files: weights.flatMap(({ files }) => files),
		bytes: weights.reduce((sum, { bytes }) => sum + bytes, 0),
		gzip: total(weights)
	};
	return {
		title: 'JavaScript of a first visit to the app, kB',
		columns: ['', 'files', 'as built', 'gzip'],
		rows: [...weights, all, precache].map(row)
	};
}
