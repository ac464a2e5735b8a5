/** The middle one; of an even number the lower middle, so that it is a value that was measured. */
export function median(values: readonly number[]): number {
	return quantile(values, 0.5);
}

/** @param share 0 to 1; 0.95 for p95. The smallest value that at least that share does not exceed. */
export function quantile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
	if (value === undefined) throw new RangeError('There is no quantile of nothing.');
	return value;
}

/**
 * The exponent k of cost ~ size^k between the smallest and the largest size: the slope on log-log axes. 1 is linear.
 */
export function growth(points: readonly { readonly size: number; readonly cost: number }[]): number | undefined {
	const first = points[0];
	const last = points.at(-1);
	if (!first || !last || first.size === last.size || first.cost <= 0 || last.cost <= 0) return undefined;
	return Math.log(last.cost / first.cost) / Math.log(last.size / first.size);
}
