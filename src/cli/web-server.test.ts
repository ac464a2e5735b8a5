import { createServer, type AddressInfo } from 'node:net';
import { onTestFinished, expect, test } from 'vitest';
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
