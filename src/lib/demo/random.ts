/**
 * Seeded randomness: the same words give the same numbers, on every machine and in every order of asking for other
 * generators. Not for secrets.
 */
export interface Random {
	/** 0 ≤ x < 1. */
	next(): number;
	/** A whole number, both ends included. */
	between(least: number, most: number): number;
	/** True in `share` of the cases, 0 to 1. */
	chance(share: number): boolean;
	/** One of a list that is not empty. */
	pick<T>(from: readonly T[]): T;
	/** Up to `count` different ones of a list, in the list's order. */
	some<T>(from: readonly T[], count: number): T[];
	bytes(count: number): Uint8Array;
}

/** @param seeds what the generator is for, e.g. `randomOf(seed, 'child', 12)` */
export function randomOf(...seeds: readonly (number | string)[]): Random {
	const state = stateOf(seeds.join('\u0000'));
	const next = () => sfc32(state) / 2 ** 32;
	// The first numbers still show their seed; the generator's author advises to drop a dozen.
	for (let i = 0; i < 12; i++) sfc32(state);
	const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
	return {
		next,
		between,
		chance: (share) => next() < share,
		pick: (from) => {
			const one = from[between(0, from.length - 1)];
			if (one === undefined) throw new RangeError('There is nothing to pick from.');
			return one;
		},
		some: (from, count) => {
			const left = from.map((_, index) => index);
			while (left.length > count) left.splice(between(0, left.length - 1), 1);
			return left.flatMap((index) => from.slice(index, index + 1));
		},
		bytes: (count) => Uint8Array.from({ length: count }, () => between(0, 255))
	};
}

interface State {
	a: number;
	b: number;
	c: number;
	counter: number;
}

/** Chris Doty-Humphrey's sfc32 (PractRand), 128 bits of state. */
function sfc32(state: State): number {
	const sum = (state.a + state.b + state.counter) | 0;
	state.counter = (state.counter + 1) | 0;
	state.a = state.b ^ (state.b >>> 9);
	state.b = (state.c + (state.c << 3)) | 0;
	state.c = ((state.c << 21) | (state.c >>> 11)) + sum;
	state.c |= 0;
	return sum >>> 0;
}

/** FNV-1a, 32 bits, once per word of the state with another beginning. */
function stateOf(text: string): State {
	const hash = (basis: number) => {
		let value = basis;
		for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
		return value | 0;
	};
	return { a: hash(0x811c9dc5), b: hash(0x1b873593), c: hash(0x9e3779b9), counter: 1 };
}
