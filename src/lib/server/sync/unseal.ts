import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { sealedAad, sealedInfo, type SealedKind } from '#lib/sync/sealed.ts';
import { privateJwk, type KeyPair } from '../accounts/registry-key.ts';

/** The three parts of a sealed record, base64url, and the place they are bound to (sync/sealed.ts). */
export interface SealedParts {
	/** The tablet; of a loose record its own id. */
	readonly deviceId: string;
	readonly number: number;
	readonly kind: SealedKind;
	readonly enc: string;
	readonly key: string;
	readonly body: string;
}

export type UnsealFault =
	/** The parts have not the length or the signs they must have. */
	| { readonly type: 'malformed' }
	/** Sealed to another registry, for another tablet or number, or damaged. */
	| { readonly type: 'does_not_open' };

/** Bytes of the encapsulated key (a point), of the sealed record key with its tag, of a nonce, of a tag. */
const lengths = { enc: 65, key: 48, nonce: 12, tag: 16 } as const;

/** Opens what tablets seal to the registry. Inverse of client/vault/outbox-seal.ts. */
export class Unsealer {
	readonly #suite = new CipherSuite({
		kem: new DhkemP256HkdfSha256(),
		kdf: new HkdfSha256(),
		aead: new Aes256Gcm()
	});
	readonly #pair: Pick<KeyPair, 'privateKey'>;
	#recipientKey: Promise<CryptoKey> | undefined;

	/** @param pair the registry's sealing pair */
	constructor(pair: Pick<KeyPair, 'privateKey'>) {
		this.#pair = pair;
	}

	/** @returns the plaintext */
	async open(parts: SealedParts): Promise<Result<Uint8Array<ArrayBuffer>, UnsealFault>> {
		const enc = bytesOf(parts.enc, lengths.enc);
		const sealedKey = bytesOf(parts.key, lengths.key);
		const body = bytesOf(parts.body);
		if (!enc || !sealedKey || !body || body.length < lengths.nonce + lengths.tag) return err({ type: 'malformed' });
		const aad = new TextEncoder().encode(sealedAad(parts.deviceId, parts.number, parts.kind));
		const recipientKey = await (this.#recipientKey ??= this.#suite.kem.importKey(
			'jwk',
			privateJwk(this.#pair.privateKey),
			false
		));
		try {
			const info = new TextEncoder().encode(sealedInfo);
			const recordKey = await this.#suite.open({ recipientKey, enc, info }, sealedKey, aad);
			const key = await crypto.subtle.importKey('raw', recordKey, 'AES-GCM', false, ['decrypt']);
			const iv = body.subarray(0, lengths.nonce);
			const plain = await crypto.subtle.decrypt(
				{ name: 'AES-GCM', iv, additionalData: aad },
				key,
				body.subarray(lengths.nonce)
			);
			return ok(new Uint8Array(plain));
		} catch {
			// The library and WebCrypto say no more than that it does not open, and neither do we.
			return err({ type: 'does_not_open' });
		}
	}
}

/** Undefined where the text is not base64url without padding, or not of that length. */
function bytesOf(text: string, length?: number): Uint8Array<ArrayBuffer> | undefined {
	if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined;
	const bytes = new Uint8Array(Buffer.from(text, 'base64url'));
	return length === undefined || bytes.length === length ? bytes : undefined;
}
