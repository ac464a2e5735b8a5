import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { startKillable } from '../support/killable-browser.ts';
import { servePages, type PageServer } from './page-server.ts';
import type { Rig, Told } from './pages/tablet.ts';

/** What the page puts on its window. */
declare const rig: Rig;

/**
 * A tablet: a Chromium with a profile on a disk, started by us so that all its processes can be killed or stopped at once,
 * showing the rig's page with the product's vault behind it.
 */
export class RigTablet {
	readonly pages: PageServer;
	/** Everything the vault acknowledged since the tablet was made, by number of the save. */
	readonly told = new Map<number, Told>();
	profile: string;
	#process: ChildProcess | undefined;
	#browser: Browser | undefined;
	#page: Page | undefined;
	readonly #ownFolder: boolean;

	private constructor(pages: PageServer, profile: string, ownFolder: boolean) {
		this.pages = pages;
		this.profile = profile;
		this.#ownFolder = ownFolder;
	}

	/** @param profile a folder for the browser's profile; without it a fresh one that goes with the tablet */
	static async make(profile?: string): Promise<RigTablet> {
		const folder = profile ?? (await mkdtemp(join(tmpdir(), 'lampkeep-rig-')));
		return new RigTablet(await servePages(), folder, profile === undefined);
	}

	/** Starts the browser and the page with the vault; `wishes` see pages/vault.worker.ts. */
	async up(wishes: readonly string[] | 'without the vault' = []): Promise<Page> {
		// The last life did not end in order: its locks are on the disk, its processes are gone.
		for (const name of await readdir(this.profile))
			if (name.startsWith('Singleton')) await rm(join(this.profile, name), { force: true });
		const started = await startKillable(this.profile, [
			'--disable-breakpad',
			'--disable-crash-reporter',
			'--disable-background-timer-throttling',
			'--disable-renderer-backgrounding'
		]);
		this.#process = started.process;
		this.#browser = started.browser;
		const context = this.#browser.contexts()[0];
		if (!context) throw new Error('Chromium has no window');
		const page = context.pages()[0] ?? (await context.newPage());
		page.setDefaultTimeout(60_000);
		await page.exposeFunction('tell', (word: Told) => {
			this.told.set(word.n, word);
			this.onTold(word);
		});
		await page.goto(`${this.pages.origin}/tablet.html`);
		await page.waitForFunction(() => 'rig' in globalThis);
		if (wishes !== 'without the vault') await page.evaluate((wishes) => rig.start(wishes), wishes);
		this.#page = page;
		return page;
	}

	/** Where Chromium keeps the database of the page. */
	get database(): string {
		const host = new URL(this.pages.origin).host.replace(':', '_');
		return join(this.profile, 'Default', 'IndexedDB', `http_${host}.indexeddb.leveldb`);
	}

	onTold: (word: Told) => void = () => undefined;

	get page(): Page {
		if (!this.#page) throw new Error('the tablet is off');
		return this.#page;
	}

	/** SIGKILL to every process of the browser. */
	async kill(): Promise<void> {
		const child = this.#process;
		if (!child?.pid) return;
		const gone = child.exitCode === null ? new Promise((resolve) => child.once('exit', resolve)) : undefined;
		signal(child.pid, 'SIGKILL');
		await gone;
		this.#process = undefined;
		this.#browser = undefined;
		this.#page = undefined;
	}

	/** Everything stands still, as at the moment of a power cut. Only `kill` ends it. */
	standStill(): void {
		if (this.#process?.pid) signal(this.#process.pid, 'SIGSTOP');
	}

	/** Ends the browser as a person does, so that it writes down what it has in mind. */
	async shutDown(): Promise<void> {
		const child = this.#process;
		if (!child) return;
		const gone = new Promise((resolve) => child.once('exit', resolve));
		const session = await this.#browser?.newBrowserCDPSession();
		await session?.send('Browser.close');
		await gone;
		await this.kill();
	}

	async close(): Promise<void> {
		await this.kill();
		await this.pages.close();
		if (this.#ownFolder) await rm(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
	}
}

function signal(group: number, name: 'SIGKILL' | 'SIGSTOP'): void {
	try {
		process.kill(-group, name);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
