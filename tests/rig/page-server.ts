import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { pagesFolder } from './build-pages.ts';

/** Serves the rig's page, always at one address, and hears what its worker calls out. */
export interface PageServer {
	readonly origin: string;
	/** Called when the vault comes to the step that was asked for; the worker stands still until the browser dies. */
	onStep: (step: string) => void;
	/** What tried to delete a store, in order. */
	readonly deleted: string[];
	close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.wasm': 'application/wasm'
};

export async function servePages(): Promise<PageServer> {
	const pages: PageServer = { origin: '', onStep: () => undefined, deleted: [], close: async () => undefined };
	const server = createServer((request, response) => {
		const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
		if (pathname === '/rig/step') {
			pages.onStep(searchParams.get('step') ?? '');
			return;
		}
		if (pathname === '/rig/deleted') {
			pages.deleted.push(searchParams.get('what') ?? '');
			response.writeHead(204).end();
			return;
		}
		readFile(join(pagesFolder, normalize(`/${pathname}`))).then(
			(bytes) =>
				response.writeHead(200, { 'content-type': types[extname(pathname)] ?? 'application/octet-stream' }).end(bytes),
			() => response.writeHead(404).end()
		);
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	return Object.assign(pages, {
		origin: `http://127.0.0.1:${port}`,
		close: () =>
			new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			})
	});
}
