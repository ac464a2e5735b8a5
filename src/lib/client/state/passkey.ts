/*
 * Passkeys as a way into the tablet: not the signature is used but the 32 bytes that the authenticator makes of a salt
 * (WebAuthn Level 3, PRF extension), which nobody has who has not the authenticator and its owner's finger or screen lock.
 * Nothing goes to a server; the challenge is random and thrown away.
 */

/** What the page must ask for at the next unlocking, base64url, and what the authenticator made of the salt. */
export interface MadePasskey {
	readonly credentialId: string;
	readonly salt: string;
	readonly prf: Uint8Array<ArrayBuffer>;
}

/** True only where the browser says itself that it has the PRF extension; others are not offered passkeys. */
export async function canUsePasskeys(): Promise<boolean> {
	if (typeof PublicKeyCredential === 'undefined' || !PublicKeyCredential.getClientCapabilities) return false;
	const capabilities = await PublicKeyCredential.getClientCapabilities();
	return capabilities['extension:prf'] === true;
}

/** Makes a passkey on this device for this person; undefined where it was cancelled or has no PRF. */
export async function makePasskey(person: { staffId: string; name: string }): Promise<MadePasskey | undefined> {
	const salt = randomBytes(32);
	const credential = await asked(() =>
		navigator.credentials.create({
			publicKey: {
				rp: { id: location.hostname, name: 'Lampkeep 留灯' },
				user: { id: new TextEncoder().encode(person.staffId), name: person.name, displayName: person.name },
				challenge: randomBytes(32),
				pubKeyCredParams: [
					{ type: 'public-key', alg: -7 },
					{ type: 'public-key', alg: -257 }
				],
				authenticatorSelection: { userVerification: 'required', residentKey: 'discouraged' },
				attestation: 'none',
				extensions: { prf: { eval: { first: salt } } }
			}
		})
	);
	if (!credential) return undefined;
	const results = credential.getClientExtensionResults().prf;
	if (results?.enabled !== true) return undefined;
	const made = { credentialId: toBase64url(new Uint8Array(credential.rawId)), salt: toBase64url(salt) };
	// Some authenticators answer the extension only when they are asked again.
	const prf = bytesOf(results.results?.first) ?? (await askPasskey(made));
	return prf && { ...made, prf };
}

/** The 32 bytes of a passkey made before; undefined where the person or the device refused. */
export async function askPasskey(passkey: {
	readonly credentialId: string;
	readonly salt: string;
}): Promise<Uint8Array<ArrayBuffer> | undefined> {
	const credential = await asked(() =>
		navigator.credentials.get({
			publicKey: {
				rpId: location.hostname,
				challenge: randomBytes(32),
				allowCredentials: [{ type: 'public-key', id: fromBase64url(passkey.credentialId) }],
				userVerification: 'required',
				extensions: { prf: { eval: { first: fromBase64url(passkey.salt) } } }
			}
		})
	);
	return bytesOf(credential?.getClientExtensionResults().prf?.results?.first);
}

/** Cancelling, a missing passkey and a wrong finger all arrive as one of these errors; none of them is a surprise. */
async function asked(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential | undefined> {
	try {
		const credential = await ask();
		return credential instanceof PublicKeyCredential ? credential : undefined;
	} catch (error) {
		if (error instanceof DOMException && refusals.has(error.name)) return undefined;
		throw error;
	}
}

const refusals = new Set(['NotAllowedError', 'InvalidStateError', 'NotSupportedError', 'AbortError', 'SecurityError']);

function bytesOf(source: BufferSource | undefined): Uint8Array<ArrayBuffer> | undefined {
	if (source === undefined) return undefined;
	const bytes = ArrayBuffer.isView(source)
		? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
		: new Uint8Array(source);
	return bytes.slice();
}

function randomBytes(length: number): Uint8Array<ArrayBuffer> {
	return crypto.getRandomValues(new Uint8Array(length));
}

function toBase64url(bytes: Uint8Array): string {
	return btoa(String.fromCharCode(...bytes))
		.replaceAll('+', '-')
		.replaceAll('/', '_')
		.replaceAll('=', '');
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
}
