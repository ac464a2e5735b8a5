import { DraftKeeper } from './draft-keeper.svelte.ts';
import type { Tablet } from './tablet.svelte.ts';

/** A small form of texts whose every change is kept: nothing typed is lost by a call at the door or a killed browser. */
export class FormDraft<T extends Readonly<Record<string, string>>> {
	readonly draft: DraftKeeper<T>;
	readonly #empty: T;
	values = $state.raw<T>() as T;
	ready = $state(false);

	constructor(tablet: Tablet, key: string, empty: T) {
		this.draft = new DraftKeeper(tablet, key);
		this.#empty = empty;
		this.values = empty;
	}

	/** Finds what was typed before; a text the form no longer has is left out. */
	async start(): Promise<void> {
		const kept = await this.draft.start();
		if (typeof kept === 'object' && kept !== null) {
			const texts = Object.entries(kept).filter(([key, text]) => key in this.#empty && typeof text === 'string');
			this.values = { ...this.#empty, ...Object.fromEntries(texts) };
		}
		this.ready = true;
	}

	set<K extends keyof T>(key: K, text: T[K]): void {
		this.values = { ...this.values, [key]: text };
		this.draft.change(this.values);
	}

	get touched(): boolean {
		return JSON.stringify(this.values) !== JSON.stringify(this.#empty);
	}

	/** Recorded: the form is empty again and its draft gone. */
	async clear(): Promise<void> {
		this.values = this.#empty;
		await this.draft.drop();
	}

	stop(): void {
		this.draft.stop();
	}
}
