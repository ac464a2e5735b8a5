import { z } from 'zod';
import { childIdSchema, claimIdSchema, itemIdSchema } from '../ids.ts';

/*
 * Leaving the register (rule book 5, 6). Two persons: one proposes, another confirms; coming of age takes one, since the
 * calendar is the other. A hand-over to another house is no leaving: the file goes along.
 */
export const exitReasons = [
	'reunited',
	'adopted',
	'other_guardian',
	'aged_out',
	'deceased',
	/** A duplicate, or a file that should not be; nothing is deleted. */
	'entered_in_error'
] as const;
export type ExitReason = (typeof exitReasons)[number];

/** 减员原因 as real institution systems number them (rule book 6, P1). */
export const exitCodes = {
	reunited: ['04'],
	adopted: ['01', '02', '03'],
	other_guardian: ['07', '99'],
	aged_out: ['05', '09'],
	deceased: ['06'],
	entered_in_error: ['08']
} as const satisfies Record<ExitReason, readonly string[]>;

export const exitSchema = z.strictObject({
	reason: z.enum(exitReasons),
	/** One of `exitCodes` of the reason. */
	code: z
		.string()
		.regex(/^\d{2}$/)
		.optional(),
	papers: z.array(itemIdSchema).max(20),
	/** The claim that led home. */
	claimId: claimIdSchema.optional(),
	/** The adoption that was registered. */
	adoption: itemIdSchema.optional(),
	/** The file that stays, of a duplicate. */
	duplicateOf: childIdSchema.optional(),
	note: z.string().trim().max(2000).optional()
});
export type Exit = z.infer<typeof exitSchema>;
