/** Headers of every answer; the content security policy of pages comes from svelte.config.js. */
export const securityHeaders: Readonly<Record<string, string>> = {
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	'referrer-policy': 'strict-origin-when-cross-origin',
	'permissions-policy': 'camera=(self), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin'
};

/** The policy of answers that are no page: nothing in them may run, even if a browser were talked into showing them. */
export const bareContentPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

/**
 * Desks and the app hold people's data: no copy in any cache, no address of theirs to other sites. Not `no-referrer`:
 * under it browsers send forms with `Origin: null`, and no form of ours could be told from a stranger's.
 */
export const privateHeaders: Readonly<Record<string, string>> = {
	'cache-control': 'no-store',
	'referrer-policy': 'same-origin'
};
