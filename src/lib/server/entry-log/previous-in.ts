import { sha256Schema, type Sha256 } from '#lib/domain/ids.ts';

/**
 * What a stored entry names as the one before it, without reading the rest of it: a push that is sent again asks this of
 * hundreds. A text that is no entry names nothing; `verify` finds it by its hash.
 */
export function previousIn(body: string): Sha256 | null {
	let entry: unknown;
	try {
		entry = JSON.parse(body);
	} catch {
		return null;
	}
	if (entry === null || typeof entry !== 'object' || !('previous' in entry)) return null;
	return sha256Schema.safeParse(entry.previous).data ?? null;
}
