import { usccFault, type UsccFault } from '#lib/domain/codes/uscc.ts';
import type { InstitutionId } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { sqlState, type Session } from '../db/connection.ts';

export const institutionKinds = ['rescue_station', 'welfare_institution', 'registry', 'police'] as const;
export type InstitutionKind = (typeof institutionKinds)[number];

export interface Institution {
	readonly id: InstitutionId;
	readonly name: string;
	readonly nameEn: string;
	readonly kind: InstitutionKind;
	readonly uscc: string | null;
	readonly phone: string | null;
	/** Six digits of GB/T 2260. */
	readonly regionCode: string | null;
}

export async function listInstitutions(session: Session): Promise<readonly Institution[]> {
	const { rows } = await session.query<Institution>(
		`SELECT id, name, name_en AS "nameEn", kind, uscc, phone, region_code AS "regionCode" FROM institutions ORDER BY kind, name, id`
	);
	return rows;
}

export async function institutionById(session: Session, id: InstitutionId): Promise<Institution | undefined> {
	const { rows } = await session.query<Institution>(
		`SELECT id, name, name_en AS "nameEn", kind, uscc, phone, region_code AS "regionCode" FROM institutions WHERE id = $1`,
		[id]
	);
	return rows[0];
}

export type NewInstitutionFault =
	{ readonly type: 'uscc_odd'; readonly fault: UsccFault } | { readonly type: 'uscc_taken' };

/**
 * Adds a house; every other house may hand a child over to it from now on.
 *
 * @param usccException why a code is taken although its check sign is wrong; kept beside it
 */
export async function addInstitution(
	session: Session,
	house: Institution,
	usccException?: string
): Promise<Result<void, NewInstitutionFault>> {
	const fault = house.uscc === null ? undefined : usccFault(house.uscc);
	if (fault && !usccException) return err({ type: 'uscc_odd', fault });
	try {
		await session.query(
			`INSERT INTO institutions (id, name, name_en, kind, uscc, uscc_exception, phone, region_code)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			[
				house.id,
				house.name,
				house.nameEn,
				house.kind,
				house.uscc,
				fault ? usccException : null,
				house.phone,
				house.regionCode
			]
		);
	} catch (error) {
		if (sqlState(error) === '23505') return err({ type: 'uscc_taken' });
		throw error;
	}
	await session.query('UPDATE institutions SET roster_version = roster_version + 1');
	return ok(undefined);
}
