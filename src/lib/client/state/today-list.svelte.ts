import { dutiesOn, pressing, type ChildRow, type DutyOnDay } from '#lib/domain/case-file/child-row.ts';
import { addDays, type CivilDate } from '#lib/domain/time.ts';
import type { StorageFault } from '../tablet.ts';
import type { Tablet } from './tablet.svelte.ts';
import { unfinishedIntakes, type UnfinishedIntake } from './unfinished.ts';

/** One thing to do for one child. */
export interface DutyLine {
	readonly row: ChildRow;
	readonly duty: DutyOnDay;
}

/** How far "coming up" looks, days. */
export const aheadDays = 30;

/** How many things the first screen shows before "more". */
export const shownAtFirst = 8;

/** What is due today, worst first, and what comes. */
export class TodayList {
	readonly #tablet: Tablet;
	#asked = 0;
	due = $state.raw<readonly DutyLine[]>([]);
	ahead = $state.raw<readonly DutyLine[]>([]);
	unfinished = $state.raw<readonly UnfinishedIntake[]>([]);
	children = $state(0);
	/** Children about whom people said different things. */
	conflicts = $state(0);
	fault = $state.raw<StorageFault | undefined>();
	answered = $state(false);

	constructor(tablet: Tablet) {
		this.#tablet = tablet;
	}

	async load(): Promise<void> {
		const { vault, today } = this.#tablet;
		this.#asked += 1;
		const turn = this.#asked;
		const [rows, here, disputed, unfinished] = await Promise.all([
			vault.due(addDays(today, aheadDays), 500),
			vault.search({ show: 'here', offset: 0, limit: 1 }),
			vault.search({ show: 'conflicts', offset: 0, limit: 1 }),
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
		this.due = lines.filter(({ duty }) => duty.urgency.level !== 'ahead' && !milestones.has(duty.code));
		this.ahead = lines.filter(({ duty }) => duty.urgency.level === 'ahead' || milestones.has(duty.code));
		this.children = here.ok ? here.value.total : 0;
		this.conflicts = disputed.ok ? disputed.value.total : 0;
		this.unfinished = unfinished;
	}
}

/** Every duty of every row that presses on this day or comes within the horizon, worst first. */
export function dutyLines(rows: readonly ChildRow[], today: CivilDate): readonly DutyLine[] {
	return rows
		.flatMap((row) => dutiesOn(row, today, aheadDays).map((duty) => ({ row, duty })))
		.sort((a, b) => pressing(b.duty) - pressing(a.duty));
}

/** A day that has merely come is told among the days ahead, not among the things to do. */
const milestones: ReadonlySet<DutyOnDay['code']> = new Set(['hold_ends', 'notice_ends']);
