import { expect, test } from 'vitest';
import { civilDate } from '#lib/domain/time.ts';
import { boxMaximum, emptyPaper, formOfPaper, paperIn, readPaperForm } from './paper-form.server.ts';

const filled = {
	...emptyPaper,
	code: 'DOC-C',
	number: ' 云公查〔2025〕3号 ',
	date: '2025年11月10日',
	issuer: '云岭县公安局',
	received: '2025-11-12'
};

test('what is typed becomes a paper: blanks cut, days read, empty boxes left out', () => {
	expect(paperIn(filled)).toEqual({
		ok: true,
		value: {
			document: { code: 'DOC-C', number: '云公查〔2025〕3号', date: '2025-11-10', issuer: '云岭县公安局' },
			receivedOn: '2025-11-12',
			seen: []
		}
	});
});

test('every box that is wrong is named at once', () => {
	const result = paperIn({ ...filled, code: 'DOC-Z', date: '2025-02-29', received: '', number: '9'.repeat(101) });
	expect(result).toEqual({
		ok: false,
		error: [
			{ field: 'code', because: 'codeNeeded' },
			{ field: 'date', because: 'dateMissing' },
			{ field: 'received', because: 'receivedNeeded' },
			{ field: 'number', because: 'tooLong' }
		]
	});
});

test.each(Object.entries(boxMaximum))('the box %s takes %s signs and no more', (box, maximum) => {
	expect(paperIn({ ...filled, [box]: '字'.repeat(maximum) }).ok).toBe(true);
	expect(paperIn({ ...filled, [box]: '字'.repeat(maximum + 1) })).toMatchObject({ error: [{ field: box }] });
});

test('a paper on file goes into the boxes and comes out as it was', () => {
	const paper = {
		code: 'OTHER' as const,
		title: '死亡医学证明',
		date: civilDate('2026-01-05'),
		note: '原件存医院'
	};
	expect(paperIn(formOfPaper(paper, civilDate('2026-01-06')))).toMatchObject({
		ok: true,
		value: { document: paper, receivedOn: '2026-01-06' }
	});
});

test('of the warnings a browser says it has seen only known ones count, and files are no texts', () => {
	const data = new FormData();
	for (const [name, value] of [
		...[['code', 'DOC-C'] as const, ['received', '2025-11-12'] as const],
		...[['seen', 'before_clock'] as const, ['seen', 'everything'] as const, ['kept', 'abc'] as const]
	])
		data.append(name, value);
	data.append('number', new Blob(['x']), 'x.txt');
	const form = readPaperForm(data);
	expect(form).toMatchObject({ number: '', scans: ['abc'] });
	expect(paperIn(form)).toMatchObject({ ok: true, value: { seen: ['before_clock'] } });
});
