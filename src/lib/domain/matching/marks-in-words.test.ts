import { describe, expect, test } from 'vitest';
import { codeTables } from '../codes/tables.ts';
import { kindsAreNear, marksInWords, readMark, sitesAreNear } from './marks-in-words.ts';

describe('marks in the words of a family', () => {
	test.each([
		['左耳朵后面有块青记', { kind: 'birthmark', site: 'behind_ear', side: 'left' }],
		['屁股上有一块青色胎记', { kind: 'birthmark', site: 'buttock' }],
		['右手背让开水烫过', { kind: 'burn', site: 'back_of_hand', side: 'right' }],
		['小腿肚上有狗咬伤的疤', { kind: 'scar', site: 'calf' }],
		['肚子上做过手术有疤', { kind: 'surgery', site: 'belly' }],
		['左胳膊上打预防针的疤', { kind: 'vaccination', site: 'upper_arm', side: 'left' }],
		['右手六指', { kind: 'extra', site: 'finger', side: 'right' }],
		['左手大拇指旁边多长了一个指头', { kind: 'extra', site: 'thumb', side: 'left' }],
		['左手小拇指断了一截', { kind: 'missing', site: 'finger', side: 'left' }],
		['头上有两个旋', { kind: 'hair', site: 'crown' }],
		['天生兔唇', { kind: 'cleft', site: 'lip' }],
		['笑起来两边有酒窝', { kind: 'shape', site: 'cheek', side: 'both' }],
		['下巴缝过三针', { kind: 'scar', site: 'chin' }],
		['额头上磕破过', { kind: 'scar', site: 'forehead' }],
		['左手背上有块黑记', { kind: 'birthmark', site: 'back_of_hand', side: 'left' }],
		['脖子后有颗红痣', { kind: 'mole', site: 'nape' }]
	])('%s', (words, mark) => {
		expect(readMark(words)).toEqual(mark);
		expect(marksInWords(words)).toEqual([{ ...mark, words }]);
	});

	test('are told one after another', () => {
		expect(marksInWords('双眼皮，左耳后有一颗痣；右膝盖有疤。').map(({ kind, site }) => [kind, site])).toEqual([
			['mole', 'behind_ear'],
			['scar', 'knee']
		]);
	});

	test('are in the place named just before, where a clause names none', () => {
		expect(marksInWords('右前臂烫伤，有疤').map(({ kind, site }) => [kind, site])).toEqual([
			['burn', 'forearm'],
			['scar', 'forearm']
		]);
	});

	test('are none where the words say that there is none', () => {
		expect(marksInWords('无明显胎记；没有疤痕。未见痣')).toEqual([]);
		expect(marksInWords('双眼皮，皮肤白，圆脸')).toEqual([]);
	});
});

test('every kind and site read from words is one of the code tables', () => {
	const kinds = codeTables.markKind.map(({ code }) => code);
	const sites = codeTables.bodySite.map(({ code }) => code);
	const words = [...codeTables.markKind, ...codeTables.bodySite].map(({ name: [zh] }) => readMark(zh));
	for (const { kind, site } of words) {
		if (kind !== undefined) expect(kinds).toContain(kind);
		if (site !== undefined) expect(sites).toContain(site);
	}
});

test('the name a house chooses for a site or a kind is read as that site or kind', () => {
	const misread = codeTables.bodySite
		.filter(({ code }) => code !== 'other')
		.filter(({ code, name: [zh] }) => readMark(zh).site !== code)
		.map(({ name: [zh] }) => zh);
	// 小腿前面 and 上背 and the rest are all words of a family too.
	expect(misread).toEqual([]);
	expect(readMark('胎记').kind).toBe('birthmark');
	expect(readMark('卡介苗疤').kind).toBe('vaccination');
	expect(readMark('手术疤').kind).toBe('surgery');
});

test('a mark may be named by the part of the body beside it, and not by one far away', () => {
	expect(sitesAreNear('wrist', 'forearm')).toBe(true);
	expect(sitesAreNear('forearm', 'wrist')).toBe(true);
	expect(sitesAreNear('wrist', 'ankle')).toBe(false);
	expect(kindsAreNear('scar', 'burn')).toBe(true);
	expect(kindsAreNear('scar', 'birthmark')).toBe(false);
});
