import { afterEach, describe, expect, test, vi } from 'vitest';
import { TabSyncEngine, syncLock, type SyncChannel } from './engine.ts';
import { deviceId, entryIdOf, FakeRegistry, FakeVault, hexOf } from './fakes.ts';
import { pieceBytes, uploadPhoto } from './upload-photo.ts';

/* The engine on what a browser really gives: Web Locks, BroadcastChannel, CompressionStream, tus-js-client's browser build. */

const started: TabSyncEngine[] = [];
afterEach(() => {
	for (const engine of started.splice(0)) engine.stop();
});

function channel(): SyncChannel {
	const broadcast = new BroadcastChannel('lampkeep-sync-test');
	return {
		post: (message) => broadcast.postMessage(message),
		listen: (listener) => {
			const hear = (event: MessageEvent<unknown>) => listener(event.data);
			broadcast.addEventListener('message', hear);
			return () => broadcast.removeEventListener('message', hear);
		}
	};
}

function tabOf(registry: FakeRegistry, vault: FakeVault) {
	const engine = new TabSyncEngine({
		vault,
		deviceId: async () => deviceId,
		fetch: registry.fetch,
		upload: uploadPhoto,
		locks: navigator.locks,
		channel: channel(),
		timers: { set: (callback, ms) => window.setTimeout(callback, ms), clear: (timer) => window.clearTimeout(timer) },
		now: () => Date.now(),
		random: () => 0,
		onOnline: () => () => undefined,
		photosMayTravel: () => true,
		lastSync: { read: () => undefined, keep: () => undefined },
		held: { read: () => false, keep: () => undefined },
		leaveNothing: () => Promise.resolve(),
		report: (error) => {
			throw error;
		}
	});
	started.push(engine);
	return engine;
}

/** A tab that holds the sync lock and dies only when its frame is taken away. */
async function otherTab(): Promise<HTMLIFrameElement> {
	const frame = document.createElement('iframe');
	document.body.append(frame);
	const locks = frame.contentWindow?.navigator.locks;
	if (locks === undefined) throw new Error('the frame has no locks');
	await new Promise<void>((held) => {
		void locks.request(syncLock, () => {
			held();
			return new Promise(() => undefined);
		});
	});
	return frame;
}

describe('two tabs of one browser', () => {
	test('the second talks to the registry when the first one dies, and not before', async () => {
		const registry = new FakeRegistry(() => Date.now());
		const vault = new FakeVault();
		vault.record(entryIdOf(1));
		const first = await otherTab();
		tabOf(registry, vault).start();
		await vi.waitFor(async () => {
			const { pending } = await navigator.locks.query();
			expect(pending?.some(({ name }) => name === syncLock)).toBe(true);
		});
		expect(registry.asked).toEqual([]);
		first.remove();
		await vi.waitFor(() => expect(vault.state(entryIdOf(1))).toBe('registered'));
	});

	test('show the same', async () => {
		const registry = new FakeRegistry(() => Date.now());
		const vault = new FakeVault();
		vault.record(entryIdOf(1), entryIdOf(2));
		const [one, two] = [tabOf(registry, vault), tabOf(registry, vault)];
		one.start();
		two.start();
		await vi.waitFor(() => expect(one.progress.lastSyncAt).toBeDefined());
		await vi.waitFor(() => expect(two.progress).toEqual(one.progress));
		expect(registry.countOf('/api/sync/push')).toBe(1);
	});
});

describe('a photo by tus', () => {
	test("goes on from the registry's count after the line broke, and leaves nothing in localStorage", async () => {
		const registry = new FakeRegistry(() => Date.now());
		const vault = new FakeVault();
		const bytes = crypto.getRandomValues(new Uint8Array(60_000));
		const photo = new Uint8Array(13 * 60_000);
		for (let i = 0; i < 13; i++) photo.set(bytes, i * 60_000);
		const sha256 = await vault.addPhoto(photo);
		registry.cutAfterPieces(1);
		const engine = tabOf(registry, vault);
		engine.start();
		await vi.waitFor(() => expect(vault.ownPhotos.get(sha256)?.delivery).toBe('registered'), { timeout: 15_000 });
		const offsets = registry.asked.flatMap(({ piece }) => piece?.offset ?? []);
		expect(offsets).toEqual([0, pieceBytes, pieceBytes, 2 * pieceBytes]);
		expect(await hexOf(registry.photos.get(sha256)?.bytes ?? new Uint8Array())).toBe(sha256);
		expect(JSON.stringify({ ...localStorage })).not.toContain(sha256);
		expect(Object.keys(localStorage).filter((key) => key.startsWith('tus'))).toEqual([]);
	});
});
