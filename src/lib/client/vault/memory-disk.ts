import type { Bytes } from './bytes.ts';
import type { JournalDisk, JournalFile } from './journal-disk.ts';

/* A disk for tests: what was not flushed can be lost, files can be cut, bits can be flipped, and it can be full. */

export class MemoryDisk implements JournalDisk {
	/** As programs see them. */
	readonly files = new Map<string, Bytes>();
	/** As a power cut leaves them: what was flushed. */
	private readonly durable = new Map<string, Bytes>();
	/** Bytes that all files together may have. */
	room = Infinity;
	/** Called before each step; throws to crash the program there. */
	beforeStep: (step: string) => void = () => undefined;

	async open(name: string, make: boolean): Promise<JournalFile | undefined> {
		if (!this.files.has(name)) {
			if (!make) return undefined;
			this.files.set(name, new Uint8Array());
		}
		const bytes = () => this.files.get(name) ?? new Uint8Array();
		const step = (what: string) => {
			this.beforeStep(`${what} ${name}`);
		};
		return {
			size: () => bytes().length,
			read: (at, length) => bytes().slice(at, at + length),
			write: (at, added) => {
				step('write');
				const old = bytes();
				const size = Math.max(old.length, at + added.length);
				if (this.used() + size - old.length > this.room) {
					throw new DOMException('The quota is exceeded', 'QuotaExceededError');
				}
				const grown = new Uint8Array(size);
				grown.set(old);
				grown.set(added, at);
				this.files.set(name, grown);
				step('written');
			},
			truncate: (size) => {
				step('truncate');
				const cut = new Uint8Array(size);
				cut.set(bytes().subarray(0, size));
				this.files.set(name, cut);
			},
			flush: () => {
				step('flush');
				this.durable.set(name, bytes().slice());
				step('flushed');
			},
			close: () => undefined
		};
	}

	async remove(name: string): Promise<void> {
		this.beforeStep(`remove ${name}`);
		this.files.delete(name);
		this.durable.delete(name);
	}

	async names(): Promise<readonly string[]> {
		return [...this.files.keys()];
	}

	async wipe(): Promise<void> {
		this.files.clear();
		this.durable.clear();
	}

	used(): number {
		return [...this.files.values()].reduce((sum, { length }) => sum + length, 0);
	}

	/** A power cut. @param kept how many bytes of what was not flushed reached the disk all the same */
	cut(kept = 0): void {
		for (const [name, bytes] of this.files) {
			const flushed = this.durable.get(name) ?? new Uint8Array();
			const torn =
				bytes.length > flushed.length ? bytes.subarray(flushed.length, flushed.length + kept) : new Uint8Array();
			const left = new Uint8Array(flushed.length + torn.length);
			left.set(flushed);
			left.set(torn, flushed.length);
			this.files.set(name, left);
		}
	}

	truncate(name: string, size: number): void {
		const bytes = this.files.get(name)?.slice(0, size);
		if (bytes) this.files.set(name, bytes);
	}

	flip(name: string, at: number, bits = 0xff): void {
		const bytes = this.files.get(name)?.slice();
		if (!bytes) return;
		bytes[at] = (bytes[at] ?? 0) ^ bits;
		this.files.set(name, bytes);
	}
}
