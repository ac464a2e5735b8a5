import type { Session } from '../db/connection.ts';
import type { EachJobName, JobName, JobPayload } from './jobs.ts';

/*
 * Work that is done later and survives a restart. The port; pg-boss-queue.ts keeps it in PostgreSQL, memory-queue.ts is
 * the fake for tests.
 *
 *   1. A job that was sent is run to its end at least once, whatever restarts in between. Twice is possible (a server dies
 *      between the work and the note that it is done), so every handler must bear it.
 *   2. No two servers begin one job at the same moment.
 *   3. A job that failed is begun again after a pause, and when its tries are used up it stays, in sight, until a person
 *      sends it again.
 */
export interface JobSender {
	/**
	 * Sends within the caller's transaction: the job is there if and only if the transaction commits, and is not begun
	 * before. Works in every scope. Never left out for an equal job that waits already: that one might be done before
	 * this transaction commits, and would not see what it wrote.
	 */
	sendIn<N extends JobName>(
		session: Session,
		name: N,
		payload: JobPayload<N>,
		options?: Pick<SendOptions, 'startAfter'>
	): Promise<void>;

	/** Sends at once, for what is committed already. */
	send<N extends EachJobName>(name: N, payload: JobPayload<N>, options?: SendOptions): Promise<void>;
	send<N extends JobName>(name: N, payload: JobPayload<N>, options?: Pick<SendOptions, 'startAfter'>): Promise<void>;
}

export interface SendOptions {
	/** While a job of this name and key waits for its first try, another is not added. */
	readonly singletonKey?: string;
	/** Not before. */
	readonly startAfter?: Date;
}

export interface JobQueue extends JobSender {
	/** From now on this process does jobs of this name, one at a time. A handler that throws has failed. */
	work<N extends JobName>(name: N, handler: JobHandler<N>): Promise<void>;
	/**
	 * Sends the job by the clock, whichever server is there. Replaces an earlier schedule of the same job.
	 *
	 * @param cron five fields: minute, hour, day of month, month, day of week
	 * @param timeZone IANA name of the clock the fields are read on
	 */
	schedule(name: JobName, cron: string, timeZone: string): Promise<void>;
	/** Begins no job any more, lets the running ones end (five seconds), and gives back what did not. */
	stop(): Promise<void>;
}

export type JobHandler<N extends JobName> = (payload: JobPayload<N>, run: JobRun) => Promise<void>;

/** What a handler is told about its run. */
export interface JobRun {
	readonly jobId: string;
	/** 1 for the first. */
	readonly attempt: number;
	/** No further try follows by itself if this one fails. */
	readonly last: boolean;
}

/** Who does what. A job without a handler waits, and its clock does not run. */
export type JobHandlers = { readonly [N in JobName]?: JobHandler<N> };
