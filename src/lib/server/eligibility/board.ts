import { soonDays, stages, type Stage } from '#lib/domain/eligibility/stage.ts';
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

/**
 * Lists that cut across the stages.
 *   ends     the last day falls within `soonDays` of today, whatever the stage
 *   papers   elapsed, and papers are missing
 *   mine     signed once, by another institution than the reader's: the second signature can be this one's
 *   changed  somebody signed what the file no longer says
 */
export const boardLists = ['ends', 'papers', 'mine', 'changed'] as const;
export type BoardList = (typeof boardLists)[number];

export interface BoardFilter {
	readonly place: BoardPlace;
	/** Undefined: every child who has not left. */
	readonly stage?: Stage | undefined;
	readonly list?: BoardList | undefined;
	/**
	 * Children whose name, pinyin or number holds each of these; empty: all. A search without a stage finds children who
	 * have left too.
	 */
	readonly words?: string | undefined;
	readonly sort: BoardSort;
	/** The institution whose signature is looked for (`mine`). */
	readonly reader?: InstitutionId | undefined;
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
	(SELECT count(*) FROM claims WHERE claims.state = 'received' AND claims.child_id = ANY (array_append(ARRAY(
		SELECT merged.child_id FROM child_rows AS merged
		WHERE merged.of_child = review_rows.child_id AND merged.of_child <> merged.child_id), review_rows.child_id))) AS unscreened,
	review_rows.signed_on AS "signedOn", review_rows.signed_at AS "signedAt", review_rows.returned_on AS "returnedOn",
	review_rows.left_reason AS "leftReason", review_rows.left_on AS "leftOn"`;

export interface BoardCounts {
	readonly stages: StageCounts;
	readonly lists: Readonly<Record<BoardList, number>>;
}

/**
 * How many children stand at each stage and in each list: one pass over the rows of a place.
 *
 * @param reader the institution whose signature is looked for
 */
export async function countBoard(
	session: Session,
	place: BoardPlace,
	today: CivilDate,
	reader?: InstitutionId
): Promise<BoardCounts> {
	const { sql, values } = placed(place, 4);
	const { rows } = await session.query<{ stage: Stage; count: number; ends: number; mine: number; changed: number }>(
		`SELECT stage, count(*) AS count, count(*) FILTER (WHERE ends) AS ends, count(*) FILTER (WHERE mine) AS mine,
			count(*) FILTER (WHERE changed) AS changed
		FROM (SELECT ${stageToday} AS stage, ${inList.ends} AS ends, ${inList.mine} AS mine, ${inList.changed} AS changed
			FROM review_rows WHERE $2::uuid IS NOT DISTINCT FROM $2 AND $3::integer IS NOT NULL AND ${sql}) AS board
		GROUP BY 1`,
		[today, reader ?? null, soonDays, ...values]
	);
	const counts = Object.fromEntries(stages.map((stage) => [stage, 0])) as Record<Stage, number>;
	const lists = { ends: 0, papers: 0, mine: 0, changed: 0 };
	for (const { stage, count, ...of } of rows) {
		counts[stage] = count;
		if (stage === 'left') continue;
		if (stage === 'waiting_for_papers') lists.papers = count;
		lists.ends += of.ends;
		lists.mine += of.mine;
		lists.changed += of.changed;
	}
	return { stages: counts, lists };
}

/** How many children stand at each stage: {@link countBoard} without the lists. */
export async function countStages(session: Session, place: BoardPlace, today: CivilDate): Promise<StageCounts> {
	return (await countBoard(session, place, today)).stages;
}

/**
 * Children of a filter in its order, a page at a time. The cursor is a child and no page number: nobody is skipped or
 * shown twice because others were added or moved on meanwhile, and no page costs more than the first. It is the id and
 * not the key of the order, which may be a name, and no name stands in an address.
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
	const values: unknown[] = [today, filter.reader ?? null, soonDays];
	const value = (given: unknown): string => `$${values.push(given)}`;
	const order = orders[filter.sort];
	const wanted = wordsIn(filter.words);
	const conditions = [
		// Both are numbered for the lists; PostgreSQL wants to know the type of each, used or not.
		'$2::uuid IS NOT DISTINCT FROM $2 AND $3::integer IS NOT NULL',
		placedBy(filter.place, value),
		...(filter.stage === undefined ? (wanted.length > 0 && !filter.list ? [] : [inCare]) : [atStage(filter.stage)]),
		...(filter.list ? [inList[filter.list]] : []),
		...wanted.map((word) => `strpos(review_rows.words, ${value(word)}) > 0`)
	];
	if (after !== undefined) {
		const cursor = value(after);
		conditions.push(`(NOT EXISTS (SELECT FROM review_rows WHERE child_id = ${cursor}::uuid)
			OR (${order}) > (SELECT ${order} FROM review_rows WHERE child_id = ${cursor}::uuid))`);
	}
	const { rows } = await session.query<BoardLine>(
		`SELECT ${lineColumns} FROM review_rows LEFT JOIN institutions ON institutions.id = review_rows.custodian
		WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT ${value(limit + 1)}`,
		values
	);
	const lines = rows.slice(0, limit);
	return { lines, next: rows.length > limit ? lines.at(-1)?.childId : undefined };

	function atStage(stage: Stage): string {
		const name = value(stage);
		// Who was recorded as leaving is 'left' on every day; a child who came of age is so by the calendar alone.
		const standing = stage === 'left' ? 'true' : 'review_rows.left_on IS NULL';
		return `${standing} AND review_rows.stages @> ARRAY[${name}::text] AND ${isStage(`${name}::text`)}`;
	}
}

/** One child's line of the board; undefined where the scope does not see the child. */
export async function boardLine(session: Session, childId: ChildId, today: CivilDate): Promise<BoardLine | undefined> {
	const { rows } = await session.query<BoardLine>(
		`SELECT ${lineColumns} FROM review_rows LEFT JOIN institutions ON institutions.id = review_rows.custodian
		WHERE review_rows.child_id = $2`,
		[today, childId]
	);
	return rows[0];
}

/**
 * Is this the stage today? Said as a CASE, because PostgreSQL takes an equation it has no statistics of for very rare and
 * would then read every running child (a third of them all) and sort, where 26 steps along an index do. How rare a stage
 * is it learns from the array beside it. Measured at 100,000 children: docs/benchmarks.md.
 */
function isStage(stage: string): string {
	return `CASE WHEN ${stageToday} = ${stage} THEN true ELSE false END`;
}

const inCare = `review_rows.left_on IS NULL AND ${stageToday} <> 'left'`;

/** Each of a child in care; $1 is today, $2 the reader's institution, $3 the days of "soon". */
const inList: Readonly<Record<BoardList, string>> = {
	ends: `(review_rows.left_on IS NULL
		AND coalesce(review_rows.hold_last_day, 'infinity'::date) BETWEEN $1::date AND $1::date + $3::integer)`,
	papers: `(review_rows.left_on IS NULL AND review_rows.stages @> ARRAY['waiting_for_papers']
		AND ${isStage("'waiting_for_papers'")})`,
	mine: `(review_rows.left_on IS NULL AND review_rows.stages @> ARRAY['one_signature']
		AND ${isStage("'one_signature'")} AND review_rows.signed_at <> $2::uuid)`,
	changed: `(review_rows.left_on IS NULL AND review_rows.changed @> ARRAY[true]
		AND review_rows.changed[width_bucket($1::date, review_rows.turns)])`
};

/** At most ten words of what was typed, in lower case. */
function wordsIn(typed: string | undefined): readonly string[] {
	return (typed ?? '').trim().toLowerCase().split(/\s+/).filter(Boolean).slice(0, 10);
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
			due(
				'sample_due',
				'claims.sample_due',
				`claims JOIN child_rows ON child_rows.child_id = claims.child_id
			JOIN review_rows ON review_rows.child_id = child_rows.of_child`
			)
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
	const values: unknown[] = [];
	const sql = placedBy(place, (given) => `$${values.push(given) + number - 1}`);
	return { sql, values };
}

/** @param value gives the place of a value in the statement */
function placedBy(place: BoardPlace, value: (given: unknown) => string): string {
	switch (place.kind) {
		case 'all':
			return 'true';
		case 'house':
			return `review_rows.custodian = ${value(place.id)}::uuid`;
		case 'region':
			return `review_rows.custodian = ANY (ARRAY(
				SELECT id FROM institutions WHERE starts_with(region_code, ${value(place.code)}::text)))`;
	}
}
