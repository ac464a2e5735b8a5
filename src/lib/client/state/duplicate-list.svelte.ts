import type { DuplicatePair } from '../tablet.ts';
import type { StorageFault } from '../tablet.ts';
import type { Tablet } from './tablet.svelte.ts';

/** Files of this tablet that may be one child's, looked for again when something is recorded. */
export class DuplicateList {
	readonly #tablet: Tablet;
	#asked = 0;
	pairs = $state.raw<readonly DuplicatePair[]>([]);
	fault = $state.raw<StorageFault | undefined>();
	answered = $state(false);

	constructor(tablet: Tablet) {
		this.#tablet = tablet;
	}

	async load(): Promise<void> {
		this.#asked += 1;
		const turn = this.#asked;
		const found = await this.#tablet.vault.duplicates();
		if (turn !== this.#asked) return;
		this.answered = true;
		this.fault = found.ok ? undefined : found.error;
		if (found.ok) this.pairs = found.value;
	}
}
