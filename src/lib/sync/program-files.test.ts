import { expect, test } from 'vitest';
import { programList, spokenHash } from './program-files.ts';

const a = { path: 'app/shell', sha256: 'a'.repeat(64) };
const b = { path: '_app/immutable/1.js', sha256: 'b'.repeat(64) };

test('the same files name the same program, whatever their order', () => {
	expect(programList([a, b])).toBe(programList([b, a]));
});

test('another byte, another name and a missing file name another program', () => {
	const whole = programList([a, b]);
	expect(programList([a, { ...b, sha256: 'c'.repeat(64) }])).not.toBe(whole);
	expect(programList([a, { ...b, path: '_app/immutable/2.js' }])).not.toBe(whole);
	expect(programList([a, { ...b, sha256: null }])).not.toBe(whole);
	expect(programList([a])).not.toBe(whole);
});

test('is read aloud in four groups', () => {
	expect(spokenHash('3f2a91c077de0b14ffff')).toBe('3f2a 91c0 77de 0b14');
});
