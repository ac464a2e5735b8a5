import sharp from 'sharp';
import { portraitSvg } from '#lib/demo/portrait.ts';

/** A drawn portrait as a camera would give it. */
export async function drawnPhoto(): Promise<Buffer> {
	const svg = portraitSvg(7, { view: 'front', ageYears: 4, sex: '1' });
	return sharp(Buffer.from(svg)).resize(1200, 1500).jpeg({ quality: 90 }).toBuffer();
}
