import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { isHttpError } from '@sveltejs/kit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ClaimCommand } from '#lib/domain/claim/decide-claim.ts';
import { openClaimsOnFile } from '#lib/domain/claim/on-file.ts';
import { readableFields, readsStatements } from '#lib/domain/disclosure/roles.ts';
import type { ChildId, ClaimId } from '#lib/domain/ids.ts';
import { civilDate } from '#lib/domain/time.ts';
import { readAudit } from '#lib/server/audit/audit.ts';
import type { SignedInUser } from '#lib/server/auth/sessions.ts';
import { lapseOverdue, type ClaimDesk } from '#lib/server/claims/desk.ts';
import { PaperStore } from '#lib/server/claims/papers.ts';
import { provideDatabase } from '#lib/server/db/connection.ts';
import { readCase } from '#lib/server/notices/case-reading.ts';
import {
	administrator,
	aMother,
	auditor,
	careWorker,
	claimOffice,
	liaison,
	officer,
	stranger,
	supervisor,
	type ClaimOffice
} from '../../../../tests/support/claim-office.ts';
import { adoptedChild } from '../../../../tests/support/leaving-story.ts';
import { childId, modestDraft, registeredChild, type Story } from '../../../../tests/support/notice-story.ts';
import { TestBrowser, type Answered } from '../../../../tests/support/routes.ts';
import * as openPage from '../child/[id]/open/+page.server.ts';
import * as childPage from '../child/[id]/+page.server.ts';
import { linkOf } from '../inbox/links.ts';
import * as list from './+page.server.ts';
import * as one from './[claim]/+page.server.ts';
import type { FormName } from './[claim]/forms.server.ts';
import * as paper from './[claim]/papers/[paper]/+server.ts';

// The pages take the desk of this process; here it is the one of the test's own registry.
const current = vi.hoisted((): { desk?: ClaimDesk } => ({}));
vi.mock('#lib/server/claims/the-claim-desk.ts', () => ({ theClaimDesk: async () => current.desk }));

const registry = { kind: 'registry' } as const;
const firstDay = '2026-11-22';
let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'lampkeep-claims-'));
	process.env['DATA_DIR'] = folder;
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(`${firstDay}T04:00:00.000Z`) }));
afterEach(() => vi.useRealTimers());

async function open(story?: Pick<Story, 'entries'>): Promise<ClaimOffice> {
	const office = await claimOffice(story);
	provideDatabase(office.database);
	current.desk = office.desk;
	return office;
}

/** The registry's day from now on, for its desks and its pages alike. */
function on(office: ClaimOffice, day: string): void {
	office.calendar.day = civilDate(day);
	vi.setSystemTime(Date.parse(`${day}T04:00:00.000Z`));
}

/** What a page answers; an error page by its status. */
async function answer(work: Promise<Answered>): Promise<Answered> {
	try {
		return await work;
	} catch (thrown) {
		if (isHttpError(thrown)) return { status: thrown.status };
		throw thrown;
	}
}

const at = (user: SignedInUser) => new TestBrowser('192.0.2.1', 'zh-CN', user);
const seeList = (user: SignedInUser, query = '') => answer(at(user).open(list.load, `/desk/claims${query}`));
const see = (user: SignedInUser, claimId: string, query = '') =>
	answer(at(user).open(one.load, `/desk/claims/${claimId}${query}`, { claim: claimId }));

interface Page {
	readonly version: number;
	readonly file?: {
		readonly state: string;
		readonly caseVersion?: number;
		readonly link?: string;
		readonly phase?: string;
		readonly comparison?: { readonly facts: readonly { readonly key: string; readonly verdict: string }[] };
	};
	readonly forms: { readonly [F in FormName]?: 'open' | { readonly type: string } };
	readonly [more: string]: unknown;
}

async function page(user: SignedInUser, claimId: string): Promise<Page> {
	const { data } = await see(user, claimId);
	return data as Page;
}

/** Sends a form as it stands on the page this person sees now, or with the versions of another one. */
async function send(
	user: SignedInUser,
	claimId: ClaimId,
	form: FormName,
	boxes: Readonly<Record<string, string | readonly string[]>>,
	seen?: Page
): Promise<Answered> {
	const { version, file } = seen ?? (await page(user, claimId));
	return answer(
		at(user).post(
			one.actions[form],
			`/desk/claims/${claimId}`,
			{ version: String(version), ...(file?.caseVersion && { caseVersion: String(file.caseVersion) }), ...boxes },
			{ claim: claimId }
		)
	);
}

/** Says why, and opens the child's file, on the page the claim leads to. */
async function opensFile(user: SignedInUser, claimId: ClaimId): Promise<Answered> {
	return answer(
		at(user).post(
			openPage.actions.default,
			`/desk/child/${childId}/open`,
			{ purpose: 'claim', reason: '核对认领中家人说的特征', to: `/desk/claims/${claimId}` },
			{ id: childId }
		)
	);
}

async function blocks({ database }: ClaimOffice): Promise<readonly string[]> {
	const found = await database.inScope(registry, (session) => readCase(session, childId));
	return found ? openClaimsOnFile(found.caseFile).map(({ id }) => id) : [];
}

async function audited({ database }: ClaimOffice): Promise<readonly string[]> {
	const lines = await database.inScope(registry, (session) => readAudit(session, 100));
	return lines.map(({ action }) => action);
}

const plausible: ClaimCommand = { type: 'screen', verdict: 'plausible', note: '说对了妹妹的名字' };
const report = (result: 'confirmed' | 'excluded'): ClaimCommand => ({
	type: 'reportKinship',
	result,
	reference: 'DNA-1',
	reportedOn: civilDate(firstDay),
	loci: 20
});

describe('who sees claims at the desk', () => {
	test('a care worker and an auditor find no list, no claim and no paper; somebody of another house finds no such claim', async () => {
		const office = await open();
		const claimId = await office.claim();
		for (const user of [careWorker, auditor]) {
			expect(await seeList(user)).toEqual({ status: 404 });
			expect(await see(user, claimId)).toEqual({ status: 404 });
			expect(await send(user, claimId, 'noteEvidence', { note: 'x' }, { version: 2, forms: {} })).toEqual({
				status: 404
			});
		}
		expect(await see(stranger, claimId)).toEqual({ status: 404 });
		expect(await send(stranger, claimId, 'screen', { verdict: 'plausible' }, { version: 2, forms: {} })).toEqual({
			status: 404
		});
		expect((await seeList(stranger)).data).toMatchObject({ total: 0 });
		expect(await see(supervisor, 'not-an-id')).toEqual({ status: 404 });
		expect(await see(supervisor, randomUUID())).toEqual({ status: 404 });
		expect(await office.version(claimId)).toBe(2);
	});

	test('a house sees the claims on its children, the registry and the police also those of no child', async () => {
		const office = await open();
		await office.claim();
		await office.claim({ kind: 'report', childId: null });
		expect((await seeList(supervisor)).data).toMatchObject({ total: 1, everyHouse: false });
		for (const user of [officer, liaison]) expect((await seeList(user)).data).toMatchObject({ total: 2 });
	});

	test('every form is offered to whoever may send it now, and to nobody else', async () => {
		const office = await open();
		const claimId = await office.claim();
		const offered = async (user: SignedInUser) =>
			Object.entries((await page(user, claimId)).forms).flatMap(([form, now]) => (now === 'open' ? [form] : []));
		expect(await offered(supervisor)).toEqual(expect.arrayContaining(['screen', 'ask', 'recordSample']));
		expect(await offered(supervisor)).not.toContain('withdraw');
		expect(await offered(officer)).toContain('withdraw');
		expect(await offered(supervisor)).not.toContain('reportKinship');
		expect(await offered(administrator)).not.toContain('screen');
		expect((await offered(liaison)).toSorted()).toEqual(['recordPoliceFinding', 'recordSample', 'reportKinship']);
	});
});

describe('the list', () => {
	test('is narrowed by group, by kind and by a part of a number; blocking claims say since when', async () => {
		const office = await open();
		const claimId = await office.claim();
		const missing = await office.claim({ kind: 'report', childId: null });
		await office.does(supervisor, claimId, plausible);
		on(office, '2026-11-25');
		const { data } = await seeList(officer, '?group=blocking');
		expect(data).toMatchObject({
			total: 1,
			counts: { open: 2, blocking: 1, received: 1, screened: 1, ended: 0 },
			claims: [
				{ id: claimId, blocksSince: firstDay, blocksDay: 4, childName: '小虎', due: 'dueOn', row: { next: 'sample' } }
			]
		});
		expect((await seeList(officer, '?kind=report')).data).toMatchObject({ total: 1, claims: [{ id: missing }] });
		const { number } = (await page(officer, claimId)) as Page & { number: string };
		expect((await seeList(officer, `?number=${number.slice(3, 7).toLowerCase()}`)).data).toMatchObject({
			claims: expect.arrayContaining([expect.objectContaining({ id: claimId })])
		});
		expect((await seeList(officer, '?group=nonsense')).data).toMatchObject({ total: 2, filter: { group: 'open' } });
	});
});

describe('the child’s file beside the claim', () => {
	test('is opened by the house that has the child, and the reading is logged', async () => {
		const office = await open();
		const claimId = await office.claim();
		expect(await page(supervisor, claimId)).toMatchObject({
			next: 'screen',
			due: 'dueOn',
			dueOn: '2026-11-25',
			file: { state: 'open', phase: 'before_certificate' },
			child: { name: '小虎' }
		});
		const { rows } = await office.database.inScope(registry, (session) =>
			session.query('SELECT what, purpose, basis FROM access_readings WHERE child_id = $1', [childId])
		);
		expect(rows).toEqual([{ what: 'claim', purpose: 'claim', basis: 'duty' }]);
		expect(await audited(office)).toEqual(expect.arrayContaining(['claim.viewed', 'child.viewed']));
	});

	test('stays shut for who has no grant: the claim alone is shown, nothing is judged, and a reason opens it', async () => {
		const office = await open();
		const claimId = await office.claim();
		const shut = await page(officer, claimId);
		expect(shut).toMatchObject({
			file: { state: 'locked', because: 'no_grant' },
			outcome: undefined,
			forms: { screen: { type: 'file_closed' }, proposeDecision: { type: 'file_closed' }, reportKinship: 'open' }
		});
		expect(JSON.stringify(shut)).not.toContain('月牙形');
		expect(shut.file?.link).toContain(`to=%2Fdesk%2Fclaims%2F${claimId}`);
		expect(await send(officer, claimId, 'screen', { verdict: 'plausible' }, shut)).toMatchObject({
			status: 409,
			data: { refusal: { type: 'file_changed' } }
		});
		expect(await opensFile(officer, claimId)).toEqual({ status: 303, location: `/desk/claims/${claimId}?for=claim` });
		expect(await page(officer, claimId)).toMatchObject({ file: { state: 'open' }, forms: { screen: 'open' } });
	});

	test('the page that opens a file leads to claims and files alone', async () => {
		const office = await open();
		await office.claim();
		for (const to of ['/desk/claims/../people', '//evil.example/desk/claims', `/desk/claims/${childId}/papers/x`]) {
			const { location } = await answer(
				at(officer).post(
					openPage.actions.default,
					`/desk/child/${childId}/open`,
					{ purpose: 'claim', reason: '核对认领中家人说的特征', to },
					{ id: childId }
				)
			);
			expect(location).toBe(`/desk/child/${childId}?for=claim`);
		}
	});

	test('what a notice showed counts as nothing, and it is told when it was public', async () => {
		const story = registeredChild();
		const draft = story.tell('notice.drafted', { draft: { ...modestDraft, shown: { belongings: '蓝色塑料小汽车' } } });
		story.tell('notice.approved', { approval: { draft, publicNumber: 'LK-0000-0000' } }, { by: 'b' });
		const office = await open(story);
		await office.database.inScope(registry, async (session) => {
			const { keepPublishedFacts } = await import('#lib/server/notices/published-facts.ts');
			await keepPublishedFacts(session, story.caseFile);
		});
		const seen = await page(supervisor, await office.claim());
		const verdicts = Object.fromEntries(seen.file?.comparison?.facts.map(({ key, verdict }) => [key, verdict]) ?? []);
		expect(verdicts).toMatchObject({ belonging: 'public', nameCalled: 'knew', siblings: 'knew', clothing: 'unknown' });
		expect(seen).toMatchObject({
			file: { published: [{ field: 'belongings', publishedOn: '2026-11-01' }, { field: 'photo.front' }] }
		});
	});

	test('holds no fact that a reader of statements could not read in the file itself', async () => {
		const office = await open();
		const seen = await page(supervisor, await office.claim());
		const keys = (seen.file?.comparison?.facts ?? []).map(({ key }) => key);
		expect(keys.length).toBeGreaterThan(8);
		for (const role of readsStatements) {
			const readable: readonly string[] = [...readableFields(role), 'mark', 'belonging'];
			expect(keys.filter((key) => !readable.includes(key))).toEqual([]);
		}
	});
});

describe('the forms', () => {
	test('a plausible screening blocks the child at once, on its file and on the page', async () => {
		const office = await open();
		const claimId = await office.claim();
		expect(await send(supervisor, claimId, 'screen', { verdict: 'plausible', note: '说对了' })).toEqual({
			status: 303,
			location: `/desk/claims/${claimId}?done=screen_blocks`
		});
		expect(await blocks(office)).toEqual([claimId]);
		on(office, '2026-11-24');
		expect(await page(supervisor, claimId)).toMatchObject({
			block: { since: firstDay, day: 3, sampleDue: '2026-12-22' },
			next: 'sample'
		});
		const answered = await answer(at(supervisor).open(childPage.load, `/desk/child/${childId}`, { id: childId }));
		expect(answered.data).toMatchObject({ claims: [{ id: claimId, blocksSince: firstDay, row: { blocks: true } }] });
	});

	test('asking more writes the judgement and the questions; without a topic nothing is written', async () => {
		const office = await open();
		const claimId = await office.claim();
		expect(await send(supervisor, claimId, 'screen', { verdict: 'ask_more', note: '再问问' })).toMatchObject({
			status: 400,
			data: { in: 'screen', texts: { note: '再问问' }, faults: [{ field: 'topic', because: 'topicNeeded' }] }
		});
		expect(await office.version(claimId)).toBe(2);
		const topic = ['looks', 'loss'];
		expect(await send(supervisor, claimId, 'screen', { verdict: 'ask_more', topic })).toMatchObject({ status: 303 });
		expect(await page(supervisor, claimId)).toMatchObject({
			next: 'family_answers',
			timeline: [{ event: { type: 'asked', topics: ['loss', 'looks'] } }, { event: { type: 'screened' } }, {}, {}]
		});
	});

	test('who looked at an older claim, or an older file, is told so and finds everything typed', async () => {
		const office = await open();
		const claimId = await office.claim();
		const seen = await page(supervisor, claimId);
		await office.does(officer, claimId, { type: 'ask', topics: ['loss'] });
		expect(await send(supervisor, claimId, 'screen', { verdict: 'plausible', note: '说对了妹妹' }, seen)).toEqual({
			status: 409,
			data: {
				in: 'screen',
				texts: expect.objectContaining({ verdict: 'plausible', note: '说对了妹妹' }),
				ticked: [],
				faults: [],
				refusal: { type: 'claim_changed', version: 3 }
			}
		});
		const again = await page(supervisor, claimId);
		await office.does(officer, await office.claim(), plausible);
		expect(await send(supervisor, claimId, 'screen', { verdict: 'plausible' }, again)).toMatchObject({
			status: 409,
			data: { refusal: { type: 'file_changed' } }
		});
		expect(await blocks(office)).not.toContain(claimId);
	});

	test('a report on too few loci is refused in a sentence that says how many; a day that is none, at its box', async () => {
		const office = await open();
		const claimId = await office.claim();
		const typed = { result: 'excluded', reference: 'DNA-7', day: firstDay, loci: '13' };
		expect(await send(liaison, claimId, 'reportKinship', typed)).toMatchObject({
			status: 400,
			data: { texts: typed, refusal: { type: 'too_few_loci', needed: 15 } }
		});
		expect(
			await send(liaison, claimId, 'reportKinship', { ...typed, result: '', day: '2026-02-30', loci: 'many' })
		).toMatchObject({
			status: 400,
			data: {
				faults: [
					{ field: 'result', because: 'choiceNeeded' },
					{ field: 'day', because: 'dateMissing' },
					{ field: 'loci', because: 'lociForm' }
				]
			}
		});
		expect(await send(liaison, claimId, 'reportKinship', { ...typed, loci: '20' })).toMatchObject({ status: 303 });
	});

	test('a role that may not give a command is refused, whatever its form says', async () => {
		const office = await open();
		const claimId = await office.claim();
		const typed = { result: 'excluded', reference: 'DNA-7', day: firstDay, loci: '20' };
		expect(await send(supervisor, claimId, 'reportKinship', typed)).toMatchObject({
			status: 400,
			data: { refusal: { type: 'not_yours_to_decide' } }
		});
	});

	test('the registry links a report by the number of the file or of a notice; an unknown number is kept in its box', async () => {
		const story = registeredChild();
		story.tell('intake.recorded', { answers: { caseNumber: { state: 'known', value: 'YL-2026-0031' } } });
		const draft = story.tell('notice.drafted', { draft: modestDraft });
		const approval = { draft, publicNumber: 'LK-0000-0000' };
		story.tell('notice.approved', { approval }, { by: 'b', replaces: [draft] });
		const office = await open(story);
		const claimId = await office.claim({ kind: 'report', childId: null });
		expect(await page(officer, claimId)).toMatchObject({ child: undefined, file: undefined, next: 'link' });
		expect(await send(officer, claimId, 'link', { number: 'YL-2026-0099' })).toMatchObject({
			status: 400,
			data: { texts: { number: 'YL-2026-0099' }, faults: [{ field: 'number', because: 'linkUnknown' }] }
		});
		expect(await send(officer, claimId, 'link', { number: ' YL-2026-0031 ' })).toMatchObject({ status: 303 });
		expect(await page(supervisor, claimId)).toMatchObject({ child: { caseNumber: 'YL-2026-0031' } });
		// A house cannot take a claim off its own child; the registry can, and the house sees it no more.
		expect(await send(supervisor, claimId, 'unlink', { note: '不是这个孩子' })).toMatchObject({
			data: { refusal: { type: 'not_yours_to_decide' } }
		});
		expect(await send(officer, claimId, 'unlink', { note: '不是这个孩子' })).toMatchObject({ status: 303 });
		expect(await see(supervisor, claimId)).toEqual({ status: 404 });
		expect(await send(officer, claimId, 'link', { number: 'lk 0000 0000' })).toMatchObject({ status: 303 });
		// A pair that nobody compared is no candidate.
		const other = await office.claim({ kind: 'report', childId: null });
		expect(await send(officer, other, 'link', { child: childId })).toMatchObject({
			data: { faults: [{ because: 'linkUnknown' }] }
		});
	});
});

test('of one person’s claims a house is told how many came earlier, also those it does not see', async () => {
	const office = await open();
	const hash = Buffer.alloc(32, 7);
	for (let n = 0; n < 5; n++) await office.claim({ childId: null });
	on(office, '2026-11-23');
	const claimId = await office.claim();
	await office.database.inScope(registry, (session) =>
		session.query(`INSERT INTO claim_identities (claim_id, identity_hash, kind) SELECT id, $1, 'phone' FROM claims`, [
			hash
		])
	);
	expect(await page(supervisor, claimId)).toMatchObject({
		openBefore: 5,
		plausibleRefused: { type: 'waits_its_turn', open: 5, maximum: 5 }
	});
});

describe('two persons decide', () => {
	async function excluded() {
		const office = await open();
		const claimId = await office.claim();
		await office.does(supervisor, claimId, plausible);
		await office.does(liaison, claimId, report('excluded'));
		return { office, claimId };
	}

	test('a refusal is ticked off, proposed by one, signed by another; its author is told why not by them', async () => {
		const { office, claimId } = await excluded();
		const refusal = { decision: 'refuse', note: '鉴定排除' };
		expect(await send(supervisor, claimId, 'proposeDecision', refusal)).toMatchObject({
			status: 400,
			data: { texts: refusal, faults: [{ field: 'confirm', because: 'confirmNeeded' }] }
		});
		expect(await send(supervisor, claimId, 'proposeDecision', { ...refusal, confirm: 'yes' })).toMatchObject({
			status: 303
		});
		const own = await page(supervisor, claimId);
		const proposal = String((own['proposal'] as { number: number }).number);
		expect(own.forms).toMatchObject({ signDecision: { type: 'same_person' }, returnDecision: 'open' });
		expect(await send(supervisor, claimId, 'signDecision', { proposal, confirm: 'yes' })).toMatchObject({
			status: 400,
			data: { refusal: { type: 'same_person' } }
		});

		await opensFile(administrator, claimId);
		expect(await send(administrator, claimId, 'signDecision', { proposal })).toMatchObject({
			data: { faults: [{ field: 'confirm', because: 'confirmNeeded' }] }
		});
		expect(await blocks(office)).toEqual([claimId]);
		expect(await send(administrator, claimId, 'signDecision', { proposal, confirm: 'yes' })).toMatchObject({
			status: 303
		});
		expect(await blocks(office)).toEqual([]);
		expect(await page(supervisor, claimId)).toMatchObject({
			state: 'decided',
			decided: [{ decision: 'refuse', reasons: '鉴定排除', proposedBy: 'a', signedBy: 'b' }]
		});
	});

	test('a proposal is sent back with a reason, and nothing is decided', async () => {
		const { office, claimId } = await excluded();
		await office.does(supervisor, claimId, { type: 'proposeDecision', decision: 'refuse', reasons: '鉴定排除' });
		const proposal = String(await office.version(claimId));
		expect(await send(administrator, claimId, 'returnDecision', { proposal, note: ' ' })).toMatchObject({
			data: { faults: [{ field: 'note', because: 'noteNeeded' }] }
		});
		await send(administrator, claimId, 'returnDecision', { proposal, note: '请附鉴定书' });
		expect(await page(supervisor, claimId)).toMatchObject({ proposal: undefined, state: 'kinship_result' });
		expect(await blocks(office)).toEqual([claimId]);
	});

	test('without the police’s notice of return a reunion is not signed, and the page says so', async () => {
		const office = await open();
		const claimId = await office.claim();
		const day = civilDate(firstDay);
		await office.does(supervisor, claimId, plausible);
		await office.does(liaison, claimId, report('confirmed'));
		await office.does(liaison, claimId, {
			type: 'recordPoliceFinding',
			finding: 'stolen',
			reference: '7号',
			foundOn: day
		});
		await office.does(officer, claimId, { type: 'assessFitness', fitness: 'fit', reference: '3号', assessedOn: day });
		expect(await page(supervisor, claimId)).toMatchObject({
			outcome: { row: 'taken_fit', allowed: ['reunite'] },
			file: { returnNotice: undefined },
			severalInstitutions: true
		});
		await send(supervisor, claimId, 'proposeDecision', { decision: 'reunite', note: '齐全' });
		const proposal = String(await office.version(claimId));
		await opensFile(administrator, claimId);
		expect((await page(administrator, claimId)).forms.signDecision).toMatchObject({ type: 'same_institution' });
		await opensFile(officer, claimId);
		expect(await send(officer, claimId, 'signDecision', { proposal, confirm: 'yes' })).toMatchObject({
			status: 400,
			data: { refusal: { type: 'document_missing', document: 'DOC-K' } }
		});
	});
});

describe('a claim on a child who has been adopted', () => {
	test('leads to the end of the adoption where the parents ask, and to nothing else', async () => {
		const office = await open(adoptedChild().told.story);
		const day = civilDate(firstDay);
		const claimId = await office.claim({ statement: { ...aMother, child: { sex: '1' } } });
		await office.does(officer, claimId, plausible);
		await office.does(liaison, claimId, report('confirmed'));
		await office.does(liaison, claimId, {
			type: 'recordPoliceFinding',
			finding: 'abducted',
			reference: '7号',
			foundOn: day
		});
		await opensFile(officer, claimId);
		expect(await page(officer, claimId)).toMatchObject({
			file: { phase: 'after_adoption' },
			outcome: { row: 'adopted_ask_unknown', allowed: [], missing: ['parents_ask'] },
			forms: { recordParentsAsk: 'open' }
		});
		expect(await send(officer, claimId, 'recordParentsAsk', { ask: 'yes', day })).toMatchObject({ status: 303 });
		await send(officer, claimId, 'assessFitness', { fitness: 'fit', reference: '3号', day });
		expect(await page(officer, claimId)).toMatchObject({ outcome: { allowed: ['dissolve'] } });
		expect(
			await send(officer, claimId, 'proposeDecision', { decision: 'adoption_stands', note: '稳定' })
		).toMatchObject({
			status: 400,
			data: { refusal: { type: 'decision_not_allowed', allowed: ['dissolve'] } }
		});
		expect(await send(officer, claimId, 'proposeDecision', { decision: 'dissolve', note: '父母要求' })).toMatchObject({
			status: 303
		});
	});

	test('stands where the child was given away', async () => {
		const office = await open(adoptedChild().told.story);
		const claimId = await office.claim();
		await office.does(liaison, claimId, report('confirmed'));
		await office.does(liaison, claimId, {
			type: 'recordPoliceFinding',
			finding: 'sold',
			reference: '7号',
			foundOn: civilDate(firstDay)
		});
		await opensFile(officer, claimId);
		expect(await page(officer, claimId)).toMatchObject({
			outcome: { row: 'adopted_given_away', allowed: ['adoption_stands'] }
		});
	});
});

describe('no sample by its last day', () => {
	test('the block lapses, the family’s appeal is recorded, and the block stands again from that day', async () => {
		const office = await open();
		const claimId = await office.claim();
		await office.does(supervisor, claimId, plausible);
		on(office, '2026-12-23');
		expect(await page(supervisor, claimId)).toMatchObject({ due: 'overdue', block: { day: 32 } });
		await lapseOverdue(office.desk);
		expect(await page(supervisor, claimId)).toMatchObject({
			block: undefined,
			lapse: { dueOn: '2026-12-22' },
			forms: { appeal: 'open', restore: { type: 'not_appealed' } }
		});
		expect(await send(supervisor, claimId, 'appeal', { note: '山路断了' })).toMatchObject({ status: 303 });
		expect(await page(supervisor, claimId)).toMatchObject({ next: 'hear_appeal', forms: { restore: 'open' } });
		expect(await send(supervisor, claimId, 'restore', {})).toMatchObject({ status: 303 });
		expect(await page(supervisor, claimId)).toMatchObject({
			block: { since: '2026-12-23', day: 1, sampleDue: '2027-01-22' }
		});
		expect(await blocks(office)).toEqual([claimId]);
	});
});

describe('photos of the family’s papers', () => {
	async function withPaper() {
		const office = await open();
		const claimId = await office.claim();
		const paperId = randomUUID();
		await office.database.inScope({ kind: 'claimant', claimId }, (session) =>
			session.query(
				`INSERT INTO claim_papers (id, claim_id, sha256, kind, media_type, bytes)
				VALUES ($1, $2, $3, 'household_book', 'image/jpeg', 4)`,
				[paperId, claimId, 'a'.repeat(64)]
			)
		);
		const store = new PaperStore(join(folder, 'claim-papers'));
		await store.write(paperId, 'full', new Uint8Array([1, 2, 3, 4]));
		await store.write(paperId, 'small', new Uint8Array([5]));
		const get = (user: SignedInUser, claim: string, id: string, query = '') =>
			answer(at(user).open(paper.GET, `/desk/claims/${claim}/papers/${id}${query}`, { claim, paper: id }));
		return { office, claimId, paperId, get };
	}

	test('are for who works on the claim, kept by no cache, and each opening is logged once a quarter of an hour', async () => {
		const { office, claimId, paperId, get } = await withPaper();
		const { data } = await get(supervisor, claimId, paperId);
		if (!(data instanceof Response)) throw new Error('no picture');
		expect(new Uint8Array(await data.arrayBuffer())).toEqual(new Uint8Array([1, 2, 3, 4]));
		expect(data.headers.get('cache-control')).toBe('no-store');
		await get(supervisor, claimId, paperId);
		await get(supervisor, claimId, paperId, '?copy=small');
		await get(liaison, claimId, paperId);
		const lines = await office.database.inScope(registry, (session) => readAudit(session, 20));
		const viewed = lines.filter(({ action }) => action === 'claim.paper_viewed');
		expect(viewed.map(({ userName, details }) => [userName, details['copy']]).toSorted()).toEqual([
			['a', 'full'],
			['a', 'small'],
			['p', 'full']
		]);
		expect(viewed.every((line) => line.childId === childId && line.details['paper'] === paperId)).toBe(true);
	});

	test('are nobody else’s, nor another claim’s, and nothing is logged of what was not shown', async () => {
		const { office, claimId, paperId, get } = await withPaper();
		const other = await office.claim();
		for (const user of [careWorker, auditor, stranger])
			expect(await get(user, claimId, paperId)).toEqual({ status: 404 });
		expect(await get(supervisor, other, paperId)).toEqual({ status: 404 });
		expect(await get(supervisor, claimId, '../../etc/passwd')).toEqual({ status: 404 });
		expect(await audited(office)).not.toContain('claim.paper_viewed');
	});
});

test('what waits in an inbox about a claim leads to the claim', () => {
	const claimId = 'c1a10000-0000-7000-8000-000000000000';
	expect(linkOf({ code: 'claim_to_screen', childId: null, claimId })).toBe(`/desk/claims/${claimId}`);
	expect(linkOf({ code: 'claim_blocks_child', childId: 'c' as ChildId, claimId })).toBe(`/desk/claims/${claimId}`);
	expect(linkOf({ code: 'hold_ends_soon', childId: 'c' as ChildId, claimId: null })).toBe('/desk/child/c/review');
	expect(linkOf({ code: 'exit_to_confirm', childId: 'c' as ChildId, claimId: null })).toBe('/desk/child/c/leaving');
});
