import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';

export interface Mail {
	readonly from: string;
	readonly to: readonly string[];
	/** As it came. */
	readonly raw: string;
}

/** A mail server on this machine, until the test ends. */
export async function mailServer(
	options: SMTPServerOptions = {},
	host = '127.0.0.1'
): Promise<{ readonly port: number; readonly mails: readonly Mail[] }> {
	const mails: Mail[] = [];
	const server = new SMTPServer({
		authOptional: true,
		// The certificate it would bring is known to everybody.
		disabledCommands: ['STARTTLS'],
		onData(stream, session, done) {
			const pieces: Buffer[] = [];
			stream.on('data', (piece: Buffer) => pieces.push(piece));
			stream.on('end', () => {
				const { mailFrom, rcptTo } = session.envelope;
				mails.push({
					from: mailFrom === false ? '' : mailFrom.address,
					to: rcptTo.map(({ address }) => address),
					raw: Buffer.concat(pieces).toString('utf8')
				});
				done();
			});
		},
		...options
	});
	await new Promise<void>((resolve) => server.listen(0, host, resolve));
	onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
	return { port: (server.server.address() as AddressInfo).port, mails };
}

/** The text of a mail in base64, as ours are. */
export function textOf(raw: string): string {
	return Buffer.from(raw.slice(raw.search(/\r?\n\r?\n/)), 'base64').toString('utf8');
}

/** The subject, its encoded words read (RFC 2047). */
export function subjectOf(raw: string): string {
	const written = /^Subject: (.*(?:\r?\n[ \t].*)*)/im.exec(raw)?.[1] ?? '';
	return written
		.replace(/\?=\s+=\?/g, '?==?')
		.replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
			kind.toLowerCase() === 'b'
				? Buffer.from(text, 'base64').toString('utf8')
				: Buffer.from(
						text
							.replaceAll('_', ' ')
							.replace(/=([0-9A-F]{2})/gi, (__, hex: string) => String.fromCharCode(parseInt(hex, 16))),
						'latin1'
					).toString('utf8')
		);
}
