import type { z } from 'zod';
import type { DeviceId } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { refusal, refusedBody, refusedRequest } from './answers.ts';
import { decoded, readBody } from './bounded-body.ts';
import { deviceOf, type KnownDevice } from './device-request.ts';
import type { SyncDoor } from './door.ts';
import { readMessage } from './message.ts';

/** A message of a tablet that proved itself. */
export interface SignedMessage<T> {
	readonly sender: KnownDevice;
	/** A supervisor has closed the tablet. */
	readonly closed: boolean;
	readonly message: T;
	/** The registry's clock when it came. */
	readonly now: Date;
}

/** What a route takes. */
export interface Expected<T> {
	readonly schema: z.ZodType<T>;
	/** Bytes of JSON, compressed or not. */
	readonly bytes: number;
	/** The list that may be too long, with its limit. */
	readonly list: string;
	readonly listMaximum: number;
	/** Whether a closed tablet is heard. */
	readonly closedToo: boolean;
}

/**
 * Reads a signed POST as far as every route does: the size, the signature, the decompressed size, the shape, and that the
 * message names the tablet that signed it. Else the refusal to answer with.
 */
export async function signedMessage<T extends { readonly deviceId: DeviceId }>(
	door: SyncDoor,
	request: Request,
	{ schema, bytes, list, listMaximum, closedToo }: Expected<T>
): Promise<Result<SignedMessage<T>, Response>> {
	const body = await readBody(request, bytes);
	if (!body.ok) return err(await refusedBody(door, request, body.error));
	const now = door.now();
	const device = await deviceOf(door, request, body.value, now);
	const told = device.ok ? { device: device.value } : device.error;
	if (!('device' in told)) return err(await refusedRequest(door, request, told));
	if (!device.ok && !closedToo) return err(await refusedRequest(door, request, device.error));
	const plain = await decoded(body.value, request.headers.get('content-encoding'), bytes);
	if (!plain.ok) return err(await refusedBody(door, request, plain.error));
	const parsed = readMessage(plain.value, schema, list, listMaximum);
	if (!parsed.ok) return err(await refusal(door, request, parsed.error.status, parsed.error.said));
	if (parsed.value.deviceId !== told.device.deviceId) {
		return err(await refusal(door, request, 400, { error: 'invalid', field: 'deviceId', problem: 'not_the_signer' }));
	}
	return ok({ sender: told.device, closed: !device.ok, message: parsed.value, now });
}
