import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from '../scripts/find-browser.mjs';

/*
 * The entry of `npm run bench`: fetches what the figures are measured beside (its own lockfile, kept out of the product),
 * then hands over to main.ts. `node bench/run.mjs --help` lists the options.
 */
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..');

if (!installed()) {
	console.log('bench: fetching what we are measured beside (npm ci in bench/).');
	const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
	// Install scripts are not run: leveldown and the others bring their programs ready-made.
	const { status } = spawnSync(npm, ['ci', '--prefix', here, '--ignore-scripts', '--no-audit', '--no-fund'], {
		stdio: 'inherit',
		shell: process.platform === 'win32'
	});
	if (status !== 0) {
		console.error('bench: `npm ci --prefix bench` failed; its own words are above.');
		process.exit(1);
	}
}

const browser = findBrowser(root, process.env);
if ('problem' in browser) {
	console.error(`bench: ${browser.problem}`);
	process.exit(1);
}
const main = spawn(process.execPath, ['--import', 'tsx', join(here, 'main.ts'), ...process.argv.slice(2)], {
	cwd: root,
	stdio: 'inherit',
	env: { ...process.env, CHROMIUM_PATH: browser.path }
});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => main.kill(signal));
// In a terminal Ctrl-C reaches main.ts by itself; it stops what it started.
process.on('SIGINT', () => undefined);
main.on('exit', (code) => process.exit(code ?? 1));

/** npm leaves the lockfile it installed from in node_modules; the same packages mean that nothing is to be done. */
function installed() {
	const kept = join(here, 'node_modules', '.package-lock.json');
	if (!existsSync(kept)) return false;
	const versions = (/** @type {string} */ file) =>
		Object.entries(JSON.parse(readFileSync(file, 'utf8')).packages)
			.filter(([path, entry]) => path !== '' && !(/** @type {any} */ (entry).optional))
			.map(([path, entry]) => `${path} ${/** @type {any} */ (entry).version}`)
			.join('\n');
	return versions(kept) === versions(join(here, 'package-lock.json'));
}
