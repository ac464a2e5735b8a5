import { randomBytes } from 'node:crypto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, expect, test } from 'vitest';
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import type { LooseContent } from '#lib/domain/loose/loose.ts';
import { civilDate } from '#lib/domain/time.ts';
import { sealedAad, sealedInfo } from '#lib/sync/sealed.ts';
import { LooseOutbox } from './loose-outbox.ts';
import { LooseStore } from './loose-store.ts';

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const epoch = '0b8a1f7e-1111-4111-8111-111111111111';
const head = { protocol: 1, epoch, challenge: 'c' };
const content: LooseContent = {
	loose: {
		who: { name: '赵值班', phone: '0000-5550199', house: '青禾救助站' },
		child: { name: '小舟', age: 4 },
		found: { where: '汽车站', on: civilDate('2026-11-22') }
	}
};

const opened: LooseStore[] = [];
afterEach(() => {
	for (const store of opened.splice(0)) store.close();
});

/** A tablet nobody enrolled, and a registry that keeps what it is sent. */
async function tablet() {
	const pair = await suite.kem.generateKeyPair();
	const sealingKey = Buffer.from(await suite.kem.serializePublicKey(pair.publicKey)).toString('base64url');
	const disk = { indexedDB: new IDBFactory(), IDBKeyRange };
	const registry = {
		down: false,
		status: 200,
		received: new Map<string, Record<string, string>>(),
		keysAsked: 0,
		sealingKey
	};
	const open = () => {
		const store = new LooseStore(disk);
		opened.push(store);
		return {
			store,
			outbox: new LooseOutbox({
				store,
				fetch: async (path, init) => {
					if (registry.down) throw new TypeError('Failed to fetch');
					if (path === '/api/keys') {
						registry.keysAsked += 1;
						return Response.json({ ...head, registryPublicKey: 'A'.repeat(87), sealingKey: registry.sealingKey });
					}
					if (registry.status !== 200) return new Response('{}', { status: registry.status });
					const sent = JSON.parse(String(init?.body)) as Record<string, string>;
					registry.received.set(sent['id'] ?? '', sent);
					return Response.json({ ...head, receivedAt: '2026-11-22T08:00:00.000Z', receipt: 'AB12CD34' });
				},
				now: () => Date.parse('2026-11-22T07:00:00Z'),
				random: (bytes) => new Uint8Array(randomBytes(bytes)),
				exclusively: (work) => work()
			})
		};
	};
	const read = async (sent: Record<string, string>) => {
		const bytes = (name: string) => new Uint8Array(Buffer.from(sent[name] ?? '', 'base64url'));
		const aad = new TextEncoder().encode(sealedAad(sent['id'] ?? '', 1, 'loose'));
		const recordKey = await suite.open(
			{ recipientKey: pair.privateKey, enc: bytes('enc'), info: new TextEncoder().encode(sealedInfo) },
			bytes('key'),
			aad
		);
		const key = await crypto.subtle.importKey('raw', recordKey, 'AES-GCM', false, ['decrypt']);
		const body = bytes('body');
		const algorithm = { name: 'AES-GCM', iv: body.subarray(0, 12), additionalData: aad };
		return JSON.parse(
			new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, key, body.subarray(12)))
		) as unknown;
	};
	return { registry, open, read };
}

test('what is recorded without a network waits sealed, over a restart, and the registry alone reads it', async () => {
	const { registry, open, read } = await tablet();
	const first = open();
	expect(await first.outbox.prepare()).toBe(true);
	registry.down = true;
	const saved = await first.outbox.record(content);
	expect(saved).toMatchObject({ ok: true, value: { number: expect.stringMatching(/^[0-9A-F]{6}$/) as unknown } });
	await first.outbox.send();
	first.store.close();

	const again = open();
	const [waiting] = await again.outbox.list();
	expect(waiting?.delivery.state).toBe('waiting');
	const onDisk = JSON.stringify(await again.store.records.toArray());
	for (const word of ['小舟', '赵值班', '汽车站', '0000-5550199']) expect(onDisk).not.toContain(word);

	registry.down = false;
	await again.outbox.send();
	const [sent] = [...registry.received.values()];
	expect(await read(sent ?? {})).toEqual(content);
	expect(await again.outbox.list()).toMatchObject([{ delivery: { state: 'received', receipt: 'AB12CD34' } }]);
	expect(JSON.stringify(await again.store.records.toArray())).not.toContain('body');
});

test('a tablet that never spoke to the registry says that it needs one contact first', async () => {
	const { registry, open } = await tablet();
	registry.down = true;
	const { outbox } = open();
	expect(await outbox.prepare()).toBe(false);
	expect(await outbox.record(content)).toEqual({ ok: false, error: { type: 'no_key' } });
});

test('the key of the first contact is kept, whatever is offered later', async () => {
	const { registry, open, read } = await tablet();
	const { outbox, store } = open();
	await outbox.prepare();
	const kept = await store.sealingKey();
	registry.sealingKey = 'B'.repeat(87);
	await outbox.prepare();
	await store.keepSealingKey('B'.repeat(87));
	expect(await store.sealingKey()).toBe(kept);
	expect(registry.keysAsked).toBe(1);
	await outbox.record(content);
	await outbox.send();
	expect(await read([...registry.received.values()][0] ?? {})).toEqual(content);
});

test('one that the registry cannot read stays and does not hold up the others; a busy registry is asked again', async () => {
	const { registry, open } = await tablet();
	const { outbox } = open();
	await outbox.prepare();
	await outbox.record(content);
	registry.status = 503;
	await outbox.send();
	expect((await outbox.list())[0]?.delivery.state).toBe('waiting');
	registry.status = 422;
	await outbox.send();
	expect((await outbox.list())[0]?.delivery).toMatchObject({ state: 'refused', problem: '422' });
	registry.status = 200;
	await outbox.record(content);
	await outbox.send();
	expect((await outbox.list()).map(({ delivery }) => delivery.state).sort()).toEqual(['received', 'refused']);
});

test('a receipt is taken off the list when it was written down, and nothing else ever is', async () => {
	const { registry, open } = await tablet();
	const { outbox } = open();
	await outbox.prepare();
	await outbox.record(content);
	const [row] = await outbox.list();
	await outbox.forget(row?.id ?? '');
	expect(await outbox.list()).toHaveLength(1);
	registry.down = false;
	await outbox.send();
	await outbox.forget(row?.id ?? '');
	expect(await outbox.list()).toEqual([]);
});
