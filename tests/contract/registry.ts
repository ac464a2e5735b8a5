import { createHash, randomBytes, sign } from 'node:crypto';
import { testDatabase } from '../support/database.ts';
import { PostgresEntryLog } from '../../src/lib/server/entry-log/postgres-entry-log.ts';
import { registryKeys } from '../../src/lib/server/accounts/registry-key.ts';
import { TreeHeads } from '../../src/lib/server/statements/tree-heads.ts';
import type { SyncDoor } from '../../src/lib/server/sync/door.ts';
import { hello } from '../../src/lib/server/sync/routes.ts';
import { helloAnswerSchema, requestText, signatureHeaders } from '../../src/lib/sync/protocol.ts';
import { enrolled } from './entry-log/enrolled.ts';
import { newHouse, testTablet, type TestTablet } from './entry-log/tablet.ts';

/*
 * A registry on a database of its own, and requests signed as a tablet signs them.
 */

/** Of the registry's keys in tests. */
export const testSecret = 'a secret of the tests, long enough';

export const origin = 'https://registry.example';

/** A registry with one tablet, whose clock stands at noon in Beijing until `pass`. */
export async function registry() {
	const database = await testDatabase();
	let clock = Date.parse('2026-11-22T04:00:00.000Z');
	const keys = registryKeys(testSecret);
	const door: SyncDoor = {
		database,
		keys,
		treeHeads: new TreeHeads(keys),
		log: new PostgresEntryLog(database),
		challengeKey: 'a key of the test',
		durable: true,
		now: () => new Date(clock),
		random: randomBytes
	};
	const a = testTablet(newHouse());
	await enrolled(database, a);
	return { database, door, a, pass: (minutes: number) => (clock += minutes * 60_000) };
}

export interface Sent {
	readonly method?: string;
	readonly body?: Uint8Array;
	readonly headers?: Record<string, string>;
	readonly challenge?: string;
	/** Changes the request after it was signed. */
	readonly tamper?: (signed: { path: string; headers: Record<string, string>; body: Uint8Array }) => void;
}

export async function signedRequest(
	door: SyncDoor,
	tablet: TestTablet,
	path: string,
	sent: Sent = {}
): Promise<Request> {
	const { method = 'GET', body = new Uint8Array() } = sent;
	const challenge = sent.challenge ?? (await challengeOf(door));
	const bodyHash = createHash('sha256').update(body).digest('hex');
	const text = requestText(method, path, challenge, tablet.deviceId, bodyHash);
	const signature = sign('sha256', Buffer.from(text), { key: tablet.privateKey, dsaEncoding: 'ieee-p1363' }).toString(
		'base64url'
	);
	const signed = {
		path,
		body,
		headers: {
			...sent.headers,
			[signatureHeaders.device]: tablet.deviceId,
			[signatureHeaders.challenge]: challenge,
			[signatureHeaders.bodyHash]: bodyHash,
			[signatureHeaders.signature]: signature
		}
	};
	sent.tamper?.(signed);
	return new Request(origin + signed.path, {
		method,
		headers: signed.headers,
		...(signed.body.length > 0 ? { body: new Uint8Array(signed.body) } : {})
	});
}

export async function challengeOf(door: SyncDoor): Promise<string> {
	const answer = await hello(door, new Request(`${origin}/api/sync/hello`));
	return helloAnswerSchema.parse(await answer.json()).challenge;
}
