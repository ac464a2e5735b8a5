import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { DiskPhotoStore } from '../../src/lib/server/photos/photo-store.ts';
import { RegistryPhotos } from '../../src/lib/server/photos/registry-photos.ts';
import type { PhotoDoor } from '../../src/lib/server/photos/routes.ts';
import { PhotoUploads } from '../../src/lib/server/photos/uploads.ts';
import { registry } from './registry.ts';

/** A registry with a folder for photos, for one test. */
export async function photoRegistry() {
	const { door: sync, ...rest } = await registry();
	const folder = await mkdtemp(join(tmpdir(), 'lampkeep-photos-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	const photos = new RegistryPhotos(sync.database, new DiskPhotoStore(folder));
	const door: PhotoDoor = { ...sync, photos, uploads: new PhotoUploads(join(folder, 'incoming'), photos, sync.now) };
	return { ...rest, door, folder };
}
