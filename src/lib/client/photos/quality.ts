import type { PhotoQuality } from '#lib/domain/photo/photo.ts';

/*
 * The word a care worker sees beside a photo. It never refuses one: a blurred picture of a mark is better than none.
 *
 * The thresholds are figures of this program, set with the generated pictures of prepare-photo.browser.test.ts:
 *   pixels    fewer than 640 x 480: a face fills some 200 pixels then, less than the public notice shows (640 px)
 *   light     mean luminance (Rec. 709) under 45 of 255; an evenly lit grey card gives 118
 *   sharpness variance of the 4-neighbour Laplacian on a grey copy of at most 512 px, divided by the variance of the
 *             copy itself, so that a soft-coloured scene is not called blurred. Measured on the drawn scene of the tests,
 *             2048 px long: sharp 0.34, blurred by 2 px 0.12, 8 px 0.013, 12 px 0.005, 20 px 0.001; a drawn face that
 *             fills the picture: sharp 0.12, 2 px 0.04, 4 px 0.010, 6 px 0.005. So only what a hand would call useless
 *             is named, and a little softness passes.
 */

/** Fewer pixels than this are `small`. */
export const smallPixels = 640 * 480;
/** A lower mean luminance, 0 to 255, is `dark`. */
export const darkLuminance = 45;
/** A lower ratio of Laplacian variance to variance is `blurred`. */
export const blurredRatio = 0.006;
/** Longest edge of the grey copy that is judged, pixels. */
export const judgedEdge = 512;

/** A grey picture: one luminance per pixel, row by row, 0 to 255. */
export interface GreyCopy {
	readonly width: number;
	readonly height: number;
	readonly luminance: Float32Array;
}

/** The first fault a person can mend wins: come closer, more light, hold still. */
export function judgeQuality(pixels: number, copy: GreyCopy): PhotoQuality {
	if (pixels < smallPixels) return 'small';
	if (mean(copy.luminance) < darkLuminance) return 'dark';
	if (sharpness(copy) < blurredRatio) return 'blurred';
	return 'usable';
}

/** The grey copy of RGBA pixels, by the luminance weights of ITU-R BT.709. */
export function greyCopy(width: number, height: number, rgba: Uint8ClampedArray): GreyCopy {
	const luminance = new Float32Array(width * height);
	for (let i = 0; i < luminance.length; i++) {
		const at = i * 4;
		luminance[i] = 0.2126 * (rgba[at] ?? 0) + 0.7152 * (rgba[at + 1] ?? 0) + 0.0722 * (rgba[at + 2] ?? 0);
	}
	return { width, height, luminance };
}

/** Variance of the Laplacian over the variance of the picture; 0 where the picture has one tone only. */
export function sharpness({ width, height, luminance }: GreyCopy): number {
	if (width < 3 || height < 3) return 0;
	const edges = new Float32Array((width - 2) * (height - 2));
	let to = 0;
	for (let y = 1; y < height - 1; y++) {
		for (let x = 1; x < width - 1; x++) {
			const at = y * width + x;
			edges[to++] =
				(luminance[at - 1] ?? 0) +
				(luminance[at + 1] ?? 0) +
				(luminance[at - width] ?? 0) +
				(luminance[at + width] ?? 0) -
				4 * (luminance[at] ?? 0);
		}
	}
	const contrast = variance(luminance);
	// Under one grey step there is nothing to be sharp: a covered lens, a wall.
	return contrast < 1 ? 0 : variance(edges) / contrast;
}

function mean(values: Float32Array): number {
	let sum = 0;
	for (const value of values) sum += value;
	return values.length === 0 ? 0 : sum / values.length;
}

function variance(values: Float32Array): number {
	const middle = mean(values);
	let sum = 0;
	for (const value of values) sum += (value - middle) ** 2;
	return values.length === 0 ? 0 : sum / values.length;
}
