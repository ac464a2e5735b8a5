import { z } from 'zod';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { PROTOCOL_VERSION } from '#lib/sync/protocol.ts';
import type { Refusal } from './answers.ts';

/** Why a body is no message of the protocol. */
export interface Unread {
	readonly status: number;
	readonly said: Refusal;
}

/**
 * A body as a message of the protocol.
 *
 * @param list the field that may hold at most `maximum`
 */
export function readMessage<T>(
	bytes: Uint8Array,
	schema: z.ZodType<T>,
	list: string,
	maximum: number
): Result<T, Unread> {
	let json: unknown;
	try {
		json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch {
		// Neither the text nor the parser's words about it belong into an answer.
		return err({ status: 400, said: { error: 'unreadable', field: 'body' } });
	}
	const newer = z.object({ protocol: z.int().min(PROTOCOL_VERSION + 1) }).safeParse(json);
	if (newer.success)
		return err({ status: 400, said: { error: 'protocol_unknown', field: 'protocol', maximum: PROTOCOL_VERSION } });
	const parsed = schema.safeParse(json);
	if (parsed.success) return ok(parsed.data);
	const tooMany = parsed.error.issues.some((issue) => issue.code === 'too_big' && issue.path[0] === list);
	if (tooMany) return err({ status: 413, said: { error: 'too_many', field: list, maximum } });
	return err({ status: 400, said: invalid(parsed.error) });
}

/** What of a message is wrong, by its first field. */
export function invalid(error: z.ZodError): Refusal {
	const issue = error.issues[0];
	const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
	return {
		error: 'invalid',
		field: [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join('.'),
		problem: issue?.code ?? 'invalid'
	};
}
