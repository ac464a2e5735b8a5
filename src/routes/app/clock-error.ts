/** So far off a clock is said to be wrong, milliseconds. Less is the network's doing, or nobody's trouble. */
const tolerance = 10 * 60_000;

export interface ClockError {
	/** Of the tablet's clock, as seen from the registry's. */
	readonly direction: 'behind' | 'ahead';
	readonly count: number;
	readonly unit: 'minutes' | 'hours' | 'days';
}

/**
 * How wrong the tablet's clock is, in the largest unit that fits, rounded down; undefined where it is right enough or not known.
 *
 * @param offset the registry's clock minus the tablet's, milliseconds
 */
export function clockError(offset: number | undefined): ClockError | undefined {
	if (offset === undefined || Math.abs(offset) < tolerance) return undefined;
	const direction = offset > 0 ? 'behind' : 'ahead';
	const minutes = Math.floor(Math.abs(offset) / 60_000);
	if (minutes < 120) return { direction, count: minutes, unit: 'minutes' };
	if (minutes < 2 * 1440) return { direction, count: Math.floor(minutes / 60), unit: 'hours' };
	return { direction, count: Math.floor(minutes / 1440), unit: 'days' };
}
