import { parseArgs } from 'node:util';
import { createServer } from 'vite';
import { provideDatabase, theDatabase } from '../lib/server/db/connection.ts';
import { openDatabase } from '../lib/server/db/open.ts';
import { doJobs, openJobs } from '../lib/server/jobs/start.ts';
import type { CommandContext } from './command.ts';

/** `lampkeep dev`: the routes straight from their sources, on the embedded PostgreSQL, for those who work on them. */
export async function run(context: CommandContext): Promise<void> {
	parseArgs({ args: [...context.args], options: {} });
	const config = context.config();
	const database = await openDatabase(config, { whenInUse: 'refuse', say: context.say });
	provideDatabase(database);
	const jobs = await openJobs(database);
	const vite = await createServer({ server: { host: config.host, port: config.port, strictPort: true } });
	try {
		await vite.listen();
		const origin = vite.resolvedUrls?.local[0] ?? `http://localhost:${config.port}/`;
		await doJobs(jobs, config, theDatabase(), origin.replace(/\/$/, ''));
		context.answer({ origin }, `Lampkeep 留灯, from its sources, is at ${origin}`);
		await new Promise<void>((resolve) => context.signal.addEventListener('abort', () => resolve(), { once: true }));
	} finally {
		await vite.close();
		await jobs.stop();
		await database.close();
	}
}
