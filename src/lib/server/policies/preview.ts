import { computeHold } from '#lib/domain/hold/hold.ts';
import { holdChange, type HoldChange } from '#lib/domain/hold/hold-change.ts';
import { policyFor } from '#lib/domain/hold/policy-choice.ts';
import type { RulesInForce } from '#lib/domain/hold/rules.ts';
import type { ChildId, InstitutionId } from '#lib/domain/ids.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import type { Session } from '../db/connection.ts';
import { houseFacts } from '../read-models/child-rows.ts';
import { factsToKeep, type KeptFacts } from '../read-models/hold-facts.ts';
import { readableCases } from '../read-models/rebuild.ts';
import { factsShape } from './rules-in-force.ts';

/** A child whose hold would be another. */
export interface ChangedChild extends HoldChange {
	readonly childId: ChildId;
	readonly caseNumber: string | null;
	/** The house that has the child now. */
	readonly houseId: InstitutionId | null;
}

export interface Preview {
	/** Children that were reckoned under both rules. */
	readonly children: number;
	readonly affected: number;
	/** The first of those affected, by id; `affected` counts all of them. */
	readonly changes: readonly ChangedChild[];
}

/** Children whose facts are in memory at a time: 500 × 2 kB are 1 MB. */
const atOnce = 500;

/**
 * Reckons every child the scope may see under the rules in force and under others, without changing anything. Memory holds
 * one batch and the first `limit` changes, however many children there are.
 *
 * @param today the registry's civil day; it moves no date, and tells the status
 */
export async function previewRules(
	session: Session,
	inForce: RulesInForce,
	candidate: RulesInForce,
	today: CivilDate,
	limit: number
): Promise<Preview> {
	const houses = await houseFacts(session);
	const changes: ChangedChild[] = [];
	let children = 0;
	let affected = 0;
	for (let after: ChildId | null = null; ;) {
		const { rows: page }: { rows: readonly PreviewRow[] } = await session.query<PreviewRow>(
			`SELECT child_rows.child_id AS "childId", child_rows.case_number AS "caseNumber", child_rows.custodian AS "houseId",
				CASE WHEN hold_facts.shape = $3 THEN hold_facts.facts END AS facts,
				CASE WHEN hold_facts.shape = $3 THEN hold_facts.ground END AS ground
			FROM child_rows LEFT JOIN hold_facts ON hold_facts.child_id = child_rows.child_id
			WHERE child_rows.of_child = child_rows.child_id AND ($1::uuid IS NULL OR child_rows.child_id > $1) ORDER BY child_rows.child_id LIMIT $2`,
			[after, atOnce, factsShape]
		);
		// Rows of an older program have no facts beside them yet; their files are folded.
		const folded = await foldedFacts(session, page, houses);
		for (const { childId, caseNumber, houseId, facts, ground } of page) {
			const kept = facts && ground ? { facts, ground } : folded.get(childId);
			if (!kept) continue;
			children += 1;
			const change = holdChange(reckoned(kept, inForce, today), reckoned(kept, candidate, today));
			if (!change) continue;
			affected += 1;
			if (changes.length < limit) changes.push({ childId, caseNumber, houseId, ...change });
		}
		if (page.length < atOnce) return { children, affected, changes };
		after = page.at(-1)?.childId ?? null;
	}
}

/** The hold of kept facts under some rules on a day. */
export function reckoned({ facts, ground }: KeptFacts, rules: RulesInForce, today: CivilDate) {
	const { policy, restDays } = policyFor(ground, rules);
	return { policy, hold: computeHold({ ...facts, today }, policy, restDays) };
}

interface PreviewRow {
	readonly childId: ChildId;
	readonly caseNumber: string | null;
	readonly houseId: InstitutionId | null;
	readonly facts: KeptFacts['facts'] | null;
	readonly ground: KeptFacts['ground'] | null;
}

async function foldedFacts(
	session: Session,
	page: readonly PreviewRow[],
	houses: Awaited<ReturnType<typeof houseFacts>>
): Promise<ReadonlyMap<ChildId, KeptFacts>> {
	const missing = page.filter(({ facts, ground }) => !facts || !ground).map(({ childId }) => childId);
	if (missing.length === 0) return new Map();
	const { cases } = await readableCases(session, missing);
	// What is kept of a file does not hang on the rules it is reckoned by.
	return new Map(cases.map(({ caseFile }) => [caseFile.childId, factsToKeep(caseFile, houses)]));
}
