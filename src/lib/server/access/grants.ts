import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
	grantFault,
	grantYearsMaximum,
	type Grant,
	type GrantFault,
	type GrantScope,
	type ReadChild,
	type Reader
} from '#lib/domain/access/grant.ts';
import { purposeSchema, standingPurposes, type Purpose } from '#lib/domain/access/purpose.ts';
import { readChildOf } from '#lib/domain/access/read-child.ts';
import { grantsAccess, type Role } from '#lib/domain/disclosure/roles.ts';
import {
	childIdSchema,
	grantIdSchema,
	institutionIdSchema,
	staffIdSchema,
	type ChildId,
	type GrantId,
	type InstitutionId,
	type StaffId
} from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { addYears, civilDateSchema, type CivilDate } from '#lib/domain/time.ts';
import { writeAudit } from '../audit/audit.ts';
import { sqlState, type ProgramDatabase, type Session } from '../db/connection.ts';
import { closeItems, notify } from '../inbox/inbox.ts';
import { readCase } from '../notices/case-reading.ts';

/*
 * Grants to read full files: given, renewed, revoked, never changed. Who may give which is decided in
 * domain/access/grant.ts, and once more by the policies of the tables.
 */

/** A row of access_grants with its revocation. */
const grantRowSchema = z
	.object({
		id: grantIdSchema,
		staffId: staffIdSchema,
		scope: z.enum(['child', 'house', 'every_house']),
		childId: childIdSchema.nullable(),
		houseId: institutionIdSchema.nullable(),
		purpose: purposeSchema,
		from: civilDateSchema,
		until: civilDateSchema,
		grantedBy: staffIdSchema.nullable(),
		revokedOn: civilDateSchema.nullable()
	})
	.transform(({ scope, childId, houseId, grantedBy, revokedOn, ...grant }): Grant => ({
		...grant,
		scope: scopeOfRow(scope, childId, houseId),
		grantedBy: grantedBy ?? undefined,
		revokedOn: revokedOn ?? undefined
	}));

const grantColumns = `access_grants.id, access_grants.staff_id AS "staffId", access_grants.scope,
	access_grants.child_id AS "childId", access_grants.house_id AS "houseId", access_grants.purpose,
	access_grants.from_day AS "from", access_grants.until_day AS "until", access_grants.granted_by AS "grantedBy",
	access_revocations.revoked_on AS "revokedOn"`;
const grantTables = 'access_grants LEFT JOIN access_revocations ON access_revocations.grant_id = access_grants.id';

/** The grants of these people that may be about one of these children, past ones included. */
export async function grantsAbout(
	session: Session,
	staffIds: readonly StaffId[],
	childIds: readonly ChildId[]
): Promise<readonly Grant[]> {
	const { rows } = await session.query(
		`SELECT ${grantColumns} FROM ${grantTables}
		WHERE access_grants.staff_id = ANY ($1::uuid[])
			AND (access_grants.scope <> 'child' OR access_grants.child_id = ANY ($2::uuid[]))`,
		[staffIds, childIds]
	);
	return rows.map((row) => grantRowSchema.parse(row));
}

/** A grant as the page about access lists it. */
export interface GrantLine {
	readonly grant: Grant;
	/** Undefined for people of other houses, whose names the scope does not see. */
	readonly name: string | undefined;
	readonly role: Role | undefined;
	readonly houseName: string;
	readonly givenBy: string | undefined;
	/** The number of the child it is about, or the name of the house. */
	readonly about: string | undefined;
	/** May this desk revoke it? */
	readonly revocable: boolean;
}

interface NamedRow {
	readonly name: string | null;
	readonly role: Role | null;
	readonly houseName: string;
	readonly givenBy: string | null;
	readonly caseNumber: string | null;
	readonly aboutHouse: string | null;
	readonly ours: boolean;
}

export interface GrantFilter {
	/** In force on this day or later. */
	readonly since?: CivilDate;
	/** With `since`, for a span: begun on this day or before. */
	readonly begunBy?: CivilDate;
	/** Revoked ones too, and those of closed accounts. */
	readonly all?: boolean;
	readonly house?: InstitutionId;
}

/** The grants the scope may see, by house and person. */
export async function listGrants(session: Session, filter: GrantFilter, limit: number): Promise<readonly GrantLine[]> {
	const { rows } = await session.query<NamedRow>(
		`SELECT ${grantColumns}, users.name, users.role, staff_house.name AS "houseName", givers.name AS "givenBy",
			child_rows.case_number AS "caseNumber", about_house.name AS "aboutHouse",
			(lampkeep_scope() = 'registry' OR access_grants.institution_id = lampkeep_institution()
				OR access_grants.house_id = lampkeep_institution() OR lampkeep_has_child(access_grants.child_id)) AS ours
		FROM ${grantTables}
			JOIN institutions staff_house ON staff_house.id = access_grants.staff_institution_id
			LEFT JOIN users ON users.id = access_grants.staff_id
			LEFT JOIN users givers ON givers.id = access_grants.granted_by
			LEFT JOIN institutions about_house ON about_house.id = access_grants.house_id
			LEFT JOIN child_rows ON child_rows.child_id = access_grants.child_id
		WHERE ($1::date IS NULL OR access_grants.until_day >= $1)
			AND ($2::date IS NULL OR access_grants.from_day <= $2)
			AND ($3 OR (access_revocations.grant_id IS NULL AND users.disabled_at IS NULL))
			AND ($4::uuid IS NULL OR access_grants.staff_institution_id = $4 OR access_grants.house_id = $4)
		ORDER BY staff_house.name, users.name NULLS LAST, access_grants.staff_id, access_grants.purpose,
			access_grants.until_day DESC, access_grants.id
		LIMIT $5`,
		[filter.since ?? null, filter.begunBy ?? null, filter.all ?? false, filter.house ?? null, limit]
	);
	return rows.map((row) => ({
		grant: grantRowSchema.parse(row),
		name: row.name ?? undefined,
		role: row.role ?? undefined,
		houseName: row.houseName,
		givenBy: row.givenBy ?? undefined,
		about: row.caseNumber ?? row.aboutHouse ?? undefined,
		revocable: row.ours
	}));
}

/** Somebody who may be given a grant. */
export type Grantee = Reader;

/** A person by the name they sign in with: for people of other houses, whom a house's desk does not list. */
export async function granteeByLogin(database: ProgramDatabase, login: string): Promise<Grantee | undefined> {
	const { rows } = await database.inScope({ kind: 'registry' }, (session) =>
		session.query<Grantee>(
			`SELECT id, role, institution_id AS "institutionId" FROM users WHERE login = $1 AND disabled_at IS NULL`,
			[login.trim().toLowerCase()]
		)
	);
	return rows[0];
}

/** A person the scope may see. */
export async function granteeById(session: Session, id: StaffId): Promise<Grantee | undefined> {
	const { rows } = await session.query<Grantee>(
		`SELECT id, role, institution_id AS "institutionId" FROM users WHERE id = $1 AND disabled_at IS NULL`,
		[id]
	);
	return rows[0];
}

export type ChildByNumber =
	| { readonly type: 'found'; readonly childId: ChildId }
	| { readonly type: 'case_number_unknown' }
	/** Two houses use the same number. */
	| { readonly type: 'case_number_twice' };

/** The child of a number on the papers of its house, among those the scope may see. */
export async function childByNumber(session: Session, caseNumber: string): Promise<ChildByNumber> {
	const { rows } = await session.query<{ childId: ChildId }>(
		'SELECT child_id AS "childId" FROM child_rows WHERE case_number = $1 LIMIT 2',
		[caseNumber.trim()]
	);
	const [first, second] = rows;
	if (!first) return { type: 'case_number_unknown' };
	return second ? { type: 'case_number_twice' } : { type: 'found', childId: first.childId };
}

/** The inverse of `childByNumber`: undefined where the scope may not see the child; a child may have no number. */
export async function numberOfChild(
	session: Session,
	childId: ChildId
): Promise<{ readonly caseNumber: string | undefined } | undefined> {
	const { rows } = await session.query<{ caseNumber: string | null }>(
		'SELECT case_number AS "caseNumber" FROM child_rows WHERE child_id = $1',
		[childId]
	);
	return rows[0] && { caseNumber: rows[0].caseNumber ?? undefined };
}

export interface NewGrant {
	readonly to: Grantee;
	readonly scope: GrantScope;
	readonly purpose: Purpose;
	readonly until: CivilDate;
}

/** Gives a grant from today on. */
export async function giveGrant(
	session: Session,
	giver: Reader,
	{ to, scope, purpose, until }: NewGrant,
	today: CivilDate
): Promise<Result<GrantId, GrantFault>> {
	const child = scope.kind === 'child' ? await childToRead(session, scope.childId) : undefined;
	const fault = grantFault(giver, { to, scope, purpose, from: today, until }, child, today);
	if (fault) return err(fault);
	const id = await insertGrant(session, {
		institutionId: giver.institutionId,
		to,
		scope,
		purpose,
		from: today,
		until,
		grantedBy: giver.id
	});
	await writeAudit(session, {
		institutionId: giver.institutionId,
		userId: giver.id,
		action: 'access.granted',
		...(scope.kind === 'child' ? { childId: scope.childId } : {}),
		details: { grant: id, person: to.id, purpose, until }
	});
	await notify(session, {
		to: { userId: to.id },
		code: 'access_granted',
		refs: { ref: id, ...(scope.kind === 'child' && { childId: scope.childId }) },
		dueOn: until
	});
	return ok(id);
}

/** Ends a grant today. False where the desk may not, or there is none left to end. */
export async function revokeGrant(session: Session, by: Reader, id: GrantId, today: CivilDate): Promise<boolean> {
	if (!grantsAccess.includes(by.role)) return false;
	const { rows } = await session.query<{ staffId: StaffId; revoked: boolean }>(
		`SELECT access_grants.staff_id AS "staffId", access_revocations.grant_id IS NOT NULL AS revoked
		FROM ${grantTables} WHERE access_grants.id = $1`,
		[id]
	);
	const found = rows[0];
	if (!found || found.revoked) return false;
	try {
		await session.query('SAVEPOINT revocation');
		await session.query(
			'INSERT INTO access_revocations (grant_id, institution_id, revoked_by, revoked_on) VALUES ($1, $2, $3, $4)',
			[id, by.institutionId, by.id, today]
		);
	} catch (error) {
		// 42501: seen, because it was given to one of this house's people, but not this desk's to end.
		if (sqlState(error) !== '42501' && sqlState(error) !== '23505') throw error;
		await session.query('ROLLBACK TO SAVEPOINT revocation');
		return false;
	}
	await writeAudit(session, {
		institutionId: by.institutionId,
		userId: by.id,
		action: 'access.revoked',
		details: { grant: id, person: found.staffId }
	});
	await closeItems(session, { code: 'access_granted', refs: { ref: id } });
	return true;
}

/** A person whose standing grant ends soon or has ended. */
export interface StandingEnd {
	readonly to: Grantee;
	readonly name: string;
	readonly purpose: Purpose;
	/** Undefined where there never was one. */
	readonly until: CivilDate | undefined;
}

/** The people of a house whose standing grants end before a day, those that ended first. */
export async function standingEnds(
	session: Session,
	house: InstitutionId,
	before: CivilDate
): Promise<readonly StandingEnd[]> {
	const { rows } = await session.query<Grantee & { name: string; purpose: Purpose; until: CivilDate | null }>(
		`SELECT users.id, users.role, users.institution_id AS "institutionId", users.name, standing.purpose,
			max(access_grants.until_day) AS until
		FROM users
			JOIN (SELECT r.role, r.purpose FROM jsonb_to_recordset($3::jsonb) AS r (role text, purpose text)) AS standing
				ON standing.role = users.role
			LEFT JOIN access_grants ON access_grants.staff_id = users.id AND access_grants.purpose = standing.purpose
				AND access_grants.house_id = users.institution_id
				AND NOT EXISTS (SELECT FROM access_revocations WHERE access_revocations.grant_id = access_grants.id)
		WHERE users.institution_id = $1 AND users.disabled_at IS NULL
		GROUP BY users.id, users.role, users.institution_id, users.name, standing.purpose
		HAVING coalesce(max(access_grants.until_day), '-infinity') < $2::date
		ORDER BY max(access_grants.until_day) NULLS FIRST, users.name, users.id, standing.purpose`,
		[house, before, JSON.stringify(standingRows)]
	);
	return rows.map(({ name, purpose, until, ...to }) => ({ to, name, purpose, until: until ?? undefined }));
}

/**
 * Renews the standing grants of a house that end before a day, for a year from today. The one who renews is among the
 * people: what she reads of her own house she reads by duty anyway.
 *
 * @returns how many were renewed; undefined where this person may not
 */
export async function renewStanding(
	session: Session,
	by: Reader,
	house: InstitutionId,
	before: CivilDate,
	today: CivilDate
): Promise<number | undefined> {
	const own = by.role === 'registry_officer' || by.institutionId === house;
	if (!grantsAccess.includes(by.role) || !own) return undefined;
	const ends = await standingEnds(session, house, before);
	for (const { to, purpose } of ends) {
		const scope = { kind: 'house', institutionId: house } as const;
		const until = addYears(today, grantYearsMaximum);
		await insertGrant(session, {
			institutionId: by.institutionId,
			to,
			scope,
			purpose,
			from: today,
			until,
			grantedBy: by.id
		});
	}
	if (ends.length > 0) {
		await writeAudit(session, {
			institutionId: by.institutionId,
			userId: by.id,
			action: 'access.renewed',
			details: { house, grants: ends.length }
		});
	}
	return ends.length;
}

/** The standing grants of a new account, for a year. */
export async function giveStanding(session: Session, to: Grantee, today: CivilDate): Promise<void> {
	for (const purpose of standingPurposes[to.role]) {
		await insertGrant(session, {
			institutionId: to.institutionId,
			to,
			scope: { kind: 'house', institutionId: to.institutionId },
			purpose,
			from: today,
			until: addYears(today, grantYearsMaximum),
			grantedBy: null
		});
	}
}

/** What of a child decides who may read it; undefined where the scope may not see it. */
export async function childToRead(session: Session, childId: ChildId): Promise<ReadChild | undefined> {
	const found = await readCase(session, childId);
	return found && readChildOf(found.caseFile);
}

const standingRows = Object.entries(standingPurposes).flatMap(([role, purposes]) =>
	purposes.map((purpose) => ({ role, purpose }))
);

interface GrantRow extends NewGrant {
	readonly institutionId: InstitutionId;
	readonly from: CivilDate;
	readonly grantedBy: StaffId | null;
}

async function insertGrant(session: Session, grant: GrantRow): Promise<GrantId> {
	const id = randomUUID() as GrantId;
	await session.query(
		`INSERT INTO access_grants (id, institution_id, staff_id, staff_institution_id, scope, child_id, house_id, purpose,
			from_day, until_day, granted_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		[
			id,
			grant.institutionId,
			grant.to.id,
			grant.to.institutionId,
			grant.scope.kind,
			grant.scope.kind === 'child' ? grant.scope.childId : null,
			grant.scope.kind === 'house' ? grant.scope.institutionId : null,
			grant.purpose,
			grant.from,
			grant.until,
			grant.grantedBy
		]
	);
	return id;
}

function scopeOfRow(scope: GrantScope['kind'], childId: ChildId | null, houseId: InstitutionId | null): GrantScope {
	if (scope === 'child' && childId !== null) return { kind: scope, childId };
	if (scope === 'house' && houseId !== null) return { kind: scope, institutionId: houseId };
	if (scope === 'every_house') return { kind: scope };
	throw new Error(`a grant of the scope ${scope} that names none`);
}
