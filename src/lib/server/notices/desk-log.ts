import { createPrivateKey, randomBytes, randomUUID, sign, type KeyObject } from 'node:crypto';
import type { CaseFile } from '#lib/domain/case-file/case-file.ts';
import { entryText, entryTypes, parseEntry, signedText, type UnsignedEntry } from '#lib/domain/case-file/entry.ts';
import { uuidV7, type ChildId, type DeviceId, type EntryId, type InstitutionId, type Sha256 } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { receive, type Before } from '#lib/sync/receive.ts';
import { registryKeyPair } from '../accounts/registry-key.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import type { ProgramDatabase, Session } from '../db/connection.ts';
import { lockCases, lookUp, store } from '../entry-log/postgres-entry-log.ts';
import { sha256Hex } from '../entry-log/signatures.ts';
import { readCase, scopeOf } from './case-reading.ts';
import type { DecisionLog, StaleFile } from './decisions.ts';

/**
 * Decisions as entries of the log. The desk of a house is an author like a tablet: with a sequence of its own, each entry
 * naming the one before, signed by the registry's key, which every tablet knows from its enrolment.
 */
export class PostgresDecisionLog implements DecisionLog {
	readonly #database: ProgramDatabase;
	readonly #key: KeyObject;
	readonly #now: () => Date;

	/** @param secret the registry's own, see `registrySecret` */
	constructor(database: ProgramDatabase, secret: string, now: () => Date = () => new Date()) {
		this.#database = database;
		this.#key = signingKey(secret);
		this.#now = now;
	}

	async read(user: SignedInUser, childId: ChildId) {
		return this.#database.inScope(scopeOf(user), (session) => readCase(session, childId), {
			isolation: 'repeatable read',
			readOnly: true
		});
	}

	async append(
		user: SignedInUser,
		childId: ChildId,
		expected: number,
		decision: Parameters<DecisionLog['append']>[3],
		also: (session: Session, grown: CaseFile) => Promise<void>
	): Promise<Result<EntryId, StaleFile>> {
		// Entries go to several houses' feeds: only the registry's scope writes them. What the user may see was asked before.
		return this.#database.inScope({ kind: 'registry' }, async (session) => {
			await lockCases(session, [childId]);
			const version = await versionOf(session, childId);
			if (version !== expected) return err({ type: 'file_changed', version });
			const desk = await lockDesk(session, user.institutionId);
			const now = this.#now();
			const entry = signed(this.#key, {
				id: uuidV7(now.getTime(), randomBytes(10)) as EntryId,
				childId,
				type: decision.type,
				version: entryTypes[decision.type].version,
				payload: decision.payload,
				replaces: [...decision.replaces],
				occurredOn: decision.occurredOn,
				recordedAt: now.toISOString(),
				staffId: user.id,
				institutionId: user.institutionId,
				deviceId: desk.deviceId,
				deviceSeq: desk.lastSequence + 1,
				previous: desk.lastHash
			} as UnsignedEntry);
			const text = entryText(entry);
			const parsed = parseEntry(JSON.parse(text), text.length);
			if (!parsed.ok) throw new Error(`The desk made an entry that is none: ${JSON.stringify(parsed.error)}`);
			const candidate = { index: 0, parsed: parsed.value, text };
			const before = withHouse(await lookUp(session, [candidate], [childId]), user.institutionId);
			const decided = receive([candidate], now.toISOString(), before);
			const grown = decided.caseFiles.get(childId);
			if (decided.outcomes[0]?.outcome !== 'accepted' || !grown) {
				throw new Error(`The registry did not take its own entry: ${JSON.stringify(decided.outcomes)}`);
			}
			await store(session, decided);
			await session.query('UPDATE desk_devices SET last_seq = $2, last_hash = $3 WHERE institution_id = $1', [
				user.institutionId,
				entry.deviceSeq,
				sha256Hex(text)
			]);
			await also(session, grown);
			return ok(entry.id);
		});
	}
}

interface Desk {
	readonly deviceId: DeviceId;
	readonly lastSequence: number;
	readonly lastHash: Sha256 | null;
}

async function lockDesk(session: Session, institutionId: InstitutionId): Promise<Desk> {
	await session.query(
		'INSERT INTO desk_devices (institution_id, device_id) VALUES ($1, $2) ON CONFLICT (institution_id) DO NOTHING',
		[institutionId, randomUUID()]
	);
	const { rows } = await session.query<Desk>(
		`SELECT device_id AS "deviceId", last_seq AS "lastSequence", last_hash AS "lastHash"
		FROM desk_devices WHERE institution_id = $1 FOR UPDATE`,
		[institutionId]
	);
	const desk = rows[0];
	if (!desk) throw new Error(`The desk of ${institutionId} was written and is not there`);
	return desk;
}

async function versionOf(session: Session, childId: ChildId): Promise<number> {
	const { rows } = await session.query<{ version: number }>(
		'SELECT entry_count AS version FROM cases WHERE child_id = $1',
		[childId]
	);
	return rows[0]?.version ?? 0;
}

/** An officer of the registry decides about children of houses that are not the registry. */
function withHouse(before: Before, institutionId: InstitutionId): Before {
	return {
		...before,
		child: (childId) => {
			const child = before.child(childId);
			if (!child || child.grants.includes(institutionId)) return child;
			return { ...child, grants: [...child.grants, institutionId] };
		}
	};
}

function signed(key: KeyObject, unsigned: UnsignedEntry) {
	const signature = sign('sha256', Buffer.from(signedText(unsigned)), { key, dsaEncoding: 'ieee-p1363' });
	return { ...unsigned, signature: signature.toString('base64url') };
}

function signingKey(secret: string): KeyObject {
	const { privateKey, publicKey } = registryKeyPair(secret);
	const point = Buffer.from(publicKey, 'base64url');
	return createPrivateKey({
		format: 'jwk',
		key: {
			kty: 'EC',
			crv: 'P-256',
			d: privateKey.toString('base64url'),
			x: point.subarray(1, 33).toString('base64url'),
			y: point.subarray(33).toString('base64url')
		}
	});
}
