/*
 * Background Sync (Chromium only): the browser wakes the service worker when the network is back, also while the program lies
 * in the background, and the worker wakes a page of the program to send.
 *
 * What old Chromium lacks, and other browsers altogether: without `SyncManager` nothing is registered, and sending waits until
 * a page is looked at again. The wake-up comes once or a few times and may come minutes late: it is help, never the road.
 */

/** Names the wish among the browser's; tells nothing. */
export const wakeTag = 'lampkeep-outbox';

interface SyncManager {
	register(tag: string): Promise<void>;
}

/**
 * Asks the browser to wake us once there is a network. Does nothing where it cannot, or where a person forbade it (Chromium
 * refuses with NotAllowedError).
 */
export async function askToBeWoken(
	workers: Pick<ServiceWorkerContainer, 'getRegistration'> | undefined
): Promise<void> {
	const registration = await workers?.getRegistration();
	if (registration === undefined || !('sync' in registration)) return;
	try {
		await (registration.sync as SyncManager).register(wakeTag);
	} catch (error) {
		if (!(error instanceof DOMException)) throw error;
	}
}

/** What the worker says to a page it woke. */
export const wakeMessage = { type: 'lampkeep-wake' } as const;

/** Calls back when the worker wakes this page; the answer ends it. */
export function onWoken(
	workers: Pick<ServiceWorkerContainer, 'addEventListener' | 'removeEventListener'> | undefined,
	wake: () => void
): () => void {
	const hear = ({ data }: MessageEvent<unknown>) => {
		if (typeof data === 'object' && data !== null && 'type' in data && data.type === wakeMessage.type) wake();
	};
	workers?.addEventListener('message', hear);
	return () => workers?.removeEventListener('message', hear);
}
