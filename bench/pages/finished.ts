/** When something was done: how long it took, and the moment, in milliseconds since 1970. */
export interface Finished {
	readonly milliseconds: number;
	readonly at: number;
}

/** @param began of `performance.now()` */
export function finished(began: number): Finished {
	const now = performance.now();
	return { milliseconds: now - began, at: performance.timeOrigin + now };
}

/** A document of the peers: the entry itself, under the names each of them wants. */
export interface Document {
	readonly id: string;
	readonly [member: string]: unknown;
}
