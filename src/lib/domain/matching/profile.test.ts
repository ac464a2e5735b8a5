import { describe, expect, test } from 'vitest';
import { fold } from '../case-file/case-file.ts';
import { parseEntry, type EntryType, type Envelope, type PayloadOf } from '../case-file/entry.ts';
import type { ChildId, EntryId, ItemId } from '../ids.ts';
import type { Answers } from '../intake/fields.ts';
import { civilDate } from '../time.ts';
import {
	familyDescriptionSchema,
	matchProfileSchema,
	profileOfChild,
	profileOfFamily,
	type Sounds
} from './profile.ts';

const sounds: Sounds = (text) => [...text].map((sign) => `sound-of-${sign}`);
const uuid = (kind: number, number: number) =>
	`0190a0b0-00${kind.toString(16).padStart(2, '0')}-7000-8000-${number.toString(16).padStart(12, '0')}`;
const child = uuid(1, 1) as ChildId;

let count = 0;
function entry<T extends EntryType>(type: T, payload: PayloadOf<T>, change: Partial<Envelope> = {}) {
	const parsed = parseEntry({
		id: uuid(4, ++count) as EntryId,
		childId: child,
		type,
		version: 1,
		replaces: [],
		occurredOn: '2022-03-04',
		recordedAt: '2022-03-04T08:00:00+08:00',
		staffId: uuid(5, 1),
		institutionId: uuid(2, 1),
		deviceId: uuid(6, 1),
		deviceSeq: count,
		previous: null,
		signature: 'A'.repeat(86),
		payload,
		...change
	});
	if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
	return parsed.value;
}
const known = <T>(value: T) => ({ state: 'known', value }) as const;
const recorded = (answers: Answers, change: Partial<Envelope> = {}) => entry('intake.recorded', { answers }, change);
const profile = (...entries: Parameters<typeof fold>[1] extends Iterable<infer E> ? E[] : never) =>
	profileOfChild(fold(child, entries), sounds);

describe('the profile of a child in a house', () => {
	test('of whom nothing is known is empty', () => {
		expect(profile(recorded({ sex: { state: 'unknown' } }))).toEqual({ form: 1, places: [], names: [], marks: [] });
	});

	test('holds what can be compared', () => {
		const made = profile(
			recorded({
				sex: known('2'),
				nameGiven: known('李小红'),
				nameCalled: known('红红、阿红'),
				nameAssigned: known('云安宁'),
				birth: known({ precision: 'range', earliest: civilDate('2014-01-01'), latest: civilDate('2015-06-30') }),
				placeTaken: known({ code: '513425', revision: '2012-12', text: '四川会理' }),
				dateTaken: known({ y: 2018, m: 7 }),
				dateRescued: known({ y: 2022, m: 3, d: 3 }),
				handoverDate: known(civilDate('2022-03-04')),
				language: known('会说几个词'),
				accent: known('四川口音'),
				bloodGroup: known('A+'),
				height: known(112),
				features: known('双眼皮；左耳后有一颗痣'),
				clothing: known('红棉袄'),
				siblings: known('说家里有个弟弟'),
				ownAccount: known('我家有牛。我姐姐叫小燕。门口有河。')
			}),
			entry('mark.recorded', {
				itemId: uuid(3, 1) as ItemId,
				mark: { kind: 'burn', site: 'forearm', side: 'left', description: '左前臂烫伤疤' }
			})
		);
		expect(matchProfileSchema.safeParse(made).success).toBe(true);
		expect(made).toMatchObject({
			sex: '2',
			birth: { from: '2014-01-01', to: '2015-06-30', by: 'estimate' },
			lost: { from: '2018-07-01', to: '2018-07-31' },
			found: { from: '2022-03-03', to: '2022-03-03' },
			bloodGroup: 'A',
			height: { cm: 112, from: '2022-03-04', to: '2022-03-04' },
			speech: '会说几个词；四川口音',
			clothing: '红棉袄'
		});
		expect(made.names.map(({ written, kind }) => `${kind}:${written}`).sort()).toEqual(
			['given:李小红', 'called:红红', 'called:阿红', 'assigned:云安宁'].sort()
		);
		expect(made.names.find(({ written }) => written === '阿红')?.sounds).toEqual(['sound-of-阿', 'sound-of-红']);
		expect(made.marks.map(({ kind, site }) => `${kind} ${site}`).sort()).toEqual(['burn forearm', 'mole behind_ear']);
		expect(made.siblings?.words).toBe('说家里有个弟弟；我姐姐叫小燕');
	});

	test('keeps both values where two people contradict each other, and an open sex open', () => {
		const a = { sex: known('1'), dateTaken: known({ y: 2018 }), placeTaken: known({ text: '四川' }) } as const;
		const b = { sex: known('2'), dateTaken: known({ y: 2016 }), placeTaken: known({ text: '云南' }) } as const;
		const made = profile(recorded(a), recorded(b));
		expect(made.sex).toBeUndefined();
		expect(made.lost).toEqual({ from: '2016-01-01', to: '2018-12-31' });
		expect(made.places).toHaveLength(2);
	});

	test('was found when it was handed over, where nobody wrote down the rescue', () => {
		expect(profile(recorded({ handoverDate: known(civilDate('2022-03-04')) })).found).toEqual({
			from: '2022-03-04',
			to: '2022-03-04'
		});
	});

	test('is the same in whatever order things were written down', () => {
		const names = recorded({ nameGiven: known('李小红'), features: known('左耳后有一颗痣；右膝盖有疤') });
		const mark = (n: number, site: string) =>
			entry('mark.recorded', { itemId: uuid(3, n) as ItemId, mark: { kind: 'burn', site, description: '' } });
		const [one, two] = [mark(11, 'knee'), mark(12, 'palm')];
		expect(profile(names, one, two)).toEqual(profile(two, one, names));
	});

	test('does not change when something is written down that is not compared', () => {
		const sex = recorded({ sex: known('1') });
		const noise = recorded({ policePhone: known('110'), weight: known(14) });
		expect(profile(sex, noise)).toEqual(profile(sex));
	});
});

describe('the profile of the child a family looks for', () => {
	test('carries the age at loss back to a birth', () => {
		expect(
			profileOfFamily({ ageAtLoss: { years: 3, reckoning: 'full' }, lost: { date: { y: 2013 } } }, sounds).birth
		).toEqual({
			from: '2009-01-02',
			to: '2010-12-31',
			by: 'age'
		});
	});

	test('prefers a birth to an age, and reads a lunar one as some weeks later', () => {
		const made = profileOfFamily(
			{ birth: { date: { y: 2010, m: 8, d: 15 }, lunar: true }, ageAtLoss: { years: 5 }, lost: { date: { y: 2013 } } },
			sounds
		);
		expect(made.birth).toEqual({ from: '2010-09-02', to: '2010-10-10', by: 'estimate' });
	});

	test('takes the days somebody else has worked out as they are', () => {
		const made = profileOfFamily(
			{
				birth: { from: civilDate('2010-09-21'), to: civilDate('2010-09-21') },
				lost: { from: civilDate('2013-02-01'), to: civilDate('2013-03-11') }
			},
			sounds
		);
		expect(made.birth).toEqual({ from: '2010-09-21', to: '2010-09-21', by: 'known' });
		expect(made.lost).toEqual({ from: '2013-02-01', to: '2013-03-11' });
		expect(familyDescriptionSchema.safeParse({ lost: { from: '2013-02-01', to: '2012-02-01' } }).success).toBe(false);
	});

	test('reads kind, place and side of a mark from the words', () => {
		const { marks } = profileOfFamily(
			{ marks: [{ words: '左耳朵后面有块青记' }], features: '大眼睛。右手六指' },
			sounds
		);
		expect(marks).toEqual([
			{ kind: 'birthmark', site: 'behind_ear', side: 'left', words: '左耳朵后面有块青记' },
			{ kind: 'extra', site: 'finger', side: 'right', words: '右手六指' }
		]);
	});

	test('of a family that says nothing is empty', () => {
		expect(profileOfFamily({}, sounds)).toEqual({ form: 1, places: [], names: [], marks: [] });
		expect(profileOfFamily({ places: [{ text: ' ' }], features: '', clothing: '' }, sounds)).toEqual({
			form: 1,
			places: [],
			names: [],
			marks: []
		});
	});

	test('is a profile whatever a family writes, years that no calendar has included', () => {
		const odd = [
			{ lost: { date: { y: 1, approx: true } }, ageAtLoss: { years: 30, about: true } },
			{ birth: { date: { y: 9999, m: 12, d: 31 }, lunar: true } },
			{
				names: [
					{ written: '（）', kind: 'milk' as const },
					{ written: 'x'.repeat(200), kind: 'given' as const }
				]
			},
			{ marks: [{ words: '疤，'.repeat(300) }], features: '左手疤；'.repeat(900) }
		];
		for (const description of odd) {
			expect(familyDescriptionSchema.safeParse(description).success).toBe(true);
			expect(matchProfileSchema.safeParse(profileOfFamily(description, sounds)).error).toBeUndefined();
		}
	});
});
