import { z } from 'zod';
import { itemIdSchema, sha256Schema } from '../ids.ts';
import { conditionIds } from '../hold/policy.ts';

/*
 * The eligibility review (rule book 5, elapsed → certified): evidence is frozen when the first reviewer signs, a second of
 * another institution signs the same evidence. Evidence that changes afterwards flags the decision.
 *
 *   (none) ── opened and signed by one ──► one signature ── signed by another institution's ──► eligible | not eligible
 *     ▲                                         │                                                   │
 *     └──────────── returned, or opened anew because the evidence changed ◄─────────────────────────┘
 */
export const reviewVerdicts = ['eligible', 'not_eligible'] as const;
export type ReviewVerdict = (typeof reviewVerdicts)[number];

export const reviewOpenedSchema = z.strictObject({
	itemId: itemIdSchema,
	/** SHA-256 of the canonical JSON of `evidence`: printed, and compared by anyone. */
	snapshot: sha256Schema,
	/** Evidence, see evidence.ts. */
	evidence: z.record(z.string(), z.json())
});
export const reviewSignedSchema = z.strictObject({
	itemId: itemIdSchema,
	snapshot: sha256Schema,
	verdict: z.enum(reviewVerdicts),
	opinion: z.string().trim().min(1).max(4000)
});
export const reviewReturnedSchema = z.strictObject({
	/** The review that ends by it, where one was open. */
	itemId: itemIdSchema.optional(),
	opinion: z.string().trim().min(1).max(4000),
	/** What is to be brought. */
	conditions: z.array(z.enum(conditionIds)).max(20)
});
