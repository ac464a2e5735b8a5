import { expect, test, type Browser } from '@playwright/test';
import { topicsOf } from '#lib/domain/claim/statement.ts';
import { claimBoxes, claimWords } from '#lib/messages/claim.ts';
import { locales, translator, type Locale } from '#lib/messages/message.ts';
import { drawnPhoto } from './support/photo.ts';
import { Watch } from './support/watch.ts';
const published='阿强'; const names=['阿强'];
test('claim', async ({ browser }, info) => {
	test.setTimeout(900_000);
	const origin='http://localhost:48731';
	const watch = new Watch(origin, info.outputPath('screens'));
	const ctx = await browser.newContext(); const p = await ctx.newPage(); await p.goto(origin + '/');
	const number = (await p.locator('a.kid').first().getAttribute('href'))!.split('/').pop()!;
	await ctx.close();
	for (const locale of locales) await lookAtClaim(browser, watch, origin, number, locale);
	for (const locale of locales) for (const [name, path, query] of [['claim','/claim',{notice:number}],['claim-large','/claim',{notice:number,type:'large'}],['report','/report',{}],['claim-back','/claim/back',{}],['notice','/notice/'+number,{}],['home','/',{}]] as const) {
		const c = await browser.newContext(); watch.over(c); const q = await c.newPage(); await q.goto(origin + addressIn(locale, path, query));
		await watch.look(q, name+locale, { untold: [], narrowest: true }); await c.close();
	}
	expect(watch.foreign).toEqual([]); expect(watch.errors).toEqual([]);
});
function addressIn(locale: Locale, path: string, query: Readonly<Record<string, string>>): string {
	const prefixed = locale === 'en' ? `/en${path === '/' ? '' : path}` : path;
	return Object.keys(query).length === 0 ? prefixed : `${prefixed}?${new URLSearchParams(query).toString()}`;
}

/** A family claims, without a script: every page it sees, with what is wrong and with what is right. */
async function lookAtClaim(
	browser: Browser,
	watch: Watch,
	origin: string,
	number: string,
	locale: Locale
): Promise<void> {
	const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
	watch.over(context);
	const page = await context.newPage();
	const t = translator(locale);
	const at = (path: string) => origin + addressIn(locale, path, {});
	const told = '杨秀英';
	const look = async (name: string) => {
		expect.soft(await page.locator('script').count(), `${name}: scripts`).toBe(0);
		await watch.look(page, `claim-${name}.${locale}`, { untold: [...names, told, number], narrowest: true });
	};
	const go = (value = 'next') => page.locator(`main form .btn:not(.vh)[name=go][value=${value}]`).click();
	for (const topic of topicsOf('claim')) watch.expectFailure(at(`/claim/tell/${topic}`));
	for (const path of ['/claim/check', '/claim/back']) watch.expectFailure(at(path));

	await page.goto(at(`/notice/${number}`));
	await page.getByRole('link', { name: t(claimWords.fromNotice) }).click();
	await page.getByRole('button', { name: t(claimWords.begin) }).click();
	await look('child');
	await page.locator('#milk').fill(published);
	await go();
	await page.locator('#dateMonth').fill('2');
	await go();
	await expect(page.locator('[aria-invalid=true]')).toHaveCount(1);
	await look('loss-wrong');
	await page.locator('#dateYear').fill('2023');
	await go('save');
	await look('save');
	const [ticket = '', secret = ''] = await page.locator('.key dd').allInnerTexts();
	await page.getByRole('button', { name: t(claimWords.leave) }).click();
	await page.locator('#ticket').fill(ticket);
	await page.locator('#secret').fill('1234');
	await page.getByRole('button', { name: t(claimWords.backOpen) }).click();
	await look('back-wrong');
	await page.locator('#secret').fill(secret);
	await page.getByRole('button', { name: t(claimWords.backOpen) }).click();
	await expect(page).toHaveURL(at('/claim/tell/looks'));
	await page.locator('#mark0Words').fill('右眉上有一颗痣');
	await page.getByRole('button', { name: t(claimBoxes.moreMarks) }).click();
	await look('looks');
	await go();
	await look('family');
	await go();
	await page.locator('#photo').setInputFiles({ name: 'one.jpg', mimeType: 'image/jpeg', buffer: await drawnPhoto() });
	await page.getByRole('button', { name: t(claimBoxes.paperSend) }).click();
	await expect(page.locator('.papers img')).toHaveCount(1);
	await look('papers');
	await go();
	await page.locator('#name').fill(told);
	await page.locator('#phone').fill('13800000000');
	await page.locator('#identityNumber').fill('110105194912310021');
	await go();
	await look('you-wrong');
	await page.locator('#identityNumber').fill('11010519491231002X');
	await go();
	await look('check');
	await go('send');
	await look('check-wrong');
	await page.locator('#true').check();
	await go('send');
	await look('sent');
	await page.goto(at('/claim/follow'));
	await look('follow');
	await page.goto(at('/claim/withdraw'));
	await look('withdraw');
	await page.getByRole('button', { name: t(claimWords.withdrawYes) }).click();
	await look('withdrawn');
	await context.close();
}

