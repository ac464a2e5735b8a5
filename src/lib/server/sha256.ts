import { createHash } from 'node:crypto';
import type { Sha256 } from '#lib/domain/ids.ts';

/** SHA-256 of UTF-8 text, lower-case hex. */
export function sha256Of(text: string): Sha256 {
	return createHash('sha256').update(text).digest('hex') as Sha256;
}
