import { createHmac } from 'node:crypto';
import type { FamilyStatement } from '#lib/domain/claim/statement.ts';
import { writtenResidentId } from '#lib/domain/codes/resident-id.ts';
import type { ClaimId } from '#lib/domain/ids.ts';
import type { Session } from '../db/connection.ts';

/** Who claims, as a number that says nothing: HMAC-SHA256 of the paper's or the telephone's number. */
export interface IdentityHash {
	readonly kind: 'identity_number' | 'phone';
	readonly hash: Buffer;
}

/** @param key of the purpose `claim-identity` alone (secret.ts): without it eleven digits would be guessed in minutes */
export function identitiesOf(statement: FamilyStatement, key: string): readonly IdentityHash[] {
	const { you } = statement;
	const hashed = (kind: IdentityHash['kind'], text: string): IdentityHash => ({
		kind,
		hash: createHmac('sha256', key).update(`${kind}/${text}`).digest()
	});
	const identity = you?.identity;
	const number = identity && writtenResidentId(identity.number);
	const phone = you?.phone && writtenPhone(you.phone);
	return [
		...(number ? [hashed('identity_number', `${identity.kind}/${number}`)] : []),
		...(phone ? [hashed('phone', phone)] : [])
	];
}

/** Puts these in the place of those a claim had. */
export async function keepIdentities(
	session: Session,
	claimId: ClaimId,
	identities: readonly IdentityHash[]
): Promise<void> {
	await session.query('DELETE FROM claim_identities WHERE claim_id = $1', [claimId]);
	for (const { kind, hash } of identities) {
		await session.query(
			'INSERT INTO claim_identities (claim_id, identity_hash, kind) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
			[claimId, hash, kind]
		);
	}
}

/** Claims of the same person that are open beside this one: the largest count of any of the hashes. */
export async function openClaimsOf(
	session: Session,
	identities: readonly IdentityHash[],
	otherThan: ClaimId
): Promise<number> {
	const { rows } = await session.query<{ open: number }>('SELECT open_claims_of($1::bytea[], $2) AS open', [
		identities.map(({ hash }) => hash),
		otherThan
	]);
	return rows[0]?.open ?? 0;
}

/** Digits alone, without the country's 86 before a mobile number. */
function writtenPhone(typed: string): string {
	return typed
		.normalize('NFKC')
		.replaceAll(/\D/g, '')
		.replace(/^(00)?86(?=1\d{10}$)/, '');
}
