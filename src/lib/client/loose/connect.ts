import { LooseOutbox } from './loose-outbox.ts';
import { LooseStore } from './loose-store.ts';

let connected: LooseOutbox | undefined;

/** The loose records of this browser. */
export function connectLoose(): LooseOutbox {
	connected ??= new LooseOutbox({
		store: new LooseStore({ indexedDB, IDBKeyRange }),
		fetch: (path, init) => fetch(path, init),
		now: () => Date.now(),
		random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
		exclusively: (work) => navigator.locks.request('lampkeep-loose', work)
	});
	return connected;
}
