import { looseSchema, type Loose } from '#lib/domain/loose/loose.ts';
import { itemIdSchema, uuidV7, type ChildId, type InstitutionId, type ItemId, type Sha256 } from '#lib/domain/ids.ts';
import type { Answers } from '#lib/domain/intake/fields.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { addDays, addYears, fromParts } from '#lib/domain/time.ts';
import { loose as words } from '#lib/messages/loose.ts';
import { translator } from '#lib/messages/message.ts';
import { writeAudit } from '../audit/audit.ts';
import type { SignedInUser } from '../auth/sessions.ts';
import { sqlState, type ProgramDatabase, type Session } from '../db/connection.ts';
import type { DeskFact, PostgresDecisionLog } from '../entry-log/decision-log.ts';
import { closeItems } from '../inbox/inbox.ts';

/*
 * What registry officers do with loose records: read one (logged), give the child to a house, or set the record aside with a
 * reason. Everything here runs in the registry's scope; the tables show nothing to any other.
 */

/** One line of the list: nothing of the child. */
export interface LooseLine {
	readonly id: string;
	readonly receivedAt: string;
	readonly receipt: string;
	readonly photos: number;
	/** Of the tablet that sent it, where one did. */
	readonly houseName: string | null;
	readonly decision: LooseDecision | null;
}

export type LooseDecision =
	| {
			readonly kind: 'attributed';
			readonly houseName: string;
			readonly childId: ChildId;
			readonly by: string;
			readonly at: string;
	  }
	| { readonly kind: 'set_aside'; readonly reason: string; readonly by: string; readonly at: string };

export interface LooseRecord extends LooseLine {
	readonly loose: Loose;
	readonly photoNames: readonly Sha256[];
	/** Pictures that could not be kept as pictures; what came is kept whole. */
	readonly photosRefused: number;
}

interface StoredLoose {
	readonly id: string;
	readonly body: string;
	readonly receivedAt: string;
	readonly receipt: string;
	readonly photoNames: Sha256[];
	readonly photosRefused: number;
	readonly houseName: string | null;
	readonly kind: 'attributed' | 'set_aside' | null;
	readonly givenTo: string | null;
	readonly childId: ChildId | null;
	readonly reason: string | null;
	readonly by: string | null;
	readonly at: string | null;
}

const selected = `SELECT loose_records.id, loose_records.body, loose_records.received_at AS "receivedAt", loose_records.receipt,
		loose_records.photos AS "photoNames", loose_records.photos_refused AS "photosRefused", senders.name AS "houseName",
		d.kind, houses.name AS "givenTo", d.child_id AS "childId", d.reason, users.name AS by, d.decided_at AS at
	FROM loose_records
		LEFT JOIN loose_decisions d ON d.record_id = loose_records.id
		LEFT JOIN institutions senders ON senders.id = loose_records.institution_id
		LEFT JOIN institutions houses ON houses.id = d.house_id
		LEFT JOIN users ON users.id = d.decided_by`;

/** Those that wait first, oldest first; then the decided ones, newest first. */
export async function listLoose(session: Session, limit: number): Promise<readonly LooseLine[]> {
	const { rows } = await session.query<StoredLoose>(
		`${selected} ORDER BY d.record_id IS NOT NULL,
			CASE WHEN d.record_id IS NULL THEN loose_records.received_at END, loose_records.received_at DESC LIMIT $1`,
		[limit]
	);
	return rows.map(lineOf);
}

/** Opens one; who read it is written down. Undefined when there is none. */
export async function openLoose(
	session: Session,
	user: Pick<SignedInUser, 'id' | 'institutionId'>,
	id: string
): Promise<LooseRecord | undefined> {
	const found = await looseById(session, id);
	if (!found) return undefined;
	await writeAudit(session, {
		institutionId: user.institutionId,
		userId: user.id,
		action: 'loose.viewed',
		details: { record: id }
	});
	return found;
}

export interface LooseDesk {
	readonly database: ProgramDatabase;
	readonly log: PostgresDecisionLog;
	readonly now: () => Date;
	readonly random: (bytes: number) => Uint8Array;
}

export type LooseFault =
	| { readonly type: 'record_unknown' }
	| { readonly type: 'decided_already' }
	| { readonly type: 'house_unknown' }
	/** Only the registry's own officers have a desk that may begin such a file. */
	| { readonly type: 'not_yours' };

/**
 * Makes a child's file of a loose record and hands it to a house: entries of the registry's desk, the last of them a hand-over
 * that the house confirms on its tablet as it does any other. What the writer said is kept as a note, its day and place
 * included: no date that the law counts from is taken from somebody whom nobody proved.
 */
export async function attributeLoose(
	desk: LooseDesk,
	user: Pick<SignedInUser, 'id' | 'institutionId' | 'role'>,
	id: string,
	houseId: InstitutionId
): Promise<Result<ChildId, LooseFault>> {
	if (user.role !== 'registry_officer') return err({ type: 'not_yours' });
	const ground = await desk.database.inScope({ kind: 'registry' }, async (session) => {
		const record = await looseById(session, id);
		const { rows } = await session.query(
			`SELECT 1 FROM institutions WHERE id = $1 AND kind IN ('rescue_station', 'welfare_institution')`,
			[houseId]
		);
		const photos = record ? await photosOf(session, record.photoNames) : [];
		return { record, houseKnown: rows.length > 0, photos };
	});
	const { record, houseKnown, photos } = ground;
	if (!record) return err({ type: 'record_unknown' });
	if (record.decision) return err({ type: 'decided_already' });
	if (!houseKnown) return err({ type: 'house_unknown' });
	const now = desk.now();
	const newId = () => uuidV7(now.getTime(), desk.random(10));
	const childId = newId() as ChildId;
	const item = (): ItemId => itemIdSchema.parse(newId());
	const facts = factsOf(record.loose, { childId, houseId, photos, item });
	try {
		await desk.log.record(user, facts, async (session) => {
			await decide(session, user, { id, kind: 'attributed', houseId, childId }, now);
		});
	} catch (error) {
		// Another officer was first, between our look and our write.
		if (sqlState(error) === '23505') return err({ type: 'decided_already' });
		throw error;
	}
	return ok(childId);
}

/** The most a reason may say, characters. */
export const looseReasonMaximum = 1000;

/** Sets a record aside: a double, a mistake, nonsense. It stays readable, with the reason. */
export async function setLooseAside(
	desk: Pick<LooseDesk, 'database' | 'now'>,
	user: Pick<SignedInUser, 'id' | 'institutionId' | 'role'>,
	id: string,
	reason: string
): Promise<Result<void, LooseFault>> {
	if (user.role !== 'registry_officer') return err({ type: 'not_yours' });
	return desk.database.inScope({ kind: 'registry' }, async (session): Promise<Result<void, LooseFault>> => {
		const record = await looseById(session, id);
		if (!record) return err({ type: 'record_unknown' });
		if (record.decision) return err({ type: 'decided_already' });
		await decide(session, user, { id, kind: 'set_aside', reason }, desk.now());
		return ok(undefined);
	});
}

type Decision =
	| { readonly id: string; readonly kind: 'attributed'; readonly houseId: InstitutionId; readonly childId: ChildId }
	| { readonly id: string; readonly kind: 'set_aside'; readonly reason: string };

async function decide(
	session: Session,
	user: Pick<SignedInUser, 'id' | 'institutionId'>,
	decision: Decision,
	now: Date
): Promise<void> {
	const given = decision.kind === 'attributed' ? decision : undefined;
	await session.query(
		`INSERT INTO loose_decisions (record_id, kind, house_id, child_id, reason, decided_by, decided_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		[
			decision.id,
			decision.kind,
			given?.houseId ?? null,
			given?.childId ?? null,
			decision.kind === 'set_aside' ? decision.reason : null,
			user.id,
			now.toISOString()
		]
	);
	await writeAudit(session, {
		institutionId: user.institutionId,
		userId: user.id,
		action: decision.kind === 'attributed' ? 'loose.attributed' : 'loose.set_aside',
		...(given && { childId: given.childId }),
		details: { record: decision.id, ...(given && { house: given.houseId }) }
	});
	await closeItems(session, { code: 'loose_record_came', refs: { ref: decision.id } });
}

interface KeptPhoto {
	readonly sha256: Sha256;
	readonly bytes: number;
	readonly width: number;
	readonly height: number;
}

function factsOf(
	loose: Loose,
	{
		childId,
		houseId,
		photos,
		item
	}: { childId: ChildId; houseId: InstitutionId; photos: readonly KeptPhoto[]; item: () => ItemId }
): readonly DeskFact[] {
	const common = { childId, replaces: [], occurredOn: loose.found.on } as const;
	return [
		{ ...common, type: 'intake.recorded', payload: { answers: answersOf(loose) } },
		{ ...common, type: 'care.recorded', payload: { itemId: item(), care: { kind: 'daily', note: noteOf(loose) } } },
		...photos.map((photo): DeskFact => ({
			...common,
			type: 'photo.added',
			payload: { itemId: item(), photo: { ...photo, view: 'now', mediaType: 'image/jpeg', publishable: false } }
		})),
		{ ...common, type: 'handover.sent', payload: { itemId: item(), handover: { to: houseId } } }
	];
}

function answersOf({ child = {}, found, marks }: Loose): Answers {
	const { name, sex } = child;
	const birth = birthOf(child, found.on);
	return {
		...(name !== undefined && { nameCalled: { state: 'known', value: name } }),
		...(sex !== undefined && { sex: { state: 'known', value: sex } }),
		...(birth && {
			birth: { state: 'known', value: { precision: 'range', ...birth } },
			birthMethod: { state: 'known', value: 'staff' }
		}),
		...(marks !== undefined && { features: { state: 'known', value: marks } })
	};
}

/** The days between which a child of this age, or of this year, was born. */
function birthOf({ age, birthYear }: NonNullable<Loose['child']>, on: Loose['found']['on']) {
	if (birthYear !== undefined) return { earliest: fromParts(birthYear, 1, 1), latest: fromParts(birthYear, 12, 31) };
	if (age === undefined) return undefined;
	return { earliest: addDays(addYears(on, -age - 1), 1), latest: addYears(on, -age) };
}

/** As much as a note of care holds. */
const noteMaximum = 4000;

/** Files are in Chinese, whoever reads this page. */
function noteOf({ who, found, circumstances }: Loose): string {
	const t = translator('zh-CN');
	const head = t(words.note, { name: who.name, phone: who.phone, house: who.house });
	const where = t(words.noteFound, { day: found.on, time: found.time ?? '', place: found.where });
	return [head, where, circumstances ?? ''].join('\n').trim().slice(0, noteMaximum);
}

async function photosOf(session: Session, names: readonly Sha256[]): Promise<readonly KeptPhoto[]> {
	const { rows } = await session.query<KeptPhoto>(
		`SELECT sha256, bytes, width, height FROM photos WHERE sha256 = ANY ($1::text[]) AND status = 'stored'
		ORDER BY array_position($1::text[], sha256)`,
		[names]
	);
	return rows;
}

async function looseById(session: Session, id: string): Promise<LooseRecord | undefined> {
	const { rows } = await session.query<StoredLoose>(`${selected} WHERE loose_records.id = $1`, [id]);
	const row = rows[0];
	if (!row) return undefined;
	return {
		...lineOf(row),
		loose: looseSchema.parse(JSON.parse(row.body)),
		photoNames: row.photoNames,
		photosRefused: row.photosRefused
	};
}

function lineOf({ id, receivedAt, receipt, photoNames, houseName, ...row }: StoredLoose): LooseLine {
	return { id, receivedAt, receipt, photos: photoNames.length, houseName, decision: decisionOf(row) };
}

function decisionOf({
	kind,
	givenTo,
	childId,
	reason,
	by,
	at
}: Pick<StoredLoose, 'kind' | 'givenTo' | 'childId' | 'reason' | 'by' | 'at'>): LooseDecision | null {
	if (kind === null || at === null) return null;
	if (kind === 'set_aside') return { kind, reason: reason ?? '', by: by ?? '', at };
	return childId === null ? null : { kind, houseName: givenTo ?? '', childId, by: by ?? '', at };
}
