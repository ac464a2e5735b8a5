import type { StorageFault } from '../tablet.ts';
import type { Tablet } from './tablet.svelte.ts';

/** How long typing may go on before it is kept, milliseconds. Leaving a field, the page or the tablet keeps it at once. */
const patience = 300;

/**
 * Keeps one unfinished form on the tablet: every change, sealed, in order. What a person sees as "saved" is `savedAt`,
 * and nothing else.
 */
export class DraftKeeper<T> {
	readonly key: string;
	readonly #tablet: Tablet;
	#waiting: { readonly value: T } | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#writing: Promise<void> = Promise.resolve();
	#letGo: (() => void) | undefined;
	/** The tablet's clock when everything shown was on its disk; undefined while something is not. */
	savedAt = $state<string | undefined>();
	/** True while something shown is not on the disk. */
	pending = $state(false);
	/** Why the last change could not be kept. It stays on the screen and is tried again with the next change. */
	fault = $state.raw<StorageFault | undefined>();

	constructor(tablet: Tablet, key: string) {
		this.#tablet = tablet;
		this.key = key;
	}

	/** What was kept before, e.g. before the browser was killed. Begins the watch: `stop` ends it. */
	async start(): Promise<unknown> {
		this.#letGo = this.#tablet.beforeClosing(() => this.flush());
		const draft = await this.#tablet.vault.draft(this.key);
		if (draft) this.savedAt = draft.savedAt;
		return draft?.value;
	}

	/** Keeps this value soon; a later one takes its place. */
	change(value: T): void {
		this.#waiting = { value };
		this.savedAt = undefined;
		this.pending = true;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.flush(), patience);
	}

	/** Keeps what waits, now. Resolves when it is on the disk, or `fault` says why not. */
	flush(): Promise<void> {
		clearTimeout(this.#timer);
		const next = this.#waiting;
		this.#waiting = undefined;
		const write = () => (next ? this.#write(next) : undefined);
		// A write that failed is told to whoever waited for it; the next one begins all the same.
		if (next) this.#writing = this.#writing.then(write, write);
		return this.#writing;
	}

	/** Forgets the draft: its content is an entry now. A change that still waited is dropped with it. */
	async drop(): Promise<void> {
		clearTimeout(this.#timer);
		this.#waiting = undefined;
		// What it says is recorded: that its draft could not be kept was told, and is to be tried no more.
		await this.#writing.catch(() => {
			this.#waiting = undefined;
		});
		this.pending = false;
		await this.#tablet.vault.dropDraft(this.key);
	}

	stop(): void {
		this.#letGo?.();
		void this.flush();
	}

	async #write(next: { readonly value: T }): Promise<void> {
		let kept;
		try {
			kept = await this.#tablet.vault.saveDraft(this.key, next.value);
		} catch (cause) {
			this.#waiting ??= next;
			throw cause;
		}
		if (kept.ok) {
			this.fault = undefined;
			if (this.#waiting === undefined) {
				this.savedAt = kept.value.savedAt;
				this.pending = false;
			}
			return;
		}
		this.fault = kept.error;
		// Still the newest: the next flush tries it again.
		this.#waiting ??= next;
	}
}
