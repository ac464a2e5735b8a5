import { expect, it } from 'vitest';
import { familyDescriptionSchema } from '../matching/profile.ts';
import { civilDate } from '../time.ts';
import { descriptionOf } from './description.ts';
import { familyStatementSchema } from './statement.ts';

const said = (statement: unknown) =>
	familyDescriptionSchema.parse(descriptionOf(familyStatementSchema.parse(statement)));

it('an empty statement describes nobody, and is no fault', () => {
	expect(said({})).toEqual({ names: [], places: [], marks: [] });
});

it('what is said of the child is compared; who the family is and where it lives is not', () => {
	const description = said({
		child: { names: { given: '王小石', milk: '石头' }, sex: '1', ageAtLoss: { years: 3, approx: true } },
		loss: { date: { calendar: 'solar', y: 2013, m: 5 }, place: { code: '513400', text: '凉山' } },
		looks: { marks: [{ words: '左耳后一块月牙疤' }], height: { cm: 92 }, speech: '凉山口音' },
		family: { fatherName: '王某', siblings: [{ name: '小花', order: 'older', words: '大三岁' }], livesNow: '东莞' },
		you: { name: '王某', phone: '13800000000' }
	});
	expect(description).toMatchObject({
		names: [
			{ kind: 'given', written: '王小石' },
			{ kind: 'milk', written: '石头' }
		],
		sex: '1',
		ageAtLoss: { years: 3, about: true },
		lost: { date: { y: 2013, m: 5 } },
		places: [{ code: '513400', text: '凉山' }],
		height: 92,
		accent: '凉山口音',
		siblings: { names: ['小花'] }
	});
	expect(JSON.stringify(description)).not.toMatch(/王某|东莞|13800000000/);
});

it('a lunar day that was worked out is compared as the solar day it was', () => {
	const days = { earliest: civilDate('1998-06-26'), latest: civilDate('1998-06-26') };
	const description = said({ child: { birth: { calendar: 'lunar', y: 1998, m: 5, d: 3, leap: true, days } } });
	expect(description.birth).toEqual({ date: { y: 1998, m: 6, d: 26 } });
});

it('a lunar thirtieth that no solar month has is kept as its month', () => {
	const description = said({ child: { birth: { calendar: 'lunar', y: 2012, m: 2, d: 30 } } });
	expect(description.birth).toEqual({ date: { y: 2012, m: 2 }, lunar: true });
});

it('thirty months are two years and a half; fifty are four years and two months', () => {
	expect(said({ child: { ageAtLoss: { months: 30 } } }).ageAtLoss).toEqual({ months: 30 });
	expect(said({ child: { ageAtLoss: { months: 50 } } }).ageAtLoss).toEqual({ years: 4, months: 2 });
});

it('words alone are no date', () => {
	expect(said({ loss: { date: { calendar: 'solar', text: '春节前后' } } }).lost).toBeUndefined();
});
