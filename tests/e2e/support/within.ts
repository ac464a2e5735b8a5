import { expect, type Page } from '@playwright/test';

/**
 * Follows a link within the open program, by keyboard: a page that is loaded anew is locked. A key also tells the idle lock that
 * somebody is there.
 */
export async function goTo(page: Page, path: string): Promise<void> {
	await page.evaluate((href) => {
		const link = document.createElement('a');
		link.href = href;
		link.textContent = href;
		link.addEventListener('click', () => setTimeout(() => link.remove()));
		document.querySelector('main')?.append(link);
		link.focus();
	}, path);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(new RegExp(`${path.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`));
}
