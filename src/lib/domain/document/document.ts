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

/** What can look odd about a paper: shown before it is saved, never a reason to refuse it (judge-document.ts). */
export const paperWarnings = [
	/** Dated before the period had elapsed after which alone it can be issued: a certificate before the hold's last day. */
	'before_clock',
	'in_future',
	'before_rescue',
	'received_before_dated',
	/** Another paper of this file has the number. */
	'number_in_file',
	/** A paper of another child's file has the number. */
	'number_elsewhere',
	/** Not issued by whom the rule names. */
	'issuer_unusual'
] as const;
export type PaperWarningCode = (typeof paperWarnings)[number];

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
	note: z.string().trim().max(2000).optional(),
	/** What looked odd and was shown before it was saved, and why it was filed all the same. Asked at desks. */
	accepted: z
		.strictObject({
			warnings: z.array(z.enum(paperWarnings)).min(1).max(paperWarnings.length),
			reason: z.string().trim().min(1).max(2000)
		})
		.optional()
});
export type CaseDocument = z.infer<typeof documentSchema>;
