import { z } from 'zod';
import { itemIdSchema, sha256Schema } from '../ids.ts';

/** What a photo shows. `front` is required for a notice where the policy requires a photo. */
export const photoViews = ['front', 'left', 'right', 'mark', 'belonging', 'clothing', 'paper', 'now'] as const;
export type PhotoView = (typeof photoViews)[number];

/** What the tablet thought of the picture when it was taken: words for the person, never a reason to refuse it. */
export const photoQualities = ['usable', 'blurred', 'dark', 'small'] as const;
export type PhotoQuality = (typeof photoQualities)[number];

/** The longest edge of a photo, pixels, after the tablet re-encoded it; the registry refuses more. */
export const photoEdgeMaximum = 2048;
/** The longest edge of the picture that lists show and that every tablet keeps. */
export const thumbnailEdge = 320;
/** The largest photo file the registry takes, bytes (SECURITY T8: 15 MB). */
export const photoBytesMaximum = 15_000_000;

/**
 * A photo of a child or a paper, as re-encoded on the tablet (orientation applied, no metadata). Its identity is the
 * SHA-256 of those bytes; the bytes travel separately. Disclosure: institution; public only by a notice that names it.
 */
export const photoSchema = z.strictObject({
	sha256: sha256Schema,
	view: z.enum(photoViews),
	mediaType: z.enum(['image/jpeg', 'image/webp']),
	bytes: z.int().min(1).max(photoBytesMaximum),
	width: z.int().min(1).max(photoEdgeMaximum),
	height: z.int().min(1).max(photoEdgeMaximum),
	quality: z.enum(photoQualities).optional(),
	/** May it go into the public notice? The care worker's answer; the notice still needs two persons. */
	publishable: z.boolean(),
	/** The mark, belonging or document that the photo shows. */
	of: itemIdSchema.optional(),
	caption: z.string().trim().max(200).optional()
});
export type Photo = z.infer<typeof photoSchema>;

/** A mark on the body (rule book 8.4: type, body site, size). Disclosure: public by notice; verifying. */
export const markSchema = z.strictObject({
	kind: z.string().min(1).max(20),
	site: z.string().min(1).max(20),
	side: z.enum(['left', 'right', 'middle', 'both']).optional(),
	/** Longest measure, centimetres. */
	size: z.number().min(0.1).max(100).optional(),
	description: z.string().trim().max(1000)
});
export type Mark = z.infer<typeof markSchema>;

/** A thing the child carried (rule book 8.4: item, photo, seal number). Disclosure: public by notice; verifying. */
export const belongingSchema = z.strictObject({
	description: z.string().trim().min(1).max(1000),
	sealNumber: z.string().trim().max(100).optional(),
	keptAt: z.string().trim().max(200).optional()
});
export type Belonging = z.infer<typeof belongingSchema>;
