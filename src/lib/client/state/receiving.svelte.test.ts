import { afterEach, expect, test } from 'vitest';
import { codesOf } from '#lib/domain/handover/codes.ts';
import { fold } from '#lib/domain/case-file/case-file.ts';
import {
	childAtStation,
	childOne,
	entryNumber,
	institution,
	parsed,
	sentNumber,
	station,
	stranger
} from '#lib/domain/handover/sheet-scenes.ts';
import { sheetFor } from '#lib/domain/handover/sheet.ts';
import { defaultPolicyId, policyById } from '#lib/domain/hold/policy.ts';
import { restDaysFor } from '#lib/domain/hold/rest-days.ts';
import type { InstitutionId } from '#lib/domain/ids.ts';
import { civilDate } from '#lib/domain/time.ts';
import { codeReader, type CodeReader } from '../scan/code-reader.ts';
import { drawnCodes } from '../scan/drawn-codes.ts';
import { printSheet } from '../handover/sheet-codes.ts';
import { sheetPortraitOf } from '../handover/sheet-portrait.ts';
import { inventedRoster } from './memory-children.ts';
import { memoryRow } from './memory-row.ts';
import { createMemoryVault } from './memory-vault.ts';
import { Receiving } from './receiving.svelte.ts';
import { Tablet } from './tablet.svelte.ts';

let reader: CodeReader | undefined;
afterEach(() => reader?.close());

async function tabletOf(house: InstitutionId): Promise<Tablet> {
	const policy = policyById(defaultPolicyId);
	if (!policy.ok) throw new Error('policy missing');
	const houses = [station, institution, stranger].map((id) => ({ id, name: `机构 ${id.slice(-1)}` }));
	const roster = {
		...inventedRoster,
		institutionId: house,
		institutions: houses.map((each) => ({
			...each,
			kind: each.id === station ? ('rescue_station' as const) : ('welfare_institution' as const)
		}))
	};
	const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
	const now = () => Date.parse('2026-04-07T02:00:00Z');
	const vault = createMemoryVault({
		now,
		random,
		roster,
		rowOf: (file) => memoryRow(file, civilDate('2026-04-07'), policy.value, restDaysFor(policy.value.calendar), roster),
		passphrase: 'deng deng deng deng deng',
		pin: '135790',
		badge: ''
	});
	const tablet = new Tablet({
		vault,
		preparePhoto: () => Promise.reject(new Error('no photos in this test')),
		now,
		random,
		timeZone: 'Asia/Shanghai'
	});
	await tablet.start();
	return tablet;
}

async function codes(): Promise<readonly string[]> {
	const entries = childAtStation();
	const sheet = sheetFor(fold(childOne, entries.map(parsed)), entries, entryNumber(sentNumber), { name: '救助站' });
	if (!sheet) throw new Error('no sheet');
	return (await printSheet({ ...sheet, portrait: undefined })).codes;
}

test('codes before the camera become a child on the tablet, which knows that it came with a sheet', async () => {
	const tablet = await tabletOf(institution);
	const receiving = new Receiving(tablet);
	reader = codeReader(() => Promise.resolve(undefined));
	for (const [i, code] of (await codes()).entries()) {
		// As the camera of another tablet sees it: not straight, not sharp, 5 pixels a module.
		const seen = await reader.read(drawnCodes([code], { module: 5.2, turned: 4 - i * 5, blur: 1 }));
		expect(seen).toEqual([code]);
		await receiving.take(seen);
	}
	expect(receiving.standing).toEqual({ type: 'ready' });
	const saved = await receiving.receive(civilDate('2026-04-07'), '');
	expect(saved?.ok).toBe(true);
	const opened = await tablet.vault.open(childOne);
	expect(opened.ok && opened.value?.sheet?.sent.id).toBe(entryNumber(sentNumber));
	const list = await tablet.vault.search({ offset: 0, limit: 10 });
	expect(list.ok && list.value.rows.map(({ name, custodian }) => [name, custodian])).toEqual([['小虎', institution]]);

	// The same sheet once more.
	const again = new Receiving(tablet);
	await again.take(await codes());
	expect(again.standing).toEqual({ type: 'received', on: '2026-04-07' });
});

test('all codes in one photo are taken at once, and something else beside them is not told as a fault', async () => {
	const receiving = new Receiving(await tabletOf(institution));
	await receiving.take([...(await codes()), 'https://example.org']);
	expect([receiving.standing?.type, receiving.fault]).toEqual(['ready', undefined]);
});

test('what is wrong is told: another code, another sheet, a newer program, a sheet that cannot be read', async () => {
	const receiving = new Receiving(await tabletOf(institution));
	const all = await codes();
	const faultAfter = async (text: string) => {
		await receiving.take([text]);
		return receiving.fault?.type;
	};
	expect(await faultAfter('https://example.org')).toBe('not_a_sheet');
	expect(await faultAfter((all[0] ?? '').replace('LKH1', 'LKH2'))).toBe('newer_program');
	expect(await faultAfter((all[0] ?? '').slice(0, -3))).toBe('damaged');
	expect(await faultAfter(all[0] ?? '')).toBeUndefined();
	expect(receiving.missing).toEqual(all.slice(1).map((_, i) => i + 2));
	const other = codesOf(new Uint8Array(1500), new Uint8Array(32));
	expect(await faultAfter(other[0] ?? '')).toBe('other_sheet');
	receiving.startAgain();
	const nothing = new Uint8Array(50);
	const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', nothing));
	expect(await faultAfter(codesOf(nothing, hash)[0] ?? '')).toBe('damaged');
	expect(receiving.scanned).toBeUndefined();
});

test('a sheet of one’s own, and one for another house, are told', async () => {
	for (const [house, standing] of [
		[station, 'own'],
		[stranger, 'other_house']
	] as const) {
		const receiving = new Receiving(await tabletOf(house));
		await receiving.take(await codes());
		expect(receiving.standing?.type).toBe(standing);
	}
});

test('a portrait for the sheet is a WebP of at most 1,200 bytes', async () => {
	const canvas = new OffscreenCanvas(320, 400);
	const pen = canvas.getContext('2d');
	if (!pen) throw new Error('no canvas');
	for (let i = 0; i < 400; i++) {
		pen.fillStyle = `hsl(${(i * 47) % 360} 60% ${30 + (i % 50)}%)`;
		pen.fillRect((i * 37) % 320, (i * 53) % 400, 40, 30);
	}
	const jpeg = await canvas.convertToBlob({ type: 'image/jpeg' });
	const made = await sheetPortraitOf(new Uint8Array(await jpeg.arrayBuffer()));
	if (!made) throw new Error('none made');
	expect(made.length).toBeLessThanOrEqual(1200);
	expect(new TextDecoder('latin1').decode(made.slice(8, 12))).toBe('WEBP');
	expect((await createImageBitmap(new Blob([made]))).width).toBeGreaterThanOrEqual(48);
	expect(await sheetPortraitOf(new Uint8Array([1, 2, 3]))).toBeUndefined();
});
