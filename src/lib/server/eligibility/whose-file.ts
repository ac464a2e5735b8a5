import { raisedFlags, type RaisedFlag } from '#lib/domain/flag/flag.ts';
import type { ChildId } from '#lib/domain/ids.ts';
import { daysBetween, type CivilDate } from '#lib/domain/time.ts';
import { scopeToRead } from '../access/open-file.ts';
import type { SignedInUser } from '../auth/sign-in.ts';
import { theDatabase, type Session } from '../db/connection.ts';

/** Whose file a page is about and whether anything halts it: a line of the overview, no more of the file than that. */
export interface WhoseFile {
	readonly name: string | null;
	readonly caseNumber: string | null;
	/** The oldest claim that stands open, and the how-manieth day of the halt today is. */
	readonly claimed: { readonly since: CivilDate; readonly day: number } | undefined;
	/** The day the child left the register; nothing halts it any more. */
	readonly left: CivilDate | undefined;
	/** What police, a court or a suspicion halts it by. */
	readonly halts: readonly RaisedFlag[];
}

/**
 * The line of a child, for whoever sees it in a list or reads its file by a grant; undefined for everybody else.
 *
 * @param today the registry's civil day
 */
export async function whoseFile(
	user: SignedInUser,
	childId: ChildId,
	today: CivilDate
): Promise<WhoseFile | undefined> {
	const database = theDatabase();
	const scope = await scopeToRead(database, user, childId, new Date());
	const { rows } = await database.inScope(scope, (session) =>
		session.query<{
			name: string | null;
			caseNumber: string | null;
			since: CivilDate | null;
			left: CivilDate | null;
			blockers: readonly string[];
		}>(
			`SELECT name, case_number AS "caseNumber", claim_since AS since, left_on AS left, blockers FROM review_rows
			WHERE child_id = $1`,
			[childId]
		)
	);
	const [row] = rows;
	if (!row) return undefined;
	const { name, caseNumber, since, left, blockers } = row;
	return {
		name,
		caseNumber,
		claimed: since === null || left !== null ? undefined : { since, day: daysBetween(since, today) + 1 },
		left: left ?? undefined,
		halts: left === null ? flagsAmong(blockers) : []
	};
}

/** The file that names the child this file is of; undefined where the person may not see it. */
export async function nameOfChild(user: SignedInUser, childId: ChildId): Promise<ChildId | undefined> {
	const database = theDatabase();
	const scope = await scopeToRead(database, user, childId, new Date());
	const { rows } = await database.inScope(scope, (session) =>
		session.query<{ name: ChildId }>('SELECT of_child AS name FROM child_rows WHERE child_id = $1', [childId])
	);
	return rows[0]?.name;
}

/** What police, a court or a suspicion halts each of these children by; children nothing halts are not in it. */
export async function haltsOf(
	session: Session,
	children: readonly ChildId[]
): Promise<ReadonlyMap<ChildId, readonly RaisedFlag[]>> {
	const { rows } = await session.query<{ childId: ChildId; blockers: readonly string[] }>(
		`SELECT child_id AS "childId", blockers FROM review_rows
		WHERE child_id = ANY ($1) AND blockers && $2 AND left_on IS NULL`,
		[children, raisedFlags]
	);
	return new Map(rows.map(({ childId, blockers }) => [childId, flagsAmong(blockers)]));
}

function flagsAmong(blockers: readonly string[]): readonly RaisedFlag[] {
	return raisedFlags.filter((flag) => blockers.includes(flag));
}
