import { expect, test } from 'vitest';
import { handle } from './hooks.server.ts';

type Event = Parameters<typeof handle>[0]['event'];

/** What a browser gets for a request that a page answers as public pages do. */
async function asked(
	path: string,
	request: { readonly method?: string; readonly length?: number } = {}
): Promise<Response> {
	const url = new URL(path, 'https://registry.example');
	const headers = new Headers({ 'sec-fetch-site': 'same-origin' });
	if (request.length !== undefined) headers.set('content-length', String(request.length));
	const event = {
		url,
		request: new Request(url, { method: request.method ?? 'GET', headers }),
		cookies: { get: () => undefined },
		locals: {}
	} as unknown as Event;
	return handle({
		event,
		resolve: () =>
			new Response('<p>page</p>', {
				headers: { 'content-type': 'text/html', 'cache-control': 'public, max-age=20' }
			})
	});
}

// The last two are routed as the pages they spell: a cache on the way must not be talked into keeping a family's secret.
test.each([
	'/claim',
	'/en/claim/tell/you',
	'/claim/sent',
	'/report',
	'/claim/paper/1',
	'/%63laim/save',
	'/en/%63%6caim/sent'
])('%s is kept in no cache and by no search engine, whatever its page says', async (path) => {
	const { headers } = await asked(path);
	expect(headers.get('cache-control')).toBe('no-store');
	expect(headers.get('x-robots-tag')).toContain('noindex');
	expect(headers.get('referrer-policy')).toBe('same-origin');
});

test('a desk’s page is kept in no cache, however its address is spelt', async () => {
	for (const path of ['/desk/review', '/%64esk/review'])
		expect((await asked(path)).headers.get('cache-control'), path).toBe('no-store');
});

test('an address that cannot be decoded is answered all the same', async () => {
	expect((await asked('/%E0%A4%A')).status).toBe(200);
});

test('a page of notices may be kept as it says', async () => {
	const { headers } = await asked('/notice/LK-7F3K-29QX');
	expect(headers.get('cache-control')).toBe('public, max-age=20');
});

test('a form of words that weighs as much as a film is refused before it is read, and says the way out', async () => {
	const refused = await asked('/claim/tell/you', { method: 'POST', length: 10_000_000 });
	expect(refused.status).toBe(413);
	expect(await refused.text()).toMatch(/太大.*后退/s);
	expect((await asked('/%63laim/tell/you', { method: 'POST', length: 3_000_000 })).status).toBe(413);
	expect((await asked('/claim/tell/you', { method: 'POST', length: 10_000 })).status).toBe(200);
	expect((await asked('/claim/tell/papers', { method: 'POST', length: 10_000_000 })).status).toBe(200);
});
