import { custodian } from '#lib/domain/case-file/case-file.ts';
import { comesOfAgeOn } from '#lib/domain/notice/coming-of-age.ts';
import { noticeState } from '#lib/domain/notice/notice-state.ts';
import { decidesNotices, seesEveryHouse } from '#lib/domain/disclosure/roles.ts';
import { fileOf } from '#lib/domain/case-file/one-child.ts';
import type { ChildId } from '#lib/domain/ids.ts';
import { addDays, addYears, type CivilDate } from '#lib/domain/time.ts';
import { writeAudit } from '../audit/audit.ts';
import type { ProgramDatabase, Scope, Session } from '../db/connection.ts';
import { lockCases } from '../entry-log/postgres-entry-log.ts';
import { notify } from '../inbox/inbox.ts';
import type { NoticeBoard } from './board.ts';
import { readCase } from './case-reading.ts';
import { publishDecided, type Press } from './publish.ts';

export interface SweepTools {
	readonly database: ProgramDatabase;
	readonly press: Press;
	readonly board: Pick<NoticeBoard, 'refresh'>;
}

const registry: Scope = { kind: 'registry' };

/**
 * Takes off the public pages whoever may not be there any more today: children who came of age by the registry's civil
 * date. Decisions and pushes change the pages in their own transaction; this is for the day that comes without either.
 *
 * Each child in a transaction of its own, under the lock a push takes. Who of the house decides about notices is told.
 *
 * @param thorough looks also for children who by their file are not public: every notice is read for it
 * @returns the children withheld now
 */
export async function sweepPublication(tools: SweepTools, thorough: boolean): Promise<readonly ChildId[]> {
	const { database, press, board } = tools;
	const today = press.today();
	const suspects = await database.inScope(registry, async (session) => [
		...(await grownUp(session, today, press)),
		...(thorough ? await forgotten(session) : [])
	]);
	const withheld: ChildId[] = [];
	const gone: string[] = [];
	for (const childId of suspects) {
		const pictures = await database.inScope(registry, (session) => withholdIfDue(session, press, childId, today));
		if (pictures === undefined) continue;
		withheld.push(childId);
		gone.push(...pictures);
	}
	if (withheld.length > 0) {
		const { photoTokens } = await board.refresh();
		await press.photos.remove(gone.filter((token) => !photoTokens.has(token)));
	}
	return withheld;
}

/**
 * Children whose number is listed and who, to the day, may have come of age. A day too many of them, because adding years
 * to 29 February and taking them off are not each other's inverse; the file decides. An index on the birth dates of those
 * with a notice finds them: a millisecond at 100,000 children.
 */
async function grownUp(session: Session, today: CivilDate, press: Press): Promise<readonly ChildId[]> {
	const years = press.policy.ages?.adult?.years;
	if (years === undefined) return [];
	return listedAmong(session, `child_rows.notice = 'published' AND child_rows.birth_latest <= $1`, [
		addDays(addYears(today, -years), 1)
	]);
}

/** Children whose number is listed though by their file nothing of them is public: none, unless a road forgot to say so. */
function forgotten(session: Session): Promise<readonly ChildId[]> {
	return listedAmong(session, `child_rows.notice <> 'published'`, []);
}

/**
 * Step by step, each made before the next: under row-level security PostgreSQL would else read every notice for each
 * child, because it does not vouch for what takes the number out of the entry.
 */
async function listedAmong(
	session: Session,
	condition: string,
	values: readonly unknown[]
): Promise<readonly ChildId[]> {
	const { rows } = await session.query<{ childId: ChildId }>(
		`WITH suspect AS MATERIALIZED (
			SELECT child_rows.child_id FROM child_rows WHERE ${condition}
		), numbered AS MATERIALIZED (
			SELECT entries.child_id, entries.body::jsonb #>> '{payload,approval,publicNumber}' AS number
			FROM suspect JOIN entries ON entries.child_id = suspect.child_id WHERE entries.type = 'notice.approved'
		)
		SELECT DISTINCT numbered.child_id AS "childId"
		FROM numbered JOIN public_notices ON public_notices.public_number = numbered.number ORDER BY 1`,
		values
	);
	return rows.map(({ childId }) => childId);
}

/** @returns names of the pictures that were shown; undefined where the notice stays */
async function withholdIfDue(
	session: Session,
	press: Press,
	childId: ChildId,
	today: CivilDate
): Promise<readonly string[] | undefined> {
	await lockCases(session, [childId]);
	const found = await readCase(session, childId);
	if (!found) return undefined;
	const caseFile = fileOf(found.caseFile, childId);
	const adultOn = comesOfAgeOn(caseFile, press.policy);
	const due = noticeState(caseFile).published === undefined || (adultOn !== undefined && adultOn <= today);
	if (!due) return undefined;
	const { gone } = await publishDecided(session, press, caseFile);
	const house = custodian(caseFile);
	if (house !== undefined) {
		const role = decidesNotices.filter((each) => !seesEveryHouse.includes(each));
		await notify(session, { to: { institutionId: house, role }, code: 'notice_withheld', refs: { childId } });
		await writeAudit(session, { institutionId: house, action: 'notice.withheld', childId });
	}
	return gone;
}
