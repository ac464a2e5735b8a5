import { bareContentPolicy } from './security-headers.ts';

/*
 * Which content security policy a file of the program carries. SvelteKit gives pages theirs (svelte.config.js); files pass by
 * its hooks, and a worker takes its policy from its own script's answer, not from the page that started it. The service
 * worker keeps answers in its cache with their headers, so the same holds without network.
 */

/** The folder the build puts workers in, with the parts they load later. */
const workers = '/_app/immutable/workers/';

/**
 * Of the workers that hold keys, photos and camera pictures: they load their own program and compile WebAssembly (Argon2id,
 * the reader of codes), and reach no network, the registry included (SECURITY 0.11). What leaves them goes by a message
 * to the page. `worker-src` lets the vault start Argon2id in a worker of its own, whose name alone passes Trusted Types.
 */
export const workerContentPolicy = [
	"default-src 'none'",
	"script-src 'self' 'wasm-unsafe-eval'",
	"worker-src 'self'",
	"connect-src 'none'",
	"require-trusted-types-for 'script'",
	'trusted-types lampkeep'
].join('; ');

/** The service worker fetches files of the program and passes requests on to the registry; it compiles nothing. */
export const serviceWorkerContentPolicy = [
	"default-src 'none'",
	"script-src 'self'",
	"connect-src 'self'",
	"require-trusted-types-for 'script'",
	"trusted-types 'none'"
].join('; ');

/**
 * Beside the policy that stands in the prerendered shell: what a policy in a page cannot say (frames), and what must hold
 * before the page's own line is read. Its scripts are named by their hash there, so nothing is said of scripts here.
 */
export const shellContentPolicy = [
	"frame-ancestors 'none'",
	"base-uri 'none'",
	"object-src 'none'",
	"form-action 'self'",
	"require-trusted-types-for 'script'",
	'trusted-types svelte-trusted-html lampkeep'
].join('; ');

/** The address of the service worker, which is also where it is withdrawn. */
export const serviceWorkerPath = '/service-worker.js';

/** The one prerendered page, from which every screen of the app starts. */
const shellPath = '/app/shell';

/** Files of the build, which no hook sees: they can be read, and nothing else. */
export function isProgramFile(path: string): boolean {
	return path === shellPath || path === serviceWorkerPath || path.startsWith('/_app/');
}

/**
 * Headers of an answer by its path, before anybody knows what will answer; SvelteKit's pages replace the policy by their own.
 *
 * @param path of the request, without the query, as it came
 */
export function fileHeaders(path: string): Readonly<Record<string, string>> {
	if (path === serviceWorkerPath) {
		// A browser looks past its HTTP cache for this file by itself, an old proxy on the way might not.
		return { 'content-security-policy': serviceWorkerContentPolicy, 'cache-control': 'no-cache' };
	}
	if (path.startsWith(workers)) return { 'content-security-policy': workerContentPolicy };
	if (path === shellPath) return { 'content-security-policy': shellContentPolicy };
	return { 'content-security-policy': bareContentPolicy };
}
