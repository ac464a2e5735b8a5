import { canonicalJson } from '#lib/domain/canonical-json.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { SlotRow } from '../db/database.ts';
import { acceptable, type Argon2id, type ArgonParameters } from './argon.ts';
import { concat, utf8, type Bytes } from './bytes.ts';
import { normaliseSecret } from './passphrase.ts';

/*
 * A slot is one person's way into the tablet (SECURITY.md 6). Nothing on the disk opens it without the passphrase.
 *
 *   passphrase ─ Argon2id ─ HKDF ─► KEK ── AES-GCM ──► data key ‖ warm key ‖ the person's signing key
 *   PIN ─ Argon2id ───────────────► warm key ── AES-GCM ──► the same three, in the worker's memory only (warm envelope)
 *
 * What is authenticated with it: device, person, both sets of parameters, both salts. The name and role beside it are for
 * the lock screen only.
 */

/** What a slot holds. The caller clears the bytes when it locks. */
export interface Secrets {
	/** 32 bytes: the key of every record on this tablet. */
	readonly dek: Bytes;
	/** 32 bytes: Argon2id of the PIN. */
	readonly warmKey: Bytes;
	/** The person's ECDSA P-256 key, PKCS #8. */
	readonly signingKey: Bytes;
}

/** What the warm envelope needs while the keys are forgotten. Lives in memory, never on the disk. */
export interface WarmEnvelope {
	readonly pin: ArgonParameters;
	readonly pinSalt: Bytes;
	readonly sealed: Bytes;
	readonly bound: Bytes;
}

export interface SlotTools {
	readonly random: (length: number) => Bytes;
	readonly argon2id: Argon2id;
}

export type SlotFault =
	| { readonly type: 'wrong_secret' }
	/** Below the floor or absurd: somebody changed the slot on the disk. Not even tried. */
	| { readonly type: 'parameters_refused' };

const saltLength = 32;
const keyLength = 32;
const nonceLength = 12;

/** @param pin digits; the warm key made of it is sealed inside the slot */
export async function makeSlot(
	owner: { deviceId: string; staffId: string; name: string; role: string },
	keys: Pick<Secrets, 'dek' | 'signingKey'>,
	given: { passphrase: string; pin: string; cold: ArgonParameters; warm: ArgonParameters },
	{ random, argon2id }: SlotTools
): Promise<{ slot: SlotRow; secrets: Secrets }> {
	const head = {
		staffId: owner.staffId,
		name: owner.name,
		role: owner.role,
		version: 1 as const,
		passphrase: given.cold,
		pin: given.warm,
		passphraseSalt: random(saltLength),
		pinSalt: random(saltLength)
	};
	const warmKey = await argon2id(normaliseSecret(given.pin), head.pinSalt, given.warm);
	const secrets: Secrets = { dek: keys.dek, warmKey, signingKey: keys.signingKey };
	const kek = await keyOf(
		await argon2id(normaliseSecret(given.passphrase), head.passphraseSalt, given.cold),
		head,
		owner.deviceId
	);
	return {
		slot: { ...head, sealed: await encrypt(kek, joined(secrets), boundTo(head, owner.deviceId), random) },
		secrets
	};
}

/** Inverse of `makeSlot`: takes as long as Argon2id does with the slot's parameters. */
export async function openSlot(
	slot: SlotRow,
	deviceId: string,
	passphrase: string,
	argon2id: Argon2id
): Promise<Result<Secrets, SlotFault>> {
	if (!acceptable(slot.passphrase) || !acceptable(slot.pin)) return err({ type: 'parameters_refused' });
	const kek = await keyOf(
		await argon2id(normaliseSecret(passphrase), slot.passphraseSalt, slot.passphrase),
		slot,
		deviceId
	);
	const opened = await decrypt(kek, slot.sealed, boundTo(slot, deviceId));
	return opened ? ok(parted(opened)) : err({ type: 'wrong_secret' });
}

/** Seals the secrets under the PIN, for the time the tablet rests. */
export async function makeEnvelope(
	slot: SlotRow,
	deviceId: string,
	secrets: Secrets,
	random: (length: number) => Bytes
): Promise<WarmEnvelope> {
	const bound = concat(utf8('warm|'), boundTo(slot, deviceId));
	return {
		pin: slot.pin,
		pinSalt: slot.pinSalt,
		bound,
		sealed: await encrypt(await aesKey(secrets.warmKey), joined(secrets), bound, random)
	};
}

/** Inverse of `makeEnvelope`; undefined with a wrong PIN. */
export async function openEnvelope(
	envelope: WarmEnvelope,
	pin: string,
	argon2id: Argon2id
): Promise<Secrets | undefined> {
	const warmKey = await argon2id(normaliseSecret(pin), envelope.pinSalt, envelope.pin);
	const opened = await decrypt(await aesKey(warmKey), envelope.sealed, envelope.bound);
	return opened && parted(opened);
}

/** Overwrites the secrets. JavaScript may have copied them; what can be cleared is cleared. */
export function clear(secrets: Secrets): void {
	secrets.dek.fill(0);
	secrets.warmKey.fill(0);
	secrets.signingKey.fill(0);
}

type SlotHead = Omit<SlotRow, 'name' | 'role' | 'sealed'>;

async function keyOf(derived: Bytes, slot: SlotHead, deviceId: string): Promise<CryptoKey> {
	const root = await crypto.subtle.importKey('raw', derived, 'HKDF', false, ['deriveKey']);
	return crypto.subtle.deriveKey(
		{ name: 'HKDF', hash: 'SHA-256', salt: slot.passphraseSalt, info: utf8(`slot|${deviceId}|${slot.staffId}|v1`) },
		root,
		{ name: 'AES-GCM', length: 256 },
		false,
		['encrypt', 'decrypt']
	);
}

function boundTo(slot: SlotHead, deviceId: string): Bytes {
	const { staffId, version, passphrase, pin, passphraseSalt, pinSalt } = slot;
	return utf8(
		canonicalJson({
			is: 'slot',
			version,
			deviceId,
			staffId,
			passphrase: { ...passphrase },
			pin: { ...pin },
			passphraseSalt: [...passphraseSalt],
			pinSalt: [...pinSalt]
		})
	);
}

function joined({ dek, warmKey, signingKey }: Secrets): Bytes {
	return concat(dek, warmKey, signingKey);
}

function parted(bytes: Bytes): Secrets {
	return {
		dek: bytes.slice(0, keyLength),
		warmKey: bytes.slice(keyLength, keyLength * 2),
		signingKey: bytes.slice(keyLength * 2)
	};
}

function aesKey(bytes: Bytes): Promise<CryptoKey> {
	return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

async function encrypt(
	key: CryptoKey,
	bytes: Bytes,
	additionalData: Bytes,
	random: (length: number) => Bytes
): Promise<Bytes> {
	const iv = random(nonceLength);
	return concat(iv, new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes)));
}

/** Undefined where the key, the bytes or what they are bound to is not the one they were sealed with. */
async function decrypt(key: CryptoKey, sealed: Bytes, additionalData: Bytes): Promise<Bytes | undefined> {
	try {
		const iv = sealed.slice(0, nonceLength);
		return new Uint8Array(
			await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, sealed.slice(nonceLength))
		);
	} catch (cause) {
		if (cause instanceof DOMException && cause.name === 'OperationError') return undefined;
		throw cause;
	}
}
