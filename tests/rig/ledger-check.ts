import { expect } from 'vitest';
import type { Sha256 } from '../../src/lib/domain/ids.ts';
import type { TestRegistry } from '../e2e/support/registry.ts';
import type { Inventory, Told } from './pages/tablet.ts';

/**
 * What was acknowledged is there, once; the tablet's own numbers run 1, 2, 3, …; photos have the bytes they were saved
 * with. Throws with what is wrong.
 *
 * @param told what the vault acknowledged
 * @param photos whether the inventory has read the photos
 */
export function expectKept(
	inventory: Inventory,
	told: Iterable<Told>,
	photos: boolean
): { saves: number; photos: number } {
	const acknowledged = [...told];
	const ids = inventory.entries.map(({ id }) => id);
	expect(duplicates(ids), 'entries that are there twice').toEqual([]);
	const there = new Set(ids);
	const lost = acknowledged.filter(({ entryIds }) => !entryIds.every((id) => there.has(id)));
	expect(
		lost.map(({ n }) => n),
		`saves that were acknowledged and are gone, of ${acknowledged.length}`
	).toEqual([]);
	// Each save has a child of its own: a save that came twice under another id would be seen here.
	expect(duplicates(inventory.entries.map(({ childId }) => childId)), 'saves that are there twice').toEqual([]);
	const numbers = inventory.entries.map(({ deviceSeq }) => deviceSeq).sort((a, b) => a - b);
	expect(
		numbers.findIndex((number, index) => number !== index + 1),
		'where the numbers of the entries break'
	).toBe(-1);
	if (!photos) return { saves: acknowledged.length, photos: 0 };
	const kept = acknowledged.flatMap(({ photo }) => photo ?? []);
	const bytesOf = new Map(inventory.photos.map(({ sha256, bytes }) => [sha256, bytes]));
	const spoiled = kept.filter((sha256) => bytesOf.get(sha256) !== 'right');
	expect(spoiled, `photos that were acknowledged and are not as they were, of ${kept.length}`).toEqual([]);
	return { saves: acknowledged.length, photos: kept.length };
}

/** Every photo that a tablet kept lies at the registry with the bytes it was taken with. Answers how many. */
export async function expectPhotosAt(registry: TestRegistry, kept: readonly Sha256[]): Promise<number> {
	const wrong: Sha256[] = [];
	for (const sha256 of kept) if ((await registry.photoHash(sha256)) !== sha256) wrong.push(sha256);
	expect(wrong, `photos that the registry lacks or has otherwise, of ${kept.length}`).toEqual([]);
	return kept.length;
}

function duplicates(values: readonly string[]): readonly string[] {
	return values.filter((value, index) => values.indexOf(value) !== index);
}
