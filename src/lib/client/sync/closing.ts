import type { DeviceId } from '#lib/domain/ids.ts';
import type { SignedStatement } from '#lib/sync/protocol.ts';
import { readStatement, wipeOrderSchema } from '#lib/sync/statements.ts';
import type { Vault } from '../tablet.ts';
import { verifies } from './registry-signature.ts';

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
