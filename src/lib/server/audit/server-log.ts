import pino from 'pino';
import { sqlState } from '../db/connection.ts';

/**
 * What operators read when something went wrong: one line of JSON on standard error. Ids and causes, never what a request
 * carried; standard output belongs to the commands' answers.
 */
export const serverLog = pino(
	{ name: 'lampkeep', base: null, serializers: { err: told } },
	pino.destination({ dest: 2, sync: true })
);

/** An error as it is logged. Public for its test. */
export interface ToldError {
	readonly type: string;
	readonly message?: string;
	/** SQLSTATE, or the code of the system call. */
	readonly code?: string;
	readonly table?: string;
	readonly constraint?: string;
	/** Where in the program, without the message. */
	readonly at?: readonly string[];
	readonly cause?: ToldError;
}

/**
 * What of an error is logged. PostgreSQL puts the row it refused into `detail` and the value it could not read into the
 * message (class 22), and JSON.parse quotes the text: those are a child's, and stay out.
 */
export function told(error: unknown): ToldError {
	if (!(error instanceof Error)) return { type: typeof error };
	const quotes = error instanceof SyntaxError || sqlState(error)?.startsWith('22') === true;
	return {
		type: error.name,
		...(!quotes && { message: error.message }),
		...textOf(error, 'code'),
		...textOf(error, 'table'),
		...textOf(error, 'constraint'),
		at: (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)),
		...(error.cause !== undefined && { cause: told(error.cause) })
	};
}

function textOf<K extends string>(error: Error, key: K): { readonly [P in K]?: string } {
	const value: unknown = Reflect.get(error, key);
	return typeof value === 'string' ? ({ [key]: value } as { [P in K]: string }) : {};
}
