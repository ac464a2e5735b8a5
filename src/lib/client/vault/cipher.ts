import { decrypt, encrypt } from './aes.ts';
import { hex, textOf, utf8, type Bytes } from './bytes.ts';
import type { RingKey } from './ring.ts';

/*
 * What seals everything on the tablet's disk. A data key (DEK, 256 random bits) makes two keys by HKDF-SHA256: one for
 * AES-256-GCM, one for HMAC, by which things are named on the disk without saying what they are. The ring may hold several
 * data keys: the newest seals, all open, and names stay those of the first, so that nothing has to be moved.
 *
 * Every sealed record is bound to its place: the additional data is `store|record|version`, so that a record moved to
 * another place, or one store's record put into another's, does not open (SECURITY.md 6). A random 96-bit nonce per record is
 * safe below 2^32 records a key (NIST SP 800-38D, 8.3).
 */

/** The version of the sealed format, part of what is authenticated. */
const sealVersion = 1;
const nonceLength = 12;

/** Which table a record lies in. */
export type SealedStoreName = 'log' | 'segments' | 'indexes' | 'notes' | 'drafts' | 'photos' | 'thumbnails' | 'journal';

/** A record that does not open: damaged, moved from another place, or sealed under another key. */
export class RecordDamaged extends Error {
	readonly store: SealedStoreName;
	readonly record: string | number;

	constructor(store: SealedStoreName, record: string | number) {
		super(`${store}|${record} does not open`);
		this.name = 'RecordDamaged';
		this.store = store;
		this.record = record;
	}
}

export class Cipher {
	/** By number, newest first. */
	private keys: readonly { readonly n: number; readonly sealing: CryptoKey }[];
	private readonly naming: CryptoKey;
	private readonly random: (length: number) => Bytes;
	/** The key that opened last of each table: most of one table is under one key. */
	private readonly lastOpened = new Map<SealedStoreName, number>();
	/** Asked once where nothing opens: did another tab make a new key? True where this cipher has learned one. */
	moreKeys: (() => Promise<boolean>) | undefined;

	private constructor(keys: Cipher['keys'], naming: CryptoKey, random: (length: number) => Bytes) {
		this.keys = keys;
		this.naming = naming;
		this.random = random;
	}

	/** @param ring data keys of 32 bytes, oldest first; the caller keeps them and clears them */
	static async from(ring: readonly RingKey[], random: (length: number) => Bytes): Promise<Cipher> {
		const first = ring[0];
		if (!first) throw new Error('A cipher needs a data key');
		const [naming, ...sealing] = await Promise.all([
			namingKey(first),
			...ring.map(async (key) => ({ n: key.n, sealing: await sealingKey(key) }))
		]);
		return new Cipher(sealing.reverse(), naming, random);
	}

	/** One more data key, newer than all: from now on it seals. */
	async learn(key: RingKey): Promise<void> {
		const sealing = await sealingKey(key);
		if (this.keys.some(({ n }) => n >= key.n)) return;
		this.keys = [{ n: key.n, sealing }, ...this.keys];
	}

	/** Nonce and ciphertext in one piece. Use `open` with the same place to read it again. */
	async seal(store: SealedStoreName, record: string | number, bytes: Bytes): Promise<Bytes> {
		const newest = this.keys[0];
		if (!newest) throw new Error('A cipher needs a data key');
		return encrypt(newest.sealing, bytes, placeOf(store, record), this.random);
	}

	/** Throws `RecordDamaged` where the record is not one that was sealed for this place. Inverse of `seal`. */
	async open(store: SealedStoreName, record: string | number, sealed: Bytes): Promise<Bytes> {
		if (sealed.length <= nonceLength) throw new RecordDamaged(store, record);
		const opened = (await this.tried(store, record, sealed)) ?? (await this.triedAgain(store, record, sealed));
		if (!opened) throw new RecordDamaged(store, record);
		return opened;
	}

	private async tried(store: SealedStoreName, record: string | number, sealed: Bytes): Promise<Bytes | undefined> {
		const last = this.lastOpened.get(store);
		const place = placeOf(store, record);
		const inOrder = [...this.keys.filter(({ n }) => n === last), ...this.keys.filter(({ n }) => n !== last)];
		for (const { n, sealing } of inOrder) {
			const opened = await decrypt(sealing, sealed, place);
			if (!opened) continue;
			this.lastOpened.set(store, n);
			return opened;
		}
		return undefined;
	}

	private async triedAgain(store: SealedStoreName, record: string | number, sealed: Bytes): Promise<Bytes | undefined> {
		return (await this.moreKeys?.()) ? this.tried(store, record, sealed) : undefined;
	}

	sealJson(store: SealedStoreName, record: string | number, value: unknown): Promise<Bytes> {
		return this.seal(store, record, utf8(JSON.stringify(value)));
	}

	/** Inverse of `sealJson`. What this program sealed is trusted to have the shape it had; what others wrote is parsed by the caller. */
	async openJson<T>(store: SealedStoreName, record: string | number, sealed: Bytes): Promise<T> {
		return JSON.parse(textOf(await this.open(store, record, sealed))) as T;
	}

	/** The name under which something lies on the disk: an HMAC, 64 hex digits, that tells nothing without the key. */
	async nameOf(store: SealedStoreName, name: string): Promise<string> {
		return hex(new Uint8Array(await crypto.subtle.sign('HMAC', this.naming, utf8(`${store}|${name}`))));
	}
}

function placeOf(store: SealedStoreName, record: string | number): Bytes {
	return utf8(`${store}|${record}|v${sealVersion}`);
}

function sealingKey(key: RingKey): Promise<CryptoKey> {
	return derived(key, 'lampkeep|records|v1', { name: 'AES-GCM', length: 256 }, ['encrypt', 'decrypt']);
}

function namingKey(key: RingKey): Promise<CryptoKey> {
	return derived(key, 'lampkeep|names|v1', { name: 'HMAC', hash: 'SHA-256', length: 256 }, ['sign']);
}

async function derived(
	{ key }: RingKey,
	purpose: string,
	algorithm: AesKeyGenParams | HmacKeyGenParams,
	uses: readonly KeyUsage[]
): Promise<CryptoKey> {
	const root = await crypto.subtle.importKey('raw', key, 'HKDF', false, ['deriveKey']);
	return crypto.subtle.deriveKey(
		{ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: utf8(purpose) },
		root,
		algorithm,
		false,
		uses
	);
}
