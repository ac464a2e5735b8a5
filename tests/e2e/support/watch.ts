import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type BrowserContext, type ConsoleMessage, type Page } from '@playwright/test';

const sizes = [
	{ name: 'wide', width: 1280, height: 800 },
	{ name: 'phone', width: 390, height: 844 }
] as const;

/** PICTURES=1 keeps a picture of every screen in test-results, for eyes. */
const pictures = process.env['PICTURES'] === '1';

/** Colours are the same in both languages: without LAMPKEEP_LONG=1 their contrast is looked at in Chinese alone. */
const contrastInEveryLanguage = process.env['LAMPKEEP_LONG'] === '1';

/** WCAG 2.2 AA and all it contains. */
const accessibilityRules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The narrowest screen that a page must fit: 320 CSS pixels (WCAG 1.4.10). */
const narrowestSize = { width: 320, height: 640 } as const;

interface Screen {
	/** What must never stand in the title or the address of this screen: the names of children. */
	readonly untold: readonly string[];
	/** Promised to fit the narrowest screen too. */
	readonly narrowest?: true;
}

/**
 * Watches browsers for what no screen may do - ask another host, fail in the console - and looks at screens in every size.
 */
export class Watch {
	readonly #origin: string;
	readonly #folder: string;
	readonly #expectedFailures = new Set<string>();
	/** Requests to hosts that are not the registry's own. */
	readonly foreign: string[] = [];
	/** What stood in a console as an error, violations of the content security policy among it. */
	readonly errors: string[] = [];
	/** What a passer-by could read above the page: every title and every address there was. */
	readonly told = new Set<string>();
	/** While it is, that the registry does not answer is what the journey is about. */
	registryAway = false;
	/** Every request seen, to tell a watch that sees nothing from one that found nothing. */
	requests = 0;

	/** @param folder where the pictures go */
	constructor(origin: string, folder: string) {
		this.#origin = origin;
		this.#folder = folder;
	}

	/** Also hears every title and address of the pages that are opened from now on. */
	async overTitles(context: BrowserContext): Promise<void> {
		context.on('page', (page) => page.on('framenavigated', (frame) => this.told.add(decodeURIComponent(frame.url()))));
		context.on('console', (message) => {
			if (message.text().startsWith(titleMark)) this.told.add(message.text().slice(titleMark.length));
		});
		await context.addInitScript(tellTitles, titleMark);
	}

	over(context: BrowserContext): void {
		context.on('request', (request) => {
			this.requests += 1;
			const { protocol, origin } = new URL(request.url());
			if (/^(https?|wss?):$/.test(protocol) && origin !== this.#origin) this.foreign.push(request.url());
		});
		context.on('console', (message) => {
			if (message.type() === 'error' && !this.#isExpected(message))
				this.errors.push(`${message.page()?.url() ?? 'a worker'}: ${message.text()}`);
		});
		context.on('weberror', (fault) => {
			this.errors.push(`${fault.page()?.url() ?? 'a worker'}: ${fault.error().stack ?? fault.error().message}`);
		});
	}

	/** The browser reports every answer of 400 and above; for this address it is what was asked for. */
	expectFailure(address: string): void {
		this.#expectedFailures.add(address);
	}

	/**
	 * Looks at the screen that is open, in every size: accessible, no wider than the window, nobody's name in the title
	 * or the address. Goes on after a fault, so that one run tells of all.
	 */
	async look(page: Page, name: string, { untold, narrowest }: Screen): Promise<void> {
		for (const { name: size, ...viewport } of sizes) {
			await page.setViewportSize(viewport);
			await expectNoOverflow(page, `${name}, ${size}`);
			// A window as tall as the page: what only lies under the phone's fixed tabs until it is scrolled is not obscured.
			const height = await page.evaluate(() => document.documentElement.scrollHeight);
			await page.setViewportSize({ ...viewport, height: Math.max(height, viewport.height) });
			expect.soft(await accessibilityFaults(page), `${name}, ${size}: accessible`).toEqual([]);
			if (pictures) await page.screenshot({ path: join(this.#folder, `${name}.${size}.png`) });
		}
		if (narrowest) {
			await page.setViewportSize(narrowestSize);
			await expectNoOverflow(page, `${name}, ${narrowestSize.width} px`);
		}
		await page.setViewportSize(sizes[0]);
		const told = `${await page.title()} ${decodeURIComponent(page.url())}`;
		for (const who of untold) expect.soft(told, `${name}: the title and the address`).not.toContain(who);
	}

	#isExpected(message: ConsoleMessage): boolean {
		if (!message.text().startsWith('Failed to load resource')) return false;
		if (this.registryAway && message.text().includes('net::ERR_')) return true;
		return this.#expectedFailures.has(message.location().url);
	}
}

const titleMark = 'title: ';

/** Runs in the page. */
function tellTitles(mark: string): void {
	let last = '';
	new MutationObserver(() => {
		if (document.title === last) return;
		last = document.title;
		console.debug(`${mark}${last}`);
	}).observe(document, { subtree: true, childList: true, characterData: true });
}

async function expectNoOverflow(page: Page, name: string): Promise<void> {
	const sticking = await page.evaluate(() => {
		const { scrollWidth, clientWidth } = document.documentElement;
		if (scrollWidth <= clientWidth) return [];
		const out = [...document.querySelectorAll('body *')].filter(
			(element) => element.getBoundingClientRect().right > clientWidth
		);
		return [
			`${scrollWidth} of ${clientWidth} pixels`,
			...out.map(({ tagName, className }) => `${tagName}.${className}`)
		];
	});
	expect.soft(sticking, `${name}: nothing sticks out to the side`).toEqual([]);
}

async function accessibilityFaults(page: Page): Promise<string[]> {
	// Legacy: in this very page. The other way opens a second window, which takes the focus from this one.
	// Its half a megabyte is handed over once for each document; the app keeps one document through all its screens.
	const { known, chinese } = await page.evaluate(() => ({
		known: 'axe' in window,
		chinese: document.documentElement.lang === 'zh-CN'
	}));
	const contrast = chinese || contrastInEveryLanguage;
	const { violations } = await new AxeBuilder({ page, ...(known && { axeSource: ';' }) })
		.setLegacyMode()
		.options({
			runOnly: accessibilityRules,
			resultTypes: ['violations'],
			...(!contrast && { rules: { 'color-contrast': { enabled: false } } })
		})
		.analyze();
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(
			({ target, any, all }) =>
				`${id}: ${target.join(' ')} (${[...any, ...all].map((check) => check.message).join('; ')})`
		)
	);
}
