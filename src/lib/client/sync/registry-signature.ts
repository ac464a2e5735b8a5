/**
 * Whether the registry signed a text: ECDSA P-256 with SHA-256 over its UTF-8. False for anything that is no key or no signature.
 *
 * @param publicKey uncompressed point, base64url
 * @param signature 64 bytes r‖s, base64url
 */
export async function verifies(publicKey: string, text: string, signature: string): Promise<boolean> {
	const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
	let key: CryptoKey;
	try {
		key = await crypto.subtle.importKey('raw', bytesOf(publicKey), algorithm, false, ['verify']);
	} catch (error) {
		if (error instanceof DOMException) return false;
		throw error;
	}
	return crypto.subtle.verify(
		{ name: 'ECDSA', hash: 'SHA-256' },
		key,
		bytesOf(signature),
		new TextEncoder().encode(text)
	);
}

/** Of base64url that a schema has let through. */
function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
}
