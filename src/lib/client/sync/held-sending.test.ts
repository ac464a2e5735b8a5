import { IDBFactory } from 'fake-indexeddb';
import { expect, test, vi } from 'vitest';
import { heldDatabase, heldSending } from './held-sending.ts';

const noFault = (error: unknown) => expect.unreachable(String(error));

test('the last choice is there at the next start, and a tablet nobody chose for sends', async () => {
	const factory = new IDBFactory();
	const first = await heldSending(noFault, factory);
	expect(first.read()).toBe(false);
	first.keep(true);
	expect(first.read()).toBe(true);
	const second = await heldSending(noFault, factory);
	expect(second.read()).toBe(true);
	second.keep(true);
	second.keep(false);
	expect((await heldSending(noFault, factory)).read()).toBe(false);
});

test('it is written by a strict transaction: a tablet that dies keeps it', async () => {
	const factory = new IDBFactory();
	const asked = vi.spyOn((await import('fake-indexeddb')).IDBDatabase.prototype, 'transaction');
	(await heldSending(noFault, factory)).keep(true);
	await vi.waitFor(() => expect(asked).toHaveBeenCalledWith('choices', 'readwrite', { durability: 'strict' }));
	asked.mockRestore();
});

test('a page that erases the tablet does not wait for the pages that know the choice', async () => {
	const factory = new IDBFactory();
	await heldSending(noFault, factory);
	const gone = await new Promise<string>((resolve) => {
		const erasing = factory.deleteDatabase(heldDatabase);
		erasing.onblocked = () => resolve('blocked');
		erasing.onsuccess = () => resolve('erased');
	});
	expect(gone).toBe('erased');
});

test('where no database opens it is said, nothing is held, and a choice lasts as long as the page', async () => {
	const faults: unknown[] = [];
	const refusing = { open: () => expect.unreachable('no databases here') } as unknown as IDBFactory;
	const held = await heldSending((error) => faults.push(error), refusing);
	expect(held.read()).toBe(false);
	held.keep(true);
	expect(held.read()).toBe(true);
	expect(faults).toHaveLength(1);
});

test('a database that never answers does not keep the program from starting', async () => {
	vi.useFakeTimers();
	const faults: unknown[] = [];
	const silent = { open: () => new EventTarget() } as unknown as IDBFactory;
	const starting = heldSending((error) => faults.push(error), silent);
	await vi.advanceTimersByTimeAsync(3_000);
	expect((await starting).read()).toBe(false);
	expect(faults).toHaveLength(1);
	vi.useRealTimers();
});
