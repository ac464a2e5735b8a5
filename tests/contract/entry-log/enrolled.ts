import type { Role } from '../../../src/lib/domain/disclosure/roles.ts';
import type { ProgramDatabase } from '../../../src/lib/server/db/connection.ts';
import type { TestTablet } from './tablet.ts';

/** What a test says of the person on a tablet: a care worker who is still there, where it says nothing. */
export interface OnTablet {
	readonly removedAt?: string;
	readonly role?: Role;
}

/** Makes a tablet, its person and its house known to the registry. */
export async function enrolled(
	database: ProgramDatabase,
	{ institutionId, staffId, deviceId, publicKey }: TestTablet,
	{ removedAt, role = 'care_worker' }: OnTablet = {}
): Promise<void> {
	await database.inScope({ kind: 'registry' }, async (session) => {
		await session.query(
			`INSERT INTO institutions (id, name, kind) VALUES ($1, 'House', 'welfare_institution') ON CONFLICT (id) DO NOTHING`,
			[institutionId]
		);
		await session.query(`INSERT INTO users (id, institution_id, name, role) VALUES ($1, $2, 'Person', $3)`, [
			staffId,
			institutionId,
			role
		]);
		await session.query('INSERT INTO devices (id, institution_id, public_key) VALUES ($1, $2, $3)', [
			deviceId,
			institutionId,
			publicKey
		]);
		await session.query(
			`INSERT INTO staff_keys (staff_id, device_id, institution_id, public_key, removed_at) VALUES ($1, $2, $3, $4, $5)`,
			[staffId, deviceId, institutionId, publicKey, removedAt ?? null]
		);
	});
}
