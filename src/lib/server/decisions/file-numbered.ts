import type { ChildId } from '#lib/domain/ids.ts';
import type { Session } from '../db/connection.ts';

/**
 * Looks a file up as people type its number, in capitals or not.
 *
 * @returns the one other file the scope may see that has this case number; `none` where nothing was typed, `itself` where it is the
 * number of this very file and of no other.
 */
export async function fileNumbered(
	session: Session,
	childId: ChildId,
	typed: string
): Promise<{ readonly childId: ChildId } | 'none' | 'itself' | 'unknown' | 'many'> {
	const number = typed.normalize('NFKC').trim();
	if (number === '') return 'none';
	const { rows } = await session.query<{ childId: ChildId }>(
		'SELECT child_id AS "childId" FROM child_rows WHERE upper(case_number) = upper($1) ORDER BY child_id = $2 LIMIT 2',
		[number, childId]
	);
	const [first, second] = rows;
	if (!first) return 'unknown';
	if (first.childId === childId) return 'itself';
	return second && second.childId !== childId ? 'many' : first;
}
