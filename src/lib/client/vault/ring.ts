import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256, HpkeError } from '@hpke/core';
import type { KeyLetter } from '../db/database.ts';
import { decrypt, encrypt } from './aes.ts';
import { utf8, type Bytes } from './bytes.ts';

/*
 * The ring: the data keys of a tablet, numbered from 1. The newest seals, all open. A new one is made when somebody leaves and
 * every 90 days, by whoever has the tablet open; the others get it as a letter in their slots, to be opened at their next
 * unlocking, because nobody knows another's secret.
 *
 *   letter = HPKE to the person's public key of AES-GCM(HKDF(data key n - 1), data key n)
 *
 * The outer seal keeps the new key from who left (who knows the older ones); the inner one keeps a stranger who can write on
 * the disk from slipping in a key of his own (HPKE's base mode names no sender).
 */

export interface RingKey {
	readonly n: number;
	/** 32 bytes. */
	readonly key: Bytes;
}

/** How long one data key seals before another takes its place (SECURITY.md 6). */
export const ringKeyMilliseconds = 90 * 86_400_000;

const suite = new CipherSuite({
	kem: new DhkemP256HkdfSha256(),
	kdf: new HkdfSha256(),
	aead: new Aes256Gcm()
});
const info = utf8('lampkeep-ring-1');

/** A person's pair: the public half lies open in the slot, the private one (32 bytes) sealed. */
export async function makeOpeningPair(): Promise<{ publicKey: Bytes; openingKey: Bytes }> {
	const pair = await suite.kem.generateKeyPair();
	return {
		publicKey: new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey)),
		openingKey: new Uint8Array(await suite.kem.serializePrivateKey(pair.privateKey))
	};
}

/** @param before the data key of the number before. Inverse: `openLetter` */
export async function sealLetter(
	to: { readonly deviceId: string; readonly staffId: string; readonly publicKey: Bytes },
	next: RingKey,
	before: RingKey,
	random: (length: number) => Bytes
): Promise<KeyLetter> {
	const aad = boundTo(to.deviceId, to.staffId, next.n);
	const inner = await encrypt(await chainKey(before), next.key, aad, random);
	const recipientPublicKey = await suite.kem.deserializePublicKey(to.publicKey);
	const { enc, ct } = await suite.seal({ recipientPublicKey, info }, inner, aad);
	return { n: next.n, enc: new Uint8Array(enc), sealed: new Uint8Array(ct) };
}

/** The data key of a letter; undefined where it was not sealed to this person by somebody who had the key before. */
export async function openLetter(
	to: { readonly deviceId: string; readonly staffId: string; readonly openingKey: Bytes },
	letter: KeyLetter,
	before: RingKey
): Promise<RingKey | undefined> {
	if (letter.n !== before.n + 1) return undefined;
	const aad = boundTo(to.deviceId, to.staffId, letter.n);
	let inner: Bytes;
	try {
		const recipientKey = await suite.kem.deserializePrivateKey(to.openingKey);
		inner = new Uint8Array(await suite.open({ recipientKey, enc: letter.enc, info }, letter.sealed, aad));
	} catch (cause) {
		if (cause instanceof HpkeError) return undefined;
		throw cause;
	}
	const key = await decrypt(await chainKey(before), inner, aad);
	return key && { n: letter.n, key };
}

function boundTo(deviceId: string, staffId: string, n: number): Bytes {
	return utf8(`lampkeep-ring-1|${deviceId}|${staffId}|${n}`);
}

async function chainKey({ key }: RingKey): Promise<CryptoKey> {
	const root = await crypto.subtle.importKey('raw', key, 'HKDF', false, ['deriveKey']);
	return crypto.subtle.deriveKey(
		{ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: utf8('lampkeep|ring|v1') },
		root,
		{ name: 'AES-GCM', length: 256 },
		false,
		['encrypt', 'decrypt']
	);
}
