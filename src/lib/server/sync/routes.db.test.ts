import { randomUUID } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { enrolled } from '../../../../tests/contract/entry-log/enrolled.ts';
import { newChild, newItem, testTablet, type TestTablet } from '../../../../tests/contract/entry-log/tablet.ts';
import { challengeOf, origin, registry, signedRequest, type Sent } from '../../../../tests/contract/registry.ts';
import {
	challengeHeader,
	feedChangedSchema,
	pullAnswerSchema,
	pushAnswerSchema,
	rosterSchema,
	signatureHeaders
} from '#lib/sync/protocol.ts';
import type { SyncDoor } from './door.ts';
import { pull, push, roster } from './routes.ts';

async function pushed(door: SyncDoor, tablet: TestTablet, json: unknown, sent: Sent = {}): Promise<Response> {
	const body = gzipSync(typeof json === 'string' ? json : JSON.stringify(json));
	const request = await signedRequest(door, tablet, '/api/sync/push', {
		method: 'POST',
		body,
		...sent,
		headers: { 'content-encoding': 'gzip', ...sent.headers }
	});
	return push(door, request);
}

const message = (tablet: TestTablet, entries: readonly unknown[]) => ({
	protocol: 1,
	deviceId: tablet.deviceId,
	entries
});
const daily = () => ({ itemId: newItem(), care: { kind: 'daily' as const, note: 'ate well' } });

describe('a tablet and the registry', () => {
	test('push, then pull: what one tablet sent another of the house reads', async () => {
		const { door, a, database } = await registry();
		const other = testTablet(a.institutionId);
		await enrolled(database, other);
		const entry = a.record('care.recorded', newChild(), daily());
		const answer = await pushed(door, a, message(a, [entry]));
		expect(answer.status).toBe(200);
		const { epoch, receipts, durable } = pushAnswerSchema.parse(await answer.json());
		expect(durable).toBe(true);
		expect(receipts).toMatchObject([{ outcome: 'accepted', id: entry.id }]);
		const read = await pull(
			door,
			await signedRequest(door, other, `/api/sync/pull?after=start&limit=10&epoch=${epoch}`)
		);
		const page = pullAnswerSchema.parse(await read.json());
		expect(page.entries.map((row) => row.entry)).toEqual([entry]);
		expect(read.headers.get(challengeHeader)).toBe(page.challenge);
	});

	test('answers travel compressed to whoever can read it', async () => {
		const { door, a } = await registry();
		const child = newChild();
		await pushed(
			door,
			a,
			message(
				a,
				Array.from({ length: 50 }, () => a.record('care.recorded', child, daily()))
			)
		);
		const request = await signedRequest(door, a, '/api/sync/pull', { headers: { 'accept-encoding': 'gzip' } });
		const answer = await pull(door, request);
		expect(answer.headers.get('content-encoding')).toBe('gzip');
		const bytes = Buffer.from(await answer.arrayBuffer());
		const plain = gunzipSync(bytes);
		expect(bytes.length * 3).toBeLessThan(plain.length);
		expect(pullAnswerSchema.parse(JSON.parse(plain.toString())).entries).toHaveLength(50);
	});

	test('the roster names the house and its people', async () => {
		const { door, a } = await registry();
		const answer = await roster(door, await signedRequest(door, a, '/api/sync/roster'));
		const { roster: found } = (await answer.json()) as { roster: unknown };
		expect(rosterSchema.parse(found)).toMatchObject({ institutionId: a.institutionId, staff: [{ id: a.staffId }] });
	});

	test.each<[string, Sent, number, string]>([
		[
			'signed over another path',
			{ tamper: (signed) => (signed.path += '&epoch=0190a0b0-0000-7000-8000-000000000000') },
			401,
			'signature_wrong'
		],
		[
			'with another body than the signed one',
			{ method: 'POST', body: new Uint8Array([1]), tamper: (signed) => (signed.body = new Uint8Array([2])) },
			401,
			'body_changed'
		],
		[
			'of a tablet nobody knows',
			{ tamper: (signed) => (signed.headers[signatureHeaders.device] = randomUUID()) },
			401,
			'signature_wrong'
		],
		[
			'without a signature',
			{ tamper: (signed) => delete signed.headers[signatureHeaders.signature] },
			401,
			'signature_missing'
		],
		[
			'with a challenge somebody made up',
			{ challenge: 'mb0.AAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
			401,
			'challenge_invalid'
		]
	])('a request %s is refused and told a fresh challenge', async (_, sent, status, error) => {
		const { door, a } = await registry();
		const request = await signedRequest(door, a, '/api/sync/push?x=1', { method: 'POST', ...sent });
		const answer = await push(door, request);
		expect(answer.status).toBe(status);
		expect(await answer.json()).toMatchObject({ error });
		expect(answer.headers.get(challengeHeader)).toMatch(/\./);
	});

	test('a challenge lasts five minutes of the registry, whatever the tablet believes', async () => {
		const { door, a, pass } = await registry();
		const challenge = await challengeOf(door);
		pass(5);
		expect((await roster(door, await signedRequest(door, a, '/api/sync/roster', { challenge }))).status).toBe(200);
		pass(0.01);
		const late = await roster(door, await signedRequest(door, a, '/api/sync/roster', { challenge }));
		expect(late.status).toBe(401);
		expect(await late.json()).toMatchObject({ error: 'challenge_expired' });
	});

	describe('a tablet that was closed', () => {
		const closed = async () => {
			const known = await registry();
			await known.database.inScope({ kind: 'registry' }, (session) =>
				session.query('UPDATE devices SET revoked_at = now() WHERE id = $1', [known.a.deviceId])
			);
			return known;
		};

		test('loses nothing: what it brings is set aside for a supervisor, once, and never counts', async () => {
			const { door, a, database } = await closed();
			const entry = a.record('care.recorded', newChild(), daily());
			const items = [entry, { id: 'not an entry' }];
			for (const _ of ['first', 'again']) {
				const answer = await pushed(door, a, message(a, items));
				expect(answer.status).toBe(200);
				expect(pushAnswerSchema.parse(await answer.json()).receipts).toEqual([
					{ outcome: 'quarantined', id: entry.id, index: 0, reason: { type: 'device_revoked' } },
					{ outcome: 'quarantined', index: 1, reason: { type: 'device_revoked' } }
				]);
			}
			const { rows } = await database.inScope({ kind: 'registry' }, (session) =>
				session.query(
					`SELECT reason_type AS reason, child_id AS "childId", body, (SELECT count(*) FROM entries) AS entries
					FROM quarantine ORDER BY id`
				)
			);
			expect(rows).toEqual([
				{ reason: 'device_revoked', childId: entry.childId, body: JSON.stringify(entry), entries: 0 },
				{ reason: 'device_revoked', childId: null, body: JSON.stringify(items[1]), entries: 0 }
			]);
		});

		test('reads nothing', async () => {
			const { door, a } = await closed();
			for (const answer of [
				await pull(door, await signedRequest(door, a, '/api/sync/pull')),
				await roster(door, await signedRequest(door, a, '/api/sync/roster'))
			]) {
				expect(answer.status).toBe(403);
				expect(await answer.json()).toMatchObject({ error: 'device_revoked' });
			}
		});

		test('is believed no more than another whose signature is wrong', async () => {
			const { door, a } = await closed();
			const tamper: Sent['tamper'] = (signed) => (signed.path += '?x=1');
			const answer = await pushed(door, a, message(a, []), { tamper });
			expect(answer.status).toBe(401);
		});
	});

	test('the registry notes the tablet and how many entries it has made', async () => {
		const { door, a, database } = await registry();
		const child = newChild();
		await pushed(
			door,
			a,
			message(a, [a.record('care.recorded', child, daily()), a.record('care.recorded', child, daily())])
		);
		const { rows } = await database.inScope({ kind: 'registry' }, (session) =>
			session.query('SELECT last_sequence AS "lastSequence", last_contact_at AS "lastContactAt" FROM devices')
		);
		expect(rows).toEqual([{ lastSequence: 2, lastContactAt: '2026-11-22T04:00:00.000Z' }]);
	});

	describe('bad input', () => {
		test.each<[string, unknown, number, object]>([
			['text that is no JSON', '{"protocol":1', 400, { error: 'unreadable', field: 'body' }],
			[
				'another protocol',
				{ protocol: 2, deviceId: 'x', entries: [] },
				400,
				{ error: 'protocol_unknown', field: 'protocol' }
			],
			['a field too many', { protocol: 1, entries: [], admin: true }, 400, { error: 'invalid' }],
			[
				'entries that are no list',
				{ protocol: 1, entries: { length: 3 } },
				400,
				{ error: 'invalid', field: 'entries' }
			],
			[
				'501 entries',
				{ protocol: 1, entries: Array.from({ length: 501 }, () => 1) },
				413,
				{ error: 'too_many', field: 'entries', maximum: 500 }
			]
		])('%s is refused with the field that is wrong', async (_, json, status, said) => {
			const { door, a } = await registry();
			const whole = typeof json === 'string' ? json : { deviceId: a.deviceId, ...(json as object) };
			const answer = await pushed(door, a, whole);
			expect(answer.status).toBe(status);
			expect(await answer.json()).toMatchObject(said);
		});

		test('a gzip bomb stops at the limit', async () => {
			const { door, a } = await registry();
			const bomb = gzipSync(Buffer.alloc(200_000_000));
			expect(bomb.length).toBeLessThan(500_000);
			const before = process.memoryUsage().rss;
			const request = await signedRequest(door, a, '/api/sync/push', {
				method: 'POST',
				body: bomb,
				headers: { 'content-encoding': 'gzip' }
			});
			const answer = await push(door, request);
			expect(answer.status).toBe(413);
			expect(await answer.json()).toMatchObject({ error: 'too_large', field: 'body', maximum: 4_000_000 });
			expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
		});

		test('a body over the limit is refused before it is read to its end', async () => {
			const { door } = await registry();
			let given = 0;
			const endless = new ReadableStream<Uint8Array>({
				pull(controller) {
					given += 1_000_000;
					controller.enqueue(new Uint8Array(1_000_000));
				}
			});
			const answer = await push(
				door,
				new Request(`${origin}/api/sync/push`, { method: 'POST', body: endless, duplex: 'half' } as RequestInit)
			);
			expect(answer.status).toBe(413);
			expect(given).toBeLessThan(8_000_000);
		});

		test.each([
			['after=nonsense', 'after'],
			['limit=0', 'limit'],
			['limit=5001', 'limit'],
			[`after=1.${'a'.repeat(64)}`, 'epoch'],
			['admin=1', 'admin']
		])('a pull of %s is refused with the field', async (query, field) => {
			const { door, a } = await registry();
			const answer = await pull(door, await signedRequest(door, a, `/api/sync/pull?${query}`));
			expect(answer.status).toBe(400);
			expect(await answer.json()).toMatchObject({ error: 'invalid', field });
		});
	});

	describe('a database that was put back', () => {
		const ahead = `9.${'a'.repeat(64)}`;
		const asked = (epoch: string, after = ahead) => `/api/sync/pull?after=${after}&limit=10&epoch=${epoch}`;

		test('a tablet of the present epoch that is ahead begins a new one, once', async () => {
			const { door, a, database } = await registry();
			const first = await pull(door, await signedRequest(door, a, asked(database.epoch)));
			expect(first.status).toBe(409);
			const { epoch } = feedChangedSchema.parse(await first.json());
			expect(epoch).not.toBe(database.epoch);
			// The next tablet with an old cursor learns of the new epoch and begins none of its own.
			const second = await pull(door, await signedRequest(door, a, asked(database.epoch)));
			expect(feedChangedSchema.parse(await second.json()).epoch).toBe(epoch);
			const { rows } = await database.inScope({ kind: 'registry' }, (session) =>
				session.query('SELECT reason FROM epochs ORDER BY started_at')
			);
			expect(rows).toEqual([{ reason: 'first-start' }, { reason: 'tablets-are-ahead' }]);
		});

		test('one tablet is believed once a day, and officers are told which: a stolen one must not keep every house sending', async () => {
			const { door, a, database } = await registry();
			const claim = async () => {
				const now = (await feedEpoch()) ?? '';
				const answer = await pull(door, await signedRequest(door, a, asked(now)));
				expect(answer.status).toBe(409);
				return feedChangedSchema.parse(await answer.json()).epoch;
			};
			const feedEpoch = async () => {
				const { rows } = await database.inScope({ kind: 'registry' }, (session) =>
					session.query<{ epoch: string }>('SELECT epoch FROM registry_meta')
				);
				return rows[0]?.epoch;
			};
			const begun = await claim();
			for (let i = 0; i < 3; i++) expect(await claim()).toBe(begun);
			const { rows } = await database.inScope({ kind: 'registry' }, (session) =>
				session.query(
					`SELECT (SELECT count(*) FROM epochs WHERE reason = 'tablets-are-ahead') AS epochs,
						(SELECT count(*) FROM inbox_items WHERE code = 'tablet_ahead' AND ref = $1) AS told,
						(SELECT details ->> 'device' FROM audit_events WHERE action = 'registry.epoch_begun') AS device`,
					[a.deviceId]
				)
			);
			expect(rows).toEqual([{ epochs: 1, told: 1, device: a.deviceId }]);
		});

		test('so does a tablet whose position holds another entry now', async () => {
			const { door, a, database } = await registry();
			await pushed(door, a, message(a, [a.record('care.recorded', newChild(), daily())]));
			const answer = await pull(door, await signedRequest(door, a, asked(database.epoch, `1.${'b'.repeat(64)}`)));
			expect(answer.status).toBe(409);
			expect(feedChangedSchema.parse(await answer.json()).epoch).not.toBe(database.epoch);
		});
	});
});
