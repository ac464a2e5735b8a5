/*
 * Cross-site requests (SECURITY 0.10): SvelteKit's own check lets a POST without a content type through, and a browser
 * really sends one. So everything but reading needs proof that it comes from our own page, whatever its content type.
 */

/** Routes for tablets: they carry a signature or a one-time code, and never a cookie. */
const signedRoutes = ['/api/sync/', '/api/photos', '/api/enrol'];

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
		signedRoutes.some(
			(route) => request.path === route || request.path.startsWith(route.endsWith('/') ? route : `${route}/`)
		)
	)
		return true;
	if (request.fetchSite !== null) return request.fetchSite === 'same-origin' || request.fetchSite === 'none';
	return request.origin !== null && request.origin === request.ownOrigin;
}
