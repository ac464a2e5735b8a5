import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { inboxCodes } from '#lib/domain/inbox/codes.ts';
import type { ChildId, ClaimId, InstitutionId, StaffId } from '#lib/domain/ids.ts';
import { err, ok } from '#lib/domain/result.ts';
import { civilDate } from '#lib/domain/time.ts';
import { mailServer, subjectOf, textOf } from '../../../../tests/support/mail-server.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { addInstitution } from '../accounts/institutions.ts';
import { addPerson, removePerson } from '../accounts/people.ts';
import type { Scope } from '../db/connection.ts';
import { handlersWith } from '../jobs/handlers.ts';
import { MemoryQueue } from '../jobs/memory-queue.ts';
import { failedJobs } from '../jobs/overview.ts';
import { PgBossQueue } from '../jobs/pg-boss-queue.ts';
import type { Messenger, MessengerFault, OutboundMessage } from '../messengers/messenger.ts';
import { smtpMessenger } from '../messengers/smtp.ts';
import { webhookMessenger } from '../messengers/webhook.ts';
import { failedDeliveries, lastDelivery, setContact } from './contacts.ts';
import type { Postman } from './deliver.ts';
import { notify } from './inbox.ts';

const registry: Scope = { kind: 'registry' };
const house = '00000000-0000-7000-8000-00000000a001' as InstitutionId;
const chen = '00000000-0000-7000-8000-0000000000c1' as StaffId;
const he = '00000000-0000-7000-8000-0000000000c2' as StaffId;

/** Planted wherever the registry knows a child: none of it may leave. */
const canaries = ['小禾金丝雀', 'YL-2026-0031', '右眉上有一颗痣'];

/** Messages instead of a network, with faults. */
class RecordedMessenger implements Messenger {
	readonly sent: OutboundMessage[] = [];
	#faults: MessengerFault[] = [];
	failNext(count: number, fault: MessengerFault): void {
		this.#faults = Array.from({ length: count }, () => fault);
	}
	async send(message: OutboundMessage) {
		const fault = this.#faults.pop();
		if (fault) return err(fault);
		this.sent.push(message);
		return ok({ reference: undefined });
	}
}

/** A house with two people, one child with a planted name, and four things to do. */
async function registryWith(messengers: Postman['messengers']) {
	const database = await testDatabase();
	const childId = randomUUID() as ChildId;
	await database.inScope(registry, async (session) => {
		await addInstitution(session, {
			id: house,
			name: '云岭县儿童福利院',
			nameEn: '',
			kind: 'welfare_institution',
			uscc: null,
			phone: null,
			regionCode: null
		});
		await addPerson(session, { id: chen, institutionId: house, name: '陈国华', role: 'supervisor' });
		await addPerson(session, { id: he, institutionId: house, name: '何敏', role: 'second_administrator' });
		await session.query(
			`INSERT INTO child_rows (child_id, of_child, houses, row, name, case_number, submitted, notice, conflict_count, words)
			VALUES ($1, $1, ARRAY[$2::uuid], $3, $4, $5, true, 'none', 0, $6)`,
			[
				childId,
				house,
				JSON.stringify({ name: canaries[0], marks: canaries[2] }),
				canaries[0],
				canaries[1],
				canaries.join(' ')
			]
		);
		const to = { institutionId: house, role: 'supervisor' } as const;
		for (const claimId of [randomUUID(), randomUUID()] as ClaimId[])
			await notify(session, { to, code: 'claim_to_screen', refs: { claimId, childId } });
		await notify(session, { to, code: 'document_due', refs: { childId }, dueOn: civilDate('2026-12-01') });
		await notify(session, { to: { userId: he }, code: 'access_granted', refs: { childId } });
		await setContact(session, chen, { email: 'chen@house.example', digest: true });
	});
	let now = new Date('2026-11-23T00:00:05.000Z');
	const jobs = new MemoryQueue();
	const tools = {
		database,
		postman: { messengers, origin: 'https://registry.example' },
		press: undefined as never,
		board: undefined as never,
		keys: undefined as never,
		now: () => now
	};
	const handlers = handlersWith({ ...tools, jobs });
	if (handlers['inbox.digest']) await jobs.work('inbox.digest', handlers['inbox.digest']);
	if (handlers['inbox.deliver']) await jobs.work('inbox.deliver', handlers['inbox.deliver']);
	return {
		database,
		jobs,
		tools,
		/** What the morning of the present day brings. */
		morning: async () => {
			await jobs.send('inbox.digest', {});
			await jobs.runDue(now);
		},
		later: (hours: number) => (now = new Date(now.getTime() + hours * 3_600_000)),
		runDue: () => jobs.runDue(now),
		inRegistry: <T>(work: Parameters<typeof database.inScope<T>>[1]) => database.inScope(registry, work)
	};
}

describe('the summary of the day', () => {
	test('goes by mail to whoever has an address, with counts and a link and nothing of a child', async () => {
		const { port, mails } = await mailServer();
		const email = smtpMessenger({ url: `smtp://127.0.0.1:${port}`, from: 'registry@lampkeep.example' });
		const { morning, inRegistry } = await registryWith({ email, webhook: null });
		await morning();
		expect(mails).toHaveLength(1);
		expect(mails[0]?.to).toEqual(['chen@house.example']);
		const raw = mails[0]?.raw ?? '';
		expect(subjectOf(raw)).toBe('留灯：3 件待办 · Lampkeep: 3 to do');
		const text = textOf(raw);
		expect(text).toContain('· 有认领等待初核：2 件');
		expect(text).toContain('· A document is due: 1');
		expect(text).toContain('https://registry.example/desk/inbox');
		for (const canary of canaries) expect(raw + text + subjectOf(raw)).not.toContain(canary);
		expect(await inRegistry((session) => lastDelivery(session, chen))).toMatchObject({
			day: '2026-11-23',
			fault: null
		});
	});

	test('goes to the group with everything that is open, and nothing of a child', async () => {
		const heard: string[] = [];
		const server = createServer((request, response) => {
			const pieces: Buffer[] = [];
			request.on('data', (piece: Buffer) => pieces.push(piece));
			request.on('end', () => {
				heard.push(`${request.url} ${JSON.stringify(request.headers)} ${Buffer.concat(pieces).toString()}`);
				response.end('{"errcode":0}');
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		onTestFinished(() => void server.close());
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`;
		const webhook = webhookMessenger({ url, form: 'wecom', secret: null }, () => 0);
		const { morning } = await registryWith({ email: null, webhook });
		await morning();
		expect(heard).toHaveLength(1);
		expect(heard[0]).toContain('登记处现在共有 4 件待办');
		for (const canary of canaries) expect(heard[0]).not.toContain(canary);
	});

	test('is written once a day, however often the job runs, and again the next day', async () => {
		const email = new RecordedMessenger();
		const { morning, jobs, later } = await registryWith({ email, webhook: null });
		jobs.loseNextEnds('inbox.digest', 1);
		jobs.loseNextEnds('inbox.deliver', 1);
		await morning();
		await morning();
		await morning();
		expect(email.sent).toHaveLength(1);
		later(24);
		await morning();
		expect(email.sent).toHaveLength(2);
	});

	test('is not written where nothing is to do, nobody wants it, the account is closed, or no way out is configured', async () => {
		const email = new RecordedMessenger();
		const { morning, inRegistry, later, jobs } = await registryWith({ email, webhook: null });
		await inRegistry((session) => setContact(session, chen, { email: 'chen@house.example', digest: false }));
		await morning();
		later(24);
		await inRegistry((session) => setContact(session, chen, { email: 'chen@house.example', digest: true }));
		await inRegistry((session) => removePerson(session, chen, new Date()));
		await morning();
		expect(email.sent).toEqual([]);
		expect(jobs.failed).toEqual([]);
		const silent = await registryWith({ email: null, webhook: null });
		await silent.morning();
		const { rows } = await silent.inRegistry((session) => session.query('SELECT id FROM outbound_messages'));
		expect(rows).toEqual([]);
	});

	test('goes nowhere once the address was taken back, also when it was written before', async () => {
		const email = new RecordedMessenger();
		email.failNext(1, { type: 'unreachable', temporary: true });
		const { morning, later, runDue, inRegistry, jobs } = await registryWith({ email, webhook: null });
		await morning();
		await inRegistry((session) => setContact(session, chen, { email: '', digest: true }));
		later(1);
		await runDue();
		expect([email.sent, jobs.waiting, jobs.failed]).toEqual([[], [], []]);
		expect(await inRegistry(failedDeliveries)).toBe(0);
	});
});

describe('a summary that is not taken', () => {
	test('is tried again and arrives', async () => {
		const email = new RecordedMessenger();
		email.failNext(2, { type: 'refused', temporary: true, status: 450 });
		const { morning, later, runDue, inRegistry } = await registryWith({ email, webhook: null });
		await morning();
		expect(email.sent).toEqual([]);
		for (let hour = 0; hour < 3; hour++) {
			later(1);
			await runDue();
		}
		expect(email.sent).toHaveLength(1);
		expect(await inRegistry((session) => lastDelivery(session, chen))).toMatchObject({ failedAt: null, fault: null });
	});

	test('is given up after its last try, and both the person and the registry see it', async () => {
		const email = new RecordedMessenger();
		email.failNext(99, { type: 'timed_out', temporary: true });
		const { morning, later, runDue, inRegistry, jobs } = await registryWith({ email, webhook: null });
		await morning();
		expect(await inRegistry(failedDeliveries)).toBe(0);
		for (let day = 0; day < 12; day++) {
			later(24);
			await runDue();
		}
		expect(jobs.failed.map(({ name, attempts }) => [name, attempts])).toEqual([['inbox.deliver', 10]]);
		expect(await inRegistry(failedDeliveries)).toBe(1);
		const last = await inRegistry((session) => lastDelivery(session, chen));
		expect(last).toMatchObject({ fault: 'timed_out', deliveredAt: null });
		expect(last?.failedAt).not.toBeNull();
	});

	test('for good is not tried again', async () => {
		const email = new RecordedMessenger();
		email.failNext(1, { type: 'address_refused', temporary: false, status: 550 });
		const { morning, inRegistry, jobs } = await registryWith({ email, webhook: null });
		await morning();
		expect([jobs.waiting, jobs.failed]).toEqual([[], []]);
		expect(await inRegistry((session) => lastDelivery(session, chen))).toMatchObject({ fault: 'address_refused' });
		expect(await inRegistry(failedDeliveries)).toBe(1);
	});

	test('in the queue of PostgreSQL: retried by itself, then a failure in sight, with no word of a child', async () => {
		const server = createServer((request, response) => {
			request.resume();
			response.writeHead(503).end(canaries.join());
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		onTestFinished(() => void server.close());
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`;
		const webhook = webhookMessenger({ url, form: 'generic', secret: null }, () => 0);
		const { database, tools, inRegistry } = await registryWith({ email: null, webhook });
		const queue = await PgBossQueue.start(database.queueSql, { onError: () => undefined, pollSeconds: 0.5 });
		onTestFinished(() => queue.stop());
		const handlers = handlersWith({
			...tools,
			postman: { ...tools.postman, messengers: { email: null, webhook } },
			jobs: queue
		});
		if (handlers['inbox.digest']) await queue.work('inbox.digest', handlers['inbox.digest']);
		if (handlers['inbox.deliver']) await queue.work('inbox.deliver', handlers['inbox.deliver']);
		await queue.send('inbox.digest', {});
		const attempts = async () => {
			const { rows } = await inRegistry((session) =>
				session.query<{ attempts: number; fault: string }>('SELECT attempts, fault FROM outbound_messages')
			);
			return rows[0]?.attempts ?? 0;
		};
		const failed = () => inRegistry((session) => failedJobs(session, 10));
		for (const late = Date.now() + 40_000; (await failed()).length === 0 && Date.now() < late;) {
			// The pauses pass.
			await database.asOwner((owner) =>
				owner.query(`UPDATE pgboss.job SET start_after = now() - interval '1 second' WHERE state = 'retry'`)
			);
			await new Promise((resolve) => setTimeout(resolve, 200));
		}
		expect(await attempts()).toBe(10);
		expect(await failed()).toMatchObject([{ name: 'inbox.deliver', attempts: 10, reason: 'refused (503)' }]);
		expect(await inRegistry(failedDeliveries)).toBe(1);
		const { rows } = await database.queueSql('SELECT job::text AS kept FROM pgboss.job');
		for (const canary of canaries) expect(JSON.stringify(rows)).not.toContain(canary);
	}, 90_000);
});

test('a count of a kind that a later program knows is left out, not sent', async () => {
	const email = new RecordedMessenger();
	const { jobs, runDue, inRegistry } = await registryWith({ email, webhook: null });
	const messageId = randomUUID();
	await inRegistry((session) =>
		session.query(
			`INSERT INTO outbound_messages (id, channel, user_id, institution_id, day, counts) VALUES ($1, 'email', $2, $3, '2026-11-23', $4)`,
			[
				messageId,
				chen,
				house,
				JSON.stringify([
					{ code: canaries[0], count: 7 },
					{ code: inboxCodes[0], count: 1 }
				])
			]
		)
	);
	await jobs.send('inbox.deliver', { messageId });
	await runDue();
	expect(email.sent.map(({ counts }) => counts)).toEqual([[{ code: inboxCodes[0], count: 1 }]]);
	expect(JSON.stringify(email.sent)).not.toContain(canaries[0]);
});
