/** Whether somebody chose to send nothing from this tablet for now, as the engine asks and tells it. */
export interface HeldSending {
	read(): boolean;
	keep(held: boolean): void;
}

export const heldDatabase = 'lampkeep-sending';
const shelf = 'choices';
const key = 'held';
/** The program does not wait longer for a browser that cannot open its databases, milliseconds. */
const patience = 3_000;

/**
 * Remembers the choice in a small database of its own, by strict transactions. localStorage would do but for a tablet whose
 * battery dies: Chromium writes it down when it likes, a minute later on a busy page, and the choice before comes back.
 *
 * Where the database does not open nothing is held, and the choice lasts until the page is closed: that a child's entries
 * wait unasked is worse than that they travel.
 *
 * @param report hears why it did not open, or did not write
 */
export async function heldSending(
	report: (error: unknown) => void,
	factory: IDBFactory = indexedDB
): Promise<HeldSending> {
	let held = false;
	let database: IDBDatabase | undefined;
	try {
		database = await opened(factory);
		held = (await done(database.transaction(shelf).objectStore(shelf).get(key))) === true;
	} catch (error) {
		report(error);
	}
	return {
		read: () => held,
		keep: (now) => {
			held = now;
			// IndexedDB keeps them in the order they are begun in.
			if (database) written(database, now).catch(report);
		}
	};
}

async function written(database: IDBDatabase, held: boolean): Promise<void> {
	const strict = database.transaction(shelf, 'readwrite', { durability: 'strict' });
	strict.objectStore(shelf).put(held, key);
	await new Promise<void>((resolve, reject) => {
		strict.addEventListener('complete', () => resolve());
		strict.addEventListener('abort', () => reject(strict.error ?? new Error('no reason given')));
	});
}

function opened(factory: IDBFactory): Promise<IDBDatabase> {
	const opening = factory.open(heldDatabase, 1);
	opening.addEventListener('upgradeneeded', () => void opening.result.createObjectStore(shelf));
	// Another page erases this tablet: a database that is open would keep it waiting.
	opening.addEventListener('success', () => (opening.result.onversionchange = () => opening.result.close()));
	return new Promise((resolve, reject) => {
		const tooLong = setTimeout(() => reject(new Error(`${heldDatabase} does not open`)), patience);
		done(opening)
			.then(resolve, reject)
			.finally(() => clearTimeout(tooLong));
	});
}

function done<Result>(request: IDBRequest<Result>): Promise<Result> {
	return new Promise((resolve, reject) => {
		request.addEventListener('success', () => resolve(request.result));
		request.addEventListener('error', () => reject(request.error ?? new Error('no reason given')));
	});
}
