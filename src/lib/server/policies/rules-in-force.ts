import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '#lib/domain/canonical-json.ts';
import { builtInRules, rulesWith, type RulesInForce } from '#lib/domain/hold/rules.ts';
import { serverLog } from '../audit/server-log.ts';
import type { Session } from '../db/connection.ts';
import type { FileKind } from './kinds.ts';

/*
 * Which rules are in force is a question to the database, asked in the transaction that uses the answer: several servers
 * reckon alike, and a row is never made by what another process remembers. What the files say never changes, and is kept.
 */

/** The rules of a registry, and what names them. */
export interface RegistryRules {
	readonly rules: RulesInForce;
	/** Names the rules, this program's share in them included: a row made under another version is made again. */
	readonly version: string;
	/** Ids of the files in force, in the order they are laid. */
	readonly files: readonly string[];
	/** Files in force that this program cannot read; what they said does not count until a program that can is installed. */
	readonly unreadable: readonly string[];
}

/**
 * Raise it when `holdFacts` or `policyGround` say something new or something else of the same entries: what is kept of
 * every child is then made again by `refreshHolds`.
 */
export const factsShape = 1;

export async function rulesInForce(session: Session): Promise<RegistryRules> {
	return rulesOf(session, await activeFiles(session));
}

/** The files in force as they are, in the order they are laid. */
export async function filesInForce(session: Session): Promise<readonly { kind: FileKind; body: unknown }[]> {
	const files = await activeFiles(session);
	return files.length === 0 ? [] : readFiles(session, files);
}

/** SHA-256 of a file's canonical JSON, hex. */
export function fileHash(body: Json): string {
	return createHash('sha256').update(canonicalJson(body)).digest('hex');
}

/** The rules of files laid over each other in this order. */
export async function rulesOf(session: Session, files: readonly string[]): Promise<RegistryRules> {
	const key = files.join(' ');
	const known = kept.get(key);
	if (known) return known;
	const made = await readRules(session, files);
	// A registry has a handful of them in its life; a preview makes none.
	if (kept.size >= 16) kept.clear();
	kept.set(key, made);
	return made;
}

/** The version that rules of these files have under this program. */
export function versionOf(files: readonly string[]): string {
	return createHash('sha256')
		.update([String(factsShape), programsShare, ...files].join('\n'))
		.digest('hex')
		.slice(0, 16);
}

/**
 * Every version that was ever in force here, oldest first, with its files: what a row was made under can be made again.
 * The first is the program's own.
 */
export async function pastVersions(session: Session): Promise<ReadonlyMap<string, readonly string[]>> {
	const { rows } = await session.query<{ fileId: string; active: boolean }>(
		'SELECT file_id AS "fileId", active FROM policy_activations ORDER BY id'
	);
	let files: readonly string[] = [];
	const versions = new Map([[versionOf(files), files]]);
	for (const { fileId, active } of rows) {
		files = files.filter((id) => id !== fileId);
		if (active) files = [...files, fileId];
		versions.set(versionOf(files), files);
	}
	return versions;
}

const kept = new Map<string, RegistryRules>();

const programsShare = createHash('sha256')
	.update(canonicalJson([builtInRules.policyFile, builtInRules.restDayTable] as unknown as Json))
	.digest('hex');

async function readRules(session: Session, files: readonly string[]): Promise<RegistryRules> {
	const version = versionOf(files);
	if (files.length === 0) return { rules: builtInRules, version, files, unreadable: [] };
	const rows = await readFiles(session, files);
	const unreadable: string[] = [];
	let laid: typeof rows = [];
	let rules = builtInRules;
	for (const row of rows) {
		const made = rulesWith(loadedOf([...laid, row]));
		if (made.ok) {
			laid = [...laid, row];
			rules = made.value;
			continue;
		}
		// Loaded by a newer program. A push must not be lost over it; without the file the older dates count, and it is told.
		unreadable.push(row.id);
		serverLog.error(
			{ file: row.id, kind: row.kind, problem: made.error.problem.type },
			'a policy file in force cannot be read by this program'
		);
	}
	return { rules, version, files, unreadable };
}

async function activeFiles(session: Session): Promise<readonly string[]> {
	const { rows } = await session.query<{ id: string }>(
		`SELECT latest.file_id AS id FROM (
			SELECT DISTINCT ON (file_id) file_id, id, active FROM policy_activations ORDER BY file_id, id DESC
		) latest WHERE latest.active ORDER BY latest.id`
	);
	return rows.map(({ id }) => id);
}

/** These files, in this order. */
export async function readFiles(
	session: Session,
	ids: readonly string[]
): Promise<readonly { id: string; kind: FileKind; body: unknown }[]> {
	const { rows } = await session.query<{ id: string; kind: FileKind; body: unknown }>(
		`SELECT policy_files.id, policy_files.kind, policy_files.body
		FROM unnest($1::uuid[]) WITH ORDINALITY AS asked (id, place) JOIN policy_files ON policy_files.id = asked.id
		ORDER BY asked.place`,
		[ids]
	);
	return rows;
}

/** Bodies by kind, as the domain lays them. */
export function loadedOf(files: readonly { readonly kind: FileKind; readonly body: unknown }[]) {
	const of = (kind: FileKind) => files.filter((file) => file.kind === kind).map((file) => file.body);
	return { policies: of('policies'), restDays: of('rest_days') };
}
