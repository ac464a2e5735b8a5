import { isHttpError } from '@sveltejs/kit';
import Papa from 'papaparse';
import readExcelFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stages, type Stage } from '#lib/domain/eligibility/stage.ts';
import { addDays, civilDateAt, type CivilDate } from '#lib/domain/time.ts';
import { stageNames } from '#lib/messages/review.ts';
import { provideDatabase } from '#lib/server/db/connection.ts';
import { testDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { addEverybody, storeStory, user } from '../../../../tests/support/review-office.ts';
import { houses, people, ReviewStory, type PersonName } from '../../../../tests/support/review-story.ts';
import { TestBrowser, type Answered } from '../../../../tests/support/routes.ts';
import * as board from './+page.server.ts';
import * as exported from './export/+server.ts';

const registry = { kind: 'registry' } as const;
/** The day at the registry: the pages ask the clock. */
const today = civilDateAt(Date.now(), 'Asia/Shanghai');
const ago = (days: number): CivilDate => addDays(today, -days);
/** What a spreadsheet would calculate, as the name a house gave. */
const formula = '=HYPERLINK("http://example.org","石头")';

let database: TestDatabase;
const told = new Map<string, ReviewStory>();

beforeAll(async () => {
	database = await testDatabase({ keep: true });
	provideDatabase(database);
	await database.inScope(registry, async (session) => {
		await addEverybody(session);
		for (const story of children()) await storeStory(session, story);
	});
});

afterAll(() => database.close());

function tell(name: string, number: number, certificate = true): ReviewStory {
	const story = new ReviewStory(ago(420), number);
	story.intake(ago(420), { earliest: ago(2600), latest: ago(2000) }, name);
	story.confirmStart();
	story.today = ago(10);
	story.paper('DOC-A', ago(420));
	story.paper('DOC-B', ago(395));
	story.notice(ago(412));
	story.sample('in_database', ago(380));
	story.paper('DOC-E', ago(360));
	if (certificate) story.paper('DOC-C', ago(12));
	told.set(name, story);
	return story;
}

/** Children at many stages, thirty more to fill a page, and one of another house. */
function children(): readonly ReviewStory[] {
	const made = [tell(formula, 1), tell('等文件', 2, false)];
	const claimed = tell('认领中', 3);
	claimed.openClaim(1, ago(4));
	const signedHere = tell('本院已签', 4);
	signedHere.sign(people.adminA);
	const signedElsewhere = tell('厅里已签', 5);
	signedElsewhere.sign(people.officer);
	const changed = tell('有变', 6);
	changed.sign(people.officer);
	changed.withdraw('DOC-E');
	const left = tell('离开', 7);
	const paper = left.paper('OTHER', ago(12));
	left.decide(people.supervisor, {
		command: 'propose_exit',
		exit: { reason: 'deceased', papers: [paper] },
		on: ago(12)
	});
	const proposal = left.entries.at(-1)?.entry.id;
	if (proposal) left.decide(people.officer, { command: 'confirm_exit', proposal });
	const soon = new ReviewStory(ago(340), 8);
	soon.intake(ago(340), { earliest: ago(2600), latest: ago(2000) }, '快满');
	told.set('快满', soon);
	const elsewhere = new ReviewStory(ago(50), 9);
	elsewhere.tell(
		'intake.recorded',
		{ answers: { nameAssigned: { state: 'known', value: '别处' }, handoverDate: { state: 'known', value: ago(50) } } },
		{ by: { ...people.adminB, role: 'second_administrator' } }
	);
	told.set('别处', elsewhere);
	const many = Array.from({ length: 30 }, (_, index) => {
		const story = new ReviewStory(ago(200 - index), 100 + index);
		story.intake(ago(200 - index), { earliest: ago(2600), latest: ago(2000) }, '多多');
		return story;
	});
	return [...made, claimed, signedHere, signedElsewhere, changed, left, soon, elsewhere, ...many];
}

const at = (name: PersonName) => new TestBrowser('192.0.2.1', 'zh-CN', user(name));

interface Seen {
	readonly lines: readonly { readonly childId: string; readonly name: string | null; readonly stage: Stage }[];
	readonly next?: string;
	readonly counts: {
		readonly stages: Readonly<Record<Stage, number>>;
		readonly lists: Readonly<Record<string, number>>;
	};
	readonly views: readonly { readonly id: string; readonly name: string; readonly query: string }[];
	readonly houses: readonly { readonly id: string }[];
	readonly provinces: readonly { readonly code: string }[];
	readonly pane?: { readonly state: string; readonly to?: string; readonly review?: { readonly stage: Stage } };
}

async function see(name: PersonName, query = ''): Promise<Seen> {
	const answered = await at(name).open(board.load, `/desk/review${query}`);
	expect(answered.status).toBe(200);
	return answered.data as Seen;
}

const namesIn = ({ lines }: Seen) => lines.map(({ name }) => name);

async function statusOf(opening: Promise<unknown>): Promise<number> {
	try {
		await opening;
		return 200;
	} catch (thrown) {
		if (isHttpError(thrown)) return thrown.status;
		throw thrown;
	}
}

function post(
	name: PersonName,
	action: 'save' | 'remove',
	query: string,
	boxes: Record<string, string>
): Promise<Answered> {
	return at(name).post(board.actions[action], `/desk/review?/${action}${query}`, boxes);
}

describe('the review board', () => {
	test('is there for reviewers and for nobody else, its export and its views neither', async () => {
		for (const name of ['careWorker', 'supervisor', 'auditor', 'police'] as const) {
			expect([name, await statusOf(at(name).open(board.load, '/desk/review'))]).toEqual([name, 404]);
			expect([name, await statusOf(at(name).open(exported.GET, '/desk/review/export?as=csv'))]).toEqual([name, 404]);
			expect([name, await statusOf(post(name, 'save', '', { name: 'x' }))]).toEqual([name, 404]);
		}
		expect(await new TestBrowser('192.0.2.1').open(board.load, '/desk/review')).toMatchObject({ status: 303 });
	});

	test('each stage lists as many children as it counts, the registry’s and a house’s own', async () => {
		for (const [reader, elsewhere] of [
			['officer', true],
			['adminA', false]
		] as const) {
			const { counts } = await see(reader);
			for (const stage of stages) {
				const { lines, next } = await see(reader, `?stage=${stage}`);
				if (next === undefined) expect([stage, lines.length]).toEqual([stage, counts.stages[stage]]);
				expect(lines.every((line) => line.stage === stage)).toBe(true);
			}
			expect([reader, namesIn(await see(reader, '?q=别处')).length]).toEqual([reader, elsewhere ? 1 : 0]);
		}
	});

	test('lists what is due: ends soon, papers awaited, the other institution’s signature, evidence that changed', async () => {
		expect(namesIn(await see('adminA', '?list=ends'))).toEqual(['快满']);
		expect(namesIn(await see('adminA', '?list=papers'))).toEqual(['等文件']);
		expect(namesIn(await see('adminA', '?list=mine'))).toEqual(['厅里已签']);
		expect(namesIn(await see('officer', '?list=mine'))).toEqual(['本院已签']);
		expect(namesIn(await see('officer', '?list=changed'))).toEqual(['有变']);
		const { counts } = await see('officer');
		expect(counts.lists).toEqual({ ends: 1, papers: 1, mine: 1, changed: 1 });
	});

	test('goes on page by page, each child once, also when another comes in before them meanwhile', async () => {
		const first = await see('officer', '?sort=name');
		expect(first.lines).toHaveLength(25);
		const inCare = Object.entries(first.counts.stages).reduce((sum, [stage, n]) => sum + (stage === 'left' ? 0 : n), 0);
		// By its name it is among the first: every page counted by numbers would move on by one.
		const late = new ReviewStory(today, 99);
		late.tell('intake.recorded', { answers: { nameAssigned: { state: 'known', value: '阿阿' } } });
		await database.inScope(registry, (session) => storeStory(session, late));
		const second = await see('officer', `?sort=name&after=${first.next}`);
		const ids = [...first.lines, ...second.lines].map(({ childId }) => childId);
		expect(new Set(ids).size).toBe(inCare);
		expect(ids).toHaveLength(inCare);
		expect(second.next).toBeUndefined();
		expect((await see('officer', '?sort=name')).lines[1]).toMatchObject({ name: '阿阿', stage: 'not_started' });
	});

	test('finds by pinyin, initials and number, and an address that is nonsense shows the whole board', async () => {
		expect(namesIn(await see('officer', '?q=renlingzhong'))).toEqual(['认领中']);
		expect(namesIn(await see('officer', '?q=rlz&stage=claimed'))).toEqual(['认领中']);
		expect(namesIn(await see('officer', '?q=rlz&stage=running'))).toEqual([]);
		const story = told.get('快满');
		expect(namesIn(await see('officer', `?q=${story?.childId.slice(-4)}&list=ends`))).toEqual(['快满']);
		const odd = await see('officer', '?stage=nothing&list=x&place=99&sort=y&after=1&child=2');
		expect(odd.lines).toHaveLength(25);
		expect(odd.pane).toBeUndefined();
	});

	test('is narrowed to a province or a house by the registry', async () => {
		const all = await see('officer');
		expect(all.provinces.map(({ code }) => code)).toEqual(['51', '53']);
		expect(all.houses.map(({ id }) => id).sort()).toEqual([houses.a, houses.b].sort());
		expect(namesIn(await see('officer', '?place=51'))).toEqual(['别处']);
		expect(namesIn(await see('officer', `?place=${houses.b}`))).toEqual(['别处']);
		expect((await see('adminA')).houses).toEqual([]);
	});

	test('opens a child beside the list by a grant and writes the reading down; without one it asks why', async () => {
		const story = told.get('认领中');
		const query = `?child=${story?.childId}`;
		expect((await see('adminA', query)).pane).toMatchObject({ state: 'open', review: { stage: 'claimed' } });
		const { rows } = await database.inScope(registry, (session) =>
			session.query('SELECT staff_id FROM access_readings WHERE child_id = $1', [story?.childId])
		);
		expect(rows).toEqual([{ staff_id: people.adminA.staffId }]);
		const officer = (await see('officer', query)).pane;
		expect(officer).toMatchObject({ state: 'reason' });
		expect(officer?.to).toContain(`/desk/child/${story?.childId}/open?`);
		expect((await see('adminA', `?child=${told.get('别处')?.childId}`)).pane).toEqual({
			state: 'gone',
			childId: told.get('别处')?.childId
		});
	});
});

describe('saved views', () => {
	test('are a person’s own, hold no searched word, and go when they are deleted', async () => {
		const saved = await post('adminA', 'save', '&stage=claimed&sort=name&q=石头', { name: ' 有认领的 ' });
		expect(saved).toMatchObject({ status: 303, location: expect.stringContaining('done=viewSaved') as unknown });
		const [view] = (await see('adminA')).views;
		expect(view).toMatchObject({ name: '有认领的', query: 'stage=claimed&sort=name' });
		for (const other of ['adminA2', 'officer', 'adminB'] as const) {
			expect([other, (await see(other)).views]).toEqual([other, []]);
			await post(other, 'remove', '', { view: view?.id ?? '' });
		}
		expect((await see('adminA')).views).toHaveLength(1);
		await post('adminA', 'save', '&list=mine', { name: '有认领的' });
		expect((await see('adminA')).views).toMatchObject([{ name: '有认领的', query: 'list=mine' }]);
		await post('adminA', 'remove', '', { view: view?.id ?? '' });
		await post('adminA', 'remove', '', { view: 'nonsense' });
		expect((await see('adminA')).views).toEqual([]);
	});

	test('need a name, and are twenty at most', async () => {
		expect(await post('officer2', 'save', '', { name: '  ' })).toMatchObject({
			status: 400,
			data: { fault: 'viewNameNeeded' }
		});
		expect(await post('officer2', 'save', '', { name: '长'.repeat(61) })).toMatchObject({
			status: 400,
			data: { typed: '长'.repeat(61) }
		});
		for (let n = 1; n <= 20; n++) await post('officer2', 'save', '', { name: `第 ${n} 个` });
		expect(await post('officer2', 'save', '', { name: '又一个' })).toMatchObject({ data: { fault: 'viewTooMany' } });
		expect(await post('officer2', 'save', '&stage=left', { name: '第 1 个' })).toMatchObject({ status: 303 });
	});
});

describe('the export', () => {
	async function download(name: PersonName, query: string): Promise<Response> {
		const { data } = await at(name).open(exported.GET, `/desk/review/export?${query}`);
		if (!(data instanceof Response)) throw new Error('no file');
		return data;
	}

	test('holds the children of the filter, says claimed and blocked, and no cell calculates', async () => {
		const response = await download('adminA', 'as=csv&q=石头');
		expect(response.headers.get('content-disposition')).toBe(`attachment; filename="review-${today}.csv"`);
		const [headings = [], row = [], ...more] = Papa.parse<string[]>((await response.text()).replace('\uFEFF', ''), {
			skipEmptyLines: true
		}).data;
		expect(more).toEqual([]);
		expect(row[headings.indexOf('姓名')]).toBe(`'${formula}`);
		const claimed = Papa.parse<Record<string, string>>(
			(await (await download('adminA', 'as=csv&stage=claimed')).text()).replace('\uFEFF', ''),
			{ header: true, skipEmptyLines: true }
		).data;
		expect(claimed).toMatchObject([
			{ 姓名: '认领中', 阶段: stageNames.claimed[0], 有认领: '是', 认领起: ago(4), 有阻断: '是' }
		]);
		for (const cell of [...row, ...Object.values(claimed[0] ?? {})]) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
	});

	test('comes as a workbook too, in English for who reads English', async () => {
		const reader = new TestBrowser('192.0.2.1', 'en', user('officer'));
		const { data } = await reader.open(exported.GET, '/desk/review/export?place=51');
		if (!(data instanceof Response)) throw new Error('no file');
		const [sheet] = await readExcelFile(Buffer.from(await data.arrayBuffer()));
		expect(sheet?.data[0]?.slice(0, 4)).toEqual(['Number', 'Name', 'House', 'Stage']);
		expect(sheet?.data[1]?.[1]).toBe('别处');
	});

	test('of a house holds its own children, and the log says who took how many, by which filter, without a name', async () => {
		const text = await (await download('adminA', 'as=csv&stage=running&q=多多')).text();
		expect(text).not.toContain('别处');
		const { rows } = await database.inScope(registry, (session) =>
			session.query<{ details: object }>(
				`SELECT details FROM audit_events WHERE action = 'review.exported' AND user_id = $1 ORDER BY id DESC LIMIT 1`,
				[people.adminA.staffId]
			)
		);
		expect(rows).toEqual([{ details: { format: 'csv', children: 30, stage: 'running', searched: 1 } }]);
	});
});
