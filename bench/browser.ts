import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { throttle, type Throttle } from './throttle.ts';
import { withEndings } from './ending.ts';

/** A folder for a browser's profile, on the disk. */
export async function newProfile(): Promise<{ readonly path: string; remove(): Promise<void> }> {
	const path = await mkdtemp(join(tmpdir(), 'lampkeep-bench-profile-'));
	return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) };
}

export interface OpenPage {
	readonly page: Page;
	readonly context: BrowserContext;
	readonly version: string;
	/** Slows the page's main thread as DevTools does, or the whole renderer with its workers. */
	slow(rate: number, what: 'main thread' | 'renderer'): Promise<Throttle>;
}

/**
 * Starts a browser of its own with this profile, opens an empty page, and ends the browser with the work.
 *
 * @throws when the page reports an error nobody caught
 */
export async function withPage<T>(profile: string, work: (open: OpenPage) => Promise<T>): Promise<T> {
	return withEndings(async (endings) => {
		const executablePath = process.env['CHROMIUM_PATH'];
		const context = await chromium.launchPersistentContext(profile, {
			...(executablePath === undefined ? {} : { executablePath }),
			headless: true,
			locale: 'zh-CN',
			timezoneId: 'Asia/Shanghai',
			viewport: { width: 800, height: 1280 },
			args: [
				'--disable-background-networking',
				'--no-first-run',
				// Nothing of a measurement is to be put off because the window is not in front.
				'--disable-background-timer-throttling',
				'--disable-renderer-backgrounding',
				...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])
			]
		});
		endings.add(() => context.close());
		const page = context.pages()[0] ?? (await context.newPage());
		page.setDefaultTimeout(600_000);
		const errors: Error[] = [];
		page.on('pageerror', (error) => errors.push(error));
		const version = context.browser()?.version() ?? 'unknown';
		const result = await work({ page, context, version, slow: (rate, what) => slow(context, page, rate, what) });
		if (errors[0]) throw new Error(`The page failed: ${errors[0].stack ?? errors[0].message}`);
		return result;
	});
}

async function slow(
	context: BrowserContext,
	page: Page,
	rate: number,
	what: 'main thread' | 'renderer'
): Promise<Throttle> {
	const session = await context.newCDPSession(page);
	if (what === 'main thread') {
		await session.send('Emulation.setCPUThrottlingRate', { rate });
		return { release: async () => void (await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })) };
	}
	if (process.platform === 'win32') throw new Error('A whole renderer cannot be slowed on Windows: it has no SIGSTOP.');
	return throttle(await rendererPids(context), rate);
}

/** The processes that run pages and their workers. A page keeps its process as long as it stays with one host. */
async function rendererPids(context: BrowserContext): Promise<readonly number[]> {
	const browser = context.browser();
	if (browser === null) throw new Error('This browser does not tell its processes.');
	const session = await browser.newBrowserCDPSession();
	const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as {
		processInfo: readonly { type: string; id: number }[];
	};
	await session.detach();
	const pids = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
	if (pids.length === 0) throw new Error('The browser runs no page.');
	return pids;
}
