import { canonicalJson, type Json } from '#lib/domain/canonical-json.ts';
import { badgeSecret } from '#lib/domain/badge.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { FirstSlotRow, SlotRow, WayRow } from '../db/database.ts';
import type { NewWay, Secret, Way } from '../tablet.ts';
import { aesKey, decrypt, encrypt } from './aes.ts';
import { acceptable, type Argon2id, type ArgonParameters } from './argon.ts';
import { concat, utf8, type Bytes } from './bytes.ts';
import { normaliseSecret } from './passphrase.ts';
import { makeOpeningPair, openLetter, type RingKey } from './ring.ts';

/*
 * A slot is one person's entrance to the tablet (SECURITY.md 6), with up to three ways in. Nothing on the disk opens it
 * without one of them.
 *
 *   passphrase ─ Argon2id 64 MiB ────────────┐
 *   badge (128 bits) ‖ PIN ─ Argon2id 19 MiB ┼─ HKDF ─► key of the way ── AES-GCM ──► the person's key
 *   passkey's PRF (32 bytes) ────────────────┘                                              │ AES-GCM
 *                                                                                           ▼
 *                        data keys ‖ warm key ‖ opening key ‖ badge ‖ signing key = the person's secrets
 *   PIN ─ Argon2id ──► warm key ── AES-GCM ──► the same secrets, in the worker's memory only (warm envelope)
 *
 * What is authenticated with it: device, person, kinds, parameters, salts, public key. The name and role beside it are for the
 * lock screen only. The badge's secret is kept among the secrets so that a new PIN does not need the card.
 */

/** What a slot holds. The caller clears the bytes when it locks. */
export interface Secrets {
	/** The data keys of this tablet, oldest first, never empty. */
	readonly ring: readonly RingKey[];
	/** 32 bytes: Argon2id of the PIN. */
	readonly warmKey: Bytes;
	/** The private half of the slot's public key, 32 bytes. */
	readonly openingKey: Bytes;
	/** The person's ECDSA P-256 key, PKCS #8. */
	readonly signingKey: Bytes;
	/** 16 bytes, where the person has a badge. */
	readonly badge: Bytes | undefined;
	/** 32 bytes: what every way holds. */
	readonly personKey: Bytes;
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
	readonly parameters: { readonly cold: ArgonParameters; readonly warm: ArgonParameters };
}

export type SlotFault =
	| { readonly type: 'wrong_secret' }
	| { readonly type: 'way_missing' }
	/** Below the floor or absurd: somebody changed the slot on the disk. Not even tried. */
	| { readonly type: 'parameters_refused' };

/** A slot with what it holds: `slot` may differ from the one that was opened, and is then to be written. */
export interface OpenedSlot {
	readonly slot: SlotRow;
	readonly secrets: Secrets;
}

const saltLength = 32;
const keyLength = 32;
const badgeLength = 16;

/** A slot with a passphrase. @param given.pin digits; the warm key made of it is sealed inside */
export async function makeSlot(
	owner: { deviceId: string; staffId: string; name: string; role: string },
	keys: Pick<Secrets, 'ring' | 'signingKey'>,
	given: { passphrase: string; pin: string },
	tools: SlotTools
): Promise<OpenedSlot> {
	const { random, argon2id, parameters } = tools;
	const { publicKey, openingKey } = await makeOpeningPair();
	const pinSalt = random(saltLength);
	const secrets: Secrets = {
		...keys,
		openingKey,
		badge: undefined,
		personKey: random(keyLength),
		warmKey: await argon2id(normaliseSecret(given.pin), pinSalt, parameters.warm)
	};
	const bare: SlotRow = {
		staffId: owner.staffId,
		name: owner.name,
		role: owner.role,
		version: 2,
		pin: parameters.warm,
		pinSalt,
		publicKey,
		ways: [],
		letters: [],
		sealed: new Uint8Array()
	};
	const opened = { slot: await resealed(bare, owner.deviceId, secrets, random), secrets };
	return withWay(opened, owner.deviceId, { way: 'passphrase', passphrase: given.passphrase }, tools);
}

/**
 * Inverse of `makeSlot` and `withWay`: takes as long as Argon2id does with the slot's parameters. Takes in the letters that lie
 * in the slot; one that does not open stays where it is.
 */
export async function openSlot(
	slot: SlotRow | FirstSlotRow,
	deviceId: string,
	secret: Secret,
	tools: SlotTools
): Promise<Result<OpenedSlot, SlotFault>> {
	if (slot.version === 1) return openFirstSlot(slot, deviceId, secret, tools);
	const row = slot.ways.find(({ way }) => way === secret.way);
	if (!row) return err({ type: 'way_missing' });
	if (!acceptable(slot.pin) || (row.way === 'passphrase' && !acceptable(row.parameters)))
		return err({ type: 'parameters_refused' });
	const material = await materialOf(slot, row, secret, tools.argon2id);
	const wayKey = material && (await keyOfWay(material, row.salt, slot.staffId, deviceId, row.way));
	const personKey = wayKey && (await decrypt(wayKey, row.sealed, wayBound(row, slot.staffId, deviceId)));
	if (!personKey) return err({ type: 'wrong_secret' });
	const held = await decrypt(await aesKey(personKey), slot.sealed, slotBound(slot, deviceId));
	// The person's key opened and what it keeps did not: the slot was changed on the disk.
	if (!held) return err({ type: 'wrong_secret' });
	return ok(await withLetters({ slot, secrets: parted(held, personKey) }, deviceId, tools.random));
}

/** Adds a way, or replaces the one of its kind. */
export async function withWay(
	{ slot, secrets }: OpenedSlot,
	deviceId: string,
	way: NewWay,
	tools: SlotTools
): Promise<OpenedSlot> {
	const { random, argon2id, parameters } = tools;
	const salt = random(saltLength);
	let next = secrets;
	let head: WayHead;
	let material: Bytes;
	switch (way.way) {
		case 'passphrase':
			head = { way: way.way, parameters: parameters.cold, salt };
			material = await argon2id(normaliseSecret(way.passphrase), salt, parameters.cold);
			break;
		case 'badge': {
			const badge = badgeSecret(way.badge);
			if (!badge) throw new RangeError('The badge is not well written');
			next = { ...secrets, badge };
			head = { way: way.way, salt };
			material = concat(badge, secrets.warmKey);
			break;
		}
		case 'passkey':
			if (way.prf.length !== keyLength) throw new RangeError('A passkey gives 32 bytes');
			head = { way: way.way, credentialId: way.credentialId, prfSalt: way.salt, salt };
			material = way.prf;
	}
	const wayKey = await keyOfWay(material, salt, slot.staffId, deviceId, way.way);
	const sealed = await encrypt(wayKey, next.personKey, wayBound(head, slot.staffId, deviceId), random);
	const ways = [...slot.ways.filter((other) => other.way !== way.way), { ...head, sealed }];
	return { slot: await resealed({ ...slot, ways }, deviceId, next, random), secrets: next };
}

/** Takes a way away; undefined where it is the only one. */
export async function withoutWay(
	{ slot, secrets }: OpenedSlot,
	deviceId: string,
	way: Way,
	{ random }: SlotTools
): Promise<OpenedSlot | undefined> {
	const ways = slot.ways.filter((other) => other.way !== way);
	if (ways.length === 0) return undefined;
	const next = way === 'badge' ? { ...secrets, badge: undefined } : secrets;
	return { slot: await resealed({ ...slot, ways }, deviceId, next, random), secrets: next };
}

/** Another PIN, for resting and for the badge. */
export async function withPin(
	{ slot, secrets }: OpenedSlot,
	deviceId: string,
	pin: string,
	tools: SlotTools
): Promise<OpenedSlot> {
	const { random, argon2id, parameters } = tools;
	const pinSalt = random(saltLength);
	const next: Secrets = {
		...secrets,
		warmKey: await argon2id(normaliseSecret(pin), pinSalt, parameters.warm)
	};
	const renewed = { ...slot, pin: parameters.warm, pinSalt };
	const opened = { slot: await resealed(renewed, deviceId, next, random), secrets: next };
	const { badge } = next;
	if (!badge) return opened;
	// The same card goes with the new PIN.
	const salt = random(saltLength);
	const head: WayHead = { way: 'badge', salt };
	const wayKey = await keyOfWay(concat(badge, next.warmKey), salt, slot.staffId, deviceId, 'badge');
	const sealed = await encrypt(wayKey, next.personKey, wayBound(head, slot.staffId, deviceId), random);
	const ways = slot.ways.map((way) => (way.way === 'badge' ? { ...head, sealed } : way));
	return { ...opened, slot: { ...opened.slot, ways } };
}

/** With one more data key among the secrets. */
export async function withRingKey(
	{ slot, secrets }: OpenedSlot,
	deviceId: string,
	key: RingKey,
	{ random }: Pick<SlotTools, 'random'>
): Promise<OpenedSlot> {
	const next = { ...secrets, ring: [...secrets.ring, key] };
	const letters = slot.letters.filter(({ n }) => n > key.n);
	return { slot: await resealed({ ...slot, letters }, deviceId, next, random), secrets: next };
}

/** Takes in the letters that follow the newest data key. The same slot where there is none. */
export async function withLetters(
	opened: OpenedSlot,
	deviceId: string,
	random: (length: number) => Bytes
): Promise<OpenedSlot> {
	let next = opened;
	for (const letter of [...opened.slot.letters].sort((a, b) => a.n - b.n)) {
		const newest = newestOf(next.secrets.ring);
		const key = await openLetter(
			{ deviceId, staffId: opened.slot.staffId, openingKey: next.secrets.openingKey },
			letter,
			newest
		);
		if (key) next = await withRingKey(next, deviceId, key, { random });
	}
	return next;
}

/** A slot as it lies on the disk now, opened by a person whose slot was opened before; undefined where it is not theirs. */
export async function reopened(
	slot: SlotRow | FirstSlotRow | undefined,
	deviceId: string,
	{ personKey }: Secrets,
	random: (length: number) => Bytes
): Promise<OpenedSlot | undefined> {
	if (slot?.version !== 2) return undefined;
	// A lock may clear the secrets meanwhile; nothing must be sealed with what is left of them.
	const key = personKey.slice();
	const held = await decrypt(await aesKey(key.slice()), slot.sealed, slotBound(slot, deviceId));
	return held && withLetters({ slot, secrets: parted(held, key) }, deviceId, random);
}

/** Is this the person's PIN? Takes as long as Argon2id does. */
export async function isPin(slot: SlotRow, secrets: Secrets, pin: string, argon2id: Argon2id): Promise<boolean> {
	const warmKey = await argon2id(normaliseSecret(pin), slot.pinSalt, slot.pin);
	let difference = 0;
	for (const [i, byte] of warmKey.entries()) difference |= byte ^ (secrets.warmKey[i] ?? 0);
	return difference === 0 && warmKey.length === secrets.warmKey.length;
}

/** Seals the secrets under the PIN, for the time the tablet rests. */
export async function makeEnvelope(
	slot: SlotRow,
	deviceId: string,
	secrets: Secrets,
	random: (length: number) => Bytes
): Promise<WarmEnvelope> {
	const bound = concat(utf8('warm|'), slotBound(slot, deviceId));
	return {
		pin: slot.pin,
		pinSalt: slot.pinSalt,
		bound,
		sealed: await encrypt(await aesKey(secrets.warmKey), concat(secrets.personKey, joined(secrets)), bound, random)
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
	return opened && parted(opened.subarray(keyLength), opened.slice(0, keyLength));
}

export function newestOf(ring: readonly RingKey[]): RingKey {
	const newest = ring.at(-1);
	if (!newest) throw new Error('A tablet without a data key');
	return newest;
}

/** Overwrites the secrets. JavaScript may have copied them; what can be cleared is cleared. */
export function clear(secrets: Secrets): void {
	for (const { key } of secrets.ring) key.fill(0);
	secrets.warmKey.fill(0);
	secrets.openingKey.fill(0);
	secrets.signingKey.fill(0);
	secrets.personKey.fill(0);
	secrets.badge?.fill(0);
}

/**
 * A slot of the first version, opened by its passphrase, as one of this version: the same passphrase with the same salt, and
 * a pair of its own. The key that was the tablet's only one is the first of the ring.
 */
async function openFirstSlot(
	slot: FirstSlotRow,
	deviceId: string,
	secret: Secret,
	{ argon2id, random }: SlotTools
): Promise<Result<OpenedSlot, SlotFault>> {
	if (secret.way !== 'passphrase') return err({ type: 'way_missing' });
	if (!acceptable(slot.passphrase) || !acceptable(slot.pin)) return err({ type: 'parameters_refused' });
	const { staffId, name, role, passphrase, pin, passphraseSalt, pinSalt } = slot;
	const derived = await argon2id(normaliseSecret(secret.passphrase), passphraseSalt, passphrase);
	const firstKey = await hkdf(derived, passphraseSalt, `slot|${deviceId}|${staffId}|v1`);
	const bound = utf8(
		canonicalJson({
			is: 'slot',
			version: 1,
			deviceId,
			staffId,
			passphrase: { ...passphrase },
			pin: { ...pin },
			passphraseSalt: [...passphraseSalt],
			pinSalt: [...pinSalt]
		})
	);
	const held = await decrypt(firstKey, slot.sealed, bound);
	if (!held) return err({ type: 'wrong_secret' });
	const { publicKey, openingKey } = await makeOpeningPair();
	const secrets: Secrets = {
		ring: [{ n: 1, key: held.slice(0, keyLength) }],
		warmKey: held.slice(keyLength, keyLength * 2),
		signingKey: held.slice(keyLength * 2),
		openingKey,
		badge: undefined,
		personKey: random(keyLength)
	};
	const head: WayHead = { way: 'passphrase', parameters: passphrase, salt: passphraseSalt };
	const wayKey = await keyOfWay(derived, passphraseSalt, staffId, deviceId, 'passphrase');
	const sealed = await encrypt(wayKey, secrets.personKey, wayBound(head, staffId, deviceId), random);
	const bare: SlotRow = {
		staffId,
		name,
		role,
		version: 2,
		pin,
		pinSalt,
		publicKey,
		ways: [{ ...head, sealed }],
		letters: [],
		sealed: new Uint8Array()
	};
	return ok({ slot: await resealed(bare, deviceId, secrets, random), secrets });
}

/** What a secret brings to the key of its way; undefined where it is not one. */
async function materialOf(slot: SlotRow, row: WayRow, secret: Secret, argon2id: Argon2id): Promise<Bytes | undefined> {
	switch (secret.way) {
		case 'passphrase':
			return row.way === 'passphrase'
				? argon2id(normaliseSecret(secret.passphrase), row.salt, row.parameters)
				: undefined;
		case 'badge': {
			const badge = badgeSecret(secret.badge);
			return badge && concat(badge, await argon2id(normaliseSecret(secret.pin), slot.pinSalt, slot.pin));
		}
		case 'passkey':
			return secret.prf;
	}
}

type WayHead = WayRow extends infer W ? (W extends WayRow ? Omit<W, 'sealed'> : never) : never;

function keyOfWay(material: Bytes, salt: Bytes, staffId: string, deviceId: string, way: Way): Promise<CryptoKey> {
	return hkdf(material, salt, `slot|${deviceId}|${staffId}|${way}|v2`);
}

async function hkdf(material: Bytes, salt: Bytes, purpose: string): Promise<CryptoKey> {
	const root = await crypto.subtle.importKey('raw', material, 'HKDF', false, ['deriveKey']);
	return crypto.subtle.deriveKey(
		{ name: 'HKDF', hash: 'SHA-256', salt, info: utf8(purpose) },
		root,
		{ name: 'AES-GCM', length: 256 },
		false,
		['encrypt', 'decrypt']
	);
}

function wayBound(row: WayHead, staffId: string, deviceId: string): Bytes {
	const { salt, way } = row;
	const more: Json =
		row.way === 'passphrase'
			? { parameters: { ...row.parameters } }
			: row.way === 'passkey'
				? { credentialId: row.credentialId, prfSalt: row.prfSalt }
				: {};
	return utf8(canonicalJson({ is: 'way', version: 2, deviceId, staffId, way, salt: [...salt], more }));
}

function slotBound({ staffId, version, pin, pinSalt, publicKey }: SlotRow, deviceId: string): Bytes {
	return utf8(
		canonicalJson({
			is: 'slot',
			version,
			deviceId,
			staffId,
			pin: { ...pin },
			pinSalt: [...pinSalt],
			publicKey: [...publicKey]
		})
	);
}

async function resealed(
	slot: SlotRow,
	deviceId: string,
	secrets: Secrets,
	random: (length: number) => Bytes
): Promise<SlotRow> {
	const key = await aesKey(secrets.personKey);
	return { ...slot, sealed: await encrypt(key, joined(secrets), slotBound(slot, deviceId), random) };
}

/** Inverse of `parted`. */
function joined({ ring, warmKey, openingKey, signingKey, badge }: Secrets): Bytes {
	const head = new Uint8Array(3);
	new DataView(head.buffer).setUint16(0, ring.length);
	head[2] = badge ? 1 : 0;
	const keys = ring.map(({ n, key }) => {
		const number = new Uint8Array(4);
		new DataView(number.buffer).setUint32(0, n);
		return concat(number, key);
	});
	return concat(head, warmKey, openingKey, badge ?? new Uint8Array(badgeLength), ...keys, signingKey);
}

function parted(bytes: Bytes, personKey: Bytes): Secrets {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let at = 3;
	const take = (length: number) => bytes.slice(at, (at += length));
	const warmKey = take(keyLength);
	const openingKey = take(keyLength);
	const badge = take(badgeLength);
	const ring = Array.from({ length: view.getUint16(0) }, (): RingKey => {
		const n = view.getUint32(at);
		at += 4;
		return { n, key: take(keyLength) };
	});
	return {
		ring,
		warmKey,
		openingKey,
		badge: view.getUint8(2) === 1 ? badge : undefined,
		signingKey: bytes.slice(at),
		personKey
	};
}
