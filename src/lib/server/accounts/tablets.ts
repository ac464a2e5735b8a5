import type { DeviceId, InstitutionId, StaffId } from '#lib/domain/ids.ts';
import { writeAudit } from '../audit/audit.ts';
import type { Session } from '../db/connection.ts';
import { rosterChanged } from './roster.ts';

export interface Tablet {
	readonly id: DeviceId;
	readonly institutionId: InstitutionId;
	readonly institutionName: string;
	readonly name: string;
	readonly enrolledAt: string;
	readonly lastContactAt: string | null;
	readonly revokedAt: string | null;
	/** Names of the people who can sign on it, in order. */
	readonly people: readonly string[];
}

/** The tablets the scope may see: those that answer, longest silent first, then the revoked ones. */
export async function listTablets(session: Session): Promise<readonly Tablet[]> {
	const { rows } = await session.query<Tablet>(
		`SELECT devices.id, devices.institution_id AS "institutionId", institutions.name AS "institutionName", devices.name,
			enrolled_at AS "enrolledAt", last_contact_at AS "lastContactAt", revoked_at AS "revokedAt",
			ARRAY(
				SELECT DISTINCT users.name FROM staff_keys JOIN users ON users.id = staff_keys.staff_id
				WHERE staff_keys.device_id = devices.id AND staff_keys.removed_at IS NULL ORDER BY users.name
			) AS people
		FROM devices JOIN institutions ON institutions.id = devices.institution_id
		ORDER BY revoked_at IS NOT NULL, last_contact_at NULLS FIRST, devices.id`
	);
	return rows;
}

/**
 * Closes a tablet: its requests are refused from now on, and so is every entry signed on it that arrives later (it is
 * set aside, not dropped). False when there is no such tablet in the scope or it was closed already.
 */
export async function revokeTablet(session: Session, deviceId: DeviceId, by: StaffId, now: Date): Promise<boolean> {
	const { rows } = await session.query<{ institutionId: InstitutionId }>(
		`UPDATE devices SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING institution_id AS "institutionId"`,
		[deviceId, now.toISOString()]
	);
	const revoked = rows[0];
	if (!revoked) return false;
	await session.query('UPDATE staff_keys SET removed_at = $2 WHERE device_id = $1 AND removed_at IS NULL', [
		deviceId,
		now.toISOString()
	]);
	await rosterChanged(session, revoked.institutionId);
	await writeAudit(session, {
		institutionId: revoked.institutionId,
		userId: by,
		action: 'tablet.revoked',
		details: { device: deviceId }
	});
	return true;
}

export interface EnrolCodeLine {
	readonly id: string;
	readonly staffName: string;
	readonly createdAt: string;
	readonly expiresAt: string;
	readonly state: 'open' | 'used' | 'expired' | 'withdrawn';
}

/** The codes of the last day, newest first. */
export async function recentEnrolCodes(session: Session, now: Date): Promise<readonly EnrolCodeLine[]> {
	const { rows } = await session.query<EnrolCodeLine>(
		`SELECT enrol_codes.id, users.name AS "staffName", enrol_codes.created_at AS "createdAt", expires_at AS "expiresAt",
			CASE WHEN used_at IS NOT NULL THEN 'used' WHEN withdrawn_at IS NOT NULL THEN 'withdrawn'
				WHEN expires_at <= $1 THEN 'expired' ELSE 'open' END AS state
		FROM enrol_codes JOIN users ON users.id = staff_id
		WHERE enrol_codes.created_at > $1::timestamptz - interval '1 day'
		ORDER BY enrol_codes.created_at DESC, enrol_codes.id LIMIT 50`,
		[now.toISOString()]
	);
	return rows;
}
