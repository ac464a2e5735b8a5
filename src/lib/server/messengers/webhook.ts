import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { WebhookSettings } from '../config.ts';
import type { Delivered, Messenger, MessengerFault, OutboundMessage } from './messenger.ts';

/** An answer is a line of JSON; more of it is not read. */
const answerMaximum = 16_384;
/** WeCom: "text.content", at most 2048 bytes of UTF-8. DingTalk takes more. */
const groupTextMaximum = 2_048;

/**
 * Tells a group by the address of its robot. Three forms:
 *
 *   wecom      {"msgtype":"text","text":{"content"}}; 200 with errcode 0 is success, anything else is not.
 *   dingtalk   the same body; with a secret the query gets timestamp (ms) and sign, base64 of HMAC-SHA256 with the secret
 *              over "timestamp\nsecret". A robot guarded by a keyword instead takes 留灯.
 *   generic    counts, both languages and the link as JSON; any 2xx is success. With a secret the header
 *              x-lampkeep-signature is "sha256=" and the HMAC-SHA256 of the body, in hex.
 *
 * @param now milliseconds since 1970
 * @param patience milliseconds for the whole exchange
 */
export function webhookMessenger(settings: WebhookSettings, now: () => number, patience = 15_000): Messenger {
	return {
		async send(message) {
			const { url, headers, body } = request(settings, message, now());
			try {
				const response = await fetch(url, {
					method: 'POST',
					headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
					body,
					// Where somebody else's server points to is not where the operator wanted anything sent.
					redirect: 'manual',
					signal: AbortSignal.timeout(patience)
				});
				return judged(settings.form, response.status, await beginningOf(response));
			} catch (error) {
				return err(faultOf(error));
			}
		}
	};
}

interface WebhookRequest {
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

function request(settings: WebhookSettings, message: OutboundMessage, now: number): WebhookRequest {
	const { form, secret } = settings;
	switch (form) {
		case 'wecom':
			return { url: settings.url, headers: {}, body: groupText(message) };
		case 'dingtalk': {
			if (secret === null) return { url: settings.url, headers: {}, body: groupText(message) };
			const url = new URL(settings.url);
			const sign = createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64');
			url.searchParams.set('timestamp', String(now));
			url.searchParams.set('sign', sign);
			return { url: url.href, headers: {}, body: groupText(message) };
		}
		case 'generic': {
			const { id, subject, text, counts, link } = message;
			const body = JSON.stringify({ type: 'digest', id, subject, text, counts, link });
			if (secret === null) return { url: settings.url, headers: {}, body };
			const signature = createHmac('sha256', secret).update(body).digest('hex');
			return { url: settings.url, headers: { 'x-lampkeep-signature': `sha256=${signature}` }, body };
		}
	}
}

/** In Chinese alone: these groups are. Whole lines, as many as fit. */
function groupText({ subject, text }: OutboundMessage): string {
	const content = [subject.zh, ...text.zh.split('\n')].reduce((so, line) => {
		const grown = `${so}\n${line}`;
		return Buffer.byteLength(grown) <= groupTextMaximum ? grown : so;
	});
	return JSON.stringify({ msgtype: 'text', text: { content } });
}

const robotAnswerSchema = z.object({ errcode: z.number() });
/** Too many messages a minute, or busy. */
const laterCodes = new Set([-1, 45_009, 130_101]);

function judged(form: WebhookSettings['form'], status: number, answer: string): Result<Delivered, MessengerFault> {
	if (status >= 300 && status < 400) return err({ type: 'redirected', temporary: false, status });
	if (status < 200 || status >= 300) {
		return err({ type: 'refused', temporary: status === 429 || status === 408 || status >= 500, status });
	}
	if (form === 'generic') return ok({ reference: undefined });
	const said = robotAnswerSchema.safeParse(jsonOrNothing(answer));
	// Something else answers at this address, or a gateway does for the moment.
	if (!said.success) return err({ type: 'refused', temporary: true, status });
	const { errcode } = said.data;
	return errcode === 0
		? ok({ reference: undefined })
		: err({ type: 'refused', temporary: laterCodes.has(errcode), status: errcode });
}

function jsonOrNothing(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

async function beginningOf(response: Response): Promise<string> {
	const pieces: Uint8Array[] = [];
	let length = 0;
	const reader = response.body?.getReader();
	while (reader && length < answerMaximum) {
		const { done, value } = await reader.read();
		if (done) break;
		pieces.push(value);
		length += value.length;
	}
	await reader?.cancel();
	return Buffer.concat(pieces).toString('utf8');
}

function faultOf(error: unknown): MessengerFault {
	if (error instanceof DOMException && error.name === 'TimeoutError') return { type: 'timed_out', temporary: true };
	const cause = error instanceof Error && error.cause instanceof Error ? error.cause : undefined;
	const code = cause && 'code' in cause ? String(cause.code) : '';
	const insecure = code.includes('CERT') || code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL');
	return { type: insecure ? 'not_secure' : 'unreachable', temporary: true };
}
