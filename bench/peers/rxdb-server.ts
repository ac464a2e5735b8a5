import { chmod, mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/lib/server/db/embedded.ts';
import type { Endings } from '../ending.ts';
import { listen } from '../listening.ts';
import type { Document } from '../pages/finished.ts';

/*
 * The endpoints that RxDB's documentation asks for (HTTP replication), over a PostgreSQL as durable as ours: one row of
 * jsonb a document, a push is one transaction that tells conflicts, a pull goes by a checkpoint.
 *
 *   POST /<name>             rows of { newDocumentState, assumedMasterState? }; answers the conflicts
 *   GET  /<name>?after&limit { documents, checkpoint }
 *   the same below /gzip/    with compressed answers
 */
export interface RxServer {
	readonly origin: string;
	create(name: string, documents?: readonly Document[]): Promise<void>;
	count(name: string): Promise<number>;
}

interface Row {
	readonly newDocumentState: Document;
	readonly assumedMasterState?: Document;
}

const compress = promisify(gzip);

export async function startRxServer(endings: Endings): Promise<RxServer> {
	const folder = await mkdtemp(join(tmpdir(), 'lampkeep-bench-rxdb-'));
	await chmod(folder, 0o755);
	endings.add(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
	const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'data') });
	endings.add(() => postgres.stop());
	const pool = new pg.Pool({ connectionString: postgres.url, max: 8 });
	endings.add(() => pool.end());

	const server = await listen((request, response) => {
		answer(pool, request).then(
			async ({ json, zipped }) => {
				const body = zipped ? await compress(json, { level: 4 }) : json;
				response.writeHead(200, {
					'content-type': 'application/json',
					...(zipped ? { 'content-encoding': 'gzip' } : {})
				});
				response.end(body);
			},
			(error: unknown) => failed(response, error)
		);
	});
	endings.add(() => server.close());
	return {
		origin: server.origin,
		create: async (name, documents = []) => {
			await pool.query(
				`CREATE TABLE ${table(name)} (id text PRIMARY KEY, seq bigint GENERATED ALWAYS AS IDENTITY, body jsonb NOT NULL)`
			);
			await pool.query(`CREATE INDEX ON ${table(name)} (seq)`);
			for (let from = 0; from < documents.length; from += 500) {
				await upsert(
					pool,
					name,
					documents.slice(from, from + 500).map((document) => ({ ...document, _deleted: false }))
				);
			}
		},
		count: async (name) =>
			Number((await pool.query<{ n: string }>(`SELECT count(*) AS n FROM ${table(name)}`)).rows[0]?.n)
	};
}

function failed(response: ServerResponse, error: unknown): void {
	console.error(error);
	response.writeHead(500).end();
}

async function answer(pool: pg.Pool, request: IncomingMessage): Promise<{ json: string; zipped: boolean }> {
	const url = new URL(request.url ?? '/', 'http://localhost');
	const zipped = url.pathname.startsWith('/gzip/');
	const name = url.pathname.split('/').at(-1) ?? '';
	if (request.method === 'POST')
		return { json: JSON.stringify(await push(pool, name, await readRows(request))), zipped };
	const after = Number(url.searchParams.get('after'));
	const { rows } = await pool.query<{ seq: string; text: string }>(
		`SELECT seq, body::text AS text FROM ${table(name)} WHERE seq > $1 ORDER BY seq LIMIT $2`,
		[after, Number(url.searchParams.get('limit'))]
	);
	const seq = Number(rows.at(-1)?.seq ?? after);
	return { json: `{"documents":[${rows.map(({ text }) => text).join(',')}],"checkpoint":{"seq":${seq}}}`, zipped };
}

async function push(pool: pg.Pool, name: string, rows: readonly Row[]): Promise<readonly unknown[]> {
	const ids = rows.map(({ newDocumentState }) => newDocumentState.id);
	const known = await pool.query<{ id: string; body: Document }>(
		`SELECT id, body FROM ${table(name)} WHERE id = ANY ($1)`,
		[ids]
	);
	const masters = new Map(known.rows.map(({ id, body }) => [id, body]));
	const conflicts: Document[] = [];
	const accepted: Document[] = [];
	for (const { newDocumentState, assumedMasterState } of rows) {
		const master = masters.get(newDocumentState.id);
		if (master && JSON.stringify(master) !== JSON.stringify(assumedMasterState)) conflicts.push(master);
		else accepted.push(newDocumentState);
	}
	await upsert(pool, name, accepted);
	return conflicts;
}

async function upsert(pool: pg.Pool, name: string, documents: readonly Document[]): Promise<void> {
	await pool.query(
		`INSERT INTO ${table(name)} (id, body) SELECT d ->> 'id', d FROM jsonb_array_elements($1::jsonb) AS d
		ON CONFLICT (id) DO UPDATE SET body = excluded.body`,
		[JSON.stringify(documents)]
	);
}

async function readRows(request: IncomingMessage): Promise<readonly Row[]> {
	const pieces: Buffer[] = [];
	for await (const piece of request) pieces.push(piece as Buffer);
	return JSON.parse(Buffer.concat(pieces).toString('utf8')) as readonly Row[];
}

/** Names are ours: letters, digits, underscores. */
function table(name: string): string {
	if (!/^[a-z0-9_]{1,40}$/.test(name)) throw new Error(`"${name}" is no table of the bench.`);
	return name;
}
