import { spawnSync } from 'node:child_process';
import {
	accessSync,
	chmodSync,
	constants,
	existsSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	symlinkSync,
	writeFileSync
} from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, normalize } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/*
 * A Chromium for the tests, from the nearest place that has one that starts:
 * CHROMIUM_PATH, the system, Playwright's own, the npm package @sparticuz/chromium (Linux on x64 only).
 */
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const fixedPlaces = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'
];

/**
 * @param {string} root the repository, with its dependencies installed
 * @param {Record<string, string | undefined>} env
 * @returns {{ path: string, from: string } | { problem: string }} the program to start and where it comes from, or a
 * sentence that says what to do
 */
export function findBrowser(root, env) {
	if (env.CHROMIUM_PATH) {
		if (starts(env.CHROMIUM_PATH)) return { path: env.CHROMIUM_PATH, from: 'CHROMIUM_PATH' };
		return { problem: `CHROMIUM_PATH names ${env.CHROMIUM_PATH}, which does not start; correct it or leave it out.` };
	}
	const system = [...onPath(env.PATH ?? ''), ...fixedPlaces].find(starts);
	if (system) return { path: system, from: 'the system' };
	const playwrights = playwrightBrowser(root);
	if (playwrights && starts(playwrights)) return { path: playwrights, from: 'Playwright' };
	const packaged = unpackedBrowser(root);
	if (packaged && starts(packaged)) return { path: packaged, from: 'the npm package @sparticuz/chromium' };
	return {
		problem:
			'No browser was found for the tests. Install Chromium or Chrome, or run `npx playwright install chromium`, ' +
			'or set CHROMIUM_PATH to one.'
	};
}

/**
 * A file that answers --version: Ubuntu's chromium-browser without its snap is there and starts nothing.
 *
 * @param {string} path
 */
function starts(path) {
	try {
		accessSync(path, constants.X_OK);
	} catch {
		return false;
	}
	// Chrome on Windows answers --version with a window.
	if (process.platform === 'win32') return true;
	return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

/** @param {string} path the PATH variable */
function onPath(path) {
	return path.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
}

/**
 * Where Playwright would have put its own, whether or not it is there.
 *
 * @param {string} root
 */
function playwrightBrowser(root) {
	try {
		return createRequire(join(root, 'package.json'))('playwright').chromium.executablePath();
	} catch {
		return null;
	}
}

/**
 * Unpacks the browser of @sparticuz/chromium once, into node_modules, where nobody else can put a file (the package
 * itself uses the common temporary folder). Its libraries (NSS, NSPR, expat) are for this program alone, so it is
 * started by a two-line script that names them, and nothing else learns of LD_LIBRARY_PATH.
 *
 * @param {string} root
 * @returns {string | null} that script; null where the package is missing or of no use
 */
export function unpackedBrowser(root) {
	if (process.platform !== 'linux' || process.arch !== 'x64') return null;
	const home = join(root, 'node_modules', '@sparticuz', 'chromium');
	if (!existsSync(join(home, 'bin', 'chromium.br'))) return null;
	const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
	const place = join(root, 'node_modules', '.cache', `chromium-${version}`);
	const script = join(place, 'start');
	if (existsSync(script)) return script;
	const draft = `${place}.${process.pid}`;
	rmSync(draft, { recursive: true, force: true });
	mkdirSync(join(draft, 'fontconfig'), { recursive: true });
	const unpack = (/** @type {string} */ name) => brotliDecompressSync(readFileSync(join(home, 'bin', name)));
	writeFileSync(join(draft, 'chromium'), unpack('chromium.br'), { mode: 0o755 });
	untar(unpack('al2023.tar.br'), draft);
	untar(unpack('swiftshader.tar.br'), draft);
	untar(unpack('fonts.tar.br'), join(draft, 'fontconfig'));
	// The one in the package names the folders of a cloud function.
	writeFileSync(
		join(draft, 'fontconfig', 'fonts.conf'),
		`<?xml version="1.0"?>\n<fontconfig><dir prefix="relative">fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>\n`
	);
	writeFileSync(
		join(draft, 'start'),
		[
			'#!/bin/sh',
			'here=$(dirname "$(readlink -f "$0")")',
			'export LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"',
			'[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_PATH="$here/fontconfig"',
			'exec "$here/chromium" "$@"',
			''
		].join('\n'),
		{ mode: 0o755 }
	);
	rmSync(place, { recursive: true, force: true });
	renameSync(draft, place);
	return script;
}

/**
 * As much of the ustar format as the package uses: files, folders and links with names up to 100 bytes.
 *
 * @param {Buffer} archive
 * @param {string} into
 */
export function untar(archive, into) {
	for (let at = 0; at + 512 <= archive.length;) {
		const field = (/** @type {number} */ from, /** @type {number} */ length) =>
			archive.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '');
		const name = field(0, 100);
		if (name === '') return;
		const size = Number.parseInt(field(124, 12), 8);
		const target = join(into, normalize(name));
		if (!target.startsWith(normalize(into))) throw new Error(`The archive names a file outside its folder: ${name}`);
		const kind = field(156, 1);
		if (kind === '5') mkdirSync(target, { recursive: true });
		else {
			mkdirSync(dirname(target), { recursive: true });
			if (kind === '2') symlinkSync(field(157, 100), target);
			else {
				writeFileSync(target, archive.subarray(at + 512, at + 512 + size));
				chmodSync(target, Number.parseInt(field(100, 8), 8) & 0o755);
			}
		}
		at += 512 + Math.ceil(size / 512) * 512;
	}
}
