import type { Result } from '#lib/domain/result.ts';
import type { NewWay, SlotOwner, StorageFault, Vault, Way, WayFault } from '../tablet.ts';
import { makePasskey } from './passkey.ts';

/** What a person may do about their ways into the tablet. */
export type WayTask =
	{ readonly do: 'badge' | 'passkey' | 'passphrase' | 'pin' } | { readonly do: 'drop'; readonly way: Way };

/** Why nothing was changed. */
export type WayRefusal = StorageFault | WayFault | { readonly type: 'passkey_failed' };

/*
 * One change of a person's ways: chosen ─► PIN ─► what the change needs ─► done. The PIN lives here only between the two steps
 * and a new badge only until it was wiped from the screen.
 */
export class MyWays {
	readonly #vault: Vault;
	task = $state.raw<WayTask | undefined>();
	/** Five words, to be copied and typed again. */
	passphrase = $state<string | undefined>();
	/** The next step of a change of PIN. */
	choosing = $state(false);
	/** A badge that opens already and is to be printed. */
	badge = $state<string | undefined>();
	busy = $state(false);
	refusal = $state.raw<WayRefusal | undefined>();
	done = $state(false);
	#pin = '';

	constructor(vault: Vault) {
		this.#vault = vault;
	}

	begin(task: WayTask): void {
		this.#reset();
		this.done = false;
		this.task = task;
	}

	cancel(): void {
		this.#reset();
	}

	/** @param person for the name of a passkey */
	async confirm(pin: string, person: { staffId: string; name: string }): Promise<void> {
		const { task } = this;
		if (!task || this.busy) return;
		this.refusal = undefined;
		switch (task.do) {
			case 'badge': {
				const badge = await this.#vault.makeBadge();
				if (await this.#change(() => this.#vault.addWay(pin, { way: 'badge', badge }))) this.badge = badge;
				return;
			}
			case 'passkey': {
				this.busy = true;
				const made = await makePasskey(person);
				this.busy = false;
				if (!made) {
					this.refusal = { type: 'passkey_failed' };
					return;
				}
				const way: NewWay = { way: 'passkey', ...made };
				await this.#change(() => this.#vault.addWay(pin, way));
				return;
			}
			case 'passphrase':
				this.#pin = pin;
				this.passphrase = await this.#vault.generatePassphrase();
				return;
			case 'pin':
				this.#pin = pin;
				this.choosing = true;
				return;
			case 'drop':
				await this.#change(() => this.#vault.dropWay(pin, task.way));
		}
	}

	/** The words were copied and typed again. */
	async takePassphrase(): Promise<void> {
		const { passphrase } = this;
		if (passphrase === undefined) return;
		const pin = this.#pin;
		await this.#change(() => this.#vault.addWay(pin, { way: 'passphrase', passphrase }));
	}

	async takePin(next: string): Promise<void> {
		const pin = this.#pin;
		await this.#change(() => this.#vault.changePin(pin, next));
	}

	/** Nothing of the badge stays in memory or on the screen. */
	wipeBadge(): void {
		this.badge = undefined;
	}

	async #change(change: () => Promise<Result<SlotOwner, StorageFault | WayFault>>): Promise<boolean> {
		this.busy = true;
		const changed = await change();
		this.busy = false;
		if (changed.ok) {
			this.#reset();
			this.done = true;
			return true;
		}
		// With a wrong PIN the person tries the PIN again; what was begun with it is begun anew.
		this.#pin = '';
		this.passphrase = undefined;
		this.choosing = false;
		this.refusal = changed.error;
		return false;
	}

	#reset(): void {
		this.task = undefined;
		this.passphrase = undefined;
		this.choosing = false;
		this.badge = undefined;
		this.refusal = undefined;
		this.#pin = '';
	}
}
