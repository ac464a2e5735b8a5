import { createECDH, createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { verifySignature } from '../entry-log/signatures.ts';
import { deriveSecret } from '../secret.ts';

/** How many points P-256 has; a private key is a number from 1 to one less. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

export interface KeyPair {
	/** 32 bytes. */
	readonly privateKey: Buffer;
	/** 65 bytes uncompressed, base64url. */
	readonly publicKey: string;
}

/**
 * The registry's signing pair (P-256): tablets believe what it signs. Derived from the registry's secret, so that there is
 * nothing more to back up.
 */
export function registryKeyPair(secret: string): KeyPair {
	return derivedPair(secret, 'registry-key');
}

/**
 * The registry's sealing pair (P-256, for ECDH): tablets seal to it (sync/sealed.ts). Not the signing pair: a key that does two
 * things can be asked for the one in the guise of the other.
 */
export function sealingKeyPair(secret: string): KeyPair {
	return derivedPair(secret, 'registry-sealing-key');
}

/** Both pairs at work. */
export interface RegistryKeys {
	readonly signingKey: string;
	readonly sealing: KeyPair;
	/** ECDSA P-256, SHA-256, r‖s as base64url. */
	readonly sign: (text: string) => string;
	/** Whether {@link sign} made the signature over the text. */
	readonly signed: (text: string, signature: string) => Promise<boolean>;
}

export function registryKeys(secret: string): RegistryKeys {
	const signing = registryKeyPair(secret);
	const key = privateKeyOf(signing);
	return {
		signingKey: signing.publicKey,
		sealing: sealingKeyPair(secret),
		sign: (text) => sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url'),
		signed: (text, signature) => verifySignature(signing.publicKey, text, signature)
	};
}

/** A private key as Node's crypto takes it. */
export function privateKeyOf({ privateKey }: Pick<KeyPair, 'privateKey'>): KeyObject {
	return createPrivateKey({ key: privateJwk(privateKey), format: 'jwk' });
}

/** A private key as WebCrypto and Node's crypto take it. */
export function privateJwk(privateKey: Buffer): { kty: 'EC'; crv: 'P-256'; x: string; y: string; d: string } {
	const pair = createECDH('prime256v1');
	pair.setPrivateKey(privateKey);
	const point = pair.getPublicKey();
	const part = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
	return { kty: 'EC', crv: 'P-256', x: part(point.subarray(1, 33)), y: part(point.subarray(33)), d: part(privateKey) };
}

function derivedPair(secret: string, purpose: string): KeyPair {
	let seed: Buffer = createHash('sha256').update(deriveSecret(secret, purpose)).digest();
	// One hash in 2^32 is no key; then its own hash is taken.
	while (!isKey(seed)) seed = createHash('sha256').update(seed).digest();
	const pair = createECDH('prime256v1');
	pair.setPrivateKey(seed);
	return { privateKey: seed, publicKey: pair.getPublicKey('base64url', 'uncompressed') };
}

function isKey(bytes: Buffer): boolean {
	const number = BigInt(`0x${bytes.toString('hex')}`);
	return number > 0n && number < order;
}
