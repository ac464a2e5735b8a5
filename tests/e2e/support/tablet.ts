import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { startKillable } from '../../support/killable-browser.ts';
import { turnClock } from './page-clock.ts';
import { underWatch } from './policy-watch.ts';

/** Of everybody on these tablets. */
export const pin = '274916';

/** Somebody who has a way into a tablet. */
export type Person = { readonly name: string } & ({ readonly passphrase: string } | { readonly badge: string });

/**
 * A tablet: a Chromium with a profile of its own on disk, started by us and not by Playwright, so that it can be killed
 * like one whose battery ran out and come back with what its disk holds.
 */
export class TestTablet {
	readonly profile: string;
	#process: ChildProcess | undefined;
	#browser: Browser | undefined;
	/** Set once it is enrolled. */
	passphrase = '';
	/** So many days later than today is it by this tablet's clock, in every page that is opened from now on. */
	daysAhead = 0;

	private constructor(profile: string) {
		this.profile = profile;
	}

	static async start(): Promise<TestTablet> {
		const tablet = new TestTablet(await mkdtemp(join(tmpdir(), 'lampkeep-tablet-')));
		await tablet.up();
		return tablet;
	}

	async up(): Promise<void> {
		const further = ['--lang=zh-CN', '--window-size=1280,800'];
		const started = await startKillable(this.profile, further, { LANG: 'zh_CN.UTF-8' });
		this.#process = started.process;
		this.#browser = started.browser;
		await underWatch(this.context);
	}

	get context(): BrowserContext {
		const context = this.#browser?.contexts()[0];
		if (!context) throw new Error('the tablet is off');
		return context;
	}

	async page(): Promise<Page> {
		const page = await this.context.newPage();
		await page.setViewportSize({ width: 1280, height: 800 });
		page.setDefaultTimeout(20_000);
		if (this.daysAhead > 0) await turnClock(page, this.daysAhead);
		return page;
	}

	/** SIGKILL to the whole browser: no goodbye, no flush that was not asked for. */
	async kill(): Promise<void> {
		const child = this.#process;
		if (!child?.pid) return;
		const gone = new Promise((resolve) => child.once('exit', resolve));
		process.kill(-child.pid, 'SIGKILL');
		await gone;
		this.#process = undefined;
		this.#browser = undefined;
	}

	/** A picture of every open page, for whoever looks at a failed journey. */
	async pictures(folder: string): Promise<void> {
		for (const [index, page] of (this.#browser?.contexts()[0]?.pages() ?? []).entries()) {
			await page.screenshot({ path: join(folder, `tablet-${index}.png`) });
		}
	}

	async close(): Promise<void> {
		await this.kill();
		await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
	}

	/** Enrols with a one-time code as the QR code's address carries it; copies the five words down. */
	async enrol(origin: string, code: string): Promise<Page> {
		const page = await this.page();
		await page.goto(`${origin}/app/enrol#${code}`);
		await page.getByRole('button', { name: '继续' }).click();
		this.passphrase = await this.#takeWords(page);
		await page.waitForURL(`${origin}/app`);
		return page;
	}

	/** One more person on the open tablet, by a code that is typed; answers their five words. They have it open then. */
	async addPerson(page: Page, code: string): Promise<string> {
		await page.getByRole('link', { name: '设置' }).first().click();
		await page.getByRole('link', { name: '加一个人' }).click();
		await page.locator('#code').fill(code);
		await page.getByRole('button', { name: '继续' }).click();
		const passphrase = await this.#takeWords(page);
		await page.waitForURL(/\/app$/);
		return passphrase;
	}

	/** From the five words to the end of the enrolment. */
	async #takeWords(page: Page): Promise<string> {
		const words = page.getByRole('figure').getByRole('listitem');
		await expect(words).toHaveCount(5);
		const passphrase = (await words.allInnerTexts()).join(' ');
		await page.getByRole('button', { name: '我抄好了' }).click();
		await page.getByLabel('照着纸再输入一遍').fill(passphrase);
		await page.getByRole('button', { name: '继续' }).click();
		await page.locator('#pin').fill(pin);
		await page.locator('#pin-again').fill(pin);
		await page.getByRole('button', { name: '登记这台平板' }).click();
		return passphrase;
	}

	/** Opens an address of the app and unlocks what it finds locked. */
	async open(address: string, person?: Person): Promise<Page> {
		const page = await this.page();
		await page.goto(address);
		await this.unlock(page, person);
		return page;
	}

	/** Opens the door that is shown; without a person by the words of who enrolled the tablet. */
	async unlock(page: Page, person?: Person): Promise<void> {
		if (person) await page.getByRole('radio', { name: new RegExp(person.name) }).check();
		if (person && 'badge' in person) {
			await page.locator('#badge').fill(person.badge);
			await page.locator('#badge-pin').fill(pin);
			await expect(page.locator('#badge-pin')).toBeHidden();
			return;
		}
		await page.locator('#passphrase').fill(person?.passphrase ?? this.passphrase);
		await page.getByRole('button', { name: '打开', exact: true }).click();
		await expect(page.locator('#passphrase')).toBeHidden();
	}
}
