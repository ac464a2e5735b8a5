import { deviceIdSchema, institutionIdSchema, staffIdSchema } from '../src/lib/domain/ids.ts';
import { newProfile, withPage } from './browser.ts';
import { pagesFolder } from './build-pages.ts';
import { withEndings } from './ending.ts';
import { filesOf, reckon, type Reckoned } from './hold-work.ts';
import { listen } from './listening.ts';
import type { Options } from './options.ts';
import type { Goal, Report, Table } from './report.ts';
import { sendFile } from './static-files.ts';
import { growth, median } from './statistics.ts';

/*
 * Holds and conditions of many children reckoned anew, as after a new table of holidays: by the server's Node and by a
 * page of a tablet whose renderer is slowed.
 */

const house = {
	institutionId: institutionIdSchema.parse('0b8a1f7e-3333-4333-8333-333333333333'),
	staffId: staffIdSchema.parse('0b8a1f7e-5555-4555-8555-555555555555'),
	deviceId: deviceIdSchema.parse('0b8a1f7e-7777-4777-8777-777777777777')
};

/** What the goal speaks of. */
const wanted = 10_000;

interface Measured {
	readonly children: number;
	readonly server: readonly number[];
	readonly page: readonly number[];
	readonly slowed: readonly number[];
	readonly statuses: Reckoned['statuses'];
}

export async function measureHold(options: Options, say: (sentence: string) => void): Promise<Report> {
	const measured: Measured[] = [];
	for (const children of options.children) measured.push(await measure(children, options, say));
	return {
		part: 'hold',
		tables: [table(measured, options)],
		notes: notes(measured),
		goals: goals(measured, options),
		raw: measured
	};
}

async function measure(children: number, options: Options, say: (sentence: string) => void): Promise<Measured> {
	say(`hold: the files of ${children} children are made, here and in a page`);
	const files = filesOf(children, house);
	return withEndings(async (endings) => {
		const profile = await newProfile();
		endings.add(() => profile.remove());
		const server = await listen((request, response) => {
			const { pathname } = new URL(request.url ?? '/', 'http://localhost');
			sendFile(pagesFolder, pathname.replace(/^\/bench/, ''), request, response).then(
				(sent) => sent || response.writeHead(404).end(),
				(error: unknown) => response.destroy(error as Error)
			);
		}, 0);
		endings.add(() => server.close());
		return withPage(profile.path, async ({ page, slow }) => {
			await page.goto(`${server.origin}/bench/hold.html`);
			await page.waitForFunction(() => 'holdBench' in window);
			const made = await page.evaluate(([count, who]) => window.holdBench.fill(count, who), [children, house] as const);
			if (made !== files.length) throw new Error('The page made other files.');
			const result = { server: [] as number[], page: [] as number[], slowed: [] as number[] };
			let statuses: Reckoned['statuses'] = {};
			for (let round = 0; round < options.rounds; round++) {
				const here = reckon(files);
				statuses = here.statuses;
				const there = await page.evaluate(() => window.holdBench.reckon());
				const throttle = await slow(options.throttle, 'renderer');
				const slowed = await page.evaluate(() => window.holdBench.reckon());
				await throttle.release();
				if (JSON.stringify(there.statuses) !== JSON.stringify(statuses) || there.conditions !== here.conditions)
					throw new Error('Server and page do not agree.');
				result.server.push(here.milliseconds);
				result.page.push(there.milliseconds);
				result.slowed.push(slowed.milliseconds);
			}
			return { children, ...result, statuses };
		});
	});
}

function table(measured: readonly Measured[], { throttle, rounds }: Options): Table {
	return {
		title: `Holds and conditions of all children, ms (medians of ${rounds})`,
		columns: ['children', 'server', 'page, not slowed', `page, ${throttle}x, whole renderer`, 'slowed / server'],
		rows: measured.map(({ children, server, page, slowed }) => [
			children.toLocaleString('en-US'),
			median(server),
			median(page),
			median(slowed),
			`${(median(slowed) / median(server)).toFixed(1)}x`
		])
	};
}

function notes(measured: readonly Measured[]): readonly string[] {
	const slope = growth(measured.map(({ children, server }) => ({ size: children, cost: median(server) })));
	const last = measured.at(-1);
	return [
		'From the folded file to clocks, conditions and blockers (domain/case-file/child-hold.ts); server and page agree on every state.',
		...(last ? [`States of the ${last.children.toLocaleString('en-US')}: ${JSON.stringify(last.statuses)}.`] : []),
		...(slope === undefined ? [] : [`As the children grow: slope ${slope.toFixed(2)} on log-log axes (1 is linear).`])
	];
}

function goals(measured: readonly Measured[], { throttle }: Options): readonly Goal[] {
	const found = measured.find(({ children }) => children === wanted);
	if (!found) return [];
	return [['on the server', found.server] as const, [`on a tablet at ${throttle}x`, found.slowed] as const].map(
		([where, milliseconds]) => ({
			goal: `hold and conditions of 10,000 children ${where} ≤ 1 s`,
			measured: `${Math.round(median(milliseconds))} ms`,
			met: median(milliseconds) <= 1000
		})
	);
}
