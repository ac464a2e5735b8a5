import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Somebody else's server: the same machine on another port, so the same site and another origin. It gives whatever it is
 * asked for (a script, a picture, a page) and remembers that it was asked.
 */
export class ForeignHost {
	readonly asked: string[] = [];
	readonly #server: Server;
	/** What a browser that opens `/` gets. */
	page = '<!doctype html><title>somebody else</title>';

	private constructor(server: Server) {
		this.#server = server;
	}

	static async start(): Promise<ForeignHost> {
		const host = new ForeignHost(createServer());
		host.#server.on('request', (request, response) => {
			const path = request.url ?? '/';
			host.asked.push(`${request.method} ${path}`);
			const types: Record<string, string> = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };
			const type = types[path.split('.').at(-1) ?? ''] ?? 'text/html; charset=utf-8';
			response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*' });
			response.end(type.startsWith('text/html') ? host.page : 'globalThis.attacked = "a foreign script";');
		});
		await new Promise<void>((resolve) => host.#server.listen(0, 'localhost', resolve));
		return host;
	}

	get origin(): string {
		return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}
}
