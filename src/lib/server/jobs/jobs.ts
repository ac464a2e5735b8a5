import { z } from 'zod';
import { claimIdSchema } from '#lib/domain/ids.ts';

/** Days and hours of the registry are China's. */
const timeZone = 'Asia/Shanghai';

/*
 * Every job there is: its name, what it is told, how hard it is tried. What a job does is a handler's (handlers.ts).
 *
 *   each    one run for each time it was sent. Runs of one name go one after the other in a server, and beside each
 *           other in two: the handler locks what it changes.
 *   alone   a sweep over everything, told nothing: in all servers together one runs at a time.
 *
 * A payload holds ids and codes, never a word of a file: it lies in the database until the job is long done.
 */
export const jobs = {
	/** Finds the child of the notice a family named, while the family does not wait for it. */
	'claims.link': each(z.strictObject({ claimId: claimIdSchema }), { retries: 10, pause: 5, atMost: 60 }),
	/** Ends the blocks of claims whose sample did not come in time. */
	'claims.due': alone({ retries: 3, pause: 60, atMost: 300, schedule: hourly(5) }),
	/** Compares one child or one report with all that are open on the other side. */
	'candidates.compare': each(z.strictObject({ side: z.enum(['child', 'report']), id: z.uuid() }), {
		retries: 10,
		pause: 10,
		atMost: 120
	}),
	/** Takes off the public pages whoever has come of age or left. The next minute tries again by itself. */
	'publication.sweep': alone({ retries: 0, pause: 0, atMost: 60, schedule: everyMinute() }),
	/** Tells of what came by the clock: a hold that ends, a paper that is due, a review that is ready. */
	'cases.due': alone({ retries: 3, pause: 60, atMost: 600, schedule: everyTenMinutes() }),
	/**
	 * Makes every date again that hangs on a policy or a table of holidays: what a server that stopped left behind, or what a
	 * new version of the program brought. With nothing to do it is one query.
	 */
	'policies.recompute': alone({ retries: 5, pause: 60, atMost: 3_600, schedule: hourly(20) }),
	/** Writes the day's summaries and sends a delivery for each. */
	'inbox.digest': alone({ retries: 5, pause: 120, atMost: 600, schedule: daily(8) }),
	/** Delivers one summary: ten tries over 9 to 17 hours. */
	'inbox.deliver': each(z.strictObject({ messageId: z.uuid() }), { retries: 9, pause: 60, atMost: 60 }),
	/** Signs, for each house where it changed, which children it has had to do with. */
	'statements.grants': alone({ retries: 5, pause: 300, atMost: 600, schedule: daily(3) }),
	/** Ends grants of access whose time is over. */
	'access.expire': alone({ retries: 3, pause: 30, atMost: 120, schedule: everyTenMinutes() })
} as const satisfies Record<string, JobDefinition>;

export type JobName = keyof typeof jobs;
export const jobNames = Object.keys(jobs) as readonly JobName[];
export type JobPayload<N extends JobName> = z.infer<(typeof jobs)[N]['payload']>;
/** Jobs of which each sending is a run. */
export type EachJobName = { [N in JobName]: (typeof jobs)[N]['kind'] extends 'each' ? N : never }[JobName];

export interface JobDefinition<S extends z.ZodType = z.ZodType> {
	readonly kind: 'each' | 'alone';
	readonly payload: S;
	/** How often it is begun again after a failure. */
	readonly retries: number;
	/** Seconds before the second try; about twice as long before each further one. */
	readonly pause: number;
	/**
	 * Seconds one run may take. After that it counts as failed and may be begun elsewhere: so long, at most, does the
	 * work of a server that was killed lie still.
	 */
	readonly atMost: number;
	readonly schedule?: JobSchedule;
}

export interface JobSchedule {
	/** Five fields: minute, hour, day of month, month, day of week. */
	readonly cron: string;
	readonly timeZone: string;
}

type Effort = Pick<JobDefinition, 'retries' | 'pause' | 'atMost'>;

function each<S extends z.ZodType>(payload: S, effort: Effort) {
	return { kind: 'each', payload, ...effort } as const;
}

function alone(effort: Effort & { readonly schedule?: JobSchedule }) {
	return { kind: 'alone', payload: z.strictObject({}), ...effort } as const;
}

function everyMinute(): JobSchedule {
	return { cron: '* * * * *', timeZone };
}

function everyTenMinutes(): JobSchedule {
	return { cron: '*/10 * * * *', timeZone };
}

function hourly(minute: number): JobSchedule {
	return { cron: `${minute} * * * *`, timeZone };
}

function daily(hour: number): JobSchedule {
	return { cron: `0 ${hour} * * *`, timeZone };
}
