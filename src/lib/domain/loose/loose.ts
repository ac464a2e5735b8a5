import { z } from 'zod';
import { clockTimeSchema } from '../intake/fields.ts';
import { civilDateSchema } from '../time.ts';

/*
 * A loose record: what somebody without an account wrote down of a child, so that the child is not lost because nobody
 * who may sign was there. It is no file and has no author the registry could prove. A registry officer reads it, calls
 * back, and gives it to a house, which makes a file of it, or sets it aside with a reason.
 *
 * Disclosure: registry only, until a house has it.
 */

const words = (maximum: number) => z.string().trim().min(1).max(maximum);

/** The most photos one loose record carries, and the most one of them weighs, bytes. */
export const loosePhotosMaximum = 2;
export const loosePhotoBytesMaximum = 400_000;

/** What was written down. Nothing but who, where and when is asked for: a half-known child is still a child. */
export const looseSchema = z.strictObject({
	/** Who writes; called back before anything is done. */
	who: z.strictObject({
		name: words(100),
		phone: z.string().trim().min(3).max(40),
		/** The house, or the place, in the writer's words: no code is asked of somebody in a hurry. */
		house: words(200)
	}),
	child: z
		.strictObject({
			/** As the child or somebody beside it said it. */
			name: words(500).optional(),
			/** A code of the table of sexes (GB/T 2261.1). */
			sex: z.string().min(1).max(20).optional(),
			/** Years, as it seems; one of the two is enough. */
			age: z.int().min(0).max(25).optional(),
			birthYear: z.int().min(1980).max(2100).optional()
		})
		.optional(),
	found: z.strictObject({
		where: words(500),
		on: civilDateSchema,
		time: clockTimeSchema.optional()
	}),
	circumstances: words(4000).optional(),
	marks: words(4000).optional(),
	/** The device's clock with its offset: a claim for display, never law. */
	recordedAt: z.iso.datetime({ offset: true }).optional()
});
export type Loose = z.infer<typeof looseSchema>;

/** What is sealed: the record and its pictures (JPEG or WebP, as the tablet made them), base64url. */
export const looseContentSchema = z.strictObject({
	loose: looseSchema,
	photos: z
		.array(
			z
				.string()
				.regex(/^[A-Za-z0-9_-]+$/)
				.max(Math.ceil((loosePhotoBytesMaximum * 4) / 3))
		)
		.max(loosePhotosMaximum)
		.optional()
});
export type LooseContent = z.infer<typeof looseContentSchema>;
