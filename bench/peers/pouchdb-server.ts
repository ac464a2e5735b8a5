import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Endings } from '../ending.ts';
import { freePort } from '../listening.ts';
import type { Document } from '../pages/finished.ts';

/** pouchdb-server 4.2 over LevelDB on the disk, in a process of its own, as its documentation starts it. */
export interface PouchServer {
	readonly origin: string;
	/** Makes a database. */
	create(name: string, documents?: readonly Document[]): Promise<void>;
	count(name: string): Promise<number>;
}

const startPatience = 60_000;

export async function startPouchServer(endings: Endings): Promise<PouchServer> {
	const folder = await mkdtemp(join(tmpdir(), 'lampkeep-bench-pouchdb-'));
	endings.add(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
	const port = await freePort();
	const origin = `http://127.0.0.1:${port}`;
	const program = createRequire(import.meta.url).resolve('pouchdb-server/bin/pouchdb-server');
	const server = spawn(
		process.execPath,
		[program, '--port', String(port), '--host', '127.0.0.1', '--dir', folder, '--no-color', '--no-stdout-logs'],
		{
			cwd: folder,
			stdio: ['ignore', 'ignore', 'pipe']
		}
	);
	let said = '';
	server.stderr.on('data', (piece: Buffer) => (said = (said + piece.toString()).slice(-2_000)));
	const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
	endings.add(async () => {
		server.kill('SIGTERM');
		await ended;
	});
	await answering(
		origin,
		() => server.exitCode === null,
		() => said
	);

	const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
		const response = await fetch(`${origin}/${path}`, {
			method,
			headers: { 'content-type': 'application/json' },
			...(body === undefined ? {} : { body: JSON.stringify(body) })
		});
		if (!response.ok)
			throw new Error(`pouchdb-server answered ${response.status} to ${method} ${path}: ${await response.text()}`);
		return response.json();
	};
	return {
		origin,
		create: async (name, documents = []) => {
			await ask('PUT', name);
			for (let from = 0; from < documents.length; from += 500) {
				const docs = documents.slice(from, from + 500).map(({ id, ...members }) => ({ _id: id, ...members }));
				await ask('POST', `${name}/_bulk_docs`, { docs });
			}
		},
		count: async (name) => ((await ask('GET', name)) as { doc_count: number }).doc_count
	};
}

async function answering(origin: string, alive: () => boolean, said: () => string): Promise<void> {
	const end = Date.now() + startPatience;
	while (Date.now() < end && alive()) {
		try {
			if ((await fetch(origin)).ok) return;
		} catch (error) {
			// fetch's one error for "nobody listens yet".
			if (!(error instanceof TypeError)) throw error;
		}
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error(`pouchdb-server did not start: ${said()}`);
}
