import { access } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { paperBodyMaximum } from '../lib/server/auth/request-guard.ts';
import type { Config } from '../lib/server/config.ts';
import { provideDatabase, theDatabase } from '../lib/server/db/connection.ts';
import { openDatabase, type OpenDatabase } from '../lib/server/db/open.ts';
import { doJobs, openJobs } from '../lib/server/jobs/start.ts';
import type { JobQueue } from '../lib/server/jobs/queue.ts';
import { NoticeBoard } from '../lib/server/notices/board.ts';
import { ReadyBytes } from '../lib/server/notices/ready-bytes.ts';
import { OperatorError } from '../lib/server/operator-error.ts';
import type { CommandContext } from './command.ts';
import { withdrawnProgram } from './withdrawn-program.ts';
import { listen, type Front, type WebServer } from './web-server.ts';

const builtHandler = fileURLToPath(new URL('../../build/handler.js', import.meta.url));

/** Bytes of one request's body: the photo of a paper that a family sends. Other paths may weigh less (mayWeigh). */
const bodyLimit = String(paperBodyMaximum);

/** A registry that answers requests. */
export interface RunningRegistry {
	readonly origin: string;
	readonly database: OpenDatabase;
	close(): Promise<void>;
}

/** `lampkeep serve`: the registry, until Ctrl-C or SIGTERM. Answers {"origin":"…"} once it listens. */
export async function run(context: CommandContext): Promise<void> {
	parseArgs({ args: [...context.args], options: {} });
	const registry = await startRegistry(context.config(), context.say);
	context.answer({ origin: registry.origin }, `Lampkeep 留灯 is at ${registry.origin}`);
	await untilAsked(context.signal, registry);
}

/**
 * Opens the database, then listens, then does background work. The built routes are another bundle: they find the database on the process
 * (`theDatabase`), so that there is one pool.
 *
 * @param prepare runs once the database is open and before anybody is answered
 * @throws OperatorError when the product is not built, the port is taken, or the database cannot be opened
 */
export async function startRegistry(
	config: Config,
	say: (sentence: string) => void,
	prepare: (database: OpenDatabase) => Promise<void> = async () => undefined
): Promise<RunningRegistry> {
	await mustBeBuilt();
	const database = await openDatabase(config, { whenInUse: 'refuse', say });
	try {
		if (database.epochBegan === 'another-database') {
			say('This database was restored or copied: a new epoch begins, and tablets will send their own entries again.');
		}
		await prepare(database);
		provideDatabase(database);
		const ready = readyPages();
		const jobs = await openJobs(database);
		try {
			const front = config.withdrawProgram ? (again: RequestListener) => withdrawnProgram(ready(again)) : ready;
			if (config.withdrawProgram)
				say('WITHDRAW_PROGRAM is on: tablets give the kept program up and need the network until it is off again.');
			const server = await listen(config, front, () => loadHandler(config));
			await doJobs(jobs, config, theDatabase(), server.origin);
			return { origin: server.origin, database, close: () => closeInOrder(server, jobs, database) };
		} catch (error) {
			await jobs.stop();
			throw error;
		}
	} catch (error) {
		await database.close();
		throw error;
	}
}

/** Waits for Ctrl-C, or for the embedded PostgreSQL to end by itself, and closes in order. */
export async function untilAsked(signal: AbortSignal, registry: RunningRegistry): Promise<void> {
	const asked = new Promise<null>((resolve) => {
		if (signal.aborted) resolve(null);
		signal.addEventListener('abort', () => resolve(null), { once: true });
	});
	const lost = await Promise.race([asked, registry.database.lost]);
	await registry.close();
	if (lost !== null)
		throw new OperatorError(
			`The embedded PostgreSQL ended by itself: ${lost}. Start the registry again; nothing acknowledged is lost.`
		);
}

/** Public pages that are drawn already, dropped the moment a notice changes (docs/adr/0007). */
function readyPages(): (again: RequestListener) => Front {
	return (again) => {
		const ready = new ReadyBytes({ again });
		NoticeBoard.of(theDatabase()).onChange(() => ready.invalidate());
		return (request, response) => ready.handle(request, response);
	};
}

async function loadHandler(config: Config): Promise<RequestListener> {
	process.env['NODE_ENV'] ??= config.mode;
	process.env['BODY_SIZE_LIMIT'] ??= bodyLimit;
	const built = (await import(pathToFileURL(builtHandler).href)) as { handler: RequestListener };
	return built.handler;
}

/** Requests and jobs end together, in seconds; then nobody needs the database any more. */
async function closeInOrder(server: WebServer, jobs: JobQueue, database: OpenDatabase): Promise<void> {
	await Promise.all([server.close(), jobs.stop()]);
	await database.close();
}

async function mustBeBuilt(): Promise<void> {
	try {
		await access(builtHandler);
	} catch {
		throw new OperatorError(
			'The product is not built yet: run `npm run build` first (`npm run demo` does it by itself).'
		);
	}
}
