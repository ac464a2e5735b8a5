import type { Bytes } from './bytes.ts';

/*
 * The files beside the database, as the journal sees them. In a browser they are in the origin private file system
 * (opfs-disk.ts); tests have a disk that loses, cuts and flips (memory-disk.ts).
 */

/** A file that nobody else has open. Close it. */
export interface JournalFile {
	size(): number;
	read(at: number, length: number): Bytes;
	/** @throws where not every byte was taken; `QuotaExceededError` where the disk is full */
	write(at: number, bytes: Bytes): void;
	truncate(size: number): void;
	/** Only what was flushed survives a power cut (SECURITY.md 0.7). */
	flush(): void;
	close(): void;
}

export interface JournalDisk {
	/** @param make makes the file where there is none; without it: undefined */
	open(name: string, make: boolean): Promise<JournalFile | undefined>;
	remove(name: string): Promise<void>;
	/** Of files and of those in folders, with a slash between. */
	names(): Promise<readonly string[]>;
	/** Removes everything. */
	wipe(): Promise<void>;
}

/** Opens, works, closes. Undefined where there is no such file. */
export async function within<T>(
	disk: JournalDisk,
	name: string,
	make: boolean,
	work: (file: JournalFile) => T
): Promise<T | undefined> {
	const file = await disk.open(name, make);
	if (!file) return undefined;
	try {
		return work(file);
	} finally {
		file.close();
	}
}

/** Replaces the whole file and flushes it. A crash in between leaves it cut: write two by turns where that matters. */
export function writeWhole(file: JournalFile, bytes: Bytes): void {
	file.truncate(0);
	file.write(0, bytes);
	file.flush();
}
