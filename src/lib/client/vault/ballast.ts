import { within, type JournalDisk } from './journal-disk.ts';

/*
 * Room kept free by a file of 4 MiB (SECURITY.md 0.5): at a full disk even a one-field save fails, so the file is cut before
 * a text is given up, and made again once there is room. Photos never use it.
 */

export const ballastBytes = 4 * 1024 * 1024;
const name = 'ballast';
const pieceBytes = 64 * 1024;

/** True where it is whole afterwards. A disk without room for it is no fault. */
export async function makeBallast(
	disk: JournalDisk,
	random: (length: number) => Uint8Array<ArrayBuffer>
): Promise<boolean> {
	const made = await within(disk, name, true, (file) => {
		if (file.size() === ballastBytes) return true;
		try {
			// Not zeros: some disks keep none for them.
			for (let at = 0; at < ballastBytes; at += pieceBytes) file.write(at, random(pieceBytes));
			file.flush();
			return true;
		} catch (cause) {
			file.truncate(0);
			file.flush();
			if (cause instanceof DOMException) return false;
			throw cause;
		}
	});
	return made === true;
}

/** Gives the room free. False where there was none to give. */
export async function releaseBallast(disk: JournalDisk): Promise<boolean> {
	const released = await within(disk, name, false, (file) => {
		if (file.size() === 0) return false;
		file.truncate(0);
		file.flush();
		return true;
	});
	return released === true;
}

export async function ballastSize(disk: JournalDisk): Promise<number> {
	return (await within(disk, name, false, (file) => file.size())) ?? 0;
}

/** Whether it was given up, or found no room when it was last to be made; false where nobody has made it yet. */
export async function isBallastGone(disk: JournalDisk): Promise<boolean> {
	return (await within(disk, name, false, (file) => file.size())) === 0;
}

/** Whether the disk takes a little more: the test before an unopenable database is taken for a damaged one. */
export async function hasRoom(
	disk: JournalDisk,
	random: (length: number) => Uint8Array<ArrayBuffer>
): Promise<boolean> {
	const proven = await within(disk, 'probe', true, (file) => {
		try {
			for (let i = 0; i < 16; i++) file.write(i * pieceBytes, random(pieceBytes));
			file.flush();
			return true;
		} catch (cause) {
			if (cause instanceof DOMException) return false;
			throw cause;
		} finally {
			file.truncate(0);
			file.flush();
		}
	});
	return proven === true;
}
