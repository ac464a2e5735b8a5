import { join } from 'node:path';
import { build } from 'vite';

/** What the rig's browsers are served; ignored by git. */
export const pagesFolder = join(import.meta.dirname, 'out');

/** vitest's globalSetup for the rig: bundles its page and its worker as the product's build does. */
export async function setup(): Promise<void> {
	await build({
		configFile: false,
		root: join(import.meta.dirname, 'pages'),
		logLevel: 'error',
		worker: { format: 'es' },
		build: {
			target: 'chrome111',
			outDir: pagesFolder,
			emptyOutDir: true,
			chunkSizeWarningLimit: 5_000,
			rolldownOptions: { input: join(import.meta.dirname, 'pages', 'tablet.html') }
		}
	});
}
