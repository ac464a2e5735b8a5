import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';

const read = (env: Record<string, string>) => readConfig(env, '/srv/lampkeep');

describe('the environment', () => {
	test('needs nothing: embedded database in ./data, this machine only, port 4173', () => {
		expect(read({})).toEqual({
			database: { kind: 'embedded' },
			dataDir: '/srv/lampkeep/data',
			port: 4173,
			host: '127.0.0.1',
			origin: null,
			demo: false,
			withdrawProgram: false,
			mode: 'production',
			secret: null,
			mail: null,
			webhook: null,
			fileRequestDays: 15
		});
	});

	test('a blank variable is an absent one, as a form of a hosting panel leaves it', () => {
		expect(read({ DATABASE_URL: '', PORT: ' ' })).toEqual(read({}));
	});

	test('every variable is taken', () => {
		expect(
			read({
				DATABASE_URL: 'postgres://lampkeep:pw@db:5433/registry',
				DATA_DIR: '/var/lib/lampkeep',
				PORT: '80',
				HOST: '0.0.0.0',
				ORIGIN: 'https://registry.example',
				DEMO: '1',
				WITHDRAW_PROGRAM: '1',
				NODE_ENV: 'development',
				LAMPKEEP_SECRET: 'x'.repeat(32),
				SMTP_URL: 'smtps://registry:pw@mail.example',
				MAIL_FROM: 'registry@example.org',
				WEBHOOK_URL: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k',
				WEBHOOK_FORM: 'wecom',
				WEBHOOK_SECRET: 'SEC1',
				FILE_REQUEST_DAYS: '10'
			})
		).toEqual({
			database: { kind: 'external', url: 'postgres://lampkeep:pw@db:5433/registry' },
			dataDir: '/var/lib/lampkeep',
			port: 80,
			host: '0.0.0.0',
			origin: 'https://registry.example',
			demo: true,
			withdrawProgram: true,
			mode: 'development',
			secret: 'x'.repeat(32),
			mail: { url: 'smtps://registry:pw@mail.example', from: 'registry@example.org' },
			webhook: { url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k', form: 'wecom', secret: 'SEC1' },
			fileRequestDays: 10
		});
	});

	test.each([
		['DATABASE_URL', 'mysql://db/registry', /^DATABASE_URL must look like postgres:\/\//],
		['PORT', '99999', /^PORT must be a port number from 0 to 65535/],
		['PORT', 'http', /^PORT must be a port number/],
		['ORIGIN', 'https://registry.example/path', /^ORIGIN must be the address people type, without a path/],
		['DEMO', 'maybe', /^DEMO must be 1/],
		['NODE_ENV', 'staging', /^NODE_ENV must be production/],
		['LAMPKEEP_SECRET', 'short', /^LAMPKEEP_SECRET must have at least 32 characters/],
		['SMTP_URL', 'https://mail.example', /^SMTP_URL must look like smtps:\/\//],
		['SMTP_URL', 'smtps://mail.example', /^MAIL_FROM must be the address mails come from/],
		['MAIL_FROM', 'registry', /^MAIL_FROM must be/],
		['WEBHOOK_URL', 'http://robot.example/send', /^WEBHOOK_URL must be the https address/],
		['WEBHOOK_FORM', 'lark', /^WEBHOOK_FORM must be wecom, dingtalk or generic/],
		['FILE_REQUEST_DAYS', '0', /^FILE_REQUEST_DAYS must be a number of days from 1 to 90/]
	])('%s=%s is refused by a sentence that says what it must be', (name, value, sentence) => {
		expect(() => read({ [name]: value })).toThrow(sentence);
	});

	test('a group may be told without encryption on this machine alone', () => {
		for (const host of ['localhost', '127.0.0.1', '[::1]'])
			expect(read({ WEBHOOK_URL: `http://${host}:9000/` }).webhook?.form).toBe('generic');
		for (const host of ['127.example', 'localhost.example', '0.0.0.0', '10.0.0.1'])
			expect(() => read({ WEBHOOK_URL: `http://${host}:9000/` })).toThrow(/^WEBHOOK_URL/);
	});

	test('every wrong variable is named at once, and no value is repeated', () => {
		const wrong = { DATABASE_URL: 'mysql://root:hunter2@db', PORT: 'x' };
		expect(() => read(wrong)).toThrow(/DATABASE_URL .* PORT /);
		expect(() => read(wrong)).not.toThrow(/hunter2/);
	});
});
