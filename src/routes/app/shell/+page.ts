/** The empty page that starts the program at any address below /app, also without network: the service worker keeps it. */
export const prerender = true;
