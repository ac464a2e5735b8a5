import { describe, expect, test } from 'vitest';
import { items } from '../case-file/case-file.ts';
import type { ChildId } from '../ids.ts';
import {
	administrator,
	careWorker,
	day,
	LeavingStory,
	liaison,
	receivedChild,
	supervisor
} from '../../../../tests/support/leaving-story.ts';
import { photoHash } from '../../../../tests/support/notice-story.ts';
import type { Actor } from '../decision/decision.ts';
import type { CaseDocument } from './document.ts';
import { filesPaper, judgeDocument, withdrawPaper, type NumberElsewhere, type PaperGiven } from './judge-document.ts';
import { documentCodes } from './document.ts';
import { usualPhase } from './phases.ts';

const nowhere: NumberElsewhere = { files: [], hidden: 0 };
const houses = ['云岭县儿童福利院', '昭通之家'];

const certificate: CaseDocument = {
	code: 'DOC-C',
	number: '云公查〔2025〕3号',
	date: day('2025-11-10'),
	issuer: '云岭县公安局',
	originalSeenBy: '陈国华'
};

function judged(
	told: LeavingStory,
	document: CaseDocument,
	more: Partial<PaperGiven> = {},
	by: Actor = supervisor,
	elsewhere = nowhere
) {
	const given = { document, receivedOn: told.today, scans: [], seen: [], ...more };
	return judgeDocument(told.ground, by, given, elsewhere, houses, told.means);
}

function warnings(told: LeavingStory, document: CaseDocument, more: Partial<PaperGiven> = {}) {
	const result = judged(told, document, more);
	return !result.ok && result.error.type === 'paper_odd' ? result.error.warnings : [];
}

describe('a paper that fits is filed as it is', () => {
	test('with its number, date, issuer and who saw the original', () => {
		const result = judged(receivedChild(), certificate);
		expect(result).toMatchObject({
			ok: true,
			value: [{ type: 'document.recorded', payload: { document: certificate }, replaces: [] }]
		});
	});

	test('with a picture of each page, bound to the paper and never publishable', () => {
		const scan = { sha256: photoHash(9), mediaType: 'image/jpeg' as const, bytes: 9000, width: 1500, height: 2048 };
		const result = judged(receivedChild(), certificate, { scans: [scan] });
		if (!result.ok) throw new Error(JSON.stringify(result.error));
		const [paper, picture] = result.value;
		expect(picture).toMatchObject({
			type: 'photo.added',
			payload: {
				photo: { view: 'paper', publishable: false, of: paper?.type === 'document.recorded' && paper.payload.itemId }
			}
		});
	});

	test('a correction replaces every version that stood, and nothing else', () => {
		const told = receivedChild();
		const proof = items(told.story.caseFile, 'document').find(({ value }) => value.code === 'DOC-B');
		if (!proof) throw new Error('no proof');
		const result = judged(told, { ...proof.value, number: '云公暂〔2024〕10号' }, { itemId: proof.itemId });
		expect(result).toMatchObject({
			ok: true,
			value: [{ payload: { itemId: proof.itemId }, replaces: [proof.version.entryId] }]
		});
		const missing = judged(told, certificate, { itemId: told.means.newItemId() });
		expect(missing).toEqual({ ok: false, error: { type: 'not_there', what: 'paper' } });
	});
});

describe('what looks odd is shown before it is saved', () => {
	test('a certificate dated before the hold’s last day has passed, with the first day that counts', () => {
		expect(warnings(receivedChild(), { ...certificate, date: day('2025-11-04') })).toEqual([
			{ code: 'before_clock', date: '2025-11-04', clock: 'hold', openFrom: '2025-11-05' }
		]);
		expect(warnings(receivedChild(), { ...certificate, date: day('2025-11-05') })).toEqual([]);
	});

	test('a certificate for a child whose hold has not even begun', () => {
		const told = new LeavingStory().on('2025-11-20');
		expect(warnings(told, certificate)).toEqual([{ code: 'before_clock', date: '2025-11-10', clock: 'hold' }]);
	});

	test('a date that has not come, and a paper received before it was written', () => {
		expect(warnings(receivedChild(), { ...certificate, date: day('2025-12-01') }).map(({ code }) => code)).toEqual([
			'in_future',
			'received_before_dated'
		]);
	});

	test('a date before the rescue, but not of a paper that can be older than it', () => {
		const told = receivedChild();
		const early = { date: day('2024-10-30') };
		expect(warnings(told, { code: 'DOC-M', ...early })).toEqual([
			{ code: 'before_rescue', date: '2024-10-30', rescued: '2024-11-02' }
		]);
		expect(warnings(told, { code: 'OTHER', title: '出生医学证明', ...early })).toEqual([]);
	});

	test('a number that another paper of the file has, however its brackets are written', () => {
		const told = receivedChild();
		expect(warnings(told, { ...certificate, number: '云公暂 [2024] 9号' })).toEqual([
			{ code: 'number_in_file', number: '云公暂 [2024] 9号', papers: ['DOC-B'] }
		]);
		const proof = items(told.story.caseFile, 'document').find(({ value }) => value.code === 'DOC-B');
		// The paper itself may keep its number when it is corrected.
		expect(warnings(told, { ...certificate, ...proof?.value }, { itemId: proof?.itemId })).toEqual([]);
	});

	test('a number that a paper of another child has: which file, only where the person may open it', () => {
		const elsewhere = { files: ['00000000-0000-7000-8000-00000000c002' as ChildId], hidden: 1 };
		const result = judged(receivedChild(), certificate, {}, supervisor, elsewhere);
		expect(result).toEqual({
			ok: false,
			error: {
				type: 'paper_odd',
				warnings: [{ code: 'number_elsewhere', number: certificate.number, ...elsewhere }]
			}
		});
	});

	test.each([
		['DOC-C', '云岭县民政局', true],
		['DOC-C', '云岭县公安局刑侦大队', false],
		['DOC-C', '白鹤滩派出所', false],
		['DOC-F', '云岭县民政局', false],
		['DOC-F', '云岭县公安局', true],
		['DOC-D', '昭通日报', false],
		['DOC-D', '昭通之家', false],
		['DOC-G', '王某某夫妇', false],
		['DOC-L', '云岭县人民医院', false],
		['DOC-L', '云岭县公安局', true]
	] as const)('%s issued by %s: odd %s', (code, issuer, odd) => {
		const found = warnings(receivedChild(), { code, issuer }).map((warning) => warning.code);
		expect(found.includes('issuer_unusual')).toBe(odd);
	});
});

describe('what looks odd can be filed all the same, with a reason', () => {
	const early: CaseDocument = { ...certificate, date: day('2025-11-04') };

	test('the reason and what was overridden are kept in the entry', () => {
		const result = judged(receivedChild(), early, { seen: ['before_clock'], reason: ' 原件如此 ' });
		expect(result).toMatchObject({
			ok: true,
			value: [{ payload: { document: { accepted: { warnings: ['before_clock'], reason: '原件如此' } } } }]
		});
	});

	test('but without a reason, or with a warning that was not shown, it comes back', () => {
		const told = receivedChild();
		expect(judged(told, early, { seen: ['before_clock'] })).toMatchObject({ error: { type: 'paper_odd' } });
		expect(judged(told, early, { reason: '原件如此' })).toMatchObject({ error: { type: 'paper_odd' } });
		expect(judged(told, early, { seen: ['in_future'], reason: '原件如此' })).toMatchObject({
			error: { type: 'paper_odd' }
		});
	});

	test('and it counts no more than before: the hold is not certified by it', () => {
		const told = receivedChild();
		const result = judged(told, early, { seen: ['before_clock'], reason: '原件如此' });
		if (!result.ok) throw new Error('refused');
		told.tells(supervisor, result.value);
		expect(told.ground.hold.conditions.find(({ id }) => id === 'certificate_on_file')).toMatchObject({
			status: 'missing',
			because: { code: 'document_too_early' }
		});
	});

	test('a reason given for nothing is not kept: the paper had nothing odd', () => {
		const result = judged(receivedChild(), certificate, { seen: ['in_future'], reason: '不需要' });
		expect(result.ok && result.value[0]?.payload).not.toHaveProperty('document.accepted');
	});
});

describe('who files which paper', () => {
	test('care workers and auditors file none at a desk', () => {
		expect(judged(receivedChild(), certificate, {}, careWorker)).toEqual({
			ok: false,
			error: { type: 'not_yours_to_decide' }
		});
	});

	test('the police file their own papers and no others', () => {
		expect(documentCodes.filter((code) => filesPaper('police_liaison', code))).toEqual([
			...['DOC-A', 'DOC-B', 'DOC-C', 'DOC-E', 'DOC-K', 'DOC-M']
		]);
		expect(documentCodes.every((code) => filesPaper('supervisor', code))).toBe(true);
		expect(judged(receivedChild(), { code: 'DOC-H' }, {}, liaison)).toEqual({
			ok: false,
			error: { type: 'paper_not_yours', code: 'DOC-H' }
		});
	});

	test('nor do they correct or withdraw what others brought', () => {
		const told = receivedChild();
		const notice = items(told.story.caseFile, 'document').find(({ value }) => value.code === 'DOC-D');
		if (!notice) throw new Error('no notice');
		expect(judged(told, certificate, { itemId: notice.itemId }, liaison)).toMatchObject({
			error: { type: 'paper_not_yours', code: 'DOC-D' }
		});
		expect(withdrawPaper(told.ground, liaison, notice.itemId, '录错')).toMatchObject({
			error: { type: 'paper_not_yours', code: 'DOC-D' }
		});
	});

	test('"other" needs a title, and a day in the future is no day on which a paper came', () => {
		expect(judged(receivedChild(), { code: 'OTHER' })).toMatchObject({ error: { type: 'title_needed' } });
		expect(judged(receivedChild(), certificate, { receivedOn: day('2025-11-21') })).toMatchObject({
			error: { type: 'date_in_future', date: '2025-11-21' }
		});
	});
});

describe('taking a paper back', () => {
	test('it leaves the list with a reason, and so does a picture of it alone', () => {
		const told = receivedChild();
		const scan = { sha256: photoHash(9), mediaType: 'image/jpeg' as const, bytes: 9000, width: 1500, height: 2048 };
		const filed = judged(told, certificate, { scans: [scan] });
		if (!filed.ok) throw new Error('refused');
		told.tells(supervisor, filed.value);
		const picture = items(told.story.caseFile, 'photo').find(({ value }) => value.view === 'paper');
		const paper = items(told.story.caseFile, 'document').find(({ value }) => value.code === 'DOC-C');
		if (!picture || !paper) throw new Error('not filed');

		const withoutPicture = withdrawPaper(told.ground, administrator, picture.itemId, '拍糊了');
		if (!withoutPicture.ok) throw new Error('refused');
		told.tells(administrator, withoutPicture.value);
		expect(items(told.story.caseFile, 'photo').some(({ itemId }) => itemId === picture.itemId)).toBe(false);
		expect(items(told.story.caseFile, 'document').some(({ itemId }) => itemId === paper.itemId)).toBe(true);

		const withoutPaper = withdrawPaper(told.ground, administrator, paper.itemId, '重复登记');
		if (!withoutPaper.ok) throw new Error('refused');
		told.tells(administrator, withoutPaper.value);
		expect(items(told.story.caseFile, 'document').some(({ itemId }) => itemId === paper.itemId)).toBe(false);
	});

	test('a photo of the child is no paper', () => {
		const told = receivedChild();
		const front = items(told.story.caseFile, 'photo').find(({ value }) => value.view === 'front');
		if (!front) throw new Error('no photo');
		expect(withdrawPaper(told.ground, supervisor, front.itemId, '删')).toMatchObject({
			error: { type: 'not_there', what: 'paper' }
		});
	});
});

test('every paper has its place among the three phases of the archive', () => {
	expect(documentCodes.filter((code) => usualPhase(code) === 'leaving')).toEqual(['DOC-G', 'DOC-H', 'DOC-J', 'DOC-K']);
});
