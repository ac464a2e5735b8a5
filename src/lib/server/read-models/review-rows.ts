import { pinyin } from 'pinyin-pro';
import type { CaseFile } from '#lib/domain/case-file/case-file.ts';
import type { ChildRow, RowRules } from '#lib/domain/case-file/child-row.ts';
import { boardRow, type BoardRow } from '#lib/domain/eligibility/board-row.ts';
import type { InstitutionId } from '#lib/domain/ids.ts';
import type { Session } from '../db/connection.ts';
import { storable } from '../entry-log/storable.ts';

/** Makes the board's lines of these children again and writes them. Call after their child rows are written. */
export async function writeReviewRows(
	session: Session,
	cases: readonly {
		readonly caseFile: CaseFile;
		readonly houses: readonly InstitutionId[];
		readonly row: ChildRow;
	}[],
	rules: RowRules
): Promise<void> {
	if (cases.length === 0) return;
	const rows = cases.map(({ caseFile, houses, row }) => storedBoardRow(boardRow(caseFile, rules, row), houses));
	await session.query(
		`INSERT INTO review_rows (child_id, houses, custodian, name, case_number, sex, birth_earliest, birth_latest, words,
			hold_start, hold_last_day, hold_provisional, notice_last_day, conditions, turns, stages, met, changed, since,
			blockers, claim_since, review_status, signed_on, signed_by, signed_at, returned_on, left_reason, left_on,
			maybe_adult_on, adult_on)
		SELECT r.child_id, r.houses, r.custodian, r.name, r.case_number, r.sex, r.birth_earliest, r.birth_latest, r.words,
			r.hold_start, r.hold_last_day, r.hold_provisional, r.notice_last_day, r.conditions, r.turns, r.stages, r.met,
			r.changed, r.since, r.blockers, r.claim_since, r.review_status, r.signed_on, r.signed_by, r.signed_at,
			r.returned_on, r.left_reason, r.left_on, r.maybe_adult_on, r.adult_on
		FROM jsonb_to_recordset($1::jsonb) AS r (child_id uuid, houses uuid[], custodian uuid, name text, case_number text,
			sex text, birth_earliest date, birth_latest date, words text, hold_start date, hold_last_day date,
			hold_provisional boolean, notice_last_day date, conditions smallint, turns date[], stages text[],
			met smallint[], changed boolean[], since date[], blockers text[], claim_since date, review_status text,
			signed_on date, signed_by uuid, signed_at uuid, returned_on date, left_reason text, left_on date,
			maybe_adult_on date, adult_on date)
		ON CONFLICT (child_id) DO UPDATE SET houses = excluded.houses, custodian = excluded.custodian, name = excluded.name,
			case_number = excluded.case_number, sex = excluded.sex, birth_earliest = excluded.birth_earliest,
			birth_latest = excluded.birth_latest, words = excluded.words, hold_start = excluded.hold_start,
			hold_last_day = excluded.hold_last_day, hold_provisional = excluded.hold_provisional,
			notice_last_day = excluded.notice_last_day, conditions = excluded.conditions, turns = excluded.turns,
			stages = excluded.stages, met = excluded.met, changed = excluded.changed, since = excluded.since,
			blockers = excluded.blockers, claim_since = excluded.claim_since, review_status = excluded.review_status,
			signed_on = excluded.signed_on, signed_by = excluded.signed_by, signed_at = excluded.signed_at,
			returned_on = excluded.returned_on, left_reason = excluded.left_reason, left_on = excluded.left_on,
			maybe_adult_on = excluded.maybe_adult_on, adult_on = excluded.adult_on`,
		[JSON.stringify(storable(rows))]
	);
}

/** A line as the table has it. */
export function storedBoardRow(row: BoardRow, houses: readonly InstitutionId[]) {
	return {
		child_id: row.childId,
		houses: [...houses].sort(),
		custodian: row.custodian,
		name: row.name,
		case_number: row.caseNumber,
		sex: row.sex,
		birth_earliest: row.birthEarliest,
		birth_latest: row.birthLatest,
		words: wordsOf(row),
		hold_start: row.holdStart,
		hold_last_day: row.holdLastDay,
		hold_provisional: row.holdProvisional,
		notice_last_day: row.noticeLastDay,
		conditions: row.conditions,
		turns: row.phases.map(({ from }) => from),
		stages: row.phases.map(({ stage }) => stage),
		met: row.phases.map(({ met }) => met),
		changed: row.phases.map(({ changed }) => changed),
		since: row.phases.map(({ since }) => since ?? null),
		blockers: row.blockers,
		claim_since: row.claimSince,
		review_status: row.review?.status,
		signed_on: row.review?.signedOn,
		signed_by: row.review?.signedBy,
		signed_at: row.review?.signedAt,
		returned_on: row.returnedOn,
		left_reason: row.left?.reason,
		left_on: row.left?.on,
		maybe_adult_on: row.maybeAdultOn,
		adult_on: row.adultOn
	};
}

/** 石头 is found by 石头, shitou, st and by a part of its number. */
function wordsOf({ names, pinyin: written, caseNumber }: BoardRow): string {
	const spelt = names.flatMap((name) => {
		const syllables = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive' });
		return [syllables.join(''), syllables.map((syllable) => syllable.slice(0, 1)).join('')];
	});
	return [...new Set([...names, written, ...spelt, caseNumber])].filter(Boolean).join(' ').toLowerCase();
}
