import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import pg from 'pg';
import { OperatorError } from '../operator-error.ts';
import { deriveSecret } from '../secret.ts';
import { programRole, sqlState } from './connection.ts';

/** The password of `lampkeep_app`, derived from the registry's secret: nothing more to store, copy or lose. */
export function programPassword(secret: string): string {
	return deriveSecret(secret, 'database-role');
}

/**
 * Makes the program role if it is missing and sees to it that it signs in with `password`. Run before the migrations:
 * their GRANTs name it.
 *
 * @param owner a connection of the owner, who needs CREATEROLE where the role does not exist yet
 * @param url the owner's address, to try the sign-in with
 */
export async function ensureProgramRole(owner: pg.Client, url: string, password: string): Promise<void> {
	if (!(await signsIn(url, password))) await writeRole(owner, password);
	await owner.query(`DO $$ BEGIN
		EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
		EXECUTE format('GRANT CONNECT ON DATABASE %I TO ${programRole}', current_database());
	END $$`);
}

async function signsIn(url: string, password: string): Promise<boolean> {
	const address = new URL(url);
	address.username = programRole;
	address.password = password;
	const client = new pg.Client({ connectionString: address.href });
	client.on('error', () => undefined);
	try {
		await client.connect();
		return true;
	} catch (error) {
		// 28P01/28000: role missing or another password; 42501: it may not connect to this database yet.
		if (['28P01', '28000', '42501'].includes(sqlState(error) ?? '')) return false;
		throw error;
	} finally {
		await client.end();
	}
}

async function writeRole(owner: pg.Client, password: string): Promise<void> {
	// A new role has no power; naming the powers it lacks would need them ourselves.
	const attributes = `LOGIN PASSWORD '${scramVerifier(password)}'`;
	for (let attempt = 1; ; attempt++) {
		try {
			const found = await owner.query(`SELECT FROM pg_roles WHERE rolname = $1`, [programRole]);
			await owner.query(`${found.rowCount === 0 ? 'CREATE' : 'ALTER'} ROLE ${programRole} ${attributes}`);
			return;
		} catch (error) {
			const state = sqlState(error);
			if (state === '42501') {
				throw new OperatorError(
					`The user in DATABASE_URL may not make the role ${programRole}; grant it CREATEROLE, ` +
						'or let an administrator run the first start.',
					{ cause: error }
				);
			}
			// Roles belong to the whole server: another database of it may be doing the same at this moment.
			const raced = state === '42710' || state === '23505' || state === 'XX000';
			if (!raced || attempt === 5) throw error;
		}
	}
}

/**
 * What PostgreSQL stores for a SCRAM-SHA-256 password (RFC 5803, RFC 5802 section 3). Sent in place of the password,
 * so that no statement log of the server ever holds it.
 */
function scramVerifier(password: string): string {
	const salt = randomBytes(16);
	const iterations = 4096;
	const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
	const clientKey = createHmac('sha256', salted).update('Client Key').digest();
	const storedKey = createHash('sha256').update(clientKey).digest('base64');
	const serverKey = createHmac('sha256', salted).update('Server Key').digest('base64');
	return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}
