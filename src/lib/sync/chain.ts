import type { InstitutionId, Sha256 } from '#lib/domain/ids.ts';

/*
 * The chain of one house's feed. Every position carries a hash over everything before it, so that a changed, removed,
 * inserted or moved row shows at that row, and a cursor that names position and hash names one history:
 *
 *   hash(0) = SHA-256("lampkeep-feed-1" house)
 *   hash(n) = SHA-256(hash(n-1), n, receivedAt, SHA-256(body))
 *
 * The parts are joined with line feeds. None of them can contain one: digits, hex and ISO 8601.
 */

/** SHA-256 of the text's UTF-8 bytes as 64 lower-case hex digits; comes in by the door, the pure layers have no crypto. */
export type Sha256Of = (text: string) => Sha256;

/** The hash before a feed's first entry; another one for each house, so that one house's chain proves nothing of another's. */
export function chainStart(institutionId: InstitutionId, sha256: Sha256Of): Sha256 {
	return sha256(`lampkeep-feed-1\n${institutionId}`);
}

/**
 * The hash at a position.
 *
 * @param position from 1
 * @param receivedAt when the registry received the entry, ISO 8601 in UTC with milliseconds
 * @param bodyHash SHA-256 of the entry's canonical JSON with its signature
 */
export function chainHash(
	previous: string,
	position: number,
	receivedAt: string,
	bodyHash: string,
	sha256: Sha256Of
): Sha256 {
	return sha256(`${previous}\n${position}\n${receivedAt}\n${bodyHash}`);
}

/** The part of a chain's hash that people see and can read aloud: 8 hex digits, upper case. */
export function receiptCode(hash: string): string {
	return hash.slice(0, 8).toUpperCase();
}
