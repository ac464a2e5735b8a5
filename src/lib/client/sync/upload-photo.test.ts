import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { expect, onTestFinished, test } from 'vitest';
import type { Sha256 } from '#lib/domain/ids.ts';
import { challengeHeader, photoStateHeader, type PhotoState } from '#lib/sync/protocol.ts';
import { deviceId, epochOf, HandClock, hexOf } from './fakes.ts';
import { Registry } from './registry.ts';
import { pieceBytes, uploadPhoto, uploadsPath } from './upload-photo.ts';

/* The photo's way against @tus/server, the server's side of the same protocol. */

async function tusRegistry(says?: string) {
	const directory = await mkdtemp(join(tmpdir(), 'lampkeep-uploads-'));
	onTestFinished(() => rm(directory, { recursive: true, force: true }));
	const server = new Server({
		path: uploadsPath,
		datastore: new FileStore({ directory }),
		namingFunction: (_request, metadata) => metadata?.['sha256'] ?? '',
		respectForwardedHeaders: false
	});
	const asked: string[] = [];
	let pieces = Number.POSITIVE_INFINITY;
	const registry = new Registry({
		fetch: async (path, init) => {
			if (path === '/api/sync/hello') {
				return Response.json({
					protocol: 1,
					epoch: epochOf(1),
					challenge: 'c',
					serverTime: '2026-11-22T08:00:00Z'
				});
			}
			if (init.body && pieces-- === 0) throw new TypeError('network error');
			asked.push(`${init.method} ${path.replace(/[0-9a-f]{64}/, '<sha256>')}`);
			const answer = await server.handleWeb(new Request(`http://inside:3000${path}`, init));
			answer.headers.set(challengeHeader, 'c');
			if (says !== undefined) answer.headers.set(photoStateHeader, says);
			return answer;
		},
		sign: async () => 'signed',
		deviceId: async () => deviceId,
		timers: new HandClock(),
		now: () => 0
	});
	const stored = (sha256: Sha256) => readFile(join(directory, sha256)).then((bytes) => hexOf(new Uint8Array(bytes)));
	return { registry, asked, stored, cutAfter: (count: number) => (pieces = count) };
}

async function photo(size: number) {
	const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 7) % 256);
	const sha256 = (await hexOf(bytes)) as Sha256;
	const onArrived = () => undefined;
	return { sha256, bytes, mediaType: 'image/jpeg', onArrived, signal: new AbortController().signal };
}

test('a photo lies on the registry under its SHA-256, byte for byte', async () => {
	const { registry, asked, stored } = await tusRegistry();
	const { sha256, ...rest } = await photo(2 * pieceBytes + 1);
	expect(await uploadPhoto(registry, { sha256, ...rest, begun: false })).toEqual({ ok: true, value: undefined });
	expect(await stored(sha256)).toBe(sha256);
	expect(asked).toEqual([`POST ${uploadsPath}`, `PATCH ${uploadsPath}/<sha256>`, `PATCH ${uploadsPath}/<sha256>`]);
});

test('a photo of one piece goes there and its receipt comes back in one exchange', async () => {
	const { sha256, ...rest } = await photo(160_000);
	const state: PhotoState = {
		...{ protocol: 1, epoch: epochOf(1), challenge: 'c', sha256 },
		state: { status: 'stored', receivedAt: '2026-11-22T08:00:00.000Z', receipt: 'P0000001' }
	};
	const { registry, asked, stored } = await tusRegistry(encodeURIComponent(JSON.stringify(state)));
	expect(await uploadPhoto(registry, { sha256, ...rest, begun: false })).toEqual({ ok: true, value: state });
	expect(await stored(sha256)).toBe(sha256);
	expect(asked).toEqual([`POST ${uploadsPath}`]);
});

test.each(['%', 'no JSON', '{"state":{"status":"stored"}}'])('"%s" is no receipt', async (says) => {
	const { registry } = await tusRegistry(says);
	expect(await uploadPhoto(registry, { ...(await photo(1000)), begun: false })).toEqual({ ok: true, value: undefined });
});

test('after a cut the rest goes to the same address', async () => {
	const { registry, asked, stored, cutAfter } = await tusRegistry();
	const { sha256, ...rest } = await photo(3 * pieceBytes);
	cutAfter(2);
	expect(await uploadPhoto(registry, { sha256, ...rest, begun: false })).toEqual({
		ok: false,
		error: { type: 'unreachable' }
	});
	cutAfter(Number.POSITIVE_INFINITY);
	asked.length = 0;
	expect(await uploadPhoto(registry, { sha256, ...rest, begun: true })).toEqual({ ok: true, value: undefined });
	expect(asked).toEqual([`HEAD ${uploadsPath}/<sha256>`, `PATCH ${uploadsPath}/<sha256>`]);
	expect(await stored(sha256)).toBe(sha256);
});

test('an upload that the registry has thrown away meanwhile begins again', async () => {
	const { registry, stored } = await tusRegistry();
	const { sha256, ...rest } = await photo(1000);
	expect(await uploadPhoto(registry, { sha256, ...rest, begun: true })).toEqual({ ok: true, value: undefined });
	expect(await stored(sha256)).toBe(sha256);
});
