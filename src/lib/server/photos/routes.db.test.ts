import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test } from 'vitest';
import { enrolled } from '../../../../tests/contract/entry-log/enrolled.ts';
import {
	newChild,
	newHouse,
	newItem,
	testTablet,
	type TestTablet
} from '../../../../tests/contract/entry-log/tablet.ts';
import { registry, signedRequest } from '../../../../tests/contract/registry.ts';
import type { ChildId, Sha256 } from '#lib/domain/ids.ts';
import { photoStateHeader, photoStateSchema } from '#lib/sync/protocol.ts';
import { DiskPhotoStore } from './photo-store.ts';
import { RegistryPhotos } from './registry-photos.ts';
import { picture, state, upload, type PhotoDoor } from './routes.ts';
import { PhotoUploads, uploadsPath } from './uploads.ts';

const piece = 60_000;

async function photoRegistry() {
	const { database, door: sync, a } = await registry();
	const folder = await mkdtemp(join(tmpdir(), 'lampkeep-photos-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const open = (): PhotoDoor => {
		const photos = new RegistryPhotos(database, new DiskPhotoStore(folder));
		return { ...sync, photos, uploads: new PhotoUploads(join(folder, 'incoming'), photos, sync.now) };
	};
	return { database, a, folder, door: open(), open };
}

/** A photo that does not compress, so that it has several pieces. */
async function photo(width = 600, height = 400): Promise<{ bytes: Uint8Array; sha256: Sha256 }> {
	const noise = { type: 'gaussian' as const, mean: 120, sigma: 50 };
	const bytes = await sharp({ create: { width, height, channels: 3, background: '#000', noise } })
		.jpeg({ quality: 90 })
		.toBuffer();
	return { bytes, sha256: hashOf(bytes) };
}

function hashOf(bytes: Uint8Array): Sha256 {
	return createHash('sha256').update(bytes).digest('hex') as Sha256;
}

const tus = { 'tus-resumable': '1.0.0' };

async function created(
	door: PhotoDoor,
	tablet: TestTablet,
	sha256: string,
	length: number,
	mediaType = 'image/jpeg',
	first?: Uint8Array
): Promise<Response> {
	const encode = (text: string) => Buffer.from(text).toString('base64');
	const headers = {
		...tus,
		'upload-length': String(length),
		'upload-metadata': `sha256 ${encode(sha256)},filetype ${encode(mediaType)}`
	};
	const piece = first && { body: first, headers: { ...headers, 'content-type': 'application/offset+octet-stream' } };
	return upload(door, await signedRequest(door, tablet, uploadsPath, { method: 'POST', headers, ...piece }));
}

async function sent(
	door: PhotoDoor,
	tablet: TestTablet,
	sha256: string,
	bytes: Uint8Array,
	offset: number
): Promise<Response> {
	const headers = { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) };
	return upload(
		door,
		await signedRequest(door, tablet, `${uploadsPath}/${sha256}`, { method: 'PATCH', headers, body: bytes })
	);
}

async function uploaded(
	door: PhotoDoor,
	tablet: TestTablet,
	bytes: Uint8Array,
	sha256 = hashOf(bytes)
): Promise<number> {
	expect((await created(door, tablet, sha256, bytes.length)).status).toBe(201);
	let status = 204;
	for (let offset = 0; offset < bytes.length && status === 204; offset += piece) {
		({ status } = await sent(door, tablet, sha256, bytes.subarray(offset, offset + piece), offset));
	}
	return status;
}

async function stateOf(door: PhotoDoor, tablet: TestTablet, sha256: string) {
	const answer = await state(door, await signedRequest(door, tablet, `/api/photos/${sha256}/state`), sha256);
	return photoStateSchema.parse(await answer.json()).state;
}

async function shown(
	door: PhotoDoor,
	tablet: TestTablet,
	sha256: string,
	copy: 'full' | 'thumbnail' = 'thumbnail'
): Promise<Response> {
	const request = await signedRequest(door, tablet, `/api/photos/${sha256}/${copy}`);
	return picture(door, request, sha256, copy, async () => undefined);
}

async function named(
	door: PhotoDoor,
	tablet: TestTablet,
	sha256: Sha256,
	child: ChildId = newChild()
): Promise<ChildId> {
	const entry = tablet.record('photo.added', child, {
		itemId: newItem(),
		photo: { sha256, view: 'front', mediaType: 'image/jpeg', bytes: 1000, width: 600, height: 400, publishable: false }
	});
	const receipts = await door.log.append(tablet, [entry], door.now().toISOString());
	expect(receipts).toMatchObject([{ outcome: 'accepted' }]);
	return child;
}

/** What the answer to the last piece says of the photo. */
function told(answer: Response) {
	const header = answer.headers.get(photoStateHeader);
	return header === null ? undefined : photoStateSchema.parse(JSON.parse(decodeURIComponent(header)));
}

describe('a photo of a child', () => {
	test('that comes whole with its announcement has its receipt in the same answer', async () => {
		const { door, a, folder } = await photoRegistry();
		const { bytes, sha256 } = await photo();
		const answer = await created(door, a, sha256, bytes.length, 'image/jpeg', bytes);
		expect(answer.status).toBe(201);
		const state = await stateOf(door, a, sha256);
		expect(state).toMatchObject({ status: 'stored' });
		expect(told(answer)).toMatchObject({ sha256, state });
		expect(await readdir(join(folder, 'incoming'))).toEqual([]);
	});

	test('gets its receipt with its last piece and not before', async () => {
		const { door, a } = await photoRegistry();
		const { bytes, sha256 } = await photo();
		expect(told(await created(door, a, sha256, bytes.length, 'image/jpeg', bytes.subarray(0, piece)))).toBeUndefined();
		const last = await sent(door, a, sha256, bytes.subarray(piece), piece);
		expect(last.status).toBe(204);
		expect(told(last)).toMatchObject({ sha256, state: await stateOf(door, a, sha256) });
	});

	test('that is none is refused in the answer to its last piece', async () => {
		const { door, a } = await photoRegistry();
		const bytes = new TextEncoder().encode('no photo at all');
		const answer = await created(door, a, hashOf(bytes), bytes.length, 'image/jpeg', bytes);
		expect(told(answer)?.state).toEqual({ status: 'refused', reason: 'not_a_photo' });
	});

	test('that comes whole under the name of another is not kept', async () => {
		const { door, a, folder } = await photoRegistry();
		const [mine, other] = [await photo(), await photo()];
		const answer = await created(door, a, mine.sha256, other.bytes.length, 'image/jpeg', other.bytes);
		expect(answer.status).toBe(422);
		expect(told(answer)).toBeUndefined();
		expect(await readdir(join(folder, 'incoming'))).toEqual([]);
		expect((await created(door, a, mine.sha256, mine.bytes.length, 'image/jpeg', mine.bytes)).status).toBe(201);
	});

	test('travels in pieces, gets its receipt, and comes back as a picture made by the registry', async () => {
		const { door, a } = await photoRegistry();
		const { bytes, sha256 } = await photo();
		expect(await stateOf(door, a, sha256)).toEqual({ status: 'missing' });
		expect(await uploaded(door, a, bytes)).toBe(204);
		expect(await stateOf(door, a, sha256)).toMatchObject({ status: 'stored', receivedAt: '2026-11-22T04:00:00.000Z' });
		await named(door, a, sha256);
		const answer = await shown(door, a, sha256, 'full');
		expect(answer.status).toBe(200);
		expect(Object.fromEntries(answer.headers)).toMatchObject({
			'content-type': 'image/jpeg',
			'x-content-type-options': 'nosniff',
			'content-security-policy': expect.stringContaining('sandbox') as string,
			'content-disposition': expect.stringMatching(/^attachment/) as string
		});
		const drawn = new Uint8Array(await answer.arrayBuffer());
		expect(hashOf(drawn)).not.toBe(sha256);
		expect(await sharp(drawn).metadata()).toMatchObject({ format: 'jpeg', width: 600, height: 400 });
		const small = new Uint8Array(await (await shown(door, a, sha256)).arrayBuffer());
		expect(await sharp(small).metadata()).toMatchObject({ width: 320 });
	});

	test('goes on where it stopped when registry and line were cut in between', async () => {
		const { door, a, open } = await photoRegistry();
		const { bytes, sha256 } = await photo();
		await created(door, a, sha256, bytes.length);
		await sent(door, a, sha256, bytes.subarray(0, piece), 0);
		const restarted = open();
		expect(await stateOf(restarted, a, sha256)).toEqual({ status: 'partial', offset: piece });
		const head = await upload(
			restarted,
			await signedRequest(restarted, a, `${uploadsPath}/${sha256}`, { method: 'HEAD', headers: tus })
		);
		expect(head.headers.get('upload-offset')).toBe(String(piece));
		expect((await sent(restarted, a, sha256, bytes.subarray(0, piece), 0)).status).toBe(409);
		expect((await sent(restarted, a, sha256, bytes.subarray(piece), piece)).status).toBe(204);
		expect(await stateOf(restarted, a, sha256)).toMatchObject({ status: 'stored' });
	});

	test('that arrived whole while the registry died is taken when somebody asks', async () => {
		const { door, a, folder } = await photoRegistry();
		const { bytes, sha256 } = await photo(100, 100);
		await created(door, a, sha256, bytes.length);
		await writeFile(join(folder, 'incoming', sha256), bytes);
		expect(await stateOf(door, a, sha256)).toMatchObject({ status: 'stored' });
	});

	test('sent twice has the receipt of the first time', async () => {
		const { door, a } = await photoRegistry();
		const { bytes, sha256 } = await photo(100, 100);
		await uploaded(door, a, bytes);
		const first = await stateOf(door, a, sha256);
		await uploaded(door, a, bytes);
		expect(await stateOf(door, a, sha256)).toEqual(first);
	});

	test('that no entry names is kept and shown to nobody', async () => {
		const { door, a } = await photoRegistry();
		const { bytes, sha256 } = await photo(100, 100);
		await uploaded(door, a, bytes);
		expect((await shown(door, a, sha256)).status).toBe(404);
		await named(door, a, sha256);
		expect((await shown(door, a, sha256)).status).toBe(200);
	});

	test('is shown to the house the child was handed to, and to no other', async () => {
		const { door, a, database } = await photoRegistry();
		const [b, c] = [testTablet(newHouse()), testTablet(newHouse())];
		await enrolled(database, b);
		await enrolled(database, c);
		const { bytes, sha256 } = await photo(100, 100);
		await uploaded(door, a, bytes);
		const child = await named(door, a, sha256);
		expect((await shown(door, b, sha256)).status).toBe(404);
		const handed = a.record('handover.sent', child, { itemId: newItem(), handover: { to: b.institutionId } });
		await door.log.append(a, [handed], door.now().toISOString());
		expect((await shown(door, b, sha256)).status).toBe(200);
		expect((await shown(door, c, sha256)).status).toBe(404);
	});

	test('a desk sees the photos of its own house; without a session and without a signature nobody does', async () => {
		const { door, a } = await photoRegistry();
		const { bytes, sha256 } = await photo(100, 100);
		await uploaded(door, a, bytes);
		await named(door, a, sha256);
		const bare = () => new Request(`https://registry.example/api/photos/${sha256}/full`);
		const asked = (institutionId: typeof a.institutionId, everyHouse: boolean) =>
			picture(door, bare(), sha256, 'full', async () => ({ institutionId, everyHouse }));
		expect((await asked(a.institutionId, false)).status).toBe(200);
		expect((await asked(newHouse(), false)).status).toBe(404);
		expect((await asked(newHouse(), true)).status).toBe(200);
		expect((await picture(door, bare(), sha256, 'full', async () => undefined)).status).toBe(401);
	});

	describe('that is none', () => {
		test('is refused with a reason the tablet can show, once and for all', async () => {
			const { door, a, folder } = await photoRegistry();
			const page = Buffer.from('<!doctype html><script>alert(1)</script>');
			expect(await uploaded(door, a, page)).toBe(204);
			expect(await stateOf(door, a, hashOf(page))).toEqual({ status: 'refused', reason: 'not_a_photo' });
			await named(door, a, hashOf(page));
			expect((await shown(door, a, hashOf(page))).status).toBe(404);
			expect(await readdir(join(folder, 'incoming'))).toEqual([]);
		});

		test('other bytes than announced are not kept, and the right ones can still come', async () => {
			const { door, a } = await photoRegistry();
			const { bytes, sha256 } = await photo(100, 100);
			const other = await photo(101, 100);
			expect(await uploaded(door, a, other.bytes, sha256)).toBe(422);
			expect(await stateOf(door, a, sha256)).toEqual({ status: 'missing' });
			expect(await uploaded(door, a, bytes)).toBe(204);
			expect(await stateOf(door, a, sha256)).toMatchObject({ status: 'stored' });
		});

		test.each([
			['without a hash', 'nothing', 1000, 'image/jpeg', 400],
			['named like a path', '../../../etc/passwd', 1000, 'image/jpeg', 400],
			['announced as an SVG', 'a'.repeat(64), 1000, 'image/svg+xml', 400],
			['announced with 16 MB', 'a'.repeat(64), 16_000_000, 'image/jpeg', 413]
		])('an upload %s is refused before it begins', async (_, sha256, length, mediaType, status) => {
			const { door, a } = await photoRegistry();
			const answer = await created(door, a, sha256, length, mediaType);
			expect(answer.status).toBe(status);
			expect(await answer.text()).not.toMatch(/Error:|at .*\.js/);
		});

		test.each(['..%2f..%2fsecret.key', 'config.json', `${'a'.repeat(64)}.json`])(
			'an upload called %s is not there',
			async (name) => {
				const { door, a } = await photoRegistry();
				const head = await signedRequest(door, a, `${uploadsPath}/${name}`, { method: 'HEAD', headers: tus });
				expect((await upload(door, head)).status).toBe(404);
			}
		);

		test('a piece of more than a megabyte, and a request nobody signed, are refused', async () => {
			const { door, a } = await photoRegistry();
			expect((await sent(door, a, 'a'.repeat(64), randomBytes(1_000_001), 0)).status).toBe(413);
			const bare = new Request(`https://registry.example${uploadsPath}`, { method: 'POST', headers: tus });
			expect((await upload(door, bare)).status).toBe(401);
		});
	});
});
