import { describe, expect, it } from 'vitest';
import { acceptable, coldParameters, warmParameters } from './argon.ts';

/* Parameters lie on the disk: whoever can write there chooses what the next unlocking computes. */

describe('the cost of a secret', () => {
	it('is taken as this program makes it', () => {
		expect(acceptable(coldParameters)).toBe(true);
		expect(acceptable(warmParameters)).toBe(true);
	});

	it.each([
		['a little less memory', { memory: warmParameters.memory - 1 }],
		['one pass less', { iterations: warmParameters.iterations - 1 }],
		['no lane', { parallelism: 0 }],
		['more memory than a tablet has', { memory: 256 * 1024 + 1 }],
		['passes without end', { iterations: 17 }],
		['many lanes', { parallelism: 5 }],
		['half a pass', { iterations: 2.5 }],
		['no number', { memory: Number.NaN }]
	])('is refused for %s alone, all else being right', (_, change) => {
		expect(acceptable({ ...warmParameters, ...change })).toBe(false);
	});
});
