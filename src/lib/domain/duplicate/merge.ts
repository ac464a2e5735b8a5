import { z } from 'zod';
import { childIdSchema } from '../ids.ts';

/*
 * Two files, one child (docs/adr/0016). Every statement about two files is written on both, with one `itemId`: who may
 * not write on a file cannot speak for it.
 */
const reason = z.string().trim().min(1).max(500);

/** Half of a merge: `other` is the file that holds the other half. */
export const mergeSchema = z.strictObject({ other: childIdSchema, reason });
export type Merge = z.infer<typeof mergeSchema>;

/** Somebody looked at two files and says that they are two children. */
export const toldApartSchema = z.strictObject({ other: childIdSchema, reason: reason.optional() });
export type ToldApart = z.infer<typeof toldApartSchema>;

export const partingReasonSchema = reason;
