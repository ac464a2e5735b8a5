import { createTransport } from 'nodemailer';
import { err, ok } from '#lib/domain/result.ts';
import { isLoopback, type MailSettings } from '../config.ts';
import type { Messenger, MessengerFault, OutboundMessage } from './messenger.ts';

/** Milliseconds for each step; a mail has a few kilobytes. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, dnsTimeout: 10_000 };

/** Mail by SMTP: encrypted all the way to the first server, except on this machine itself. */
export function smtpMessenger(settings: MailSettings): Messenger {
	const url = new URL(settings.url);
	const secure = url.protocol === 'smtps:';
	const here = isLoopback(settings.url);
	const transport = createTransport({
		host: url.hostname.replace(/^\[|\]$/g, ''),
		port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
		secure,
		requireTLS: !secure && !here,
		ignoreTLS: !secure && here,
		tls: { minVersion: 'TLSv1.2' },
		...(url.username !== '' && {
			auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
		}),
		...patience,
		// A message is text of ours; nothing is ever fetched or read for it.
		disableFileAccess: true,
		disableUrlAccess: true
	});
	return {
		async send(message) {
			if (message.to === undefined) return err({ type: 'address_refused', temporary: false });
			try {
				const sent = await transport.sendMail(mailOf(message, message.to, settings.from));
				return ok({ reference: typeof sent.messageId === 'string' ? sent.messageId : undefined });
			} catch (error) {
				return err(faultOf(error));
			}
		}
	};
}

function mailOf({ id, subject, text }: OutboundMessage, to: string, from: string) {
	return {
		from,
		to,
		subject: `${subject.zh} · ${subject.en}`,
		text: `${text.zh}\n\n--\n\n${text.en}\n`,
		// Quoted-printable would write nine signs for each Chinese character.
		textEncoding: 'base64' as const,
		messageId: `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
		// Holiday answers to a program help nobody (RFC 3834).
		headers: { 'Auto-Submitted': 'auto-generated' }
	};
}

/** Codes of nodemailer; 4xx is "later", 5xx "never" (RFC 5321, 4.2.1). */
function faultOf(error: unknown): MessengerFault {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	const status =
		error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number'
			? { status: error.responseCode }
			: {};
	const temporary = (status.status ?? 400) < 500;
	switch (code) {
		case 'ETIMEDOUT':
			return { type: 'timed_out', temporary: true, ...status };
		case 'ETLS':
			return { type: 'not_secure', temporary: true, ...status };
		case 'EAUTH':
		case 'ENOAUTH':
			// The operator may put the password right while it is tried again.
			return { type: 'sign_in_refused', temporary: true, ...status };
		case 'EENVELOPE':
			return { type: 'address_refused', temporary, ...status };
		case 'EMESSAGE':
		case 'EPROTOCOL':
			return { type: 'refused', temporary, ...status };
		default:
			return { type: 'unreachable', temporary: true, ...status };
	}
}
