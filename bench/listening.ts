import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';

export interface Listening {
	readonly port: number;
	readonly origin: string;
	close(): Promise<void>;
}

/** A server of ours on the loopback address and a free port. */
export async function listen(listener: RequestListener, port = 0): Promise<Listening> {
	const server = createServer({ keepAliveTimeout: 60_000 }, listener);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	const address = server.address() as AddressInfo;
	return {
		port: address.port,
		origin: `http://localhost:${address.port}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			})
	};
}

/** A port that was free a moment ago, for programs that want to be told one. */
export function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createTcpServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const { port } = server.address() as AddressInfo;
			server.close(() => resolve(port));
		});
	});
}
