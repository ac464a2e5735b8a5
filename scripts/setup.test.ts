import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { nodeProblem, staleDependencies } from './dependencies.mjs';
import { findBrowser, untar } from './find-browser.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'lampkeep-setup-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
});

test.each([
	['18.20.4', true],
	['20.18.9', true],
	['20.19.0', false],
	['22.1.0', false],
	['26.10.0', false]
])('Node %s: too old is %s', (version, tooOld) => {
	expect(nodeProblem(version) !== null).toBe(tooOld);
	if (tooOld) expect(nodeProblem(version)).toContain(`this is Node ${version}`);
});

describe('the dependencies', () => {
	const lock = (packages: object) => JSON.stringify({ packages: { '': { name: 'lampkeep' }, ...packages } });
	const one = { 'node_modules/one': { version: '1.0.0', integrity: 'sha512-a' } };
	const forOtherPlatform = { 'node_modules/win': { version: '1.0.0', integrity: 'sha512-w', optional: true } };
	const install = (packages: object) => {
		mkdirSync(join(folder, 'node_modules'), { recursive: true });
		writeFileSync(join(folder, 'node_modules', '.package-lock.json'), lock(packages));
	};
	beforeEach(() => writeFileSync(join(folder, 'package-lock.json'), lock({ ...one, ...forOtherPlatform })));

	test('of a fresh clone are not installed', () => {
		expect(staleDependencies(folder)).toBe('they are not installed');
	});
	test('are complete without the packages for other systems', () => {
		install(one);
		expect(staleDependencies(folder)).toBeNull();
	});
	test('are stale when one is missing or has changed', () => {
		install({});
		expect(staleDependencies(folder)).toBe('node_modules/one is missing');
		install({ 'node_modules/one': { version: '1.0.1', integrity: 'sha512-b' } });
		expect(staleDependencies(folder)).toBe('node_modules/one has changed');
	});
});

describe('the browser for the tests', () => {
	const browser = (name: string, script: string) => {
		const path = join(folder, name);
		writeFileSync(path, `#!/bin/sh\n${script}\n`);
		chmodSync(path, 0o755);
		return path;
	};

	test('is the one CHROMIUM_PATH names, before the system’s', () => {
		const named = browser('mine', 'exit 0');
		browser('chromium', 'exit 0');
		expect(findBrowser(folder, { CHROMIUM_PATH: named, PATH: folder })).toEqual({ path: named, from: 'CHROMIUM_PATH' });
	});
	test('CHROMIUM_PATH that does not start is said, not passed over', () => {
		browser('chromium', 'exit 0');
		expect(findBrowser(folder, { CHROMIUM_PATH: '/nowhere/chrome', PATH: folder })).toEqual({
			problem: 'CHROMIUM_PATH names /nowhere/chrome, which does not start; correct it or leave it out.'
		});
	});
	test('is the first of the system’s that starts: a stub without its snap is passed over', () => {
		browser('chromium', 'exit 1');
		const chrome = browser('google-chrome', 'exit 0');
		expect(findBrowser(folder, { PATH: folder })).toEqual({ path: chrome, from: 'the system' });
	});
	test.runIf(process.platform === 'linux')('is missed in a sentence when there is none', () => {
		expect(findBrowser(folder, { PATH: folder })).toMatchObject({
			problem: expect.stringMatching(/^No browser was found/)
		});
	});
	test.runIf(process.platform === 'linux' && process.arch === 'x64')('comes from npm when the system has none', () => {
		const found = findBrowser(root, { PATH: folder });
		expect(found).toMatchObject({ from: expect.stringMatching(/^(the npm package @sparticuz\/chromium|Playwright)$/) });
		const path = 'path' in found ? found.path : '';
		expect(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout).toMatch(/Chrom(e|ium)/);
	});
});

test('an archive cannot write outside its folder', () => {
	const header = Buffer.alloc(1024);
	header.write('../outside');
	header.write('0000644', 100);
	header.write('00000000000', 124);
	header.write('0', 156);
	expect(() => untar(header, join(folder, 'inside'))).toThrow('names a file outside its folder: ../outside');
	expect(existsSync(join(folder, 'outside'))).toBe(false);
});

describe('npm run lampkeep', () => {
	const lampkeep = (...words: string[]) =>
		spawnSync(process.execPath, [join(root, 'scripts', 'lampkeep.mjs'), ...words], { encoding: 'utf8' });

	test('an unknown command is one sentence on standard error, and exit 1', () => {
		const { status, stdout, stderr } = lampkeep('no-such-command', '--json');
		expect([status, stdout, stderr]).toEqual([
			1,
			'',
			'There is no command "no-such-command"; `lampkeep --help` lists them.\n'
		]);
	});
	test('--help lists the commands, and of a command its usage', () => {
		const { status, stdout } = lampkeep('--help');
		expect([status, stdout]).toEqual([0, expect.stringMatching(/\n {2}migrate +bring the database/)]);
		expect(lampkeep('migrate', '--help').stdout).toMatch(/^bring the database/);
	});
	test('a wrong option is a sentence that names the command', () => {
		const { status, stdout, stderr } = lampkeep('migrate', '--fast');
		expect([status, stdout]).toEqual([1, '']);
		expect(stderr).toMatch(/^Unknown option '--fast'.*`lampkeep migrate --help` lists the options\.\n$/);
	});
});

test('.ci/run is npm test and nothing else, from whatever folder it is started in', () => {
	mkdirSync(join(folder, '.ci'));
	cpSync(join(root, '.ci', 'run'), join(folder, '.ci', 'run'));
	const package_ = { scripts: { test: 'echo tested in "$INIT_CWD" && exit 3' } };
	writeFileSync(join(folder, 'package.json'), JSON.stringify(package_));
	const { status, stdout } = spawnSync(join(folder, '.ci', 'run'), { cwd: '/', encoding: 'utf8' });
	expect(status).toBe(3);
	expect(stdout).toContain(`tested in ${folder}`);
	expect(
		readFileSync(join(root, '.ci', 'run'), 'utf8')
			.trim()
			.split('\n')
			.at(-1)
	).toBe('exec npm test');
});
