import { z } from 'zod';
import { entryIdSchema, itemIdSchema } from '../ids.ts';

/*
 * The family-search notice (寻亲公告). One person drafts what the public will see; another approves exactly that draft.
 *
 *   (none) ── drafted ──► draft ── approved by another person ──► published ── taken down ──► taken_down
 *                          ▲  └── drafted again (replaces) ──┘        │                          │
 *                          └──────────────── drafted again ◄──────────┴──────────────────────────┘
 *
 * The public number is given at the first publication and stays the child's for ever.
 */

/** What a notice can show (rule book 8.1, 8.2). The words are the draft's own: moderated, never the raw record. */
export const noticeFields = [
	'name',
	'sex',
	'ageWhenRescued',
	'placeTaken',
	'rescued',
	'height',
	'features',
	'clothing',
	'belongings',
	'ownAccount',
	'accent'
] as const;
export type NoticeField = (typeof noticeFields)[number];

/** Registry number shown to the public, e.g. `LK-7F3K-29QX`: random, Crockford base 32, the last sign a check. */
export const publicNumberSchema = z.string().regex(/^LK-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);

export const noticeDraftSchema = z.strictObject({
	/** The words shown, field by field; a field left out is withheld. */
	shown: z.partialRecord(z.enum(noticeFields), z.string().trim().min(1).max(2000)),
	/** Six-digit GB/T 2260 code of the place taken from, for the search by region; province level at least. */
	regionCode: z
		.string()
		.regex(/^\d{6}$/)
		.optional(),
	/** Age when rescued, whole months, for the search; a range when estimated. */
	ageMonths: z.strictObject({ least: z.int().min(0).max(300), most: z.int().min(0).max(300) }).optional(),
	sexCode: z.enum(['0', '1', '2', '9']),
	/** Photos in the order shown; the first is the portrait. */
	photos: z.array(itemIdSchema).max(8),
	contactName: z.string().trim().max(100).optional(),
	contactPhone: z.string().trim().min(3).max(40),
	/** Where a newspaper printed it, if one did; DOC-D carries date and clipping. */
	note: z.string().trim().max(1000).optional()
});
export type NoticeDraft = z.infer<typeof noticeDraftSchema>;

export const noticeApprovalSchema = z.strictObject({
	/** The draft that was approved, and no other. */
	draft: entryIdSchema,
	publicNumber: publicNumberSchema,
	/** Since version 2: the entries that said who the child is when it was approved (case-file/hold-facts.ts). */
	identitySeen: z.array(entryIdSchema).max(60).optional()
});
export type NoticeApproval = z.infer<typeof noticeApprovalSchema>;

export const takeDownReasons = ['found', 'mistake', 'danger', 'childAsked', 'left', 'other'] as const;
export const noticeTakeDownSchema = z.strictObject({
	reason: z.enum(takeDownReasons),
	note: z.string().trim().max(1000).optional()
});
export type NoticeTakeDown = z.infer<typeof noticeTakeDownSchema>;
