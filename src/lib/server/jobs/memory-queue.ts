import type { Session } from '../db/connection.ts';
import { jobs, type JobDefinition, type JobName, type JobPayload } from './jobs.ts';
import type { JobHandler, JobQueue, SendOptions } from './queue.ts';

/** A job of the fake, with what a test may want to know of it. */
export interface MemoryJob<N extends JobName = JobName> {
	readonly id: string;
	readonly name: N;
	readonly payload: JobPayload<N>;
	readonly key: string | undefined;
	readonly notBefore: number;
	/** Tries that were begun. */
	readonly attempts: number;
}

/**
 * The queue for tests, with faults. Nothing runs by itself: {@link runDue} does what is due at a moment, one after the
 * other. A transaction is not known here: what was sent in one is there at once.
 */
export class MemoryQueue implements JobQueue {
	#waiting: MemoryJob[] = [];
	#failed: MemoryJob[] = [];
	#sent = 0;
	#stopped = false;
	#refusals = 0;
	readonly #handlers = new Map<JobName, (job: MemoryJob) => Promise<void>>();
	readonly #faults = new Map<JobName, { failures: number; lost: number }>();
	readonly schedules = new Map<JobName, { readonly cron: string; readonly timeZone: string }>();

	/** What waits, oldest first. */
	get waiting(): readonly MemoryJob[] {
		return this.#waiting;
	}
	/** What was given up. */
	get failed(): readonly MemoryJob[] {
		return this.#failed;
	}

	/** The next sendings throw, as they would without a database. */
	failNextSends(count: number): void {
		this.#refusals = count;
	}
	/** The next runs of this name fail before their handler is called. */
	failNextRuns(name: JobName, count: number): void {
		this.#faults.set(name, { ...this.#faultOf(name), failures: count });
	}
	/** The next runs of this name do their work, and the server dies before it can note so: they run again. */
	loseNextEnds(name: JobName, count: number): void {
		this.#faults.set(name, { ...this.#faultOf(name), lost: count });
	}

	async sendIn<N extends JobName>(
		_session: Session,
		name: N,
		payload: JobPayload<N>,
		options: Pick<SendOptions, 'startAfter'> = {}
	): Promise<void> {
		this.#add(name, payload, options);
	}

	async send<N extends JobName>(name: N, payload: JobPayload<N>, options: SendOptions = {}): Promise<void> {
		const { singletonKey } = options;
		const stands = (job: MemoryJob) => job.name === name && job.key === singletonKey && job.attempts === 0;
		if (singletonKey !== undefined && this.#waiting.some(stands)) return;
		this.#add(name, payload, options);
	}

	async work<N extends JobName>(name: N, handler: JobHandler<N>): Promise<void> {
		const definition: JobDefinition = jobs[name];
		this.#handlers.set(name, (job) =>
			handler(job.payload as JobPayload<N>, {
				jobId: job.id,
				attempt: job.attempts,
				last: job.attempts > definition.retries
			})
		);
	}

	async schedule(name: JobName, cron: string, timeZone: string): Promise<void> {
		this.schedules.set(name, { cron, timeZone });
	}

	async stop(): Promise<void> {
		this.#stopped = true;
	}

	/**
	 * Runs what is due at `now` and has a handler, once each, also what those runs send.
	 *
	 * @returns the names in the order they ran
	 */
	async runDue(now: Date): Promise<readonly JobName[]> {
		const ran: JobName[] = [];
		const begun = new Set<string>();
		for (;;) {
			const next = this.#waiting.find(
				(job) => !begun.has(job.id) && job.notBefore <= now.getTime() && this.#handlers.has(job.name)
			);
			if (next === undefined || this.#stopped) return ran;
			begun.add(next.id);
			ran.push(next.name);
			await this.#run({ ...next, attempts: next.attempts + 1 }, now);
		}
	}

	async #run(job: MemoryJob, now: Date): Promise<void> {
		const others = () => this.#waiting.filter((other) => other.id !== job.id);
		const fault = this.#faultOf(job.name);
		this.#waiting = this.#waiting.map((other) => (other.id === job.id ? job : other));
		try {
			if (fault.failures > 0) {
				this.#faults.set(job.name, { ...fault, failures: fault.failures - 1 });
				throw new Error('a fault of the test');
			}
			await this.#handlers.get(job.name)?.(job);
			if (fault.lost > 0) {
				this.#faults.set(job.name, { ...fault, lost: fault.lost - 1 });
				return;
			}
			this.#waiting = others();
		} catch {
			const { retries, pause }: JobDefinition = jobs[job.name];
			const again = { ...job, notBefore: now.getTime() + pause * 1_000 * 2 ** (job.attempts - 1) };
			this.#waiting = job.attempts > retries ? others() : [...others(), again];
			if (job.attempts > retries) this.#failed = [...this.#failed, job];
		}
	}

	#add<N extends JobName>(name: N, payload: JobPayload<N>, options: SendOptions): void {
		if (this.#refusals > 0) {
			this.#refusals--;
			throw new Error('a fault of the test: the job was not taken');
		}
		const job: MemoryJob = {
			id: `job-${++this.#sent}`,
			name,
			payload: jobs[name].payload.parse(payload),
			key: options.singletonKey,
			notBefore: options.startAfter?.getTime() ?? 0,
			attempts: 0
		};
		this.#waiting = [...this.#waiting, job];
	}

	#faultOf(name: JobName): { failures: number; lost: number } {
		return this.#faults.get(name) ?? { failures: 0, lost: 0 };
	}
}
