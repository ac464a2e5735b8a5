import { z } from 'zod';
import { childIdSchema } from '../ids.ts';

/** What a person at a desk halts a child's placement by, whatever the calendar says (rule book 5, blockers). */
export const raisedFlags = ['police_hold', 'court_case', 'duplicate_suspected'] as const;
export type RaisedFlag = (typeof raisedFlags)[number];

export const flagSchema = z.strictObject({
	flag: z.enum(raisedFlags),
	reason: z.string().trim().min(1).max(2000),
	/** Number of the police's or the court's letter. */
	reference: z.string().trim().max(200).optional(),
	/** The file that may be the same child's. */
	duplicateOf: childIdSchema.optional()
});
export type Flag = z.infer<typeof flagSchema>;
