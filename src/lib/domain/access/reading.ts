import { z } from 'zod';
import { childIdSchema, readingIdSchema, staffIdSchema } from '../ids.ts';
import { purposeSchema } from './purpose.ts';

/** What of a file was opened. */
export const readingKinds = ['full', 'notice', 'claim', 'print', 'export'] as const;
export type ReadingKind = (typeof readingKinds)[number];

/**
 * From what a file was read: a grant; the duty of those who have the child in care; a reason given at opening; or
 * nothing of these, on a tablet that could not ask.
 */
export const readingBases = ['grant', 'duty', 'reason', 'none'] as const;
export type ReadingBasis = (typeof readingBases)[number];

/** Opening the same file again within so many minutes is the same reading: a page is turned, not a file asked for. */
export const readingMinutes = 15;

/** Is an opening at `now` part of the reading that began at `began`? Both milliseconds of one clock, which may be set back. */
export function isSameReading(began: number, now: number): boolean {
	return Math.abs(now - began) < readingMinutes * 60_000;
}

/**
 * Why somebody opens a file that no grant covers: words a supervisor can judge. It holds for the same person, child and
 * purpose until the registry's day is over.
 */
export const reasonSchema = z.string().trim().min(5).max(500);

/** A reading as a tablet tells of it. The registry looks up the grant; the tablet knows none. */
export const tabletReadingSchema = z.strictObject({
	id: readingIdSchema,
	childId: childIdSchema,
	staffId: staffIdSchema,
	/** The tablet's clock with its offset: a claim. The registry notes beside it when it was told. */
	at: z.iso.datetime({ offset: true }).refine(isOfThisAge, { error: 'out_of_range' }),
	purpose: purposeSchema
});
export type TabletReading = z.infer<typeof tabletReadingSchema>;

/** Clocks are wrong by years, not by centuries; the database would refuse those. */
function isOfThisAge(instant: string): boolean {
	const year = Number(instant.slice(0, 4));
	return year >= 1900 && year < 3000;
}
