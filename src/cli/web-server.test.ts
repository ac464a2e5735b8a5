import { createServer, type AddressInfo } from 'node:net';
import { onTestFinished, expect, test } from 'vitest';
import { bareContentPolicy } from '#lib/server/auth/security-headers.ts';
import { listen } from './web-server.ts';

test('every answer carries the headers of safety, also of files and prerendered pages that no hook sees', async () => {
	const server = await listen(
		{ host: '127.0.0.1', port: 0, origin: null },
		() => () => false,
		async () => (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>the app</p>')
	);
	onTestFinished(() => server.close());
	const { headers } = await fetch(`${server.origin}/app/shell`);
	expect(headers.get('x-frame-options')).toBe('DENY');
	expect(headers.get('x-content-type-options')).toBe('nosniff');
	expect(headers.get('content-type')).toBe('text/html');
});

test('a worker’s program forbids it every network, a file of the program runs nothing and takes no POST', async () => {
	const server = await listen(
		{ host: '127.0.0.1', port: 0, origin: null },
		() => () => false,
		async () => (_, response) => response.writeHead(200, { 'content-type': 'text/javascript' }).end('0')
	);
	onTestFinished(() => server.close());
	const policy = async (path: string) => (await fetch(server.origin + path)).headers.get('content-security-policy');
	const worker = await policy('/_app/immutable/workers/vault.worker-1.js?x=1');
	expect(worker).toContain("connect-src 'none'");
	expect(worker).toContain("'wasm-unsafe-eval'");
	expect(await policy('/_app/immutable/chunks/1.js')).toBe(bareContentPolicy);
	const program = await fetch(`${server.origin}/service-worker.js`);
	expect(program.headers.get('cache-control')).toBe('no-cache');
	expect(program.headers.get('content-security-policy')).not.toContain('wasm');
	for (const path of ['/app/shell', '/service-worker.js', '/_app/version.json'])
		expect((await fetch(server.origin + path, { method: 'POST' })).status, path).toBe(405);
});

test.each([
	['https://registry.example', 'max-age=31536000'],
	['http://registry.local:3000', null],
	[null, null]
])('a registry whose address is %s tells browsers to come by HTTPS alone: %s', async (origin, said) => {
	const before = process.env['ORIGIN'];
	onTestFinished(() => {
		if (before === undefined) delete process.env['ORIGIN'];
		else process.env['ORIGIN'] = before;
	});
	const port = await freePort();
	const server = await listen(
		{ host: '127.0.0.1', port, origin },
		() => () => false,
		async () => (_, response) => response.end('here')
	);
	onTestFinished(() => server.close());
	const { headers } = await fetch(`http://127.0.0.1:${port}/`);
	expect(headers.get('strict-transport-security')).toBe(said);
});

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const asked = createServer();
		asked.once('error', reject);
		asked.listen(0, '127.0.0.1', () => {
			const { port } = asked.address() as AddressInfo;
			asked.close(() => resolve(port));
		});
	});
}
