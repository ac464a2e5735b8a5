import { daysBetween, type CivilDate } from '#lib/domain/time.ts';
import { raisedFlags, type RaisedFlag } from '#lib/domain/flag/flag.ts';
import { childIdSchema } from '#lib/domain/ids.ts';
import { scopeToRead } from '#lib/server/access/open-file.ts';
import { theDatabase } from '#lib/server/db/connection.ts';
import { registryToday } from '../../desk.server.ts';
import type { LayoutServerLoad } from './$types';

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

/** Pages that say all of it in their own words, and sheets of paper, which begin with it. */
const sayItThemselves = ['/desk/child/[id]', '/desk/child/[id]/review'];
const sheets = '/desk/child/[id]/print/';
/** Pages with the child's name beside their heading. */
const named = ['/desk/child/[id]/documents'];

/**
 * Above every page about a child: the name, so that nobody works on the wrong one, and the halt, so that nobody begins what
 * must not be done. Who may not see the child is answered by the page itself, with 404.
 */
export const load: LayoutServerLoad = async ({ locals, params, route }) => {
	const childId = childIdSchema.safeParse(params.id);
	const quiet = sayItThemselves.includes(route.id) || route.id.startsWith(sheets);
	if (!locals.user || !childId.success || quiet) return { whose: undefined, isNamed: false };
	const database = theDatabase();
	const scope = await scopeToRead(database, locals.user, childId.data, new Date());
	const { rows } = await database.inScope(scope, (session) =>
		session.query<{
			name: string | null;
			caseNumber: string | null;
			since: CivilDate | null;
			left: CivilDate | null;
			blockers: string[];
		}>(
			`SELECT name, case_number AS "caseNumber", claim_since AS since, left_on AS left, blockers FROM review_rows
			WHERE child_id = $1`,
			[childId.data]
		)
	);
	const [row] = rows;
	const whose: WhoseFile | undefined = row && {
		name: row.name,
		caseNumber: row.caseNumber,
		claimed:
			row.since === null || row.left !== null
				? undefined
				: { since: row.since, day: daysBetween(row.since, registryToday()) + 1 },
		left: row.left ?? undefined,
		halts: row.left === null ? raisedFlags.filter((flag) => row.blockers.includes(flag)) : []
	};
	return { whose, isNamed: named.includes(route.id) };
};
