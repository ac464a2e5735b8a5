import { z } from 'zod';
import { entryBytesMaximum, parseEntry, type ParsedEntry } from '#lib/domain/case-file/entry.ts';
import { childIdSchema, staffIdSchema, type ChildId, type DeviceId } from '#lib/domain/ids.ts';
import { quarantineReasonSchema, type QuarantineReason } from '#lib/sync/protocol.ts';
import type { Session } from '../db/connection.ts';
import { namesOf } from '../notices/case-reading.ts';
import { sealedProblems, type SealedProblem } from '../sync/sealed-problem.ts';

/*
 * What tablets brought and the registry did not accept, as the desk lists it: entries, each with its reason, and sealed
 * records that could not be opened or read. Row security decides whose: a house sees its own tablets', the registry all.
 *
 * Nothing of what an entry says is here, only what kind it is and who it says wrote it. What was accepted after all (sent
 * again whole, or taken up when the child came) is no longer listed.
 */

export type AsideReason = QuarantineReason['type'] | SealedProblem;

/** In the order of the filter. */
export const asideReasons: readonly AsideReason[] = [
	...quarantineReasonSchema.options.map(({ shape }) => shape.type.value),
	...sealedProblems
];

export interface AsideFilter {
	readonly reason?: AsideReason | undefined;
	readonly deviceId?: DeviceId | undefined;
}

/** Where a page goes on: after the line with this key, which was received at this moment. */
export interface AsideCursor {
	readonly receivedAt: string;
	/** `entry` or `record`, and the number of the line among its kind. */
	readonly kind: AsideLine['kind'];
	readonly id: number;
}

export interface AsideLine {
	readonly kind: 'entry' | 'record';
	readonly id: number;
	/** ISO 8601, the registry's clock. */
	readonly receivedAt: string;
	readonly reason: AsideReason;
	/** Of an entry that cannot be read: which field, by its path. */
	readonly path: string | undefined;
	readonly deviceId: DeviceId | null;
	readonly deviceName: string | null;
	readonly houseName: string | null;
	/** Of a sealed record: its number in the tablet's journal. */
	readonly number: number | null;
	/** What kind of entry it says it is; undefined where not even that can be read. */
	readonly type: string | undefined;
	/** It is a whole entry, which can be told in words. */
	readonly isEntry: boolean;
	readonly author: AsideAuthor | undefined;
	readonly child: AsideChild | undefined;
}

/** Who wrote it. Not `proved`: it only says so, for it was set aside before or because its signature was looked at. */
export interface AsideAuthor {
	/** Undefined of people the scope does not see, and of nobody. */
	readonly name: string | undefined;
	readonly proved: boolean;
}

export interface AsideChild {
	readonly childId: ChildId;
	readonly caseNumber: string | null;
	/** The scope sees the file. */
	readonly visible: boolean;
}

/** Reasons that are found only once the author's key has been seen to fit (sync/receive.ts). */
const authorProved: ReadonlySet<AsideReason> = new Set<AsideReason>([
	'sequence_taken',
	'chain_broken',
	'child_elsewhere',
	'not_yours_to_merge'
]);

/**
 * Everything that still lies aside. An entry is settled once the very text, or where its text could not be vouched for an entry
 * of the same id, stands in the log.
 */
const stillAside = `
	SELECT 'entry' AS kind, quarantine.id, quarantine.institution_id, quarantine.device_id, quarantine.child_id,
		quarantine.received_at, quarantine.reason_type AS reason, quarantine.reason ->> 'path' AS path, NULL::bigint AS number
	FROM quarantine
	WHERE NOT EXISTS (SELECT FROM entries WHERE entries.id = quarantine.entry_id
		AND (quarantine.text_hash IS NULL OR entries.body_hash = quarantine.text_hash))
	UNION ALL
	SELECT 'record', sealed_aside.id, sealed_aside.institution_id, sealed_aside.device_id, NULL,
		sealed_aside.received_at, sealed_aside.problem, NULL, sealed_aside.number
	FROM sealed_aside`;

/** One page, the newest first. */
export async function listAside(
	session: Session,
	{ reason, deviceId }: AsideFilter,
	limit: number,
	before?: AsideCursor
): Promise<readonly AsideLine[]> {
	const { rows } = await session.query<
		Omit<AsideLine, 'type' | 'isEntry' | 'author' | 'child' | 'path'> & {
			path: string | null;
			body: string | null;
			childId: ChildId | null;
		}
	>(
		`SELECT aside.kind, aside.id, aside.received_at AS "receivedAt", aside.reason, aside.path, aside.number,
			aside.device_id AS "deviceId", devices.name AS "deviceName", institutions.name AS "houseName",
			aside.child_id AS "childId",
			CASE WHEN aside.kind = 'entry' THEN (SELECT body FROM quarantine WHERE quarantine.id = aside.id
				AND octet_length(quarantine.body) <= $4) END AS body
		FROM (SELECT kind, id, institution_id, device_id, child_id, received_at, reason, path, number FROM (${stillAside}) AS every
			WHERE ($1::text IS NULL OR reason = $1) AND ($2::uuid IS NULL OR device_id = $2)
				AND ($5::timestamptz IS NULL OR (received_at, kind, id) < ($5::timestamptz, $6::text, $7::bigint))
			ORDER BY received_at DESC, kind DESC, id DESC LIMIT $3) AS aside
			LEFT JOIN devices ON devices.id = aside.device_id
			LEFT JOIN institutions ON institutions.id = aside.institution_id
		ORDER BY aside.received_at DESC, aside.kind DESC, aside.id DESC`,
		[
			reason ?? null,
			deviceId ?? null,
			limit,
			2 * entryBytesMaximum,
			before?.receivedAt ?? null,
			before?.kind ?? null,
			before?.id ?? null
		]
	);
	const told = rows.map(({ body, childId, path, ...line }) => {
		const said = whatItSaysOfItself(body);
		return { line: { ...line, path: path ?? undefined }, said, childId: childId ?? said?.childId };
	});
	const names = await namesOf(session, [...new Set(told.flatMap(({ said }) => said?.staffId ?? []))]);
	const numbers = await numbersOf(session, [...new Set(told.flatMap(({ childId }) => childId ?? []))]);
	return told.map(({ line, said, childId }): AsideLine => ({
		...line,
		type: said?.type,
		isEntry: said !== undefined && line.reason !== 'unreadable' && line.reason !== 'too_deep',
		author: said?.staffId && { name: names.get(said.staffId), proved: authorProved.has(line.reason) },
		child: childId && { childId, caseNumber: numbers.get(childId) ?? null, visible: numbers.has(childId) }
	}));
}

/** One entry that was set aside, as it came; undefined where the scope sees none with this number. */
export async function asideEntry(
	session: Session,
	id: number
): Promise<
	| {
			readonly reason: QuarantineReason['type'];
			readonly receivedAt: string;
			/** Its author is proved, and does not only stand there. */
			readonly proved: boolean;
			/** Undefined of what is no entry: then it cannot be told in words either. */
			readonly parsed: ParsedEntry | undefined;
	  }
	| undefined
> {
	const { rows } = await session.query<{ reason: QuarantineReason['type']; receivedAt: string; body: string }>(
		`SELECT reason_type AS reason, received_at AS "receivedAt", body FROM quarantine WHERE id = $1`,
		[id]
	);
	const row = rows[0];
	if (!row) return undefined;
	const parsed = parseEntry(jsonOf(row.body));
	const { reason, receivedAt } = row;
	return { reason, receivedAt, proved: authorProved.has(reason), parsed: parsed.ok ? parsed.value : undefined };
}

/** How many there are of each reason that any lies aside for; of one tablet, where one is named. */
export async function countAside(session: Session, deviceId?: DeviceId): Promise<ReadonlyMap<AsideReason, number>> {
	const { rows } = await session.query<{ reason: AsideReason; count: number }>(
		`SELECT reason, count(*) AS count FROM (${stillAside}) AS aside
		WHERE $1::uuid IS NULL OR device_id = $1 GROUP BY reason`,
		[deviceId ?? null]
	);
	return new Map(rows.map(({ reason, count }) => [reason, count]));
}

/** The tablets of which something lies aside, by name. */
export async function tabletsAside(
	session: Session
): Promise<readonly { readonly id: DeviceId; readonly name: string; readonly houseName: string | null }[]> {
	const { rows } = await session.query<{ id: DeviceId; name: string; houseName: string | null }>(
		`SELECT devices.id, devices.name, institutions.name AS "houseName"
		FROM devices LEFT JOIN institutions ON institutions.id = devices.institution_id
		WHERE devices.id IN (SELECT device_id FROM (${stillAside}) AS aside)
		ORDER BY institutions.name, devices.name, devices.id`
	);
	return rows;
}

/** The case numbers of the files that the scope sees. */
async function numbersOf(session: Session, childIds: readonly ChildId[]): Promise<ReadonlyMap<ChildId, string | null>> {
	const { rows } = await session.query<{ childId: ChildId; caseNumber: string | null }>(
		'SELECT child_id AS "childId", case_number AS "caseNumber" FROM child_rows WHERE child_id = ANY ($1::uuid[])',
		[childIds]
	);
	return new Map(rows.map(({ childId, caseNumber }) => [childId, caseNumber]));
}

const envelopeSaid = z.object({
	childId: childIdSchema.optional().catch(undefined),
	type: z.string().max(60).optional().catch(undefined),
	staffId: staffIdSchema.optional().catch(undefined)
});

/** What an item says it is, as far as that can be read; it may be anything. */
function whatItSaysOfItself(body: string | null): z.infer<typeof envelopeSaid> | undefined {
	const said = body === null ? undefined : envelopeSaid.safeParse(jsonOf(body));
	return said?.success ? said.data : undefined;
}

/** Undefined of what is no JSON: that is why it lies here. */
function jsonOf(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}
