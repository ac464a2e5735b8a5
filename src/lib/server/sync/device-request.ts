import { createHash } from 'node:crypto';
import type { DeviceId, InstitutionId } from '#lib/domain/ids.ts';
import { deviceIdSchema } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { requestText, signatureHeaders } from '#lib/sync/protocol.ts';
import type { ProgramDatabase, Session } from '../db/connection.ts';
import { verifySignature } from '../entry-log/signatures.ts';
import { challengeFault, type ChallengeFault } from './challenge.ts';

/** A tablet that proved itself. */
export interface KnownDevice {
	readonly deviceId: DeviceId;
	readonly institutionId: InstitutionId;
}

/** Why a request is not believed. An unknown tablet and a wrong signature look the same from outside. */
export type RequestFault =
	| ChallengeFault
	| { readonly type: 'signature_missing' }
	| { readonly type: 'signature_wrong' }
	| { readonly type: 'body_changed' }
	/** Proved, but closed by a supervisor: it learns nothing, and what it still brings is set aside (`push`). */
	| { readonly type: 'device_revoked'; readonly device: KnownDevice };

/**
 * Whose request it is, by its signature: method, path with query, challenge and body are what the tablet signed.
 *
 * @param body the bytes as they came, before any decompression
 * @param now the registry's clock
 */
export async function deviceOf(
	door: { readonly database: ProgramDatabase; readonly challengeKey: string },
	request: Request,
	body: Uint8Array,
	now: Date
): Promise<Result<KnownDevice, RequestFault>> {
	const header = (name: keyof typeof signatureHeaders) => request.headers.get(signatureHeaders[name]) ?? '';
	const deviceId = deviceIdSchema.safeParse(header('device'));
	const challenge = header('challenge');
	const signature = header('signature');
	if (!deviceId.success || challenge === '' || signature === '') return err({ type: 'signature_missing' });
	const fault = challengeFault(challenge, door.challengeKey, now);
	if (fault) return err(fault);
	const bodyHash = createHash('sha256').update(body).digest('hex');
	if (bodyHash !== header('bodyHash')) return err({ type: 'body_changed' });

	const device = await storedDevice(door.database, deviceId.data);
	if (!device) return err({ type: 'signature_wrong' });
	const { pathname, search } = new URL(request.url);
	const text = requestText(request.method, pathname + search, challenge, deviceId.data, bodyHash);
	if (!(await verifySignature(device.publicKey, text, signature))) return err({ type: 'signature_wrong' });
	const known: KnownDevice = { deviceId: deviceId.data, institutionId: device.institutionId };
	return device.revoked ? err({ type: 'device_revoked', device: known }) : ok(known);
}

interface StoredDevice {
	readonly institutionId: InstitutionId;
	readonly publicKey: string;
	readonly revoked: boolean;
}

async function storedDevice(database: ProgramDatabase, deviceId: DeviceId): Promise<StoredDevice | undefined> {
	const { rows } = await database.inScope({ kind: 'registry' }, (session) =>
		session.query<StoredDevice>(
			`SELECT institution_id AS "institutionId", public_key AS "publicKey", revoked_at IS NOT NULL AS revoked
			FROM devices WHERE id = $1`,
			[deviceId]
		)
	);
	return rows[0];
}

/** What a request tells of its tablet. */
export interface Heard {
	/** Highest deviceSeq in this request: what never arrives is then noticed. */
	readonly lastSequence?: number;
	/** How far into the feed the registry answers now: what the tablet may hold of others from now on. */
	readonly readTo?: number;
}

/**
 * Notes that the tablet was heard: at most once a minute, but always when it tells something new.
 *
 * @param also what else belongs into the same transaction: one commit, one wait for the disk
 */
export async function noteContact<T = undefined>(
	database: ProgramDatabase,
	device: KnownDevice,
	{ lastSequence = 0, readTo = 0 }: Heard,
	now: Date,
	also?: (session: Session) => Promise<T>
): Promise<T | undefined> {
	return database.inScope({ kind: 'institution', institutionId: device.institutionId }, async (session) => {
		await session.query(
			`UPDATE devices SET last_contact_at = $2, last_sequence = greatest(last_sequence, $3),
				read_position = greatest(read_position, $4)
			WHERE id = $1 AND (last_contact_at IS NULL OR last_contact_at < $2::timestamptz - interval '1 minute'
				OR last_sequence < $3 OR read_position < $4)`,
			[device.deviceId, now.toISOString(), lastSequence, readTo]
		);
		return also?.(session);
	});
}
