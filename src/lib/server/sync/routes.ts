import { z } from 'zod';
import type { Result } from '#lib/domain/result.ts';
import {
	cursorPosition,
	cursorSchema,
	epochSchema,
	pullEntriesMaximum,
	pushBytesMaximum,
	pushEntriesMaximum,
	pushRequestSchema,
	readingsMaximum,
	readingsRequestSchema,
	type PushRequest
} from '#lib/sync/protocol.ts';
import { receiveReadings } from '../access/tablet-readings.ts';
import { readRoster } from '../accounts/roster.ts';
import { signedRoster } from '../statements/rosters.ts';
import { answerHead, jsonAnswer, orderTo, refusal, refusedBody, refusedRequest } from './answers.ts';
import { decoded, readBody } from './bounded-body.ts';
import { deviceOf, noteContact } from './device-request.ts';
import type { SyncDoor } from './door.ts';
import { invalid, readMessage, type Unread } from './message.ts';
import { believeAhead } from './tablet-ahead.ts';

/*
 * The sync routes, from Request to Response. src/routes/api/sync only hands over.
 */

/** `GET /api/sync/hello`. */
export async function hello(door: SyncDoor, request: Request): Promise<Response> {
	const head = await answerHead(door);
	return jsonAnswer(request, head, JSON.stringify({ ...head, serverTime: door.now().toISOString() }));
}

/** `POST /api/sync/push`. */
export async function push(door: SyncDoor, request: Request): Promise<Response> {
	const body = await readBody(request, pushBytesMaximum);
	if (!body.ok) return refusedBody(door, request, body.error);
	const now = door.now();
	const device = await deviceOf(door, request, body.value, now);
	// A closed tablet may hold the only record of a child: it is kept for a supervisor to judge, and never counts by itself.
	const told = device.ok ? { device: device.value } : device.error;
	if (!('device' in told)) return refusedRequest(door, request, told);
	const sender = told.device;
	const plain = await decoded(body.value, request.headers.get('content-encoding'), pushBytesMaximum);
	if (!plain.ok) return refusedBody(door, request, plain.error);
	const parsed = readPush(plain.value);
	if (!parsed.ok) return refusal(door, request, parsed.error.status, parsed.error.said);
	if (parsed.value.deviceId !== sender.deviceId) {
		return refusal(door, request, 400, { error: 'invalid', field: 'deviceId', problem: 'not_the_signer' });
	}
	// The epoch before the entries: if the database is put back in between, the receipts count for the old one.
	const head = await answerHead(door);
	const { entries } = parsed.value;
	const receipts = device.ok
		? await door.log.append(sender, entries, now.toISOString())
		: await door.log.setAside(sender, entries, { type: 'device_revoked' }, now.toISOString());
	await noteContact(door.database, sender, { lastSequence: highestSequence(entries) }, now);
	const order = device.ok ? {} : await orderTo(door, sender);
	return jsonAnswer(request, head, JSON.stringify({ ...head, durable: door.durable, receipts, ...order }));
}

/**
 * `POST /api/sync/readings`. A closed tablet tells too: what was read on one that was lost is what one wants to know most.
 */
export async function readings(door: SyncDoor, request: Request): Promise<Response> {
	const body = await readBody(request, readingsBytesMaximum);
	if (!body.ok) return refusedBody(door, request, body.error);
	const now = door.now();
	const device = await deviceOf(door, request, body.value, now);
	const told = device.ok ? { device: device.value } : device.error;
	if (!('device' in told)) return refusedRequest(door, request, told);
	const plain = await decoded(body.value, request.headers.get('content-encoding'), readingsBytesMaximum);
	if (!plain.ok) return refusedBody(door, request, plain.error);
	const parsed = readMessage(plain.value, readingsRequestSchema, 'readings', readingsMaximum);
	if (!parsed.ok) return refusal(door, request, parsed.error.status, parsed.error.said);
	if (parsed.value.deviceId !== told.device.deviceId) {
		return refusal(door, request, 400, { error: 'invalid', field: 'deviceId', problem: 'not_the_signer' });
	}
	const head = await answerHead(door);
	const sender = { ...told.device, closed: !device.ok };
	const answer = await receiveReadings(door.database, sender, parsed.value.readings, now);
	await noteContact(door.database, told.device, {}, now);
	const order = device.ok ? {} : await orderTo(door, told.device);
	return jsonAnswer(request, head, JSON.stringify({ ...head, durable: door.durable, ...answer, ...order }));
}

/** `GET /api/sync/pull?after=&limit=&epoch=`. */
export async function pull(door: SyncDoor, request: Request): Promise<Response> {
	const now = door.now();
	const device = await deviceOf(door, request, new Uint8Array(), now);
	if (!device.ok) return refusedRequest(door, request, device.error);
	const asked = pullQuerySchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
	if (!asked.success) return refusal(door, request, 400, invalid(asked.error));
	const { after, limit, epoch } = asked.data;
	const head = await answerHead(door);
	if (epoch !== undefined && epoch !== head.epoch) return refusal(door, request, 409, { error: 'feed_changed' });
	const page = await door.log.read(device.value.institutionId, after, limit);
	if (!page.ok) {
		// The tablet read this cursor in the present epoch: it is not behind, the database was put back.
		await believeAhead(door, device.value, head.epoch);
		return refusal(door, request, 409, { error: 'feed_changed' });
	}
	const { entries, next, more, head: newest } = page.value;
	// Told with the last page alone: a tablet witnesses what it has read.
	const end = more ? undefined : { institutionId: device.value.institutionId, epoch: head.epoch, at: next };
	const known = end && door.treeHeads.known(end);
	const signedNow = await noteContact(
		door.database,
		device.value,
		{ readTo: cursorPosition(next) },
		now,
		end && !known ? (session) => door.treeHeads.signed(session, end, now) : undefined
	);
	if (end && signedNow) door.treeHeads.remember(end, signedNow);
	const treeHead = known ?? signedNow;
	// Put together as text: the entries are JSON already, and 10,000 of them parsed and printed again take a second.
	const rows = entries.map(
		({ position, receivedAt, text }) => `{"position":${position},"receivedAt":"${receivedAt}","entry":${text}}`
	);
	const start = JSON.stringify({ ...head, after, next, more, head: newest, ...(treeHead && { treeHead }) }).slice(
		0,
		-1
	);
	return jsonAnswer(request, head, `${start},"entries":[${rows.join(',')}]}`);
}

/** `GET /api/sync/roster`. */
export async function roster(door: SyncDoor, request: Request): Promise<Response> {
	const device = await deviceOf(door, request, new Uint8Array(), door.now());
	if (!device.ok) return refusedRequest(door, request, device.error);
	const { institutionId } = device.value;
	// The epoch before the roster: a roster of a database put back in between is then said in no newer life than its own.
	const head = await answerHead(door);
	const signer = { keys: door.keys, epoch: head.epoch };
	const found = await door.database.inScope({ kind: 'institution', institutionId }, async (session) => {
		const roster = await readRoster(session, institutionId);
		return roster && { roster, signedRoster: await signedRoster(session, signer, institutionId, roster, door.now()) };
	});
	if (!found) throw new Error(`the house ${institutionId} of a tablet is not there`);
	const sealingKey = door.keys.sealing.publicKey;
	return jsonAnswer(request, head, JSON.stringify({ ...head, ...found, sealingKey }));
}

const pullQuerySchema = z
	.strictObject({
		after: cursorSchema.default('start'),
		limit: z.coerce.number().int().min(1).max(pullEntriesMaximum).default(pullEntriesMaximum),
		/** The epoch the cursor was read in: without it an old cursor and a database put back look the same. */
		epoch: epochSchema.optional()
	})
	.refine(({ after, epoch }) => after === 'start' || epoch !== undefined, { error: 'epoch_missing', path: ['epoch'] });

function readPush(bytes: Uint8Array): Result<PushRequest, Unread> {
	return readMessage(bytes, pushRequestSchema, 'entries', pushEntriesMaximum);
}

/** Bytes of JSON of one telling of readings after decompression. */
const readingsBytesMaximum = 500_000;

function highestSequence(items: readonly unknown[]): number {
	let highest = 0;
	for (const item of items) {
		if (item === null || typeof item !== 'object' || !('deviceSeq' in item)) continue;
		if (Number.isSafeInteger(item.deviceSeq)) highest = Math.max(highest, Number(item.deviceSeq));
	}
	return highest;
}
