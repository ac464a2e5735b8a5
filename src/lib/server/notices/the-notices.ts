import { join } from 'node:path';
import { serverLog } from '../audit/server-log.ts';
import { processConfig } from '../config.ts';
import { theDatabase } from '../db/connection.ts';
import { deriveSecret, registrySecret } from '../secret.ts';
import { NoticeBoard } from './board.ts';
import { PublicPhotos } from './public-photos.ts';

/** The notices of this server, in memory and kept current. */
export function theBoard(): NoticeBoard {
	const board = NoticeBoard.of(theDatabase());
	if (!watched.has(board)) {
		watched.add(board);
		board.watch((err) =>
			serverLog.error({ err }, 'the public notices could not be read again; the last ones known are shown')
		);
	}
	return board;
}

/** The public pictures of this server. */
export async function thePublicPhotos(): Promise<PublicPhotos> {
	return (photos ??= openPublicPhotos());
}

/** @param dataDir the data folder; the pictures are in it and are made again from the originals when they are lost */
export async function openPublicPhotos(config = processConfig()): Promise<PublicPhotos> {
	const secret = deriveSecret(await registrySecret(config), 'public-photos');
	return new PublicPhotos(join(config.dataDir, 'public-photos'), secret);
}

const watched = new WeakSet<NoticeBoard>();
let photos: Promise<PublicPhotos> | undefined;
