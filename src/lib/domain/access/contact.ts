/*
 * How long a tablet may go without its registry (SECURITY.md 6). What makes a stolen or forgotten tablet go blind by itself,
 * without ever closing the door to somebody who has a child to register.
 *
 *   normal ── 21 days ──► warning ── 30 ──► reading_locked ── 90 ──► sending_only
 *      ▲                                                                   │
 *      └───────────────────────── contact ─────────────────────────────────┘
 */
export type ContactStage = 'normal' | 'warning' | 'reading_locked' | 'sending_only';

export interface ContactState {
	readonly stage: ContactStage;
	/** Whole days since the last contact, as far as the tablet has seen time pass. */
	readonly days: number;
	/** Whole days until the next stage; undefined in the last. */
	readonly daysLeft: number | undefined;
	/** The registry's time at the last contact, ISO 8601. */
	readonly at: string | undefined;
}

export const warningDays = 21;
/** More than so many days close what can be read. */
export const readingDays = 30;
/** More than so many days leave only sending. */
export const recordingDays = 90;

const dayMilliseconds = 86_400_000;

/** @param days since the last contact, fractions count. @param at the registry's time then, ISO 8601 */
export function contactAfter(days: number, at: string | undefined): ContactState {
	const [stage, next]: [ContactStage, number | undefined] =
		days > recordingDays
			? ['sending_only', undefined]
			: days > readingDays
				? ['reading_locked', recordingDays]
				: days >= warningDays
					? ['warning', readingDays]
					: ['normal', warningDays];
	return { stage, days: Math.floor(days), daysLeft: next === undefined ? undefined : Math.ceil(next - days), at };
}

/**
 * Time as a tablet has seen it pass since the last contact. Every step of its clock forward counts and none back does: a
 * clock that is set back cannot win a day, and one that is set forward costs only reading, until the next contact.
 */
export interface ElapsedTime {
	/** Milliseconds since the last contact. */
	readonly elapsed: number;
	/** The tablet's clock when that was reckoned, epoch milliseconds. */
	readonly seen: number;
}

/** The same at `now`. */
export function elapsedAt(time: ElapsedTime, now: number): ElapsedTime {
	return { elapsed: time.elapsed + Math.max(0, now - time.seen), seen: now };
}

export function daysOf(time: ElapsedTime): number {
	return time.elapsed / dayMilliseconds;
}
