import type { CivilDate } from '#lib/domain/time.ts';
import type { DemoChild } from './facts.ts';
import { childHistory } from './history.ts';
import { demoHouses, type DemoHouses } from './houses.ts';
import type { HistoryLength } from './telling.ts';

/*
 * An invented registry: houses, people, and the histories of children as facts that have no signature yet. Everything
 * follows from a seed and a day. Whoever seeds a registry signs the facts (in the order of `recordedAt`, each author by a
 * tablet or a desk of the author's house) and draws the pictures; ids are made here, so that facts can name each other.
 */

export interface DemoWorld extends DemoHouses {
	readonly children: readonly DemoChild[];
}

/** The registry of September 2015 opened with 284 children (RULEBOOK 13). */
export const demoChildCount = 284;

/**
 * The demo: four houses, their people and 284 children who came in the two years before `today`. Of the children, 246 have
 * a published notice, 6 one that was taken down, 16 a draft that waits for a second person, 8 no draft yet, and 8 an
 * intake that is not finished.
 *
 * @param today every fact lies before it
 */
export function demoWorld(seed: number, today: CivilDate): DemoWorld {
	const { institutions, staff } = demoHouses(seed, today);
	return { institutions, staff, children: [...demoChildren(seed, demoChildCount, today)] };
}

/**
 * Any number of children, one at a time, for measurements. Every 284 hold the same mixture as the demo, and the first
 * 284 are the demo's.
 *
 * @param length `short` leaves out care, papers and all photos but the front one: about a fifth of the facts
 */
export function* demoChildren(
	seed: number,
	count: number,
	today: CivilDate,
	length: HistoryLength = 'whole'
): Generator<DemoChild, void, undefined> {
	const houses = demoHouses(seed, today);
	for (let index = 0; index < count; index++) yield childHistory(seed, index, today, houses, length);
}
