import { z } from 'zod';
import { civilDateSchema } from '../time.ts';

/** The papers of rule book 3.2. The names are in the messages. */
export const documentCodes = [
	'DOC-A',
	'DOC-B',
	'DOC-C',
	'DOC-D',
	'DOC-E',
	'DOC-F',
	'DOC-G',
	'DOC-H',
	'DOC-I',
	'DOC-J',
	'DOC-K',
	'DOC-L',
	'DOC-M',
	'OTHER'
] as const;
export type DocumentCode = (typeof documentCodes)[number];

/**
 * A paper on file. Its date is the paper's own; when it reached the house is the entry's `occurredOn`.
 * Disclosure: institution.
 */
export const documentSchema = z.strictObject({
	code: z.enum(documentCodes),
	title: z.string().trim().max(200).optional(),
	number: z.string().trim().max(100).optional(),
	date: civilDateSchema.optional(),
	issuer: z.string().trim().max(200).optional(),
	/** Who held the original in their hands. */
	originalSeenBy: z.string().trim().max(200).optional(),
	note: z.string().trim().max(2000).optional()
});
export type CaseDocument = z.infer<typeof documentSchema>;
