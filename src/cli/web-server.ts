import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileHeaders, isProgramFile } from '#lib/server/auth/file-policy.ts';
import { securityHeaders } from '#lib/server/auth/security-headers.ts';
import { OperatorError } from '#lib/server/operator-error.ts';

/** What looks at a request before the framework does: true when it has answered. */
export type Front = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface WebServer {
	/** The address people type. */
	readonly origin: string;
	/** No new connections; open requests get five seconds. */
	close(): Promise<void>;
}

/**
 * A browser that was here once over HTTPS comes back no other way for a year (RFC 6797), though somebody in the network of
 * a hotel would like it to. Only where people type an https address: in a house without a certificate it would lock out.
 */
const onlyHttps = { 'strict-transport-security': 'max-age=31536000' } as const;

/*
 * Slow clients hold sockets, not threads: headers must come within 10 s (Node's default lets 3,000 slow sockets live for
 * 67 to 99 s), a whole request within 2 minutes (a 256 kB piece of a photo over 2G takes about one).
 */
const headersTimeout = 10_000;
const requestTimeout = 120_000;
const closingTime = 5_000;

/**
 * Listens with a front before `handler`.
 *
 * @param makeFront gets what takes a request anew from the beginning
 *
 * @throws OperatorError when the port is taken or not allowed
 */
export async function listen(
	address: { host: string; port: number; origin: string | null },
	makeFront: (again: RequestListener) => Front,
	handler: () => Promise<RequestListener>
): Promise<WebServer> {
	// Until the framework is loaded: the port is taken first, so that a second registry is told at once.
	let framework: RequestListener = (_, response) => response.writeHead(503, { 'retry-after': '2' }).end();
	const headers = address.origin?.startsWith('https:') ? { ...securityHeaders, ...onlyHttps } : securityHeaders;
	const answer: RequestListener = (request, response) => {
		// Files and the app's prerendered shell pass by the framework's hooks, and a policy in a page cannot forbid frames.
		for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
		const path = pathOf(request);
		for (const [name, value] of Object.entries(fileHeaders(path))) response.setHeader(name, value);
		// The static files' server would answer a POST like a GET.
		if (isProgramFile(path) && request.method !== 'GET' && request.method !== 'HEAD') {
			response.writeHead(405, { allow: 'GET, HEAD' }).end();
			return;
		}
		if (front(request, response)) return;
		framework(request, response);
	};
	const front = makeFront(answer);
	const server = createServer(
		{ headersTimeout, requestTimeout, keepAliveTimeout: 65_000, connectionsCheckingInterval: 2_000 },
		answer
	);
	await listening(server, address.host, address.port);
	const { port } = server.address() as AddressInfo;
	const host =
		address.host === '0.0.0.0' || address.host === '::' || address.host === '127.0.0.1' ? 'localhost' : address.host;
	const origin = address.origin ?? `http://${host}:${port}`;
	// The built handler reads its origin from the environment when it is loaded, and the port may only be known now.
	process.env['ORIGIN'] = origin;
	framework = await handler();
	return { origin, close: () => closed(server) };
}

/** The path as it came, without its query. */
function pathOf({ url = '/' }: IncomingMessage): string {
	const query = url.indexOf('?');
	return query === -1 ? url : url.slice(0, query);
}

function listening(server: Server, host: string, port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) => {
			if (error.code === 'EADDRINUSE')
				reject(
					new OperatorError(
						`Port ${port} is in use by another program; set PORT to a free one, such as PORT=${port + 1}.`
					)
				);
			else if (error.code === 'EACCES')
				reject(new OperatorError(`This user may not listen on port ${port}; set PORT to one above 1023.`));
			else if (error.code === 'EADDRNOTAVAIL')
				reject(new OperatorError(`This machine has no address ${host}; set HOST to 127.0.0.1 or 0.0.0.0.`));
			else reject(error);
		});
		server.listen(port, host, () => resolve());
	});
}

function closed(server: Server): Promise<void> {
	return new Promise((resolve) => {
		const hurry = setTimeout(() => server.closeAllConnections(), closingTime);
		server.close(() => {
			clearTimeout(hurry);
			resolve();
		});
		server.closeIdleConnections();
	});
}
