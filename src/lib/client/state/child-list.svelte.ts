import type { ChildRow } from '#lib/domain/case-file/child-row.ts';
import type { ChildQuery, StorageFault } from '../tablet.ts';
import type { Tablet } from './tablet.svelte.ts';

/** Years of the age bands that the filter offers, both included; the last is open. */
export const ageBands = [
	{ from: 0, to: 2 },
	{ from: 3, to: 5 },
	{ from: 6, to: 8 },
	{ from: 9, to: 13 },
	{ from: 14, to: 17 }
] as const;

/** More than a screen holds; each letter typed draws them anew, so no more than that. */
const pageSize = 20;

/** The list of children as searched. Every change asks the vault again; an answer to an older question is dropped. */
export class ChildList {
	readonly #tablet: Tablet;
	#asked = 0;
	words = $state('');
	sex = $state<string | undefined>();
	band = $state<number | undefined>();
	show = $state<NonNullable<ChildQuery['show']>>('here');
	limit = $state(pageSize);

	rows = $state.raw<readonly ChildRow[]>([]);
	total = $state(0);
	fault = $state.raw<StorageFault | undefined>();
	/** False until the first answer, so that "nobody found" is not said too early. */
	answered = $state(false);

	/** @param show what is shown at first, e.g. because a link asked for it */
	constructor(tablet: Tablet, show: NonNullable<ChildQuery['show']> = 'here') {
		this.#tablet = tablet;
		this.show = show;
	}

	get filtered(): boolean {
		return this.words.trim() !== '' || this.sex !== undefined || this.band !== undefined || this.show !== 'here';
	}

	clear(): void {
		this.words = '';
		this.sex = undefined;
		this.band = undefined;
		this.show = 'here';
		this.limit = pageSize;
	}

	more(): void {
		this.limit += pageSize;
	}

	/** Asks the vault. Reads every filter before it waits, so that an effect around it runs again when one changes. */
	async search(): Promise<void> {
		const band = this.band === undefined ? undefined : ageBands[this.band];
		const words = this.words.trim();
		const query: ChildQuery = {
			offset: 0,
			limit: this.limit,
			show: this.show,
			...(words !== '' && { words }),
			...(this.sex !== undefined && { sex: this.sex }),
			...(band && { age: { ...band, today: this.#tablet.today } })
		};
		this.#asked += 1;
		const turn = this.#asked;
		const found = await this.#tablet.vault.search(query);
		if (turn !== this.#asked) return;
		this.answered = true;
		if (!found.ok) {
			this.fault = found.error;
			return;
		}
		this.fault = undefined;
		this.rows = found.value.rows;
		this.total = found.value.total;
	}
}
