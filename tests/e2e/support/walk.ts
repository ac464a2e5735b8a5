import { expect, type Page } from '@playwright/test';
import { locales, type Locale, type Message } from '#lib/messages/message.ts';
import { goTo } from './within.ts';

/* How the journeys that look at screens go from one to the next, in both languages. */

/** A message whose only placeholder is another message. */
export function filled(message: Message, part: Message): Message {
	return [message[0].replace(/\{\w+\}/, part[0]), message[1].replace(/\{\w+\}/, part[1])];
}

/** Follows a link to a screen of the open program, which then has this heading and this language. */
export async function go(page: Page, path: string, heading: Message, locale: Locale): Promise<void> {
	await goTo(page, path);
	await expect(page.getByRole('heading', { name: anyOf(heading[locale === 'en' ? 1 : 0]) }).first()).toBeVisible();
	await expect(page.locator('html')).toHaveAttribute('lang', locale);
}

/** A sentence of the messages, whatever stands in its placeholders. */
export function anyOf(sentence: string): RegExp {
	const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return new RegExp(
		sentence
			.split(/\{[^}]*\}/)
			.map(literal)
			.join('.*')
	);
}

/** Opens an address of the desk in English and then in Chinese, which stays. */
export async function inBothLanguages(
	page: Page,
	address: string,
	look: (locale: Locale) => Promise<void>
): Promise<void> {
	for (const locale of ['en', 'zh-CN'] as const) {
		await page.goto(address);
		if ((await page.locator('html').getAttribute('lang')) !== locale) {
			await page.locator(`button[name=to][value=${locale}]`).click();
			await expect(page.locator('html')).toHaveAttribute('lang', locale);
		}
		await look(locale);
	}
}

/**
 * Looks at the screen of the app that is open in both languages, as it stands: what was typed and what is wrong stay. Under a dialog the
 * menu is out of a person's reach, and the button in it is pressed all the same.
 */
export async function inBothHere(page: Page, look: (locale: Locale) => Promise<void>): Promise<void> {
	for (const locale of locales) {
		await look(locale);
		await page
			.locator('#person button[lang], header.bar > button[lang]')
			.evaluate((button: HTMLButtonElement) => button.click());
		await expect(page.locator('html')).not.toHaveAttribute('lang', locale);
	}
}
