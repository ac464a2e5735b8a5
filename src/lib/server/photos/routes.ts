import { sha256Schema, type InstitutionId } from '#lib/domain/ids.ts';
import { challengeHeader, photoStateHeader } from '#lib/sync/protocol.ts';
import { bareContentPolicy } from '../auth/security-headers.ts';
import { answerHead, freshChallenge, jsonAnswer, refusal, refusedBody, refusedRequest } from '../sync/answers.ts';
import { readBody } from '../sync/bounded-body.ts';
import { deviceOf } from '../sync/device-request.ts';
import type { SyncDoor } from '../sync/door.ts';
import type { RegistryPhotos } from './registry-photos.ts';
import { pieceBytesMaximum, type PhotoUploads } from './uploads.ts';

/** What the photo routes are given. */
export interface PhotoDoor extends SyncDoor {
	readonly photos: RegistryPhotos;
	readonly uploads: PhotoUploads;
}

/** `POST /api/photos/uploads`, `HEAD` and `PATCH /api/photos/uploads/<sha256>`: tus, signed. */
export async function upload(door: PhotoDoor, request: Request): Promise<Response> {
	const body = await readBody(request, pieceBytesMaximum);
	if (!body.ok) return refusedBody(door, request, body.error);
	const device = await deviceOf(door, request, body.value, door.now());
	if (!device.ok) return refusedRequest(door, request, device.error);
	const whole = new Request(request.url, {
		method: request.method,
		headers: request.headers,
		...(body.value.length > 0 ? { body: new Uint8Array(body.value) } : {})
	});
	const { answer, taken } = await door.uploads.handle(whole, device.value);
	const headers = new Headers(answer.headers);
	headers.set(challengeHeader, freshChallenge(door));
	// In a header: by tus, the answer to the last piece has no body.
	if (taken)
		headers.set(photoStateHeader, encodeURIComponent(JSON.stringify({ ...(await answerHead(door)), ...taken })));
	headers.set('cache-control', 'no-store');
	return new Response(answer.body, { status: answer.status, headers });
}

/** `GET /api/photos/<sha256>/state`. */
export async function state(door: PhotoDoor, request: Request, name: string): Promise<Response> {
	const device = await deviceOf(door, request, new Uint8Array(), door.now());
	if (!device.ok) return refusedRequest(door, request, device.error);
	const sha256 = sha256Schema.safeParse(name);
	if (!sha256.success) return refusal(door, request, 400, { error: 'invalid', field: 'sha256' });
	const found = await door.uploads.state(sha256.data, device.value);
	const head = await answerHead(door);
	return jsonAnswer(request, head, JSON.stringify({ ...head, sha256: sha256.data, state: found }));
}

/** Who asks for a picture without a tablet's signature: a person at a desk. */
export interface AtDesk {
	readonly institutionId: InstitutionId;
	/** Officers of the registry see every house's children. */
	readonly everyHouse: boolean;
}

/**
 * `GET /api/photos/<sha256>/thumbnail` and `/full`: for a tablet of a house involved, or a desk of one. What one may not
 * see is not told from what is not there.
 *
 * @param atDesk asked only where the request carries no tablet's signature
 */
export async function picture(
	door: PhotoDoor,
	request: Request,
	name: string,
	copy: 'full' | 'thumbnail',
	atDesk: () => Promise<AtDesk | undefined>
): Promise<Response> {
	const desk = request.headers.has('x-lampkeep-signature') ? undefined : await atDesk();
	let institutionId = desk?.institutionId;
	if (institutionId === undefined) {
		const device = await deviceOf(door, request, new Uint8Array(), door.now());
		if (!device.ok) return refusedRequest(door, request, device.error);
		institutionId = device.value.institutionId;
	}
	const sha256 = sha256Schema.safeParse(name);
	if (!sha256.success) return refusal(door, request, 400, { error: 'invalid', field: 'sha256' });
	const scope = desk?.everyHouse ? ({ kind: 'registry' } as const) : ({ kind: 'institution', institutionId } as const);
	const bytes = await door.photos.picture(scope, sha256.data, copy);
	if (!bytes) return refusal(door, request, 404, { error: 'not_here' });
	return new Response(bytes, {
		headers: {
			'content-type': 'image/jpeg',
			'content-length': String(bytes.length),
			'content-disposition': `attachment; filename="${sha256.data.slice(0, 12)}.jpg"`,
			'content-security-policy': bareContentPolicy,
			'x-content-type-options': 'nosniff',
			'cache-control': 'no-store',
			[challengeHeader]: freshChallenge(door)
		}
	});
}
