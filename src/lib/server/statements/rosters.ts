import type { InstitutionId } from '#lib/domain/ids.ts';
import { canonicalJson, type Json } from '#lib/domain/canonical-json.ts';
import type { Epoch, Roster, SignedStatement } from '#lib/sync/protocol.ts';
import { rosterDays } from '#lib/sync/statements.ts';
import type { RegistryKeys } from '../accounts/registry-key.ts';
import type { Session } from '../db/connection.ts';
import { sha256Hex } from '../entry-log/signatures.ts';
import { signedOnce } from './signed.ts';

/** A roster that did not change is signed anew after so many days: a tablet that asks holds one good for 32 days at least. */
const renewedAfterDays = 3;
const day = 86_400_000;

/** Who says it, and in which life of its database. */
export interface RosterSigner {
	readonly keys: Pick<RegistryKeys, 'sign' | 'sealing'>;
	readonly epoch: Epoch;
}

/** The roster and the sealing key with the registry's signature, good for 35 days from the day it was signed. */
export async function signedRoster(
	session: Session,
	{ keys, epoch }: RosterSigner,
	institutionId: InstitutionId,
	roster: Roster,
	now: Date
): Promise<SignedStatement> {
	const span = Math.floor(now.getTime() / (renewedAfterDays * day));
	const sealingKey = keys.sealing.publicKey;
	// Not the version alone: the names of other houses and the rules change without it.
	const said = sha256Hex(canonicalJson({ roster, epoch, sealingKey } as unknown as Json));
	const subject = `${roster.version}.${said}.${span}`;
	const expiresAt = new Date(now.getTime() + rosterDays * day).toISOString();
	return signedOnce(
		session,
		keys,
		{ institutionId, kind: 'roster', subject },
		() => ({ is: 'roster', roster, epoch, sealingKey, issuedAt: now.toISOString(), expiresAt }),
		now
	);
}
