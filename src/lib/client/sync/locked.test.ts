import { afterEach, describe, expect, test, vi } from 'vitest';
import { statementText } from '#lib/sync/statements.ts';
import type { SignedStatement } from '#lib/sync/protocol.ts';
import { TabSyncEngine, type SyncDeps } from './engine.ts';
import { deviceId, entryIdOf, FakeChannels, FakeLocks, FakeRegistry, FakeVault, HandClock } from './fakes.ts';

/*
 * What a tablet still does that nobody has opened: it hands in what was saved on it, and erases itself when it was closed.
 */

const started: TabSyncEngine[] = [];
afterEach(() => {
	for (const engine of started.splice(0)) engine.stop();
});

function tablet(change: Partial<SyncDeps> = {}) {
	const clock = new HandClock();
	const registry = new FakeRegistry(clock.now);
	const vault = new FakeVault();
	const locks = new FakeLocks();
	const channels = new FakeChannels();
	const reported: unknown[] = [];
	let left = 0;
	const makeEngine = (own: Partial<SyncDeps> = {}) => {
		const engine = new TabSyncEngine({
			vault,
			deviceId: async () => deviceId,
			fetch: registry.fetch,
			upload: () => Promise.reject(new Error('no photo is sent in the open here')),
			locks,
			channel: channels.tab(),
			timers: clock,
			now: clock.now,
			random: () => 0.5,
			onOnline: () => () => undefined,
			photosMayTravel: () => true,
			lastSync: { read: () => undefined, keep: () => undefined },
			held: { read: () => false, keep: () => undefined },
			leaveNothing: async () => void (left += 1),
			report: (error) => reported.push(error),
			...change,
			...own
		});
		started.push(engine);
		return engine;
	};
	return { clock, registry, vault, makeEngine, engine: makeEngine(), reported, leftNothing: () => left };
}

const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => entryIdOf(from + i));
const idle = ({ engine, clock }: Pick<ReturnType<typeof tablet>, 'engine' | 'clock'>) =>
	vi.waitFor(() => {
		expect(engine.progress.phase).toBe('idle');
		expect(clock.next).toBeGreaterThanOrEqual(300_000);
	});

describe('a locked tablet', () => {
	test('hands in everything that was saved on it, each once, and says how far it is', async () => {
		const t = tablet();
		t.vault.record(...ids(1, 450));
		t.vault.open = false;
		t.engine.start();
		await vi.waitFor(() => expect(t.registry.feed).toHaveLength(450));
		await idle(t);
		expect(await t.vault.outbox()).toMatchObject({ records: 0 });
		expect(t.engine.progress).toMatchObject({ itemsDone: 450, itemsTotal: 450, error: undefined });
		expect(t.registry.countOf('/api/sync/push')).toBe(0);
		expect(t.reported).toEqual([]);
	});

	test('whose answer was lost sends the same again, and the registry has it once', async () => {
		const t = tablet();
		t.vault.record(...ids(1, 3));
		t.vault.open = false;
		t.registry.loseNextPushAnswers(1);
		t.engine.start();
		await vi.waitFor(() => expect(t.engine.progress.phase).toBe('offline'));
		expect((await t.vault.outbox()).records).toBe(3);
		await vi.waitFor(() => expect(t.clock.next).toBeDefined());
		t.clock.advance(600_000);
		await idle(t);
		expect((await t.vault.outbox()).records).toBe(0);
		expect(t.registry.feed).toHaveLength(3);
	});

	test('leaves aside what the registry stumbles over or cannot read, and hands in all the rest', async () => {
		const t = tablet();
		t.vault.record(...ids(1, 40));
		t.vault.open = false;
		t.registry.sealedStumbles.add(7);
		t.registry.unreadable.add(9);
		t.registry.sealedMaximum = 16;
		t.engine.start();
		await vi.waitFor(() => expect(t.registry.feed).toHaveLength(38));
		await vi.waitFor(() => expect(t.engine.progress.phase).toBe('idle'));
		expect((await t.vault.outbox()).records).toBe(2);
		const asked = t.registry.asked.length;
		await vi.waitFor(() => expect(t.clock.next).toBeDefined());
		expect(t.registry.asked.length).toBe(asked);
	});

	test('sends text before photos, and photos only where they may travel', async () => {
		let wifi = false;
		const t = tablet({ photosMayTravel: () => wifi });
		const sha256 = await t.vault.addPhoto(new Uint8Array([1, 2, 3]));
		t.vault.record(entryIdOf(1));
		t.vault.open = false;
		t.engine.start();
		await idle(t);
		expect(t.registry.feed.map(({ id }) => id)).toEqual([entryIdOf(1)]);
		expect(t.registry.photos.has(sha256)).toBe(false);
		wifi = true;
		t.engine.syncNow();
		await vi.waitFor(() => expect(t.registry.photos.has(sha256)).toBe(true));
	});

	test('sends nothing while a person holds it', async () => {
		const t = tablet({ held: { read: () => true, keep: () => undefined } });
		t.vault.record(entryIdOf(1));
		t.vault.open = false;
		t.engine.start();
		t.engine.syncNow();
		await new Promise((resolve) => setImmediate(resolve));
		expect(t.registry.asked).toEqual([]);
	});

	test('goes on in the open once it is opened, and nothing is there twice', async () => {
		const t = tablet();
		t.vault.record(...ids(1, 3));
		t.vault.open = false;
		t.engine.start();
		await vi.waitFor(() => expect(t.registry.feed).toHaveLength(3));
		await idle(t);
		t.vault.open = true;
		t.vault.record(entryIdOf(4));
		t.engine.statusChanged();
		await vi.waitFor(() => expect(t.vault.state(entryIdOf(4))).toBe('registered'));
		expect(t.registry.feed).toHaveLength(4);
		expect(t.vault.state(entryIdOf(1))).toBe('registered');
	});

	test('gives way to a tab that is open', async () => {
		const t = tablet();
		t.vault.open = false;
		t.engine.start();
		await idle(t);
		const openVault = new FakeVault();
		openVault.record(entryIdOf(9));
		const second = t.makeEngine({ vault: openVault });
		second.start();
		second.statusChanged();
		await vi.waitFor(() => expect(openVault.state(entryIdOf(9))).toBe('registered'));
	});

	test('that is locked in the middle of sending goes on with what is sealed', async () => {
		const t = tablet();
		t.vault.record(...ids(1, 3));
		t.registry.hangNextPushes(1);
		t.engine.start();
		await vi.waitFor(() => expect(t.registry.countOf('/api/sync/push')).toBe(1));
		t.vault.open = false;
		t.engine.statusChanged();
		await vi.waitFor(() => expect(t.registry.feed).toHaveLength(3));
		expect(t.registry.countOf('/api/sync/sealed')).toBe(1);
		expect(t.reported).toEqual([]);
	});
});

/** Locked, with nothing left to send, and ordered to erase itself. */
async function toBeWiped() {
	const t = tablet();
	const keys = await registryKeys();
	t.vault.keptRegistryKey = keys.publicKey;
	t.vault.open = false;
	t.registry.order = await keys.order();
	return t;
}

async function registryKeys() {
	const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
	const base64url = (bytes: ArrayBuffer) => Buffer.from(bytes).toString('base64url');
	return {
		publicKey: base64url(await crypto.subtle.exportKey('raw', pair.publicKey)),
		order: async (change: { deviceId?: string } = {}): Promise<SignedStatement> => {
			const text = statementText({ is: 'wipe', deviceId, revokedAt: '2026-11-22T07:00:00.000Z', ...change } as never);
			const signature = await crypto.subtle.sign(
				{ name: 'ECDSA', hash: 'SHA-256' },
				pair.privateKey,
				new TextEncoder().encode(text)
			);
			return { text, signature: base64url(signature) };
		}
	};
}

describe('a tablet that a supervisor closed', () => {
	test.each([true, false])('hands in what it has, erases itself and tells the registry (open: %s)', async (open) => {
		const t = tablet();
		const keys = await registryKeys();
		t.vault.keptRegistryKey = keys.publicKey;
		t.vault.record(...ids(1, 5));
		t.vault.open = open;
		t.registry.order = await keys.order();
		t.engine.start();
		await vi.waitFor(() => expect(t.engine.progress.closed).toEqual({ handedIn: 5, told: true }));
		expect(t.registry.feed).toHaveLength(5);
		expect(t.registry.wiped).toEqual([0]);
		expect(t.vault.enrolled).toBe(false);
		await vi.waitFor(() => expect(t.leftNothing()).toBe(1));
		expect(t.reported).toEqual([]);
	});

	test('with nothing to send learns of it within the hour although nobody opens it', async () => {
		const t = tablet();
		const keys = await registryKeys();
		t.vault.keptRegistryKey = keys.publicKey;
		t.vault.open = false;
		t.engine.start();
		await idle(t);
		t.registry.order = await keys.order();
		t.clock.advance(3_600_001);
		await vi.waitFor(() => expect(t.engine.progress.closed?.told).toBe(true));
	});

	test('stays as it is while something could not be sent', async () => {
		const t = tablet();
		const keys = await registryKeys();
		t.vault.keptRegistryKey = keys.publicKey;
		t.vault.record(...ids(1, 5));
		t.vault.open = false;
		t.registry.sealedStumbles.add(3);
		t.registry.order = await keys.order();
		t.engine.start();
		await vi.waitFor(() => expect(t.engine.progress.closing).toEqual({ left: 1 }));
		expect(t.vault.enrolled).toBe(true);
		expect(t.registry.feed).toHaveLength(4);
		t.registry.sealedStumbles.clear();
		await vi.waitFor(() => expect(t.clock.next).toBeDefined());
		t.clock.advance(900_000);
		await vi.waitFor(() => expect(t.engine.progress.closed?.told).toBe(true));
		expect(t.registry.feed).toHaveLength(5);
	});

	test('that erased itself tells the registry until it has heard', async () => {
		const t = await toBeWiped();
		const wipe = t.vault.wipe.bind(t.vault);
		t.vault.wipe = async () => {
			t.registry.down = true;
			return wipe();
		};
		t.engine.start();
		await vi.waitFor(() => expect(t.engine.progress.closed).toEqual({ handedIn: 0, told: false }));
		await vi.waitFor(() => expect(t.leftNothing()).toBe(1));
		t.registry.down = false;
		await vi.waitFor(() => expect(t.clock.next).toBeDefined());
		t.clock.advance(900_000);
		await vi.waitFor(() => expect(t.engine.progress.closed?.told).toBe(true));
		expect(t.registry.wiped).toEqual([0]);
	});

	test('that was killed after it erased itself starts as a new one: it asks the registry for nothing', async () => {
		const t = await toBeWiped();
		const wipe = t.vault.wipe.bind(t.vault);
		t.vault.wipe = async () => {
			await wipe();
			// The program dies here: nothing after this line ever runs.
			return new Promise<never>(() => undefined);
		};
		t.engine.start();
		await vi.waitFor(() => expect(t.vault.enrolled).toBe(false));
		t.engine.stop();
		const asked = t.registry.asked.length;
		const looked = vi.spyOn(t.vault, 'status');
		const again = t.makeEngine({ locks: new FakeLocks() });
		again.start();
		await vi.waitFor(() => expect(looked).toHaveBeenCalledTimes(1));
		again.syncNow();
		await vi.waitFor(() => expect(looked).toHaveBeenCalledTimes(2));
		// It waits for an enrolment and for no hour.
		await vi.waitFor(() => expect(t.clock.next).toBeUndefined());
		expect(t.registry.asked).toHaveLength(asked);
		expect(again.progress.closed).toBeUndefined();
		expect(again.progress.error).toBeUndefined();
		expect(t.registry.wiped).toEqual([]);
		expect(t.reported).toEqual([]);
	});

	test.each([
		['signed by another key', async () => ({ ...(await (await registryKeys()).order()) })],
		['with another text under a good signature', 'text'],
		['of another tablet', 'other'],
		['and no key to check it with', 'no key']
	])('an order %s does nothing but a report', async (_, how) => {
		const t = tablet();
		const keys = await registryKeys();
		t.vault.keptRegistryKey = how === 'no key' ? undefined : keys.publicKey;
		t.vault.record(entryIdOf(1));
		t.vault.open = false;
		const good = await keys.order(how === 'other' ? { deviceId: '018f0000-0000-7000-8000-00000000d002' } : {});
		t.registry.order =
			typeof how === 'function'
				? await how()
				: how === 'text'
					? { ...good, text: good.text.replace('07:', '06:') }
					: good;
		t.engine.start();
		await vi.waitFor(() => expect(t.reported).toHaveLength(1));
		expect(String(t.reported[0])).toContain('not believed');
		expect(t.vault.enrolled).toBe(true);
		expect(t.engine.progress.closed).toBeUndefined();
		expect(t.registry.wiped).toEqual([]);
	});
});
