import { heldDatabase } from '../sync/held-sending.ts';

/**
 * Takes the program and its small things off this browser: caches, preferences, the service worker. What the vault holds is
 * erased by the vault (`Vault.wipe`). The page that runs stays on the screen until it is closed.
 */
export async function leaveNothing(
	browser: Pick<Window, 'localStorage' | 'sessionStorage' | 'indexedDB' | 'caches' | 'navigator'>
): Promise<void> {
	browser.localStorage.clear();
	browser.sessionStorage.clear();
	// Nothing depends on when it has gone: it says whether somebody chose to hold, and of no one else anything.
	browser.indexedDB.deleteDatabase(heldDatabase);
	// Neither is there over plain HTTP.
	if ('caches' in browser) {
		for (const name of await browser.caches.keys()) await browser.caches.delete(name);
	}
	if ('serviceWorker' in browser.navigator) {
		for (const worker of await browser.navigator.serviceWorker.getRegistrations()) await worker.unregister();
	}
}
