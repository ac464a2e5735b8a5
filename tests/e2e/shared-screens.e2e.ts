import { writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { encode } from 'uqr';
import sharp from 'sharp';
import { tabletAuthenticator } from '#lib/client/state/virtual-authenticator.ts';
import { app } from '#lib/messages/app.ts';
import { handoverForm } from '#lib/messages/child.ts';
import { duplicate } from '#lib/messages/duplicate.ts';
import { handoverSheet, receiving } from '#lib/messages/handover.ts';
import { mergeFaults } from '#lib/messages/merge-desk.ts';
import type { Locale } from '#lib/messages/message.ts';
import { outbox } from '#lib/messages/outbox.ts';
import { sync } from '#lib/messages/sync.ts';
import { tablets } from '#lib/messages/tablets.ts';
import { ways } from '#lib/messages/ways.ts';
import { addPerson, enrolCode, foundHouse, signIn } from './support/desk.ts';
import { TestRegistry } from './support/registry.ts';
import { pin, TestTablet } from './support/tablet.ts';
import { expect, test } from './support/test.ts';
import { anyOf, go, inBothHere, inBothLanguages } from './support/walk.ts';
import { Watch } from './support/watch.ts';

/*
 * The screens of a shared tablet that no address leads to: a secret that is wrong, a person who is not let in, a sheet that is
 * being scanned, files that are merged and parted, a tablet that was closed. In every size and language; where something
 * goes wrong it is said aloud, and the focus stands where a person goes on.
 */
const kept = '小满';
const alike = '阿满';
const moving = '阿禾';
const elsewhere = '石头';
const names = [kept, alike, moving, elsewhere];
const spreadsheet = `儿童编号,姓名,性别,接收日期,出生日期,身高,体貌特征,接收时着装,随身物品,孩子自述
YL-2026-0031,${kept},女,2026-03-24,2022-05-01,96,右眉上有一颗痣,黄色毛衣,一枚木头纽扣,门口有一棵柿子树
YL-2026-0034,${alike},女,2026-03-26,2022-05-01,97,右眉上有一颗痣,黄色毛衣,一枚木头纽扣,
YL-2026-0032,${moving},男,2026-08-09,2019年5月,121,左手背有烫伤疤痕,蓝色校服,半张车票,坐了很久的船
YL-2026-0036,${elsewhere},男,2026-08-11,2020年1月,110,下巴有一颗痣,灰色外套,,
`;
const wrongWords = '错 的 口 令 呀';
const wrongPin = '000000';

test('every state of a shared tablet is said aloud, accessible and fits', async ({ browser }, info) => {
	test.setTimeout(1_500_000);
	const registry = await TestRegistry.start();
	const tablet = await TestTablet.start();
	const theirs = await TestTablet.start();
	const { origin } = registry;
	const watch = new Watch(origin, info.outputPath('screens'));
	try {
		await foundHouse(registry);
		const { id: otherHouse } = await registry.command<{ id: string }>([
			'institution',
			'add',
			'--name',
			'青石市儿童福利院',
			'--kind',
			'welfare_institution',
			'--phone',
			'0886-5550118'
		]);
		await registry.command(['institution', 'add', '--name', '白沙县儿童福利院', '--kind', 'welfare_institution']);
		await addPerson(registry, otherHouse, '刘芳', 'supervisor', 'liu');
		const file = info.outputPath('children.csv');
		await writeFile(file, spreadsheet);
		await registry.command(['import', file, '--as', 'chen']);
		const desk = await signIn(browser, origin, 'chen');
		watch.over(desk.context());
		watch.over(tablet.context);
		watch.over(theirs.context);

		const page = await tablet.enrol(origin, await enrolCode(desk, '陈国华'));
		const supervisor = { name: '陈国华', passphrase: tablet.passphrase };
		await tablet.addPerson(page, await enrolCode(desk, '李秀兰'));
		await expect(page.getByText('已同步')).toBeVisible();
		const look = (name: string) => (locale: Locale) => watch.look(page, `${name}.${locale}`, { untold: names });

		await test.step('a new PIN that is easy, and one that is not repeated', async () => {
			await go(page, '/app/settings/ways', ways.mineTitle, 'zh-CN');
			await page.getByRole('button', { name: ways.mineChangePin[0] }).click();
			await page.locator('#confirm-pin').fill(pin);
			await page.locator('#new-pin').fill('111111');
			await page.getByRole('button', { name: ways.mineSet[0] }).click();
			await expect(page.getByRole('alert')).toContainText(app.enrolPinSimple[0]);
			await expect(page.locator('#new-pin')).toBeFocused();
			await inBothHere(page, look('app-settings-ways-new-pin-easy'));
			await page.locator('#new-pin').fill('530864');
			await page.locator('#new-pin-again').fill('530865');
			await page.getByRole('button', { name: ways.mineSet[0] }).click();
			await expect(page.locator('#new-pin-again')).toBeFocused();
			await inBothHere(page, look('app-settings-ways-new-pin-differs'));
			await page.getByRole('button', { name: app.cancel[0], exact: true }).click();
			await go(page, '/app', app.unfinished, 'zh-CN');
		});

		await test.step('resting: a wrong PIN is said, the next may be typed at once; after five the words are asked for', async () => {
			await page.locator('[popovertarget=person]').click();
			await page.getByRole('button', { name: app.restNow[0] }).click();
			for (const left of [4, 3, 2, 1]) {
				await page.locator('#pin').fill(wrongPin);
				await expect(page.getByRole('alert')).toContainText(`还可以试 ${left} 次`);
				await expect(page.locator('#pin')).toBeFocused();
				await expect(page.locator('#pin')).toHaveValue('');
				if (left === 4) await inBothHere(page, look('app-rest-wrong'));
			}
			await page.locator('#pin').fill(wrongPin);
			await expect(page.getByRole('alert')).toContainText(app.restSentBack[0]);
			await inBothHere(page, look('app-unlock-sent-back'));
		});

		await test.step('the door of two people: who, a wrong passphrase, and the pause after too many', async () => {
			await page.reload();
			await expect(page.getByRole('radio')).toHaveCount(2);
			await inBothHere(page, look('app-unlock-who'));
			await page.getByRole('radio', { name: /李秀兰/ }).check();
			await page.locator('#passphrase').fill(wrongWords);
			await page.getByRole('button', { name: app.unlockSubmit[0], exact: true }).click();
			await expect(page.getByRole('alert')).toContainText('口令不对');
			await expect(page.locator('#passphrase')).toBeFocused();
			await inBothHere(page, look('app-unlock-wrong'));
			await expect(async () => {
				await page.locator('#passphrase').press('Enter');
				await expect(page.getByRole('alert')).toContainText('输错太多次', { timeout: 8_000 });
			}).toPass({ timeout: 90_000 });
			await inBothHere(page, look('app-unlock-pause'));
			await tablet.unlock(page, supervisor);
		});

		await test.step('the door with a passkey: asked for, given, refused', async () => {
			const devtools = await tablet.context.newCDPSession(page);
			await devtools.send('WebAuthn.enable');
			const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
				options: tabletAuthenticator
			});
			await go(page, '/app/settings/ways', ways.mineTitle, 'zh-CN');
			await page.getByRole('button', { name: ways.mineAddPasskey[0] }).click();
			await page.locator('#confirm-pin').fill(pin);
			await expect(page.getByText(ways.mineDone[0])).toBeVisible();
			await page.getByRole('button', { name: ways.panic[0] }).click();
			await page.getByRole('radio', { name: /陈国华/ }).check();
			const ask = page.getByRole('button', { name: ways.passkeyAsk[0] });
			await expect(ask).toBeVisible();
			await inBothHere(page, look('app-unlock-passkey'));
			await ask.click();
			await expect(page.getByRole('navigation').first()).toBeVisible();
			await page.getByRole('button', { name: ways.panic[0] }).click();
			await page.getByRole('radio', { name: /陈国华/ }).check();
			// From then on this authenticator refuses: a wrong finger, too often.
			await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
			await ask.click();
			await expect(page.getByRole('alert')).toContainText(ways.passkeyRefused[0]);
			await expect(ask).toBeFocused();
			await inBothHere(page, look('app-unlock-passkey-refused'));
			await page.getByRole('radio', { name: ways.passphrase[0] }).check();
			await tablet.unlock(page, supervisor);
		});

		await test.step('two files are merged with a reason, and parted again', async () => {
			await go(page, '/app/duplicates', duplicate.title, 'zh-CN');
			await page.getByRole('link', { name: new RegExp(`${kept}.*${alike}|${alike}.*${kept}`) }).click();
			await page.getByRole('button', { name: duplicate.merge[0] }).click();
			await page.getByRole('button', { name: duplicate.mergeSave[0], exact: true }).click();
			await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused();
			await inBothHere(page, look('app-duplicates-merge'));
			await page.getByRole('dialog').getByRole('textbox').fill('两份照片是同一个人');
			await page.getByRole('button', { name: duplicate.mergeSave[0], exact: true }).click();
			await expect(page.getByText(duplicate.merged[0])).toBeVisible();
			await inBothHere(page, look('app-child-merged'));
			await page.getByRole('button', { name: duplicate.part[0] }).click();
			await inBothHere(page, look('app-child-part'));
			await page.getByRole('dialog').getByRole('textbox').fill('公安来电，是两个孩子');
			await page.getByRole('dialog').getByRole('button', { name: duplicate.part[0] }).click();
			await expect(page.getByText(duplicate.parted[0])).toBeVisible();
			await expect(page.getByText(anyOf(duplicate.note[0]))).toHaveCount(0);
			await inBothHere(page, look('app-child-parted'));
			await delivered(page);
		});

		await test.step('the same at the desk: a wrong number, then a child with two files', async () => {
			const child = await childAtDesk(desk, origin, kept);
			await inBothLanguages(desk, `${child}/merge`, async (locale) => {
				await watch.look(desk, `desk-merge.${locale}`, { untold: names });
				await desk.locator('#number').fill('YL-2026-9999');
				await desk.locator('#reason').fill('同一个人');
				watch.expectFailure(`${child}/merge?/merge`);
				await desk.getByRole('button', { name: duplicate.mergeSave[locale === 'en' ? 1 : 0], exact: true }).click();
				await expect(desk.getByRole('alert')).toHaveText(mergeFaults.unknown[locale === 'en' ? 1 : 0]);
				await expect(desk.locator('#number')).toHaveAccessibleDescription(mergeFaults.unknown[locale === 'en' ? 1 : 0]);
				await watch.look(desk, `desk-merge-wrong.${locale}`, { untold: names });
			});
			await desk.locator('#number').fill('YL-2026-0034');
			await desk.getByRole('button', { name: duplicate.mergeSave[0], exact: true }).click();
			await expect(desk.locator('#part-reason')).toBeVisible();
			const merged = desk.url().replace(/\/merge$/, '');
			for (const [name, address] of [
				['desk-merged', `${merged}/merge`],
				['desk-child-two-files', merged]
			] as const) {
				await inBothLanguages(desk, address, (locale) => watch.look(desk, `${name}.${locale}`, { untold: names }));
			}
		});

		const receivers = await signIn(browser, origin, 'liu');
		const there = await theirs.enrol(origin, await enrolCode(receivers, '刘芳'));
		await expect(there.getByText('已同步')).toBeVisible();
		// It knows of no hand-over but by the sheet.
		await go(there, '/app/sync', sync.title, 'zh-CN');
		await there.getByRole('button', { name: sync.pause[0] }).click();
		const lookThere = (name: string) => (locale: Locale) => watch.look(there, `${name}.${locale}`, { untold: names });

		await test.step('a sheet is scanned: a foreign code, one code of several, the child, the record', async () => {
			const codes = await handOver(page, moving, '青石市儿童福利院');
			await printed(page, info.outputPath('sheet.pdf'));
			await go(there, '/app/receive', receiving.title, 'zh-CN');
			await scan(there, await picture(encode('https://example.invalid/', { ecc: 'M', border: 4 })));
			await expect(there.getByRole('status').filter({ hasText: receiving.not_a_sheet[0] })).toBeVisible();
			await inBothHere(there, lookThere('app-receive-foreign'));
			expect(codes.length, 'codes of the sheet').toBeGreaterThan(1);
			for (const [n, code] of codes.entries()) {
				await scan(there, code);
				if (n > 0) continue;
				await expect(there.getByRole('status').filter({ hasText: `扫到 1 个，共 ${codes.length} 个` })).toBeVisible();
				await inBothHere(there, lookThere('app-receive-first'));
			}
			await expect(there.getByRole('heading', { name: receiving.whom[0] })).toBeFocused();
			await inBothHere(there, lookThere('app-receive-child'));
			await there.getByRole('button', { name: receiving.confirm[0] }).click();
			await expect(there.getByRole('heading', { level: 1, name: new RegExp(moving) })).toBeVisible();
			await inBothHere(there, lookThere('app-child-carried'));
		});

		await test.step('a sheet for another house is taken only from who is sure; its own house does not take it', async () => {
			const codes = await handOver(page, elsewhere, '白沙县儿童福利院');
			await go(there, '/app/receive', receiving.title, 'zh-CN');
			for (const code of codes) await scan(there, code);
			await there.getByRole('button', { name: receiving.confirm[0] }).click();
			await expect(there.locator('#received-sure')).toBeFocused();
			await expect(there.locator('#received-sure')).toHaveAccessibleDescription(
				new RegExp(receiving.other_houseNotSure[0])
			);
			await inBothHere(there, lookThere('app-receive-other-house'));
			await go(page, '/app/receive', receiving.title, 'zh-CN');
			for (const code of codes) await scan(page, code);
			await expect(page.getByText(receiving.own[0])).toBeVisible();
			await inBothHere(page, look('app-receive-own'));
		});

		await test.step('closed at the desk, the tablet says that nothing is left on it', async () => {
			await delivered(page);
			await desk.goto(`${origin}/desk/people`);
			await desk.locator('a[href^="/desk/tablets/"]').first().click();
			await desk.locator('#reason').fill('平板在集市上丢了');
			await desk.locator('#sure').check();
			await desk.getByRole('button', { name: tablets.close[0] }).click();
			await expect(desk.getByText(tablets.done[0])).toBeVisible();
			const address = desk.url().replace(/\?.*/, '');
			// A tablet that was closed is told so by every refusal.
			watch.registryAway = true;
			await page.getByRole('button', { name: sync.now[0] }).click();
			await expect(page.getByRole('heading', { level: 1, name: outbox.closedTitle[0] })).toBeVisible({
				timeout: 60_000
			});
			await expect(page.getByText(outbox.closedTold[0])).toBeVisible({ timeout: 60_000 });
			await expect(page.getByRole('link', { name: outbox.closedEnrol[0] })).toBeVisible();
			await inBothHere(page, look('app-closed'));
			await inBothLanguages(desk, address, (locale) =>
				watch.look(desk, `desk-tablet-closed.${locale}`, { untold: names })
			);
		});

		expect(watch.requests).toBeGreaterThan(100);
		expect(watch.foreign).toEqual([]);
		expect(watch.errors.filter((error) => !/Failed to load resource.*40[13]/.test(error))).toEqual([]);
	} catch (error) {
		await tablet.pictures(info.outputDir);
		throw error;
	} finally {
		await tablet.close();
		await theirs.close();
		await registry.close();
	}
});

/** What is written on this tablet has its receipt. */
async function delivered(page: Page): Promise<void> {
	await go(page, '/app/sync', sync.title, 'zh-CN');
	await page.getByRole('button', { name: sync.now[0] }).click();
	await expect(page.getByText(sync.idle[0])).toBeVisible({ timeout: 60_000 });
}

/** The address of a child at the desk. */
async function childAtDesk(desk: Page, origin: string, name: string): Promise<string> {
	await desk.goto(`${origin}/desk`);
	await desk.getByRole('link', { name }).click();
	await expect(desk.getByRole('heading', { level: 1, name })).toBeVisible();
	return desk.url();
}

/** Hands the child over; answers the codes of the sheet as pictures. */
async function handOver(page: Page, name: string, house: string): Promise<readonly Buffer[]> {
	await go(page, '/app/children', app.childrenTitle, 'zh-CN');
	await page.getByRole('link', { name }).click();
	await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
	await go(page, `${new URL(page.url()).pathname}/record/handover/sent`, handoverForm.sentTitle, 'zh-CN');
	await page.locator('#handover-house').selectOption({ label: house });
	await page.locator('#handover-officer').fill('马老师');
	await page.locator('#handover-condition').fill('睡着了，吃过晚饭');
	await page.locator('main form').getByRole('button').last().click();
	await expect(page.getByRole('heading', { name: handoverSheet.title[0] }).first()).toBeVisible();
	const drawn = page.locator('.codes svg');
	await expect(drawn.first()).toBeVisible();
	const svgs = await drawn.evaluateAll((all) => all.map((each) => each.outerHTML));
	return Promise.all(svgs.map((svg) => svgPicture(svg)));
}

/** The sheet as it comes out of the printer: paper of two pages at most. */
async function printed(page: Page, path: string): Promise<void> {
	const pdf = await page.pdf({ path, preferCSSPageSize: true });
	expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0, 'pages').toBeLessThanOrEqual(2);
}

/** Shows the scanner a photo of a code. */
async function scan(page: Page, photo: Buffer): Promise<void> {
	await page.locator('input[type=file]').setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer: photo });
	await expect(page.getByText('正在看这张照片')).toHaveCount(0);
}

function picture({ data, size }: { data: readonly (readonly boolean[])[]; size: number }): Promise<Buffer> {
	const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
	return svgPicture(
		`<svg viewBox="0 0 ${size} ${size}"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}"/></svg>`
	);
}

function svgPicture(svg: string): Promise<Buffer> {
	const named = svg.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="1000"');
	return sharp(Buffer.from(named)).flatten({ background: '#fff' }).png().toBuffer();
}
