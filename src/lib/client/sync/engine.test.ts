// Loaded before the first test, so that no test waits for it.
import 'tus-js-client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Sha256 } from '#lib/domain/ids.ts';
import type { Roster } from '#lib/sync/protocol.ts';
import { statementText } from '#lib/sync/statements.ts';
import { TabSyncEngine, type SyncDeps } from './engine.ts';
import {
	deviceId,
	entryIdOf,
	epochOf,
	FakeChannels,
	FakeLocks,
	FakeRegistry,
	FakeVault,
	HandClock,
	hexOf,
	roster,
	signer,
	type Signer
} from './fakes.ts';
import type { SyncProgress } from './progress.ts';
import { pieceBytes, uploadPhoto, uploadsPath } from './upload-photo.ts';

const started: TabSyncEngine[] = [];
afterEach(() => {
	for (const engine of started.splice(0)) engine.stop();
});

/** One tablet with its registry. */
function tablet(change: Partial<SyncDeps> = {}) {
	const clock = new HandClock();
	const registry = new FakeRegistry(clock.now);
	const vault = new FakeVault();
	const locks = new FakeLocks();
	const channels = new FakeChannels();
	const reported: unknown[] = [];
	let online: () => void = () => undefined;
	let remembered: string | undefined;
	const makeEngine = () => {
		const engine = new TabSyncEngine({
			vault,
			deviceId: async () => deviceId,
			fetch: registry.fetch,
			upload: uploadPhoto,
			locks,
			channel: channels.tab(),
			timers: clock,
			now: clock.now,
			random: () => 0.5,
			onOnline: (listener) => {
				online = listener;
				return () => (online = () => undefined);
			},
			photosMayTravel: () => true,
			lastSync: { read: () => remembered, keep: (at) => (remembered = at) },
			held: { read: () => false, keep: () => undefined },
			leaveNothing: () => Promise.resolve(),
			report: (error) => reported.push(error),
			...change
		});
		started.push(engine);
		return engine;
	};
	const engine = makeEngine();
	const seen: SyncProgress[] = [];
	engine.onProgress((progress) => seen.push(progress));
	/** The turn is over: the engine waits for its timer, and nothing is on the way. */
	const rested = () => vi.waitFor(() => expect(clock.next).toBeGreaterThan(300), { timeout: 5_000, interval: 2 });
	return { clock, registry, vault, engine, makeEngine, seen, reported, rested, online: () => online() };
}

type Tablet = ReturnType<typeof tablet>;

/** A silence timer of a request is 30 s and more; the idle turn comes after 5 minutes. */
async function idle({ engine, clock }: Tablet) {
	await vi.waitFor(
		() => {
			expect(engine.progress.phase).toBe('idle');
			expect(clock.next).toBe(300_000);
		},
		{ timeout: 5_000, interval: 2 }
	);
}

function registeredPhotos({ vault }: Tablet): number {
	return [...vault.ownPhotos.values()].filter(({ delivery }) => delivery === 'registered').length;
}

/** A tablet on a line on which every exchange takes so long. */
function onLine({ milliseconds }: { milliseconds: number }, upload: SyncDeps['upload']) {
	const t: Tablet = tablet({
		upload,
		fetch: (path, init) => {
			t.clock.time += milliseconds;
			return t.registry.fetch(path, init);
		}
	});
	return t;
}

function ids(from: number, to: number) {
	return Array.from({ length: to - from + 1 }, (_, i) => entryIdOf(from + i));
}

describe('readings', () => {
	test('are told after the entries and forgotten by what the registry keeps', async () => {
		const t = tablet();
		const read = t.vault.read(3);
		t.vault.record(entryIdOf(1));
		t.engine.start();
		await idle(t);
		expect([...t.registry.readings.keys()]).toEqual(read);
		expect(t.vault.readings.size).toBe(0);
		const paths = t.registry.asked.map(({ path }) => path.split('?')[0]);
		expect(paths.indexOf('/api/sync/readings')).toBeGreaterThan(paths.indexOf('/api/sync/push'));
	});

	test('of weeks go in several tellings, each reading once', async () => {
		const t = tablet();
		t.vault.read(1201);
		t.engine.start();
		await idle(t);
		expect(t.registry.readings.size).toBe(1201);
		expect(t.registry.countOf('/api/sync/readings')).toBe(3);
		expect(t.vault.readings.size).toBe(0);
	});

	test('whose answer was lost are told again', async () => {
		const t = tablet();
		t.vault.read(1);
		t.registry.loseNextPushAnswers(1);
		t.engine.start();
		await vi.waitFor(() => expect(t.engine.progress.phase).toBe('offline'));
		expect(t.vault.readings.size).toBe(1);
		await t.rested();
		t.online();
		await idle(t);
		expect(t.vault.readings.size).toBe(0);
		expect(t.registry.readings.size).toBe(1);
	});

	test('that cannot be read stay here and hold up nothing', async () => {
		const t = tablet();
		const [first, second] = t.vault.read(2);
		t.registry.unreadableReadings.add(first as never);
		const photo = await t.vault.addPhoto(new Uint8Array(10).fill(1));
		t.engine.start();
		await idle(t);
		expect([...t.registry.readings.keys()]).toEqual([second]);
		expect([...t.vault.readings.keys()]).toEqual([first]);
		expect(t.vault.ownPhotos.get(photo)?.delivery).toBe('registered');
		expect(t.registry.countOf('/api/sync/readings')).toBe(1);
	});

	test('wait where the registry does not know of them yet, and everything else goes on', async () => {
		const t = tablet();
		t.registry.knowsReadings = false;
		t.vault.read(1);
		t.vault.record(entryIdOf(1));
		t.engine.start();
		await idle(t);
		expect(t.vault.state(entryIdOf(1))).toBe('registered');
		expect(t.vault.readings.size).toBe(1);
	});

	test('of a tablet that was closed are still told', async () => {
		const t = tablet();
		t.registry.tabletRefused = true;
		t.vault.read(1);
		t.engine.start();
		await vi.waitFor(() => expect(t.registry.readings.size).toBe(1));
		await vi.waitFor(() => expect(t.vault.readings.size).toBe(0));
		expect(t.engine.progress).toMatchObject({ phase: 'error', error: { type: 'tablet_refused' } });
	});
});

describe('entries', () => {
	test('are registered only by the answer of the registry, and then the tablet says when', async () => {
		const t = tablet();
		t.vault.record(...ids(1, 3));
		expect(ids(1, 3).map((id) => t.vault.state(id))).toEqual(['waiting', 'waiting', 'waiting']);
		t.engine.start();
		await idle(t);
		expect(ids(1, 3).map((id) => t.vault.state(id))).toEqual(['registered', 'registered', 'registered']);
		expect(t.registry.feed.map(({ id }) => id)).toEqual(ids(1, 3));
		expect(t.engine.progress.lastSyncAt).toBe('2026-11-22T08:00:00.000Z');
		expect(t.seen.some(({ phase, itemsTotal }) => phase === 'sending' && itemsTotal === 3)).toBe(true);
		expect(t.reported).toEqual([]);
	});

	test('wait while there is no network, and go at once when it comes', async () => {
		const t = tablet();
		t.registry.down = true;
		t.vault.record(entryIdOf(1));
		t.engine.start();
		await vi.waitFor(() =>
			expect(t.engine.progress).toMatchObject({ phase: 'offline', error: { type: 'unreachable' } })
		);
		expect(t.vault.state(entryIdOf(1))).toBe('waiting');
		await t.rested();
		t.registry.down = false;
		t.online();
		await idle(t);
		expect(t.vault.state(entryIdOf(1))).toBe('registered');
	});

	test('whose receipt was lost get the same receipt again, and are on the registry once', async () => {
		const t = tablet();
		t.vault.record(...ids(1, 4));
		t.registry.loseNextPushAnswers(1);
		t.engine.start();
		await vi.waitFor(() => expect(t.engine.progress.phase).toBe('offline'));
		expect(t.registry.feed).toHaveLength(4);
		expect(t.vault.waiting()).toHaveLength(4);
		await t.rested();
		const lost = t.registry.asked.length;
		t.clock.advance(t.clock.next ?? 0);
		await idle(t);
		expect(t.vault.waiting()).toEqual([]);
		expect(t.registry.feed).toHaveLength(4);
		// Two hundred bytes ask whether the line is back before the whole push goes again.
		expect(t.registry.asked[lost]?.path).toBe('/api/sync/hello');
	});

	test('are asked about again when half an answer arrived', async () => {
		const t = tablet();
		t.vault.record(...ids(1, 4));
		t.registry.halveNextPushAnswers(1);
		t.engine.start();
		await vi.waitFor(() => expect(t.engine.progress.phase).toBe('offline'));
		expect(t.vault.waiting()).toHaveLength(4);
		await t.rested();
		t.clock.advance(t.clock.next ?? 0);
		await idle(t);
		expect(t.vault.waiting()).toEqual([]);
		expect(t.registry.feed).toHaveLength(4);
	});

	test('go in halves when the registry takes fewer at a time', async () => {
		const t = tablet();
		t.registry.pushMaximum = 70;
		t.vault.record(...ids(1, 300));
		t.engine.start();
		await idle(t);
		expect(t.vault.waiting()).toEqual([]);
		const sizes = t.registry.asked.flatMap(({ entries }) => entries ?? []);
		expect(sizes.slice(0, 4)).toEqual([300, 250, 125, 62]);
	});

	test('too large for the registry even alone are shown with the reason, and block nothing', async () => {
		const t = tablet();
		t.registry.pushMaximum = 0;
		t.vault.record(...ids(1, 3));
		t.engine.start();
		await idle(t);
		expect(t.vault.own.get(entryIdOf(2))?.delivery).toMatchObject({
			state: 'quarantined',
			reason: { type: 'too_large' }
		});
	});

	test('of which one is poison arrive all but this one', async () => {
		const t = tablet();
		t.registry.poison.add(entryIdOf(5));
		t.vault.record(...ids(1, 10));
		t.engine.start();
		await idle(t);
		expect(t.vault.own.get(entryIdOf(5))?.delivery).toMatchObject({
			state: 'quarantined',
			reason: { type: 'unreadable' }
		});
		expect(ids(1, 10).filter((id) => t.vault.state(id) === 'registered')).toHaveLength(9);
	});

	test('over one of which the registry stumbles arrive all but this one', async () => {
		const t = tablet();
		t.registry.stumbles.add(entryIdOf(1));
		t.vault.record(...ids(1, 10));
		t.engine.start();
		await idle(t);
		expect(t.vault.waiting()).toEqual([entryIdOf(1)]);
		// After a quarter of an hour it has another chance.
		t.registry.stumbles.clear();
		for (let turns = 0; turns < 4; turns++) {
			t.clock.advance(300_000);
			await idle(t);
		}
		expect(t.vault.waiting()).toEqual([]);
	});

	test('that the answer forgets wait, and do not make the tablet ask without end', async () => {
		const t = tablet();
		t.registry.unanswered.add(entryIdOf(2));
		t.vault.record(...ids(1, 3));
		t.engine.start();
		await idle(t);
		expect(t.vault.state(entryIdOf(2))).toBe('waiting');
		expect(t.registry.countOf('/api/sync/push')).toBe(1);
	});

	test('are sent again after the registry stood still, in smaller pushes', async () => {
		const t = tablet();
		t.registry.hangNextPushes(1);
		t.vault.record(...ids(1, 100));
		t.engine.start();
		await vi.waitFor(() => expect(t.registry.countOf('/api/sync/push')).toBe(1));
		t.clock.advance(60_000);
		await vi.waitFor(() => expect(t.engine.progress.phase).toBe('offline'));
		await t.rested();
		t.clock.advance(t.clock.next ?? 0);
		await idle(t);
		expect(t.vault.waiting()).toEqual([]);
	});

	test('recorded after the line was cut while the tablet read go out with the next turn', async () => {
		let cut = true;
		const t: Tablet = tablet({
			fetch: (path, init) =>
				cut && path.startsWith('/api/sync/pull') ? Promise.reject(new TypeError('cut')) : t.registry.fetch(path, init)
		});
		t.vault.record(entryIdOf(1));
		t.engine.start();
		await vi.waitFor(() => expect(t.engine.progress.phase).toBe('offline'));
		await t.rested();
		t.vault.record(entryIdOf(2));
		cut = false;
		t.clock.advance(t.clock.next ?? 0);
		await idle(t);
		expect(t.vault.waiting()).toEqual([]);
	});

	test('wait longer after every failure, and never in step with other tablets', async () => {
		const t = tablet();
		t.registry.failNextPushes(4);
		t.vault.record(entryIdOf(1));
		t.engine.start();
		const waits: number[] = [];
		for (let failure = 1; failure <= 4; failure++) {
			await vi.waitFor(() => expect(t.registry.countOf('/api/sync/push')).toBe(failure));
			await vi.waitFor(() => expect(t.clock.next).toBeLessThan(30_000));
			waits.push(t.clock.next ?? 0);
			t.clock.advance(t.clock.next ?? 0);
		}
		// random() is 0.5 here: three quarters of 2, 4, 8 and 16 s.
		expect(waits).toEqual([1_500, 3_000, 6_000, 12_000]);
		await idle(t);
		expect(t.vault.waiting()).toEqual([]);
	});

	test('of the house are read page by page, each once', async () => {
		const t = tablet();
		t.registry.pageSize = 40;
		t.registry.receive(...ids(1, 130));
		t.engine.start();
		await idle(t);
		t.registry.receive(...ids(131, 150));
		t.engine.syncNow();
		await vi.waitFor(() => expect(t.vault.applied.size).toBe(150));
		await idle(t);
		expect([...t.vault.applied.values()].every((times) => times === 1)).toBe(true);
		expect(
			t.seen.some(({ phase, itemsDone, itemsTotal }) => phase === 'receiving' && itemsDone === 80 && itemsTotal === 130)
		).toBe(true);
	});

	test('reach a registry that was started anew and knows no challenge', async () => {
		const t = tablet();
		t.engine.start();
		await idle(t);
		t.registry.restart();
		t.vault.record(entryIdOf(1));
		t.engine.syncNow();
		await vi.waitFor(() => expect(t.vault.state(entryIdOf(1))).toBe('registered'));
		await idle(t);
		expect(t.seen.some(({ phase }) => phase === 'offline' || phase === 'error')).toBe(false);
	});

	test('are all sent again to a registry that came back from a backup', async () => {
		const t = tablet();
		t.vault.record(...ids(1, 6));
		t.engine.start();
		await idle(t);
		t.registry.restore(2);
		expect(t.registry.feed).toHaveLength(2);
		t.engine.syncNow();
		await vi.waitFor(() => expect(t.registry.feed).toHaveLength(6));
		await idle(t);
		expect(t.vault.position.epoch).toBe(epochOf(2));
		expect(t.vault.waiting()).toEqual([]);
		expect([...t.vault.applied.values()].every((times) => times === 1)).toBe(true);
	});
});

describe('photos', () => {
	const picture = (size: number) => Uint8Array.from({ length: size }, (_, i) => (i * 31) % 251);

	test('go after the text, in pieces, and have their receipt only from the registry', async () => {
		const t = tablet();
		const sha256 = await t.vault.addPhoto(picture(600_000));
		t.vault.record(entryIdOf(1));
		t.engine.start();
		await idle(t);
		expect(t.vault.ownPhotos.get(sha256)?.delivery).toBe('registered');
		expect(await hexOf(t.registry.photos.get(sha256)?.bytes ?? new Uint8Array())).toBe(sha256);
		const paths = t.registry.asked.map(({ path }) => path);
		expect(paths.indexOf('/api/sync/push')).toBeLessThan(paths.indexOf('/api/photos/uploads'));
		expect(t.registry.asked.flatMap(({ piece }) => piece ?? [])).toEqual([
			{ offset: 0, bytes: pieceBytes },
			{ offset: pieceBytes, bytes: pieceBytes },
			{ offset: 2 * pieceBytes, bytes: 600_000 - 2 * pieceBytes }
		]);
		expect(paths.filter((path) => path.endsWith('/state'))).toHaveLength(1);
		expect(t.seen.some(({ bytesDone }) => bytesDone >= pieceBytes && bytesDone < 600_000)).toBe(true);
	});

	test('go on where they were cut, also in a tab that knows nothing of before', async () => {
		const t = tablet();
		const sha256 = await t.vault.addPhoto(picture(700_000));
		t.registry.cutAfterPieces(1);
		t.engine.start();
		await vi.waitFor(() => expect(t.engine.progress.phase).toBe('offline'));
		expect(t.vault.ownPhotos.get(sha256)?.delivery).toBe('waiting');
		t.engine.stop();
		const killed = t.registry.asked.length;
		const after = { ...t, engine: t.makeEngine() };
		after.engine.start();
		await idle(after);
		const pieces = t.registry.asked.slice(killed).flatMap(({ piece }) => piece ?? []);
		expect(pieces.map(({ offset }) => offset)).toEqual([pieceBytes, 2 * pieceBytes]);
		expect(t.vault.ownPhotos.get(sha256)?.delivery).toBe('registered');
	});

	test('that arrived between two cuts show that the line carries: the second cut is waited out no longer than the first', async () => {
		const t = tablet();
		for (const bytes of [1_000, 2_000, 3_000, 4_000]) await t.vault.addPhoto(picture(bytes));
		t.registry.cutAfterPieces(1);
		t.engine.start();
		const arrived = () => [...t.vault.ownPhotos.values()].filter(({ delivery }) => delivery === 'registered').length;
		for (let cut = 1; cut <= 3; cut++) {
			await vi.waitFor(() => {
				expect(arrived()).toBe(cut);
				expect(t.engine.progress.phase).toBe('offline');
				expect(t.clock.next).toBe(1_500);
			});
			t.registry.cutAfterPieces(1);
			t.clock.advance(1_500);
		}
		await idle(t);
		expect(arrived()).toBe(4);
	});

	test('of one piece need two exchanges each; an older registry is asked what became of them', async () => {
		const t = tablet();
		for (const bytes of [1_000, 2_000]) await t.vault.addPhoto(picture(bytes));
		t.engine.start();
		await idle(t);
		expect(t.registry.countOf('/api/photos/')).toBe(4);
		t.registry.tellsPhotoStates = false;
		await t.vault.addPhoto(picture(3_000));
		t.engine.syncNow();
		await vi.waitFor(() => expect(registeredPhotos(t)).toBe(3));
		expect(t.registry.countOf('/api/photos/')).toBe(4 + 3);
	});

	test('go three at a time where the line is fast, each once, and what is shown adds up', async () => {
		let uploads = 0;
		let most = 0;
		const t = onLine({ milliseconds: 100 }, async (registry, upload) => {
			most = Math.max(most, ++uploads);
			// So that others have time to begin.
			await new Promise((resolve) => setTimeout(resolve, 5));
			return uploadPhoto(registry, upload).finally(() => (uploads -= 1));
		});
		for (let n = 0; n < 8; n++) await t.vault.addPhoto(picture(100_000 + n));
		t.engine.start();
		await vi.waitFor(() => expect(registeredPhotos(t)).toBe(8));
		await vi.waitFor(() => expect(t.engine.progress.phase).toBe('idle'));
		expect(most).toBe(3);
		expect(t.registry.countOf(uploadsPath)).toBe(8);
		const { itemsDone, itemsTotal, bytesDone, bytesTotal } = t.engine.progress;
		expect({ itemsDone, bytesDone }).toEqual({ itemsDone: itemsTotal, bytesDone: bytesTotal });
		expect(t.seen.filter(({ bytesDone, bytesTotal }) => bytesDone > bytesTotal || bytesDone < 0)).toEqual([]);
	});

	test('go one at a time where the line is slow', async () => {
		let uploads = 0;
		let most = 0;
		const t = onLine({ milliseconds: 20_000 }, (registry, upload) => {
			most = Math.max(most, ++uploads);
			return uploadPhoto(registry, upload).finally(() => (uploads -= 1));
		});
		for (let n = 0; n < 4; n++) await t.vault.addPhoto(picture(100_000 + n));
		t.engine.start();
		await vi.waitFor(() => expect(registeredPhotos(t)).toBe(4));
		expect(most).toBe(1);
	});

	test('of a month let go first what is recorded while they travel', async () => {
		const t = tablet();
		for (let n = 0; n < 5; n++) await t.vault.addPhoto(picture(1_000 + n));
		let recorded = false;
		t.engine.onProgress(() => {
			if (recorded || registeredPhotos(t) < 2) return;
			recorded = true;
			t.vault.record(entryIdOf(1));
			t.engine.syncNow();
		});
		t.engine.start();
		await idle(t);
		expect(registeredPhotos(t)).toBe(5);
		const paths = t.registry.asked.map(({ path }) => path);
		const text = paths.indexOf('/api/sync/push');
		expect(paths.slice(0, text).filter((path) => path === uploadsPath)).toHaveLength(2);
		expect(paths.slice(text).filter((path) => path === uploadsPath)).toHaveLength(3);
	});

	test('over which the registry fails, and those that cannot be opened, hold up no other', async () => {
		const t = tablet();
		const [hard, spoilt, good] = [
			await t.vault.addPhoto(picture(1_000)),
			await t.vault.addPhoto(picture(2_000)),
			await t.vault.addPhoto(picture(3_000))
		];
		t.registry.photoStumbles.add(hard);
		t.vault.spoiltPhotos.add(spoilt);
		t.engine.start();
		await vi.waitFor(() => expect(t.engine.progress.error).toEqual({ type: 'registry_failed', status: 503 }));
		await t.rested();
		t.clock.advance(2_000);
		await vi.waitFor(() => expect(t.vault.ownPhotos.get(good)?.delivery).toBe('registered'));
		await vi.waitFor(() => expect(t.engine.progress.phase).toBe('idle'));
		expect(t.engine.progress.held).toMatchObject([
			{ id: hard, problem: 'stumbled' },
			{ id: spoilt, problem: 'photo_missing' }
		]);
		expect(t.reported).toEqual([new Error('The photo cannot be opened')]);
		// It is tried again, and goes.
		t.registry.photoStumbles.clear();
		t.clock.advance(30_000);
		await vi.waitFor(() => expect(t.vault.ownPhotos.get(hard)?.delivery).toBe('registered'));
	});

	test('all on the way stand still at once when a person holds the sending', async () => {
		const t = onLine(
			{ milliseconds: 100 },
			(_, { signal }) =>
				// A piece that never ends, until it is told to.
				new Promise((_, reject) => {
					const tell = () => reject(signal.reason as Error);
					signal.addEventListener('abort', tell);
					begun += 1;
				})
		);
		let begun = 0;
		t.vault.record(...ids(1, 100));
		for (let n = 0; n < 4; n++) await t.vault.addPhoto(picture(1_000 + n));
		t.engine.start();
		await vi.waitFor(() => expect(begun).toBe(3));
		t.engine.pause();
		await vi.waitFor(() => expect(t.clock.next).toBeUndefined());
		expect(t.engine.progress).toMatchObject({ phase: 'idle', paused: true });
		expect(t.reported).toEqual([]);
		expect(begun).toBe(3);
		expect(registeredPhotos(t)).toBe(0);
	});

	test('that have arrived wait for the registry to read them', async () => {
		const t = tablet();
		const sha256 = await t.vault.addPhoto(picture(1_000));
		t.registry.unreadPhotos.add(sha256);
		t.engine.start();
		await vi.waitFor(() => expect(t.clock.next).toBe(30_000));
		await vi.waitFor(() => expect(t.engine.progress.phase).toBe('idle'));
		expect(t.vault.ownPhotos.get(sha256)?.delivery).toBe('waiting');
		t.registry.unreadPhotos.clear();
		t.clock.advance(30_000);
		await vi.waitFor(() => expect(t.vault.ownPhotos.get(sha256)?.delivery).toBe('registered'));
		expect(t.registry.asked.flatMap(({ piece }) => piece ?? [])).toHaveLength(1);
	});

	test('that the registry refuses are told so, and the others go on', async () => {
		const t = tablet();
		const bad = await t.vault.addPhoto(picture(1_000));
		const good = await t.vault.addPhoto(picture(2_000));
		t.registry.refusedPhotos.set(bad, 'unreadable');
		t.engine.start();
		await idle(t);
		expect(t.vault.ownPhotos.get(bad)?.delivery).toBe('refused');
		expect(t.vault.ownPhotos.get(good)?.delivery).toBe('registered');
	});

	test('stay on the tablet while they may not travel, and text goes nevertheless', async () => {
		let wifi = false;
		const t = tablet({ photosMayTravel: () => wifi });
		const sha256 = await t.vault.addPhoto(picture(1_000));
		t.vault.record(entryIdOf(1));
		t.engine.start();
		await idle(t);
		expect(t.vault.state(entryIdOf(1))).toBe('registered');
		expect(t.vault.ownPhotos.get(sha256)?.delivery).toBe('waiting');
		expect(t.engine.progress.photosHeld).toBe(1);
		wifi = true;
		t.engine.syncNow();
		await vi.waitFor(() => expect(t.vault.ownPhotos.get(sha256)?.delivery).toBe('registered'));
		await vi.waitFor(() => expect(t.engine.progress.photosHeld).toBeUndefined());
	});

	test('of the other tablets of the house arrive as thumbnails', async () => {
		const t = tablet();
		const there = 'a'.repeat(64) as Sha256;
		const nowhere = 'b'.repeat(64) as Sha256;
		t.registry.thumbnails.set(there, picture(500));
		t.vault.missing.add(nowhere).add(there);
		t.engine.start();
		await idle(t);
		expect(t.vault.kept.get(there)).toEqual(picture(500));
		expect([...t.vault.missing]).toEqual([nowhere]);
		expect(t.vault.keptRoster).toEqual(roster);
	});
});

describe('a roster', () => {
	const sealingKey = 'B'.repeat(87);
	const otherKey = 'C'.repeat(87);

	async function said(registry: Signer, of: Roster, epoch = epochOf(1)) {
		const issuedAt = '2026-11-22T07:00:00.000Z';
		const expiresAt = '2026-12-27T07:00:00.000Z';
		const text = statementText({ is: 'roster', roster: of, epoch, sealingKey, issuedAt, expiresAt });
		return { text, signature: await registry.signs(text) };
	}

	async function trusting() {
		const registry = await signer();
		const t = tablet();
		t.vault.keptRegistryKey = registry.key;
		const fetchAgain = async () => {
			t.clock.advance(7 * 3_600_000);
			await idle(t);
		};
		return { ...t, registrySigner: registry, fetchAgain };
	}

	test('that the line shows again, from before somebody left, is refused and told on the screens of every tab', async () => {
		const t = await trusting();
		const second = t.makeEngine();
		const leaver = { id: entryIdOf(7) as never, name: '小禾', role: 'care_worker' };
		const before: Roster = { ...roster, version: 4, staff: [leaver] };
		const after: Roster = { ...roster, version: 5 };
		t.registry.rosterAnswer = { roster: after, signedRoster: await said(t.registrySigner, after) };
		t.engine.start();
		second.start();
		await idle(t);
		expect(t.vault.keptRoster).toEqual(after);
		expect(t.engine.progress.rosterRefused).toBeUndefined();

		t.registry.rosterAnswer = { roster: before, signedRoster: await said(t.registrySigner, before) };
		await t.fetchAgain();
		expect(t.vault.keptRoster).toEqual(after);
		expect(t.engine.progress.rosterRefused).toBe('older');
		expect(second.progress.rosterRefused).toBe('older');

		t.registry.rosterAnswer = { roster: before };
		await t.fetchAgain();
		expect(t.vault.keptRoster).toEqual(after);
		expect(t.engine.progress.rosterRefused).toBe('unsigned');
		expect(t.reported.splice(0).map(String)).toEqual([
			'Error: The roster is not to be believed: older',
			'Error: The roster is not to be believed: unsigned'
		]);

		t.registry.rosterAnswer = { roster: after, signedRoster: await said(t.registrySigner, after) };
		await t.fetchAgain();
		expect(t.engine.progress.rosterRefused).toBeUndefined();
	});

	test('brings the key to seal to under the registry’s signature, and what only stands beside it counts for less', async () => {
		const t = await trusting();
		const signedRoster = await said(t.registrySigner, roster);
		t.registry.rosterAnswer = { roster, sealingKey: otherKey, signedRoster };
		t.engine.start();
		await idle(t);
		expect(t.vault.keptSealingKey).toEqual({ key: sealingKey, signed: true });
	});

	test('of an older registry, which signs no key, offers the one beside it', async () => {
		const t = tablet();
		t.registry.rosterAnswer = { roster, sealingKey: otherKey };
		t.engine.start();
		await idle(t);
		expect(t.vault.keptSealingKey).toEqual({ key: otherKey, signed: false });
	});
});

describe('several tabs', () => {
	test('one alone talks to the registry, and the others show how far it is', async () => {
		const t = tablet();
		const second = t.makeEngine();
		t.vault.record(...ids(1, 5));
		t.engine.start();
		second.start();
		await idle(t);
		expect(t.registry.countOf('/api/sync/push')).toBe(1);
		expect(second.progress).toMatchObject({ phase: 'idle', lastSyncAt: '2026-11-22T08:00:00.000Z', itemsDone: 5 });
	});

	test('another takes over when the first one ends', async () => {
		const t = tablet();
		const second = t.makeEngine();
		t.engine.start();
		second.start();
		await idle(t);
		t.engine.stop();
		t.vault.record(entryIdOf(1));
		await vi.waitFor(() => expect(t.vault.state(entryIdOf(1))).toBe('registered'));
	});

	test('a wish in any tab reaches the one that talks', async () => {
		const t = tablet();
		const second = t.makeEngine();
		t.engine.start();
		second.start();
		await idle(t);
		t.vault.record(entryIdOf(1));
		second.syncNow();
		await vi.waitFor(() => expect(t.vault.state(entryIdOf(1))).toBe('registered'));
		await idle(t);
		second.pause();
		expect(t.engine.progress.paused).toBe(true);
	});
});

describe('a person', () => {
	test('can pause the sending, and what is recorded waits until they go on', async () => {
		const t = tablet();
		t.engine.start();
		await idle(t);
		t.engine.pause();
		t.vault.record(entryIdOf(1));
		t.engine.syncNow();
		t.clock.advance(3_600_000);
		expect(t.engine.progress).toMatchObject({ paused: true, phase: 'idle' });
		expect(t.registry.countOf('/api/sync/push')).toBe(0);
		t.engine.resume();
		await vi.waitFor(() => expect(t.vault.state(entryIdOf(1))).toBe('registered'));
	});

	test('pausing in the middle of a photo loses nothing of what arrived', async () => {
		const t = tablet();
		const sha256 = await t.vault.addPhoto(Uint8Array.from({ length: 900_000 }, (_, i) => i % 256));
		const end = t.engine.onProgress(({ bytesDone }) => {
			if (bytesDone >= pieceBytes && bytesDone < 900_000) {
				end();
				t.engine.pause();
			}
		});
		t.engine.start();
		await vi.waitFor(() => expect(t.engine.progress.paused).toBe(true));
		await vi.waitFor(() => expect(t.clock.next).toBeUndefined());
		expect(t.vault.ownPhotos.get(sha256)?.delivery).toBe('waiting');
		t.engine.resume();
		await vi.waitFor(() => expect(t.vault.ownPhotos.get(sha256)?.delivery).toBe('registered'));
		const offsets = t.registry.asked.flatMap(({ piece }) => piece?.offset ?? []);
		expect(offsets.filter((offset) => offset === 0)).toHaveLength(1);
		expect(t.reported).toEqual([]);
	});

	test('whose tablet was taken off the list is told so, and the records stay', async () => {
		const t = tablet();
		t.registry.tabletRefused = true;
		t.vault.record(entryIdOf(1));
		t.engine.start();
		await vi.waitFor(() =>
			expect(t.engine.progress).toMatchObject({ phase: 'error', error: { type: 'tablet_refused' } })
		);
		expect(t.vault.state(entryIdOf(1))).toBe('waiting');
	});

	test('is told when the disk of the tablet is full, and reading goes on when there is room', async () => {
		const t = tablet();
		t.vault.full = true;
		t.registry.receive(entryIdOf(1));
		t.engine.start();
		await vi.waitFor(() =>
			expect(t.engine.progress).toMatchObject({ phase: 'error', error: { type: 'storage_full' } })
		);
		expect(t.reported).toEqual([]);
		await t.rested();
		t.vault.full = false;
		t.clock.advance(t.clock.next ?? 0);
		await idle(t);
		expect([...t.vault.applied.values()]).toEqual([1]);
	});

	test('sees when everything was last exchanged also after the tablet was started anew without network', async () => {
		const t = tablet();
		t.engine.start();
		await idle(t);
		t.registry.down = true;
		expect(t.makeEngine().progress.lastSyncAt).toBe('2026-11-22T08:00:00.000Z');
	});

	test('with a closed vault is asked nothing that needs it open', async () => {
		const t = tablet();
		t.vault.open = false;
		t.engine.start();
		await vi.waitFor(() => expect(t.seen.at(-1)).toMatchObject({ phase: 'idle' }));
		expect(t.registry.asked.filter(({ path }) => /push|pull|photos|readings|roster/.test(path))).toEqual([]);
	});

	test('sees how far the tablet clock is from the registry', async () => {
		const t = tablet();
		t.registry.clockAhead = 86_400_000;
		t.engine.start();
		await idle(t);
		expect(t.engine.progress.clockOffset).toBe(86_400_000);
	});

	test('is told when the registry speaks a newer protocol', async () => {
		const t = tablet({
			fetch: async () => new Response(JSON.stringify({ protocol: 2, epoch: epochOf(1), challenge: 'c', news: [] }))
		});
		t.engine.start();
		await vi.waitFor(() => expect(t.engine.progress.error).toEqual({ type: 'program_outdated' }));
	});
});

describe('what a person asks of sending', () => {
	test('held stays held over a restart, says no error, and nothing goes over the network until it is resumed', async () => {
		let kept = false;
		const held = { read: () => kept, keep: (now: boolean) => void (kept = now) };
		const t = tablet({ held });
		t.vault.record(entryIdOf(1));
		t.engine.pause();
		t.engine.stop();
		const again = t.makeEngine();
		again.start();
		expect(again.progress).toMatchObject({ paused: true, phase: 'idle', error: undefined });
		again.syncNow();
		await new Promise((resolve) => setImmediate(resolve));
		expect(t.registry.asked).toEqual([]);
		again.resume();
		await vi.waitFor(() => expect(t.registry.feed.map(({ id }) => id)).toEqual([entryIdOf(1)]));
		expect(kept).toBe(false);
	});

	test('what the registry stumbled over is told with its next try, and "try now" does not wait for that', async () => {
		const t = tablet();
		t.registry.stumbles.add(entryIdOf(1));
		t.vault.record(entryIdOf(1), entryIdOf(2));
		t.engine.start();
		await idle(t);
		expect(t.engine.progress.held).toEqual([
			{ id: entryIdOf(1), problem: 'stumbled', until: new Date(t.clock.now() + 900_000).toISOString() }
		]);
		t.registry.stumbles.clear();
		t.engine.retry();
		await vi.waitFor(() => expect(t.registry.feed).toHaveLength(2));
		await vi.waitFor(() => expect(t.engine.progress.held).toEqual([]));
	});
});

describe('a registry that came to live another life', () => {
	const head = { text: '{"is":"tree_head"}', signature: 'A'.repeat(86) };

	test('is shown what it once signed, and what it had forgotten is known on the tablet', async () => {
		const t = tablet();
		t.vault.toShow = [head];
		t.registry.forgotten.add(head.text);
		t.engine.start();
		await idle(t);
		expect(t.registry.witnessed).toEqual([head]);
		expect([t.vault.toShow, t.vault.forgot]).toEqual([[], true]);
	});

	test('and knows no witnesses still gets everything else, and is asked again later', async () => {
		const t = tablet();
		t.vault.toShow = [head];
		t.registry.knowsWitnesses = false;
		t.vault.read(1);
		t.engine.start();
		await idle(t);
		expect(t.registry.readings.size).toBe(1);
		expect(t.registry.witnessed).toHaveLength(1);
		expect(t.vault.toShow).toEqual([head]);
		t.registry.knowsWitnesses = true;
		t.clock.advance(900_000);
		await vi.waitFor(() => expect(t.vault.toShow).toEqual([]));
		expect(t.vault.forgot).toBe(false);
	});
});
