import type { Page } from '@playwright/test';
import { sync } from '#lib/messages/sync.ts';
import { outbox } from '#lib/messages/outbox.ts';
import { tablets } from '#lib/messages/tablets.ts';
import { ways } from '#lib/messages/ways.ts';
import { addPerson, enrolCode, foundHouse, signIn } from './support/desk.ts';
import { foundIn } from './support/disk.ts';
import { beginIntake, line, next, savedHere } from './support/intake.ts';
import { TestRegistry } from './support/registry.ts';
import { pin, TestTablet, type Person } from './support/tablet.ts';
import { expect, test } from './support/test.ts';

/*
 * One tablet of a house and the people who share it, without signal half of the time: what one records another sends, who
 * left opens nothing, a locked tablet sends, and a closed one hands in what it has and erases itself.
 */
const name = '石头儿阿木';
const features = '右手背有枫叶形胎记';
const clothing = '蓝布褂子，袖口补过';
const belongings = '一只掉漆的铁皮青蛙';
const accent = '山那边的口音';

test('a shared tablet loses nothing of anybody, opens to nobody who left, and is empty once it was closed', async ({
	browser
}, info) => {
	test.setTimeout(420_000);
	const registry = await TestRegistry.start();
	const tablet = await TestTablet.start();
	try {
		const { institutionId } = await foundHouse(registry);
		await addPerson(registry, institutionId, '周小梅', 'care_worker');
		const desk = await signIn(browser, registry.origin, 'chen');
		/** Opens an address as somebody: a page that is loaded anew is locked. */
		const as = async (page: Page, person: Person, path: string) => {
			await page.goto(`${registry.origin}${path}`);
			await tablet.unlock(page, person);
		};

		let page = await tablet.enrol(registry.origin, await enrolCode(desk, '陈国华'));
		await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
		const supervisor = { name: '陈国华', passphrase: tablet.passphrase };
		const author = { name: '李秀兰', passphrase: await tablet.addPerson(page, await enrolCode(desk, '李秀兰')) };
		await expect(page.getByText('已同步')).toBeVisible();
		await page.getByRole('link', { name: '同步', exact: true }).click();
		await page.getByRole('button', { name: sync.pause[0] }).click();
		await registry.kill();

		await test.step('a child is recorded without signal', async () => {
			await as(page, author, '/app/children');
			await beginIntake(page);
			await line(page, 'caseNumber', 'YL-2026-0140');
			await next(page, '孩子是谁，从哪里来');
			await line(page, 'nameAssigned', name);
			await line(page, 'accent', accent);
			await page.getByRole('link', { name: '身体特征' }).click();
			await line(page, 'features', features);
			await savedHere(page);
			await next(page, '随身带的和身上穿的');
		});

		await registry.up();
		const second =
			await test.step('a second person is added while the supervisor has it open, and makes a badge', async () => {
				await as(page, supervisor, '/app');
				await tablet.addPerson(page, await enrolCode(desk, '周小梅'));
				await page.getByRole('link', { name: '设置' }).first().click();
				await page.getByRole('link', { name: ways.mineTitle[0] }).click();
				await page.getByRole('button', { name: ways.mineAddBadge[0] }).click();
				await page.locator('#confirm-pin').fill(pin);
				const badge = (await page.locator('.signs').innerText()).replace(/\s/g, '');
				await page.getByRole('button', { name: ways.cardPrinted[0] }).click();
				return { name: '周小梅', badge };
			});

		await test.step('with the badge the other opens it; what the first wrote is sent by the second, under each one’s name', async () => {
			await page.getByRole('button', { name: ways.panic[0] }).click();
			await tablet.unlock(page, second);
			await page.getByRole('link', { name: '儿童', exact: true }).click();
			await page.getByRole('link', { name: new RegExp(name) }).click();
			const child = new URL(page.url()).pathname.replace('/intake/', '/children/').replace(/(children\/[^/]+).*/, '$1');
			await as(page, second, `${child}/record/field/clothing`);
			await line(page, 'clothing', clothing);
			await page.getByRole('button', { name: '保存' }).click();
			await expect(page).toHaveURL(registry.origin + child);
			await as(page, second, '/app/sync?show=waiting');
			await expect(page.getByText(sync.paused[0]).first()).toBeVisible();
			await expect(page.getByText(sync.stateDelivered[0], { exact: true })).toHaveCount(0);
			await page.getByRole('button', { name: sync.resume[0] }).click();
			await expect(page.getByText(sync.idle[0])).toBeVisible({ timeout: 60_000 });
			await as(page, second, '/app/sync');
			await expect(page.getByText(sync.stateQuarantined[0], { exact: true })).toHaveCount(0);
			await as(page, second, `${child}/history`);
			await expect(page.getByRole('listitem').filter({ hasText: features }).first()).toContainText(author.name);
			await expect(page.getByRole('listitem').filter({ hasText: clothing }).first()).toContainText(second.name);
			// Every signature is checked when an entry is taken: the registry has both.
			await expectAtDesk(desk, registry.origin, features);
			await expectAtDesk(desk, registry.origin, clothing);
			expect(await registry.command<{ broken: unknown[] }>(['verify'])).toMatchObject({
				broken: [],
				brokenDevices: []
			});
		});

		await registry.kill();
		await test.step('a supervisor takes somebody off the tablet without signal: their words open nothing any more', async () => {
			await as(page, supervisor, '/app/settings/people');
			await page.getByRole('button', { name: `${ways.peopleRemove[0]} · ${author.name}` }).click();
			await page.getByRole('button', { name: ways.peopleRemoveDo[0], exact: true }).click();
			await expect(page.getByText(ways.peopleRemoved[0].replace('{name}', author.name))).toBeVisible();
			await page.goto(`${registry.origin}/app/children`);
			await expect(page.getByRole('radio', { name: new RegExp(second.name) })).toBeVisible();
			await expect(page.getByRole('radio', { name: new RegExp(author.name) })).toHaveCount(0);
			await page.getByRole('radio', { name: new RegExp(supervisor.name) }).check();
			await page.getByLabel('口令', { exact: true }).fill(author.passphrase);
			await page.getByRole('button', { name: '打开', exact: true }).click();
			await expect(page.getByRole('alert')).toBeVisible();
			await tablet.unlock(page, second);
			await expect(page.getByText(name).first()).toBeVisible();
		});

		await test.step('a locked tablet sends what waits', async () => {
			await record(page, 'belongingsSummary', belongings);
			await page.getByRole('button', { name: ways.panic[0] }).click();
			await expect(page.getByText('项未发送')).toBeVisible();
			await registry.up();
			await page.reload();
			await expect(page.getByText(outbox.none[0])).toBeVisible({ timeout: 90_000 });
			await expect(page.getByRole('heading', { level: 1, name: '打开' })).toBeVisible();
			await expectAtDesk(desk, registry.origin, belongings);
		});

		const planted = [name, features, clothing, belongings, accent, supervisor.passphrase];
		await test.step('closed at the desk, it hands in what it has, erases itself, and the desk says when', async () => {
			await registry.kill();
			await tablet.unlock(page, second);
			await record(page, 'language', '只说方言');
			const key = await keyOnDisk(page);
			planted.push('只说方言', key);
			await tablet.kill();
			// The scan can see: what it looks for afterwards is there now.
			expect(await foundIn(tablet.profile, [key])).not.toEqual([]);

			await registry.up();
			await desk.goto(`${registry.origin}/desk/people`);
			await desk.locator('a[href^="/desk/tablets/"]').click();
			await desk.locator('#reason').fill('平板在集市上丢了');
			await desk.locator('#sure').check();
			await desk.getByRole('button', { name: tablets.close[0] }).click();
			await expect(desk.getByText(tablets.done[0])).toBeVisible();

			await tablet.up();
			page = await tablet.page();
			await page.goto(`${registry.origin}/app`);
			await expect(page.getByRole('heading', { level: 1, name: outbox.closedTitle[0] })).toBeVisible({
				timeout: 60_000
			});
			await expect(page.getByText(outbox.closedTold[0])).toBeVisible();
			await expect(async () => {
				await desk.reload();
				await expect(desk.getByText(/\d+ 已自行清除/)).toBeVisible({ timeout: 1_000 });
			}).toPass({ timeout: 30_000 });
			await expect(desk.getByText('没能送出')).toHaveCount(0);
			await expect.poll(() => foundIn(tablet.profile, planted), { timeout: 20_000 }).toEqual([]);
			await tablet.kill();
			expect(await foundIn(tablet.profile, planted)).toEqual([]);
		});

		await test.step('started again it knows nobody', async () => {
			await tablet.up();
			page = await tablet.page();
			await page.goto(`${registry.origin}/app`);
			await expect(page.getByRole('heading', { level: 1, name: '把这台平板登记到你的机构' })).toBeVisible();
		});
	} catch (error) {
		await tablet.pictures(info.outputDir).catch(() => undefined);
		throw error;
	} finally {
		await tablet.close();
		await registry.close();
	}
});

/** Corrects one answer of the child, by way of the pages, without loading one anew. */
async function record(page: Page, key: string, text: string): Promise<void> {
	await page.getByRole('link', { name: '儿童', exact: true }).click();
	await page.getByRole('link', { name: new RegExp(name) }).click();
	await expect(page.getByRole('heading', { level: 1, name: new RegExp(name) })).toBeVisible();
	await page.evaluate((field) => {
		const link = document.createElement('a');
		link.href = `${location.pathname}/record/field/${field}`;
		link.textContent = field;
		document.querySelector('main')?.append(link);
		link.click();
		link.remove();
	}, key);
	await line(page, key, text);
	await page.getByRole('button', { name: '保存' }).click();
	await expect(page).toHaveURL(/\/children\/[^/]+$/);
}

/** The child’s page at the desk says so. */
async function expectAtDesk(desk: Page, origin: string, words: string): Promise<void> {
	await expect(async () => {
		await desk.goto(`${origin}/desk`);
		await desk.getByRole('link', { name }).click();
		await expect(desk.getByRole('heading', { level: 1, name })).toBeVisible({ timeout: 5_000 });
		expect(await desk.locator('main').textContent()).toContain(words);
	}).toPass({ timeout: 30_000 });
}

/** The key by which this tablet signs, as its file beside the database says it. */
async function keyOnDisk(page: Page): Promise<string> {
	const key = await page.evaluate(async () => {
		const texts: string[] = [];
		const walk = async (folder: FileSystemDirectoryHandle): Promise<void> => {
			for await (const entry of folder.values()) {
				if (entry.kind === 'directory') await walk(entry as FileSystemDirectoryHandle);
				else if (entry.name.startsWith('tablet'))
					texts.push(await (await (entry as FileSystemFileHandle).getFile()).text());
			}
		};
		await walk(await navigator.storage.getDirectory());
		return texts.flatMap((text) => /"privateKey":"([^"]+)"/.exec(text)?.[1] ?? [])[0];
	});
	if (!key) throw new Error('The tablet keeps no key in its file');
	return key;
}
