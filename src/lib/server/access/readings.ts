import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { purposeSchema, type Purpose } from '#lib/domain/access/purpose.ts';
import { readingBases, readingKinds, type ReadingBasis, type ReadingKind } from '#lib/domain/access/reading.ts';
import {
	childIdSchema,
	grantIdSchema,
	readingIdSchema,
	staffIdSchema,
	type ChildId,
	type DeviceId,
	type GrantId,
	type InstitutionId,
	type ReadingId,
	type StaffId
} from '#lib/domain/ids.ts';
import type { Session } from '../db/connection.ts';
import { storable } from '../entry-log/storable.ts';

/* The log of readings: written once, never changed, read by those who answer for the files. */

/** From what a file is read, with what belongs to it. */
export type Basis =
	| { readonly basis: 'grant'; readonly grantId: GrantId }
	| { readonly basis: 'duty' }
	| { readonly basis: 'reason'; readonly reason: string }
	| { readonly basis: 'none' };

export interface NewReading {
	readonly id: ReadingId;
	/** The reader's house. */
	readonly institutionId: InstitutionId;
	readonly staffId: StaffId;
	readonly childId: ChildId;
	/** By the reader's clock. */
	readonly at: string;
	/** By the registry's. */
	readonly receivedAt: string;
	readonly from:
		{ readonly place: 'desk' } | { readonly place: 'tablet'; readonly deviceId: DeviceId; readonly closed: boolean };
	readonly what: ReadingKind;
	readonly purpose: Purpose;
	readonly basis: Basis;
}

/** Writes readings down. One that is there already stays as it was. */
export async function logReadings(session: Session, readings: readonly NewReading[]): Promise<void> {
	if (readings.length === 0) return;
	const rows = readings.map(({ from, basis, ...reading }) => ({
		id: reading.id,
		institution_id: reading.institutionId,
		staff_id: reading.staffId,
		child_id: reading.childId,
		at: reading.at,
		received_at: reading.receivedAt,
		place: from.place,
		device_id: from.place === 'tablet' ? from.deviceId : null,
		device_closed: from.place === 'tablet' && from.closed,
		what: reading.what,
		purpose: reading.purpose,
		basis: basis.basis,
		grant_id: basis.basis === 'grant' ? basis.grantId : null,
		reason: basis.basis === 'reason' ? basis.reason : null
	}));
	await session.query(
		`INSERT INTO access_readings (id, institution_id, staff_id, child_id, at, received_at, place, device_id, device_closed,
			what, purpose, basis, grant_id, reason)
		SELECT r.id, r.institution_id, r.staff_id, r.child_id, r.at, r.received_at, r.place, r.device_id, r.device_closed,
			r.what, r.purpose, r.basis, r.grant_id, r.reason
		FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, institution_id uuid, staff_id uuid, child_id uuid, at timestamptz,
			received_at timestamptz, place text, device_id uuid, device_closed boolean, what text, purpose text, basis text,
			grant_id uuid, reason text)
		ON CONFLICT (id) DO NOTHING`,
		[JSON.stringify(storable(rows))]
	);
}

/** One reading at a desk, now. */
export async function logReading(
	session: Session,
	reader: { readonly id: StaffId; readonly institutionId: InstitutionId },
	reading: Pick<NewReading, 'childId' | 'what' | 'purpose' | 'basis'>,
	now: Date
): Promise<void> {
	const at = now.toISOString();
	await logReadings(session, [
		{
			id: randomUUID() as ReadingId,
			institutionId: reader.institutionId,
			staffId: reader.id,
			at,
			receivedAt: at,
			from: { place: 'desk' },
			...reading
		}
	]);
}

/** What somebody read of one child at a desk this day, newest first. */
export interface LateReading {
	readonly at: string;
	readonly what: ReadingKind;
	readonly purpose: Purpose;
	readonly basis: Basis;
}

/** @param since the beginning of the registry's day */
export async function lateReadings(
	session: Session,
	staffId: StaffId,
	childId: ChildId,
	since: string
): Promise<readonly LateReading[]> {
	const { rows } = await session.query<LateReading & { basis: ReadingBasis; grantId: GrantId; reason: string }>(
		`SELECT at, what, purpose, basis, grant_id AS "grantId", reason FROM access_readings
		WHERE staff_id = $1 AND child_id = $2 AND place = 'desk'
			AND received_at >= $3
		ORDER BY received_at DESC`,
		[staffId, childId, since]
	);
	return rows.map(({ basis, grantId, reason, ...reading }) => ({ ...reading, basis: basisOf(basis, grantId, reason) }));
}

/** Which readings a list or an export is about; all given conditions hold. */
export interface ReadingFilter {
	readonly childId?: ChildId;
	readonly staffId?: StaffId;
	/** The reader's house or, for the registry, the house asked about. */
	readonly house?: InstitutionId;
	/** Received in this span: from the first instant, before the second. */
	readonly span?: readonly [from: string, before: string];
	/** Only what no grant covered and this desk has not looked at. */
	readonly unchecked?: InstitutionId;
	/** The one who looks does not check what she read herself. */
	readonly notBy?: StaffId;
	/** Older than this reading's time and id, for the next page. */
	readonly before?: { readonly receivedAt: string; readonly id: ReadingId };
}

/** A reading as lists and exports show it. */
export interface ReadingLine {
	readonly id: ReadingId;
	readonly at: string;
	readonly receivedAt: string;
	readonly place: 'desk' | 'tablet';
	/** Undefined for people whose names the scope does not see, and for those nobody knows. */
	readonly name: string | undefined;
	readonly staffId: StaffId;
	readonly houseName: string;
	readonly deviceName: string | undefined;
	readonly deviceClosed: boolean;
	readonly childId: ChildId;
	readonly caseNumber: string | undefined;
	readonly what: ReadingKind;
	readonly purpose: Purpose;
	readonly basis: Basis;
}

const readingRowSchema = z
	.object({
		id: readingIdSchema,
		at: z.string(),
		receivedAt: z.string(),
		place: z.enum(['desk', 'tablet']),
		name: z.string().nullable(),
		staffId: staffIdSchema,
		houseName: z.string(),
		deviceName: z.string().nullable(),
		deviceClosed: z.boolean(),
		childId: childIdSchema,
		caseNumber: z.string().nullable(),
		what: z.enum(readingKinds),
		purpose: purposeSchema,
		basis: z.enum(readingBases),
		grantId: grantIdSchema.nullable(),
		reason: z.string().nullable()
	})
	.transform(({ name, deviceName, caseNumber, basis, grantId, reason, ...line }): ReadingLine => ({
		...line,
		name: name ?? undefined,
		deviceName: deviceName ?? undefined,
		caseNumber: caseNumber ?? undefined,
		basis: basisOf(basis, grantId, reason)
	}));

/** Readings the scope may see, newest received first. */
export async function listReadings(
	session: Session,
	filter: ReadingFilter,
	limit: number
): Promise<readonly ReadingLine[]> {
	const { where, values } = conditions(filter);
	const { rows } = await session.query(
		`SELECT r.id, r.at, r.received_at AS "receivedAt", r.place, users.name, r.staff_id AS "staffId",
			institutions.name AS "houseName", devices.name AS "deviceName", r.device_closed AS "deviceClosed",
			r.child_id AS "childId", child_rows.case_number AS "caseNumber", r.what, r.purpose, r.basis,
			r.grant_id AS "grantId", r.reason
		FROM access_readings r
			JOIN institutions ON institutions.id = r.institution_id
			LEFT JOIN users ON users.id = r.staff_id
			LEFT JOIN devices ON devices.id = r.device_id
			LEFT JOIN child_rows ON child_rows.child_id = r.child_id
		WHERE ${where}
		ORDER BY r.received_at DESC, r.id DESC LIMIT ${Math.trunc(limit)}`,
		values
	);
	return rows.map((row) => readingRowSchema.parse(row));
}

/** How often, per person and purpose. */
export interface ReadingCount {
	readonly name: string | undefined;
	readonly staffId: StaffId;
	readonly houseName: string;
	readonly purpose: Purpose;
	readonly readings: number;
	readonly children: number;
	/** Of the readings, those that no grant and no duty covered. */
	readonly uncovered: number;
}

export async function countReadings(session: Session, filter: ReadingFilter): Promise<readonly ReadingCount[]> {
	const { where, values } = conditions(filter);
	const { rows } = await session.query<Omit<ReadingCount, 'name'> & { name: string | null }>(
		`SELECT users.name, r.staff_id AS "staffId", institutions.name AS "houseName", r.purpose, count(*) AS readings,
			count(DISTINCT r.child_id) AS children, count(*) FILTER (WHERE r.basis IN ('reason', 'none')) AS uncovered
		FROM access_readings r
			JOIN institutions ON institutions.id = r.institution_id
			LEFT JOIN users ON users.id = r.staff_id
		WHERE ${where}
		GROUP BY users.name, r.staff_id, institutions.name, r.purpose
		ORDER BY institutions.name, users.name NULLS LAST, r.staff_id, r.purpose`,
		values
	);
	return rows.map((row) => ({ ...row, name: row.name ?? undefined }));
}

/** People who read something the scope may see, for the filter. */
export async function readersSeen(
	session: Session
): Promise<readonly { readonly id: StaffId; readonly name: string; readonly houseName: string }[]> {
	const { rows } = await session.query<{ id: StaffId; name: string; houseName: string }>(
		`SELECT users.id, users.name, institutions.name AS "houseName"
		FROM users JOIN institutions ON institutions.id = users.institution_id
		WHERE EXISTS (SELECT FROM access_readings r WHERE r.staff_id = users.id)
		ORDER BY institutions.name, users.name, users.id LIMIT 500`
	);
	return rows;
}

/** A supervisor looked at a reading that no grant covered. Looking twice is looking once. */
export async function checkReading(
	session: Session,
	by: { readonly id: StaffId; readonly institutionId: InstitutionId },
	id: ReadingId
): Promise<boolean> {
	const { rowCount } = await session.query(
		`INSERT INTO access_reading_checks (reading_id, institution_id, checked_by)
		SELECT id, $2, $3 FROM access_readings WHERE id = $1 AND staff_id <> $3 AND basis IN ('reason', 'none')
		ON CONFLICT (reading_id, institution_id) DO NOTHING`,
		[id, by.institutionId, by.id]
	);
	return rowCount > 0;
}

/** A year or a month of the registry's calendar as instants. @param month 1-12 */
export function spanOf(year: number, month?: number): readonly [from: string, before: string] {
	const first = `${year}-${pad(month ?? 1)}-01T00:00:00+08:00`;
	const next =
		month === undefined || month === 12
			? `${year + 1}-01-01T00:00:00+08:00`
			: `${year}-${pad(month + 1)}-01T00:00:00+08:00`;
	return [first, next];
}

function pad(number: number): string {
	return String(number).padStart(2, '0');
}

function conditions(filter: ReadingFilter): { readonly where: string; readonly values: readonly unknown[] } {
	const values: unknown[] = [];
	const value = (given: unknown) => `$${values.push(given)}`;
	const parts = ['true'];
	if (filter.childId) parts.push(`r.child_id = ${value(filter.childId)}`);
	if (filter.staffId) parts.push(`r.staff_id = ${value(filter.staffId)}`);
	if (filter.house) parts.push(`r.institution_id = ${value(filter.house)}`);
	if (filter.span) {
		const [from, before] = filter.span;
		parts.push(`r.received_at >= ${value(from)} AND r.received_at < ${value(before)}`);
	}
	if (filter.unchecked) {
		parts.push(`r.basis IN ('reason', 'none') AND NOT EXISTS (SELECT FROM access_reading_checks c
			WHERE c.reading_id = r.id AND c.institution_id = ${value(filter.unchecked)})`);
	}
	if (filter.notBy) parts.push(`r.staff_id <> ${value(filter.notBy)}`);
	if (filter.before) {
		parts.push(
			`(r.received_at, r.id) < (${value(filter.before.receivedAt)}::timestamptz, ${value(filter.before.id)}::uuid)`
		);
	}
	return { where: parts.join(' AND '), values };
}

function basisOf(basis: ReadingBasis, grantId: GrantId | null, reason: string | null): Basis {
	switch (basis) {
		case 'grant':
			if (grantId === null) throw new Error('a reading from a grant that names none');
			return { basis, grantId };
		case 'reason':
			return { basis, reason: reason ?? '' };
		case 'duty':
		case 'none':
			return { basis };
	}
}
