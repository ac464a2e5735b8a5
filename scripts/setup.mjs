import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies, nodeProblem } from './dependencies.mjs';
import { findBrowser } from './find-browser.mjs';
import { playwrightTally, summary, vitestTally } from './tally.mjs';

/*
 * From a fresh clone to a running demo or a complete check with one command and nothing but Node and npm:
 *
 *   npm run demo        build if needed, then src/cli/demo.ts
 *   npm test            every check there is; all of them run, whatever fails
 *   npm run test:long   the same with the long simulations (LAMPKEEP_LONG=1)
 *   npm run bench       the figures, after a build
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const say = (/** @type {string} */ sentence) => console.log(`lampkeep: ${sentence}`);

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
let endAsked = false;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
	process.on(signal, () => {
		endAsked = true;
		// In a terminal Ctrl-C reaches the child by itself; a second one from us would count as impatience.
		if (!(signal === 'SIGINT' && process.stdin.isTTY)) for (const child of running) child.kill(signal);
	});
}

process.exit(await main(process.argv[2], process.argv.slice(3)));

/**
 * @param {string | undefined} task
 * @param {string[]} rest
 * @returns {Promise<number>} the exit code
 */
async function main(task, rest) {
	const problem = nodeProblem(process.versions.node) ?? ensureDependencies(root, say, 'stdout');
	if (problem) {
		say(problem);
		return 1;
	}
	switch (task) {
		case 'demo':
			return (await buildIfNeeded()) ? 1 : run('the demo', lampkeep('demo', ...rest), {});
		case 'test':
			return test({});
		case 'test:long':
			return test({ LAMPKEEP_LONG: '1' });
		case 'bench': {
			const browser = findBrowser(root, process.env);
			if ('problem' in browser) say(browser.problem);
			const env = 'path' in browser ? { CHROMIUM_PATH: browser.path } : {};
			return (await buildIfNeeded()) || run('the bench', [join(root, 'bench', 'run.mjs'), ...rest], env);
		}
		default:
			say('Say what to do: npm run demo, npm test, npm run test:long or npm run bench.');
			return 1;
	}
}

/**
 * @param {Record<string, string>} extra environment for every step
 */
async function test(extra) {
	const results = mkdtempSync(join(tmpdir(), 'lampkeep-results-'));
	const vitestReport = join(results, 'vitest.json');
	const playwrightReport = join(results, 'playwright.json');
	/** @type {import('./tally.mjs').Row[]} */
	const rows = [];
	const env = { ...extra };
	const browser = findBrowser(root, process.env);
	if ('path' in browser) {
		say(`The tests use the browser ${browser.path} (from ${browser.from}).`);
		env.CHROMIUM_PATH = browser.path;
	} else {
		say(`${browser.problem} The checks that need none run all the same.`);
		rows.push({ name: 'a browser for the tests', passed: 0, failed: 1, skipped: 0, seconds: 0 });
	}
	/** @typedef {[name: string, words: string[]]} Check */
	/** @param {Check[]} checks @param {'inherit' | 'pipe'} output */
	const inTurn = async (checks, output) => {
		for (const [name, words] of checks) {
			if (endAsked) return;
			const { code, seconds } = await timed(name, words, env, output);
			rows.push({ name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, seconds });
		}
	};
	// It writes the tsconfig that the others read.
	await inTurn([['check: generated types', [program('@sveltejs/kit', 'svelte-kit'), 'sync']]], 'inherit');
	// Each of them keeps one core busy; the linter takes about as long as all the others.
	say('Linters and compilers, two at a time; each says what it found when it ends.');
	await Promise.all([
		inTurn([['lint: eslint', [program('eslint'), '.']]], 'pipe'),
		inTurn(
			[
				['lint: layers', [program('dependency-cruiser', 'depcruise'), '--config', '.dependency-cruiser.cjs', 'src']],
				['lint: format', [program('prettier'), '--check', '.']],
				['check: types', [program('svelte-check'), '--tsconfig', './tsconfig.json']],
				['check: pure layers', [program('typescript', 'tsc'), '-p', 'tsconfig.pure.json']],
				['check: service worker', [program('typescript', 'tsc'), '-p', 'tsconfig.worker.json']]
			],
			'pipe'
		)
	]);
	await inTurn([['build', [program('vite'), 'build']]], 'inherit');
	if (endAsked) return 130;
	const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`];
	const unit = await timed('vitest', [program('vitest'), 'run', ...reporters], env);
	if (endAsked) return 130;
	rows.push({ name: 'vitest', ...vitestTally(report(vitestReport), unit.code), seconds: unit.seconds });
	const browserTests = await timed('playwright', [program('@playwright/test', 'playwright'), 'test'], {
		...env,
		PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport
	});
	if (endAsked) return 130;
	const playwright = playwrightTally(report(playwrightReport), browserTests.code);
	rows.push({ name: 'playwright', ...playwright, seconds: browserTests.seconds });
	rmSync(results, { recursive: true, force: true });
	console.log(`\n${summary(rows)}`);
	return rows.some((row) => row.failed > 0) ? 1 : 0;
}

/** @returns {Promise<number>} 0, or the exit code of a build that failed */
async function buildIfNeeded() {
	const built = join(root, 'build', 'handler.js');
	const sources = ['src', 'static', 'vite.config.ts', 'svelte.config.js', 'package-lock.json'];
	const changed = Math.max(...sources.map((name) => newest(join(root, name))));
	if (existsSync(built) && statSync(built).mtimeMs > changed) return 0;
	say(existsSync(built) ? 'The sources have changed since the last build; building.' : 'Building the program.');
	return run('the build', [program('vite'), 'build'], {});
}

/**
 * When the youngest file under a path was changed, in milliseconds since 1970; 0 when there is none.
 *
 * @param {string} path
 * @returns {number}
 */
function newest(path) {
	if (!existsSync(path)) return 0;
	const itself = statSync(path);
	if (!itself.isDirectory()) return itself.mtimeMs;
	return Math.max(itself.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** @param {string[]} words */
function lampkeep(...words) {
	return ['--import', 'tsx', join(root, 'src', 'cli', 'lampkeep.ts'), ...words];
}

/**
 * The file behind a package's command: no shell, no npx, the same on every system.
 *
 * @param {string} name
 * @param {string} command
 */
function program(name, command = name) {
	const home = join(root, 'node_modules', name);
	const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
	return join(home, typeof bin === 'string' ? bin : bin[command]);
}

/**
 * @param {string} name
 * @param {string[]} words
 * @param {Record<string, string>} env
 * @param {'inherit' | 'pipe'} [output] straight to ours; or kept until the end, for what runs beside something else
 */
async function timed(name, words, env, output = 'inherit') {
	if (output === 'inherit') console.log(`\n── ${name}`);
	const start = performance.now();
	const code = await run(name, words, env, output);
	return { code, seconds: (performance.now() - start) / 1000 };
}

/**
 * Runs Node with these words.
 *
 * @param {string} name what could not be started, in a sentence
 * @param {string[]} words
 * @param {Record<string, string>} env
 * @param {'inherit' | 'pipe'} [output] straight to ours; or kept until the end
 * @returns {Promise<number>} the exit code
 */
function run(name, words, env, output = 'inherit') {
	return new Promise((resolve) => {
		const stdio = output === 'inherit' ? output : /** @type {const} */ (['ignore', output, output]);
		const child = spawn(process.execPath, words, { cwd: root, stdio, env: { ...process.env, ...env } });
		running.add(child);
		/** @type {Buffer[]} */
		const said = [];
		for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => said.push(part));
		child.on('error', (error) => {
			running.delete(child);
			say(`${name} could not be started: ${error.message}`);
			resolve(1);
		});
		child.on('close', (code) => {
			running.delete(child);
			if (output === 'pipe') console.log(`\n── ${name}\n${Buffer.concat(said).toString()}`);
			resolve(code ?? 1);
		});
	});
}

/**
 * @param {string} path
 * @returns {unknown} what the reporter wrote; null when it wrote nothing
 */
function report(path) {
	return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}
