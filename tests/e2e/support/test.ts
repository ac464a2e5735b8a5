import { expect, test as base, type Browser, type BrowserContextOptions } from '@playwright/test';
import { PolicyWatch, watchPolicies } from './policy-watch.ts';

/*
 * The `test` of every journey: whatever else it judges, at its end no page and no worker has run against its content
 * security policy or Trusted Types. tests/journeys.test.ts sees to it that no journey goes without.
 */
export const test = base.extend<{ policyWatch: PolicyWatch; violationsWanted: boolean }>({
	/** For the test that attacks: it judges the violations itself. */
	violationsWanted: [false, { option: true }],
	policyWatch: [
		async ({ browser, violationsWanted }, use) => {
			const watch = new PolicyWatch();
			watchPolicies(watch);
			const restore = watchNewContexts(browser, watch);
			try {
				await use(watch);
			} finally {
				restore();
				watchPolicies(undefined);
			}
			if (!violationsWanted) expect(watch.violations, 'what the policies had to forbid').toEqual([]);
		},
		{ auto: true }
	]
});

export { expect };

/** Contexts are opened by the journeys themselves, one for each person. */
function watchNewContexts(browser: Browser, watch: PolicyWatch): () => void {
	const newContext = browser.newContext.bind(browser);
	browser.newContext = async (options?: BrowserContextOptions) => {
		const context = await newContext(options);
		await watch.over(context);
		return context;
	};
	return () => {
		browser.newContext = newContext;
	};
}
