import { createHmac } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { inboxCodes } from '#lib/domain/inbox/codes.ts';
import { digestMessage } from '../inbox/digest.ts';
import { webhookMessenger } from './webhook.ts';

interface Heard {
	readonly url: string;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly body: string;
}

/** A server on this machine that answers as told, and remembers what it heard. */
async function robot(answer: RequestListener): Promise<{ url: string; heard: Heard[] }> {
	const heard: Heard[] = [];
	const server = createServer((request, response) => {
		const pieces: Buffer[] = [];
		request.on('data', (piece: Buffer) => pieces.push(piece));
		request.on('end', () => {
			heard.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(pieces).toString() });
			answer(request, response);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/robot/send?key=k%2B1`, heard };
}

const saying =
	(body: unknown, status = 200): RequestListener =>
	(_, response) =>
		response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const fine = saying({ errcode: 0, errmsg: 'ok' });

const at = 1_795_312_800_000;
const id = '00000000-0000-7000-8000-000000000001';
const link = 'https://registry.example/desk/inbox';
const message = digestMessage(id, undefined, [{ code: 'claim_to_screen', count: 2 }], link);

describe('a WeCom group', () => {
	test('gets a text in the form its robots take', async () => {
		const { url, heard } = await robot(fine);
		const sent = await webhookMessenger({ url, form: 'wecom', secret: null }, () => at).send(message);
		expect(sent).toEqual({ ok: true, value: { reference: undefined } });
		expect(heard[0]?.url).toBe('/robot/send?key=k%2B1');
		expect(heard[0]?.headers['content-type']).toMatch(/^application\/json/);
		expect(JSON.parse(heard[0]?.body ?? '')).toEqual({
			msgtype: 'text',
			text: {
				content:
					'留灯：2 件待办\n登记处现在共有 2 件待办：\n· 有认领等待初核：2 件\n' +
					`请登录工作台查看：${link}\n为了保护孩子，信里不写姓名、编号和档案内容。`
			}
		});
	});

	test('is told everything at once within the 2,048 bytes its robots take', async () => {
		const { url, heard } = await robot(fine);
		const all = digestMessage(
			id,
			undefined,
			inboxCodes.map((code) => ({ code, count: 9_999 })),
			`https://${'a-long-name.'.repeat(12)}example/desk/inbox`
		);
		await webhookMessenger({ url, form: 'wecom', secret: null }, () => at).send(all);
		const { text } = JSON.parse(heard[0]?.body ?? '') as { text: { content: string } };
		expect(Buffer.byteLength(text.content)).toBeLessThanOrEqual(2_048);
		expect(text.content).toContain(all.link);
		expect(text.content.split('\n')).toHaveLength(inboxCodes.length + 4);
	});

	test.each([
		[93_000, false],
		[45_009, true],
		[-1, true]
	])('that answers 200 with error number %i has not taken it (later perhaps: %s)', async (errcode, temporary) => {
		const { url } = await robot(saying({ errcode, errmsg: 'a text of theirs' }));
		const sent = await webhookMessenger({ url, form: 'wecom', secret: null }, () => at).send(message);
		expect(sent).toEqual({ ok: false, error: { type: 'refused', temporary, status: errcode } });
	});

	test('whose address answers with a page has not taken it', async () => {
		const { url } = await robot((_, response) => response.end('<html>welcome to the hotel</html>'));
		const sent = await webhookMessenger({ url, form: 'wecom', secret: null }, () => at).send(message);
		expect(sent).toMatchObject({ ok: false, error: { type: 'refused' } });
	});
});

describe('a DingTalk group', () => {
	test('gets a text, its query signed with time and secret', async () => {
		const { url, heard } = await robot(fine);
		const secret = 'SECthis+is/one';
		const sent = await webhookMessenger({ url, form: 'dingtalk', secret }, () => at).send(message);
		expect(sent.ok).toBe(true);
		const asked = new URL(heard[0]?.url ?? '', 'http://robot.example');
		const expected = createHmac('sha256', secret).update(`${at}\n${secret}`, 'utf8').digest().toString('base64');
		expect(Object.fromEntries(asked.searchParams)).toEqual({ key: 'k+1', timestamp: String(at), sign: expected });
		// In the address + would be a blank.
		expect(heard[0]?.url).toContain(`sign=${encodeURIComponent(expected)}`);
		expect(JSON.parse(heard[0]?.body ?? '')).toMatchObject({
			msgtype: 'text',
			text: { content: expect.stringContaining('留灯') as string }
		});
	});

	test('without a secret is not signed', async () => {
		const { url, heard } = await robot(fine);
		await webhookMessenger({ url, form: 'dingtalk', secret: null }, () => at).send(message);
		expect(heard[0]?.url).toBe('/robot/send?key=k%2B1');
	});
});

describe('a program of the operator’s own', () => {
	test('gets counts, both languages and the link, signed', async () => {
		const { url, heard } = await robot((_, response) => response.writeHead(204).end());
		const sent = await webhookMessenger({ url, form: 'generic', secret: 'shared' }, () => at).send(message);
		expect(sent.ok).toBe(true);
		const { body, headers }: Pick<Heard, 'body' | 'headers'> = heard[0] ?? { body: '', headers: {} };
		expect(Object.keys(JSON.parse(body) as object).sort()).toEqual(['counts', 'id', 'link', 'subject', 'text', 'type']);
		expect(JSON.parse(body)).toMatchObject({
			type: 'digest',
			id,
			counts: [{ code: 'claim_to_screen', count: 2 }],
			link
		});
		const signature = createHmac('sha256', 'shared').update(body).digest('hex');
		expect(headers['x-lampkeep-signature']).toBe(`sha256=${signature}`);
	});
});

describe('another server', () => {
	const send = (url: string, patience?: number) =>
		webhookMessenger({ url, form: 'generic', secret: null }, () => at, patience).send(message);

	test('that points elsewhere is not followed', async () => {
		const elsewhere = await robot(fine);
		const { url } = await robot((_, response) => response.writeHead(307, { location: elsewhere.url }).end());
		expect(await send(url)).toEqual({ ok: false, error: { type: 'redirected', temporary: false, status: 307 } });
		expect(elsewhere.heard).toEqual([]);
	});

	test.each([
		[400, false],
		[401, false],
		[404, false],
		[429, true],
		[500, true],
		[503, true]
	])('that answers %i has not taken it (later perhaps: %s)', async (status, temporary) => {
		const { url } = await robot(saying({ error: 'no' }, status));
		expect(await send(url)).toEqual({ ok: false, error: { type: 'refused', temporary, status } });
	});

	test('that does not answer is not waited for for ever', async () => {
		const { url } = await robot(() => undefined);
		expect(await send(url, 200)).toEqual({ ok: false, error: { type: 'timed_out', temporary: true } });
	});

	test('that sends without end is not listened to for ever', async () => {
		let written = 0;
		const { url } = await robot((_, response) => {
			const more = () => {
				written += 65_536;
				if (!response.destroyed) response.write(Buffer.alloc(65_536), () => setImmediate(more));
			};
			more();
		});
		expect((await send(url, 5_000)).ok).toBe(true);
		expect(written).toBeLessThan(20_000_000);
	});

	test('that is not there is tried again', async () => {
		expect(await send('http://127.0.0.1:9/')).toEqual({ ok: false, error: { type: 'unreachable', temporary: true } });
	});
});
