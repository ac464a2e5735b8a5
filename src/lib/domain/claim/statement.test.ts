import { describe, expect, test } from 'vitest';
import { civilDate } from '../time.ts';
import {
	daysOf,
	familyStatementSchema,
	statementProblems,
	topicsOf,
	topicState,
	type FamilyStatement,
	type LunarDays
} from './statement.ts';

const today = civilDate('2026-11-22');
/** The lunar year 2019 and nothing else. */
const lunar: LunarDays = ({ y, m }) =>
	y === 2019 && m === undefined
		? { earliest: civilDate('2019-02-05'), latest: civilDate('2020-01-24') }
		: y === 2019 && m === 1
			? { earliest: civilDate('2019-02-05'), latest: civilDate('2019-03-06') }
			: undefined;

function problems(statement: FamilyStatement, asked: 'topic' | 'sending' = 'topic'): readonly string[] {
	expect(familyStatementSchema.safeParse(statement).success).toBe(true);
	return statementProblems(statement, today, lunar, asked).map(
		({ topic, field, type, weight }) => `${topic}.${field} ${type} ${weight}`
	);
}

const enough: FamilyStatement = { child: { names: { milk: '小虎' } }, you: { name: '杨秀英', phone: '13800000000' } };

describe('every answer may be left out', () => {
	test('an empty statement is a statement, and can be kept', () => {
		expect(problems({})).toEqual([]);
	});

	test('a name, one way to reach the family and one thing about the child are enough to be sent', () => {
		expect(problems(enough, 'sending')).toEqual([]);
		expect(problems({ ...enough, you: { name: '杨秀英', otherContact: '村委会转' } }, 'sending')).toEqual([]);
	});

	test('what is missing to be sent is named', () => {
		expect(problems({ child: { unsure: true } }, 'sending')).toEqual([
			'child.names nothing_told must',
			'you.name name_missing must',
			'you.phone contact_missing must'
		]);
	});

	test('a report has no topic that names a child', () => {
		expect(topicsOf('report')).not.toContain('which');
		expect(topicsOf('claim')[0]).toBe('which');
	});
});

describe('a telephone number', () => {
	const you = (phone: string) => problems({ ...enough, you: { ...enough.you, phone } });

	test('that begins as a mobile one and is too short or too long is shown once more, and may be right', () => {
		expect(you('138 0000')).toEqual(['you.phone mobile_digits look']);
		expect(you('138000000001')).toEqual(['you.phone mobile_digits look']);
	});

	test('of eleven digits, with or without the country, of a house or from abroad is not asked about', () => {
		for (const phone of ['13800000000', '+86 138-0000-0000', '0085213800', '0885-5550117', '5550117'])
			expect(you(phone)).toEqual([]);
	});
});

describe('a date as a family knows it', () => {
	test('a year alone, a year and a month, words alone: all may be', () => {
		expect(problems({ loss: { date: { calendar: 'solar', y: 2019 } } })).toEqual([]);
		expect(problems({ loss: { date: { calendar: 'lunar', y: 2019, m: 1 } } })).toEqual([]);
		expect(problems({ loss: { date: { calendar: 'lunar', text: '春节前后' } } })).toEqual([]);
	});

	test('a month without a year asks for the year, unless words say more', () => {
		expect(problems({ loss: { date: { calendar: 'solar', m: 2 } } })).toEqual(['loss.date year_missing must']);
		expect(problems({ loss: { date: { calendar: 'solar', m: 2, text: '那年发大水' } } })).toEqual([]);
	});

	test('a day that no calendar has is told', () => {
		expect(problems({ loss: { date: { calendar: 'solar', y: 2019, m: 2, d: 30 } } })).toEqual([
			'loss.date no_such_day must'
		]);
		expect(problems({ loss: { date: { calendar: 'lunar', y: 2019, m: 3 } } })).toEqual(['loss.date no_such_day must']);
		expect(problems({ child: { birth: { calendar: 'solar', y: 2019, d: 3 } } })).toEqual([
			'child.birth day_without_month must'
		]);
	});

	test('tomorrow is not yet, this year is', () => {
		expect(problems({ loss: { date: { calendar: 'solar', y: 2026, m: 11, d: 23 } } })).toEqual([
			'loss.date in_the_future must'
		]);
		expect(problems({ loss: { date: { calendar: 'solar', y: 2026 } } })).toEqual([]);
	});

	test('the days it can mean are the first and the last', () => {
		expect(daysOf({ calendar: 'solar', y: 2024, m: 2 }, lunar)).toEqual({
			earliest: '2024-02-01',
			latest: '2024-02-29'
		});
		expect(daysOf({ calendar: 'lunar', y: 2019 }, lunar)).toEqual({ earliest: '2019-02-05', latest: '2020-01-24' });
		expect(daysOf({ calendar: 'solar', text: '秋收' }, lunar)).toBeUndefined();
	});

	test('lost before born is told; born in the year of the loss is not', () => {
		const born = { birth: { calendar: 'solar', y: 2019, m: 6 } } as const;
		expect(problems({ child: born, loss: { date: { calendar: 'solar', y: 2019, m: 5 } } })).toEqual([
			'loss.date lost_before_born must'
		]);
		expect(problems({ child: born, loss: { date: { calendar: 'solar', y: 2019 } } })).toEqual([]);
	});

	test('an age that fits neither way of counting is shown and may be sent', () => {
		const story = (years: number): FamilyStatement => ({
			child: { birth: { calendar: 'solar', y: 2015 }, ageAtLoss: { years } },
			loss: { date: { calendar: 'solar', y: 2019 } }
		});
		// 3 or 4 whole years; 虚岁 one or two more.
		for (const years of [2, 3, 4, 5, 6]) expect(problems(story(years)), String(years)).toEqual([]);
		for (const years of [1, 7, 9]) {
			expect(problems(story(years)), String(years)).toEqual(['child.ageAtLoss age_does_not_fit look']);
		}
		const [told] = statementProblems(story(9), today, lunar, 'topic');
		expect(told).toMatchObject({ least: 3, most: 4 });
	});
});

describe('numbers with a check', () => {
	const you = (confirmed?: { reason: string }): FamilyStatement => ({
		you: { identity: { kind: 'resident_id', number: '110105194912310021', ...(confirmed && { confirmed }) } }
	});

	test('a resident identity number whose last sign is wrong is told, and can be confirmed with a reason', () => {
		expect(problems(you())).toEqual(['you.identity identity_number must']);
		expect(problems(you({ reason: '身份证上就是这样' }))).toEqual(['you.identity identity_number look']);
	});

	test('a passport has no check of ours', () => {
		expect(problems({ you: { identity: { kind: 'passport', number: 'E12345678' } } })).toEqual([]);
	});

	test('a notice’s number with a slip is told, and can be left as it is written', () => {
		expect(problems({ which: { publicNumber: 'LK-7F3K-29QX' } })).toEqual(['which.publicNumber public_number must']);
		expect(problems({ which: { publicNumber: 'LK-7F3K-29QX', asWritten: true } })).toEqual([
			'which.publicNumber public_number look'
		]);
	});
});

describe('how far a topic is', () => {
	test.each([
		[{}, 'untouched'],
		[{ loss: {} }, 'untouched'],
		[{ loss: { how: '在集市上' } }, 'partly'],
		[{ loss: { unsure: true } }, 'told'],
		[{ loss: { date: { calendar: 'solar', y: 2019 }, place: { text: '集市' }, reported: 'unsure' } }, 'told']
	] satisfies [FamilyStatement, string][])('%j is %s', (statement, state) => {
		expect(topicState(statement, 'loss')).toBe(state);
	});
});
