import { deflateSync, crc32 } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { examinePhoto, refusalIn, turns } from './examine.ts';

/*
 * Files that somebody might send as a photo (SECURITY T8). What comes out must be an image we drew ourselves, or nothing.
 */

const picture = (width = 640, height = 480) =>
	sharp({ create: { width, height, channels: 3, background: { r: 200, g: 120, b: 60 } } });

const outcome = async (bytes: Uint8Array) => {
	const examined = await examinePhoto(bytes, 20_000);
	return examined.ok ? examined.value.format : examined.error.type;
};

describe('a photo', () => {
	test.each(['jpeg', 'png', 'webp'] as const)(
		'in %s becomes two JPEGs, the large one not larger than 2048 px',
		async (format) => {
			const examined = await examinePhoto(await picture(3000, 1500).toFormat(format).toBuffer(), 20_000);
			if (!examined.ok) throw new Error(examined.error.type);
			expect(examined.value).toMatchObject({ format, width: 2048, height: 1024 });
			expect(await sharp(examined.value.full).metadata()).toMatchObject({ format: 'jpeg', width: 2048, height: 1024 });
			expect(await sharp(examined.value.thumbnail).metadata()).toMatchObject({
				format: 'jpeg',
				width: 320,
				height: 160
			});
		}
	);

	test('a small one is not blown up', async () => {
		const examined = await examinePhoto(await picture(100, 50).jpeg().toBuffer(), 20_000);
		expect(examined).toMatchObject({ ok: true, value: { width: 100, height: 50 } });
	});

	test('loses the place where it was taken, the camera, the words in it, and keeps standing upright', async () => {
		const withMetadata = await picture(400, 200)
			.withExif({
				IFD0: { Artist: 'CANARY-ARTIST', Model: 'CANARY-CAMERA', Orientation: '6' },
				IFD3: { GPSLatitude: '31/1 14/1 0/1', GPSLongitude: '121/1 28/1 0/1', GPSLatitudeRef: 'N' }
			})
			.withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">CANARY-XMP</x:xmpmeta>')
			.withIccProfile('srgb')
			.withMetadata({ orientation: 6 })
			.jpeg()
			.toBuffer();
		expect((await sharp(withMetadata).metadata()).exif).toBeDefined();
		const examined = await examinePhoto(withMetadata, 20_000);
		if (!examined.ok) throw new Error(examined.error.type);
		for (const bytes of [examined.value.full, examined.value.thumbnail]) {
			const { exif, xmp, iptc, icc, orientation } = await sharp(bytes).metadata();
			expect({ exif, xmp, iptc, icc, orientation }).toEqual({
				exif: undefined,
				xmp: undefined,
				iptc: undefined,
				icc: undefined,
				orientation: undefined
			});
			expect(Buffer.from(bytes).includes('CANARY')).toBe(false);
			expect(Buffer.from(bytes).includes('Exif')).toBe(false);
		}
		expect(examined.value).toMatchObject({ width: 200, height: 400 });
	});
});

describe('what is no photo', () => {
	const script = '<script>alert(1)</script>';
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">${script}</svg>`;

	test.each<[string, () => Promise<Uint8Array>]>([
		['nothing', async () => new Uint8Array()],
		['one byte', async () => new Uint8Array([0xff])],
		['text', async () => Buffer.from('a letter')],
		['a web page', async () => Buffer.from(`<!doctype html>${script}`)],
		['an SVG with a script', async () => Buffer.from(svg)],
		['an SVG that begins like XML', async () => Buffer.from(`<?xml version="1.0"?>${svg}`)],
		['a GIF', () => picture(10, 10).gif().toBuffer()],
		['a TIFF', () => picture(10, 10).tiff().toBuffer()],
		['an AVIF', () => picture(10, 10).avif().toBuffer()],
		['a PDF', async () => Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj')],
		['a zip', async () => Buffer.from([0x50, 0x4b, 0x03, 0x04, 0, 0, 0, 0])],
		['a program', async () => Buffer.concat([Buffer.from([0x7f]), Buffer.from('ELF')])],
		['a WAV, which begins like a WebP', async () => Buffer.from('RIFF\x00\x00\x00\x00WAVEfmt ')]
	])('%s is not taken for one', async (_, make) => {
		expect(await outcome(await make())).toBe('not_a_photo');
	});

	test.each<[string, () => Promise<Uint8Array>]>([
		['a JPEG cut in half', async () => (await picture().jpeg().toBuffer()).subarray(0, 1200)],
		['a PNG cut in half', async () => half(await noise().png().toBuffer())],
		['a WebP cut in half', async () => half(await noise().webp().toBuffer())],
		[
			'the first bytes of a JPEG and then a web page',
			async () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(`<html>${script}`)])
		],
		[
			'the first bytes of a PNG and then nothing',
			async () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
		],
		['a PNG whose size says zero', async () => png(0, 0)]
	])('%s is refused as damaged', async (_, make) => {
		expect(await outcome(await make())).toBe('damaged');
	});

	test.each<[string, (photo: Buffer) => Buffer]>([
		['a web page behind its end', (photo) => Buffer.concat([photo, Buffer.from(`<html>${script}`)])],
		['a zip behind its end', (photo) => Buffer.concat([photo, Buffer.from('PK\x03\x04 payload')])],
		[
			'a script in its comment',
			(photo) => Buffer.concat([photo.subarray(0, 2), comment(`*/=1;${script}/*`), photo.subarray(2)])
		]
	])('a JPEG with %s comes out without it', async (_, make) => {
		const examined = await examinePhoto(make(await picture().jpeg().toBuffer()), 20_000);
		if (!examined.ok) throw new Error(examined.error.type);
		for (const bytes of [examined.value.full, examined.value.thumbnail]) {
			expect(Buffer.from(bytes).includes('script')).toBe(false);
			expect(Buffer.from(bytes).includes('PK\x03\x04')).toBe(false);
		}
	});

	test('a PNG that claims 900 million pixels is refused before it is unpacked', async () => {
		const bomb = png(30_000, 30_000);
		expect(bomb.length).toBeLessThan(200_000);
		const before = process.memoryUsage().rss;
		expect(await outcome(bomb)).toBe('too_many_pixels');
		expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
	});

	test('one pixel row over 50 million is too many', async () => {
		expect(await outcome(png(10_000, 5_001))).toBe('too_many_pixels');
	});

	test('more than 15 MB is refused unread', async () => {
		expect(await outcome(Buffer.concat([await picture().jpeg().toBuffer(), Buffer.alloc(15_000_000)]))).toBe(
			'too_large'
		);
	});

	test('whoever takes too long is ended, and nothing is said of the photo', async () => {
		await expect(examinePhoto(await picture(3000, 3000).jpeg().toBuffer(), 1)).rejects.toThrow('took more than 1 ms');
	});
});

describe('what sharp says when it fails', () => {
	test.each([
		['VipsJpeg: premature end of JPEG image', 'damaged'],
		['vipspng: libpng read error', 'damaged'],
		['webp2vips: unable to read pixels', 'damaged'],
		['Input buffer has corrupt header: webp: unable to parse image', 'damaged'],
		['Input image exceeds pixel limit', 'too_many_pixels'],
		['VipsJpeg: Insufficient memory (case 4)', undefined],
		['vips_tracked: out of memory --- size == 48MB', undefined],
		['unable to open for write\nsystem error: No space left on device', undefined],
		["Cannot find module 'sharp'", undefined]
	])('“%s” says of the file: %s', (message, refusal) => {
		expect(refusalIn(message)?.type).toBe(refusal);
	});
});

describe('taking turns', () => {
	test('two at a time, whenever the next one comes', async () => {
		for (let pause = 0; pause <= 10; pause++) {
			const inTurn = turns(2);
			let running = 0;
			let most = 0;
			const begin = () => {
				let end: () => void = () => undefined;
				const ended = new Promise<void>((resolve) => (end = resolve));
				const work = inTurn(() => {
					most = Math.max(most, ++running);
					return ended.then(() => void running--);
				});
				return { end, work };
			};
			const photos = [begin(), begin(), begin()];
			photos[0]?.end();
			for (let step = 0; step < pause; step++) await Promise.resolve();
			photos.push(begin());
			for (const { end } of photos) end();
			await Promise.all(photos.map(({ work }) => work));
			expect({ pause, most, running }).toEqual({ pause, most: 2, running: 0 });
		}
	});

	test('one that fails gives its place on', async () => {
		const inTurn = turns(1);
		await expect(inTurn(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
		expect(await inTurn(async () => 'next')).toBe('next');
	});
});

function half(bytes: Buffer): Buffer {
	return bytes.subarray(0, Math.floor(bytes.length / 2));
}

/** A picture that does not compress to nothing. */
function noise() {
	return sharp({
		create: {
			width: 200,
			height: 200,
			channels: 3,
			background: '#808080',
			noise: { type: 'gaussian', mean: 128, sigma: 60 }
		}
	});
}

/** A JPEG comment segment. */
function comment(text: string): Buffer {
	const length = Buffer.alloc(2);
	length.writeUInt16BE(text.length + 2);
	return Buffer.concat([Buffer.from([0xff, 0xfe]), length, Buffer.from(text)]);
}

/** A grey PNG of one bit per pixel, all one colour: a few kilobytes however large it says it is. */
function png(width: number, height: number): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([1, 0, 0, 0, 0], 8);
	const rows = Buffer.alloc((Math.ceil(width / 8) + 1) * height);
	const chunk = (type: string, data: Uint8Array) => {
		const named = Buffer.concat([Buffer.from(type), data]);
		const length = Buffer.alloc(4);
		length.writeUInt32BE(data.length);
		const sum = Buffer.alloc(4);
		sum.writeUInt32BE(crc32(named) >>> 0);
		return Buffer.concat([length, named, sum]);
	};
	return Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		chunk('IHDR', header),
		chunk('IDAT', deflateSync(rows)),
		chunk('IEND', new Uint8Array())
	]);
}
