import { readdir } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { shellContentPolicy, workerContentPolicy } from '#lib/server/auth/file-policy.ts';
import { signedRoutes } from '#lib/server/auth/request-guard.ts';
import { routesOfTree } from '../support/route-tree.ts';
import { attackFromWorker, attackPage } from './support/attacks.ts';
import { enrolCode, foundHouse, signIn } from './support/desk.ts';
import { ForeignHost } from './support/foreign-host.ts';
import { TestRegistry } from './support/registry.ts';
import { TestTablet } from './support/tablet.ts';
import { expect, test } from './support/test.ts';

/* What attacks come to in the built product (SECURITY.md 0.10, 0.11, T13, T14, T16). */

const workerFolder = join(import.meta.dirname, '../../build/client/_app/immutable/workers');

test.use({ violationsWanted: true });

test.describe('an attacker', () => {
	let registry: TestRegistry;
	let foreign: ForeignHost;
	test.beforeAll(async () => {
		registry = await TestRegistry.start();
		foreign = await ForeignHost.start();
		await foundHouse(registry);
	});
	test.afterAll(async () => {
		await foreign.close();
		await registry.close();
	});

	test('who runs code in the vault’s thread reaches no network, with signal or without', async ({
		browser,
		policyWatch
	}) => {
		const tablet = await TestTablet.start();
		try {
			const desk = await signIn(browser, registry.origin, 'chen');
			await (await tablet.enrol(registry.origin, await enrolCode(desk, '李秀兰'))).close();
			for (const signal of [true, false]) {
				if (!signal) await registry.kill();
				foreign.asked.length = 0;
				// Argon2id in its own thread opens it; the readings of names are loaded by the thread that is probed.
				const page = await tablet.open(`${registry.origin}/app/children`);
				// The program is on the tablet before the signal goes.
				if (signal) await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
				await page.getByLabel('找孩子').fill('xh');
				await expect(page.getByRole('heading', { level: 1, name: '儿童' })).toBeVisible();
				const vault = page.workers().find((worker) => worker.url().includes('/vault.worker'));
				if (!vault) throw new Error('the page has no vault');
				const { outcome, violated } = await vault.evaluate(attackFromWorker, {
					foreign: foreign.origin,
					own: registry.origin
				});
				expect(Object.entries(outcome).filter(([, came]) => came === 'went through')).toEqual([]);
				expect(violated, 'stopped by the policy, not for want of a network').toEqual(
					expect.arrayContaining(['connect-src', 'require-trusted-types-for'])
				);
				expect(foreign.asked).toEqual([]);
				// The tablet goes on working: locked and opened again by the same thread.
				await page.reload();
				await tablet.unlock(page);
				await page.close();
			}
			expect(policyWatch.violations.some((text) => text.includes('connect-src'))).toBe(true);
		} finally {
			await tablet.close();
			await registry.up();
		}
	});

	test('finds every worker’s program with its own policy, on the wire and in the tablet’s cache', async ({
		browser
	}) => {
		// What it says, not only that it is the same everywhere: a laxer one would be the same everywhere, too.
		expect(workerContentPolicy.split('; ')).toEqual(
			expect.arrayContaining(["default-src 'none'", "connect-src 'none'", "require-trusted-types-for 'script'"])
		);
		const files = (await readdir(workerFolder, { recursive: true })).filter((name) => name.endsWith('.js'));
		expect(files.filter((name) => /^(vault|argon|photo)\.worker/.test(name))).toHaveLength(3);
		const context = await browser.newContext();
		const page = await context.newPage();
		await page.goto(`${registry.origin}/app/enrol`);
		await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
		const policies = await page.evaluate(
			(paths) =>
				Promise.all(
					paths.map(async (path) => {
						const kept = await caches.match(path);
						const sent = await fetch(path, { cache: 'no-store' });
						return [path, kept?.headers.get('content-security-policy'), sent.headers.get('content-security-policy')];
					})
				),
			files.map((name) => `/_app/immutable/workers/${name}`)
		);
		for (const [path, kept, sent] of policies) {
			expect(kept, `${path} in the cache`).toBe(workerContentPolicy);
			expect(sent, `${path} on the wire`).toBe(workerContentPolicy);
		}
		const shell = await page.evaluate(async () =>
			(await caches.match('/app/shell', { ignoreSearch: true }))?.headers.get('content-security-policy')
		);
		expect(shell).toBe(shellContentPolicy);
		await context.close();
	});

	test('who gets text into a page runs nothing and reaches nobody', async ({ browser, policyWatch }) => {
		const desk = await signIn(browser, registry.origin, 'chen');
		const stranger = await (await browser.newContext()).newPage();
		const tablet = await (await browser.newContext()).newPage();
		await tablet.goto(`${registry.origin}/app/enrol`);
		await tablet.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
		const pages: readonly (readonly [Page, string])[] = [
			[stranger, '/'],
			[stranger, '/en/claim'],
			[stranger, '/report'],
			[stranger, '/no-such-page'],
			[stranger, '/desk/sign-in'],
			[desk, '/desk'],
			[desk, '/desk/people'],
			[desk, '/desk/no-such-page'],
			[tablet, '/app/settings'],
			[stranger, '/app/shell']
		];
		for (const [page, path] of pages) {
			await page.goto(registry.origin + path);
			foreign.asked.length = 0;
			policyWatch.violations.length = 0;
			expect(await page.evaluate(attackPage, foreign.origin), `succeeded on ${path}`).toEqual([]);
			expect(foreign.asked, `asked for from ${path}`).toEqual([]);
			expect(policyWatch.violations.length, `told of ${path}`).toBeGreaterThan(15);
		}
	});

	test('on another site changes nothing at any route, whatever the content type says', async () => {
		const types = [
			null,
			'text/plain',
			'application/json',
			'application/x-www-form-urlencoded',
			'multipart/form-data; boundary=x'
		];
		const strangers: readonly Record<string, string>[] = [
			{ 'sec-fetch-site': 'cross-site', origin: foreign.origin },
			{ 'sec-fetch-site': 'same-site', origin: foreign.origin },
			{ origin: foreign.origin },
			{}
		];
		const passed: string[] = [];
		let asked = 0;
		for (const path of new Set(routesOfTree().map((route) => route.path))) {
			const signed = Object.keys(signedRoutes).some((route) => path.startsWith(route));
			for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
				for (const type of signed ? ['text/plain'] : types)
					for (const stranger of strangers) {
						asked += 1;
						const { status } = await send(registry.origin + path, method, {
							...stranger,
							...(type !== null && { 'content-type': type })
						});
						// A signed route refuses for want of a signature or a code, and by no cookie's leave.
						const refused = signed ? status >= 400 && status < 500 : status === 403 || status === 405;
						if (!refused) passed.push(`${method} ${path} as ${type} from ${JSON.stringify(stranger)}: ${status}`);
					}
		}
		expect(passed).toEqual([]);
		expect(asked).toBeGreaterThan(5_000);
	});

	test('on another port of the same machine cannot act for somebody signed in at a desk', async ({ browser }) => {
		const desk = await signIn(browser, registry.origin, 'chen');
		foreign.page = `<!doctype html><title>a page of somebody else</title>
			<form id=f method=post action="${registry.origin}/desk/sign-out"></form>`;
		const evil = await desk.context().newPage();
		await evil.goto(foreign.origin);
		// What the registry answered to each post, also where the browser keeps it from the page that asked.
		const posted = new Set<string>();
		const answered = new Map<string, number>();
		const devtools = await desk.context().newCDPSession(evil);
		await devtools.send('Network.enable');
		devtools.on('Network.requestWillBeSent', ({ requestId, request }) => {
			if (request.method === 'POST') posted.add(requestId);
		});
		devtools.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) =>
			answered.set(requestId, statusCode)
		);
		const answers = () => [...posted].flatMap((id) => answered.get(id) ?? []);
		await evil.evaluate(async (target) => {
			// No content type at all, as a Blob without one has; and one that needs no leave of the other site's.
			for (const body of [new Blob(['x']), 'x', new URLSearchParams({ a: '1' }), new FormData()])
				// The answer is kept from this page (CORP); what counts is what the registry answered.
				await fetch(target, { method: 'POST', mode: 'no-cors', credentials: 'include', body }).catch(() => undefined);
			navigator.sendBeacon(target, new Blob(['x']));
		}, `${registry.origin}/desk/sign-out`);
		await Promise.all([
			evil.waitForURL(`${registry.origin}/desk/sign-out`),
			evil.evaluate(() => (document.getElementById('f') as HTMLFormElement).submit())
		]);
		await expect.poll(answers).toEqual(Array.from({ length: 6 }, () => 403));
		// Still signed in.
		await desk.goto(`${registry.origin}/desk`);
		await expect(desk).toHaveURL(`${registry.origin}/desk`);
		// Nor can the desk be drawn over by somebody else's page.
		foreign.page = `<!doctype html><iframe src="${registry.origin}/desk/sign-in"></iframe>`;
		await evil.goto(foreign.origin);
		await expect.poll(() => evil.frames().length).toBe(2);
		expect(await evil.frames()[1]?.locator('#login').count()).toBe(0);
	});
});

/** One request as no browser library would let us send it. */
function send(address: string, method: string, headers: Record<string, string>): Promise<{ status: number }> {
	return new Promise((resolve, reject) => {
		const sent = request(address, { method, headers: { ...headers, 'content-length': '1' }, agent }, (answer) => {
			answer.resume();
			answer.once('end', () => resolve({ status: answer.statusCode ?? 0 }));
		});
		sent.once('error', reject);
		sent.end('x');
	});
}
const agent = new Agent({ keepAlive: true, maxSockets: 4 });
