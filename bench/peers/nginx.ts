import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Endings } from '../ending.ts';
import { freePort } from '../listening.ts';
import type { ReadyPage } from '../portal.ts';

export interface Nginx {
	readonly origin: string;
	readonly version: string;
	/** Of the master process. */
	readonly pid: number;
}

/**
 * nginx with one worker, serving these very bytes from the disk under their names: `/list` and so on.
 *
 * @returns undefined where this machine has no nginx
 */
export async function startNginx(endings: Endings, pages: ReadonlyMap<string, ReadyPage>): Promise<Nginx | undefined> {
	const found = spawnSync('nginx', ['-v'], { encoding: 'utf8' });
	if (found.error) return undefined;
	const version = /nginx\/(\S+)/.exec(found.stderr)?.[1] ?? 'unknown';
	const folder = await mkdtemp(join(tmpdir(), 'lampkeep-bench-nginx-'));
	// Its workers run as another user when it is started by root.
	await chmod(folder, 0o755);
	endings.add(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
	await mkdir(join(folder, 'pages'));
	for (const [name, { body }] of pages) await writeFile(join(folder, 'pages', name), body);
	const port = await freePort();
	await writeFile(join(folder, 'nginx.conf'), configuration(folder, port, pages));
	const server = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder, '-e', 'stderr'], {
		stdio: ['ignore', 'ignore', 'pipe']
	});
	let said = '';
	server.stderr.on('data', (piece: Buffer) => (said = (said + piece.toString()).slice(-2_000)));
	const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
	endings.add(async () => {
		server.kill('SIGTERM');
		await ended;
	});
	const origin = `http://127.0.0.1:${port}`;
	const end = Date.now() + 10_000;
	while (Date.now() < end && server.exitCode === null) {
		try {
			if ((await fetch(`${origin}/${[...pages.keys()][0]}`)).ok) return { origin, version, pid: server.pid ?? 0 };
		} catch (error) {
			if (!(error instanceof TypeError)) throw error;
		}
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	throw new Error(`nginx did not start: ${said}`);
}

function configuration(folder: string, port: number, pages: ReadonlyMap<string, ReadyPage>): string {
	const own = new Set([
		'content-type',
		'content-length',
		'date',
		'connection',
		'keep-alive',
		'server',
		'etag',
		'transfer-encoding'
	]);
	const locations = [...pages].map(([name, { headers }]) => {
		const added = Object.entries(headers)
			.filter(([header]) => !own.has(header))
			.map(([header, value]) => `add_header ${header} ${JSON.stringify(value)};`);
		return `location = /${name} { default_type "text/html; charset=utf-8"; ${added.join(' ')} }`;
	});
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
		(kind) => `${kind}_temp_path ${folder}/${kind};`
	);
	return `daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
events { worker_connections 512; }
http {
	access_log off;
	sendfile on;
	open_file_cache max=100;
	keepalive_requests 10000000;
	${temporary.join('\n\t')}
	server {
		listen 127.0.0.1:${port};
		root ${folder}/pages;
		${locations.join('\n\t\t')}
	}
}
`;
}
