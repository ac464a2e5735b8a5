import { z } from 'zod';
import type { QuarantineReason, Receipt } from '#lib/sync/protocol.ts';
import { PROTOCOL_VERSION, pushEntriesMaximum } from '#lib/sync/protocol.ts';
import { deviceIdSchema, type DeviceId } from '#lib/domain/ids.ts';
import { looseContentSchema } from '#lib/domain/loose/loose.ts';
import { rawText } from '#lib/sync/raw-text.ts';
import {
	sealedBytesMaximum,
	sealedEntriesSchema,
	sealedPhotoHeadSchema,
	sealedRecordsMaximum,
	sealedRecordSchema,
	unframePhoto,
	type SealedOutcome,
	type SealedPhotoHead,
	type SealedRecord
} from '#lib/sync/sealed.ts';
import { looseLimit } from '../auth/rate-limit.ts';
import { sha256Hex } from '../entry-log/signatures.ts';
import { keepLoose, looseIdOf } from '../loose/receive-loose.ts';
import { ExaminationFailed } from '../photos/examine.ts';
import type { PhotoDoor } from '../photos/routes.ts';
import { answerHead, jsonAnswer, orderTo } from './answers.ts';
import { noteContact, type KnownDevice } from './device-request.ts';
import type { SealedProblem } from './sealed-problem.ts';
import { signedMessage, type SignedMessage } from './signed-message.ts';
import { Unsealer } from './unseal.ts';

/*
 * `POST /api/sync/sealed`: the records of a tablet's journal, which nobody at the tablet had to unlock. Each is judged by
 * itself; what is in it goes the ordinary road, entries that of a push, photos that of an upload.
 *
 *   record ── opened ── read ──┬─► entries ──► the log (of a closed tablet: set aside)
 *                 │            ├─► photo ────► examined, stored or refused
 *                 │            └─► loose ────► the officers' list
 *                 └─► kept aside as it came, with the reason; never dropped
 */

/** As `sealedRequestSchema`, but each record is judged by itself: one that is none does not hold up the others. */
const messageSchema = z.strictObject({
	protocol: z.literal(PROTOCOL_VERSION),
	deviceId: deviceIdSchema,
	records: z.array(z.unknown()).max(sealedRecordsMaximum)
});

type Content =
	| { readonly kind: 'entries'; readonly items: readonly unknown[] }
	| { readonly kind: 'photo'; readonly head: SealedPhotoHead; readonly bytes: Uint8Array<ArrayBuffer> }
	| { readonly kind: 'loose'; readonly content: z.infer<typeof looseContentSchema> };

interface Opened {
	readonly number: number;
	readonly content: Content;
}

interface Aside {
	readonly number: number | null;
	readonly problem: SealedProblem;
	readonly body: string;
}

/** `POST /api/sync/sealed`. */
export async function sealed(door: PhotoDoor, request: Request): Promise<Response> {
	const read = await signedMessage(door, request, {
		schema: messageSchema,
		bytes: sealedBytesMaximum,
		list: 'records',
		listMaximum: sealedRecordsMaximum,
		closedToo: true
	});
	if (!read.ok) return read.error;
	const { sender, closed, message } = read.value;
	// The epoch before the entries: if the database is put back in between, the receipts count for the old one.
	const head = await answerHead(door);
	const outcomes = await takeSealed(door, { ...read.value, heard: true }, message.records);
	const answer = { ...head, durable: door.durable, outcomes, ...(closed && (await orderTo(door, sender))) };
	return jsonAnswer(request, head, JSON.stringify(answer));
}

/** From which tablet records come, or are said to; whether a supervisor has closed it; the registry's clock. */
export interface SealedFrom extends Pick<SignedMessage<unknown>, 'sender' | 'closed' | 'now'> {
	/** The tablet itself spoke, and signed. False of a file: anybody can make one in any tablet's name. */
	readonly heard: boolean;
}

/**
 * Opens records and takes what is in them, each by itself. What got no outcome is to be sent again.
 *
 * @param records as they came; at most `sealedRecordsMaximum`
 */
export async function takeSealed(
	door: PhotoDoor,
	from: SealedFrom,
	records: readonly unknown[]
): Promise<readonly SealedOutcome[]> {
	const { sender, now } = from;
	const { opened, aside } = await openedRecords(door, { deviceId: sender.deviceId, records });
	const outcomes = new Map<number, SealedOutcome>();
	for (const { number, problem } of aside)
		if (number !== null) outcomes.set(number, { number, outcome: 'unreadable', problem });

	const saves = opened.flatMap(({ number, content }) => (content.kind === 'entries' ? [{ number, ...content }] : []));
	for (const [number, receipts] of await takenEntries(door, from, saves))
		outcomes.set(number, { number, outcome: 'taken', receipts: [...receipts] });
	for (const { number, content } of opened) {
		if (content.kind === 'photo') {
			const state = await takenPhoto(door, sender, content, now);
			if (state === 'mismatch') {
				const body = rawText(records.find((record) => numberOf(record) === number));
				aside.push({ number, problem: 'sha256_wrong', body });
				outcomes.set(number, { number, outcome: 'unreadable', problem: 'sha256_wrong' });
			}
			// Without an outcome the record is sent again: the machine was too slow for this picture just now.
			else if (state !== 'busy') outcomes.set(number, { number, outcome: 'taken', photo: state });
		} else if (content.kind === 'loose') {
			// Counted as those that come without an account: a tablet's key lies on its disk, and proves no more than a network does.
			// Over the limit a record gets no outcome, and comes again.
			if (await looseLimit.tried([`tablet ${sender.deviceId}`])) continue;
			const id = looseIdOf(sender.deviceId, number);
			const kept = await keepLoose(door, { id, content: content.content, from: sender }, now);
			if (kept === 'id_taken') {
				const body = rawText(records.find((record) => numberOf(record) === number));
				aside.push({ number, problem: 'number_taken', body });
				outcomes.set(number, { number, outcome: 'unreadable', problem: 'number_taken' });
			} else if (kept !== 'busy') outcomes.set(number, { number, outcome: 'taken', receipts: [] });
		}
	}
	await keepAside(door, sender, aside, now);
	if (from.heard) {
		const lastSequence = highestSequence(saves.flatMap(({ items }) => items));
		await noteContact(door.database, sender, { lastSequence }, now);
	}
	return [...outcomes.values()].sort((a, b) => a.number - b.number);
}

/** Opens and reads every record that can be. */
async function openedRecords(
	door: PhotoDoor,
	{ deviceId, records }: { readonly deviceId: DeviceId; readonly records: readonly unknown[] }
): Promise<{ opened: readonly Opened[]; aside: Aside[] }> {
	const unsealer = new Unsealer(door.keys.sealing);
	const opened: Opened[] = [];
	const aside: Aside[] = [];
	for (const record of records) {
		const fault = (problem: SealedProblem) =>
			aside.push({ number: numberOf(record) ?? null, problem, body: rawText(record) });
		const parsed = sealedRecordSchema.safeParse(record);
		if (!parsed.success) {
			fault('malformed');
			continue;
		}
		const { number, kind } = parsed.data;
		const plain = await unsealer.open({ deviceId, ...parsed.data });
		if (!plain.ok) {
			fault(plain.error.type);
			continue;
		}
		const content = contentOf(kind, plain.value);
		if (content) opened.push({ number, content });
		else fault('content_unreadable');
	}
	return { opened: opened.sort((a, b) => a.number - b.number), aside };
}

function contentOf(kind: SealedRecord['kind'], plain: Uint8Array<ArrayBuffer>): Content | undefined {
	if (kind === 'photo') {
		const framed = unframePhoto(plain);
		const head = framed && sealedPhotoHeadSchema.safeParse(jsonOf(framed.head));
		return framed && head?.success ? { kind, head: head.data, bytes: framed.bytes } : undefined;
	}
	const json = jsonOf(plain);
	if (kind === 'loose') {
		const content = looseContentSchema.safeParse(json);
		return content.success ? { kind, content: content.data } : undefined;
	}
	const save = sealedEntriesSchema.safeParse(json);
	if (!save.success) return undefined;
	// A text that is no JSON goes on as it is: the log sets it aside, as it came.
	return { kind, items: save.data.entries.map((text) => jsonOf(new TextEncoder().encode(text)) ?? text) };
}

/** Undefined where the bytes are no JSON in UTF-8. */
function jsonOf(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch {
		return undefined;
	}
}

interface Save {
	readonly number: number;
	readonly items: readonly unknown[];
}

/** Entries go the road of a push, in pushes as large as a push may be; each save gets its own receipts back. */
async function takenEntries(
	door: PhotoDoor,
	{ sender, closed, now }: SealedFrom,
	saves: readonly Save[]
): Promise<ReadonlyMap<number, readonly Receipt[]>> {
	const receipts = new Map<number, Receipt[]>(saves.map(({ number }) => [number, []]));
	const places = saves.flatMap(({ number, items }) => items.map((item, index) => ({ number, index, item })));
	const revoked: QuarantineReason = { type: 'device_revoked' };
	for (let from = 0; from < places.length; from += pushEntriesMaximum) {
		const batch = places.slice(from, from + pushEntriesMaximum);
		const items = batch.map(({ item }) => item);
		const answered = closed
			? await door.log.setAside(sender, items, revoked, now.toISOString())
			: await door.log.append(sender, items, now.toISOString());
		for (const [nth, { number, index }] of batch.entries()) {
			const receipt = answered[nth];
			if (!receipt) throw new Error('the log gave no receipt for an entry of a sealed record');
			// Told by its place in the save, not in our batch.
			receipts.get(number)?.push(receipt.outcome === 'quarantined' ? { ...receipt, index } : receipt);
		}
	}
	return receipts;
}

async function takenPhoto(
	door: PhotoDoor,
	sender: KnownDevice,
	{ head, bytes }: Extract<Content, { kind: 'photo' }>,
	now: Date
) {
	try {
		return await door.photos.take(head.sha256, bytes, sender, now);
	} catch (error) {
		if (error instanceof ExaminationFailed) return 'busy';
		throw error;
	}
}

async function keepAside(
	door: PhotoDoor,
	{ deviceId, institutionId }: KnownDevice,
	aside: readonly Aside[],
	now: Date
): Promise<void> {
	if (aside.length === 0) return;
	await door.database.inScope({ kind: 'registry' }, async (session) => {
		for (const { number, problem, body } of aside) {
			await session.query(
				`INSERT INTO sealed_aside (institution_id, device_id, number, problem, body, body_hash, received_at)
				VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (device_id, body_hash, problem) DO NOTHING`,
				[institutionId, deviceId, number, problem, body, sha256Hex(body), now.toISOString()]
			);
		}
	});
}

/** A record's number, if one can be read. */
function numberOf(record: unknown): number | undefined {
	const parsed = z.object({ number: z.int().min(1) }).safeParse(record);
	return parsed.success ? parsed.data.number : undefined;
}

function highestSequence(items: readonly unknown[]): number {
	let highest = 0;
	for (const item of items) {
		const parsed = z.object({ deviceSeq: z.int().min(1) }).safeParse(item);
		if (parsed.success) highest = Math.max(highest, parsed.data.deviceSeq);
	}
	return highest;
}
