import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { comesFromOwnPage, signedRoutes } from '#lib/server/auth/request-guard.ts';
import { routesOfTree } from './support/route-tree.ts';

/* Every route of the file tree, so that a new one cannot be forgotten (SECURITY.md 0.10, T16). */

const own = 'https://registry.example';
const strangers = [
	{ fetchSite: 'cross-site', origin: 'https://evil.example' },
	{ fetchSite: 'cross-site', origin: 'null' },
	{ fetchSite: 'cross-site', origin: null },
	{ fetchSite: 'same-site', origin: 'https://registry.example:8443' },
	{ fetchSite: null, origin: 'https://registry.example:8443' },
	{ fetchSite: null, origin: 'null' },
	{ fetchSite: null, origin: null }
];
const isSigned = (path: string) =>
	Object.keys(signedRoutes).some((route) => path === route || path.startsWith(route.replace(/\/?$/, '/')));

test('the tree has its routes', () => {
	expect(routesOfTree().length).toBeGreaterThan(90);
	expect(routesOfTree().map(({ path }) => path)).toEqual(
		expect.arrayContaining(['/', '/en', '/desk/sign-in', '/api/sync/push', '/en/claim/tell/you'])
	);
});

describe.each(routesOfTree())('$path', ({ file, path }) => {
	if (isSigned(path)) {
		test('reads no cookie where it changes something, so that a stranger’s page gains nothing there', () => {
			const source = readFileSync(join(import.meta.dirname, '../src/routes', file), 'utf8');
			// Desks look at photos at the same address as tablets; looking is all that a cookie is good for there.
			const changes = /export (const|(async )?function) (POST|PUT|PATCH|DELETE|fallback|actions)\b/.test(source);
			if (changes) expect(source).not.toMatch(/\bcookies\b|\blocals\.user\b/);
			else expect(source).toMatch(/export (const|(async )?function) GET\b/);
		});
	} else {
		test('changes nothing for another site, another port or nobody in particular', () => {
			for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'QUERY'])
				for (const stranger of strangers)
					expect(comesFromOwnPage({ method, path, ownOrigin: own, ...stranger }), JSON.stringify(stranger)).toBe(false);
		});
	}
});

test('each exception has its reason, and only tablets’ routes are exceptions', () => {
	for (const [route, reason] of Object.entries(signedRoutes)) {
		expect(route).toMatch(/^\/api\//);
		expect(reason.length).toBeGreaterThan(30);
	}
});
