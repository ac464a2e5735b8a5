import type { Page } from 'playwright';
import { withPage, newProfile, type OpenPage } from './browser.ts';
import { withEndings } from './ending.ts';
import type { Options } from './options.ts';
import type { Goal, Report, Table } from './report.ts';
import { rounded } from './report.ts';
import { growth, median, quantile } from './statistics.ts';
import { serveTablet } from './tablet-server.ts';
import type { Filled, Reopened, Searched, TabletBench } from './pages/tablet.ts';

declare const bench: TabletBench;

/** How the processor was slowed. */
const slownesses = ['none', 'main thread', 'renderer'] as const;
type Slowness = (typeof slownesses)[number];

/** One visit to the tablet: a browser started anew on the profile. */
interface Visit {
	readonly slowed: Slowness;
	/** The page asked for to "type your passphrase". */
	readonly ready: number;
	readonly unlock: number;
	/** The same with badge and PIN, and after resting with the PIN. */
	readonly reopened: Reopened;
	readonly argon2id: number;
	readonly searches: readonly Searched[];
	readonly page: readonly number[];
	readonly save: readonly number[];
	readonly saveOne: readonly number[];
	readonly prepare: readonly { readonly milliseconds: number; readonly from: number; readonly bytes: number }[];
}

/** One visit to the app itself, through its screens. */
interface AppVisit {
	readonly slowed: Slowness;
	readonly ready: number;
	readonly unlock: number;
	readonly keystrokes: readonly number[];
}

interface Tablet {
	readonly children: number;
	readonly filled: Filled;
	readonly visits: readonly Visit[];
	readonly app: readonly AppVisit[];
	readonly browser: string;
}

const intakesPerVisit = 4;

export async function measureTablet(options: Options, say: (sentence: string) => void): Promise<Report> {
	const tablets: Tablet[] = [];
	for (const children of options.children) tablets.push(await measureOne(children, options, say));
	const wanted = tablets.find(({ children }) => children === 10_000) ?? tablets.at(-1);
	if (!wanted) throw new Error('No number of children was given.');
	return {
		part: 'tablet',
		tables: [...tablets.map((tablet) => tabletTable(tablet, options)), growthTable(tablets)],
		notes: notes(wanted, options),
		goals: wanted.children === 10_000 ? goals(wanted) : [],
		raw: tablets
	};
}

async function measureOne(children: number, options: Options, say: (sentence: string) => void): Promise<Tablet> {
	return withEndings(async (endings) => {
		const profile = await newProfile();
		endings.add(() => profile.remove());
		const server = await serveTablet(children, 0);
		endings.add(() => server.close());
		const address = `${server.origin}/bench/tablet.html`;

		say(`tablet: ${children} children are brought to the tablet`);
		const { filled, browser } = await withPage(profile.path, async ({ page, version }) => {
			await page.goto(address);
			return { filled: await page.evaluate(() => bench.fill()), browser: version };
		});
		const visits: Visit[] = [];
		const app: AppVisit[] = [];
		for (let round = 1; round <= options.rounds; round++) {
			for (const slowed of slownesses) {
				if (slowed === 'renderer' && process.platform === 'win32') continue;
				say(`tablet: ${children} children, round ${round}, slowed: ${slowed}`);
				visits.push(await withPage(profile.path, (open) => visit(open, address, children, slowed, options.throttle)));
				app.push(await withPage(profile.path, (open) => visitApp(open, server.origin, slowed, options.throttle)));
			}
		}
		return { children, filled, visits, app, browser };
	});
}

async function visit(
	{ page, slow }: OpenPage,
	address: string,
	children: number,
	slowed: Slowness,
	rate: number
): Promise<Visit> {
	// The renderer that will show the page must be there before it can be slowed: the server's own empty page.
	await page.goto(new URL('/bench/nothing', address).href);
	const brake = slowed === 'none' ? undefined : await slow(rate, slowed);
	try {
		await page.goto(address);
		const ready = await page.evaluate(() => bench.ready());
		const opened = await page.evaluate(() => bench.unlock());
		// Saves of earlier visits added some.
		if (opened.total < children) throw new Error(`${opened.total} of ${children} children are on the tablet.`);
		const reopened = await page.evaluate(() => bench.reopen());
		const argon2id = await page.evaluate(() => bench.argon2id());
		const searches = await page.evaluate((n) => bench.search(n), children);
		const list = await page.evaluate((n) => bench.page(n), children);
		const saveOne = await page.evaluate(() => bench.saveOne(20));
		const save = await page.evaluate((n) => bench.save(n), intakesPerVisit);
		const prepare = await page.evaluate(() => bench.preparePhotos());
		return { slowed, ready, unlock: opened.unlock, reopened, argon2id, searches, page: list, save, saveOne, prepare };
	} finally {
		await brake?.release();
	}
}

const passphrase = 'lumei taiguo hebao xiwei dafu';
const typedInApp = ['l', 'li', 'lix', 'zhang', 'wj', '0117', '痣'];

/** The built app: its unlock screen, its list, its search box. */
async function visitApp({ page, slow }: OpenPage, origin: string, slowed: Slowness, rate: number): Promise<AppVisit> {
	await page.goto(`${origin}/bench/nothing`);
	const brake = slowed === 'none' ? undefined : await slow(rate, slowed);
	try {
		await page.goto(`${origin}/app/children`);
		// The person has a badge too, which is offered first.
		await page.locator('input[name=way][value=passphrase]').check();
		await page.locator('#passphrase').waitFor();
		const ready = await page.evaluate(() => performance.now());
		await page.locator('#passphrase').fill(passphrase);
		const unlock = await untilListed(page, 'submit', '');
		const keystrokes: number[] = [];
		for (const words of typedInApp) {
			keystrokes.push(await untilListed(page, 'type', words));
			await untilListed(page, 'type', '');
		}
		return { slowed, ready, unlock, keystrokes };
	} finally {
		await brake?.release();
	}
}

/** Milliseconds from the press of the button, or from the letters, to the next change of the list that is then laid out. */
function untilListed(page: Page, act: 'submit' | 'type', words: string): Promise<number> {
	// No named function inside: the page does not know the helper that tsx gives them their names with.
	return page.evaluate(
		({ act, words }) =>
			new Promise<number>((resolve, reject) => {
				const began = performance.now();
				const before = document.querySelector('section[aria-live] h2')?.textContent;
				const giveUp = setTimeout(() => reject(new Error(`The list did not change after "${words}".`)), 60_000);
				new MutationObserver((_, observer) => {
					const section = document.querySelector('section[aria-live="polite"]');
					if (!(section instanceof HTMLElement) || section.getAttribute('aria-busy') === 'true') return;
					const heading = section.querySelector('h2')?.textContent;
					if (heading === undefined || heading === before || section.offsetHeight === 0) return;
					clearTimeout(giveUp);
					observer.disconnect();
					resolve(performance.now() - began);
				}).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
				if (act === 'submit') {
					document.querySelector('form')?.requestSubmit();
					return;
				}
				const box = document.querySelector('#search');
				if (!(box instanceof HTMLInputElement)) throw new Error('The app shows no search box.');
				box.value = words;
				box.dispatchEvent(new InputEvent('input', { bubbles: true }));
			}),
		{ act, words }
	);
}

function tabletTable({ children, visits, app, filled }: Tablet, { throttle }: Options): Table {
	const of = (slowed: Slowness) => visits.filter((each) => each.slowed === slowed);
	const inApp = (slowed: Slowness) => app.filter((each) => each.slowed === slowed);
	const row = (name: string, figure: (visits: readonly Visit[]) => number): (string | number | undefined)[] => {
		const cells = slownesses.map((slowed) => (of(slowed).length > 0 ? figure(of(slowed)) : undefined));
		return [name, ...cells, ratio(cells[2], cells[0])];
	};
	const appRow = (name: string, figure: (visits: readonly AppVisit[]) => number): (string | number | undefined)[] => {
		const cells = slownesses.map((slowed) => (inApp(slowed).length > 0 ? figure(inApp(slowed)) : undefined));
		return [name, ...cells, ratio(cells[2], cells[0])];
	};
	const kinds = [...new Set(visits.flatMap(({ searches }) => searches.map(({ kind }) => kind)))];
	const times = (visits: readonly Visit[], kind?: string) =>
		visits.flatMap(({ searches }) =>
			searches.filter((each) => kind === undefined || each.kind === kind).map((each) => each.milliseconds)
		);
	return {
		title: `On the tablet, ${children.toLocaleString('en-US')} children, ms (${filled.entries.toLocaleString('en-US')} entries, ${rounded(filled.recordBytes / 1e6)} MB sealed, brought there in ${rounded(filled.milliseconds / 1000)} s)`,
		columns: [
			'',
			'not slowed',
			`${throttle}x, main thread (CDP)`,
			`${throttle}x, whole renderer`,
			'whole / not slowed'
		],
		rows: [
			row('start to "passphrase?" (bench page)', (visits) => median(visits.map(({ ready }) => ready))),
			row('**cold unlock to first list**', (visits) => median(visits.map(({ unlock }) => unlock))),
			row('**cold unlock with badge and PIN**', (visits) => median(visits.map(({ reopened }) => reopened.badge))),
			row('**warm: PIN to first list**', (visits) => median(visits.map(({ reopened }) => reopened.warm))),
			row('of which Argon2id (measured alone)', (visits) => median(visits.map(({ argon2id }) => argon2id))),
			row('page of 50', (visits) => median(visits.flatMap(({ page }) => page))),
			row('**search, keystroke to result**, p50', (visits) => median(times(visits))),
			row('search p95', (visits) => quantile(times(visits), 0.95)),
			row('search, slowest', (visits) => quantile(times(visits), 1)),
			...kinds.map((kind) => row(`search by ${kind}, p95`, (visits) => quantile(times(visits, kind), 0.95))),
			row('save one answer, p50', (visits) => median(visits.flatMap(({ saveOne }) => saveOne))),
			row('**intake with three photos to "saved"**, p50', (visits) => median(visits.flatMap(({ save }) => save))),
			row('the same, slowest', (visits) =>
				quantile(
					visits.flatMap(({ save }) => save),
					1
				)
			),
			row('one 12 MP photo made ready', (visits) =>
				median(visits.flatMap(({ prepare }) => prepare.map(({ milliseconds }) => milliseconds)))
			),
			appRow('app: start to "passphrase?"', (visits) => median(visits.map(({ ready }) => ready))),
			appRow('**app: cold unlock to first list**', (visits) => median(visits.map(({ unlock }) => unlock))),
			appRow('**app: search, keystroke to result**, p50', (visits) =>
				median(visits.flatMap(({ keystrokes }) => keystrokes))
			),
			appRow('app: search, slowest', (visits) =>
				quantile(
					visits.flatMap(({ keystrokes }) => keystrokes),
					1
				)
			)
		]
	};
}

function growthTable(tablets: readonly Tablet[]): Table {
	const rows: readonly (readonly [string, (tablet: Tablet) => number])[] = [
		[
			'cold unlock to first list, without Argon2id',
			(tablet) => of(tablet, ({ unlock, argon2id }) => [Math.max(0.1, unlock - argon2id)])
		],
		['cold unlock to first list', (tablet) => of(tablet, ({ unlock }) => [unlock])],
		['page of 50', (tablet) => of(tablet, ({ page }) => page)],
		['search, p50', (tablet) => of(tablet, ({ searches }) => searches.map(({ milliseconds }) => milliseconds))],
		['save one answer', (tablet) => of(tablet, ({ saveOne }) => saveOne)],
		['intake with three photos', (tablet) => of(tablet, ({ save }) => save)],
		['all children brought there', ({ filled }) => filled.milliseconds]
	];
	return {
		title: 'As the tablet fills: medians in ms, not slowed, and the slope on log-log axes (1 is linear, 0 is constant)',
		columns: ['', ...tablets.map(({ children }) => `${children.toLocaleString('en-US')} children`), 'slope'],
		rows: rows.map(([name, figure]) => {
			const points = tablets.map((tablet) => ({ size: tablet.children, cost: figure(tablet) }));
			const slope = growth(points);
			return [name, ...points.map(({ cost }) => cost), slope === undefined ? undefined : slope.toFixed(2)];
		})
	};
}

function of({ visits }: Tablet, values: (visit: Visit) => readonly number[]): number {
	return median(visits.filter(({ slowed }) => slowed === 'none').flatMap(values));
}

function goals({ visits, app }: Tablet): readonly Goal[] {
	const slowest = visits.some(({ slowed }) => slowed === 'renderer') ? 'renderer' : 'main thread';
	const slowed = visits.filter((visit) => visit.slowed === slowest);
	const inApp = app.filter((visit) => visit.slowed === slowest);
	const goal = (name: string, measured: number, most: number, unit = 'ms'): Goal => ({
		goal: `${name} ≤ ${most.toLocaleString('en-US')} ${unit} (slowed: ${slowest})`,
		measured: `${rounded(measured).toLocaleString('en-US')} ${unit}`,
		met: measured <= most
	});
	const searches = slowed.flatMap(({ searches }) => searches.map(({ milliseconds }) => milliseconds));
	return [
		goal('10,000 children: cold unlock to first list', median(slowed.map(({ unlock }) => unlock)), 3000),
		goal('the same in the app', median(inApp.map(({ unlock }) => unlock)), 3000),
		goal('cold unlock with badge and PIN', median(slowed.map(({ reopened }) => reopened.badge)), 3000),
		goal('warm: PIN to first list', median(slowed.map(({ reopened }) => reopened.warm)), 600),
		goal('of which Argon2id', median(slowed.map(({ argon2id }) => argon2id)), 2700),
		goal('search, keystroke to result, p50', median(searches), 50),
		goal('search, keystroke to result, p95', quantile(searches, 0.95), 50),
		goal('search in the app, p50', median(inApp.flatMap(({ keystrokes }) => keystrokes)), 50),
		goal('intake with three photos to "saved"', median(slowed.flatMap(({ save }) => save)), 1000)
	];
}

function notes({ visits, browser }: Tablet, { throttle, rounds }: Options): readonly string[] {
	const photos = visits.flatMap(({ prepare }) => prepare);
	return [
		`Chromium ${browser}, profile on disk, the browser started anew for each of ${rounds} rounds; the system's disk cache stays warm.`,
		`CDP's throttle slows the page's main thread only and refuses workers, where the vault, Argon2id and the photos run; "whole renderer" holds all its threads for ${throttle - 1} of ${throttle} slices (SIGSTOP), the browser's own disk process not.`,
		`Photos: ${rounded(median(photos.map(({ from }) => from)) / 1e6)} MB as taken, ${rounded(median(photos.map(({ bytes }) => bytes)) / 1e3)} kB when ready. They are ready before "intake with three photos" begins, as in the app, where each is made ready when it is taken.`
	];
}

function ratio(value: string | number | undefined, base: string | number | undefined): string | undefined {
	if (typeof value !== 'number' || typeof base !== 'number' || base <= 0) return undefined;
	return `${rounded(value / base)}x`;
}
