import { createHash, sign, type KeyObject } from 'node:crypto';
import type { CaseFile } from '#lib/domain/case-file/case-file.ts';
import { fileOf } from '#lib/domain/case-file/one-child.ts';
import {
	entryText,
	entryTypes,
	parseEntry,
	signedText,
	type Entry,
	type EntryType,
	type Envelope,
	type ParsedEntry,
	type PayloadOf
} from '#lib/domain/case-file/entry.ts';
import type { DeskEntry } from '#lib/domain/decision/decision.ts';
import { seesEveryHouse } from '#lib/domain/disclosure/roles.ts';
import { uuidV7, type ChildId, type DeviceId, type EntryId, type InstitutionId, type Sha256 } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import { receive } from '#lib/sync/receive.ts';
import { privateKeyOf } from '../accounts/registry-key.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import type { ProgramDatabase, Scope, Session } from '../db/connection.ts';
import type { DecisionLog, StaleFile } from '../notices/decisions.ts';
import { readChild } from '../read-models/read-child.ts';
import { lockCases, lookUp, store } from './postgres-entry-log.ts';

/** A fact for the desk to sign: who, where and when are the log's to add. */
export type DeskFact = {
	readonly [T in EntryType]: {
		readonly childId: ChildId;
		readonly type: T;
		readonly payload: PayloadOf<T>;
		readonly replaces: readonly EntryId[];
		readonly occurredOn: CivilDate;
	};
}[EntryType];

/** What a judgement comes to. */
export interface Judged<Value> {
	readonly entries: readonly DeskEntry[];
	readonly result: Value;
	/** Runs in the same transaction, with the file as it is afterwards; when it throws, nothing was decided. */
	readonly also?: (session: Session, grown: CaseFile) => Promise<void>;
}

/** A file of ten thousand children takes minutes, not seconds. */
const recordingTime = 600_000;

/**
 * The log as the desks write it: one decision at a time, against the version the person looked at. A decision is an entry
 * like any other; its author is the person at the desk, its tablet is the desk of the house, its signature the
 * registry's.
 */
export class PostgresDecisionLog implements DecisionLog {
	readonly #database: ProgramDatabase;
	readonly #key: KeyObject;
	readonly #now: () => Date;
	readonly #random: (bytes: number) => Uint8Array;

	/** @param privateKey of the registry, 32 bytes (accounts/registry-key.ts) */
	constructor(database: ProgramDatabase, privateKey: Buffer, now: () => Date, random: (bytes: number) => Uint8Array) {
		this.#database = database;
		this.#key = privateKeyOf({ privateKey });
		this.#now = now;
		this.#random = random;
	}

	async read(
		user: SignedInUser,
		childId: ChildId
	): Promise<{ readonly caseFile: CaseFile; readonly version: number } | undefined> {
		return this.#database.inScope(
			scopeOf(user),
			async (session) => {
				if (!(await isReadable(session, childId))) return undefined;
				return readChild(session, childId);
			},
			{ isolation: 'repeatable read', readOnly: true }
		);
	}

	async append(
		user: SignedInUser,
		childId: ChildId,
		expected: number,
		entries: readonly DeskEntry[],
		also: (session: Session, grown: CaseFile) => Promise<void>
	): Promise<Result<EntryId, StaleFile>> {
		const decided = await this.decide<StaleFile, true>(
			user,
			childId,
			async (_, { version }) =>
				version === expected ? ok({ entries, result: true, also }) : err({ type: 'file_changed', version }),
			'file'
		);
		if (!decided.ok) return decided;
		const [first] = decided.value.entryIds;
		if (first === undefined) throw new Error('the decision was not taken');
		return ok(first);
	}

	/**
	 * Judges and decides in one transaction, with the child's file locked from before it is read until the decision is
	 * stored. `judge` gives the entries (none is allowed: a step of a claim may leave the file as it is) or a fault, and then
	 * nothing is written. Whatever else it locks, it locks now: the file first, always.
	 *
	 * @param on the file the entries are written on: of a child with several the one that names it, or this one; a notice is
	 *  a file's own
	 * @throws when the person may not see the child: ask `read` first
	 */
	async decide<Fault, Value>(
		user: SignedInUser,
		childId: ChildId,
		judge: (
			session: Session,
			found: { readonly caseFile: CaseFile; readonly version: number }
		) => Promise<Result<Judged<Value>, Fault>>,
		on: 'child' | 'file' = 'child'
	): Promise<Result<{ readonly entryIds: readonly EntryId[]; readonly value: Value }, Fault>> {
		const readable = await this.#database.inScope(scopeOf(user), (session) => isReadable(session, childId));
		if (!readable) throw new Error(`${user.id} decided about child ${childId}, whom the house may not see`);
		return this.#database.inScope({ kind: 'registry' }, async (session) => {
			await lockCases(session, [childId]);
			const { caseFile, version } = await readChild(session, childId);
			// What is decided about the child stands on the file that names it.
			const name = caseFile.childId;
			const judged = await judge(session, { caseFile, version });
			if (!judged.ok) return judged;
			const { entries, result, also } = judged.value;
			const written =
				entries.length === 0
					? []
					: await this.#write(
							session,
							user,
							entries.map((entry) => ({ childId: on === 'file' ? childId : name, ...entry }))
						);
			const grown = written.at(-1)?.caseFiles;
			await also?.(
				session,
				on === 'file' ? fileOf(grown?.get(childId) ?? caseFile, childId) : (grown?.get(name) ?? caseFile)
			);
			return ok({ entryIds: written.map(({ id }) => id), value: result });
		});
	}

	/**
	 * Records facts for a person at the desk, all of them or none: what an office had on paper or in a spreadsheet before
	 * it had the registry.
	 *
	 * @param also runs in the same transaction, with the cases locked, before anything is written; when it throws, nothing is
	 * @param then runs in the same transaction once it is written, with the files that changed
	 */
	async record(
		author: Pick<SignedInUser, 'id' | 'institutionId'>,
		facts: readonly DeskFact[],
		also: (session: Session) => Promise<void> = async () => undefined,
		then: (session: Session, caseFiles: ReadonlyMap<ChildId, CaseFile>) => Promise<void> = async () => undefined
	): Promise<readonly EntryId[]> {
		return this.#database.inScope(
			{ kind: 'registry' },
			async (session) => {
				await lockCases(session, [...new Set(facts.map(({ childId }) => childId))].sort(), facts.map(asNamed));
				await also(session);
				const written = await this.#write(session, author, facts);
				await then(session, written[0]?.caseFiles ?? new Map());
				return written.map(({ id }) => id);
			},
			{ statementTimeout: recordingTime }
		);
	}

	/** Signs and stores facts as the next ones of the house's desk. Call with the cases locked. */
	async #write(
		session: Session,
		author: Pick<SignedInUser, 'id' | 'institutionId'>,
		facts: readonly DeskFact[]
	): Promise<readonly { readonly id: EntryId; readonly caseFiles: ReadonlyMap<ChildId, CaseFile> }[]> {
		const now = this.#now();
		const newId = () => uuidV7(now.getTime(), this.#random(10));
		const desk = await lockDesk(session, author.institutionId, newId() as DeviceId);
		let { lastSeq, lastHash } = desk;
		const candidates = facts.map((fact, index) => {
			const entry = this.#signed({
				id: newId() as EntryId,
				childId: fact.childId,
				type: fact.type,
				version: entryTypes[fact.type].version,
				replaces: [...fact.replaces],
				occurredOn: fact.occurredOn,
				recordedAt: now.toISOString(),
				staffId: author.id,
				institutionId: author.institutionId,
				deviceId: desk.deviceId,
				deviceSeq: ++lastSeq,
				previous: lastHash,
				payload: fact.payload as Envelope['payload']
			});
			const parsed = parseEntry(entry);
			if (!parsed.ok) throw new Error(`the desk wrote what is no entry: ${JSON.stringify(parsed.error)}`);
			const text = entryText(entry);
			lastHash = createHash('sha256').update(text).digest('hex') as Sha256;
			return { index, parsed: parsed.value, text, atDesk: true } as const;
		});
		const childIds = [...new Set(facts.map(({ childId }) => childId))].sort();
		const decided = receive(candidates, now.toISOString(), await lookUp(session, candidates, childIds));
		const refused = decided.outcomes.find((outcome) => outcome.outcome !== 'accepted');
		if (refused) throw new Error(`the log did not take what the desk wrote: ${JSON.stringify(refused)}`);
		await store(session, decided);
		await session.query('UPDATE desk_devices SET last_seq = $2, last_hash = $3 WHERE institution_id = $1', [
			author.institutionId,
			lastSeq,
			lastHash
		]);
		return candidates.map(({ parsed }) => ({ id: parsed.entry.id, caseFiles: decided.caseFiles }));
	}

	#signed(unsigned: Omit<Envelope, 'signature'>): Envelope {
		const text = signedText({ ...unsigned, signature: '' });
		const signature = sign('sha256', Buffer.from(text), { key: this.#key, dsaEncoding: 'ieee-p1363' });
		return { ...unsigned, signature: signature.toString('base64url') };
	}
}

/** As much of an entry as tells which files it joins. */
function asNamed({ type, childId, payload }: DeskFact): { readonly parsed: ParsedEntry } {
	return { parsed: { known: true, entry: { type, childId, payload } as Entry } };
}

function scopeOf(user: SignedInUser): Scope {
	return seesEveryHouse.includes(user.role)
		? { kind: 'registry' }
		: { kind: 'institution', institutionId: user.institutionId };
}

/** Row-level security answers: a house sees the rows of its own children and no others. */
async function isReadable(session: Session, childId: ChildId): Promise<boolean> {
	const { rowCount } = await session.query('SELECT 1 FROM child_rows WHERE child_id = $1', [childId]);
	return rowCount > 0;
}

/** The desk of a house as an author, made at its first decision; locked, so that its numbers have no gap. */
async function lockDesk(
	session: Session,
	institutionId: InstitutionId,
	newDeviceId: DeviceId
): Promise<{ deviceId: DeviceId; lastSeq: number; lastHash: Sha256 | null }> {
	await session.query(
		'INSERT INTO desk_devices (institution_id, device_id) VALUES ($1, $2) ON CONFLICT (institution_id) DO NOTHING',
		[institutionId, newDeviceId]
	);
	const { rows } = await session.query<{ deviceId: DeviceId; lastSeq: number; lastHash: Sha256 | null }>(
		`SELECT device_id AS "deviceId", last_seq AS "lastSeq", last_hash AS "lastHash" FROM desk_devices
		WHERE institution_id = $1 FOR UPDATE`,
		[institutionId]
	);
	const desk = rows[0];
	if (!desk) throw new Error(`the desk of ${institutionId} was made and is not there`);
	return desk;
}
