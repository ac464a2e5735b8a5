import { writeFile } from 'node:fs/promises';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { enrolCode, foundHouse, openNotice, signIn } from './support/desk.ts';
import { dayAhead, dayAfter } from './support/days.ts';
import { drawnPhoto } from './support/photo.ts';
import { TestRegistry } from './support/registry.ts';
import { TestTablet } from './support/tablet.ts';

/*
 * A year and more of one child, in the browsers of those who act: the day before the twelve months end a mother claims the
 * child from a telephone; it is the wrong child, DNA says; the certificate comes, two houses review, the child is adopted;
 * then the true parents appear. The registry's own clock is turned ahead between the acts.
 */
const name = '小满';
const police = '云岭县公安局';
const house = '云岭县儿童福利院';

test('a child is claimed on day 364, certified after it, adopted, and found by its parents', async ({
	browser
}, info) => {
	test.setTimeout(600_000);
	const registry = await TestRegistry.start();
	const tablet = await TestTablet.start();
	try {
		await foundHouse(registry);
		await foundOffices(registry);
		// The last day is tomorrow: the year began on the same day of the month, a year ago.
		const handover = dayAfter(dayAhead(1), -365);
		const file = info.outputPath('child.csv');
		await writeFile(file, spreadsheet(handover));
		await registry.command(['import', file, '--as', 'chen']);
		let desks = await openDesks(browser, registry.origin);
		const child = await childAddress(desks.supervisor, registry.origin);
		let number = '';

		await test.step('the papers of the first months are filed at the desk', async () => {
			for (const [code, date, issuer] of [
				['DOC-A', handover, police],
				['DOC-B', dayAfter(handover, 20), police],
				['DOC-D', dayAfter(handover, 40), house],
				['DOC-E', dayAfter(handover, 90), police]
			] as const) {
				await filePaper(desks.supervisor, child, code, date, issuer);
			}
		});

		const page = await test.step('the tablet has the child, and its sample is in the database', async () => {
			const page = await tablet.enrol(registry.origin, await enrolCode(desks.supervisor, '李秀兰'));
			await expect(page.getByText('已同步')).toBeVisible();
			await page.goto(`${registry.origin}/app/children`);
			await tablet.unlock(page);
			await page.getByRole('link', { name }).click();
			await expect(page.getByRole('heading', { level: 1, name: new RegExp(name) })).toBeVisible();
			const path = new URL(page.url()).pathname;
			await page.getByRole('link', { name: '照片' }).click();
			await page.getByRole('link', { name: '加照片' }).click();
			await page.getByRole('button', { name: '正面' }).click();
			await page
				.locator('input[type=file]')
				.setInputFiles({ name: 'front.jpg', mimeType: 'image/jpeg', buffer: await drawnPhoto() });
			await page.getByRole('button', { name: '就用这张' }).click();
			await expect(page).toHaveURL(`${registry.origin}${path}/photos`);
			await page.goto(`${registry.origin}${path}/record/sample`);
			await tablet.unlock(page);
			await page.locator('#sample-step').selectOption('in_database');
			await page.getByRole('button', { name: '保存' }).click();
			await expect(page.getByRole('listitem').filter({ hasText: '已入' })).toBeVisible();
			await page.goto(`${registry.origin}/app/sync`);
			await tablet.unlock(page);
			await expect(page.getByText('都送到了')).toBeVisible({ timeout: 60_000 });
			await page.goto(`${registry.origin}${path}`);
			return page;
		});

		await test.step('a notice by two', async () => {
			number = await publish(desks, registry.origin);
		});

		const mother = await test.step('day 364: a mother claims the child from a telephone without a script', () =>
			claimFromPhone(browser, registry.origin, number, '杨秀英', '13800000001'));
		console.log('ok', mother.ticket, page.url());
	} catch (error) {
		await tablet.pictures(info.outputDir);
		throw error;
	} finally {
		await tablet.close();
		await registry.close();
	}
});

/** One girl as an older program wrote her down. */
function spreadsheet(handover: string): string {
	return `儿童编号,姓名,性别,接收日期,出生日期,身高,体貌特征,接收时着装,随身物品,孩子自述
YL-2025-0031,${name},女,${handover},2022-05-01,96,右眉上有一颗痣,黄色毛衣,一枚木头纽扣,门口有一棵柿子树
`;
}

const password = 'a long desk password';

/** The registry's office and the police, beside the house. */
async function foundOffices(registry: TestRegistry): Promise<void> {
	for (const [house, kind, login, person, role] of [
		['寻亲登记处', 'registry', 'sun', '孙立', 'registry_officer'],
		['县公安局打拐办', 'police', 'zheng', '郑刚', 'police_liaison']
	] as const) {
		const { id } = await registry.command<{ id: string }>(['institution', 'add', '--name', house, '--kind', kind]);
		const who = ['--institution', id, '--name', person, '--role', role, '--login', login];
		await registry.command(['user', 'add', ...who, '--password-stdin'], `${password}\n`);
	}
}

interface Desks {
	readonly supervisor: Page;
	readonly administrator: Page;
	readonly officer: Page;
	readonly police: Page;
}

/** Everybody signs in anew: a sign-in ends within a day. */
async function openDesks(browser: Browser, origin: string): Promise<Desks> {
	return {
		supervisor: await signIn(browser, origin, 'chen'),
		administrator: await signIn(browser, origin, 'he'),
		officer: await signIn(browser, origin, 'sun'),
		police: await signIn(browser, origin, 'zheng')
	};
}

async function childAddress(desk: Page, origin: string): Promise<string> {
	await desk.goto(`${origin}/desk`);
	await desk.getByRole('link', { name }).click();
	await expect(desk.getByRole('heading', { level: 1, name: new RegExp(name) })).toBeVisible();
	return desk.url();
}

/** Files a paper at the desk. */
async function filePaper(desk: Page, child: string, code: string, date: string, issuer: string): Promise<void> {
	await desk.goto(`${child}/documents/record`);
	await desk.locator('#code').selectOption(code);
	await desk.locator('#number').fill(`${code} 第 ${date} 号`);
	await desk.locator('#issuer').fill(issuer);
	await desk.locator('#date').fill(date);
	await desk.locator('#received').fill(date);
	await desk.locator('#originalSeenBy').fill('陈国华');
	await desk.getByRole('button', { name: '保存' }).click();
	await expect(desk).toHaveURL(/documents(\?|$)/);
}

/** One drafts, another approves; answers the number of the notice. */
async function publish({ supervisor, administrator }: Desks, origin: string): Promise<string> {
	await openNotice(supervisor, origin, name);
	await supervisor.locator('#name').fill(name);
	for (const box of ['ownAccount', 'clothing', 'belongings']) await supervisor.locator(`#${box}`).fill('');
	await supervisor.locator('#features').fill('右眉上有一颗痣');
	await supervisor.locator('#regionCode').fill('513400');
	await supervisor.locator('#contactPhone').fill('0885-5550117');
	await supervisor.getByRole('checkbox', { name: /正面/ }).check();
	await supervisor.getByRole('button', { name: '保存草稿' }).click();
	await expect(supervisor.getByText('草稿由 陈国华')).toBeVisible();
	await openNotice(administrator, origin, name);
	await administrator.getByRole('button', { name: '核准并公开' }).click();
	await expect(administrator.getByText(/编号 LK-/)).toBeVisible();
	return /LK-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await administrator.locator('main').innerText())?.[0] ?? '';
}

interface FamilyKey {
	readonly ticket: string;
	readonly secret: string;
}

/** From the number of a notice to "sent", page by page; answers what the family wrote down. */
async function claimFromPhone(
	browser: Browser,
	origin: string,
	number: string,
	who: string,
	phone: string
): Promise<FamilyKey> {
	const context = await browser.newContext({
		javaScriptEnabled: false,
		viewport: { width: 390, height: 844 },
		locale: 'zh-CN'
	});
	const page = await context.newPage();
	const go = (value = 'next') => page.locator(`main form .btn:not(.vh)[name=go][value=${value}]`).click();
	await page.goto(`${origin}/claim?notice=${number}`);
	await page.getByRole('button', { name: '开始' }).click();
	await page.locator('#milk').fill('阿满');
	await go('save');
	const [ticket = '', secret = ''] = await page.locator('.key dd').allInnerTexts();
	for (const topic of ['loss', 'looks', 'family', 'papers', 'you']) {
		await page.goto(`${origin}/claim/tell/${topic}`);
		if (topic === 'looks') {
			await page.locator('#belongings').fill('一枚木头纽扣，是我外婆做的');
			await go();
		}
	}
	await page.locator('#name').fill(who);
	await page.locator('#phone').fill(phone);
	await go();
	await page.locator('#true').check();
	await go('send');
	await expect(page).toHaveURL(/\/claim\/sent/);
	await context.close();
	return { ticket, secret };
}
