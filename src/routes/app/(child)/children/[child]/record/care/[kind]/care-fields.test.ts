import { expect, test } from 'vitest';
import { careSchema } from '#lib/domain/care/care.ts';
import { careErrors, careOf, careTexts } from './care-fields.ts';

test.each([
	{ kind: 'daily', note: '今天第一次自己穿鞋。' },
	{ kind: 'health', finding: '轻微咳嗽', temperature: 36.8 },
	{ kind: 'growth', height: 98.5, weight: 14 },
	{ kind: 'vaccination', vaccine: '0101', dose: 2, batch: 'B-7' },
	{ kind: 'schooling', stage: '1', school: '幼儿园' },
	{ kind: 'incident', incident: '1', description: '摔了一跤' },
	{ kind: 'visit', relation: '1', visitor: '志愿者' },
	{ kind: 'placement', placement: '1', place: '二楼' }
])('a care entry ($kind) that is opened to be corrected comes out of the form as it went in', (said) => {
	const care = careSchema.parse(said);
	const texts = careTexts(care);
	expect(careErrors(care.kind, texts, ([zh]) => zh)).toEqual({});
	expect(careOf(care.kind, texts)).toEqual(care);
});
