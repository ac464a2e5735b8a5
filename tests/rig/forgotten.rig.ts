import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { intake, known } from '../../src/lib/client/vault/vault-scenes.ts';
import type { ChildId, ItemId } from '../../src/lib/domain/ids.ts';
import { civilDate } from '../../src/lib/domain/time.ts';
import { TestRegistry } from '../e2e/support/registry.ts';
import { CoreTablet } from './core-tablet.ts';
import { foundHouse } from './house.ts';
import { expectPhotosAt } from './ledger-check.ts';
import { photo } from './photo.ts';
import { say } from './say.ts';

/*
 * SECURITY.md, R19: everybody has forgotten how to open a tablet with 200 unsent entries. Locked as it is, it sends what
 * it sealed to the registry, and a new tablet of the house reads every one of them.
 */
const entries = 200;
const photos = 5;

test(`R19: ${entries} entries of a tablet that nobody can open arrive`, { timeout: 180_000 }, async () => {
	const registry = await TestRegistry.start();
	onTestFinished(() => registry.close());
	const code = await foundHouse(registry, '云岭县儿童福利院');
	const tablet = await CoreTablet.enrolled(registry.origin, await code(), () => registry.origin);
	onTestFinished(() => tablet.off());
	tablet.engine.pause();
	for (let n = 0; n < entries - photos; n += 5) {
		const childId = randomUUID() as ChildId;
		await tablet.record(Array.from({ length: 5 }, (_, i) => intake(childId, { nameCalled: known(`小名${n + i}`) })));
	}
	for (let n = 0; n < photos; n++) {
		const prepared = await photo();
		const itemId = randomUUID() as ItemId;
		await tablet.addPhoto(
			{
				...{ type: 'photo.added', childId: randomUUID() as ChildId, occurredOn: civilDate('2026-03-05'), replaces: [] },
				payload: { itemId, photo: { ...prepared.photo, view: 'front', publishable: false } }
			},
			prepared
		);
	}
	expect(tablet.acknowledged.size).toBe(entries);

	tablet.dieForgotten();
	expect((await tablet.vault.status()).status).toBe('locked');
	const before = await tablet.vault.outbox();
	const began = performance.now();
	await expect.poll(async () => (await tablet.vault.outbox()).records, { timeout: 90_000 }).toBe(0);
	const seconds = (performance.now() - began) / 1_000;
	expect((await tablet.vault.status()).status).toBe('locked');

	const late = await CoreTablet.enrolled(registry.origin, await code(), () => registry.origin);
	onTestFinished(() => late.off());
	await expect.poll(async () => (await late.standing()).position, { timeout: 60_000 }).toBe(entries);
	const there = await late.entries();
	const arrived = [...tablet.acknowledged].filter((id) => there.get(id) === 1).length;
	expect(tablet.keptPhotos).toHaveLength(photos);
	const pictures = await expectPhotosAt(registry, tablet.keptPhotos);
	say(
		`R19 forgotten: ${arrived}/${entries} entries and ${pictures}/${photos} photos by SHA-256 (${before.records} sealed records) arrived from a locked tablet in ${seconds.toFixed(1)} s`
	);
	expect(arrived).toBe(entries);
	expect(tablet.reported).toEqual([]);
});
