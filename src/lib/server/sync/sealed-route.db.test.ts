import { createHash, generateKeyPairSync } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { newChild, newItem, rawPoint, type TestTablet } from '../../../../tests/contract/entry-log/tablet.ts';
import { photoRegistry } from '../../../../tests/contract/photo-registry.ts';
import { signedRequest } from '../../../../tests/contract/registry.ts';
import { photoOf, saveOf, sealedRecord } from '../../../../tests/contract/sealing.ts';
import type { PhotoDoor } from '../photos/routes.ts';
import { sealedAnswerSchema, type SealedAnswer, type SealedKind } from '#lib/sync/sealed.ts';
import { readStatement, wipeOrderSchema } from '#lib/sync/statements.ts';
import { pull, roster } from './routes.ts';
import { sealed } from './sealed-route.ts';
import { wiped } from './wiped-route.ts';

const daily = (note = 'ate well') => ({ itemId: newItem(), care: { kind: 'daily' as const, note } });

async function office() {
	const office = await photoRegistry();
	const { door, a, database } = office;
	const seal = (number: number, kind: SealedKind, plaintext: Uint8Array | string) =>
		sealedRecord(door.keys.sealing.publicKey, a.deviceId, number, kind, plaintext);
	const rows = async (sql: string) => (await database.inScope({ kind: 'registry' }, (s) => s.query(sql))).rows;
	const close = () => rows(`UPDATE devices SET revoked_at = '2026-11-22T03:00:00Z' RETURNING id`);
	return { ...office, seal, rows, close };
}

async function posted(door: PhotoDoor, tablet: TestTablet, records: readonly unknown[]): Promise<Response> {
	const body = gzipSync(JSON.stringify({ protocol: 1, deviceId: tablet.deviceId, records }));
	const headers = { 'content-encoding': 'gzip' };
	return sealed(door, await signedRequest(door, tablet, '/api/sync/sealed', { method: 'POST', body, headers }));
}

async function sent(door: PhotoDoor, tablet: TestTablet, records: readonly unknown[]): Promise<SealedAnswer> {
	const answer = await posted(door, tablet, records);
	expect(answer.status).toBe(200);
	return sealedAnswerSchema.parse(await answer.json());
}

const photo = async () => {
	const bytes = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#a85' } })
		.jpeg()
		.toBuffer();
	return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
};
const headOf = (sha256: string) => ({ sha256, childId: newChild(), itemId: newItem(), mediaType: 'image/jpeg' });

describe('what a locked tablet sends', () => {
	test('entries go the road of a push, each save with its own receipts; the same records again change nothing', async () => {
		const { door, a, seal, rows } = await office();
		const child = newChild();
		const [first, second, third] = [1, 2, 3].map(() => a.record('care.recorded', child, daily()));
		const records = [
			await seal(2, 'entries', saveOf([third])),
			await seal(1, 'entries', saveOf([first, second, 'no entry at all']))
		];
		const { outcomes, durable } = await sent(door, a, records);
		expect(durable).toBe(true);
		expect(outcomes).toMatchObject([
			{
				number: 1,
				outcome: 'taken',
				receipts: [
					{ outcome: 'accepted', id: first?.id, position: 1 },
					{ outcome: 'accepted', id: second?.id, position: 2 },
					{ outcome: 'quarantined', index: 2, reason: { type: 'unreadable' } }
				]
			},
			{ number: 2, outcome: 'taken', receipts: [{ outcome: 'accepted', id: third?.id, position: 3 }] }
		]);
		const again = await sent(door, a, records);
		expect(again.outcomes).toMatchObject([
			{ receipts: [{ outcome: 'duplicate', position: 1 }, { outcome: 'duplicate' }, { outcome: 'quarantined' }] },
			{ receipts: [{ outcome: 'duplicate', position: 3 }] }
		]);
		expect(
			await rows('SELECT (SELECT count(*) FROM entries) AS entries, (SELECT count(*) FROM quarantine) AS aside')
		).toEqual([{ entries: 3, aside: 1 }]);
		expect(await rows('SELECT last_sequence AS n FROM devices')).toEqual([{ n: 3 }]);
	});

	test('a photo is examined as an upload is, and one whose name is wrong is kept aside', async () => {
		const { door, a, seal, rows } = await office();
		const { bytes, sha256 } = await photo();
		const { outcomes } = await sent(door, a, [
			await seal(1, 'photo', photoOf(headOf(sha256), bytes)),
			await seal(2, 'photo', photoOf(headOf('0'.repeat(64)), bytes)),
			await seal(3, 'photo', photoOf(headOf(createHash('sha256').update('text').digest('hex')), Buffer.from('text')))
		]);
		expect(outcomes).toMatchObject([
			{ number: 1, outcome: 'taken', photo: { status: 'stored' } },
			{ number: 2, outcome: 'unreadable', problem: 'sha256_wrong' },
			{ number: 3, outcome: 'taken', photo: { status: 'refused' } }
		]);
		expect(await rows(`SELECT sha256 FROM photos WHERE status = 'stored'`)).toEqual([{ sha256 }]);
		expect(await rows('SELECT number, problem FROM sealed_aside')).toEqual([{ number: 2, problem: 'sha256_wrong' }]);
	});

	test('what cannot be opened is kept aside with the reason, once, and blocks nothing', async () => {
		const { door, a, seal, rows } = await office();
		const entry = a.record('care.recorded', newChild(), daily());
		const good = await seal(9, 'entries', saveOf([entry]));
		const stranger = rawPoint(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);
		const flipped = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
		const save = saveOf([entry]);
		const bad = [
			await sealedRecord(stranger, a.deviceId, 1, 'entries', save),
			await sealedRecord(door.keys.sealing.publicKey, newChild(), 2, 'entries', save),
			{ ...good, number: 3 },
			{ ...good, number: 4, kind: 'photo' },
			{ ...(await seal(5, 'entries', save)), body: flipped((await seal(5, 'entries', save)).body) },
			{ ...(await seal(6, 'entries', save)), key: 'AAAA' },
			await seal(7, 'entries', '{"entries":"none"}'),
			await seal(8, 'photo', new Uint8Array([0, 0, 9, 9]))
		];
		const nameless = { number: 'none', kind: 'entries' };
		const { outcomes } = await sent(door, a, [...bad, nameless, good]);
		expect(
			outcomes.map(({ outcome, number, ...rest }) => [number, outcome, 'problem' in rest && rest.problem])
		).toEqual([
			[1, 'unreadable', 'does_not_open'],
			[2, 'unreadable', 'does_not_open'],
			[3, 'unreadable', 'does_not_open'],
			[4, 'unreadable', 'does_not_open'],
			[5, 'unreadable', 'does_not_open'],
			[6, 'unreadable', 'malformed'],
			[7, 'unreadable', 'content_unreadable'],
			[8, 'unreadable', 'content_unreadable'],
			[9, 'taken', false]
		]);
		await sent(door, a, [...bad, nameless, good]);
		const kept = await rows('SELECT body FROM sealed_aside ORDER BY id');
		expect(kept.map(({ body }) => JSON.parse(String(body)) as unknown)).toEqual([...bad, nameless]);
	});

	test('a bomb, 201 records and another tablet are refused as in a push', async () => {
		const { door, a } = await office();
		const bomb = await sealed(
			door,
			await signedRequest(door, a, '/api/sync/sealed', {
				method: 'POST',
				body: gzipSync(Buffer.alloc(100_000_000)),
				headers: { 'content-encoding': 'gzip' }
			})
		);
		expect(bomb.status).toBe(413);
		expect(await bomb.json()).toMatchObject({ error: 'too_large', maximum: 6_000_000 });
		const many = await posted(
			door,
			a,
			Array.from({ length: 201 }, () => 1)
		);
		expect(many.status).toBe(413);
		expect(await many.json()).toMatchObject({ error: 'too_many', field: 'records', maximum: 200 });
		const body = Buffer.from(JSON.stringify({ protocol: 1, deviceId: newChild(), records: [] }));
		const other = await sealed(door, await signedRequest(door, a, '/api/sync/sealed', { method: 'POST', body }));
		expect(await other.json()).toMatchObject({ error: 'invalid', field: 'deviceId' });
	});
});

describe('a tablet that was closed', () => {
	test('still hands over what it holds: set aside, never counted, and it is ordered to erase itself', async () => {
		const { door, a, seal, rows, close } = await office();
		const entry = a.record('care.recorded', newChild(), daily());
		await close();
		const { outcomes, order } = await sent(door, a, [await seal(1, 'entries', saveOf([entry]))]);
		expect(outcomes).toMatchObject([
			{ number: 1, outcome: 'taken', receipts: [{ outcome: 'quarantined', reason: { type: 'device_revoked' } }] }
		]);
		expect(await readStatement(wipeOrderSchema, order ?? { text: '', signature: '' }, door.keys.signed)).toEqual({
			ok: true,
			value: { is: 'wipe', deviceId: a.deviceId, revokedAt: '2026-11-22T03:00:00.000Z' }
		});
		expect(
			await rows('SELECT (SELECT count(*) FROM entries) AS entries, reason_type AS reason FROM quarantine')
		).toEqual([{ entries: 0, reason: 'device_revoked' }]);
	});

	test('learns of nothing but the order, the same order each time', async () => {
		const { door, a, close } = await office();
		await close();
		const orders: unknown[] = [];
		for (const answer of [
			await pull(door, await signedRequest(door, a, '/api/sync/pull')),
			await roster(door, await signedRequest(door, a, '/api/sync/roster'))
		]) {
			expect(answer.status).toBe(403);
			const said = (await answer.json()) as Record<string, unknown>;
			expect(Object.keys(said).sort()).toEqual(['challenge', 'epoch', 'error', 'order', 'protocol']);
			orders.push(said['order']);
		}
		expect(orders[0]).toEqual(orders[1]);
	});

	test('says that it has erased itself, and its browser is told to forget the rest; the first time counts', async () => {
		const { door, a, rows, close, pass } = await office();
		const tell = async (left: number) => {
			const body = Buffer.from(JSON.stringify({ protocol: 1, deviceId: a.deviceId, left }));
			return wiped(door, await signedRequest(door, a, '/api/sync/wiped', { method: 'POST', body }));
		};
		// A tablet in use is not told to forget anything.
		const early = await tell(0);
		expect(early.status).toBe(409);
		expect(early.headers.get('clear-site-data')).toBeNull();
		await close();
		const first = await tell(2);
		expect(first.status).toBe(200);
		expect(first.headers.get('clear-site-data')).toBe('"cache", "cookies", "storage"');
		pass(3);
		expect(((await (await tell(0)).json()) as { wipedAt: string }).wipedAt).toBe('2026-11-22T04:00:00.000Z');
		expect(await rows('SELECT wiped_left AS left FROM devices')).toEqual([{ left: 2 }]);
		expect(await rows(`SELECT details FROM audit_events WHERE action = 'tablet.wiped'`)).toEqual([
			{ details: { device: a.deviceId, left: 2 } }
		]);
	});
});
