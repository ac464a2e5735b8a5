import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { civilDate, fromDayNumber } from '../time.ts';
import { topics, type FamilyStatement, type LunarDays } from './statement.ts';
import { readTopic, rowsShown, typedTopic, type Typed, type TopicReading } from './topic-form.ts';

const lunar: LunarDays = ({ y }) => ({ earliest: civilDate(`${y}-02-01`), latest: civilDate(`${y}-12-31`) });
const reading: TopicReading = { today: civilDate('2026-11-22'), lunar, statement: {} };

const read = (
	topic: (typeof topics)[number],
	typed: Typed,
	statement: FamilyStatement = {},
	calendar: LunarDays = lunar
) => {
	const answers = readTopic(topic, typed, { ...reading, lunar: calendar, statement });
	return answers.ok ? answers.value : answers.error.map(({ control, type }) => `${control} ${type}`);
};

describe('a page left empty', () => {
	test.each(topics)('%s is a page with no answers', (topic) => {
		expect(read(topic, {})).toEqual({});
	});

	test('with the tick "the rest I do not know" is told', () => {
		expect(read('loss', { unsure: 'yes' })).toEqual({ unsure: true });
	});
});

describe('a date in three boxes', () => {
	test('is read with 年, 月, 日 behind the numbers and with full-width digits', () => {
		expect(read('loss', { dateYear: '２０１９年', dateMonth: '2 月', dateDay: '3日' })).toMatchObject({
			date: { calendar: 'solar', y: 2019, m: 2, d: 3, days: { earliest: '2019-02-03', latest: '2019-02-03' } }
		});
	});

	test('in lunar words is a lunar date whatever is ticked', () => {
		expect(read('child', { birthYear: '一九九八', birthMonth: '闰五月', birthDay: '初三' })).toMatchObject({
			birth: { calendar: 'lunar', y: 1998, m: 5, d: 3, leap: true }
		});
		for (const [typed, month] of [
			['正月', 1],
			['冬月', 11],
			['腊月', 12],
			['十月', 10]
		] as const) {
			expect(read('child', { birthYear: '1998', birthMonth: typed, birthCalendar: 'lunar' })).toMatchObject({
				birth: { calendar: 'lunar', m: month }
			});
		}
		for (const [typed, day] of [
			['初十', 10],
			['十五', 15],
			['廿三', 23],
			['二十', 20],
			['三十', 30]
		] as const) {
			expect(
				read('child', { birthYear: '1998', birthMonth: '5', birthDay: typed, birthCalendar: 'lunar' })
			).toMatchObject({ birth: { d: day } });
		}
	});

	test('with a month and no year shows the year’s box, and that alone', () => {
		expect(read('loss', { dateMonth: '2', place: '集市口', reported: 'both' })).toEqual(['dateYear year_missing']);
	});

	test('with a year of two digits asks for four', () => {
		expect(read('loss', { dateYear: '98' })).toEqual(['dateYear year_two_digits']);
	});

	test('that does not exist shows the day’s box', () => {
		expect(read('loss', { dateYear: '2019', dateMonth: '2', dateDay: '30' })).toEqual(['dateDay no_such_day']);
	});

	test('on the thirtieth of a lunar month of 29 days says how long the month was', () => {
		// 二〇二一年腊月 had no thirtieth: its 除夕 was the 29th, and is called 年三十 all the same.
		const eve = { birthYear: '二〇二一', birthMonth: '腊月', birthDay: '三十', birthCalendar: 'lunar' };
		const days = (day: number) => ({ earliest: fromDayNumber(day), latest: fromDayNumber(day) });
		const short: LunarDays = ({ d }) => (d === 30 ? undefined : days(18_993));
		expect(read('child', eve, {}, short)).toEqual(['birthDay lunar_month_short']);
		const none: LunarDays = ({ d }) => (d === undefined ? days(18_965) : undefined);
		expect(read('child', eve, {}, none)).toEqual(['birthDay no_such_day']);
	});

	test('before the birth told on another page shows the year’s box', () => {
		const statement: FamilyStatement = { child: { birth: { calendar: 'solar', y: 2018 } } };
		expect(read('loss', { dateYear: '2016' }, statement)).toEqual(['dateYear lost_before_born']);
	});

	test('of words alone is kept as words', () => {
		expect(read('loss', { dateText: '春节前后' })).toEqual({ date: { calendar: 'solar', text: '春节前后' } });
	});
});

describe('what cannot be read', () => {
	test('is told for every box at once', () => {
		expect(read('looks', { height: '一米二', features: 'x'.repeat(2001) })).toEqual([
			'height not_a_number',
			'features too_long'
		]);
		expect(read('looks', { height: '1.2' })).toEqual(['height out_of_range']);
	});

	test('a wrong identity number is told; ticked and with a reason it is kept', () => {
		const typed = { identityKind: 'resident_id', identityNumber: '110105194912310021' };
		expect(read('you', typed)).toEqual(['identityNumber identity_number']);
		expect(read('you', { ...typed, identityConfirmed: 'yes' })).toEqual(['identityReason reason_missing']);
		expect(read('you', { ...typed, identityConfirmed: 'yes', identityReason: '证上如此' })).toEqual({
			identity: { kind: 'resident_id', number: '110105194912310021', confirmed: { reason: '证上如此' } }
		});
	});

	test('signs that no key writes do not reach the record', () => {
		expect(read('loss', { how: 'a\u0000b\r\nc' })).toEqual({ how: 'ab\nc' });
	});

	test('a choice that no page offers counts as not chosen', () => {
		expect(read('child', { sex: '7', bloodGroup: 'Z' })).toEqual({});
		expect(read('loss', { placeProvince: '999999' })).toEqual({});
	});
});

describe('marks and siblings', () => {
	test('of any rows are kept in their order, empty rows left out', () => {
		expect(read('looks', { mark2Words: '左耳后有痣', mark2Side: 'left', mark5Kind: 'scar' })).toEqual({
			marks: [
				{ side: 'left', words: '左耳后有痣' },
				{ kind: 'scar', words: '' }
			]
		});
		expect(read('family', { sibling1Name: '阿呷', sibling1Order: 'younger', sibling0Order: 'unsure' })).toEqual({
			siblings: [{ name: '阿呷', order: 'younger' }]
		});
	});

	test('have as many rows as are filled, within bounds', () => {
		expect(rowsShown({}, 'mark', 2)).toBe(2);
		expect(rowsShown({ mark4Words: 'x' }, 'mark', 2)).toBe(5);
		expect(rowsShown({ sibling9Name: 'x' }, 'sibling', 2)).toBe(10);
		expect(rowsShown({ sibling99Name: 'x' }, 'sibling', 2)).toBe(10);
	});
});

/** Whatever was read stands in the boxes again, and reads as the same. */
test('answers written into the boxes read back as the same answers', () => {
	const words = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' });
	const number = (min: number, max: number) => fc.integer({ min, max }).map(String);
	const controls: Readonly<Record<(typeof topics)[number], Readonly<Record<string, fc.Arbitrary<string>>>>> = {
		which: { publicNumber: words, asWritten: fc.constant('yes'), noNumber: fc.constant('yes'), words },
		child: {
			given: words,
			milk: words,
			sex: fc.constantFrom('1', '2', '9'),
			birthYear: number(1990, 2020),
			birthMonth: number(1, 12),
			birthCalendar: fc.constantFrom('solar', 'lunar'),
			birthLeap: fc.constant('yes'),
			birthText: words,
			birthApprox: fc.constant('yes'),
			ageYears: number(0, 12),
			ageApprox: fc.constant('yes'),
			bloodGroup: fc.constantFrom('A', 'O', 'AB-')
		},
		loss: {
			dateYear: number(1990, 2020),
			place: words,
			placeProvince: fc.constantFrom('510000', '530000'),
			how: words,
			reported: fc.constantFrom('both', 'neither', 'unsure'),
			caseNumber: words
		},
		looks: {
			height: number(20, 220),
			heightApprox: fc.constant('yes'),
			features: words,
			mark0Kind: fc.constantFrom('mole', 'scar'),
			mark0Words: words,
			mark3Site: fc.constantFrom('ear', 'palm'),
			habits: words
		},
		family: { fatherName: words, sibling0Name: words, sibling0Order: fc.constantFrom('older', 'twin'), home: words },
		papers: { words },
		you: {
			name: words,
			relation: fc.constantFrom('mother', 'other'),
			relationWords: words,
			identityKind: fc.constantFrom('passport', 'other'),
			identityNumber: words,
			phone: number(10_000, 99_999_999),
			language: words,
			secondName: words,
			secondPhone: number(10_000, 99_999_999)
		}
	};
	for (const topic of topics) {
		fc.assert(
			fc.property(fc.record(controls[topic], { requiredKeys: [] }), fc.boolean(), (given, unsure) => {
				const typed: Typed = Object.fromEntries(
					Object.entries({ ...given, ...(unsure && { unsure: 'yes' }) }).filter(
						(pair): pair is [string, string] => pair[1] !== undefined
					)
				);
				const first = readTopic(topic, typed, reading);
				if (!first.ok) return;
				const again = readTopic(topic, typedTopic(topic, { [topic]: first.value }), reading);
				expect(again).toEqual(first);
			}),
			{ numRuns: 200 }
		);
	}
});
