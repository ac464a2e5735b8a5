import { writeFile } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';
import { careKinds } from '#lib/domain/care/care.ts';
import { topicsOf } from '#lib/domain/claim/statement.ts';
import { intakeSteps } from '#lib/domain/intake/fields.ts';
import { app } from '#lib/messages/app.ts';
import { careForm, careNames, photoForm } from '#lib/messages/care.ts';
import { child as childWords, handoverForm } from '#lib/messages/child.ts';
import { claimBoxes, claimWords } from '#lib/messages/claim.ts';
import { claimDesk } from '#lib/messages/claims-desk.ts';
import { conflict } from '#lib/messages/conflict.ts';
import { desk as deskWords } from '#lib/messages/desk.ts';
import { documents } from '#lib/messages/documents.ts';
import { duplicate } from '#lib/messages/duplicate.ts';
import { fieldLabels } from '#lib/messages/fields.ts';
import { handoverSheet, receiving } from '#lib/messages/handover.ts';
import { intake, stepTitles } from '#lib/messages/intake.ts';
import { looseIntake } from '#lib/messages/loose-intake.ts';
import { locales, translator, type Locale, type Message } from '#lib/messages/message.ts';
import { storagePage } from '#lib/messages/storage.ts';
import { sync } from '#lib/messages/sync.ts';
import { ways } from '#lib/messages/ways.ts';
import { asideReasons } from '#lib/server/entry-log/set-aside.ts';
import { setAsideOneOfEach } from './support/aside.ts';
import { addPerson, enrolCode, foundHouse, openNotice, signIn } from './support/desk.ts';
import { beginIntake, line, next, savedHere } from './support/intake.ts';
import { drawnPhoto } from './support/photo.ts';
import { TestRegistry } from './support/registry.ts';
import { pin, TestTablet } from './support/tablet.ts';
import { expect, test } from './support/test.ts';
import { anyOf, filled, go, inBothLanguages } from './support/walk.ts';
import { Watch } from './support/watch.ts';

const published = '小满';
const unpublished = '阿禾';
/** Alike to the published one: perhaps the same child. */
const alike = '阿满';
const names = [published, unpublished, alike];
/** Of whom somebody without an account tells. */
const looseName = '豆豆';
const spreadsheet = `儿童编号,姓名,性别,接收日期,出生日期,身高,体貌特征,接收时着装,随身物品,孩子自述
YL-2026-0031,${published},女,2026-03-24,2022-05-01,96,右眉上有一颗痣,黄色毛衣,一枚木头纽扣,门口有一棵柿子树
YL-2026-0032,${unpublished},男,2026-08-09,2019年5月,121,左手背有烫伤疤痕,蓝色校服,半张车票,坐了很久的船
YL-2026-0034,${alike},女,2026-03-26,2022-05-01,97,右眉上有一颗痣,黄色毛衣,一枚木头纽扣,
`;

/*
 * Every screen of the product, opened in every size and language it has: accessible, within the window, no child's name in
 * a title or an address, no request to another host, nothing in a console.
 */
test('every screen is accessible, fits, names nobody and asks no other host', async ({ browser }, info) => {
	test.setTimeout(1_800_000);
	const registry = await TestRegistry.start();
	const tablet = await TestTablet.start();
	const other = await TestTablet.start();
	const { origin } = registry;
	const watch = new Watch(origin, info.outputPath('screens'));
	try {
		await foundHouse(registry);
		const office = ['institution', 'add', '--name', '寻亲登记处', '--kind', 'registry'];
		const { id: registryId } = await registry.command<{ id: string }>(office);
		await registry.command(['institution', 'add', '--name', '青石市儿童福利院', '--kind', 'welfare_institution']);
		await addPerson(registry, registryId, '孙立', 'registry_officer', 'sun');
		const file = info.outputPath('children.csv');
		await writeFile(file, spreadsheet);
		await registry.command(['import', file, '--as', 'chen']);
		watch.over(tablet.context);
		const supervisor = await signIn(browser, origin, 'chen');
		watch.over(supervisor.context());

		let code = '';
		await test.step('the desk makes a code', async () => {
			await inBothLanguages(supervisor, `${origin}/desk/people`, async (locale) => {
				await supervisor.locator('button[name=staff][aria-label$="李秀兰"]').click();
				code = (await supervisor.locator('.code').innerText()).replace(/[^0-9A-Z*~$=]/g, '');
				await watch.look(supervisor, `desk-people-code.${locale}`, { untold: names });
			});
		});

		const page = await test.step('a tablet is enrolled and fit to be installed', async () => {
			for (const locale of locales) await lookAtEnrolment(watch, tablet, `${origin}/app/enrol#${code}`, locale);
			const page = await tablet.enrol(origin, code);
			await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
			await expect(page.getByText('已同步')).toBeVisible();
			const devtools = await tablet.context.newCDPSession(page);
			expect(await devtools.send('Page.getInstallabilityErrors')).toEqual({ installabilityErrors: [] });
			await devtools.detach();
			return page;
		});

		const child = await test.step('a child that was imported is given a photo', async () => {
			await go(page, '/app/children', app.childrenTitle, 'zh-CN');
			await expect(page.getByRole('link', { name: new RegExp(names.join('|')) })).toHaveCount(names.length);
			await page.getByRole('link', { name: published }).click();
			await expect(page.getByRole('heading', { level: 1, name: published })).toBeVisible();
			const path = new URL(page.url()).pathname;
			await go(page, `${path}/record/photo`, childWords.photoTitle, 'zh-CN');
			await page.getByRole('button', { name: '正面' }).click();
			await page
				.locator('input[type=file]')
				.setInputFiles({ name: 'front.jpg', mimeType: 'image/jpeg', buffer: await drawnPhoto() });
			await expect(page.getByRole('img', { name: photoForm.preview[0] })).toBeVisible();
			await watch.look(page, 'app-record-photo-taken.zh-CN', { untold: names });
			await page.getByRole('button', { name: '就用这张' }).click();
			await expect(page).toHaveURL(`${origin}${path}/photos`);
			return path;
		});

		await test.step('of two tabs one syncs, and what one saves the other shows', async () => {
			await go(page, `${child}/record/sample`, childWords.sampleTitle, 'zh-CN');
			const other = await tablet.open(`${origin}${child}/samples`);
			await expect(other.getByText(childWords.samplesNone[0])).toBeVisible();
			await page.locator('#sample-step').selectOption('collected');
			await page.getByRole('button', { name: '保存' }).click();
			await expect(other.getByRole('listitem').filter({ hasText: '已采样' })).toBeVisible();
			// Both are open and ask for the lock; one has it, the other stands in line.
			const { held, pending } = await page.evaluate(async () => {
				const { held = [], pending = [] } = await navigator.locks.query();
				return { held: held.map(({ name }) => name), pending: pending.map(({ name }) => name) };
			});
			expect(held.filter((name) => name === 'lampkeep-sync')).toHaveLength(1);
			expect(pending.filter((name) => name === 'lampkeep-sync')).toHaveLength(1);
			await other.close();
		});

		await test.step('of one answer two tablets of the house say different things', async () => {
			const elsewhere = await other.enrol(origin, await enrolCode(supervisor, '陈国华'));
			await expect(elsewhere.getByText('已同步')).toBeVisible();
			await go(elsewhere, '/app/sync', sync.title, 'zh-CN');
			await elsewhere.getByRole('button', { name: sync.pause[0] }).click();
			await correct(page, child, 'features', '右眉上有一颗痣，左膝有疤');
			await delivered(page);
			// The other has not heard of it: it neither sends nor receives.
			await correct(elsewhere, child, 'features', '左眉上有一颗痣');
			await go(elsewhere, '/app/sync', sync.title, 'zh-CN');
			await elsewhere.getByRole('button', { name: sync.resume[0] }).click();
			await delivered(elsewhere);
			await other.close();
			await go(page, '/app/sync', sync.title, 'zh-CN');
			await page.getByRole('button', { name: sync.now[0] }).click();
			await go(page, `${child}/conflicts`, conflict.title, 'zh-CN');
		});

		await test.step('every screen of the app', async () => {
			await delivered(page);
			// From here on this tablet sends nothing: its queue has something in it.
			await page.getByRole('button', { name: sync.pause[0] }).click();
			const sheet = await handOver(page, child);
			await makeBadge(page, watch);
			await go(page, '/app/children', app.childrenTitle, 'zh-CN');
			const begun = new URL(await beginIntake(page)).pathname;
			await line(page, 'caseNumber', 'YL-2026-0033');
			await savedHere(page);
			await next(page, stepTitles.identity[0]);
			await go(page, '/app/duplicates', duplicate.title, 'zh-CN');
			const pair = (await page.locator('main a[href^="/app/duplicates/"]').first().getAttribute('href')) ?? '';
			for (const locale of locales) {
				await speakInApp(page, locale);
				for (const [path, heading] of [...appScreens(child, begun), ...sharedScreens(child, sheet, pair)]) {
					await go(page, path, heading, locale);
					const name = path
						.replace(pair, '/app/duplicates/compare')
						.replace(sheet, '/app/child/sheet')
						.replace(child, '/app/child')
						.replace(begun, '/app/intake');
					await watch.look(page, `${name.slice(1).replaceAll('/', '-')}.${locale}`, { untold: names });
				}
				await lookAtQueueItem(watch, page, locale);
				await lookAtDoors(watch, tablet, page, locale);
			}
		});

		await test.step('the tablet keeps files of the program in Cache Storage, and nothing else', async () => {
			const kept = await page.evaluate(async () => {
				const open = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
				return (await Promise.all(open.map((cache) => cache.keys()))).flat().map(({ url }) => new URL(url).pathname);
			});
			expect(kept).toContain('/app/shell');
			expect(kept.filter((path) => !programFile.test(path))).toEqual([]);
			await page.close();
		});

		const number = await test.step('every screen of the desk, while one drafts and another approves', async () => {
			const stranger = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
			watch.over(stranger);
			const door = await stranger.newPage();
			await inBothLanguages(door, `${origin}/desk`, async (locale) => {
				await watch.look(door, `desk-sign-in.${locale}`, { untold: names });
			});
			await stranger.close();

			await openNotice(supervisor, origin, published);
			const notice = supervisor.url();
			await inBothLanguages(supervisor, notice, async (locale) => {
				await watch.look(supervisor, `desk-notice-none.${locale}`, { untold: names });
				await supervisor.getByRole('button', { name: translator(locale)(deskWords.preview) }).click();
				await watch.look(supervisor, `desk-notice-preview.${locale}`, { untold: names });
			});
			await supervisor.locator('#name').fill(published);
			await supervisor.locator('#ownAccount').fill('');
			await supervisor.locator('#clothing').fill('');
			await supervisor.locator('#belongings').fill('');
			await supervisor.locator('#features').fill('右眉上有一颗痣');
			await supervisor.locator('#regionCode').fill('513400');
			await supervisor.locator('#contactPhone').fill('0885-5550117');
			await supervisor.getByRole('checkbox', { name: /正面/ }).check();
			await supervisor.getByRole('button', { name: '保存草稿' }).click();
			await expect(supervisor.getByText('草稿由 陈国华')).toBeVisible();

			const second = await signIn(browser, origin, 'he');
			watch.over(second.context());
			await inBothLanguages(second, notice, (locale) =>
				watch.look(second, `desk-notice-draft.${locale}`, { untold: names })
			);
			await second.getByRole('button', { name: '核准并公开' }).click();
			await expect(second.getByText(/编号 LK-/)).toBeVisible();
			const number = /LK-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await second.locator('main').innerText())?.[0] ?? '';
			const child = notice.replace(/\/notice$/, '');
			for (const [name, address] of [
				['overview', `${origin}/desk`],
				['inbox', `${origin}/desk/inbox`],
				['inbox-settings', `${origin}/desk/inbox/settings`],
				['people', `${origin}/desk/people`],
				['log', `${origin}/desk/log`],
				['review', `${origin}/desk/review`],
				['review-child', `${child}/review`],
				['review-evidence', `${child}/review/evidence/now`],
				['child', child],
				['documents', `${child}/documents`],
				['document-record', `${child}/documents/record`],
				['leaving', `${child}/leaving`],
				['leaving-exit', `${child}/leaving/exit?reason=deceased`],
				['print', `${child}/print`],
				['print-file', `${child}/print/file`],
				['print-review', `${child}/print/review`],
				['candidates', `${origin}/desk/candidates`],
				['access', `${origin}/desk/access`],
				['readings', `${origin}/desk/access/readings`],
				['requests', `${origin}/desk/requests`],
				['policies', `${origin}/desk/policies`],
				['notice-published', notice]
			] as const) {
				await inBothLanguages(second, address, (locale) =>
					watch.look(second, `desk-${name}.${locale}`, { untold: names })
				);
			}
			// Tablets are a supervisor's.
			await supervisor.goto(`${origin}/desk/people`);
			const tabletPath = await supervisor.locator('a[href^="/desk/tablets/"]').first().getAttribute('href');
			for (const [name, path] of [
				['tablet', tabletPath],
				['import-outbox', '/desk/import-outbox']
			] as const) {
				await inBothLanguages(supervisor, `${origin}${path}`, (locale) =>
					watch.look(supervisor, `desk-${name}.${locale}`, { untold: names })
				);
			}
			await setAsideOneOfEach(registry);
			await lookAtSetAside(watch, supervisor, origin);
			await lookAtLooseRecords(browser, watch, origin);
			return number;
		});

		await test.step('every public screen, without a script and under 100 kB', async () => {
			await expect(async () => {
				expect((await supervisor.request.get(`${origin}/notice/${number}`)).status()).toBe(200);
			}).toPass({ timeout: 60_000 });
			for (const locale of locales) {
				for (const [name, path, query] of publicScreens(number)) {
					await lookPublic(browser, watch, `public-${name}.${locale}`, origin + addressIn(locale, path, query));
				}
			}
		});

		await test.step('every page of a claim, from the notice to its withdrawal', async () => {
			for (const locale of locales) await lookAtClaim(browser, watch, origin, number, locale, supervisor);
		});

		await test.step('a notice that was taken down says so', async () => {
			await openNotice(supervisor, origin, published);
			await supervisor.locator('#reason').selectOption({ index: 1 });
			await supervisor.getByRole('button', { name: '撤下公告' }).click();
			await expect(supervisor.getByText('已撤下').first()).toBeVisible();
			await expect(async () => {
				expect((await supervisor.request.get(`${origin}/notice/${number}`)).status()).toBe(410);
			}).toPass({ timeout: 60_000 });
			for (const locale of locales) {
				const address = origin + addressIn(locale, `/notice/${number}`, {});
				await lookPublic(browser, watch, `public-gone.${locale}`, address);
			}
		});

		// The watch has seen something, or it would find nothing whatever happened.
		expect(watch.requests).toBeGreaterThan(100);
		expect(watch.foreign).toEqual([]);
		expect(watch.errors).toEqual([]);
	} catch (error) {
		await tablet.pictures(info.outputDir);
		throw error;
	} finally {
		await tablet.close();
		await other.close();
		await registry.close();
	}
});

/** What the service worker may keep: files of the build and the one empty page that starts it. */
const programFile = /^\/(_app\/.+\.(js|css|json|wasm)|icons\/.+\.png|logo\.svg|app\.webmanifest|app\/shell)$/;

type Step = readonly [path: string, heading: Message];

/** The screens of the app that have an address, each with a heading it is known by. */
function appScreens(child: string, begun: string): readonly Step[] {
	return [
		['/app', app.unfinished],
		['/app/children', app.childrenTitle],
		['/app/intake', intake.listTitle],
		...intakeSteps.map((step): Step => [`${begun}/${step}`, stepTitles[step]]),
		[child, childWords.holdTitle],
		[`${child}/photos`, childWords.photos],
		[`${child}/care`, childWords.care],
		[`${child}/samples`, childWords.samples],
		[`${child}/documents`, childWords.documents],
		[`${child}/handovers`, childWords.handovers],
		[`${child}/history`, childWords.history],
		[`${child}/record`, childWords.addWhat],
		...careKinds.map((kind): Step => [`${child}/record/care/${kind}`, filled(careForm.title, careNames[kind])]),
		[`${child}/record/photo`, childWords.photoTitle],
		[`${child}/record/document`, documents.title],
		[`${child}/record/sample`, childWords.sampleTitle],
		[`${child}/record/mark`, childWords.markTitle],
		[`${child}/record/belonging`, childWords.belongingTitle],
		[`${child}/record/handover/sent`, handoverForm.sentTitle],
		[`${child}/record/handover/received`, handoverForm.receivedTitle],
		[`${child}/record/field/features`, filled(childWords.correctField, fieldLabels.features)],
		['/app/sync', sync.title],
		['/app/settings', app.settingsTitle]
	];
}

/** The screens of a tablet that several share, that is full, damaged or long without signal. */
function sharedScreens(child: string, sheet: string, pair: string): readonly Step[] {
	return [
		['/app/sync?show=waiting', sync.title],
		['/app/storage', storagePage.title],
		['/app/settings/ways', ways.mineTitle],
		['/app/settings/people', ways.peopleTitle],
		['/app/loose', looseIntake.title],
		['/app/duplicates', duplicate.title],
		[pair, duplicate.compareTitle],
		['/app/receive', receiving.title],
		[`${child}/conflicts`, conflict.title],
		[`${child}/conflicts/features`, conflict.titleField],
		[sheet, handoverSheet.title]
	];
}

function publicScreens(number: string): readonly (readonly [string, string, Readonly<Record<string, string>>])[] {
	return [
		['home', '/', {}],
		['found', '/', { q: '眉 痣', sex: '2' }],
		['nothing-found', '/', { q: '没有这样的孩子' }],
		['large', '/', { type: 'large' }],
		['notice', `/notice/${number}`, {}],
		['notice-large', `/notice/${number}`, { type: 'large' }],
		['poster', `/notice/${number}/poster`, {}],
		['claim', '/claim', { notice: number }],
		['claim-large', '/claim', { notice: number, type: 'large' }],
		['report', '/report', {}],
		['claim-back', '/claim/back', {}],
		['give-blood', '/give-blood', {}],
		['about', '/about', {}],
		['not-found', '/no-such-page', {}]
	];
}

function addressIn(locale: Locale, path: string, query: Readonly<Record<string, string>>): string {
	const prefixed = locale === 'en' ? `/en${path === '/' ? '' : path}` : path;
	return Object.keys(query).length === 0 ? prefixed : `${prefixed}?${new URLSearchParams(query).toString()}`;
}

/** What is written on this tablet has its receipt. */
async function delivered(page: Page): Promise<void> {
	await go(page, '/app/sync', sync.title, 'zh-CN');
	await expect(page.getByText(sync.idle[0])).toBeVisible({ timeout: 60_000 });
}

/** Corrects one answer of a child. */
async function correct(page: Page, child: string, key: keyof typeof fieldLabels, text: string): Promise<void> {
	await go(page, `${child}/record/field/${key}`, filled(childWords.correctField, fieldLabels[key]), 'zh-CN');
	await line(page, key, text);
	await page.getByRole('button', { name: app.save[0], exact: true }).click();
	await expect(page).toHaveURL(new RegExp(`${child}$`));
}

/** Hands the child over to another house; answers the address of the sheet that goes with it. */
async function handOver(page: Page, child: string): Promise<string> {
	await go(page, `${child}/record/handover/sent`, handoverForm.sentTitle, 'zh-CN');
	await page.locator('#handover-house').selectOption({ index: 1 });
	await page.locator('#handover-officer').fill('马老师');
	await page.locator('#handover-condition').fill('睡着了，吃过晚饭');
	await page.locator('main form').getByRole('button').last().click();
	await expect(page.getByRole('heading', { name: handoverSheet.title[0] })).toBeVisible();
	return new URL(page.url()).pathname;
}

/** A badge, as a second way in: shown once, in both languages. */
async function makeBadge(page: Page, watch: Watch): Promise<void> {
	await go(page, '/app/settings/ways', ways.mineTitle, 'zh-CN');
	await page.getByRole('button', { name: ways.mineAddBadge[0] }).click();
	await watch.look(page, 'app-settings-ways-pin.zh-CN', { untold: names });
	await page.locator('#confirm-pin').fill(pin);
	await expect(page.locator('.signs')).toBeVisible();
	await watch.look(page, 'app-settings-ways-badge.zh-CN', { untold: names });
	await page.getByRole('button', { name: ways.cardPrinted[0] }).click();
}

/** One thing of the queue, opened. */
async function lookAtQueueItem(watch: Watch, page: Page, locale: Locale): Promise<void> {
	await go(page, '/app/sync?show=waiting', sync.title, locale);
	await page.locator('main details > summary').first().click();
	await watch.look(page, `app-sync-item.${locale}`, { untold: names });
}

/** What the registry did not accept of tablets, one of each reason, and what one of them says. */
async function lookAtSetAside(watch: Watch, supervisor: Page, origin: string): Promise<void> {
	const look = (name: string) => (locale: Locale) =>
		watch.look(supervisor, `desk-${name}.${locale}`, { untold: names, narrowest: true });
	await inBothLanguages(supervisor, `${origin}/desk/aside`, look('aside'));
	await expect(supervisor.locator('article')).toHaveCount(asideReasons.length);
	const one = await supervisor.locator('a[href^="/desk/child/"][href*="/aside/"]').first().getAttribute('href');
	await inBothLanguages(supervisor, `${origin}${one}`, look('aside-one'));
}

/** What somebody without an account wrote down, as an officer of the registry sees it. */
async function lookAtLooseRecords(browser: Browser, watch: Watch, origin: string): Promise<void> {
	const officer = await signIn(browser, origin, 'sun');
	watch.over(officer.context());
	await inBothLanguages(officer, `${origin}/desk/loose`, (locale) =>
		watch.look(officer, `desk-loose.${locale}`, { untold: [...names, looseName] })
	);
	await officer.locator('a[href^="/desk/loose/"]').first().click();
	await expect(officer.getByText(looseName).first()).toBeVisible();
	await inBothLanguages(officer, officer.url(), (locale) =>
		watch.look(officer, `desk-loose-record.${locale}`, { untold: [...names, looseName] })
	);
	await officer.context().close();
}

async function speakInApp(page: Page, locale: Locale): Promise<void> {
	const now = (await page.locator('html').getAttribute('lang')) === 'en' ? 'en' : 'zh-CN';
	await go(page, '/app/settings', app.settingsTitle, now);
	await page.locator(`input[name=language][value="${locale}"]`).check();
	await expect(page.locator('html')).toHaveAttribute('lang', locale);
}

/** The steps of enrolment, as far as they go without giving the code away. */
async function lookAtEnrolment(watch: Watch, tablet: TestTablet, address: string, locale: Locale): Promise<void> {
	const t = translator(locale);
	const page = await tablet.page();
	await page.goto(address);
	await page.evaluate((to) => localStorage.setItem('lampkeep.locale', to), locale);
	await page.reload();
	const look = (step: string) => watch.look(page, `app-enrol-${step}.${locale}`, { untold: names });
	await expect(page.getByRole('heading', { level: 1, name: t(app.enrolTitle) })).toBeVisible();
	await look('code');
	await page.getByRole('button', { name: t(app.enrolContinue) }).click();
	const words = page.getByRole('figure').getByRole('listitem');
	await expect(words).toHaveCount(5);
	await look('passphrase');
	const passphrase = (await words.allInnerTexts()).join(' ');
	await page.getByRole('button', { name: t(app.enrolPassphraseCopied) }).click();
	await look('passphrase-again');
	await page.getByRole('textbox').fill(passphrase);
	await page.getByRole('button', { name: t(app.enrolContinue) }).click();
	await expect(page.locator('#pin')).toBeVisible();
	await look('pin');
	await page.evaluate(() => localStorage.setItem('lampkeep.locale', 'zh-CN'));
	await page.close();
}

/** Resting and locked: what is seen without opening the tablet. Leaves it open. */
async function lookAtDoors(watch: Watch, tablet: TestTablet, page: Page, locale: Locale): Promise<void> {
	const t = translator(locale);
	await page.locator('[popovertarget=person]').click();
	await watch.look(page, `app-menu.${locale}`, { untold: names });
	await page.getByRole('button', { name: t(app.restNow) }).click();
	await expect(page.getByRole('heading', { level: 1, name: t(app.restTitle) })).toBeVisible();
	await watch.look(page, `app-rest.${locale}`, { untold: names });
	await page.reload();
	await expect(page.getByRole('heading', { level: 1, name: t(app.unlockTitle) })).toBeVisible();
	await watch.look(page, `app-unlock-badge.${locale}`, { untold: names });
	await lookAtLoose(watch, page, locale);
	await page.goto(new URL('/app', page.url()).href);
	await page.locator('input[name=way][value=passphrase]').check();
	await watch.look(page, `app-unlock.${locale}`, { untold: names });
	await page.locator('#passphrase').fill(tablet.passphrase);
	await page.getByRole('button', { name: t(app.unlockSubmit), exact: true }).click();
	await expect(page.locator('#passphrase')).toBeHidden();
}

/** A child written down without an account, on a tablet that is locked: what is wrong, and what it says when it has arrived. */
async function lookAtLoose(watch: Watch, page: Page, locale: Locale): Promise<void> {
	const t = translator(locale);
	const look = (step: string) => watch.look(page, `app-loose-${step}.${locale}`, { untold: [...names, looseName] });
	await page.goto(new URL('/app/loose', page.url()).href);
	await expect(page.getByRole('heading', { level: 1, name: t(looseIntake.title) })).toBeVisible();
	await look('empty');
	const save = page.getByRole('button', { name: t(looseIntake.save) });
	await save.click();
	await expect(page.getByRole('alert').first()).toBeVisible();
	await look('wrong');
	await page.locator('#loose-name').fill('王大山');
	await page.locator('#loose-phone').fill('13800000009');
	await page.locator('#loose-house').fill('云岭县长途汽车站');
	await page.locator('#loose-where').fill('候车室');
	await page.locator('#loose-childName').fill(looseName);
	await save.click();
	await expect(page.getByText(anyOf(t(looseIntake.received))).first()).toBeVisible({ timeout: 30_000 });
	await look('received');
}

/** A public screen, opened by somebody who was never here: what it weighs, and how it looks. */
async function lookPublic(browser: Browser, watch: Watch, name: string, address: string): Promise<void> {
	const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
	watch.over(context);
	if (/gone|not-found/.test(name)) watch.expectFailure(address);
	const page = await context.newPage();
	const bytes = await weighed(page, address);
	expect.soft(bytes, `${name}: bytes without photos`).toBeLessThan(100_000);
	expect.soft(await page.locator('script').count(), `${name}: scripts`).toBe(0);
	// A notice names the child, in its title too: that is what it was approved for.
	await watch.look(page, name, { untold: /notice/.test(name) ? [unpublished] : names, narrowest: true });
	await context.close();
}

/** A family claims, without a script: every page it sees, with what is wrong and with what is right. */
async function lookAtClaim(
	browser: Browser,
	watch: Watch,
	origin: string,
	number: string,
	locale: Locale,
	supervisor: Page
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
	if (locale === 'zh-CN') await lookAtDesk(watch, supervisor, origin, told);
	await page.goto(at('/claim/withdraw'));
	await look('withdraw');
	await page.getByRole('button', { name: t(claimWords.withdrawYes) }).click();
	await look('withdrawn');
	await context.close();
}

/** The claim at the desk of the house that has the child: listed, read beside the file, found plausible. */
async function lookAtDesk(watch: Watch, desk: Page, origin: string, told: string): Promise<void> {
	const untold = [...names, told];
	// The link from the notice's number to the child is a job of the registry.
	await expect(async () => {
		await desk.goto(`${origin}/desk/claims`);
		await expect(desk.locator('tbody tr')).toHaveCount(1, { timeout: 1000 });
	}).toPass({ timeout: 60_000 });
	await inBothLanguages(desk, `${origin}/desk/claims`, (locale) =>
		watch.look(desk, `desk-claims.${locale}`, { untold })
	);
	await desk.locator('tbody th a').click();
	const claim = desk.url();
	await inBothLanguages(desk, claim, (locale) =>
		watch.look(desk, `desk-claim-new.${locale}`, { untold, narrowest: true })
	);
	await desk.locator('#screen-verdict').check();
	await desk.locator('#screen-note').fill('说对了没有公开过的事');
	await desk.locator('#do-screen').getByRole('button').click();
	await expect(desk.getByText(claimDesk.blockWhat[0])).toBeVisible();
	await inBothLanguages(desk, claim, async (locale) => {
		await desk.locator('details').evaluateAll((all: HTMLDetailsElement[]) => all.forEach((each) => (each.open = true)));
		await watch.look(desk, `desk-claim-blocking.${locale}`, { untold });
	});
}

/** What a page and all that it loads weigh on the wire, photos of children aside. */
async function weighed(page: Page, address: string): Promise<number> {
	const sizes: Promise<number>[] = [];
	page.on('requestfinished', (request) => {
		if (/\/photo\//.test(request.url())) return;
		sizes.push(
			request.sizes().then(({ responseBodySize, responseHeadersSize }) => responseBodySize + responseHeadersSize)
		);
	});
	await page.goto(address);
	return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
