import {
	createServer,
	request as httpRequest,
	type IncomingMessage,
	type Server,
	type ServerResponse
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ReadyBytes } from './ready-bytes.ts';

const page = `<!doctype html><title>他们在等家人</title>${'<p>红色棉袄</p>'.repeat(200)}`;

let server: Server;
let ready: ReadyBytes;
let drawn: string[];
/** How the framework answers; a test may change it. */
let framework: (request: IncomingMessage, response: ServerResponse) => void;
let clock = 0;

beforeEach(async () => {
	drawn = [];
	clock = 0;
	framework = (_, response) => {
		response.setHeader('content-type', 'text/html');
		response.setHeader('cache-control', 'public, max-age=20');
		response.writeHead(200);
		response.write(page.slice(0, 100));
		response.end(page.slice(100));
	};
	const listener = (request: IncomingMessage, response: ServerResponse) => {
		if (ready.handle(request, response)) return;
		drawn.push(request.url ?? '');
		framework(request, response);
	};
	ready = new ReadyBytes({ now: () => clock, bytesMaximum: 60_000, again: listener });
	server = createServer(listener);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

interface Answer {
	readonly status: number;
	readonly headers: IncomingMessage['headers'];
	readonly body: Buffer;
}

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const asked = httpRequest(
			{ port: (server.address() as AddressInfo).port, path, method, headers, agent: false },
			(response) => {
				const pieces: Buffer[] = [];
				response.on('data', (piece: Buffer) => pieces.push(piece));
				response.on('end', () =>
					resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) })
				);
			}
		);
		asked.on('error', reject);
		asked.end();
	});
}

describe('finished answers', () => {
	test('a page is drawn once and then only written, also its first time, the same to the last byte', async () => {
		const first = await ask('/');
		const second = await ask('/');
		expect(drawn).toEqual(['/']);
		expect(first.body.toString()).toBe(page);
		expect(second.body.equals(first.body)).toBe(true);
		expect(second.status).toBe(200);
		expect(second.headers['content-type']).toBe('text/html');
	});

	test('travel compressed as the client can read them', async () => {
		const brotli = await ask('/', { 'accept-encoding': 'gzip, deflate, br' });
		const gzip = await ask('/', { 'accept-encoding': 'gzip' });
		const refused = await ask('/', { 'accept-encoding': 'br;q=0, gzip;q=0' });
		expect(drawn).toHaveLength(1);
		expect(brotli.headers['content-encoding']).toBe('br');
		expect(brotliDecompressSync(brotli.body).toString()).toBe(page);
		expect(gunzipSync(gzip.body).toString()).toBe(page);
		expect(refused.headers['content-encoding']).toBeUndefined();
		expect(new Set([brotli, gzip, refused].map(({ headers }) => headers.etag)).size).toBe(3);
		expect(brotli.headers['vary']).toBe('accept-encoding');
	});

	test('a client that has the bytes already gets none', async () => {
		const { headers } = await ask('/', { 'accept-encoding': 'br' });
		const again = await ask('/', { 'accept-encoding': 'br', 'if-none-match': headers.etag ?? '' });
		expect(again.status).toBe(304);
		expect(again.body).toHaveLength(0);
	});

	test('one search is one page, however its address is spelt', async () => {
		await ask('/?sex=1&q=%E7%96%A4');
		await ask('/?utm_source=x&q=疤&sex=1'.replace('疤', '%E7%96%A4'));
		await ask('/?q=%E7%96%A4&sex=1&page=');
		expect(drawn).toEqual(['/?q=%E7%96%A4&sex=1']);
	});

	test('a notice taken down is gone at once, also for those who wait for its drawing', async () => {
		await ask('/notice/LK-AAAA-AAAA');
		let finish = () => {};
		const begun = new Promise<void>((began) => {
			framework = (_, response) => {
				began();
				finish = () => response.writeHead(200, { 'cache-control': 'public', 'content-type': 'text/html' }).end('old');
			};
		});
		ready.invalidate();
		const leader = ask('/notice/LK-AAAA-AAAA');
		await begun;
		const waiting = ask('/notice/LK-AAAA-AAAA');
		await eventually(() => connections(server).then((count) => count === 2));
		framework = (_, response) =>
			response.writeHead(410, { 'cache-control': 'public', 'content-type': 'text/html' }).end('gone');
		ready.invalidate();
		expect((await waiting).status).toBe(410);
		finish();
		await leader;
		expect((await ask('/notice/LK-AAAA-AAAA')).body.toString()).toBe('gone');
	});

	test('a hundred requests at once draw one page', async () => {
		const pending: (() => void)[] = [];
		const draw = framework;
		framework = (request, response) => pending.push(() => draw(request, response));
		const asked = Array.from({ length: 100 }, () => ask('/'));
		await eventually(() => connections(server).then((count) => count === 100));
		expect(pending).toHaveLength(1);
		pending[0]?.();
		const answers = await Promise.all(asked);
		expect(answers.every(({ body }) => body.toString() === page)).toBe(true);
		expect(drawn).toHaveLength(1);
	});

	test('an old page is shown a last time while it is drawn again, a very old one never', async () => {
		await ask('/');
		clock = 15_000;
		const pending: (() => void)[] = [];
		framework = (_, response) => pending.push(() => response.writeHead(200, { 'cache-control': 'public' }).end('new'));
		const drawing = ask('/');
		await eventually(() => Promise.resolve(pending.length === 1));
		expect((await ask('/')).body.toString()).toBe(page);
		clock = 25_000;
		const waits = ask('/');
		await eventually(() => connections(server).then((count) => count === 2));
		pending[0]?.();
		expect((await drawing).body.toString()).toBe('new');
		expect((await waits).body.toString()).toBe('new');
	});
});

describe('is never kept', () => {
	test.each([
		['what was asked with a cookie', '/', { cookie: 'a=b' }, 'GET'],
		['a form', '/', {}, 'POST'],
		['the desk', '/desk', {}, 'GET'],
		['the app', '/app/enrol', {}, 'GET'],
		['the sync', '/api/sync/hello', {}, 'GET'],
		['a piece of a picture', '/photo/AAAAAAAAAAAAAAAAAAAAAA.jpg', { range: 'bytes=0-1' }, 'GET'],
		['an address that is no page', '/notice/..%2f..%2fetc', {}, 'GET']
	])('%s', async (_, path, headers, method) => {
		await ask(path, headers, method);
		await ask(path, headers, method);
		expect(drawn).toEqual([path, path]);
		expect(ready.size).toBe(0);
	});

	test.each([
		['an answer with a cookie', { 'set-cookie': 'a=b', 'cache-control': 'public' }, 200],
		['a private answer', { 'cache-control': 'no-store' }, 200],
		['a failure', { 'cache-control': 'public' }, 500],
		['a redirect', { 'cache-control': 'public', location: '/' }, 308]
	])('%s', async (_, headers, status) => {
		framework = (_, response) => response.writeHead(status, headers).end('x');
		expect((await ask('/')).status).toBe(status);
		expect((await ask('/')).body.toString()).toBe('x');
		expect(drawn).toHaveLength(2);
	});

	test('more than there is room for: what was not asked for longest goes first', async () => {
		framework = (_, response) =>
			response.writeHead(200, { 'cache-control': 'public', 'content-type': 'image/jpeg' }).end(Buffer.alloc(14_000));
		for (const page of ['1', '2', '3', '4']) await ask(`/?page=${page}`);
		await ask('/?page=1');
		expect(drawn.slice(4)).toEqual([]);
		await ask('/?page=5');
		expect(ready.size).toBeLessThanOrEqual(60_000);
		await ask('/?page=1');
		await ask('/?page=2');
		expect(drawn.slice(4)).toEqual(['/?page=5', '/?page=2']);
	});
});

test('whoever waits is not left waiting when the one who draws goes away', async () => {
	const held: ServerResponse[] = [];
	const draw = framework;
	framework = (_, response) => held.push(response);
	const leader = httpRequest({ port: (server.address() as AddressInfo).port, path: '/', agent: false });
	leader.on('error', () => undefined);
	leader.end();
	await eventually(() => Promise.resolve(held.length === 1));
	const waiting = ask('/');
	await eventually(() => connections(server).then((count) => count === 2));
	framework = draw;
	leader.destroy();
	expect((await waiting).body.toString()).toBe(page);
});

function connections(of: Server): Promise<number> {
	return new Promise((resolve, reject) =>
		of.getConnections((error, count) => (error ? reject(error) : resolve(count)))
	);
}

async function eventually(holds: () => Promise<boolean>): Promise<void> {
	await expect.poll(holds, { interval: 5, timeout: 5_000 }).toBe(true);
}
