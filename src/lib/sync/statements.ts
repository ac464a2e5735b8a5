import { z } from 'zod';
import { canonicalJson, type Json } from '#lib/domain/canonical-json.ts';
import { childIdSchema, deviceIdSchema, institutionIdSchema, sha256Schema } from '#lib/domain/ids.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { epochSchema, publicKeySchema, rosterSchema, type SignedStatement } from './protocol.ts';

/*
 * What the registry signs (docs/adr/0015): canonical JSON with a member `is`, so that no statement can be shown as
 * another, and the signing key's signature over the text. A statement is kept for ever; a newer one stands beside it.
 */

/** How long a signed roster is good without contact, days. */
export const rosterDays = 35;

/** Who works on the tablets of a house, and until when this may be believed without asking again. */
export const rosterStatementSchema = z.object({
	is: z.literal('roster'),
	roster: rosterSchema,
	/** The life of the registry it was said in: within one, the roster's version only grows. Missing in older statements. */
	epoch: epochSchema.optional(),
	/** What tablets seal to; missing in older statements. */
	sealingKey: publicKeySchema.optional(),
	issuedAt: z.iso.datetime(),
	expiresAt: z.iso.datetime()
});
export type RosterStatement = z.infer<typeof rosterStatementSchema>;

/** A tablet is closed: it hands over what it still has to send, erases itself, and says so (`POST /api/sync/wiped`). */
export const wipeOrderSchema = z.object({
	is: z.literal('wipe'),
	deviceId: deviceIdSchema,
	revokedAt: z.iso.datetime()
});
export type WipeOrder = z.infer<typeof wipeOrderSchema>;

/** How far a house's feed goes, and the hash of its chain there. */
export const treeHeadSchema = z.object({
	is: z.literal('tree_head'),
	institutionId: institutionIdSchema,
	epoch: epochSchema,
	position: z.int().min(0),
	hash: sha256Schema,
	at: z.iso.datetime()
});
export type TreeHead = z.infer<typeof treeHeadSchema>;

/** Which children a house has had to do with, one statement a house and day on which it changed. */
export const grantStatementSchema = z.object({
	is: z.literal('grant'),
	institutionId: institutionIdSchema,
	/** The registry's civil day. */
	on: z.iso.date(),
	/** In the order of their ids. */
	children: z.array(childIdSchema),
	issuedAt: z.iso.datetime()
});
export type GrantStatement = z.infer<typeof grantStatementSchema>;

export type Statement = RosterStatement | WipeOrder | TreeHead | GrantStatement;

/** The text that is signed. Inverse of `readStatement`. */
export function statementText(statement: Statement): string {
	return canonicalJson(statement as unknown as Json);
}

export type StatementFault = { readonly type: 'signature_wrong' } | { readonly type: 'unreadable' };

/**
 * What a signed statement says, if the registry signed it and it is of the kind asked for.
 *
 * @param verify whether the registry's signing key made the signature over the text
 */
export async function readStatement<T extends Statement>(
	schema: z.ZodType<T>,
	{ text, signature }: SignedStatement,
	verify: (text: string, signature: string) => boolean | Promise<boolean>
): Promise<Result<T, StatementFault>> {
	if (!(await verify(text, signature))) return err({ type: 'signature_wrong' });
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		// Signed by the registry and no JSON: of another kind than any known.
		return err({ type: 'unreadable' });
	}
	const parsed = schema.safeParse(json);
	return parsed.success ? ok(parsed.data) : err({ type: 'unreadable' });
}
