import { err, ok, type Result } from '#lib/domain/result.ts';
import { writeAudit } from '../audit/audit.ts';
import type { ProgramDatabase } from '../db/connection.ts';
import { passwordFits, passwordMaximum } from './password.ts';
import { signInLimit, type FailureLimit, type TooMany } from './rate-limit.ts';
import { openSession, type SignedInUser } from './sessions.ts';

export type { SignedInUser } from './sessions.ts';

/** One answer for a wrong password, an unknown login and a closed account: nobody learns who works here. */
export interface SignInRefused {
	readonly type: 'sign_in_refused';
}

interface Account extends SignedInUser {
	readonly passwordHash: string | null;
}

/**
 * Signs a person in at a desk.
 *
 * @param address where the request came from, for the limit alone
 * @returns the token for the cookie
 */
export async function signIn(
	database: ProgramDatabase,
	given: { readonly login: string; readonly password: string; readonly address: string },
	now: Date,
	limit: FailureLimit = signInLimit
): Promise<Result<{ token: string; user: SignedInUser }, SignInRefused | TooMany>> {
	const login = given.login.trim().toLowerCase().slice(0, 200);
	const keys = [`${login}|${given.address}`, given.address];
	const blocked = await limit.tried(keys);
	if (blocked) return err(blocked);
	const account = await database.inScope({ kind: 'registry' }, async (session) => {
		const { rows } = await session.query<Account>(
			`SELECT users.id, users.name, users.role, users.institution_id AS "institutionId",
				institutions.name AS "institutionName", institutions.name_en AS "institutionNameEn",
				users.password_hash AS "passwordHash"
			FROM users JOIN institutions ON institutions.id = users.institution_id
			WHERE users.login = $1 AND users.disabled_at IS NULL`,
			[login]
		);
		return rows[0];
	});
	const fits =
		given.password.length <= passwordMaximum && (await passwordFits(given.password, account?.passwordHash ?? null));
	if (!account || !fits) {
		if (account) {
			const { institutionId } = account;
			await database.inScope({ kind: 'registry' }, (session) =>
				writeAudit(session, { institutionId, userId: account.id, action: 'desk.sign_in_refused' })
			);
		}
		return err({ type: 'sign_in_refused' });
	}
	await limit.succeeded(keys);
	const { passwordHash: _, ...user } = account;
	const token = await database.inScope({ kind: 'registry' }, async (session) => {
		await writeAudit(session, { institutionId: user.institutionId, userId: user.id, action: 'desk.signed_in' });
		return openSession(session, user, now);
	});
	return ok({ token, user });
}
