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

export type NewInstitutionFault = { readonly type: 'uscc_wrong' } | { readonly type: 'uscc_taken' };

/** Adds a house; every other house may hand a child over to it from now on. */
export async function addInstitution(session: Session, house: Institution): Promise<Result<void, NewInstitutionFault>> {
	if (house.uscc !== null && !isUscc(house.uscc)) return err({ type: 'uscc_wrong' });
	try {
		await session.query(
			'INSERT INTO institutions (id, name, name_en, kind, uscc, phone, region_code) VALUES ($1, $2, $3, $4, $5, $6, $7)',
			[house.id, house.name, house.nameEn, house.kind, house.uscc, house.phone, house.regionCode]
		);
	} catch (error) {
		if (sqlState(error) === '23505') return err({ type: 'uscc_taken' });
		throw error;
	}
	await session.query('UPDATE institutions SET roster_version = roster_version + 1');
	return ok(undefined);
}

const usccAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Unified social credit code, GB 32100: 18 signs, weights 3^i mod 31, check (31 - sum mod 31) mod 31. */
export function isUscc(code: string): boolean {
	if (code.length !== 18) return false;
	let sum = 0;
	let weight = 1;
	for (const sign of code.slice(0, 17)) {
		const value = usccAlphabet.indexOf(sign);
		if (value === -1) return false;
		sum += value * weight;
		weight = (weight * 3) % 31;
	}
	return usccAlphabet.indexOf(code[17] ?? '?') === (31 - (sum % 31)) % 31;
}
