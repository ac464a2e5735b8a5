import { createECDH, createHash } from 'node:crypto';
import { deriveSecret } from '../secret.ts';

/**
 * The registry's key pair (P-256): tablets seal to it. Derived from the registry's secret, so that it survives a lost
 * disk with the secret alone. The order of P-256 is so close to 2^256 that a hash is no valid key once in 2^32 tries;
 * then the next hash is taken.
 *
 * @returns raw private key, 32 bytes, and the public point, 65 bytes, base64url
 */
export function registryKeyPair(secret: string): { readonly privateKey: Buffer; readonly publicKey: string } {
	let seed: Buffer = createHash('sha256').update(deriveSecret(secret, 'registry-key')).digest();
	for (;;) {
		const pair = createECDH('prime256v1');
		try {
			pair.setPrivateKey(seed);
			return { privateKey: seed, publicKey: pair.getPublicKey('base64url', 'uncompressed') };
		} catch (error) {
			if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_CRYPTO_ECDH_INVALID_KEY' && !/private key/i.test(error.message)) throw error;
			seed = createHash('sha256').update(seed).digest();
		}
	}
}
