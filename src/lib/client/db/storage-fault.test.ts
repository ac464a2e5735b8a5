import { describe, expect, it } from 'vitest';
import { ProgramOutdated } from './database.ts';
import { storageFault } from './storage-fault.ts';

/** As Dexie wraps what the browser threw. */
function wrapped(name: string, inner: Error): Error {
	return Object.assign(new Error(inner.message), { name, inner });
}

describe('a fault of the storage', () => {
	it('is known by the forms that Chromium and Dexie give it', () => {
		const full = { type: 'storage_full' };
		expect(storageFault(new DOMException('', 'QuotaExceededError'))).toEqual(full);
		expect(storageFault(wrapped('AbortError', new DOMException('', 'QuotaExceededError')))).toEqual(full);
		expect(
			storageFault(wrapped('AbortError', new DOMException('Failed to write blobs (IOError)', 'DataError')))
		).toEqual(full);
		expect(storageFault(new ProgramOutdated())).toEqual({ type: 'program_outdated' });
		expect(storageFault(wrapped('AbortError', new ProgramOutdated()))).toEqual({ type: 'program_outdated' });
		expect(storageFault(new DOMException('', 'VersionError'))).toEqual({ type: 'program_outdated' });
		const closed = wrapped(
			'DatabaseClosedError',
			new DOMException('Internal error opening backing store', 'UnknownError')
		);
		expect(storageFault(closed)).toMatchObject({ type: 'storage_unopenable' });
	});

	it('is not made of what is none', () => {
		expect(storageFault(new TypeError('x is not a function'))).toBeUndefined();
		expect(storageFault('a word')).toBeUndefined();
		expect(storageFault(undefined)).toBeUndefined();
		const circle = Object.assign(new Error('round'), { inner: undefined as unknown });
		circle.inner = circle;
		expect(storageFault(circle)).toBeUndefined();
	});
});
