/** Bytes as the platform's crypto takes them: never shared memory. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Inverse of `textOf`. */
export function utf8(text: string): Bytes {
	return encoder.encode(text);
}

/** Throws a TypeError where the bytes are not UTF-8. Inverse of `utf8`. */
export function textOf(bytes: Uint8Array): string {
	return decoder.decode(bytes);
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
	const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		joined.set(part, at);
		at += part.length;
	}
	return joined;
}

/** Base64url without padding (RFC 4648, 5). */
export function base64url(bytes: Uint8Array): string {
	let binary = '';
	for (const byte of bytes) binary += String.fromCharCode(byte);
	return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Lower-case hexadecimal. */
export function hex(bytes: Uint8Array): string {
	let text = '';
	for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
	return text;
}

/** SHA-256 of a text in UTF-8, 64 hex digits. */
export async function sha256Hex(text: string): Promise<string> {
	return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(text))));
}

/** Throws a DOMException where the text is not base64url. Inverse of `base64url`. */
export function fromBase64url(text: string): Bytes {
	const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
	return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}
