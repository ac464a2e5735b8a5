import { z } from 'zod';
import { itemIdSchema } from '../ids.ts';

/*
 * The steps of one adoption (rule book 5), each with the civil day it happened on as the entry's `occurredOn`:
 *
 *   matched ──► assessed ──► agreement ──► registry_notice ──► application ──► (registered: the exit `adopted`)
 *      └────────────┴────────────┴─────────────────┴────────────────┴──► refused | given_up
 *   registered ──► dissolved | revoked | invalid
 *
 * Who adopts is not said here: adoption is secret (民法典 1110), and a file is on tablets. `adopterId` names a row that the
 * registry alone has.
 */
export const adoptionSteps = [
	'matched',
	'assessed',
	'agreement',
	'registry_notice',
	'application',
	'refused',
	'given_up',
	'dissolved',
	'revoked',
	'invalid'
] as const;
export type AdoptionStep = (typeof adoptionSteps)[number];

export const adoptionSchema = z.strictObject({
	step: z.enum(adoptionSteps),
	adopterId: z.uuid(),
	papers: z.array(itemIdSchema).max(20),
	note: z.string().trim().max(2000).optional()
});
export type AdoptionRecord = z.infer<typeof adoptionSchema>;
