import { likenesses, type Comparable } from '#lib/domain/duplicate/likeness.ts';
import type { DuplicatePair } from '../tablet.ts';
import type { ListedChild } from './child-list.ts';

/** A list of children that says when it changed. */
export interface Listing {
	readonly changes: number;
	shown(): readonly ListedChild[];
}

/**
 * Looks for files that may be one child's, in stretches that leave the worker free for a save, and keeps what it found until
 * a line of the list changes. 10,000 files take about a second of work.
 */
export class DuplicateSearch {
	private readonly list: () => Listing;
	private readonly breathe: () => Promise<void>;
	private readonly now: () => number;
	private found:
		{ readonly list: Listing; readonly changes: number; readonly pairs: Promise<readonly DuplicatePair[]> } | undefined;

	constructor(list: () => Listing, breathe: () => Promise<void>, now: () => number) {
		this.list = list;
		this.breathe = breathe;
		this.now = now;
	}

	/** Every pair, the likeliest first. */
	async pairs(): Promise<readonly DuplicatePair[]> {
		const list = this.list();
		const { changes } = list;
		if (this.found?.list !== list || this.found.changes !== changes) {
			const pairs = this.look(list);
			this.found = { list, changes, pairs };
			pairs.catch(() => {
				// Whoever asked is told; the next one has it looked for again.
				if (this.found?.pairs === pairs) this.found = undefined;
			});
		}
		return this.found.pairs;
	}

	private async look(list: Listing): Promise<readonly DuplicatePair[]> {
		const listed = list.shown();
		const rows = new Map(listed.map(({ row }) => [row.childId, row]));
		const work = likenesses(listed.map(comparable));
		let since = this.now();
		for (;;) {
			const step = work.next();
			if (step.done) {
				return step.value.flatMap(({ a, b, score, reasons }) => {
					const [one, other] = [rows.get(a), rows.get(b)];
					return one && other ? [{ a: one, b: other, score, reasons }] : [];
				});
			}
			if (this.now() - since > 15) {
				await this.breathe();
				since = this.now();
			}
		}
	}
}

/** The likeliest reading of each sign. */
function comparable({ row, pinyin }: ListedChild): Comparable {
	const sounds = pinyin
		.split('\n')
		.filter((line) => line !== '')
		.map((line) =>
			line
				.split(' ')
				.map((readings) => readings.split('/')[0] ?? '')
				.join(' ')
		);
	return { row, sounds };
}
