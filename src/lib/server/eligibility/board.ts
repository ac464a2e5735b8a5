import { stages, type Stage } from '#lib/domain/eligibility/stage.ts';
import type { BlockerCode } from '#lib/domain/hold/blockers.ts';
import type { ChildId, InstitutionId } from '#lib/domain/ids.ts';
import type { ExitReason } from '#lib/domain/leaving/exit.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import type { Session } from '../db/connection.ts';

/*
 * The review board as the desk asks for it. Today comes in here and nowhere else: the rows hold for every day
 * (read-models/review-rows.ts). Whom a person sees is row-level security's to say.
 */

export const boardSorts = ['last_day', 'waiting', 'name'] as const;
export type BoardSort = (typeof boardSorts)[number];

/** Which children: of every house, of one, or of the houses of a region (2, 4 or 6 digits of GB/T 2260). */
export type BoardPlace =
	| { readonly kind: 'all' }
	| { readonly kind: 'house'; readonly id: InstitutionId }
	| { readonly kind: 'region'; readonly code: string };

export interface BoardFilter {
	readonly place: BoardPlace;
	/** Undefined: every child who has not left. */
	readonly stage: Stage | undefined;
	readonly sort: BoardSort;
}

export interface BoardLine {
	readonly childId: ChildId;
	readonly name: string | null;
	readonly caseNumber: string | null;
	readonly sex: string | null;
	readonly houseId: InstitutionId | null;
	readonly houseName: string | null;
	readonly stage: Stage;
	/** Of `conditions`. */
	readonly met: number;
	readonly conditions: number;
	readonly holdStart: CivilDate | null;
	readonly holdLastDay: CivilDate | null;
	readonly holdProvisional: boolean;
	/** Since when it waits in this stage. */
	readonly since: CivilDate | null;
	readonly changed: boolean;
	readonly blockers: readonly BlockerCode[];
	readonly claimSince: CivilDate | null;
	/** Claims that name the child and nobody screened yet. */
	readonly unscreened: number;
	/** The first signature of the latest review. */
	readonly signedOn: CivilDate | null;
	readonly signedAt: InstitutionId | null;
	readonly returnedOn: CivilDate | null;
	readonly leftReason: ExitReason | null;
	readonly leftOn: CivilDate | null;
}

export type StageCounts = Readonly<Record<Stage, number>>;

export interface BoardPage {
	readonly lines: readonly BoardLine[];
	/** Give it as `after` to go on; undefined on the last page. */
	readonly next: ChildId | undefined;
}

/** The stage of a row on `$1`. */
const stageToday = 'review_rows.stages[width_bucket($1::date, review_rows.turns)]';
const sinceToday = 'review_rows.since[width_bucket($1::date, review_rows.turns)]';

const lineColumns = `review_rows.child_id AS "childId", review_rows.name, review_rows.case_number AS "caseNumber",
	review_rows.sex, review_rows.custodian AS "houseId", institutions.name AS "houseName", ${stageToday} AS stage,
	review_rows.met[width_bucket($1::date, review_rows.turns)] AS met, review_rows.conditions,
	review_rows.hold_start AS "holdStart", review_rows.hold_last_day AS "holdLastDay",
	review_rows.hold_provisional AS "holdProvisional", ${sinceToday} AS since,
	review_rows.changed[width_bucket($1::date, review_rows.turns)] AS changed, review_rows.blockers,
	review_rows.claim_since AS "claimSince",
	(SELECT count(*) FROM claims WHERE claims.child_id = review_rows.child_id AND claims.state = 'received') AS unscreened,
	review_rows.signed_on AS "signedOn", review_rows.signed_at AS "signedAt", review_rows.returned_on AS "returnedOn",
	review_rows.left_reason AS "leftReason", review_rows.left_on AS "leftOn"`;

/** How many children stand at each stage: one grouped query. */
export async function countStages(session: Session, place: BoardPlace, today: CivilDate): Promise<StageCounts> {
	const { sql, values } = placed(place, 2);
	const { rows } = await session.query<{ stage: Stage; count: number }>(
		`SELECT ${stageToday} AS stage, count(*) AS count FROM review_rows WHERE ${sql} GROUP BY 1`,
		[today, ...values]
	);
	const counts = Object.fromEntries(stages.map((stage) => [stage, 0])) as Record<Stage, number>;
	for (const { stage, count } of rows) counts[stage] = count;
	return counts;
}

/**
 * Children of a filter in its order, a page at a time.
 *
 * @param after the `next` of the page before; a child who is not in sight any more begins anew
 */
export async function readBoard(
	session: Session,
	filter: BoardFilter,
	today: CivilDate,
	limit: number,
	after?: ChildId
): Promise<BoardPage> {
	const place = placed(filter.place, 4);
	const order = orders[filter.sort];
	const { rows } = await session.query<BoardLine>(
		`SELECT ${lineColumns} FROM review_rows LEFT JOIN institutions ON institutions.id = review_rows.custodian
		WHERE ${place.sql} AND ${stageFilter(filter.stage)}
			AND ($2::uuid IS NULL OR NOT EXISTS (SELECT FROM review_rows WHERE child_id = $2)
				OR (${order}) > (SELECT ${order} FROM review_rows WHERE child_id = $2))
		ORDER BY ${order} LIMIT $3`,
		[today, after ?? null, limit + 1, ...place.values, ...(filter.stage === undefined ? [] : [filter.stage])]
	);
	const lines = rows.slice(0, limit);
	return { lines, next: rows.length > limit ? lines.at(-1)?.childId : undefined };

	function stageFilter(stage: Stage | undefined): string {
		if (stage === undefined) return `review_rows.left_on IS NULL AND ${stageToday} <> 'left'`;
		const number = 4 + place.values.length;
		// Who was recorded as leaving is 'left' on every day; a child who came of age is so by the calendar alone.
		const standing = stage === 'left' ? 'true' : 'review_rows.left_on IS NULL';
		return `${standing} AND review_rows.stages @> ARRAY[$${number}::text] AND ${stageToday} = $${number}::text`;
	}
}

/** Children whose name, pinyin or number holds every word. */
export async function findOnBoard(
	session: Session,
	words: string,
	today: CivilDate,
	limit: number
): Promise<BoardPage> {
	const wanted = words.trim().toLowerCase().split(/\s+/).filter(Boolean).slice(0, 10);
	const { rows } = await session.query<BoardLine>(
		`SELECT ${lineColumns} FROM review_rows LEFT JOIN institutions ON institutions.id = review_rows.custodian
		WHERE (SELECT bool_and(strpos(review_rows.words, word) > 0) FROM unnest($2::text[]) AS w (word))
		ORDER BY review_rows.left_on IS NOT NULL, ${orders.name} LIMIT $3`,
		[today, wanted, limit]
	);
	return { lines: rows, next: undefined };
}

export const dueKinds = ['hold_ends', 'notice_ends', 'may_be_of_age', 'sample_due'] as const;
export type DueKind = (typeof dueKinds)[number];

export interface DueLine {
	readonly kind: DueKind;
	readonly on: CivilDate;
	readonly childId: ChildId;
	readonly name: string | null;
	readonly caseNumber: string | null;
}

/** What comes due from today on within these days, the nearest first. */
export async function dueSoon(
	session: Session,
	place: BoardPlace,
	today: CivilDate,
	days: number,
	limit: number
): Promise<readonly DueLine[]> {
	const { sql, values } = placed(place, 4);
	const own = `review_rows.left_on IS NULL AND ${stageToday} <> 'left' AND ${sql}`;
	const due = (kind: DueKind, column: string, from = 'review_rows') =>
		`(SELECT '${kind}' AS kind, ${column} AS "on", review_rows.child_id AS "childId", review_rows.name,
			review_rows.case_number AS "caseNumber" FROM ${from}
		WHERE ${column} BETWEEN $1::date AND $1::date + $2::integer AND ${own} ORDER BY ${column} LIMIT $3)`;
	const { rows } = await session.query<DueLine>(
		`${[
			due('hold_ends', "coalesce(review_rows.hold_last_day, 'infinity'::date)"),
			due('notice_ends', 'review_rows.notice_last_day'),
			due('may_be_of_age', 'review_rows.maybe_adult_on'),
			due('sample_due', 'claims.sample_due', 'claims JOIN review_rows ON review_rows.child_id = claims.child_id')
		].join(' UNION ALL ')} ORDER BY "on", kind, "childId" LIMIT $3`,
		[today, days, limit, ...values]
	);
	return rows;
}

/** Every column of an order ends with the child, so that no two are equal. */
const orders: Readonly<Record<BoardSort, string>> = {
	last_day: `coalesce(review_rows.hold_last_day, 'infinity'::date), review_rows.child_id`,
	waiting: `coalesce(${sinceToday}, 'infinity'::date), review_rows.child_id`,
	name: `(review_rows.name IS NULL), coalesce(review_rows.name, '') COLLATE "zh-x-icu", review_rows.child_id`
};

function placed(place: BoardPlace, number: number): { readonly sql: string; readonly values: readonly unknown[] } {
	switch (place.kind) {
		case 'all':
			return { sql: 'true', values: [] };
		case 'house':
			return { sql: `review_rows.custodian = $${number}::uuid`, values: [place.id] };
		case 'region':
			return {
				sql: `review_rows.custodian IN (SELECT id FROM institutions WHERE starts_with(region_code, $${number}::text))`,
				values: [place.code]
			};
	}
}
