import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { sealedAad, sealedInfo, type SealedKind } from '#lib/sync/sealed.ts';
import { base64url, concat, utf8, type Bytes } from './bytes.ts';

/*
 * Sealing to the registry (format: sync/sealed.ts). Whoever holds the tablet, with every PIN and badge of the house, opens
 * none of it by this road: the key that does is at the registry.
 */

/** Where a record belongs: bound to every part of it. */
export interface SealedPlace {
	/** Of a loose record: its own id. */
	readonly deviceId: string;
	readonly number: number;
	readonly kind: SealedKind;
}

/** The registry's copy of a record key, base64url both. */
export interface RegistryCopy {
	readonly enc: string;
	readonly key: string;
}

const keyLength = 32;
const nonceLength = 12;

/** One record whole, for senders that keep no copy of their own. */
export async function sealForRegistry(
	plaintext: Bytes,
	place: SealedPlace,
	sealingKey: string,
	random: (length: number) => Bytes
): Promise<RegistryCopy & { readonly body: string }> {
	const { recordKey, body } = await sealBody(plaintext, place, random);
	const copy = await sealKey(recordKey, place, sealingKey);
	recordKey.fill(0);
	return { ...copy, body: base64url(body) };
}

/** The body under a fresh record key, which the caller seals for those who may open it, and then clears. Inverse: `openBody`. */
export async function sealBody(
	plaintext: Bytes,
	place: SealedPlace,
	random: (length: number) => Bytes
): Promise<{ recordKey: Bytes; body: Bytes }> {
	const recordKey = random(keyLength);
	const nonce = random(nonceLength);
	const key = await crypto.subtle.importKey('raw', recordKey, 'AES-GCM', false, ['encrypt']);
	const sealed = await crypto.subtle.encrypt(
		{ name: 'AES-GCM', iv: nonce, additionalData: aadOf(place) },
		key,
		plaintext
	);
	return { recordKey, body: concat(nonce, new Uint8Array(sealed)) };
}

/** Undefined where key, place or bytes are not those of the sealing. Inverse of `sealBody`. */
export async function openBody(recordKey: Bytes, body: Bytes, place: SealedPlace): Promise<Bytes | undefined> {
	if (recordKey.length !== keyLength) return undefined;
	const key = await crypto.subtle.importKey('raw', recordKey, 'AES-GCM', false, ['decrypt']);
	try {
		const iv = body.slice(0, nonceLength);
		const opened = await crypto.subtle.decrypt(
			{ name: 'AES-GCM', iv, additionalData: aadOf(place) },
			key,
			body.subarray(nonceLength)
		);
		return new Uint8Array(opened);
	} catch (cause) {
		if (cause instanceof DOMException) return undefined;
		throw cause;
	}
}

/**
 * The registry's copy of a record key.
 *
 * @param sealingKey raw P-256 point, 65 bytes, base64url
 * @throws where the point is none of the curve
 */
export async function sealKey(recordKey: Bytes, place: SealedPlace, sealingKey: string): Promise<RegistryCopy> {
	const suite = new CipherSuite({
		kem: new DhkemP256HkdfSha256(),
		kdf: new HkdfSha256(),
		aead: new Aes256Gcm()
	});
	const recipientPublicKey = await suite.kem.deserializePublicKey(fromBase64url(sealingKey));
	const { enc, ct } = await suite.seal({ recipientPublicKey, info: utf8(sealedInfo) }, recordKey, aadOf(place));
	return { enc: base64url(new Uint8Array(enc)), key: base64url(new Uint8Array(ct)) };
}

/** @throws DOMException where the text is not base64url. Inverse of `base64url`. */
export function fromBase64url(text: string): Bytes {
	const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
	return Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
}

function aadOf({ deviceId, number, kind }: SealedPlace): Bytes {
	return utf8(sealedAad(deviceId, number, kind));
}
