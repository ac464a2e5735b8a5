import { isInForce, mayReadFull, type Permission, type ReasonNeeded } from '#lib/domain/access/grant.ts';
import { usualPurpose, type Purpose } from '#lib/domain/access/purpose.ts';
import { readChildOf } from '#lib/domain/access/read-child.ts';
import { isSameReading, type ReadingKind } from '#lib/domain/access/reading.ts';
import type { CaseFile } from '#lib/domain/case-file/case-file.ts';
import type { ChildId } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { civilDateAt } from '#lib/domain/time.ts';
import { writeAudit } from '../audit/audit.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import type { ProgramDatabase, Scope, Session } from '../db/connection.ts';
import { readCase, scopeOf } from '../notices/case-reading.ts';
import { grantsAbout } from './grants.ts';
import { lateReadings, logReading, type Basis, type LateReading } from './readings.ts';

/** What a page says when it opens a file. */
export interface Opening {
	readonly what: ReadingKind;
	/** Left out: what the person opened this file for last, or what the role usually does. */
	readonly purpose?: Purpose;
	/** Given at opening, where no grant covers it. */
	readonly reason?: string;
}

export interface OpenFile {
	readonly caseFile: CaseFile;
	/** The count of its entries: what a decision expects. */
	readonly version: number;
	readonly purpose: Purpose;
	readonly basis: Basis;
}

export type OpenFault = { readonly type: 'child_unknown' } | ReasonNeeded;

/**
 * Opens a child's full file for a person at a desk: decides whether they may, writes the reading down, and gives the file.
 * Every page that shows or prints a whole file calls this and nothing else. The same opening again within a quarter of an
 * hour is the same reading; a print and an export are written down each time.
 *
 * A reason given at opening holds for the same person, child and purpose until the registry's day is over.
 *
 * @param session in the scope of `scopeToRead`
 * @param now the registry's clock
 */
export async function openFullFile(
	session: Session,
	user: SignedInUser,
	childId: ChildId,
	opening: Opening,
	now: Date
): Promise<Result<OpenFile, OpenFault>> {
	const found = await readCase(session, childId);
	if (!found) return err({ type: 'child_unknown' });
	const today = civilDateAt(now.getTime(), 'Asia/Shanghai');
	const child = readChildOf(found.caseFile);
	const grants = await grantsAbout(session, [user.id], [childId]);
	const late = await lateReadings(session, user.id, childId, `${today}T00:00:00+08:00`);
	const may = (purpose: Purpose) => mayReadFull(user, child, purpose, grants, today);

	const usual = usualPurpose[user.role];
	const remembered = late.find(({ basis }) => basis.basis === 'reason')?.purpose;
	// Least to choose: what was said, else what is usual, else whatever covers it.
	const covered = grants.filter((grant) => isInForce(grant, today)).map(({ purpose }) => purpose);
	const purpose = opening.purpose ?? [usual, ...covered].find((each) => may(each).ok) ?? remembered ?? usual;

	const judged = basisFor(may(purpose), opening.reason, late);
	if (!judged.ok) return judged;
	const basis = judged.value;
	if (!isSame(late, opening.what, purpose, basis, now)) {
		await logReading(session, user, { childId, what: opening.what, purpose, basis }, now);
		await writeAudit(session, {
			institutionId: user.institutionId,
			userId: user.id,
			action: 'child.viewed',
			childId,
			details: { what: opening.what, purpose, basis: basis.basis }
		});
	}
	return ok({ ...found, purpose, basis });
}

/**
 * The scope in which a person reads this child: their own, or the whole registry's where a grant in force names the child
 * or its house and their own scope does not see it (a reviewer of another institution).
 */
export async function scopeToRead(
	database: ProgramDatabase,
	user: SignedInUser,
	childId: ChildId,
	now: Date
): Promise<Scope> {
	const own = scopeOf(user);
	if (own.kind === 'registry') return own;
	const today = civilDateAt(now.getTime(), 'Asia/Shanghai');
	const { rows } = await database.inScope({ kind: 'registry' }, (session) =>
		session.query(
			`SELECT FROM access_grants
				LEFT JOIN access_revocations ON access_revocations.grant_id = access_grants.id
				LEFT JOIN child_rows ON child_rows.child_id = $2
			WHERE access_grants.staff_id = $1 AND $3::date BETWEEN access_grants.from_day AND access_grants.until_day
				AND (access_revocations.revoked_on IS NULL OR access_revocations.revoked_on > $3)
				AND (access_grants.child_id = $2 OR access_grants.house_id = child_rows.custodian
					OR access_grants.scope = 'every_house')
				AND NOT coalesce(child_rows.houses @> ARRAY[$4::uuid], true)
			LIMIT 1`,
			[user.id, childId, today, user.institutionId]
		)
	);
	return rows.length > 0 ? { kind: 'registry' } : own;
}

/** What was permitted, or the reason that stands in for it: given now, or earlier this day for the same purpose. */
function basisFor(
	permission: Result<Permission, ReasonNeeded>,
	reason: string | undefined,
	late: readonly LateReading[]
): Result<Basis, ReasonNeeded> {
	if (permission.ok) {
		const { grant } = permission.value;
		return ok(grant === 'duty' ? { basis: 'duty' } : { basis: 'grant', grantId: grant });
	}
	if (reason !== undefined) return ok({ basis: 'reason', reason });
	const { purpose } = permission.error;
	const earlier = late.find((reading) => reading.basis.basis === 'reason' && reading.purpose === purpose);
	return earlier ? ok(earlier.basis) : permission;
}

function isSame(late: readonly LateReading[], what: ReadingKind, purpose: Purpose, basis: Basis, now: Date): boolean {
	if (what === 'print' || what === 'export') return false;
	return late.some(
		(reading) =>
			reading.what === what &&
			reading.purpose === purpose &&
			sameBasis(reading.basis, basis) &&
			isSameReading(Date.parse(reading.at), now.getTime())
	);
}

function sameBasis(a: Basis, b: Basis): boolean {
	if (a.basis === 'grant') return b.basis === 'grant' && a.grantId === b.grantId;
	if (a.basis === 'reason') return b.basis === 'reason' && a.reason === b.reason;
	return a.basis === b.basis;
}
