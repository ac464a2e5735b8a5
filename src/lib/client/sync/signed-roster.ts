import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Roster } from '#lib/sync/protocol.ts';
import { readStatement, rosterStatementSchema, type StatementFault } from '#lib/sync/statements.ts';
import type { RosterBrought } from './registry.ts';
import { verifies } from './registry-signature.ts';

/**
 * The roster a tablet may go by. A roster takes people's slots away, so where the registry signs its rosters only what it
 * signed is believed, and not what stands beside it. An older registry signs none, and a tablet enrolled before the key was
 * kept cannot check: both go by what came.
 *
 * @param registryKey the signing key that was kept at enrolment (P-256 point, base64url)
 */
export async function believedRoster(
	{ roster, signedRoster }: RosterBrought,
	registryKey: string | undefined
): Promise<Result<Roster, StatementFault>> {
	if (signedRoster === undefined || registryKey === undefined) return ok(roster);
	const read = await readStatement(rosterStatementSchema, signedRoster, (text, signature) =>
		verifies(registryKey, text, signature)
	);
	if (!read.ok) return err(read.error);
	// Of another house, though signed: nothing this tablet should take its people from.
	return read.value.roster.institutionId === roster.institutionId ? ok(read.value.roster) : err({ type: 'unreadable' });
}
