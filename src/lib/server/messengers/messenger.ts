import type { InboxCode } from '#lib/domain/inbox/codes.ts';
import type { Result } from '#lib/domain/result.ts';

/**
 * The one door by which anything is told outside the registry. Behind it nobody knows a child: a message is made of codes
 * and counts (server/inbox/digest.ts), and its type has no place for more.
 */
export interface Messenger {
	/** Hands the message over to another server, once, within half a minute. Whoever sends tries again if it makes sense. */
	send(message: OutboundMessage): Promise<Result<Delivered, MessengerFault>>;
}

export interface OutboundMessage {
	/** UUID; the same when it is tried again, so that a receiver can tell. */
	readonly id: string;
	/** A mail address; undefined for the group, whose address the messenger has. */
	readonly to: string | undefined;
	readonly subject: Spoken;
	/** Lines of text, the link among them. */
	readonly text: Spoken;
	readonly counts: readonly CodeCount[];
	/** Where to sign in. */
	readonly link: string;
}

/** The same in both languages. */
export interface Spoken {
	readonly zh: string;
	readonly en: string;
}

export interface CodeCount {
	readonly code: InboxCode;
	readonly count: number;
}

export interface Delivered {
	/** What the other side called it, if it said. */
	readonly reference: string | undefined;
}

/** Why a message was not taken. Codes have words in the messages (area `deliveryFaults`). */
export interface MessengerFault {
	readonly type:
		'unreachable' | 'timed_out' | 'not_secure' | 'sign_in_refused' | 'address_refused' | 'redirected' | 'refused';
	/** It may go through later as it is; else somebody must change something first. */
	readonly temporary: boolean;
	/** What the other side answered: a status or an error number, never its text. */
	readonly status?: number;
}
