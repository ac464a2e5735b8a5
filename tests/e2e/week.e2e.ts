import { webcrypto } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import { canonicalJson } from '#lib/domain/canonical-json.ts';
import { app } from '#lib/messages/app.ts';
import { photoForm, viewNames } from '#lib/messages/care.ts';
import { conflict } from '#lib/messages/conflict.ts';
import { importOutbox, outbox } from '#lib/messages/outbox.ts';
import { queue } from '#lib/messages/queue.ts';
import { storage, storagePage } from '#lib/messages/storage.ts';
import { sync } from '#lib/messages/sync.ts';
import { tablets as deskTablets } from '#lib/messages/tablets.ts';
import { ways } from '#lib/messages/ways.ts';
import { addPerson, enrolCode, foundHouse, signIn } from './support/desk.ts';
import { foundIn } from './support/disk.ts';
import { beginIntake, line, next, savedHere } from './support/intake.ts';
import { drawnPhoto, heavyPhoto } from './support/photo.ts';
import { TestRegistry } from './support/registry.ts';
import { pin, TestTablet, type Person } from './support/tablet.ts';
import { expect, test } from './support/test.ts';
import { Watch } from './support/watch.ts';
import { goTo } from './support/within.ts';
import { hearKeys, writtenForms } from './support/worker-keys.ts';

/*
 * One week of a house: two care workers on one tablet, a third on another, five days without the registry, a browser killed
 * in the middle of a form, a full disk, two answers to one question; then the registry is back, and on Sunday the tablet is closed.
 * What the screens said was saved is compared, by id, with what the registry has in the end.
 */
const [tuesday, wednesday, thursday, friday, saturday, sunday] = [1, 2, 3, 4, 5, 6] as const;
/* Long enough to be found nowhere by chance, and in no dictionary. */
const common = '满都拉图雅';
const begun = '阿禾其其格';
const features = { here: '右眉上有一颗痣，左膝有旧疤', there: '左眉上有一颗痣' };
/** What was recorded, by whom: each stands in exactly one entry in the end. */
const said = {
	case: 'YL-2026-0211',
	marks: '右手腕有月牙形胎记',
	supper: '晚饭吃了半碗粥，要水喝',
	night: '夜里醒了两次，抱着就睡',
	fever: '下午低烧，贴了退热贴',
	second: 'YL-2026-0212',
	secondMarks: '左耳垂缺了一小块'
};
const lastWords = '早上自己穿好了鞋';

test('a week of a house: nothing is lost, nothing is twice, and a closed tablet keeps nothing', async ({
	browser
}, info) => {
	test.setTimeout(600_000);
	const registry = await TestRegistry.start();
	const tablet = await TestTablet.start();
	const other = await TestTablet.start();
	const { origin } = registry;
	const watch = new Watch(origin, info.outputPath('screens'));
	const over = async ({ context }: TestTablet) => {
		watch.over(context);
		await watch.overTitles(context);
	};
	/** Every item that a screen of a tablet said it has, by its id. */
	const shown = { tablet: new Set<string>(), other: new Set<string>() };
	/** Every key that opened something on the first tablet. */
	const keys = new Set<string>();
	try {
		await over(tablet);
		await over(other);
		const { institutionId } = await foundHouse(registry);
		for (const name of ['周小梅', '王建军']) await addPerson(registry, institutionId, name, 'care_worker');
		const file = info.outputPath('children.csv');
		await writeFile(
			file,
			`儿童编号,姓名,性别,接收日期,出生日期,体貌特征\nYL-2026-0031,${common},女,2026-03-24,2022-05-01,右眉上有一颗痣\n`
		);
		await registry.command(['import', file, '--as', 'chen']);
		let desk = await signIn(browser, origin, 'chen');

		/** A page of the first tablet on a day, at its door; its keys are heard. */
		const door = async (day: number) => {
			tablet.daysAhead = day;
			const page = await tablet.page();
			const heard = hearKeys(page);
			await page.goto(`${origin}/app`);
			return { page, heard };
		};
		const evening = async ({ page, heard }: Awaited<ReturnType<typeof door>>) => {
			for (const id of await itemsOn(page)) shown.tablet.add(id);
			for (const key of await heard.keys()) keys.add(key);
			await page.close();
		};

		const people = await test.step('Monday: three people on two tablets, and one child on both', async () => {
			const page = await tablet.enrol(origin, await enrolCode(desk, '李秀兰'));
			await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
			const first: Person = { name: '李秀兰', passphrase: tablet.passphrase };
			await tablet.addPerson(page, await enrolCode(desk, '周小梅'));
			const second: Person = { name: '周小梅', badge: await makeBadge(page) };
			await goTo(page, '/app/children');
			await expect(page.getByRole('link', { name: new RegExp(common) })).toBeVisible();
			await page.getByRole('link', { name: new RegExp(common) }).click();
			await expect(page.getByRole('heading', { level: 1, name: common })).toBeVisible();
			const child = new URL(page.url()).pathname;
			await delivered(page);
			await page.close();

			const elsewhere = await other.enrol(origin, await enrolCode(desk, '王建军'));
			await elsewhere.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
			await goTo(elsewhere, '/app/children');
			await expect(elsewhere.getByRole('link', { name: new RegExp(common) })).toBeVisible();
			await delivered(elsewhere);
			await elsewhere.close();
			return { first, second, child };
		});
		const { first, second, child } = people;
		const [tabletId = '', otherId = ''] = await Promise.all(
			['李秀兰', '王建军'].map((name) => deviceOf(registry, name))
		);

		watch.registryAway = true;
		await registry.kill();

		const childBegun =
			await test.step('Tuesday: one begins a child with a photo; the other is at it within seconds', async () => {
				const day = await door(tuesday);
				const { page } = day;
				await tablet.unlock(page, first);
				await goTo(page, '/app/children');
				const intake = await beginIntake(page);
				await line(page, 'caseNumber', said.case);
				await next(page, '孩子是谁，从哪里来');
				await line(page, 'nameAssigned', begun);
				await page.getByRole('link', { name: '身体特征' }).click();
				await line(page, 'features', said.marks);
				await page.getByRole('link', { name: '照片', exact: true }).click();
				await choosePhoto(page, await drawnPhoto());
				await page.getByRole('button', { name: photoForm.keep[0] }).click();
				await expect(page.getByText('可用')).toBeVisible();

				const began = performance.now();
				await page.getByRole('button', { name: new RegExp(first.name) }).click();
				await page.getByRole('button', { name: app.changePerson[0] }).click();
				await tablet.unlock(page, second);
				await expect(page.getByRole('button', { name: new RegExp(second.name) })).toBeVisible();
				const seconds = (performance.now() - began) / 1000;
				expect(seconds, 'to change the person with a typed badge and a PIN').toBeLessThan(10);
				await expect(page, 'not in the form of the one before').toHaveURL(/\/app$/);

				const path = new URL(intake).pathname.replace('/intake/', '/children/');
				await goTo(page, path);
				await expect(page.getByRole('heading', { level: 1, name: begun })).toBeVisible();
				await recordCare(page, path, said.supper);
				await evening(day);
				return path;
			});

		await test.step('Wednesday: killed in the middle of a form, right after a save', async () => {
			const { page, heard } = await door(wednesday);
			await tablet.unlock(page, second);
			for (const key of await heard.keys()) keys.add(key);
			await recordCare(page, child, said.night);
			await goTo(page, `${child}/record/care/health`);
			await page.locator('#care-finding').fill(said.fever);
			await savedHere(page);
			await tablet.kill();
			await tablet.up();
			await over(tablet);

			const again = await door(wednesday);
			await tablet.unlock(again.page, second);
			const afterKill = await itemsOn(again.page);
			expect(afterKill).toEqual(expect.arrayContaining([...shown.tablet]));
			expect(afterKill).toHaveLength(shown.tablet.size + 1);
			await goTo(again.page, `${child}/care`);
			await expect(again.page.getByText(said.night)).toHaveCount(1);
			await goTo(again.page, `${child}/record/care/health`);
			await expect(again.page.locator('#care-finding')).toHaveValue(said.fever);
			await again.page.getByRole('button', { name: app.save[0], exact: true }).click();
			await expect(again.page).toHaveURL(new RegExp(`${child}/care$`));
			await expect(again.page.getByText(said.fever)).toHaveCount(1);
			await evening(again);
		});

		await test.step('Thursday: the disk is full; a photo is refused in words, every text is saved', async () => {
			// Anew: a browser keeps in mind for a while what room there was.
			await tablet.kill();
			await tablet.up();
			await over(tablet);
			const day = await door(thursday);
			const { page } = day;
			const room = await tablet.context.newCDPSession(page);
			await room.send('Storage.overrideQuotaForOrigin', {
				origin,
				quotaSize: (await settledUsage(room, origin)) + 150_000
			});
			await tablet.unlock(page, first);
			await goTo(page, `${childBegun}/record/photo`);
			await page.getByRole('button', { name: viewNames.left[0] }).click();
			await choosePhoto(page, await heavyPhoto());
			const began = performance.now();
			await page.getByRole('button', { name: photoForm.keep[0] }).click();
			await expect(page.getByRole('alert')).toHaveText(storage.photoNotKept[0]);
			const seconds = (performance.now() - began) / 1000;
			expect(seconds, 'to say that the photo was not kept').toBeLessThan(2);

			await goTo(page, '/app/children');
			await beginIntake(page);
			await line(page, 'caseNumber', said.second);
			await next(page, '孩子是谁，从哪里来');
			await savedHere(page);
			await page.getByRole('link', { name: '身体特征' }).click();
			await line(page, 'features', said.secondMarks);
			await next(page, '随身带的和身上穿的');
			await savedHere(page);
			await expect(page.getByRole('alert')).toHaveCount(0);
			await goTo(page, '/app/storage');
			await expect(page.getByText(filled(storagePage.notKeptWhat[0], 1))).toBeVisible();
			await evening(day);
		});

		// That there is no room is in the console too; nothing else is.
		expect(watch.errors.filter((error) => !error.includes('QuotaExceededError'))).toEqual([]);
		watch.errors.length = 0;
		const carried = info.outputPath('carried.lampkeep');
		await test.step('Friday: two tablets answer one question differently; what waits too long is carried out as a file', async () => {
			await tablet.kill();
			await tablet.up();
			await over(tablet);
			other.daysAhead = friday;
			const elsewhere = await other.open(`${origin}/app`);
			await correct(elsewhere, child, features.there);
			for (const id of await itemsOn(elsewhere)) shown.other.add(id);
			await elsewhere.close();

			const day = await door(friday);
			const { page } = day;
			await tablet.unlock(page, first);
			await expect(page.getByText(filled(outbox.overdueHome[0], 3))).toBeVisible();
			await correct(page, child, features.here);
			await goTo(page, '/app');
			await page.getByRole('link', { name: outbox.overdueLink[0] }).click();
			await expect(page.getByText(filled(outbox.overdue[0], 3))).toBeVisible();
			const download = page.waitForEvent('download');
			await page.getByRole('button', { name: /存成加密文件/ }).click();
			const file = await download;
			expect(file.suggestedFilename()).toMatch(/^lampkeep-outbox-\d{4}-\d\d-\d\d\.lampkeep$/);
			await file.saveAs(carried);
			await evening(day);
		});

		await test.step('Saturday: the registry is back; the first tablet sends while it is locked', async () => {
			const { page } = await door(saturday);
			await tablet.context.setOffline(true);
			await expect(page.getByText('项未发送')).toBeVisible();
			await registry.up(saturday);
			watch.registryAway = false;
			// The network, too, comes back.
			await tablet.context.setOffline(false);
			await expect(page.getByText(outbox.none[0])).toBeVisible({ timeout: 90_000 });
			await expect(page.getByRole('heading', { level: 1, name: app.unlockTitle[0] })).toBeVisible();
			await page.close();
		});

		const here = await door(saturday);
		other.daysAhead = saturday;
		const there = await other.open(`${origin}/app`);
		await test.step('both tablets sync: every item has its receipt, and the registry has each once, signed by its author', async () => {
			await tablet.unlock(here.page, first);
			await delivered(there);
			await delivered(here.page);
			await expectOnRegistry(registry, { device: tabletId, page: here.page, shown: shown.tablet });
			await expectOnRegistry(registry, { device: otherId, page: there, shown: shown.other });
			const entries = await entriesOf(registry, [tabletId, otherId]);
			const authors: Record<string, string> = {
				...{ [said.case]: '李秀兰', [said.marks]: '李秀兰', [said.supper]: '周小梅', [said.night]: '周小梅' },
				...{ [said.fever]: '周小梅', [said.second]: '李秀兰', [said.secondMarks]: '李秀兰' },
				...{ [features.here]: '李秀兰', [features.there]: '王建军' }
			};
			for (const [text, author] of Object.entries(authors))
				expect(
					entries.filter(({ body }) => body.includes(JSON.stringify(text))).map(({ name }) => name),
					text
				).toEqual([author]);
			for (const entry of entries) expect(await signedByAuthor(entry), `${entry.name}, ${entry.id}`).toBe(true);
		});

		await test.step('both show the conflict; one settles it with both answers before their eyes; all agree', async () => {
			for (const page of [here.page, there]) {
				await goTo(page, '/app/sync');
				await page.getByRole('button', { name: sync.now[0] }).click();
				await goTo(page, child);
				await expect(page.getByText(filled(app.chipConflict[0], 1)).first()).toBeVisible({ timeout: 30_000 });
			}
			await here.page.getByRole('link', { name: conflict.open[0] }).click();
			const side = (who: string, text: string) =>
				here.page.locator('label').filter({ hasText: who }).filter({ hasText: text });
			await expect(side('李秀兰', features.here)).toBeVisible();
			await expect(side('王建军', features.there)).toBeVisible();
			await side('王建军', features.there).getByRole('radio').check();
			await here.page.getByRole('button', { name: conflict.save[0] }).click();
			await expect(here.page.getByText(filled(conflict.saved[0], 1))).toBeVisible();
			await delivered(here.page);
			await goTo(there, '/app/sync');
			await there.getByRole('button', { name: sync.now[0] }).click();
			for (const page of [here.page, there]) {
				await goTo(page, child);
				await expect(page.getByText(filled(app.chipConflict[0], 1))).toHaveCount(0, { timeout: 30_000 });
				// The page folds its sections away; each says what stands.
				await expect(page.locator('dd').filter({ hasText: features.there })).toHaveCount(1);
				await expect(page.locator('dd').filter({ hasText: features.here })).toHaveCount(0);
			}
			for (const page of [here.page, there]) await delivered(page);
			expect(await registry.command(['verify'])).toMatchObject({ broken: [], brokenDevices: [], orphans: [] });
		});

		await test.step('the file that was carried out brings nothing twice', async () => {
			await desk.context().close();
			desk = await signIn(browser, origin, 'chen');
			watch.over(desk.context());
			const before = (await entriesOf(registry, [tabletId, otherId])).length;
			await desk.goto(`${origin}/desk/import-outbox`);
			await desk.locator('#file').setInputFiles(carried);
			await desk.getByRole('button', { name: importOutbox.submit[0] }).click();
			await expect(desk.getByRole('heading', { name: importOutbox.result[0] })).toBeVisible();
			await expect(fact(desk, importOutbox.accepted[0])).toHaveText('0');
			expect(await entriesOf(registry, [tabletId, otherId])).toHaveLength(before);
			await evening(here);
			await there.close();
		});

		await test.step('Sunday: closed at the desk with one record unsent, it hands that in, locked, and erases itself', async () => {
			watch.registryAway = true;
			await registry.kill();
			const day = await door(sunday);
			await tablet.unlock(day.page, second);
			await recordCare(day.page, child, lastWords);
			await expect(day.page.getByText(filled(app.waitingCount[0], 1)).first()).toBeAttached();
			await evening(day);
			await tablet.kill();
			expect(keys.size, 'keys that were heard').toBeGreaterThan(0);
			const secrets = [...keys].flatMap(writtenForms);
			const planted = [common, begun, lastWords, ...Object.values(said), ...Object.values(features)];
			// At rest it tells nothing either; and the scan finds what is there.
			expect(await foundIn(tablet.profile, [...planted, ...secrets])).toEqual([]);
			expect(await foundIn(tablet.profile, [tabletId])).not.toEqual([]);

			await registry.up(sunday);
			watch.registryAway = false;
			await desk.context().close();
			desk = await signIn(browser, origin, 'chen');
			watch.over(desk.context());
			await desk.goto(`${origin}/desk/tablets/${tabletId}`);
			const readable = desk.getByRole('region', { name: deskTablets.readable[0] });
			await expect(readable).toContainText(filled(deskTablets.readableCount[0], 3));
			for (const name of [common, begun]) await expect(readable.getByRole('link', { name })).toBeVisible();
			await desk.locator('#reason').fill('平板在集市上丢了');
			await desk.locator('#sure').check();
			await desk.getByRole('button', { name: deskTablets.close[0] }).click();
			await expect(desk.getByText(deskTablets.done[0])).toBeVisible();

			await tablet.up();
			await over(tablet);
			const { page } = await door(sunday);
			await expect(page.getByRole('heading', { level: 1, name: outbox.closedTitle[0] })).toBeVisible({
				timeout: 60_000
			});
			await expect(page.getByText(outbox.closedTold[0])).toBeVisible();
			await expect(page.getByText(filled(outbox.closedWhat[0], 1))).toBeVisible();
			await expect(async () => {
				await desk.goto(`${origin}/desk/tablets/${tabletId}`);
				await expect(desk.getByText(/\d+ 已自行清除/)).toBeVisible({ timeout: 1_000 });
			}).toPass({ timeout: 30_000 });
			await expect(desk.getByText(/没能送出/)).toHaveCount(0);
			const aside = await registry.query<{ body: string }>(
				`SELECT body FROM quarantine WHERE device_id = $1 AND reason_type = 'device_revoked'`,
				[tabletId]
			);
			expect(aside.map(({ body }) => body.includes(JSON.stringify(lastWords)))).toEqual([true]);
			await tablet.kill();
			const own = [tablet.passphrase, tabletId];
			expect(await foundIn(tablet.profile, [...planted, ...own, ...secrets])).toEqual([]);
		});

		const { accepted, quarantined } = await standing(registry, [tabletId, otherId]);
		expect({ accepted, quarantined }, 'what the registry has of both tablets').toEqual({
			accepted: (await entriesOf(registry, [tabletId, otherId])).length,
			quarantined: 1
		});
		const told = [...watch.told].join('\n');
		expect(watch.told.size).toBeGreaterThan(20);
		for (const name of [common, begun, lastWords, ...Object.values(said), ...Object.values(features)])
			expect(told, 'titles and addresses').not.toContain(name);
		expect(watch.requests).toBeGreaterThan(100);
		expect(watch.foreign).toEqual([]);
		expect(watch.errors).toEqual([]);
	} catch (error) {
		await tablet.pictures(join(info.outputDir, 'first')).catch(() => undefined);
		await other.pictures(join(info.outputDir, 'second')).catch(() => undefined);
		throw error;
	} finally {
		await tablet.close();
		await other.close();
		await registry.close();
	}
});

/** Makes a badge for who has the tablet open, by hand; answers its signs. */
async function makeBadge(page: Page): Promise<string> {
	await goTo(page, '/app/settings/ways');
	await page.getByRole('button', { name: ways.mineAddBadge[0] }).click();
	await page.locator('#confirm-pin').fill(pin);
	const signs = (await page.locator('.signs').innerText()).replace(/\s/g, '');
	await page.getByRole('button', { name: ways.cardPrinted[0] }).click();
	return signs;
}

/** Everything that was written on this tablet has its receipt. */
async function delivered(page: Page): Promise<void> {
	await goTo(page, '/app/sync');
	await expect(page.getByText(sync.idle[0])).toBeVisible({ timeout: 60_000 });
}

/** The ids of the lines of the queue, page by page. */
async function itemsOn(page: Page): Promise<readonly string[]> {
	await goTo(page, '/app/sync');
	const lines = page.locator('li[id^=item-]');
	const ids = new Set<string>();
	for (;;) {
		await expect(lines.first()).toBeVisible();
		for (const id of await lines.evaluateAll((all) => all.map((each) => each.id))) ids.add(id.slice('item-'.length));
		const later = page.getByRole('button', { name: queue.later[0] });
		if ((await later.count()) === 0 || (await later.isDisabled())) return [...ids].sort();
		const last = await lines.last().getAttribute('id');
		await later.click();
		await expect(page.locator(`li[id="${last}"]`)).toHaveCount(0);
	}
}

async function recordCare(page: Page, child: string, text: string): Promise<void> {
	await goTo(page, `${child}/record/care/daily`);
	await page.locator('#care-note').fill(text);
	await page.getByRole('button', { name: app.save[0], exact: true }).click();
	await expect(page).toHaveURL(new RegExp(`${child}/care$`));
	await expect(page.getByText(text)).toHaveCount(1);
}

async function correct(page: Page, child: string, text: string): Promise<void> {
	await goTo(page, `${child}/record/field/features`);
	await line(page, 'features', text);
	await page.getByRole('button', { name: app.save[0], exact: true }).click();
	await expect(page).toHaveURL(new RegExp(`${child}$`));
}

async function choosePhoto(page: Page, picture: Buffer): Promise<void> {
	await page.locator('input[type=file]').setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: picture });
	await expect(page.getByRole('button', { name: photoForm.keep[0] })).toBeVisible();
}

/** What the browser counts for the program, once it has counted everything: after a start it does so bit by bit. */
async function settledUsage(browser: CDPSession, origin: string): Promise<number> {
	let before = -1;
	await expect(async () => {
		const { usage, usageBreakdown } = await browser.send('Storage.getUsageAndQuota', { origin });
		const counted = usageBreakdown.filter((part) => part.usage > 0).map(({ storageType }) => storageType);
		expect(counted).toEqual(expect.arrayContaining(['file_systems', 'cache_storage', 'indexeddb']));
		const last = before;
		before = usage;
		expect(usage).toBe(last);
	}).toPass({ timeout: 30_000, intervals: [300] });
	return before;
}

/** What a list of facts at the desk says of one. */
function fact(desk: Page, term: string) {
	return desk.locator('dt', { hasText: term }).locator('xpath=following-sibling::dd[1]');
}

/** A sentence of the messages whose only placeholder is a number. */
function filled(sentence: string, n: number): string {
	return sentence.replace(/\{\w+\}/, String(n));
}

/** The tablet on which somebody was enrolled. */
async function deviceOf(registry: TestRegistry, name: string): Promise<string> {
	const keys = await registry.query<{ device_id: string }>(
		'SELECT device_id FROM staff_keys JOIN users ON users.id = staff_id WHERE users.name = $1',
		[name]
	);
	expect(keys).toHaveLength(1);
	return keys[0]?.device_id ?? '';
}

interface StoredEntry {
	readonly id: string;
	readonly name: string;
	readonly body: string;
	/** Of the author's key on the tablet that wrote it. */
	readonly key: string;
	/** What people see of the chain's hash. */
	readonly receipt: string;
}

/** What the registry has of these tablets, past its program. */
function entriesOf(registry: TestRegistry, devices: readonly string[]): Promise<readonly StoredEntry[]> {
	return registry.query<StoredEntry>(
		`SELECT e.id, u.name, e.body, k.public_key AS key, upper(left(f.hash, 8)) AS receipt
		FROM entries e
		JOIN users u ON u.id = e.staff_id
		JOIN staff_keys k ON k.staff_id = e.staff_id AND k.device_id = e.device_id
		JOIN feed f ON f.entry_id = e.id AND f.institution_id = e.institution_id
		WHERE e.device_id = ANY ($1)`,
		[devices]
	);
}

/** Whether an entry, byte for byte as it is stored, bears its author's signature; by the browser's arithmetic, not the product's. */
async function signedByAuthor({ body, key }: StoredEntry): Promise<boolean> {
	const { signature, ...unsigned } = JSON.parse(body) as { readonly signature: string };
	const { subtle } = webcrypto;
	const point = Buffer.from(key, 'base64url');
	const author = await subtle.importKey('raw', point, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
	return subtle.verify(
		{ name: 'ECDSA', hash: 'SHA-256' },
		author,
		Buffer.from(signature, 'base64url'),
		Buffer.from(canonicalJson(unsigned))
	);
}

interface Sent {
	readonly device: string;
	readonly page: Page;
	/** What its screens had shown by Friday. */
	readonly shown: ReadonlySet<string>;
}

/** What a tablet's screens said it had, the registry has, with the receipts that they show now; and nothing else. */
async function expectOnRegistry(registry: TestRegistry, { device, page, shown }: Sent): Promise<void> {
	const now = await itemsOn(page);
	expect(now).toEqual([...shown].sort());
	const entries = await entriesOf(registry, [device]);
	const photos = await registry.query<{ sha256: string; receipt: string }>(
		'SELECT sha256, receipt FROM photos WHERE device_id = $1',
		[device]
	);
	const stored = [...entries.map(({ id }) => id), ...photos.map(({ sha256 }) => sha256)];
	expect(stored.sort()).toEqual(now);
	const receipts = (await page.locator('main').innerText()).match(/(?<=回执 )[0-9A-F]{8}/g) ?? [];
	expect(receipts.sort()).toEqual([...entries, ...photos].map(({ receipt }) => receipt).sort());
}

/** How many rows the registry has of these tablets, facts and set aside. */
async function standing(registry: TestRegistry, devices: readonly string[]) {
	const [counted] = await registry.query<{ accepted: number; quarantined: number }>(
		`SELECT (SELECT count(*)::int FROM entries WHERE device_id = ANY ($1)) AS accepted,
			(SELECT count(*)::int FROM quarantine WHERE device_id = ANY ($1)) AS quarantined`,
		[devices]
	);
	return { accepted: counted?.accepted, quarantined: counted?.quarantined };
}
