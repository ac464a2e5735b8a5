import { err, ok, type Result } from '#lib/domain/result.ts';
import type { InstitutionId } from '#lib/domain/ids.ts';
import type { Epoch, Roster, SignedStatement } from '#lib/sync/protocol.ts';
import { readStatement, rosterStatementSchema, type StatementFault } from '#lib/sync/statements.ts';
import { verifies } from './registry-signature.ts';

/*
 * Which roster a tablet goes by. A roster takes people off a tablet and brings them back, so a signature is not enough: an old
 * roster is signed too, and whoever stands on the line, or keeps an old copy of the registry, can show it again.
 *
 *   signed? ─ no ─► taken only by a tablet that never believed a signed one
 *     └─ yes ─► the registry's, of this house, not run out? ─ no ─► refused
 *                └─ yes ─► said in the same life of the registry (epoch) as the one believed last?
 *                           ├─ yes ─► refused where its version is lower: within one life versions only grow
 *                           └─ no ──► refused where it was not signed later. A registry restored from a backup counts its
 *                                     versions from the backup's on; what it signs from then on is later than all before.
 */

/** Of the newest roster a tablet believed on the registry's signature. */
export interface RosterMark {
	readonly version: number;
	/** The life of the registry it was said in; missing in statements of older registries. */
	readonly epoch: Epoch | undefined;
	/** ISO 8601, the registry's clock. */
	readonly issuedAt: string;
}

/** A roster's answer; an older registry answers the bare roster. */
export interface RosterBrought {
	readonly roster: Roster;
	readonly sealingKey?: string | undefined;
	readonly signedRoster?: SignedStatement | undefined;
}

/** What a tablet judges a roster by. */
export interface RosterGround {
	/**
	 * The signing key that was kept at enrolment (P-256 point, base64url). A tablet enrolled before it was kept cannot check
	 * anything and goes by what came.
	 */
	readonly registryKey: string | undefined;
	/** The tablet's own house. */
	readonly house: InstitutionId;
	/** Of the roster believed last. */
	readonly last: RosterMark | undefined;
}

export interface BelievedRoster {
	readonly roster: Roster;
	/** What to seal to, where the registry signed that too. */
	readonly sealingKey?: string | undefined;
	/** Missing where nothing was signed. */
	readonly mark?: RosterMark | undefined;
}

export type RosterFault =
	| StatementFault
	| { readonly type: 'of_another_house' }
	/** Not signed, though the registry signs its rosters. */
	| { readonly type: 'unsigned' }
	/** Signed once, and a newer one was believed since. */
	| { readonly type: 'older' }
	/** Its 35 days are over. */
	| { readonly type: 'expired' };

/**
 * The roster a tablet may go by, of what an answer brought.
 *
 * @param now the registry's clock, epoch milliseconds
 */
export async function believedRoster(
	{ roster, signedRoster }: RosterBrought,
	{ registryKey, house, last }: RosterGround,
	now: number
): Promise<Result<BelievedRoster, RosterFault>> {
	if (registryKey === undefined || (signedRoster === undefined && last === undefined))
		return roster.institutionId === house ? ok({ roster }) : err({ type: 'of_another_house' });
	if (signedRoster === undefined) return err({ type: 'unsigned' });
	const read = await readStatement(rosterStatementSchema, signedRoster, (text, signature) =>
		verifies(registryKey, text, signature)
	);
	if (!read.ok) return read;
	const said = read.value;
	// Though signed: nothing this tablet should take its people from.
	if (said.roster.institutionId !== house) return err({ type: 'of_another_house' });
	if (Date.parse(said.expiresAt) <= now) return err({ type: 'expired' });
	const mark: RosterMark = { version: said.roster.version, epoch: said.epoch, issuedAt: said.issuedAt };
	if (last && isOlder(mark, last)) return err({ type: 'older' });
	return ok({ roster: said.roster, sealingKey: said.sealingKey, mark });
}

function isOlder(mark: RosterMark, last: RosterMark): boolean {
	if (mark.epoch === last.epoch) return mark.version < last.version;
	return Date.parse(mark.issuedAt) <= Date.parse(last.issuedAt);
}
