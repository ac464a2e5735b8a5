import { uuidV7 } from '#lib/domain/ids.ts';

/** Chance that can be repeated: the same seed gives the same schedule, for ever. */
export class Chance {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** From 0 up to 1 (mulberry32). */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = this.#state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	}

	/** A whole number from 0 up to, not including, `below`. */
	below(below: number): number {
		return Math.floor(this.next() * below);
	}

	/** True so often. */
	happens(probability: number): boolean {
		return this.next() < probability;
	}

	pick<T>(from: readonly T[]): T | undefined {
		return from[this.below(from.length)];
	}

	/** Takes one out of the list. */
	take<T>(from: T[]): T | undefined {
		return from.splice(this.below(from.length), 1)[0];
	}

	uuid(epochMs: number): string {
		return uuidV7(
			epochMs,
			Uint8Array.from({ length: 10 }, () => this.below(256))
		);
	}
}
