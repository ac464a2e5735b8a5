/// <reference no-default-lib="true" />
/// <reference lib="esnext" />
/// <reference lib="webworker" />
import {
	cleanupOutdatedCaches,
	createHandlerBoundToURL,
	getCacheKeyForURL,
	precacheAndRoute,
	type PrecacheEntry
} from 'workbox-precaching';
import { wakeMessage, wakeTag } from './lib/client/pwa/background-sync.ts';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { programList, type ProgramFacts, type ProgramFile } from '#lib/sync/program-files.ts';

/*
 * Keeps the program on the tablet, and nothing else: every page below /app is the one prerendered shell, which starts
 * the program at the address it was called with. Whatever is not a file of this build goes to the network untouched, so no
 * answer about a child ever reaches the Cache Storage.
 *
 * A new version waits until a person accepts it (client/pwa/register.ts); it never takes over by itself.
 */
declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: PrecacheEntry[] };

const program = self.__WB_MANIFEST;
precacheAndRoute(program, { directoryIndex: '', cleanURLs: false });
cleanupOutdatedCaches();

registerRoute(new NavigationRoute(createHandlerBoundToURL('/app/shell'), { allowlist: [/^\/app(\/|$|\?)/] }));

self.addEventListener('message', (event) => {
	const message: unknown = event.data;
	if (typeof message === 'object' && message !== null && 'type' in message && message.type === 'SKIP_WAITING') {
		event.waitUntil(self.skipWaiting());
	}
	if (typeof message === 'object' && message !== null && 'type' in message && message.type === 'PROGRAM') {
		event.waitUntil(programFacts().then((facts) => event.ports[0]?.postMessage(facts)));
	}
});

/** What is kept on this tablet, by its bytes and not by what the list promises. */
async function programFacts(): Promise<ProgramFacts> {
	const files = await Promise.all(
		program.map(async (entry): Promise<ProgramFile> => {
			const path = typeof entry === 'string' ? entry : entry.url;
			const kept = await caches.match(getCacheKeyForURL(path) ?? path);
			return { path, sha256: kept === undefined ? null : await sha256(await kept.arrayBuffer()) };
		})
	);
	return {
		files: files.length,
		missing: files.filter((file) => file.sha256 === null).length,
		hash: await sha256(new TextEncoder().encode(programList(files)).buffer)
	};
}

async function sha256(bytes: ArrayBuffer): Promise<string> {
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
/*
 * The network is back (Background Sync, see client/pwa/background-sync.ts). The worker itself sends nothing: it has no key and
 * opens no store; a page of the program that is still there does, also while its vault is locked.
 */
self.addEventListener('sync', (event) => {
	if (!(event instanceof ExtendableEvent) || !('tag' in event) || event.tag !== wakeTag) return;
	event.waitUntil(
		self.clients.matchAll({ type: 'window' }).then((pages) => pages.forEach((page) => page.postMessage(wakeMessage)))
	);
});

// The page that installed the first version is kept by it at once: its lazy parts load even if the network goes now.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
