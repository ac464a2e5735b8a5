import type { StaffId } from '#lib/domain/ids.ts';
import type { Result } from '#lib/domain/result.ts';
import { err } from '#lib/domain/result.ts';
import type { ProgramDatabase, Scope, Session } from '../db/connection.ts';
import type { JobRun } from '../jobs/queue.ts';
import type { Delivered, Messenger, MessengerFault } from '../messengers/messenger.ts';
import { codeCountsSchema, digestMessage } from './digest.ts';

/** What delivering needs. */
export interface Postman {
	readonly database: ProgramDatabase;
	/** By channel; null where the operator has not configured it. */
	readonly messengers: { readonly email: Messenger | null; readonly webhook: Messenger | null };
	/** The address people type, `https://registry.example`. */
	readonly origin: string;
}

/** Why a summary is not delivered. Codes have words in the messages (area `deliveryFaults`). */
export type DeliveryFault =
	MessengerFault | { readonly type: 'not_configured' | 'unwanted'; readonly temporary: false };

/** Thrown to the queue, so that it tries again; says a code and a number of the other side's, no address. */
export class NotDelivered extends Error {
	constructor(fault: DeliveryFault) {
		super('status' in fault && fault.status !== undefined ? `${fault.type} (${fault.status})` : fault.type);
		this.name = 'NotDelivered';
	}
}

const registry: Scope = { kind: 'registry' };

/**
 * Delivers one summary: the handler of `inbox.deliver`. One that was delivered is not delivered again; between handing it
 * over and noting so a server may die, then it arrives twice, under the same Message-ID.
 *
 * @throws NotDelivered when another try makes sense, and at the last one
 */
export async function deliver(postman: Postman, messageId: string, run: Pick<JobRun, 'last'>): Promise<void> {
	const { database } = postman;
	const message = await database.inScope(registry, (session) => begin(session, messageId));
	if (message === undefined) return;
	const sent = await handOver(postman, messageId, message);
	if (sent.ok) {
		await database.inScope(registry, (session) =>
			session.query('UPDATE outbound_messages SET delivered_at = now(), failed_at = NULL, fault = NULL WHERE id = $1', [
				messageId
			])
		);
		return;
	}
	const again = sent.error.temporary && !run.last;
	await database.inScope(registry, (session) =>
		session.query(
			'UPDATE outbound_messages SET fault = $2, failed_at = CASE WHEN $3 THEN NULL ELSE now() END WHERE id = $1',
			[messageId, sent.error.type, again]
		)
	);
	if (sent.error.temporary) throw new NotDelivered(sent.error);
}

interface Undelivered {
	readonly channel: 'email' | 'webhook';
	readonly userId: StaffId | null;
	/** Where the person wants it now; null when it is wanted no more. */
	readonly address: string | null;
	readonly counts: unknown;
}

/** Counts the try. Undefined when it was delivered, or is kept no longer. */
async function begin(session: Session, messageId: string): Promise<Undelivered | undefined> {
	const { rows } = await session.query<Undelivered>(
		`UPDATE outbound_messages AS m SET attempts = m.attempts + 1 WHERE m.id = $1 AND m.delivered_at IS NULL
		RETURNING m.channel, m.user_id AS "userId", m.counts,
			(SELECT user_contacts.email FROM user_contacts JOIN users ON users.id = user_contacts.user_id
			WHERE user_contacts.user_id = m.user_id AND user_contacts.digest AND users.disabled_at IS NULL) AS address`,
		[messageId]
	);
	return rows[0];
}

async function handOver(
	{ messengers, origin }: Postman,
	id: string,
	{ channel, address, counts }: Undelivered
): Promise<Result<Delivered, DeliveryFault>> {
	const messenger = messengers[channel];
	if (messenger === null) return err({ type: 'not_configured', temporary: false });
	if (channel === 'email' && address === null) return err({ type: 'unwanted', temporary: false });
	const known = codeCountsSchema.parse(counts);
	return messenger.send(digestMessage(id, address ?? undefined, known, `${origin}/desk/inbox`));
}
