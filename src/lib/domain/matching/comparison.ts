import { z } from 'zod';
import { placeSchema } from '../intake/fields.ts';
import { civilDateSchema } from '../time.ts';
import { matchFields } from './weights.ts';

/** One value as a side gave it, for a person to read. The words around it are in the messages (area `candidates`). */
export const saidSchema = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('words'), text: z.string() }),
	z.strictObject({ kind: z.literal('name'), text: z.string(), as: z.string() }),
	z.strictObject({ kind: z.literal('code'), table: z.enum(['sex', 'bloodGroup']), code: z.string() }),
	z.strictObject({ kind: z.literal('days'), from: civilDateSchema, to: civilDateSchema, by: z.string().optional() }),
	z.strictObject({ kind: z.literal('place'), place: placeSchema }),
	z.strictObject({
		kind: z.literal('mark'),
		mark: z.strictObject({
			kind: z.string().optional(),
			site: z.string().optional(),
			side: z.string().optional(),
			words: z.string()
		})
	}),
	z.strictObject({ kind: z.literal('height'), cm: z.number(), from: civilDateSchema, to: civilDateSchema }),
	/** A brother or sister of whom only that is known. */
	z.strictObject({ kind: z.literal('order'), order: z.enum(['older', 'younger', 'twin']) }),
	/** The blood groups of both parents. */
	z.strictObject({ kind: z.literal('parentsBlood'), groups: z.tuple([z.string(), z.string()]) })
]);
export type Said = z.infer<typeof saidSchema>;

/** What cannot be true as written. It weighs in its field and is named besides: a person decides whether a paper is wrong. */
export const contradictions = ['found_before_lost', 'born_after_lost', 'sex_differs', 'births_years_apart'] as const;
export type Contradiction = (typeof contradictions)[number];

/** What one field adds to the score, and what it was compared on. */
export const contributionSchema = z.strictObject({
	field: z.enum(matchFields),
	verdict: z.enum(['agree', 'close', 'disagree', 'unknown']),
	/** A key of `levels[field]`; left out where the verdict is unknown. */
	level: z.string().optional(),
	/** Bits, two decimals; 0 where unknown. */
	weight: z.number(),
	/** Every value of both sides; an empty list where a side says nothing. */
	because: z.strictObject({ child: z.array(saidSchema), family: z.array(saidSchema) })
});
export type Contribution = z.infer<typeof contributionSchema>;

export const comparisonSchema = z.strictObject({
	/** Bits; the sum of the weights. Depends on the two profiles and nothing else. */
	score: z.number(),
	/** 0 to 1, at the fixed prior (weights.ts). What the model says, never a fact. */
	probability: z.number().min(0).max(1),
	/** One for every field, in the order of `matchFields`. */
	contributions: z.array(contributionSchema),
	contradictions: z.array(z.enum(contradictions))
});
export type Comparison = z.infer<typeof comparisonSchema>;
