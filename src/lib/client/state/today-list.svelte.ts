import type { ChildRow, Duty } from '#lib/domain/case-file/child-row.ts';
import { addDays, daysBetween, type CivilDate } from '#lib/domain/time.ts';
import type { StorageFault } from '../tablet.ts';
import type { Tablet } from './tablet.svelte.ts';
import { unfinishedIntakes, type UnfinishedIntake } from './unfinished.ts';

/** One thing to do for one child. */
export interface DutyLine {
	readonly row: ChildRow;
	readonly duty: Duty;
	/** Days until it is due; negative: overdue; undefined: as soon as possible. */
	readonly daysLeft: number | undefined;
}

/** How far "coming up" looks, days. */
export const aheadDays = 30;

/** How many things the first screen shows before "more". */
export const shownAtFirst = 8;

/** Duties that only tell a day to come: on the list of what is coming, never on the list of what to do today. */
const announcements: ReadonlySet<Duty['code']> = new Set(['hold_ends', 'notice_ends']);

/** What is due today, worst first, and what comes. */
export class TodayList {
	readonly #tablet: Tablet;
	#asked = 0;
	due = $state.raw<readonly DutyLine[]>([]);
	ahead = $state.raw<readonly DutyLine[]>([]);
	unfinished = $state.raw<readonly UnfinishedIntake[]>([]);
	children = $state(0);
	fault = $state.raw<StorageFault | undefined>();
	answered = $state(false);

	constructor(tablet: Tablet) {
		this.#tablet = tablet;
	}

	async load(): Promise<void> {
		const { vault, today } = this.#tablet;
		this.#asked += 1;
		const turn = this.#asked;
		const [rows, here, unfinished] = await Promise.all([
			vault.due(addDays(today, aheadDays), 500),
			vault.search({ show: 'here', offset: 0, limit: 1 }),
			unfinishedIntakes(vault)
		]);
		if (turn !== this.#asked) return;
		this.answered = true;
		if (!rows.ok) {
			this.fault = rows.error;
			return;
		}
		this.fault = undefined;
		const lines = dutyLines(rows.value, today);
		this.due = lines.filter((line) => isDue(line));
		this.ahead = lines.filter((line) => !isDue(line) && line.daysLeft !== undefined && line.daysLeft <= aheadDays);
		this.children = here.ok ? here.value.total : 0;
		this.unfinished = unfinished;
	}
}

/** Every duty of every row, the longest overdue first, then by day; what has no day comes after today's. */
export function dutyLines(rows: readonly ChildRow[], today: CivilDate): readonly DutyLine[] {
	return rows
		.flatMap((row) =>
			row.duties.map((duty) => ({
				row,
				duty,
				daysLeft: duty.dueOn === undefined ? undefined : daysBetween(today, duty.dueOn)
			}))
		)
		.sort((a, b) => urgency(a) - urgency(b));
}

function urgency(line: DutyLine): number {
	return line.daysLeft ?? 0.5;
}

function isDue(line: DutyLine): boolean {
	// A day that has merely come is told, not done: it never stands among the things to do.
	if (announcements.has(line.duty.code)) return false;
	return line.daysLeft === undefined || line.daysLeft <= 0;
}
