import { looseContentSchema } from '#lib/domain/loose/loose.ts';
import { looseBytesMaximum, looseRequestSchema, type LooseRequest } from '#lib/sync/protocol.ts';
import { looseLimit, networkOf, type FailureLimit } from '../auth/rate-limit.ts';
import { sha256Hex } from '../entry-log/signatures.ts';
import type { PhotoDoor } from '../photos/routes.ts';
import { answerHead, jsonAnswer, refusal, refusedBody } from '../sync/answers.ts';
import { decoded, readBody } from '../sync/bounded-body.ts';
import { readMessage } from '../sync/message.ts';
import type { SealedProblem } from '../sync/sealed-problem.ts';
import { Unsealer } from '../sync/unseal.ts';
import { keepLoose } from './receive-loose.ts';

/**
 * `POST /api/loose`: an intake without an account. Unsigned, so it is counted by network; sealed, so that nobody between reads
 * it. What does not open is kept aside all the same, and its sender is told to keep it too.
 */
export async function looseRoute(
	door: PhotoDoor,
	request: Request,
	address: string,
	limit: FailureLimit = looseLimit
): Promise<Response> {
	const tooMany = await limit.tried([networkOf(address)]);
	if (tooMany) {
		const response = await refusal(door, request, 429, { error: tooMany.type });
		response.headers.set('retry-after', String(tooMany.retryAfterSeconds));
		return response;
	}
	const body = await readBody(request, looseBytesMaximum);
	if (!body.ok) return refusedBody(door, request, body.error);
	const plain = await decoded(body.value, request.headers.get('content-encoding'), looseBytesMaximum);
	if (!plain.ok) return refusedBody(door, request, plain.error);
	const parsed = readMessage(plain.value, looseRequestSchema, '', 0);
	if (!parsed.ok) return refusal(door, request, parsed.error.status, parsed.error.said);
	const now = door.now();
	const { id, enc, key, body: sealedBody } = parsed.value;
	const opened = await new Unsealer(door.keys.sealing).open({
		deviceId: id,
		number: 1,
		kind: 'loose',
		enc,
		key,
		body: sealedBody
	});
	const content = opened.ok ? looseContentSchema.safeParse(jsonOf(opened.value)) : undefined;
	if (!content?.success) {
		const problem = opened.ok ? 'content_unreadable' : opened.error.type;
		await keepAside(door, parsed.value, problem, now);
		return refusal(door, request, 422, { error: problem });
	}
	const kept = await keepLoose(door, { id, content: content.data }, now);
	if (kept === 'busy') {
		const response = await refusal(door, request, 503, { error: kept });
		response.headers.set('retry-after', '30');
		return response;
	}
	if (kept === 'id_taken') {
		await keepAside(door, parsed.value, kept, now);
		return refusal(door, request, 409, { error: kept, field: 'id' });
	}
	const head = await answerHead(door);
	return jsonAnswer(request, head, JSON.stringify({ ...head, ...kept }));
}

async function keepAside(door: PhotoDoor, request: LooseRequest, problem: SealedProblem, now: Date): Promise<void> {
	const body = JSON.stringify(request);
	await door.database.inScope({ kind: 'registry' }, (session) =>
		session.query(
			`INSERT INTO sealed_aside (institution_id, device_id, number, problem, body, body_hash, received_at)
			VALUES (NULL, NULL, 1, $1, $2, $3, $4) ON CONFLICT (device_id, body_hash, problem) DO NOTHING`,
			[problem, body, sha256Hex(body), now.toISOString()]
		)
	);
}

function jsonOf(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch {
		// No words of the parser about a child's record.
		return undefined;
	}
}
