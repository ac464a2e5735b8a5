import { createHash, randomBytes } from 'node:crypto';
import sharp from 'sharp';
import type { PreparedPhoto } from '../../src/lib/client/tablet.ts';
import type { Sha256 } from '../../src/lib/domain/ids.ts';

/** A JPEG of about 160 kB, no two alike. */
export async function photo(): Promise<PreparedPhoto> {
	const [width, height] = [560, 420];
	const noise = randomBytes(width * height);
	const drawn = await sharp(noise, { raw: { width, height, channels: 1 } })
		.jpeg({ quality: 87 })
		.toBuffer();
	const bytes = new Uint8Array(drawn);
	const sha256 = createHash('sha256').update(bytes).digest('hex') as Sha256;
	const shown = { sha256, mediaType: 'image/jpeg' as const, bytes: bytes.length, width, height };
	return { photo: shown, bytes, thumbnail: bytes.slice(0, 8_000) };
}
