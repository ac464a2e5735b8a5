import { gunzip } from 'node:zlib';
import { err, ok, type Result } from '#lib/domain/result.ts';

export type BodyFault =
	| { readonly type: 'too_large'; readonly maximum: number }
	| { readonly type: 'encoding_unknown' }
	| { readonly type: 'gzip_damaged' };

/** Reads a body up to a limit and stops reading there, whatever the header says of its length. */
export async function readBody(request: Request, maximum: number): Promise<Result<Uint8Array, BodyFault>> {
	if (Number(request.headers.get('content-length') ?? 0) > maximum) return err({ type: 'too_large', maximum });
	if (!request.body) return ok(new Uint8Array());
	const pieces: Uint8Array[] = [];
	let length = 0;
	const reader = request.body.getReader();
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return ok(Buffer.concat(pieces));
		length += value.length;
		if (length > maximum) {
			await reader.cancel();
			return err({ type: 'too_large', maximum });
		}
		pieces.push(value);
	}
}

/** Undoes `content-encoding`, up to a limit: a gzip bomb stops where the limit is, not where the memory ends. */
export function decoded(
	bytes: Uint8Array,
	encoding: string | null,
	maximum: number
): Promise<Result<Uint8Array, BodyFault>> {
	if (encoding === null || encoding === 'identity') {
		return Promise.resolve(bytes.length > maximum ? err({ type: 'too_large', maximum }) : ok(bytes));
	}
	if (encoding !== 'gzip') return Promise.resolve(err({ type: 'encoding_unknown' }));
	return new Promise((resolve) => {
		gunzip(bytes, { maxOutputLength: maximum }, (error, plain) => {
			if (error === null) resolve(ok(plain));
			else if ('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') resolve(err({ type: 'too_large', maximum }));
			else resolve(err({ type: 'gzip_damaged' }));
		});
	});
}
