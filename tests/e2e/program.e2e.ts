import type { Page } from '@playwright/test';
import { enrolCode, foundHouse, signIn } from './support/desk.ts';
import { beginIntake, line, savedHere } from './support/intake.ts';
import { TestRegistry } from './support/registry.ts';
import { TestTablet } from './support/tablet.ts';
import { expect, test } from './support/test.ts';

/* The program on a tablet: which one it is, two pages of it, and how it is taken away (SECURITY.md T14, R11). */

test('two pages share one sender, a crash hands it over, and an operator withdraws the program without losing a word', async ({
	browser
}, info) => {
	test.setTimeout(300_000);
	const registry = await TestRegistry.start();
	const tablet = await TestTablet.start();
	try {
		await foundHouse(registry);
		const desk = await signIn(browser, registry.origin, 'chen');
		const page = await tablet.enrol(registry.origin, await enrolCode(desk, '李秀兰'));
		await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));

		await test.step('the settings name the program as the registry does', async () => {
			await page.getByRole('link', { name: '设置' }).first().click();
			const shown = page.locator('[data-program]');
			await expect(shown).toBeVisible();
			const { hash } = await registry.command<{ hash: string }>(['program']);
			expect(await shown.getAttribute('data-program')).toBe(hash);
			await expect(shown).toContainText((hash.slice(0, 16).match(/.{4}/g) ?? []).join(' '));
		});

		const second = await tablet.open(`${registry.origin}/app/children`);
		await test.step('of two pages one sends; when it crashes the other does within a second, its form untouched', async () => {
			await beginIntake(second);
			await line(second, 'noticeNumber', '云公临照〔2026〕17号');
			expect(await senders(second)).toEqual({ held: 1, waiting: 1 });
			const devtools = await tablet.context.newCDPSession(page);
			const crashed = page.waitForEvent('crash');
			// It never answers: there is nobody left to.
			devtools.send('Page.crash').catch(() => undefined);
			await crashed;
			const before = performance.now();
			await expect.poll(() => senders(second), { intervals: [20], timeout: 5_000 }).toEqual({ held: 1, waiting: 0 });
			expect(performance.now() - before, 'milliseconds').toBeLessThan(1_000);
			await expect(second.locator('#field-noticeNumber')).toHaveValue('云公临照〔2026〕17号');
			await savedHere(second);
		});

		await test.step('withdrawn, the program goes from the tablet; the form and the records stay', async () => {
			await registry.down();
			await registry.up(0, { WITHDRAW_PROGRAM: '1' });
			const third = await tablet.page();
			await third.goto(`${registry.origin}/app`);
			await expect.poll(() => kept(third), { timeout: 30_000 }).toEqual([]);
			// The open page was neither closed nor loaded anew.
			await expect(second.locator('#field-noticeNumber')).toHaveValue('云公临照〔2026〕17号');
			await second.close();
			await third.close();
			const again = await tablet.open(`${registry.origin}/app/intake`);
			await expect(again.getByText('接着写').first()).toBeVisible();
			await again.close();
		});

		await test.step('given back, it works without network again', async () => {
			await registry.down();
			await registry.up();
			const back = await tablet.open(`${registry.origin}/app`);
			await expect.poll(() => kept(back), { timeout: 30_000 }).not.toEqual([]);
			await back.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
			await registry.kill();
			const cold = await tablet.open(`${registry.origin}/app/children`);
			await expect(cold.getByRole('heading', { level: 1, name: '儿童' })).toBeVisible();
		});
	} catch (error) {
		await tablet.pictures(info.outputDir);
		throw error;
	} finally {
		await tablet.close();
		await registry.close();
	}
});

/** How many of this tablet's pages hold the lock of sending, and how many stand in line. */
function senders(page: Page): Promise<{ held: number; waiting: number }> {
	return page.evaluate(async () => {
		const { held = [], pending = [] } = await navigator.locks.query();
		const sending = (locks: readonly LockInfo[]) => locks.filter(({ name }) => name === 'lampkeep-sync').length;
		return { held: sending(held), waiting: sending(pending) };
	});
}

/** Files of the program in the tablet's cache. */
function kept(page: Page): Promise<string[]> {
	return page.evaluate(async () => {
		const open = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
		return (await Promise.all(open.map((cache) => cache.keys()))).flat().map(({ url }) => url);
	});
}
