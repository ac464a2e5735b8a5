import { randomBytes, randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { newHouse } from '../../../../tests/contract/entry-log/tablet.ts';
import { photoRegistry } from '../../../../tests/contract/photo-registry.ts';
import { origin, testSecret, signedRequest } from '../../../../tests/contract/registry.ts';
import { sealedRecord } from '../../../../tests/contract/sealing.ts';
import { uuidV7, type InstitutionId, type StaffId } from '#lib/domain/ids.ts';
import { looseAnswerSchema, pullAnswerSchema } from '#lib/sync/protocol.ts';
import { addInstitution } from '../accounts/institutions.ts';
import { addPerson } from '../accounts/people.ts';
import { registryKeyPair } from '../accounts/registry-key.ts';
import { FailureLimit } from '../auth/rate-limit.ts';
import { PostgresDecisionLog } from '../entry-log/decision-log.ts';
import { pull } from '../sync/routes.ts';
import { attributeLoose, listLoose, openLoose, setLooseAside, type LooseDesk } from './loose-desk.ts';
import { looseRoute } from './loose-route.ts';
import { takeSealed } from '../sync/sealed-route.ts';

const registryScope = { kind: 'registry' } as const;
const record = {
	who: { name: '赵敏', phone: '0000-5550199', house: '云岭长途汽车站值班室' },
	child: { name: '阿果', sex: '2', age: 4 },
	found: { where: '候车室东门', on: '2026-11-21', time: '23:40' },
	circumstances: '一个人睡在长椅上，说妈妈去买票。',
	marks: '左手背有烫伤疤'
};

async function office(limit = new FailureLimit([{ points: 50, seconds: 3600 }])) {
	const office = await photoRegistry();
	const { door, database } = office;
	const registryId = newHouse();
	const officerId = randomUUID() as StaffId;
	await database.inScope(registryScope, async (session) => {
		await addInstitution(session, {
			id: registryId,
			name: '登记处',
			nameEn: '',
			kind: 'registry',
			uscc: null,
			phone: null,
			regionCode: null
		});
		await addPerson(session, { id: officerId, institutionId: registryId, name: '林岚', role: 'registry_officer' });
	});
	const officer = { id: officerId, institutionId: registryId, role: 'registry_officer' } as const;
	const desk: LooseDesk = {
		database,
		log: new PostgresDecisionLog(database, registryKeyPair(testSecret).privateKey, door.now, randomBytes),
		now: door.now,
		random: randomBytes
	};
	const post = (body: unknown) =>
		looseRoute(
			door,
			new Request(`${origin}/api/loose`, { method: 'POST', body: JSON.stringify(body) }),
			'203.0.113.9',
			limit
		);
	const newId = () => uuidV7(door.now().getTime(), randomBytes(10));
	const send = async (content: object, id = newId()) => {
		const { enc, key, body } = await sealedRecord(door.keys.sealing.publicKey, id, 1, 'loose', JSON.stringify(content));
		return { id, answer: await post({ protocol: 1, id, enc, key, body }) };
	};
	const rows = async (sql: string) => (await database.inScope(registryScope, (s) => s.query(sql))).rows;
	return { ...office, officer, desk, post, send, newId, rows };
}

const picture = () =>
	sharp({ create: { width: 200, height: 300, channels: 3, background: '#963' } })
		.jpeg()
		.toBuffer();

test('that tablets send among their own count as those of strangers do: over the limit they come again, and none is lost', async () => {
	const { door, a, rows } = await office();
	const records = await Promise.all(
		Array.from({ length: 32 }, (_, n) => {
			const content = JSON.stringify({ loose: { ...record, marks: `第${n}个` } });
			return sealedRecord(door.keys.sealing.publicKey, a.deviceId, n + 1, 'loose', content);
		})
	);
	const outcomes = await takeSealed(door, { sender: a, closed: false, now: door.now(), heard: true }, records);
	expect(outcomes.map(({ number }) => number)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
	expect(await rows('SELECT count(*) AS n FROM loose_records')).toEqual([{ n: 30 }]);
});

describe('an intake without an account', () => {
	test('is kept, its pictures drawn again, and told to the officers once; the same again has the same receipt', async () => {
		const { send, rows } = await office();
		const content = { loose: record, photos: [(await picture()).toString('base64url')] };
		const { id, answer } = await send(content);
		expect(answer.status).toBe(200);
		const first = looseAnswerSchema.parse(await answer.json());
		const again = looseAnswerSchema.parse(await (await send(content, id)).answer.json());
		expect([again.receipt, again.receivedAt]).toEqual([first.receipt, first.receivedAt]);
		expect(
			await rows(
				`SELECT (SELECT count(*) FROM loose_records) AS records, (SELECT count(*) FROM photos WHERE status = 'stored') AS photos,
					(SELECT count(*) FROM inbox_items WHERE code = 'loose_record_came' AND roles = ARRAY['registry_officer']) AS told,
					(SELECT count(*) FROM audit_events WHERE action = 'loose.received') AS logged`
			)
		).toEqual([{ records: 1, photos: 1, told: 1, logged: 1 }]);
	});

	test('needs who, where and when, and nothing more', async () => {
		const { send } = await office();
		expect((await send({ loose: { who: record.who, found: { where: '桥下', on: '2026-11-21' } } })).answer.status).toBe(
			200
		);
		for (const [what, loose] of Object.entries({
			'no telephone': { ...record, who: { name: '赵敏', house: '车站' } },
			'no place': { ...record, found: { on: '2026-11-21' } },
			'a day that is none': { ...record, found: { where: '桥下', on: '2026-02-30' } },
			'a field too many': { ...record, admin: true }
		})) {
			const { answer } = await send({ loose });
			expect(answer.status, what).toBe(422);
			expect(await answer.json()).toMatchObject({ error: 'content_unreadable' });
		}
	});

	test('that does not open, or whose id is taken, is kept aside, and its sender is told to keep it', async () => {
		const { send, post, newId, door, rows } = await office();
		const { id } = await send({ loose: record });
		const { answer } = await send({ loose: { ...record, marks: '别的' } }, id);
		expect(answer.status).toBe(409);
		const other = newId();
		const { enc, key, body } = await sealedRecord(door.keys.sealing.publicKey, newId(), 1, 'loose', '{}');
		const moved = await post({ protocol: 1, id: other, enc, key, body });
		expect(moved.status).toBe(422);
		expect(await moved.json()).toMatchObject({ error: 'does_not_open' });
		expect(await rows('SELECT problem FROM sealed_aside ORDER BY id')).toEqual([
			{ problem: 'id_taken' },
			{ problem: 'does_not_open' }
		]);
	});

	test('a picture that is none costs nothing of the record: what came is kept whole', async () => {
		const { send, rows } = await office();
		const { answer } = await send({ loose: record, photos: [Buffer.from('no picture').toString('base64url')] });
		expect(answer.status).toBe(200);
		expect(
			await rows('SELECT photos, photos_refused AS refused, sealed IS NOT NULL AS whole FROM loose_records')
		).toEqual([{ photos: [], refused: 1, whole: true }]);
	});

	test('too many from one network in an hour are asked to wait', async () => {
		const { send } = await office(new FailureLimit([{ points: 2, seconds: 3600 }]));
		await send({ loose: record });
		await send({ loose: record });
		const { answer } = await send({ loose: record });
		expect(answer.status).toBe(429);
		expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
	});

	test('is seen by the registry alone', async () => {
		const { send, a, database } = await office();
		await send({ loose: record });
		for (const scope of [{ kind: 'institution', institutionId: a.institutionId }, { kind: 'public' }] as const) {
			const seen = await database.inScope(scope, (session) => listLoose(session, 10)).catch(() => []);
			expect(seen, scope.kind).toEqual([]);
		}
	});
});

describe('an officer', () => {
	test('reads a record, which is logged, and makes a child’s file of it for a house, once', async () => {
		const { send, officer, desk, a, door, database, rows } = await office();
		const { id } = await send({ loose: record, photos: [(await picture()).toString('base64url')] });
		const open = () => database.inScope(registryScope, (session) => openLoose(session, officer, id));
		expect(await open()).toMatchObject({ loose: record, decision: null, photos: 1 });
		expect(await rows(`SELECT count(*) AS n FROM audit_events WHERE action = 'loose.viewed'`)).toEqual([{ n: 1 }]);

		const given = await attributeLoose(desk, officer, id, a.institutionId);
		if (!given.ok) throw new Error(given.error.type);
		expect(await attributeLoose(desk, officer, id, a.institutionId)).toEqual({
			ok: false,
			error: { type: 'decided_already' }
		});
		// The house's tablets have the file with the next pull.
		const answer = await pull(door, await signedRequest(door, a, '/api/sync/pull'));
		const entries = pullAnswerSchema
			.parse(await answer.json())
			.entries.map(({ entry }) => entry as { type: string; payload: object; childId: string });
		expect(entries.map(({ type }) => type)).toEqual([
			'intake.recorded',
			'care.recorded',
			'photo.added',
			'handover.sent'
		]);
		expect(entries.every(({ childId }) => childId === given.value)).toBe(true);
		expect(entries[0]?.payload).toMatchObject({
			answers: {
				nameCalled: { state: 'known', value: '阿果' },
				birth: { value: { precision: 'range', earliest: '2021-11-22', latest: '2022-11-21' } }
			}
		});
		expect(JSON.stringify(entries[1]?.payload)).toContain('候车室东门');
		expect(entries[3]?.payload).toMatchObject({ handover: { to: a.institutionId } });
		expect(
			await rows(`SELECT count(*) AS open FROM inbox_items WHERE code = 'loose_record_came' AND closed_at IS NULL`)
		).toEqual([{ open: 0 }]);
		expect((await open())?.decision).toMatchObject({ kind: 'attributed', childId: given.value, by: '林岚' });
	});

	test('sets a double aside with the reason; it stays readable', async () => {
		const { send, officer, desk, database } = await office();
		const { id } = await send({ loose: record });
		expect(await setLooseAside(desk, officer, id, '和昨晚的一份重复')).toEqual({ ok: true, value: undefined });
		expect(await attributeLoose(desk, officer, id, newHouse())).toEqual({
			ok: false,
			error: { type: 'decided_already' }
		});
		const found = await database.inScope(registryScope, (session) => openLoose(session, officer, id));
		expect(found).toMatchObject({ loose: record, decision: { kind: 'set_aside', reason: '和昨晚的一份重复' } });
	});

	test.each(['care_worker', 'supervisor', 'second_administrator', 'police_liaison', 'auditor'] as const)(
		'decides; a %s does not',
		async (role) => {
			const { send, officer, desk, a } = await office();
			const { id } = await send({ loose: record });
			const other = { ...officer, role };
			expect(await attributeLoose(desk, other, id, a.institutionId)).toEqual({
				ok: false,
				error: { type: 'not_yours' }
			});
			expect(await setLooseAside(desk, other, id, 'x')).toEqual({ ok: false, error: { type: 'not_yours' } });
		}
	);

	test('gives a child to no house that is none', async () => {
		const { send, officer, desk } = await office();
		const { id } = await send({ loose: record });
		for (const house of [newHouse(), officer.institutionId as InstitutionId])
			expect(await attributeLoose(desk, officer, id, house)).toEqual({ ok: false, error: { type: 'house_unknown' } });
	});
});
