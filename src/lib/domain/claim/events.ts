import { z } from 'zod';
import { childIdSchema } from '../ids.ts';
import { publicNumberSchema } from '../notice/notice.ts';
import { civilDateSchema } from '../time.ts';

/*
 * What happens to a claim (rule book 5). Events hold ids and codes; what the family said is in its statement, and what
 * somebody at a desk writes about it is a note of that desk.
 *
 *   received ──► screened ──► evidence ──► sampling ──► kinship_result ──► police_finding ──► fitness ──► decided
 *       └───────────┴────────────┴────────────┴───────────────┴─────────────────┴───────────────┴──► withdrawn | fraudulent
 */

/** `claim`: for a child the family believes it saw. `report`: a missing child (失踪登记), none named yet. */
export const claimKinds = ['claim', 'report'] as const;
export type ClaimKind = (typeof claimKinds)[number];

/** DNA, rule book 3.3. */
export const kinshipResults = ['confirmed', 'excluded', 'inconclusive'] as const;
export type KinshipResult = (typeof kinshipResults)[number];

/** How the child came away from the parents, as the police find it (rule book 3.3). */
export const policeFindings = ['stolen', 'abducted', 'lost', 'sold', 'abandoned', 'unknown'] as const;
export type PoliceFinding = (typeof policeFindings)[number];

export const fitnesses = ['fit', 'unfit', 'pending'] as const;
export type Fitness = (typeof fitnesses)[number];

/** What a claim can end in; the rows of the decision table are in outcome.ts (rule book 3.3). */
export const claimDecisions = [
	/** Kin excluded, or not found plausible. */
	'refuse',
	/** Kin confirmed; stolen, abducted or lost; fit: home, with DOC-K. */
	'reunite',
	/** Kin confirmed but unfit: the child stays in temporary guardianship, support, reassessment; no certificate. */
	'stay_in_care',
	/** Kin confirmed; sold or abandoned: prosecution; a court may revoke guardianship; never by DOC-C. */
	'prosecute',
	/** After adoption; stolen, abducted or lost; fit, and they ask: dissolve at the registry. */
	'dissolve',
	/** After adoption, sold or abandoned (or fit parents who do not ask): the adoption stands. */
	'adoption_stands',
	/** Kin confirmed, but the child has left the register (of age, back with a family, deceased): people tell the family. */
	'tell_family',
	'fraudulent'
] as const;
export type ClaimDecision = (typeof claimDecisions)[number];

/** The most claims of one person that are worked at a time (SECURITY T4); a further one is kept and waits its turn. */
export const openClaimsMaximum = 5;

const note = z.string().trim().max(4000);
const reference = z.string().trim().min(1).max(200);
const noted = { note: note.optional() };

export const claimEventSchema = z.discriminatedUnion('type', [
	z.strictObject({
		type: z.literal('received'),
		kind: z.enum(claimKinds),
		publicNumber: publicNumberSchema.optional(),
		/** Claims of the same person that were open when this one arrived; see {@link openClaimsMaximum}. */
		openBefore: z.int().min(0).max(10_000).optional()
	}),
	/** The child a claim is about, found by the number of the notice, by comparison, or by a person. */
	z.strictObject({
		type: z.literal('linked'),
		childId: childIdSchema,
		because: z.enum(['notice', 'candidate', 'desk'])
	}),
	z.strictObject({ type: z.literal('unlinked'), ...noted }),
	z.strictObject({ type: z.literal('amended'), version: z.int().positive() }),
	z.strictObject({ type: z.literal('paper_added'), paperId: z.uuid() }),
	z.strictObject({
		type: z.literal('screened'),
		verdict: z.enum(['plausible', 'not_plausible', 'ask_more']),
		/** What the family knew that was never public, by field of the intake; see screening.ts. */
		knew: z.array(z.string().max(60)).max(60),
		/** Last day for a sample, where plausible. */
		sampleDue: civilDateSchema.optional(),
		...noted
	}),
	/** Questions to the family, by topic of the statement. */
	z.strictObject({ type: z.literal('asked'), topics: z.array(z.string().max(40)).min(1).max(20), ...noted }),
	z.strictObject({ type: z.literal('evidence_noted'), ...noted }),
	z.strictObject({
		type: z.literal('sample_taken'),
		of: z.enum(['family', 'child']),
		takenOn: civilDateSchema,
		reference: reference.optional()
	}),
	/** No sample by its last day: the block ends, the claim goes on. */
	z.strictObject({ type: z.literal('block_lapsed'), dueOn: civilDateSchema }),
	z.strictObject({ type: z.literal('appealed'), ...noted }),
	z.strictObject({ type: z.literal('block_restored'), sampleDue: civilDateSchema, ...noted }),
	z.strictObject({
		type: z.literal('kinship_reported'),
		result: z.enum(kinshipResults),
		/** Number of the report. */
		reference,
		reportedOn: civilDateSchema,
		/** Shared loci; fewer than 15 never confirm or exclude (rule book 1.9, 12). */
		loci: z.int().min(0).max(60).optional(),
		...noted
	}),
	z.strictObject({
		type: z.literal('police_found'),
		finding: z.enum(policeFindings),
		reference,
		foundOn: civilDateSchema,
		...noted
	}),
	z.strictObject({
		type: z.literal('fitness_assessed'),
		fitness: z.enum(fitnesses),
		reference,
		assessedOn: civilDateSchema,
		...noted
	}),
	/** After an adoption: whether the parents ask for the child back. */
	z.strictObject({ type: z.literal('parents_asked'), ask: z.boolean(), askedOn: civilDateSchema }),
	z.strictObject({
		type: z.literal('decision_proposed'),
		decision: z.enum(claimDecisions),
		reasons: z.string().trim().min(1).max(4000)
	}),
	/** The second signature: decided. `proposal` is the number of the event it signs. */
	z.strictObject({ type: z.literal('decision_signed'), proposal: z.int().positive() }),
	z.strictObject({ type: z.literal('decision_returned'), proposal: z.int().positive(), ...noted }),
	z.strictObject({ type: z.literal('withdrawn'), by: z.enum(['family', 'desk']), ...noted }),
	/** The words and papers of the family were erased. */
	z.strictObject({
		type: z.literal('erased'),
		because: z.enum(['refused_a_year_ago', 'withdrawn_a_year_ago', 'asked'])
	})
]);
export type ClaimEvent = z.infer<typeof claimEventSchema>;
export type ClaimEventType = ClaimEvent['type'];
