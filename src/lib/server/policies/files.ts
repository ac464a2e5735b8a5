import { randomUUID } from 'node:crypto';
import type { Json } from '#lib/domain/canonical-json.ts';
import { rulesWith, type RulesInForce } from '#lib/domain/hold/rules.ts';
import type { ClockChange, HoldOutline } from '#lib/domain/hold/hold-change.ts';
import type { ChildId, InstitutionId, StaffId } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import { writeAudit } from '../audit/audit.ts';
import type { ProgramDatabase, Session } from '../db/connection.ts';
import { checkFile, type CheckedFile, type RefusedFile } from './check.ts';
import type { FileKind } from './kinds.ts';
import { refreshHolds, type Refreshed } from './refresh.ts';
import { fileHash, loadedOf, readFiles, rulesInForce, rulesOf } from './rules-in-force.ts';

/** Who loads, proposes or activates: a person of the registry. */
export interface RulesPerson {
	readonly id: StaffId;
	readonly institutionId: InstitutionId;
}

export interface LoadedFile {
	readonly id: string;
	readonly kind: FileKind;
	readonly sha256: string;
	readonly loadedAt: string;
	readonly loadedBy: StaffId;
	/** Null where the scope may not know the person. */
	readonly loadedByName: string | null;
	readonly active: boolean;
	/** Null while nobody decided about it: a proposal. */
	readonly decidedAt: string | null;
	readonly decidedByName: string | null;
	readonly activation: number | null;
}

/** Every file, the newest first. */
export async function listFiles(session: Session, id?: string): Promise<readonly LoadedFile[]> {
	const { rows } = await session.query<LoadedFile>(
		`SELECT policy_files.id, policy_files.kind, policy_files.sha256, policy_files.loaded_at AS "loadedAt",
			policy_files.loaded_by AS "loadedBy", loader.name AS "loadedByName", coalesce(latest.active, false) AS active,
			latest.decided_at AS "decidedAt", decider.name AS "decidedByName", latest.id AS activation
		FROM policy_files
			LEFT JOIN users loader ON loader.id = policy_files.loaded_by
			LEFT JOIN LATERAL (
				SELECT policy_activations.id, active, decided_at, decided_by FROM policy_activations
				WHERE file_id = policy_files.id ORDER BY policy_activations.id DESC LIMIT 1
			) latest ON true
			LEFT JOIN users decider ON decider.id = latest.decided_by
		WHERE $1::uuid IS NULL OR policy_files.id = $1
		ORDER BY policy_files.loaded_at DESC, policy_files.id`,
		[id ?? null]
	);
	return rows;
}

export async function fileBody(session: Session, id: string): Promise<{ kind: FileKind; body: unknown } | undefined> {
	const { rows } = await session.query<{ kind: FileKind; body: unknown }>(
		'SELECT kind, body FROM policy_files WHERE id = $1',
		[id]
	);
	return rows[0];
}

/**
 * Stores a file without putting it in force; a second person does that.
 *
 * @returns its id
 */
export async function proposeFile(session: Session, by: RulesPerson, checked: CheckedFile): Promise<string> {
	const id = randomUUID();
	const body = JSON.parse(JSON.stringify(checked.file)) as Json;
	const sha256 = fileHash(body);
	await session.query('INSERT INTO policy_files (id, kind, body, sha256, loaded_by) VALUES ($1, $2, $3, $4, $5)', [
		id,
		checked.kind,
		JSON.stringify(body),
		sha256,
		by.id
	]);
	await writeAudit(session, {
		institutionId: by.institutionId,
		userId: by.id,
		action: 'rules.proposed',
		details: { kind: checked.kind, file: sha256.slice(0, 8) }
	});
	return id;
}

export type ActivationFault =
	| { readonly type: 'file_unknown' }
	| { readonly type: 'already_so' }
	/** Whoever proposed a file does not activate it at a desk. */
	| { readonly type: 'own_proposal' }
	/** Other rules came into force since the person looked; nothing was done. */
	| { readonly type: 'rules_changed' }
	| ({ readonly type: 'file_refused' } & RefusedFile);

/** `operator`: one person at the registry's own machine. `desk`: a second person at a desk, who saw what changes. */
export type Road =
	{ readonly road: 'operator'; readonly allowGaps: boolean } | { readonly road: 'desk'; readonly seenVersion: string };

/** Stores a checked file, puts it in force and makes every row it changes again. */
export async function loadFile(
	database: ProgramDatabase,
	by: RulesPerson,
	checked: CheckedFile,
	options: { readonly allowGaps: boolean },
	today: () => CivilDate
): Promise<Result<Refreshed & { readonly id: string }, ActivationFault>> {
	const decided = await database
		.inScope({ kind: 'registry' }, async (session) => {
			// One order for everybody: the file was checked against rules that may have changed since.
			await oneAtATime(session);
			const id = await proposeFile(session, by, checked);
			const activated = await decide(session, by, id, true, { road: 'operator', ...options });
			if (!activated.ok) throw new NotActivated(activated.error);
			return id;
		})
		.then(
			(id) => ok(id),
			(error: unknown) => {
				if (error instanceof NotActivated) return err(error.fault);
				throw error;
			}
		);
	if (!decided.ok) return decided;
	return ok({ id: decided.value, ...(await refreshHolds(database, today)) });
}

/** Puts a file that is stored in force (or a withdrawn one back) and makes every row it changes again. */
export async function activateFile(
	database: ProgramDatabase,
	by: RulesPerson,
	fileId: string,
	road: Road,
	today: () => CivilDate
): Promise<Result<Refreshed, ActivationFault>> {
	return decideAndRefresh(database, by, fileId, true, road, today);
}

/** Takes a file out of force: what it changed is as before it. The file itself stays. */
export async function withdrawFile(
	database: ProgramDatabase,
	by: RulesPerson,
	fileId: string,
	today: () => CivilDate
): Promise<Result<Refreshed, ActivationFault>> {
	return decideAndRefresh(database, by, fileId, false, { road: 'operator', allowGaps: true }, today);
}

async function decideAndRefresh(
	database: ProgramDatabase,
	by: RulesPerson,
	fileId: string,
	active: boolean,
	road: Road,
	today: () => CivilDate
): Promise<Result<Refreshed, ActivationFault>> {
	const decided = await database.inScope({ kind: 'registry' }, async (session) => {
		await oneAtATime(session);
		return decide(session, by, fileId, active, road);
	});
	return decided.ok ? ok(await refreshHolds(database, today)) : decided;
}

/** A file and the rules as they would be with it in force; undefined where there is no such file. */
export async function rulesWithFile(
	session: Session,
	fileId: string,
	options: { readonly allowGaps: boolean }
): Promise<Result<CheckedFile, RefusedFile> | undefined> {
	const found = await fileBody(session, fileId);
	if (!found) return undefined;
	const { rules } = await rulesInForce(session);
	return checkFile(found.kind, found.body, rules, options);
}

/** The rules as they would be without a file that is in force. */
export async function rulesWithout(session: Session, fileId: string): Promise<RulesInForce> {
	const { files } = await rulesInForce(session);
	return (
		await rulesOf(
			session,
			files.filter((id) => id !== fileId)
		)
	).rules;
}

export interface ChangeLine {
	readonly childId: ChildId;
	readonly caseNumber: string | null;
	readonly houseId: InstitutionId | null;
	readonly before: HoldOutline;
	readonly after: HoldOutline;
	readonly clocks: readonly ClockChange[];
	readonly changedAt: string;
}

/** Whose dates an activation changed, as far as the scope may see the children; the newest of all activations where none is named. */
export async function affectedBy(
	session: Session,
	activation: number | undefined,
	limit: number
): Promise<{ readonly changes: readonly ChangeLine[]; readonly total: number }> {
	const { rows } = await session.query<ChangeLine & { total: number }>(
		`SELECT policy_changes.child_id AS "childId", child_rows.case_number AS "caseNumber",
			child_rows.custodian AS "houseId", policy_changes.before, policy_changes.after, policy_changes.clocks,
			policy_changes.changed_at AS "changedAt", count(*) OVER () AS total
		FROM policy_changes LEFT JOIN child_rows ON child_rows.child_id = policy_changes.child_id
		WHERE $1::bigint IS NULL OR policy_changes.activation_id = $1
		ORDER BY policy_changes.id DESC LIMIT $2`,
		[activation ?? null, limit]
	);
	return { changes: rows.map(({ total: _, ...line }) => line), total: rows[0]?.total ?? 0 };
}

export interface ProvisionalLine {
	readonly childId: ChildId;
	readonly caseNumber: string | null;
	readonly houseId: InstitutionId | null;
	readonly lastDay: CivilDate;
}

/** Children whose last day hangs on holidays that are not published, the nearest first. */
export async function provisionalHolds(
	session: Session,
	limit: number
): Promise<{ readonly children: readonly ProvisionalLine[]; readonly total: number }> {
	const { rows } = await session.query<ProvisionalLine & { total: number }>(
		`SELECT child_id AS "childId", case_number AS "caseNumber", custodian AS "houseId", hold_last_day AS "lastDay",
			count(*) OVER () AS total
		FROM child_rows WHERE row ->> 'holdProvisional' = 'true' AND of_child = child_id AND hold_last_day IS NOT NULL
		ORDER BY hold_last_day, child_id LIMIT $1`,
		[limit]
	);
	return { children: rows.map(({ total: _, ...line }) => line), total: rows[0]?.total ?? 0 };
}

/** Under which policy how many children are. */
export async function childrenByPolicy(session: Session): Promise<ReadonlyMap<string, number>> {
	const { rows } = await session.query<{ policyId: string; children: number }>(
		'SELECT policy_id AS "policyId", count(*) AS children FROM hold_facts GROUP BY policy_id'
	);
	return new Map(rows.map(({ policyId, children }) => [policyId, children]));
}

class NotActivated extends Error {
	readonly fault: ActivationFault;
	constructor(fault: ActivationFault) {
		super(fault.type);
		this.fault = fault;
	}
}

/** 'lampkeep rules' in one number: who changes the rules waits here for who does already. */
const rulesLock = 7_100_010;

async function oneAtATime(session: Session): Promise<void> {
	await session.query('SELECT pg_advisory_xact_lock($1)', [rulesLock]);
}

async function decide(
	session: Session,
	by: RulesPerson,
	fileId: string,
	active: boolean,
	road: Road
): Promise<Result<void, ActivationFault>> {
	const [file] = await listFiles(session, fileId);
	if (!file) return err({ type: 'file_unknown' });
	if (file.active === active) return err({ type: 'already_so' });
	if (road.road === 'desk') {
		if (file.loadedBy === by.id) return err({ type: 'own_proposal' });
		if ((await rulesInForce(session)).version !== road.seenVersion) return err({ type: 'rules_changed' });
	}
	if (active) {
		const checked = await rulesWithFile(session, fileId, { allowGaps: road.road === 'operator' && road.allowGaps });
		if (!checked?.ok) return err({ type: 'file_refused', ...(checked?.error ?? { faults: [], remarks: [] }) });
	} else {
		const without = await canBeReadWithout(session, fileId);
		if (!without) return err({ type: 'file_refused', faults: [], remarks: [] });
	}
	await session.query('INSERT INTO policy_activations (file_id, active, decided_by, road) VALUES ($1, $2, $3, $4)', [
		fileId,
		active,
		by.id,
		road.road
	]);
	// Tablets ask for the roster, which carries the rules, when theirs is older.
	await session.query('UPDATE institutions SET roster_version = roster_version + 1');
	await writeAudit(session, {
		institutionId: by.institutionId,
		userId: by.id,
		action: active ? 'rules.activated' : 'rules.withdrawn',
		details: { kind: file.kind, file: file.sha256.slice(0, 8), road: road.road }
	});
	return ok(undefined);
}

/** A later file may lie over the one that is withdrawn: an overlay over its base. */
async function canBeReadWithout(session: Session, fileId: string): Promise<boolean> {
	const { files } = await rulesInForce(session);
	const rows = await readFiles(
		session,
		files.filter((id) => id !== fileId)
	);
	return rulesWith(loadedOf(rows)).ok;
}
