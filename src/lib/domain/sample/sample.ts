import { z } from 'zod';

/**
 * The way of a DNA sample as far as an institution sees it (rule book 5, `dna`): never a result, never an allele.
 * `in_database` is stated by the police's DOC-E or a laboratory; a care worker records what the paper says.
 */
export const sampleSteps = ['collected', 'sealed', 'dispatched', 'received', 'typed', 'in_database'] as const;
export type SampleStep = (typeof sampleSteps)[number];

export const sampleSchema = z.strictObject({
	step: z.enum(sampleSteps),
	kit: z.string().trim().max(100).optional(),
	by: z.string().trim().max(200).optional(),
	place: z.string().trim().max(200).optional(),
	sealNumber: z.string().trim().max(100).optional()
});
export type Sample = z.infer<typeof sampleSchema>;
