/** Widths to try, pixels, the largest first: a face is known at 64. */
const widths = [96, 80, 64, 48];
const qualities = [0.7, 0.5, 0.35, 0.2];

/**
 * A small WebP of a thumbnail, for a hand-over sheet. Every 628 bytes are one more code to scan.
 *
 * @param maximum bytes
 * @returns undefined where the browser cannot open the picture, writes no WebP, or finds no size that is small enough
 */
export async function sheetPortraitOf(
	thumbnail: Uint8Array<ArrayBuffer>,
	maximum = 1200
): Promise<Uint8Array<ArrayBuffer> | undefined> {
	let bitmap: ImageBitmap;
	try {
		bitmap = await createImageBitmap(new Blob([thumbnail]));
	} catch {
		return undefined;
	}
	try {
		for (const width of widths) {
			const canvas = document.createElement('canvas');
			canvas.width = Math.min(width, bitmap.width);
			canvas.height = Math.max(1, Math.round((canvas.width * bitmap.height) / bitmap.width));
			canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
			for (const quality of qualities) {
				const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/webp', quality));
				if (blob?.type !== 'image/webp') return undefined;
				if (blob.size <= maximum) return new Uint8Array(await blob.arrayBuffer());
			}
		}
		return undefined;
	} finally {
		bitmap.close();
	}
}
