import type { Front } from './web-server.ts';
import { serviceWorkerPath } from '#lib/server/auth/file-policy.ts';

/*
 * The switch for the worst day: a program that must not go on working without network (SECURITY T14). In place of the
 * service worker browsers get this one, which takes the kept program off the tablet and then itself. Records, keys and what
 * waits to be sent are not touched; open pages stay as they are, with the words in their forms, and load nothing anew.
 */
const withdrawnWorker = `self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener('activate', (event) => event.waitUntil((async () => {
	for (const name of await caches.keys()) await caches.delete(name);
	await self.registration.unregister();
})()));
`;

/** Answers for the service worker while the operator's switch WITHDRAW_PROGRAM is on, and lets everything else pass. */
export function withdrawnProgram(next: Front): Front {
	return (request, response) => {
		if (request.url?.split('?')[0] !== serviceWorkerPath) return next(request, response);
		response.setHeader('content-type', 'text/javascript; charset=utf-8');
		response.setHeader('cache-control', 'no-store');
		response.end(withdrawnWorker);
		return true;
	};
}
