/** How long an open tablet may lie untouched, and how long before that it says so (SECURITY 6: idle lock 2 min). */
export const idleMilliseconds = 120_000;
export const warningMilliseconds = 20_000;

/**
 * Watches for hands. The page tells it of touches and keys (`touch`) and of time (`tick`); it says when to warn and calls
 * `rest` once when the time is over.
 */
export class IdleWatch {
	readonly #now: () => number;
	readonly #rest: () => void;
	#last: number;
	#resting = false;
	/** Whole seconds until the tablet rests while the warning shows, else undefined. */
	secondsLeft = $state<number | undefined>();

	constructor(now: () => number, rest: () => void) {
		this.#now = now;
		this.#rest = rest;
		this.#last = now();
	}

	/** A hand: counts anew, and takes the warning away. */
	touch(): void {
		this.#last = this.#now();
		this.#resting = false;
		this.secondsLeft = undefined;
	}

	/** To be called every second. A clock set back counts as no time passed, never as an excuse to stay open longer. */
	tick(): void {
		if (this.#resting) return;
		const now = this.#now();
		if (now < this.#last) this.#last = now;
		const left = idleMilliseconds - (now - this.#last);
		if (left <= 0) {
			this.#resting = true;
			this.secondsLeft = undefined;
			this.#rest();
			return;
		}
		this.secondsLeft = left <= warningMilliseconds ? Math.ceil(left / 1000) : undefined;
	}
}
