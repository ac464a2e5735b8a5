import { resolve } from 'node:path';
import { z } from 'zod';
import { answerDays } from '#lib/domain/access/request.ts';
import { OperatorError } from './operator-error.ts';

/** Everything the environment decides, parsed once. */
export interface Config {
	/** A PostgreSQL of the operator's own, or the embedded one inside `dataDir`. */
	readonly database: { readonly kind: 'external'; readonly url: string } | { readonly kind: 'embedded' };
	/** Absolute path of the folder for the embedded database, the photos and `secret.key`. */
	readonly dataDir: string;
	readonly port: number;
	readonly host: string;
	/** The address people type, `https://registry.example`; behind a proxy it cannot be guessed from a request. */
	readonly origin: string | null;
	/** Invented children only: every page carries the DEMO stripe. */
	readonly demo: boolean;
	readonly mode: 'production' | 'development' | 'test';
	/** Replaces `dataDir`/secret.key where several servers share one external database. */
	readonly secret: string | null;
	/** Takes the program off tablets: see cli/withdrawn-program.ts. */
	readonly withdrawProgram: boolean;
	/** Days in which a request about a file is answered. */
	readonly fileRequestDays: number;
	/** How mail leaves the registry; without it none does. */
	readonly mail: MailSettings | null;
	/** The group that is told once a day; without it none is. */
	readonly webhook: WebhookSettings | null;
}

export interface MailSettings {
	/** `smtps://user:password@host:465`, or `smtp://…:587`, which must become encrypted (STARTTLS) unless it is this machine. */
	readonly url: string;
	/** The sender's address. */
	readonly from: string;
}

/** What shape a message to a group has: of WeCom's group robots, of DingTalk's, or a plain one for a program of your own. */
export const webhookForms = ['wecom', 'dingtalk', 'generic'] as const;
export type WebhookForm = (typeof webhookForms)[number];

export interface WebhookSettings {
	/** https, or http to this machine. Holds the robot's key: never logged. */
	readonly url: string;
	readonly form: WebhookForm;
	/** With it DingTalk's query and the plain form's header are signed. */
	readonly secret: string | null;
}

/** Is this address on the machine itself, so that nothing on the way can read what goes there? */
export function isLoopback(url: string): boolean {
	const { hostname } = new URL(url);
	return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

const blankIsAbsent = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const optional = <S extends z.ZodType>(schema: S) => z.preprocess(blankIsAbsent, schema.optional());

const environmentSchema = z
	.object({
		DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/, hostname: /.*/ })),
		DATA_DIR: optional(z.string()),
		PORT: optional(
			z
				.string()
				.regex(/^\d{1,5}$/)
				.transform(Number)
				.refine((port) => port <= 65_535)
		),
		HOST: optional(z.string().regex(/^[^\s/]+$/)),
		ORIGIN: optional(z.url({ protocol: /^https?$/ }).refine((origin) => origin === new URL(origin).origin)),
		DEMO: optional(z.stringbool({ truthy: ['1', 'true', 'yes', 'on'], falsy: ['0', 'false', 'no', 'off'] })),
		WITHDRAW_PROGRAM: optional(
			z.stringbool({ truthy: ['1', 'true', 'yes', 'on'], falsy: ['0', 'false', 'no', 'off'] })
		),
		NODE_ENV: optional(z.enum(['production', 'development', 'test'])),
		LAMPKEEP_SECRET: optional(z.string().min(32)),
		FILE_REQUEST_DAYS: optional(
			z
				.string()
				.regex(/^\d{1,3}$/)
				.transform(Number)
				.refine((days) => days >= 1 && days <= 90)
		),
		SMTP_URL: optional(z.url({ protocol: /^smtps?$/, hostname: /.*/ })),
		MAIL_FROM: optional(z.email()),
		WEBHOOK_URL: optional(
			z.url({ protocol: /^https?$/, hostname: /.*/ }).refine((url) => url.startsWith('https:') || isLoopback(url))
		),
		WEBHOOK_FORM: optional(z.enum(webhookForms)),
		WEBHOOK_SECRET: optional(z.string())
	})
	.refine(({ SMTP_URL, MAIL_FROM }) => SMTP_URL === undefined || MAIL_FROM !== undefined, { path: ['MAIL_FROM'] });

type Variable = keyof typeof environmentSchema.shape;

/** The way out, said after the name of a variable that cannot be used. */
const expected: Record<Variable, string> = {
	DATABASE_URL: 'must look like postgres://user:password@host:5432/database; leave it out to use the embedded database',
	DATA_DIR: 'must be a folder, such as ./data',
	PORT: 'must be a port number from 0 to 65535, such as 4173 (0 takes any free one)',
	HOST: 'must be a host name or an address to listen on, such as 127.0.0.1, or 0.0.0.0 for every network',
	ORIGIN: 'must be the address people type, without a path, such as https://registry.example',
	DEMO: 'must be 1 (invented children, DEMO stripe) or 0',
	WITHDRAW_PROGRAM: 'must be 1 (tablets give up the kept program) or 0',
	NODE_ENV: 'must be production, development or test',
	LAMPKEEP_SECRET: 'must have at least 32 characters; leave it out to keep one in the data folder',
	SMTP_URL: 'must look like smtps://user:password@mail.example:465; leave it out to send no mail',
	MAIL_FROM: 'must be the address mails come from, such as registry@example.org, wherever SMTP_URL is set',
	WEBHOOK_URL: 'must be the https address of a group robot; leave it out to tell no group',
	WEBHOOK_FORM: 'must be wecom, dingtalk or generic',
	WEBHOOK_SECRET: 'must be the secret the robot signs with; leave it out where it has none',
	FILE_REQUEST_DAYS: 'must be a number of days from 1 to 90; leave it out for 15'
};

/**
 * @param env as `process.env`
 * @param workingDirectory what a relative DATA_DIR is relative to
 * @throws OperatorError naming every variable that cannot be used and what it must look like. Values are not repeated:
 * several hold passwords or keys, and the message may land in a log.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, workingDirectory: string): Config {
	const parsed = environmentSchema.safeParse(env);
	if (!parsed.success) {
		const names = new Set(parsed.error.issues.map((issue) => issue.path[0] as Variable));
		throw new OperatorError([...names].map((name) => `${name} ${expected[name]}.`).join(' '));
	}
	const given = parsed.data;
	return {
		database: given.DATABASE_URL === undefined ? { kind: 'embedded' } : { kind: 'external', url: given.DATABASE_URL },
		dataDir: resolve(workingDirectory, given.DATA_DIR ?? 'data'),
		port: given.PORT ?? 4173,
		host: given.HOST ?? '127.0.0.1',
		origin: given.ORIGIN ?? null,
		demo: given.DEMO ?? false,
		withdrawProgram: given.WITHDRAW_PROGRAM ?? false,
		mode: given.NODE_ENV ?? 'production',
		secret: given.LAMPKEEP_SECRET ?? null,
		mail:
			given.SMTP_URL === undefined || given.MAIL_FROM === undefined
				? null
				: { url: given.SMTP_URL, from: given.MAIL_FROM },
		webhook:
			given.WEBHOOK_URL === undefined
				? null
				: { url: given.WEBHOOK_URL, form: given.WEBHOOK_FORM ?? 'generic', secret: given.WEBHOOK_SECRET ?? null },
		fileRequestDays: given.FILE_REQUEST_DAYS ?? answerDays.days
	};
}

/** This process's own configuration: the one place of the server that reads `process.env`. */
export function processConfig(): Config {
	return (parsedOnce ??= readConfig(process.env, process.cwd()));
}

let parsedOnce: Config | undefined;
