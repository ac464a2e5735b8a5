import type { DeviceId, InstitutionId } from '#lib/domain/ids.ts';
import type { SignedStatement } from '#lib/sync/protocol.ts';
import type { RegistryKeys } from '../accounts/registry-key.ts';
import type { Session } from '../db/connection.ts';
import { signedOnce } from './signed.ts';

/**
 * The signed order to a closed tablet to erase itself: made when it is closed, or, for one that was closed before the
 * registry signed orders, when it is heard.
 *
 * @param session in the scope of the tablet's house or of the registry
 * @returns undefined where the tablet is not closed
 */
export async function wipeOrder(
	session: Session,
	keys: Pick<RegistryKeys, 'sign'>,
	device: { readonly deviceId: DeviceId; readonly institutionId: InstitutionId },
	now: Date
): Promise<SignedStatement | undefined> {
	const { rows } = await session.query<{ revokedAt: string | null }>(
		'SELECT revoked_at AS "revokedAt" FROM devices WHERE id = $1',
		[device.deviceId]
	);
	const revokedAt = rows[0]?.revokedAt;
	if (!revokedAt) return undefined;
	const { deviceId, institutionId } = device;
	return signedOnce(
		session,
		keys,
		{ institutionId, kind: 'revocation', subject: deviceId },
		() => ({ is: 'wipe', deviceId, revokedAt: new Date(revokedAt).toISOString() }),
		now
	);
}
