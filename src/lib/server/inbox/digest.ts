import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { inboxCodes } from '#lib/domain/inbox/codes.ts';
import { addDays, type CivilDate } from '#lib/domain/time.ts';
import { digest as words, inboxSentences } from '#lib/messages/inbox.ts';
import { translator, type Locale } from '#lib/messages/message.ts';
import type { Session } from '../db/connection.ts';
import type { JobSender } from '../jobs/queue.ts';
import type { CodeCount, OutboundMessage } from '../messengers/messenger.ts';
import { countInbox, type Reader } from './inbox.ts';

/** How long it is kept what was sent out, and whether it arrived. */
const keptDays = 90;

/** Counts as they are stored; what is no code of ours any more is left out. */
export const codeCountsSchema = z.array(z.object({ code: z.string(), count: z.int().positive() })).transform((counts) =>
	counts.flatMap(({ code, count }): CodeCount[] => {
		const known = inboxCodes.find((each) => each === code);
		return known ? [{ code: known, count }] : [];
	})
);

/**
 * Writes the summaries of a day and sends a delivery for each, in one transaction: run again for the same day it writes
 * nothing twice. A person gets one who has an address, wants it, and has something open; the group gets one about
 * everything that is open. In the registry's scope.
 *
 * @param day the registry's civil day
 * @param channels what the operator has configured
 */
export async function writeDigests(
	session: Session,
	jobs: JobSender,
	day: CivilDate,
	channels: { readonly mail: boolean; readonly webhook: boolean }
): Promise<void> {
	await session.query('DELETE FROM outbound_messages WHERE day < $1', [addDays(day, -keptDays)]);
	const planned: Planned[] = [];
	if (channels.mail) {
		const { rows: readers } = await session.query<Reader>(
			`SELECT users.id, users.role, users.institution_id AS "institutionId"
			FROM user_contacts JOIN users ON users.id = user_contacts.user_id
			WHERE user_contacts.digest AND users.disabled_at IS NULL ORDER BY users.id`
		);
		for (const reader of readers) {
			planned.push({ channel: 'email', reader, counts: await countInbox(session, reader) });
		}
	}
	if (channels.webhook) {
		const { rows: counts } = await session.query<CodeCount>(
			'SELECT code, count(*) AS count FROM inbox_items WHERE closed_at IS NULL GROUP BY code'
		);
		planned.push({ channel: 'webhook', reader: undefined, counts });
	}
	for (const { channel, reader, counts } of planned) {
		if (counts.length === 0) continue;
		const { rows } = await session.query<{ id: string }>(
			`INSERT INTO outbound_messages (id, channel, user_id, institution_id, day, counts)
			VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (channel, user_id, day) DO NOTHING RETURNING id`,
			[
				randomUUID(),
				channel,
				reader?.id ?? null,
				reader?.institutionId ?? null,
				day,
				JSON.stringify(counts.map(({ code, count }) => ({ code, count })))
			]
		);
		for (const { id } of rows) await jobs.sendIn(session, 'inbox.deliver', { messageId: id });
	}
}

interface Planned {
	readonly channel: 'email' | 'webhook';
	readonly reader: Reader | undefined;
	readonly counts: readonly CodeCount[];
}

/** A summary as it goes out: made of codes, counts and the link, and of nothing else. */
export function digestMessage(
	id: string,
	to: string | undefined,
	counts: readonly CodeCount[],
	link: string
): OutboundMessage {
	const ordered = inboxCodes.flatMap((code) => counts.filter((each) => each.code === code));
	const n = ordered.reduce((sum, { count }) => sum + count, 0);
	const subject = (locale: Locale) => translator(locale)(words.subject, { n });
	const text = (locale: Locale) => {
		const t = translator(locale);
		return [
			t(to === undefined ? words.toGroup : words.greeting, { n }),
			...ordered.map(({ code, count }) => t(words.line, { what: t(inboxSentences[code]), n: count })),
			t(words.link, { link }),
			t(words.nothingElse),
			...(to === undefined ? [] : [t(words.stop)])
		].join('\n');
	};
	return {
		id,
		to,
		subject: { zh: subject('zh-CN'), en: subject('en') },
		text: { zh: text('zh-CN'), en: text('en') },
		counts: ordered,
		link
	};
}
