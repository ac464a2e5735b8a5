import { ageOn } from '#lib/domain/hold/policy.ts';
import type { Addressee, InboxCode } from '#lib/domain/inbox/codes.ts';
import type { ChildId, InstitutionId } from '#lib/domain/ids.ts';
import { addYears, type CivilDate } from '#lib/domain/time.ts';
import type { Session } from '../db/connection.ts';
import { rowRules } from '../read-models/child-rows.ts';
import { closeItems, notify } from './inbox.ts';

/*
 * What people are told because of where a child stands: days that come by themselves, papers that are missing, a review
 * that is ready. It is read from the lines of the review board, so that nothing is told that the board does not say, and
 * what is told is taken back when the board says otherwise, whatever changed it: a decision, a tablet or a day.
 */
export const stageTaskCodes = [
	'date_to_confirm',
	'hold_ends_soon',
	'certificate_possible',
	'document_due',
	'consent_needed',
	'review_to_sign',
	'review_evidence_changed'
] as const satisfies readonly InboxCode[];
export type StageTaskCode = (typeof stageTaskCodes)[number];

interface StageTask {
	readonly childId: ChildId;
	readonly code: StageTaskCode;
	readonly house: InstitutionId | null;
	readonly dueOn: CivilDate | null;
}

/** A paper is spoken of this many days before it is due; our own rhythm. */
const paperAhead = 7;

/**
 * Tells what is new on the board and takes back what is none any more. Run it again and again: what is told already is
 * left alone. In the registry's scope.
 *
 * @param today the registry's civil day
 * @param only these children; without it every one
 * @returns how many tasks were told and how many taken back
 */
export async function tellOfStages(
	session: Session,
	today: CivilDate,
	only?: readonly ChildId[]
): Promise<{ readonly told: number; readonly takenBack: number }> {
	const rules = await rowRules(session);
	// Born on this day or before: old enough to be asked, by the policy of each child. The earliest possible birth counts,
	// because a child asked too early loses nothing.
	const bornBy = Object.fromEntries(
		rules.rules.policies.flatMap(({ id, ages }) => {
			const consent = ageOn(ages?.consent, today);
			return consent ? [[id, addYears(today, -consent.years)] as const] : [];
		})
	);
	const { rows } = await session.query<StageTask>(newTasks, [today, paperAhead, JSON.stringify(bornBy), only ?? null]);
	for (const { childId, code, house, dueOn } of rows) {
		for (const to of addressees(code, house))
			await notify(session, { to, code, refs: { childId }, ...(dueOn !== null && { dueOn }) });
	}
	const { rows: done } = await session.query<Pick<StageTask, 'childId' | 'code'>>(doneTasks, [
		today,
		paperAhead,
		JSON.stringify(bornBy),
		only ?? null,
		stageTaskCodes
	]);
	for (const { childId, code } of done) await closeItems(session, { code, refs: { childId } });
	return { told: rows.length, takenBack: done.length };
}

// The consent is looked for in the text of the entry: canonical JSON has no blanks, and a quote that somebody wrote stands in
// it as \". Read as jsonb, one U+0000 in a child's words would end the whole statement, for every child of the registry.
//
// One task a line: child, code, house, day. `opens` is false where an open item stays, but none is opened: of a review that
// one has signed, the signature itself told the next (tell-of-decision.ts), and not the person who signed.
const tasks = `
	standing AS (
		SELECT review_rows.*, stages[width_bucket($1::date, turns)] AS stage, met[width_bucket($1::date, turns)] AS met_now
		FROM review_rows
		WHERE left_on IS NULL AND ($4::uuid[] IS NULL OR review_rows.child_id = ANY ($4::uuid[]))
	),
	tasks AS (
		SELECT child_id, 'date_to_confirm' AS code, custodian, NULL::date AS due_on, true AS opens FROM standing
		WHERE 'start_unconfirmed' = ANY (blockers)
		UNION ALL
		SELECT child_id, 'hold_ends_soon', custodian, hold_last_day, true FROM standing WHERE stage = 'ends_soon'
		UNION ALL
		SELECT child_id, 'certificate_possible', custodian, NULL, true FROM standing
		WHERE stage = 'waiting_for_papers' AND 'document_missing' = ANY (blockers)
		UNION ALL
		SELECT child_id, 'review_to_sign', custodian, NULL, stage = 'waiting_for_review' FROM standing
		WHERE stage IN ('waiting_for_review', 'one_signature') AND returned_on IS NULL
		UNION ALL
		SELECT child_id, 'review_evidence_changed', custodian, NULL, true FROM standing WHERE stage = 'evidence_changed'
		UNION ALL
		SELECT standing.child_id, 'consent_needed', standing.custodian, NULL, true FROM standing
			JOIN hold_facts ON hold_facts.child_id = standing.child_id
		WHERE stage IN ('waiting_for_papers', 'waiting_for_review', 'one_signature', 'certified')
			AND birth_earliest <= ($3::jsonb ->> hold_facts.policy_id)::date
			AND NOT EXISTS (SELECT FROM entries WHERE entries.child_id = standing.child_id
				AND entries.type = 'consent.recorded' AND strpos(entries.body, '"matter":"adoption"') > 0)
		UNION ALL
		SELECT standing.child_id, 'document_due', standing.custodian, (duty ->> 'dueOn')::date, true FROM standing
			JOIN child_rows ON child_rows.child_id = standing.child_id
			CROSS JOIN jsonb_array_elements(child_rows.row -> 'duties') AS duty
		WHERE duty ->> 'code' = 'temp_proof' AND (duty ->> 'dueOn')::date <= $1::date + $2::int
	)`;

const newTasks = `WITH ${tasks}
	SELECT child_id AS "childId", code, custodian AS house, due_on AS "dueOn" FROM tasks
	WHERE opens AND NOT EXISTS (SELECT FROM inbox_items
		WHERE inbox_items.child_id = tasks.child_id AND inbox_items.code = tasks.code AND inbox_items.closed_at IS NULL
			AND inbox_items.claim_id IS NULL AND inbox_items.due_on IS NOT DISTINCT FROM tasks.due_on)
	ORDER BY child_id, code`;

const doneTasks = `WITH ${tasks}
	SELECT DISTINCT child_id AS "childId", code FROM inbox_items
	WHERE closed_at IS NULL AND code = ANY ($5::text[]) AND ($4::uuid[] IS NULL OR child_id = ANY ($4::uuid[]))
		AND NOT EXISTS (SELECT FROM tasks WHERE tasks.child_id = inbox_items.child_id AND tasks.code = inbox_items.code)
	ORDER BY child_id, code`;

function addressees(code: StageTaskCode, house: InstitutionId | null): readonly Addressee[] {
	const ofHouse = (role: 'supervisor' | 'second_administrator'): readonly Addressee[] =>
		house ? [{ institutionId: house, role }] : [];
	switch (code) {
		case 'date_to_confirm':
		case 'hold_ends_soon':
		case 'certificate_possible':
			return [...ofHouse('supervisor'), ...ofHouse('second_administrator')];
		case 'document_due':
		case 'consent_needed':
			return ofHouse('supervisor');
		case 'review_to_sign':
		case 'review_evidence_changed':
			return [...ofHouse('second_administrator'), { role: 'registry_officer' }];
	}
}
