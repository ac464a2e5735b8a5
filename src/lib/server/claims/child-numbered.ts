import type { ChildId } from '#lib/domain/ids.ts';
import { readPublicNumber } from '#lib/domain/notice/public-number.ts';
import type { Session } from '../db/connection.ts';
import { childOfNotice } from './link.ts';

/**
 * The child a person at a desk means by a number: of the file, or of a notice it has or had. Among the children the scope may
 * see.
 */
export async function childNumbered(
	session: Session,
	typed: string
): Promise<{ readonly childId: ChildId } | 'none' | 'unknown' | 'many'> {
	const number = typed.normalize('NFKC').trim();
	if (number === '') return 'none';
	const { rows } = await session.query<{ childId: ChildId }>(
		'SELECT child_id AS "childId" FROM child_rows WHERE case_number = $1 LIMIT 2',
		[number]
	);
	const [first, second] = rows;
	if (first) return second ? 'many' : first;
	const publicNumber = readPublicNumber(number);
	const childId = publicNumber === undefined ? undefined : await childOfNotice(session, publicNumber);
	return childId === undefined ? 'unknown' : { childId };
}
