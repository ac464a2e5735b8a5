import { describe, expect, test } from 'vitest';
import { civilDate } from '#lib/domain/time.ts';
import type { NoticeRow } from './notice-row.ts';
import { queryOf, readSearchForm } from './public-query.ts';
import { countByProvince, NoticeIndex } from './search.ts';

const blank: NoticeRow = {
	publicNumber: 'LK-0000-0000',
	publishedOn: civilDate('2026-11-01'),
	name: null,
	sex: null,
	ageWhenRescued: null,
	placeTaken: null,
	rescued: null,
	height: null,
	features: null,
	clothing: null,
	belongings: null,
	ownAccount: null,
	accent: null,
	sexCode: '0',
	regionCode: null,
	ageMonthsLeast: null,
	ageMonthsMost: null,
	institutionName: '云岭县儿童福利院',
	institutionNameEn: '',
	contactName: '杨老师',
	contactPhone: '0870',
	photos: []
};
const tiger = {
	...blank,
	publicNumber: 'LK-AAAA-AAAA',
	name: '小虎',
	sexCode: '1',
	placeTaken: '四川省凉山州',
	regionCode: '513400',
	features: '左耳后有月牙形疤痕',
	clothing: '红色棉袄，黑色条绒裤',
	ageMonthsLeast: 42,
	ageMonthsMost: 54
};
const girl = {
	...blank,
	publicNumber: 'LK-BBBB-BBBB',
	name: '妞妞',
	sexCode: '2',
	placeTaken: '云南省昭通市',
	regionCode: '530600',
	features: '额头有红色胎记',
	clothing: '蓝色棉袄',
	ageMonthsLeast: 30,
	ageMonthsMost: 40
};
const stone = {
	...blank,
	publicNumber: 'LK-CCCC-CCCC',
	name: '石头',
	sexCode: '1',
	accent: '会说贵州话',
	clothing: '红棉袄',
	regionCode: '510000'
};
const index = new NoticeIndex([tiger, girl, stone]);
const find = (query: string) => index.find(queryOf(readSearchForm(new URLSearchParams(query)))).map(({ name }) => name);

describe('a parent searches', () => {
	test('红棉袄 finds 红色棉袄 too, after the notice that says it as typed', () => {
		expect(find('clothing=红棉袄')).toEqual(['石头', '小虎', '妞妞']);
	});
	test('every word must be there somehow', () => {
		expect(find('q=凉山 耳后 疤')).toEqual(['小虎']);
		expect(find('q=凉山 胎记')).toEqual([]);
	});
	test('a single character is a word', () => {
		expect(find('q=疤')).toEqual(['小虎']);
	});
	test('a word of one field is not found in another', () => {
		expect(find('features=棉袄')).toEqual([]);
		expect(find('name=红色')).toEqual([]);
	});
	test('the number on a poster finds the notice', () => {
		expect(find('q=LK-AAAA-AAAA')).toEqual([]);
		expect(find('q=lkaaaaaaaa')).toEqual(['小虎']);
	});
	test('what is not public about the house is not searched', () => {
		expect(find('q=杨老师')).toEqual([]);
		expect(find('q=福利院')).toEqual([]);
	});
	test('a province finds its prefectures, and a prefecture the notices that know only the province', () => {
		expect(find('region=51')).toEqual(['小虎', '石头']);
		expect(find('region=5134')).toEqual(['小虎', '石头']);
		expect(find('region=5101')).toEqual(['石头']);
		expect(find('region=530602')).toEqual(['妞妞']);
	});
	test('ages that overlap fit, and a child whose age nobody knows stays', () => {
		expect(find('age=36-71')).toEqual(['小虎', '妞妞', '石头']);
		expect(find('age=72-119')).toEqual(['石头']);
		expect(find('age=12-35')).toEqual(['妞妞', '石头']);
	});
	test('girls and boys', () => {
		expect(find('sex=2')).toEqual(['妞妞']);
		expect(find('sex=banana')).toEqual(['小虎', '妞妞', '石头']);
	});
	test('full-width letters and odd characters do no harm', () => {
		expect(find('q=%EF%BC%AC%EF%BC%ABaaaaaaaa')).toEqual(['小虎']);
		expect(find('q=%F0%9F%98%80')).toEqual(['小虎', '妞妞', '石头']);
		expect(find(`q=${'红'.repeat(5000)}`)).toEqual([]);
	});
});

test('children are counted by province, those of an unknown place in none', () => {
	expect([...countByProvince([tiger, girl, stone, blank])]).toEqual([
		['51', 2],
		['53', 1]
	]);
});
