import { concat, hex, textOf, utf8, type Bytes } from './bytes.ts';

/*
 * What seals everything on the tablet's disk. One data key (DEK, 256 random bits) makes two keys by HKDF-SHA256: one for
 * AES-256-GCM, one for HMAC, by which things are named on the disk without saying what they are.
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
	private readonly sealing: CryptoKey;
	private readonly naming: CryptoKey;
	private readonly random: (length: number) => Bytes;

	private constructor(sealing: CryptoKey, naming: CryptoKey, random: (length: number) => Bytes) {
		this.sealing = sealing;
		this.naming = naming;
		this.random = random;
	}

	/** @param dek 32 bytes; the caller keeps them and clears them */
	static async from(dek: Bytes, random: (length: number) => Bytes): Promise<Cipher> {
		const root = await crypto.subtle.importKey('raw', dek, 'HKDF', false, ['deriveKey']);
		const derived = (purpose: string) => ({
			name: 'HKDF',
			hash: 'SHA-256',
			salt: new Uint8Array(32),
			info: utf8(purpose)
		});
		const [sealing, naming] = await Promise.all([
			crypto.subtle.deriveKey(derived('lampkeep|records|v1'), root, { name: 'AES-GCM', length: 256 }, false, [
				'encrypt',
				'decrypt'
			]),
			crypto.subtle.deriveKey(
				derived('lampkeep|names|v1'),
				root,
				{ name: 'HMAC', hash: 'SHA-256', length: 256 },
				false,
				['sign']
			)
		]);
		return new Cipher(sealing, naming, random);
	}

	/** Nonce and ciphertext in one piece. Use `open` with the same place to read it again. */
	async seal(store: SealedStoreName, record: string | number, bytes: Bytes): Promise<Bytes> {
		const nonce = this.random(nonceLength);
		const sealed = await crypto.subtle.encrypt(
			{ name: 'AES-GCM', iv: nonce, additionalData: placeOf(store, record) },
			this.sealing,
			bytes
		);
		return concat(nonce, new Uint8Array(sealed));
	}

	/** Throws `RecordDamaged` where the record is not the one that was sealed for this place. Inverse of `seal`. */
	async open(store: SealedStoreName, record: string | number, sealed: Bytes): Promise<Bytes> {
		try {
			const opened = await crypto.subtle.decrypt(
				{ name: 'AES-GCM', iv: sealed.slice(0, nonceLength), additionalData: placeOf(store, record) },
				this.sealing,
				sealed.subarray(nonceLength)
			);
			return new Uint8Array(opened);
		} catch (cause) {
			if (cause instanceof DOMException || sealed.length <= nonceLength) throw new RecordDamaged(store, record);
			throw cause;
		}
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
