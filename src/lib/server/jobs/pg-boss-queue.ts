import { randomUUID } from 'node:crypto';
import PgBoss from 'pg-boss';
import { told, type ToldError } from '../audit/server-log.ts';
import { sqlState, type QueueSql, type Session } from '../db/connection.ts';
import { OperatorError } from '../operator-error.ts';
import { jobs, type JobDefinition, type JobName, type JobPayload } from './jobs.ts';
import type { JobHandler, JobQueue, SendOptions } from './queue.ts';
import { queueSchema } from './schema.ts';

export interface PgBossQueueOptions {
	/** Told of what went wrong: a handler that failed (`job` names it), or the database, which is asked again by itself. */
	readonly onError: (error: unknown, job: JobName | undefined) => void;
	/** Seconds between two looks for waiting jobs, per name; at least 0.5, by default 2. */
	readonly pollSeconds?: number;
	/** Seconds between two looks at the clock and for runs that took too long; by default 10 and 20. */
	readonly clockSeconds?: number;
	readonly upkeepSeconds?: number;
}

/** How long {@link JobQueue.stop} waits for running jobs before they are given back: the command has 15 seconds in all. */
const patience = 5_000;
/** And how long for statements that are under way then. */
const lastWords = 2_000;

/**
 * The queue in PostgreSQL, kept by pg-boss. Its tables were made by the owner (schema.ts); here it works as the program's
 * role and may neither make nor change them.
 *
 * Two of its objects are used, for one reason: its workers note the end of a job without waiting for the answer, so an
 * error of the database there would be nobody's and end the whole registry. `#worker` gets a database that reports its
 * errors and never throws them; `#asker`, for what we call and wait for, throws.
 */
export class PgBossQueue implements JobQueue {
	readonly #asker: PgBoss;
	readonly #worker: PgBoss;
	readonly #onError: PgBossQueueOptions['onError'];
	readonly #pollSeconds: number;
	/** Statements and handlers under way, so that nothing is cut off when the registry stops. */
	readonly #underWay = new Set<Promise<unknown>>();

	private constructor(sql: QueueSql, options: PgBossQueueOptions) {
		this.#onError = options.onError;
		this.#pollSeconds = options.pollSeconds ?? 2;
		this.#asker = new PgBoss({
			...unattended,
			db: { executeSql: async (text, values) => copied(await sql(text, values)) }
		});
		this.#worker = new PgBoss({
			schema: queueSchema,
			migrate: false,
			cronMonitorIntervalSeconds: options.clockSeconds ?? 10,
			cronWorkerIntervalSeconds: Math.max(1, this.#pollSeconds),
			maintenanceIntervalSeconds: options.upkeepSeconds ?? 20,
			archiveCompletedAfterSeconds: 6 * 3_600,
			archiveFailedAfterSeconds: 30 * 86_400,
			deleteAfterDays: 7,
			db: { executeSql: (text, values) => this.#tracked(this.#reported(sql, text, values)) }
		});
		for (const boss of [this.#asker, this.#worker]) boss.on('error', (error) => this.#onError(error, undefined));
	}

	/**
	 * @param sql of the program's role, see `Database.queueSql`
	 * @throws OperatorError when the queue's tables are not those of this program
	 */
	static async start(sql: QueueSql, options: PgBossQueueOptions): Promise<PgBossQueue> {
		const queue = new PgBossQueue(sql, options);
		// Asked here, where an error is still thrown: a queue that looks started and does nothing would be worse than none.
		await queue.#asker.start().catch((error: unknown) => {
			if (sqlState(error) !== null) throw error;
			throw new OperatorError(
				'The tables of background work were not made by this program; start it once with `npm start`, or install the newer program.',
				{ cause: error }
			);
		});
		await queue.#worker.start();
		return queue;
	}

	async sendIn<N extends JobName>(
		session: Session,
		name: N,
		payload: JobPayload<N>,
		options: Pick<SendOptions, 'startAfter'> = {}
	): Promise<void> {
		const db = { executeSql: async (text: string, values: unknown[]) => copied(await session.query(text, values)) };
		await this.#asker.insert([jobRow(name, payload, options)], { db });
	}

	async send<N extends JobName>(name: N, payload: JobPayload<N>, options: SendOptions = {}): Promise<void> {
		await this.#asker.insert([jobRow(name, payload, options)]);
	}

	async work<N extends JobName>(name: N, handler: JobHandler<N>): Promise<void> {
		const options = { pollingIntervalSeconds: this.#pollSeconds, batchSize: 1, includeMetadata: true } as const;
		const id = await this.#worker.work<unknown>(name, options, async (batch) => {
			// Where one was waiting another may be: looks again at once, and only after an empty look in its own time.
			this.#worker.notifyWorker(id);
			for (const job of batch) await this.#tracked(this.#run(name, handler, job));
		});
	}

	async schedule(name: JobName, cron: string, timeZone: string): Promise<void> {
		await this.#asker.schedule(name, cron, {}, { tz: timeZone });
	}

	async stop(): Promise<void> {
		await this.#worker.stop({ graceful: true, timeout: patience });
		// A look for work that was under way may still have found some, and the note that a job is done may be on its way.
		const late = Date.now() + lastWords;
		while (this.#underWay.size > 0 && Date.now() < late) {
			await Promise.race([Promise.allSettled(this.#underWay), pause(late - Date.now())]);
			await pause(0);
		}
		await this.#asker.stop({ graceful: false });
	}

	async #run<N extends JobName>(name: N, handler: JobHandler<N>, job: PgBoss.JobWithMetadata<unknown>): Promise<void> {
		try {
			const definition: JobDefinition = jobs[name];
			const payload = definition.payload.parse(job.data) as JobPayload<N>;
			await handler(payload, {
				jobId: job.id,
				attempt: job.retryCount + 1,
				last: job.retryCount >= job.retryLimit
			});
		} catch (error) {
			this.#onError(error, name);
			throw new JobFailed(told(error));
		}
	}

	async #reported(sql: QueueSql, text: string, values: unknown[]): Promise<{ rows: Record<string, unknown>[] }> {
		// The library asks for its own queue at every start; the owner has made it, and the program may not.
		if (text === makesQueue) return nothing;
		try {
			return copied(await sql(text, values));
		} catch (error) {
			// Another run of a job that is done alone is under way: this look finds nothing, the next one may.
			if (sqlState(error) !== '23505') this.#onError(error, undefined);
			return nothing;
		}
	}

	#tracked<T>(work: Promise<T>): Promise<T> {
		this.#underWay.add(work);
		const done = () => void this.#underWay.delete(work);
		work.then(done, done);
		return work;
	}
}

/** What is kept of a failure beside the job: the kind and place of the error, without words it may quote. */
class JobFailed extends Error {
	readonly told: ToldError;
	constructor(error: ToldError) {
		super(error.message ?? error.type);
		this.name = 'JobFailed';
		this.told = error;
	}
}

const unattended = { schema: queueSchema, migrate: false, supervise: false, schedule: false } as const;
const makesQueue = `SELECT ${queueSchema}.create_queue($1, $2)`;
/** How the library's own connection answers when it is closed: its callers take it for "nothing done". */
const nothing = undefined as unknown as { rows: Record<string, unknown>[] };

/**
 * A job that is sent gets a key of its own, or else all that wait without one would count as the same. Jobs done alone
 * have none: by that they exclude each other.
 */
function jobRow<N extends JobName>(name: N, payload: JobPayload<N>, options: SendOptions): PgBoss.JobInsert {
	const definition: JobDefinition = jobs[name];
	return {
		name,
		data: definition.payload.parse(payload) as object,
		...(definition.kind === 'each' && { singletonKey: options.singletonKey ?? randomUUID() }),
		...(options.startAfter && { startAfter: options.startAfter.toISOString() })
	};
}

function copied({ rows }: { readonly rows: readonly object[] }): { rows: Record<string, unknown>[] } {
	return { rows: rows.map((row) => ({ ...row })) };
}

function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
}
