import { writeFile } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';
import { addPerson, enrolCode, foundHouse, openNotice, signIn } from './support/desk.ts';
import { dayAfter, dayAhead, yearBefore } from './support/days.ts';
import { drawnPhoto } from './support/photo.ts';
import { TestRegistry } from './support/registry.ts';
import { TestTablet } from './support/tablet.ts';
import { expect, test } from './support/test.ts';

/*
 * A year and more of one child, in the browsers of those who act: the day before the twelve months end a mother claims the
 * child from a telephone; it is the wrong child, DNA says; the certificate comes, two houses review, the child is adopted;
 * then the true parents appear. The registry's own clock is turned ahead between the acts.
 */
const name = '小满';
const police = '云岭县公安局';
const house = '云岭县儿童福利院';
const civilAffairs = '云岭县民政局';

test('a child is claimed on day 364, certified after it, adopted, and found by its parents', async ({
	browser
}, info) => {
	test.setTimeout(1_200_000);
	const registry = await TestRegistry.start();
	const tablet = await TestTablet.start();
	try {
		await foundHouse(registry);
		await foundOffices(registry);
		// Holidays are published a year at a time, and nothing is decided on a provisional day: the walk has its own table.
		const table = info.outputPath('rest-days.json');
		await writeFile(table, restDays());
		await registry.command(['rest-days', 'load', table, '--as', 'sun']);
		// The last day is tomorrow, or the first working day from then on: the year began a year before.
		const handover = yearBefore(dayAhead(1));
		const file = info.outputPath('child.csv');
		await writeFile(file, spreadsheet(handover));
		await registry.command(['import', file, '--as', 'chen']);
		const turnTo = async (days: number) => {
			await registry.down();
			await registry.up(days);
			desks = await openDesks(browser, registry.origin);
		};
		let desks = await openDesks(browser, registry.origin);
		const child = await childAddress(desks.supervisor, registry.origin);
		let number = '';
		const lastDay = await lastDayOf(desks.supervisor);
		// A rest day moves it on; never back.
		expect(lastDay >= dayAhead(1) && lastDay <= dayAhead(12)).toBe(true);

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

		const { page, path } = await test.step('the tablet has the child, and its sample is in the database', async () => {
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
			return { page, path };
		});

		await test.step('a notice by two', async () => {
			number = await publish(desks, registry.origin);
		});

		const mother = await test.step('day 364: a mother claims the child from a telephone without a script', () =>
			claimFromPhone(browser, registry.origin, number, '杨秀英', '13800000001'));
		const claim =
			await test.step('a supervisor finds the claim plausible: board and tablet stop the child at once', async () => {
				const claim = await claimAddress(desks.supervisor, registry.origin);
				await act(desks.supervisor, claim, 'screen', { verdict: 'plausible', note: '说得出纽扣的来历。' });
				await desks.officer.goto(`${registry.origin}/desk/review?stage=claimed`);
				await expect(desks.officer.getByText(name).first()).toBeVisible();
				await page.goto(`${registry.origin}/app/sync`);
				await tablet.unlock(page);
				await expect(page.getByText('都送到了')).toBeVisible({ timeout: 60_000 });
				await page.goto(`${registry.origin}${path}`);
				await tablet.unlock(page);
				await expect(page.getByText('有人认领，停办第 1 天')).toBeVisible();
				await expect(page.getByText(`期满日 ${lastDay} 不变`)).toBeVisible();
				return claim;
			});

		await test.step('a second person confirms the day the months count from', async () => {
			await desks.administrator.goto(`${child}/review`);
			await desks.administrator.getByRole('button', { name: new RegExp(handover) }).click();
			await expect(desks.administrator).toHaveURL(/done=/);
		});

		await turnTo(24);
		await test.step('three weeks later DNA excludes her: one proposes to refuse, the same person cannot sign', async () => {
			await act(desks.police, claim, 'recordSample', { of: 'family', day: dayAhead(2), reference: 'CY-0417' });
			await act(desks.police, claim, 'reportKinship', {
				...{ result: 'excluded', reference: '云公鉴〔2026〕94号', day: dayAhead(20), loci: '20' }
			});
			await openFile(desks.officer, child, 'claim');
			await act(desks.officer, claim, 'proposeDecision', {
				...{ decision: 'refuse', note: '二十个基因座比对，排除亲子关系。', confirm: 'yes' }
			});
			await desks.officer.goto(claim);
			await expect(desks.officer.locator('form[action^="?/signDecision"]')).toHaveCount(0);
			await expectReview(desks.administrator, child, `已停办 24 天；期满日 ${lastDay} 不变`);
			await act(desks.administrator, claim, 'signDecision', { confirm: 'yes' });
			await expect(desks.administrator.getByText(lastDay).first()).toBeVisible();
			await follow(browser, registry.origin, mother, '已经有结果');
		});

		await turnTo(40);
		await test.step('the certificate is entered; one signature does not certify, nor two of one house', async () => {
			await expectReview(desks.administrator, child, /停办 24 天，/, `期满日仍是 ${lastDay}`);
			await filePaper(desks.supervisor, child, 'DOC-C', dayAhead(36), police);
			await sign(desks.administrator, child);
			await expectReview(desks.administrator, child, lastDay);
			await expect(desks.administrator.locator('#sign button[value=eligible]')).toHaveCount(0);
			await openFile(desks.officer, child, 'review');
			await sign(desks.officer, child);
			await desks.officer.goto(`${registry.origin}/desk/review?stage=certified`);
			await expect(desks.officer.getByText(name).first()).toBeVisible();
		});

		await test.step('the child is matched, and the registry announces it for sixty days', async () => {
			const { officer } = desks;
			await act(officer, `${child}/leaving`, 'guardianship', { ground: 'certified' });
			await fillIn(officer, `${child}/leaving/match`, 'form.card', {
				...{ name: '马建业', birth: '1985-04-02', sex: '1', marital: 'married', children: '0' },
				...{ spouseName: '陆小芹', spouseBirth: '1987-09-12', spouseSex: '2', checkedBy: '孙立', on: dayAhead(40) },
				...{ domestic: 'yes', kin: 'no', relatedToBuyer: 'no', able: 'yes', healthy: 'yes', unblemished: 'yes' }
			});
			await filePaper(desks.supervisor, child, 'DOC-H', dayAhead(40), civilAffairs);
			await filePaper(desks.supervisor, child, 'DOC-G', dayAhead(40), house);
			for (const step of ['assessed', 'agreement', 'registry_notice', 'application'])
				await act(officer, `${child}/leaving`, 'step', { step, on: dayAhead(40) });
		});

		await turnTo(120);
		await test.step('registered: two persons say the child has left, and the notice is gone', async () => {
			await filePaper(desks.supervisor, child, 'DOC-J', dayAhead(119), civilAffairs);
			await fillIn(desks.administrator, `${child}/leaving/exit?reason=adopted`, 'form.card', { on: dayAhead(119) });
			await openFile(desks.officer, child, 'review');
			await act(desks.officer, `${child}/leaving`, 'confirm', {});
			await expect(async () => {
				expect((await desks.officer.request.get(`${registry.origin}/notice/${number}`)).status()).toBe(410);
			}).toPass({ timeout: 60_000 });
		});

		await test.step('the parents appear after the adoption: the table dissolves it at their wish', async () => {
			await claimFromPhone(browser, registry.origin, number, '阿依木果', '13800000003');
			const late = await claimAddress(desks.officer, registry.origin);
			await openFile(desks.officer, child, 'claim');
			await act(desks.officer, late, 'screen', { verdict: 'plausible', note: '照片和派出所报案记录都对得上。' });
			await act(desks.police, late, 'recordSample', { of: 'family', day: dayAhead(119), reference: 'CY-0533' });
			await act(desks.police, late, 'reportKinship', {
				...{ result: 'confirmed', reference: '云公鉴〔2027〕12号', day: dayAhead(119), loci: '20' }
			});
			await act(desks.police, late, 'recordPoliceFinding', {
				...{ finding: 'stolen', reference: '云公刑〔2027〕3号', day: dayAhead(120) }
			});
			await act(desks.officer, late, 'assessFitness', {
				fitness: 'fit',
				reference: '云民评〔2027〕5号',
				day: dayAhead(120)
			});
			await act(desks.officer, late, 'recordParentsAsk', { ask: 'yes', day: dayAhead(120) });
			await desks.officer.goto(late);
			const decisions = desks.officer.locator('form[action^="?/proposeDecision"] [name=decision]');
			expect(await decisions.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value))).toEqual([
				'dissolve'
			]);
			await act(desks.officer, late, 'proposeDecision', {
				...{ decision: 'dissolve', note: '民法典第 1114 条；公安查明被盗。' }
			});
			await act(desks.administrator, late, 'signDecision', { confirm: 'yes' });
			await expect(desks.administrator.getByText('解除收养').first()).toBeVisible();
		});
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

/** Few holidays, for this year and the next two. */
function restDays(): string {
	const year = Number(dayAhead(0).slice(0, 4));
	const years = [year, year + 1, year + 2].map(
		(each) => [each, { rest: '01-01 05-01 10-01 10-02 10-03', work: '' }] as const
	);
	return JSON.stringify({ calendar: 'CN', source: 'invented for this walk', years: Object.fromEntries(years) });
}

/** The registry's office and the police, beside the house. */
async function foundOffices(registry: TestRegistry): Promise<void> {
	for (const [house, kind, login, person, role] of [
		['寻亲登记处', 'registry', 'sun', '孙立', 'registry_officer'],
		['县公安局打拐办', 'police', 'zheng', '郑刚', 'police_liaison']
	] as const) {
		const { id } = await registry.command<{ id: string }>(['institution', 'add', '--name', house, '--kind', kind]);
		await addPerson(registry, id, person, role, login);
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

/** The one claim that was received, once the registry's job has found its child. */
async function claimAddress(desk: Page, origin: string): Promise<string> {
	await expect(async () => {
		await desk.goto(`${origin}/desk/claims?group=received`);
		await expect(desk.getByRole('link', { name: /RL-/ })).toHaveCount(1, { timeout: 2000 });
		await expect(desk.locator('main')).toContainText(name, { timeout: 2000 });
	}).toPass({ timeout: 60_000 });
	await desk.getByRole('link', { name: /RL-/ }).click();
	await expect(desk).toHaveURL(/\/desk\/claims\/[0-9a-f-]{36}/);
	return desk.url();
}

type Boxes = Readonly<Record<string, string>>;

/** Gives one command at a page where it is a form of its own, folded or not. */
async function act(desk: Page, address: string, form: string, boxes: Boxes): Promise<void> {
	await desk.goto(address);
	const own = `form[action^="?/${form}"]`;
	const folded = desk.locator(`details:not([open]):has(${own}) > summary`);
	if ((await folded.count()) > 0) await folded.first().click();
	await typeIn(desk, own, boxes);
	await desk.locator(own).getByRole('button').last().click();
	await expect(desk, `${form}: ${await faultsOn(desk)}`).toHaveURL(/done=/);
}

/** Sends the form of a page that is all one form. */
async function fillIn(desk: Page, address: string, form: string, boxes: Boxes): Promise<void> {
	await desk.goto(address);
	await typeIn(desk, form, boxes);
	await desk.locator(form).getByRole('button').last().click();
	await expect(desk, await faultsOn(desk)).toHaveURL(/done=/);
}

async function typeIn(desk: Page, form: string, boxes: Boxes): Promise<void> {
	for (const [box, value] of Object.entries(boxes)) {
		const choice = desk.locator(`${form} [name=${box}][value="${value}"]:is([type=radio], [type=checkbox])`);
		const list = desk.locator(`${form} select[name=${box}]`);
		if ((await choice.count()) > 0) await choice.check();
		else if ((await list.count()) > 0) await list.selectOption(value);
		else await desk.locator(`${form} [name=${box}]`).fill(value);
	}
}

/** What the page says is wrong, for whoever reads a failed walk. */
async function faultsOn(desk: Page): Promise<string> {
	return (await desk.getByRole('alert').allInnerTexts()).join(' ');
}

/** An officer has no standing right to a file: she says why she opens it, and it is written down. */
async function openFile(desk: Page, child: string, purpose: 'claim' | 'review'): Promise<void> {
	await desk.goto(`${child}/open`);
	await desk.locator('#purpose').selectOption(purpose);
	await desk.locator('#reason').fill('办理这个孩子的认领和审查');
	await desk.locator('main form').getByRole('button').first().click();
	await expect(desk).toHaveURL(/[?&]for=/);
}

async function sign(desk: Page, child: string): Promise<void> {
	await desk.goto(`${child}/review`);
	await desk.locator('#sign [name=opinion]').fill('已核对公安证明原件。');
	// Each condition is looked at by itself; without it nobody can agree.
	for (const checked of await desk.locator('[name=condition][form=sign]').all()) await checked.check();
	await desk.locator('#sign button[value=eligible]').click();
	await expect(desk, await faultsOn(desk)).toHaveURL(/done=/);
}

/** The review of the child says all of this. */
async function expectReview(desk: Page, child: string, ...sentences: readonly (string | RegExp)[]): Promise<void> {
	await desk.goto(`${child}/review`);
	for (const sentence of sentences) await expect(desk.getByText(sentence).first()).toBeVisible();
}

/** The family reads how its claim stands. */
async function follow(browser: Browser, origin: string, key: FamilyKey, words: string): Promise<void> {
	const context = await browser.newContext({ javaScriptEnabled: false, locale: 'zh-CN' });
	const page = await context.newPage();
	await page.goto(`${origin}/claim/back`);
	await page.locator('#ticket').fill(key.ticket);
	await page.locator('#secret').fill(key.secret);
	await page.getByRole('button', { name: '打开' }).click();
	await expect(page.getByText(words).first()).toBeVisible();
	await context.close();
}

async function lastDayOf(desk: Page): Promise<string> {
	const said = desk.locator('section[aria-labelledby=hold] dt', { hasText: '期满日' });
	return (await said.locator('xpath=following-sibling::dd[1]').innerText()).slice(0, 10);
}
