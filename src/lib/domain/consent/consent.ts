import { z } from 'zod';

/*
 * What the child itself says (rule book 3.3, the child's voice): from eight years on an adoption, and a dissolution by
 * agreement, need it (民法典 1104, 1114); whether a photo is published is asked all the same. The date it was said is the
 * entry's `occurredOn`. Disclosure: institution.
 */
export const consentMatters = ['adoption', 'dissolution', 'publication', 'reunion'] as const;
export type ConsentMatter = (typeof consentMatters)[number];

/** `not_understood`: asked, and the child could not say; never counts as yes. */
export const consentAnswers = ['yes', 'no', 'not_understood'] as const;
export type ConsentAnswer = (typeof consentAnswers)[number];

export const consentSchema = z.strictObject({
	matter: z.enum(consentMatters),
	answer: z.enum(consentAnswers),
	/** Verbatim, as the child said it. */
	words: z.string().trim().min(1).max(4000),
	language: z.string().trim().max(200).optional(),
	heardBy: z.string().trim().min(1).max(200),
	adultPresent: z.string().trim().max(200).optional()
});
export type Consent = z.infer<typeof consentSchema>;
