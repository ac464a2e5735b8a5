import type { Roster } from '#lib/sync/protocol.ts';
import type { InstitutionId } from '#lib/domain/ids.ts';
import type { Session } from '../db/connection.ts';
import { rulesForTablets } from '../policies/for-tablets.ts';

/**
 * Whose tablet it is and who may work on it: the house's people without a closed account, and the houses a child can be
 * handed to. Undefined when there is no such house.
 */
export async function readRoster(session: Session, institutionId: InstitutionId): Promise<Roster | undefined> {
	const houses = await session.query<
		Omit<Roster['institutions'][number], 'phone' | 'region'> & {
			phone: string | null;
			region: string | null;
			version: number;
		}
	>(
		`SELECT id, name, kind, phone, region_code AS region, roster_version AS version FROM institutions
		WHERE kind <> 'police' OR id = $1 ORDER BY kind, name, id`,
		[institutionId]
	);
	const own = houses.rows.find((house) => house.id === institutionId);
	if (!own) return undefined;
	const staff = await session.query<Roster['staff'][number]>(
		'SELECT id, name, role FROM users WHERE institution_id = $1 AND disabled_at IS NULL ORDER BY name, id',
		[institutionId]
	);
	const rules = await rulesForTablets(session);
	return {
		version: own.version,
		institutionId,
		institutions: houses.rows.map(({ version: _, phone, region, ...house }) => ({
			...house,
			...(phone !== null && { phone }),
			...(region !== null && { region })
		})),
		staff: [...staff.rows],
		...(rules && { rules })
	};
}

/** The house's tablets will fetch the roster again. */
export async function rosterChanged(session: Session, institutionId: InstitutionId): Promise<void> {
	await session.query('UPDATE institutions SET roster_version = roster_version + 1 WHERE id = $1', [institutionId]);
}
