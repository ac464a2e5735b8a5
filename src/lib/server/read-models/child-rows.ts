import { childRow, type ChildRow, type RowRules } from '#lib/domain/case-file/child-row.ts';
import type { CaseFile } from '#lib/domain/case-file/case-file.ts';
import type { ChildId, InstitutionId } from '#lib/domain/ids.ts';
import type { FirstReceiver } from '#lib/domain/hold/policy.ts';
import type { Session } from '../db/connection.ts';
import { storable } from '../entry-log/storable.ts';
import { writeDocumentNumbers } from './document-numbers.ts';
import { rulesInForce } from '../policies/rules-in-force.ts';
import { writeHoldFacts } from './hold-facts.ts';
import { writeReviewRows } from './review-rows.ts';

/** A case file with the houses that may read it now. */
export interface ReadableCase {
	readonly caseFile: CaseFile;
	readonly houses: readonly InstitutionId[];
	/** The file that names the child; another than this one's where files were merged. */
	readonly child: ChildId;
}

/** The rules rows are made with, and what names them. */
export interface RegistryRowRules extends RowRules {
	/** See server/policies/rules-in-force.ts. */
	readonly version: string;
}

/**
 * The rules in force, which kind each house is and where. All of it is read in the transaction that uses it: a row must
 * not depend on what another process remembers.
 */
export async function rowRules(session: Session): Promise<RegistryRowRules> {
	const { rules, version } = await rulesInForce(session);
	return { rules, version, ...(await houseFacts(session)) };
}

/** What the roster says of houses to a hold. */
export async function houseFacts(session: Session): Promise<Required<Pick<RowRules, 'kindOfHouse' | 'regionOfHouse'>>> {
	const { rows } = await session.query<{
		id: InstitutionId;
		kind: FirstReceiver | 'registry' | 'police';
		region: string | null;
	}>('SELECT id, kind, region_code AS region FROM institutions');
	const houses = new Map(rows.map((house) => [house.id, house]));
	return {
		kindOfHouse: (id) => {
			const kind = houses.get(id)?.kind;
			return kind === 'registry' || kind === 'police' ? undefined : kind;
		},
		regionOfHouse: (id) => houses.get(id)?.region ?? undefined
	};
}

/** Makes the rows of these children again and writes them; a child that has a row gets the new one. */
export async function writeChildRows(
	session: Session,
	cases: readonly ReadableCase[],
	rules: RegistryRowRules
): Promise<void> {
	if (cases.length === 0) return;
	const made = cases.map((each) => ({ ...each, row: childRow(each.caseFile, rules) }));
	const rows = made.map(({ row, houses, child }) => stored(row, houses, child));
	await session.query(
		`INSERT INTO child_rows (child_id, houses, row, custodian, name, case_number, sex, hold_last_day, submitted, notice,
			conflict_count, next_due, words, of_child)
		SELECT r.child_id, r.houses, r.row, r.custodian, r.name, r.case_number, r.sex, r.hold_last_day, r.submitted, r.notice,
			r.conflict_count, r.next_due, r.words, r.of_child
		FROM jsonb_to_recordset($1::jsonb) AS r (child_id uuid, houses uuid[], row jsonb, custodian uuid, name text,
			case_number text, sex text, hold_last_day date, submitted boolean, notice text, conflict_count integer,
			next_due date, words text, of_child uuid)
		ON CONFLICT (child_id) DO UPDATE SET houses = excluded.houses, row = excluded.row, custodian = excluded.custodian,
			name = excluded.name, case_number = excluded.case_number, sex = excluded.sex,
			hold_last_day = excluded.hold_last_day, submitted = excluded.submitted, notice = excluded.notice,
			conflict_count = excluded.conflict_count, next_due = excluded.next_due, words = excluded.words, of_child = excluded.of_child`,
		[JSON.stringify(storable(rows))]
	);
	// Of a child with several files one line stands on the board, and one hold is reckoned: the child's.
	const children = made.filter(({ caseFile, child }) => caseFile.childId === child);
	await forgetOthers(
		session,
		made.filter(({ caseFile, child }) => caseFile.childId !== child).map(({ caseFile }) => caseFile.childId)
	);
	if (children.length === 0) return;
	await writeHoldFacts(session, children, rules);
	await writeDocumentNumbers(session, children);
	await writeReviewRows(session, children, rules);
}

/** Files that are part of a child named by another: what is kept of a child is kept under its name. */
async function forgetOthers(session: Session, files: readonly ChildId[]): Promise<void> {
	if (files.length === 0) return;
	for (const table of ['hold_facts', 'document_numbers', 'review_rows'] as const)
		await session.query(`DELETE FROM ${table} WHERE child_id = ANY ($1::uuid[])`, [files]);
}

function stored(row: ChildRow, houses: readonly InstitutionId[], child: ChildId) {
	return {
		child_id: row.childId,
		of_child: child,
		houses: [...houses].sort(),
		row,
		custodian: row.custodian,
		name: row.name,
		case_number: row.caseNumber,
		sex: row.sex,
		hold_last_day: row.holdLastDay,
		submitted: row.submitted,
		notice: row.notice,
		conflict_count: row.conflictCount,
		next_due: nextDue(row),
		words: [...row.names, row.pinyin, row.caseNumber, row.marks].filter(Boolean).join(' ').toLowerCase()
	};
}

function nextDue(row: ChildRow) {
	return row.duties
		.map((duty) => duty.dueOn)
		.filter((day) => day !== undefined)
		.sort()[0];
}
