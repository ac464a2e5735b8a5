import { civilDateAt } from '#lib/domain/time.ts';
import { serverLog } from '../audit/server-log.ts';
import { registryKeys } from '../accounts/registry-key.ts';
import { caseworkHandlers } from '../casework/handlers.ts';
import { PaperStore } from '../claims/papers.ts';
import { openClaimDesk } from '../claims/the-claim-desk.ts';
import { paperFolder } from '../claims/the-family-desk.ts';
import type { Config } from '../config.ts';
import type { Database } from '../db/connection.ts';
import { smtpMessenger } from '../messengers/smtp.ts';
import { webhookMessenger } from '../messengers/webhook.ts';
import { NoticeBoard } from '../notices/board.ts';
import { registrySecret } from '../secret.ts';
import { publicPress } from '../sync/published.ts';
import { handlersWith } from './handlers.ts';
import { jobNames, jobs, type JobDefinition, type JobName } from './jobs.ts';
import { PgBossQueue, type PgBossQueueOptions } from './pg-boss-queue.ts';
import type { JobHandlers, JobQueue } from './queue.ts';
import { provideJobs } from './the-jobs.ts';

/**
 * Starts the queue and gives it to the routes; nothing is done yet.
 *
 * @throws OperatorError when the queue's tables are not this program's
 */
export async function openJobs(database: Pick<Database, 'queueSql'>): Promise<JobQueue> {
	const queue = await PgBossQueue.start(database.queueSql, { onError: toldToOperators() });
	provideJobs(queue);
	return queue;
}

/** Looks for work go on every two seconds while a database is away; a line a minute says as much. */
const quietFor = 60_000;

function toldToOperators(): PgBossQueueOptions['onError'] {
	let quietUntil = 0;
	return (err, job) => {
		if (job !== undefined) {
			serverLog.error({ err, job }, 'A job failed; lampkeep jobs shows what was given up');
			return;
		}
		if (Date.now() < quietUntil) return;
		quietUntil = Date.now() + quietFor;
		serverLog.warn({ err }, 'The queue of background work could not use its database; it goes on trying');
	};
}

/**
 * From now on this server does background work: what is due by the clock and what was sent.
 *
 * @param database the one the routes were given (`theDatabase()`): its notices in memory are refreshed
 * @param origin the address people type
 */
export async function doJobs(
	queue: JobQueue,
	config: Config,
	database: Parameters<typeof NoticeBoard.of>[0],
	origin: string
): Promise<void> {
	const now = () => new Date();
	const casework = caseworkHandlers({
		database,
		jobs: queue,
		claims: await openClaimDesk(config, database),
		papers: new PaperStore(paperFolder(config)),
		now,
		today: () => civilDateAt(now().getTime(), 'Asia/Shanghai')
	});
	const handlers = {
		...casework,
		...handlersWith({
			database,
			jobs: queue,
			press: await publicPress(config),
			board: NoticeBoard.of(database),
			keys: registryKeys(await registrySecret(config)),
			postman: {
				messengers: {
					email: config.mail && smtpMessenger(config.mail),
					webhook: config.webhook && webhookMessenger(config.webhook, () => now().getTime())
				},
				origin
			},
			now
		})
	};
	for (const name of jobNames) await employ(queue, handlers, name);
	// The program itself may be new, and its rules with it: not until the next hour.
	await queue.send('policies.recompute', {});
}

async function employ<N extends JobName>(queue: JobQueue, handlers: JobHandlers, name: N): Promise<void> {
	const handler = handlers[name];
	if (handler === undefined) return;
	const { schedule }: JobDefinition = jobs[name];
	if (schedule) await queue.schedule(name, schedule.cron, schedule.timeZone);
	await queue.work(name, handler);
}
