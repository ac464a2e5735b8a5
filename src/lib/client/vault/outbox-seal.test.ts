import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { describe, expect, it } from 'vitest';
import { framePhoto, sealedAad, sealedInfo, sealedRecordSchema, unframePhoto } from '#lib/sync/sealed.ts';
import { base64url, textOf, utf8, type Bytes } from './bytes.ts';
import { fromBase64url, openBody, sealBody, sealForRegistry } from './outbox-seal.ts';

/** A registry of this test, made for it: P-256, PKCS #8 and the raw point. */
const privateKey =
	'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg_ljry7R1i_oJH2gxmTNruEz_m4jxCXjtb7guvn8-MdKhRANCAATU8meGi2u1EFeNnWLUrVpEls8W8xaB0Xp_RvvOIgPpVy8T5dLETXBhsaPRHZ8XFN47A7xUQ0PtRZ42XSVPbsno';
const sealingKey = 'BNTyZ4aLa7UQV42dYtStWkSWzxbzFoHRen9G-84iA-lXLxPl0sRNcGGxo9EdnxcU3jsDvFRDQ-1FnjZdJU9uyeg';
/** Sealed once with that key; what is on tablets now must open for ever. */
const vector = {
	enc: 'BAM9HzdCRb_q9B38wrkCd5_EokJvO0kJ47gq156MW7ZMOT7OGwC2eQcH66HoDiLzk2fsGh1aPJjSE8W0d22REnA',
	key: '0PLc-BX7fpfukFEgsT4UVImMnrU3adYLJ2WcQQegnoILb2jbwBjtOU_cWh4kkjdg',
	body: 'lJj7S3M0b0mMeV0jwkoUiBIuTLjI9qhwCHV12YtIzdSTPiMNWxYWwK4v8CrRBpvugFs'
};

const place = { deviceId: '0b8a1f7e-7777-4777-8777-777777777777', number: 7, kind: 'entries' } as const;
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

/** What the registry does, by the sentences of sync/sealed.ts. */
async function openAtRegistry(
	record: { enc: string; key: string; body: string },
	at: { deviceId: string; number: number; kind: 'entries' | 'photo' | 'loose' } = place
): Promise<Bytes> {
	const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
	const recipientKey = await crypto.subtle.importKey(
		'pkcs8',
		fromBase64url(privateKey),
		{ name: 'ECDH', namedCurve: 'P-256' },
		true,
		['deriveBits']
	);
	const aad = utf8(sealedAad(at.deviceId, at.number, at.kind));
	const recordKey = await suite.open(
		{ recipientKey, enc: fromBase64url(record.enc), info: utf8(sealedInfo) },
		fromBase64url(record.key),
		aad
	);
	const body = fromBase64url(record.body);
	const key = await crypto.subtle.importKey('raw', recordKey, 'AES-GCM', false, ['decrypt']);
	const opened = await crypto.subtle.decrypt(
		{ name: 'AES-GCM', iv: body.slice(0, 12), additionalData: aad },
		key,
		body.slice(12)
	);
	return new Uint8Array(opened);
}

describe('a record sealed to the registry', () => {
	it('opens there, and has the lengths of the format', async () => {
		const sealed = await sealForRegistry(utf8('{"entries":["甲"]}'), place, sealingKey, random);
		expect(sealedRecordSchema.safeParse({ number: place.number, kind: place.kind, ...sealed }).success).toBe(true);
		expect([fromBase64url(sealed.enc).length, fromBase64url(sealed.key).length]).toEqual([65, 48]);
		expect(textOf(await openAtRegistry(sealed))).toBe('{"entries":["甲"]}');
	});

	it('of an earlier program opens there still', async () => {
		expect(textOf(await openAtRegistry(vector))).toBe('{"entries":["留灯"]}');
	});

	it('opens nowhere as another tablet’s, under another number or as another kind', async () => {
		const sealed = await sealForRegistry(utf8('{}'), place, sealingKey, random);
		for (const moved of [
			{ ...place, number: 8 },
			{ ...place, kind: 'photo' as const },
			{ ...place, deviceId: 'other' }
		])
			await expect(openAtRegistry(sealed, moved)).rejects.toThrow();
	});

	it('opens on the tablet with the record key only, and at its place only', async () => {
		const { recordKey, body } = await sealBody(utf8('text'), place, random);
		expect(textOf((await openBody(recordKey, body, place)) ?? utf8(''))).toBe('text');
		expect(await openBody(random(32), body, place)).toBeUndefined();
		expect(await openBody(recordKey, body, { ...place, number: 8 })).toBeUndefined();
		expect(await openBody(recordKey.slice(0, 16), body, place)).toBeUndefined();
	});

	it('names what is wrong with a sealing key that is no point of the curve', async () => {
		await expect(sealForRegistry(utf8(''), place, base64url(new Uint8Array(65)), random)).rejects.toThrow();
	});
});

describe('a photo’s frame', () => {
	it('gives head and bytes back, and refuses what is too short', () => {
		const parts = unframePhoto(framePhoto(utf8('{"a":1}'), utf8('bytes')));
		expect([textOf(parts?.head ?? utf8('')), textOf(parts?.bytes ?? utf8(''))]).toEqual(['{"a":1}', 'bytes']);
		expect(unframePhoto(new Uint8Array([0, 0]))).toBeUndefined();
		expect(unframePhoto(new Uint8Array([0, 0, 0, 9, 1]))).toBeUndefined();
	});
});
