import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isHttpError } from '@sveltejs/kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, civilDateAt, type CivilDate } from '#lib/domain/time.ts';
import { provideDatabase } from '#lib/server/db/connection.ts';
import { MemoryQueue } from '#lib/server/jobs/memory-queue.ts';
import { provideJobs } from '#lib/server/jobs/the-jobs.ts';
import { readCase } from '#lib/server/notices/case-reading.ts';
import { testDatabase, type TestDatabase } from '../../../../../../tests/support/database.ts';
import { addEverybody, storeStory, user } from '../../../../../../tests/support/review-office.ts';
import { people, ReviewStory, type PersonName } from '../../../../../../tests/support/review-story.ts';
import { TestBrowser, type Answered } from '../../../../../../tests/support/routes.ts';
import * as evidence from './evidence/[review]/+page.server.ts';
import * as page from './+page.server.ts';

const registry = { kind: 'registry' } as const;
/** The day at the registry: the pages ask the clock. */
const today = civilDateAt(Date.now(), 'Asia/Shanghai');
const ago = (days: number): CivilDate => addDays(today, -days);

let database: TestDatabase;
let folder: string;
let children = 0;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'lampkeep-review-page-'));
	process.env['DATA_DIR'] = folder;
	process.env['LAMPKEEP_SECRET'] = 'a secret of the tests, long enough for the registry';
	database = await testDatabase({ keep: true });
	provideDatabase(database);
	provideJobs(new MemoryQueue());
	await database.inScope(registry, async (session) => {
		await addEverybody(session);
		// Officers read a file by a grant; without one they first say why.
		await session.query(
			`INSERT INTO access_grants (id, staff_id, institution_id, staff_institution_id, scope, purpose, from_day, until_day, granted_by)
			SELECT gen_random_uuid(), id, institution_id, institution_id, 'every_house', 'review', $2, $3, $4 FROM users WHERE id = ANY ($1)`,
			[[people.officer.staffId, people.officer2.staffId], ago(1), addDays(today, 300), people.officer.staffId]
		);
	});
});

afterAll(async () => {
	await database.close();
	await rm(folder, { recursive: true, force: true });
});

/** Everything but the certificate: the hold ended some weeks ago. */
function almost(): ReviewStory {
	const story = new ReviewStory(ago(420), ++children);
	story.intake(ago(420), { earliest: ago(2600), latest: ago(2000) });
	story.confirmStart();
	story.today = ago(10);
	story.paper('DOC-A', ago(420));
	story.paper('DOC-B', ago(395));
	story.notice(ago(412));
	story.sample('in_database', ago(380));
	story.paper('DOC-E', ago(360));
	return story;
}

function ready(): ReviewStory {
	const story = almost();
	story.paper('DOC-C', ago(12));
	return story;
}

async function stored(story: ReviewStory): Promise<ReviewStory> {
	await database.inScope(registry, (session) => storeStory(session, story));
	return story;
}

const at = (name: PersonName) => new TestBrowser('192.0.2.1', 'zh-CN', user(name));

interface Seen {
	readonly version: number;
	readonly snapshot: string;
	readonly stage: string;
	readonly conditions: readonly {
		readonly id: string;
		readonly proofs: readonly { readonly kind: string; readonly to: string }[];
		readonly basis: { readonly certainty: string };
	}[];
	readonly hold: { readonly conditions: readonly { readonly id: string }[] };
	readonly agree?: { readonly type: string };
	readonly differences: readonly unknown[];
	readonly start: readonly { readonly version: string }[];
	readonly standing: readonly { readonly itemId: string; readonly mayClear: boolean }[];
	readonly returned?: { readonly opinion: string; readonly conditions: readonly string[] };
	readonly next: readonly { readonly code: string; readonly who: string }[];
	readonly whatIf: {
		readonly boxes: readonly string[];
		readonly faults: readonly unknown[];
		readonly result?: { readonly earliest?: string; readonly missing: readonly { readonly code: string }[] };
	};
}

async function see(name: PersonName, { childId }: ReviewStory, query = ''): Promise<Seen> {
	const answered = await at(name).open(page.load, `/desk/child/${childId}/review${query}`, { id: childId });
	expect(answered.status).toBe(200);
	return answered.data as Seen;
}

type ActionName = keyof typeof page.actions;

/** Sends a form as the page would have it, looked at by this person just before, and what is said otherwise. */
async function send(
	name: PersonName,
	story: ReviewStory,
	action: ActionName,
	boxes: Readonly<Record<string, string | readonly string[]>>
): Promise<Answered> {
	const { version, snapshot } = await see(name, story);
	return at(name).post(
		page.actions[action],
		`/desk/child/${story.childId}/review?/${String(action)}`,
		{ version: String(version), snapshot, ...boxes },
		{ id: story.childId }
	);
}

const agreeing = (seen: Seen) => ({
	verdict: 'eligible',
	opinion: '已核对公安证明原件。',
	condition: seen.hold.conditions.map(({ id }) => id)
});

async function agree(name: PersonName, story: ReviewStory): Promise<Answered> {
	return send(name, story, 'sign', agreeing(await see(name, story)));
}

async function statusOf(opening: Promise<unknown>): Promise<number> {
	try {
		await opening;
		return 200;
	} catch (thrown) {
		if (isHttpError(thrown)) return thrown.status;
		throw thrown;
	}
}

const done = (what: string) => expect.stringContaining(`done=${what}`) as unknown;

describe('the review of one child', () => {
	test('is not there for a care worker, an auditor and another house, on no road to it', async () => {
		const story = await stored(ready());
		const path = `/desk/child/${story.childId}/review`;
		const params = { id: story.childId };
		for (const name of ['careWorker', 'auditor', 'adminB'] as const) {
			expect([name, await statusOf(at(name).open(page.load, path, params))]).toEqual([name, 404]);
			for (const [action, handler] of Object.entries(page.actions)) {
				const boxes = {
					version: '1',
					reason: 'x',
					clearReason: 'x',
					opinion: 'x',
					returnOpinion: 'x',
					flag: 'court_case'
				};
				const entry = story.entries[0]?.entry.id ?? '';
				const sent = at(name).post(handler, path, { ...boxes, verdict: 'eligible', date: entry, item: entry }, params);
				expect([name, action, await statusOf(sent)]).toEqual([name, action, 404]);
			}
			const print = at(name).open(evidence.load, `${path}/evidence/now`, { ...params, review: 'now' });
			expect([name, await statusOf(print)]).toEqual([name, 404]);
		}
	});

	test('opens by a grant or a reason, and the reading is written down', async () => {
		const story = await stored(ready());
		const path = `/desk/child/${story.childId}/review`;
		const police = await at('police').open(page.load, path, { id: story.childId });
		expect(police).toMatchObject({ status: 303, location: expect.stringContaining('/open?') as unknown });
		await see('adminA', story);
		const { rows } = await database.inScope(registry, (session) =>
			session.query('SELECT staff_id, what, purpose FROM access_readings WHERE child_id = $1', [story.childId])
		);
		expect(rows).toEqual([{ staff_id: people.adminA.staffId, what: 'full', purpose: 'review' }]);
	});

	test('shows every condition of the policy with its certainty and a way to its proof', async () => {
		const story = await stored(almost());
		const { conditions } = await see('adminA', story);
		expect(conditions.map(({ id }) => id)).toEqual(story.policy.conditions.map(({ id }) => id));
		for (const { id, proofs, basis } of conditions)
			expect([id, proofs.length > 0, typeof basis.certainty]).toEqual([id, true, 'string']);
		expect(conditions.find(({ id }) => id === 'certificate_on_file')?.proofs).toEqual([
			{ kind: 'record', to: `/desk/child/${story.childId}/documents/record?code=DOC-C` }
		]);
	});

	test('two of different institutions make it certified; one alone and two of one house do not', async () => {
		const story = await stored(ready());
		expect(await agree('adminA', story)).toMatchObject({ status: 303, location: done('agreed') });
		expect((await see('officer', story)).stage).toBe('one_signature');
		const same = await agree('adminA2', story);
		expect(same).toMatchObject({ status: 400, data: { refusal: { type: 'two_institutions_needed' } } });
		expect((await see('adminA2', story)).agree).toMatchObject({ type: 'two_institutions_needed' });
		const again = await agree('adminA', story);
		expect(again).toMatchObject({ status: 400, data: { refusal: { type: 'already_signed' } } });
		expect((await see('officer', story)).stage).toBe('one_signature');
		expect(await agree('officer', story)).toMatchObject({ status: 303 });
		expect((await see('officer', story)).stage).toBe('certified');
	});

	test('nobody agrees without having ticked each condition; what was typed and ticked comes back', async () => {
		const story = await stored(ready());
		const seen = await see('adminA', story);
		const [skipped, ...rest] = seen.hold.conditions.map(({ id }) => id);
		const sent = await send('adminA', story, 'sign', { ...agreeing(seen), condition: rest });
		expect(sent).toMatchObject({
			status: 400,
			data: {
				in: 'sign',
				texts: { opinion: '已核对公安证明原件。' },
				ticked: rest,
				faults: [{ field: `check-${skipped}`, because: 'uncheckedOne' }]
			}
		});
		expect((await see('adminA', story)).stage).toBe('waiting_for_review');
	});

	test('without an opinion, or by Enter in a box, nothing is signed', async () => {
		const story = await stored(ready());
		const seen = await see('adminA', story);
		const silent = await send('adminA', story, 'sign', { ...agreeing(seen), opinion: '  ' });
		expect(silent).toMatchObject({ status: 400, data: { faults: [{ field: 'opinion' }] } });
		const entered = await send('adminA', story, 'sign', { opinion: '好', condition: agreeing(seen).condition });
		expect(entered.status).toBe(400);
		expect((await see('adminA', story)).stage).toBe('waiting_for_review');
	});

	test('a form that is older than the file is refused with 409, and keeps what was typed', async () => {
		const story = await stored(ready());
		const seen = await see('adminA', story);
		const boxes = {
			version: String(seen.version),
			snapshot: seen.snapshot,
			...agreeing(seen),
			opinion: '写了很久的意见'
		};
		expect(await send('supervisor', story, 'raise', { flag: 'court_case', reason: '县法院已立案' })).toMatchObject({
			status: 303,
			location: done('raise')
		});
		const path = `/desk/child/${story.childId}/review`;
		const late = await at('adminA').post(page.actions['sign'], path, boxes, { id: story.childId });
		expect(late).toMatchObject({
			status: 409,
			data: { texts: { opinion: '写了很久的意见' }, refusal: { type: 'file_changed' } }
		});
	});

	test('a signature on other evidence than the page showed is refused as stale', async () => {
		const story = await stored(ready());
		const seen = await see('adminA', story);
		const sent = await send('adminA', story, 'sign', { ...agreeing(seen), snapshot: '0'.repeat(64) });
		expect(sent).toMatchObject({ status: 409, data: { refusal: { type: 'file_changed' } } });
	});

	test('nobody agrees while a claim is open, papers are missing, or a halt stands; each says why', async () => {
		const claimed = ready();
		claimed.openClaim(1, ago(3));
		const papers = almost();
		const halted = ready();
		halted.decide(people.police, { command: 'raise_flag', flag: { flag: 'police_hold', reason: '来函' } });
		for (const [story, type, step] of [
			[claimed, 'conditions_missing', 'decide_claims'],
			[papers, 'conditions_missing', 'obtain_document'],
			[halted, 'blocked', 'lift_halt']
		] as const) {
			await stored(story);
			const seen = await see('adminA', story);
			expect([seen.agree?.type, seen.next[0]?.code]).toEqual([type, step]);
			expect(await agree('adminA', story)).toMatchObject({ status: 400, data: { refusal: { type } } });
		}
	});

	test('a claim that nobody screened stops an agreement, though the house does not see it', async () => {
		const story = await stored(ready());
		await database.inScope(registry, (session) =>
			session.query(
				`INSERT INTO claims (id, number, kind, state, child_id) VALUES (gen_random_uuid(), 'RL-0000-0777', 'claim', 'received', $1)`,
				[story.childId]
			)
		);
		const seen = await see('adminA', story);
		expect(seen.agree).toEqual({ type: 'claims_to_screen', count: 1 });
		expect(seen.next[0]).toMatchObject({ code: 'screen_claims', who: 'claim_desk' });
	});

	test('evidence that changed after two signatures is told old beside new, and takes two new signatures', async () => {
		const story = ready();
		story.sign(people.officer);
		story.sign(people.adminA);
		story.withdraw('DOC-E');
		story.paper('DOC-E', ago(5), { number: '新的比对' });
		await stored(story);
		const seen = await see('adminA', story);
		expect(seen.stage).toBe('evidence_changed');
		expect(seen.differences).toMatchObject([
			{ part: 'documents', document: 'DOC-E', before: { date: ago(360) }, after: { number: '新的比对' } }
		]);
		expect(await agree('adminA', story)).toMatchObject({ status: 303 });
		const after = await see('officer', story);
		expect([after.stage, after.differences]).toEqual(['one_signature', []]);
	});

	test('sent back for more, the signature ends and the house reads what is wanted', async () => {
		const story = ready();
		story.sign(people.officer);
		await stored(story);
		const empty = await send('adminA', story, 'return', { condition: ['dna_result_on_file'] });
		expect(empty).toMatchObject({
			status: 400,
			data: { in: 'return', ticked: ['dna_result_on_file'], faults: [{ field: 'returnOpinion' }] }
		});
		const sent = await send('adminA', story, 'return', {
			returnOpinion: '比对结果是复印件',
			condition: ['dna_result_on_file', 'nothing_we_know']
		});
		expect(sent).toMatchObject({ status: 303, location: done('return') });
		const seen = await see('supervisor', story);
		expect(seen.stage).toBe('waiting_for_review');
		expect(seen.returned).toMatchObject({ opinion: '比对结果是复印件', conditions: ['dna_result_on_file'] });
		expect(await send('supervisor', story, 'return', { returnOpinion: '我也退' })).toMatchObject({
			status: 400,
			data: { refusal: { type: 'not_yours_to_decide' } }
		});
	});

	test('not agreed with one signature, it is no candidate for a second', async () => {
		const story = await stored(ready());
		const refused = await send('officer', story, 'sign', { verdict: 'not_eligible', opinion: '证明的文号对不上。' });
		expect(refused).toMatchObject({ status: 303, location: done('refused') });
		expect((await see('adminA', story)).stage).toBe('not_agreed');
	});

	test('the start date is confirmed by a second person and not by who recorded it', async () => {
		const story = almost();
		story.correctHandover(ago(421), people.supervisor);
		await stored(story);
		const [date] = (await see('supervisor', story)).start;
		const own = await send('supervisor', story, 'confirm', { date: date?.version ?? '' });
		expect(own).toMatchObject({ status: 400, data: { refusal: { type: 'two_persons_needed' } } });
		const other = await send('adminA', story, 'confirm', { date: date?.version ?? '' });
		expect(other).toMatchObject({ status: 303, location: done('confirm') });
		const police = await see('adminA', story);
		expect(police.next.map(({ code }) => code)).not.toContain('confirm_start');
	});

	test('one person halts with a reason, another lifts it with one', async () => {
		const story = await stored(ready());
		const bare = await send('supervisor', story, 'raise', { flag: '', reason: '', reference: '云公函12号' });
		expect(bare).toMatchObject({
			status: 400,
			data: { texts: { reference: '云公函12号' }, faults: [{ field: 'flag' }, { field: 'reason' }] }
		});
		expect(await send('supervisor', story, 'raise', { flag: 'court_case', reason: '县法院已立案' })).toMatchObject({
			status: 303
		});
		const seen = await see('adminA', story);
		expect(seen.stage).toBe('halted');
		const item = seen.standing[0]?.itemId ?? '';
		const own = await send('supervisor', story, 'clear', { item, clearReason: '撤诉' });
		expect(own).toMatchObject({ status: 400, data: { refusal: { type: 'two_persons_needed' } } });
		expect(await send('adminA', story, 'clear', { item, clearReason: ' ' })).toMatchObject({ status: 400 });
		expect(await send('adminA', story, 'clear', { item, clearReason: '撤诉' })).toMatchObject({ status: 303 });
		expect((await see('adminA', story)).stage).toBe('waiting_for_review');
	});

	test('the what-if tells the first day everything could be there, and writes nothing', async () => {
		const story = await stored(almost());
		const seen = await see('adminA', story);
		expect(seen.whatIf).toMatchObject({ boxes: ['certificateOn'], faults: [] });
		const day = addDays(today, 20);
		const { whatIf } = await see('adminA', story, `?certificateOn=${day}`);
		expect(whatIf.result).toMatchObject({ earliest: day, missing: [] });
		// Dated before the hold ended, a certificate is none.
		const early = await see('adminA', story, `?certificateOn=${ago(100)}`);
		expect(early.whatIf.result?.missing).toMatchObject([{ code: 'replace_document' }]);
		expect((await see('adminA', story, '?certificateOn=2026-02-31')).whatIf).toMatchObject({
			faults: [{ field: 'certificateOn', because: 'dateMissing' }]
		});
		const file = await database.inScope(registry, (session) => readCase(session, story.childId));
		expect(file?.version).toBe(story.entries.length);
	});

	test('the printed evidence proves itself: its digest is that of its text, and the one that was signed', async () => {
		const story = ready();
		story.sign(people.officer);
		await stored(story);
		const seen = await see('adminA', story);
		const review = (seen as unknown as { review: { id: string; snapshot: string } }).review;
		const path = `/desk/child/${story.childId}/review/evidence/${review.id}`;
		const params = { id: story.childId, review: review.id };
		const { data } = await at('adminA').open(evidence.load, path, params);
		expect(data).toMatchObject({ hash: review.snapshot, stands: true, signatures: [{ verdict: 'eligible' }] });
		const unknown = at('adminA').open(evidence.load, path, { ...params, review: story.childId });
		expect(await statusOf(unknown)).toBe(404);
		const { rows } = await database.inScope(registry, (session) =>
			session.query(`SELECT what FROM access_readings WHERE child_id = $1 AND what = 'print'`, [story.childId])
		);
		expect(rows).toHaveLength(1);
	});
});
