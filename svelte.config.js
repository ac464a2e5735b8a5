import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { programVersion } from './scripts/program-version.mjs';

/** @type {import('@sveltejs/kit').Config} */
const config = {
	preprocess: vitePreprocess(),
	kit: {
		adapter: adapter({ out: 'build', precompress: true }),
		// The shell is prerendered once and answers every /app/... address: relative asset addresses would break there.
		paths: { relative: false },
		serviceWorker: { register: false },
		// Not the hour of the build: the same sources are the same program.
		version: { name: programVersion(import.meta.dirname), pollInterval: 0 },
		csp: {
			mode: 'auto',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				// SvelteKit's route announcer carries one inline style attribute; its hash, not 'unsafe-inline'.
				'style-src': ['self', 'unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
				'img-src': ['self', 'blob:', 'data:'],
				'connect-src': ['self'],
				'worker-src': ['self'],
				'object-src': ['none'],
				'base-uri': ['none'],
				'form-action': ['self'],
				'frame-ancestors': ['none'],
				// Svelte's templates and the addresses of our own workers (client/trusted.ts) are all that may become code.
				'require-trusted-types-for': ['script'],
				'trusted-types': ['svelte-trusted-html', 'lampkeep']
			}
		}
	}
};

export default config;
