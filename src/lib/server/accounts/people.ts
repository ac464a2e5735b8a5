import { seesEveryHouse, type Role } from '#lib/domain/disclosure/roles.ts';
import type { InstitutionId, StaffId } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import { giveStanding } from '../access/grants.ts';
import { writeAudit } from '../audit/audit.ts';
import { passwordMaximum, passwordMinimum } from '../auth/password.ts';
import { sqlState, type Session } from '../db/connection.ts';
import { institutionById } from './institutions.ts';
import { rosterChanged } from './roster.ts';

export interface Person {
	readonly id: StaffId;
	readonly institutionId: InstitutionId;
	readonly institutionName: string;
	readonly name: string;
	readonly role: Role;
	readonly login: string | null;
}

/** The people the scope may see whose account is open. */
export async function listPeople(session: Session): Promise<readonly Person[]> {
	const { rows } = await session.query<Person>(
		`SELECT users.id, institution_id AS "institutionId", institutions.name AS "institutionName", users.name, role, login
		FROM users JOIN institutions ON institutions.id = users.institution_id
		WHERE disabled_at IS NULL ORDER BY institutions.name, users.name, users.id`
	);
	return rows;
}

export interface NewPerson {
	readonly id: StaffId;
	readonly institutionId: InstitutionId;
	readonly name: string;
	readonly role: Role;
	/** Without it the person works on tablets alone. */
	readonly desk?: { readonly login: string; readonly passwordHash: string };
}

export type NewPersonFault =
	| { readonly type: 'login_taken' }
	| { readonly type: 'institution_unknown' }
	/** Officers and auditors see every house: they are the registry's own people. */
	| { readonly type: 'role_of_the_registry' };

/** Opens an account, with the standing grants of its role to read the files of the house. */
export async function addPerson(session: Session, person: NewPerson): Promise<Result<void, NewPersonFault>> {
	if (seesEveryHouse.includes(person.role)) {
		const house = await institutionById(session, person.institutionId);
		const home = person.role === 'police_liaison' ? 'police' : 'registry';
		if (house && house.kind !== home) return err({ type: 'role_of_the_registry' });
	}
	try {
		await session.query(
			'INSERT INTO users (id, institution_id, name, role, login, password_hash) VALUES ($1, $2, $3, $4, $5, $6)',
			[
				person.id,
				person.institutionId,
				person.name,
				person.role,
				person.desk?.login.toLowerCase() ?? null,
				person.desk?.passwordHash ?? null
			]
		);
	} catch (error) {
		if (sqlState(error) === '23505') return err({ type: 'login_taken' });
		if (sqlState(error) === '23503') return err({ type: 'institution_unknown' });
		throw error;
	}
	await giveStanding(session, person, await registryDay(session));
	await rosterChanged(session, person.institutionId);
	await writeAudit(session, {
		institutionId: person.institutionId,
		action: 'person.added',
		details: { person: person.id, role: person.role }
	});
	return ok(undefined);
}

/** A new password ends every session of the account. False when there is no such login. */
export async function changePassword(session: Session, login: string, passwordHash: string): Promise<boolean> {
	const { rows } = await session.query<{ id: StaffId }>(
		'UPDATE users SET password_hash = $2 WHERE login = $1 RETURNING id',
		[login.toLowerCase(), passwordHash]
	);
	const changed = rows[0];
	if (!changed) return false;
	await session.query('DELETE FROM sessions WHERE user_id = $1', [changed.id]);
	return true;
}

/** Closes an account: no desk, and no entry signed later. What the person recorded stays. */
export async function removePerson(session: Session, id: StaffId, now: Date): Promise<boolean> {
	const { rows } = await session.query<{ institutionId: InstitutionId }>(
		`UPDATE users SET disabled_at = $2 WHERE id = $1 AND disabled_at IS NULL RETURNING institution_id AS "institutionId"`,
		[id, now.toISOString()]
	);
	const removed = rows[0];
	if (!removed) return false;
	await session.query('DELETE FROM sessions WHERE user_id = $1', [id]);
	await session.query('UPDATE staff_keys SET removed_at = $2 WHERE staff_id = $1 AND removed_at IS NULL', [
		id,
		now.toISOString()
	]);
	await rosterChanged(session, removed.institutionId);
	await writeAudit(session, {
		institutionId: removed.institutionId,
		action: 'person.removed',
		details: { person: id }
	});
	return true;
}

/** Why a password is not taken. */
export function passwordFault(password: string): 'password_too_short' | 'password_too_long' | undefined {
	if ([...password].length < passwordMinimum) return 'password_too_short';
	return password.length > passwordMaximum ? 'password_too_long' : undefined;
}

/** The civil day of the registry, by the database's clock. */
async function registryDay(session: Session): Promise<CivilDate> {
	const { rows } = await session.query<{ day: CivilDate }>(`SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS day`);
	const day = rows[0]?.day;
	if (day === undefined) throw new Error('the database has no day');
	return day;
}
