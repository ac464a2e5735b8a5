import { describe, expect, it } from 'vitest';
import { generatePassphrase, normaliseSecret, passphraseBits } from './passphrase.ts';

describe('a generated passphrase', () => {
	it('is five words of letters, worth at least 64 bits', () => {
		expect(passphraseBits).toBeGreaterThanOrEqual(64);
		const passphrase = generatePassphrase((length) => crypto.getRandomValues(new Uint8Array(length)));
		expect(passphrase.split(' ')).toHaveLength(5);
		expect(passphrase).toMatch(/^[a-z]{4,8}( [a-z]{4,8}){4}$/);
	});

	it('has every syllable equally likely and reads only one way when its blanks are left out', () => {
		// Each value of a random byte in turn: every syllable comes as often as every other, the bytes past the last multiple never.
		const counts = new Map<string, number>();
		let next = 0;
		const bytes = () => new Uint8Array([next++ % 256]);
		for (let words = 0; words < 256 * 50; words += 5) {
			for (const word of generatePassphrase(bytes).split(' ')) {
				const [first = '', second = ''] = word.split(/(?<=[aeiou])(?=[^aeiou])/);
				expect(first + second).toBe(word);
				for (const syllable of [first, second]) counts.set(syllable, (counts.get(syllable) ?? 0) + 1);
			}
		}
		expect(Math.log2(counts.size) * 10).toBeCloseTo(passphraseBits, 6);
		expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1);
		for (const syllable of counts.keys()) expect(syllable).toMatch(/^[bpmfdtnlgkhjqxzcsyw][aeiou]+$/);
	});

	it('means the same however an IME wrote it', () => {
		for (const typed of [
			'lumei taiguo',
			'LUMEI  Taiguo ',
			'ｌｕｍｅｉ　ｔａｉｇｕｏ',
			'lumei-taiguo',
			'lu mei tai guo'
		]) {
			expect(normaliseSecret(typed)).toBe('lumeitaiguo');
		}
		expect(normaliseSecret('４８２６１５')).toBe('482615');
	});
});
