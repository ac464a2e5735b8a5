import sharp from 'sharp';
import { portraitSvg } from '#lib/demo/portrait.ts';

/** A drawn portrait as a camera would give it. */
export async function drawnPhoto(): Promise<Buffer> {
	const svg = portraitSvg(7, { view: 'front', ageYears: 4, sex: '1' });
	return sharp(Buffer.from(svg)).resize(1200, 1500).jpeg({ quality: 90 }).toBuffer();
}

/** A picture without a plain patch: no codec makes it small. */
export async function heavyPhoto(): Promise<Buffer> {
	const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
	return sharp({ create: { width: 1200, height: 1500, channels: 3, background: 'grey', noise } })
		.jpeg({ quality: 90 })
		.toBuffer();
}
