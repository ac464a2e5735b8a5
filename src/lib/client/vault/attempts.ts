import type { AttemptRow } from '../db/database.ts';

/*
 * Wrong secrets cool down and never wipe (SECURITY.md 6): the fifth and every later one closes the slot, for one minute, then
 * two, four, … up to an hour; after the tenth only a new code of the registry gives the person a way again. This slows a
 * person at the tablet; what slows a thief with its disk is Argon2id and the badge.
 */

/** Wrong secrets that are free, cold and warm alike. */
export const freeAttempts = 5;
/** Wrong secrets after which a new code is needed. */
export const attemptsBeforeCode = 10;
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

/** Ten wrong secrets: whatever is given now is not tried any more. */
export function needsCode(attempts: AttemptRow | undefined): boolean {
	return attempts !== undefined && attempts.wrong >= attemptsBeforeCode;
}

export function triesLeft(attempts: AttemptRow | undefined): number {
	return Math.max(0, freeAttempts - (attempts?.wrong ?? 0));
}
