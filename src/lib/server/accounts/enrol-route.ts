import { enrolRequestSchema, PROTOCOL_VERSION } from '#lib/sync/protocol.ts';
import { enrolLimit, type FailureLimit } from '../auth/rate-limit.ts';
import { signedRoster } from '../statements/rosters.ts';
import { answerHead, jsonAnswer, refusal, refusedBody } from '../sync/answers.ts';
import { readBody } from '../sync/bounded-body.ts';
import type { SyncDoor } from '../sync/door.ts';
import { enrol, type EnrolFault } from './enrolment.ts';

/** An enrolment is two keys and a code. */
const enrolBytesMaximum = 4_096;

/**
 * `POST /api/enrol`. Unsigned: the code is the proof. Every refusal names its reason, for whoever holds 128 right bits
 * may know what became of them; wrong codes are counted by address.
 */
export async function enrolRoute(
	door: SyncDoor,
	request: Request,
	address: string,
	limit: FailureLimit = enrolLimit
): Promise<Response> {
	const blocked = await limit.blocked([address]);
	if (blocked) {
		const response = await refusal(door, request, 429, { error: blocked.type });
		response.headers.set('retry-after', String(blocked.retryAfterSeconds));
		return response;
	}
	const body = await readBody(request, enrolBytesMaximum);
	if (!body.ok) return refusedBody(door, request, body.error);
	const parsed = enrolRequestSchema.safeParse(readJson(body.value));
	if (!parsed.success) {
		const field = parsed.error.issues[0]?.path.join('.') || 'body';
		// 426: this tablet's program and the registry do not speak the same protocol.
		if (field === 'protocol')
			return refusal(door, request, 426, { error: 'protocol_unknown', field, maximum: PROTOCOL_VERSION });
		return refusal(door, request, 400, { error: field === 'code' ? 'code_mistyped' : 'invalid', field });
	}
	const now = door.now();
	const enrolled = await enrol(door.database, parsed.data, now);
	if (!enrolled.ok) {
		await limit.failed([address]);
		return refusal(door, request, statusOf(enrolled.error), { error: enrolled.error.type });
	}
	const { staffId, institutionId, roster } = enrolled.value;
	const head = await answerHead(door);
	const signer = { keys: door.keys, epoch: head.epoch };
	const statement = await door.database.inScope({ kind: 'institution', institutionId }, (session) =>
		signedRoster(session, signer, institutionId, roster, now)
	);
	const answer = {
		...head,
		serverTime: now.toISOString(),
		staffId,
		roster,
		signedRoster: statement,
		registryPublicKey: door.keys.signingKey,
		sealingKey: door.keys.sealing.publicKey
	};
	return jsonAnswer(request, head, JSON.stringify(answer));
}

function readJson(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch {
		// Neither the text nor the parser's words about it belong into an answer; the schema refuses `undefined`.
		return undefined;
	}
}

function statusOf(fault: EnrolFault): number {
	switch (fault.type) {
		case 'code_mistyped':
		case 'key_invalid':
			return 400;
		case 'code_unknown':
			return 404;
		case 'code_used':
		case 'code_expired':
			return 410;
		case 'device_of_another_house':
			return 409;
		case 'device_revoked':
			return 403;
	}
}
