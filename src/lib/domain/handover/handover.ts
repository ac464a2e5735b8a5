import { z } from 'zod';
import { institutionIdSchema } from '../ids.ts';
import { clockTimeSchema } from '../intake/fields.ts';

/*
 * A hand-over of a child between two houses of the registry (station to institution, rule book 3.1 K3). Both sides
 * record it, offline, in any order; neither waits for the other. The police's first hand-over is part of the intake.
 */
export const handoverSentSchema = z.strictObject({
	to: institutionIdSchema,
	time: clockTimeSchema.optional(),
	officer: z.string().trim().max(200).optional(),
	reason: z.string().trim().max(1000).optional(),
	condition: z.string().trim().max(1000).optional()
});
export type HandoverSent = z.infer<typeof handoverSentSchema>;

export const handoverReceivedSchema = z.strictObject({
	from: institutionIdSchema,
	time: clockTimeSchema.optional(),
	officer: z.string().trim().max(200).optional(),
	condition: z.string().trim().max(1000).optional()
});
export type HandoverReceived = z.infer<typeof handoverReceivedSchema>;
