import type { Bytes } from './bytes.ts';
import type { JournalDisk, JournalFile } from './journal-disk.ts';

/** What this program uses of the platform's FileSystemSyncAccessHandle, which pages do not have and their types do not name. */
interface AccessHandle {
	getSize(): number;
	read(into: Bytes, options: { at: number }): number;
	write(bytes: Bytes, options: { at: number }): number;
	truncate(size: number): void;
	flush(): void;
	close(): void;
}
type AccessibleHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<AccessHandle> };

/** How long a file may stay held by a tab that has just died, milliseconds. */
const patience = 2_000;

/**
 * The origin private file system, one folder a store. Works in dedicated workers only; undefined where the browser gives
 * none (a private window, an old browser).
 */
export async function opfsDisk(storeName: string): Promise<JournalDisk | undefined> {
	if (!('FileSystemFileHandle' in self) || !('createSyncAccessHandle' in FileSystemFileHandle.prototype))
		return undefined;
	const root = await navigator.storage.getDirectory().catch((cause: unknown) => {
		if (cause instanceof DOMException) return undefined;
		throw cause;
	});
	if (!root) return undefined;

	const folderOf = async (path: string, make: boolean) => {
		const parts = [storeName, ...path.split('/').slice(0, -1)];
		let folder = root;
		for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: make });
		return folder;
	};
	const handleOf = async (path: string, make: boolean) =>
		unlessMissing(async () =>
			(await folderOf(path, make)).getFileHandle(path.split('/').at(-1) ?? '', { create: make })
		);

	return {
		async open(path, make) {
			const handle = await handleOf(path, make);
			return handle && opened(await exclusively(handle));
		},
		async remove(path) {
			await unlessMissing(async () => (await folderOf(path, false)).removeEntry(path.split('/').at(-1) ?? ''));
		},
		async names() {
			const folder = await unlessMissing(() => folderOf('', false));
			return folder ? namesIn(folder) : [];
		},
		async wipe() {
			await unlessMissing(() => root.removeEntry(storeName, { recursive: true }));
		}
	};
}

async function namesIn(folder: FileSystemDirectoryHandle): Promise<string[]> {
	const names: string[] = [];
	for await (const [name, handle] of folder.entries()) {
		if (handle instanceof FileSystemDirectoryHandle)
			names.push(...(await namesIn(handle)).map((inner) => `${name}/${inner}`));
		else names.push(name);
	}
	return names;
}

async function unlessMissing<T>(look: () => Promise<T>): Promise<T | undefined> {
	try {
		return await look();
	} catch (cause) {
		if (cause instanceof DOMException && cause.name === 'NotFoundError') return undefined;
		throw cause;
	}
}

/** The Web Lock of a worker that was killed passes on a little before its files do. */
async function exclusively(handle: FileSystemFileHandle): Promise<AccessHandle> {
	if (!isAccessible(handle)) throw new Error('This browser gives no files to workers');
	for (const until = performance.now() + patience; ;) {
		try {
			return await handle.createSyncAccessHandle();
		} catch (cause) {
			const held = cause instanceof DOMException && cause.name === 'NoModificationAllowedError';
			if (!held || performance.now() > until) throw cause;
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
	}
}

function isAccessible(handle: FileSystemFileHandle): handle is AccessibleHandle {
	return 'createSyncAccessHandle' in handle;
}

function opened(handle: AccessHandle): JournalFile {
	return {
		size: () => handle.getSize(),
		read(at, length) {
			const bytes: Bytes = new Uint8Array(length);
			const read = handle.read(bytes, { at });
			return read === length ? bytes : bytes.subarray(0, read);
		},
		write(at, bytes) {
			const written = handle.write(bytes, { at });
			if (written < bytes.length) throw new DOMException('The disk took a part only', 'QuotaExceededError');
		},
		truncate: (size) => {
			handle.truncate(size);
		},
		flush: () => {
			handle.flush();
		},
		close: () => {
			handle.close();
		}
	};
}
