import { describe, expect, test } from 'vitest';
import { writeEnrolCode, readEnrolCode } from './enrol-code.ts';

const bytes = Uint8Array.from({ length: 16 }, (_, index) => index * 13 + 7);
const code = writeEnrolCode(bytes);

describe('the one-time code of a tablet', () => {
	test('is read as it was made', () => {
		expect(code).toHaveLength(27);
		expect(readEnrolCode(code)).toEqual({ state: 'good', signs: code });
	});

	test('may be typed in small letters, in groups, with O for 0 and l for 1', () => {
		const typed = code
			.toLowerCase()
			.replaceAll('0', 'o')
			.replaceAll('1', 'l')
			.replace(/(.{4})/g, '$1-');
		expect(readEnrolCode(typed)).toEqual({ state: 'good', signs: code });
	});

	test('with any one sign mistyped is noticed', () => {
		for (let at = 0; at < 26; at++) {
			const other = code[at] === '7' ? '8' : '7';
			const typed = code.slice(0, at) + other + code.slice(at + 1);
			expect(readEnrolCode(typed).state).toBe('check_wrong');
		}
	});

	test('says how many signs are missing', () => {
		expect(readEnrolCode(code.slice(0, 20))).toMatchObject({ state: 'incomplete', missing: 7 });
	});

	test('names a sign that never occurs, and takes the five check signs only at the end', () => {
		expect(readEnrolCode(`${code.slice(0, 5)}！`)).toMatchObject({ state: 'bad_sign', sign: '!' });
		expect(readEnrolCode(`${code.slice(0, 5)}U`)).toMatchObject({ state: 'bad_sign', sign: 'U' });
	});

	test('agrees with a check sign reckoned by hand: 26 zeros and a one leave the remainder 1', () => {
		expect(readEnrolCode(`${'0'.repeat(25)}11`).state).toBe('good');
		expect(readEnrolCode(`${'0'.repeat(25)}10`).state).toBe('check_wrong');
	});
});
