import { createHash, randomBytes } from 'node:crypto';
import type { Role } from '#lib/domain/disclosure/roles.ts';
import type { InstitutionId, StaffId } from '#lib/domain/ids.ts';
import type { ProgramDatabase, Scope, Session } from '../db/connection.ts';

/** The person at a desk. */
export interface SignedInUser {
	readonly id: StaffId;
	readonly name: string;
	readonly role: Role;
	readonly institutionId: InstitutionId;
	readonly institutionName: string;
	readonly institutionNameEn: string;
}

/** A session ends 15 minutes after its last request and 8 hours after it began, whichever is first (SECURITY T16). */
export const idleMinutes = 15;
export const absoluteHours = 8;
/** How stale `last_seen_at` may be before a request writes it again: reading a page costs no write. */
const touchSeconds = 30;

const registry: Scope = { kind: 'registry' };

/**
 * Begins a session. Only the SHA-256 of the token is stored: a copy of the database opens no desk.
 *
 * @returns the token for the cookie, 256 random bits, base64url
 */
export async function openSession(
	session: Session,
	user: Pick<SignedInUser, 'id' | 'institutionId'>,
	now: Date
): Promise<string> {
	const token = randomBytes(32).toString('base64url');
	await session.query('DELETE FROM sessions WHERE expires_at < $1', [now.toISOString()]);
	await session.query(
		`INSERT INTO sessions (token_hash, institution_id, user_id, created_at, last_seen_at, expires_at)
		VALUES ($1, $2, $3, $4, $4, $4::timestamptz + make_interval(hours => $5))`,
		[hashOf(token), user.institutionId, user.id, now.toISOString(), absoluteHours]
	);
	return token;
}

/** Whose session a cookie is; undefined when it ended, the account was closed, or there never was one. */
export async function sessionUser(
	database: ProgramDatabase,
	token: string,
	now: Date
): Promise<SignedInUser | undefined> {
	if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return undefined;
	return database.inScope(registry, async (session) => {
		const { rows } = await session.query<SignedInUser & { stale: boolean }>(
			`SELECT users.id, users.name, users.role, users.institution_id AS "institutionId",
				institutions.name AS "institutionName", institutions.name_en AS "institutionNameEn",
				sessions.last_seen_at < $2::timestamptz - make_interval(secs => $4) AS stale
			FROM sessions
				JOIN users ON users.id = sessions.user_id
				JOIN institutions ON institutions.id = users.institution_id
			WHERE sessions.token_hash = $1 AND sessions.expires_at > $2 AND users.disabled_at IS NULL
				AND sessions.last_seen_at > $2::timestamptz - make_interval(mins => $3)`,
			[hashOf(token), now.toISOString(), idleMinutes, touchSeconds]
		);
		const found = rows[0];
		if (!found) return undefined;
		const { stale, ...user } = found;
		if (stale)
			await session.query('UPDATE sessions SET last_seen_at = $2 WHERE token_hash = $1', [
				hashOf(token),
				now.toISOString()
			]);
		return user;
	});
}

export async function closeSession(database: ProgramDatabase, token: string): Promise<void> {
	await database.inScope(registry, (session) =>
		session.query('DELETE FROM sessions WHERE token_hash = $1', [hashOf(token)])
	);
}

function hashOf(token: string): Buffer {
	return createHash('sha256').update(token).digest();
}
