import type { Page } from '@playwright/test';
import { enrolCode, foundHouse, signIn } from './support/desk.ts';
import { beginIntake, line, savedHere } from './support/intake.ts';
import { TestRegistry } from './support/registry.ts';
import { TestTablet } from './support/tablet.ts';
import { expect, test } from './support/test.ts';

const planted = ['种下的案号-x7q', '种下的经手人-x7q'];

/** Everything an onlooker or the page's own text could tell, the title and what was typed included. */
function told(page: Page): Promise<string> {
	return page.evaluate(() =>
		[
			document.title,
			document.documentElement.outerHTML,
			...Array.from(document.querySelectorAll<HTMLInputElement>('input, textarea'), ({ value }) => value)
		].join('\n')
	);
}

test('one touch, or a key, empties the screen and drops the keys within a second; nothing written is lost', async ({
	browser
}) => {
	test.setTimeout(240_000);
	const registry = await TestRegistry.start();
	const tablet = await TestTablet.start();
	try {
		await foundHouse(registry);
		const supervisor = await signIn(browser, registry.origin, 'chen');
		await (await tablet.enrol(registry.origin, await enrolCode(supervisor, '李秀兰'))).close();
		const page = await tablet.open(`${registry.origin}/app/children`);
		await beginIntake(page);
		await line(page, 'caseNumber', planted[0] ?? '');
		await line(page, 'handedOverBy', planted[1] ?? '');
		await savedHere(page);
		expect(await told(page)).toContain(planted[0]);

		for (const panic of [
			() => page.getByRole('button', { name: '立即锁定' }).click(),
			() => page.keyboard.press('Alt+Shift+KeyL')
		]) {
			await panic();
			await expect(page.getByRole('heading', { level: 1, name: '打开' })).toBeVisible({ timeout: 1_000 });
			const words = await told(page);
			expect(planted.filter((word) => words.includes(word))).toEqual([]);
			await tablet.unlock(page);
			await expect(page.locator('#field-caseNumber')).toHaveValue(planted[0] ?? '');
		}
	} finally {
		await tablet.close();
		await registry.close();
	}
});

test('a badge made on the tablet opens it, with the PIN, typed from the card', async ({ browser }) => {
	test.setTimeout(240_000);
	const registry = await TestRegistry.start();
	const tablet = await TestTablet.start();
	try {
		await foundHouse(registry);
		const supervisor = await signIn(browser, registry.origin, 'chen');
		const page = await tablet.enrol(registry.origin, await enrolCode(supervisor, '李秀兰'));
		await page.getByRole('navigation').getByRole('link', { name: '设置' }).click();
		await page.getByRole('main').getByRole('link', { name: '我的打开方式' }).click();
		await page.getByRole('button', { name: '做一张工牌' }).click();
		await page.locator('#confirm-pin').fill('274916');
		const signs = (await page.locator('.signs').innerText()).replace(/\s/g, '');
		expect(signs).toHaveLength(27);
		await page.getByRole('button', { name: '打印好了' }).click();
		expect(await told(page)).not.toContain(signs.slice(0, 4));

		await page.getByRole('button', { name: '立即锁定' }).click();
		await page.locator('#badge').fill(signs);
		await page.locator('#badge-pin').fill('274916');
		await expect(page.getByRole('heading', { level: 1, name: '我的打开方式' })).toBeVisible();
	} finally {
		await tablet.close();
		await registry.close();
	}
});
