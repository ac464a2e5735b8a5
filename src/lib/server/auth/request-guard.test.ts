import { describe, expect, test } from 'vitest';
import { comesFromOwnPage, isFamilyPage, mayWeigh } from './request-guard.ts';

const own = 'https://registry.example';
const ask = (more: Partial<Parameters<typeof comesFromOwnPage>[0]>) =>
	comesFromOwnPage({ method: 'POST', path: '/desk/sign-out', fetchSite: null, origin: null, ownOrigin: own, ...more });

describe('a request that changes something', () => {
	test('comes from our own page, by the browser’s word or by its origin', () => {
		expect(ask({ fetchSite: 'same-origin', origin: own })).toBe(true);
		expect(ask({ fetchSite: 'none' })).toBe(true);
		expect(ask({ origin: own })).toBe(true);
	});

	test.each([
		['another site', { fetchSite: 'cross-site', origin: 'https://evil.example' }],
		['a sister host', { fetchSite: 'same-site', origin: 'https://mail.registry.example' }],
		['another site that lies about the origin', { fetchSite: 'cross-site', origin: own }],
		['a frame without an origin', { origin: 'null' }],
		['the same host over plain http', { origin: 'http://registry.example' }],
		['a longer name', { origin: 'https://registry.example.evil.example' }],
		['nowhere', {}]
	])('is refused from %s', (_, from) => {
		for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) expect(ask({ ...from, method })).toBe(false);
	});

	test('is a tablet’s own business on the signed routes, and on no path that only looks like one', () => {
		const from = { fetchSite: 'cross-site', origin: 'https://evil.example' };
		for (const path of [
			'/api/sync/push',
			'/api/sync/sealed',
			'/api/sync/wiped',
			'/api/photos/uploads',
			'/api/enrol',
			'/api/loose'
		])
			expect(ask({ ...from, path })).toBe(true);
		for (const path of [
			'/api/enrolment',
			'/api/syncope',
			'/api/photoshop',
			'/api/looser',
			'/api/keys',
			'/desk/api/enrol',
			'/api'
		])
			expect(ask({ ...from, path })).toBe(false);
	});
});

test('reading is open to links from anywhere', () => {
	for (const method of ['GET', 'HEAD', 'OPTIONS']) expect(ask({ method, fetchSite: 'cross-site' })).toBe(true);
});

test('a family’s pages are told from all others, in both languages', () => {
	for (const path of ['/claim', '/en/claim', '/claim/tell/you', '/en/report', '/report'])
		expect(isFamilyPage(path), path).toBe(true);
	for (const path of ['/claims', '/reports', '/en', '/desk/claim', '/notice/claim', '/'])
		expect(isFamilyPage(path), path).toBe(false);
});

test('a page of words takes no photo, a page for photos and the tablets measure for themselves', () => {
	expect(mayWeigh('/claim/tell/you')).toBe(256_000);
	expect(mayWeigh('/desk/sign-in')).toBe(4_500_000);
	for (const path of ['/claim/tell/papers', '/en/claim/tell/papers', '/api/sync/push'])
		expect(mayWeigh(path), path).toBe(Infinity);
});
