import { fold, type CaseFile } from '../src/lib/domain/case-file/case-file.ts';
import { childHold, programsOwnRules } from '../src/lib/domain/case-file/child-hold.ts';
import { parseEntry, type ParsedEntry } from '../src/lib/domain/case-file/entry.ts';
import type { HoldStatus } from '../src/lib/domain/hold/hold.ts';
import type { ChildId } from '../src/lib/domain/ids.ts';
import { civilDate } from '../src/lib/domain/time.ts';
import { entriesOfChildren, type House } from './children.ts';

/*
 * The work that is measured on the server and on the tablet alike: from the folded file of each child to its clocks,
 * conditions and blockers. Folding is not in it: both keep the files folded.
 */

export interface Reckoned {
	readonly milliseconds: number;
	/** How many children stand in each state: nothing was left out. */
	readonly statuses: Readonly<Partial<Record<HoldStatus, number>>>;
	readonly conditions: number;
}

/** The folded files of so many invented children, notices and papers included. */
export function filesOf(count: number, house: House): readonly CaseFile[] {
	const byChild = new Map<ChildId, ParsedEntry[]>();
	let sequence = 0;
	for (const unchained of entriesOfChildren(count, house)) {
		const entry = { ...unchained, deviceSeq: ++sequence, previous: null, signature: 'A'.repeat(86) };
		const parsed = parseEntry(entry);
		if (!parsed.ok) throw new Error(`An invented entry is none: ${JSON.stringify(parsed.error)}`);
		const own = byChild.get(entry.childId) ?? [];
		own.push(parsed.value);
		byChild.set(entry.childId, own);
	}
	return [...byChild].map(([childId, entries]) => fold(childId, entries));
}

const today = civilDate('2026-11-01');

/** Every hold once. */
export function reckon(files: readonly CaseFile[]): Reckoned {
	const statuses: Partial<Record<HoldStatus, number>> = {};
	let conditions = 0;
	const began = performance.now();
	for (const file of files) {
		const { hold } = childHold(file, today, programsOwnRules);
		statuses[hold.status] = (statuses[hold.status] ?? 0) + 1;
		conditions += hold.conditions.length;
	}
	return { milliseconds: performance.now() - began, statuses, conditions };
}
