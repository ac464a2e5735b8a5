/*
 * Cross-site requests (SECURITY 0.10): SvelteKit's own check lets a POST without a content type through, and a browser
 * really sends one. So everything but reading needs proof that it comes from our own page, whatever its content type.
 */

/**
 * Routes that another site's page may well ask to change something, each with the reason why that harms nobody: none reads a
 * cookie, so a stranger's page has there no more than what the stranger could send from a computer of their own.
 * A path that ends in `/` stands for everything below it, any other for itself and everything below.
 */
export const signedRoutes: Readonly<Record<string, string>> = {
	'/api/sync/': 'a tablet signs each request with its own key over method, path, challenge and body',
	'/api/photos': 'a tablet signs each piece of a photo like its other requests',
	'/api/enrol': 'a one-time code of 128 bits, shown by the desk and valid for 15 minutes, is the permission',
	'/api/loose':
		'sealed to the registry by whoever found a child; it opens nothing, is rate-limited and waits for a person'
};

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

export interface GuardedRequest {
	readonly method: string;
	readonly path: string;
	/** Header `sec-fetch-site`; every browser since 2023 sends it on https and localhost. */
	readonly fetchSite: string | null;
	/** Header `origin`. */
	readonly origin: string | null;
	/** The origin this server answers for. */
	readonly ownOrigin: string;
}

/** May this request change something? */
export function comesFromOwnPage(request: GuardedRequest): boolean {
	if (reading.has(request.method)) return true;
	if (
		Object.keys(signedRoutes).some(
			(route) => request.path === route || request.path.startsWith(route.endsWith('/') ? route : `${route}/`)
		)
	)
		return true;
	if (request.fetchSite !== null) return request.fetchSite === 'same-origin' || request.fetchSite === 'none';
	return request.origin !== null && request.origin === request.ownOrigin;
}

/** Bytes of one body, wherever no route has a bound of its own: a push of 4 MB of JSON arrives compressed. */
const bodyMaximum = 4_500_000;
/** A page of words; the longest has 30,000 characters. */
const familyBodyMaximum = 256_000;
/** A photo or a scan of 15 MB (SECURITY T8) and the form around it. */
export const paperBodyMaximum = 15_200_000;

/** Pages of a family's claim, in every language: never kept in any cache, never in a search engine. */
export function isFamilyPage(path: string): boolean {
	return /^(\/en)?\/(claim|report)(\/|$)/.test(path);
}

/**
 * The bytes a body sent to this path may have, by the length its header tells; the server itself stops at the largest.
 * Tablets' routes and the page for photos measure for themselves, and say more kindly what is too much.
 */
export function mayWeigh(path: string): number {
	if (path.startsWith('/api/') || /^(\/en)?\/claim\/tell\/papers$/.test(path)) return Infinity;
	// Scans of papers that a desk files.
	if (/^\/desk\/child\/[^/]+\/documents(\/|$)/.test(path)) return paperBodyMaximum;
	// A tablet's file; what it may weigh is said in words by the page.
	if (path === '/desk/import-outbox') return paperBodyMaximum;
	return isFamilyPage(path) ? familyBodyMaximum : bodyMaximum;
}
