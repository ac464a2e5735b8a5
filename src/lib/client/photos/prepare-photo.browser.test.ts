import { describe, expect, test } from 'vitest';
import type { PreparedPhoto } from '../tablet.ts';
import { jpegMarkers, plantedWords, scene, withExif } from './generated-pictures.ts';
import { photoPreparer, preparePhoto, type PhotoFault } from './prepare-photo.ts';

async function prepared(file: Blob): Promise<PreparedPhoto> {
	const result = await preparePhoto(file);
	if (!result.ok) throw new Error(`refused: ${result.error.type}`);
	return result.value;
}

async function refusal(file: Blob): Promise<PhotoFault> {
	const result = await preparePhoto(file);
	if (result.ok) throw new Error('the picture was taken');
	return result.error;
}

async function decoded(bytes: Uint8Array<ArrayBuffer>) {
	const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
	const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
	if (context === null) throw new Error('no canvas');
	context.drawImage(bitmap, 0, 0);
	const colour = (x: number, y: number) => [...context.getImageData(x, y, 1, 1).data.slice(0, 3)];
	return { width: bitmap.width, height: bitmap.height, colour };
}

function contains(bytes: Uint8Array, words: string): boolean {
	return new TextDecoder('latin1').decode(bytes).includes(words);
}

/** The output claims nothing but pixels: no APPn but JFIF's APP0, no comment. */
function metadataMarkers(bytes: Uint8Array): number[] {
	return jpegMarkers(bytes).filter((marker) => (marker > 0xe0 && marker <= 0xef) || marker === 0xfe);
}

describe('a photo from the camera', () => {
	test('is turned upright and loses place, words and every other metadata', async () => {
		const taken = await withExif(await scene({ width: 1600, height: 1200 }), 6);
		const original = new Uint8Array(await taken.arrayBuffer());
		expect(jpegMarkers(original)).toContain(0xe1);
		expect(contains(original, plantedWords)).toBe(true);

		const { photo, bytes, thumbnail } = await prepared(taken);
		expect([photo.width, photo.height]).toEqual([1200, 1600]);
		for (const output of [bytes, thumbnail]) {
			expect(metadataMarkers(output)).toEqual([]);
			expect(contains(output, 'Exif')).toBe(false);
			expect(contains(output, plantedWords)).toBe(false);
		}
		// Orientation 6: the stored upper left corner (red) is the upper right corner of what is seen.
		const seen = await decoded(bytes);
		expect([seen.width, seen.height]).toEqual([1200, 1600]);
		const [red, , blue] = seen.colour(1150, 40);
		expect(red).toBeGreaterThan(200);
		expect(blue).toBeLessThan(60);
		expect(seen.colour(1150, 1560)[2]).toBeGreaterThan(200);
	});

	test('is at most 2048 px long, with a thumbnail of 320 px', async () => {
		const { photo, bytes, thumbnail } = await prepared(await scene({ width: 4000, height: 3000 }));
		expect([photo.width, photo.height]).toEqual([2048, 1536]);
		expect(await decoded(bytes)).toMatchObject({ width: 2048, height: 1536 });
		expect(await decoded(thumbnail)).toMatchObject({ width: 320, height: 240 });
		expect(photo.bytes).toBe(bytes.length);
		expect(photo.mediaType).toBe('image/jpeg');
	});

	test('is named by the SHA-256 of its bytes', async () => {
		const { photo, bytes } = await prepared(await scene({ width: 900, height: 700 }));
		const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
		expect(photo.sha256).toBe([...digest].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
	});

	test('is not made larger than it was', async () => {
		const { photo } = await prepared(await scene({ width: 200, height: 100 }));
		expect([photo.width, photo.height]).toEqual([200, 100]);
	});

	test('may be a PNG or WebP and becomes a JPEG on white', async () => {
		const canvas = new OffscreenCanvas(900, 700);
		canvas.getContext('2d');
		const open = await prepared(await canvas.convertToBlob({ type: 'image/png' }));
		expect((await decoded(open.bytes)).colour(450, 350)).toEqual([255, 255, 255]);
		const webp = await prepared(await scene({ width: 900, height: 700, type: 'image/webp' }));
		expect(webp.photo).toMatchObject({ mediaType: 'image/jpeg', width: 900, height: 700 });
	});

	test('is read by its bytes, whatever the file calls itself', async () => {
		const jpeg = await scene({ width: 900, height: 700 });
		expect((await prepared(new Blob([jpeg], { type: 'text/html' }))).photo.width).toBe(900);
	});

	test('comes out the same on the page itself, where a worker cannot draw', async () => {
		const file = await withExif(await scene({ width: 1600, height: 1200 }), 6);
		const onPage = await photoPreparer(undefined)(file);
		if (!onPage.ok) throw new Error(onPage.error.type);
		expect(onPage.value.photo).toMatchObject({ width: 1200, height: 1600, quality: 'usable' });
		expect(metadataMarkers(onPage.value.bytes)).toEqual([]);
	});
});

describe('the word for a photo', () => {
	const edge = { width: 2048, height: 1536 };

	test('usable: a sharp, lit picture', async () => {
		expect((await prepared(await scene(edge))).photo.quality).toBe('usable');
	});

	test('usable: a hand shaken by two pixels of 2048 is no blur', async () => {
		expect((await prepared(await scene({ ...edge, blur: 2 }))).photo.quality).toBe('usable');
	});

	test('blurred: a hundredth of the edge runs together', async () => {
		expect((await prepared(await scene({ ...edge, blur: 20 }))).photo.quality).toBe('blurred');
	});

	test('blurred: a wall shows nothing', async () => {
		const canvas = new OffscreenCanvas(2048, 1536);
		const context = canvas.getContext('2d');
		if (context === null) throw new Error('no canvas');
		context.fillStyle = '#999';
		context.fillRect(0, 0, 2048, 1536);
		expect((await prepared(await canvas.convertToBlob({ type: 'image/jpeg' }))).photo.quality).toBe('blurred');
	});

	test('dark: a room without light, though its edges are sharp', async () => {
		expect((await prepared(await scene({ ...edge, light: 0.15 }))).photo.quality).toBe('dark');
	});

	test('small: fewer pixels than 640 x 480', async () => {
		expect((await prepared(await scene({ width: 600, height: 500 }))).photo.quality).toBe('small');
		expect((await prepared(await scene({ width: 640, height: 480 }))).photo.quality).toBe('usable');
	});
});

describe('a file that cannot be a photo', () => {
	test('a text, an SVG and a GIF are not images here', async () => {
		const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
		expect(await refusal(new Blob(['once upon a time'], { type: 'image/jpeg' }))).toEqual({ type: 'not_an_image' });
		expect(await refusal(new Blob([svg], { type: 'image/svg+xml' }))).toEqual({ type: 'not_an_image' });
		expect(await refusal(new Blob(['GIF89a..................']))).toEqual({ type: 'not_an_image' });
		expect(await refusal(new Blob([]))).toEqual({ type: 'not_an_image' });
	});

	test('HEIC is named as such', async () => {
		const ftyp = new Blob([Uint8Array.from([0, 0, 0, 24]), 'ftypheic', Uint8Array.from([0, 0, 0, 0]), 'mif1heic']);
		expect(await refusal(ftyp)).toEqual({ type: 'heic_unsupported' });
	});

	test('a small file that claims 30,000 x 30,000 pixels is refused before it is decoded', async () => {
		const claim = Uint8Array.from([
			...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52],
			...[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 8, 2, 0, 0, 0]
		]);
		const before = performance.now();
		expect(await refusal(new Blob([claim]))).toMatchObject({ type: 'too_many_pixels', width: 30000, height: 30000 });
		// A decode of 900 MP would take minutes; the bound is loose for a busy machine.
		expect(performance.now() - before).toBeLessThan(5_000);
	});

	test('more than 60 MB is refused unread', async () => {
		const size = 60_000_001;
		expect(await refusal(new Blob([new Uint8Array(size)]))).toEqual({
			type: 'too_large',
			bytes: size,
			maximum: 60_000_000
		});
	});

	test('a damaged picture is unreadable', async () => {
		const jpeg = await scene({ width: 900, height: 700 });
		const png = await scene({ width: 900, height: 700, type: 'image/png' });
		expect(await refusal(jpeg.slice(0, 150))).toEqual({ type: 'unreadable' });
		expect(await refusal(png.slice(0, 60))).toEqual({ type: 'unreadable' });
		expect(await refusal(new Blob([png.slice(0, 40), new Uint8Array(5_000)]))).toEqual({ type: 'unreadable' });
	});

	test('a refused picture does not hold up the next one', async () => {
		const [bad, good] = await Promise.all([
			preparePhoto(new Blob(['no picture'])),
			preparePhoto(await scene({ width: 900, height: 700 }))
		]);
		expect(bad.ok).toBe(false);
		expect(good.ok).toBe(true);
	});

	test('nor does one whose worker could not be started', async () => {
		let starts = 0;
		const prepare = photoPreparer(() => {
			starts += 1;
			if (starts === 1) throw new Error('no worker today');
			return new Worker(new URL('./photo.worker.ts', import.meta.url), { type: 'module' });
		});
		const picture = await scene({ width: 900, height: 700 });
		await expect(prepare(picture)).rejects.toThrow('no worker today');
		expect((await prepare(picture)).ok).toBe(true);
	});
});
