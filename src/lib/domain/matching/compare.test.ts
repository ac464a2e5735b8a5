import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeRevisions } from '../codes/places.ts';
import { codeTables } from '../codes/tables.ts';
import { civilDate, fromDayNumber } from '../time.ts';
import { bestPairing, compareProfiles, groupsOfChildren, probabilityOf } from './compare.ts';
import { comparisonSchema } from './comparison.ts';
import { bloodGroups } from './frequencies.ts';
import { nameKinds, type NameKind } from './names.ts';
import { matchProfileSchema, profileOfFamily, type MatchProfile, type Sounds } from './profile.ts';
import { levels, likely, matchFields, priorOfAPair, worthALook, type MatchField } from './weights.ts';

/** The readings of the signs these tests use. */
const readings: Readonly<Record<string, string>> = Object.fromEntries(
	'阿a 国guo 果guo 郭guo 李li 王wang 黎li 强qiang 小xiao 红hong 宏hong 明ming 鸣ming 虎hu 欧ou 阳yang 乐le/yue 牛niu 刘liu 石shi 头tou 云yun 安an 宁ning 芳fang 范fan 燕yan 丽li 大da 二er 柱zhu 子zi'
		.split(' ')
		.map((each) => [each.slice(0, 1), each.slice(1)])
);
const sounds: Sounds = (text) => [...text].map((sign) => readings[sign] ?? '');

const nobody: MatchProfile = { form: 1, places: [], names: [], marks: [] };

function names(...written: readonly (readonly [string, NameKind])[]): MatchProfile {
	return { ...nobody, names: written.map(([name, kind]) => ({ written: name, kind, sounds: sounds(name) })) };
}
const born = (from: string, to: string, by: 'known' | 'estimate' | 'age' = 'estimate'): MatchProfile => ({
	...nobody,
	birth: { from: civilDate(from), to: civilDate(to), by }
});
const days = (from: string, to = from) => ({ from: civilDate(from), to: civilDate(to) });
const at = (code: string, revision: string, text = ''): MatchProfile => ({
	...nobody,
	places: [{ code, revision, text }]
});
const inWords = (text: string): MatchProfile => ({ ...nobody, places: [{ text }] });
const marked = (...marks: MatchProfile['marks']): MatchProfile => ({ ...nobody, marks });

/** How a field was judged. */
function judged(field: MatchField, child: MatchProfile, family: MatchProfile) {
	const contribution = compareProfiles(child, family).contributions.find((each) => each.field === field);
	if (!contribution) throw new Error(`${field} was not compared`);
	return contribution;
}

describe('sex', () => {
	test('a boy and a family that lost a boy agree', () => {
		expect(judged('sex', { ...nobody, sex: '1' }, { ...nobody, sex: '1' })).toMatchObject({
			verdict: 'agree',
			weight: 0.99
		});
	});

	test('a boy and a family that lost a girl contradict each other, and the contradiction is named', () => {
		const { contributions, contradictions } = compareProfiles({ ...nobody, sex: '1' }, { ...nobody, sex: '2' });
		expect(contributions[0]).toMatchObject({ verdict: 'disagree', weight: -6.64 });
		expect(contradictions).toEqual(['sex_differs']);
	});
});

describe('age', () => {
	test('an age at loss of about three, carried forward nine years, agrees with a child of about twelve', () => {
		const family = profileOfFamily({ ageAtLoss: { years: 3, about: true }, lost: { date: { y: 2013 } } }, sounds);
		const twelveIn2022 = born('2009-07-01', '2010-12-31');
		expect(judged('birth', twelveIn2022, family)).toMatchObject({ verdict: 'agree', level: 'overlap' });
		const fiveIn2022 = born('2017-01-01', '2017-12-31');
		expect(judged('birth', fiveIn2022, family)).toMatchObject({ verdict: 'disagree', level: 'years_apart' });
	});

	test('the same day of birth on both sides weighs far more than years that overlap', () => {
		const sameDay = judged(
			'birth',
			born('2012-05-06', '2012-05-06', 'known'),
			born('2012-05-06', '2012-05-06', 'known')
		);
		expect(sameDay).toMatchObject({ verdict: 'agree', level: 'same_day' });
		const sameYear = judged('birth', born('2012-05-06', '2012-05-06', 'known'), born('2012-01-01', '2012-12-31'));
		expect(sameYear).toMatchObject({ verdict: 'agree', level: 'overlap' });
		expect(sameDay.weight).toBeGreaterThan(sameYear.weight + 6);
	});

	test('the wider a guess, the less it says', () => {
		const exact = born('2012-05-06', '2012-05-06', 'known');
		const byYear = judged('birth', exact, born('2012-01-01', '2012-12-31')).weight;
		const bySixYears = judged('birth', exact, born('2009-01-01', '2014-12-31')).weight;
		const byEighteen = judged('birth', exact, born('1999-01-01', '2016-12-31')).weight;
		expect(byYear).toBeGreaterThan(bySixYears);
		expect(bySixYears).toBeGreaterThan(byEighteen);
		expect(byEighteen).toBe(0);
	});

	test('a year beside the guess is close, four years are a contradiction', () => {
		expect(judged('birth', born('2012-01-01', '2012-12-31'), born('2013-06-01', '2013-12-31'))).toMatchObject({
			verdict: 'close',
			weight: 0.24
		});
		const { contributions, contradictions } = compareProfiles(
			born('2012-01-01', '2012-12-31'),
			born('2017-01-01', '2017-12-31')
		);
		expect(contributions[1]).toMatchObject({ verdict: 'disagree', level: 'years_apart', weight: -5.49 });
		expect(contradictions).toEqual(['births_years_apart']);
	});

	test('a child born after the day of the loss is a contradiction, also where the family gives no age', () => {
		const family = { ...nobody, lost: days('2015-01-01', '2015-12-31') };
		const { contributions, contradictions } = compareProfiles(born('2018-01-01', '2018-12-31'), family);
		expect(contradictions).toEqual(['born_after_lost']);
		expect(contributions[1]).toMatchObject({ field: 'birth', verdict: 'disagree' });
		expect(judged('birth', born('2012-01-01', '2012-12-31'), family)).toMatchObject({ verdict: 'unknown', weight: 0 });
	});
});

describe('the time of the loss', () => {
	test('agrees within a month, comes close within a year, disagrees beyond', () => {
		const level = (child: string, family: string) =>
			judged('lost', { ...nobody, lost: days(child) }, { ...nobody, lost: days(family) }).level;
		expect(level('2013-07-01', '2013-07-20')).toBe('same');
		expect(level('2013-07-01', '2014-05-20')).toBe('within_a_year');
		expect(level('2013-07-01', '2015-07-20')).toBe('within_three_years');
		expect(level('2013-07-01', '2019-07-20')).toBe('years_apart');
	});

	test('a child found before it was lost is a contradiction that is shown, not dropped', () => {
		const child = { ...nobody, found: days('2012-03-01') };
		const family = { ...nobody, lost: days('2013-01-01', '2013-12-31') };
		const { contributions, contradictions } = compareProfiles(child, family);
		expect(contradictions).toEqual(['found_before_lost']);
		expect(contributions.find(({ field }) => field === 'sequence')).toMatchObject({
			verdict: 'disagree',
			weight: -4.32
		});
	});

	test('a child found in the year in which it was lost is no contradiction', () => {
		const child = { ...nobody, found: days('2013-03-01') };
		const family = { ...nobody, lost: days('2013-01-01', '2013-12-31') };
		expect(compareProfiles(child, family).contradictions).toEqual([]);
		expect(judged('sequence', child, family).verdict).toBe('unknown');
	});
});

describe('the place', () => {
	test('a county agrees by its code', () => {
		expect(judged('place', at('513425', '2012-12'), at('513425', '2012-12'))).toMatchObject({
			verdict: 'agree',
			level: 'same_county'
		});
	});

	test('会理县 of the old codes and 会理市 of the new ones are one place', () => {
		expect(judged('place', at('513425', '2012-12'), at('513402', '2024-12'))).toMatchObject({
			verdict: 'agree',
			level: 'same_county'
		});
	});

	test('滦县 and 滦州市 are one place', () => {
		expect(judged('place', at('130223', '2002-12'), at('130284', '2024-12')).level).toBe('same_county');
	});

	test('two districts called 鼓楼区 in two cities are not', () => {
		expect(judged('place', at('320106', '2024-12'), at('320302', '2024-12')).level).toBe('same_province');
	});

	test('the next county of the prefecture is close, another county of the province hardly', () => {
		const prefecture = judged('place', at('513425', '2012-12'), at('513431', '2012-12'));
		expect(prefecture).toMatchObject({ verdict: 'close', level: 'same_prefecture' });
		const province = judged('place', at('513425', '2012-12'), at('510104', '2012-12'));
		expect(province).toMatchObject({ verdict: 'close', level: 'same_province' });
		expect(prefecture.weight).toBeGreaterThan(province.weight);
	});

	test('where a family knows only the province, agreeing on it says more than missing each other within it', () => {
		const coarse = judged('place', at('513425', '2012-12'), at('510000', '2012-12'));
		expect(coarse.level).toBe('same_province');
		expect(coarse.weight).toBeGreaterThan(3);
	});

	test('another province disagrees', () => {
		expect(judged('place', at('513425', '2012-12'), at('410105', '2012-12'))).toMatchObject({
			verdict: 'disagree',
			weight: -2.63
		});
	});

	test('a county of 重庆 may be written as one of 四川, to which it belonged', () => {
		expect(judged('place', at('500101', '2012-12'), at('510000', '2002-12')).verdict).toBe('close');
	});

	test('a family that writes 凉山会理 in words names the county', () => {
		expect(judged('place', at('513425', '2012-12'), inWords('凉山 会理的乡下')).level).toBe('same_county');
		expect(judged('place', at('513425', '2012-12'), inWords('凉山那边')).level).toBe('same_prefecture');
		expect(judged('place', at('513425', '2012-12'), inWords('四川')).level).toBe('same_province');
		expect(judged('place', at('513425', '2012-12'), inWords('村口小卖部')).verdict).toBe('unknown');
		expect(judged('place', at('513425', '2012-12'), inWords('河南信阳')).level).toBe('elsewhere');
	});

	test('of two places a family names the one that agrees counts', () => {
		const family = { ...nobody, places: [...at('410105', '2012-12').places, ...at('513425', '2012-12').places] };
		expect(judged('place', at('513425', '2012-12'), family).level).toBe('same_county');
	});

	test('a county of a small province says more than one of a large', () => {
		const ningxia = judged('place', at('640121', '2012-12'), at('640121', '2012-12')).weight;
		const henan = judged('place', at('410105', '2012-12'), at('410105', '2012-12')).weight;
		expect(ningxia).toBeGreaterThan(henan);
	});
});

describe('names', () => {
	test('a child called 阿果 agrees with a family that writes 阿国, by its sound', () => {
		expect(judged('names', names(['阿果', 'called']), names(['阿国', 'milk']))).toMatchObject({
			verdict: 'agree',
			level: 'same_sound'
		});
	});

	test('the whole name sign by sign weighs more than the name without surname, that more than the sound', () => {
		const whole = judged('names', names(['李国强', 'given']), names(['李国强', 'given']));
		const given = judged('names', names(['国强', 'given']), names(['李国强', 'given']));
		const sound = judged('names', names(['果强', 'given']), names(['李国强', 'given']));
		expect([whole.level, given.level, sound.level]).toEqual(['same_name', 'same_given', 'same_sound']);
		expect(whole.weight).toBeGreaterThanOrEqual(given.weight);
		expect(given.weight).toBeGreaterThan(sound.weight);
	});

	test('小红, 红红 and 阿红 are one name called differently', () => {
		for (const called of ['红红', '阿红', '小红'])
			expect(judged('names', names(['小红', 'called']), names([called, 'milk'])).level).toBe('same_given');
	});

	test('强强 shares a sign with 李国强', () => {
		expect(judged('names', names(['强强', 'called']), names(['李国强', 'given']))).toMatchObject({
			verdict: 'close',
			level: 'shared_sign'
		});
	});

	test('牛牛 may be heard for 刘刘 by a house from the south', () => {
		expect(judged('names', names(['牛牛', 'called']), names(['刘刘', 'milk'])).level).toBe('near_sound');
	});

	test('a surname alone is weak, and the weaker the more people bear it', () => {
		const wang = judged('names', names(['王红', 'given']), names(['王虎', 'given']));
		expect(wang).toMatchObject({ verdict: 'close', level: 'same_surname', weight: 0 });
		const ouyang = judged('names', names(['欧阳红', 'given']), names(['欧阳虎', 'given']));
		expect(ouyang.weight).toBeGreaterThan(wang.weight);
	});

	test('a rare surname with the name says more than 王', () => {
		const wang = judged('names', names(['王明', 'given']), names(['王明', 'given'])).weight;
		const ouyang = judged('names', names(['欧阳明', 'given']), names(['欧阳明', 'given'])).weight;
		expect(ouyang).toBeGreaterThan(wang);
	});

	test('a name the house gave is no evidence, for or against', () => {
		expect(judged('names', names(['云安宁', 'assigned']), names(['云安宁', 'given']))).toMatchObject({
			verdict: 'unknown',
			weight: 0
		});
		expect(judged('names', names(['云安宁', 'assigned']), names(['李国强', 'given']))).toMatchObject({
			verdict: 'unknown',
			weight: 0
		});
	});

	test('other names disagree a little, since buyers give their own', () => {
		const { verdict, weight } = judged('names', names(['王虎', 'given']), names(['李国强', 'given']));
		expect(verdict).toBe('disagree');
		expect(weight).toBeGreaterThan(-2);
	});

	test('what a child is called and what stands on a form cannot disagree', () => {
		expect(judged('names', names(['小虎', 'called']), names(['李国强', 'given']))).toMatchObject({
			verdict: 'unknown',
			weight: 0
		});
		expect(judged('names', names(['小虎', 'called']), names(['红红', 'milk']))).toMatchObject({ verdict: 'disagree' });
	});
});

describe('marks', () => {
	const sixthFinger = { kind: 'extra', site: 'thumb', side: 'left', words: '左手六指' } as const;

	test('agree by kind, place on the body and side', () => {
		expect(judged('marks', marked(sixthFinger), marked({ ...sixthFinger, words: '大拇指旁边多一个' }))).toMatchObject({
			verdict: 'agree',
			level: 'same',
			weight: 9
		});
	});

	test('on the other side are close: left and right are mixed up', () => {
		expect(judged('marks', marked(sixthFinger), marked({ ...sixthFinger, side: 'right' }))).toMatchObject({
			verdict: 'close',
			level: 'near'
		});
	});

	test('a vaccination scar on the upper arm says nothing: nearly every child has one', () => {
		const bcg = { kind: 'vaccination', site: 'upper_arm', side: 'left', words: '卡介苗疤' } as const;
		expect(judged('marks', marked(bcg), marked(bcg))).toMatchObject({ verdict: 'agree', weight: 0 });
	});

	test('a blue patch on the buttocks says nothing either, one on the forearm does', () => {
		const patch = (site: string): MatchProfile => marked({ kind: 'birthmark', site, words: '青色胎记' });
		expect(judged('marks', patch('buttock'), patch('buttock')).weight).toBe(0);
		expect(judged('marks', patch('forearm'), patch('forearm')).weight).toBeGreaterThan(6);
	});

	test('a burn on the wrist and a scar on the forearm may be the same', () => {
		const child = marked({ kind: 'scar', site: 'forearm', words: '前臂旧疤' });
		expect(judged('marks', child, marked({ kind: 'burn', site: 'wrist', words: '手腕烫过' })).level).toBe('near');
	});

	test('where kind or place is not said, the words are compared', () => {
		const child = marked({ kind: 'other', site: 'cheek', words: '右脸有米粒大的小坑' });
		expect(judged('marks', child, marked({ words: '右脸有个小坑' }))).toMatchObject({
			verdict: 'close',
			level: 'same_words'
		});
		expect(judged('marks', child, marked({ words: '爱笑' })).verdict).toBe('unknown');
	});

	test('each agrees with one other at most', () => {
		const burn = { kind: 'burn', site: 'thigh', words: '' } as const;
		const one = judged('marks', marked(burn), marked(burn)).weight;
		expect(judged('marks', marked(burn), marked(burn, burn)).weight).toBe(one);
		expect(judged('marks', marked(burn, burn), marked(burn, burn)).weight).toBeCloseTo(Math.min(14, 2 * one), 1);
	});

	test('none alike disagree a little', () => {
		expect(judged('marks', marked(sixthFinger), marked({ kind: 'burn', site: 'thigh', words: '' }))).toMatchObject({
			verdict: 'disagree',
			level: 'none_alike',
			weight: -1.58
		});
	});
});

describe('brothers and sisters', () => {
	const told = (words: string, ...siblings: readonly string[]): MatchProfile => ({
		...nobody,
		siblings: {
			names: siblings.map((written) => ({ written, kind: 'called', sounds: sounds(written) })),
			words,
			wordSounds: sounds(words)
		}
	});

	test('a sister the family names is in what the child says', () => {
		expect(judged('siblings', told('我姐姐叫小燕，她上学'), told('', '小燕'))).toMatchObject({
			verdict: 'agree',
			level: 'same_name'
		});
	});

	test('by its sound too, where the name has two signs', () => {
		expect(judged('siblings', told('弟弟叫郭明'), told('', '国鸣'))).toMatchObject({
			verdict: 'agree',
			level: 'same_name'
		});
	});

	test('a twin told of by both agrees, a twin and two little sisters do not', () => {
		expect(judged('siblings', told('有个双胞胎哥哥'), told('双胞胎里小的那个')).level).toBe('same_relations');
		expect(judged('siblings', told('有个双胞胎哥哥'), told('还有两个妹妹')).level).toBe('other_relations');
	});

	test('who is only said to be older may be the elder sister a child tells of', () => {
		const older = profileOfFamily({ siblings: { names: [], words: '', orders: ['older'] } }, sounds);
		expect(judged('siblings', told('说有个姐姐'), older).level).toBe('same_relations');
		expect(judged('siblings', told('说有个弟弟'), older).level).toBe('other_relations');
	});

	test('兄弟姐妹 by itself says nothing of whom', () => {
		expect(judged('siblings', told('不知道有没有兄弟姐妹'), told('一个妹妹')).verdict).toBe('unknown');
	});
});

describe('speech, blood, height and clothing', () => {
	const speaks = (speech: string): MatchProfile => ({ ...nobody, speech });

	test('an accent of 凉山 and a family that speaks 四川话 agree, weakly', () => {
		const { verdict, weight } = judged('speech', speaks('四川口音，大凉山一带'), speaks('四川话'));
		expect(verdict).toBe('agree');
		expect(weight).toBeLessThan(1.5);
		expect(judged('speech', speaks('大凉山口音'), speaks('四川话')).verdict).toBe('agree');
		expect(judged('speech', speaks('河南话'), speaks('四川话')).verdict).toBe('disagree');
		expect(judged('speech', speaks('普通话'), speaks('四川话')).verdict).toBe('unknown');
	});

	test('parents of group O have only children of group O, and even so blood told by heart is weak evidence', () => {
		expect(groupsOfChildren(['O', 'O'])).toEqual(['O']);
		expect(groupsOfChildren(['A', 'B'])).toEqual(['A', 'B', 'AB', 'O']);
		expect(groupsOfChildren(['AB', 'O'])).toEqual(['A', 'B']);
		expect(groupsOfChildren(['AB', 'AB'])).toEqual(['A', 'B', 'AB']);
		const impossible = judged('bloodGroup', { ...nobody, bloodGroup: 'A' }, { ...nobody, parentsBlood: ['O', 'O'] });
		expect(impossible).toMatchObject({ verdict: 'disagree', level: 'impossible', weight: -2 });
		expect(
			judged('bloodGroup', { ...nobody, bloodGroup: 'AB' }, { ...nobody, bloodGroup: 'AB' }).weight
		).toBeGreaterThan(judged('bloodGroup', { ...nobody, bloodGroup: 'O' }, { ...nobody, bloodGroup: 'O' }).weight);
	});

	test('a height is compared only within a season, or where the child would have shrunk', () => {
		const tall = (cm: number, on: string): MatchProfile => ({ ...nobody, height: { cm, ...days(on) } });
		expect(judged('height', tall(92, '2020-03-01'), tall(90, '2020-02-01')).verdict).toBe('agree');
		expect(judged('height', tall(120, '2024-03-01'), tall(90, '2020-02-01')).verdict).toBe('unknown');
		expect(judged('height', tall(80, '2024-03-01'), tall(90, '2020-02-01')).verdict).toBe('disagree');
	});

	test('clothes are compared only where the child was found within weeks', () => {
		const wore = (words: string, found?: string, lost?: string): MatchProfile => ({
			...nobody,
			clothing: words,
			...(found !== undefined && { found: days(found) }),
			...(lost !== undefined && { lost: days(lost) })
		});
		const red = '红色棉袄，黑裤子';
		expect(judged('clothing', wore(red, '2020-02-10'), wore('红色棉袄', undefined, '2020-02-01')).verdict).toBe(
			'agree'
		);
		expect(judged('clothing', wore(red, '2023-02-10'), wore('红色棉袄', undefined, '2020-02-01')).verdict).toBe(
			'unknown'
		);
	});
});

describe('the score', () => {
	test('of two people nobody knows anything of is 0, at the prior', () => {
		const { score, probability, contributions } = compareProfiles(nobody, nobody);
		expect(score).toBe(0);
		expect(probability).toBeCloseTo(priorOfAPair, 10);
		expect(contributions.map(({ field, verdict }) => [field, verdict])).toEqual(
			matchFields.map((field) => [field, 'unknown'])
		);
	});

	test('at the marks of the scale means what the scale says', () => {
		expect(probabilityOf(13.29)).toBeCloseTo(0.5, 2);
		expect(probabilityOf(worthALook)).toBeCloseTo(0.093, 2);
		expect(probabilityOf(likely)).toBeGreaterThan(0.9);
	});

	test('is the sum of what is shown', () => {
		fc.assert(
			fc.property(aProfile, aProfile, (child, family) => {
				const { score, contributions } = compareProfiles(child, family);
				expect(score).toBeCloseTo(
					contributions.reduce((sum, { weight }) => sum + weight, 0),
					6
				);
				expect(comparisonSchema.safeParse(compareProfiles(child, family)).success).toBe(true);
			})
		);
	});

	test('is the same whatever was compared before, and beside whichever others', () => {
		fc.assert(
			fc.property(aProfile, aProfile, fc.array(aProfile, { maxLength: 5 }), (child, family, others) => {
				const alone = compareProfiles(child, family);
				const among = [...others, child, ...others].map((each) => compareProfiles(each, family));
				expect(among[others.length]).toEqual(alone);
			})
		);
	});

	test('does not hang on the order of names, marks and places', () => {
		fc.assert(
			fc.property(aProfile, aProfile, (child, family) => {
				const turned = (profile: MatchProfile): MatchProfile => ({
					...profile,
					names: [...profile.names].reverse(),
					marks: [...profile.marks].reverse(),
					places: [...profile.places].reverse()
				});
				expect(compareProfiles(turned(child), family).score).toBe(compareProfiles(child, family).score);
				expect(compareProfiles(turned(child), turned(family)).score).toBe(compareProfiles(child, family).score);
			})
		);
	});

	test('is the same from both sides, in every field that has no side', () => {
		const sided: readonly MatchField[] = ['sequence', 'height', 'clothing', 'bloodGroup', 'birth'];
		fc.assert(
			fc.property(aProfile, aProfile, (one, other) => {
				const there = compareProfiles(one, other).contributions;
				const back = compareProfiles(other, one).contributions;
				for (const [i, { field, weight, verdict }] of there.entries()) {
					if (sided.includes(field)) continue;
					expect([field, back[i]?.weight, back[i]?.verdict]).toEqual([field, weight, verdict]);
				}
			})
		);
	});

	test('is neither raised nor lowered by a field that one side does not know', () => {
		fc.assert(
			fc.property(aProfile, aProfile, (child, family) => {
				for (const { because, weight, verdict } of compareProfiles(child, family).contributions) {
					if (because.child.length > 0 && because.family.length > 0) continue;
					expect([verdict, weight]).toEqual(['unknown', 0]);
				}
			})
		);
	});

	test('never falls when a family adds something that agrees, nor rises when it adds something that does not', () => {
		const parts = ['sex', 'birth', 'siblings', 'speech', 'bloodGroup', 'clothing'] as const;
		fc.assert(
			fc.property(aProfile, aProfile, fc.constantFrom(...parts), (child, family, part) => {
				const without = compareProfiles(child, omit(family, part));
				const all = compareProfiles(child, family);
				const { verdict } = judged(part, child, family);
				if (verdict === 'agree' || verdict === 'close')
					expect(all.score).toBeGreaterThanOrEqual(withoutField(without, part));
				if (verdict === 'disagree') expect(all.score).toBeLessThanOrEqual(withoutField(without, part));
				if (verdict === 'unknown') expect(all.score).toBe(withoutField(without, part));
			})
		);
	});

	test('never falls when one more name, mark or place is known that agrees', () => {
		fc.assert(
			fc.property(aProfile, aProfile, (child, family) => {
				const before = compareProfiles(child, family);
				const copies = { names: child.names, marks: child.marks, places: child.places };
				for (const list of ['names', 'marks', 'places'] as const) {
					const [first] = copies[list];
					if (!first) continue;
					const richer = compareProfiles(child, { ...family, [list]: [...family[list], first] });
					const field = list === 'places' ? 'place' : list;
					const weight = (comparison: typeof before) =>
						comparison.contributions.find((each) => each.field === field)?.weight ?? 0;
					expect(weight(richer)).toBeGreaterThanOrEqual(weight(before));
				}
			})
		);
	});

	test('a level that agrees never weighs against, one that disagrees never for', () => {
		fc.assert(
			fc.property(aProfile, aProfile, (child, family) => {
				for (const { verdict, weight } of compareProfiles(child, family).contributions) {
					if (verdict === 'agree' || verdict === 'close') expect(weight).toBeGreaterThanOrEqual(0);
					if (verdict === 'disagree') expect(weight).toBeLessThanOrEqual(0);
				}
			})
		);
	});
});

test('the levels of a field that are apart from each other do not happen more often than always', () => {
	for (const field of ['sex', 'birth', 'lost', 'sequence', 'place', 'names'] as const) {
		const rows = Object.values(levels[field]);
		// same_day is a part of overlap, same_words stands beside the codes.
		const apart = rows.filter((row) => row !== levels.birth.same_day && row !== levels.place.same_words);
		const m = apart.reduce((sum, row) => sum + row.m, 0);
		expect([field, m > 0.9 && m < 1.03]).toEqual([field, true]);
		const u = apart.reduce((sum, row) => sum + (row.u === 'by value' ? 0 : row.u), 0);
		expect([field, u <= 1.001]).toEqual([field, true]);
	}
});

test('the best pairing of marks is found whatever stands first', () => {
	expect(
		bestPairing([
			[5, 5],
			[4, 0]
		])
	).toBe(9);
	expect(
		bestPairing([
			[5, 4],
			[5, 0]
		])
	).toBe(9);
	expect(bestPairing([[1], [7], [3]])).toBe(7);
	expect(bestPairing([[1, 7, 3]])).toBe(7);
	fc.assert(
		fc.property(
			fc
				.integer({ min: 1, max: 4 })
				.chain((width) =>
					fc.array(fc.array(fc.nat(9), { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 })
				),
			(weights) => {
				expect(bestPairing(weights)).toBe(slowestPairing(weights));
			}
		)
	);
});

/** Every way to pair, tried one by one. */
function slowestPairing(
	weights: readonly (readonly number[])[],
	row = 0,
	used: ReadonlySet<number> = new Set()
): number {
	const current = weights[row];
	if (!current) return 0;
	const choices = current.flatMap((weight, column) =>
		used.has(column) ? [] : [weight + slowestPairing(weights, row + 1, new Set([...used, column]))]
	);
	return Math.max(slowestPairing(weights, row + 1, used), ...choices);
}

/** The score a comparison would have without one field. */
function withoutField({ score, contributions }: ReturnType<typeof compareProfiles>, field: MatchField): number {
	const weight = contributions.find((each) => each.field === field)?.weight ?? 0;
	return Math.round((score - weight) * 100) / 100;
}

function omit(profile: MatchProfile, part: keyof MatchProfile): MatchProfile {
	return matchProfileSchema.parse(Object.fromEntries(Object.entries(profile).filter(([key]) => key !== part)));
}

const aDay = fc.integer({ min: 14_000, max: 20_000 }).map(fromDayNumber);
const someDays = fc.tuple(aDay, aDay).map(([a, b]) => (a <= b ? { from: a, to: b } : { from: b, to: a }));
const aWritten = fc.constantFrom(
	'李国强',
	'国强',
	'阿国',
	'阿果',
	'小红',
	'红红',
	'王小明',
	'欧阳乐',
	'牛牛',
	'刘刘',
	'石头',
	'大柱子',
	'云安宁'
);
const aName = fc
	.record({ written: aWritten, kind: fc.constantFrom(...nameKinds) })
	.map((name) => ({ ...name, sounds: [...sounds(name.written)] }));
const aMark = fc.record(
	{
		kind: fc.constantFrom(...codeTables.markKind.map(({ code }) => code)),
		site: fc.constantFrom('wrist', 'forearm', 'buttock', 'thumb', 'finger', 'knee', 'other'),
		side: fc.constantFrom('left' as const, 'right' as const, 'middle' as const, 'both' as const),
		words: fc.constantFrom('右脸有米粒大的小坑', '红色胎记', '爱笑', '')
	},
	{ requiredKeys: ['words'] }
);
const aPlace = fc.record(
	{
		code: fc.constantFrom(
			'513425',
			'513402',
			'510000',
			'513431',
			'500101',
			'410105',
			'130223',
			'130284',
			'429004',
			'110108',
			'999999'
		),
		revision: fc.constantFrom(...placeRevisions),
		text: fc.constantFrom('凉山会理', '四川', '河南信阳', '村口小卖部', '')
	},
	{ requiredKeys: ['text'] }
);
const aProfile: fc.Arbitrary<MatchProfile> = fc
	.record(
		{
			form: fc.constant(1 as const),
			sex: fc.constantFrom('1' as const, '2' as const),
			birth: fc
				.record({
					days: someDays,
					by: fc.constantFrom('known' as const, 'estimate' as const, 'age' as const),
					day: fc.boolean()
				})
				.map(({ days: { from, to }, by, day }) => ({ from, to: day ? from : to, by })),
			lost: someDays,
			found: someDays,
			places: fc.array(aPlace, { maxLength: 3 }),
			names: fc.array(aName, { maxLength: 4 }),
			marks: fc.array(aMark, { maxLength: 4 }),
			siblings: fc.record({
				names: fc.array(aName, { maxLength: 2 }),
				words: fc.constantFrom('', '有个双胞胎哥哥', '还有两个妹妹', '姐姐叫小红'),
				wordSounds: fc.constant([])
			}),
			speech: fc.constantFrom('四川话', '河南话', '普通话', '四川口音，大凉山一带'),
			bloodGroup: fc.constantFrom(...bloodGroups),
			parentsBlood: fc.tuple(fc.constantFrom(...bloodGroups), fc.constantFrom(...bloodGroups)),
			height: fc
				.record({ cm: fc.integer({ min: 50, max: 180 }), days: someDays })
				.map(({ cm, days }) => ({ cm, ...days })),
			clothing: fc.constantFrom('红色棉袄，黑裤子', '红棉袄', '蓝色校服')
		},
		{ requiredKeys: ['form', 'places', 'names', 'marks'] }
	)
	.map((profile) => matchProfileSchema.parse(profile));
