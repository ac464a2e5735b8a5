import { z } from 'zod';
import { entryIdSchema, staffIdSchema } from '../ids.ts';
import { fieldKeys, type FieldKey } from '../intake/fields.ts';

/*
 * What somebody says about what the file says. It is no value and settles nothing: a question stands as long as the
 * answers it asks about contradict each other, and a reason is shown beside the answer it was given for.
 */

export const remarkSchema = z.strictObject({
	/**
	 *   asked    somebody was asked which answer is right
	 *   because  why the author gave the answer that replaces `about`
	 */
	kind: z.enum(['asked', 'because']),
	// A name and not one of a list: a remark about a field of a newer program stays readable.
	field: z.string().min(1).max(40),
	/** The entries whose answers it is about: those that were on the screen. */
	about: z.array(entryIdSchema).max(200),
	/** Who is asked. */
	to: staffIdSchema.optional(),
	words: z.string().trim().min(1).max(500).optional()
});
export type Remark = z.infer<typeof remarkSchema>;

/** The field a remark is about, where this program knows it. */
export function remarkField({ field }: Remark): FieldKey | undefined {
	return fieldKeys.find((key) => key === field);
}
