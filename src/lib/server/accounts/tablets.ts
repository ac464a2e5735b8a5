import type { ChildId, DeviceId, InstitutionId, StaffId } from '#lib/domain/ids.ts';
import { writeAudit } from '../audit/audit.ts';
import type { Session } from '../db/connection.ts';
import { wipeOrder } from '../statements/wipe-orders.ts';
import type { RegistryKeys } from './registry-key.ts';
import { rosterChanged } from './roster.ts';

/** What a closed tablet has still to do: words for it are in messages/tablets.ts. */
export type TabletState =
	| { readonly state: 'in_use' }
	/** Closed, and not heard since. */
	| { readonly state: 'waiting' }
	/** Closed; so many entries came out of its outbox since, and are set aside. */
	| { readonly state: 'outbox_received'; readonly entries: number }
	/** It said that it has erased itself; `left` records could not be sent before. */
	| { readonly state: 'wiped'; readonly at: string; readonly left: number; readonly entries: number };

export interface Tablet {
	readonly id: DeviceId;
	readonly institutionId: InstitutionId;
	readonly institutionName: string;
	readonly name: string;
	readonly enrolledAt: string;
	readonly lastContactAt: string | null;
	readonly revokedAt: string | null;
	/** Who closed it, where the scope may know; and why. */
	readonly revokedBy: string | null;
	readonly revokedBecause: string | null;
	/** Since when another text under a number that was taken is known: it, or its keys, may have been copied. */
	readonly equivocatedAt: string | null;
	/** How far into the house's feed it was answered. */
	readonly readPosition: number;
	readonly standing: TabletState;
	/** Names of the people who can sign on it, in order. */
	readonly people: readonly string[];
}

/** The tablets the scope may see: those that answer, longest silent first, then the revoked ones. */
export async function listTablets(session: Session, only?: DeviceId): Promise<readonly Tablet[]> {
	const { rows } = await session.query<
		Omit<Tablet, 'standing'> & { wipedAt: string | null; wipedLeft: number | null; entries: number }
	>(
		`SELECT devices.id, devices.institution_id AS "institutionId", institutions.name AS "institutionName", devices.name,
			enrolled_at AS "enrolledAt", last_contact_at AS "lastContactAt", revoked_at AS "revokedAt",
			closer.name AS "revokedBy", revoked_because AS "revokedBecause", equivocated_at AS "equivocatedAt",
			read_position AS "readPosition", wiped_at AS "wipedAt", wiped_left AS "wipedLeft",
			CASE WHEN revoked_at IS NULL THEN 0 ELSE (
				SELECT count(*) FROM quarantine
				WHERE quarantine.device_id = devices.id AND quarantine.reason_type = 'device_revoked'
			) END AS entries,
			ARRAY(
				SELECT DISTINCT users.name FROM staff_keys JOIN users ON users.id = staff_keys.staff_id
				WHERE staff_keys.device_id = devices.id AND staff_keys.removed_at IS NULL ORDER BY users.name
			) AS people
		FROM devices JOIN institutions ON institutions.id = devices.institution_id
			LEFT JOIN users closer ON closer.id = devices.revoked_by
		WHERE $1::uuid IS NULL OR devices.id = $1
		ORDER BY revoked_at IS NOT NULL, last_contact_at NULLS FIRST, devices.id`,
		[only ?? null]
	);
	return rows.map(({ wipedAt, wipedLeft, entries, ...tablet }) => ({
		...tablet,
		standing: standingOf(tablet.revokedAt, wipedAt, wipedLeft ?? 0, entries)
	}));
}

function standingOf(revokedAt: string | null, wipedAt: string | null, left: number, entries: number): TabletState {
	if (revokedAt === null) return { state: 'in_use' };
	if (wipedAt !== null) return { state: 'wiped', at: wipedAt, left, entries };
	return entries > 0 ? { state: 'outbox_received', entries } : { state: 'waiting' };
}

/** A child whose file a tablet may hold. */
export interface ReadableChild {
	readonly childId: ChildId;
	readonly name: string | null;
	readonly caseNumber: string | null;
	/** The newest of the child's entries that reached the tablet, or that it wrote itself: when the registry had it. */
	readonly newest: string;
	/** When its full file was last opened on this tablet, by the tablet's clock, as far as it told. */
	readonly openedAt: string | null;
}

/**
 * The children a tablet could read: those of whom the house's feed had anything up to where the tablet was last answered, and
 * those it wrote about itself. What it was answered may not have arrived; it is counted all the same.
 */
export async function readableOn(
	session: Session,
	tablet: Pick<Tablet, 'id' | 'institutionId' | 'readPosition'>
): Promise<readonly ReadableChild[]> {
	const { rows } = await session.query<ReadableChild>(
		`SELECT held.child_id AS "childId", child_rows.name, child_rows.case_number AS "caseNumber", held.newest,
			(SELECT max(at) FROM access_readings
				WHERE access_readings.device_id = $1 AND access_readings.child_id = held.child_id) AS "openedAt"
		FROM (
			SELECT entries.child_id, max(entries.received_at) AS newest
			FROM feed JOIN entries ON entries.id = feed.entry_id
			WHERE feed.institution_id = $2 AND (feed.position <= $3 OR entries.device_id = $1)
			GROUP BY entries.child_id
		) held LEFT JOIN child_rows ON child_rows.child_id = held.child_id
		ORDER BY child_rows.case_number NULLS LAST, held.child_id`,
		[tablet.id, tablet.institutionId, tablet.readPosition]
	);
	return rows;
}

/** The most a reason for closing a tablet may say, characters. */
export const revokeReasonMaximum = 500;

export interface Revoking {
	readonly deviceId: DeviceId;
	readonly by: StaffId;
	/** In the supervisor's words: lost, stolen, given back. */
	readonly because: string;
}

/**
 * Closes a tablet: its requests are refused from now on, and so is every entry signed on it that arrives later (it is
 * set aside, not dropped). The order to erase itself is signed at once, and waits for the tablet to be heard. False when
 * there is no such tablet in the scope or it was closed already.
 */
export async function revokeTablet(
	session: Session,
	keys: Pick<RegistryKeys, 'sign'>,
	{ deviceId, by, because }: Revoking,
	now: Date
): Promise<boolean> {
	const { rows } = await session.query<{ institutionId: InstitutionId }>(
		`UPDATE devices SET revoked_at = $2, revoked_by = $3, revoked_because = $4 WHERE id = $1 AND revoked_at IS NULL
		RETURNING institution_id AS "institutionId"`,
		[deviceId, now.toISOString(), by, because]
	);
	const revoked = rows[0];
	if (!revoked) return false;
	await session.query('UPDATE staff_keys SET removed_at = $2 WHERE device_id = $1 AND removed_at IS NULL', [
		deviceId,
		now.toISOString()
	]);
	await wipeOrder(session, keys, { deviceId, institutionId: revoked.institutionId }, now);
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
