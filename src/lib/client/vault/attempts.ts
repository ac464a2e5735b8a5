import type { AttemptRow } from '../db/database.ts';

/*
 * Wrong passphrases cool down and never wipe (SECURITY.md 6): the fifth and every later one closes the slot, for one minute,
 * then two, four, … up to an hour. This slows a person at the tablet; what slows a thief with its disk is Argon2id.
 */

/** Wrong secrets that are free, cold and warm alike. */
export const freeAttempts = 5;
const firstPause = 60_000;
const longestPause = 3_600_000;

/** Until when, epoch milliseconds, nobody may try; undefined: now. */
export function coolingUntil(attempts: AttemptRow | undefined, now: number): number | undefined {
	if (!attempts || attempts.wrong < freeAttempts) return undefined;
	const pause = Math.min(firstPause * 2 ** (attempts.wrong - freeAttempts), longestPause);
	return attempts.at + pause > now ? attempts.at + pause : undefined;
}

/**
 * The attempts as they count at `now`. A clock that was set back must not lock people out until it has caught up: an
 * attempt of the future is taken for one of now, and the caller writes that down, so that the pause ends.
 */
export function anchored(attempts: AttemptRow | undefined, now: number): AttemptRow | undefined {
	return attempts && attempts.at > now ? { ...attempts, at: now } : attempts;
}

/** One more wrong secret. Written before the secret is tried, so that killing the program in between gains nothing. */
export function withAttempt(attempts: AttemptRow | undefined, staffId: string, now: number): AttemptRow {
	return { staffId, wrong: (attempts?.wrong ?? 0) + 1, at: now };
}

export function triesLeft(attempts: AttemptRow | undefined): number {
	return Math.max(0, freeAttempts - (attempts?.wrong ?? 0));
}
