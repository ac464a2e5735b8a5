import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * A disk of the tablet's own: an ext4 image mounted through a loop device. What programs wrote and did not flush is in the
 * page cache and not in the image, so a copy of the image is what a power cut would leave (SECURITY.md, section 0). Needs
 * root on Linux.
 */
export class LoopDisk {
	/** Where it is mounted. */
	readonly folder: string;
	readonly #image: string;
	readonly #home: string;
	#mounted = false;

	private constructor(home: string, image: string) {
		this.#home = home;
		this.#image = image;
		this.folder = join(home, 'mounted');
	}

	static async make(megabytes: number): Promise<LoopDisk> {
		const home = mkdtempSync(join(tmpdir(), 'lampkeep-disk-'));
		const disk = new LoopDisk(home, join(home, 'disk.img'));
		run('truncate', '-s', `${megabytes}M`, disk.#image);
		// Nothing is kept back for root: full means full.
		run('mkfs.ext4', '-q', '-F', '-m', '0', '-E', 'lazy_itable_init=0,lazy_journal_init=0', disk.#image);
		await disk.#mount();
		return disk;
	}

	/** The disk as a power cut at this moment leaves it. Whoever writes must stand still meanwhile. */
	async afterPowerCut(): Promise<LoopDisk> {
		const home = mkdtempSync(join(tmpdir(), 'lampkeep-disk-'));
		const copy = new LoopDisk(home, join(home, 'disk.img'));
		await copyFile(this.#image, copy.#image);
		await copy.#mount();
		return copy;
	}

	async #mount(): Promise<void> {
		await mkdir(this.folder, { recursive: true });
		run('mount', '-o', 'loop', this.#image, this.folder);
		this.#mounted = true;
	}

	/** Unmounts and removes it. Processes on it must have ended; what is still open is let go of later. */
	async remove(): Promise<void> {
		if (this.#mounted) run('umount', '-l', this.folder);
		this.#mounted = false;
		await rm(this.#home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
	}
}

/** Undefined where loop disks work; else one sentence that says why what needs them is not run. */
export const whyNoLoopDisk: string | undefined = (() => {
	if (process.platform !== 'linux') return 'disks of its own need Linux';
	if (process.getuid?.() !== 0) return 'disks of its own need root';
	const home = mkdtempSync(join(tmpdir(), 'lampkeep-disk-'));
	const image = join(home, 'probe.img');
	try {
		run('truncate', '-s', '8M', image);
		run('mkfs.ext4', '-q', '-F', image);
		run('mount', '-o', 'loop', image, home);
		run('umount', '-l', home);
		return undefined;
	} catch (error) {
		return `loop mounts do not work here (${error instanceof Error ? error.message.split('\n')[0] : String(error)})`;
	} finally {
		rmSync(home, { recursive: true, force: true });
	}
})();

function run(program: string, ...words: readonly string[]): void {
	execFileSync(program, words, { stdio: ['ignore', 'ignore', 'pipe'] });
}
