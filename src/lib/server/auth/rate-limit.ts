import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Too many tries: how long until the next one counts. */
export interface TooMany {
	readonly type: 'too_many_tries';
	readonly retryAfterSeconds: number;
}

/**
 * Counts failures, not successes: a whole house behind one address signs in every morning. Held in this process; a
 * restart forgives, which an attacker cannot cause.
 */
export class FailureLimit {
	readonly #limiters: readonly RateLimiterMemory[];

	/** @param points failures allowed per `seconds` for each key of the same place in `keys` */
	constructor(limits: readonly { readonly points: number; readonly seconds: number }[]) {
		this.#limiters = limits.map(
			({ points, seconds }) => new RateLimiterMemory({ points, duration: seconds, blockDuration: seconds })
		);
	}

	async blocked(keys: readonly string[]): Promise<TooMany | undefined> {
		for (const [place, key] of keys.entries()) {
			const limiter = this.#limiters[place];
			const state = await limiter?.get(key);
			if (limiter && state && state.consumedPoints > limiter.points) return tooMany(state);
		}
		return undefined;
	}

	/** One more failure. */
	async failed(keys: readonly string[]): Promise<void> {
		for (const [place, key] of keys.entries()) {
			try {
				await this.#limiters[place]?.consume(key);
			} catch (rejected) {
				// The limiter rejects with its state when the limit is reached; `blocked` tells the next caller.
				if (!(rejected instanceof RateLimiterRes)) throw rejected;
			}
		}
	}

	/**
	 * Counts a try as a failure before its outcome is known, so that tries sent all at once cannot overtake the count;
	 * {@link succeeded} takes it back.
	 */
	async tried(keys: readonly string[]): Promise<TooMany | undefined> {
		for (const [place, key] of keys.entries()) {
			try {
				await this.#limiters[place]?.consume(key);
			} catch (rejected) {
				if (!(rejected instanceof RateLimiterRes)) throw rejected;
				return tooMany(rejected);
			}
		}
		return undefined;
	}

	/** The try was none of those to be counted: forgives the first key everything, and the others this one try. */
	async succeeded(keys: readonly string[]): Promise<void> {
		for (const [place, key] of keys.entries()) {
			const limiter = this.#limiters[place];
			await (place === 0 ? limiter?.delete(key) : limiter?.reward(key));
		}
	}
}

/** Sign-in: 5 failures for one login from one address, 50 from one address, in 15 minutes. */
export const signInLimit = new FailureLimit([
	{ points: 5, seconds: 900 },
	{ points: 50, seconds: 900 }
]);
/** Enrolment: a code has 128 bits; this only keeps noise away. */
export const enrolLimit = new FailureLimit([{ points: 10, seconds: 900 }]);

/** One tablet's word that the registry's database was put back: once a day, for every tablet then sends everything again. */
export const aheadLimit = new FailureLimit([{ points: 1, seconds: 86_400 }]);

/** Loose records sent from one network, or by one tablet among its own, in an hour: a busy night at one station, not a script. */
export const looseLimit = new FailureLimit([{ points: 30, seconds: 3600 }]);

/** A family's ticket: 10 wrong secrets for one ticket, 60 from one network, in 15 minutes; a secret has 66 bits. */
export const ticketLimit = new FailureLimit([
	{ points: 10, seconds: 900 },
	{ points: 60, seconds: 900 }
]);
/** Claims and reports begun from one network in an hour: an internet café, not a script. */
export const beginLimit = new FailureLimit([{ points: 30, seconds: 3600 }]);
/** Photos of papers sent in an hour: of one claim, and from one network. */
export const paperLimit = new FailureLimit([
	{ points: 40, seconds: 3600 },
	{ points: 200, seconds: 3600 }
]);

/** Whose budget a request takes from: an IPv4 address, or the /64 that one household has of IPv6. */
export function networkOf(address: string): string {
	if (!address.includes(':') || address.startsWith('::ffff:')) return address.replace('::ffff:', '');
	const [head = '', tail = ''] = address.split('::');
	const front = head === '' ? [] : head.split(':');
	const back = tail === '' ? [] : tail.split(':');
	const zeros = address.includes('::') ? Array.from({ length: 8 - front.length - back.length }, () => '0') : [];
	return [...front, ...zeros, ...back].slice(0, 4).join(':');
}

function tooMany(state: RateLimiterRes): TooMany {
	return { type: 'too_many_tries', retryAfterSeconds: Math.max(1, Math.ceil(state.msBeforeNext / 1000)) };
}
