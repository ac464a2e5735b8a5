import { expect, type Browser, type Page } from '@playwright/test';
import type { TestRegistry } from './registry.ts';

export interface House {
	readonly institutionId: string;
	readonly careWorkerId: string;
}

const password = 'a long desk password';

/** A house with a care worker, a supervisor and a second administrator, by the operator's commands. */
export async function foundHouse(registry: TestRegistry): Promise<House> {
	const { id: institutionId } = await registry.command<{ id: string }>([
		...['institution', 'add', '--name', '云岭县儿童福利院', '--kind', 'welfare_institution'],
		...['--phone', '0885-5550117', '--region', '530600']
	]);
	const { id: careWorkerId } = await addPerson(registry, institutionId, '李秀兰', 'care_worker');
	await addPerson(registry, institutionId, '陈国华', 'supervisor', 'chen');
	await addPerson(registry, institutionId, '何文静', 'second_administrator', 'he');
	return { institutionId, careWorkerId };
}

/** Adds somebody by the operator's command; with a login they may sign in at the desk. */
export function addPerson(
	registry: TestRegistry,
	institutionId: string,
	name: string,
	role: string,
	login?: string
): Promise<{ readonly id: string }> {
	const who = ['--institution', institutionId, '--name', name, '--role', role];
	const desk = login ? ['--login', login, '--password-stdin'] : [];
	return registry.command(['user', 'add', ...who, ...desk], login ? `${password}\n` : '');
}

/** Signs in at the desk in a window of its own. */
export async function signIn(browser: Browser, origin: string, login: string): Promise<Page> {
	const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
	const page = await context.newPage();
	page.setDefaultTimeout(20_000);
	await page.goto(`${origin}/desk`);
	await page.locator('#login').fill(login);
	await page.locator('#password').fill(password);
	await page.getByRole('button', { name: '登录' }).click();
	await expect(page).toHaveURL(`${origin}/desk`);
	return page;
}

/** A one-time code as the desk shows it, without its groups. */
export async function enrolCode(desk: Page, person: string): Promise<string> {
	await desk.getByRole('link', { name: '人员和平板' }).click();
	await desk.getByRole('button', { name: `生成登记码：${person}` }).click();
	const shown = await desk.locator('.code').innerText();
	return shown.replace(/[^0-9A-Z*~$=]/g, '');
}

/** Opens the notice of a child from the overview. */
export async function openNotice(desk: Page, origin: string, name: string): Promise<void> {
	await desk.goto(`${origin}/desk`);
	await desk.getByRole('link', { name }).click();
	await desk.getByRole('link', { name: /公告/ }).first().click();
	await expect(desk.getByRole('heading', { level: 1, name: '寻亲公告' })).toBeVisible();
}
