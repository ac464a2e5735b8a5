import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { demoChildren } from '#lib/demo/demo-world.ts';
import { registeredChild, Story, itemId } from '../../../../tests/support/notice-story.ts';
import { fieldState, fold, items, type CaseFile } from '../case-file/case-file.ts';
import type { Entry, ParsedEntry } from '../case-file/entry.ts';
import { noticeFields, type NoticeField } from '../notice/notice.ts';
import { civilDate, earliest, latest } from '../time.ts';
import { compareStatement, type Comparison, type PublishedFact } from './screening.ts';
import { familyStatementSchema, type FamilyDate, type FamilyStatement } from './statement.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const known = <V>(value: V) => ({ state: 'known' as const, value });
const publishedOn = civilDate('2026-06-01');
const published = (field: NoticeField, words: string): PublishedFact => ({ field, words, publishedOn });
const inYear = (y: number): FamilyDate => ({
	calendar: 'solar',
	y,
	days: { earliest: civilDate(`${y}-01-01`), latest: civilDate(`${y}-12-31`) }
});
const inMay2024: FamilyDate = {
	calendar: 'solar',
	y: 2024,
	m: 5,
	days: { earliest: civilDate('2024-05-01'), latest: civilDate('2024-05-31') }
};

/** The child of the stories, taken in 2024 "when the wheat was cut", with a scar behind the left ear and a toy car. */
const child = registeredChild().caseFile;
const compare = (statement: FamilyStatement, notices: readonly PublishedFact[] = [], file = child): Comparison =>
	compareStatement(familyStatementSchema.parse(statement), file, notices);
const verdict = (comparison: Comparison, key: string) => comparison.facts.find((fact) => fact.key === key)?.verdict;

const aMother: FamilyStatement = {
	child: { names: { milk: '阿果子' }, sex: '1' },
	loss: { date: inMay2024 },
	looks: {
		marks: [{ kind: 'scar', site: 'ear', side: 'left', words: '左耳朵后面有个月牙疤' }],
		clothing: '穿的红色棉袄',
		belongings: '手里有个蓝色的小汽车，塑料的'
	},
	family: { siblings: [{ name: '阿呷', order: 'younger' }], homeThen: { text: '门口是大河，家里养一头黑牛' } }
};

describe('a family that knows the child', () => {
	test('names, sisters, clothes and the toy are recognised, and the claim looks plausible', () => {
		const comparison = compare(aMother);
		expect([...comparison.knew].sort()).toEqual(
			['nameCalled', 'siblings', 'clothing', 'ownAccount', 'dateTaken', 'mark', 'features', 'belonging'].sort()
		);
		expect(comparison).toMatchObject({ wrong: [], suggestion: 'plausible' });
	});

	test('an empty statement knows nothing and is asked', () => {
		expect(compare({})).toMatchObject({ knew: [], wrong: [], suggestion: 'ask' });
	});

	test('speech alone does not make a claim plausible: it is guessed from the region', () => {
		expect(compare({ looks: { speech: '说彝语，凉山口音' } })).toMatchObject({
			knew: ['language', 'accent'],
			suggestion: 'ask'
		});
	});

	test('one fact is not enough', () => {
		expect(compare({ child: { names: { milk: '阿果子' } } })).toMatchObject({
			knew: ['nameCalled'],
			suggestion: 'ask'
		});
	});

	test('what proves nothing is right or wrong, and never counted', () => {
		const comparison = compare({ child: { sex: '1' }, loss: { place: { text: '四川省凉山州喜德县' } } });
		expect(verdict(comparison, 'sex')).toBe('knew');
		expect(comparison.knew).toEqual([]);
	});

	test('in a dispute of the file the family is right with either', () => {
		const story = registeredChild();
		story.tell('intake.recorded', { answers: { siblings: known('有一个哥哥叫石头') } }, { by: 'b' });
		const { caseFile } = story;
		expect(compare({ family: { siblings: [{ name: '石头', order: 'older' }] } }, [], caseFile).knew).toEqual([
			'siblings'
		]);
		expect(compare({ family: { siblings: [{ name: '阿呷', order: 'younger' }] } }, [], caseFile).knew).toEqual([
			'siblings'
		]);
	});
});

describe('what was ever public', () => {
	test('the part of a notice that was shown counts for nothing, also where the family knows more of it', () => {
		const comparison = compare({ looks: { clothing: '红色棉袄，黑色条绒裤' } }, [published('clothing', '红棉袄')]);
		expect(verdict(comparison, 'clothing')).toBe('public');
		expect(comparison.knew).toEqual([]);
	});

	test('words of one part count for nothing in another', () => {
		const notices = [published('ownAccount', '带着蓝色塑料小汽车')];
		const comparison = compare({ looks: { belongings: '蓝色塑料小汽车' } }, notices);
		expect(verdict(comparison, 'belonging')).toBe('public');
	});

	test('a name, a sister and the place of a scar that stand in a notice count for nothing', () => {
		const notices = [
			published('name', '阿果子'),
			published('ownAccount', '妹妹叫阿呷'),
			published('belongings', '耳环')
		];
		const comparison = compare({ ...aMother, looks: { marks: [{ kind: 'scar', site: 'ear', words: '' }] } }, notices);
		expect(['nameCalled', 'siblings', 'mark'].map((key) => verdict(comparison, key))).toEqual([
			'public',
			'public',
			'public'
		]);
	});

	test('a date whose year stands in a notice counts for nothing', () => {
		expect(verdict(compare({ loss: { date: inMay2024 } }), 'dateTaken')).toBe('knew');
		expect(verdict(compare({ loss: { date: inMay2024 } }, [published('rescued', '2024年走失')]), 'dateTaken')).toBe(
			'public'
		);
	});

	test('a scar on a face whose photo was public counts for nothing, one on the knee does', () => {
		const story = new Story();
		for (const [number, site] of [
			[8, 'cheek'],
			[9, 'knee']
		] as const)
			story.tell('mark.recorded', { itemId: itemId(number), mark: { kind: 'scar', site, description: '' } });
		const marks = ['cheek', 'knee'].map((site) => ({ kind: 'scar', site, words: '' }));
		const photo = { field: 'photo.front', words: '', publishedOn };
		const { facts } = compare({ looks: { marks } }, [photo], story.caseFile);
		expect(facts.map(({ verdict: each }) => each)).toEqual(['public', 'knew']);
	});

	test('a photo of the clothes tells the clothes', () => {
		const photo = { field: 'photo.clothing', words: '', publishedOn };
		expect(verdict(compare(aMother, [photo]), 'clothing')).toBe('public');
	});

	test('what was taken down stays public', () => {
		// The history is all there is to go by: nothing in it says whether the notice still stands.
		expect(compare(aMother, [published('clothing', '红色棉袄'), published('name', '阿果子')]).knew).not.toContain(
			'clothing'
		);
	});
});

describe('guesses', () => {
	test('a year is too vague to be known', () => {
		expect(verdict(compare({ loss: { date: inYear(2024) } }), 'dateTaken')).toBe('unknown');
	});

	test('a date years away contradicts, half a year does not', () => {
		expect(verdict(compare({ loss: { date: inYear(2019) } }), 'dateTaken')).toBe('wrong');
		const early2025 = {
			...inMay2024,
			y: 2025,
			days: { earliest: civilDate('2025-02-01'), latest: civilDate('2025-02-28') }
		};
		expect(verdict(compare({ loss: { date: early2025 } }), 'dateTaken')).toBe('unknown');
	});

	test('another sex contradicts and makes the claim implausible, unless the family knew something', () => {
		expect(compare({ child: { sex: '2' } })).toMatchObject({ wrong: ['sex'], suggestion: 'not' });
		expect(compare({ ...aMother, child: { sex: '2' } }).suggestion).toBe('ask');
	});

	test('a scar on the other side contradicts', () => {
		const story = new Story();
		story.tell('mark.recorded', {
			itemId: itemId(9),
			mark: { kind: 'scar', site: 'knee', side: 'left', description: '三厘米' }
		});
		const onThe = (side: 'left' | 'right') =>
			compare({ looks: { marks: [{ kind: 'scar', site: 'knee', side, words: '' }] } }, [], story.caseFile);
		expect(verdict(onThe('left'), 'mark')).toBe('knew');
		expect(verdict(onThe('right'), 'mark')).toBe('wrong');
	});

	test('a list of ten marks hits one by chance and counts for nothing', () => {
		const marks = ['ear', 'nose', 'chin', 'nape', 'knee', 'cheek', 'belly', 'chest', 'forehead', 'shoulder'].map(
			(site) => ({
				kind: 'scar',
				site,
				words: ''
			})
		);
		expect(compare({ looks: { marks } }).knew).toEqual([]);
	});

	test('every colour and every garment in one sentence counts for nothing', () => {
		const spray = ['红色', '蓝色', '黑色', '白色', '绿色', '黄色', '灰色', '花布', '条绒', '灯芯绒', '牛仔', '棉布']
			.flatMap((stuff) =>
				['棉袄', '衬衫', '毛衣', '裤子', '外套', '裙子', '背心', '帽子'].map((thing) => `${stuff}${thing}`)
			)
			.join('，');
		expect(compare({ looks: { clothing: spray } }).knew).toEqual([]);
	});
});

describe('a thousand children of the demo', () => {
	interface Shown {
		readonly file: CaseFile;
		readonly notices: readonly PublishedFact[];
	}
	let shown: readonly Shown[];

	beforeAll(() => {
		shown = [...demoChildren(11, 1160, civilDate('2026-11-22'), 'short')]
			.map((each) => {
				const file = fold(each.childId, each.facts.map(asEntry(each.childId)));
				return { file, notices: everPublished(file) };
			})
			.filter(({ notices }) => notices.length > 0)
			.slice(0, 1000);
	});

	test('with everything that was ever public told in every answer, none looks plausible and nothing is counted', () => {
		expect(shown).toHaveLength(1000);
		const counted = shown.filter(({ file, notices }) => {
			const { knew, suggestion } = compareStatement(everythingPublic(notices), file, notices);
			return suggestion === 'plausible' || knew.length > 0;
		});
		expect(counted).toHaveLength(0);
	});

	test('a family that tells what the file holds and no notice showed looks plausible, nearly always', () => {
		const plausible = shown.filter(
			({ file, notices }) => compareStatement(everythingTrue(file), file, notices).suggestion === 'plausible'
		);
		expect(plausible.length).toBeGreaterThan(900);
	});
});

describe('for any notice', () => {
	/** Things a file may hold, a notice may show in other words, and somebody may repeat. */
	const phrases = [
		'红色棉袄',
		'黑色条绒裤',
		'左耳后有月牙形疤痕',
		'家里有一头黑牛',
		'门口是大河',
		'蓝色塑料小汽车',
		'会唱彝族的歌',
		'妹妹叫阿呷',
		'奶奶做荞麦饼',
		'银手镯',
		'右脚六个趾头',
		'彝语',
		'凉山口音'
	];
	const some = fc
		.uniqueArray(fc.constantFrom(...phrases), { minLength: 1, maxLength: 6 })
		.map((list) => list.join('，'));
	const files = fc.record({
		features: some,
		clothing: some,
		belongingsSummary: some,
		ownAccount: some,
		language: some,
		siblings: some,
		nameCalled: fc.constantFrom('阿果子', '石头', '阿呷')
	});
	const notices = fc.array(
		fc.record({ field: fc.constantFrom(...noticeFields), words: some, publishedOn: fc.constant(publishedOn) }),
		{ maxLength: 6 }
	);

	test('whatever was published adds nothing, in whichever answer it is repeated', () => {
		fc.assert(
			fc.property(files, notices, (answers, shown) => {
				const story = new Story();
				story.tell('intake.recorded', {
					answers: Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, known(value)]))
				});
				story.tell('belonging.recorded', { itemId: itemId(5), belonging: { description: answers.belongingsSummary } });
				story.tell('mark.recorded', {
					itemId: itemId(4),
					mark: { kind: 'scar', site: 'ear', description: answers.features }
				});
				expect(compareStatement(everythingPublic(shown), story.caseFile, shown).knew).toEqual([]);
			}),
			{ numRuns: 2000 }
		);
	});

	test('publishing more never makes a family know more', () => {
		fc.assert(
			fc.property(notices, notices, (first, more) => {
				const before = compare(aMother, first).knew;
				const after = compare(aMother, [...first, ...more]).knew;
				expect(before).toEqual(expect.arrayContaining([...after]));
			}),
			{ numRuns: 500 }
		);
	});
});

/** A false claimant who read every notice: every word of it in every answer, and the marks it names. */
function everythingPublic(notices: readonly PublishedFact[]): FamilyStatement {
	const all = notices
		.map(({ words }) => words)
		.join('。')
		.slice(0, 2000);
	if (all === '') return {};
	const line = (words: string) => words.slice(0, 200);
	const name = notices.find(({ field }) => field === 'name')?.words ?? all;
	return familyStatementSchema.parse({
		child: { names: { given: line(name), milk: line(name), other: line(all) } },
		loss: { place: { text: line(all) }, how: all },
		looks: {
			features: all,
			clothing: all,
			belongings: all,
			speech: all.slice(0, 1000),
			habits: all,
			// The places on the body that any notice names.
			marks: /耳/.test(all) ? [{ kind: 'scar', site: 'ear', words: all.slice(0, 1000) }] : []
		},
		family: {
			siblings: notices.slice(0, 10).map(({ words }) => ({ name: line(words), order: 'unsure', words: line(words) })),
			homeThen: { text: line(all) },
			livesNow: all.slice(0, 500)
		}
	});
}

/** Every part of every approved draft of a file, as published_facts holds it. */
function everPublished(file: CaseFile): readonly PublishedFact[] {
	return [...file.noticeSteps.values()].flatMap((step) => {
		if (step.step !== 'approved') return [];
		const draft = file.noticeSteps.get(step.approval.draft);
		if (draft?.step !== 'drafted') return [];
		return Object.entries(draft.draft.shown).map(([field, words]) => ({
			field: noticeFields.find((each) => each === field) ?? 'name',
			words,
			publishedOn: step.origin.occurredOn
		}));
	});
}

/** A family that tells what the child's file holds, in the file's own words: the best case of a true one. */
function everythingTrue(file: CaseFile): FamilyStatement {
	const text = (
		key:
			'language' | 'accent' | 'features' | 'clothing' | 'belongingsSummary' | 'ownAccount' | 'siblings' | 'nameCalled'
	) => {
		const state = fieldState(file, key);
		return state.status === 'settled' && state.answer.state === 'known' ? state.answer.value : undefined;
	};
	const marks = items(file, 'mark').map(({ value }) => ({
		kind: value.kind,
		site: value.site,
		words: value.description
	}));
	return familyStatementSchema.parse({
		child: { names: { milk: text('nameCalled') } },
		loss: { date: lossOf(file) },
		looks: {
			features: text('features'),
			marks: marks.slice(0, 4),
			clothing: text('clothing'),
			belongings:
				[text('belongingsSummary'), ...items(file, 'belonging').map(({ value }) => value.description)]
					.filter(Boolean)
					.join('，')
					.slice(0, 2000) || undefined,
			speech: [text('language'), text('accent')].filter(Boolean).join('，') || undefined,
			habits: text('ownAccount')?.slice(0, 4000)
		},
		family: { siblings: text('siblings') ? [{ order: 'unsure', words: text('siblings')?.slice(0, 500) }] : [] }
	});
}

function lossOf(file: CaseFile): FamilyDate | undefined {
	const state = fieldState(file, 'dateTaken');
	if (state.status !== 'settled' || state.answer.state !== 'known') return undefined;
	const { y, m = 6 } = state.answer.value;
	const month = { y, m };
	return { calendar: 'solar', ...month, days: { earliest: earliest(month), latest: latest(month) } };
}

/** The facts of the demo as entries, as its own tests make them; signatures are not looked at here. */
function asEntry(childId: string) {
	return (fact: object, index: number): ParsedEntry => ({
		known: true,
		entry: { ...fact, childId, deviceId: childId, deviceSeq: index + 1 } as unknown as Entry
	});
}
