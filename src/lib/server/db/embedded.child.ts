import { startEmbeddedPostgres } from './embedded.ts';

/*
 * For embedded.db.test.ts: a process that holds an embedded database until it is ended or killed. It ends on SIGTERM by
 * process.exit alone, so that the test sees the last net work.
 */
const dataDir = process.argv[2];
if (dataDir === undefined) throw new Error('needs the data folder');
const server = await startEmbeddedPostgres({ dataDir });
process.once('SIGTERM', () => process.exit(0));
process.stdout.write(JSON.stringify({ url: server.url, pid: server.pid }));
setInterval(() => undefined, 60_000);
