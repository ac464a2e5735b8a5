import { expect, type Page } from '@playwright/test';

/* What a care worker does in the intake, by the ids and words the screens have. */

/** Starts a new child from the list of children; answers the address of the intake without its step. */
export async function beginIntake(page: Page): Promise<string> {
	await page.getByRole('link', { name: '登记新入院儿童' }).first().click();
	await page.getByRole('button', { name: '登记新入院儿童' }).click();
	await expect(page.getByRole('heading', { level: 1, name: '孩子是怎么来的' })).toBeVisible();
	return page.url().replace(/\/[a-z]+$/, '');
}

/** Types into the field's box, or its first box. */
export async function line(page: Page, key: string, text: string): Promise<void> {
	await page.locator(`#field-${key}`).fill(text);
}

/** @param text 'YYYY-MM-DD' */
export async function date(page: Page, key: string, text: string): Promise<void> {
	const [year = '', month = '', day = ''] = text.split('-');
	await page.locator(`#field-${key}`).fill(year);
	await page.locator(`#field-${key}-month`).fill(String(Number(month)));
	await page.locator(`#field-${key}-day`).fill(String(Number(day)));
}

export async function choose(page: Page, key: string, option: string): Promise<void> {
	await page.locator(`#field-${key}`).getByRole('radio', { name: option, exact: true }).check();
}

export async function notKnown(page: Page, field: string): Promise<void> {
	await page.getByRole('button', { name: new RegExp(`不知道.*${field}`) }).click();
}

/** On to the next step, whose heading is given. */
export async function next(page: Page, title: string): Promise<void> {
	await page.getByRole('link', { name: '继续', exact: true }).click();
	await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
}

/** What was typed is on the disk of this tablet. */
export async function savedHere(page: Page): Promise<void> {
	await expect(page.getByRole('status').filter({ hasText: '已存本机' })).toBeVisible();
}
