import { answerHead, jsonAnswer } from './answers.ts';
import type { SyncDoor } from './door.ts';

/**
 * `GET /api/keys`: unsigned; the registry's public keys, for a tablet without an account, which believes what it is told first
 * and keeps it.
 */
export async function keys(door: SyncDoor, request: Request): Promise<Response> {
	const head = await answerHead(door);
	const { signingKey: registryPublicKey, sealing } = door.keys;
	return jsonAnswer(request, head, JSON.stringify({ ...head, registryPublicKey, sealingKey: sealing.publicKey }));
}
