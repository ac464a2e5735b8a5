import { createCipheriv, randomBytes } from 'node:crypto';
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { framePhoto, sealedAad, sealedInfo, type SealedKind, type SealedRecord } from '../../src/lib/sync/sealed.ts';

/*
 * Sealing written a second time, with Node's crypto for the body, so that the opener is not tried against its own mistakes.
 */

/** One record as a tablet sends it. */
export async function sealedRecord(
	sealingKey: string,
	deviceId: string,
	number: number,
	kind: SealedKind,
	plaintext: Uint8Array | string
): Promise<SealedRecord> {
	const aad = Buffer.from(sealedAad(deviceId, number, kind));
	const recordKey = randomBytes(32);
	const nonce = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', recordKey, nonce).setAAD(aad);
	const body = Buffer.concat([nonce, cipher.update(Buffer.from(plaintext)), cipher.final(), cipher.getAuthTag()]);
	const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
	const recipientPublicKey = await suite.kem.deserializePublicKey(bytesOf(Buffer.from(sealingKey, 'base64url')));
	const { enc, ct } = await suite.seal(
		{ recipientPublicKey, info: bytesOf(Buffer.from(sealedInfo)) },
		bytesOf(recordKey),
		bytesOf(aad)
	);
	const text = (bytes: ArrayBuffer | Uint8Array) => Buffer.from(bytes as Uint8Array).toString('base64url');
	return { number, kind, enc: text(new Uint8Array(enc)), key: text(new Uint8Array(ct)), body: text(body) };
}

/** The plaintext of a save. */
export function saveOf(entries: readonly unknown[]): string {
	return JSON.stringify({
		entries: entries.map((entry) => (typeof entry === 'string' ? entry : JSON.stringify(entry)))
	});
}

/** The plaintext of a photo. */
export function photoOf(head: object, bytes: Uint8Array): Uint8Array {
	return framePhoto(new TextEncoder().encode(JSON.stringify(head)), bytes);
}

function bytesOf(buffer: Uint8Array): Uint8Array<ArrayBuffer> {
	return new Uint8Array(buffer);
}
