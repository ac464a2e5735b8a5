import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	codeBytesMaximum,
	codeCount,
	codesMaximum,
	codesOf,
	isSheet,
	scanCode,
	wholeSheet,
	type Scanned
} from './codes.ts';

const bytesOf = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 37 + (i >> 3)) & 0xff);
const hash = (seed = 1) => Uint8Array.from({ length: 32 }, (_, i) => (i * 11 + seed) & 0xff);

/** Scans the texts one after another; the outcomes, and what is scanned in the end. */
function scan(texts: readonly string[], begun?: Scanned): { outcomes: string[]; scanned: Scanned | undefined } {
	let scanned = begun;
	const outcomes: string[] = [];
	for (const text of texts) {
		const outcome = scanCode(scanned, text);
		outcomes.push(outcome.type);
		if ('scanned' in outcome) scanned = outcome.scanned;
	}
	return { outcomes, scanned };
}

describe('the codes of a sheet', () => {
	test('give its bytes back in any order, and each code as often as the camera sees it', () => {
		fc.assert(
			fc.property(
				fc.uint8Array({ minLength: 1, maxLength: codeBytesMaximum * 7 }),
				fc.infiniteStream(fc.nat()),
				(bytes, order) => {
					const codes = codesOf(bytes, hash());
					const shown = [...codes, ...codes]
						.map((code) => ({ code, at: order.next().value ?? 0 }))
						.sort((a, b) => a.at - b.at)
						.map(({ code }) => code);
					const { scanned } = scan(shown);
					expect(scanned && wholeSheet(scanned)).toEqual(bytes);
				}
			)
		);
	});

	test('use only what a QR code writes in its alphanumeric mode, and fit version 20 at level M', () => {
		for (const code of codesOf(bytesOf(codeBytesMaximum * 3), hash())) {
			expect(code).toMatch(/^[0-9A-Z $%*+\-./:]+$/);
			// ISO/IEC 18004, table 7: 970 letters.
			expect(code.length).toBeLessThanOrEqual(970);
		}
	});

	test('are as many as are needed and of even length', () => {
		expect(codeCount(1)).toBe(1);
		expect(codeCount(codeBytesMaximum)).toBe(1);
		expect(codeCount(codeBytesMaximum + 1)).toBe(2);
		const lengths = codesOf(bytesOf(codeBytesMaximum * 2 + 1), hash()).map(({ length }) => length);
		expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThan(5);
		expect(() => codesOf(bytesOf(codeBytesMaximum * codesMaximum + 1), hash())).toThrow(RangeError);
	});
});

describe('scanning', () => {
	const codes = codesOf(bytesOf(1500), hash());

	test('tells the first, the next, and the same again', () => {
		expect(scan([codes[1] ?? '', codes[1] ?? '', codes[0] ?? '']).outcomes).toEqual(['first', 'again', 'more']);
	});

	test('is not finished while a code is missing', () => {
		const { scanned } = scan(codes.slice(1));
		expect(scanned && wholeSheet(scanned)).toBeUndefined();
	});

	test('keeps to the sheet it began with', () => {
		const other = codesOf(bytesOf(1500), hash(2));
		const { outcomes, scanned } = scan([codes[0] ?? '', other[1] ?? '', ...codes.slice(1)]);
		expect(outcomes).toEqual(['first', 'other_sheet', ...codes.slice(1).map(() => 'more')]);
		expect(scanned && wholeSheet(scanned)).toEqual(bytesOf(1500));
	});

	test('knows other codes, and sheets of newer programs', () => {
		expect(scan(['https://example.org', 'LKH', 'lkh1:AB', '']).outcomes).toEqual(Array(4).fill('not_a_sheet'));
		expect(scan([(codes[0] ?? '').replace('LKH1', 'LKH2'), 'LKH12:AB']).outcomes).toEqual([
			'newer_program',
			'newer_program'
		]);
		expect(scan(['LKH0:AB', 'LKH1:', 'LKH1:A', 'LKH1:ABC', 'LKH1::::']).outcomes).toEqual(Array(5).fill('damaged'));
	});

	test('never takes a code in which one sign was changed, left out or added', () => {
		const signs = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
		const code = codes[0] ?? '';
		fc.assert(
			fc.property(
				fc.nat({ max: code.length - 6 }),
				fc.constantFrom(...signs),
				fc.constantFrom('changed', 'left out', 'added'),
				(at, sign, how) => {
					const place = at + 5;
					const wrong =
						code.slice(0, place) + (how === 'left out' ? '' : sign) + code.slice(place + (how === 'added' ? 0 : 1));
					fc.pre(wrong !== code);
					expect(scan([wrong]).outcomes).toEqual(['damaged']);
				}
			),
			{ numRuns: 3000 }
		);
	});

	test('tells whether the bytes are those the codes spoke of', () => {
		const { scanned } = scan(codes);
		if (!scanned) throw new Error('not scanned');
		expect(isSheet(scanned, hash())).toBe(true);
		expect(isSheet(scanned, hash(2))).toBe(false);
	});
});

test('base 45 is that of RFC 9285', () => {
	// The whole pairs of two of its examples (4.3), behind our head of 10 bytes.
	const code = codesOf(new TextEncoder().encode('Hello!base-4'), hash())[0] ?? '';
	expect(code.slice(5 + 15)).toMatch(/^%69 VD92EUJCLQE7W5/);
});
