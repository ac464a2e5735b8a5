import fc from 'fast-check';
import { expect, test } from 'vitest';
import { residentIdFault, writtenResidentId } from './resident-id.ts';

test('the two numbers of the standard’s own examples are right', () => {
	expect(residentIdFault('11010519491231002X')).toBeUndefined();
	expect(residentIdFault('440524188001010014')).toBeUndefined();
});

test('a number is read with blanks, a small x and full-width digits', () => {
	expect(residentIdFault('110105 19491231 002x')).toBeUndefined();
	expect(writtenResidentId('１１０１０５194912310 02ｘ')).toBe('11010519491231002X');
});

test('one wrong digit is always noticed, and so are two neighbours exchanged', () => {
	const place = fc.integer({ min: 0, max: 16 });
	fc.assert(
		fc.property(place, fc.integer({ min: 0, max: 9 }), (at, digit) => {
			const right = '11010519491231002X';
			fc.pre(right[at] !== String(digit));
			expect(residentIdFault(right.slice(0, at) + String(digit) + right.slice(at + 1))).toBeDefined();
		})
	);
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 15 }), (at) => {
			const right = '11010519491231002X';
			fc.pre(right[at] !== right[at + 1]);
			const swapped = right.slice(0, at) + (right[at + 1] ?? '') + (right[at] ?? '') + right.slice(at + 2);
			expect(residentIdFault(swapped)).toBeDefined();
		})
	);
});

test('what is wrong is told: the sign that would fit, the date, the digits, a card of the old kind', () => {
	expect(residentIdFault('110105194912310021')).toEqual({ type: 'check_sign', fits: 'X' });
	expect(residentIdFault('110105194913310021')).toEqual({ type: 'birth_date' });
	expect(residentIdFault('11010519490229002X')).toEqual({ type: 'birth_date' });
	expect(residentIdFault('1101051949')).toEqual({ type: 'digits' });
	expect(residentIdFault('110105491231002')).toEqual({ type: 'old' });
});
