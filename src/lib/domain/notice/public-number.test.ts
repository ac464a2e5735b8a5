import fc from 'fast-check';
import { expect, test } from 'vitest';
import { publicNumberSchema } from './notice.ts';
import { publicNumber, readPublicNumber } from './public-number.ts';

const numbers = fc.uint8Array({ minLength: 5, maxLength: 5 }).map((bytes) => publicNumber(bytes));
const signs = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'];
const places = [3, 4, 5, 6, 8, 9, 10, 11];
const changed = (number: string, place: number, sign: string) =>
	number.slice(0, place) + sign + number.slice(place + 1);

test('a public number reads back as itself, as people type it', () => {
	fc.assert(
		fc.property(numbers, (number) => {
			expect(publicNumberSchema.safeParse(number).success).toBe(true);
			expect(readPublicNumber(number)).toBe(number);
			expect(readPublicNumber(number.toLowerCase().replaceAll('-', ' '))).toBe(number);
			expect(readPublicNumber(number.replaceAll('0', 'O').replaceAll('1', 'l'))).toBe(number);
		})
	);
});

test('one wrong sign is always noticed', () => {
	fc.assert(
		fc.property(numbers, fc.constantFrom(...places), fc.constantFrom(...signs), (number, place, sign) => {
			fc.pre(number[place] !== sign);
			expect(readPublicNumber(changed(number, place, sign))).toBeUndefined();
		})
	);
});

test('two exchanged signs are always noticed', () => {
	fc.assert(
		fc.property(numbers, fc.constantFrom(...places), fc.constantFrom(...places), (number, a, b) => {
			fc.pre(number[a] !== number[b]);
			const swapped = changed(changed(number, a, number[b] ?? ''), b, number[a] ?? '');
			expect(readPublicNumber(swapped)).toBeUndefined();
		})
	);
});
