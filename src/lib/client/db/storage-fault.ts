import type { StorageFault } from '../tablet.ts';
import { ProgramOutdated } from './database.ts';

/**
 * The storage fault behind an error of Dexie or of the browser; undefined where it is none, and then it is a surprise that
 * the caller throws on. The forms are those seen in Chromium (SECURITY.md 0.5 and 0.6): quota arrives as AbortError with the
 * cause in `inner`, a full disk as DataError "Failed to write blobs (IOError)", a store that will not open as UnknownError.
 */
export function storageFault(error: unknown): StorageFault | undefined {
	for (const cause of causes(error)) {
		if (cause instanceof ProgramOutdated) return { type: 'program_outdated' };
		if (cause.name === 'VersionError') return { type: 'program_outdated' };
		if (cause.name === 'QuotaExceededError' || /failed to write blobs|no space|disk.*full/i.test(cause.message)) {
			return { type: 'storage_full' };
		}
	}
	for (const cause of causes(error)) {
		if (unopenable.has(cause.name) || /backing store/i.test(cause.message)) {
			return { type: 'storage_unopenable', detail: `${cause.name}: ${cause.message}` };
		}
	}
	return undefined;
}

const unopenable = new Set([
	'OpenFailedError',
	'UnknownError',
	'DatabaseClosedError',
	'MissingAPIError',
	'InvalidStateError',
	// The database was emptied under the program (vault/store.ts), and nothing tells what it held.
	'HeadBehind'
]);

/** The error and everything it was caused by, outermost first. */
function causes(error: unknown): readonly { readonly name: string; readonly message: string }[] {
	const found: { name: string; message: string }[] = [];
	let next: unknown = error;
	while (isError(next) && !found.includes(next)) {
		found.push(next);
		next = next.inner ?? next.cause;
	}
	return found;
}

function isError(value: unknown): value is { name: string; message: string; inner?: unknown; cause?: unknown } {
	return (
		typeof value === 'object' &&
		value !== null &&
		'name' in value &&
		'message' in value &&
		typeof value.name === 'string'
	);
}
