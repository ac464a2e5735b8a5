import { describe, expect, it } from 'vitest';
import type { ChildRow, Duty } from '#lib/domain/case-file/child-row.ts';
import type { ChildId, InstitutionId } from '#lib/domain/ids.ts';
import { civilDate } from '#lib/domain/time.ts';
import type { ChildQuery } from '../tablet.ts';
import { rowRules } from '../vault/row-rules.ts';
import { ChildList } from './child-list.ts';
import { loadPinyin, parsePinyinText, pinyinText, readsAs } from './pinyin.ts';

const pinyin = await loadPinyin();
const house = 'house' as InstitutionId;
let made = 0;

function row(name: string | undefined, more: Partial<ChildRow> = {}): ChildRow {
	made += 1;
	return {
		childId: `child-${String(made).padStart(6, '0')}` as ChildId,
		name,
		nameIsAssigned: false,
		names: name === undefined ? [] : [name],
		pinyin: undefined,
		caseNumber: undefined,
		sex: undefined,
		birthEarliest: undefined,
		birthLatest: undefined,
		marks: '',
		portrait: undefined,
		custodian: house,
		holdStart: undefined,
		holdLastDay: undefined,
		holdProvisional: false,
		submitted: true,
		stepsBegun: 1,
		conflictCount: 0,
		unknownEntryCount: 0,
		notice: 'none',
		duties: [],
		...more
	};
}

function listOf(...rows: readonly ChildRow[]): ChildList {
	const list = new ChildList();
	list.put(rows.map((one) => ({ row: one, pinyin: pinyinText(one, pinyin), madeBy: '1' })));
	return list;
}

function found(list: ChildList, query: Partial<ChildQuery>): (string | undefined)[] {
	return list.search({ offset: 0, limit: 100, ...query }, house).rows.map(({ name }) => name);
}

describe('a child is found', () => {
	const ouyang = row('欧阳小明', { names: ['欧阳小明', '毛毛'], caseNumber: '川成公(2025)第0417号' });
	const list = listOf(
		ouyang,
		row('单雄信'),
		row('张乐', { marks: '左脸 胎记 red birthmark' }),
		row('吕布衣'),
		row('Aygul Memet'),
		row('解珍珍')
	);

	it.each([
		['欧阳', '欧阳小明'],
		['小明', '欧阳小明'],
		['毛毛', '欧阳小明'],
		['ouyang', '欧阳小明'],
		['OuYangXiaoMing', '欧阳小明'],
		['ōuyáng', '欧阳小明'],
		["ou'yang", '欧阳小明'],
		['ouyangxiaom', '欧阳小明'],
		['ouyx', '欧阳小明'],
		['oyxm', '欧阳小明'],
		['xm', '欧阳小明'],
		['xiaom', '欧阳小明'],
		['mm', '欧阳小明'],
		['ouyang xm', '欧阳小明'],
		['0417号', '欧阳小明'],
		['(2025)', '欧阳小明'],
		['shan', '单雄信'],
		['dan', '单雄信'],
		['sxx', '单雄信'],
		['shxx', '单雄信'],
		['zhangle', '张乐'],
		['zhangyue', '张乐'],
		['zhle', '张乐'],
		['lvbu', '吕布衣'],
		['lübu', '吕布衣'],
		['lubu', '吕布衣'],
		['lyubu', '吕布衣'],
		['xiezz', '解珍珍'],
		['胎记', '张乐'],
		['BIRTHMARK 左脸', '张乐'],
		['memet', 'Aygul Memet'],
		['ＡＹＧＵＬ', 'Aygul Memet']
	])('by %s', (words, name) => {
		expect(found(list, { words })).toEqual([name]);
	});

	it.each(['angxiao', 'uyang', 'zhangming', 'oyxmx', '欧阳 张', '417', 'zz zz zz q'])('not by %s', (words) => {
		expect(found(list, { words })).toEqual([]);
	});

	it('by the reading that a person recorded', () => {
		expect(found(listOf(row('乐乐', { pinyin: 'yao lao' })), { words: 'yaolao' })).toEqual(['乐乐']);
	});

	it('by sex, house and unfinished record, all at once', () => {
		const away = row('去', { sex: '1', custodian: 'other' as InstitutionId, submitted: false });
		const here = row('来', { sex: '1', submitted: false });
		const girl = row('女', { sex: '2', submitted: false });
		const mixed = listOf(away, here, girl, row('完', { sex: '1' }));
		expect(found(mixed, { sex: '1', show: 'unfinished' })).toEqual(['来', '去']);
		expect(found(mixed, { sex: '1', show: 'here' })).toEqual(['来', '完']);
		expect(found(mixed, { show: 'all' })).toHaveLength(4);
	});

	it('in care or left: who has left stands under its own filter, and is still found by name', () => {
		const left = { exit: { reason: 'reunited', on: civilDate('2026-10-08') } } as const;
		const mixed = listOf(row('在'), row('走', left), row('走未完', { ...left, submitted: false }));
		expect(found(mixed, { show: 'here' })).toEqual(['在']);
		expect(found(mixed, { show: 'left' })).toEqual(['走', '走未完']);
		expect(found(mixed, { show: 'unfinished' })).toEqual([]);
		expect(found(mixed, { show: 'all', words: '走' })).toEqual(['走', '走未完']);
	});
});

describe('the age band', () => {
	const today = civilDate('2026-11-22');
	const born = (earliest: string, latest = earliest) => ({
		birthEarliest: civilDate(earliest),
		birthLatest: civilDate(latest)
	});
	const isFound = (birth: Partial<ChildRow>, from: number, to: number, on = today) =>
		found(listOf(row('童', birth)), { age: { from, to, today: on } }).length === 1;

	it('counts whole years and turns on the birthday', () => {
		expect(isFound(born('2020-11-22'), 6, 6)).toBe(true);
		expect(isFound(born('2020-11-23'), 6, 6)).toBe(false);
		expect(isFound(born('2020-11-23'), 5, 5)).toBe(true);
	});

	it('finds an estimated birth wherever the child can be of that age', () => {
		const estimated = born('2018-01-01', '2020-12-31');
		expect([4, 5, 6, 7, 8, 9].map((age) => isFound(estimated, age, age))).toEqual([
			false,
			true,
			true,
			true,
			true,
			false
		]);
		expect(isFound(estimated, 0, 4)).toBe(false);
		expect(isFound(estimated, 8, 30)).toBe(true);
	});

	it('holds who was born on 29 February a year older on the 28th', () => {
		expect(isFound(born('2016-02-29'), 10, 10, civilDate('2026-02-28'))).toBe(true);
		expect(isFound(born('2016-02-29'), 10, 10, civilDate('2026-02-27'))).toBe(false);
		expect(isFound(born('2016-02-29'), 12, 12, civilDate('2028-02-28'))).toBe(false);
	});

	it('does not guess where nothing is known of the birth, nor find the unborn', () => {
		expect(isFound({}, 0, 99)).toBe(false);
		expect(isFound(born('2027-01-01'), 0, 99)).toBe(false);
	});
});

describe('the order', () => {
	it('is that of the pinyin, unnamed last, and the same however the list came about', () => {
		const rows = ['周一', '阿依', '欧阳', '张三', '曾二', undefined, '张三', '李四'].map((name) => row(name));
		const expected = ['阿依', '曾二', '李四', '欧阳', '张三', '张三', '周一', undefined];
		const order = (list: ChildList) => list.search({ offset: 0, limit: 99 }, house).rows;
		const whole = order(listOf(...rows));
		expect(whole.map(({ name }) => name)).toEqual(expected);
		const [first, second] = whole.filter(({ name }) => name === '张三');
		expect((first?.childId ?? '') < (second?.childId ?? '')).toBe(true);
		const oneByOne = listOf();
		for (const one of [...rows].reverse()) {
			oneByOne.put([{ row: one, pinyin: '', madeBy: '1' }]);
			order(oneByOne);
		}
		expect(order(oneByOne)).toEqual(whole);
	});

	it('follows a child that was given another name', () => {
		const rows = [row('乙'), row('丙'), row('丁')];
		const list = listOf(...rows);
		expect(found(list, {})).toEqual(['丙', '丁', '乙']);
		const renamed = rows[1];
		if (!renamed) throw new Error('no row');
		list.put([{ row: { ...renamed, name: '子' }, pinyin: 'zi', madeBy: '1' }]);
		expect(found(list, {})).toEqual(['丁', '乙', '子']);
		expect(list.size).toBe(3);
	});

	it('pages without gap or overlap', () => {
		const list = listOf(...Array.from({ length: 120 }, (_, n) => row(`张${n}`)));
		const pages = [0, 50, 100].flatMap((offset) => list.search({ offset, limit: 50, words: 'zhang' }, house).rows);
		expect(new Set(pages.map(({ childId }) => childId)).size).toBe(120);
		expect(list.search({ offset: 100, limit: 50 }, house)).toMatchObject({ total: 120, rows: { length: 20 } });
	});
});

describe('what is due', () => {
	it('comes worst first by the duties of that day, and not what is due later', () => {
		const duty = (code: Duty['code'], dueOn?: string): Duty => ({
			code,
			dueOn: dueOn === undefined ? undefined : civilDate(dueOn)
		});
		const list = listOf(
			row('甲', { duties: [duty('settle_conflict')] }),
			row('乙', { duties: [duty('front_photo', '2026-11-30')] }),
			row('丙', { duties: [duty('dna_sample', '2026-11-20'), duty('growth_check', '2027-01-01')] }),
			row('丁', { duties: [duty('growth_check', '2027-01-01')] }),
			row('己', { duties: [duty('hold_ends', '2025-01-01')] }),
			row('戊')
		);
		const due = (until: string, limit = 10) =>
			list
				.due(limit, (one) => rowRules.pressingOn(one, civilDate('2026-11-22'), civilDate(until)))
				.map(({ name }) => name);
		expect(due('2026-11-30')).toEqual(['丙', '甲', '乙']);
		expect(due('2026-11-22')).toEqual(['丙', '甲']);
		expect(due('2026-11-21')).toEqual(['丙', '甲']);
		expect(due('2027-01-01')).toEqual(['丙', '甲', '乙', '丁']);
		expect(due('2026-11-30', 1)).toEqual(['丙']);
	});
});

describe('ten thousand children', () => {
	it('are searched by a keystroke without reading a disk, and each is found', () => {
		const surnames = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗'];
		const given = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉'];
		const rows = Array.from({ length: 10_000 }, (_, n) =>
			row(`${surnames[n % 20]}${given[Math.floor(n / 20) % 25]}${given[Math.floor(n / 500) % 25]}`)
		);
		const list = listOf(...rows);
		expect(list.search({ offset: 0, limit: 50, words: 'wangwei' }, house).total).toBe(
			rows.filter(({ name }) => /^王伟/u.test(name ?? '')).length
		);
	});
});

describe('readings', () => {
	it('are kept for every character, the surname’s own first', () => {
		expect(pinyinText({ name: '单乐', names: ['单乐'] }, pinyin)).toBe('shan/dan/chan le/yue/yao/lao');
		expect(pinyinText({ name: 'Tom', names: ['Tom'] }, pinyin)).toBe('');
		expect(parsePinyinText('ou yang\nmao', new Map())).toEqual([[['ou'], ['yang']], [['mao']]]);
	});

	it('match by whole syllables and initials', () => {
		const syllables = [['ou'], ['yang'], ['zhi', 'shi']];
		expect(['o', 'ouy', 'oyz', 'oyzh', 'yangshi', 'ysh', 'zhi'].map((typed) => readsAs(syllables, typed))).toEqual(
			Array(7).fill(true)
		);
		expect(['ouang', 'yo', 'zhix', 'ng'].map((typed) => readsAs(syllables, typed))).toEqual(Array(4).fill(false));
	});
});

describe('what typed words are compared with', () => {
	const many = Array.from({ length: 450 }, (_, n) => row(n === 449 ? '欧阳小明' : `孩子${n}`));
	const breaths = (list: ChildList, goOn: () => boolean) => {
		let taken = 0;
		return list.readyToSearch(async () => void (taken += 1), goOn).then(() => taken);
	};

	it('is made in the background, a few hundred lines between two breaths', async () => {
		const list = listOf(...many);
		expect(await breaths(list, () => true)).toBe(3);
		expect(found(list, { words: 'oyxm' })).toEqual(['欧阳小明']);
	});

	it('is not made any further once the tablet is locked', async () => {
		let open = true;
		const list = listOf(...many);
		const ready = breaths(list, () => open);
		open = false;
		expect(await ready).toBe(1);
		expect(found(list, { words: 'oyxm' })).toEqual(['欧阳小明']);
	});

	it('is made anew for a line that changed', async () => {
		const list = listOf(...many);
		await breaths(list, () => true);
		const changed = { ...(many[449] as ChildRow), name: '单雄信', names: ['单雄信'] };
		list.put([{ row: changed, pinyin: pinyinText(changed, pinyin), madeBy: '1' }]);
		expect(found(list, { words: '欧阳' })).toEqual([]);
		expect(found(list, { words: '雄信' })).toEqual(['单雄信']);
	});
});
