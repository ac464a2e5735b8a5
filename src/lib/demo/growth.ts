/**
 * Heights, weights and head sizes that are plausible for an age. APPROXIMATE medians, rounded and interpolated by
 * ourselves after the shape of WHO's growth standards (0-5 years, 2006) and reference (5-19 years, 2007): good enough
 * for invented children, never to judge a real one.
 */
type Row = readonly [months: number, boy: number, girl: number];

const heights: readonly Row[] = [
	[0, 50, 49],
	[3, 61, 60],
	[6, 67.5, 65.5],
	[12, 75.5, 74],
	[18, 82, 80.5],
	[24, 87.5, 86],
	[36, 96, 95],
	[48, 103, 102.5],
	[60, 110, 109.5],
	[72, 116, 115],
	[84, 121.5, 121],
	[96, 127, 126.5],
	[108, 132.5, 132.5],
	[120, 138, 138.5],
	[132, 143, 145],
	[144, 149, 151],
	[156, 156, 156.5],
	[168, 163, 160],
	[180, 169, 161.5],
	[204, 175, 163]
];
const weights: readonly Row[] = [
	[0, 3.3, 3.2],
	[3, 6.4, 5.8],
	[6, 7.9, 7.3],
	[12, 9.6, 8.9],
	[18, 10.9, 10.2],
	[24, 12.2, 11.5],
	[36, 14.3, 13.9],
	[48, 16.3, 16.1],
	[60, 18.3, 18.2],
	[72, 20.5, 20.2],
	[84, 22.9, 22.4],
	[96, 25.5, 25],
	[108, 28.3, 28.2],
	[120, 31.4, 31.9],
	[132, 35, 36.5],
	[144, 39.5, 41.5],
	[156, 45, 46],
	[168, 51, 49.5],
	[180, 56, 52],
	[204, 64, 55]
];
const headSizes: readonly Row[] = [
	[0, 34.5, 33.9],
	[3, 40.5, 39.5],
	[6, 43.3, 42.2],
	[12, 46, 45],
	[24, 48.3, 47.2],
	[36, 49.5, 48.5],
	[60, 50.8, 50],
	[120, 53, 52.5],
	[204, 55.5, 54.5]
];

export interface Measured {
	/** Centimetres, one decimal. */
	readonly height: number;
	/** Kilograms, one decimal. */
	readonly weight: number;
	/** Centimetres, one decimal. */
	readonly headSize: number;
}

/**
 * @param ageMonths 0 to 204; outside, the nearest
 * @param build how tall the child is beside the median: 0.92 small, 1 median, 1.08 tall
 * @param fed how heavy beside the median for the height: 0.8 starved, 1 median
 */
export function measured(ageMonths: number, sex: '1' | '2', build: number, fed: number): Measured {
	return {
		height: oneDecimal(at(heights, ageMonths, sex) * build),
		// Weight goes roughly with the square of the height among children of one age.
		weight: oneDecimal(at(weights, ageMonths, sex) * build * build * fed),
		headSize: oneDecimal(at(headSizes, ageMonths, sex) * (1 + (build - 1) / 3))
	};
}

function at(table: readonly Row[], ageMonths: number, sex: '1' | '2'): number {
	const value = (row: Row) => (sex === '1' ? row[1] : row[2]);
	const after = table.findIndex((row) => row[0] >= ageMonths);
	const upper = table[after === -1 ? table.length - 1 : after] ?? [0, 0, 0];
	const lower = after > 0 ? table[after - 1] : undefined;
	if (!lower || after === -1) return value(upper);
	const share = (ageMonths - lower[0]) / (upper[0] - lower[0]);
	return value(lower) + share * (value(upper) - value(lower));
}

function oneDecimal(value: number): number {
	return Math.round(value * 10) / 10;
}
