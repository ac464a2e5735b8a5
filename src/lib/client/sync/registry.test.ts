import { expect, test } from 'vitest';
import type { Sha256 } from '#lib/domain/ids.ts';
import { cursorAt } from '#lib/sync/protocol.ts';
import { deviceId, entryIdOf, epochOf, FakeRegistry, FakeVault, HandClock } from './fakes.ts';
import { Registry } from './registry.ts';

/* A browser that was asked with credentials obeys an order to clear the site; cookies of a desk are nothing for a tablet. */

type Asking = (registry: Registry, signal: AbortSignal) => Promise<unknown>;

const photo = '5'.repeat(64) as Sha256;

/** Everything that is ever asked of the registry: a new method must be given its place here. */
const askings: Readonly<Record<Exclude<keyof Registry, 'forgetChallenge'>, Asking>> = {
	hello: (registry, signal) => registry.hello(signal),
	push: (registry, signal) => registry.push([{ id: entryIdOf(1), text: JSON.stringify({ id: entryIdOf(1) }) }], signal),
	pull: (registry, signal) => registry.pull(cursorAt(0, '0'.repeat(64)), epochOf(1), 10, signal),
	tellReadings: (registry, signal) => registry.tellReadings([], signal),
	sendSealed: (registry, signal) => registry.sendSealed([], signal),
	showTreeHeads: (registry, signal) => registry.showTreeHeads([], signal),
	tellWiped: (registry, signal) => registry.tellWiped(0, signal),
	roster: (registry, signal) => registry.roster(signal),
	photoState: (registry, signal) => registry.photoState(photo, signal),
	thumbnail: (registry, signal) => registry.thumbnail(photo, signal),
	// As a photo's pieces travel.
	send: (registry, signal) => registry.send({ method: 'POST', path: '/api/photos/uploads', signal })
};

test('only the word that a tablet has erased itself travels with credentials', async () => {
	const clock = new HandClock();
	const house = new FakeRegistry(clock.now);
	const vault = new FakeVault();
	const travelled = new Map<string, Set<RequestCredentials | undefined>>();
	const registry = new Registry({
		fetch: (path, init) => {
			const known = travelled.get(path) ?? new Set();
			travelled.set(path, known.add(init.credentials));
			return house.fetch(path, init);
		},
		sign: (text) => vault.signRequest(text),
		deviceId: async () => deviceId,
		timers: clock,
		now: clock.now
	});
	for (const asking of Object.values(askings)) await asking(registry, new AbortController().signal);
	expect(house.wiped).toEqual([0]);
	// The hello and the ten others.
	expect(travelled.size).toBe(Object.keys(askings).length);
	const withCredentials = [...travelled].filter(([, how]) => how.size !== 1 || !how.has('omit'));
	expect(withCredentials).toEqual([['/api/sync/wiped', new Set(['same-origin'])]]);
});
