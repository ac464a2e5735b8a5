import { createECDH } from 'node:crypto';
import type { DeviceId, InstitutionId, StaffId } from '#lib/domain/ids.ts';
import { worksAtDesksOnly, type Role } from '#lib/domain/disclosure/roles.ts';
import { readEnrolCode, writeEnrolCode } from '#lib/domain/enrol-code.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { EnrolRequest, Roster } from '#lib/sync/protocol.ts';
import { writeAudit } from '../audit/audit.ts';
import type { ProgramDatabase, Session } from '../db/connection.ts';
import { enrolCodeHash, enrolCodeMinutes } from './enrol-code.ts';
import { readRoster, rosterChanged } from './roster.ts';

/** A code as the desk shows it once; afterwards only its hash is known. */
export interface NewEnrolCode {
	readonly id: string;
	readonly code: string;
	readonly staffId: StaffId;
	readonly expiresAt: string;
}

export type EnrolCodeFault =
	| { readonly type: 'person_unknown' }
	/** An officer, a liaison or an auditor works at a desk, not on a tablet. */
	| { readonly type: 'person_has_no_tablet' };

/** Makes a one-time code for one person of a house. Older unused codes of that person stop working. */
export async function makeEnrolCode(
	session: Session,
	given: { readonly id: string; readonly staffId: StaffId; readonly by: StaffId | null; readonly random: Uint8Array },
	now: Date
): Promise<Result<NewEnrolCode, EnrolCodeFault>> {
	const { rows } = await session.query<{ institutionId: InstitutionId; role: Role }>(
		'SELECT institution_id AS "institutionId", role FROM users WHERE id = $1 AND disabled_at IS NULL',
		[given.staffId]
	);
	const person = rows[0];
	if (!person) return err({ type: 'person_unknown' });
	if (worksAtDesksOnly.includes(person.role)) return err({ type: 'person_has_no_tablet' });
	const code = writeEnrolCode(given.random);
	const expiresAt = new Date(now.getTime() + enrolCodeMinutes * 60_000).toISOString();
	await session.query(
		'UPDATE enrol_codes SET withdrawn_at = $2 WHERE staff_id = $1 AND used_at IS NULL AND withdrawn_at IS NULL',
		[given.staffId, now.toISOString()]
	);
	await session.query(
		`INSERT INTO enrol_codes (id, code_hash, institution_id, staff_id, created_by, created_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		[given.id, enrolCodeHash(code), person.institutionId, given.staffId, given.by, now.toISOString(), expiresAt]
	);
	await writeAudit(session, {
		institutionId: person.institutionId,
		...(given.by && { userId: given.by }),
		action: 'tablet.code_made',
		details: { code: given.id, staff: given.staffId }
	});
	return ok({ id: given.id, code, staffId: given.staffId, expiresAt });
}

/** Why a code does not open. Whoever holds a code of 128 bits may know what became of it. */
export type EnrolFault =
	| { readonly type: 'code_mistyped' }
	| { readonly type: 'code_unknown' }
	| { readonly type: 'code_used' }
	| { readonly type: 'code_expired' }
	| { readonly type: 'key_invalid' }
	/** The tablet belongs to another house, where it must be given back first; or its name is the one of a house's desk. */
	| { readonly type: 'device_of_another_house' }
	| { readonly type: 'device_revoked' };

export interface Enrolled {
	readonly staffId: StaffId;
	readonly institutionId: InstitutionId;
	readonly roster: Roster;
}

/**
 * The code becomes a tablet, or one more person on it. Repeating the same request after a lost answer gives the same
 * answer: a code used by this very tablet with this very key is not "used" for it.
 */
export async function enrol(
	database: ProgramDatabase,
	request: EnrolRequest,
	now: Date
): Promise<Result<Enrolled, EnrolFault>> {
	if (readEnrolCode(request.code).state !== 'good') return err({ type: 'code_mistyped' });
	if (!isPoint(request.devicePublicKey) || !isPoint(request.staffPublicKey)) return err({ type: 'key_invalid' });
	return database.inScope({ kind: 'registry' }, async (session) => {
		const codes = await session.query<StoredCode>(
			`SELECT enrol_codes.id, enrol_codes.institution_id AS "institutionId", staff_id AS "staffId", used_at AS "usedAt",
				device_id AS "deviceId", expires_at <= $2 AS expired, withdrawn_at IS NOT NULL OR users.disabled_at IS NOT NULL AS withdrawn
			FROM enrol_codes JOIN users ON users.id = staff_id WHERE code_hash = $1 FOR UPDATE OF enrol_codes`,
			[enrolCodeHash(request.code), now.toISOString()]
		);
		const code = codes.rows[0];
		if (!code || code.withdrawn) return err({ type: 'code_unknown' });
		if (code.usedAt !== null && !(await usedByThis(session, code, request))) return err({ type: 'code_used' });
		if (code.usedAt === null && code.expired) return err({ type: 'code_expired' });

		const device = await session.query<{ institutionId: InstitutionId; revoked: boolean; publicKey: string }>(
			`SELECT institution_id AS "institutionId", revoked_at IS NOT NULL AS revoked, public_key AS "publicKey"
			FROM devices WHERE id = $1 FOR UPDATE`,
			[request.deviceId]
		);
		const known = device.rows[0];
		if (known && known.institutionId !== code.institutionId) return err({ type: 'device_of_another_house' });
		if (await isDesk(session, request.deviceId)) return err({ type: 'device_of_another_house' });
		if (known?.revoked) return err({ type: 'device_revoked' });
		// One tablet has one key. Who holds a code but not the tablet must not be able to put another key in its place.
		if (known && known.publicKey !== request.devicePublicKey) return err({ type: 'key_invalid' });
		await admit(session, code, request, now);
		const roster = await readRoster(session, code.institutionId);
		if (!roster) throw new Error(`The house ${code.institutionId} of an enrolment code is not there`);
		return ok({ staffId: code.staffId, institutionId: code.institutionId, roster });
	});
}

/**
 * Desks and tablets share one space of numbered entries. Desks' names are in every feed: a tablet that took one could use
 * up its numbers, and the desk could neither approve nor take down any more.
 */
async function isDesk(session: Session, deviceId: DeviceId): Promise<boolean> {
	const { rowCount } = await session.query('SELECT 1 FROM desk_devices WHERE device_id = $1', [deviceId]);
	return rowCount > 0;
}

interface StoredCode {
	readonly id: string;
	readonly institutionId: InstitutionId;
	readonly staffId: StaffId;
	readonly usedAt: string | null;
	readonly deviceId: DeviceId | null;
	readonly expired: boolean;
	readonly withdrawn: boolean;
}

async function usedByThis(session: Session, code: StoredCode, request: EnrolRequest): Promise<boolean> {
	if (code.deviceId !== request.deviceId) return false;
	const { rowCount } = await session.query(
		`SELECT 1 FROM staff_keys JOIN devices ON devices.id = staff_keys.device_id
		WHERE staff_id = $1 AND device_id = $2 AND staff_keys.public_key = $3 AND devices.public_key = $4`,
		[code.staffId, request.deviceId, request.staffPublicKey, request.devicePublicKey]
	);
	return rowCount > 0;
}

async function admit(session: Session, code: StoredCode, request: EnrolRequest, now: Date): Promise<void> {
	if (code.usedAt !== null) return;
	await session.query(
		`INSERT INTO devices (id, institution_id, name, public_key, enrolled_at, last_contact_at) VALUES ($1, $2, $3, $4, $5, $5)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, last_contact_at = excluded.last_contact_at`,
		[request.deviceId, code.institutionId, request.deviceName, request.devicePublicKey, now.toISOString()]
	);
	await session.query(
		`INSERT INTO staff_keys (staff_id, device_id, institution_id, public_key, added_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT DO NOTHING`,
		[code.staffId, request.deviceId, code.institutionId, request.staffPublicKey, now.toISOString()]
	);
	await session.query('UPDATE enrol_codes SET used_at = $2, device_id = $3 WHERE id = $1', [
		code.id,
		now.toISOString(),
		request.deviceId
	]);
	await rosterChanged(session, code.institutionId);
	await writeAudit(session, {
		institutionId: code.institutionId,
		userId: code.staffId,
		action: 'tablet.enrolled',
		details: { device: request.deviceId, code: code.id }
	});
}

/** 65 bytes that are a point of P-256. */
function isPoint(key: string): boolean {
	const bytes = Buffer.from(key, 'base64url');
	if (bytes.length !== 65 || bytes[0] !== 4) return false;
	const pair = createECDH('prime256v1');
	pair.generateKeys();
	try {
		pair.computeSecret(bytes);
		return true;
	} catch {
		// Node throws for a point that is not on the curve; that is the answer asked for.
		return false;
	}
}
