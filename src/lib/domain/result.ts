/**
 * An expected failure is a value with a name, a surprise is a throw.
 * Errors are objects `{ type: 'snake_case_name', …facts }`; the sentence for people lives in src/lib/messages.
 */
export type Result<T, E> = Ok<T> | Err<E>;

export interface Ok<T> {
	readonly ok: true;
	readonly value: T;
}

export interface Err<E> {
	readonly ok: false;
	readonly error: E;
}

export function ok<T>(value: T): Ok<T> {
	return { ok: true, value };
}

export function err<E>(error: E): Err<E> {
	return { ok: false, error };
}
