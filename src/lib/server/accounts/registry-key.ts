import { createECDH, createHash } from 'node:crypto';
import { deriveSecret } from '../secret.ts';

/** How many points P-256 has; a private key is a number from 1 to one less. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * The registry's key pair (P-256): tablets seal to it and believe what it signs. Derived from the registry's secret, so
 * that there is nothing more to back up.
 *
 * @returns the private key, 32 bytes, and the public point, 65 bytes uncompressed, base64url
 */
export function registryKeyPair(secret: string): { readonly privateKey: Buffer; readonly publicKey: string } {
	let seed: Buffer = createHash('sha256').update(deriveSecret(secret, 'registry-key')).digest();
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
