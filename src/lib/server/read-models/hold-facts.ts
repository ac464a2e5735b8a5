import type { CaseFile } from '#lib/domain/case-file/case-file.ts';
import { policyGround, type HoldRules } from '#lib/domain/case-file/child-hold.ts';
import { anyDay } from '#lib/domain/case-file/child-row.ts';
import { holdFacts } from '#lib/domain/case-file/hold-facts.ts';
import type { HoldFacts } from '#lib/domain/hold/hold.ts';
import { policyFor, type PolicyGround } from '#lib/domain/hold/policy-choice.ts';
import type { ChildId } from '#lib/domain/ids.ts';
import type { Session } from '../db/connection.ts';
import { storable } from '../entry-log/storable.ts';
import { factsShape } from '../policies/rules-in-force.ts';

/** What a hold is reckoned from, without folding the file again. `facts.today` is no day: put the one that is asked about. */
export interface KeptFacts {
	readonly facts: HoldFacts;
	readonly ground: PolicyGround;
}

export function factsToKeep(
	caseFile: CaseFile,
	{ kindOfHouse, regionOfHouse }: Pick<HoldRules, 'kindOfHouse' | 'regionOfHouse'>
): KeptFacts {
	return { facts: holdFacts(caseFile, anyDay, kindOfHouse), ground: policyGround(caseFile, regionOfHouse) };
}

/** Keeps what these children's files say to the hold. Call after their rows are written. */
export async function writeHoldFacts(
	session: Session,
	cases: readonly { readonly caseFile: CaseFile }[],
	rules: HoldRules & { readonly version: string }
): Promise<void> {
	const rows = cases.map(({ caseFile }) => {
		const { facts, ground } = factsToKeep(caseFile, rules);
		const policyId = policyFor(ground, rules.rules).policy.id;
		return { child_id: caseFile.childId, facts, ground, policy_id: policyId };
	});
	await session.query(
		`INSERT INTO hold_facts (child_id, facts, ground, shape, rules, policy_id)
		SELECT f.child_id, f.facts, f.ground, $2, $3, f.policy_id
		FROM jsonb_to_recordset($1::jsonb) AS f (child_id uuid, facts jsonb, ground jsonb, policy_id text)
		ON CONFLICT (child_id) DO UPDATE SET facts = excluded.facts, ground = excluded.ground, shape = excluded.shape,
			rules = excluded.rules, policy_id = excluded.policy_id`,
		[JSON.stringify(storable(rows)), factsShape, rules.version]
	);
}

/** Says of these children that their rows stand under these rules as they are. */
export async function markReckoned(
	session: Session,
	children: readonly { readonly childId: ChildId; readonly policyId: string }[],
	version: string
): Promise<void> {
	if (children.length === 0) return;
	await session.query(
		`UPDATE hold_facts SET rules = $3, policy_id = made.policy_id
		FROM unnest($1::uuid[], $2::text[]) AS made (child_id, policy_id) WHERE hold_facts.child_id = made.child_id`,
		[children.map(({ childId }) => childId), children.map(({ policyId }) => policyId), version]
	);
}
