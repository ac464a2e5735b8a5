import { join } from 'node:path';
import { serverLog } from '../audit/server-log.ts';
import { processConfig } from '../config.ts';
import { syncDoor } from '../sync/door.ts';
import { DiskPhotoStore } from './photo-store.ts';
import { RegistryPhotos } from './registry-photos.ts';
import type { PhotoDoor } from './routes.ts';
import { PhotoUploads } from './uploads.ts';

/** This process's own photo door, made at the first request. */
export function photoDoor(): Promise<PhotoDoor> {
	return (opened ??= open().catch((error: unknown) => {
		opened = undefined;
		throw error;
	}));
}

let opened: Promise<PhotoDoor> | undefined;

async function open(): Promise<PhotoDoor> {
	const sync = await syncDoor();
	const folder = join(processConfig().dataDir, 'photos');
	const photos = new RegistryPhotos(sync.database, new DiskPhotoStore(folder));
	const uploads = new PhotoUploads(join(folder, 'incoming'), photos, sync.now);
	// At each start is often enough: what nobody went on with for 30 days only takes up disk.
	uploads.clear().catch((error: unknown) => serverLog.error({ err: error }, 'Abandoned uploads could not be cleared'));
	return { ...sync, photos, uploads };
}
