import { decisionsOf, type CaseFile } from '#lib/domain/case-file/case-file.ts';
import type { ChildId, ItemId } from '#lib/domain/ids.ts';
import { adopterSchema, type Adopter } from '#lib/domain/leaving/adopter.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import type { Session } from '../db/connection.ts';
import { storable } from '../entry-log/storable.ts';

/*
 * Who adopts: rows of the registry's own, read and written in scope 'registry' alone. No list of adopters is made anywhere;
 * one is opened by who reviews, from the file of the child.
 */

/** Writes a new version of an adopter; the first is version 1. */
export async function recordAdopter(
	session: Session,
	user: Pick<SignedInUser, 'id' | 'institutionId'>,
	childId: ChildId,
	adopterId: string,
	adopter: Adopter,
	now: Date
): Promise<void> {
	await session.query(
		`INSERT INTO adopters (id, version, child_id, adopter, recorded_by, institution_id, recorded_at)
		SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6 FROM adopters WHERE id = $1`,
		[adopterId, childId, JSON.stringify(storable(adopter)), user.id, user.institutionId, now.toISOString()]
	);
}

/** The adopter of this child, as said last; undefined where there is none of this id. */
export async function adopterById(session: Session, childId: ChildId, adopterId: string): Promise<Adopter | undefined> {
	const { rows } = await session.query<{ adopter: unknown }>(
		'SELECT adopter FROM adopters WHERE id = $1 AND child_id = $2 ORDER BY version DESC LIMIT 1',
		[adopterId, childId]
	);
	return rows[0] && adopterSchema.parse(rows[0].adopter);
}

/** Does a step name an adopter that this child was matched with, by the same adoption if it names one? */
export async function isAdopterOf(
	session: Session,
	childId: ChildId,
	{ adopterId }: { readonly adopterId: string }
): Promise<boolean> {
	const { rowCount } = await session.query('SELECT FROM adopters WHERE id = $1 AND child_id = $2 LIMIT 1', [
		adopterId,
		childId
	]);
	return rowCount > 0;
}

/** The id of who adopts in this adoption, out of its first step. */
export function adopterOfAdoption(caseFile: CaseFile, adoption: ItemId): string | undefined {
	return decisionsOf(caseFile, 'adoption.recorded').find(
		({ payload }) => payload.itemId === adoption && payload.adoption.step === 'matched'
	)?.payload.adoption.adopterId;
}
