import { isDeepStrictEqual } from 'node:util';
import { uuidV7, type ChildId, type InstitutionId } from '#lib/domain/ids.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import type { ProgramDatabase, Session } from '../db/connection.ts';
import type { DeskFact, PostgresDecisionLog } from '../entry-log/decision-log.ts';
import type { CellProblem, ChildRowRead, ChildRowRefused } from './children-csv.ts';
import { headingOf } from './children-csv.ts';

/** What became of each row of a file. */
export interface ImportReport {
	readonly imported: readonly { readonly row: number; readonly caseNumber: string; readonly childId: ChildId }[];
	readonly refused: readonly { readonly row: number; readonly problems: readonly (CellProblem | KnownChild)[] }[];
}

/** The registry has this child already: imported before, or recorded on a tablet. */
export interface KnownChild {
	readonly column: string;
	readonly value: string;
	readonly problem: 'number_known' | 'child_known';
}

export interface ImportingDesk {
	readonly database: ProgramDatabase;
	readonly log: PostgresDecisionLog;
	readonly now: () => Date;
	readonly random: (bytes: number) => Uint8Array;
}

/**
 * Records the rows of a file as intakes of a house, by a person of it, in one transaction: all of them, or, if one row
 * is refused, none. A number the house has already, and the same name, sex and birth date (RULEBOOK 6, P2), are refused:
 * importing a file twice changes nothing.
 */
export async function importChildren(
	desk: ImportingDesk,
	author: Pick<SignedInUser, 'id' | 'institutionId'>,
	read: readonly ChildRowRead[],
	refused: readonly ChildRowRefused[]
): Promise<ImportReport> {
	const known = await desk.database.inScope({ kind: 'institution', institutionId: author.institutionId }, (session) =>
		knownChildren(session, author.institutionId)
	);
	const doubled = read.flatMap((row) => {
		const problem = alreadyKnown(row, known);
		return problem ? [{ row: row.row, problems: [problem] }] : [];
	});
	const allRefused = [...refused, ...doubled].sort((a, b) => a.row - b.row);
	if (allRefused.length > 0) return { imported: [], refused: allRefused };

	const imported = read.map((row) => ({
		row: row.row,
		caseNumber: row.caseNumber,
		childId: uuidV7(desk.now().getTime(), desk.random(10)) as ChildId
	}));
	const facts = read.map((row, index): DeskFact => {
		const childId = imported[index]?.childId;
		if (!childId) throw new Error('a row without its child');
		return {
			childId,
			type: 'intake.recorded',
			payload: { answers: row.answers },
			replaces: [],
			occurredOn: row.handoverDate
		};
	});
	await desk.log.record(author, facts, async (session) => {
		// Asked again, one import of a house at a time: a tablet or a second import may have brought the same child meanwhile.
		await session.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`import ${author.institutionId}`]);
		const now = await knownChildren(session, author.institutionId);
		if (!isDeepStrictEqual(now, known)) throw new FileChanged();
	});
	return { imported, refused: [] };
}

/** The house's children changed while the file was read; nothing was imported, and trying again is enough. */
export class FileChanged extends Error {
	override readonly name = 'FileChanged';
}

interface KnownRow {
	readonly caseNumber: string | null;
	readonly name: string | null;
	readonly sex: string | null;
	readonly birth: string | null;
}

async function knownChildren(session: Session, institutionId: InstitutionId): Promise<readonly KnownRow[]> {
	const { rows } = await session.query<KnownRow>(
		`SELECT case_number AS "caseNumber", name, sex, row ->> 'birthEarliest' AS birth
		FROM child_rows WHERE $1 = ANY (houses) ORDER BY child_id`,
		[institutionId]
	);
	return rows;
}

function alreadyKnown(row: ChildRowRead, known: readonly KnownRow[]): KnownChild | undefined {
	if (known.some(({ caseNumber }) => caseNumber === row.caseNumber)) {
		return { column: headingOf('caseNumber'), value: row.caseNumber, problem: 'number_known' };
	}
	const { nameGiven, sex, birth } = row.answers;
	if (nameGiven?.state !== 'known' || sex?.state !== 'known' || birth?.state !== 'known') return undefined;
	const born = birth.value.precision === 'exact' ? birth.value.date : birth.value.earliest;
	const twin = known.find((child) => child.name === nameGiven.value && child.sex === sex.value && child.birth === born);
	return twin && { column: headingOf('nameGiven'), value: nameGiven.value, problem: 'child_known' };
}
