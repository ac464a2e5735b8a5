/** So old may the oldest unsent thing be before a person is asked to carry it out, milliseconds (SECURITY.md 6: daily from the third day). */
const patience = 3 * 86_400_000;

/**
 * How many whole days the oldest unsent thing has waited, once that is too long; undefined before.
 *
 * @param oldestAt by the tablet's clock, as is `now` (milliseconds): a clock that was set back only makes it wait longer
 */
export function overdueDays(oldestAt: string | undefined, now: number): number | undefined {
	if (oldestAt === undefined) return undefined;
	const waited = now - Date.parse(oldestAt);
	return waited >= patience ? Math.floor(waited / 86_400_000) : undefined;
}
