import { join } from 'node:path';
import { build } from 'vite';

export const root = join(import.meta.dirname, '..');
/** Everything the bench writes; ignored by git. */
export const outFolder = join(import.meta.dirname, 'out');
export const pagesFolder = join(outFolder, 'pages');

/** Bundles the pages that drive the product's own client code, as the product's build does: same target, same workers. */
export async function buildPages(): Promise<void> {
	await build({
		configFile: false,
		root: join(import.meta.dirname, 'pages'),
		base: '/bench/',
		logLevel: 'error',
		// RxDB and PouchDB look for what Node calls `global`.
		define: { global: 'globalThis' },
		worker: { format: 'es' },
		build: {
			target: 'chrome111',
			outDir: pagesFolder,
			emptyOutDir: true,
			chunkSizeWarningLimit: 5_000,
			rolldownOptions: {
				input: Object.fromEntries(
					['tablet', 'sync', 'pouchdb', 'rxdb', 'hold'].map((name) => [
						name,
						join(import.meta.dirname, 'pages', `${name}.html`)
					])
				)
			}
		}
	});
}
