import { OperatorError } from '../operator-error.ts';
import type { JobSender } from './queue.ts';

const registered = Symbol.for('lampkeep.jobs');

/** Hands the queue to the web server: `serve` starts it, the built routes (another bundle) find it. */
export function provideJobs(jobs: JobSender): void {
	Reflect.set(globalThis, registered, jobs);
}

/**
 * The queue {@link provideJobs} handed over, to send jobs with: `await theJobs().sendIn(session, 'claims.link', { claimId })`
 * in the transaction of what the job follows from.
 *
 * @throws when the server was not started by the `serve` command
 */
export function theJobs(): JobSender {
	const jobs = Reflect.get(globalThis, registered) as JobSender | undefined;
	if (jobs === undefined) throw new OperatorError('The registry has no queue of jobs: start it with `npm start`.');
	return jobs;
}
