import type { DeviceId } from '#lib/domain/ids.ts';
import type { SignedStatement } from '#lib/sync/protocol.ts';
import { readStatement, wipeOrderSchema } from '#lib/sync/statements.ts';
import type { Vault } from '../tablet.ts';

/*
 * A tablet that a supervisor closed hands in what only it has, erases itself, says so, and keeps nothing.
 *
 *   order ─► signature and name fit? ─ no ─► reported, nothing else happens
 *              └─ yes ─► everything sent? ─ no ─► sent first; what cannot be sent keeps the tablet as it is
 *                          └─ yes ─► erased ─► the registry is told, until it has heard
 */

/** Why an order is not followed. */
export type OrderFault = 'no_key' | 'signature_wrong' | 'unreadable' | 'of_another_tablet';

/**
 * Whether the registry ordered this tablet to erase itself; otherwise why the order is not believed.
 *
 * @param registryKey the key that was kept at enrolment (P-256 point, base64url); undefined on a tablet enrolled before it was kept
 */
export async function orderFault(
	order: SignedStatement,
	deviceId: DeviceId,
	registryKey: string | undefined
): Promise<OrderFault | undefined> {
	if (registryKey === undefined) return 'no_key';
	const read = await readStatement(wipeOrderSchema, order, (text, signature) => verifies(registryKey, text, signature));
	if (!read.ok) return read.error.type;
	return read.value.deviceId === deviceId ? undefined : 'of_another_tablet';
}

/**
 * How many records only this tablet has, as far as anybody can know now. Where the browser keeps no journal and the vault is
 * shut, one is assumed: nothing is erased that nobody could look at.
 */
export async function onlyHere(vault: Pick<Vault, 'status' | 'outbox' | 'usage'>): Promise<number> {
	const [{ status }, outbox] = await Promise.all([vault.status(), vault.outbox()]);
	if (status !== 'open') return outbox.journal === 'kept' ? outbox.records : Math.max(1, outbox.records);
	const { waitingEntries, waitingPhotos } = await vault.usage();
	return Math.max(outbox.records, waitingEntries + waitingPhotos);
}

/** ECDSA P-256 with SHA-256 over the text's UTF-8; false for anything that is no key or no signature. */
async function verifies(publicKey: string, text: string, signature: string): Promise<boolean> {
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
