import { concat, type Bytes } from './bytes.ts';

/* AES-256-GCM with a random 96-bit nonce before the ciphertext. */

const nonceLength = 12;
/** What sealing adds to a text, bytes: the nonce, and GCM's tag of 128 bits. */
export const sealingAdds = nonceLength + 16;

export function aesKey(bytes: Bytes): Promise<CryptoKey> {
	return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** Inverse of `decrypt`. */
export async function encrypt(
	key: CryptoKey,
	bytes: Bytes,
	additionalData: Bytes,
	random: (length: number) => Bytes
): Promise<Bytes> {
	const iv = random(nonceLength);
	return concat(iv, new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes)));
}

/** Undefined where the key, the bytes or what they are bound to is not the one they were sealed with. */
export async function decrypt(key: CryptoKey, sealed: Bytes, additionalData: Bytes): Promise<Bytes | undefined> {
	try {
		const iv = sealed.slice(0, nonceLength);
		return new Uint8Array(
			await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, sealed.slice(nonceLength))
		);
	} catch (cause) {
		if (cause instanceof DOMException && cause.name === 'OperationError') return undefined;
		throw cause;
	}
}
