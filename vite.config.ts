import { sveltekit } from '@sveltejs/kit/vite';
import { SvelteKitPWA } from '@vite-pwa/sveltekit';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

const root = process.getuid?.() === 0;
const chromium = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

export default defineConfig({
	plugins: [
		sveltekit(),
		SvelteKitPWA({
			// Our own worker: it answers only /app/ navigations from the shell and caches nothing but the program itself.
			strategies: 'injectManifest',
			srcDir: 'src',
			filename: 'service-worker.ts',
			injectRegister: false,
			manifest: false,
			injectManifest: {
				globPatterns: ['client/**/*.{js,css,svg,png,webmanifest,json,wasm}', 'prerendered/pages/app/*.html'],
				// A tablet has no desk.
				globIgnores: ['**/portraits/**', 'client/service-worker.js', 'client/desk/**'],
				maximumFileSizeToCacheInBytes: 3_000_000
			},
			kit: { includeVersionFile: false }
		})
	],
	build: { target: 'chrome111' },
	worker: { format: 'es' },
	// Found only behind workers: bundled late, they would reload a page in the middle of a test.
	optimizeDeps: { include: ['dexie', 'comlink', 'hash-wasm', 'pinyin-pro', 'zod', 'zxing-wasm/reader'] },
	test: {
		// Vitest leaves one core alone; PostgreSQL and the browser wait for it most of the time.
		maxWorkers: '100%',
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					environment: 'node',
					// Not a measure of speed: on a busy machine the compiler and the linter, which some tests call, take their time.
					testTimeout: 60_000,
					include: ['src/**/*.test.ts', 'tests/**/*.test.ts', 'scripts/**/*.test.ts'],
					exclude: ['**/*.db.test.ts', '**/*.svelte.test.ts', '**/*.browser.test.ts', 'tests/e2e/**']
				}
			},
			{
				extends: true,
				test: {
					name: 'db',
					environment: 'node',
					include: ['src/**/*.db.test.ts', 'tests/**/*.db.test.ts'],
					globalSetup: ['tests/support/database.ts'],
					hookTimeout: 60_000,
					testTimeout: 60_000
				}
			},
			{
				extends: true,
				test: {
					// The tablet and the registry broken on purpose (docs/reliability.md). Alone, and after everything else.
					name: 'rig',
					environment: 'node',
					include: ['tests/rig/**/*.rig.ts'],
					globalSetup: ['tests/rig/build-pages.ts'],
					maxWorkers: 1,
					sequence: { groupOrder: 1 }
				}
			},
			{
				extends: true,
				test: {
					name: 'browser',
					include: ['src/**/*.svelte.test.ts', 'src/**/*.browser.test.ts', 'tests/**/*.browser.test.ts'],
					testTimeout: 60_000,
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						provider: playwright({
							launchOptions: {
								executablePath: chromium,
								args: ['--disable-background-networking', '--no-first-run', ...(root ? ['--no-sandbox'] : [])]
							}
						}),
						instances: [{ browser: 'chromium' }]
					}
				}
			}
		]
	}
});
