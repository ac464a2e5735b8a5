import { describe, expect, it } from 'vitest';
import { differing } from './differing.ts';

const marked = (...texts: string[]) =>
	differing(texts).map((pieces) => pieces.map(({ text, differs }) => (differs ? `[${text}]` : text)).join(''));

describe('what differs between texts side by side', () => {
	it('is what stands between the same beginning and the same end', () => {
		expect(marked('四川省凉山州西昌市', '四川省凉山州喜德县')).toEqual([
			'四川省凉山州[西昌市]',
			'四川省凉山州[喜德县]'
		]);
		expect(marked('右手烫伤，长约 3 厘米', '右手烫伤，长约 5 厘米')).toEqual([
			'右手烫伤，长约 [3] 厘米',
			'右手烫伤，长约 [5] 厘米'
		]);
	});
	it('never cuts a number or a word', () => {
		expect(marked('2026-04-27', '2026-04-29')).toEqual(['2026-04-[27]', '2026-04-[29]']);
		expect(marked('left arm', 'left ear')).toEqual(['left [arm]', 'left [ear]']);
	});
	it('marks nothing where one has only more, and nothing is counted twice', () => {
		expect(marked('痣', '痣，右手')).toEqual(['痣', '痣[，右手]']);
		expect(marked('哈哈哈', '哈哈')).toEqual(['哈哈[哈]', '哈哈']);
	});
	it('is told of three as of two', () => {
		expect(marked('阿依', '阿月', '阿玉')).toEqual(['阿[依]', '阿[月]', '阿[玉]']);
	});
	it('gives back every text whole', () => {
		const texts = ['a b', '', '🙂 汉字 12'];
		expect(differing(texts).map((pieces) => pieces.map(({ text }) => text).join(''))).toEqual(texts);
	});
});
