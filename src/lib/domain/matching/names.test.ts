import { describe, expect, test } from 'vitest';
import { blurred, nameParts, signsOf, soundAlike, type NameKind } from './names.ts';

const parts = (written: string, kind: NameKind, sounds = '') => nameParts({ written, kind, sounds: sounds.split(' ') });

describe('a name taken apart', () => {
	test.each([
		['李国强', 'given', '李', '国强'],
		['欧阳乐', 'given', '欧阳', '乐'],
		['欧明', 'given', '欧', '明'],
		['小红', 'milk', undefined, '红'],
		['红红', 'milk', undefined, '红'],
		['阿国', 'called', undefined, '国'],
		['牛牛', 'called', undefined, '牛'],
		['石头', 'called', undefined, '石头'],
		['虎子', 'called', undefined, '虎'],
		['王小明', 'called', '王', '明'],
		['二娃', 'called', undefined, '娃'],
		['黑娃子', 'called', undefined, '黑娃'],
		['高兴', 'milk', undefined, '高兴'],
		['木呷', 'called', undefined, '木呷']
	] as const)('%s (%s)', (written, kind, surname, core) => {
		const { surname: found, core: left } = parts(written, kind);
		expect([found, left.join('')]).toEqual([surname, core]);
	});

	test('keeps the readings of what is left', () => {
		expect(parts('欧阳乐', 'given', 'ou yang le/yue')).toMatchObject({
			surnameSounds: [['ou'], ['yang']],
			coreSounds: [['le', 'yue']]
		});
	});

	test('in Latin letters goes by words', () => {
		expect(signsOf('Ayi Guli')).toEqual(['ayi', 'guli']);
		expect(signsOf('阿依古丽·买买提')).toEqual([...'阿依古丽买买提']);
	});
});

describe('names that sound alike', () => {
	test('have a reading in common for every sign', () => {
		expect(soundAlike([['guo']], [['guo']])).toBe(true);
		expect(soundAlike([['le', 'yue']], [['yue']])).toBe(true);
		expect(soundAlike([['le'], ['ming']], [['le']])).toBe(false);
		expect(soundAlike([], [])).toBe(false);
		expect(soundAlike([[]], [[]])).toBe(false);
	});

	test.each([
		['zhou', 'zou'],
		['niu', 'liu'],
		['fang', 'fan'],
		['huang', 'fang'],
		['ying', 'yin'],
		['shi', 'si'],
		['lv', 'lu']
	])('%s is heard as %s', (a, b) => {
		expect(blurred(a)).toBe(blurred(b));
	});

	test('but not everything is heard as everything', () => {
		expect(new Set(['ming', 'hong', 'guo', 'wang', 'er', 'hu', 'fu'].map(blurred)).size).toBe(7);
	});
});
