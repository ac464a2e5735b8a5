import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from '#lib/domain/case-file/case-file.ts';
import { codesOf, scanCode, wholeSheet, type Scanned } from '#lib/domain/handover/codes.ts';
import { childAtStation, childOne, entryNumber, parsed, sentNumber } from '#lib/domain/handover/sheet-scenes.ts';
import { sheetFor, sheetPortrait, type HandoverSheet } from '#lib/domain/handover/sheet.ts';
import { openSheet, printSheet } from './sheet-codes.ts';

const by = { name: '云岭县救助管理站', phone: '0870-555 0199' };

function sheet(portraitBytes = 0): HandoverSheet {
	const entries = childAtStation();
	const file = fold(childOne, entries.map(parsed));
	const made = sheetFor(file, entries, entryNumber(sentNumber), by);
	const portrait = sheetPortrait(file);
	if (!made || !portrait) throw new Error('no sheet');
	// As incompressible as a picture.
	const bytes = Uint8Array.from({ length: portraitBytes }, (_, i) => (i * i * 31 + (i >> 2) * 17) & 0xff);
	return { ...made, portrait: portraitBytes > 0 ? { sha256: portrait.sha256, bytes } : undefined };
}

function scanned(codes: readonly string[]): Scanned {
	let so: Scanned | undefined;
	for (const code of codes) {
		const outcome = scanCode(so, code);
		if (!('scanned' in outcome)) throw new Error(outcome.type);
		so = outcome.scanned;
	}
	if (!so) throw new Error('nothing scanned');
	return so;
}

test('a printed sheet is the same sheet again', async () => {
	for (const one of [sheet(), sheet(1200)]) {
		const { codes } = await printSheet(one);
		const opened = await openSheet(scanned([...codes].reverse()));
		expect(opened).toMatchObject({ ok: true, value: { sheet: one } });
	}
});

test('a typical child takes three codes, with a portrait five', async ({ annotate }) => {
	const [plain, pictured] = [await printSheet(sheet()), await printSheet(sheet(1200))];
	await annotate(`${plain.bytes} bytes in ${plain.codes.length} codes; ${pictured.bytes} in ${pictured.codes.length}`);
	expect(plain).toMatchObject({ leftOut: 0, hasPortrait: false });
	expect(plain.codes.length).toBeLessThanOrEqual(3);
	expect(pictured).toMatchObject({ leftOut: 0, hasPortrait: true });
	expect(pictured.codes.length).toBeLessThanOrEqual(5);
});

test('what does not fit is left out, the hand-over never', async () => {
	const entries = Array.from({ length: 40 }, () => sheet().entries).flat();
	const { codes, leftOut } = await printSheet({ ...sheet(2000), entries: entries.map(withOtherWords) });
	expect(leftOut).toBeGreaterThan(0);
	expect(codes.length).toBeLessThanOrEqual(6);
	const opened = await openSheet(scanned(codes));
	expect(opened).toMatchObject({ ok: true, value: { sent: { id: entryNumber(sentNumber) } } });
});

/** As different from the others as another entry is. */
function withOtherWords(entry: unknown, number: number): unknown {
	const signature = Array.from(
		{ length: 86 },
		(_, i) => 'ABCDEFGHIJKLMNOP'[(number * number * 13 + i * number) % 16]
	).join('');
	return { ...(entry as object), signature };
}

describe('codes that were changed', () => {
	test('never make a sheet, even if every check sum was made anew', async () => {
		const printed = await printSheet(sheet());
		const bytes = wholeSheet(scanned(printed.codes));
		if (!bytes) throw new Error('not whole');
		const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
		await fc.assert(
			fc.asyncProperty(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, change) => {
				const wrong = bytes.slice();
				wrong[at] = (wrong[at] ?? 0) ^ change;
				const opened = await openSheet(scanned(codesOf(wrong, hash)));
				expect(opened).toEqual({ ok: false, error: { type: 'damaged' } });
			})
		);
	});

	test('of any bytes whatever are refused, never thrown on', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 900 }), async (bytes) => {
				const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
				expect((await openSheet(scanned(codesOf(bytes, hash)))).ok).toBe(false);
			})
		);
	});

	test('that unpack to more than a sheet holds are refused', async () => {
		const bomb = new Blob([new Uint8Array(10_000_000)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
		const compressed = new Uint8Array(await new Response(bomb).arrayBuffer());
		const bytes = Uint8Array.of(0, 0, 0, 0, ...compressed.slice(0, 4000));
		const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
		expect(await openSheet(scanned(codesOf(bytes, hash)))).toEqual({ ok: false, error: { type: 'damaged' } });
	});

	test('are not yet a sheet while one is missing', async () => {
		const { codes } = await printSheet(sheet());
		expect(await openSheet(scanned(codes.slice(1)))).toEqual({ ok: false, error: { type: 'incomplete' } });
	});
});
