import { expect, test } from 'vitest';
import { badgeGroups, badgeQrText, badgeSecret, writeBadge } from './badge.ts';

const bytes = Uint8Array.from({ length: 16 }, (_, index) => 255 - index * 11);
const signs = writeBadge(bytes);

test('a badge gives back the 128 bits it was made of, scanned or typed', () => {
	expect(badgeSecret(badgeQrText(signs))).toEqual(bytes);
	expect(badgeSecret(badgeGroups(signs).join(' ').toLowerCase())).toEqual(bytes);
	expect(badgeSecret(writeBadge(new Uint8Array(16).fill(255)))).toEqual(new Uint8Array(16).fill(255));
});

test('a badge with one sign mistyped is noticed before anything is tried', () => {
	expect(badgeSecret(`${signs.slice(0, 3)}${signs[3] === '7' ? '8' : '7'}${signs.slice(4)}`)).toBeUndefined();
});

test('another code that a camera sees is not taken for a badge', () => {
	expect(badgeSecret(`https://registry.example/app/enrol#${signs}`)).toBeUndefined();
});
