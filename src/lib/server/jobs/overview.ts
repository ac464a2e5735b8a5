import type { Session } from '../db/connection.ts';
import type { JobName } from './jobs.ts';

/** How one name's jobs stand. */
export interface JobCount {
	/** Also of a name this program does not know any more. */
	readonly name: JobName | (string & {});
	readonly waiting: number;
	readonly running: number;
	readonly failed: number;
	/** The last job that came to its end; null before the first, or when it is archived. */
	readonly lastDoneAt: string | null;
}

/** In the registry's scope. */
export async function jobCounts(session: Session): Promise<readonly JobCount[]> {
	const { rows } = await session.query<JobCount>(
		`SELECT queue.name,
			count(job.id) FILTER (WHERE job.state < 'active') AS waiting,
			count(job.id) FILTER (WHERE job.state = 'active') AS running,
			count(job.id) FILTER (WHERE job.state = 'failed') AS failed,
			max(job.completed_on) FILTER (WHERE job.state = 'completed') AS "lastDoneAt"
		FROM pgboss.queue LEFT JOIN pgboss.job ON job.name = queue.name
		WHERE queue.name NOT LIKE '\\_\\_%'
		GROUP BY queue.name ORDER BY queue.name`
	);
	return rows;
}

/** A job that was given up. */
export interface FailedJob {
	readonly id: string;
	readonly name: string;
	readonly failedAt: string;
	readonly attempts: number;
	/** Kind of the last failure, without words of a file. */
	readonly reason: string | null;
}

/** What was given up, the newest first; it stays for 30 days. In the registry's scope. */
export async function failedJobs(session: Session, limit: number): Promise<readonly FailedJob[]> {
	const { rows } = await session.query<FailedJob>(
		`SELECT id, name, completed_on AS "failedAt", retry_count + 1 AS attempts, output ->> 'message' AS reason
		FROM pgboss.job WHERE state = 'failed' ORDER BY completed_on DESC, id LIMIT $1`,
		[limit]
	);
	return rows;
}

/** Gives a job that was given up one more try, at once. False when there is none of this id. In the registry's scope. */
export async function sendAgain(session: Session, id: string): Promise<boolean> {
	const { rowCount } = await session.query(
		`UPDATE pgboss.job SET state = 'retry', retry_limit = retry_count + 1, completed_on = NULL
		WHERE id = $1 AND state = 'failed'`,
		[id]
	);
	return rowCount === 1;
}
