import type { Page } from '@playwright/test';

/**
 * Turns the clock of a page and of its workers ahead by whole days, before anything of it is opened. Timers go on as they
 * are. A worker's clock is turned as soon as it runs; nothing that matters is written before somebody unlocks.
 */
export async function turnClock(page: Page, days: number): Promise<void> {
	const ahead = days * 86_400_000;
	await page.addInitScript(shiftDate, ahead);
	page.on('worker', (worker) => {
		// One that has ended meanwhile tells no time any more.
		worker.evaluate(shiftDate, ahead).catch(() => undefined);
	});
}

/** Runs in the page or worker. */
function shiftDate(ahead: number): void {
	const Real = globalThis.Date;
	globalThis.Date = new Proxy(Real, {
		construct: (date, given: unknown[], made) => {
			const values = given.length === 0 ? [Real.now() + ahead] : given;
			return Reflect.construct(date, values, made) as object;
		},
		get: (date, name) => (name === 'now' ? () => Real.now() + ahead : (Reflect.get(date, name) as unknown))
	});
}
