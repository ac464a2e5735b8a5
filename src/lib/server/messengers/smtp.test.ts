import { networkInterfaces } from 'node:os';
import type { SMTPServerOptions } from 'smtp-server';
import { describe, expect, test } from 'vitest';
import { mailServer, subjectOf, textOf } from '../../../../tests/support/mail-server.ts';
import { digestMessage } from '../inbox/digest.ts';
import { smtpMessenger } from './smtp.ts';

const id = '00000000-0000-7000-8000-000000000001';
const link = 'https://registry.example/desk/inbox';
const message = digestMessage(id, 'chen@house.example', [{ code: 'claim_to_screen', count: 2 }], link);
const from = 'registry@lampkeep.example';

describe('a mail', () => {
	test('arrives with the sentence of the code, the count and the link, in both languages', async () => {
		const { port, mails } = await mailServer();
		const sent = await smtpMessenger({ url: `smtp://127.0.0.1:${port}`, from }).send(message);
		expect(sent.ok).toBe(true);
		expect(mails).toHaveLength(1);
		expect(mails[0]).toMatchObject({ from, to: ['chen@house.example'] });
		const raw = mails[0]?.raw ?? '';
		expect(raw).toMatch(new RegExp(`^Message-ID: <${id}@lampkeep.example>`, 'mi'));
		expect(raw).toMatch(/^Auto-Submitted: auto-generated/im);
		const text = textOf(raw);
		expect(text).toContain('· 有认领等待初核：2 件');
		expect(text).toContain('· A claim waits to be screened: 2');
		expect(text).toContain(link);
	});

	test('has a subject with the number alone', async () => {
		const { port, mails } = await mailServer();
		await smtpMessenger({ url: `smtp://127.0.0.1:${port}`, from }).send(message);
		expect(subjectOf(mails[0]?.raw ?? '')).toBe('留灯：2 件待办 · Lampkeep: 2 to do');
	});

	test('tried again has the same Message-ID', async () => {
		const { port, mails } = await mailServer();
		const messenger = smtpMessenger({ url: `smtp://127.0.0.1:${port}`, from });
		await messenger.send(message);
		await messenger.send(message);
		const ids = mails.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)?.[1]);
		expect(new Set(ids).size).toBe(1);
	});

	test('signs in with the account of the address', async () => {
		const accounts: string[] = [];
		const { port, mails } = await mailServer({
			authOptional: false,
			allowInsecureAuth: true,
			onAuth(auth, _, done) {
				accounts.push(`${auth.username}/${auth.password}`);
				done(null, { user: auth.username ?? '' });
			}
		});
		const url = `smtp://registry%40lampkeep:p%2Fw@127.0.0.1:${port}`;
		expect((await smtpMessenger({ url, from }).send(message)).ok).toBe(true);
		expect([accounts, mails.length]).toEqual([['registry@lampkeep/p/w'], 1]);
	});
});

describe('a mail that is not taken', () => {
	const refusing = (responseCode: number): SMTPServerOptions => ({
		onRcptTo: (_, __, done) => done(Object.assign(new Error('a text of theirs'), { responseCode }))
	});

	test.each([
		[550, false],
		[450, true]
	])('because of its address (%i) is tried again: %s', async (status, temporary) => {
		const { port } = await mailServer(refusing(status));
		const sent = await smtpMessenger({ url: `smtp://127.0.0.1:${port}`, from }).send(message);
		expect(sent).toEqual({ ok: false, error: { type: 'address_refused', temporary, status } });
	});

	test('because the account is refused says so', async () => {
		const { port } = await mailServer({
			authOptional: false,
			allowInsecureAuth: true,
			onAuth: (_, __, done) => done(Object.assign(new Error('no'), { responseCode: 535 }))
		});
		const sent = await smtpMessenger({ url: `smtp://a:b@127.0.0.1:${port}`, from }).send(message);
		expect(sent).toMatchObject({ ok: false, error: { type: 'sign_in_refused', temporary: true } });
	});

	test('because nobody is there is tried again', async () => {
		const sent = await smtpMessenger({ url: 'smtp://127.0.0.1:9', from }).send(message);
		expect(sent).toMatchObject({ ok: false, error: { type: 'unreachable', temporary: true } });
	});

	const outside = Object.values(networkInterfaces())
		.flat()
		.find((each) => each !== undefined && !each.internal && each.family === 'IPv4')?.address;

	test.skipIf(outside === undefined)('goes to no other machine without encryption', async () => {
		const { port, mails } = await mailServer({}, outside);
		const sent = await smtpMessenger({ url: `smtp://${outside}:${port}`, from }).send(message);
		expect(sent).toMatchObject({ ok: false, error: { temporary: true } });
		expect(mails).toEqual([]);
	});
});
