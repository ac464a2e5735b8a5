import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { pagesFolder } from './build-pages.ts';
import { listen, type Listening } from './listening.ts';
import { sendFile } from './static-files.ts';

/*
 * The one wire all contestants go through: it passes requests on and counts them, with the bytes as they travel, headers
 * and compressed bodies included. The pages themselves come from it too, so that nothing is cross-origin; they are not
 * counted.
 */
export interface Counted {
	readonly path: string;
	readonly method: string;
	readonly status: number;
	/** Milliseconds since 1970, as a page's `performance.timeOrigin + performance.now()`. */
	readonly began: number;
	readonly up: number;
	readonly down: number;
	/** What the browser wants it for (`script`, `worker`, …) and the path of what asked for it; empty where it does not say. */
	readonly destination: string;
	readonly referer: string;
}

export interface CountingProxy extends Listening {
	/** Where a path beginning with this goes; the longest that fits wins. The prefix stays on unless `strip`. */
	route(prefix: string, origin: string, options?: { readonly strip: boolean }): void;
	/** What passed since the last call. */
	take(): readonly Counted[];
}

interface Route {
	readonly prefix: string;
	readonly origin: string;
	readonly strip: boolean;
}

export async function countingProxy(): Promise<CountingProxy> {
	const routes: Route[] = [];
	const marks = new WeakMap<Socket, { read: number; written: number }>();
	const agent = new Agent({ keepAlive: true });
	let counted: Counted[] = [];

	const count = (request: IncomingMessage, response: ServerResponse, socket: Socket, began: number) => {
		const mark = marks.get(socket) ?? { read: 0, written: 0 };
		const now = { read: socket.bytesRead, written: socket.bytesWritten };
		marks.set(socket, now);
		const path = request.url ?? '/';
		if (path.startsWith('/bench/')) return;
		counted.push({
			path,
			method: request.method ?? 'GET',
			status: response.statusCode,
			began,
			up: now.read - mark.read,
			down: now.written - mark.written,
			destination: String(request.headers['sec-fetch-dest'] ?? ''),
			referer: request.headers.referer === undefined ? '' : new URL(request.headers.referer).pathname
		});
	};

	const listening = await listen((request, response) => {
		const began = Date.now();
		const { socket } = request;
		// One request at a time on a connection (HTTP/1.1 without pipelining): what a socket moved belongs to it.
		response.once('close', () => count(request, response, socket, began));
		const path = request.url ?? '/';
		if (path.startsWith('/bench/')) {
			sendFile(pagesFolder, path.slice('/bench'.length).split('?')[0] ?? '', request, response).then(
				(sent) => sent || response.writeHead(404).end(),
				(error: Error) => response.destroy(error)
			);
			return;
		}
		const route = routes
			.filter(({ prefix }) => path.startsWith(prefix))
			.sort((a, b) => b.prefix.length - a.prefix.length)[0];
		if (!route) {
			response.writeHead(404).end();
			return;
		}
		passOn(request, response, route, agent);
	});
	return {
		...listening,
		route: (prefix, origin, options = { strip: false }) => void routes.push({ prefix, origin, ...options }),
		take: () => {
			const taken = counted;
			counted = [];
			return taken;
		},
		close: async () => {
			agent.destroy();
			await listening.close();
		}
	};
}

function passOn(
	request: IncomingMessage,
	response: ServerResponse,
	{ prefix, origin, strip }: Route,
	agent: Agent
): void {
	const path = strip ? `/${(request.url ?? '/').slice(prefix.length).replace(/^\//, '')}` : (request.url ?? '/');
	const target = new URL(origin);
	const onward = httpRequest(
		{ host: '127.0.0.1', port: target.port, method: request.method, path, headers: request.headers, agent },
		(answer) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(response);
		}
	);
	onward.on('error', (error) => (response.headersSent ? response.destroy(error) : response.writeHead(502).end()));
	response.once('close', () => onward.destroy());
	request.pipe(onward);
}

/** Requests, kilobytes up and down of those that began until then. */
export function sums(
	requests: readonly Counted[],
	until = Number.POSITIVE_INFINITY
): { requests: number; up: number; down: number } {
	const mine = requests.filter(({ began }) => began <= until);
	return {
		requests: mine.length,
		up: mine.reduce((sum, { up }) => sum + up, 0),
		down: mine.reduce((sum, { down }) => sum + down, 0)
	};
}
