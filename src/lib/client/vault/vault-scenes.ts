import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import type { Entry } from '#lib/domain/case-file/entry.ts';
import type { Answers } from '#lib/domain/intake/fields.ts';
import type { ChildId, EntryId, InstitutionId, StaffId } from '#lib/domain/ids.ts';
import { civilDate } from '#lib/domain/time.ts';
import { cursorAt, PROTOCOL_VERSION, type EnrolAnswer, type Epoch, type PullAnswer } from '#lib/sync/protocol.ts';
import { sealedAad, sealedInfo, type SealedRecord } from '#lib/sync/sealed.ts';
import type { Fact, Secret, Vault } from '../tablet.ts';
import { utf8 } from './bytes.ts';
import { fromBase64url, openBody } from './outbox-seal.ts';

/* What tests of the vault and of those who use it play with. Invented people only. */

export const epochOne = '0b8a1f7e-1111-4111-8111-111111111111' as Epoch;
export const epochTwo = '0b8a1f7e-2222-4222-8222-222222222222' as Epoch;
export const houseId = '0b8a1f7e-3333-4333-8333-333333333333' as InstitutionId;
export const otherHouseId = '0b8a1f7e-4444-4444-8444-444444444444' as InstitutionId;
export const workerId = '0b8a1f7e-5555-4555-8555-555555555555' as StaffId;
export const supervisorId = '0b8a1f7e-6666-4666-8666-666666666666' as StaffId;
const otherDeviceId = '0b8a1f7e-7777-4777-8777-777777777777';

export const passphrase = 'lumei taiguo hebao xiwei dafu';
export const pin = '482615';

/** A passphrase as it is shown to the lock screen. */
export function spoken(words: string = passphrase): Secret {
	return { way: 'passphrase', passphrase: words };
}

/** What the registry answers to an enrolment. */
export function enrolAnswer(staffId: StaffId = workerId): EnrolAnswer {
	return {
		protocol: PROTOCOL_VERSION,
		epoch: epochOne,
		challenge: 'challenge',
		serverTime: '2026-11-22T04:00:00Z',
		staffId,
		registryPublicKey: 'A'.repeat(87),
		roster: {
			version: 1,
			institutionId: houseId,
			institutions: [
				{ id: houseId, name: '青禾儿童福利院', kind: 'welfare_institution' },
				{ id: otherHouseId, name: '南渡救助站', kind: 'rescue_station' }
			],
			staff: [
				{ id: workerId, name: '林护理', role: 'care_worker' },
				{ id: supervisorId, name: '周主任', role: 'supervisor' }
			]
		}
	};
}

/** Enrols the tablet and leaves it open. */
export async function enrolled(vault: Vault, staffId: StaffId = workerId): Promise<void> {
	await vault.beginEnrolment();
	const finished = await vault.finishEnrolment(enrolAnswer(staffId), passphrase, pin);
	if (!finished.ok) throw new Error(`Not enrolled: ${finished.error.type}`);
}

/** The n-th child of a scene: a stable id. */
export function childNumber(n: number): ChildId {
	return `0c000000-0000-4000-8000-${String(n).padStart(12, '0')}` as ChildId;
}

export function known<T>(value: T): { state: 'known'; value: T } {
	return { state: 'known', value };
}

/** An intake with some answers. */
export function intake(childId: ChildId, answers: Answers, replaces: readonly EntryId[] = []): Fact {
	return { type: 'intake.recorded', childId, occurredOn: civilDate('2026-03-05'), replaces, payload: { answers } };
}

/**
 * An entry of another tablet of the house, as the feed brings it. The signature has the right form only: tablets trust the
 * registry for it.
 */
export function foreignEntry(n: number, childId: ChildId, answers: Answers): Entry {
	return {
		id: `0e000000-0000-7000-8000-${String(n).padStart(12, '0')}` as EntryId,
		childId,
		type: 'intake.recorded',
		version: 1,
		replaces: [],
		occurredOn: civilDate('2026-03-05'),
		recordedAt: '2026-03-05T09:30:00+08:00',
		staffId: supervisorId,
		institutionId: houseId,
		deviceId: otherDeviceId as Entry['deviceId'],
		deviceSeq: n,
		previous: null,
		payload: { answers },
		signature: 'A'.repeat(86)
	};
}

/** One page of the feed: entries at the positions after `from`. */
export function pullPage(from: number, entries: readonly unknown[], epoch: Epoch = epochOne): PullAnswer {
	const to = from + entries.length;
	return {
		protocol: PROTOCOL_VERSION,
		epoch,
		challenge: 'challenge',
		after: cursorAt(from, chainHash(from)),
		next: cursorAt(to, chainHash(to)),
		more: false,
		head: to,
		entries: entries.map((entry, i) => ({ position: from + i + 1, receivedAt: '2026-03-05T02:00:00Z', entry }))
	};
}

function chainHash(position: number): string {
	return position.toString(16).padStart(64, '0');
}

/** The value of a Result that the test expects to be good. */
export function must<T>(result: { ok: true; value: T } | { ok: false; error: { type: string } }): T {
	if (!result.ok) throw new Error(`Expected a value, got ${JSON.stringify(result.error)}`);
	return result.value;
}

/** What a registry does with a sealed record, by the sentences of sync/sealed.ts. @throws where it does not open */
export async function openSealed(
	sealingKey: CryptoKey,
	record: SealedRecord,
	deviceId: string
): Promise<Uint8Array<ArrayBuffer>> {
	const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
	const aad = utf8(sealedAad(deviceId, record.number, record.kind));
	const recordKey = await suite.open(
		{ recipientKey: sealingKey, enc: fromBase64url(record.enc), info: utf8(sealedInfo) },
		fromBase64url(record.key),
		aad
	);
	const opened = await openBody(new Uint8Array(recordKey), fromBase64url(record.body), { deviceId, ...record });
	if (!opened) throw new Error(`Record ${record.number} does not open`);
	return opened;
}
