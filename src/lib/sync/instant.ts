/*
 * An instant as text and as a number. Neither asks a clock: the lint rule that keeps `Date` out of the pure layers means
 * "now" and local time zones, and a text that carries its offset has neither.
 */

/** Milliseconds since 1970 of an ISO 8601 instant with its offset, as the schemas of entries accept it. */
export function instantOf(text: string): number {
	// eslint-disable-next-line no-restricted-syntax -- no clock, see above
	return Date.parse(text);
}

/** ISO 8601 in UTC with milliseconds. Inverse of `instantOf`. */
export function instantText(epochMs: number): string {
	// eslint-disable-next-line no-restricted-syntax -- no clock, see above
	return new Date(epochMs).toISOString();
}
