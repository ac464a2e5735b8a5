import { randomUUID } from 'node:crypto';
import type { CaseFile } from '#lib/domain/case-file/case-file.ts';
import { parseEntry, type EntryType, type ParsedEntry } from '#lib/domain/case-file/entry.ts';
import { canonicalJson, type Json } from '#lib/domain/canonical-json.ts';
import type { Role } from '#lib/domain/disclosure/roles.ts';
import type { ChildId, DeviceId, EntryId, InstitutionId, Sha256, StaffId } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { chainHash, chainStart, receiptCode } from '#lib/sync/chain.ts';
import type { EntryLog, FeedChanged, FeedHead, FeedPage, Sender } from '#lib/sync/entry-log.ts';
import {
	cursorAt,
	cursorHash,
	cursorPosition,
	keepsItsPlace,
	type Cursor,
	type Epoch,
	type QuarantineReason,
	type Receipt
} from '#lib/sync/protocol.ts';
import { rawText } from '#lib/sync/raw-text.ts';
import {
	filesNamed,
	readItem,
	receive,
	signedTextOf,
	type Accepted,
	type Before,
	type Candidate,
	type ChildBefore,
	type Claimed,
	type Decided,
	type Delivery,
	type Link,
	type SetAside,
	type StaffKey,
	type Waiting
} from '#lib/sync/receive.ts';
import { sqlState, type ProgramDatabase, type Session } from '../db/connection.ts';
import { tellOfEquivocation } from './equivocation.ts';
import { rowRules, writeChildRows } from '../read-models/child-rows.ts';
import { previousIn } from './previous-in.ts';
import { filesAround } from '../read-models/one-child.ts';
import { sha256Hex, verifySignature } from './signatures.ts';
import { storable } from './storable.ts';

/**
 * Runs in the transaction of a push for every case file it changed, e.g. to keep a published notice true.
 *
 * @returns what is to be done once this is committed, if anything; it may not throw, the push is stored by then
 */
export type AlsoWhenChanged = (session: Session, caseFile: CaseFile) => Promise<OnceCommitted | undefined>;
export type OnceCommitted = () => Promise<void>;

/*
 * The log in PostgreSQL. One push is one transaction: entries, feeds, chains, read models, what was set aside.
 *
 * Locks are taken in this order and no other, so that two pushes never wait for each other in a circle:
 *   1. the tablet's own, so that two of its pushes do not look past each other's links of its chain;
 *   2. the rows of `cases` of the children concerned, by child id;
 *   3. the rows of `feed_heads` of the houses concerned, by house id, as late as possible.
 */
export class PostgresEntryLog implements EntryLog {
	readonly #database: ProgramDatabase;
	readonly #also: AlsoWhenChanged | undefined;

	/** @param also what else is to be true of a case file that changed, in the transaction that changed it */
	constructor(database: ProgramDatabase, also?: AlsoWhenChanged) {
		this.#database = database;
		this.#also = also;
	}

	async epoch(): Promise<Epoch> {
		return this.#database.inScope({ kind: 'public' }, async (session) => {
			const { rows } = await session.query<{ epoch: Epoch }>('SELECT epoch FROM registry_meta');
			const known = rows[0];
			if (!known) throw new Error('the database has no epoch: the registry was not started properly');
			return known.epoch;
		});
	}

	/**
	 * Begins a new epoch because a tablet of the present one stands where the feed does not go on: the database was put
	 * back without PostgreSQL knowing. Does nothing if another tablet was first.
	 *
	 * @param seen the epoch in which the tablet read
	 * @returns the epoch from now on
	 */
	async beginEpoch(seen: Epoch): Promise<Epoch> {
		return this.#database.inScope({ kind: 'registry' }, async (session) => {
			const { rows } = await session.query<{ epoch: Epoch }>('SELECT begin_epoch_for_tablets_ahead($1, $2) AS epoch', [
				randomUUID(),
				seen
			]);
			return rows[0]?.epoch ?? seen;
		});
	}

	async append(sender: Sender, items: readonly unknown[], receivedAt: string): Promise<readonly Receipt[]> {
		const keys = await this.#staffKeys(sender);
		const candidates: Candidate[] = [];
		const aside: SetAside[] = [];
		const claimed: Claimed[] = [];
		for (const [index, item] of items.entries()) {
			const read = readItem(item, index, sender, (staffId) => keys.get(staffId) ?? []);
			if (read.ok) claimed.push(read.value);
			else aside.push(read.error);
		}
		const valid = await Promise.all(claimed.map(isSigned));
		for (const [index, { candidate }] of claimed.entries()) {
			if (valid[index]) candidates.push(candidate);
			else aside.push({ index: candidate.index, id: candidate.parsed.entry.id, reason: { type: 'signature_wrong' } });
		}
		const { receipts, onceCommitted } = await this.#stored(async (session) => {
			// Of the attempt that is committed, and no other.
			const onceCommitted: OnceCommitted[] = [];
			const also = async (caseFile: CaseFile) => {
				const then = await this.#also?.(session, caseFile);
				if (then) onceCommitted.push(then);
			};
			return {
				receipts: await appendIn(session, sender, items, candidates, aside, receivedAt, also),
				onceCommitted
			};
		});
		for (const then of onceCommitted) await then();
		return receipts;
	}

	/** Keeps every item of a push for one reason, and accepts none. An item kept already for it is kept once. */
	async setAside(
		sender: Sender,
		items: readonly unknown[],
		reason: QuarantineReason,
		receivedAt: string
	): Promise<readonly Receipt[]> {
		const aside: SetAside[] = [];
		const readable = new Map<number, Readable>();
		for (const [index, item] of items.entries()) {
			const parsed = parseEntry(item, 0);
			aside.push({ index, id: parsed.ok ? parsed.value.entry.id : undefined, reason });
			if (parsed.ok) readable.set(index, { parsed: parsed.value, text: canonicalJson(item as Json) });
		}
		await this.#database.inScope({ kind: 'registry' }, (session) =>
			setAside(session, sender, items, aside, readable, receivedAt)
		);
		return aside.map(receiptOf);
	}

	async read(institutionId: InstitutionId, after: Cursor, limit: number): Promise<Result<FeedPage, FeedChanged>> {
		return this.#database.inScope(
			{ kind: 'institution', institutionId },
			async (session) => {
				const from = cursorPosition(after);
				const head = await headOf(session, institutionId);
				if (from > head.position) return err({ type: 'feed_changed', because: 'ahead' });
				const hash = cursorHash(after);
				if (hash !== undefined && (await hashAt(session, institutionId, from)) !== hash) {
					return err({ type: 'feed_changed', because: 'hash' });
				}
				const { rows } = await session.query<{ position: number; receivedAt: string; text: string; hash: string }>(
					`SELECT feed.position, entries.received_at AS "receivedAt", entries.body AS text, feed.hash
					FROM feed JOIN entries ON entries.id = feed.entry_id
					WHERE feed.institution_id = $1 AND feed.position > $2
					ORDER BY feed.position LIMIT $3`,
					[institutionId, from, limit]
				);
				const last = rows.at(-1);
				return ok({
					entries: rows.map(({ position, receivedAt, text }) => ({ position, receivedAt, text })),
					next: last ? cursorAt(last.position, last.hash) : after,
					more: (last?.position ?? from) < head.position,
					head: head.position
				});
			},
			// One picture of the feed for head, hash and page.
			{ isolation: 'repeatable read', readOnly: true }
		);
	}

	async head(institutionId: InstitutionId): Promise<FeedHead> {
		return this.#database.inScope({ kind: 'institution', institutionId }, (session) => headOf(session, institutionId));
	}

	async #staffKeys(sender: Sender): Promise<ReadonlyMap<StaffId, readonly StaffKey[]>> {
		const scope = { kind: 'institution', institutionId: sender.institutionId } as const;
		const { rows } = await this.#database.inScope(scope, (session) =>
			session.query<{ staffId: StaffId; publicKey: string; removedAt: string | null; role: Role }>(
				`SELECT staff_id AS "staffId", public_key AS "publicKey", removed_at AS "removedAt", users.role
				FROM staff_keys JOIN users ON users.id = staff_keys.staff_id WHERE device_id = $1`,
				[sender.deviceId]
			)
		);
		const keys = new Map<StaffId, StaffKey[]>();
		for (const { staffId, publicKey, removedAt, role } of rows) {
			keys.set(staffId, [...(keys.get(staffId) ?? []), { publicKey, removedAt: removedAt ?? undefined, role }]);
		}
		return keys;
	}

	/** Runs the work again when another push wrote the same id or sequence number between our look and our write. */
	async #stored<T>(work: (session: Session) => Promise<T>): Promise<T> {
		for (let attempt = 1; ; attempt++) {
			try {
				return await this.#database.inScope({ kind: 'registry' }, work);
			} catch (error) {
				if (attempt === 3 || sqlState(error) !== '23505') throw error;
			}
		}
	}
}

async function isSigned({ candidate, keys }: Claimed): Promise<boolean> {
	const text = signedTextOf(candidate);
	for (const key of keys) {
		if (await verifySignature(key.publicKey, text, candidate.parsed.entry.signature)) return true;
	}
	return false;
}

async function appendIn(
	session: Session,
	sender: Sender,
	items: readonly unknown[],
	candidates: readonly Candidate[],
	unreadable: readonly SetAside[],
	receivedAt: string,
	also: (caseFile: CaseFile) => Promise<void>
): Promise<readonly Receipt[]> {
	const childIds = [...new Set(candidates.map(({ parsed }) => parsed.entry.childId))].sort();
	await session.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`tablet ${sender.deviceId}`]);
	await lockCases(session, childIds, candidates);
	const decided = receive(candidates, receivedAt, await lookUp(session, candidates, childIds));
	await store(session, decided);
	for (const caseFile of decided.caseFiles.values()) await also(caseFile);
	const aside = [...unreadable, ...decided.outcomes.filter((outcome) => outcome.outcome === 'quarantined')];
	const readable = new Map(candidates.map(({ index, parsed, text }) => [index, { parsed, text }]));
	const kept = await setAside(session, sender, items, aside, readable, receivedAt);
	// Told once for each text: a push that is repeated tells nothing new.
	const news = decided.equivocations.filter(
		({ id }, nth, all) => kept.has(id) && all.findIndex((other) => other.id === id) === nth
	);
	if (news.length > 0) await tellOfEquivocation(session, sender, news, receivedAt);

	const receipts: Receipt[] = [];
	for (const each of aside) receipts[each.index] = receiptOf(each);
	const stored = decided.outcomes.filter((outcome) => outcome.outcome !== 'quarantined');
	const places = await placesOf(
		session,
		sender.institutionId,
		stored.map(({ id }) => id)
	);
	for (const { outcome, index, id } of stored) {
		const place = places.get(id);
		if (!place) throw new Error(`entry ${id} is in no feed of its own house`);
		receipts[index] = { outcome, id, ...place };
	}
	return receipts;
}

function receiptOf({ index, id, reason }: SetAside): Receipt {
	return { outcome: 'quarantined', ...(id === undefined ? {} : { id }), index, reason };
}

/** Stores what was decided. Used by pushes and by the desk's decisions alike. */
export async function store(session: Session, decided: Decided): Promise<void> {
	if (decided.accepted.length === 0) return;
	await insertEntries(session, decided.accepted);
	if (decided.grants.length > 0) {
		await session.query(
			`INSERT INTO child_houses (child_id, institution_id, number, because)
			SELECT g.child_id, g.institution_id, (SELECT count(*) FROM child_houses h WHERE h.child_id = g.child_id)
				+ row_number() OVER (PARTITION BY g.child_id ORDER BY g.nth), g.because
			FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) WITH ORDINALITY AS g (child_id, institution_id, because, nth)`,
			columns(decided.grants, (grant) => [grant.childId, grant.institutionId, grant.because])
		);
	}
	await session.query(
		`UPDATE cases SET entry_count = entry_count + added.count
		FROM (SELECT child_id, count(*) AS count FROM unnest($1::uuid[]) AS a (child_id) GROUP BY child_id) AS added
		WHERE cases.child_id = added.child_id`,
		columns(decided.accepted, ({ parsed }) => [parsed.entry.childId])
	);
	await insertPhotoUses(session, decided.accepted);
	await writeRows(session, decided);
	await deliver(session, decided.deliveries);
}

/**
 * Locks the cases of these children, known or not yet, until the transaction ends, and with them every file that is or will be
 * one child with one of them.
 *
 * Which files those are must not change between looking and locking: who merges or parts files keeps all others out for the
 * moment, by an advisory lock that everybody else shares.
 *
 * @param entries what is about to be written
 */
export async function lockCases(
	session: Session,
	childIds: readonly ChildId[],
	entries: readonly { readonly parsed: ParsedEntry }[] = []
): Promise<void> {
	if (childIds.length === 0) return;
	const merging = entries.some(({ parsed: { entry } }) => mergingTypes.has(entry.type));
	await session.query(`SELECT pg_advisory_xact_lock${merging ? '' : '_shared'}($1)`, [mergingLock]);
	await session.query(
		`INSERT INTO cases (child_id) SELECT child_id FROM unnest($1::uuid[]) AS c (child_id) ORDER BY child_id
		ON CONFLICT (child_id) DO NOTHING`,
		[childIds]
	);
	const others = await filesAround(session, childIds, filesNamed(entries));
	await session.query('SELECT child_id FROM cases WHERE child_id = ANY ($1::uuid[]) ORDER BY child_id FOR UPDATE', [
		[...childIds, ...others].sort()
	]);
}

const mergingTypes: ReadonlySet<string> = new Set<EntryType>(['child.merged', 'child.parted']);
/** Any number that nothing else locks: the digits of "merge" on a telephone. */
const mergingLock = 63_743;

/** What the registry has, for these candidates. Call with the cases locked. */
export async function lookUp(
	session: Session,
	candidates: readonly { readonly parsed: ParsedEntry }[],
	childIds: readonly ChildId[]
): Promise<Before> {
	const others = await filesAround(session, childIds, filesNamed(candidates));
	const children = await childrenBefore(session, [...childIds, ...others]);
	const possible = [...candidates, ...[...children.values()].flatMap((child) => child.waiting)];
	if (possible.length === 0)
		return { textOf: () => undefined, links: () => [], child: () => undefined, others, sha256: sha256Hex };
	const ids = possible.map(({ parsed }) => parsed.entry.id);
	const { rows: known } = await session.query<{ id: EntryId; body: string }>(
		'SELECT id, body FROM entries WHERE id = ANY ($1::uuid[])',
		[ids]
	);
	const texts = new Map(known.map(({ id, body }) => [id, body]));
	const links = await linksAround(session, possible);
	return {
		textOf: (id) => texts.get(id),
		links: (deviceId, deviceSeq) => links.get(`${deviceId} ${deviceSeq}`) ?? [],
		child: (childId) => children.get(childId),
		others,
		sha256: sha256Hex
	};
}

/**
 * The links at the numbers of these entries and at the numbers beside them. Of an accepted one after an entry the text is
 * read for what it names; a push of new entries finds one or none.
 */
async function linksAround(
	session: Session,
	entries: readonly { readonly parsed: ParsedEntry }[]
): Promise<ReadonlyMap<string, readonly Link[]>> {
	const numbers = new Map<string, { deviceId: DeviceId; deviceSeq: number; after: boolean }>();
	const ask = (deviceId: DeviceId, deviceSeq: number, after: boolean) => {
		const key = `${deviceId} ${deviceSeq}`;
		numbers.set(key, { deviceId, deviceSeq, after: after || (numbers.get(key)?.after ?? false) });
	};
	for (const { parsed } of entries) {
		const { deviceId, deviceSeq } = parsed.entry;
		ask(deviceId, deviceSeq - 1, false);
		ask(deviceId, deviceSeq, false);
		ask(deviceId, deviceSeq + 1, true);
	}
	const { rows } = await session.query<{
		id: EntryId;
		deviceId: DeviceId;
		deviceSeq: number;
		hash: Sha256;
		body: string | null;
		previous: Sha256 | null;
		accepted: boolean;
	}>(
		`SELECT entries.id, entries.device_id AS "deviceId", entries.device_seq AS "deviceSeq", entries.body_hash AS hash,
			CASE WHEN asked.after THEN entries.body END AS body, NULL AS previous, true AS accepted
		FROM unnest($1::uuid[], $2::bigint[], $3::boolean[]) AS asked (device_id, device_seq, after)
			JOIN entries ON entries.device_id = asked.device_id AND entries.device_seq = asked.device_seq
		UNION ALL
		SELECT quarantine.entry_id, quarantine.device_id, quarantine.device_seq, quarantine.text_hash, NULL,
			quarantine.previous, false
		FROM unnest($1::uuid[], $2::bigint[]) AS asked (device_id, device_seq)
			JOIN quarantine ON quarantine.device_id = asked.device_id AND quarantine.device_seq = asked.device_seq
		WHERE quarantine.reason_type = ANY ($4::text[])`,
		[
			...columns([...numbers.values()], ({ deviceId, deviceSeq, after }) => [deviceId, deviceSeq, after]),
			[...keepsItsPlace]
		]
	);
	const links = new Map<string, Link[]>();
	for (const { id, deviceId, deviceSeq, hash, body, previous, accepted } of rows) {
		const key = `${deviceId} ${deviceSeq}`;
		const link = { id, hash, previous: body === null ? previous : previousIn(body), accepted };
		links.set(key, [...(links.get(key) ?? []), link]);
	}
	return links;
}

interface ChildLookup {
	readonly grants: InstitutionId[];
	readonly entries: ParsedEntry[];
	readonly delivered: Map<EntryId, Set<InstitutionId>>;
	readonly waiting: Waiting[];
}

async function childrenBefore(
	session: Session,
	childIds: readonly ChildId[]
): Promise<ReadonlyMap<ChildId, ChildBefore>> {
	const children = new Map<ChildId, ChildLookup>();
	for (const childId of childIds) children.set(childId, { grants: [], entries: [], delivered: new Map(), waiting: [] });
	const { rows: houses } = await session.query<{ childId: ChildId; institutionId: InstitutionId }>(
		`SELECT child_id AS "childId", institution_id AS "institutionId" FROM child_houses
		WHERE child_id = ANY ($1::uuid[]) ORDER BY child_id, number`,
		[childIds]
	);
	for (const { childId, institutionId } of houses) children.get(childId)?.grants.push(institutionId);
	if (houses.length === 0) return children;

	const { rows: entries } = await session.query<{
		childId: ChildId;
		id: EntryId;
		body: string;
		houses: InstitutionId[];
	}>(
		`SELECT entries.child_id AS "childId", entries.id, entries.body,
			ARRAY(SELECT feed.institution_id::text FROM feed WHERE feed.entry_id = entries.id) AS houses
		FROM entries WHERE entries.child_id = ANY ($1::uuid[]) ORDER BY entries.received_at, entries.id`,
		[childIds]
	);
	for (const { childId, id, body, houses } of entries) {
		const child = children.get(childId);
		child?.entries.push(storedEntry(body));
		child?.delivered.set(id, new Set(houses));
	}
	const { rows: waiting } = await session.query<{ childId: ChildId; body: string; receivedAt: string }>(
		`SELECT child_id AS "childId", body, received_at AS "receivedAt" FROM quarantine
		WHERE child_id = ANY ($1::uuid[]) AND reason_type = 'child_elsewhere'
			AND NOT EXISTS (SELECT FROM entries WHERE entries.id = quarantine.entry_id)
		ORDER BY quarantine.id`,
		[childIds]
	);
	for (const { childId, body, receivedAt } of waiting) {
		// Kept as it came; what is signed and hashed is the canonical spelling.
		const text = canonicalJson(JSON.parse(body) as Json);
		children.get(childId)?.waiting.push({ parsed: storedEntry(text), text, receivedAt });
	}
	return children;
}

/** An entry out of the log. @throws when the log holds what is no entry: only somebody with the owner's rights can do that */
export function storedEntry(body: string): ParsedEntry {
	const parsed = parseEntry(JSON.parse(body), body.length);
	if (!parsed.ok) throw new Error(`the log holds what is no entry: ${JSON.stringify(parsed.error)}`);
	return parsed.value;
}

async function insertEntries(session: Session, accepted: readonly Accepted[]): Promise<void> {
	await session.query(
		`INSERT INTO entries (id, child_id, institution_id, staff_id, device_id, device_seq, type, version, occurred_on, body,
			body_hash, received_at)
		SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[], $7::text[],
			$8::integer[], $9::date[], $10::text[], $11::text[], $12::timestamptz[])`,
		columns(accepted, ({ parsed: { entry }, text, receivedAt }) => [
			entry.id,
			entry.childId,
			entry.institutionId,
			entry.staffId,
			entry.deviceId,
			entry.deviceSeq,
			entry.type,
			entry.version,
			entry.occurredOn,
			text,
			sha256Hex(text),
			receivedAt
		])
	);
}

async function insertPhotoUses(session: Session, accepted: readonly Accepted[]): Promise<void> {
	const uses = accepted.flatMap(({ parsed }) =>
		parsed.known && parsed.entry.type === 'photo.added'
			? [{ entryId: parsed.entry.id, childId: parsed.entry.childId, sha256: parsed.entry.payload.photo.sha256 }]
			: []
	);
	if (uses.length === 0) return;
	await session.query(
		`INSERT INTO photo_uses (entry_id, sha256, child_id)
		SELECT entry_id, sha256, child_id FROM unnest($1::uuid[], $2::text[], $3::uuid[]) AS u (entry_id, sha256, child_id)`,
		columns(uses, (use) => [use.entryId, use.sha256, use.childId])
	);
}

async function writeRows(session: Session, { caseFiles, readers }: Decided): Promise<void> {
	const cases = [...caseFiles].flatMap(([childId, caseFile]) => {
		const reader = readers.get(childId);
		return reader ? [{ caseFile, ...reader }] : [];
	});
	await writeChildRows(session, cases, await rowRules(session));
}

/** Adds to the feeds, position by position, each under the lock of its head. */
async function deliver(session: Session, deliveries: readonly Delivery[]): Promise<void> {
	const houses = [...new Set(deliveries.map(({ institutionId }) => institutionId))].sort();
	const { rows: bodies } = await session.query<{ id: EntryId; hash: string; receivedAt: string }>(
		'SELECT id, body_hash AS hash, received_at AS "receivedAt" FROM entries WHERE id = ANY ($1::uuid[])',
		[[...new Set(deliveries.map(({ entryId }) => entryId))]]
	);
	const entries = new Map(bodies.map((body) => [body.id, body]));
	const heads = await lockHeads(session, houses);
	const added = deliveries.map(({ institutionId, entryId }) => {
		const head = heads.get(institutionId);
		const entry = entries.get(entryId);
		if (!head || !entry) throw new Error(`entry ${entryId} or the feed of ${institutionId} is missing`);
		head.position += 1;
		head.hash = chainHash(head.hash, head.position, entry.receivedAt, entry.hash, sha256Hex);
		return { institutionId, position: head.position, entryId, hash: head.hash };
	});
	await session.query(
		`INSERT INTO feed (institution_id, position, entry_id, hash)
		SELECT institution_id, position, entry_id, hash
		FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[]) AS f (institution_id, position, entry_id, hash)`,
		columns(added, (row) => [row.institutionId, row.position, row.entryId, row.hash])
	);
	await session.query(
		`UPDATE feed_heads SET position = head.position, hash = head.hash
		FROM unnest($1::uuid[], $2::bigint[], $3::text[]) AS head (institution_id, position, hash)
		WHERE feed_heads.institution_id = head.institution_id`,
		columns([...heads], ([institutionId, head]) => [institutionId, head.position, head.hash])
	);
}

async function lockHeads(
	session: Session,
	houses: readonly InstitutionId[]
): Promise<Map<InstitutionId, { position: number; hash: string }>> {
	await session.query(
		`INSERT INTO feed_heads (institution_id, hash)
		SELECT institution_id, hash FROM unnest($1::uuid[], $2::text[]) AS h (institution_id, hash) ORDER BY institution_id
		ON CONFLICT (institution_id) DO NOTHING`,
		columns(houses, (house) => [house, chainStart(house, sha256Hex)])
	);
	const { rows } = await session.query<{ institutionId: InstitutionId; position: number; hash: string }>(
		`SELECT institution_id AS "institutionId", position, hash FROM feed_heads
		WHERE institution_id = ANY ($1::uuid[]) ORDER BY institution_id FOR UPDATE`,
		[houses]
	);
	return new Map(rows.map(({ institutionId, position, hash }) => [institutionId, { position, hash }]));
}

/** An item that is an entry: what of it its place in its tablet's chain is. */
type Readable = Pick<Candidate, 'parsed' | 'text'>;

/** @returns the ids of the entries that were not kept for their reason before */
async function setAside(
	session: Session,
	sender: Sender,
	items: readonly unknown[],
	aside: readonly SetAside[],
	readable: ReadonlyMap<number, Readable>,
	receivedAt: string
): Promise<ReadonlySet<EntryId>> {
	if (aside.length === 0) return new Set();
	const { rows } = await session.query<{ id: EntryId | null }>(
		`INSERT INTO quarantine (institution_id, device_id, entry_id, child_id, device_seq, text_hash, previous, reason_type, reason,
			body, body_hash, received_at)
		SELECT $1, $2, entry_id, child_id, device_seq, text_hash, previous, reason ->> 'type', reason, body, body_hash, $3
		FROM unnest($4::uuid[], $5::uuid[], $6::bigint[], $7::text[], $8::text[], $9::jsonb[], $10::text[], $11::text[])
			AS q (entry_id, child_id, device_seq, text_hash, previous, reason, body, body_hash)
		ON CONFLICT (device_id, body_hash, reason_type) DO NOTHING RETURNING entry_id AS id`,
		[
			sender.institutionId,
			sender.deviceId,
			receivedAt,
			...columns(aside, ({ index, id, reason }) => {
				const body = rawText(items[index]);
				const read = readable.get(index);
				// Of another tablet's entry the number says nothing about this one's chain.
				const own = read?.parsed.entry.deviceId === sender.deviceId ? read : undefined;
				return [
					id ?? null,
					read?.parsed.entry.childId ?? null,
					own?.parsed.entry.deviceSeq ?? null,
					own ? sha256Hex(own.text) : null,
					own?.parsed.entry.previous ?? null,
					JSON.stringify(storable(reason)),
					body,
					sha256Hex(body)
				];
			})
		]
	);
	return new Set(rows.flatMap(({ id }) => (id === null ? [] : [id])));
}

interface Place {
	readonly position: number;
	readonly receivedAt: string;
	readonly receipt: string;
}

/** Where entries stand in a house's feed. */
export async function placesOf(
	session: Session,
	institutionId: InstitutionId,
	ids: readonly EntryId[]
): Promise<ReadonlyMap<EntryId, Place>> {
	if (ids.length === 0) return new Map();
	const { rows } = await session.query<{ id: EntryId; position: number; receivedAt: string; hash: string }>(
		`SELECT feed.entry_id AS id, feed.position, entries.received_at AS "receivedAt", feed.hash
		FROM feed JOIN entries ON entries.id = feed.entry_id
		WHERE feed.institution_id = $1 AND feed.entry_id = ANY ($2::uuid[])`,
		[institutionId, ids]
	);
	return new Map(
		rows.map(({ id, position, receivedAt, hash }) => [id, { position, receivedAt, receipt: receiptCode(hash) }])
	);
}

async function headOf(session: Session, institutionId: InstitutionId): Promise<FeedHead> {
	const { rows } = await session.query<FeedHead>('SELECT position, hash FROM feed_heads WHERE institution_id = $1', [
		institutionId
	]);
	return rows[0] ?? { position: 0, hash: chainStart(institutionId, sha256Hex) };
}

async function hashAt(session: Session, institutionId: InstitutionId, position: number): Promise<string | undefined> {
	const { rows } = await session.query<{ hash: string }>(
		'SELECT hash FROM feed WHERE institution_id = $1 AND position = $2',
		[institutionId, position]
	);
	return rows[0]?.hash;
}

/** Rows, at least one, turned into one array per column, as unnest takes them. */
function columns<T>(rows: readonly T[], row: (item: T) => readonly unknown[]): unknown[][] {
	const turned: unknown[][] = [];
	for (const item of rows) for (const [index, value] of row(item).entries()) (turned[index] ??= []).push(value);
	return turned;
}
