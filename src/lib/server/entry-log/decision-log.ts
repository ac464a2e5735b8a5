import { createECDH, createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { fold, type CaseFile } from '#lib/domain/case-file/case-file.ts';
import { entryText, parseEntry, signedText, type Envelope } from '#lib/domain/case-file/entry.ts';
import { seesEveryHouse } from '#lib/domain/disclosure/roles.ts';
import { uuidV7, type ChildId, type DeviceId, type EntryId, type InstitutionId, type Sha256 } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import { receive } from '#lib/sync/receive.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import type { ProgramDatabase, Scope, Session } from '../db/connection.ts';
import type { DecisionLog, NoticeDecision, StaleFile } from '../notices/decisions.ts';
import { lockCases, lookUp, store, storedEntry } from './postgres-entry-log.ts';

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
		this.#key = signingKey(privateKey);
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
				const { rows } = await session.query<{ body: string }>('SELECT body FROM entries WHERE child_id = $1', [
					childId
				]);
				return {
					caseFile: fold(
						childId,
						rows.map(({ body }) => storedEntry(body))
					),
					version: rows.length
				};
			},
			{ isolation: 'repeatable read', readOnly: true }
		);
	}

	async append(
		user: SignedInUser,
		childId: ChildId,
		expected: number,
		decision: NoticeDecision & { readonly replaces: readonly EntryId[]; readonly occurredOn: CivilDate },
		also: (session: Session, grown: CaseFile) => Promise<void>
	): Promise<Result<EntryId, StaleFile>> {
		const readable = await this.#database.inScope(scopeOf(user), (session) => isReadable(session, childId));
		if (!readable) throw new Error(`${user.id} decided about child ${childId}, whom the house may not see`);
		return this.#database.inScope({ kind: 'registry' }, async (session) => {
			await lockCases(session, [childId]);
			const version = await entryCount(session, childId);
			if (version !== expected) return err({ type: 'file_changed', version });
			const now = this.#now();
			const desk = await lockDesk(session, user.institutionId, uuidV7(now.getTime(), this.#random(10)) as DeviceId);
			const entry = this.#signed({
				id: uuidV7(now.getTime(), this.#random(10)) as EntryId,
				childId,
				type: decision.type,
				version: 1,
				replaces: [...decision.replaces],
				occurredOn: decision.occurredOn,
				recordedAt: now.toISOString(),
				staffId: user.id,
				institutionId: user.institutionId,
				deviceId: desk.deviceId,
				deviceSeq: desk.lastSeq + 1,
				previous: desk.lastHash,
				payload: decision.payload as Envelope['payload']
			});
			const parsed = parseEntry(entry);
			if (!parsed.ok) throw new Error(`the desk wrote what is no entry: ${JSON.stringify(parsed.error)}`);
			const text = entryText(entry);
			const candidate = { index: 0, parsed: parsed.value, text, atDesk: true } as const;
			const decided = receive([candidate], now.toISOString(), await lookUp(session, [candidate], [childId]));
			const grown = decided.caseFiles.get(childId);
			if (!grown) throw new Error(`the decision was not taken: ${JSON.stringify(decided.outcomes)}`);
			await store(session, decided);
			await session.query('UPDATE desk_devices SET last_seq = $2, last_hash = $3 WHERE institution_id = $1', [
				user.institutionId,
				entry.deviceSeq,
				createHash('sha256').update(text).digest('hex')
			]);
			await also(session, grown);
			return ok(entry.id);
		});
	}

	#signed(unsigned: Omit<Envelope, 'signature'>): Envelope {
		const text = signedText({ ...unsigned, signature: '' });
		const signature = sign('sha256', Buffer.from(text), { key: this.#key, dsaEncoding: 'ieee-p1363' });
		return { ...unsigned, signature: signature.toString('base64url') };
	}
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

async function entryCount(session: Session, childId: ChildId): Promise<number> {
	const { rows } = await session.query<{ count: number }>(
		'SELECT entry_count AS count FROM cases WHERE child_id = $1',
		[childId]
	);
	return rows[0]?.count ?? 0;
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

function signingKey(privateKey: Buffer): KeyObject {
	const pair = createECDH('prime256v1');
	pair.setPrivateKey(privateKey);
	const point = pair.getPublicKey();
	const part = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
	return createPrivateKey({
		key: { kty: 'EC', crv: 'P-256', d: part(privateKey), x: part(point.subarray(1, 33)), y: part(point.subarray(33)) },
		format: 'jwk'
	});
}
