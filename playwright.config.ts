import { defineConfig } from '@playwright/test';

/*
 * The journeys through the built product in a real browser. The browser is the one scripts/setup.mjs found; the servers
 * are started and killed by the tests themselves (tests/e2e/support/registry.ts), because killing them is what is tested.
 */
export default defineConfig({
	testDir: 'tests/e2e',
	testMatch: '**/*.e2e.ts',
	timeout: 180_000,
	expect: { timeout: 15_000 },
	// Some journeys look whether something happens within a second: not more of them at a time than a small machine has cores.
	workers: 2,
	forbidOnly: Boolean(process.env['CI']),
	retries: 0,
	reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ? [['list'], ['json']] : [['list']],
	use: {
		viewport: { width: 1280, height: 800 },
		locale: 'zh-CN',
		timezoneId: 'Asia/Shanghai',
		trace: 'retain-on-failure',
		actionTimeout: 20_000,
		launchOptions: {
			executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
			args: ['--disable-background-networking', '--no-first-run', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
		}
	}
});
