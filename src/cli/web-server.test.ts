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
