import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { Sha256 } from '#lib/domain/ids.ts';

/** SHA-256 of the text's UTF-8 bytes, 64 lower-case hex digits. */
export function sha256Hex(text: string | Uint8Array): Sha256 {
	return createHash('sha256').update(text).digest('hex') as Sha256;
}

/**
 * Whether the key made the signature over the text: ECDSA P-256, SHA-256, r‖s as base64url. A key or signature that is
 * none is simply no. Runs in the thread pool, so that one push keeps no other request waiting (0.1 ms each).
 *
 * @param publicKey uncompressed point, 65 bytes, base64url
 */
export function verifySignature(publicKey: string, text: string, signature: string): Promise<boolean> {
	const key = publicKeyOf(publicKey);
	if (!key) return Promise.resolve(false);
	return new Promise((resolve) => {
		verify(
			'sha256',
			Buffer.from(text),
			{ key, dsaEncoding: 'ieee-p1363' },
			Buffer.from(signature, 'base64url'),
			(error, valid) => resolve(error === null && valid)
		);
	});
}

/** Keys in use, by their text; the same hundred come back all day. Forgotten all at once when there are too many. */
const keys = new Map<string, KeyObject | undefined>();
const keysMaximum = 5_000;

function publicKeyOf(point: string): KeyObject | undefined {
	if (keys.has(point)) return keys.get(point);
	if (keys.size >= keysMaximum) keys.clear();
	const key = importedKey(point);
	keys.set(point, key);
	return key;
}

function importedKey(point: string): KeyObject | undefined {
	const bytes = Buffer.from(point, 'base64url');
	if (bytes.length !== 65 || bytes[0] !== 4) return undefined;
	const x = bytes.subarray(1, 33).toString('base64url');
	const y = bytes.subarray(33).toString('base64url');
	try {
		return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
	} catch {
		// Not a point of the curve: nothing can be signed with it.
		return undefined;
	}
}
