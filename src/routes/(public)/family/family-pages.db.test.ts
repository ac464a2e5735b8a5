import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { render } from 'svelte/server';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publicNumber } from '#lib/domain/notice/public-number.ts';
import { civilDate } from '#lib/domain/time.ts';
import { addInstitution } from '#lib/server/accounts/institutions.ts';
import { linkClaim, unlinkedClaims } from '#lib/server/claims/link.ts';
import { provideDatabase } from '#lib/server/db/connection.ts';
import { MemoryQueue } from '#lib/server/jobs/memory-queue.ts';
import { provideJobs } from '#lib/server/jobs/the-jobs.ts';
import { testDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { put } from '../../../../tests/support/family.ts';
import { mannWhitney } from '../../../../tests/support/mann-whitney.ts';
import { houseId, modestDraft, registeredChild } from '../../../../tests/support/notice-story.ts';
import { TestBrowser, type Answered } from '../../../../tests/support/routes.ts';
import * as start from '../[[lang=lang]]/claim/+page.server.ts';
import * as back from '../[[lang=lang]]/claim/back/+page.server.ts';
import * as check from '../[[lang=lang]]/claim/check/+page.server.ts';
import * as follow from '../[[lang=lang]]/claim/follow/+page.server.ts';
import FollowPage from '../[[lang=lang]]/claim/follow/+page.svelte';
import * as leave from '../[[lang=lang]]/claim/leave/+server.ts';
import * as paper from '../[[lang=lang]]/claim/paper/[id]/+server.ts';
import * as save from '../[[lang=lang]]/claim/save/+page.server.ts';
import * as sent from '../[[lang=lang]]/claim/sent/+page.server.ts';
import SentPage from '../[[lang=lang]]/claim/sent/+page.svelte';
import * as tell from '../[[lang=lang]]/claim/tell/[topic]/+page.server.ts';
import TellPage from '../[[lang=lang]]/claim/tell/[topic]/+page.svelte';
import * as papers from '../[[lang=lang]]/claim/tell/papers/+page.server.ts';
import * as withdraw from '../[[lang=lang]]/claim/withdraw/+page.server.ts';
import * as report from '../[[lang=lang]]/report/+page.server.ts';

const registry = { kind: 'registry' } as const;
const there = publicNumber(new Uint8Array([1, 2, 3, 4, 5]));
const notThere = publicNumber(new Uint8Array([6, 7, 8, 9, 10]));
const moment = { at: new Date('2026-11-22T04:00:00.000Z'), on: civilDate('2026-11-22') };
const long = process.env['LAMPKEEP_LONG'] === '1';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'lampkeep-family-'));
	process.env['DATA_DIR'] = folder;
	process.env['LAMPKEEP_SECRET'] = 'a secret of the tests, long enough for the registry';
	database = await testDatabase({ keep: true });
	provideDatabase(database);
	provideJobs(new MemoryQueue());
	await database.inScope(registry, async (session) => {
		await addInstitution(session, {
			id: houseId,
			name: '云岭县儿童福利院',
			nameEn: 'Yunling',
			kind: 'welfare_institution',
			uscc: null,
			phone: null,
			regionCode: null
		});
		const story = registeredChild();
		const draft = story.tell('notice.drafted', { draft: modestDraft });
		story.tell('notice.approved', { approval: { draft, publicNumber: there } }, { by: 'b', replaces: [draft] });
		await put(session, story);
	});
});

afterAll(async () => {
	await database.close();
	await rm(folder, { recursive: true, force: true });
});

const tellPath = (topic: string) => `/claim/tell/${topic}`;
const post = (browser: TestBrowser, topic: string, boxes: Readonly<Record<string, string>>) =>
	browser.post(tell.actions.default, tellPath(topic), boxes, { topic });

/** A page drawn with what its load answered; the page's own types know nothing of a test's. */
const drawing = render as unknown as (page: unknown, given: { props: object }) => { body: string; head: string };

/** The page as it is drawn, with what is the family's own taken out. */
function drawn(page: unknown, answered: Answered): string {
	const props = { data: { reading: { locale: 'zh-CN', largeType: false }, ...(answered.data as object) }, form: null };
	const { body, head } = drawing(page, { props });
	return (head + body).replaceAll(/RJ-[0-9A-Z]{4}-[0-9A-Z]{4}/g, 'TICKET').replaceAll(/(\d{4} ){4}\d{4}/g, 'SECRET');
}

interface Walked {
	/** Everything that came back, step by step. */
	readonly answers: readonly string[];
	/** Milliseconds of beginning and of sending. */
	readonly milliseconds: number;
}

/** Claims a child by the number of a notice, from the first page to the last. */
async function walked(number: string, address: string): Promise<Walked> {
	const browser = new TestBrowser(address);
	const answers: string[] = [];
	const note = ({ status, location }: Answered) => answers.push(`${status} ${location ?? ''}`);
	let milliseconds = 0;
	const timed = async (work: () => Promise<Answered>) => {
		const from = performance.now();
		const answer = await work();
		milliseconds += performance.now() - from;
		return answer;
	};
	note(await timed(() => browser.post(start.actions.default, '/claim', { publicNumber: number })));
	note(await post(browser, 'child', { milk: '小虎', birthYear: '2022' }));
	// A telephone of its own: how many claims a person has open is told to that person, whatever the number.
	const phone = address.replaceAll('.', '0');
	note(await post(browser, 'you', { name: '杨秀英', phone }));
	note(await timed(() => browser.post(check.actions.default, '/claim/check', { go: 'send', true: 'yes' })));
	const page = await timed(() => browser.open(sent.load, '/claim/sent'));
	answers.push(drawn(SentPage, page));
	await linkWhatCanBe();
	const followed = drawn(FollowPage, await browser.open(follow.load, '/claim/follow'));
	answers.push(followed.replaceAll(number, 'NUMBER').replaceAll(phone, 'PHONE'));
	expect([...browser.jar.keys()]).toEqual(['__Host-lampkeep-claim']);
	return { answers, milliseconds };
}

/** The background job, between the answer and the next look. */
async function linkWhatCanBe(): Promise<number> {
	return database.inScope(registry, async (session) => {
		let linked = 0;
		for (const claimId of await unlinkedClaims(session, 10)) if (await linkClaim(session, claimId, moment)) linked++;
		return linked;
	});
}

describe('the answer never says whether a child is there', () => {
	const pairs = long ? 1_000 : 100;

	test(`${pairs} claims for a notice that is there and ${pairs} for one that is not get the same answers`, async () => {
		const hits: number[] = [];
		const misses: number[] = [];
		for (let pair = 0; pair < pairs; pair++) {
			const address = (side: number) => `10.${side}.${Math.floor(pair / 250)}.${(pair % 250) + 1}`;
			// Which goes first changes, so that what warms up with time is the same for both.
			const order = pair % 2 === 0 ? [there, notThere] : [notThere, there];
			const done = new Map<string, Walked>();
			for (const number of order) done.set(number, await walked(number, address(number === there ? 1 : 2)));
			const [hit, miss] = [done.get(there), done.get(notThere)];
			if (!hit || !miss) throw new Error('both were walked');
			expect(hit.answers).toEqual(miss.answers);
			hits.push(hit.milliseconds);
			misses.push(miss.milliseconds);
		}
		const { rows } = await database.inScope(registry, (session) =>
			session.query<{ linked: number; others: number }>(
				`SELECT count(child_id) AS linked, count(*) - count(child_id) AS others FROM claims WHERE received_at IS NOT NULL`
			)
		);
		// They were different claims, or the same answers would mean nothing.
		expect(rows[0]).toEqual({ linked: pairs, others: pairs });
		const p = mannWhitney(hits, misses);
		// A true difference shows as a p next to nothing; one in a hundred honest runs is below 0.01, so a short one is not judged.
		if (long) expect(p).toBeGreaterThan(0.01);
		else expect(p).toBeGreaterThan(0.0001);
	}, 3_600_000);
});

describe('a family walks through the pages', () => {
	test('only the box that is wrong is red, and everything typed stands in its box again', async () => {
		const browser = new TestBrowser('192.0.2.20');
		await browser.post(start.actions.default, '/claim', {});
		const typed = { dateMonth: '2', place: '凉山喜德县 光明镇 集市口', reported: 'both', how: '第一行\n第二行' };
		const answered = await post(browser, 'loss', typed);
		expect(answered).toMatchObject({ status: 400, data: { typed, faults: [{ control: 'dateYear' }] } });
		const loaded = await browser.open(tell.load, tellPath('loss'), { topic: 'loss' });
		const { body, head } = drawing(TellPage, {
			props: {
				data: { reading: { locale: 'zh-CN', largeType: false }, ...(loaded.data as object) },
				form: answered.data
			}
		});
		expect(body.match(/aria-invalid="true"/g)).toHaveLength(1);
		expect(/<input[^>]*aria-invalid="true"[^>]*>/.exec(body)?.[0]).toContain('id="dateYear"');
		expect(body).toContain('href="#dateYear"');
		expect(body).toContain('value="凉山喜德县 光明镇 集市口"');
		expect(body).toMatch(/<textarea[^>]*>第一行\n第二行<\/textarea>/);
		expect(head).toContain('<title>有错误：');
	});

	test('saves, leaves, comes back with ticket and secret, and goes on where nothing is told yet', async () => {
		const browser = new TestBrowser('192.0.2.21');
		expect(await browser.post(report.actions.default, '/report', {})).toMatchObject({ location: '/claim/tell/child' });
		expect(await post(browser, 'child', { milk: '小虎', go: 'save' })).toMatchObject({ location: '/claim/save' });
		const { data } = await browser.open(save.load, '/claim/save');
		const key = data as { ticket: string; secret: string };
		expect(await browser.open(leave.POST, '/claim/leave')).toMatchObject({ location: '/claim/back?left=yes' });
		expect(browser.jar.size).toBe(0);
		expect(await browser.open(tell.load, tellPath('child'), { topic: 'child' })).toMatchObject({
			location: '/claim/back?ended=yes'
		});
		expect(
			await browser.post(back.actions.default, '/claim/back', { ticket: key.ticket, secret: '11112222333344445555' })
		).toMatchObject({ status: 400, data: { fault: 'ticket_refused' } });
		expect(
			await browser.post(back.actions.default, '/claim/back', { ticket: key.ticket, secret: key.secret })
		).toMatchObject({ location: '/claim/tell/loss' });
		// A report names no child: it has no page for the number of a notice.
		await expect(browser.open(tell.load, tellPath('which'), { topic: 'which' })).rejects.toMatchObject({ status: 404 });
	});

	test('a wrong number of the notice is told by its signs alone, and may stand as it is written', async () => {
		const browser = new TestBrowser('192.0.2.22');
		const wrong = there.slice(0, -1) + (there.endsWith('A') ? 'B' : 'A');
		expect(await browser.post(start.actions.default, '/claim', { publicNumber: wrong })).toMatchObject({
			location: '/claim/tell/which'
		});
		expect(await post(browser, 'which', { publicNumber: wrong })).toMatchObject({
			status: 400,
			data: { faults: [{ control: 'publicNumber', type: 'public_number' }] }
		});
		expect(await post(browser, 'which', { publicNumber: wrong, asWritten: 'yes' })).toMatchObject({
			location: '/claim/tell/child'
		});
	});

	test('adds a row and loses nothing; a photo is kept whatever button was pressed', async () => {
		const browser = new TestBrowser('192.0.2.23');
		await browser.post(start.actions.default, '/claim', {});
		expect(await post(browser, 'looks', { mark0Words: '痣', go: 'more-2' })).toMatchObject({
			status: 200,
			data: { typed: { mark0Words: '痣' }, more: 2 }
		});
		const photo = new Uint8Array(
			await sharp({ create: { width: 90, height: 120, channels: 3, background: '#dfe7e3' } })
				.jpeg()
				.toBuffer()
		);
		const sendPhoto = (bytes: Uint8Array<ArrayBuffer>, go: string) =>
			browser.post(papers.actions.default, tellPath('papers'), {
				kind: 'child_photo',
				photo: bytes,
				words: '在老家',
				go
			});
		expect(await sendPhoto(photo, 'next')).toMatchObject({ location: '/claim/tell/you' });
		expect(await sendPhoto(new Uint8Array(), 'add')).toMatchObject({
			status: 400,
			data: { photo: { type: 'no_file' } }
		});
		expect(await sendPhoto(new Uint8Array([1, 2, 3]), 'add')).toMatchObject({
			status: 400,
			data: { photo: { type: 'not_a_photo' }, typed: { words: '在老家', kind: 'child_photo' } }
		});
		const { data } = await browser.open(papers.load, tellPath('papers'));
		const [one] = (data as { papers: { id: string; kind: string }[] }).papers;
		expect(one?.kind).toBe('child_photo');
		const picture = await browser.open(paper.GET, `/claim/paper/${one?.id}`, { id: one?.id ?? '' });
		expect((picture.data as Response).headers.get('content-type')).toBe('image/jpeg');
		const stranger = new TestBrowser('192.0.2.24');
		await stranger.post(start.actions.default, '/claim', {});
		await expect(stranger.open(paper.GET, `/claim/paper/${one?.id}`, { id: one?.id ?? '' })).rejects.toMatchObject({
			status: 404
		});
		expect(await sendPhoto(new Uint8Array(), `remove-${one?.id}`)).toMatchObject({ location: '/claim/tell/papers' });
	});

	test('is told what is missing before it is sent, sends once, changes something later, and withdraws', async () => {
		const browser = new TestBrowser('192.0.2.25');
		await browser.post(start.actions.default, '/claim', { publicNumber: there });
		const send = (boxes: Readonly<Record<string, string>>) =>
			browser.post(check.actions.default, '/claim/check', { go: 'send', ...boxes });
		expect(await send({})).toMatchObject({ status: 400, data: { trueMissing: true } });
		expect(await send({ true: 'yes' })).toMatchObject({ status: 400 });
		expect((await browser.open(check.load, '/claim/check')).data).toMatchObject({
			must: [{ type: 'nothing_told' }, { type: 'name_missing' }, { type: 'contact_missing' }]
		});
		await post(browser, 'child', { milk: '小虎' });
		await post(browser, 'you', { name: '杨秀英', otherContact: '村委会转' });
		expect(await send({ true: 'yes' })).toMatchObject({ location: '/claim/sent' });
		expect(await send({ true: 'yes' })).toMatchObject({ location: '/claim/sent' });
		expect(await post(browser, 'loss', { how: '赶集' })).toMatchObject({ location: '/claim/follow?saved=yes' });
		expect(await browser.post(withdraw.actions.default, '/claim/withdraw', { why: '' })).toMatchObject({
			location: '/claim/follow'
		});
		expect((await browser.open(follow.load, '/claim/follow')).data).toMatchObject({ status: { stage: 'withdrawn' } });
		expect(await post(browser, 'loss', { how: '再改' })).toMatchObject({ status: 409 });
	});
});
