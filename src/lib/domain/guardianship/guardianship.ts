import { z } from 'zod';
import { itemIdSchema } from '../ids.ts';

/**
 * From temporary (临时监护) to long-term guardianship (长期监护), and on what ground: certified that no parents can be found
 * (未成年人保护法 94(1)), the parents dead (94(2)), guardianship revoked by a court (94(4)).
 */
export const guardianshipGrounds = ['certified', 'parents_dead', 'court'] as const;
export type GuardianshipGround = (typeof guardianshipGrounds)[number];

export const guardianshipSchema = z.strictObject({
	to: z.literal('long_term'),
	ground: z.enum(guardianshipGrounds),
	/** The paper it rests on; for `certified` the certificate itself is on file. */
	paper: itemIdSchema.optional(),
	note: z.string().trim().max(2000).optional()
});
export type GuardianshipChange = z.infer<typeof guardianshipSchema>;
