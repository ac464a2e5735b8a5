import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { portraitSvg } from '#lib/demo/portrait.ts';
import { enrolCode, foundHouse, signIn } from './support/desk.ts';
import { beginIntake, choose, date, line, next, notKnown, savedHere } from './support/intake.ts';
import { TestRegistry } from './support/registry.ts';
import { TestTablet } from './support/tablet.ts';
import { expect, test } from './support/test.ts';

/*
 * The main job, end to end: a child recorded on a tablet without signal reaches the registry and the public notice, and a
 * parent finds it. The registry is killed before the child is recorded; the tablet is killed in the middle of it.
 */
test('a child recorded without signal reaches the registry, the notice and a parent', async ({ browser }, info) => {
	test.setTimeout(420_000);
	const registry = await TestRegistry.start();
	const tablet = await TestTablet.start();
	try {
		await foundHouse(registry);
		const supervisor = await signIn(browser, registry.origin, 'chen');
		const code = await enrolCode(supervisor, '李秀兰');

		await test.step('the tablet is enrolled once, and the program stays on it', async () => {
			const page = await tablet.enrol(registry.origin, code);
			await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
			await expect(page.getByText('已同步')).toBeVisible();
			await page.close();
		});

		await registry.kill();

		let address = '';
		await test.step('with the registry dead a deep link starts cold, and a child is begun', async () => {
			const page = await tablet.open(`${registry.origin}/app/children`);
			await expect(page.getByRole('heading', { level: 1, name: '儿童' })).toBeVisible();
			address = await beginIntake(page);
			await line(page, 'caseNumber', 'YL-2026-0117');
			await date(page, 'handoverDate', '2026-03-24');
			await line(page, 'noticeNumber', '云公临照〔2026〕17号');
			await savedHere(page);
		});

		await tablet.kill();
		await tablet.up();

		await test.step('killed in the middle of a step, it goes on where it was', async () => {
			const page = await tablet.open(`${address}/reception`);
			await expect(page.getByText('接着写')).toBeVisible();
			await expect(page.locator('#field-noticeNumber')).toHaveValue('云公临照〔2026〕17号');
			await expect(page.locator('#field-handoverDate-month')).toHaveValue('3');
			await date(page, 'noticeDate', '2026-03-24');
			await line(page, 'issuingBureau', '云岭县公安局');
			await choose(page, 'admissionBasis', '打拐解救');
			await next(page, '孩子是谁，从哪里来');

			await line(page, 'nameAssigned', '小虎');
			await choose(page, 'sex', '男');
			await page.getByRole('group', { name: '出生日期' }).getByLabel('年', { exact: true }).first().fill('2022');
			await page.locator('#field-birth-month').fill('5');
			await page.locator('#field-birth-day').fill('1');
			await notKnown(page, '被拐地点');
			await page.getByRole('link', { name: '身体特征' }).click();
			await expect(page.getByRole('heading', { level: 1, name: '身体和健康' })).toBeVisible();
			await line(page, 'height', '96');
			await line(page, 'features', '左耳后有月牙形疤痕');
			await next(page, '随身带的和身上穿的');
			await line(page, 'clothing', '红色棉袄，黑色条绒裤');
			await line(page, 'belongingsSummary', '蓝色塑料小汽车');
			await next(page, '孩子说过的话');
			await line(page, 'ownAccount', '家里有一头黑牛，门口是大河。');
			await next(page, 'DNA 样本');
			await page.locator('#sample-step').selectOption('collected');
			await page.getByRole('region', { name: '样本' }).getByRole('button', { name: '保存' }).click();
			await expect(page.getByRole('listitem').filter({ hasText: '已采样' })).toBeVisible();
			await page.getByRole('link', { name: '照片' }).click();
			await page
				.locator('input[type=file]')
				.setInputFiles({ name: 'front.jpg', mimeType: 'image/jpeg', buffer: await drawnPhoto() });
			await page.getByRole('button', { name: '就用这张' }).click();
			await expect(page.getByText('可用')).toBeVisible();
		});

		await test.step('it is submitted and found by pinyin, and nothing claims to be on the registry', async () => {
			const page = await tablet.open(`${address}/review`);
			await page.getByRole('button', { name: '提交登记' }).click();
			// Asked for what nobody answered, each with a link; "not known" is an answer.
			await expect(page.getByRole('alert')).toContainText('解救时间');
			await page.getByRole('alert').getByRole('link').first().click();
			await notKnown(page, '解救时间');
			await page.getByRole('link', { name: '核对并提交' }).click();
			await page.getByRole('button', { name: '提交登记' }).click();
			await expect(page.getByRole('heading', { level: 1, name: /小虎/ })).toBeVisible();
			await expect(page.getByRole('listitem').filter({ hasText: '提交登记' })).toContainText('已存本机，待发');

			await page.goto(`${registry.origin}/app/sync`);
			await tablet.unlock(page);
			await expect(page.getByText('待发').first()).toBeVisible();
			await expect(page.getByText('登记处已收到')).toHaveCount(0);
			await page.getByRole('link', { name: '儿童', exact: true }).click();
			await page.getByLabel('找孩子').fill('xh');
			await expect(page.getByRole('link', { name: /小虎/ })).toHaveCount(1);
			await page.getByRole('link', { name: /小虎/ }).click();
			await expect(page.getByText('2027-03-24', { exact: true })).toBeVisible();
			await expect(page.getByText('还剩', { exact: true }).first()).toBeVisible();
			await page.close();
		});

		await registry.up();

		await test.step('the network returns: every item has its receipt', async () => {
			const page = await tablet.open(`${registry.origin}/app/sync`);
			await expect(page.getByText('都送到了')).toBeVisible({ timeout: 60_000 });
			const delivered = page.getByText(/登记处已收到 .* · 回执 [0-9A-F]{8}/);
			await expect(delivered.first()).toBeVisible();
			await expect(page.getByText('待发', { exact: true })).toHaveCount(0);
			await expect(page.getByText('没有接收')).toHaveCount(0);
			await page.close();
		});

		let number = '';
		await test.step('one supervisor drafts with a preview, another approves', async () => {
			await openNotice(supervisor, registry.origin);
			await supervisor.locator('#name').fill('小虎');
			await supervisor.locator('#ownAccount').fill('');
			await supervisor.locator('#belongings').fill('');
			await supervisor.locator('#clothing').fill('');
			await supervisor.locator('#features').fill('左耳后有月牙形疤痕');
			await supervisor.locator('#regionCode').fill('513400');
			await supervisor.locator('#contactPhone').fill('0885-5550117');
			await supervisor.getByRole('checkbox', { name: /正面/ }).check();
			await supervisor.getByRole('button', { name: '保存草稿' }).click();
			await expect(supervisor.getByText('草稿由 陈国华')).toBeVisible();
			await expect(supervisor.getByRole('button', { name: '核准并公开' })).toHaveCount(0);

			const second = await signIn(browser, registry.origin, 'he');
			await openNotice(second, registry.origin);
			await expect(second.getByText('家里有一头黑牛').first()).toBeVisible();
			await second.getByRole('button', { name: '核准并公开' }).click();
			await expect(second.getByText(/编号 LK-/)).toBeVisible();
			number = /LK-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await second.locator('main').innerText())?.[0] ?? '';
			expect(number).toMatch(/^LK-/);
		});

		await test.step('a parent on an old phone without JavaScript finds the child and rings', async () => {
			const phone = await browser.newContext({
				javaScriptEnabled: false,
				viewport: { width: 390, height: 844 },
				locale: 'zh-CN'
			});
			const page = await phone.newPage();
			await expect(async () => {
				await page.goto(`${registry.origin}/?q=${encodeURIComponent('月牙 疤')}&sex=1`);
				await expect(page.getByRole('link', { name: /小虎/ })).toHaveCount(1);
			}).toPass({ timeout: 60_000 });
			await page.getByRole('link', { name: /小虎/ }).click();
			await expect(page).toHaveURL(`${registry.origin}/notice/${number}`);
			await expect(page.getByRole('link', { name: /0885-5550117/ })).toHaveAttribute('href', 'tel:08855550117');
			const whole = await page.content();
			for (const withheld of ['黑牛', '棉袄', '小汽车', 'YL-2026-0117', '2026-03-24', '公安局'])
				expect(whole).not.toContain(withheld);
			expect(await page.locator('script').count()).toBe(0);
			await page.getByRole('link', { name: '打印海报' }).click();
			await expect(page.getByText('帮他找家').or(page.getByRole('heading', { level: 1 }))).toBeVisible();
			await page.goto(`${registry.origin}/en/notice/${number}`);
			await expect(page.locator('html')).toHaveAttribute('lang', 'en');
			await phone.close();
		});

		await test.step('taken down, everything of it is gone within a minute', async () => {
			const api = await browser.newContext();
			const notice = await (await api.request.get(`${registry.origin}/notice/${number}`)).text();
			const photos = [...new Set(notice.match(/\/photo\/[A-Za-z0-9_-]+[^"'\s]*/g) ?? [])];
			expect(photos.length).toBeGreaterThan(0);
			for (const photo of photos) expect((await api.request.get(registry.origin + photo)).status()).toBe(200);

			await openNotice(supervisor, registry.origin);
			await supervisor.locator('#reason').selectOption({ index: 1 });
			await supervisor.getByRole('button', { name: '撤下公告' }).click();
			await expect(supervisor.getByText('已撤下').first()).toBeVisible();
			await expect(async () => {
				expect((await api.request.get(`${registry.origin}/notice/${number}`)).status()).toBe(410);
				expect((await api.request.get(`${registry.origin}/en/notice/${number}/poster`)).status()).toBe(410);
				for (const photo of photos)
					expect([404, 410]).toContain((await api.request.get(registry.origin + photo)).status());
				expect(
					await (await api.request.get(`${registry.origin}/?q=${encodeURIComponent('月牙 疤')}`)).text()
				).not.toContain('小虎');
			}).toPass({ timeout: 60_000 });
		});
	} catch (error) {
		await tablet.pictures(info.outputDir);
		throw error;
	} finally {
		await tablet.close();
		await registry.close();
	}
});

async function openNotice(desk: Page, origin: string): Promise<void> {
	await desk.goto(`${origin}/desk`);
	await desk.getByRole('link', { name: '小虎' }).click();
	await desk.getByRole('link', { name: /公告/ }).first().click();
	await expect(desk.getByRole('heading', { level: 1, name: '寻亲公告' })).toBeVisible();
}

/** A drawn portrait as a camera would give it. */
async function drawnPhoto(): Promise<Buffer> {
	const svg = portraitSvg(7, { view: 'front', ageYears: 4, sex: '1' });
	return sharp(Buffer.from(svg)).resize(1200, 1500).jpeg({ quality: 90 }).toBuffer();
}
