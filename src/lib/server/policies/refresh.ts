import { holdChange, outlineOf, type HoldChange } from '#lib/domain/hold/hold-change.ts';
import type { RulesInForce } from '#lib/domain/hold/rules.ts';
import type { ChildId, InstitutionId } from '#lib/domain/ids.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import type { ProgramDatabase, Session } from '../db/connection.ts';
import { lockCases } from '../entry-log/postgres-entry-log.ts';
import { notify } from '../inbox/inbox.ts';
import { rowRules, writeChildRows } from '../read-models/child-rows.ts';
import { factsToKeep, markReckoned, type KeptFacts } from '../read-models/hold-facts.ts';
import { readableCases } from '../read-models/rebuild.ts';
import { reckoned } from './preview.ts';
import { factsShape, pastVersions, rulesOf } from './rules-in-force.ts';

export interface Refreshed {
	/** Children whose row was made under other rules than those in force. */
	readonly children: number;
	/** Those whose hold is another now. */
	readonly affected: number;
}

/** Children in one transaction; each waits for this long at most when its tablet sends: half a second. */
const atOnce = 200;

/**
 * Brings every row that was made under other rules to the rules in force, and writes down whose hold that changed
 * (`policy_changes`). Each child under the lock a push takes: a push reads the rules under that lock, so that whichever
 * comes second has the newer. May be called at any time, by several servers at once, and goes on where it was cut off; with
 * nothing to do it costs one query.
 *
 * @param today the registry's civil day, for the status that is written down
 */
export async function refreshHolds(database: ProgramDatabase, today: () => CivilDate): Promise<Refreshed> {
	let children = 0;
	let affected = 0;
	for (let after: ChildId | null = null; ;) {
		const done: Batch = await database.inScope(
			{ kind: 'registry' },
			(session) => refreshSome(session, after, today()),
			{ statementTimeout: 300_000 }
		);
		children += done.children;
		affected += done.affected;
		if (done.last === null) return { children, affected };
		after = done.last;
	}
}

interface Batch extends Refreshed {
	/** Null when nothing is left behind it. */
	readonly last: ChildId | null;
}

interface StaleRow {
	readonly childId: ChildId;
	readonly facts: KeptFacts['facts'] | null;
	readonly ground: KeptFacts['ground'] | null;
	/** The version its row was made under; null where nothing is kept beside it. */
	readonly madeUnder: string | null;
	readonly policyId: string | null;
	readonly lastDay: CivilDate | null;
	readonly provisional: boolean;
}

async function refreshSome(session: Session, after: ChildId | null, today: CivilDate): Promise<Batch> {
	const before = await rowRules(session);
	const { rows: found } = await session.query<{ childId: ChildId }>(
		`SELECT child_rows.child_id AS "childId" FROM child_rows LEFT JOIN hold_facts ON hold_facts.child_id = child_rows.child_id
		WHERE hold_facts.rules IS DISTINCT FROM $1 AND child_rows.of_child = child_rows.child_id AND ($2::uuid IS NULL OR child_rows.child_id > $2)
		ORDER BY child_rows.child_id LIMIT $3`,
		[before.version, after, atOnce]
	);
	const last = found.length < atOnce ? null : (found.at(-1)?.childId ?? null);
	if (found.length === 0) return { children: 0, affected: 0, last };
	await lockCases(
		session,
		found.map(({ childId }) => childId)
	);
	// Under the locks everything is looked at again: the rules, and which rows a push has made meanwhile.
	const rules = await rowRules(session);
	const { rows: stale } = await session.query<StaleRow>(
		`SELECT child_rows.child_id AS "childId", hold_facts.rules AS "madeUnder", hold_facts.policy_id AS "policyId",
			CASE WHEN hold_facts.shape = $3 THEN hold_facts.facts END AS facts,
			CASE WHEN hold_facts.shape = $3 THEN hold_facts.ground END AS ground,
			child_rows.hold_last_day AS "lastDay", (child_rows.row ->> 'holdProvisional')::boolean AS provisional
		FROM child_rows LEFT JOIN hold_facts ON hold_facts.child_id = child_rows.child_id
		WHERE child_rows.child_id = ANY ($1::uuid[]) AND hold_facts.rules IS DISTINCT FROM $2
		ORDER BY child_rows.child_id`,
		[found.map(({ childId }) => childId), rules.version, factsShape]
	);
	const past = await pastRules(session, stale);
	const changed = new Map<ChildId, HoldChange>();
	const standing: { childId: ChildId; policyId: string }[] = [];
	const toFold: ChildId[] = [];
	/** Whose row another version of the program made: no file that was loaded moved their dates. */
	const ofProgram = new Set<ChildId>();
	for (const row of stale) {
		const then = row.madeUnder === null ? undefined : past.get(row.madeUnder);
		if (!then) ofProgram.add(row.childId);
		if (!row.facts || !row.ground || !then) {
			toFold.push(row.childId);
			continue;
		}
		const kept = { facts: row.facts, ground: row.ground };
		const now = reckoned(kept, rules.rules, today);
		const change = holdChange(reckoned(kept, then, today), now);
		if (change) changed.set(row.childId, change);
		else standing.push({ childId: row.childId, policyId: now.policy.id });
	}

	const { cases } = await readableCases(session, [...changed.keys(), ...toFold]);
	for (const { caseFile } of cases.filter(({ caseFile: { childId } }) => toFold.includes(childId))) {
		const row = stale.find(({ childId }) => childId === caseFile.childId);
		const change = row && changeOfDates(row, reckoned(factsToKeep(caseFile, rules), rules.rules, today));
		if (change) changed.set(caseFile.childId, change);
	}
	await writeChildRows(session, cases, rules);
	await markReckoned(session, standing, rules.version);
	await writeChanges(session, changed, ofProgram);
	await tellOfProvisional(session, changed);
	return { children: stale.length, affected: changed.size, last };
}

/** The rules that rows were made under, by version; one that this program cannot make again is left out. */
async function pastRules(session: Session, stale: readonly StaleRow[]): Promise<ReadonlyMap<string, RulesInForce>> {
	const wanted = new Set(stale.map(({ madeUnder }) => madeUnder));
	const past = new Map<string, RulesInForce>();
	for (const [version, files] of await pastVersions(session)) {
		if (wanted.has(version)) past.set(version, (await rulesOf(session, files)).rules);
	}
	return past;
}

/** Where the rules before cannot be made again (another program's), what the row says is compared: the hold's dates. */
function changeOfDates(row: StaleRow, now: ReturnType<typeof reckoned>): HoldChange | undefined {
	const after = outlineOf(now);
	if ((after.lastDay ?? null) === row.lastDay && after.provisional === row.provisional) return undefined;
	const before = {
		...(row.policyId !== null && { policyId: row.policyId }),
		...(row.lastDay !== null && { lastDay: row.lastDay }),
		provisional: row.provisional
	};
	return { before, after, clocks: [], conditions: [] };
}

/** A date that was said to be provisional has become another: the house planned by it. */
async function tellOfProvisional(session: Session, changed: ReadonlyMap<ChildId, HoldChange>): Promise<void> {
	const moved = [...changed].filter(([, { before }]) => before.provisional).map(([childId]) => childId);
	if (moved.length === 0) return;
	const { rows } = await session.query<{ childId: ChildId; house: InstitutionId }>(
		`SELECT child_id AS "childId", custodian AS house FROM child_rows
		WHERE child_id = ANY ($1::uuid[]) AND custodian IS NOT NULL ORDER BY child_id`,
		[moved]
	);
	for (const { childId, house } of rows) {
		const to = { institutionId: house, role: 'supervisor' } as const;
		await notify(session, { to, code: 'provisional_dates_changed', refs: { childId } });
	}
}

async function writeChanges(
	session: Session,
	changed: ReadonlyMap<ChildId, HoldChange>,
	ofProgram: ReadonlySet<ChildId>
): Promise<void> {
	if (changed.size === 0) return;
	const rows = [...changed].map(([childId, { before, after, clocks }]) => ({
		child_id: childId,
		of_file: !ofProgram.has(childId),
		before,
		after,
		clocks
	}));
	await session.query(
		`INSERT INTO policy_changes (activation_id, child_id, before, after, clocks)
		SELECT CASE WHEN c.of_file THEN (SELECT max(id) FROM policy_activations) END, c.child_id, c.before, c.after, c.clocks
		FROM jsonb_to_recordset($1::jsonb) AS c (child_id uuid, of_file boolean, before jsonb, after jsonb, clocks jsonb)`,
		[JSON.stringify(rows)]
	);
}
