import { isActionFailure, isHttpError, isRedirect } from '@sveltejs/kit';
import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import { decisionsOf } from '#lib/domain/case-file/case-file.ts';
import { printParts, type PrintPart } from '#lib/domain/print/edition.ts';
import { inGroups } from '#lib/domain/print/groups.ts';
import { readAudit } from '#lib/server/audit/audit.ts';
import { listReadings } from '#lib/server/access/readings.ts';
import { provideDatabase } from '#lib/server/db/connection.ts';
import { caseOffice, registryScope, signedIn, type CaseOffice } from '../../../../../../tests/support/case-office.ts';
import { certifiedChild, receivedChild, type LeavingStory } from '../../../../../../tests/support/leaving-story.ts';
import { childId } from '../../../../../../tests/support/notice-story.ts';
import * as chooser from './+page.server.ts';
import * as file from './file/+page.server.ts';
import FilePage from './file/+page.svelte';
import * as foot from './foot/[record]/+server.ts';
import * as own from './own/+page.server.ts';
import OwnPage from './own/+page.svelte';
import * as papers from './papers/+page.server.ts';
import PapersPage from './papers/+page.svelte';
import * as review from './review/+page.server.ts';
import ReviewPage from './review/+page.svelte';
import * as summary from './summary/+page.server.ts';
import SummaryPage from './summary/+page.svelte';
import type { PrintedPage } from './print.server.ts';

type Person = Parameters<typeof signedIn>[0];

const loads = { file, own, summary, review, papers };
const pages: Readonly<Record<PrintPart, unknown>> = {
	...{ file: FilePage, own: OwnPage, summary: SummaryPage, review: ReviewPage, papers: PapersPage }
};
process.env['DATA_DIR'] = '/nowhere';

async function officeOf(told: LeavingStory = certifiedChild()): Promise<CaseOffice> {
	const place = await caseOffice(told.story.entries, told.today);
	provideDatabase(place.database);
	return place;
}

interface Answered {
	readonly status: number;
	readonly location?: string;
	readonly data?: unknown;
}

/** Calls a load, an action or a route as SvelteKit does, for somebody who is signed in. */
async function asked(handler: unknown, who: Person, path: string, more: object = {}): Promise<Answered> {
	const url = new URL(`https://registry.example/desk/child/${childId}/print${path}`);
	const locals = { locale: 'zh-CN', largeType: false, user: signedIn(who) };
	try {
		const event = { locals, params: { id: childId }, url, ...more };
		const answer = await (handler as (event: object) => unknown)(event);
		return isActionFailure(answer) ? { status: answer.status, data: answer.data } : { status: 200, data: answer };
	} catch (thrown) {
		if (isRedirect(thrown)) return { status: thrown.status, location: thrown.location };
		if (isHttpError(thrown)) return { status: thrown.status };
		throw thrown;
	}
}
const opens = (who: Person, part: PrintPart, query = '') => asked(loads[part].load, who, `/${part}${query}`);

async function sheet(who: Person, part: PrintPart): Promise<PrintedPage> {
	const { status, data } = await opens(who, part);
	if (status !== 200) throw new Error(`${part} answered ${status}`);
	return data as PrintedPage;
}

/** A page drawn with what its load answered; the page's own types know nothing of a test's. */
const drawing = render as unknown as (page: unknown, given: { props: object }) => { body: string; head: string };
const drawn = async (who: Person, part: PrintPart) =>
	drawing(pages[part], { props: { data: await sheet(who, part), form: null } });

const logged = (place: CaseOffice) =>
	place.database.inScope(registryScope, async (session) => ({
		prints: (await readAudit(session, 100)).filter(({ action }) => action === 'child.printed'),
		readings: await listReadings(session, { childId }, 100)
	}));

describe('a print', () => {
	test('is written down each time, with its edition, its part and the version of the file', async () => {
		const told = certifiedChild();
		const place = await officeOf(told);
		const snapshot = decisionsOf(told.story.caseFile, 'review.opened')[0]?.payload.snapshot;
		await sheet('a', 'summary');
		await sheet('a', 'summary');
		await sheet('a', 'own');
		const { prints, readings } = await logged(place);
		const version = await place.version();
		expect(prints.map(({ details }) => details)).toEqual([
			{ edition: 'own', part: 'own', version, snapshot },
			{ edition: 'full', part: 'summary', version, snapshot },
			{ edition: 'full', part: 'summary', version, snapshot }
		]);
		expect(readings.map(({ what, purpose }) => [what, purpose])).toEqual([
			['print', 'child_asks'],
			['print', 'care'],
			['print', 'care']
		]);
	});

	test.each(printParts)('%s: whoever no grant covers is asked why, and nothing is opened before', async (part) => {
		const place = await officeOf();
		const { status, location } = await opens('f', part);
		expect(status).toBe(303);
		expect(location).toMatch(
			new RegExp(`^/desk/child/${childId}/open\\?for=${part === 'own' ? 'child_asks' : 'review'}&`)
		);
		expect(decodeURIComponent(location ?? '')).toContain(`to=/desk/child/${childId}/print/${part}`);
		expect(await logged(place)).toEqual({ prints: [], readings: [] });
	});

	test.each(printParts)('%s is not there for an auditor, nor for another house', async (part) => {
		const place = await officeOf();
		expect((await opens('d', part)).status).toBe(404);
		expect((await opens('e', part)).status).toBe(404);
		expect(await logged(place)).toEqual({ prints: [], readings: [] });
	});

	test('of the child’s own copy is made by those alone who decide about requests', async () => {
		await officeOf();
		const statuses = await Promise.all((['a', 'b', 'c', 'p'] as const).map((who) => opens(who, 'own')));
		expect(statuses.map(({ status }) => status)).toEqual([200, 404, 404, 404]);
		expect((await opens('c', 'file')).status).toBe(200);
	});
});

describe('the margins of a print', () => {
	const cssOf = async (who: Person, record: number) => {
		const { status, data } = await asked(foot.GET, who, `/foot/${record}`, {
			params: { id: childId, record: String(record) }
		});
		return { status, css: data instanceof Response ? await data.text() : '' };
	};

	test('tell the snapshot, who printed it and when, as the log has it', async () => {
		await officeOf();
		const { record } = await sheet('a', 'file');
		const { css } = await cssOf('a', record.number);
		expect(record.snapshot).toBeDefined();
		expect(css).toContain(inGroups(record.snapshot ?? ''));
		expect(css).toContain('由a打印（主管');
		expect(css).toContain(`打印记录 ${record.number}`);
		expect(css).toContain('YL-2024-0031');
	});

	test('of the child’s own copy name no official', async () => {
		await officeOf();
		const { css } = await cssOf('a', (await sheet('a', 'own')).record.number);
		expect(css).not.toContain('由a打印');
		expect(css).not.toContain('主管');
		expect(css).not.toContain('内部资料');
	});

	test('are nobody else’s to read', async () => {
		await officeOf();
		const { record } = await sheet('a', 'file');
		expect((await cssOf('b', record.number)).status).toBe(404);
		expect((await cssOf('a', record.number + 1)).status).toBe(404);
	});
});

describe('on paper', () => {
	test('the file has a cover with its contents, the three phases in their order, and every paper once', async () => {
		await officeOf();
		const { body } = await drawn('a', 'file');
		const places = ['一人一档', 'href="#intake"', 'id="intake"', 'id="in_care"', 'id="leaving"', 'id="remarks"'];
		const found = places.map((mark) => body.indexOf(mark));
		expect(found).toEqual([...found].sort((a, b) => a - b));
		expect(found.every((at) => at >= 0)).toBe(true);
		for (const number of ['云公临照〔2024〕31号', '云公暂〔2024〕9号', '2024-12-06-B3', '云公鉴〔2025〕4号'])
			expect(body.split(`<td>${number}</td>`)).toHaveLength(2);
		// The head of a table comes again on each page it runs on to; those of two columns need none.
		const heads = (body.match(/<thead/g) ?? []).length;
		expect(heads).toBeGreaterThan(5);
		expect(body.match(/<h1/g)).toHaveLength(1);
		expect(body).toContain('lang="zh-CN"');
	});

	test('the child’s own copy has its own words and no name of those who worked on the file', async () => {
		await officeOf();
		const full = (await drawn('a', 'file')).body;
		const mine = (await drawn('a', 'own')).body;
		for (const word of ['李秀兰', '陈国华', '材料齐全', '由a打印']) expect(mine).not.toContain(word);
		expect(full).toContain('李秀兰');
		expect(full).toContain('材料齐全');
		expect(mine).toContain('小虎');
		expect(mine).toContain('这是你自己的档案');
	});

	test('the review has both opinions with their institutions, the arithmetic, and how to verify the snapshot', async () => {
		const told = certifiedChild();
		await officeOf(told);
		const snapshot = decisionsOf(told.story.caseFile, 'review.opened')[0]?.payload.snapshot ?? '';
		const { body } = await drawn('a', 'review');
		expect(body).toContain('材料齐全');
		expect(body).toContain('<td>登记处</td>');
		expect(body).toContain('<td>云岭县儿童福利院</td>');
		expect(body).toContain(`lampkeep verify --snapshot "${inGroups(snapshot)}"`);
		expect(body).toMatch(/2024-11-04 的第二天起算，(12个月|1年)/);
		expect(body).not.toContain('签署以后有变化');
	});

	test('the review nobody signed says so, beside the evidence of today', async () => {
		await officeOf(receivedChild());
		const { body } = await drawn('a', 'review');
		expect(body).toContain('还没有人签署');
		expect(body).toContain('等两家机构的审核员');
		// Nothing is stored that could be verified yet.
		expect(body).not.toContain('lampkeep verify');
		expect(body).toContain('缺少“查找不到生父母');
	});

	test('the summary says what is missing, and that elapsed is not adoptable', async () => {
		await officeOf(receivedChild());
		const { body } = await drawn('a', 'summary');
		expect(body).toContain('缺少“查找不到生父母或其他监护人的证明”');
		expect(body).toContain('期满不等于可以送养');
	});

	test('no title tells whose file it is', async () => {
		await officeOf();
		for (const part of printParts) expect((await drawn('a', part)).head).not.toContain('小虎');
	});
});

describe('choosing what to print', () => {
	const choose = (who: Person, boxes: Record<string, string>) => {
		const body = new FormData();
		for (const [name, value] of Object.entries(boxes)) body.append(name, value);
		const request = new Request('https://registry.example/', { method: 'POST', body });
		return asked(chooser.actions.default, who, '', { request });
	};

	test('offers each role what it may print, and opens nothing', async () => {
		const place = await officeOf();
		const offered = async (who: Person) => ((await asked(chooser.load, who, '')).data as { parts: string[] }).parts;
		expect(await offered('a')).toEqual([...printParts]);
		expect(await offered('c')).toEqual(printParts.filter((part) => part !== 'own'));
		expect((await asked(chooser.load, 'd', '')).status).toBe(404);
		expect((await asked(chooser.load, 'e', '')).status).toBe(404);
		expect(await logged(place)).toEqual({ prints: [], readings: [] });
	});

	test('leads to the sheet with its purpose; the child’s own copy has one alone', async () => {
		await officeOf();
		const base = `/desk/child/${childId}/print`;
		expect(await choose('a', { part: 'review', purpose: 'audit' })).toMatchObject({
			location: `${base}/review?for=audit`
		});
		expect(await choose('a', { part: 'own', purpose: 'care' })).toMatchObject({
			location: `${base}/own?for=child_asks`
		});
		expect(await choose('c', { part: 'own', purpose: 'care' })).toMatchObject({ status: 400 });
		expect(await choose('a', { purpose: 'mine' })).toMatchObject({
			status: 400,
			data: { faults: [{ field: 'part' }, { field: 'purpose' }] }
		});
	});
});
