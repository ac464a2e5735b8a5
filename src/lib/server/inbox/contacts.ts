import { z } from 'zod';
import type { StaffId } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { CivilDate } from '#lib/domain/time.ts';
import type { Session } from '../db/connection.ts';

/** Where a person is told outside the registry. */
export interface Contact {
	/** '' where there is none. */
	readonly email: string;
	/** A summary every morning. */
	readonly digest: boolean;
}

const emailSchema = z.email().max(254);

export async function readContact(session: Session, userId: StaffId): Promise<Contact> {
	const { rows } = await session.query<Contact>('SELECT email, digest FROM user_contacts WHERE user_id = $1', [userId]);
	return rows[0] ?? { email: '', digest: true };
}

/** Writes a person's address, or removes it where it is ''. In a scope that sees the person. */
export async function setContact(
	session: Session,
	userId: StaffId,
	contact: Contact
): Promise<Result<void, { readonly type: 'email_wrong' }>> {
	const email = contact.email.trim();
	if (email === '') {
		await session.query('DELETE FROM user_contacts WHERE user_id = $1', [userId]);
		return ok(undefined);
	}
	if (!emailSchema.safeParse(email).success) return err({ type: 'email_wrong' });
	await session.query(
		`INSERT INTO user_contacts (user_id, institution_id, email, digest)
		SELECT users.id, users.institution_id, $2, $3 FROM users WHERE users.id = $1
		ON CONFLICT (user_id) DO UPDATE SET email = excluded.email, digest = excluded.digest, changed_at = now()`,
		[userId, email, contact.digest]
	);
	return ok(undefined);
}

/** What became of the last summary for this person. */
export interface LastDelivery {
	readonly day: CivilDate;
	readonly deliveredAt: string | null;
	readonly failedAt: string | null;
	/** A code, see the messages (area `deliveryFaults`). */
	readonly fault: string | null;
}

export async function lastDelivery(session: Session, userId: StaffId): Promise<LastDelivery | undefined> {
	const { rows } = await session.query<LastDelivery>(
		`SELECT day, delivered_at AS "deliveredAt", failed_at AS "failedAt", fault FROM outbound_messages
		WHERE user_id = $1 AND channel = 'email' ORDER BY day DESC LIMIT 1`,
		[userId]
	);
	return rows[0];
}

/** How many summaries were given up in the days that are kept. In the registry's scope. */
export async function failedDeliveries(session: Session): Promise<number> {
	const { rows } = await session.query<{ count: number }>(
		`SELECT count(*) AS count FROM outbound_messages WHERE failed_at IS NOT NULL AND fault <> 'unwanted'`
	);
	return rows[0]?.count ?? 0;
}
