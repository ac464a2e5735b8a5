import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rawText, utf8Length } from './raw-text.ts';

test('what JSON.parse read is written again as JSON.stringify would', () => {
	fc.assert(
		fc.property(
			fc.json({ stringUnit: 'binary' }),
			(json) => rawText(JSON.parse(json)) === JSON.stringify(JSON.parse(json))
		)
	);
});

test('nesting that ends JSON.stringify is written all the same', () => {
	const deep = `${'[{"a":'.repeat(50_000)}1${'}]'.repeat(50_000)}`;
	const value = JSON.parse(deep) as unknown;
	expect(() => JSON.stringify(value)).toThrow(RangeError);
	expect(rawText(value)).toBe(deep);
});

test('bytes are counted as UTF-8 counts them', () => {
	fc.assert(
		fc.property(
			fc.string({ unit: 'grapheme-composite' }),
			(text) => utf8Length(text) === new TextEncoder().encode(text).length
		)
	);
	expect(utf8Length('灯🏮é')).toBe(9);
});
