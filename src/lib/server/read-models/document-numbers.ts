import { items, type CaseFile } from '#lib/domain/case-file/case-file.ts';
import type { NumberElsewhere } from '#lib/domain/document/judge-document.ts';
import { numberKey } from '#lib/domain/document/number.ts';
import type { ChildId, InstitutionId } from '#lib/domain/ids.ts';
import type { Session } from '../db/connection.ts';
import { storable } from '../entry-log/storable.ts';

/** Makes the list of the numbers of these children's papers again. */
export async function writeDocumentNumbers(
	session: Session,
	cases: readonly { readonly caseFile: CaseFile }[]
): Promise<void> {
	const rows = cases.flatMap(({ caseFile }) =>
		items(caseFile, 'document').flatMap(({ itemId, live }) =>
			live.flatMap(({ value }) => {
				const key = numberKey(value.number ?? '');
				return key === '' ? [] : [{ child_id: caseFile.childId, item_id: itemId, code: value.code, number_key: key }];
			})
		)
	);
	await session.query('DELETE FROM document_numbers WHERE child_id = ANY ($1::uuid[])', [
		cases.map(({ caseFile }) => caseFile.childId)
	]);
	if (rows.length === 0) return;
	await session.query(
		`INSERT INTO document_numbers (child_id, item_id, code, number_key)
		SELECT n.child_id, n.item_id, n.code, n.number_key
		FROM jsonb_to_recordset($1::jsonb) AS n (child_id uuid, item_id uuid, code text, number_key text)
		ON CONFLICT DO NOTHING`,
		[JSON.stringify(storable(rows))]
	);
}

/**
 * In which other files a paper has this number. Call in scope 'registry': whoever asks learns that there is one, and which
 * only of the children the own house may read.
 *
 * @param reader the house that asks; 'everything' for who sees every house
 */
export async function numberElsewhere(
	session: Session,
	childId: ChildId,
	number: string | undefined,
	reader: InstitutionId | 'everything'
): Promise<NumberElsewhere> {
	const key = numberKey(number ?? '');
	if (key === '') return { files: [], hidden: 0 };
	const { rows } = await session.query<{ childId: ChildId; readable: boolean }>(
		`SELECT DISTINCT document_numbers.child_id AS "childId",
			$3::uuid IS NULL OR coalesce(child_rows.houses @> ARRAY[$3::uuid], false) AS readable
		FROM document_numbers LEFT JOIN child_rows ON child_rows.child_id = document_numbers.child_id
		WHERE document_numbers.number_key = $1 AND document_numbers.child_id <> $2
		ORDER BY 1 LIMIT 50`,
		[key, childId, reader === 'everything' ? null : reader]
	);
	return {
		files: rows.filter(({ readable }) => readable).map((row) => row.childId),
		hidden: rows.filter(({ readable }) => !readable).length
	};
}
