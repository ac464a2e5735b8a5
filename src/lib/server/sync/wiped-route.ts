import { wipedRequestSchema } from '#lib/sync/protocol.ts';
import { writeAudit } from '../audit/audit.ts';
import { answerHead, jsonAnswer, refusal } from './answers.ts';
import type { SyncDoor } from './door.ts';
import { signedMessage } from './signed-message.ts';

/** What a browser is told to forget of this origin: sent to a tablet that has erased itself, as the last thorough sweep. */
export const clearSiteData = '"cache", "cookies", "storage"';

/**
 * `POST /api/sync/wiped`: a closed tablet has erased itself, and says how many records it could not send before. The first
 * time counts; a tablet that is not closed is told to stay as it is.
 */
export async function wiped(door: SyncDoor, request: Request): Promise<Response> {
	const read = await signedMessage(door, request, {
		schema: wipedRequestSchema,
		bytes: 4_096,
		list: '',
		listMaximum: 0,
		closedToo: true
	});
	if (!read.ok) return read.error;
	const { sender, closed, message, now } = read.value;
	if (!closed) return refusal(door, request, 409, { error: 'not_revoked' });
	const { deviceId, institutionId } = sender;
	const wipedAt = await door.database.inScope({ kind: 'institution', institutionId }, async (session) => {
		const { rowCount } = await session.query(
			'UPDATE devices SET wiped_at = $2, wiped_left = $3, last_contact_at = $2 WHERE id = $1 AND wiped_at IS NULL',
			[deviceId, now.toISOString(), message.left]
		);
		if (rowCount === 1) {
			await writeAudit(session, {
				institutionId,
				action: 'tablet.wiped',
				details: { device: deviceId, left: message.left }
			});
		}
		const { rows } = await session.query<{ wipedAt: string }>(
			'SELECT wiped_at AS "wipedAt" FROM devices WHERE id = $1',
			[deviceId]
		);
		return rows[0]?.wipedAt ?? now.toISOString();
	});
	const head = await answerHead(door);
	const answer = await jsonAnswer(request, head, JSON.stringify({ ...head, wipedAt }));
	answer.headers.set('clear-site-data', clearSiteData);
	return answer;
}
