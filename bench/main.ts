import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { buildPages, outFolder, root } from './build-pages.ts';
import { measureBundle } from './bundle.ts';
import { measureCandidates } from './candidates.ts';
import { measureHold } from './hold.ts';
import { readOptions, usage, type Options, type Part } from './options.ts';
import { measurePortal } from './portal.ts';
import { tableText, type Report } from './report.ts';
import { measureReview } from './review.ts';
import { measureSync } from './sync.ts';
import { measureTablet } from './tablet.ts';

/*
 * Every figure of the product, beside its peers, in one run. Prints tables and writes out/latest.json; nothing is asserted,
 * because the machine decides the milliseconds. Goals that were missed are listed at the end.
 */
process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
	let options: Options | 'help';
	try {
		options = readOptions(args);
	} catch (error) {
		console.error(`bench: ${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
		return 1;
	}
	if (options === 'help') {
		console.log(usage);
		return 0;
	}
	if (!existsSync(join(root, 'build', 'handler.js'))) {
		console.error(
			'bench: The product is not built yet: run `npm run build` first (`npm run bench` does it by itself).'
		);
		return 1;
	}
	const say = (sentence: string) => console.error(`bench: ${sentence}`);
	say('bundling the pages');
	await buildPages();
	const began = new Date();
	const loadBefore = loadavg();
	const reports: Report[] = [];
	const failures: { readonly part: Part; readonly error: string }[] = [];
	for (const part of options.only) {
		try {
			const report = await measure(part, options, say);
			reports.push(report);
			print(report);
		} catch (error) {
			// The other parts are worth their figures all the same.
			const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
			failures.push({ part, error: told });
			console.error(`bench: ${part} could not be measured. ${told}`);
		}
	}
	const machine = await machineFacts(began, loadBefore);
	printGoals(reports);
	console.log(`\n${machine.sentence}`);
	await mkdir(outFolder, { recursive: true });
	const latest = join(outFolder, 'latest.json');
	await writeFile(latest, `${JSON.stringify({ machine, options, reports, failures }, null, '\t')}\n`);
	say(`everything measured is in ${latest.slice(root.length + 1)}`);
	return failures.length > 0 ? 1 : 0;
}

function measure(part: Part, options: Options, say: (sentence: string) => void): Promise<Report> {
	switch (part) {
		case 'bundle':
			return measureBundle(say);
		case 'tablet':
			return measureTablet(options, say);
		case 'sync':
			return measureSync(options, say);
		case 'portal':
			return measurePortal(options, say);
		case 'candidates':
			return measureCandidates(options, say);
		case 'hold':
			return measureHold(options, say);
		case 'review':
			return measureReview(options, say);
	}
}

function print({ tables, notes }: Report): void {
	for (const table of tables) console.log(`\n${tableText(table)}`);
	if (notes.length > 0) console.log(`\n${notes.map((note) => `- ${note}`).join('\n')}`);
}

function printGoals(reports: readonly Report[]): void {
	const goals = reports.flatMap((report) => report.goals);
	if (goals.length === 0) return;
	const rows = goals.map(({ goal, measured, met }) => [goal, measured, met ? 'met' : '**missed**']);
	console.log(`\n${tableText({ title: 'Goals', columns: ['', 'measured', ''], rows })}`);
}

async function machineFacts(began: Date, loadBefore: readonly number[]) {
	const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
	const [processor] = cpus();
	const load = [loadBefore[0], loadavg()[0]].map((value) => (value ?? 0).toFixed(1));
	const facts = {
		date: began.toISOString(),
		version,
		commit: commit(),
		system: type(),
		node: process.version,
		cores: cpus().length,
		processor: processor?.model.trim() ?? 'unknown',
		memoryGigabytes: Math.round(totalmem() / 2 ** 30),
		loadBefore: load[0],
		loadAfter: load[1]
	};
	const sentence =
		`${facts.date.slice(0, 16).replace('T', ' ')} UTC, Lampkeep ${facts.version} (${facts.commit}), Node ${facts.node}, ${facts.system}, ` +
		`${facts.cores} cores (${facts.processor}), ${facts.memoryGigabytes} GB; load average ${facts.loadBefore} before, ${facts.loadAfter} after.`;
	return { ...facts, sentence };
}

/** Empty outside a clone. */
function commit(): string {
	try {
		return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
			cwd: root,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore']
		}).trim();
	} catch {
		return 'no commit';
	}
}
