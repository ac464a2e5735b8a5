import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import type { PayloadOf, EntryType, Envelope } from '../../../src/lib/domain/case-file/entry.ts';
import { entryText, signedText } from '../../../src/lib/domain/case-file/entry.ts';
import type {
	ChildId,
	DeviceId,
	EntryId,
	InstitutionId,
	ItemId,
	Sha256,
	StaffId
} from '../../../src/lib/domain/ids.ts';
import { civilDate } from '../../../src/lib/domain/time.ts';
import type { Sender } from '../../../src/lib/sync/entry-log.ts';

/** A tablet with one person, as the tests need it: it records facts, numbers them, chains them and signs them. */
export interface TestTablet extends Sender {
	readonly staffId: StaffId;
	readonly publicKey: string;
	readonly privateKey: KeyObject;
	/** The next entry, signed. `change` is applied before signing; `type` may be one nobody knows. */
	record<T extends EntryType>(type: T, childId: ChildId, payload: PayloadOf<T>, change?: Partial<Envelope>): Envelope;
}

export function testTablet(institutionId: InstitutionId): TestTablet {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const deviceId = randomUUID() as DeviceId;
	const staffId = randomUUID() as StaffId;
	let last: Envelope | undefined;
	return {
		deviceId,
		institutionId,
		staffId,
		publicKey: rawPoint(publicKey),
		privateKey,
		record(type, childId, payload, change = {}) {
			const unsigned = {
				id: randomUUID() as EntryId,
				childId,
				type,
				version: 1,
				replaces: [],
				occurredOn: civilDate('2026-11-01'),
				recordedAt: '2026-11-01T09:00:00+08:00',
				staffId,
				institutionId,
				deviceId,
				deviceSeq: (last?.deviceSeq ?? 0) + 1,
				previous: last ? (createHash('sha256').update(entryText(last)).digest('hex') as Sha256) : null,
				payload: payload as Envelope['payload'],
				...change
			};
			last = signed(unsigned, privateKey);
			return last;
		}
	};
}

export function signed(unsigned: Omit<Envelope, 'signature'>, privateKey: KeyObject): Envelope {
	const text = signedText({ ...unsigned, signature: '' } as Envelope);
	const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString(
		'base64url'
	);
	return { ...unsigned, signature };
}

export function newChild(): ChildId {
	return randomUUID() as ChildId;
}

export function newItem(): ItemId {
	return randomUUID() as ItemId;
}

export function newHouse(): InstitutionId {
	return randomUUID() as InstitutionId;
}

/** Uncompressed point, 65 bytes, base64url. */
export function rawPoint(publicKey: KeyObject): string {
	const { x, y } = publicKey.export({ format: 'jwk' });
	return Buffer.concat([
		Buffer.from([4]),
		Buffer.from(x ?? '', 'base64url'),
		Buffer.from(y ?? '', 'base64url')
	]).toString('base64url');
}
